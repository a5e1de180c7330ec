"""Tells the verdict. Refuses unless the engine itself finds the answers complete."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.constants import ASSESSMENT, COMPLETE
from actions.speak import Button, Speaker, intent_button
from actions.state import State
from wegwijzer.wording import verdict_messages


class ActionAssess(Action):
    """Slots -> facts -> engine -> slot ``assessment`` and the verdict's messages."""

    def name(self) -> str:
        return "action_assess"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        speaker = Speaker(dispatcher, tracker)
        state = State(tracker)
        step = state.step()
        # Whatever the dialogue thinks: no verdict without a running check, without answers, or with one still to ask.
        if tracker.get_slot(COMPLETE) is not True or not state.started or step.question is not None:
            speaker.add("say.technical_problem")
            speaker.say([intent_button(speaker.lang, "start", "start_check")])
            return [SlotSet(ASSESSMENT, None), SlotSet(COMPLETE, False)]
        result = step.assessment.to_json(speaker.lang, speaker.subject)
        for bubble in verdict_messages(speaker.lang, result, speaker.subject):
            speaker.add_text(bubble)
        speaker.say(after_verdict(speaker.lang))
        return [SlotSet(ASSESSMENT, result)]


def after_verdict(lang: str) -> list[Button]:
    """What one can do with a verdict."""
    return [
        intent_button(lang, "change_answer", "correct_answer"),
        intent_button(lang, "restart", "restart"),
        intent_button(lang, "person", "human_handoff"),
        intent_button(lang, "delete", "delete_data"),
    ]
