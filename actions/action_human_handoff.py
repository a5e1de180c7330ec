"""Tells how to reach a person: the office of the place where one lives."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.speak import Speaker
from actions.state import State
from wegwijzer.places import municipality, offices_for
from wegwijzer.wording import office_text


class ActionHumanHandoff(Action):
    """Name, phone and site of the office, as far as the place is known."""

    def name(self) -> str:
        return "action_human_handoff"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        speaker = Speaker(dispatcher, tracker)
        state = State(tracker)
        stated = state.answers().stated
        where = municipality(stated["municipality"]) if "municipality" in stated else stated.get("region")
        offices = offices_for(where, state.as_of) if where is not None and where != "abroad" else ()
        if offices:
            speaker.add("say.handoff", office=office_text(offices[0].to_json()))
        else:
            speaker.add("say.handoff_general")
        speaker.say()
        return []
