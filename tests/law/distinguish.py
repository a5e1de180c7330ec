"""People that tell a surviving mutant of the law from the law itself, as drafts of cases.

    python -m tests.law.distinguish [--tries N] [--seed N] > drafts.yaml

Cases of tests/law are varied at random (a fact left out, or given another case's value; another day) until the mutant
says something else than the law; then as many of the changes as possible are taken back. What is printed is what the
law *as it runs* says: whoever takes a draft over reads it against the source first, and gives it a sentence for title.
A mutant for which nobody is found is named at the end: `equivalent.yml` has to say why.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from typing import Any

import yaml

from tests.law.mutation import cases_and_reasons, changes_of, equivalent, mark, mutated, noticed
from tests.law.test_cases import CASES, facts_of, told
from wegwijzer import FactError, Facts, assess, assessment

_PROGRAM: Any = assessment._PROGRAM
DAYS = ["2016-03-01", "2019-05-01", "2022-02-15", "2022-03-10", "2022-05-15", "2022-06-15", "2024-01-15", "2026-11-23"]
_MOST_CHANGES = 4
#: Days that lie behind whoever tells them.
_PAST = ("registration_date", "first_registration_date", "lawful_stay_since")

Person = dict[str, Any]


def said(facts: Facts, as_of: date) -> tuple[Any, ...]:
    """All of a result that a case can state."""
    found = assess(facts, as_of)
    return found.right, found.duty, found.exemption, found.verdict, told(found)


def _parsed(facts: Person, day: str) -> tuple[Facts, date] | None:
    try:
        parsed, as_of = Facts.from_json(facts), date.fromisoformat(day)
        assess(parsed, as_of)
    except FactError:
        return None
    return parsed, as_of


def people(tries: int, seed: int) -> Iterator[tuple[dict[str, Any], Person, str]]:
    """So many varied cases: the case, its facts as changed, the day."""
    chance = random.Random(seed)
    values: dict[str, list[Any]] = {}
    for case in CASES:
        for fact, value in facts_of(case).items():
            if value not in values.setdefault(fact, []):
                values[fact].append(value)
    names = sorted(values)
    for _ in range(tries):
        case = chance.choice(CASES)
        facts = facts_of(case)
        for fact in chance.choices(names, k=chance.randint(1, _MOST_CHANGES)):
            if chance.random() < 0.2:
                facts.pop(fact, None)
            else:
                facts[fact] = chance.choice(values[fact])
                if isinstance(facts[fact], str) and fact.endswith(("_date", "_since")) and chance.random() < 0.3:
                    facts[fact] = facts[fact][: chance.choice((4, 7))]  # the year or the month only
        day = case["as_of"] if chance.random() < 0.7 else chance.choice(DAYS)
        plausible = all(str(facts.get(fact, "")) <= day for fact in _PAST)
        if plausible and _parsed(facts, day):
            yield case, facts, day


def _differs(facts: Person, day: str, condition: Any, change: Any) -> bool:
    parsed = _parsed(facts, day)
    if parsed is None:
        return False
    law = said(*parsed)
    with mutated(condition, change):
        try:
            return said(*parsed) != law
        except Exception:  # a law that cannot run differs
            return True


def _simplest(case: dict[str, Any], facts: Person, day: str, condition: Any, change: Any) -> tuple[Person, str]:
    before = facts_of(case)
    if day != case["as_of"] and _differs(facts, case["as_of"], condition, change):
        day = case["as_of"]
    for fact in sorted({*before, *facts}):
        if facts.get(fact) != before.get(fact):
            trial = {**facts, fact: before[fact]} if fact in before else {k: v for k, v in facts.items() if k != fact}
            if _differs(trial, day, condition, change):
                facts = trial
    return facts, day


def _draft(case: dict[str, Any], facts: Person, day: str, mutant: str) -> dict[str, Any]:
    before, found = facts_of(case), assess(Facts.from_json(facts), date.fromisoformat(day))
    result = found.to_json()
    changed = {fact: facts.get(fact) for fact in sorted({*before, *facts}) if facts.get(fact) != before.get(fact)}
    expect = {key: result[key] for key in ("right", "duty", "exemption", "regime", "verdict")}
    if result["uncertain"]:
        expect["uncertain"] = [point["id"] for point in result["uncertain"]]
    cited = [reason.provision.citation(found.as_of) for reason in found.reasons if reason.holds is not False]
    articles = dict.fromkeys(f"{cite.act} art. {cite.article}" for cite in cited if cite)
    said = ", ".join(f"{fact} {'not known' if value is None else value}" for fact, value in changed.items())
    return {
        "title": f"As {case['id']}{f' on {day}' if day != case['as_of'] else ''}, but {said or 'on another day'}.",
        "as_of": day, **({"base": case["base"]} if "base" in case else {}), "facts": {**case["facts"], **changed},
        "expect": expect, "why": "; ".join(articles) or "no provision carries a result yet", "source": case["source"],
        "confidence": "medium", "signed_by": None, "mutant": mutant,
    }  # fmt: skip


def search(part: int, parts: int, tries: int, seed: int) -> tuple[list[dict[str, Any]], list[str]]:
    """Drafts for every ``parts``-th surviving mutant from ``part``; those that nobody tells apart."""
    cases, reasons = cases_and_reasons()
    pool = [(case, facts, day, *(_parsed(facts, day) or ())) for case, facts, day in people(tries, seed)]
    law = [said(parsed, as_of) for _, _, _, parsed, as_of in pool]
    drafts: list[dict[str, Any]] = []
    found: list[tuple[Facts, date]] = []
    alike: list[str] = []
    mutants = [(c, n, ch) for c in _PROGRAM.conditions for n, ch in changes_of(c)]
    known = equivalent()
    for condition, name, change in mutants[part::parts]:
        if mark(condition, name) in known:
            continue
        mutant = f"{condition!r}: {name}"
        expected = [said(*person) for person in found]
        with mutated(condition, change):
            if noticed(cases, reasons):
                continue
            if any(said(*person) != was for person, was in zip(found, expected, strict=True)):
                continue
            hits = (place for place, (*_, parsed, as_of) in enumerate(pool) if said(parsed, as_of) != law[place])
            hit = next(hits, None)
        if hit is None:
            alike.append(mutant)
            continue
        case, facts, day, *_ = pool[hit]
        facts, day = _simplest(case, facts, day, condition, change)
        found.append((Facts.from_json(facts), date.fromisoformat(day)))
        drafts.append(_draft(case, facts, day, mutant))
    return drafts, alike


def main() -> int:
    """Print the drafts as YAML, and the mutants that nobody tells apart."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tries", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    count = options.processes
    with ProcessPoolExecutor(count) as executor:
        jobs = [executor.submit(search, part, count, options.tries, options.seed) for part in range(count)]
        results = [job.result() for job in jobs]
    print(yaml.safe_dump([draft for drafts, _ in results for draft in drafts], sort_keys=False, width=200))
    for mutant in (mutant for _, alike in results for mutant in alike):
        print(f"# nobody tells apart: {mutant}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
