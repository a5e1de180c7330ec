"""Explains why a question is asked: in plain words, and the provisions that need the answer."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.speak import Speaker, intent_button
from actions.state import State
from wegwijzer.assessment import provisions
from wegwijzer.interview import SPECIAL
from wegwijzer.texts import has_text


class ActionWhyAsk(Action):
    """``why.<fact>`` with the acts and articles behind it."""

    def name(self) -> str:
        return "action_why_ask"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        speaker = Speaker(dispatcher, tracker)
        state = State(tracker)
        question = state.step().question if state.asked else None
        if question is None:
            speaker.add("say.no_check_yet")
            speaker.say([intent_button(speaker.lang, "start", "start_check")])
            return []
        facts = [question.fact]
        if question.fact == SPECIAL:
            facts = [fact for item in question.items for fact in item.facts]
        for fact in facts:
            if has_text(f"why.{fact}"):
                speaker.add(f"why.{fact}")
        citations = []
        for id in question.why:
            citation = provisions()[id].citation(state.as_of)
            if citation is not None and citation.article != "-":
                act = citation.to_json()["act"]
                citations.append(f"{act}, art. {citation.article}")
        if citations:
            speaker.add_text("\n".join(f"- {line}" for line in list(dict.fromkeys(citations))[:4]))
        speaker.say()
        return []
