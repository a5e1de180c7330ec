"""Tells what was understood so far, each answer with a button to change it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.speak import Speaker, correct_button, intent_button
from actions.state import State
from wegwijzer.wording import fact_text


class ActionSummary(Action):
    """The answers as a list."""

    def name(self) -> str:
        return "action_summary"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        speaker = Speaker(dispatcher, tracker)
        stated = State(tracker).told_facts()
        if not stated:
            speaker.add("say.no_check_yet")
            speaker.say([intent_button(speaker.lang, "start", "start_check")])
            return []
        speaker.add("say.summary_intro")
        lines = [f"- {fact_text(speaker.lang, fact, value, speaker.subject)}" for fact, value in stated.items()]
        speaker.add_text("\n".join(lines))
        speaker.say([correct_button(speaker.lang, fact, value) for fact, value in stated.items()])
        return []
