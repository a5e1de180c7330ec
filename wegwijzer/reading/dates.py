"""Dates and durations in a text: partial dates stay partial, European order, no guess at what is impossible.

The language is always given. dateparser is asked last, and only about a text that holds a date word of the lexicon,
because it reads much as a date ("zo", "ma", "10") that is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from dateutil.relativedelta import relativedelta

from wegwijzer.lexicon.words import Word, split, western_digits
from wegwijzer.reading import calendars
from wegwijzer.reading.vocabulary import Vocabulary, vocabulary

_OLDEST_YEAR = 1900
_LAST_DAY = 31
#: How sure a date is that was said in another calendar: it is asked back.
_CONVERTED = 0.5
_MONTHS_IN = {"year": 12.0, "month": 1.0, "week": 7 / 30.4, "day": 1 / 30.4}
_ISO = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?![\d/-])")
_DAY_FIRST = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/-]|\.\d)")
_SPACED = re.compile(r"(?<!\d)(\d{1,2}) (\d{1,2}) ((?:19|20)\d\d)(?!\d)")
_MONTH_FIRST = re.compile(r"(?<![\d/.-])(\d{1,2})\s?[./-]\s?((?:19|20)\d\d)(?![\d/-]|\.\d)")


@dataclass(frozen=True)
class Duration:
    """A length of time: `months` (may be broken), the largest `unit` named, and the words it covers."""

    months: float
    unit: str
    first: int
    last: int


@dataclass(frozen=True)
class FoundDate:
    """A date of a text: `value` as YYYY-MM-DD, YYYY-MM or YYYY, its offsets, and how sure the reading is.

    `relative` tells that it was counted from today, `bare` that it is only a year or a month without a word that
    makes it a date ("2018" may be a postal code). `calendar` is the one in which it was said, when not the Gregorian.
    `others` are what else it may mean, as partial dates: in another calendar, or the next year or month.
    """

    value: str
    start: int
    end: int
    confidence: float = 1.0
    relative: bool = False
    bare: bool = False
    yearless: bool = False
    calendar: str | None = None
    others: tuple[str, ...] = ()

    @property
    def meanings(self) -> tuple[str, ...]:
        """All that the date may mean, the likeliest first."""
        return (self.value, *self.others)


def is_real(value: str) -> bool:
    """Whether a full or partial ISO date exists."""
    try:
        parts = [int(part) for part in value.split("-")]
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return False
    return _OLDEST_YEAR <= parts[0] <= 2100


def in_future(value: str, today: date) -> bool:
    """Whether even the first day that a partial date may stand for lies after `today`."""
    parts = [int(part) for part in value.split("-")]
    return date(*[*parts, 1, 1][:3]) > today


def _full_year(digits: str, today: date) -> int:
    """The year of two or four digits; two digits mean the latest year that is not more than one year ahead."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return 2000 + year if 2000 + year <= today.year + 1 else 1900 + year


def _iso(year: int, month: int | None = None, day: int | None = None) -> str:
    text = f"{year:04d}"
    if month is not None:
        text += f"-{month:02d}"
        if day is not None:
            text += f"-{day:02d}"
    return text


def find_durations(words: list[Word], lang: str, text: str = "") -> list[Duration]:
    """Lengths of time in the words ("2 jaar", "a year and a half", "un an et demi"), from left to right."""
    known = vocabulary(lang)
    words = _and_apart(words, known)
    found: list[Duration] = []
    place = 0
    while place < len(words):
        form = words[place].form
        may_count = form.isdigit() or form in known.counting
        duration = _duration_at(words, place, known, text) if may_count else None
        if duration is None:
            place += 1
            continue
        joined = found[-1] if found else None
        gap = words[joined.last : place] if joined else []
        # "1 year and 6 months" is one duration: a smaller unit right after a larger one.
        if (
            joined
            and _MONTHS_IN[joined.unit] > _MONTHS_IN[duration.unit]
            and (not gap or (len(gap) == 1 and known.before("and", words, place)))
        ):
            found[-1] = Duration(joined.months + duration.months, joined.unit, joined.first, duration.last)
        else:
            found.append(_with_year_before(words, duration, known))
        place = duration.last
    return found


