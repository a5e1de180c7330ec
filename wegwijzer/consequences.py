"""What follows from an assessment: programme parts, costs, deadlines, what will change and when.

Plain data without texts: ids, days (ordinals), amounts. report.py makes JSON and sentences from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from wegwijzer.law import announced, flanders
from wegwijzer.law.case import read_yaml
from wegwijzer.law.terms import RECOGNISED_MINISTER, school_year_end
from wegwijzer.timeline import Span, add_months, span_anniversary

if TYPE_CHECKING:
    from wegwijzer.assessment import Assessment


@dataclass(slots=True, frozen=True)
class Deadline:
    """``days`` None: the term runs from an event that is not known yet (``basis`` names it)."""

    id: str
    days: Span | None
    basis: str
    past: bool = False


@dataclass(slots=True, frozen=True)
class Change:
    """Something that will change: a birthday, an end of a term, announced law (``days`` None: no date known)."""

    id: str
    days: Span | None


@dataclass(slots=True, frozen=True)
class Part:
    """A part of the programme; ``reason`` is the id of why it does or does not apply."""

    id: str
    applies: bool
    reason: str


@dataclass(slots=True, frozen=True)
class Cost:
    """``amount`` in euro; ``parameter`` names where it and its date and source stand; ``reduction`` an id or None."""

    id: str
    amount: float
    parameter: str
    reduction: str | None


def fill(result: Assessment) -> None:
    """Add parts, costs, deadlines and upcoming changes."""
    if result.right is not True and result.duty is not True:
        result.upcoming = _upcoming(result)
        return
    if result.regime == "brussels" and result.duty is True:
        result.parts = list(_BRUSSELS_PARTS)
    else:
        result.parts = _parts(result)
    if result.duty is True:
        result.deadlines = _deadlines(result)
    result.costs = _costs(result)
    result.upcoming = _upcoming(result)


_BRUSSELS_PARTS = (
    Part("brussels_reception", True, "obliged"),
    Part("brussels_citizenship", True, "obliged"),
    Part("brussels_language", True, "obliged"),
    Part("brussels_guidance", True, "obliged"),
)


def _parts(result: Assessment) -> list[Part]:
    case = result.case
    obliged = result.duty is True
    whole = "obliged" if obliged else "voluntary"
    if result.reduced:
        return [
            Part("social_orientation", False, "dutch_only"),
            Part("dutch", True, "obliged"),
            Part("vdab", False, "dutch_only"),
            Part("network", False, "dutch_only"),
        ]
    parameters = case.parameters
    parts = [Part("social_orientation", True, whole), Part("dutch", True, whole)]
    occupation = case.get("occupation")
    retired = case.birthday(parameters["exempt_age"])
    if parameters["vdab_days"] is None:
        parts.append(Part("vdab", False, "not_in_force"))
    elif occupation == "work":
        parts.append(Part("vdab", False, "works_or_studies"))
    elif retired is not None and retired.last <= case.day:
        parts.append(Part("vdab", False, "working_age"))
    else:
        parts.append(Part("vdab", True, whole))
    if parameters["network_hours"] is None:
        parts.append(Part("network", False, "not_in_force"))
    elif not obliged:
        parts.append(Part("network", False, "voluntary"))
    elif occupation in ("work", "study"):
        parts.append(Part("network", False, "works_or_studies"))
    else:
        parts.append(Part("network", True, "obliged"))
    if obliged and parameters["b1_months"] is not None:
        retired_now = retired is not None and retired.last <= case.day
        parts.append(Part("dutch_b1", not retired_now, "working_age" if retired_now else "obliged"))
    return parts


def _costs(result: Assessment) -> list[Cost]:
    case = result.case
    parameters = case.parameters
    if result.regime == "brussels":
        return [Cost("brussels_free", 0.0, "fee_guidance", "brussels")]
    signed = case.get("contract_signed")
    start = flanders_fee_start()
    if case.day < start or (signed is not None and signed.last < start):
        return [Cost("free_before_2023", 0.0, "fee_guidance", None)]
    adult = case.adult
    minor = adult is not None and adult.first > case.day
    if announced.in_force("fee_reform", case):  # of the minors only those without their parents stay free
        minor = minor and case.get("unaccompanied_minor") is True
    costs = []
    if not result.reduced:
        for id in ("social_orientation_course", "social_orientation_test"):
            amount = 0.0 if minor else parameters["fee_" + id]
            costs.append(Cost(id, amount, "fee_" + id, "minors" if minor else None))
    costs.append(Cost("dutch_course", parameters["fee_dutch_course"], "fee_dutch_course", None))
    costs.append(Cost("dutch_resit", parameters["fee_dutch_resit"], "fee_dutch_resit", None))
    costs.append(Cost("guidance", 0.0, "fee_guidance", None))
    return costs


@cache
def flanders_fee_start() -> int:
    """The first day on which courses cost money, as an ordinal."""
    fees = read_yaml("parameters.yml")["parameters"]["fee_social_orientation_course"]["values"]
    start: date = next(entry["from"] for entry in fees if entry["value"] > 0)
    return start.toordinal()


def _shift(span: Span, months: int = 0, days: int = 0) -> Span:
    return Span(add_months(span.first, months) + days, add_months(span.last, months) + days)


def _deadlines(result: Assessment) -> list[Deadline]:
    case = result.case
    parameters = case.parameters

    def deadline(id: str, span: Span | None, basis: str) -> Deadline:
        return Deadline(id, span, basis, span is not None and span.last < case.day)

    registration: Span | None = case.get("registration_date")
    if result.regime == "brussels":
        register = _shift(registration, parameters["brussels_register_months"]) if registration else None
        # "Within 18 months of that": of the entry, or of the signing; both days are given.
        months = parameters["brussels_finish_months"]
        finish = (
            Span(_shift(registration, months).first, _shift(register, months).last)
            if registration and register
            else None
        )
        return [
            deadline("brussels_register", register, "registration_date"),
            deadline("brussels_finish", finish, "brussels_register"),
        ]
    start, basis = _duty_start(result)
    deadlines = []
    if result.suspended:
        deadlines.append(deadline("school_suspension", school_year_end(case), "birth_date"))
    signed: Span | None = case.get("contract_signed")
    if signed is None:
        come_forward = _shift(start, parameters["come_forward_months"]) if start else None
        deadlines.append(deadline("come_forward", come_forward, basis))
    if parameters["sign_contract_days"] is not None and not result.suspended:
        if signed is None:
            deadlines.append(deadline("parts_fixed", None, "come_forward"))
            deadlines.append(deadline("sign_contract", None, "come_forward"))
        first_course = _shift(signed, days=parameters["first_course_days"]) if signed else None
        deadlines.append(deadline("first_course", first_course, "contract_signed"))
        applying = {part.id for part in result.parts if part.applies}
        if "vdab" in applying:
            vdab = _shift(signed, days=parameters["vdab_days"]) if signed else None
            deadlines.append(deadline("vdab", vdab, "contract_signed"))
        if "dutch_b1" in applying:
            deadlines.append(deadline("dutch_b1", None, "attest"))
    return deadlines


def _duty_start(result: Assessment) -> tuple[Span | None, str]:
    """The day on which the Flemish duty began, and the fact that it follows from."""
    case = result.case
    if flanders.TURNED_18(case) is True:
        return case.adult, "birth_date"
    if any(ground(case) is True for ground in flanders.GROUNDS if ground is not flanders.MINISTER):
        return case.get("registration_date"), "registration_date"
    if flanders.EITHER_SIDE_OF_18(case) is True and case.adult is not None:
        # Registered just before or just after the 18th birthday: the later of the two began the duty.
        registration = case.facts["registration_date"]
        return Span(max(registration.first, case.adult.first), max(registration.last, case.adult.last)), "birth_date"
    return None, "appointment"


def _upcoming(result: Assessment) -> list[Change]:
    case = result.case
    changes: list[Change] = []
    parameters = case.parameters
    if result.regime not in ("flemish", "brussels", None):
        first = case.get("first_registration_date") or case.get("registration_date")
    else:
        first = None
    adult = case.adult
    if adult is not None and adult.first > case.day:
        changes.append(Change("turns_18", adult))
    elif result.regime == "flemish" and result.duty is True:
        retirement = case.birthday(parameters["exempt_age"])
        if retirement is not None and retirement.first > case.day and RECOGNISED_MINISTER(case) is not True:
            changes.append(Change("turns_65", retirement))
    if result.regime == "brussels":
        first = (
            case.get("first_registration_date")
            if case.get("first_registration") is False
            else case.get("registration_date")
        )
    if first is not None and result.regime in ("brussels", "wallonia", "german_community"):
        end = span_anniversary(first, parameters["moved_in_years"])
        if end.last > case.day:
            changes.append(Change("five_years", end))
    reason = case.get("stay_reason")
    if result.regime == "flemish" and reason is not None and reason in parameters["labour_reasons"]:
        changes.append(Change("labour_migrants_2027", None))
    if result.regime == "flemish" and result.right is True:
        changes.append(Change("fee_reform_2026", None))
    return changes
