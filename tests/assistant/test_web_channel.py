"""The web channel's rules, on the lab assistant, without a network."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, NamedTuple

import aiohttp
import pytest
from sanic import Sanic

from assistant import launcher
from assistant.channels import web
from assistant.channels.sessions import Sessions, TokenBucket
from assistant.channels.web import MAX_CHARACTERS, WebChannel, WebOutput, clean
from assistant.tracker_store import DeletingTrackerStore
from tests.support import wait_for
from wegwijzer.texts import text

OFFERED = '/inform{"fact": "age", "answer": "30"}'


class Clock:
    """Seconds that pass only when the test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def agent(lab_agent, tmp_path):
    """The lab assistant with a store that can delete."""
    before = lab_agent.tracker_store
    store = DeletingTrackerStore(db=str(tmp_path / "test.db"), domain=lab_agent.domain)
    lab_agent.tracker_store = lab_agent.processor.tracker_store = store
    yield lab_agent
    lab_agent.tracker_store = lab_agent.processor.tracker_store = before


@pytest.fixture
def channel(clock):
    return WebChannel(Sessions(message_burst=5, address_burst=50, clock=clock))


@pytest.fixture
def call(agent, channel, monkeypatch):
    """``call(method, path, body=None) -> Answer`` over HTTP against the launcher's application."""
    monkeypatch.setattr(Sanic, "test_mode", True)  # several applications in one process
    Sanic._app_registry.clear()
    app = launcher.make_app(agent, channel)
    listener = launcher.listen("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"

    # The application's own listeners (purge, private logs) do not run here.
    server = wait_for(app.create_server(sock=listener, return_asyncio_server=True, access_log=False))
    wait_for(server.startup())

    async def stop():
        await server.close()

    async def send(method, path, body):
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        async with aiohttp.ClientSession() as http, http.request(method, address + path, data=data) as answer:
            raw = await answer.read()
            is_json = raw and answer.content_type == "application/json"
            return Answer(answer.status, answer.headers, json.loads(raw) if is_json else raw)

    yield lambda method, path, body=None: wait_for(send(method, path, body))
    wait_for(stop())


class Answer(NamedTuple):
    status: int
    headers: Any
    body: Any


@pytest.fixture
def person(call):
    """A session of its own: ``person("words")`` or ``person(payload=...)``."""
    token = call("POST", "/chat/session").body["session"]

    def say(words=None, **body):
        return call("POST", "/chat/messages", {"session": token, **({"text": words} if words else {}), **body})

    say.token = token
    return say


def test_a_check_by_words_and_buttons(person):
    question = person("start the check", language="en").body["messages"]
    assert [message["text"] for message in question] == [text("en", "ask.municipality")]
    assert question[0]["buttons"] == [{"title": text("en", "button.yes"), "payload": OFFERED}]
    assert question[0]["metadata"] == {"language": "en"}
    assert person(payload=OFFERED).body["messages"][0]["text"] == text("en", "ask.age")


def test_a_payload_that_was_not_offered_is_refused(person, agent):
    person("start the check")
    for payload in ['/inform{"fact": "age", "answer": "31"}', "/restart", "/session_start", 7]:
        answer = person(payload=payload)
        assert (answer.status, answer.body["error"]) == (400, "not_offered")


def test_an_offer_to_one_session_is_none_to_another(person, call):
    person("start the check")
    other = call("POST", "/chat/session").body["session"]
    assert call("POST", "/chat/messages", {"session": other, "payload": OFFERED}).status == 400


@pytest.mark.parametrize("words", ["/start_check", " //start_check", "\u0000/start_check", "/ /start_check"])
def test_words_that_look_like_a_command_are_only_words(person, agent, channel, words):
    person(words)
    (session,) = channel.sessions._sessions.values()
    tracker = wait_for(agent.tracker_store.retrieve(session.conversation_id))
    assert tracker.latest_message.text == "start_check"


def test_control_and_direction_characters_are_taken_out_and_letters_of_all_scripts_kept():
    assert clean("a\x00b\u202ec\ud800\nd") == "abc d"
    kept = "می\u200cخواهم ትግርኛ Ōé"
    assert clean(kept) == kept


@pytest.mark.parametrize(
    "body, status, error",
    [
        ({"text": "x" * (MAX_CHARACTERS + 1)}, 413, "too_long"),
        ({"text": "   "}, 400, "bad_request"),
        ({"text": 7}, 400, "bad_request"),
        ({}, 400, "bad_request"),
        ({"session": "unknown", "text": "x"}, 404, "unknown_session"),
        ({"session": ["x"], "text": "x"}, 404, "unknown_session"),
    ],
)
def test_a_bad_message_gets_a_clear_error_in_the_language(person, call, body, status, error):
    answer = call("POST", "/chat/messages", {"session": person.token, "language": "fr", **body})
    assert (answer.status, answer.body["error"]) == (status, error)
    assert answer.body["message"] in {text("fr", i) for i in ("ui.error", "ui.error_too_long", "ui.session_over")}


def test_the_longest_message_is_accepted(person):
    assert person("x" * MAX_CHARACTERS).status == 200


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff"])
def test_a_body_that_is_no_object_is_refused(call, raw):
    assert call("POST", "/chat/messages", raw).status == 400


def test_a_body_over_8_kb_is_refused(call, person):
    assert call("POST", "/chat/messages", b" " * 9000).status == 413


def test_too_many_messages_are_refused_until_time_has_passed(person, clock):
    assert [person("hello").status for _ in range(6)] == [200] * 5 + [429]
    clock.now += 1
    assert person("hello").status == 200


def test_too_many_requests_of_one_address_are_refused(call):
    assert {call("POST", "/chat/session").status for _ in range(50)} == {200}
    assert call("POST", "/chat/session").status == 429


def test_a_session_is_over_after_an_hour_of_silence(person, clock):
    clock.now += 3599
    assert person("hello").status == 200
    clock.now += 3601
    assert person("hello").status == 404


def test_what_is_over_is_forgotten_and_its_conversation_deleted(person, clock, agent, channel, monkeypatch):
    person("hello")
    clock.now += 3601
    real = time.time
    monkeypatch.setattr("assistant.tracker_store.time.time", lambda: real() + 3601)
    wait_for(launcher.purge_once(agent, channel))
    assert len(channel.sessions) == 0
    assert wait_for(agent.tracker_store.keys()) == []


def test_sessions_are_long_random_and_say_nothing_of_the_conversation(call, channel):
    tokens = {call("POST", "/chat/session").body["session"] for _ in range(3)}
    assert all(len(token) >= 43 for token in tokens)
    ids = {session.conversation_id for session in channel.sessions._sessions.values()}
    assert len(tokens) == len(ids) == 3
    assert not tokens & ids


def test_deleting_a_session_deletes_its_conversation(person, call, agent):
    person("hello")
    assert len(wait_for(agent.tracker_store.keys())) == 1
    assert call("DELETE", "/chat/session", {"session": person.token}).status == 204
    assert wait_for(agent.tracker_store.keys()) == []
    assert person("hello").status == 404
    assert call("DELETE", "/chat/session", {"session": person.token}).status == 404


def test_delete_my_data_deletes_after_the_answer(person, agent):
    person("hello")
    answer = person("delete my data")
    assert answer.body["messages"][0]["metadata"]["conversation_deleted"] is True
    assert wait_for(agent.tracker_store.keys()) == []
    assert person("hello").status == 200


def test_an_empty_answer_of_rasa_becomes_a_sentence(person, agent, monkeypatch):
    async def silent(message):
        return None

    monkeypatch.setattr(agent.processor, "handle_message", silent)
    (message,) = person("hello", language="en").body["messages"]
    assert message["text"] == text("en", "say.technical_problem")
    assert message["metadata"]["language"] == "en"


def test_a_database_that_is_down_is_said_and_is_not_healthy(person, call, agent):
    person("start the check")
    agent.tracker_store.engine.execute("ALTER TABLE events RENAME TO away")
    answer = person("Gent", language="fr")
    assert (answer.status, answer.body["message"]) == (503, text("fr", "say.technical_problem"))
    assert call("GET", "/health").status == 503
    assert call("DELETE", "/chat/session", {"session": person.token}).status == 503
    agent.tracker_store.engine.execute("ALTER TABLE away RENAME TO events")
    assert person("Gent", language="fr").body["messages"][0]["text"] == text("fr", "ask.age")
    assert call("GET", "/health").status == 200


def test_two_messages_at_once_are_answered_one_after_the_other(agent, channel):
    _token, session = channel.sessions.open()
    running, most = 0, 0

    async def on_new_message(message):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        await message.output_channel.send_response("x", {"text": "y"})

    async def both():
        async def one():
            async with session.lock:
                await web._turn(on_new_message, session, "x", None)

        await asyncio.gather(one(), one())

    wait_for(both())
    assert most == 1


def test_the_page_has_strict_headers_and_every_address_too(call):
    for path in ("/", "/index.html", "/web/wegwijzer-chat.js", "/health", "/nothing"):
        policy = call("GET", path).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    assert b"<wegwijzer-chat" in call("GET", "/").body


@pytest.mark.parametrize(
    "method, path",
    [
        ("POST", "/webhooks/rest/webhook"),
        ("POST", "/webhooks/web/chat/session"),
        ("POST", "/model/parse"),
        ("GET", "/conversations/x/tracker"),
        ("GET", "/version"),
        ("GET", "/web/../pyproject.toml"),
        ("GET", "/web/%2e%2e/pyproject.toml"),
    ],
)
def test_nothing_else_is_mounted(call, method, path):
    assert call(method, path, {} if method == "POST" else None).status == 404


def test_the_first_page_does_not_tell_versions(call):
    answer = call("GET", "/")
    assert b"Rasa" not in answer.body
    assert "Server" not in answer.headers


def test_config_of_the_page(call):
    config = call("GET", "/chat/config?language=fr-BE").body
    assert config["language"] == "fr"
    assert config["direction"] == "ltr"
    assert {"code": "nl", "name": "Nederlands", "direction": "ltr"} in config["languages"]
    assert config["texts"]["ui.error"] == text("fr", "ui.error")
    assert all(text_id.startswith("ui.") for text_id in config["texts"])
    assert call("GET", "/chat/config?language=xx").body["language"] == "nl"


def test_blank_lines_part_bubbles_and_the_last_has_the_buttons():
    output = WebOutput()
    buttons = [{"title": "x", "payload": "/x"}]
    wait_for(output.send_response("x", {"text": "a\n\nb", "buttons": buttons, "custom": {"k": 1}, "language": "en"}))
    assert [(m["text"], m["buttons"], m.get("custom")) for m in output.messages] == [
        ("a", [], None),
        ("b", buttons, {"k": 1}),
    ]


def test_a_bucket_fills_up_to_its_burst_and_no_further(clock):
    bucket = TokenBucket(2, 1.0, clock)
    assert [bucket.take() for _ in range(3)] == [True, True, False]
    clock.now += 100
    assert bucket.full
    assert [bucket.take() for _ in range(3)] == [True, True, False]


def test_the_rule_book_is_a_page_of_the_service(call):
    for address in ("/rulebook/", "/rulebook"):
        page = call("GET", address)
        assert page.status == 200
        assert b"Regelboek" in page.body
    assert call("GET", "/rulebook/rulebook.css").status == 200
    assert call("GET", "/rulebook/nothing").status == 404
