"""What logs print once people talk to the process."""

from __future__ import annotations

import logging
import warnings

import pytest
import structlog

from assistant import logs

MARKER = "Zonnebloemstraat-912"


@pytest.fixture
def printed(capsys):
    logs.configure()
    logs.keep_private()
    yield lambda: capsys.readouterr().err
    logs.configure()


def fail():
    raise ValueError(MARKER)


def test_messages_of_others_are_left_out_and_their_place_is_told(printed):
    logging.getLogger("rasa.core.processor").error(f"could not handle {MARKER}")
    line = printed()
    assert MARKER not in line
    assert "rasa.core.processor" in line
    assert "test_logs.py" in line


def test_exceptions_are_told_by_kind_and_place_with_their_causes(printed):
    try:
        try:
            fail()
        except ValueError as error:
            raise RuntimeError(MARKER) from error
    except RuntimeError:
        logging.getLogger("sanic.error").exception("request %s failed", MARKER)
    lines = printed()
    assert MARKER not in lines
    assert lines.index("ValueError") < lines.index("RuntimeError")
    assert "test_logs.py" in lines
    assert " fail" in lines


def test_structlog_keeps_the_name_of_the_event_only(printed):
    try:
        fail()
    except ValueError:
        structlog.get_logger().exception("rest.message.received.failure", text=MARKER)
    lines = printed()
    assert "rest.message.received.failure" in lines
    assert "ValueError" in lines
    assert MARKER not in lines


def test_warnings_are_logs_too(printed):
    warnings.warn(MARKER, UserWarning, stacklevel=1)
    assert MARKER not in printed()


def test_our_own_messages_are_printed(printed):
    logging.getLogger("assistant.guard").error("action %s failed", "action_assess")
    assert "action action_assess failed" in printed()


def test_before_people_talk_messages_are_printed_in_full(capsys):
    logs.configure()
    logging.getLogger("rasa").error("Could not load model")
    assert "Could not load model" in capsys.readouterr().err
