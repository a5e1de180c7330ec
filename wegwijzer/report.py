"""An assessment as the contract's JSON, with texts when a language is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wegwijzer.law.case import LAW_VERSION, MODELLED_FROM, read_yaml
from wegwijzer.logic import OpenPoint
from wegwijzer.timeline import Span, iso

if TYPE_CHECKING:
    from wegwijzer.assessment import Assessment, Reason
    from wegwijzer.consequences import Change, Deadline
    from wegwijzer.places import Office


@dataclass(frozen=True)
class _Words:
    """The texts of one result: in which language (none: every text is empty) and about whom."""

    lang: str | None
    subject: str

    def text(self, id: str, **params: object) -> str:
        if self.lang is None:
            return ""
        from wegwijzer.texts import for_subject, text

        return text(self.lang, for_subject(self.lang, id, self.subject), **params)

    def day(self, days: Span | None) -> str:
        if days is None or self.lang is None:
            return ""
        from wegwijzer.texts import format_day

        return format_day(self.lang, days.first)


def to_json(result: Assessment, lang: str | None, subject: str) -> dict[str, Any]:
    """The contract's section 3. Ids, dates and articles never depend on ``lang``; without it texts are empty."""
    words = _Words(lang, subject)
    return {
        "as_of": result.as_of.isoformat(),
        "law_version": LAW_VERSION,
        "notices": [_notice(notice, words) for notice in result.notices],
        "regime": result.regime,
        "verdict": result.verdict,
        "right": result.right,
        "duty": result.duty,
        "exemption": result.exemption,
        "reasons": [_reason(reason, result, words) for reason in result.reasons],
        "missing_facts": list(result.missing_facts),
        "uncertain": [_uncertain(point, result, words) for point in result.open_points] + _not_modelled(result, words),
        "deadlines": [_deadline(deadline, result, words) for deadline in result.deadlines],
        "upcoming": [_change(change, words) for change in result.upcoming],
        "programme": {
            "parts": [
                {
                    "id": part.id,
                    "applies": part.applies,
                    "reason": part.reason,
                    "text": words.text(f"part.{part.id}"),
                    "reason_text": words.text(f"part.{part.id}.reason.{part.reason}"),
                }
                for part in result.parts
            ],
            "costs": [_cost(cost, result, words) for cost in result.costs],
            "reduced": result.reduced,
            "suspended": result.suspended,
        },
        "office": _office(result),
        "elsewhere": _elsewhere(result),
    }


def _notice(notice: str, words: _Words) -> dict[str, str]:
    return {"id": notice, "text": words.text(f"notice.{notice}")}


def reason_text_id(reason: Reason) -> str:
    """The catalogue id of a reason: ``reason.<id>``, with ``.not`` or ``.open`` when it does not hold or is open."""
    return f"reason.{reason.id}" + ("" if reason.holds else ".open" if reason.holds is None else ".not")


def _reason(reason: Reason, result: Assessment, words: _Words) -> dict[str, Any]:
    citation = reason.provision.citation(result.as_of) or reason.provision.citations[0]
    return {
        "id": reason.id,
        "holds": reason.holds,
        "text": words.text(reason_text_id(reason)),
        "facts": list(reason.facts),
        "provision": citation.to_json(),
    }


def _offices_to_ask(point: OpenPoint, result: Assessment) -> list[str]:
    """The agency of the person's own town where that is Atlas or Amal, else as the open point says."""
    place = result.case.get("municipality")
    return [
        place.office if who == "agii" and place is not None and place.region == "flanders" else who for who in point.ask
    ]


def _uncertain(point: OpenPoint, result: Assessment, words: _Words) -> dict[str, Any]:
    return {
        "id": point.id,
        "text": words.text(f"uncertain.{point.id}"),
        "ask": _offices_to_ask(point, result),
        "sources": list(point.sources),
    }


def _not_modelled(result: Assessment, words: _Words) -> list[dict[str, Any]]:
    if result.as_of >= MODELLED_FROM:
        return []
    return [
        {
            "id": "not_modelled",
            "text": words.text("notice.not_modelled"),
            "ask": ["agii"],
            "sources": ["D13 arts 27, 56"],
        }
    ]


def _days(days: Span | None) -> tuple[str | None, str | None]:
    if days is None:
        return None, None
    return iso(days.first), None if days.exact else iso(days.last)


def _deadline(deadline: Deadline, result: Assessment, words: _Words) -> dict[str, Any]:
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
        "text": words.text(id, date=words.day(deadline.days)),
    }


def _change(change: Change, words: _Words) -> dict[str, Any]:
    first, latest = _days(change.days)
    return {
        "id": change.id,
        "date": first,
        "date_latest": latest,
        "text": words.text(
            f"upcoming.{change.id}" + (".about" if change.days is not None and not change.days.exact else ""),
            date=words.day(change.days),
        ),
    }


def _cost(cost: Any, result: Assessment, words: _Words) -> dict[str, Any]:
    parameter = read_yaml("parameters.yml")["parameters"][cost.parameter]
    since = max((entry["from"] for entry in parameter["values"] if entry["from"] <= result.as_of), default=None)
    return {
        "id": cost.id,
        "amount": cost.amount,
        "currency": "EUR",
        "as_of": since.isoformat() if since else None,
        "reduction": cost.reduction,
        "source": parameter["source"],
        "text": words.text(f"cost.{cost.id}"),
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
