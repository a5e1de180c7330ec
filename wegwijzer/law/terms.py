"""The notions that Flemish and Brussels law share, each as one condition on the facts.

Every test is monotone: what it says of some facts it says of all facts that complete them. The makers are cached, so
that the same notion is the same condition wherever it stands and is evaluated once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from wegwijzer.law.case import Case, not_after
from wegwijzer.logic import Atom, Truth
from wegwijzer.timeline import Span, add_months, span_anniversary


@cache
def code(fact: str, *codes: str) -> Atom:
    """Is the fact one of these codes?"""
    test = f"None if (value := get({fact!r})) is None else value in {codes!r}"
    return Atom(f"{fact} in {'/'.join(codes)}", (fact,), test)


@cache
def flag(fact: str) -> Atom:
    """Is the fact true?"""
    return Atom(fact, (fact,), f"get({fact!r})")


@cache
def listed(fact: str, parameter: str) -> Atom:
    """Is the fact on a list of the parameters?"""
    test = f"None if (value := get({fact!r})) is None else value in parameters[{parameter!r}]"
    return Atom(f"{fact} in {parameter}", (fact,), test)


def _birth_facts(case: Case) -> tuple[str, ...]:
    return ("age", "birth_date") if case.birth is None else ("birth_date",)


def _region_facts(case: Case) -> tuple[str, ...]:
    return ("municipality", "region")


@cache
def in_region(*regions: str) -> Atom:
    """Does the person live in one of these regions?"""
    allowed = frozenset(regions)
    return Atom(
        f"lives in {'/'.join(regions)}",
        ("municipality", "region"),
        lambda case: None if case.region is None else case.region in allowed,
        _region_facts,
    )


# --- nationality -----------------------------------------------------------------------------------------------------


def _belgian(case: Case) -> Truth:
    nationalities = case.get("nationalities")
    return None if nationalities is None else "BE" in nationalities


BELGIAN = Atom("Belgian", ("nationalities",), _belgian)
FOREIGNER = ~BELGIAN


def _eu_national(case: Case) -> Truth:
    nationalities = case.get("nationalities")
    return None if nationalities is None else bool((nationalities & case.parameters["eu_plus"]) - {"BE"})


EU_NATIONAL = Atom("national of another EU+ state", ("nationalities",), _eu_national)


def _british(case: Case) -> Truth:
    nationalities = case.get("nationalities")
    return None if nationalities is None else "GB" in nationalities


BRITISH = Atom("British", ("nationalities",), _british)


def _born_abroad(case: Case) -> Truth:
    country = case.get("birth_country")
    return None if country is None else country != "BE"


BORN_ABROAD = Atom("born outside Belgium", ("birth_country",), _born_abroad)
PARENT_BORN_ABROAD = code("parents_born_abroad", "both", "one")

# --- age -------------------------------------------------------------------------------------------------------------


@cache
def reached(parameter: str) -> Atom:
    """Has the person reached that birthday on the day of the assessment?"""

    def test(case: Case) -> Truth:
        birthday = case.birthday(case.parameters[parameter])
        return not_after(birthday, Span(case.day, case.day))

    return Atom(f"reached {parameter}", ("age", "birth_date"), test, _birth_facts)


ADULT = reached("adult_age")


@cache
def reached_at(parameter: str, fact: str) -> Atom:
    """Had the person reached that birthday on the day of ``fact``?"""

    def test(case: Case) -> Truth:
        years = case.parameters[parameter]
        return None if years is None else not_after(case.birthday(years), case.get(fact))

    def relevant(case: Case) -> tuple[str, ...]:
        day = case.get(fact)
        return (() if day is not None and day.exact else (fact,)) + (
            () if case.birth is not None and case.birth.exact else _birth_facts(case)
        )

    return Atom(f"reached {parameter} at {fact}", ("age", "birth_date", fact), test, relevant)


@cache
def past(fact: str) -> Atom:
    """Does that day lie on or before the day of the assessment?"""
    return Atom(f"{fact} not in the future", (fact,), lambda case: not_after(case.get(fact), Span(case.day, case.day)))


@cache
def since_day(fact: str, first: int) -> Atom:
    """Does the fact's day lie on or after this day (an ordinal)?"""

    def test(case: Case) -> Truth:
        day = case.get(fact)
        if day is None:
            return None
        if day.first >= first:
            return True
        return False if day.last < first else None

    return Atom(f"{fact} on or after day {first}", (fact,), test)


@cache
def years_ago(parameter: str, fact: str) -> Atom:
    """Has that many years, or more, passed between the fact's day and the day of the assessment?"""

    def test(case: Case) -> Truth:
        day = case.get(fact)
        return (
            None
            if day is None
            else not_after(span_anniversary(day, case.parameters[parameter]), Span(case.day, case.day))
        )

    return Atom(f"{parameter} since {fact}", (fact,), test)


# --- registration and stay -------------------------------------------------------------------------------------------

