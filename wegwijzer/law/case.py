"""One case: a person's facts on a day, prepared so that the conditions read them fast; and the law's parameters."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from wegwijzer.facts import Facts
from wegwijzer.logic import Truth
from wegwijzer.timeline import Span, anniversary, span_anniversary

_HERE = Path(__file__).parent


@cache
def read_yaml(name: str) -> Any:
    """One of the law's data files beside this module."""
    return YAML(typ="safe", pure=False).load((_HERE / name).read_text(encoding="utf-8"))


LAW_VERSION: str = read_yaml("parameters.yml")["law_version"]
CHECKED_UNTIL: date = read_yaml("parameters.yml")["checked_until"]
MODELLED_FROM: date = read_yaml("parameters.yml")["modelled_from"]


class Parameters(dict[str, Any]):
    """All parameters as they are on one day: ``parameters["adult_age"]``; None where none is in force yet."""

    @staticmethod
    @lru_cache(maxsize=1024)
    def on(day: date) -> Parameters:
        """The parameters in force on ``day``."""
        changes = _change_days()
        current = max((change for change in changes if change <= day), default=changes[0])
        return _parameters(current)


@cache
def _change_days() -> tuple[date, ...]:
    parameters = read_yaml("parameters.yml")["parameters"]
    return tuple(sorted({entry["from"] for parameter in parameters.values() for entry in parameter["values"]}))


@cache
def _parameters(day: date) -> Parameters:
    values: dict[str, Any] = {}
    for name, parameter in read_yaml("parameters.yml")["parameters"].items():
        value = None
        for entry in parameter["values"]:
            if entry["from"] <= day:
                value = entry["value"]
        values[name] = frozenset(value) if isinstance(value, list) else value
    return Parameters(values)


class Case:
    """A person's facts on a day. ``values`` are the truth values of the law's conditions."""

    __slots__ = ("_adult", "as_of", "birth", "day", "facts", "get", "parameters", "region", "values")

    def __init__(self, facts: Facts, as_of: date) -> None:
        facts.check_on(as_of)
        self.as_of = as_of
        self.day = as_of.toordinal()
        self.parameters = Parameters.on(as_of)
        self.facts = facts.values
        self.get = facts.values.get
        self.values: list[Truth] = []
        self.birth = self._birth()
        self._adult: Span | None = None
        place = self.get("municipality")
        self.region: str | None = place.region if place is not None else self.get("region")

    def _birth(self) -> Span | None:
        birth: Span | None = self.get("birth_date")
        age = self.get("age")
        if age is not None:
            by_age = Span(anniversary(self.day, -(age + 1)).first + 1, anniversary(self.day, -age).last)
            if birth is None:
                return by_age
            # A day that only the other fact allows can remain after 29 February; the stated date then wins.
            first, last = max(birth.first, by_age.first), min(birth.last, by_age.last)
            return Span(first, last) if first <= last else birth
        return birth

    @property
    def adult(self) -> Span | None:
        """The day of the 18th birthday."""
        if self._adult is None and self.birth is not None:
            self._adult = span_anniversary(self.birth, self.parameters["adult_age"])
        return self._adult

    def birthday(self, years: int) -> Span | None:
        """The day of that birthday; None when nothing is known of the birth."""
        return None if self.birth is None else span_anniversary(self.birth, years)


def not_after(first: Span | None, second: Span | None) -> Truth:
    """Does ``first`` fall on ``second`` or earlier?"""
    if first is None or second is None:
        return None
    if first.last <= second.first:
        return True
    return False if first.first > second.last else None
