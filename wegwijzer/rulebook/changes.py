"""What changed in the law between two days, as Dutch sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from wegwijzer.assessment import provisions
from wegwijzer.law.case import MODELLED_FROM, read_yaml
from wegwijzer.law.provision import Citation
from wegwijzer.rulebook.conditions import title, unit, words, written
from wegwijzer.texts import SOURCE, format_day


def changes(first: date, last: date) -> list[str]:
    """The changes after ``first`` up to and including ``last``, oldest first.

    Raises:
        ValueError: the days are in the wrong order, or ``first`` is before the law that is modelled.
    """
    if first < MODELLED_FROM:
        raise ValueError(f"the law is modelled from {MODELLED_FROM}, not from {first}")
    if last < first:
        raise ValueError(f"{last} is before {first}")
    found = sorted(entry for entry in (*_rules(), *_numbers()) if first < entry[0] <= last)
    return [f"{format_day(SOURCE, day.toordinal())}: {said}" for day, said in found]


def _rules() -> Iterator[tuple[date, str]]:
    for id, provision in provisions().items():
        for citation in provision.citations:
            where = {"rule": title(id), "id": id, "source": _source(citation)}
            begins = citation.since > MODELLED_FROM and provision.citation(citation.since - timedelta(1)) is None
            if begins:
                yield citation.since, words()["begins"].format(**where)
            elif citation.since > MODELLED_FROM:
                yield citation.since, words()["moves"].format(**where)
            if citation.until is not None and provision.citation(citation.until + timedelta(1)) is None:
                yield citation.until + timedelta(1), words()["ends"].format(**where)


def _source(citation: Citation) -> str:
    if citation.article == "-":
        return citation.act
    return str(words()["article"].format(act=citation.act, article=citation.article))


def _numbers() -> Iterator[tuple[date, str]]:
    for name, parameter in read_yaml("parameters.yml")["parameters"].items():
        before: Any = None
        for entry in parameter["values"]:
            value = entry["value"]
            if entry["from"] > MODELLED_FROM:
                yield entry["from"], _number(name, parameter["unit"], before, value)
            before = value


def _number(name: str, kind: str, before: Any, value: Any) -> str:
    if isinstance(value, list):
        added, removed = sorted(set(value) - set(before or ())), sorted(set(before or ()) - set(value))
        return str(
            words()["list_changes"].format(name=name, added=", ".join(added) or "-", removed=", ".join(removed) or "-")
        )
    id = "number_begins" if before is None else "number_changes"
    return str(words()[id].format(name=name, before=written(before), value=written(value), unit=unit(kind)))
