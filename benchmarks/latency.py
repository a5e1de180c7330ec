"""Turns through the web channel beside stock Rasa, with the same model, in one run on one machine.

Two services are started on the loopback: ours (``python -m assistant serve``, turns through its web channel) and stock
Rasa (``rasa run`` and ``rasa run actions``, turns through the rest channel), each with an empty database that is thrown
away. Clients play the conversations of ``docs/transcripts`` in every language, typed words and buttons; the answers of
both services must be the same. Rounds alternate between the two, so that other work on the machine hits both; all
processes are stopped at the end.

    python -m benchmarks.latency [--rounds 3]
"""

from __future__ import annotations

import argparse
import http.client
import json
import math
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant import training, transcripts
from wegwijzer.texts import languages

ROOT = training.ROOT
HOST = "127.0.0.1"
CLIENTS = 8
# Seconds in which a service has to be up.
START_WITHIN = 180.0
# The marks of docs: at most a quarter of the median latency, four times the turns a second, half the memory.
MARKS = {"latency": 1 / 4, "rate": 4.0, "memory": 1 / 2}


@dataclass
class Service:
    """A running service: its ``processes``, where it listens, and how long it took to start (seconds)."""

    name: str
    port: int
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    started_in: float = 0.0

    def memory(self) -> float:
        """Resident memory of all processes together, in MB."""
        return sum(_resident(process.pid) for process in self.processes) / 1024

    def stop(self) -> None:
        """End the processes that this run started."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _resident(pid: int) -> int:
    """VmRSS in KB of a process and its children."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    own = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return own + sum(_resident(int(child)) for child in children)


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


