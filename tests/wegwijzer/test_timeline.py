"""Days and partial dates, against the calendar of the standard library."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wegwijzer.timeline import Span, add_months, anniversary, iso, parse_span, span_anniversary

usual = settings(max_examples=300, deadline=None, derandomize=True)
DAYS = st.dates(date(1890, 1, 1), date(2100, 12, 31))


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    "text, first, last",
    [
        ("1961", "1961-01-01", "1961-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
    ],
)
def test_a_partial_date_is_the_set_of_its_days(text: str, first: str, last: str) -> None:
    assert parse_span(text) == Span(day(first), day(last))
    assert parse_span(text).exact is (first == last)


@pytest.mark.parametrize(
    "text",
    ["", "26", "2026-1", "2026-13", "2026-00", "2023-02-29", "2026-06-31", "2026-06-1", "2026/06/01", "2026-06-01 ",
     "2026-06-01\n", "0000", "-2026", "２０２６", "2026-06-01T00:00", "june 2026"],
)  # fmt: skip
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_span(text)


@usual
@given(DAYS)
def test_a_day_reads_back(value: date) -> None:
    assert iso(parse_span(value.isoformat()).first) == value.isoformat()
    for partial in (value.isoformat()[:7], value.isoformat()[:4]):
        span = parse_span(partial)
        assert span.first <= value.toordinal() <= span.last


@usual
@given(DAYS, st.integers(-100, 100))
def test_an_anniversary_is_the_same_day_of_another_year(value: date, years: int) -> None:
    span = anniversary(value.toordinal(), years)
    try:
        same = value.replace(year=value.year + years).toordinal()
    except ValueError:  # 29 February in a common year: that day or the next, the sources do not say
        year = value.year + years
        assert span == Span(date(year, 2, 28).toordinal(), date(year, 3, 1).toordinal())
    else:
        assert span == Span(same, same)


@pytest.mark.parametrize("years", [-9000, 9000])
def test_an_anniversary_beyond_the_calendar_stays_at_its_edge(years: int) -> None:
    edge = 1 if years < 0 else date(9998, 12, 31).toordinal()
    assert anniversary(day("2026-11-23"), years) == Span(edge, edge)


@usual
@given(DAYS, st.integers(0, 400), st.integers(0, 70))
def test_the_anniversary_of_a_span_holds_that_of_each_of_its_days(value: date, length: int, years: int) -> None:
    span = Span(value.toordinal(), value.toordinal() + length)
    whole = span_anniversary(span, years)
    for inner in (span.first, (span.first + span.last) // 2, span.last):
        one = anniversary(inner, years)
        assert whole.first <= one.first and one.last <= whole.last


@pytest.mark.parametrize(
    "start, months, end",
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-08-31", 3, "2026-11-30"),
        ("2026-10-05", 3, "2027-01-05"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-05-14", 12, "2027-05-14"),
        ("2026-05-14", 0, "2026-05-14"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(start: str, months: int, end: str) -> None:
    assert iso(add_months(day(start), months)) == end


@usual
@given(DAYS, DAYS, st.integers(0, 60))
def test_later_days_never_end_earlier(one: date, other: date, months: int) -> None:
    first, last = sorted((one.toordinal(), other.toordinal()))
    assert add_months(first, months) <= add_months(last, months)
    assert anniversary(first, months).first <= anniversary(last, months).last
