"""Forgets all answers, to begin again."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.constants import ASSESSMENT, COMPLETE, SUBJECT
from actions.speak import Speaker
from actions.state import State


class ActionRestart(Action):
    """Clears the check; the form then asks its first question."""

    def name(self) -> str:
        return "action_restart"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        speaker = Speaker(dispatcher, tracker)
        speaker.add("say.restarted")
        speaker.say()
        state = State(tracker)
        state.restart()
        cleared = [SlotSet(slot, None) for slot in (ASSESSMENT, SUBJECT, "requested_slot")]
        return [*state.events(), *cleared, SlotSet(COMPLETE, False)]
