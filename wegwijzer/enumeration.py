"""All meaningful kinds of people, run through the engine: invariants, a digest of the verdicts, the impact of a change.

The kinds are the product of what makes a difference in law: where, nationality, age at its thresholds, reason of stay
with its document, history of registration at its thresholds, a special situation, and what is not known. The order is
stable, so the place in it names a kind. The file also runs by its path with another checkout's `wegwijzer` on
PYTHONPATH (`impact`), so it leans on ``Facts`` and ``assess`` only.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta

from wegwijzer import Assessment, FactError, Facts, assess

ROOT = Path(__file__).resolve().parent.parent
DIGEST = ROOT / "tests" / "law" / "digest.json.gz"
#: The day of all profiles; a fixed one, so that the digest changes with the law and not with the calendar.
DAY = date(2026, 11, 23)
#: Every so many profiles are in the stored digest and in an impact report.
STRIDE = 41
_EXAMPLES = 5
_PLAIN = ("nationalities", "region", "stay_reason", "residence_document", "registered")

Person = dict[str, Any]


def _ago(years: int = 0, months: int = 0, days: int = 0) -> str:
    return (DAY - relativedelta(years=years, months=months) - timedelta(days)).isoformat()


REGIONS: tuple[Person, ...] = tuple(
    {"region": region} for region in ("flanders", "brussels", "wallonia", "german_community", "abroad")
)
NATIONALITIES: tuple[Person, ...] = (
    {"nationalities": ["MA"]},
    {"nationalities": ["NL"]},
    {"nationalities": ["BE"], "birth_country": "MA", "parents_born_abroad": "both"},
    {"nationalities": ["BE", "FR"], "birth_country": "FR", "parents_born_abroad": "one"},
    {"nationalities": ["BE"], "birth_country": "BE", "parents_born_abroad": "both"},
    {"nationalities": ["GB"]},
    {"nationalities": ["stateless"]},
)
AGES: tuple[Person, ...] = tuple(
    {"birth_date": day}
    for day in (_ago(18, days=-1), _ago(18), _ago(18, months=8), _ago(34), _ago(65, days=-1), _ago(65))
)
STAYS: tuple[Person, ...] = (
    {"stay_reason": "refugee", "residence_document": "B", "permit_months": 60},
    {"stay_reason": "subsidiary_protection", "residence_document": "A", "permit_months": 12},
    {"stay_reason": "asylum_pending", "residence_document": "orange_card", "permit_months": 4},
    {"stay_reason": "temporary_protection", "residence_document": "A", "permit_months": 12},
    {"stay_reason": "family_belgian", "residence_document": "F", "permit_months": 60, "family_relation": "spouse",
     "sponsor_nationalities": ["BE"], "sponsor_used_free_movement": False},
    {"stay_reason": "family_belgian", "residence_document": "orange_card", "permit_months": 6,
     "family_relation": "spouse", "sponsor_nationalities": ["BE"], "sponsor_used_free_movement": True},
    {"stay_reason": "family_eu", "residence_document": "F", "permit_months": 60, "family_relation": "legal_cohabitant",
     "sponsor_nationalities": ["NL"]},
    {"stay_reason": "family_eu", "residence_document": "F+", "permit_months": 120, "family_relation": "spouse",
     "sponsor_nationalities": ["NL"]},
    {"stay_reason": "family_other", "residence_document": "A", "permit_months": 12, "max_stay_months": "13+"},
    {"stay_reason": "employee", "residence_document": "A", "permit_months": 12, "max_stay_months": "13+"},
    {"stay_reason": "student", "residence_document": "A", "permit_months": 12, "max_stay_months": 12},
    {"stay_reason": "au_pair", "residence_document": "A", "permit_months": 12},
    {"stay_reason": "withdrawal_agreement", "residence_document": "M", "permit_months": 60},
    {"stay_reason": "long_term_resident_eu", "residence_document": "A", "permit_months": 12,
     "integration_conditions_met_abroad": True},
)  # fmt: skip


def _first(day: str) -> Person:
    return {"registered": "yes", "registration_date": day, "first_registration": True, "lawful_stay_since": day}


def _moved(day: str, before: str, region: str) -> Person:
    return {"registered": "yes", "registration_date": day, "first_registration": False, "lawful_stay_since": before,
            "first_registration_date": before, "first_registration_region": region}  # fmt: skip


HISTORIES: tuple[Person, ...] = (
    _first(_ago(days=40)),
    _first(_ago(4)),
    _first(_ago(5)),
    _first("2016-02-29"),
    _first("2016-02-28"),
    _moved(_ago(days=40), _ago(4), "wallonia"),
    _moved(_ago(), _ago(5), "brussels"),
    _moved(_ago(), _ago(5, days=1), "brussels"),
    _moved(_ago(months=2), _ago(7), "flanders"),
    {"registered": "waiting"},
)
#: The first is nobody special; ``frees`` marks what can only take a duty away.
SPECIAL: tuple[tuple[Person, bool], ...] = (
    ({}, False),
    ({"civic_certificate": "attest"}, True),
    ({"civic_certificate": "statement_of_efforts"}, True),
    ({"civic_certificate": "part_only"}, False),
    ({"medical": "permanent_certified"}, True),
    ({"medical": "temporary"}, False),
    ({"reception_class_months": 9}, True),
    ({"reception_class_months": 8}, False),
    ({"diploma": "belgian"}, True),
    ({"diploma": "foreign_recognised"}, False),
    ({"minister_of_religion": "recognised"}, False),
    ({"duty_fulfilled": True}, True),
    ({"exempt_in_other_region": True}, True),
    ({"home_language_dutch": True}, True),
)
#: What an ordinary person has answered to the rest, so that a result can be firm.
ORDINARY: Person = {
    "minister_of_religion": "none", "civic_certificate": "none", "diploma": "none", "reception_class_months": 0,
    "medical": "none", "exempt_in_other_region": False, "school": "none", "compulsory_schooling_completed": True,
    "unaccompanied_minor": False, "home_language_dutch": False, "duty_fulfilled": False, "used_free_movement": False,
    "asylum_request_pending": False, "family_relation": "none",
}  # fmt: skip
#: Facts that are not known, one of them at a time; the first: all is known.
BLANKS: tuple[str | None, ...] = (None, "registration_date", "birth_date", "residence_document", "stay_reason")
TOTAL = (
    len(REGIONS) * len(NATIONALITIES) * len(AGES) * len(STAYS) * len(HISTORIES) * len(SPECIAL) * len(BLANKS)
)  # fmt: skip


@dataclass
class Tally:
    """What one run has seen."""

    profiles: int = 0
    impossible: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    broken: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, other: Tally) -> None:
        self.profiles += other.profiles
        self.impossible += other.impossible
        self.verdicts += other.verdicts
        for name, found in other.broken.items():
            self.broken[name] += found


def groups() -> Iterator[tuple[int, Person]]:
    """Number and facts of every kind of person before a special situation and a blank."""
    for number, parts in enumerate(itertools.product(REGIONS, NATIONALITIES, AGES, STAYS, HISTORIES)):
        yield number, {**ORDINARY, **{fact: value for part in parts for fact, value in part.items()}}


def variants(person: Person) -> Iterator[tuple[int, int, Person]]:
    """The person with each special situation and each blank: the two places, and the facts."""
    for special, blank in itertools.product(range(len(SPECIAL)), range(len(BLANKS))):
        yield special, blank, variant(person, special, blank)


def variant(person: Person, special: int, blank: int) -> Person:
    """The person with that special situation, and without the blanked fact."""
    return {fact: value for fact, value in {**person, **SPECIAL[special][0]}.items() if fact != BLANKS[blank]}


def result(facts: Person) -> Assessment | None:
    """The assessment on the day of all profiles; None when facts exclude each other."""
    try:
        return assess(Facts.from_json(facts), DAY)
    except FactError:
        return None


def outcome(found: Assessment | None) -> str:
    """One word for a result, with the exemption where there is one."""
    if found is None:
        return "impossible"
    return f"{found.verdict} {found.exemption}" if found.exemption else found.verdict


def check(first: int, step: int, most: int) -> Tally:
    """Assess every ``step``-th group from ``first``, until ``most`` profiles; the invariants on each."""
    tally = Tally()
    per_group = len(SPECIAL) * len(BLANKS)
    for number, person in itertools.islice(groups(), first, None, step):
        if tally.profiles + per_group > most:
            break
        seen: dict[tuple[int, int], Assessment | None] = {}
        for special, blank, facts in variants(person):
            found = seen[special, blank] = result(facts)
            tally.profiles += 1
            if found is None:
                tally.impossible += 1
                continue
            tally.verdicts[found.verdict] += 1
            for name in broken(found, seen.get((special, 0)), seen.get((0, blank)), SPECIAL[special][1]):
                tally.broken[name].append(json.dumps(facts))
            if (number + special) % 50 == 0 and outcome(result(dict(reversed(facts.items())))) != outcome(found):
                tally.broken["the order of facts matters"].append(json.dumps(facts))
    return tally


def broken(found: Assessment, whole: Assessment | None, ordinary: Assessment | None, frees: bool) -> Iterator[str]:
    """The invariants that a result breaks.

    ``whole`` is the result with nothing blanked, ``ordinary`` the one without the special situation.
    """
    if found.regime == "flemish" and found.duty is True and found.right is not True:
        yield "a Flemish duty without a right"
    if frees and ordinary is not None and ordinary.duty is False and found.duty is True:
        yield "an exemption makes a duty"
    if whole is not None:
        for before, after in ((found.right, whole.right), (found.duty, whole.duty)):
            if before is not None and before is not after:
                yield "a blank flips a firm answer"
    if found.verdict not in ("undetermined",) and not any(
        reason.provision.citation(DAY) is not None for reason in found.reasons
    ):
        yield "a firm verdict without a provision in force"


def run(profiles: int, processes: int) -> Tally:
    """The whole run over so many processes."""
    total = Tally()
    with ProcessPoolExecutor(processes) as pool:
        share = -(-profiles // processes)
        for tally in pool.map(check, range(processes), [processes] * processes, [share] * processes):
            total.add(tally)
    return total


def sample(stride: int = STRIDE) -> Iterator[tuple[Person, str]]:
    """Every ``stride``-th profile with its outcome."""
    per_group = len(SPECIAL) * len(BLANKS)
    for number, person in groups():
        # Only the wanted people are put together: making all of them takes longer than assessing these.
        for place in range(-number * per_group % stride, per_group, stride):
            facts = variant(person, *divmod(place, len(BLANKS)))
            yield facts, outcome(result(facts))


def digest(stride: int = STRIDE) -> dict[str, dict[str, int]]:
    """How often each outcome occurs, by region and reason of stay."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for facts, said in sample(stride):
        counts[f"{facts['region']}, {facts.get('stay_reason', 'reason not known')}"][said] += 1
    return {kind: dict(sorted(found.items())) for kind, found in sorted(counts.items())}


