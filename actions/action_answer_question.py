"""Answers a question on the programme (``faq_<topic>``)."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.constants import FORM, QUESTION_PREFIX
from actions.reading import Said
from actions.speak import Speaker, intent_button
from wegwijzer.texts import has_text


class ActionAnswerQuestion(Action):
    """The text ``faq.<topic>``; outside a check with the offer to start one."""

    def name(self) -> str:
        return "action_answer_question"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        speaker = Speaker(dispatcher, tracker)
        id = f"faq.{Said.of(tracker).intent.removeprefix(QUESTION_PREFIX)}"
        speaker.add(id if has_text(id) else "say.out_of_scope")
        if (tracker.active_loop or {}).get("name") == FORM:
            speaker.say()
        else:
            speaker.say([intent_button(speaker.lang, "start", "start_check")])
        return []
