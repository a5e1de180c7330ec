"""The running check as the tracker's slots hold it, and back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.constants import ANSWER_SLOTS, CHECK, FACT_SLOTS
from wegwijzer.__main__ import today
from wegwijzer.facts import FactError, Facts, check
from wegwijzer.interview import DECLINED, ITEMS, NO_ANSWER, SPECIAL, UNKNOWN, Answers, Step, next_step


@dataclass
class Check:
    """Bookkeeping: ``as_of`` is fixed when a check starts; ``history`` the facts of each answer, for going back.

    ``offered``: the answers whose buttons were shown, by fact; ``pending``: facts that wait for "yes, that is right";
    ``told``: ids of what is said only once.
    """

    as_of: str
    history: list[list[str]] = field(default_factory=list)
    offered: dict[str, list[str]] = field(default_factory=dict)
    pending: dict[str, Any] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    inexact: list[str] = field(default_factory=list)
    misses: int = 0


class State:
    """The answers so far, changed in memory and turned into events at the end of the action."""

    def __init__(self, tracker: Tracker) -> None:
        self.before = {name: tracker.get_slot(name) for name in ANSWER_SLOTS}
        self.slots = dict(self.before)
        stored = tracker.get_slot(CHECK)
        self.check = Check(**stored) if isinstance(stored, dict) else Check(today().isoformat())
        self.asked: str | None = tracker.get_slot("requested_slot")

    @property
    def as_of(self) -> date:
        return date.fromisoformat(self.check.as_of)

    @property
    def started(self) -> bool:
        """Has anything been answered?"""
        return any(value is not None for value in self.slots.values())

    def restart(self) -> None:
        """Forget every answer; the day is fixed anew."""
        self.slots = dict.fromkeys(ANSWER_SLOTS)
        self.check = Check(today().isoformat())

    def answers(self) -> Answers:
        """For the interview: only values that a fact takes; whatever else a slot was given counts for nothing."""
        answers = Answers()
        for fact in FACT_SLOTS:
            value = self.slots[fact]
            if value is None:
                continue
            if isinstance(value, str) and value in NO_ANSWER:
                answers.unanswered.add(fact)
                continue
            try:
                check(fact, value)
            except FactError:
                continue
            answers.stated[fact] = value
        chosen = self.slots[SPECIAL]
        answers.chosen = [item for item in chosen if isinstance(item, str)] if isinstance(chosen, list) else []
        answers.inexact = set(self.check.inexact)
        return answers

    def told_facts(self) -> dict[str, Any]:
        """The answers that a person gave as such; not what "none of these" settled."""
        settled = {fact: value for item in ITEMS for fact, value in item.facts.items()}
        return {fact: value for fact, value in self.answers().stated.items() if settled.get(fact, ...) != value}

    def step(self) -> Step:
        """Where the interview stands; FactError when the answers contradict each other."""
        return next_step(self.answers(), self.as_of)

    def set(self, facts: dict[str, Any]) -> None:
        """Take answers, clearing what depended on an answer that changes; remember them as one step back."""
        for fact, value in facts.items():
            old = self.slots[fact]
            if fact in _DAYS and old not in (None, UNKNOWN, DECLINED) and value in (old, UNKNOWN, DECLINED):
                # Asked for the day itself, and it cannot be said more exactly: what was said stands.
                self.check.inexact = [*dict.fromkeys([*self.check.inexact, fact])]
                continue
            if fact in self.check.inexact:
                self.check.inexact.remove(fact)
            if old != value and (old is not None or fact in ("age", "birth_date")):
                self.clear_dependents(fact, value)
            self.slots[fact] = value
        if facts:
            self.check.history.append(list(facts))
            self.check.misses = 0

    def clear(self, fact: str) -> None:
        """Forget an answer and what depended on it."""
        self.slots[fact] = None
        self.clear_dependents(fact)

    def clear_dependents(self, fact: str, value: Any = None) -> None:
        """Forget what depended on ``fact``; an age stays beside a year of birth that it agrees with."""
        if fact == "birth_date" and isinstance(value, str) and self._agrees(value):
            return
        for other in _DEPENDENTS.get(fact, ()):
            if self.slots[other] is not None:
                self.clear(other)

    def _agrees(self, birth_date: str) -> bool:
        """Is the birth date only partial, and not against the age?"""
        try:
            Facts.from_json({"birth_date": birth_date, "age": self.slots["age"]}).check_on(self.as_of)
        except FactError:
            return False
        return len(birth_date) < len("YYYY-MM-DD")

    def go_back(self) -> bool:
        """Undo the last answer; False when there is none."""
        while self.check.history:
            facts = self.check.history.pop()
            if any(self.slots[fact] is not None for fact in facts):
                for fact in facts:
                    self.slots[fact] = None
                return True
        return False

    def events(self) -> list[EventType]:
        """The slots that changed, and the bookkeeping (always: the form then never counts as rejected)."""
        changed = [SlotSet(name, value) for name, value in self.slots.items() if value != self.before[name]]
        return [*changed, SlotSet(CHECK, asdict(self.check))]


_DAYS = ("birth_date", "registration_date", "first_registration_date", "lawful_stay_since", "contract_signed")

# What was said about the one may be wrong once the other changes, so it is asked again.
_DEPENDENTS: dict[str, tuple[str, ...]] = {
    "municipality": ("region", "registration_date", "first_registration", "lawful_stay_since"),
    "region": ("municipality", "registration_date", "first_registration", "lawful_stay_since"),
    "age": ("birth_date",),
    "birth_date": ("age",),
    "birth_country": ("parents_born_abroad",),
    "nationalities": ("residence_document", "stay_reason"),
    "residence_document": ("stay_reason", "registered", "permit_months", "permit_renewable", "max_stay_months"),
    "stay_reason": (
        "sponsor_nationalities", "family_relation", "sponsor_used_free_movement", "max_stay_months",
        "integration_conditions_met_abroad", "asylum_request_pending",
    ),
    "sponsor_nationalities": ("sponsor_used_free_movement", "family_relation"),
    "registration_date": ("first_registration_date",),
    "first_registration": ("first_registration_date", "first_registration_region", "exempt_in_other_region"),
    "special_situations": (),
}  # fmt: skip
