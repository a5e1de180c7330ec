"""Whatever an action does, something is said, nothing is lost and no verdict comes of it."""

from __future__ import annotations

import pytest

from tests.support import new_sender, talk
from wegwijzer.texts import text

APOLOGY = text("nl", "say.technical_problem")
SECRET = "Marcellus-47"


def test_a_check_without_faults_reaches_the_verdict(lab_agent):
    sender = new_sender()
    assert talk(lab_agent, sender, "start the check").text == text("nl", "ask.municipality")
    assert talk(lab_agent, sender, "Gent").text == text("nl", "ask.age")
    assert talk(lab_agent, sender, "30").tracker.get_slot("assessment") == {"verdict": "obliged"}


def test_validation_that_fails_when_the_form_starts_apologises_and_gives_no_verdict(lab_agent, faults):
    sender = new_sender()
    faults["validate_eligibility_form"] = RuntimeError(SECRET)
    turn = talk(lab_agent, sender, "start the check")
    assert turn.text == APOLOGY
    assert turn.tracker.get_slot("assessment") is None
    assert turn.tracker.active_loop_name == "eligibility_form"
    faults.clear()
    assert talk(lab_agent, sender, "Gent").text == text("nl", "ask.age")


def test_validation_that_fails_in_the_form_asks_the_same_question_again(lab_agent, faults):
    sender = new_sender()
    question = talk(lab_agent, sender, "start the check", language="en").messages[-1]
    faults["validate_eligibility_form"] = RuntimeError(SECRET)
    turn = talk(lab_agent, sender, "Gent")
    assert [message["text"] for message in turn.messages] == [text("en", "say.technical_problem"), question["text"]]
    assert turn.messages[-1]["buttons"] == question["buttons"]
    assert turn.tracker.get_slot("requested_slot") == "municipality"
    assert turn.tracker.get_slot("municipality") is None
    faults.clear()
    assert talk(lab_agent, sender, "Gent").tracker.get_slot("municipality") == "Gent"


@pytest.mark.parametrize("words, action", [("what does it cost", "action_answer_question")])
def test_any_other_action_that_fails_apologises_in_the_language_of_the_conversation(lab_agent, faults, words, action):
    faults[action] = ValueError(SECRET)
    turn = talk(lab_agent, new_sender(), words, language="fr")
    assert turn.text == text("fr", "say.technical_problem")
    assert turn.messages[0]["metadata"]["language"] == "fr"


def test_final_action_that_fails_says_so(lab_agent, faults):
    sender = new_sender()
    for words in ("start the check", "Gent"):
        talk(lab_agent, sender, words)
    faults["action_assess"] = KeyError(SECRET)
    turn = talk(lab_agent, sender, "30")
    assert turn.text == APOLOGY
    assert turn.tracker.get_slot("assessment") is None
