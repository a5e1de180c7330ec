"""An assessment as the contract's JSON, with texts when a language is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wegwijzer.law.case import LAW_VERSION, MODELLED_FROM, read_yaml
from wegwijzer.logic import OpenPoint
from wegwijzer.timeline import Span, iso

if TYPE_CHECKING:
    from wegwijzer.assessment import Assessment, Reason
    from wegwijzer.consequences import Change, Deadline
    from wegwijzer.places import Office


def to_json(result: Assessment, lang: str | None) -> dict[str, Any]:
    """The contract's section 3. Ids, dates and articles never depend on ``lang``; without it texts are empty."""
    return {
        "as_of": result.as_of.isoformat(),
        "law_version": LAW_VERSION,
        "notices": [_notice(notice, lang) for notice in result.notices],
        "regime": result.regime,
        "verdict": result.verdict,
        "right": result.right,
        "duty": result.duty,
        "exemption": result.exemption,
        "reasons": [_reason(reason, result, lang) for reason in result.reasons],
        "missing_facts": list(result.missing_facts),
        "uncertain": [_uncertain(point, result, lang) for point in result.open_points] + _not_modelled(result, lang),
        "deadlines": [_deadline(deadline, result, lang) for deadline in result.deadlines],
        "upcoming": [_change(change, lang) for change in result.upcoming],
        "programme": {
            "parts": [
                {
                    "id": part.id,
                    "applies": part.applies,
                    "reason": part.reason,
                    "text": _text(lang, f"part.{part.id}"),
                    "reason_text": _text(lang, f"part.{part.id}.reason.{part.reason}"),
                }
                for part in result.parts
            ],
            "costs": [_cost(cost, result, lang) for cost in result.costs],
            "reduced": result.reduced,
            "suspended": result.suspended,
        },
        "office": _office(result),
        "elsewhere": _elsewhere(result),
    }


def _text(lang: str | None, id: str, **params: object) -> str:
    if lang is None:
        return ""
    from wegwijzer.texts import text

    return text(lang, id, **params)


def _notice(notice: str, lang: str | None) -> dict[str, str]:
    return {"id": notice, "text": _text(lang, f"notice.{notice}")}


def reason_text_id(reason: Reason) -> str:
    """The catalogue id of a reason: ``reason.<id>``, with ``.not`` or ``.open`` when it does not hold or is open."""
    return f"reason.{reason.id}" + ("" if reason.holds else ".open" if reason.holds is None else ".not")


def _reason(reason: Reason, result: Assessment, lang: str | None) -> dict[str, Any]:
    citation = reason.provision.citation(result.as_of) or reason.provision.citations[0]
    return {
        "id": reason.id,
        "holds": reason.holds,
        "text": _text(lang, reason_text_id(reason)),
        "facts": list(reason.facts),
        "provision": citation.to_json(),
    }


def _offices_to_ask(point: OpenPoint, result: Assessment) -> list[str]:
    """The agency of the person's own town where that is Atlas or Amal, else as the open point says."""
    place = result.case.get("municipality")
    return [
        place.office if who == "agii" and place is not None and place.region == "flanders" else who for who in point.ask
    ]


def _uncertain(point: OpenPoint, result: Assessment, lang: str | None) -> dict[str, Any]:
    return {
        "id": point.id,
        "text": _text(lang, f"uncertain.{point.id}"),
        "ask": _offices_to_ask(point, result),
        "sources": list(point.sources),
    }


def _not_modelled(result: Assessment, lang: str | None) -> list[dict[str, Any]]:
    if result.as_of >= MODELLED_FROM:
        return []
    return [
        {"id": "not_modelled", "text": _text(lang, "notice.not_modelled"), "ask": ["agii"], "sources": ["law.md 10"]}
    ]


def _days(days: Span | None) -> tuple[str | None, str | None]:
    if days is None:
        return None, None
    return iso(days.first), None if days.exact else iso(days.last)


def _day_text(days: Span | None, lang: str | None) -> str:
    if days is None or lang is None:
        return ""
    from wegwijzer.texts import format_day

    return format_day(lang, days.first)


def _deadline(deadline: Deadline, result: Assessment, lang: str | None) -> dict[str, Any]:
    first, latest = _days(deadline.days)
    id = f"deadline.{deadline.id}"
    if deadline.days is None:
        id += ".undated"
    elif deadline.past:
        id += ".past"
    elif not deadline.days.exact:
        id += ".about"
    return {
        "id": deadline.id,
        "date": first,
        "date_latest": latest,
        "past": deadline.past,
        "basis": deadline.basis,
        "text": _text(lang, id, date=_day_text(deadline.days, lang)),
    }


def _change(change: Change, lang: str | None) -> dict[str, Any]:
    first, latest = _days(change.days)
    return {
        "id": change.id,
        "date": first,
        "date_latest": latest,
        "text": _text(
            lang,
            f"upcoming.{change.id}" + (".about" if change.days is not None and not change.days.exact else ""),
            date=_day_text(change.days, lang),
        ),
    }


def _cost(cost: Any, result: Assessment, lang: str | None) -> dict[str, Any]:
    parameter = read_yaml("parameters.yml")["parameters"][cost.parameter]
    since = max((entry["from"] for entry in parameter["values"] if entry["from"] <= result.as_of), default=None)
    return {
        "id": cost.id,
        "amount": cost.amount,
        "currency": "EUR",
        "as_of": since.isoformat() if since else None,
        "reduction": cost.reduction,
        "source": parameter["source"],
        "text": _text(lang, f"cost.{cost.id}"),
    }


def _offices(result: Assessment) -> tuple[Office, ...]:
    from wegwijzer.places import offices_for

    where = result.case.get("municipality") or result.case.region
    return () if where is None or where == "abroad" else offices_for(where, result.as_of)


def _office(result: Assessment) -> dict[str, Any] | None:
    if result.regime not in ("flemish", "brussels"):
        return None
    offices = _offices(result)
    return offices[0].to_json() if offices else None


def _elsewhere(result: Assessment) -> dict[str, Any] | None:
    from wegwijzer.law.elsewhere import NO_DUTY_THERE

    if result.verdict != "other_region":
        return None
    offices = _offices(result)
    return {
        "regime": result.regime,
        "may_have_duty": NO_DUTY_THERE(result.case) is not True,
        "ask": offices[0].to_json() if offices else None,
    }
