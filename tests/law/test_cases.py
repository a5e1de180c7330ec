"""The law as read by hand, against the engine: every case of ``tests/law/**/*.yaml`` and the public cases.

A case states facts (contract.md section 2), optionally on top of a profile of ``profiles.yaml``, and what must come out
(contract.md section 3). Keys of ``expect``:

- ``right`` ``duty`` ``exemption`` ``regime`` ``verdict``: compared as they are;
- ``open: true``: at least one entry in ``uncertain``; ``uncertain: [id, ...]``: these ids are among them;
- ``missing_includes`` / ``missing_excludes``: facts that must / must not be among ``missing_facts``;
- ``parts: {id: applies}`` of the programme; ``costs: {id: euros}``; ``deadline: {id: date}``;
- ``may_have_duty``: in another region, whether that region's law may oblige the person.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from wegwijzer import Assessment, Facts, assess
from wegwijzer.law.announced import supposing

HERE = Path(__file__).parent
PROFILES: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "profiles.yaml").read_text(encoding="utf-8"))
PLAIN_KEYS = ("right", "duty", "exemption", "regime", "verdict")
OTHER_KEYS = (
    "open",
    "uncertain",
    "missing_includes",
    "missing_excludes",
    "parts",
    "costs",
    "deadline",
    "may_have_duty",
)
#: ``suppose: {id: day}``: announced law as if in force from that day.
CASE_KEYS = {"suppose", "title", "id", "as_of", "base", "facts", "expect", "why", "source", "confidence", "signed_by"}
MINIMUM = 170
#: What every case tells as its reasons, approved by who last changed the law: a change shows in review.
REASONS = HERE / "reasons.yaml"


def load_cases() -> list[dict[str, Any]]:
    """All cases of all files, each with ``file``: its path below this folder."""
    cases: list[dict[str, Any]] = []
    for path in sorted(HERE.glob("*/**/*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            cases.append({**case, "file": str(path.relative_to(HERE))})
    return cases


def facts_of(case: dict[str, Any]) -> dict[str, Any]:
    """The facts of the case on top of its profile; a fact set to null is removed."""
    merged = {**PROFILES.get(case.get("base", ""), {}), **case["facts"]}
    return {name: value for name, value in merged.items() if value is not None}


def suppositions(case: dict[str, Any]) -> dict[str, date]:
    """The announced law that a case supposes, with its first day."""
    return {id_: date.fromisoformat(day) for id_, day in case.get("suppose", {}).items()}


CASES = load_cases()
PUBLIC_CASES = [json.loads(line) for line in (HERE / "public_cases.jsonl").read_text(encoding="utf-8").splitlines()]


def result_of(facts: dict[str, Any], as_of: str) -> dict[str, Any]:
    """The assessment as JSON; the facts go through the validation of the engine."""
    result: dict[str, Any] = assess(Facts.from_json(facts), date.fromisoformat(as_of)).to_json(None)
    return result


def differences(expect: dict[str, Any], result: dict[str, Any]) -> list[str]:
    """What differs, one readable line each; empty when all is as expected."""
    lines = [
        f"{key}: expected {expect[key]!r}, got {result[key]!r}"
        for key in PLAIN_KEYS
        if key in expect and expect[key] != result[key]
    ]
    uncertain = [entry["id"] for entry in result["uncertain"]]
    missing = result["missing_facts"]
    if expect.get("open") and not uncertain:
        lines.append("uncertain: expected an entry, got none")
    lines += [f"uncertain: {id_} not in {uncertain}" for id_ in expect.get("uncertain", []) if id_ not in uncertain]
    lines += [f"missing_facts: {f} not in {missing}" for f in expect.get("missing_includes", []) if f not in missing]
    lines += [f"missing_facts: {f} wrongly in {missing}" for f in expect.get("missing_excludes", []) if f in missing]
    parts = {part["id"]: part["applies"] for part in (result["programme"] or {}).get("parts", [])}
    for id_, applies in expect.get("parts", {}).items():
        if parts.get(id_) is not applies:
            lines.append(f"part {id_}: expected {applies}, got {parts.get(id_)}")
    costs = {cost["id"]: cost["amount"] for cost in (result["programme"] or {}).get("costs", [])}
    for id_, amount in expect.get("costs", {}).items():
        if costs.get(id_) != amount:
            lines.append(f"cost {id_}: expected {amount}, got {costs.get(id_)}")
    deadlines = {deadline["id"]: deadline["date"] for deadline in result["deadlines"]}
    for id_, day in expect.get("deadline", {}).items():
        if deadlines.get(id_) != day:
            lines.append(f"deadline {id_}: expected {day}, got {deadlines.get(id_)}")
    elsewhere = (result.get("elsewhere") or {}).get("may_have_duty")
    if expect.get("may_have_duty", elsewhere) is not elsewhere:
        lines.append(f"may_have_duty: expected {expect['may_have_duty']}, got {elsewhere}")
    return lines


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    with supposing(suppositions(case)):
        result = result_of(facts_of(case), case["as_of"])
    wrong = differences(case["expect"], result)
    if wrong:
        held = [reason["id"] for reason in result["reasons"] if reason["holds"]]
        pytest.fail(
            "\n".join(
                [
                    f"{case['id']} in {case['file']}: {case['title']}",
                    f"law: {case['why']} ({case['source']}, confidence {case['confidence']})",
                    *wrong,
                    f"reasons that hold: {held}",
                    f"missing: {result['missing_facts']}",
                ]
            ),
            pytrace=False,
        )


@pytest.mark.parametrize("case", PUBLIC_CASES, ids=lambda case: case["id"])
def test_public_case(case: dict[str, Any]) -> None:
    wrong = differences(case["expected"], result_of(case["facts"], case["as_of"]))
    if wrong:
        pytest.fail("\n".join([f"{case['id']}: {case['note']}", f"law: {case['basis']}", *wrong]), pytrace=False)


def told(result: Assessment) -> list[str]:
    """The reasons of a result, one word each: the id, ``id?`` when open, ``id!`` when it does not hold.

    After them the open points as ``~id`` and the missing facts as ``+fact``.
    """
    marks = {True: "", None: "?", False: "!"}
    reasons = [reason.id + marks[reason.holds] for reason in result.reasons]
    return reasons + [f"~{point.id}" for point in result.open_points] + [f"+{fact}" for fact in result.missing_facts]


def all_reasons() -> dict[str, list[str]]:
    """The reasons told in every case by id."""
    people = [(case["id"], facts_of(case), case["as_of"], suppositions(case)) for case in CASES]
    people += [(case["id"], case["facts"], case["as_of"], {}) for case in PUBLIC_CASES]
    found = {}
    for id_, facts, as_of, supposed in people:
        with supposing(supposed):
            found[id_] = told(assess(Facts.from_json(facts), date.fromisoformat(as_of)))
    return found


def test_the_reasons_told_are_the_approved_ones() -> None:
    approved = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    now = all_reasons()
    changed = {id_: (approved.get(id_), reasons) for id_, reasons in now.items() if approved.get(id_) != reasons}
    assert changed == {}, "read each; if right: `python -m tests.law.mutation --approve-reasons`"
    assert set(approved) == set(now)


def test_there_are_enough_cases_with_unique_ids() -> None:
    counts = Counter(case["id"] for case in CASES)
    assert [id_ for id_, count in counts.items() if count > 1] == []
    assert len(CASES) >= MINIMUM


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case_is_well_formed(case: dict[str, Any]) -> None:
    assert set(case) - {"file"} <= CASE_KEYS
    assert CASE_KEYS - set(case) <= {"base", "suppose"}
    assert case.get("base", "family_flanders") in PROFILES
    assert case["expect"] and set(case["expect"]) <= {*PLAIN_KEYS, *OTHER_KEYS}
    assert case["confidence"] in ("high", "medium", "low")
    Facts.from_json(facts_of(case))


@pytest.mark.parametrize("name", PROFILES)
def test_profile_is_valid_and_used(name: str) -> None:
    Facts.from_json(PROFILES[name])
    assert any(case.get("base") == name for case in CASES)
