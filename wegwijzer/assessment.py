"""Facts and a day in; right, duty, exemption, reasons, what is missing, what follows out (contract section 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wegwijzer import consequences
from wegwijzer.facts import PARSERS, Facts
from wegwijzer.law import brussels, elsewhere, flanders, target_group
from wegwijzer.law.case import CHECKED_UNTIL, MODELLED_FROM, Case
from wegwijzer.law.provision import Provision
from wegwijzer.logic import Any_, Condition, OpenPoint, Program, Truth
from wegwijzer.timeline import add_months

RIGHT = target_group.RIGHT
DUTY: Condition = Any_(flanders.DUTY, brussels.DUTY)

REGIMES = {
    "flanders": "flemish",
    "brussels": "brussels",
    "wallonia": "wallonia",
    "german_community": "german_community",
    "abroad": "none",
}

ASKING_ORDER = (
    "municipality", "region", "age", "birth_date", "nationalities", "birth_country", "parents_born_abroad",
    "residence_document", "stay_reason", "asylum_request_pending", "registered", "sponsor_nationalities",
    "sponsor_used_free_movement", "family_relation", "used_free_movement", "permit_months", "permit_renewable",
    "max_stay_months", "first_registration", "registration_date", "first_registration_region",
    "first_registration_date", "lawful_stay_since", "home_language_dutch", "school", "compulsory_schooling_completed",
    "unaccompanied_minor", "integration_conditions_met_abroad", "exempt_in_other_region", "civic_certificate",
    "diploma", "reception_class_months", "duty_fulfilled", "contract_signed", "occupation", "medical",
    "minister_of_religion",
)  # fmt: skip
"""Facts in the order in which they are asked: where, age, nationality first; health and religion last."""

_ORDER = {fact: place for place, fact in enumerate(ASKING_ORDER)}
assert set(ASKING_ORDER) == set(PARSERS)


@dataclass(slots=True)
class Reason:
    """A provision that speaks for this person: ``holds`` true, false or open, and the facts behind it."""

    provision: Provision
    holds: Truth
    facts: list[str]

    @property
    def id(self) -> str:
        return self.provision.id


@dataclass(slots=True)
class Assessment:
    """What the law says of one person on one day. ``case`` is kept so that the texts can be made from it."""

    case: Case
    regime: str | None
    verdict: str
    right: Truth
    duty: Truth
    exemption: str | None
    reasons: list[Reason]
    missing_facts: list[str]
    open_points: list[OpenPoint]
    notices: list[str]
    deadlines: list[consequences.Deadline] = field(default_factory=list)
    upcoming: list[consequences.Change] = field(default_factory=list)
    parts: list[consequences.Part] = field(default_factory=list)
    costs: list[consequences.Cost] = field(default_factory=list)
    reduced: bool = False
    suspended: bool = False

    @property
    def as_of(self) -> date:
        return self.case.as_of

    def to_json(self, lang: str | None = None, subject: str = "self") -> dict[str, Any]:
        """The contract's JSON; with ``lang`` the texts in that language, without it they are empty.

        ``subject`` is ``self`` or ``other``: whom the texts speak of.
        """
        from wegwijzer.report import to_json

        return to_json(self, lang, subject)


def assess(facts: Facts, as_of: date) -> Assessment:
    """Decide on the stated facts only, by the law of ``as_of``. FactError when the facts cannot be true on that day."""
    case = Case(facts, as_of)
    region = case.region
    regime = REGIMES[region] if region is not None else None
    if as_of < MODELLED_FROM:
        return Assessment(case, regime, "undetermined", None, None, None, [], [], [], ["not_modelled"])
    _PROGRAM.run(case, region)
    right, duty = RIGHT(case), DUTY(case)
    exemption = _exemption(case, right, duty)
    verdict = _verdict(case, regime, right, duty, exemption)
    result = Assessment(
        case, regime, verdict, right, duty,
        exemption if verdict != "not_eligible" else None,
        _reasons(case, regime, right, duty),
        _missing(case, right, duty),
        _open_points(case, right, duty),
        _notices(as_of),
    )  # fmt: skip
    result.reduced = regime == "flemish" and duty is True and flanders.DUTCH_ONLY(case) is True
    result.suspended = regime == "flemish" and duty is True and flanders.SUSPENDED(case) is True
    consequences.fill(result)
    return result


def _regimes(case: Case) -> Iterator[Any]:
    """The law modules that can matter where the person lives."""
    if case.region in (None, "flanders"):
        yield flanders
    if case.region in (None, "brussels"):
        yield brussels


def _exemption(case: Case, right: Truth, duty: Truth) -> str | None:
    """The first exemption that certainly holds under every regime that the person may be under."""
    if right is False or duty is True:
        return None
    held: list[list[str]] = [
        [name for name, provision in regime.EXEMPTIONS if provision(case) is True] for regime in _regimes(case)
    ]
    if not held:
        return None
    return next((name for name in held[0] if all(name in names for names in held[1:])), None)


def _verdict(case: Case, regime: str | None, right: Truth, duty: Truth, exemption: str | None) -> str:
    if regime in ("wallonia", "german_community"):
        return "other_region"
    if right is None or duty is None:
        return "undetermined"
    if duty:
        return "obliged"
    if not right:
        return "not_eligible"
    if exemption is not None and any(_ground_possible(module, case) for module in _regimes(case)):
        return "exempt"
    return "entitled"


def _ground_possible(module: Any, case: Case) -> bool:
    """Would the person be obliged but for the exemption, as far as is known?"""
    fulfilled = case.get("duty_fulfilled") is True and case.get("civic_certificate") not in (
        "attest",
        "statement_of_efforts",
    )
    return module.GROUND(case) is not False and not fulfilled


def _facts(names: set[str]) -> list[str]:
    return sorted(names, key=_ORDER.__getitem__)


def _reason(provision: Provision, holds: Truth, case: Case) -> Reason:
    names: set[str] = set()
    if holds is None:
        provision.open_facts(case, names)
    else:
        provision.support(case, names)
    return Reason(provision, holds, _facts(names))


def _missing(case: Case, right: Truth, duty: Truth) -> list[str]:
    names: set[str] = set()
    if right is None:
        RIGHT.open_facts(case, names)
    if duty is None:
        DUTY.open_facts(case, names)
    return _facts(names)


def _open_points(case: Case, right: Truth, duty: Truth) -> list[OpenPoint]:
    points: dict[str, OpenPoint] = {}
    for truth, condition in ((right, RIGHT), (duty, DUTY)):
        if truth is None:
            condition.open_points(case, points)
    return list(points.values())


_ELSEWHERE = (elsewhere.WALLONIA, elsewhere.GERMAN_COMMUNITY, target_group.ABROAD)


def _reasons(case: Case, regime: str | None, right: Truth, duty: Truth) -> list[Reason]:
    """The provisions that carry the result, in the order in which one tells them."""
    told: list[tuple[Provision, Truth]] = []
    if regime in ("wallonia", "german_community", "none"):
        told.extend((provision, True) for provision in _ELSEWHERE if provision(case) is True)
    else:
        for ground in target_group.GROUNDS:
            value = ground(case)
            if value is True or (value is None and right is None):
                told.append((ground, value if right is not False else None))
        if right is not True:
            told.extend((exclusion, True) for exclusion in target_group.EXCLUSIONS if exclusion(case) is True)
        if right is False:
            told = [(provision, value) for provision, value in told if value is True]
        for module in _regimes(case):
            told.extend(_duty_reasons(module, case, right, duty))
    return [_reason(provision, holds, case) for provision, holds in told]


def _duty_reasons(module: Any, case: Case, right: Truth, duty: Truth) -> Iterator[tuple[Provision, Truth]]:
    if right is False and duty is False and module is flanders:
        return  # outside the target group: why there is no right says it all
    for ground in module.GROUNDS:
        value = ground(case)
        if value is True or (value is None and duty is None):
            yield ground, value
    if duty is not True:
        for _, exemption in module.EXEMPTIONS:
            if exemption(case) is True:
                yield exemption, True
    else:
        yield from ((provision, True) for provision in _special(module) if provision(case) is True)
    if duty is not False or right is True:
        yield from ((provision, True) for provision in module.REFUSED if provision(case) is True)
    if duty is False:
        held = [provision for provision in module.NO_GROUND if provision(case) is True]
        yield from ((provision, True) for provision in held)
        if not held and not any(exemption(case) is True for _, exemption in module.EXEMPTIONS):
            yield from ((ground, False) for ground in module.GROUNDS if ground(case) is False)


def _special(module: Any) -> tuple[Provision, ...]:
    return (flanders.DUTCH_ONLY, flanders.SUSPENDED) if module is flanders else ()


def _notices(as_of: date) -> list[str]:
    limit = date.fromordinal(add_months(CHECKED_UNTIL.toordinal(), 12))
    return ["outdated"] if as_of > limit else []


def provisions() -> dict[str, Provision]:
    """Every provision of the law by id, those that only explain included."""
    return {condition.id: condition for condition in _PROGRAM.conditions if isinstance(condition, Provision)}


def open_points() -> dict[str, OpenPoint]:
    """Every unsettled point of law by id."""
    return {condition.id: condition for condition in _PROGRAM.conditions if isinstance(condition, OpenPoint)}


def _roots(module: Any) -> tuple[Condition, ...]:
    """The duty of one regime and what only explains it."""
    explaining = (*module.NO_GROUND, *module.REFUSED, *_special(module))
    return (module.DUTY, *module.GROUNDS, *(exemption for _, exemption in module.EXEMPTIONS), *explaining)


_PROGRAM = Program(
    RIGHT,
    DUTY,
    *_ELSEWHERE,
    elsewhere.NO_DUTY_THERE,
    *target_group.EXCLUSIONS,
    *_roots(flanders),
    *_roots(brussels),
    # Both duties need that the person lives there, so where that is known the other one is false.
    settled={"flanders": _roots(brussels), "brussels": _roots(flanders)},
)


__all__ = ["ASKING_ORDER", "Assessment", "Reason", "assess", "open_points", "provisions"]
