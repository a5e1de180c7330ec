"""Deletes the conversation, for good."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.deletion import DELETE_CONVERSATION
from actions.speak import Speaker


class ActionDeleteData(Action):
    """Says that all is deleted; the tracker store deletes the conversation where it would have saved it."""

    def name(self) -> str:
        return "action_delete_data"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        speaker = Speaker(dispatcher, tracker)
        speaker.add("say.deleted")
        speaker.say(extra=dict(DELETE_CONVERSATION))
        return [AllSlotsReset()]
