"""A language that Wegwijzer does not speak is answered with the choice of a language, in those most like it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from assistant.nlu.language import identifier
from benchmarks import understanding
from tests.conftest import ROOT
from tests.support import new_sender, talk
from wegwijzer import lexicon
from wegwijzer.texts import languages, text

MESSAGES: list[dict[str, Any]] = YAML(typ="safe").load(Path(ROOT / "tests" / "nlu" / "other_languages.yml"))
CHOICE = "say.language_unknown"


def told(message: dict[str, Any]) -> bool:
    return bool(set(identifier().near(identifier().identify(message["text"])[0])) & set(message["near"]))


def test_most_messages_of_other_languages_are_told_and_few_of_ours_are_taken_for_them() -> None:
    missed = [message["text"] for message in MESSAGES if not told(message)]
    assert len(missed) <= len(MESSAGES) / 10, missed
    folder = understanding.DEVELOPMENT
    ours = [message.text for lang in understanding.languages(folder) for message in understanding.load(lang, folder)]
    taken = [said for said in ours if identifier().near(identifier().identify(said)[0])]
    assert len(taken) <= len(ours) / 200, taken


def test_languages_that_are_not_ours_name_ours() -> None:
    others = lexicon.load(lexicon.ANY).others
    assert {code: near for code, near in others.items() if not near or not set(near) <= set(languages())} == {}


@pytest.mark.parametrize(
    "message", [message for message in MESSAGES if message["lang"] in ("pt", "bg", "ur", "am", "ku", "zh", "ka")],
    ids=lambda message: str(message["text"])[:20],
)  # fmt: skip
def test_the_choice_is_offered_in_the_languages_most_like_it(agent: Any, message: dict[str, Any]) -> None:
    for payload in (None, "/start_check"):
        sender = new_sender()
        if payload:
            talk(agent, sender, payload)
        turn = talk(agent, sender, message["text"])
        assert any(text(code, CHOICE) in turn.text for code in message["near"])
        buttons = [button["payload"] for shown in turn.messages for button in shown.get("buttons") or []]
        choices = [payload for payload in buttons if payload.startswith("/change_language")]
        assert len(choices) == len(languages())
        assert turn.tracker.get_slot("requested_slot") != "region"
        assert any(f'"{code}"' in choices[0] for code in message["near"])
        assert turn.tracker.get_slot("assessment") is None


def test_a_town_is_understood_in_any_language_and_the_choice_is_offered_once(agent: Any) -> None:
    sender = new_sender()
    talk(agent, sender, "/start_check")
    first, second = (talk(agent, sender, said) for said in (MESSAGES[3]["text"], "não sei quantos anos"))
    assert first.tracker.get_slot("municipality") == "44021"
    assert text("es", CHOICE) in first.text
    assert text("es", CHOICE) not in second.text
