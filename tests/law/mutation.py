"""Mutation testing of the law: every condition is changed in every way, and some case must notice.

    python -m tests.law.mutation

The law is a graph of conditions built when its modules are loaded, which mutmut (functions only) does not reach; so the
graph is mutated: a part of "all" or "any" is left out, "all" and "any" change places, a "not" falls away, an atom is
turned round, a provision never or always holds or holds on every day, an open point is settled. A mutant that no case
of tests/law notices survives, and is printed with its reason of `equivalent.yml`.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import yaml

from tests.law.test_cases import CASES, PUBLIC_CASES, REASONS, all_reasons, differences, facts_of, suppositions, told
from wegwijzer import Facts, assess, assessment
from wegwijzer.law.announced import supposing
from wegwijzer.law.provision import Provision
from wegwijzer.logic import All, Any_, Atom, Condition, Not, OpenPoint

EQUIVALENT = REASONS.parent / "equivalent.yml"

_PROGRAM: Any = assessment._PROGRAM
Name = Callable[[Condition], str]


#: Id, facts, day, what is expected of a case and the announced law that it supposes.
Case = tuple[str, Facts, date, dict[str, Any], dict[str, date]]


def _cases() -> list[Case]:
    own = [(case["id"], facts_of(case), case["as_of"], case["expect"], suppositions(case)) for case in CASES]
    public: Any = [(case["id"], case["facts"], case["as_of"], case["expected"], {}) for case in PUBLIC_CASES]
    return [(id_, Facts.from_json(facts), date.fromisoformat(day), *rest) for id_, facts, day, *rest in own + public]


def mutants(condition: Condition) -> Iterator[tuple[str, Callable[[Name], str]]]:
    """Name and changed code of each mutant of a condition that is no atom."""
    if isinstance(condition, (All, Any_)):
        other = Any_(*condition.children) if isinstance(condition, All) else All(*condition.children)
        yield "all and any change places", other.code
        for left_out, child in enumerate(condition.children):
            rest = [part for place, part in enumerate(condition.children) if place != left_out]
            if rest:
                yield f"without {child!r:.90}", type(condition)(*rest).code
    elif isinstance(condition, Not):
        yield "without not", lambda value: value(condition.children[0])
    elif isinstance(condition, OpenPoint):
        yield "settled: false", lambda value: "False"
        yield "settled: as it is touched", lambda value: value(condition.children[0])
    elif isinstance(condition, Provision):
        yield "never", lambda value: "False"
        yield "always", lambda value: "True"
        if condition.code(lambda _: "x") != "x":
            yield "on every day", lambda value: value(condition.children[0])


@contextmanager
def mutated(condition: Condition, change: Any) -> Iterator[None]:
    """The running law with one condition changed."""
    attribute = "test" if isinstance(condition, Atom) else "code"
    before, regions = vars(condition).get(attribute), _PROGRAM._run_for
    setattr(condition, attribute, change)
    _PROGRAM._run_for, whole = {}, _PROGRAM._run_all
    _PROGRAM._run_all = _PROGRAM._function(frozenset())
    try:
        yield
    finally:
        if before is None:
            delattr(condition, attribute)
        else:
            setattr(condition, attribute, before)
        _PROGRAM._run_for, _PROGRAM._run_all = regions, whole


def _turned(atom: Atom) -> Callable[[Any], bool | None]:
    test = atom.test
    if isinstance(test, str):
        scope: dict[str, Any] = {}
        exec(f"def test(case):\n    get, parameters = case.get, case.parameters\n    return {test}", scope)
        test = scope["test"]
    return lambda case: None if (found := test(case)) is None else not found


def noticed(cases: list[Case], reasons: dict[str, list[str]]) -> bool:
    """Does some case come out otherwise than it expects, or tell other reasons?"""
    for id_, facts, as_of, expect, supposed in cases:
        try:
            with supposing(supposed):
                found = assess(facts, as_of)
            if told(found) != reasons[id_] or differences(expect, found.to_json()):
                return True
        except Exception:  # a law that cannot run is noticed
            return True
    return False


def cases_and_reasons() -> tuple[list[Case], dict[str, list[str]]]:
    """All cases and the approved reasons told in them."""
    return _cases(), yaml.safe_load(REASONS.read_text(encoding="utf-8"))


def changes_of(condition: Condition) -> list[tuple[str, Any]]:
    """Name and change of each mutant of a condition."""
    return [("turned round", _turned(condition))] if isinstance(condition, Atom) else list(mutants(condition))


def mark(condition: Condition, name: str) -> str:
    """Short name of a mutant; it changes with the condition."""
    return hashlib.sha256(f"{condition!r}: {name}".encode()).hexdigest()[:8]


def equivalent() -> dict[str, str]:
    """Mutants that say the same as the law of every person, by mark, with the reason."""
    explained: dict[str, str] = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8"))
    return explained


def main() -> int:
    """Print the score and the survivors; 1 when one of them is not explained, or an explanation is no longer needed."""
    if "--approve-reasons" in sys.argv:
        REASONS.write_text(yaml.safe_dump(all_reasons(), width=10_000), encoding="utf-8")
        return 0
    cases, reasons = cases_and_reasons()
    assert not noticed(cases, reasons), "the cases fail before anything is changed"
    explained, survivors, mutants_seen = equivalent(), set(), 0
    for condition in _PROGRAM.conditions:
        for name, change in changes_of(condition):
            mutants_seen += 1
            with mutated(condition, change):
                if noticed(cases, reasons):
                    continue
            survivors.add(mark(condition, name))
            why = explained.get(mark(condition, name), "NOT EXPLAINED")
            print(f"survives {mark(condition, name)} {condition!r:.90}: {name:.60}\n    {why}")
    for left in sorted(set(explained) - survivors):
        print(f"no longer survives: {left}; take it out of {EQUIVALENT.name}")
    noticed_ = mutants_seen - len(survivors)
    print(f"{noticed_} of {mutants_seen} mutants noticed: {noticed_ / mutants_seen:.1%}")
    return 0 if survivors == set(explained) else 1


if __name__ == "__main__":
    sys.exit(main())
