"""What is usually known from a card, a reason of stay or a nationality (implications.yml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from wegwijzer.facts import PARSERS


@dataclass(frozen=True)
class Implication:
    """``when`` every fact has one of the values, ``implies`` follows, by ``source``, from ``since`` to ``until``."""

    id: str
    when: Mapping[str, frozenset[str]]
    implies: Mapping[str, Any]
    source: str
    confidence: str
    since: date
    until: date

    def holds(self, facts: Mapping[str, Any], as_of: date) -> bool:
        in_time = self.since <= as_of <= self.until
        return in_time and all(_fits(facts.get(fact), values) for fact, values in self.when.items())


@dataclass(frozen=True)
class Implied:
    """One implied fact: its JSON ``value``, and the stated or implied facts that it comes from."""

    fact: str
    value: Any
    because: tuple[str, ...]
    implication: Implication


def _fits(value: Any, allowed: frozenset[str]) -> bool:
    if isinstance(value, list):
        return any(item in allowed for item in value)
    return value in allowed


@lru_cache(maxsize=1)
def table() -> tuple[Implication, ...]:
    """The implications that are certain enough to be used."""
    entries = YAML(typ="safe").load((Path(__file__).parent / "implications.yml").read_text(encoding="utf-8"))
    return tuple(
        Implication(
            entry["id"],
            {fact: frozenset(values) for fact, values in entry["when"].items()},
            entry["implies"],
            entry["source"],
            entry["confidence"],
            entry.get("from", date.min),
            entry.get("until", date.max),
        )
        for entry in entries
        if entry["confidence"] != "low"
    )


def implied(stated: Mapping[str, Any], as_of: date) -> dict[str, Implied]:
    """What follows from the stated facts and from what follows from them; never a fact that is stated."""
    found: dict[str, Implied] = {}
    facts = dict(stated)
    changed = True
    while changed:
        changed = False
        for implication in table():
            if implication.holds(facts, as_of):
                for fact, value in implication.implies.items():
                    if fact not in facts:
                        facts[fact] = value
                        found[fact] = Implied(fact, value, tuple(implication.when), implication)
                        changed = True
    return found


def contradictions(stated: Mapping[str, Any], as_of: date) -> list[Implied]:
    """Implications of stated facts that do not agree with another stated fact: to be asked back."""
    return [
        Implied(fact, value, tuple(implication.when), implication)
        for implication in table()
        if implication.holds(stated, as_of)
        for fact, value in implication.implies.items()
        if fact in stated and not _agrees(fact, stated[fact], value)
    ]


def _agrees(fact: str, stated: Any, implied_value: Any) -> bool:
    if stated == implied_value:
        return True
    if fact in ("permit_months", "max_stay_months"):
        mine, other = PARSERS[fact](fact, stated), PARSERS[fact](fact, implied_value)
        mine_most = float("inf") if mine[1] is None else mine[1]
        other_most = float("inf") if other[1] is None else other[1]
        return bool(mine[0] <= other_most and other[0] <= mine_most)
    return False
