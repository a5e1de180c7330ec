"""An unclear message outside a check: the likely meanings as buttons, and a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, UserUtteranceReverted
from rasa_sdk.executor import CollectingDispatcher

from actions.speak import Speaker, intent_button

# Intents that have a button text of their own; others are not offered as guesses.
_GUESSES = {"faq_what_is": "what_is", "faq_cost": "cost", "start_check": "start", "change_language": "language"}


class ActionDefaultFallback(Action):
    """ "Did you mean ...?" from the best guesses, always with the check and a person."""

    def name(self) -> str:
        return "action_default_fallback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        speaker = Speaker(dispatcher, tracker)
        speaker.add("say.not_understood")
        ranking = (tracker.latest_message or {}).get("intent_ranking") or []
        guesses = [item["name"] for item in ranking[:4] if item.get("name") in _GUESSES][:2]
        wanted = list(dict.fromkeys([*guesses, "start_check", "faq_what_is"]))[:3]
        buttons = [intent_button(speaker.lang, _GUESSES[intent], intent) for intent in wanted]
        speaker.say([*buttons, intent_button(speaker.lang, "person", "human_handoff")])
        return [UserUtteranceReverted()]
