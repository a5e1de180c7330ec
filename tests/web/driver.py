"""Runs the scenarios of this folder's scripts in one browser and brings back what became of each."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def scenario_names(script: str) -> list[str]:
    """The scenarios that a script of this folder defines, in its order."""
    source = (HERE / script).read_text(encoding="utf-8")
    return re.findall(r"^  async (\w+)\(browser\)", source, re.MULTILINE)


def run_selected(request: pytest.FixtureRequest, script: str, address: str, plan: str = "") -> dict[str, str | None]:
    """Runs in one browser the scenarios of ``script`` that are selected in this test run.

    Args:
        request: of a fixture; the tests with a parameter ``scenario`` say what is selected.
        address: of the server under test.
        plan: what the script reads from standard input.

    Returns:
        scenario name -> its error, or None.
    """
    node = request.getfixturevalue("node")
    tests = [item for item in request.session.items if isinstance(item, pytest.Function)]
    chosen = [str(test.callspec.params["scenario"]) for test in tests if "scenario" in test.fixturenames]
    wanted = [name for name in scenario_names(script) if name in chosen]
    command = [node, script, address, *wanted]
    run = subprocess.run(command, cwd=HERE, input=plan, capture_output=True, text=True, timeout=900, check=False)
    assert run.returncode == 0, run.stderr
    return {line["name"]: line["error"] for line in map(json.loads, run.stdout.splitlines())}
