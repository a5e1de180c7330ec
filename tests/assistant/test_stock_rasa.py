"""Plain `rasa run` and `rasa run actions` work with what we add: response generator, tracker store, guard, channel."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT
from wegwijzer.texts import text


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def post(port, path, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return answer


def wait_until_ready(process, port, log):
    """Until somebody listens on the port; fails when the process ends before."""
    for _ in range(240):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            pass
        try:
            process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            continue
        break
    process.kill()
    log.seek(0)
    pytest.fail(f"{process.args[1:3]} did not start: {log.read()[-2000:]}")


PROGRAM = str(Path(sys.executable).parent / "rasa")


@contextmanager
def servers(model, package, tmp_path):
    """A stock Rasa server with a model and an action server with the actions of a package; the port of the former."""
    port, actions_port = free_port(), free_port()
    endpoints = tmp_path / "endpoints.yml"
    endpoints.write_text((ROOT / "endpoints.yml").read_text().replace("5055", str(actions_port)))
    environment = {**os.environ, "WEGWIJZER_DB": str(tmp_path / "test.db"), "PYTHONPATH": str(ROOT)}
    actions = ["run", "actions", "--actions", package, "-p", str(actions_port)]
    server = ["run", "--enable-api", "-p", str(port), "-m", str(model), "--endpoints", str(endpoints)]
    processes = []
    try:
        for address, command in ((actions_port, actions), (port, [*server, "--credentials", "credentials.yml"])):
            log = (tmp_path / f"{address}.log").open("w+")
            process = subprocess.Popen([PROGRAM, *command], cwd=ROOT, env=environment, stdout=log, stderr=log)
            processes.append(process)
            wait_until_ready(process, address, log)
        yield port
    finally:
        for process in processes:
            process.terminate()
            process.wait(timeout=60)


@pytest.fixture
def rasa(lab_model, tmp_path):
    """The port of a stock Rasa server with the lab assistant."""
    with servers(lab_model, "tests.assistant.lab.actions", tmp_path) as port:
        yield port


@pytest.mark.full
def test_the_standard_commands_speak_the_same_texts(rasa):
    ask = {"sender": "s1", "message": "start the check", "metadata": {"language": "en"}}
    (message,) = post(rasa, "/webhooks/rest/webhook", ask)
    assert message["text"] == text("en", "ask.municipality")
    assert message["buttons"][0]["title"] == text("en", "button.yes")
    # A fault in the action server: guarded there too.
    fault = {"sender": "s1", "message": "fail", "metadata": {"language": "en"}}
    assert post(rasa, "/webhooks/rest/webhook", fault)[0]["text"] == text("en", "say.technical_problem")
    assert post(rasa, "/model/parse", {"text": "start the check"})["intent"]["name"] == "start_check"
    session = post(rasa, "/webhooks/web/chat/session", {})["session"]
    hello = {"session": session, "text": "what does it cost", "language": "fr"}
    (message,) = post(rasa, "/webhooks/web/chat/messages", hello)["messages"]
    assert message["metadata"] == {"language": "fr"}


@pytest.mark.full
def test_the_real_assistant_asks_its_first_question_in_dutch_with_the_standard_commands(model, tmp_path):
    with servers(model, "actions", tmp_path) as port:
        ask = {"sender": "s1", "message": "ik wil de check doen"}
        (message,) = post(port, "/webhooks/rest/webhook", ask)
    assert message["text"] == text("nl", "ask.municipality")
    assert any('"fact": "municipality"' in button["payload"] for button in message["buttons"])


@pytest.mark.full
def test_rasas_own_check_of_domain_rules_and_training_data_passes():
    check = [PROGRAM, "data", "validate", "--fail-on-warnings"]
    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
