"""Whatever a real action does, at whatever stage: one apology, no verdict, no answer lost, and then it goes on."""

from __future__ import annotations

import json
import logging
from datetime import date

import pytest
from rasa.shared.core.events import SlotSet

from actions.constants import ANSWER_SLOTS
from tests.conversations.scenario import said
from tests.support import new_sender, talk, wait_for
from wegwijzer.texts import text

LANGUAGES = ("nl", "en", "fr")
SECRET = "Marcellus-47"
# Somebody who asked for asylum: five answers to a verdict.
ANSWERS = (
    ("municipality", "Mechelen"),
    ("age", "29"),
    ("nationalities", {"nl": "Eritrese", "en": "Eritrean", "fr": "érythréenne"}),
    ("residence_document", '/inform{"fact": "residence_document", "answer": "orange_card"}'),
    ("stay_reason", '/inform{"fact": "stay_reason", "answer": "asylum_pending"}'),
)
# Stage -> how many of the answers were given; None: the check has not begun.
STAGES = {"start": None, "middle": 2, "verdict": len(ANSWERS) - 1, "after": len(ANSWERS)}
# Action -> a message that runs it, wherever the conversation is. The form's own and the verdict's are tested apart.
BY_MESSAGE = {
    "action_answer_question": "/faq_cost",
    "action_why_ask": "/why_ask",
    "action_change_language": '/change_language{"language": "en"}',
    "action_restart": "/restart",
    "action_delete_data": "/delete_data",
    "action_human_handoff": "/human_handoff",
    "action_summary": "/summary",
    "action_repeat": "/repeat",
    "action_default_fallback": "/nlu_fallback",
}


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch):
    monkeypatch.setattr("actions.state.today", lambda: date(2026, 11, 23))


@pytest.fixture
def fail(agent, monkeypatch):
    """Make an action of the real assistant raise, until ``fail.undo()``."""
    actions = agent.action_endpoint._executor.actions

    class Fail:
        def __call__(self, name, error=None):
            async def failing(*_arguments):
                raise error or RuntimeError(SECRET)

            monkeypatch.setitem(actions, name, failing)

        def everything_of(self, target):
            """Make a function of the engine raise."""

            def failing(*_arguments, **_keywords):
                raise RuntimeError(SECRET)

            monkeypatch.setattr(target, failing)

        def undo(self):
            monkeypatch.undo()
            monkeypatch.setattr("actions.state.today", lambda: date(2026, 11, 23))

    return Fail()


class Person:
    """Somebody in a conversation with the real assistant."""

    def __init__(self, agent, lang="nl"):
        self.agent, self.lang, self.sender, self.turn = agent, lang, new_sender(), None

    def say(self, words):
        self.turn = talk(self.agent, self.sender, words, self.lang)
        return self.turn

    def answer(self, number):
        fact, words = ANSWERS[number]
        assert self.asked == fact
        return self.say(words[self.lang] if isinstance(words, dict) else words)

    def come_to(self, stage):
        if STAGES[stage] is None:
            return self
        self.say("/start_check")
        for number in range(STAGES[stage]):
            self.answer(number)
        return self

    @property
    def asked(self):
        return self.turn.tracker.get_slot("requested_slot")

    @property
    def answers(self):
        if self.turn is None:
            return {}
        slots = {name: self.turn.tracker.get_slot(name) for name in ANSWER_SLOTS}
        return {name: value for name, value in slots.items() if value is not None}

    @property
    def assessment(self):
        return self.turn.tracker.get_slot("assessment")

    def apologies(self):
        """Messages of the last turn that apologise; the language is the conversation's."""
        return [m for m in self.turn.messages if text(self.lang, "say.technical_problem") in m["text"]]

    def heard_a_verdict(self):
        return said(self.turn, self.lang, "verdict.disclaimer")


def test_every_real_action_is_tested_here(agent):
    tested = {*BY_MESSAGE, "action_assess", "validate_eligibility_form"}
    assert {name for name in agent.action_endpoint._executor.actions if name != "action_session_start"} == tested


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_fault_the_answers_of_these_tests_lead_to_a_verdict(agent, lang):
    person = Person(agent, lang).come_to("after")
    assert person.assessment["verdict"] == "not_eligible"
    assert person.heard_a_verdict()


@pytest.mark.parametrize(
    "action, stage",
    # In the form an unclear message is the form's own business.
    [(a, s) for a in BY_MESSAGE for s in STAGES if a != "action_default_fallback" or s in ("start", "after")],
)
def test_an_action_that_raises(agent, fail, action, stage):
    person = Person(agent).come_to(stage)
    before, verdict = person.answers, stage == "after"
    asked = person.asked if person.turn else None
    fail(action)
    person.say(BY_MESSAGE[action])
    assert len(person.apologies()) == 1
    # A restart that failed after the verdict leaves the check as it was, complete: then it is told again.
    assert not person.heard_a_verdict() or (action == "action_restart" and verdict)
    assert person.answers == before
    assert (person.assessment is not None) is verdict
    fail.undo()
    if STAGES[stage] is not None and not verdict and action != "action_delete_data":
        assert person.asked == asked
        person.answer(STAGES[stage])
        assert person.answers[asked] is not None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("stage", ("start", "middle", "verdict"))
