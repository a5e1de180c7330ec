"""People for the property tests: the values that each fact may take, weighted to the law's thresholds; random people.

A person is a JSON object of facts (contract section 2) and a day. Everything is built from lists of values, so that
hypothesis shrinks to the first, plainest ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from wegwijzer import FactError, Facts
from wegwijzer.assessment import ASKING_ORDER
from wegwijzer.coverage import read_cases
from wegwijzer.facts import codes
from wegwijzer.timeline import anniversary, span_anniversary

Person = tuple[dict[str, Any], date]

# Days on which the law is asked for: around each change of it, and today.
DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        "2026-11-23", "2016-02-29", "2020-12-31", "2021-01-01", "2022-02-28", "2022-03-01", "2022-05-31", "2022-06-01",
        "2023-08-31", "2023-09-01", "2023-12-31", "2024-01-01", "2024-02-29", "2026-03-04", "2026-03-05", "2028-02-29",
    )
)  # fmt: skip

BOOLEANS = frozenset({
    "first_registration", "permit_renewable", "sponsor_used_free_movement", "used_free_movement",
    "integration_conditions_met_abroad", "exempt_in_other_region", "compulsory_schooling_completed",
    "unaccompanied_minor", "home_language_dutch", "duty_fulfilled", "asylum_request_pending",
})  # fmt: skip
DATES = ("birth_date", "registration_date", "first_registration_date", "lawful_stay_since", "contract_signed")
MONTHS = ("permit_months", "max_stay_months")
# Two Flemish communes (one on the edge of Brussels), two of Brussels, two Walloon (one French-language), one German.
MUNICIPALITIES = ("44021", "23088", "21004", "21015", "62063", "54007", "63023")


def _around(day: date, years: Sequence[int], days: Sequence[int]) -> list[str]:
    found = []
    for year in years:
        base = date.fromordinal(anniversary(day.toordinal(), -year).first)
        found.extend((base + timedelta(days=shift)).isoformat() for shift in days)
    return found


@cache
def values(fact: str, as_of: date) -> tuple[Any, ...]:
    """Values of ``fact``: all codes; of dates and numbers those around each threshold, exact and partial."""
    if codes(fact):
        return codes(fact)
    if fact in BOOLEANS:
        return (True, False)
    if fact == "birth_date":
        exact = _around(as_of, (30, 18, 65, 19, 17, 10, 66, 40), (0, 1, -1, 100))
    elif fact in ("registration_date", "lawful_stay_since"):
        exact = [
            *_around(as_of, (0, 1, 3, 4, 5, 6), (-1, 0, -60, 1)),
            "2016-02-28",
            "2016-02-29",
            "2022-06-01",
            "2007-12-01",
        ]  # at seventeen, for the many of the cases who were born in May 1990
    elif fact == "first_registration_date":
        exact = [*_around(as_of, (2, 5, 6, 8, 3), (-1, 0, 1, -60)), "2016-02-28", "2016-02-29"]
    elif fact == "contract_signed":
        exact = ["2022-02-28", "2022-03-01", "2023-08-31", "2023-09-01", *_around(as_of, (0,), (-1, -60, -100))]
    elif fact == "age":
        return (30, 17, 18, 19, 64, 65, 66, 10)
    elif fact in MONTHS:
        return (12, 13, 3, 4, 0, 60, "13+", "3+", "4+")
    elif fact in ("nationalities", "sponsor_nationalities"):
        return (["MA"], ["BE"], ["NL"], ["BE", "MA"], ["BE", "FR"], ["GB"], ["CH"], ["stateless"], ["TR", "BG"], ["UA"])
    elif fact == "birth_country":
        return ("MA", "BE", "NL")
    elif fact == "reception_class_months":
        return (0, 1, 8, 9, 10)
    elif fact == "municipality":
        return MUNICIPALITIES
    else:
        raise KeyError(fact)
    days = list(dict.fromkeys(exact))
    return (*days, *dict.fromkeys(day[:7] for day in days), *dict.fromkeys(day[:4] for day in days))


def repaired(facts: dict[str, Any], as_of: date) -> dict[str, Any]:
    """The facts without those that contradict another one or cannot be on that day."""
    facts = dict(facts)
    while True:
        try:
            Facts.from_json(facts).check_on(as_of)
        except FactError as error:
            del facts[error.fact]
        else:
            return facts


def known_people() -> list[Person]:
    """Everybody in the cases of tests/law."""
    return [(dict(facts), as_of) for facts, as_of in read_cases()]


KNOWN = [person for person in known_people() if person[1] >= DAYS[1]]


def one_fact(as_of: date, names: Sequence[str] = ASKING_ORDER) -> st.SearchStrategy[tuple[str, Any]]:
    """A fact with a value."""
    return st.sampled_from(names).flatmap(lambda fact: st.tuples(st.just(fact), st.sampled_from(values(fact, as_of))))


@st.composite
def people(draw: st.DrawFn) -> Person:
    """Somebody of the cases with some facts changed, on the day of the case or another; or anybody at all."""
    facts, as_of = draw(st.sampled_from(KNOWN))
    if draw(st.integers(0, 4)) == 0:
        facts = {}
    if draw(st.integers(0, 3)) == 0:
        as_of = draw(st.sampled_from(DAYS))
    changes = draw(st.lists(one_fact(as_of), max_size=25 if not facts else 6))
    # What was drawn last counts, so it comes first where facts contradict (the error names the later one).
    return repaired({**dict(changes), **{f: v for f, v in facts.items() if f not in dict(changes)}}, as_of), as_of


def coarser(fact: str, value: Any) -> tuple[Any, ...]:
    """Values that say less than ``value`` and do not contradict it."""
    if fact in DATES:
        return tuple(value[:length] for length in (7, 4) if length < len(value))
    if fact in MONTHS and isinstance(value, int):
        return tuple(f"{least}+" for least in (0, 3, 4, 13) if least <= value)
    if fact in MONTHS:
        return tuple(f"{least}+" for least in (0, 3, 4) if least < int(value[:-1]))
    return ()


def age_on(birth: str, as_of: date) -> int | None:
    """Age in years on that day; None where the birth date leaves it open."""
    from wegwijzer.timeline import parse_span

    span, day = parse_span(birth), as_of.toordinal()
    ages = [
        age for age in range(131) if span_anniversary(span, age).last <= day < span_anniversary(span, age + 1).first
    ]
    return ages[0] if ages else None


@st.composite
def refinements(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], date]:
    """The same person known less well and better: facts dropped, dates and months made coarse, age for birth date."""
    better, as_of = draw(people())
    less = dict(better)
    for fact in draw(st.lists(st.sampled_from(sorted(better)), max_size=6, unique=True)) if better else ():
        choices = [None, *coarser(fact, better[fact])]
        choice = draw(st.sampled_from(choices))
        if choice is None:
            del less[fact]
        else:
            less[fact] = choice
    if "birth_date" in better and "age" not in better and draw(st.booleans()):
        age = age_on(better["birth_date"], as_of)
        if age is not None:
            less["age"] = age
            if draw(st.booleans()):
                less.pop("birth_date", None)
    return less, better, as_of
