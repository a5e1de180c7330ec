"""What can be known of a person: names, values, validation (contract section 2).

Facts come as JSON. Absent means not known and is never a default. A date may be partial (``YYYY``, ``YYYY-MM``); a
number of months may be a lower bound (``"13+"``: thirteen or more). :class:`Facts` holds the parsed form; everything
that can be wrong with the input is a :class:`FactError` that names the fact and says what it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wegwijzer.timeline import Span, anniversary, parse_span

MAX_AGE = 130

REGIONS = ("flanders", "brussels", "wallonia", "german_community", "abroad")

RESIDENCE_DOCUMENTS = (
    "A", "B", "C", "D", "E", "E+", "EU", "EU+", "F", "F+", "H", "I", "J", "K", "L", "M", "N", "belgian_id",
    "orange_card", "annex_3", "annex_8ter", "annex_15", "annex_19", "annex_19ter", "annex_26", "annex_35",
    "special_id_c", "special_id_d", "special_id_e", "special_id_p", "special_id_s", "visa_d", "child_id", "none",
)  # fmt: skip

STAY_REASONS = (
    "refugee", "subsidiary_protection", "asylum_pending", "temporary_protection", "family_eu", "family_belgian",
    "family_other", "employee", "self_employed", "researcher", "ict_manager", "ict_trainee", "student", "au_pair",
    "working_holiday", "seasonal_work", "humanitarian", "medical", "trafficking_victim", "free_movement",
    "long_term_resident_eu", "withdrawal_agreement", "work_family", "family", "stateless", "diplomat",
    "international_staff", "tourist", "none", "other",
)  # fmt: skip

FAMILY_RELATIONS = (
    "spouse", "equal_partner", "legal_cohabitant", "child_under_21", "dependent_child", "adult_child",
    "dependent_parent", "parent_of_minor", "other", "none",
)  # fmt: skip


class FactError(ValueError):
    """The input cannot be used. ``fact`` names what is wrong; the message is one sentence that says what it takes."""

    def __init__(self, fact: str, message: str) -> None:
        super().__init__(f"{fact}: {message}")
        self.fact = fact
        self.message = message


class Months(tuple[int, "int | None"]):
    """A number of months: (least, most); most is None when only a lower bound is known."""

    __slots__ = ()

    def __new__(cls, least: int, most: int | None) -> Months:
        return super().__new__(cls, (least, most))


def _code(*codes: str) -> Callable[[str, Any], str]:
    allowed = frozenset(codes)

    def parse(fact: str, value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise FactError(fact, f"{_shown(value)} is not a known value; it takes one of {', '.join(codes)}")
        return value

    parse.codes = codes  # type: ignore[attr-defined]
    return parse


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _boolean(fact: str, value: Any) -> bool:
    if value is True or value is False:
        return value
    raise FactError(fact, f"{_shown(value)} is not true or false")


def _date(fact: str, value: Any) -> Span:
    if isinstance(value, str):
        try:
            return parse_span(value)
        except ValueError:
            pass
    raise FactError(fact, f"{_shown(value)} is not a day that exists; it takes YYYY-MM-DD, YYYY-MM or YYYY")


def _integer(low: int, high: int) -> Callable[[str, Any], int]:
    def parse(fact: str, value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        raise FactError(fact, f"{_shown(value)} is not a whole number from {low} to {high}")

    return parse


def _months(fact: str, value: Any) -> Months:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1200:
        return Months(value, value)
    if isinstance(value, str) and value.endswith("+") and value[:-1].isascii() and value[:-1].isdigit():
        least = int(value[:-1])
        if least <= 1200:
            return Months(least, None)
    raise FactError(fact, f'{_shown(value)} is not a number of months from 0 to 1200 (or a lower bound such as "13+")')


def _country(fact: str, value: Any) -> str:
    from wegwijzer.countries import is_country

    if isinstance(value, str) and is_country(value):
        return value
    raise FactError(
        fact, f"{_shown(value)} is not a country; it takes an ISO 3166-1 code of two capital letters, such as MA"
    )


def _nationalities(fact: str, value: Any) -> frozenset[str]:
    if not isinstance(value, list) or not value:
        raise FactError(fact, f'{_shown(value)} is not a list of country codes, such as ["MA"] or ["stateless"]')
    return frozenset(item if item == "stateless" else _country(fact, item) for item in value)


def _municipality(fact: str, value: Any) -> Any:
    from wegwijzer.places import AmbiguousPlace, UnknownPlace, municipality

    if not isinstance(value, str) or not value.strip():
        raise FactError(fact, f"{_shown(value)} is not a name or NIS code of a Belgian municipality")
    try:
        return municipality(value)
    except AmbiguousPlace as error:
        names = ", ".join(f"{candidate.name_nl} ({candidate.nis})" for candidate in error.candidates)
        raise FactError(
            fact, f"{_shown(value)} is the name of a place in several municipalities: {names}; give the NIS code"
        ) from None
    except UnknownPlace:
        raise FactError(fact, f"{_shown(value)} is not a name or NIS code of a Belgian municipality") from None


PARSERS: dict[str, Callable[[str, Any], Any]] = {
    "birth_date": _date,
    "age": _integer(0, MAX_AGE),
    "nationalities": _nationalities,
    "birth_country": _country,
    "parents_born_abroad": _code("both", "one", "none"),
    "municipality": _municipality,
    "region": _code(*REGIONS),
    "registered": _code("yes", "waiting", "no"),
    "registration_date": _date,
    "first_registration": _boolean,
    "first_registration_date": _date,
    "first_registration_region": _code(*REGIONS[:4]),
    "residence_document": _code(*RESIDENCE_DOCUMENTS),
    "stay_reason": _code(*STAY_REASONS),
    "permit_months": _months,
    "permit_renewable": _boolean,
    "max_stay_months": _months,
    "sponsor_nationalities": _nationalities,
    "sponsor_used_free_movement": _boolean,
    "family_relation": _code(*FAMILY_RELATIONS),
    "used_free_movement": _boolean,
    "minister_of_religion": _code("none", "recognised", "recognised_substitute", "not_recognised"),
    "civic_certificate": _code(
        "none", "attest", "statement_of_efforts", "part_only", "brussels_bapa", "wallonia", "german_community"
    ),
    "diploma": _code("none", "belgian", "dutch", "overseas_dutch", "foreign", "foreign_recognised", "unsubsidised"),
    "reception_class_months": _integer(0, 240),
    "medical": _code("none", "permanent_certified", "not_certified", "temporary"),
    "lawful_stay_since": _date,
    "integration_conditions_met_abroad": _boolean,
    "exempt_in_other_region": _boolean,
    "school": _code("none", "reception_class", "diploma_course", "left"),
    "compulsory_schooling_completed": _boolean,
    "unaccompanied_minor": _boolean,
    "home_language_dutch": _boolean,
    "duty_fulfilled": _boolean,
    "contract_signed": _date,
    "occupation": _code("none", "work", "study"),
    "asylum_request_pending": _boolean,
}
"""Fact name -> parser(fact, JSON value); a parser raises FactError."""


def _unknown(name: Any) -> FactError:
    """A name may be any text of the sender, but the message stays one short line."""
    plain = isinstance(name, str) and name.isidentifier() and len(name) <= 40
    return FactError(name if plain else _shown(name), "is not a fact that Wegwijzer knows")


def codes(fact: str) -> tuple[str, ...]:
    """The codes that a fact takes, in the contract's order; empty for facts that are not codes."""
    return getattr(PARSERS[fact], "codes", ())


