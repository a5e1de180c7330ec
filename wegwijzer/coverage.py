"""Which truth values each provision has taken over a set of cases: what the tests have and have not seen of the law.

A tool for those who work on the law (``python -m wegwijzer coverage``); it reads tests/law in the checkout.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from ruamel.yaml import YAML

from wegwijzer.assessment import assess, provisions
from wegwijzer.facts import Facts
from wegwijzer.logic import Truth

Person = tuple[Mapping[str, Any], date]
"""Facts as JSON (contract section 2) and the day of the assessment."""

CASES = Path(__file__).parent.parent / "tests" / "law"
ALL_TRUTHS: frozenset[Truth] = frozenset({True, False, None})


def named_cases(folder: Path = CASES) -> Iterator[tuple[str, Mapping[str, Any], date]]:
    """Id, facts and day of the people of ``public_cases.jsonl`` and of all YAML files below (form: test_cases.py)."""
    for line in (folder / "public_cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        yield case["id"], case["facts"], date.fromisoformat(case["as_of"])
    yaml = YAML(typ="safe")
    profiles = yaml.load((folder / "profiles.yaml").read_text(encoding="utf-8"))
    for path in sorted(folder.glob("*/**/*.yaml")):
        for case in yaml.load(path.read_text(encoding="utf-8")):
            facts = {**profiles.get(case.get("base"), {}), **case["facts"]}
            stated = {fact: value for fact, value in facts.items() if value is not None}
            yield case["id"], stated, date.fromisoformat(case["as_of"])


def read_cases(folder: Path = CASES) -> list[Person]:
    """The people of all cases."""
    return [(facts, as_of) for _, facts, as_of in named_cases(folder)]


def truth_values_seen(cases: Iterable[Person]) -> dict[str, set[Truth]]:
    """For each provision the truth values that it had in at least one of the cases (None: open).

    Days before the law is modelled are passed over. FactError when a case is not valid.
    """
    rules = provisions()
    seen: dict[str, set[Truth]] = {id: set() for id in rules}
    for facts, as_of in cases:
        case = assess(Facts.from_json(facts), as_of).case
        if case.values:  # empty before the law is modelled
            for id, provision in rules.items():
                seen[id].add(provision(case))
    return seen


def with_blanks(cases: Iterable[Person]) -> Iterator[Person]:
    """The cases, each followed by its variants with one fact left out, and by nothing known at all."""
    for facts, as_of in cases:
        yield facts, as_of
        for fact in facts:
            yield {name: value for name, value in facts.items() if name != fact}, as_of
        yield {}, as_of


def missing_truths(seen: Mapping[str, set[Truth]]) -> dict[str, set[Truth]]:
    """The truth values that a provision has never had; provisions that had all three are left out."""
    return {id: set(ALL_TRUTHS - truths) for id, truths in seen.items() if ALL_TRUTHS - truths}


def report(out: TextIO) -> int:
    """Print for each provision which truth values the cases of tests/law gave it; 1 when one lacks, else 0."""
    cases = read_cases()
    stated, blanked = truth_values_seen(cases), truth_values_seen(with_blanks(cases))
    width = max(map(len, blanked))
    for id in sorted(blanked):
        marks = [
            name if truth in stated[id] else f"{name} (with facts left out)" if truth in blanked[id] else f"NO {name}"
            for name, truth in (("true", True), ("false", False), ("open", None))
        ]
        out.write(f"{id:<{width}}  {', '.join(marks)}\n")
    lacking = missing_truths(blanked)
    out.write(f"{len(cases)} cases, {len(blanked)} provisions, {len(lacking)} not yet true, false and open\n")
    return 1 if lacking else 0
