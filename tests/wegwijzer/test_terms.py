"""The notions of the law one by one: on either side of each threshold, and on dates known to a month or a year.

What a notion says of a partial date is what it says of all its days: true or false when all agree, open otherwise.
"""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest

from wegwijzer import Facts, assess
from wegwijzer.law import terms
from wegwijzer.law.case import CHECKED_UNTIL, MODELLED_FROM, Case, Parameters, not_after
from wegwijzer.law.provision import Citation, Provision
from wegwijzer.logic import Atom, Truth
from wegwijzer.timeline import Span, add_months, anniversary, iso, parse_span, span_anniversary

TODAY = date(2026, 11, 23)


#: Facts of whom no special situation holds.
NOTHING_SPECIAL = {
    "sponsor_nationalities": ["MA"], "sponsor_used_free_movement": False, "family_relation": "none",
    "civic_certificate": "none", "diploma": "none", "reception_class_months": 0, "duty_fulfilled": False,
    "medical": "none", "minister_of_religion": "none", "home_language_dutch": False,
    "integration_conditions_met_abroad": False,
}  # fmt: skip


def ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def says(atom: Atom, today: date = TODAY, **facts: Any) -> Truth:
    case = Case(Facts.from_json(facts), today)
    return atom.test(case) if callable(atom.test) else eval(atom.test, {"get": case.get, "parameters": case.parameters})


SINCE = terms.since_day("registration_date", ordinal("2022-03-01"))
ADULT_SINCE = terms.adult_since(ordinal("2014-02-28"))
WITHIN = terms.within_years("moved_in_years", "first_registration_date", "registration_date")
EXACTLY = terms.exactly_years("moved_in_years", "first_registration_date", "registration_date")
YEARS_AGO = terms.years_ago("moved_in_years", "registration_date")
MORE = terms.more_than_years("moved_in_years", "first_registration_date", "registration_date")