def _duration_at(words: list[Word], place: int, known: Vocabulary, text: str) -> Duration | None:
    if found := _in_one_word(words, place, known):
        return found
    first = place
    after = known.starts("one_and_half", words, place)
    if after > place:
        count, place = 1.5, after
    elif (after := known.starts("half", words, place)) > place:
        count, place = 0.5, after
    elif number := known.number_at(words, place):
        count, place = float(number.value), number.last
        # "2,5 jaar": the comma stands between two words of digits.
        if (
            place < len(words)
            and words[place].form in {"5", "25", "75"}
            and text[words[place - 1].end : words[place].start] in {",", "."}
        ):
            count += float(f"0.{words[place].form}")
            place += 1
        elif (after := known.starts("and_half", words, place)) > place:
            count, place = count + 0.5, after
    elif (after := known.starts("one", words, place)) > place:
        count, place = 1.0, after
        if (half := known.starts("half", words, place)) > place:
            count, place = 0.5, half
    else:
        return None
    unit = known.units.at(words, place) if place < len(words) else None
    if unit is None or (unit.value == "year" and count >= _OLDEST_YEAR):
        return None  # "since 2019 year", as Polish and Russian say, is a date
    place = unit.last
    after = known.starts("and_half", words, place)
    if after > place:
        count, place = count + 0.5, after
    return Duration(count * _MONTHS_IN[unit.value], unit.value, first, place)


def _and_apart(words: list[Word], known: Vocabulary) -> list[Word]:
    """`words` with the "and" that Arabic writes on to a number or a unit taken off, where a unit goes before it."""
    if not known.joins_before:
        return words
    half = known.group("half").firsts
    found = list(words)
    for place, word in enumerate(words[1:], start=1):
        before = words[place - 1].form
        mark = next((mark for mark in known.joins_before if word.form.startswith(mark)), "")
        if not mark or not (before in known.units.firsts or before in known.durations.firsts):
            continue
        form = word.form[len(mark) :]
        # A duration may begin with any word of `counting`, those of `durations` among them.
        if form not in half and (form in known.counting or form in known.units.firsts):
            found[place] = word._replace(form=form)
    return found


def _with_year_before(words: list[Word], duration: Duration, known: Vocabulary) -> Duration:
    """A duration of months with the bare year that is said before it: "year and two months"."""
    if duration.unit != "month" or not duration.first:
        return duration
    for start in range(max(0, duration.first - 3), duration.first):
        year = known.durations.at(words, start)
        if year and year.value == 12 and year.last in (duration.first, *_before_and(words, duration.first, known)):
            return Duration(12 + duration.months, "year", start, duration.last)
    return duration


def _before_and(words: list[Word], place: int, known: Vocabulary) -> Iterator[int]:
    """Where a word such as "and" begins that ends at `place`."""
    return (start for start in range(max(0, place - 2), place) if known.starts("and", words, start) == place)


def _in_one_word(words: list[Word], place: int, known: Vocabulary) -> Duration | None:
    """A duration without a number: "half-year", an Arabic dual, or the bare "year" of "living here year".

    A word that is a unit as well says one of them only beside "ago", "since" or "for", or at the end of what tells
    where one lives; beside a number or before a month it says no duration ("year 2019").
    """
    match = known.durations.at(words, place)
    if match is None:
        return None
    last = match.last
    halved = known.starts("and_half", words, last)
    unit = known.units.at(words, place)
    if halved == last and unit is not None and unit.last == last:
        before = any(known.before(cue, words, place) for cue in ("ago_before", "since", "for_duration"))
        lives = last == len(words) and bool(known.group("live").find(words[:place]))
        if not (before or lives or known.starts("ago_after", words, last) > last):
            return None
        if place and words[place - 1].form.isdigit():
            return None
        if last < len(words) and (known.number_at(words, last) or known.months.at(words, last)):
            return None
    name = "month" if match.value % 12 else "year"
    half = _MONTHS_IN[name] / 2 if halved > last else 0.0
    return Duration(match.value + half, name, place, halved)


def find_dates(text: str, lang: str, today: date, words: list[Word] | None = None) -> list[FoundDate]:
    """Dates in `text`, from left to right and without overlap; those that do not exist are left out."""
    known = vocabulary(lang)
    words = split(text) if words is None else words
    found: list[FoundDate] = []
    # A day that does not exist still takes its place, so that no part of it is read as another date.
    taken: list[tuple[int, int]] = []
    for candidate in (
        *_other_calendars(text, words, lang, today),
        *_numeric(text, today),
        *_relative(text, words, known, today),
        *_worded(text, words, known, today),
    ):
        if any(candidate.start < end and start < candidate.end for start, end in taken):
            continue
        taken.append((candidate.start, candidate.end))
        if is_real(candidate.value):
            found.append(_in_own_calendar(candidate, lang, today))
    return sorted(found, key=lambda item: item.start)


