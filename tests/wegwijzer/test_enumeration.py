"""The enumeration: it sees every kind of outcome, names what breaks, and shows who a change of the law touches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from wegwijzer import Assessment, Facts, assess, enumeration
from wegwijzer.enumeration import DAY, STRIDE, TOTAL, broken, check, compared, digest, result, sample, stored


def obliged() -> dict[str, Any]:
    """A recognised refugee in Flanders, obliged."""
    return {
        **enumeration.ORDINARY, "region": "flanders", "nationalities": ["MA"], "birth_date": "1992-03-04",
        "stay_reason": "refugee", "residence_document": "B", "permit_months": 60, "registered": "yes",
        "registration_date": "2026-10-01", "first_registration": True, "lawful_stay_since": "2026-10-01",
    }  # fmt: skip


def assessed(facts: dict[str, Any]) -> Assessment:
    return assess(Facts.from_json(facts), DAY)


def test_there_are_a_million_and_more() -> None:
    assert TOTAL >= 1_000_000
    groups = sum(1 for _ in enumeration.groups())
    assert groups * len(enumeration.SPECIAL) * len(enumeration.BLANKS) == TOTAL


def test_every_value_that_makes_the_kinds_is_one_that_the_facts_take() -> None:
    # Only what excludes each other may be impossible, never a wrong code.
    tally = check(0, 997, 20_000)
    assert tally.profiles > 1000
    assert tally.impossible < tally.profiles / 10


def test_the_invariants_hold_for_a_part_and_every_verdict_occurs() -> None:
    tally = check(3, 211, 20_000)
    assert dict(tally.broken) == {}
    assert set(tally.verdicts) == {
        "obliged", "entitled", "exempt", "not_eligible", "undetermined", "other_region"
    }  # fmt: skip


def test_two_processes_see_what_one_sees() -> None:
    one, (first, second) = check(0, 1, 700), (check(0, 2, 350), check(1, 2, 350))
    first.add(second)
    assert (one.profiles, one.verdicts) == (first.profiles, first.verdicts)


def test_a_broken_engine_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(facts: Facts, as_of: date) -> Assessment:
        found = assess(facts, as_of)
        if found.regime == "flemish" and facts.json.get("medical") == "permanent_certified":
            found.right, found.duty = False, True
        return found

    monkeypatch.setattr(enumeration, "assess", wrong)
    assert {"a Flemish duty without a right", "an exemption makes a duty"} <= set(check(0, 1, 14_000).broken)


def test_each_invariant_can_break() -> None:
    good = assessed(obliged())
    assert good.duty is True
    free = assessed({**obliged(), "civic_certificate": "attest"})
    assert list(broken(good, good, good, frees=False)) == []
    assert list(broken(replace(good, right=False), None, None, frees=False)) == ["a Flemish duty without a right"]
    assert list(broken(good, None, free, frees=True)) == ["an exemption makes a duty"]
    assert list(broken(good, free, None, frees=False)) == ["a blank flips a firm answer"]
    assert list(broken(replace(good, reasons=[]), None, None, False)) == ["a firm verdict without a provision in force"]


def test_the_stored_digest_is_the_one_of_the_running_rules() -> None:
    assert sum(sum(kind.values()) for kind in stored().values()) == -(-TOTAL // STRIDE)
    assert digest() == stored(), "the law changed: see `make impact`, then `python -m wegwijzer enumerate --store`"


def test_a_change_shows_the_people_it_touches(monkeypatch: pytest.MonkeyPatch) -> None:
    now = list(sample(9001))
    assert compared([said for _, said in now], now) == [f"0 of {len(now)} kinds of people change"]
    people = [(obliged(), "exempt age_65"), (obliged(), "obliged")]
    lines = compared(["obliged", "obliged"], people)
    assert lines[:2] == ["1 of 2 kinds of people change", "obliged -> exempt age_65: 1"]
    assert "Marokko" in lines[2]
    assert "4 maart 1992" in lines[2]


def test_the_rules_of_another_checkout_run_in_their_own_process(tmp_path: Any) -> None:
    said = enumeration.outcomes_of(enumeration.ROOT, 20_001)
    assert said == [outcome for _, outcome in sample(20_001)]
    with pytest.raises(ValueError, match="do not run"):
        (tmp_path / "wegwijzer").mkdir()
        (tmp_path / "wegwijzer" / "__init__.py").write_text("raise SystemExit('no law')", encoding="utf-8")
        enumeration.outcomes_of(tmp_path, 20_001)


def test_a_revision_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(ValueError, match="'no-such-revision' is not a revision"):
        enumeration.impact("no-such-revision")


def test_facts_that_exclude_each_other_have_no_result() -> None:
    assert result({"age": 20, "birth_date": "1950-01-01"}) is None
