"""The engine as a service for other programs: the command line's answer over HTTP, and nothing kept."""

from __future__ import annotations

import json
import logging
from datetime import date
from typing import Any

import jsonschema
import pytest

from assistant.channels.sessions import Sessions
from assistant.channels.web import MAX_BODY, WebChannel
from tests.assistant.test_web_channel import Answer, call  # noqa: F401  (the fixture)
from tests.law.test_cases import PUBLIC_CASES
from wegwijzer.__main__ import assess_json
from wegwijzer.facts import PARSERS

FACTS = {"municipality": "Gent", "nationalities": ["NL"], "registered": "yes"}


@pytest.fixture
def channel() -> WebChannel:
    return WebChannel(Sessions(50, 50.0, 200, 100.0))


def description(call: Any) -> dict[str, Any]:  # noqa: F811
    document = call("GET", "/openapi.json").body["paths"]["/assess"]["post"]
    assert isinstance(document, dict)
    return document


def test_the_answer_is_the_one_of_the_command_line(call: Any) -> None:  # noqa: F811
    answer: Answer = call("POST", "/assess?lang=en&as_of=2026-11-23", FACTS)
    assert answer.status == 200
    assert answer.body == assess_json(FACTS, date(2026, 11, 23), "en")
    assert answer.headers["Cache-Control"] == "no-store"


def test_public_cases_fit_the_description(call: Any) -> None:  # noqa: F811
    document = description(call)
    asked = document["requestBody"]["content"]["application/json"]["schema"]
    answered = document["responses"]["200"]["content"]["application/json"]["schema"]
    assert set(asked["properties"]) == set(PARSERS)
    for case in PUBLIC_CASES[:20]:
        jsonschema.validate(case["facts"], asked)
        answer = call("POST", f"/assess?as_of={case['as_of']}", case["facts"])
        assert answer.status == 200
        jsonschema.validate(answer.body, answered)


@pytest.mark.parametrize(
    ("address", "body", "named"),
    [
        ("/assess", b"{", "JSON"),
        ("/assess", b"[" * 5000, "JSON"),
        ("/assess", b"[]", "facts"),
        ("/assess", {"colour": "red"}, "colour"),
        ("/assess", {"age": "old"}, "age"),
        ("/assess", {"as_of": "tomorrow"}, "as_of"),
        ("/assess?as_of=tomorrow", FACTS, "as_of"),
        ("/assess?lang=xx", FACTS, "lang"),
    ],
)
def test_bad_input_is_one_sentence_that_names_it(call: Any, address: str, body: Any, named: str) -> None:  # noqa: F811
    answer = call("POST", address, body)
    assert answer.status == 400
    assert list(answer.body) == ["error"]
    assert named in answer.body["error"]
    assert "\n" not in answer.body["error"]


def test_a_body_that_is_too_long_is_refused(call: Any) -> None:  # noqa: F811
    assert call("POST", "/assess", b" " * (MAX_BODY + 1)).status == 413


def test_an_address_that_asks_too_often_waits(call: Any, channel: WebChannel) -> None:  # noqa: F811
    channel.sessions = Sessions(50, 50.0, 3, 0.0001)
    assert [call("POST", "/assess", FACTS).status for _ in range(5)] == [200, 200, 200, 429, 429]


def test_nothing_of_the_body_is_logged(call: Any, caplog: pytest.LogCaptureFixture) -> None:  # noqa: F811
    with caplog.at_level(logging.DEBUG):
        call("POST", "/assess", {"municipality": "Zonnebloemendorp"})
        call("POST", "/assess", json.dumps({**FACTS, "age": 77}).encode())
    assert "Zonnebloemendorp" not in caplog.text
    assert "77" not in [word for record in caplog.records for word in record.getMessage().split()]