@pytest.mark.parametrize(
    "atom, facts, expected",
    [
        (SINCE, {"registration_date": "2022-02-28"}, False),
        (SINCE, {"registration_date": "2022-03-01"}, True),
        (SINCE, {"registration_date": "2022-03-02"}, True),
        (SINCE, {"registration_date": "2022-02"}, False),
        (SINCE, {"registration_date": "2022-03"}, True),
        (SINCE, {"registration_date": "2022"}, None),
        (SINCE, {}, None),
        (ADULT_SINCE, {"birth_date": "1996-02-27"}, False),
        (ADULT_SINCE, {"birth_date": "1996-02-28"}, True),
        (ADULT_SINCE, {"birth_date": "1996-03-01"}, True),
        (ADULT_SINCE, {"birth_date": "1996-02"}, None),
        (ADULT_SINCE, {"birth_date": "1996-01"}, False),
        (ADULT_SINCE, {"birth_date": "1996"}, None),
        (ADULT_SINCE, {}, None),
        # A partial date whose last day is the first day of the law.
        (terms.since_day("registration_date", ordinal("2022-03-31")), {"registration_date": "2022-03"}, None),
        (terms.adult_since(ordinal("2014-03-31")), {"birth_date": "1996-03"}, None),
        (EXACTLY, {"first_registration_date": "2020-06-15"}, None),
        (MORE, {"first_registration_date": "2020-06-15"}, None),
        (WITHIN, {"first_registration_date": "2020-06-15", "registration_date": "2025-06-14"}, True),
        (WITHIN, {"first_registration_date": "2020-06-15", "registration_date": "2025-06-15"}, False),
        (WITHIN, {"first_registration_date": "2020-06", "registration_date": "2025-05"}, True),
        (WITHIN, {"first_registration_date": "2020-06", "registration_date": "2025-06"}, None),
        (WITHIN, {"first_registration_date": "2020-06", "registration_date": "2025-06-30"}, False),
        (WITHIN, {"first_registration_date": "2020-06"}, None),
        (EXACTLY, {"first_registration_date": "2020-06-15", "registration_date": "2025-06-14"}, False),
        (EXACTLY, {"first_registration_date": "2020-06-15", "registration_date": "2025-06-15"}, True),
        (EXACTLY, {"first_registration_date": "2020-06-15", "registration_date": "2025-06-16"}, False),
        (EXACTLY, {"first_registration_date": "2020-06-15", "registration_date": "2026-06-16"}, False),
        (EXACTLY, {"first_registration_date": "2020-06-15", "registration_date": "2025-06"}, None),
        (EXACTLY, {"first_registration_date": "2020-06", "registration_date": "2025-06-15"}, None),
        (EXACTLY, {"first_registration_date": "2020-06", "registration_date": "2025-05-31"}, False),
        (EXACTLY, {"first_registration_date": "2020-06", "registration_date": "2025-07-01"}, False),
        (MORE, {"first_registration_date": "2020-06-15", "registration_date": "2025-06-15"}, False),
        (MORE, {"first_registration_date": "2020-06-15", "registration_date": "2025-06-16"}, True),
        (MORE, {"first_registration_date": "2020-06", "registration_date": "2025-06"}, None),
        (MORE, {"first_registration_date": "2020-06", "registration_date": "2025-07"}, True),
        (MORE, {"first_registration_date": "2020-06", "registration_date": "2025-05"}, False),
        (YEARS_AGO, {"registration_date": "2021-11-23"}, True),
        (YEARS_AGO, {"registration_date": "2021-11-24"}, False),
        (YEARS_AGO, {"registration_date": "2021-11"}, None),
        (terms.past("registration_date"), {"registration_date": "2026-11"}, None),
        (terms.past("registration_date"), {"registration_date": "2026-11-23"}, True),
        # Registered twelve months before the 18th birthday, one day less, one day more; a month; a year.
        (terms.NEW_AT_18, {"birth_date": "2007-06-15", "registration_date": "2024-06-15"}, False),
        (terms.NEW_AT_18, {"birth_date": "2007-06-15", "registration_date": "2024-06-16"}, True),
        (terms.NEW_AT_18, {"birth_date": "2007-06-15", "registration_date": "2024-06"}, None),
        (terms.NEW_AT_18, {"birth_date": "2007-06-15", "registration_date": "2024-05"}, False),
        (terms.NEW_AT_18, {"birth_date": "2007-06", "registration_date": "2024-06-15"}, None),
        (terms.NEW_AT_18, {"birth_date": "2007-06"}, None),
        # Two years of age and more on the day of the registration.
        (terms.LONG_OF_AGE_AT_REGISTRATION, {"birth_date": "2000-06-15", "registration_date": "2020-06-14"}, False),
        (terms.LONG_OF_AGE_AT_REGISTRATION, {"birth_date": "2000-06-15", "registration_date": "2020-06-15"}, True),
        (terms.LONG_OF_AGE_AT_REGISTRATION, {"birth_date": "2000-06", "registration_date": "2020-06-15"}, None),
        (terms.SOME_RECEPTION_CLASS, {"reception_class_months": 0}, False),
        (terms.SOME_RECEPTION_CLASS, {"reception_class_months": 1}, True),
        (terms.SOME_RECEPTION_CLASS, {}, None),
        (terms.RECEPTION_YEAR, {"reception_class_months": 8}, False),
        (terms.RECEPTION_YEAR, {"reception_class_months": 9}, True),
    ],
)
def test_a_notion_on_either_side_of_its_threshold(atom: Atom, facts: dict[str, Any], expected: Truth) -> None:
    assert says(atom, **facts) is expected


@pytest.mark.parametrize(
    "facts, expected",
    [
        ({"max_stay_months": 11}, True),
        ({"max_stay_months": 12}, True),
        ({"max_stay_months": 13}, False),
        ({"max_stay_months": "13+"}, False),
        ({"max_stay_months": "6+"}, None),
        ({"max_stay_months": "12+"}, None),
        ({"permit_months": 12}, None),
        ({"permit_months": "12+"}, None),
        ({"permit_months": 13}, False),
        ({"permit_months": "13+"}, False),
        ({}, None),
    ],
)
def test_a_stay_of_at_most_one_year(facts: dict[str, Any], expected: Truth) -> None:
    assert says(terms.STAY_AT_MOST_A_YEAR, **facts) is expected


