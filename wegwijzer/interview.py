"""The interview: which fact to ask next, and why.

The goal is a firm right and duty; the next question is the first missing fact, in asking order, that can still change
them. Nothing here draws a tree: the law says what is missing. Rare situations are asked together, so that an ordinary
check stays short; illness and religious office come on a screen of their own, last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wegwijzer.assessment import ASKING_ORDER, Assessment, assess
from wegwijzer.facts import FactError, Facts, codes
from wegwijzer.implications import Implied, contradictions, implied
from wegwijzer.law.provision import Provision

UNKNOWN = "unknown"
DECLINED = "declined"
NO_ANSWER = frozenset({UNKNOWN, DECLINED})
"""Answers that are none: asked, but absent for the law."""

SPECIAL = "special_situations"


@dataclass(frozen=True, eq=False)
class Item:
    """A rare situation: the ``facts`` it settles when it is not chosen, with the values for that."""

    id: str
    facts: Mapping[str, Any]
    private: bool = False


ITEMS: tuple[Item, ...] = (
    Item("attest", {"civic_certificate": "none"}),
    Item("diploma", {"diploma": "none"}),
    Item("reception_class", {"reception_class_months": 0}),
    Item("eu_family", {"family_relation": "none"}),
    Item("duty_done", {"duty_fulfilled": False}),
    Item("medical", {"medical": "none"}, private=True),
    Item("minister", {"minister_of_religion": "none"}, private=True),
)
_ITEM_OF = {fact: item for item in ITEMS for fact in item.facts}
ITEM_BY_ID = {item.id: item for item in ITEMS}

# The facts of a family member are asked on their own where the stay itself is by family.
_FAMILY_REASONS = frozenset({"family_eu", "family_belgian", "family_other", "family"})
_FAMILY_FACTS = frozenset({"sponsor_nationalities", "family_relation", "sponsor_used_free_movement"})

# A fact that tells others is asked before them, because it mostly makes them superfluous.
_ASK_FIRST = {
    "registered": ("residence_document",),
    "permit_months": ("residence_document", "stay_reason"),
    "max_stay_months": ("residence_document", "stay_reason"),
    "stay_reason": ("residence_document",),
    "family_relation": ("residence_document", "stay_reason"),
}

# Answers offered as buttons, where few are usual; a free answer is always possible.
_OPTIONS: dict[str, tuple[str, ...]] = {
    "region": ("flanders", "brussels", "wallonia", "german_community", "abroad"),
    "residence_document": ("A", "B", "F", "F+", "EU", "EU+", "K", "L", "orange_card", "annex_26", "annex_15", "none"),
    "max_stay_months": ("12", "13+"),
    "sponsor_nationalities": (),
    "civic_certificate": codes("civic_certificate"),
    "school": codes("school"),
}
_REASONS_FOR: dict[str, tuple[str, ...]] = {
    "F": ("family_belgian", "family_eu"),
    "F+": ("family_belgian", "family_eu"),
    "I": ("ict_manager", "ict_trainee"),
    "J": ("ict_manager", "ict_trainee"),
    "orange_card": (
        "asylum_pending", "family_belgian", "family_eu", "family_other", "medical", "trafficking_victim", "student",
        "other",
    ),
    "L": ("long_term_resident_eu", "refugee", "family_other", "employee", "other"),
    "D": ("long_term_resident_eu", "refugee", "family_other", "employee", "other"),
}  # fmt: skip
_USUAL_REASONS = (
    "refugee", "subsidiary_protection", "temporary_protection", "family_belgian", "family_eu", "family_other",
    "employee", "work_family", "student", "humanitarian", "au_pair", "other",
)  # fmt: skip
_BOOLEAN = frozenset({
    "first_registration", "sponsor_used_free_movement", "used_free_movement", "integration_conditions_met_abroad",
    "exempt_in_other_region", "compulsory_schooling_completed", "unaccompanied_minor", "home_language_dutch",
    "duty_fulfilled", "permit_renewable", "asylum_request_pending",
})  # fmt: skip


@dataclass(frozen=True)
class Question:
    """The next question: ``fact`` (or ``special_situations``), button ``answers``, for special ones the ``items``.

    ``why`` are the ids of the provisions that need the fact; ``exact``: it was answered, but the day itself matters.
    """

    fact: str
    answers: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    why: tuple[str, ...] = ()
    exact: bool = False

    @property
    def private(self) -> bool:
        """Is this the screen with illness and religious office?"""
        return any(item.private for item in self.items)


@dataclass
class Answers:
    """What the person said: ``stated`` JSON facts (validated), ``unanswered`` facts, ``chosen`` special situations.

    ``inexact``: partial dates that the person cannot say more exactly, so that they are not asked again.
    """

    stated: dict[str, Any] = field(default_factory=dict)
    unanswered: set[str] = field(default_factory=set)
    chosen: Sequence[str] = ()
    inexact: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Step:
    """Where the interview stands. ``question`` None: it is over, ``assessment`` is the result."""

    assessment: Assessment
    implied: Mapping[str, Implied]
    contradictions: Sequence[Implied]
    question: Question | None

    facts: Mapping[str, Any]
    """Stated and implied facts together, as JSON."""


def next_step(answers: Answers, as_of: date) -> Step:
    """Assess stated and implied facts and choose the next question. FactError when the facts contradict."""
    follows = {fact: item for fact, item in implied(answers.stated, as_of).items() if fact not in answers.unanswered}
    facts = {**answers.stated, **{fact: item.value for fact, item in follows.items()}}
    try:
        result = assess(Facts.from_json(facts), as_of)
    except FactError:
        follows = {}  # what was implied does not fit what was said: what was said stands
        result = assess(Facts.from_json(answers.stated), as_of)
        facts = dict(answers.stated)
    question = _question(result, facts, answers)
    return Step(result, follows, contradictions(answers.stated, as_of), question, facts)


def _question(result: Assessment, facts: Mapping[str, Any], answers: Answers) -> Question | None:
    missing = [fact for fact in result.missing_facts if fact not in answers.unanswered | answers.inexact]
    missing = missing or _refinements(result, facts, answers)
    for item_id in answers.chosen:  # a chosen situation is followed by its own question
        item = ITEM_BY_ID.get(item_id)
        for fact in _chosen_facts(item) if item else ():
            if fact in missing and fact not in facts:
                return _ask(fact, result, facts)
    candidates: list[str] = []
    for fact in missing:
        for first in _ASK_FIRST.get(fact, ()):
            if first not in facts and first not in answers.unanswered and first not in candidates and _foreigner(facts):
                candidates.append(first)
        candidates.append(fact)
    candidates = sorted(dict.fromkeys(candidates), key=ASKING_ORDER.index)
    if not candidates:
        return None
    ordinary = [fact for fact in candidates if not _special(fact, facts)]
    if "municipality" in ordinary or "region" in ordinary:
        return _ask("municipality" if "municipality" not in answers.unanswered else "region", result, facts)
    items = _items([fact for fact in candidates if fact not in ordinary], answers)
    for item in items:
        # When the usual answer to one rare situation ends the check, it comes before everything else.
        if item.id not in answers.chosen and _settles(item, facts, result.as_of):
            return _special_question((item,), result)
    # The age in years, or the year of a date, first; the day itself only when nothing else is left to ask.
    vague = [fact for fact in ordinary if fact in facts or fact == "birth_date"]
    ordinary = [fact for fact in ordinary if fact not in vague] or vague
    if ordinary:
        return _ask(ordinary[0], result, facts)
    public = tuple(item for item in items if not item.private)
    return _special_question(public or items, result)


def _items(missing: Sequence[str], answers: Answers) -> tuple[Item, ...]:
    """The rare situations that the missing facts belong to; those chosen before only when nothing else is left."""
    wanted = {_ITEM_OF[fact].id if fact in _ITEM_OF else "eu_family" for fact in missing}
    items = tuple(item for item in ITEMS if item.id in wanted)
    return tuple(item for item in items if item.id not in answers.chosen) or items


def _settles(item: Item, facts: Mapping[str, Any], as_of: date) -> bool:
    """Does "this is not so for me" make right and duty firm?"""
    result = assess(Facts.from_json({**facts, **item.facts}), as_of)
    return result.right is not None and result.duty is not None


def _special_question(items: tuple[Item, ...], result: Assessment) -> Question:
    why = {id for item in items for fact in item.facts for id in _why(fact, result)}
    return Question(SPECIAL, tuple(item.id for item in items), items, tuple(sorted(why)))


def _chosen_facts(item: Item) -> tuple[str, ...]:
    if item.id == "eu_family":
        return ("sponsor_nationalities", "sponsor_used_free_movement", "family_relation")
    return tuple(item.facts)


def _foreigner(facts: Mapping[str, Any]) -> bool:
    """A Belgian or another EU+ national needs no residence card for the check."""
    from wegwijzer.law.case import Parameters

    nationalities = facts.get("nationalities")
    return nationalities is not None and not set(nationalities) & Parameters.on(date.max)["eu_plus"]


def _special(fact: str, facts: Mapping[str, Any]) -> bool:
    if fact in _FAMILY_FACTS:
        return facts.get("stay_reason") not in _FAMILY_REASONS
    return fact in _ITEM_OF


def _refinements(result: Assessment, facts: Mapping[str, Any], answers: Answers) -> list[str]:
    """Facts that no longer change right or duty but change what the duty is (only the Dutch part, suspension)."""
    wanted = []
    if result.duty is True and result.regime == "flemish":
        if facts.get("stay_reason") == "long_term_resident_eu":
            wanted.append("integration_conditions_met_abroad")
        if any(reason.id == "duty.turned_18" and reason.holds for reason in result.reasons):
            wanted.append("school")
    return [fact for fact in wanted if fact not in facts and fact not in answers.unanswered]


def _ask(fact: str, result: Assessment, facts: Mapping[str, Any]) -> Question:
    return Question(fact, _answers(fact, facts), (), _why(fact, result), exact=fact in facts)


def _answers(fact: str, facts: Mapping[str, Any]) -> tuple[str, ...]:
    if fact in _BOOLEAN:
        return ("true", "false")
    if fact == "stay_reason":
        return _REASONS_FOR.get(str(facts.get("residence_document")), _USUAL_REASONS)
    if fact in _OPTIONS:
        return _OPTIONS[fact]
    return codes(fact)


def _why(fact: str, result: Assessment) -> tuple[str, ...]:
    """The provisions that are open and read this fact."""
    from wegwijzer.assessment import provisions

    return tuple(
        id
        for id, provision in provisions().items()
        if provision(result.case) is None and not id.startswith(("none.", "refused.")) and fact in _reads(provision)
    )


def _reads(provision: Provision) -> frozenset[str]:
    found = _READS.get(provision.id)
    if found is None:
        from wegwijzer.logic import Atom

        found = frozenset(fact for part in provision.walk() if isinstance(part, Atom) for fact in part.facts)
        _READS[provision.id] = found
    return found


_READS: dict[str, frozenset[str]] = {}


def settle_special(question: Question, chosen: Sequence[str]) -> dict[str, Any]:
    """The facts that "none of these" settles: those of the offered situations that were not chosen."""
    return {fact: value for item in question.items if item.id not in chosen for fact, value in item.facts.items()}
