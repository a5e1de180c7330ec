"""Announced law: modelled, switched off. It decides nothing until someone supposes a first day for it.

What is known of it, and its status, stands in `wegwijzer/rulebook/future.yml`. A supposition is for lawyers who want to
see whom a change would touch (``assess --suppose``, ``impact --suppose``); no channel to newcomers makes one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from wegwijzer.law.case import Case
from wegwijzer.logic import Atom, Truth

#: A mandatory package for new labour migrants (N2), and fewer people free of the fee (N1).
ANNOUNCED = ("labour_package", "fee_reform")
_supposed: dict[str, date] = {}


@contextmanager
def supposing(first_days: Mapping[str, date]) -> Iterator[None]:
    """The law as if the announced parts were in force from those days.

    Raises:
        ValueError: no such part is announced.
    """
    for id in first_days:
        if id not in ANNOUNCED:
            raise ValueError(f"{id!r} is not announced law; there is {', '.join(ANNOUNCED)}")
    _supposed.update(first_days)
    try:
        yield
    finally:
        _supposed.clear()


def in_force(id: str, case: Case) -> bool:
    """Is the announced part supposed to be law on the day of the case?"""
    since = _supposed.get(id)
    return since is not None and since <= case.as_of


def _registered_since(case: Case) -> Truth:
    if not in_force("labour_package", case):
        return False
    first, day = _supposed["labour_package"].toordinal(), case.get("registration_date")
    if day is None:
        return None
    if day.first >= first:
        return True
    return False if day.last < first else None


REGISTERED_SINCE_LABOUR_PACKAGE = Atom(
    "registered since announced labour_package", ("registration_date",), _registered_since
)