@pytest.mark.parametrize(
    "facts, expected",
    [
        ({"residence_document": "B"}, True),
        ({"residence_document": "A", "permit_months": 3}, False),
        ({"residence_document": "A", "permit_months": 4}, True),
        ({"residence_document": "A", "permit_months": "4+"}, True),
        ({"residence_document": "A", "permit_months": "3+"}, None),
        ({"residence_document": "A", "permit_months": "1+"}, None),
        ({"residence_document": "A"}, None),
        ({"permit_months": 12}, None),
        ({}, None),
    ],
)
def test_a_title_of_more_than_three_months(facts: dict[str, Any], expected: Truth) -> None:
    assert says(terms.LONG_TITLE, **facts) is expected


@pytest.mark.parametrize("fact", ["permit_months", "max_stay_months"])
def test_the_longest_stay_is_asked_once_one_of_the_two_is_known(fact: str) -> None:
    relevant = terms.STAY_AT_MOST_A_YEAR.relevant
    assert relevant(Case(Facts.from_json({fact: 6}), TODAY)) == ("max_stay_months",)
    assert relevant(Case(Facts.from_json({}), TODAY)) == ("permit_months", "max_stay_months")


@pytest.mark.parametrize(
    "birth_date, today, expected",
    [
        # 18 in the spring: until 31 August of that year. 18 in the autumn: until that of the next.
        ("2008-03-10", "2026-08-31", False),
        ("2008-03-10", "2026-09-01", True),
        ("2008-08-31", "2026-08-31", False),
        ("2008-08-31", "2026-09-01", True),
        ("2008-09-01", "2026-09-02", False),
        ("2008-09-01", "2027-08-31", False),
        ("2008-09-01", "2027-09-01", True),
        ("2007-09-01", "2026-08-31", False),
        ("2007-09-01", "2026-09-01", True),
        # Born some day of 2008: the one 31 August or the next.
        ("2008", "2026-08-31", False),
        ("2008", "2026-09-01", None),
        ("2008", "2027-08-31", None),
        ("2008", "2027-09-01", True),
    ],
)
def test_a_school_year_ends_on_31_august(birth_date: str, today: str, expected: Truth) -> None:
    assert says(terms.SCHOOL_YEAR_OVER, date.fromisoformat(today), birth_date=birth_date) is expected


@pytest.mark.parametrize(
    "since, expected",
    [("2021-07-15", False), ("2021-07-14", True), ("2021-07", None), ("2021-06", True), ("2021-08", False)],
)
def test_an_asylum_procedure_of_more_than_four_months(since: str, expected: Truth) -> None:
    assert says(terms.ASYLUM_FOUR_MONTHS, date(2021, 11, 15), lawful_stay_since=since) is expected


@pytest.mark.parametrize(
    "atom, fact", [(SINCE, "registration_date"), (YEARS_AGO, "registration_date"),
                   (ADULT_SINCE, "birth_date"), (terms.SCHOOL_YEAR_OVER, "birth_date"), (terms.ADULT, "birth_date")]
)  # fmt: skip
def test_a_partial_date_says_what_all_its_days_say(atom: Atom, fact: str) -> None:
    for partial in itertools.chain(
        (f"{year}" for year in (1995, 1996, 1997, 2007, 2008, 2009, 2020, 2021, 2022)),
        (f"{year}-{month:02}" for year in (1996, 2008, 2021, 2022) for month in range(1, 13)),
    ):
        span = parse_span(partial)
        days = {says(atom, **{fact: iso(day)}) for day in range(span.first, span.last + 1)}
        assert says(atom, **{fact: partial}) is (days.pop() if len(days) == 1 else None), partial


def test_an_age_is_the_year_of_days_on_which_one_can_be_born() -> None:
    case = Case(Facts.from_json({"age": 34}), TODAY)
    assert case.birth == Span(ordinal("1991-11-24"), ordinal("1992-11-23"))
    assert case.adult == Span(ordinal("2009-11-24"), ordinal("2010-11-23"))
    assert case.birthday(65) == span_anniversary(case.birth, 65)
    assert Case(Facts.from_json({}), TODAY).birthday(65) is None


@pytest.mark.parametrize(
    "birth_date, expected", [("1992", ("1992-01-01", "1992-11-23")), ("1991", ("1991-11-24", "1991-12-31")),
                             ("1992-11", ("1992-11-01", "1992-11-23")), ("1992-11-23", ("1992-11-23", "1992-11-23"))]
)  # fmt: skip
def test_an_age_narrows_a_partial_birth_date(birth_date: str, expected: tuple[str, str]) -> None:
    case = Case(Facts.from_json({"age": 34, "birth_date": birth_date}), TODAY)
    assert case.birth == Span(*map(ordinal, expected))


