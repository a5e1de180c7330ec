"""What is understood of messages that were never trained on does not fall (`python -m benchmarks.understanding`)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ruamel.yaml import YAML

from benchmarks import understanding
from tests.conftest import ROOT
from tests.support import wait_for
from wegwijzer.texts import has_text, text

#: So much may a figure of a language fall, or harm rise, before somebody has to look: two points.
ALLOWED = 0.02
LEAST_MESSAGES = 300
HIGHER_IS_BETTER = ("intent", "two_best", "f1", "values", "language_native", "language_romanised", "intent_romanised")
LANGUAGES = understanding.languages()


def messages(lang: str) -> set[str]:
    return {message.text.strip().casefold() for message in understanding.load(lang)}


def trained() -> set[str]:
    yaml = YAML(typ="safe")
    return {
        line.removeprefix("- ").strip().casefold()
        for path in (ROOT / "data" / "nlu").rglob("*.yml")
        for entry in yaml.load(path)["nlu"]
        for line in entry["examples"].splitlines()
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_language_falls_by_more_than_two_points(agent: Any, lang: str) -> None:
    noted = json.loads(understanding.FIGURES.read_text(encoding="utf-8"))[lang]
    outcomes = wait_for(understanding.measure(agent, lang))
    found = understanding.figures(lang, outcomes)
    fallen = {name: (noted[name], found[name]) for name in HIGHER_IS_BETTER
              if name in noted and found[name] < noted[name] - ALLOWED}  # fmt: skip
    assert fallen == {}, list(understanding.mistakes({lang: outcomes}))
    assert found["harm"] <= noted["harm"] + ALLOWED, list(understanding.mistakes({lang: outcomes}))


def test_every_language_is_measured_and_has_its_figures_on_the_page() -> None:
    assert sorted(path.name for path in (ROOT / "data" / "nlu").iterdir()) == LANGUAGES
    assert sorted(json.loads(understanding.FIGURES.read_text(encoding="utf-8"))) == LANGUAGES
    assert {lang: len(messages(lang)) for lang in LANGUAGES if len(messages(lang)) < LEAST_MESSAGES} == {}


def test_messages_that_measure_were_neither_trained_on_nor_chosen_by() -> None:
    chosen = {
        message.text.strip().casefold()
        for lang in understanding.languages(understanding.DEVELOPMENT)
        for message in understanding.load(lang, understanding.DEVELOPMENT)
    }
    measured = set().union(*(messages(lang) for lang in LANGUAGES))
    assert not measured & trained()
    assert not chosen & trained()
    assert not chosen & measured


def outcome(meant: str, taken: str, *guesses: str, **more: Any) -> understanding.Outcome:
    message = understanding.Message("een twee drie", meant, more.get("said", ()))
    ranked = guesses or (taken,)
    return understanding.Outcome(message, taken, ranked, more.get("in_scope", 1.0), more.get("found", ()), "nl")


def test_figures_count_what_they_say() -> None:
    syria = {"entity": "country", "value": "SY"}
    outcomes = [
        outcome("greet", "greet", said=(syria,), found=({**syria, "confidence": 1.0},)),
        outcome("greet", understanding.FALLBACK, "thank", "greet", said=(syria,)),
        outcome("thank", "greet", "greet", "deny"),
        outcome("thank", "thank", found=({**syria, "confidence": 0.5},)),
        outcome("deny", "deny", found=({**syria, "confidence": 0.95},)),
    ]
    found = understanding.figures("nl", outcomes)
    assert (found["intent"], found["two_best"], found["asked_back"]) == (0.6, 0.8, 0.2)
    assert found["harm"] == 0.4  # taken for something else; a fact that nobody said and nothing asks back
    assert (found["values"], found["values_said"], found["language_native"]) == (0.5, 2, 1.0)


def test_out_of_scope_is_measured_at_three_in_a_hundred_turned_away() -> None:
    inside = [outcome("greet", "greet", in_scope=place / 100) for place in range(100)]
    outside = [outcome("out_of_scope", "out_of_scope", in_scope=score) for score in (-1.0, 0.01, 0.5, 0.9)]
    assert understanding.out_of_scope_recall([*inside, *outside]) == 0.5


#: Buttons that do not ask one of the questions "faq_...": the key of the text, and the intent that the words have.
_STEERING = {
    "start": "start_check",
    "stop": "stop",
    "back": "go_back",
    "restart": "restart",
    "language": "change_language",
    "delete": "delete_data",
    "person": "human_handoff",
    "why": "why_ask",
    "yes": "affirm",
    "no": "deny",
    "change_answer": "correct_answer",
}
#: As words alone these say something else as well: a penalty or "all right"; a reason of stay.
_REASONS = ("faq_ukraine", "faq_family_member")
_TWO_MEANINGS = {
    ("en", "faq_fine"),
    ("ps", "faq_refugee"),
    *((lang, reason) for lang in LANGUAGES for reason in _REASONS),
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_button_says_is_understood_when_it_is_typed(agent: Any, lang: str) -> None:
    intents = {*_STEERING.values(), *(name for name in agent.domain.intents if name.startswith("faq_"))}
    labels = {intent: text(lang, f"button.{key}") for key, intent in _STEERING.items()}
    for intent in intents - labels.keys():
        key = f"button.{intent.removeprefix('faq_')}"
        if has_text(key):
            labels[intent] = text(lang, key)
    assert len(labels) > 50
    wrong = {}
    for intent, label in labels.items():
        parsed = wait_for(agent.parse_message(label))
        if (lang, intent) not in _TWO_MEANINGS and parsed["intent"]["name"] not in (intent, understanding.FALLBACK):
            wrong[label] = (intent, parsed["intent"]["name"])
    assert wrong == {}
