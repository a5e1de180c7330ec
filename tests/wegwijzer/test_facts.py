"""Facts: what is accepted, and for everything that is not one clear line that names the fact and says what it takes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wegwijzer.people import BOOLEANS, DATES, MONTHS, values
from wegwijzer import FactError, Facts
from wegwijzer.assessment import ASKING_ORDER
from wegwijzer.facts import PARSERS, Months, check, codes
from wegwijzer.timeline import Span, parse_span

AS_OF = date(2026, 11, 23)


def error_of(json: Any, as_of: date = AS_OF) -> FactError:
    with pytest.raises(FactError) as caught:
        Facts.from_json(json).check_on(as_of)
    return caught.value


def assert_clear(error: FactError, fact: str, *words: str) -> None:
    """One line that starts with the fact and holds the words."""
    assert error.fact == fact
    assert str(error).startswith(f"{fact}: ")
    assert "\n" not in str(error)
    for word in words:
        assert word in str(error)


def test_the_facts_are_those_of_the_contract() -> None:
    assert set(PARSERS) == set(ASKING_ORDER)
    assert len(ASKING_ORDER) == len(set(ASKING_ORDER)) == 37


@pytest.mark.parametrize("fact", ASKING_ORDER)
def test_every_value_of_the_contract_is_accepted(fact: str) -> None:
    for value in values(fact, AS_OF):
        check(fact, value)
        assert Facts.from_json({fact: value}).values[fact] is not None


@pytest.mark.parametrize("fact", ASKING_ORDER)
@pytest.mark.parametrize("value", [None, "", "nonsense", {}, [], 3.5, -1, "\n"], ids=repr)
def test_a_value_of_the_wrong_kind_is_refused(fact: str, value: Any) -> None:
    assert_clear(error_of({fact: value}), fact)


@pytest.mark.parametrize("fact", [fact for fact in ASKING_ORDER if codes(fact)])
def test_a_bad_code_is_told_the_good_ones(fact: str) -> None:
    error = error_of({fact: "nonsense"})
    assert_clear(error, fact, "'nonsense'", *codes(fact))


@pytest.mark.parametrize("fact", sorted(BOOLEANS))
@pytest.mark.parametrize("value", [0, 1, "true", "yes"], ids=repr)
def test_true_is_not_one(fact: str, value: Any) -> None:
    assert_clear(error_of({fact: value}), fact, "true or false")


@pytest.mark.parametrize("fact", ["age", "reception_class_months", *MONTHS])
@pytest.mark.parametrize("value", [True, False, "12", -1, 2000, 12.0], ids=repr)
def test_a_number_is_a_whole_number_in_its_range(fact: str, value: Any) -> None:
    assert_clear(error_of({fact: value}), fact, "number")


@pytest.mark.parametrize("fact", DATES)
@pytest.mark.parametrize("value", ["2023-02-29", "2026-13", "23-11-2026", 2026, "yesterday", "2026-11-23T10:00"])
def test_an_impossible_date_is_refused(fact: str, value: Any) -> None:
    assert_clear(error_of({fact: value}), fact, "YYYY-MM-DD", "YYYY-MM", "YYYY")


@pytest.mark.parametrize("fact", ["nationalities", "sponsor_nationalities"])
@pytest.mark.parametrize("value", ["MA", [], [None], ["ma"], ["MAR"], ["EU"], ["XX"], [["MA"]], {"MA": 1}], ids=repr)
def test_nationalities_are_a_list_of_country_codes(fact: str, value: Any) -> None:
    assert_clear(error_of({fact: value}), fact, "MA")


@pytest.mark.parametrize("code", ["XK", "PS", "MA", "BE", "GB", "TW", "stateless"])
def test_contested_countries_and_stateless_are_nationalities(code: str) -> None:
    assert Facts.from_json({"nationalities": [code, "SY"]}).values["nationalities"] == {code, "SY"}


def test_stateless_is_no_country_of_birth() -> None:
    assert_clear(error_of({"birth_country": "stateless"}), "birth_country")


def test_an_unknown_name_is_refused_and_named() -> None:
    assert_clear(error_of({"naam": "x"}), "naam")
    assert_clear(error_of({"special_situations": []}), "special_situations")
    assert len(str(error_of({"x" * 5000: 1}))) < 200


@pytest.mark.parametrize("json", [[], "facts", None, 3], ids=repr)
def test_facts_are_an_object(json: Any) -> None:
    assert_clear(error_of(json), "facts", "JSON object")


def test_months_may_be_a_lower_bound() -> None:
    parsed = Facts.from_json({"permit_months": "13+", "max_stay_months": 60}).values
    assert parsed["permit_months"] == Months(13, None)
    assert parsed["max_stay_months"] == Months(60, 60)


@pytest.mark.parametrize("value", ["+", "13", "13++", "-3+", "1e3+", "²+", "5000+", " 13+"])
def test_a_bad_lower_bound_is_refused(value: str) -> None:
    assert_clear(error_of({"permit_months": value}), "permit_months", "13+")


def test_the_longest_stay_is_not_shorter_than_the_permit() -> None:
    assert_clear(error_of({"permit_months": 24, "max_stay_months": 12}), "max_stay_months")
    assert_clear(error_of({"permit_months": "13+", "max_stay_months": 12}), "max_stay_months")
    Facts.from_json({"permit_months": 12, "max_stay_months": 12})
    Facts.from_json({"permit_months": 24, "max_stay_months": "13+"})


@pytest.mark.parametrize("value, good", [("2026-11-24", False), ("2027", False), ("2026-11-23", True), ("2026", True)])
def test_nobody_is_born_in_the_future(value: str, good: bool) -> None:
    if good:
        Facts.from_json({"birth_date": value}).check_on(AS_OF)
    else:
        assert_clear(error_of({"birth_date": value}), "birth_date", value, "2026-11-23")


def test_nobody_is_older_than_a_hundred_and_thirty() -> None:
    assert_clear(error_of({"birth_date": "1880"}), "birth_date", "130")
    assert_clear(error_of({"age": 131}), "age", "130")


@pytest.mark.parametrize(
    "age, birth, good",
    [
        (36, "1990-05-14", True),
        (35, "1990-05-14", False),
        (37, "1990-05-14", False),
        (36, "1990", True),
        (35, "1990-12", True),
        (36, "1990-12", False),
        (34, "1990", False),
        (17, "2008-11-24", True),
        (18, "2008-11-24", False),
        (18, "2008-11-23", True),
    ],
)
def test_age_and_birth_date_agree(age: int, birth: str, good: bool) -> None:
    facts = {"age": age, "birth_date": birth}
    if good:
        Facts.from_json(facts).check_on(AS_OF)
    else:
        assert_clear(error_of(facts), "age", str(age), birth)


@pytest.mark.parametrize("fact", DATES[1:])
def test_nothing_happens_before_the_birth(fact: str) -> None:
    assert_clear(error_of({"birth_date": "1990-05-14", fact: "1990-05-13"}), fact, "birth_date")
    Facts.from_json({"birth_date": "1990-05-14", fact: "1990"})


def test_the_first_registration_comes_before_the_present_one() -> None:
    later = {"first_registration": False, "first_registration_date": "2024-01-02", "registration_date": "2024-01-01"}
    assert_clear(error_of(later), "first_registration_date", "registration_date")
    Facts.from_json({**later, "registration_date": "2024"})


def test_the_region_agrees_with_the_municipality() -> None:
    assert_clear(error_of({"municipality": "44021", "region": "brussels"}), "region", "Gent", "flanders")
    assert Facts.from_json({"municipality": "Gand", "region": "flanders"}).values["municipality"].nis == "44021"


def test_a_place_in_several_municipalities_is_refused_with_the_candidates() -> None:
    assert_clear(error_of({"municipality": "Beveren"}), "municipality", "NIS")
    assert_clear(error_of({"municipality": "Atlantis"}), "municipality", "Atlantis")


@pytest.mark.parametrize(
    "facts",
    [
        {"registered": "no", "registration_date": "2024-01-01"},
        {"registered": "waiting", "registration_date": "2024-01-01", "residence_document": "A"},
        {"nationalities": ["BE"], "residence_document": "B", "stay_reason": "refugee"},
        {"residence_document": "annex_3", "registered": "yes"},
        {"first_registration": True, "first_registration_date": "2020-01-01", "registration_date": "2024-01-01"},
    ],
    ids=str,
)
def test_what_only_looks_contradictory_is_accepted(facts: dict[str, Any]) -> None:
    Facts.from_json(facts).check_on(AS_OF)


def test_parsed_dates_are_spans() -> None:
    assert Facts.from_json({"birth_date": "1961"}).values["birth_date"] == parse_span("1961")
    assert isinstance(Facts.from_json({"birth_date": "1961"}).values["birth_date"], Span)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(ASKING_ORDER) | st.text(), JSON, max_size=4))
def test_any_json_is_accepted_or_refused_with_a_fact_error_of_one_line(json: dict[str, Any]) -> None:
    try:
        Facts.from_json(json).check_on(AS_OF)
    except FactError as error:
        assert len(str(error).splitlines()) == 1