@pytest.mark.parametrize(
    "first, second, expected",
    [
        ((1, 1), (1, 1), True), ((1, 2), (2, 3), True), ((1, 3), (2, 3), None), ((3, 3), (2, 3), None),
        ((3, 4), (1, 3), None), ((4, 4), (1, 3), False),
    ],
)  # fmt: skip
def test_one_span_not_after_another(first: tuple[int, int], second: tuple[int, int], expected: Truth) -> None:
    assert not_after(Span(*first), Span(*second)) is expected
    assert not_after(None, Span(*second)) is None and not_after(Span(*first), None) is None


def test_the_law_is_called_outdated_a_year_after_it_was_last_checked() -> None:
    last = add_months(CHECKED_UNTIL.toordinal(), 12)
    for day, notices in ((last, []), (last + 1, ["outdated"]), (last + 400, ["outdated"]), (last - 400, [])):
        assert assess(Facts.from_json({}), date.fromordinal(day)).notices == notices


def test_a_citation_is_in_force_from_its_first_to_its_last_day() -> None:
    citation = Citation("D13", "1", date(2020, 1, 10), date(2020, 1, 20))
    assert [day for day in range(1, 31) if citation.in_force(date(2020, 1, day))] == list(range(10, 21))
    assert Citation("D13", "1", date(2020, 1, 10)).in_force(date(2090, 1, 1))
    assert not Citation("D13", "1", date(2020, 1, 10)).in_force(date(2020, 1, 9))


@pytest.mark.parametrize(
    "since, until, code",
    [
        (MODELLED_FROM, None, "x"),
        (date(2000, 1, 1), None, "x"),
        (date(2020, 1, 1), None, f"x if {ordinal('2020-01-01')} <= case.day else False"),
        (MODELLED_FROM, date(2020, 1, 1),
         f"x if {MODELLED_FROM.toordinal()} <= case.day <= {ordinal('2020-01-01')} else False"),
    ],
)  # fmt: skip
def test_a_provision_holds_within_its_days_only(since: date, until: date | None, code: str) -> None:
    assert Provision("some", terms.BELGIAN, Citation("D13", "1", since, until)).code(lambda _: "x") == code


def test_before_the_first_numbers_of_the_law_there_are_those_of_its_first_day() -> None:
    assert Parameters.on(date(2010, 1, 1)) == Parameters.on(MODELLED_FROM)
    assert Parameters.on(date(2023, 9, 1))["fee_guidance"] == 0.0
    assert Parameters.on(date(2023, 8, 31))["fee_dutch_course"] == 0.0
    assert Parameters.on(date(2023, 9, 1))["fee_dutch_course"] == 180.0


@pytest.mark.parametrize("region", ["wallonia", "brussels"])
def test_reduced_and_suspended_are_said_of_a_flemish_duty_only(region: str) -> None:
    pupil = {"birth_date": "2008-10-01", "nationalities": ["MA"], "registered": "yes", "school": "diploma_course",
             "stay_reason": "refugee", "residence_document": "B", "registration_date": "2026-02-01",
             "first_registration_date": "2026-02-01"}  # fmt: skip
    found = assess(Facts.from_json(pupil | {"region": region}), TODAY)
    assert not found.reduced and not found.suspended


def test_a_person_of_whom_nothing_is_known_is_neither_reduced_nor_suspended() -> None:
    found = assess(Facts.from_json({"school": "diploma_course"}), TODAY)
    assert (found.reduced, found.suspended, found.exemption) == (False, False, None)
    before = assess(Facts.from_json({}), date(2010, 1, 1))
    assert (before.reduced, before.suspended, before.notices) == (False, False, ["not_modelled"])


def test_an_exemption_holds_where_the_person_lives_or_wherever_that_may_be() -> None:
    dutch = {"nationalities": ["NL"], "birth_date": "1990-01-01", "registered": "yes", "stay_reason": "free_movement"}
    student = dutch | {"nationalities": ["MA"], "stay_reason": "student", "residence_document": "A"}
    for person in (dutch, student | {"max_stay_months": "13+"}, student | {"medical": "permanent_certified"}):
        here, there, anywhere = (
            assess(Facts.from_json(person | place), TODAY).exemption
            for place in ({"region": "flanders"}, {"region": "brussels"}, {})
        )
        assert anywhere == here if here == there else anywhere in (None, here, there)
    assert assess(Facts.from_json(dutch), TODAY).exemption == "eu_national"