def _other_calendars(text: str, words: list[Word], lang: str, today: date) -> Iterator[FoundDate]:
    for read in calendars.find(text, words, lang, today):
        value, *others = read.values
        yield FoundDate(value, read.start, read.end, _CONVERTED, calendar=read.calendar, others=tuple(others))


def _in_own_calendar(found: FoundDate, lang: str, today: date) -> FoundDate:
    """A date in figures that may also be one of the language's own calendar: no longer sure, with both meanings."""
    if found.calendar or found.relative or found.yearless:
        return found
    others = tuple(value for value, _ in calendars.other_meanings(found.value, lang, today))
    return replace(found, confidence=_CONVERTED, others=others) if others else found


def _numeric(text: str, today: date) -> Iterator[FoundDate]:
    digits = western_digits(text)
    for match in _ISO.finditer(digits):
        year, _, month, day = match.groups()
        yield FoundDate(_iso(int(year), int(month), int(day) if day else None), *match.span())
    for match in _DAY_FIRST.finditer(digits):
        day, _, month, year = match.groups()
        yield FoundDate(_iso(_full_year(year, today), int(month), int(day)), *match.span())
    for match in _SPACED.finditer(digits):
        day, month, year = match.groups()
        yield FoundDate(_iso(int(year), int(month), int(day)), *match.span())
    for match in _MONTH_FIRST.finditer(digits):
        month, year = match.groups()
        yield FoundDate(_iso(int(year), int(month)), *match.span())


def _relative(text: str, words: list[Word], known: Vocabulary, today: date) -> Iterator[FoundDate]:
    for duration in find_durations(words, known.lang, text):
        first, last = duration.first, duration.last
        for name in ("ago_before", "since"):
            for start in range(max(0, first - 4), first):
                if known.starts(name, words, start) == first:
                    first = start
                    break
        ended = known.starts("ago_after", words, last)
        if first == duration.first and ended == last:
            continue
        value, confidence = ago(duration, today)
        yield FoundDate(value, words[first].start, words[ended - 1].end, confidence, relative=True)
    for hit in known.days.find(words):
        value, confidence = _days(today)[hit.value]
        yield FoundDate(value, words[hit.first].start, words[hit.last - 1].end, confidence, relative=True)


def _days(today: date) -> dict[str, tuple[str, float]]:
    """The partial date that each group of `DAYS` stands for, and how sure it is."""
    last_month = today.replace(day=1) - timedelta(days=1)
    return {
        "today": (today.isoformat(), 1.0),
        "before_yesterday": ((today - timedelta(days=2)).isoformat(), 1.0),
        "yesterday": ((today - timedelta(days=1)).isoformat(), 1.0),
        "last_week": _week_of(today - timedelta(days=7)),
        "this_week": _week_of(today),
        "last_month": (last_month.isoformat()[:7], 1.0),
        "this_month": (today.isoformat()[:7], 1.0),
        "last_year": (str(today.year - 1), 1.0),
        "this_year": (str(today.year), 1.0),
    }


def _week_of(day: date) -> tuple[str, float]:
    """A date some days around `day`: its month when all of them lie in it, else the day itself with little trust."""
    if (day - timedelta(days=3)).month == (day + timedelta(days=3)).month:
        return day.isoformat()[:7], 0.9
    return day.isoformat(), 0.6


def ago(duration: Duration, today: date) -> tuple[str, float]:
    """The partial date that lies `duration` before today, and how sure it is."""
    months = round(duration.months)
    if duration.unit == "day":
        return (today - timedelta(days=round(duration.months / _MONTHS_IN["day"]))).isoformat(), 0.9
    if duration.unit == "week":
        return _week_of(today - timedelta(days=round(duration.months / _MONTHS_IN["week"] * 7)))
    if months > 12 * 120:
        return "0000", 0.0
    earlier = today - relativedelta(months=months)
    if duration.unit == "year" and months % 12 == 0:
        return str(earlier.year), 0.8
    return earlier.isoformat()[:7], 0.8


def _year_at(words: list[Word], place: int, today: date) -> int | None:
    """A year in four digits at word number `place`."""
    if place < len(words) and len(words[place].form) == 4 and words[place].form.isdigit():
        year = int(words[place].form)
        if _OLDEST_YEAR <= year <= today.year + 10:
            return year
    return None


def _short_year_at(text: str, words: list[Word], last: int, place: int) -> int | None:
    """A year in two figures after a month: "14 February of '98"; no number of a day, so that it can be no other."""
    if place >= len(words) or len(words[place].form) != 2 or not words[place].form.isdigit():
        return None
    told = place > last or text[words[place - 1].end : words[place].start].strip() in {"'", "\u2019"}
    return 1900 + int(words[place].form) if told and int(words[place].form) > _LAST_DAY else None