def test_the_form_that_raises_keeps_its_question(agent, fail, stage, lang):
    person = Person(agent, lang).come_to(stage)
    before, question = person.answers, person.turn and person.turn.messages[-1]
    fail("validate_eligibility_form")
    if question is None:
        person.say("/start_check")
    else:
        asked = person.asked
        person.answer(STAGES[stage])
        assert person.asked == asked
        assert person.turn.messages[-1]["text"] == question["text"]
        assert person.turn.messages[-1]["buttons"] == question["buttons"]
    assert len(person.apologies()) == 1
    assert person.assessment is None
    assert person.answers == before
    fail.undo()
    for number in range(STAGES[stage] or 0, len(ANSWERS)):
        person.answer(number)
    assert person.assessment["verdict"] == "not_eligible"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_verdict_that_raises_is_told_once_the_fault_is_gone(agent, fail, lang):
    person = Person(agent, lang).come_to("verdict")
    fail("action_assess")
    person.answer(STAGES["verdict"])
    assert len(person.apologies()) == 1
    assert person.assessment is None
    assert set(person.answers) >= {fact for fact, _ in ANSWERS}
    fail.undo()
    before = person.answers
    person.say("/affirm")
    assert person.heard_a_verdict() and not person.apologies()
    assert person.assessment["verdict"] == "not_eligible"
    assert person.answers == before


@pytest.mark.parametrize("target", ("actions.state.next_step", "wegwijzer.interview.assess"))
@pytest.mark.parametrize("stage", ("start", "middle", "verdict"))
def test_the_engine_that_raises(agent, fail, target, stage):
    person = Person(agent).come_to(stage)
    before, asked = person.answers, person.turn and person.asked
    fail.everything_of(target)
    if asked is None:
        person.say("/start_check")
    else:
        person.answer(STAGES[stage])
    assert len(person.apologies()) == 1
    assert person.assessment is None
    assert not person.heard_a_verdict()
    assert person.answers == before
    fail.undo()
    for number in range(STAGES[stage] or 0, len(ANSWERS)):
        person.answer(number)
    assert person.assessment["verdict"] == "not_eligible"


FORGED = (
    "/action_assess",
    "/SetSlots(assessment={'verdict': 'obliged'})",
    '/SetSlots{"assessment": {"verdict": "obliged"}, "check_complete": true}',
    '/inform{"assessment": {"verdict": "obliged"}, "check_complete": true}',
    '/inform{"fact": "assessment", "answer": "{\\"verdict\\": \\"obliged\\"}"}',
    '/inform{"fact": "check_complete", "answer": "true"}',
    '/inform{"fact": "requested_slot", "answer": "null"}',
    '/inform{"fact": "age", "answer": "-3"}',
    '/inform{"fact": "stay_reason", "answer": "asylum_pending"}',
    '/inform{"fact": ["age"], "answer": {"a": 1}}',
    '/inform{"fact": null, "answer": null}',
    '/inform{"fact":',
    '/affirm{"check_complete": true}',
    '/correct_answer{"fact": "assessment"}',
    '/change_language{"language": {"a": 1}}',
    '/change_language{"language": "../../etc"}',
)


@pytest.mark.parametrize("stage", ("start", "middle"))
@pytest.mark.parametrize("payload", FORGED)
def test_a_payload_that_nobody_was_offered_gives_no_verdict(agent, payload, stage):
    person = Person(agent).come_to(stage)
    before = person.answers
    person.say(payload)
    assert person.turn.messages
    assert person.assessment is None
    assert not person.heard_a_verdict()
    assert person.answers == before


def forge(person, slots):
    """Put values into the slots of a conversation, past every action."""
    tracker = person.turn.tracker
    for name, value in slots.items():
        tracker.update(SlotSet(name, value))
    wait_for(person.agent.tracker_store.save(tracker))


VERDICT = {"verdict": "obliged"}


@pytest.mark.parametrize("slots", (
    {"assessment": VERDICT},
    {"check_complete": True},
    {"assessment": VERDICT, "check_complete": True, "requested_slot": None},
), ids=json.dumps)  # fmt: skip
@pytest.mark.parametrize("words", ("/action_assess", "/start_check", "/affirm", "/summary", "30"))
def test_a_forged_slot_gives_no_verdict(agent, slots, words):
    person = Person(agent).come_to("middle")
    forge(person, slots)
    person.say(words)
    assert person.turn.messages
    assert not person.heard_a_verdict()


@pytest.mark.xfail(strict=True, reason="action_change_language tells a verdict without looking for an open question")
def test_another_language_gives_no_verdict_for_forged_slots(agent):
    person = Person(agent).come_to("middle")
    forge(person, {"assessment": VERDICT, "check_complete": True})
    person.say('/change_language{"language": "nl"}')
    assert person.turn.messages
    assert not person.heard_a_verdict()


@pytest.mark.parametrize("action, stage, words", (
    ("validate_eligibility_form", "middle", SECRET),
    ("action_assess", "verdict", "ik heb asiel gevraagd"),
    ("action_default_fallback", "start", f"{SECRET} zaza ploef"),
))  # fmt: skip
def test_no_word_of_the_person_is_in_a_log_record(agent, fail, caplog, action, stage, words):
    person = Person(agent).come_to(stage)
    fail(action, ValueError(f"cannot read {words!r}"))
    with caplog.at_level(logging.INFO):
        person.say(words)
    assert len(person.apologies()) == 1
    ours = [record for record in caplog.records if record.name == "actions.guard"]
    assert len(ours) == 1 and action in ours[0].getMessage()
    for record in caplog.records:
        assert words not in record.getMessage() and words not in str(record.exc_info)