def test_a_reason_names_the_facts_that_carry_it_or_would_settle_it() -> None:
    stated = {"region": "flanders", "nationalities": ["MA"], "registered": "yes", "birth_date": "1990-01-01"}
    found = assess(Facts.from_json(stated), TODAY)
    open_ = {fact for reason in found.reasons if reason.holds is None for fact in reason.facts}
    assert open_ and open_ <= set(found.missing_facts)
    whole = NOTHING_SPECIAL | stated | {"stay_reason": "refugee", "residence_document": "B", "first_registration": True,
                      "registration_date": "2026-10-05"}  # fmt: skip
    settled = assess(Facts.from_json(whole), TODAY)
    for reason in settled.reasons:
        assert reason.holds and reason.facts and set(reason.facts) <= set(whole) | {"age"}


def test_what_gives_no_exemption_is_told_to_whom_it_matters() -> None:
    ill = {"region": "flanders", "nationalities": ["MA"], "registered": "yes", "stay_reason": "refugee",
           "residence_document": "B", "medical": "temporary"}  # fmt: skip
    told = {
        born: {reason.provision.id for reason in assess(Facts.from_json(ill | {"birth_date": born}), TODAY).reasons}
        for born in ("1990-01-01", "2010-01-01")
    }
    assert "refused.temporary_illness" in told["1990-01-01"]
    # A minor is not obliged anyway, and whether there is a right is open.
    assert "refused.temporary_illness" not in told["2010-01-01"]


@pytest.mark.parametrize(
    "more, expected",
    [
        ({"birth_date": "1990-01-01"}, (False, False)),
        ({"birth_date": "2008-10-01", "school": "diploma_course", "home_language_dutch": False}, (False, True)),
        ({"birth_date": "1990-01-01", "stay_reason": "long_term_resident_eu", "integration_conditions_met_abroad": True,
          "residence_document": "A", "permit_months": 60}, (True, False)),
    ],
)  # fmt: skip
def test_a_flemish_duty_is_reduced_or_suspended_for_those_alone(
    more: dict[str, Any], expected: tuple[bool, bool]
) -> None:
    newcomer = {"region": "flanders", "nationalities": ["MA"], "registered": "yes", "stay_reason": "refugee",
                "residence_document": "B", "first_registration": True, "registration_date": "2026-02-05",
                "first_registration_date": "2026-02-05"}  # fmt: skip
    found = assess(Facts.from_json(NOTHING_SPECIAL | newcomer | more), TODAY)
    assert (found.duty, found.reduced, found.suspended) == (True, *expected)


def test_the_anniversary_of_29_february() -> None:
    born = ordinal("2004-02-29")
    assert anniversary(born, 19) == Span(ordinal("2023-02-28"), ordinal("2023-03-01"))
    assert anniversary(born, 20) == Span(ordinal("2024-02-29"), ordinal("2024-02-29"))
    # Who says 22 on 28 February counts that day already; the stated date stays.
    case = Case(Facts.from_json({"birth_date": "2004-02-29", "age": 22}), date(2026, 2, 28))
    assert case.birth == Span(born, born)


def test_an_odd_age_and_an_age_that_leaves_one_day() -> None:
    assert Case(Facts.from_json({"age": 35}), TODAY).birth == Span(ordinal("1990-11-24"), ordinal("1991-11-23"))
    one = Case(Facts.from_json({"age": 34, "birth_date": "1992-11"}), date(2026, 11, 1)).birth
    assert one == Span(ordinal("1992-11-01"), ordinal("1992-11-01")) and one.exact


def test_years_at_the_edge_of_the_calendar() -> None:
    assert anniversary(ordinal("0002-05-05"), -1) == Span(ordinal("0001-05-05"), ordinal("0001-05-05"))
    assert anniversary(ordinal("0001-05-05"), -1) == Span(1, 1)
    assert anniversary(ordinal("9990-05-05"), 8) == Span(ordinal("9998-05-05"), ordinal("9998-05-05"))
    assert anniversary(ordinal("9990-05-05"), 9) == Span(ordinal("9998-12-31"), ordinal("9998-12-31"))
