"""From facts and results to the sentences that a person reads. Every word comes from the catalogues.

Used by the conversation and by the terminal interview, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wegwijzer.interview import DECLINED, SPECIAL, UNKNOWN, Question
from wegwijzer.texts import SELF, for_subject, format_day, format_euro, has_text, join, text
from wegwijzer.timeline import parse_span

_COUNTRY_LISTS = ("nationalities", "sponsor_nationalities")
_DAYS = ("birth_date", "registration_date", "first_registration_date", "lawful_stay_since", "contract_signed")
_MONTHS = ("permit_months", "max_stay_months", "reception_class_months")


def question_text(lang: str, question: Question, subject: str, again: bool = False) -> str:
    """The question; with ``again`` followed by the hint that helps who was not understood."""
    id = f"ask.{question.fact}" + (".private" if question.private else "")
    if question.exact:
        asked = text(lang, "ask.exact", fact=text(lang, for_subject(lang, f"fact.{question.fact}", subject)))
    else:
        asked = text(lang, for_subject(lang, id, subject))
    return f"{asked}\n{text(lang, f'{id}.again')}" if again and has_text(f"{id}.again") else asked


def answer_title(lang: str, fact: str, answer: str) -> str:
    """The button for an answer: a code of the fact, ``true``/``false``, ``unknown``, ``declined``, ``none``."""
    if fact == SPECIAL:
        return text(lang, f"value.special.{answer}")
    if answer in (UNKNOWN, DECLINED):
        return text(lang, f"value.{answer}")
    if answer in ("true", "false"):
        return text(lang, f"value.bool.{answer}")
    if fact == "max_stay_months":
        return text(lang, f"value.max_stay.{answer}")
    return value_text(lang, fact, answer)


def value_text(lang: str, fact: str, value: Any) -> str:
    """A fact's JSON value in words."""
    if value in (UNKNOWN, DECLINED):
        return text(lang, f"value.{value}")
    if isinstance(value, bool):
        return text(lang, f"value.bool.{'true' if value else 'false'}")
    if fact == "age":
        return text(lang, "value.age_years", n=value)
    if fact in _MONTHS:
        return text(lang, "value.months", n=value)
    if fact in _DAYS:
        return day_text(lang, value)
    if fact == "birth_country":
        return _country(lang, value)
    if fact in _COUNTRY_LISTS:
        return join(lang, [_country(lang, code) for code in value])
    if fact == "municipality":
        return place_text(lang, value)
    if fact == SPECIAL:
        return join(lang, [text(lang, f"value.special.{item}") for item in value])
    return text(lang, f"value.{fact}.{value}")


def _country(lang: str, code: str) -> str:
    from wegwijzer.countries import country_name

    return text(lang, "value.nationalities.stateless") if code == "stateless" else country_name(code, lang)


def place_text(lang: str, code_or_name: str) -> str:
    """The name of a municipality as people there call it."""
    from wegwijzer.places import municipality

    return municipality(code_or_name).name(lang)


def day_text(lang: str, value: str) -> str:
    """A whole or partial date in words ("5 mei 2024", "mei 2024", "2024"), also in the language's own calendar."""
    from babel.dates import format_skeleton

    from wegwijzer.reading.calendars import in_calendar_of

    parts, span = value.split("-"), parse_span(value)
    first = date.fromordinal(span.first)
    said = value if len(parts) == 1 else format_skeleton("yMMMM", first, locale=lang)
    if span.exact:
        said = format_day(lang, span.first)
    other = in_calendar_of(lang, first, date.fromordinal(span.last))
    return f"{said} ({other})" if other else said


def fact_text(lang: str, fact: str, value: Any, subject: str = SELF) -> str:
    """ "label: value", for echoes and summaries."""
    label = text(lang, for_subject(lang, f"fact.{fact}", subject))
    return text(lang, "value.pair", label=label, value=value_text(lang, fact, value))


def facts_text(lang: str, facts: Mapping[str, Any], subject: str = SELF) -> str:
    """Several facts in one line."""
    return "; ".join(fact_text(lang, fact, value, subject) for fact, value in facts.items())


# --- the verdict -----------------------------------------------------------------------------------------------------


def verdict_kind(result: Mapping[str, Any]) -> str:
    """Which of the verdict texts fits the assessment JSON."""
    verdict, regime, programme = result["verdict"], result["regime"], result["programme"]
    if verdict == "obliged":
        if regime == "brussels":
            return "obliged_brussels"
        if programme["reduced"]:
            return "obliged_dutch_only"
        return "obliged_suspended" if programme["suspended"] else "obliged"
    if verdict == "entitled" and regime == "brussels":
        return "entitled_brussels"
    if verdict == "undetermined" and result["duty"] is False:
        return "undetermined_not_obliged"
    if verdict == "undetermined" and result["right"] is True:
        return "undetermined_entitled"
    return str(verdict)