def stored() -> Any:
    """The digest in the repository."""
    return json.loads(gzip.decompress(DIGEST.read_bytes()))


def store() -> None:
    """Write the digest of the rules as they are now."""
    DIGEST.write_bytes(gzip.compress(json.dumps(digest(), indent=1).encode(), mtime=0))


# --- the impact of a change -------------------------------------------------------------------------------------------


def outcomes_of(checkout: Path, stride: int) -> list[str]:
    """The outcomes of the sample by the rules of another checkout."""
    command = [sys.executable, str(Path(__file__).resolve()), "--stride", str(stride)]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(checkout)}, capture_output=True, text=True)
    if done.returncode:
        raise ValueError(f"the rules of {checkout} do not run: {done.stderr.strip().splitlines()[-1]}")
    return done.stdout.splitlines()


def impact(base: str, stride: int = STRIDE) -> list[str]:
    """Who changes outcome between git revision ``base`` and the files here: lines, the largest groups first.

    Raises:
        ValueError: the revision is not there, or its rules do not run.
    """
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "base"
        made = subprocess.run(["git", "-C", str(ROOT), "worktree", "add", "--detach", str(tree), base],
                              capture_output=True, text=True)  # fmt: skip
        if made.returncode:
            raise ValueError(f"{base!r} is not a revision of this repository")
        try:
            return compared(outcomes_of(tree, stride), list(sample(stride)))
        finally:
            subprocess.run(["git", "-C", str(ROOT), "worktree", "remove", "--force", str(tree)], capture_output=True)