def _start(service: Service, command: Sequence[str], folder: Path, port: int, environment: dict[str, str]) -> None:
    """Start a process and wait until it answers an HTTP request on ``port``."""
    log = folder / f"{port}.log"
    begin = time.perf_counter()
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=file, stderr=subprocess.STDOUT
        )
    service.processes.append(process)
    while time.perf_counter() - begin < START_WITHIN and process.poll() is None:
        try:
            connection = http.client.HTTPConnection(HOST, port, timeout=START_WITHIN)
            connection.request("GET", "/health")
            connection.getresponse().read()
            connection.close()
        except OSError:
            try:
                process.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue
        else:
            service.started_in += time.perf_counter() - begin
            return
    raise RuntimeError(f"{service.name} did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def start_ours(service: Service, folder: Path) -> None:
    """Our launcher: one process."""
    environment = {
        "HOST": HOST,
        "PORT": str(service.port),
        "WEGWIJZER_DB": str(folder / "ours.db"),
        "WEGWIJZER_SESSION_RATE": "1000000/1000000",
        "WEGWIJZER_ADDRESS_RATE": "1000000/1000000",
    }
    _start(service, [sys.executable, "-m", "assistant", "serve"], folder, service.port, environment)


def start_stock(service: Service, folder: Path, model: Path) -> None:
    """Rasa's own commands: a server with the rest channel, and an action server."""
    actions_port = free_port()
    endpoints = folder / "endpoints.yml"
    original = (ROOT / "endpoints.yml").read_text(encoding="utf-8")
    endpoints.write_text(original.replace("localhost:5055", f"{HOST}:{actions_port}"), encoding="utf-8")
    credentials = folder / "credentials.yml"
    credentials.write_text("rest:\n", encoding="utf-8")
    environment = {
        "WEGWIJZER_DB": str(folder / "stock.db"),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    rasa = str(Path(sys.executable).parent / "rasa")
    _start(service, [rasa, "run", "actions", "-p", str(actions_port)], folder, actions_port, environment)
    server = [rasa, "run", "-i", HOST, "-p", str(service.port), "-m", str(model)]
    files = ["--endpoints", str(endpoints), "--credentials", str(credentials)]
    _start(service, [*server, *files], folder, service.port, environment)


class Client:
    """One person's connection to a service."""

    def __init__(self, service: Service) -> None:
        self.stock = service.name == "stock"
        self.connection = http.client.HTTPConnection(HOST, service.port, timeout=120)
        self.session = uuid.uuid4().hex if self.stock else str(self._post("/chat/session", {})["session"])

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        self.connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        data = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {data[:200]!r}")
        return json.loads(data)

    def say(self, said: str, lang: str) -> tuple[float, str, list[dict[str, str]]]:
        """One turn: seconds, all that was answered, the newest buttons."""
        begin = time.perf_counter()
        if self.stock:
            body: dict[str, Any] = {"sender": self.session, "message": said, "metadata": {"language": lang}}
            messages = self._post("/webhooks/rest/webhook", body)
        else:
            body = {"session": self.session, "language": lang, "payload" if said.startswith("/") else "text": said}
            messages = self._post("/chat/messages", body)["messages"]
        seconds = time.perf_counter() - begin
        answered = "\n\n".join(message["text"] for message in messages)
        return seconds, answered, [button for message in messages for button in message.get("buttons") or []]


def converse(service: Service, lang: str) -> tuple[list[float], list[str]]:
    """The whole conversation of one language: seconds of each turn, and the answers."""
    client = Client(service)
    seconds: list[float] = []
    answers: list[str] = []
    buttons: list[dict[str, str]] = []
    for entry in transcripts.script(lang):
        said, _ = transcripts.said_by(entry, buttons)
        took, answered, buttons = client.say(said, lang)
        seconds.append(took)
        answers.append(answered)
    client.connection.close()
    return seconds, answers


@dataclass
class Measured:
    """Seconds of each turn, and the wall time of the rounds."""

    seconds: list[float] = field(default_factory=list)
    wall: float = 0.0

    @property
    def median(self) -> float:
        """Milliseconds."""
        return statistics.median(self.seconds) * 1000

    @property
    def worst_in_twenty(self) -> float:
        """95 % in milliseconds."""
        return sorted(self.seconds)[math.ceil(0.95 * len(self.seconds)) - 1] * 1000

    @property
    def rate(self) -> float:
        """Turns a second."""
        return len(self.seconds) / self.wall


def play(service: Service, clients: int, conversations: Sequence[str], measured: Measured) -> None:
    """A round: these conversations (languages), shared out over so many clients at once."""
    begin = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for seconds, _ in pool.map(lambda lang: converse(service, lang), conversations):
            measured.seconds += seconds
    measured.wall += time.perf_counter() - begin


def _row(name: str, ours: float, stock: float, unit: str, mark: str | None = None) -> str:
    ratio = ours / stock
    verdict = ""
    if mark is not None:
        wanted = MARKS[mark]
        reached = ratio >= wanted if mark == "rate" else ratio <= wanted
        verdict = f"{'>=' if mark == 'rate' else '<='} {wanted:g}: {'reached' if reached else 'not reached'}"
    return f"| {name} | {ours:.1f} {unit} | {stock:.1f} {unit} | {ratio:.2f} | {verdict} |"


def run(rounds: int) -> None:
    """Start both, play, print the table."""
    model = training.ensure_model()
    spoken = [lang for lang in languages() if (transcripts.SCRIPTS / f"{lang}.yml").is_file()]
    ours, stock = Service("ours", free_port()), Service("stock", free_port())
    with tempfile.TemporaryDirectory() as name:
        try:
            folder = Path(name)
            start_ours(ours, folder)
            start_stock(stock, folder, model)
            print(f"load at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; model {model.name}")
            for lang in spoken:  # also warms both up
                if converse(ours, lang)[1] != converse(stock, lang)[1]:
                    raise RuntimeError(f"the two services answer differently in {lang!r}")
            memory = ours.memory(), stock.memory()
            results = {}
            for clients in (1, CLIENTS):
                pair = results[clients] = Measured(), Measured()
                for _ in range(rounds):
                    conversations = spoken * (1 if clients == 1 else CLIENTS // 2)
                    play(ours, clients, conversations, pair[0])
                    play(stock, clients, conversations, pair[1])
            after = ours.memory(), stock.memory()
        finally:
            for service in (ours, stock):
                service.stop()
    print("| turns in " + ", ".join(spoken) + " | Wegwijzer | stock Rasa + action server | ratio | mark |")
    print("| --- | --- | --- | --- | --- |")
    for clients, (mine, theirs) in results.items():
        at = f"{clients} client{'s' if clients > 1 else ''}"
        turns = f"({len(mine.seconds)} turns each)"
        print(_row(f"median latency, {at} {turns}", mine.median, theirs.median, "ms", "latency"))
        print(_row(f"95 % latency, {at}", mine.worst_in_twenty, theirs.worst_in_twenty, "ms"))
        print(_row(f"turns a second, {at}", mine.rate, theirs.rate, "/s", "rate" if clients > 1 else None))
    print(_row("memory after a free-text turn in every language", *memory, "MB", "memory"))
    print(_row("memory at the end", *after, "MB"))
    print(_row("start-up (model trained)", ours.started_in, stock.started_in, "s"))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Turns through the web channel beside stock Rasa.")
    parser.add_argument("--rounds", type=int, default=3)
    run(parser.parse_args().rounds)


if __name__ == "__main__":
    main()
