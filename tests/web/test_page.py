"""The page in Chromium against the fake server: what a person can do with it, on a phone and a desktop, in both directions.

The behaviour itself is in ``scenarios.mjs``; here each scenario is a test. ``SCREENSHOTS=DIR`` also keeps pictures.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
WEB = HERE.parent.parent / "web"
SCENARIOS = re.findall(r"^  async (\w+)\(browser\)", (HERE / "scenarios.mjs").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="session")
def fake_server() -> Iterator[str]:
    """Address of a running fake server."""
    command = [sys.executable, str(HERE / "fake_server.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture(scope="session")
def outcomes(request: pytest.FixtureRequest, node: str, fake_server: str) -> dict[str, str | None]:
    """Scenario name -> its error or None, for all scenarios selected in this run, in one browser."""
    wanted = [item.callspec.params["scenario"] for item in request.session.items if "scenario" in getattr(item, "fixturenames", ())]
    run = subprocess.run([node, "scenarios.mjs", fake_server, *wanted], cwd=HERE, capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stderr
    return {line["name"]: line["error"] for line in map(json.loads, run.stdout.splitlines())}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_page(scenario: str, outcomes: dict[str, str | None]) -> None:
    """One scenario of ``scenarios.mjs``."""
    assert outcomes[scenario] is None, outcomes[scenario]


def text_ids() -> set[str]:
    """The texts that the page asks for by id."""
    return set(re.findall(r'"(ui\.\w+)"', (WEB / "wegwijzer-chat.js").read_text(encoding="utf-8")))


def test_page_texts_are_all_in_the_catalogue() -> None:
    """Every text the page shows exists in the source catalogue, and the catalogue has no page text that nothing shows."""
    catalogue = (WEB.parent / "locales" / "nl" / "LC_MESSAGES" / "wegwijzer.po").read_text(encoding="utf-8")
    assert text_ids() == set(re.findall(r'^msgctxt "(ui\.\w+)"', catalogue, re.MULTILINE))


def test_fake_server_has_the_texts_of_the_page() -> None:
    """The double speaks of the same ids, in every one of its languages."""
    fixture = json.loads((HERE / "fake_texts.json").read_text(encoding="utf-8"))
    for texts in fixture["texts"].values():
        assert set(texts) == text_ids()


def test_page_is_free_of_inline_code_and_other_hosts() -> None:
    """What the policy would block, and what would leave the machine, is not in the sources either."""
    for file in WEB.iterdir():
        source = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|innerHTML|outerHTML|insertAdjacentHTML|<style|\sstyle=|\son\w+=["']|@import""", source), file
