"""The conversations of the README: in every language, from the first words to a verdict."""

from __future__ import annotations

from typing import Any

import pytest

from assistant import transcripts
from tests.support import wait_for
from wegwijzer.texts import languages, text


@pytest.mark.parametrize("lang", languages())
def test_the_transcript_ends_with_a_verdict(agent: Any, lang: str) -> None:
    script = transcripts.script(lang)
    shown = wait_for(transcripts.converse(agent, script, lang))
    turns = shown.split("\n**")
    assert len(turns) == len(script)
    assert text(lang, "verdict.disclaimer") in turns[-1]
    # Every message was understood the first time.
    for misunderstood in (
        "say.not_understood",
        "say.not_understood_fact",
        "say.place_unknown",
        "say.technical_problem",
    ):
        assert text(lang, misunderstood) not in shown


def test_a_language_without_a_script_is_one_sentence() -> None:
    with pytest.raises(transcripts.ScriptError, match=r"no transcript in 'xx'; there is one in: ar, en, .*nl"):
        transcripts.script("xx")


def test_a_button_that_was_not_shown_is_not_pressed() -> None:
    buttons = [{"title": "Ja", "payload": "/affirm"}]
    assert transcripts.said_by({"button": 1}, buttons) == ("/affirm", "[Ja]")
    with pytest.raises(transcripts.ScriptError):
        transcripts.said_by({"button": 2}, buttons)
