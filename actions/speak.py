"""Saying catalogue texts in the language of the conversation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.constants import SUBJECT
from actions.language import conversation_language
from wegwijzer.texts import SELF, languages, native_name, text
from wegwijzer.wording import answer_title, fact_text

Button = dict[str, str]
#: The choice of a language is said in so many languages.
_CHOICE_IN = 3


class Speaker:
    """Collects bubbles and says them as one message, so that buttons stand below the last."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker, lang: str | None = None) -> None:
        self.dispatcher = dispatcher
        self.lang = lang or conversation_language(tracker)
        self.subject: str = tracker.get_slot(SUBJECT) or SELF
        self.bubbles: list[str] = []

    def add(self, id: str, **params: object) -> None:
        """Add the text ``id`` as a bubble."""
        self.bubbles.append(text(self.lang, id, **params))

    def add_text(self, sentence: str) -> None:
        """Add words that came from the catalogue already."""
        self.bubbles.append(sentence)

    def add_language_choice(self, near: Iterable[str]) -> list[Button]:
        """Say that the language of the message is not spoken, in the languages ``near`` it; returns the buttons."""
        near = [code for code in near if code in languages()]
        for code in near[:_CHOICE_IN] or [self.lang]:
            self.add_text(text(code, "say.language_unknown"))
        return language_buttons(near)

    def say(self, buttons: list[Button] | None = None, extra: dict[str, Any] | None = None) -> None:
        """Say what was added; ``extra`` goes into the metadata of the message."""
        if self.bubbles:
            self.dispatcher.utter_message(
                text="\n\n".join(self.bubbles), buttons=buttons or [], language=self.lang, **(extra or {})
            )
        self.bubbles = []


def payload(intent: str, **entities: str) -> str:
    """A button's payload: ``/inform{"fact": "age", "answer": "34"}``."""
    return f"/{intent}{json.dumps(entities)}" if entities else f"/{intent}"


def language_buttons(first: Iterable[str] = ()) -> list[Button]:
    """A button for each language offered, in its own name, those of ``first`` first."""
    codes = dict.fromkeys([*(code for code in first if code in languages()), *languages()])
    return [{"title": native_name(code), "payload": payload("change_language", language=code)} for code in codes]


def answer_button(lang: str, fact: str, answer: str) -> Button:
    """The button for an answer to a fact."""
    return {"title": answer_title(lang, fact, answer), "payload": payload("inform", fact=fact, answer=answer)}


def intent_button(lang: str, id: str, intent: str) -> Button:
    """A button ``button.<id>`` that stands for an intent."""
    return {"title": text(lang, f"button.{id}"), "payload": payload(intent)}


def correct_button(lang: str, fact: str, value: Any) -> Button:
    """The button that changes one answer."""
    return {"title": fact_text(lang, fact, value), "payload": payload("correct_answer", fact=fact)}
