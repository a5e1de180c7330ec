"""Days and partial dates.

A day is its proleptic Gregorian ordinal (``date.toordinal``). A partial date is a :class:`Span`: the set of days from
``first`` to ``last`` that it may stand for ("1961" is 365 days).
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


class Span(NamedTuple):
    """All days from ``first`` to ``last``, as ordinals, both included."""

    first: int
    last: int

    @property
    def exact(self) -> bool:
        return self.first == self.last


@lru_cache(maxsize=65536)
def parse_span(text: str) -> Span:
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as a span of days; ValueError for anything else or for no such day."""
    match = _PARTIAL.match(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(group) if group else None for group in match.groups())
    assert year is not None
    if month is None:
        return Span(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
    if day is None:
        return Span(
            date(year, month, 1).toordinal(), date(year, month, calendar.monthrange(year, month)[1]).toordinal()
        )
    ordinal = date(year, month, day).toordinal()
    return Span(ordinal, ordinal)


@lru_cache(maxsize=65536)
def anniversary(day: int, years: int) -> Span:
    """The day on which ``years`` years have passed since ``day``.

    Who is born on 29 February reaches an age on 28 February or on 1 March of a common year: the sources do not say
    which, so it is a span of two days and a verdict on that one day is not firm.
    """
    start = date.fromordinal(day)
    year = start.year + years
    if not 1 <= year <= 9998:
        edge = 1 if year < 1 else date(9998, 12, 31).toordinal()
        return Span(edge, edge)
    if start.month == 2 and start.day == 29 and not calendar.isleap(year):
        return Span(date(year, 2, 28).toordinal(), date(year, 3, 1).toordinal())
    ordinal = date(year, start.month, start.day).toordinal()
    return Span(ordinal, ordinal)


@lru_cache(maxsize=65536)
def span_anniversary(span: Span, years: int) -> Span:
    """The days on which ``years`` years may have passed since some day of ``span``."""
    return Span(anniversary(span.first, years).first, anniversary(span.last, years).last)


@lru_cache(maxsize=65536)
def add_months(day: int, months: int) -> int:
    """The same day of the month ``months`` later, or that month's last day (regulation 1182/71, art. 3)."""
    start = date.fromordinal(day)
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1])).toordinal()


def iso(day: int) -> str:
    """``YYYY-MM-DD`` of an ordinal."""
    return date.fromordinal(day).isoformat()
