"""The launcher as a process: ready when it says so, one clear sentence when it cannot start, gone when told."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys

import pytest

from assistant import launcher
from tests.conftest import ROOT
from tests.support import wait_for

MARKER = "Zonnebloemstraat-912"


def start(port, tmp_path, *arguments):
    environment = {**os.environ, "PORT": str(port), "WEGWIJZER_DB": str(tmp_path / "test.db"), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def service(lab_model, port, tmp_path):
    process = start(port, tmp_path, "tests.assistant.lab.serve")
    for line in process.stdout:
        if line.startswith("http://"):
            process.address = line.strip()
            break
    yield process
    if process.poll() is None:
        process.terminate()
        process.communicate(timeout=30)


def call(port, method, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, None if body is None else json.dumps(body))
    answer = connection.getresponse()
    raw = answer.read()
    connection.close()
    return answer.status, json.loads(raw) if raw.startswith(b"{") else raw


def test_serves_stops_and_logs_nothing_of_the_person(service, port):
    assert service.address == f"http://127.0.0.1:{port}/"
    assert call(port, "GET", "/health") == (200, {"status": "ok"})
    status, opened = call(port, "POST", "/chat/session", {})
    token = opened["session"]
    # A conversation through faults, with the same words everywhere a person can put them.
    for path, body in [
        ("/chat/messages", {"session": token, "text": "moet ik inburgeren"}),
        ("/chat/messages", {"session": token, "text": "fail " + MARKER}),
        ("/chat/messages", {"session": token, "text": MARKER}),
        ("/chat/messages", {"session": token, "text": f"/inform{{{MARKER}"}),
        ("/chat/messages", {"session": token, "text": MARKER + " after the verdict"}),
        ("/chat/messages", {"session": token, "payload": MARKER}),
        ("/chat/messages", {"session": MARKER, "text": MARKER}),
        ("/chat/messages", {"session": token, "text": MARKER * 600}),
        (f"/chat/{MARKER}", {}),
    ]:
        status, _ = call(port, "POST", path, body)
        assert status in (200, 400, 404, 413)
    service.send_signal(signal.SIGINT)
    out, err = service.communicate(timeout=30)
    assert service.returncode == 0
    assert "action validate_eligibility_form failed in conversation" in err
    assert MARKER not in out + err
    assert "Traceback" not in err


def test_a_busy_port_is_one_clear_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start(port, tmp_path, "assistant", "serve")
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.count("\n") == 1
    assert f"Port {port} is in use" in err
    assert out == ""


@pytest.mark.parametrize("value", ["x", "0", "70000", "-1"])
def test_a_port_that_is_none_is_one_clear_sentence(tmp_path, value):
    process = start(value, tmp_path, "assistant", "serve")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.count("\n") == 1
    assert "PORT" in err


def test_a_store_that_cannot_delete_stops_the_start(lab_model, tmp_path):
    endpoints = tmp_path / "endpoints.yml"
    endpoints.write_text("tracker_store:\n  type: assistant.tracker_stoer.Misspelt\n")
    with pytest.warns(UserWarning), pytest.raises(launcher.StartError, match="InMemoryTrackerStore"):
        launcher.load_agent(lab_model, endpoints, "tests.assistant.lab.actions")


def test_purge_goes_on_after_a_failure():
    class Broken:
        async def purge(self, seconds):
            raise OSError

        def forget_old(self):
            return []

    broken = Broken()
    broken.tracker_store = broken.sessions = broken
    wait_for(launcher.purge_once(broken, broken))