def verdict_messages(lang: str, result: Mapping[str, Any], subject: str) -> list[str]:
    """The verdict as bubbles: the plain sentence first, then why, what to do, where, what it costs, who decides.

    ``result`` is the assessment JSON with texts in ``lang``.
    """
    kind = verdict_kind(result)
    title = text(lang, for_subject(lang, f"verdict.{kind}.title", subject))
    meaning = text(lang, for_subject(lang, f"verdict.{kind}.meaning", subject))
    bubbles = [
        f"{title}\n{meaning}",
        _why(lang, result),
        _uncertain(lang, result, subject),
        _exemption(lang, result),
        _section(lang, "verdict.deadlines", _deadlines(lang, result)),
        _section(lang, "verdict.programme", _parts(lang, result)),
        _section(lang, "verdict.cost", _costs(lang, result)),
        _where(lang, result),
        _section(lang, "verdict.upcoming", [change["text"] for change in result["upcoming"]]),
        "\n".join([*(notice["text"] for notice in result["notices"]), text(lang, "verdict.disclaimer")]),
    ]
    return [bubble for bubble in bubbles if bubble]


def _section(lang: str, heading: str, lines: list[str]) -> str:
    return "\n".join([text(lang, heading), *(f"- {line}" for line in lines)]) if lines else ""


def _why(lang: str, result: Mapping[str, Any]) -> str:
    lines = []
    for reason in result["reasons"]:
        if reason["holds"] is None:
            continue
        provision = reason["provision"]
        if provision["article"] == "-":
            lines.append(f"{reason['text']} ({provision['act']}, {provision['url']})")
        else:
            lines.append(
                text(
                    lang,
                    "verdict.rule",
                    text=reason["text"],
                    act=provision["act"],
                    article=provision["article"],
                    url=provision["url"],
                )
            )
    return _section(lang, "verdict.why", lines)


def _uncertain(lang: str, result: Mapping[str, Any], subject: str) -> str:
    lines = [
        " ".join([point["text"], *(text(lang, f"office.ask.{who}") for who in point["ask"])])
        for point in result["uncertain"]
    ]
    if result["verdict"] == "undetermined" and result["missing_facts"]:
        names = [
            text(lang, for_subject(lang, f"fact.{fact}", subject))
            for fact in result["missing_facts"]
            if has_text(f"fact.{fact}")
        ]
        lines.append(text(lang, "verdict.missing", facts=join(lang, names[:4])))
    return _section(lang, "verdict.uncertain", lines)


def _exemption(lang: str, result: Mapping[str, Any]) -> str:
    if result["exemption"] is None:
        return ""
    id = f"exemption.{result['exemption']}"
    return _section(lang, "verdict.exemptions", [text(lang, id), text(lang, f"{id}.proof")])


def _deadlines(lang: str, result: Mapping[str, Any]) -> list[str]:
    lines = [deadline["text"] for deadline in result["deadlines"]]
    if any(deadline["id"] == "come_forward" for deadline in result["deadlines"]):
        lines.append(text(lang, "deadline.letter_note"))
    return lines


def _parts(lang: str, result: Mapping[str, Any]) -> list[str]:
    return [f"{part['text']}. {part['reason_text']}" for part in result["programme"]["parts"]]


def _costs(lang: str, result: Mapping[str, Any]) -> list[str]:
    lines = []
    for cost in result["programme"]["costs"]:
        if cost["amount"]:
            amount, since = format_euro(lang, cost["amount"]), format_day(lang, parse_span(cost["as_of"]).first)
            lines.append(text(lang, "cost.line", name=cost["text"], amount=amount, date=since))
        elif cost["id"] == "guidance":
            lines.append(text(lang, "cost.line_free", name=cost["text"]))
        else:
            lines.append(cost["text"])
        if cost["reduction"] is not None and cost["id"] != "brussels_free":
            lines.append(text(lang, f"cost.reduction.{cost['reduction']}"))
    if any(cost["amount"] for cost in result["programme"]["costs"]):
        lines.append(text(lang, "cost.ask"))
    return lines


def _where(lang: str, result: Mapping[str, Any]) -> str:
    elsewhere = result["elsewhere"] or {}
    office = result["office"] or elsewhere.get("ask")
    if office is None:
        return text(lang, "verdict.ask_office")
    bubble = _section(lang, "verdict.where", [office_text(office)])
    if result["right"] is True or result["duty"] is True:
        from wegwijzer.places import what_to_bring

        bubble += "\n\n" + _section(lang, "verdict.bring", [text(lang, id) for id in what_to_bring()])
    return bubble


def office_text(office: Mapping[str, Any]) -> str:
    """Name and contact of an office in one line."""
    return ", ".join(str(office[key]) for key in ("name", "address", "phone", "email", "url") if office[key])
