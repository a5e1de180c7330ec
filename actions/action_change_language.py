"""Goes on in the language that was named or chosen."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.action_assess import after_verdict
from actions.constants import ASSESSMENT, COMPLETE, LANGUAGE
from actions.language import offered
from actions.reading import Said
from actions.speak import Speaker, language_buttons
from actions.state import State
from wegwijzer.wording import verdict_messages


class ActionChangeLanguage(Action):
    """Sets the slot ``language``; a verdict that was told is told again, and its slot rewritten."""

    def name(self) -> str:
        return "action_change_language"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        said = Said.of(tracker)
        named = said.entity("language")
        lang = offered(named)
        if lang is None:
            speaker = Speaker(dispatcher, tracker)
            speaker.add("say.language_unknown" if named else "say.language_choose")
            speaker.say(language_buttons())
            return []
        speaker = Speaker(dispatcher, tracker, lang)
        speaker.add("say.language_changed")
        events: list[EventType] = [SlotSet(LANGUAGE, lang)]
        if tracker.get_slot(ASSESSMENT) is not None and tracker.get_slot(COMPLETE) is True:
            result = State(tracker).step().assessment.to_json(lang, speaker.subject)
            for bubble in verdict_messages(lang, result, speaker.subject):
                speaker.add_text(bubble)
            speaker.say(after_verdict(lang))
            return [*events, SlotSet(ASSESSMENT, result)]
        speaker.say()
        return events
