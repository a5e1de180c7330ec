"""The guard at the border of the custom actions: whatever an action does, Rasa gets a valid answer.

Stock Rasa is silent when an action fails, loses the form's events (a failing validation when a form starts even ends
in the form's final rule), and writes the whole conversation into its log. With ``install()`` a failing action says
``utter_technical_problem``, a form keeps its question, and the log holds the conversation's id, the action's name, the
kind of error and where it happened, never a word of the person.
"""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from functools import lru_cache
from typing import Any

from jsonschema.validators import validator_for
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

logger = logging.getLogger(__name__)

# Seconds; no action of ours waits for anything outside this machine.
TIMEOUT = 10.0
APOLOGY = "utter_technical_problem"
# The action that tells the verdict, and the slot that brings it: names of domain.yml.
VERDICT = "action_assess"
COMPLETE = "check_complete"

Json = dict[str, Any]


def install() -> None:
    """Put the guard around every action of this process; repeating it does nothing.

    The standard action server (``rasa run actions``) makes its executor before it imports ``actions``, so the guard
    goes around the class. ``actions/__init__.py`` calls this; the launcher's in-process actions use the same class.
    """
    if ActionExecutor.run is not _guarded_run:
        ActionExecutor.run = _guarded_run


_unguarded_run = ActionExecutor.run


async def _guarded_run(executor: ActionExecutor, action_call: Json) -> Json:
    """``ActionExecutor.run`` that always answers validly.

    Raises:
        ActionExecutionRejection: the action's own, regular way to say that it does not apply.
    """
    try:
        answer = await asyncio.wait_for(_unguarded_run(executor, action_call), TIMEOUT)
        # What Rasa gets is a copy, as over HTTP: it changes messages, and they may be an action's constants.
        copied: Json = json.loads(json.dumps(answer))
        answer_validator().validate(copied)
        return copied
    except ActionExecutionRejection:
        raise
    except Exception as error:
        name = str(action_call.get("next_action"))
        logger.error(
            "action %s failed in conversation %s: %s at %s", name, action_call.get("sender_id"), *describe(error)
        )
        return _answer_instead(name, action_call)


def describe(error: BaseException) -> tuple[str, str]:
    """Kind and place of an error, for a log: (class name, "file.py:12 function"); never its message."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno} {frames[-1].name}" if frames else "unknown place"
    return type(error).__name__, place


@lru_cache(maxsize=1)
def answer_validator() -> Any:
    """Rasa's own JSON schema for the answer of an action, checked and compiled once (Rasa: at each answer, 15 ms).

    Raises:
        ModuleNotFoundError: Rasa itself is not installed beside the action server; only the SDK is.
    """
    from rasa.shared.utils.schemas.events import EVENTS_SCHEMA  # the SDK is enough until here

    schema = {
        "type": "object",
        "properties": {"events": EVENTS_SCHEMA, "responses": {"type": "array", "items": {"type": "object"}}},
    }
    validator = validator_for(schema)
    validator.check_schema(schema)
    return validator(schema)


def _answer_instead(name: str, action_call: Json) -> Json:
    events: list[Json] = []
    responses = [_utterance(response=APOLOGY)]
    if name == "action_session_start":
        events = [{"event": "session_started"}, {"event": "action", "name": "action_listen"}]
        responses = []  # the session works; nothing is missing for the person
    elif name.startswith("validate_"):
        events = _keep_asking(name.removeprefix("validate_"), action_call)
        responses += _last_question(action_call)
    elif COMPLETE in _slots(action_call) and name == VERDICT:
        # Not told, so not over: whatever the person says next brings the verdict, not the correction of an answer.
        # The rule of the verdict no longer fits then, so Rasa is told to listen: else it would undo the answer.
        events = [_slot(COMPLETE, False), {"event": "followup", "name": "action_listen"}]
    return {"events": events, "responses": responses}


def _keep_asking(form: str, action_call: Json) -> list[Json]:
    """Events with which the form stays active and waits for the same answer; a form that starts, for its first."""
    if requested := _slots(action_call).get("requested_slot"):
        return [_slot(requested, None), _slot("requested_slot", requested)]
    required = ((action_call.get("domain") or {}).get("forms") or {}).get(form, {}).get("required_slots") or []
    return [_slot("requested_slot", required[0])] if required else []


def _last_question(action_call: Json) -> list[Json]:
    """The last thing the assistant said while the form was waiting, to be said again; none when the form starts."""
    tracker = action_call.get("tracker") or {}
    if not _slots(action_call).get("requested_slot"):
        return []
    for event in reversed(tracker.get("events") or []):
        if event.get("event") == "bot" and event.get("text"):
            metadata = event.get("metadata") or {}
            buttons = (event.get("data") or {}).get("buttons") or []
            return [_utterance(text=event["text"], buttons=buttons, language=metadata.get("language"))]
    return []


def _slots(action_call: Json) -> Json:
    return (action_call.get("tracker") or {}).get("slots") or {}


def _slot(name: str, value: object) -> Json:
    return {"event": "slot", "name": name, "value": value, "timestamp": None}


def _utterance(**parts: object) -> Json:
    return {"text": None, "buttons": [], "elements": [], "custom": {}, "image": None, "attachment": None, **parts}
