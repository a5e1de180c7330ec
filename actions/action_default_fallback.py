"""An unclear message outside a check: the likely meanings as buttons, or the choice of a language; and a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, UserUtteranceReverted
from rasa_sdk.executor import CollectingDispatcher

from actions.constants import QUESTION_PREFIX
from actions.reading import Said
from actions.speak import Speaker, intent_button
from wegwijzer.texts import has_text

# Intents of the conversation that have a button; every question on the programme has one, `button.<topic>`.
_BUTTONS = {"start_check": "start", "change_language": "language"}
_GUESSES = 3


def _button_of(intent: str) -> str | None:
    """The id of the button for an intent; None when it is not offered as a guess."""
    id = intent.removeprefix(QUESTION_PREFIX) if intent.startswith(QUESTION_PREFIX) else _BUTTONS.get(intent)
    return id if id and has_text(f"button.{id}") else None


class ActionDefaultFallback(Action):
    """ "Did you mean ...?" from the best guesses, always with the check and a person."""

    def name(self) -> str:
        return "action_default_fallback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        speaker = Speaker(dispatcher, tracker)
        said = Said.of(tracker)
        if said.near:
            speaker.say(
                [*speaker.add_language_choice(said.near), intent_button(speaker.lang, "person", "human_handoff")]
            )
            return [UserUtteranceReverted()]
        speaker.add("say.not_understood")
        ranking = (tracker.latest_message or {}).get("intent_ranking") or []
        guesses = [item["name"] for item in ranking[: _GUESSES + 1] if _button_of(item.get("name") or "")][:2]
        wanted = list(dict.fromkeys([*guesses, "start_check", "faq_what_is"]))[:_GUESSES]
        buttons = [intent_button(speaker.lang, str(_button_of(intent)), intent) for intent in wanted]
        speaker.say([*buttons, intent_button(speaker.lang, "person", "human_handoff")])
        return [UserUtteranceReverted()]
