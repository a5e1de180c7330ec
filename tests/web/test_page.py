"""The page in Chromium against the fake server: what a person can do, phone and desktop, both directions.

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

from tests.web.driver import run_selected, scenario_names

HERE = Path(__file__).resolve().parent
WEB = HERE.parent.parent / "web"


@pytest.fixture(scope="session")
def fake_server() -> Iterator[str]:
    """Address of a running fake server."""
    command = [sys.executable, str(HERE / "fake_server.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture(scope="session")
def outcomes(request: pytest.FixtureRequest, fake_server: str) -> dict[str, str | None]:
    """Scenario name -> its error or None."""
    return run_selected(request, "scenarios.mjs", fake_server)


@pytest.mark.parametrize("scenario", scenario_names("scenarios.mjs"))
def test_page(scenario: str, outcomes: dict[str, str | None]) -> None:
    """One scenario of ``scenarios.mjs``."""
    assert outcomes[scenario] is None, outcomes[scenario]


def text_ids() -> set[str]:
    """The texts that the page asks for by id."""
    return set(re.findall(r'"(ui\.\w+)"', (WEB / "wegwijzer-chat.js").read_text(encoding="utf-8")))


def test_page_texts_are_all_in_the_catalogue() -> None:
    """Every text the page shows is in the source catalogue, which has no page text that nothing shows."""
    catalogue = (WEB.parent / "locales" / "nl" / "LC_MESSAGES" / "wegwijzer.po").read_text(encoding="utf-8")
    assert text_ids() == set(re.findall(r'^msgctxt "(ui\.\w+)"', catalogue, re.MULTILINE))


def test_fake_server_has_the_texts_of_the_page() -> None:
    """The double speaks of the same ids, in every one of its languages."""
    fixture = json.loads((HERE / "fake_texts.json").read_text(encoding="utf-8"))
    for texts in fixture["texts"].values():
        assert set(texts) == text_ids()


# Markup made from text, inline code or style, another host.
FORBIDDEN = (
    r"""(?:src|href)=["']?(?:https?:)?//|innerHTML|outerHTML|insertAdjacentHTML|<style|\sstyle=|\son\w+=["']|@import"""
)


def test_page_is_free_of_inline_code_and_other_hosts() -> None:
    """What the policy would block, and what would leave the machine, is not in the sources either."""
    for file in WEB.iterdir():
        source = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(FORBIDDEN, source), file
