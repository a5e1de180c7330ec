"""Dates of the Solar Hijri, Islamic and Ethiopian calendars, as Gregorian days.

A year or a month of these calendars covers parts of two Gregorian ones, and some years fit two calendars: what is read
here is never sure, and is asked back before it is used, with every meaning that it may have. Which calendars a
language uses, and what it calls their months, stands in its lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from convertdate import coptic, islamic, persian

from wegwijzer import lexicon
from wegwijzer.lexicon.words import Phrases, Word, western_digits

SOLAR_HIJRI, ISLAMIC, ETHIOPIAN = "solar_hijri", "islamic", "ethiopian"
#: First and last year in which somebody may be born or register today.
_YEARS = {SOLAR_HIJRI: (1290, 1420), ISLAMIC: (1325, 1460), ETHIOPIAN: (1900, 2030)}
#: The Ethiopian year runs 276 ahead of the Coptic one, with the same months.
_COPTIC = 276
_YEAR_FIRST = re.compile(r"(?<![\d/.-])(1[2-4]\d\d)\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{1,2})(?![\d/-])")
_DAY_FIRST = re.compile(r"(?<![\d/.-])(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(1[2-4]\d\d)(?![\d/-])")
_ALONE = re.compile(r"1[2-4]\d\d")

Parts = tuple[int, "int | None", "int | None"]


@dataclass(frozen=True)
class Read:
    """A date read in one calendar: what it may be as YYYY-MM-DD, YYYY-MM or YYYY, the likeliest first; its offsets."""

    values: tuple[str, ...]
    calendar: str
    start: int
    end: int


def of_language(lang: str) -> tuple[str, ...]:
    """The calendars beside the Gregorian one that people of a language use, the likeliest first."""
    return tuple(lexicon.load(lang).calendars) if lang in lexicon.languages() else ()


@cache
def _months(lang: str, calendar: str) -> Phrases[int]:
    return Phrases(
        (name, int(number)) for number, names in lexicon.load(lang).calendars[calendar].items() for name in names
    )


@lru_cache(maxsize=1000)
def to_gregorian(calendar: str, year: int, month: int = 1, day: int = 1) -> date | None:
    """The Gregorian day of a day of a calendar; None when there is no such day."""
    try:
        if calendar == SOLAR_HIJRI:
            found = persian.to_gregorian(year, month, day)
        elif calendar == ISLAMIC:
            found = islamic.to_gregorian(year, month, day)
        else:
            found = coptic.to_gregorian(year - _COPTIC, month, day)
        return date(*(int(part) for part in found))
    except ValueError:
        return None


def _from_gregorian(calendar: str, day: date) -> tuple[int, int, int]:
    """Year, month and day of a Gregorian day in a calendar."""
    if calendar == ETHIOPIAN:
        year, month, number = coptic.from_gregorian(day.year, day.month, day.day)
        return year + _COPTIC, month, number
    found = (persian if calendar == SOLAR_HIJRI else islamic).from_gregorian(day.year, day.month, day.day)
    return int(found[0]), int(found[1]), int(found[2])


def in_calendar_of(lang: str, first: date, last: date) -> str | None:
    """The days from ``first`` to ``last`` as people write them in the calendar of a language; None where it has none.

    One day has its day and month, up to a month its months, a longer time only its years.
    """
    calendars = of_language(lang)
    if not calendars:
        return None
    calendar = calendars[0]
    begins, ends = _from_gregorian(calendar, first), _from_gregorian(calendar, last)

    def month(number: int) -> str:
        return lexicon.load(lang).calendars[calendar][str(number)][0]

    if first == last:
        return f"{begins[2]} {month(begins[1])} {begins[0]}"
    if (last - first).days <= 31:
        return " – ".join(dict.fromkeys(f"{month(number)} {year}" for year, number, _ in (begins, ends)))
    return " – ".join(dict.fromkeys(str(year) for year, _, _ in (begins, ends)))


def meanings(calendar: str, said: Parts, today: date) -> tuple[str, ...]:
    """What a whole or partial date of a calendar may be in the Gregorian one, as partial dates of the same precision.

    Empty when there is no such date, or it lies more than a year ahead or before anybody's birth.
    """
    year, month, day = said
    first_year, last_year = _YEARS[calendar]
    if not first_year <= year <= last_year or (month and not 1 <= month <= 13) or (day and not 1 <= day <= 31):
        return ()
    first = to_gregorian(calendar, year, month or 1, day or 1)
    if first is None or first > today + timedelta(days=366):
        return ()
    if day:
        return (first.isoformat(),)
    following = (year, month + 1) if month and month < 12 else (year + 1, 1)
    after = to_gregorian(calendar, *following)
    if after is None:
        return ()
    length = 7 if month else 4
    both = (first.isoformat()[:length], (after - timedelta(days=1)).isoformat()[:length])
    return tuple(dict.fromkeys(value for value in both if value <= today.isoformat()[:length])) or both[:1]


def find(text: str, words: list[Word], lang: str, today: date) -> Iterator[Read]:
    """Dates that can only be of another calendar than the Gregorian: by the name of a month, or by the year."""
    calendars = of_language(lang)
    for calendar in calendars:
        yield from _worded(words, lang, calendar, today)
    # A year such as 1370 can be no Gregorian one, whatever the language; alone it is a number in most.
    yield from _numeric(text, words, calendars or (SOLAR_HIJRI,), today, alone=bool(calendars))


def other_meanings(value: str, lang: str, today: date) -> Iterator[tuple[str, str]]:
    """What a date in numbers would be if it was said in the language's own calendar: (partial date, calendar).

    Only the Ethiopian calendar counts years as the Gregorian one does.
    """
    if ETHIOPIAN in of_language(lang):
        parts = [int(part) for part in value.split("-")]
        year, month, day = (*parts, None, None)[:3]
        assert year is not None
        for meaning in meanings(ETHIOPIAN, (year, month, day), today):
            yield meaning, ETHIOPIAN


def _worded(words: list[Word], lang: str, calendar: str, today: date) -> Iterator[Read]:
    def day_at(place: int) -> int | None:
        form = words[place].form if 0 <= place < len(words) else ""
        return int(form) if form.isdigit() and 1 <= int(form) <= 31 else None

    for hit in _months(lang, calendar).find(words):
        first, last = hit.first, hit.last
        day = day_at(first - 1)
        if day:
            first -= 1
        elif day := day_at(last):  # "መስከረም 1 2000"
            last += 1
        if last < len(words) and words[last].form.isdigit() and len(words[last].form) == 4:
            said = (int(words[last].form), hit.value, day)
            values = meanings(calendar, said, today)
            if calendar == ETHIOPIAN:
                values = _with_gregorian(values, said, today)
            if values:
                yield Read(values, calendar, words[first].start, words[last].end)


def _with_gregorian(values: tuple[str, ...], said: Parts, today: date) -> tuple[str, ...]:
    """The meanings of an Ethiopian date, and the Gregorian one: Eritreans call the months of both the same.

    Empty when the Ethiopian day is still to come: it is an ordinary date then.
    """
    year, month, day = said
    assert month is not None
    # Meskerem, the first, is September.
    number = (month + 7) % 12 + 1
    if month > 12 or not 1900 <= year <= today.year:
        return values
    try:
        date(year, number, day or 1)
    except ValueError:
        return values
    gregorian = f"{year}-{number:02d}" + (f"-{day:02d}" if day else "")
    past = [value for value in values if value <= today.isoformat()[: len(value)]]
    return tuple(dict.fromkeys((*past, gregorian))) if past else ()


def _numeric(text: str, words: list[Word], calendars: tuple[str, ...], today: date, alone: bool) -> Iterator[Read]:
    """Dates in figures with a year of 1200 to 1499, in every calendar that they fit."""
    if not any(word.form.isdigit() for word in words):
        return
    digits = western_digits(text)
    orders: tuple[tuple[re.Pattern[str], Callable[[list[int]], Parts]], ...] = (
        (_YEAR_FIRST, lambda parts: (parts[0], parts[1], parts[2])),
        (_DAY_FIRST, lambda parts: (parts[2], parts[1], parts[0])),
    )
    spans: list[tuple[Parts, int, int]] = [
        (order([int(part) for part in match.groups()]), *match.span())
        for pattern, order in orders
        for match in pattern.finditer(digits)
    ]
    if alone:
        spans += [((int(word.form), None, None), word.start, word.end) for word in words if _ALONE.fullmatch(word.form)]
    for parts, start, end in spans:
        by_calendar = {name: meanings(name, parts, today) for name in calendars if name != ETHIOPIAN}
        fitting = {name: values for name, values in by_calendar.items() if values}
        if fitting:
            every = tuple(dict.fromkeys(value for values in fitting.values() for value in values))
            yield Read(every, next(iter(fitting)), start, end)