IN_NATIONAL_REGISTER = code("registered", "yes", "waiting")
IN_FOREIGNERS_REGISTER = code("registered", "yes")


def _at_most_a_year(case: Case) -> Truth:
    limit = case.parameters["temporary_stay_months"]
    maximum = case.get("max_stay_months")
    if maximum is not None:
        if maximum[0] > limit:
            return False
        return True if maximum[1] is not None else None
    # A permit of more than a year settles it alone: Facts refuses a longest stay that is shorter than the permit.
    permit = case.get("permit_months")
    return False if permit is not None and permit[0] > limit else None


def _length_facts(case: Case) -> tuple[str, ...]:
    # A permit of more than a year would do; once it is known to be shorter, the longest stay decides.
    known = case.get("permit_months") is not None or case.get("max_stay_months") is not None
    return ("max_stay_months",) if known else ("permit_months", "max_stay_months")


STAY_AT_MOST_A_YEAR = Atom(
    "stay of at most one year", ("max_stay_months", "permit_months"), _at_most_a_year, _length_facts
)

TEMPORARY_PURPOSE = ~EU_NATIONAL & (
    listed("stay_reason", "temporary_reasons") | (listed("stay_reason", "length_decides") & STAY_AT_MOST_A_YEAR)
)

ASYLUM_ONLY = code("stay_reason", "asylum_pending") | (
    code("stay_reason", "none", "other") & flag("asylum_request_pending")
)

LAWFUL_STAY = EU_NATIONAL | listed("stay_reason", "lawful_reasons") | listed("residence_document", "lawful_documents")


def _long_title(case: Case) -> Truth:
    """Is the residence title longer than three months? Cards of long stay settle it, else the months of the permit."""
    document = case.get("residence_document")
    if document is not None and document in case.parameters["long_title_documents"]:
        return True
    permit = case.get("permit_months")
    if document is None or permit is None:
        return None
    limit = case.parameters["short_title_months"]
    if permit[0] > limit:
        return True
    return False if permit[1] is not None and permit[1] <= limit else None


def _title_facts(case: Case) -> tuple[str, ...]:
    if case.get("residence_document") is None:
        return (
            ("residence_document",)
            if case.get("permit_months") is not None
            else ("residence_document", "permit_months")
        )
    return ("permit_months",)


LONG_TITLE = Atom("title of more than three months", ("residence_document", "permit_months"), _long_title, _title_facts)
PENDING_DOCUMENT = listed("residence_document", "pending_documents")
PROTOCOL_CARD_IN_REGISTER = code("residence_document", "special_id_p", "special_id_s")


@cache
def within_years(parameter: str, earlier: str, later: str) -> Atom:
    """Do fewer than that many years lie between the two days?"""

    def test(case: Case) -> Truth:
        first, last, years = case.get(earlier), case.get(later), case.parameters[parameter]
        if first is None or last is None or years is None:  # no such number yet: the provision is not in force
            return None
        end = span_anniversary(first, years)
        if last.last < end.first:
            return True
        return False if last.first >= end.last else None

    return Atom(f"{later} within {parameter} of {earlier}", (earlier, later), test, inexact(earlier, later))


def inexact(*facts: str) -> Callable[[Case], tuple[str, ...]]:
    """The facts among these that are not known to the day."""

    def relevant(case: Case) -> tuple[str, ...]:
        return tuple(fact for fact in facts if (day := case.get(fact)) is None or not day.exact)

    return relevant


@cache
def exactly_years(parameter: str, earlier: str, later: str) -> Atom:
    """Do exactly that many years lie between the two days?"""

    def test(case: Case) -> Truth:
        first, last, years = case.get(earlier), case.get(later), case.parameters[parameter]
        if first is None or last is None or years is None:  # no such number yet: the provision is not in force
            return None
        end = span_anniversary(first, years)
        if last.last < end.first or last.first > end.last:
            return False
        return True if first.exact and last.exact else None

    return Atom(f"{later} exactly {parameter} after {earlier}", (earlier, later), test, inexact(earlier, later))


@cache
def more_than_years(parameter: str, earlier: str, later: str) -> Atom:
    """Do more than that many years lie between the two days?"""

    def test(case: Case) -> Truth:
        first, last, years = case.get(earlier), case.get(later), case.parameters[parameter]
        if first is None or last is None or years is None:  # no such number yet: the provision is not in force
            return None
        end = span_anniversary(first, years)
        if last.first > end.last:
            return True
        return False if last.last <= end.first else None

    return Atom(f"{later} more than {parameter} after {earlier}", (earlier, later), test, inexact(earlier, later))


def _registered_months_at_18(case: Case) -> Truth:
    """Had fewer than twelve months passed between the registration and the 18th birthday?"""
    adult, registration = case.adult, case.get("registration_date")
    if adult is None or registration is None:
        return None
    months = case.parameters["young_newcomer_months"]
    if adult.last < add_months(registration.first, months):
        return True
    return False if adult.first >= add_months(registration.last, months) else None


