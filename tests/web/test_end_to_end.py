"""The page in Chromium at the real service: a newcomer who answers in words as well as by buttons."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.web.driver import run_selected, scenario_names
from wegwijzer.texts import catalogue, text

ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGE = "nl"


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of ``python -m assistant serve`` with an empty database; it trains first when there is no model."""
    folder = tmp_path_factory.mktemp("service")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "WEGWIJZER_DB": str(folder / "test.db")}
    command = [sys.executable, "-m", "assistant", "serve"]
    with (
        (folder / "log").open("w+", encoding="utf-8") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        assert process.stdout is not None
        address = next((line.strip() for line in process.stdout if line.startswith("http://")), None)
        if address is None:
            log.seek(0)
            pytest.fail(f"the service did not start:\n{log.read()}")
        yield address.rstrip("/")
        process.terminate()


def plan() -> str:
    """What the newcomer answers (JSON): a recognised refugee of 34 in Ghent, registered 40 days ago, so obliged."""
    texts = catalogue(LANGUAGE).texts
    questions = {
        fact: [text(LANGUAGE, id)]
        for id in texts
        if id.startswith("ask.") and (fact := id.removeprefix("ask.")).isidentifier()
    }
    registered = date.today() - timedelta(days=40)
    return json.dumps(
        {
            "start": "Hallo",
            "send": text("en", "ui.send"),
            "questions": questions,
            "verdicts": [text(LANGUAGE, id) for id in texts if id.startswith("verdict.") and id.endswith(".title")],
            "expected": text(LANGUAGE, "verdict.obliged.title"),
            "words": {
                "municipality": "Ik woon in Gent",
                "age": "vierendertig",
                "nationalities": "Syrische",
                "birth_country": "Syrië",
                "birth_date": f"3 mei {registered.year - 34}",
                "registration_date": registered.strftime("%d/%m/%Y"),
                "lawful_stay_since": registered.strftime("%d/%m/%Y"),
                "stay_reason": "Ik ben erkend vluchteling",
            },
            "buttons": {
                "region": "flanders",
                "registered": "yes",
                "first_registration": "true",
                "residence_document": "A",
                "special_situations": "none",
                "occupation": "none",
                "school": "none",
            },
        }
    )


@pytest.fixture(scope="session")
def outcomes(request: pytest.FixtureRequest, service: str) -> dict[str, str | None]:
    """Scenario name -> its error or None."""
    return run_selected(request, "e2e.mjs", service, plan())


@pytest.mark.parametrize("scenario", scenario_names("e2e.mjs"))
def test_end_to_end(scenario: str, outcomes: dict[str, str | None]) -> None:
    """One scenario of ``e2e.mjs``."""
    assert outcomes[scenario] is None, outcomes[scenario]
