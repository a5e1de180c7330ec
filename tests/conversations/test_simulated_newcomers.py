"""Simulated newcomers: the people of the public cases talk to the assistant, by buttons and in words.

What is held: the assistant never says right or duty otherwise than the law does on the same facts, and asks few
questions, every message that waits for an answer counted.
"""

from __future__ import annotations

import json
import statistics
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conversations.scenario import Talk
from wegwijzer import places
from wegwijzer.countries import country_name
from wegwijzer.interview import ITEMS, SPECIAL
from wegwijzer.wording import answer_title, day_text

HERE = Path(__file__).parent
CASES = [json.loads(line) for line in (HERE.parent / "law" / "public_cases.jsonl").read_text("utf-8").splitlines()]
PHRASES = yaml.safe_load((HERE / "newcomer.yml").read_text(encoding="utf-8"))
LANGUAGES = ("nl", "en", "fr")
MEDIAN, NINE_TENTHS, TOO_MANY = 9, 14, 40
_COUNTRIES = ("nationalities", "sponsor_nationalities", "birth_country")
_DAYS = ("birth_date", "registration_date", "first_registration_date", "lawful_stay_since", "contract_signed")


class Newcomer:
    """Somebody with the facts of a case, who answers what is asked truthfully; what the case leaves open, not."""

    def __init__(self, agent: Any, case: dict[str, Any], lang: str, in_words: bool) -> None:
        self.facts, self.lang, self.in_words = case["facts"], lang, in_words
        self.as_of = date.fromisoformat(case["as_of"])
        self.talk = Talk(agent, lang, lang)
        self.asked: list[str] = []
        self.misses = 0

    def check(self) -> dict[str, Any]:
        """Go through the check; the assessment at the end."""
        self.talk.say("/start_check")
        while self.talk.slot("assessment") is None:
            fact = self.talk.slot("requested_slot")
            assert fact, f"neither a question nor a verdict: {self.talk.turn.text}"
            self.asked.append(fact)
            assert len(self.asked) < TOO_MANY, f"no end: {self.asked}"
            self._answer(fact)
        result: dict[str, Any] = self.talk.slot("assessment")
        return result

    def _answer(self, fact: str) -> None:
        pending = self.talk.slot("check")["pending"]
        if pending:
            right = all(self._value(name) == value for name, value in pending.items())
            self._say("true" if right else "false", fact, "/affirm" if right else "/deny")
            return
        value = self._value(fact)
        if fact == "municipality" and value == "unknown" and "region" in self.facts:
            self._say(self.facts["region"], "region", None)
        elif fact == SPECIAL:
            self._say(value if value != "none" else "none_of_these", fact, self._payload(fact, value))
        else:
            self._say(_plain(value), fact, self._payload(fact, value))

    def _value(self, fact: str) -> Any:
        """The true answer; "unknown" when the case does not tell."""
        facts = self.facts
        if fact == SPECIAL:
            offered = self.talk.slot("check")["offered"].get(SPECIAL, [])
            for item in ITEMS:
                applies = any(facts.get(name, usual) != usual for name, usual in item.facts.items())
                chosen = self.talk.slot(SPECIAL) or []
                if item.id in offered and item.id not in chosen and item.id != "eu_family" and applies:
                    return item.id
            return "none"
        if fact == "age" and "age" not in facts and len(facts.get("birth_date", "")) == 10:
            born = date.fromisoformat(facts["birth_date"])
            return self.as_of.year - born.year - ((self.as_of.month, self.as_of.day) < (born.month, born.day))
        return facts.get(fact, "unknown")

    def _payload(self, fact: str, value: Any) -> str | None:
        """The button for the answer, where one was shown."""
        wanted = {"fact": fact, "answer": _plain(value)}
        for button in self.talk.buttons():
            _, brace, rest = button["payload"].partition("{")
            if json.loads(brace + rest or "{}") == wanted:
                return button["payload"]
        return None

    def _say(self, value: str, fact: str, payload: str | None) -> None:
        missed = self.talk.slot("check")["misses"]
        self.misses += bool(missed)
        if payload and (missed or not self.in_words):  # people who were not understood take the button
            self.talk.say(payload)
            return
        if missed:
            value = "unknown"
        if value in PHRASES:
            self.talk.say(PHRASES[value][self.lang])
            return
        table = PHRASES.get(fact) or PHRASES["*"]
        if value not in table and "*" not in table:
            table = PHRASES["*"]
        self.talk.say((table.get(value) or table["*"])[self.lang].format(value=self._in_words(fact, value)))

    def _in_words(self, fact: str, value: str) -> str:
        if fact in _COUNTRIES:
            codes = json.loads(value) if value.startswith("[") else [value]
            return ", ".join(country_name(code, self.lang) for code in codes)
        if fact in _DAYS:
            return day_text(self.lang, value)
        if fact == "municipality":
            return places.municipality(value).name(self.lang)
        return value if value.isdigit() else answer_title(self.lang, fact, value)


UNDERSTOOD = 0.9
"""Share of the answers in words that must be understood at once."""


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _newcomer(agent: Any, case: dict[str, Any], lang: str, in_words: bool, monkeypatch: pytest.MonkeyPatch) -> Newcomer:
    newcomer = Newcomer(agent, case, lang, in_words)
    monkeypatch.setattr("actions.state.today", lambda: newcomer.as_of)
    return newcomer


def _contradictions(result: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """Where right or duty contradicts the law; not determined contradicts nothing."""
    return [
        f"{name} is {result[name]}, the law says {expected[name]}"
        for name in ("right", "duty")
        if result[name] is not None and result[name] != expected[name]
    ]


@pytest.mark.parametrize(
    ("place", "case"), enumerate(CASES), ids=lambda value: value["id"] if isinstance(value, dict) else ""
)
def test_by_buttons_nobody_hears_otherwise_than_the_law_says(
    agent: Any, place: int, case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    lang = LANGUAGES[place % len(LANGUAGES)]
    newcomer = _newcomer(agent, case, lang, False, monkeypatch)
    result = newcomer.check()
    assert not _contradictions(result, case["expected"]), f"[{lang}] asked {newcomer.asked}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_words_nobody_hears_otherwise_and_most_answers_are_understood(
    agent: Any, lang: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    said = missed = 0
    for case in CASES[LANGUAGES.index(lang) :: 2]:
        newcomer = _newcomer(agent, case, lang, True, monkeypatch)
        result = newcomer.check()
        assert not _contradictions(result, case["expected"]), f"{case['id']} asked {newcomer.asked}"
        said += len(newcomer.asked)
        missed += newcomer.misses
    with capsys.disabled():
        print(f"\n[{lang}] {missed} of {said} answers in words not understood at once")
    assert missed <= (1 - UNDERSTOOD) * said


def test_few_questions_to_a_verdict(agent: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    counts = []
    for case in CASES:
        newcomer = _newcomer(agent, case, "nl", False, monkeypatch)
        newcomer.check()
        counts.append(len(newcomer.asked))
    counts.sort()
    median = statistics.median(counts)
    nine_tenths = counts[-(-len(counts) * 9 // 10) - 1]
    with capsys.disabled():
        print(f"\nmessages that wait for an answer: median {median}, 90 % {nine_tenths}, most {counts[-1]}")
    assert median <= MEDIAN
    assert nine_tenths <= NINE_TENTHS
