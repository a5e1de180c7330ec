"""What is understood of messages that were never trained on does not fall (figures: python -m benchmarks.intents)."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from benchmarks import intents
from tests.conftest import ROOT
from tests.support import wait_for

# Two points under what was measured when this was written.
RIGHT, WRONGLY = 0.83, 0.12


@pytest.mark.parametrize("lang", intents.languages())
def test_held_out_messages_are_understood_or_asked_back(agent: Any, lang: str) -> None:
    result = wait_for(intents.measure(agent, lang))
    assert len(result.pairs) >= 250
    assert result.accuracy >= RIGHT, sorted(result.wrong)
    assert result.taken_wrongly <= WRONGLY, sorted(result.wrong)


@pytest.mark.parametrize("lang", intents.languages())
def test_held_out_messages_are_not_trained_on(lang: str) -> None:
    yaml = YAML(typ="safe")
    trained = {
        line.removeprefix("- ").strip().casefold()
        for path in (ROOT / "data" / "nlu").rglob("*.yml")
        for entry in yaml.load(path)["nlu"]
        for line in entry["examples"].splitlines()
    }
    held_out = {message["text"].strip().casefold() for message in yaml.load(intents.MESSAGES / f"{lang}.yml")}
    assert not held_out & trained
