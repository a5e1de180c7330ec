"""Plain `rasa run` and `rasa run actions` work with what we add: response generator, tracker store, guard, channel."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
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


@pytest.fixture
def rasa(lab_model, tmp_path):
    """A stock Rasa server and action server with the lab assistant; the port of the former."""
    port, actions_port = free_port(), free_port()
    endpoints = tmp_path / "endpoints.yml"
    endpoints.write_text((ROOT / "endpoints.yml").read_text().replace("5055", str(actions_port)))
    environment = {**os.environ, "WEGWIJZER_DB": str(tmp_path / "test.db"), "PYTHONPATH": str(ROOT)}
    program = str(Path(sys.executable).parent / "rasa")
    commands = [
        ("up and running", [program, "run", "actions", "--actions", "tests.assistant.lab.actions", "-p", str(actions_port)]),
        ("server is up", [program, "run", "--enable-api", "-p", str(port), "-m", str(lab_model),
                          "--endpoints", str(endpoints), "--credentials", "credentials.yml"]),
    ]  # fmt: skip
    processes = []
    for ready, command in commands:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        processes.append(process)
        said = []
        for line in process.stdout:
            said.append(line)
            if ready in line:
                break
        else:
            pytest.fail(f"{command[1:3]} did not start: {''.join(said)[-2000:]}")
    yield port
    for process in processes:
        process.terminate()
        process.communicate(timeout=60)


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