def compared(before: list[str], now: list[tuple[Person, str]]) -> list[str]:
    """The differences as lines: each change of outcome with its number and a few people."""
    changed: dict[str, list[Person]] = defaultdict(list)
    for old, (facts, new) in zip(before, now, strict=True):
        if old != new:
            changed[f"{old} -> {new}"].append(facts)
    lines = [f"{sum(map(len, changed.values()))} of {len(now)} kinds of people change"]
    for change, found in sorted(changed.items(), key=lambda item: (-len(item[1]), item[0])):
        lines.append(f"{change}: {len(found)}")
        lines += [f"  - {_person(facts)}" for facts in found[:: max(1, len(found) // _EXAMPLES)][:_EXAMPLES]]
    return lines


def _person(facts: Person) -> str:
    """A profile as a lawyer reads it: what is not ordinary, in Dutch."""
    from wegwijzer.texts import OTHER, SOURCE
    from wegwijzer.wording import facts_text, value_text

    telling = {fact: value for fact, value in facts.items() if ORDINARY.get(fact) != value}
    # These name themselves; the others need their label.
    said = [value_text(SOURCE, fact, telling.pop(fact)) for fact in _PLAIN if fact in telling]
    return "; ".join([*said, facts_text(SOURCE, telling, OTHER)])


def report(profiles: int, processes: int) -> int:
    """Run and print; 1 when an invariant is broken."""
    start = time.monotonic()
    tally = run(profiles, processes)
    seconds = time.monotonic() - start
    print(f"{tally.profiles} profiles in {seconds:.0f} s with {processes} processes: {tally.profiles / seconds:.0f}/s")
    print(f"impossible: {tally.impossible}; " + "; ".join(f"{name}: {n}" for name, n in tally.verdicts.most_common()))
    for name, found in tally.broken.items():
        print(f"BROKEN {name}: {len(found)}")
        print("\n".join(f"  {facts}" for facts in found[:_EXAMPLES]))
    if not tally.broken:
        print("every invariant holds")
    return 1 if tally.broken else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--stride", type=int, default=STRIDE)
    for _, said in sample(parser.parse_args().stride):
        print(said)