def _skip(words: list[Word], place: int, known: Vocabulary, *names: str) -> int:
    for name in names:
        place = known.starts(name, words, place)
    return place


def _worded(text: str, words: list[Word], known: Vocabulary, today: date) -> Iterator[FoundDate]:
    place = 0
    while place < len(words):
        found = _worded_at(text, words, place, known, today)
        if found is None:
            place += 1
            continue
        date_found, place = found
        yield date_found


def _worded_at(
    text: str, words: list[Word], place: int, known: Vocabulary, today: date
) -> tuple[FoundDate, int] | None:
    first = place
    day: int | None = None
    number = known.number_at(words, place)
    if number and 1 <= number.value <= 31:
        after = _skip(words, number.last, known, "ordinal", "date_glue")
        if after < len(words) and known.months.at(words, after):
            day, place = number.value, after
    month = known.months.at(words, place)
    if month is None:
        year = _year_at(words, place, today)
        if year is None:
            return None
        later = _skip(words, place + 1, known, "date_glue")
        named = known.months.at(words, later) if later < len(words) else None
        if named:
            # "of the year 2022 the June", as Pashto says.
            last, value = named.last, _iso(year, int(named.value))
            number = known.number_at(words, last)
            if number and 1 <= number.value <= 31:
                last, value = number.last, _iso(year, int(named.value), number.value)
            return FoundDate(value, words[place].start, words[last - 1].end), last
        cued = known.before("since", words, place) or known.before("date_glue", words, place)
        if known.lexicon.verb_last:
            # "2022 since", as Turkish and Pashto say.
            cued = cued or known.after("since", words, place + 1) or known.after("ago_after", words, place + 1)
        # "2021de", "2019'da": what is written on to a year declines it.
        declined = (
            place + 1 < len(words)
            and text[words[place].end : words[place + 1].start] in {"", "'", "\u2019"}
            and words[place + 1].form.isalpha()
        )
        bare = not (cued or declined or len(words) == 1)
        return FoundDate(str(year), words[place].start, words[place].end, bare=bare), place + 1
    last = month.last
    if day is None:
        # "May 5th, 1990"
        number = known.number_at(words, last)
        if number and 1 <= number.value <= 31:
            after = known.starts("ordinal", words, number.last)
            if _year_at(words, after, today) or after == len(words) or after > number.last:
                day, last = number.value, after
    year_place = _skip(words, last, known, "date_glue")
    year = _year_at(words, year_place, today)
    if year is None and day is not None:
        year = _short_year_at(text, words, last, year_place)
    if year is not None:
        last = year_place + 1
    elif day is None:
        cued = known.before("since", words, first) or known.before("date_glue", words, first)
        if not cued and len(words) > 1:
            return None
    latest = year if year is not None else _latest_year(int(month.value), day, today)
    value = _iso(latest, int(month.value), day)
    confidence = 1.0 if year is not None else 0.8
    found = FoundDate(value, words[first].start, words[last - 1].end, confidence, yearless=year is None)
    return found, last


def _latest_year(month: int, day: int | None, today: date) -> int:
    """The year of the latest such month or day that is not after today."""
    return today.year if (month, day or 1) <= (today.month, today.day) else today.year - 1


def asked_date(text: str, lang: str, today: date) -> list[FoundDate]:
    """Dates of a text that answers a question for a date: like `find_dates`, and dateparser for the rest."""
    found = find_dates(text, lang, today)
    if found:
        return found
    known = vocabulary(lang)
    words = split(text)
    if not known.group("date_hints").find(words) or len(text) > 60:
        return []
    moment = datetime(today.year, today.month, today.day, 12)
    settings = {"RELATIVE_BASE": moment, "DATE_ORDER": "DMY", "PREFER_DATES_FROM": "past"}
    data = _parser(known.lexicon.dates, tuple(settings.items())).get_date_data(western_digits(text).lower())
    if data.date_obj is None:
        return []
    length = {"day": 10, "week": 10, "month": 7, "year": 4}.get(data.period, 10)
    return [FoundDate(data.date_obj.date().isoformat()[:length], 0, len(text), 0.7, relative=True)]


@lru_cache(maxsize=16)
def _parser(code: str, settings: tuple[tuple[str, Any], ...]) -> Any:
    from dateparser.date import DateDataParser

    return DateDataParser(languages=[code], settings=dict(settings))
