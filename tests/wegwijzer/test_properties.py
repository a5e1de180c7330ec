"""What must hold for everybody: a firm answer stays, it cites the law, the labels follow the contract."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.wegwijzer.people import KNOWN, Person, coarser, people, refinements
from wegwijzer import Assessment, Facts, assess
from wegwijzer.law.case import MODELLED_FROM

usual = settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def result(facts: dict[str, Any], as_of: date) -> Assessment:
    return assess(Facts.from_json(facts), as_of)


def kept(before: Assessment, after: Assessment) -> bool:
    """Is what was firm before still so?"""
    return all(old is None or old is new for old, new in ((before.right, after.right), (before.duty, after.duty)))


def shown(less: dict[str, Any], better: dict[str, Any], as_of: date) -> str:
    a, b = result(less, as_of), result(better, as_of)
    changed = {
        fact: (less.get(fact), better.get(fact)) for fact in {*less, *better} if less.get(fact) != better.get(fact)
    }
    return f"{as_of} {changed}: right {a.right} -> {b.right}, duty {a.duty} -> {b.duty}; with {better}"


@usual
@given(refinements())
def test_a_firm_answer_stays_whatever_is_learnt(pair: tuple[dict[str, Any], dict[str, Any], date]) -> None:
    less, better, as_of = pair
    assert kept(result(less, as_of), result(better, as_of)), shown(less, better, as_of)


@pytest.mark.parametrize("place", range(0, len(KNOWN), 40))
def test_nothing_flips_when_a_fact_of_a_case_is_blanked_or_a_date_made_partial(place: int) -> None:
    for facts, as_of in KNOWN[place : place + 40]:
        full = result(facts, as_of)
        for fact, value in facts.items():
            blank = {name: facts[name] for name in facts if name != fact}
            assert kept(result(blank, as_of), full), shown(blank, facts, as_of)
            for coarse in coarser(fact, value):
                partial = {**facts, fact: coarse}
                assert kept(result(partial, as_of), full), shown(partial, facts, as_of)


def test_nothing_flips_when_two_facts_of_a_case_are_blanked() -> None:
    step = 7  # every seventh pair of all cases: a few thousand, and all of them over the many cases alike
    pairs = ((facts, as_of, pair) for facts, as_of in KNOWN for pair in itertools.combinations(sorted(facts), 2))
    for facts, as_of, pair in itertools.islice(pairs, 0, None, step):
        blank = {name: value for name, value in facts.items() if name not in pair}
        assert kept(result(blank, as_of), result(facts, as_of)), shown(blank, facts, as_of)


@usual
@given(people())
def test_rules_of_the_answer(person: Person) -> None:
    facts, as_of = person
    answer = result(facts, as_of)
    if answer.regime == "flemish":
        assert not (answer.duty is True and answer.right is False), "a Flemish duty without a right"
    if answer.regime in ("wallonia", "german_community"):
        assert (answer.right, answer.duty, answer.verdict) == (False, False, "other_region")
    if answer.regime == "none":
        assert (answer.right, answer.duty, answer.verdict) == (False, False, "not_eligible")
    if answer.verdict != "other_region":
        assert answer.verdict == _label(answer)
    if answer.verdict == "exempt":
        assert answer.exemption is not None
    if answer.verdict in ("obliged", "not_eligible"):
        assert answer.exemption is None
    if None not in (answer.right, answer.duty):
        assert answer.missing_facts == []
        assert answer.open_points == []
    else:
        assert answer.missing_facts or answer.open_points, "not determined, and nothing says why"


def _label(answer: Assessment) -> str:
    """The contract's verdict for right and duty (section 3); exempt or entitled depends on the exemption."""
    if answer.right is None or answer.duty is None:
        return "undetermined"
    if answer.duty:
        return "obliged"
    if not answer.right:
        return "not_eligible"
    return "exempt" if answer.verdict == "exempt" else "entitled"


@usual
@given(people())
def test_every_firm_verdict_cites_law_in_force_that_day(person: Person) -> None:
    facts, as_of = person
    answer = result(facts, as_of)
    if answer.verdict != "undetermined":
        assert any(reason.provision.citation(as_of) is not None for reason in answer.reasons), (facts, as_of)
    for reason in answer.to_json(None)["reasons"]:
        provision = reason["provision"]
        if reason["holds"] is True:
            last = provision["in_force_to"] or "9999-12-31"
            assert provision["in_force_from"] <= as_of.isoformat() <= last, reason


@usual
@given(people(), st.randoms(use_true_random=False))
def test_the_order_of_the_facts_does_not_matter(person: Person, random: Any) -> None:
    facts, as_of = person
    names = list(facts)
    random.shuffle(names)
    shuffled = {name: facts[name] for name in names}
    assert result(shuffled, as_of).to_json(None) == result(facts, as_of).to_json(None)


@given(people())
@settings(usual, max_examples=100)
def test_before_the_decree_nothing_is_decided(person: Person) -> None:
    facts = {name: value for name, value in person[0].items() if name not in ("birth_date", "age")}
    answer = result(facts, date.fromordinal(MODELLED_FROM.toordinal() - 1))
    assert (answer.right, answer.duty, answer.verdict) == (None, None, "undetermined")
    assert answer.notices == ["not_modelled"]
    assert [entry["id"] for entry in answer.to_json(None)["uncertain"]] == ["not_modelled"]