def check(fact: str, value: Any) -> None:
    """FactError unless ``value`` is a JSON value that ``fact`` takes."""
    if fact not in PARSERS:
        raise _unknown(fact)
    PARSERS[fact](fact, value)


@dataclass(frozen=True)
class Facts:
    """Validated facts of one person: ``json`` as they came, ``values`` parsed (Span, Months, frozenset, codes ...)."""

    json: Mapping[str, Any]
    values: Mapping[str, Any]

    @classmethod
    def from_json(cls, json: Mapping[str, Any]) -> Facts:
        """Parse and check each fact by itself and against the others; FactError names the first that is wrong."""
        if not isinstance(json, Mapping):
            raise FactError("facts", "the input is not a JSON object of facts")
        values: dict[str, Any] = {}
        for fact, value in json.items():
            parser = PARSERS.get(fact)
            if parser is None:
                raise _unknown(fact)
            values[fact] = parser(fact, value)
        _check_places(values)
        _check_dates(values)
        _check_months(values)
        return cls(json, values)

    def check_on(self, as_of: date) -> None:
        """FactError when the facts cannot be true on that day (born later, age and birth date that disagree)."""
        birth = self.values.get("birth_date")
        if birth is None:
            return
        today = as_of.toordinal()
        if birth.first > today:
            raise FactError(
                "birth_date", f"{self.json['birth_date']} lies after {as_of.isoformat()}; it takes a day in the past"
            )
        if anniversary(birth.last, MAX_AGE + 1).last <= today:
            raise FactError("birth_date", f"{self.json['birth_date']} is more than {MAX_AGE} years ago")
        age = self.values.get("age")
        if age is not None and (
            anniversary(birth.first, age).first > today or anniversary(birth.last, age + 1).last <= today
        ):
            raise FactError(
                "age", f"{age} does not agree with birth_date {self.json['birth_date']} on {as_of.isoformat()}"
            )


def _check_places(values: dict[str, Any]) -> None:
    place = values.get("municipality")
    if place is not None and values.get("region", place.region) != place.region:
        raise FactError(
            "region",
            f"{values['region']} does not agree with municipality {place.name_nl}, which lies in {place.region}",
        )


def _check_dates(values: dict[str, Any]) -> None:
    birth = values.get("birth_date")
    if birth is not None:
        for fact in ("registration_date", "first_registration_date", "lawful_stay_since", "contract_signed"):
            day = values.get(fact)
            if day is not None and day.last < birth.first:
                raise FactError(fact, "lies before birth_date; it takes a day after the birth")
    if values.get("first_registration") is False:
        first, present = values.get("first_registration_date"), values.get("registration_date")
        if first is not None and present is not None and first.first > present.last:
            raise FactError(
                "first_registration_date",
                "lies after registration_date; the first registration came before the present one",
            )


def _check_months(values: dict[str, Any]) -> None:
    permit, longest = values.get("permit_months"), values.get("max_stay_months")
    if permit is not None and longest is not None and longest[1] is not None and permit[0] > longest[1]:
        raise FactError("max_stay_months", "is less than permit_months; it takes the longest stay, renewals included")
