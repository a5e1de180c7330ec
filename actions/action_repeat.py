"""Says again what was said last (the form asks its question again by itself)."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.constants import FORM
from actions.speak import Speaker


class ActionRepeat(Action):
    """The last message of the assistant, with its buttons."""

    def name(self) -> str:
        return "action_repeat"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if (tracker.active_loop or {}).get("name") == FORM:
            return []
        speaker = Speaker(dispatcher, tracker)
        for event in reversed(tracker.events):
            if event.get("event") == "bot" and event.get("text"):
                speaker.add_text(event["text"])
                speaker.say((event.get("data") or {}).get("buttons") or [])
                return []
        speaker.add("say.nothing_to_repeat")
        speaker.say()
        return []
