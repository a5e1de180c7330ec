"""Which language a conversation is in."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import Restarted, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk import Tracker

from actions.language import conversation_language, offered


def user(language=None):
    return UserUttered("x", metadata={"language": language} if language else {})


def chosen(language):
    return SlotSet("language", language)


CASES = {
    "nothing said": ([], "nl"),
    "no metadata at all": ([user()], "nl"),
    "first metadata": ([user("fr")], "fr"),
    "words in the conversation win over the same metadata again": ([user("nl"), chosen("en"), user("nl")], "en"),
    "metadata that changes wins over an earlier choice": ([user("nl"), chosen("en"), user("fr")], "fr"),
    "a choice after the changed metadata wins": ([user("nl"), user("fr"), chosen("en"), user("fr")], "en"),
    "a button has no metadata": ([user("fr"), user()], "fr"),
    "metadata in a language that is not offered": ([user("fr"), user("tlh")], "fr"),
    "metadata with a region": ([user("en-GB")], "en"),
    "metadata that is no string": ([UserUttered("x", metadata={"language": 7})], "nl"),
    "detection with no metadata": ([user(), chosen("fr"), user()], "fr"),
    "after a restart": ([user("fr"), Restarted(), user("fr")], "fr"),
}


@pytest.mark.parametrize("events, expected", CASES.values(), ids=CASES)
def test_the_same_answer_from_rasas_tracker_and_from_the_sdks(events, expected):
    slots = [AnySlot("language", mappings=[{}])]
    of_rasa = DialogueStateTracker.from_events("x", events, slots)
    state = of_rasa.current_state()
    of_sdk = Tracker("x", state["slots"], {}, [event.as_dict() for event in events], False, None, {}, None)
    assert (conversation_language(of_rasa), conversation_language(of_sdk)) == (expected, expected)


def test_a_broken_tracker_still_has_a_language():
    assert conversation_language(object()) == "nl"


@pytest.mark.parametrize("code, expected", [("FR", "fr"), ("fr_BE", "fr"), (" en ", "en"), ("", None), (None, None)])
def test_codes_as_browsers_write_them(code, expected):
    assert offered(code) == expected
