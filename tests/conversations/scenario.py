"""Scenarios in YAML, in the look of Rasa's end-to-end tests, held against the real assistant.

A file is one behaviour: ``test_cases``, each with ``test_case`` (its name) and ``steps``. Steps that speak:

* ``user``: words, one string or one for each language;
* ``button: {fact, answer}``: a button of the last answer, which must be there; ``button: text.id``: the one so titled;
* ``payload``: sent as it is, whether or not it was offered.

Steps that look at what came back:

* ``utter``: a text id or a list, all said; ``not_utter``: none said;
* ``asked``: the fact asked now (null: none); ``offered``/``not_offered``: answers of its buttons;
* ``slot_was_set``: slots with the value that they have now;
* ``assessment``: parts of the slot (null: the slot is empty); ``verdict``: short for its verdict, which was also told;
* ``language``: of every message of the answer; ``answers``: the slots that hold an answer now, exactly.

``languages`` limits a case, ``metadata_language`` replaces the page's language (null: the page sends none).
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from actions.constants import ANSWER_SLOTS
from tests.support import Turn, new_sender, talk
from wegwijzer.texts import OTHER, for_subject, languages, text
from wegwijzer.wording import verdict_kind

FOLDER = Path(__file__).parent


def load() -> list[Any]:
    """(case, language) with a readable id for pytest."""
    import pytest

    found = []
    for path in sorted(FOLDER.rglob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))["test_cases"]:
            for lang in case.get("languages", ("nl", "en", "fr")):
                name = f"{path.relative_to(FOLDER).with_suffix('')}: {case['test_case']} [{lang}]"
                found.append(pytest.param(case, lang, id=name))
    return found


def said(turn: Turn, lang: str, id: str) -> bool:
    """Did the turn say the catalogue text ``id``, whatever fills its gaps?"""
    parts = re.split(r"\{\w+\}", " ".join(text_with_gaps(lang, id).split()))
    pattern = ".+?".join(re.escape(part) for part in parts)
    return re.search(pattern, " ".join(turn.text.split())) is not None


def text_with_gaps(lang: str, id: str) -> str:
    """The catalogue text with its placeholders."""
    from wegwijzer.texts import SOURCE, catalogue

    return (catalogue(lang).texts.get(id) or catalogue(SOURCE).texts[id])[-1]


class Talk:
    """One conversation with the agent, held against a scenario."""

    def __init__(self, agent: Any, lang: str, metadata_language: str | None) -> None:
        self.agent, self.lang, self.metadata_language = agent, lang, metadata_language
        self.sender = new_sender()
        self.turn = Turn([], None)

    def run(self, steps: list[dict[str, Any]]) -> None:
        """Take every step; AssertionError tells the step and what was said."""
        for number, step in enumerate(steps, 1):
            for kind, wanted in step.items():
                try:
                    getattr(self, f"_{kind}")(wanted)
                except AssertionError as error:
                    shown = "\n".join(
                        f"  | {message['text']} {self._titles(message)}" for message in self.turn.messages
                    )
                    raise AssertionError(f"step {number} {kind}: {wanted!r} [{self.lang}]: {error}\n{shown}") from None

    @staticmethod
    def _titles(message: dict[str, Any]) -> list[str]:
        return [button["title"] for button in message["buttons"]]

    # --- speaking ----------------------------------------------------------------------------------------------------

    def say(self, words: str) -> Turn:
        """Send words or a payload; something always comes back."""
        self.turn = talk(self.agent, self.sender, words, self.metadata_language)
        assert self.turn.messages or self.turn.tracker is None, f"silence after {words!r}"
        return self.turn

    def _user(self, wanted: str | dict[str, str]) -> None:
        self.say(str(wanted[self.lang] if isinstance(wanted, dict) else wanted))

    def _payload(self, wanted: str) -> None:
        self.say(wanted)

    def _button(self, wanted: str | dict[str, str]) -> None:
        for button in self.buttons():
            if isinstance(wanted, str) and button["title"] == text(self.lang, wanted):
                break
            _, brace, rest = button["payload"].partition("{")
            if isinstance(wanted, dict) and json.loads(brace + rest or "{}") == wanted:
                break
        else:
            raise AssertionError("no such button")
        self.say(button["payload"])

    def buttons(self) -> list[dict[str, str]]:
        """The buttons of the last answer."""
        return [button for message in self.turn.messages for button in message["buttons"]]

    # --- looking -----------------------------------------------------------------------------------------------------

    def slot(self, name: str) -> Any:
        """A slot's value now."""
        return self.turn.tracker.get_slot(name)

    def _utter(self, wanted: str | list[str]) -> None:
        for id in [wanted] if isinstance(wanted, str) else wanted:
            assert said(self.turn, self.lang, id), f"{id} was not said"

    def _not_utter(self, wanted: str | list[str]) -> None:
        for id in [wanted] if isinstance(wanted, str) else wanted:
            assert not said(self.turn, self.lang, id), f"{id} was said"

    def _asked(self, wanted: str | None) -> None:
        assert self.slot("requested_slot") == wanted, f"asked {self.slot('requested_slot')}"
        if wanted is not None:
            self._utter(for_subject(self.lang, f"ask.{wanted}", self.slot("subject")))

    def _waits_for(self, wanted: str) -> None:
        assert self.slot("requested_slot") == wanted, f"waits for {self.slot('requested_slot')}"

    def _answers_offered(self) -> list[str]:
        found = []
        for button in self.buttons():
            _, brace, rest = button["payload"].partition("{")
            found.append(str(json.loads(brace + rest or "{}").get("answer")))
        return found

    def _offered(self, wanted: list[str]) -> None:
        missing = set(wanted) - set(self._answers_offered())
        assert not missing, f"not offered: {missing}"

    def _not_offered(self, wanted: list[str]) -> None:
        found = set(wanted) & set(self._answers_offered())
        assert not found, f"offered: {found}"

    def _slot_was_set(self, wanted: dict[str, Any]) -> None:
        for name, value in wanted.items():
            now = self.slot(name)
            assert now == value and type(now) is type(value), f"{name} is {now!r}"

    def _answers(self, wanted: dict[str, Any]) -> None:
        now = {name: self.slot(name) for name in ANSWER_SLOTS if self.slot(name) is not None}
        assert now == wanted, f"the answers are {now}"

    def _assessment(self, wanted: dict[str, Any] | None) -> None:
        result = self.slot("assessment")
        if wanted is None:
            assert result is None, f"assessment {result['verdict']}"
            return
        assert result is not None, "no assessment"
        for name, value in wanted.items():
            assert result[name] == value, f"{name} is {result[name]!r}"

    def _verdict(self, wanted: str) -> None:
        self._assessment({"verdict": wanted})
        kind = verdict_kind(self.slot("assessment"))
        subject = OTHER if self.slot("subject") == OTHER else "self"
        self._utter([for_subject(self.lang, f"verdict.{kind}.title", subject), "verdict.disclaimer"])

    def _language(self, wanted: str) -> None:
        found = {message["metadata"]["language"] for message in self.turn.messages}
        assert found == {wanted}, f"spoken: {found}"
        if self.turn.tracker is not None and self.slot("language") is not None:
            assert self.slot("language") == wanted, f"slot language {self.slot('language')}"
        self.lang = wanted

    def _deleted(self, wanted: bool) -> None:
        gone = all(self.slot(name) is None for name in ANSWER_SLOTS) if self.turn.tracker else True
        assert gone is wanted


def run(agent: Any, case: dict[str, Any], lang: str) -> None:
    """Hold one case in one language."""
    assert lang in languages()
    Talk(agent, lang, case.get("metadata_language", lang)).run(case["steps"])
