"""What logs print once people talk to the process."""

from __future__ import annotations

import io
import logging

import pytest
import structlog

from assistant import logs

MARKER = "Zonnebloemstraat-912"


@pytest.fixture
def printed(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(logging, "raiseExceptions", True)
    logs.configure(stream=stream)
    logs.keep_private()
    yield stream.getvalue
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
    # As Python does once logging captures warnings; pytest captures them itself.
    logging.getLogger("py.warnings").warning(MARKER)
    assert "py.warnings" in printed()
    assert MARKER not in printed()


def test_a_record_that_cannot_be_formatted_says_nothing(printed, capsys):
    logging.getLogger("assistant").error("%d", MARKER)
    assert MARKER not in printed() + capsys.readouterr().err


def test_our_own_messages_are_printed(printed):
    logging.getLogger("actions.guard").error("action %s failed", "action_assess")
    assert "action action_assess failed" in printed()


def test_before_people_talk_messages_are_printed_in_full():
    stream = io.StringIO()
    logs.configure(stream=stream)
    logging.getLogger("rasa").error("Could not load model")
    logs.configure()
    assert "Could not load model" in stream.getvalue()
