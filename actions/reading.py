"""What a message says: buttons, answers to the asked fact, facts beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rapidfuzz import fuzz
from rasa_sdk import Tracker

from actions.constants import CORRECT, INFORM, QUESTION_PREFIX, SURE
from actions.language import offered
from wegwijzer.facts import FactError, check
from wegwijzer.interview import DECLINED, NO_ANSWER, SPECIAL, UNKNOWN
from wegwijzer.lexicon import forms
from wegwijzer.reading.answers import Reading, parse_answer, readings_anywhere
from wegwijzer.wording import answer_title

# A number is itself an answer to these, never the place of a button.
_NUMERIC = frozenset({"age", "permit_months", "reception_class_months"})
# A title is typed when so many characters at least are so alike (0 to 100).
_TITLE_LENGTH = 5
_TITLE = 92.0


@dataclass
class Said:
    """The newest message: ``intent`` with its ``confidence``, ``button`` (fact, answer), or free ``text``."""

    intent: str
    confidence: float
    text: str
    is_button: bool
    entities: list[dict[str, Any]] = field(default_factory=list)
    language: str | None = None  # of the words alone, when that is clear
    near: tuple[str, ...] = ()  # languages of ours near that of the words, when those are in none of ours

    @classmethod
    def of(cls, tracker: Tracker) -> Said:
        message = tracker.latest_message or {}
        intent = message.get("intent") or {}
        words = message.get("text") or ""
        return cls(
            intent.get("name") or "nlu_fallback",
            float(intent.get("confidence") or 0.0),
            words,
            words.startswith("/"),
            message.get("entities") or [],
            _clear_language(message),
            tuple((message.get("language") or {}).get("near") or ()),
        )

    def entity(self, name: str) -> str | None:
        """The value of a button's parameter."""
        for entity in self.entities:
            if entity.get("entity") == name and isinstance(entity.get("value"), (str, int, float, bool)):
                return str(entity["value"])
        return None

    @property
    def is_question(self) -> bool:
        """A question on the programme."""
        return self.intent.startswith(QUESTION_PREFIX)

    @property
    def is_number(self) -> bool:
        """Nothing but digits."""
        words = self.text.strip().rstrip(".)")
        return words.isascii() and words.isdigit()

    @property
    def corrects(self) -> bool:
        return self.intent == CORRECT

    def button_answer(self) -> tuple[str, str] | None:
        """Fact and answer of an inform button."""
        fact, answer = self.entity("fact"), self.entity("answer")
        return (fact, answer) if self.is_button and self.intent == INFORM and fact and answer is not None else None


def _clear_language(message: dict[str, Any]) -> str | None:
    """The language of at least three words, when the identifier is sure and Wegwijzer speaks it."""
    seen = message.get("language") or {}
    sure = float(seen.get("confidence") or 0.0) >= SURE and len((message.get("text") or "").split()) >= 3
    return offered(seen.get("code")) if sure else None


def value_of(fact: str, answer: str) -> Any:
    """The JSON value behind a button's answer; FactError when the fact does not take it."""
    if answer in NO_ANSWER:
        return answer
    value: Any = answer
    if fact not in ("municipality", "birth_date"):
        try:
            parsed = json.loads(answer)
        except ValueError:
            parsed = answer
        value = parsed if isinstance(parsed, (bool, int, list)) else answer
    check(fact, value)
    return value


def numbered(said: Said, fact: str, offered: list[str], before: int = 0) -> str | None:
    """The answer that a typed number picks from the numbered buttons; numbers that are an answer themselves do not.

    ``before``: how many buttons stand before those of this fact.
    """
    if fact in _NUMERIC or offered == [UNKNOWN] or not said.is_number:
        return None
    place = int(said.text.strip().rstrip(".)")) - before
    return offered[place - 1] if 1 <= place <= len(offered) else None


def titled(said: Said, fact: str, offered: list[str], lang: str) -> str | None:
    """The one answer whose button says what was typed, but for a few letters and what stands in brackets."""
    typed = " ".join(forms(said.text))
    close = [answer for answer in offered if _is_title(typed, answer_title(lang, fact, answer))]
    return close[0] if len(close) == 1 else None


def _is_title(typed: str, title: str) -> bool:
    spelled = {" ".join(forms(part)) for part in (title, title.partition("(")[0])}
    return any(len(typed) >= _TITLE_LENGTH and fuzz.ratio(typed, one) >= _TITLE for one in spelled)


def readings(said: Said, fact: str, lang: str, as_of: date, own: bool = False) -> list[Reading]:
    """The possible answers to the asked fact, surest first; only values that the facts take.

    ``own``: the check is about the person who writes, whose nationality is not that of a wife or a husband.
    """
    entities = said.entities
    if own and fact == "nationalities":
        entities = [entity for entity in entities if entity.get("about") != "relative"]
    return _valid(parse_answer(fact, said.text, lang, as_of, entities))


def stated(said: Said, lang: str, as_of: date) -> list[Reading]:
    """Facts that the message states by itself, whatever was asked; a lone number states nothing."""
    if said.is_number:
        return []
    return _valid(readings_anywhere(said.text, lang, as_of, said.entities))


def _valid(found: list[Reading]) -> list[Reading]:
    return sorted((reading for reading in found if _takes(reading)), key=lambda reading: -reading.confidence)


def _takes(reading: Reading) -> bool:
    if reading.value in (UNKNOWN, DECLINED) or reading.fact == SPECIAL:
        return True
    try:
        check(reading.fact, reading.value)
    except FactError:
        return False
    return True
