"""Which truth values each provision has taken over a set of cases: what the tests have and have not seen of the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from wegwijzer.assessment import assess, provisions
from wegwijzer.facts import Facts
from wegwijzer.logic import Truth

Person = tuple[Mapping[str, Any], date]
"""Facts as JSON (contract section 2) and the day of the assessment."""

ALL_TRUTHS: frozenset[Truth] = frozenset({True, False, None})


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
