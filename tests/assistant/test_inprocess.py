"""Actions in the process: what this leans on in Rasa, and that it answers as the action server does."""

from __future__ import annotations

import jsonschema
import pytest
from rasa.core.actions.action import ActionExecutionRejection as RasaRejection
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from actions import guard
from assistant import inprocess
from tests.support import wait_for

STOCK_SCHEMA = RemoteAction.action_response_format_spec()


def call(name="action_x", **slots):
    tracker = {"sender_id": "c1", "slots": slots, "events": [], "latest_message": {}}
    return {"next_action": name, "sender_id": "c1", "tracker": tracker}


def endpoint(run):
    class Test(Action):
        def name(self):
            return "action_x"

        def run(self, dispatcher, tracker, domain):
            return run(dispatcher, tracker)

    guard.install()
    executor = ActionExecutor()
    executor.register_function("action_x", Test().run)
    return inprocess.InProcessActions(executor)


def test_rasa_calls_what_we_replace():
    assert "_validate_action_result" in RemoteAction.run.__code__.co_names
    assert "request" in RemoteAction.run.__code__.co_names
    assert "request" in vars(EndpointConfig)


def test_our_schema_is_rasas():
    assert guard.answer_validator().schema == STOCK_SCHEMA


@pytest.mark.parametrize(
    "answer, good",
    [
        ({"events": [], "responses": []}, True),
        ({"events": [{"event": "slot", "name": "a", "value": 1, "timestamp": None}], "responses": [{}]}, True),
        ({"events": [{"event": "slot"}]}, False),
        ({"events": 3}, False),
        ({"responses": ["x"]}, False),
        (None, False),
    ],
)
def test_answers_are_judged_as_rasa_judges_them(answer, good):
    def accepted(check):
        try:
            check()
        except jsonschema.ValidationError:
            return False
        return True

    assert accepted(lambda: jsonschema.validate(answer, STOCK_SCHEMA)) is good
    assert accepted(lambda: inprocess._validate_action_result(None, answer)) is good


def test_a_rejection_is_rasas_own_and_no_error_in_the_log():
    def reject(dispatcher, tracker):
        raise ActionExecutionRejection("action_x", "not now")

    with pytest.raises(RasaRejection) as caught:
        wait_for(endpoint(reject).request(json=call()))
    assert (caught.value.action_name, caught.value.message) == ("action_x", "not now")


def test_an_action_cannot_change_the_conversation_by_accident():
    request = call(nationalities=["TR"])
    mine = request["tracker"]["slots"]["nationalities"]
    wait_for(endpoint(lambda d, t: t.get_slot("nationalities").append("BE")).request(json=request))
    assert mine == ["TR"]


def test_rasa_cannot_change_the_constants_of_an_action():
    buttons = [{"text_id": "button.yes", "payload": "/affirm"}]

    def say(dispatcher, tracker):
        dispatcher.utter_message(response="utter_x", buttons=buttons)

    answer = wait_for(endpoint(say).request(json=call()))
    answer["responses"][0]["buttons"][0]["title"] = "Ja"
    assert buttons == [{"text_id": "button.yes", "payload": "/affirm"}]


@pytest.mark.parametrize(
    "result", [[{"event": "slot"}], [{"event": "slot", "name": "a", "value": object(), "timestamp": None}]]
)
def test_an_answer_that_rasa_would_drop_becomes_an_apology(result):
    answer = wait_for(endpoint(lambda d, t: result).request(json=call()))
    assert [response["response"] for response in answer["responses"]] == [guard.APOLOGY]


def test_an_action_that_does_not_exist_becomes_an_apology():
    answer = wait_for(endpoint(lambda d, t: []).request(json=call("action_unknown")))
    assert [response["response"] for response in answer["responses"]] == [guard.APOLOGY]


def test_an_action_that_hangs_becomes_an_apology(monkeypatch):
    monkeypatch.setattr(guard, "TIMEOUT", 0.01)

    async def hang(dispatcher, tracker):
        import asyncio

        await asyncio.Event().wait()

    answer = wait_for(endpoint(hang).request(json=call()))
    assert [response["response"] for response in answer["responses"]] == [guard.APOLOGY]


def test_session_start_that_fails_starts_the_session():
    answer = wait_for(endpoint(lambda d, t: []).request(json=call("action_session_start")))
    assert [event["event"] for event in answer["events"]] == ["session_started", "action"]
    assert answer["events"][1]["name"] == "action_listen"


def test_the_standard_action_server_is_guarded_by_importing_the_actions():
    import actions  # noqa: F401

    assert ActionExecutor.run is guard._guarded_run


def test_an_executor_knows_the_actions_of_its_package_only():
    from tests.assistant.lab import actions as lab  # an action of the same name, imported by somebody else

    executor = inprocess.executor_of("actions")
    run = executor.actions["validate_eligibility_form"]
    assert not isinstance(run.__self__, lab.ValidateForm)
    assert set(executor.actions) > {"action_assess", "action_default_fallback"}
