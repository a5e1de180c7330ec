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


@pytest.fixture
def rasa(lab_model, tmp_path):
    """A stock Rasa server and action server with the lab assistant; the port of the former."""
    port, actions_port = free_port(), free_port()
    endpoints = tmp_path / "endpoints.yml"
    endpoints.write_text((ROOT / "endpoints.yml").read_text().replace("5055", str(actions_port)))
    environment = {**os.environ, "WEGWIJZER_DB": str(tmp_path / "test.db"), "PYTHONPATH": str(ROOT)}
    program = str(Path(sys.executable).parent / "rasa")
    actions = ["run", "actions", "--actions", "tests.assistant.lab.actions", "-p", str(actions_port)]
    server = ["run", "--enable-api", "-p", str(port), "-m", str(lab_model), "--endpoints", str(endpoints)]
    processes = []
    for address, command in ((actions_port, actions), (port, [*server, "--credentials", "credentials.yml"])):
        log = (tmp_path / f"{address}.log").open("w+")
        process = subprocess.Popen([program, *command], cwd=ROOT, env=environment, stdout=log, stderr=log)
        processes.append(process)
        wait_until_ready(process, address, log)
    yield port
    for process in processes:
        process.terminate()
        process.wait(timeout=60)


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
