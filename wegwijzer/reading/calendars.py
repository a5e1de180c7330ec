"""Dates of the Solar Hijri, Islamic and Ethiopian calendars, as Gregorian days.

A year of these calendars covers parts of two Gregorian ones, and some years fit two calendars: what is read here is
never sure, and is asked back before it is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from convertdate import coptic, islamic, persian

from wegwijzer.lexicon.words import Phrases, Word, western_digits

SOLAR_HIJRI, ISLAMIC, ETHIOPIAN = "solar_hijri", "islamic", "ethiopian"
#: First and last year in which somebody may be born or register today.
_YEARS = {SOLAR_HIJRI: (1290, 1420), ISLAMIC: (1325, 1460), ETHIOPIAN: (1900, 2030)}
#: The Ethiopian year runs 276 ahead of the Coptic one, with the same months.
_COPTIC = 276
_MONTHS: dict[str, tuple[str, ...]] = {
    SOLAR_HIJRI: (
        "فروردین,حمل,farvardin,hamal", "اردیبهشت,ثور,ordibehesht,sawr", "خرداد,جوزا,khordad,jawza",
        "تیر,سرطان,tir,saratan", "مرداد,اسد,mordad,asad", "شهریور,سنبله,shahrivar,sonbola", "مهر,میزان,mehr,mizan",
        "آبان,عقرب,aban,aqrab", "آذر,قوس,azar,qaws", "دی,جدی,dey,jadi", "بهمن,دلو,bahman,dalw", "اسفند,حوت,esfand,hut",
    ),
    ISLAMIC: (
        "محرم,muharram", "صفر,safar", "ربيع الأول,rabi al awwal", "ربيع الثاني,ربيع الآخر", "جمادى الأولى",
        "جمادى الآخرة,جمادى الثانية", "رجب,rajab", "شعبان,shaban,shaaban", "رمضان,ramadan", "شوال,shawwal",
        "ذو القعدة", "ذو الحجة",
    ),
    ETHIOPIAN: (
        "መስከረም,meskerem", "ጥቅምቲ,ጥቅምት,tikimt,tkmti", "ሕዳር,ኅዳር,hidar", "ታሕሳስ,ታኅሣሥ,tahsas", "ጥሪ,ጥር,tir,tri",
        "ለካቲት,የካቲት,yekatit,lekatit", "መጋቢት,megabit", "ሚያዝያ,miyazya", "ግንቦት,ginbot", "ሰነ,ሰኔ,sene", "ሓምለ,ሐምሌ,hamle",
        "ነሓሰ,ነሐሴ,nehase",
    ),
}  # fmt: skip
#: What is spoken where: the calendars that a text of a language may use, the likeliest first.
OF_LANGUAGE = {"fa": (SOLAR_HIJRI, ISLAMIC), "ps": (SOLAR_HIJRI, ISLAMIC), "ar": (ISLAMIC,), "ti": (ETHIOPIAN,)}
_YEAR_FIRST = re.compile(r"(?<![\d/.-])(1[2-4]\d\d)\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{1,2})(?![\d/-])")
_DAY_FIRST = re.compile(r"(?<![\d/.-])(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(1[2-4]\d\d)(?![\d/-])")


@dataclass(frozen=True)
class Read:
    """A date read in one calendar: `value` as YYYY-MM-DD, or the YYYY-MM or YYYY in which it begins; its offsets."""

    value: str
    calendar: str
    start: int
    end: int


@cache
def _months(calendar: str) -> Phrases[int]:
    return Phrases((name, number) for number, names in enumerate(_MONTHS[calendar], 1) for name in names.split(","))


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
    if lang not in OF_LANGUAGE:
        return None
    calendar = OF_LANGUAGE[lang][0]
    begins, ends = _from_gregorian(calendar, first), _from_gregorian(calendar, last)

    def month(number: int) -> str:
        # Afghans and Iranians name the solar months differently; the thirteenth month of Ethiopia has five days.
        names = _MONTHS[calendar][number - 1].split(",") if number <= len(_MONTHS[calendar]) else ["ጳጉሜን"]
        both = names[:2] if calendar == SOLAR_HIJRI else names[:1]
        return "/".join(reversed(both) if lang == "ps" else both)

    if first == last:
        return f"{begins[2]} {month(begins[1])} {begins[0]}"
    if (last - first).days <= 31:
        return " – ".join(dict.fromkeys(f"{month(number)} {year}" for year, number, _ in (begins, ends)))
    return " – ".join(dict.fromkeys(str(year) for year, _, _ in (begins, ends)))


def _possible(calendar: str, year: int) -> bool:
    first, last = _YEARS[calendar]
    return first <= year <= last


def _value(calendar: str, year: int, month: int | None, day: int | None, today: date) -> str | None:
    if not _possible(calendar, year) or (month and not 1 <= month <= 13) or (day and not 1 <= day <= 31):
        return None
    found = to_gregorian(calendar, year, month or 1, day or 1)
    if found is None or found > today + timedelta(days=366):
        return None
    return found.isoformat()[: 10 if day else 7 if month else 4]


def find(text: str, words: list[Word], lang: str, today: date) -> Iterator[Read]:
    """Dates of the calendars that are used in a language, from left to right in each calendar."""
    for calendar in OF_LANGUAGE.get(lang, ()):
        yield from _worded(words, calendar, today)
    # A year such as 1370 can be no Gregorian one, whatever the language.
    calendar = OF_LANGUAGE.get(lang, (SOLAR_HIJRI,))[0]
    if calendar != ETHIOPIAN:
        yield from _numeric(text, words, calendar, today, lang in OF_LANGUAGE)


def _worded(words: list[Word], calendar: str, today: date) -> Iterator[Read]:
    def day_at(place: int) -> int | None:
        form = words[place].form if 0 <= place < len(words) else ""
        return int(form) if form.isdigit() and 1 <= int(form) <= 31 else None

    for hit in _months(calendar).find(words):
        first, last = hit.first, hit.last
        day = day_at(first - 1)
        if day:
            first -= 1
        elif day := day_at(last):  # "መስከረም 1 2000"
            last += 1
        if last < len(words) and words[last].form.isdigit() and len(words[last].form) == 4:
            value = _value(calendar, int(words[last].form), hit.value, day, today)
            if value:
                yield Read(value, calendar, words[first].start, words[last].end)


def _numeric(text: str, words: list[Word], calendar: str, today: date, spoken: bool) -> Iterator[Read]:
    digits = western_digits(text)
    for pattern, order in ((_YEAR_FIRST, (0, 1, 2)), (_DAY_FIRST, (2, 1, 0))):
        for match in pattern.finditer(digits):
            year, month, day = (int(match.groups()[place]) for place in order)
            value = _value(calendar, year, month, day, today)
            if value:
                yield Read(value, calendar, *match.span())
    for word in words:
        if spoken and re.fullmatch(r"1[2-4]\d\d", word.form):
            value = _value(calendar, int(word.form), None, None, today)
            if value:
                yield Read(value, calendar, word.start, word.end)