NEW_AT_18 = Atom(
    "registered less than twelve months at the 18th birthday",
    ("age", "birth_date", "registration_date"),
    _registered_months_at_18,
    lambda case: inexact("registration_date")(case) + (() if case.birth and case.birth.exact else _birth_facts(case)),
)


def _long_of_age(case: Case) -> Truth:
    return None if case.adult is None else not_after(span_anniversary(case.adult, 2), case.get("registration_date"))


@cache
def adult_since(first: int) -> Atom:
    """Does the 18th birthday lie on or after this day (an ordinal)?"""

    def test(case: Case) -> Truth:
        if case.adult is None:
            return None
        if case.adult.first >= first:
            return True
        return False if case.adult.last < first else None

    return Atom(f"18 on or after day {first}", ("age", "birth_date"), test, _birth_facts)


# A birthday and a registration that are known to the year can straddle each other by less than two years.
LONG_OF_AGE_AT_REGISTRATION = Atom(
    "two years or more of age at registration_date",
    ("age", "birth_date", "registration_date"),
    _long_of_age,
    reached_at("adult_age", "registration_date").relevant,
)

# --- family ----------------------------------------------------------------------------------------------------------


def _sponsor(case: Case, belgian: bool) -> Truth:
    nationalities = case.get("sponsor_nationalities")
    if nationalities is None:
        return None
    return bool((nationalities & case.parameters["eu_plus"]) - {"BE"}) and ("BE" in nationalities) is belgian


SPONSOR_EU = Atom(
    "family member is an EU+ national, not Belgian", ("sponsor_nationalities",), lambda case: _sponsor(case, False)
)
SPONSOR_BELGIAN_AND_EU = Atom(
    "family member is Belgian and EU+ national", ("sponsor_nationalities",), lambda case: _sponsor(case, True)
)


def _sponsor_belgian(case: Case) -> Truth:
    nationalities = case.get("sponsor_nationalities")
    return None if nationalities is None else "BE" in nationalities


SPONSOR_BELGIAN = Atom("family member is Belgian", ("sponsor_nationalities",), _sponsor_belgian)
DIRECTIVE_FAMILY = code(
    "family_relation", "spouse", "equal_partner", "child_under_21", "dependent_child", "dependent_parent"
)
DOUBTFUL_FAMILY = code("family_relation", "legal_cohabitant", "parent_of_minor")

# --- special situations ----------------------------------------------------------------------------------------------

RECOGNISED_MINISTER = code("minister_of_religion", "recognised", "recognised_substitute")
FULFILLED = flag("duty_fulfilled")


def _reception_year(case: Case) -> Truth:
    months = case.get("reception_class_months")
    return None if months is None else months >= case.parameters["reception_year_months"]


def _some_reception_class(case: Case) -> Truth:
    months = case.get("reception_class_months")
    return None if months is None else months > 0


SOME_RECEPTION_CLASS = Atom("some months of reception class", ("reception_class_months",), _some_reception_class)
RECEPTION_YEAR = Atom("full year of reception class", ("reception_class_months",), _reception_year)
PERMANENTLY_ILL = code("medical", "permanent_certified")


def _pupil_days(case: Case) -> tuple[int, int] | None:
    """First and last 31 August on or after the 18th birthday, as ordinals."""
    if case.adult is None:
        return None

    def end_of_year(day: int) -> int:
        birthday = date.fromordinal(day)
        end = date(birthday.year, 8, 31)
        return (end if birthday <= end else date(birthday.year + 1, 8, 31)).toordinal()

    return end_of_year(case.adult.first), end_of_year(case.adult.last)


def _school_year_over(case: Case) -> Truth:
    ends = _pupil_days(case)
    if ends is None:
        return None
    if case.day > ends[1]:
        return True
    return False if case.day <= ends[0] else None


def school_year_end(case: Case) -> Span | None:
    """The 31 August until which a pupil's duty is suspended."""
    ends = _pupil_days(case)
    return None if ends is None else Span(*ends)


SCHOOL_YEAR_OVER = Atom(
    "31 August after the 18th birthday is past", ("age", "birth_date"), _school_year_over, _birth_facts
)
IN_SCHOOL = code("school", "reception_class", "diploma_course")


def _procedure_over(case: Case) -> Truth:
    """Had the asylum procedure (taken from the start of lawful stay) run more than four months?"""
    since = case.get("lawful_stay_since")
    if since is None:
        return None
    months = case.parameters["asylum_months"]
    if add_months(since.last, months) < case.day:
        return True
    return False if add_months(since.first, months) >= case.day else None


ASYLUM_FOUR_MONTHS = Atom("asylum procedure of more than four months", ("lawful_stay_since",), _procedure_over)

LONG_TERM_RESIDENT = code("stay_reason", "long_term_resident_eu") & flag("integration_conditions_met_abroad")
WITHDRAWAL = code("residence_document", "M") | code("stay_reason", "withdrawal_agreement")
