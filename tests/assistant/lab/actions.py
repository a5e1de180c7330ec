"""Actions of the lab assistant: the founder's shapes in small, with a switch that makes any of them fail."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import deletion, guard
from actions.language import conversation_language

guard.install()

# Name of an action -> the exception that it raises.
FAULTS: dict[str, Exception] = {}
# A constant of an action: must not change when its title is filled in.
BUTTONS = [{"text_id": "button.yes", "payload": '/inform{"fact": "age", "answer": "30"}'}]


class LabAction(Action, ABC):
    """An action that fails when the test says so."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        if self.name() in FAULTS:
            raise FAULTS[self.name()]
        return self.act(dispatcher, tracker)

    @abstractmethod
    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        """What the action does when it does not fail."""


class ValidateForm(LabAction):
    """Asks for municipality, then for age; any words are an answer."""

    def name(self) -> str:
        return "validate_eligibility_form"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        if tracker.latest_message["text"].startswith("fail"):
            raise RuntimeError(tracker.latest_message["text"])  # as a library does that complains about its input
        requested = tracker.get_slot("requested_slot")
        events = [SlotSet("language", conversation_language(tracker))]
        known = {name: tracker.get_slot(name) for name in ("municipality", "age")}
        if requested:
            known[requested] = tracker.latest_message["text"]
            events.append(SlotSet(requested, known[requested]))
        missing = [name for name, value in known.items() if value is None]
        if missing:
            dispatcher.utter_message(response=f"utter_ask_{missing[0]}", text_id=f"ask.{missing[0]}", buttons=BUTTONS)
        return [*events, SlotSet("requested_slot", missing[0] if missing else None)]


class Assess(LabAction):
    def name(self) -> str:
        return "action_assess"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        dispatcher.utter_message(response="utter_verdict", text_id="ui.title")
        return [SlotSet("assessment", {"verdict": "obliged"})]


class AnswerQuestion(LabAction):
    def name(self) -> str:
        return "action_answer_question"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        dispatcher.utter_message(response="utter_faq_cost", text_id="ui.title")
        return []


class DeleteData(LabAction):
    def name(self) -> str:
        return "action_delete_data"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        dispatcher.utter_message(response="utter_deleted", text_id="ui.title", **deletion.DELETE_CONVERSATION)
        return []
