"""The training messages of each language: every intent well fed, no message under two intents."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
LEAST = 25


@cache
def examples(lang: str) -> dict[str, list[str]]:
    """Intent -> messages, as the files have them."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "data" / "nlu" / lang).glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = (line.strip() for line in block["examples"].splitlines())
            found[block["intent"]] += [line.removeprefix("- ").strip() for line in lines if line]
    return found


def intents() -> set[str]:
    """The intents of domain.yml."""
    return set(yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"])


def understood() -> list[str]:
    """The languages that have training messages; some are not offered yet."""
    return sorted(path.name for path in (ROOT / "data" / "nlu").iterdir())


@pytest.mark.parametrize("lang", understood())
def test_every_intent_has_enough_messages(lang: str) -> None:
    assert set(examples(lang)) == intents()
    assert {intent: len(set(said)) for intent, said in examples(lang).items() if len(set(said)) < LEAST} == {}


def test_no_message_stands_under_two_intents() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for lang in understood():
        for intent, said in examples(lang).items():
            for message in said:
                owners[message.casefold().strip(" .!?")].add(intent)
    assert {message: sorted(names) for message, names in owners.items() if len(names) > 1} == {}
