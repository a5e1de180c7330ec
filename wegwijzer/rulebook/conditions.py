"""A condition of the law as Dutch sentences.

The words of conditions that are more than "this fact has one of these values" stand in `words.yml`; the others are made
from the names that the catalogue gives to facts and values. A condition without words is a KeyError and fails a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from wegwijzer.facts import PARSERS
from wegwijzer.law.case import Parameters, read_yaml
from wegwijzer.law.provision import Provision
from wegwijzer.logic import All, Any_, Atom, Condition, Not, OpenPoint
from wegwijzer.texts import OTHER, SOURCE, for_subject, format_day, has_text, text

_LISTED = re.compile(r"(?P<fact>\w+) in (?P<codes>\S+)")
_SINCE = re.compile(r"(?P<fact>\w+) on or after day (?P<day>\d+)")
_ADULT_SINCE = re.compile(r"18 on or after day (?P<day>\d+)")


@dataclass(frozen=True)
class Sentence:
    """One line of a condition, and the lines below it; ``rule`` is the id of the provision or open point it names."""

    text: str
    below: tuple[Sentence, ...] = field(default=())
    rule: str | None = None


@cache
def words() -> Any:
    """What the rule book says besides the catalogue: `words.yml`."""
    return YAML(typ="safe").load((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"))


def fact_name(fact: str) -> str:
    """The name of a fact, about a person who does not read along."""
    return text(SOURCE, for_subject(SOURCE, f"fact.{fact}", OTHER))


def sentence(condition: Condition, day: date, holds: bool = True) -> Sentence:
    """The condition in words by the law of ``day``; with ``holds`` False its opposite.

    Raises:
        KeyError: an atom has no words.
    """
    if isinstance(condition, Not):
        return sentence(condition.children[0], day, not holds)
    if isinstance(condition, Provision):
        said = words()["holds" if holds else "fails"]
        return Sentence(said.format(rule=title(condition.id)), rule=condition.id)
    if isinstance(condition, OpenPoint):
        said = words()["open" if holds else "not_open"]
        return Sentence(said.format(point=condition.id), (sentence(condition.children[0], day),), condition.id)
    if isinstance(condition, (All, Any_)):
        # Not all of them: at least one fails. None of them: all fail.
        together = isinstance(condition, All) is holds
        parts = tuple(sentence(child, day, holds) for child in _flat(condition))
        return Sentence(words()["all" if together else "any"], parts)
    assert isinstance(condition, Atom)
    return Sentence(_atom(condition, day, holds))


def _flat(condition: Condition) -> Iterator[Condition]:
    """The parts, those of a part of the same kind among them: "and" within "and" is one list."""
    for child in condition.children:
        if type(child) is type(condition):
            yield from _flat(child)
        else:
            yield child


def unit(kind: str) -> str:
    """The Dutch name of a parameter's unit."""
    return str(words()["units"][kind])


def written(value: Any) -> str:
    """A parameter's value in Dutch: 22,5 and not 22.5, and no decimals where there are none."""
    from babel.numbers import format_decimal

    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(format_decimal(value, locale=SOURCE))


def title(id: str) -> str:
    """The short Dutch name of a provision."""
    return str(words()["titles"][id])


def _atom(atom: Atom, day: date, holds: bool) -> str:
    said = words()["conditions"].get(atom.id)
    if said is not None:
        parameters = Parameters.on(day)
        return str(said["yes" if holds else "no"]).format(**parameters)
    if atom.id in PARSERS:
        return words()["flag" if holds else "not_flag"].format(fact=fact_name(atom.id))
    since = _ADULT_SINCE.fullmatch(atom.id)
    if since:
        when = format_day(SOURCE, int(since["day"]))
        return words()["adult_since" if holds else "adult_before"].format(date=when)
    since = _SINCE.fullmatch(atom.id)
    if since:
        when = format_day(SOURCE, int(since["day"]))
        return words()["since" if holds else "before"].format(fact=fact_name(since["fact"]), date=when)
    listed = _LISTED.fullmatch(atom.id)
    if listed is None:
        raise KeyError(atom.id)
    fact, codes = listed["fact"], listed["codes"]
    values = Parameters.on(day).get(codes) if codes in read_yaml("parameters.yml")["parameters"] else None
    names = [_value(fact, value) for value in (sorted(values) if values is not None else codes.split("/"))]
    said = words()["is_one_of" if holds else "is_none_of"] if len(names) > 1 else words()["is" if holds else "is_not"]
    return str(said).format(fact=fact_name(fact), values="; ".join(names))


def _value(fact: str, code: str) -> str:
    id = f"value.{fact}.{code}"
    return text(SOURCE, id) if has_text(id) else code
