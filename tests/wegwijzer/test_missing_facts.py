"""``missing_facts``: whatever can still change right or duty is named, and what is named can change them."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import pytest

from tests.wegwijzer.people import KNOWN, repaired, values
from wegwijzer import FactError, Facts, assess
from wegwijzer.assessment import ASKING_ORDER
from wegwijzer.logic import Truth

# Either of the two tells the same: one of them in the list is enough.
SAME = {"age": "birth_date", "birth_date": "age", "municipality": "region", "region": "municipality"}
# Facts that right and duty never depend on: they shape the programme, or are for the interview.
NEVER = {"permit_renewable", "contract_signed", "occupation"}
# Seldom a condition is open only because of another fact that the same person cannot have: the law is read
# piece by piece. Such a fact is asked late or not at all, but it is listed. At most this share of all that is listed.
MOST_IN_VAIN = 0.06


def outcome(facts: dict[str, Any], as_of: date) -> tuple[Truth, Truth] | None:
    """Right and duty; None when the facts contradict."""
    try:
        answer = assess(Facts.from_json(facts), as_of)
    except FactError:
        return None
    return answer.right, answer.duty


def varies(facts: dict[str, Any], as_of: date, fact: str) -> bool:
    """Do two values of the fact, all else being equal, lead to different answers?"""
    outcomes = {outcome({**facts, fact: value}, as_of) for value in values(fact, as_of)}
    return len(outcomes - {None}) > 1


@cache
def witnesses(fact: str) -> list[dict[str, Any]]:
    """People of the cases for whom the fact makes a difference."""
    return [facts for facts, as_of in KNOWN if varies(facts, as_of, fact)]


def can_matter(facts: dict[str, Any], as_of: date, fact: str, rng: random.Random) -> bool:
    """Is there somebody of whom all ``facts`` are true and for whom ``fact`` makes a difference?"""
    found = witnesses(fact)
    for witness in rng.sample(found, min(60, len(found))):
        if varies({**witness, **facts}, as_of, fact):
            return True
    for _ in range(60):
        guess = {**(rng.choice(found) if found else {}), **facts}
        for other in rng.sample(ASKING_ORDER, 6):
            if other != fact and other not in facts:
                guess[other] = rng.choice(values(other, as_of))
        guess = repaired({**facts, **guess}, as_of)
        if all(guess.get(name) == value for name, value in facts.items()) and varies(guess, as_of, fact):
            return True
    return False


def test_nothing_that_matters_is_left_out() -> None:
    for facts, as_of in KNOWN:
        full = outcome(facts, as_of)
        for fact in facts:
            blank = {name: value for name, value in facts.items() if name != fact}
            answer = assess(Facts.from_json(blank), as_of)
            if (answer.right, answer.duty) != full:
                assert {fact, SAME.get(fact)} & set(answer.missing_facts), (fact, facts, as_of)


def test_what_is_known_to_the_day_is_not_missing() -> None:
    for facts, as_of in KNOWN:
        for fact in assess(Facts.from_json(facts), as_of).missing_facts:
            # A fact that is stated is named again only when it is not exact: an age for a birth date, a partial date.
            assert fact not in facts or len(str(facts[fact])) < 10, (fact, facts)


def test_facts_that_never_matter_are_never_missing() -> None:
    for facts, as_of in KNOWN:
        for fact in facts:
            blank = {name: value for name, value in facts.items() if name != fact}
            assert not NEVER & set(assess(Facts.from_json(blank), as_of).missing_facts)
    assert not NEVER & set(assess(Facts.from_json({}), date(2026, 11, 23)).missing_facts)


@pytest.mark.parametrize("fact", [fact for fact in ASKING_ORDER if fact not in NEVER])
def test_every_other_fact_can_matter(fact: str) -> None:
    as_of = date(2026, 11, 23)
    assert can_matter({}, as_of, fact, random.Random(1)) or (
        # The reasons of stay beside which a pending request counts are in no case.
        fact == "asylum_request_pending" and varies({**KNOWN[0][0], "stay_reason": "other"}, as_of, fact)
    )


def test_what_is_missing_can_matter() -> None:
    rng = random.Random(20261123)
    listed = 0
    in_vain: Counter[str] = Counter()
    for facts, as_of in rng.sample(KNOWN, 40):
        for fact in rng.sample(sorted(facts), min(3, len(facts))):
            blank = {name: value for name, value in facts.items() if name != fact}
            for missing in assess(Facts.from_json(blank), as_of).missing_facts:
                if missing not in blank:
                    listed += 1
                    if not can_matter(blank, as_of, missing, rng):
                        in_vain[missing] += 1
                        print(missing, as_of, blank)  # shown when the test fails
    assert listed > 100
    assert sum(in_vain.values()) <= MOST_IN_VAIN * listed, dict(in_vain)
