"""The parsers of answers, on messages as newcomers write them.

An expectation in `answers/*.yml` is the value of the one reading of that fact; `null` for no reading; `{fact: value}`
when the answer gives another fact; `{doubt: value}` when it must be asked back (confidence below 0.9);
`{any: [...]}` when the person has to choose.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from actions.constants import SURE
from assistant.nlu.entities import extractor
from wegwijzer.reading.answers import Reading, parse_answer, readings_anywhere

TODAY = date(2026, 11, 23)
FOLDER = Path(__file__).parent / "answers"


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        for fact, languages in YAML(typ="safe").load(path).items():
            for lang, messages in languages.items():
                for message, expected in messages.items():
                    found.append(pytest.param(fact, lang, message, expected, id=f"{fact}-{lang}-{message}"))
    return found


def read(fact: str, lang: str, message: str) -> list[Reading]:
    return parse_answer(fact, message, lang, TODAY, extractor().extract(message, lang, TODAY))


def named(fact: str, expected: Any) -> tuple[str, Any]:
    """The fact and value of an expectation that may name another fact."""
    if isinstance(expected, dict):
        [(fact, value)] = expected.items()
        return fact, value
    return fact, expected


@pytest.mark.parametrize(("fact", "lang", "message", "expected"), cases())
def test_answer_says_what_it_says(fact: str, lang: str, message: str, expected: Any) -> None:
    readings = read(fact, lang, message)
    got = [(reading.fact, reading.value) for reading in readings]
    if expected is None:
        assert got == []
        return
    if isinstance(expected, dict) and "any" in expected:
        wanted = [named(fact, item) for item in expected["any"]]
        assert sorted(map(repr, got)) == sorted(map(repr, wanted))
        return
    if isinstance(expected, dict) and "doubt" in expected:
        assert got == [(fact, expected["doubt"])]
        assert readings[0].confidence < 0.9
        return
    assert got == [named(fact, expected)]
    assert readings[0].confidence >= 0.8


def test_there_are_enough_expectations() -> None:
    assert len(cases()) >= 250


def test_reading_points_at_its_words() -> None:
    message = "ja dus, ik ben geboren op 12/03/1985 hoor"
    [reading] = read("birth_date", "nl", message)
    assert message[reading.start : reading.end] == reading.text == "12/03/1985"


@pytest.mark.parametrize(
    ("lang", "message", "expected"),
    [
        ("nl", "ik heb oranje kaart moet ik school gaan?", {"residence_document": "orange_card"}),
        (
            "en",
            "I am 34, from Morocco, living in Ghent",
            {"age": 34, "nationalities": ["MA"], "municipality": "44021"},
        ),
        ("nl", "ik ben 34, Syriër en woon in Antwerpen", {"age": 34, "nationalities": ["SY"], "municipality": "11002"}),
        (
            "fr",
            "je suis marocaine, née à Casablanca au Maroc en 1990, j'habite à Anvers",
            {"nationalities": ["MA"], "birth_country": "MA", "birth_date": "1990", "municipality": "11002"},
        ),
        ("en", "my husband is Belgian", {"stay_reason": "family_belgian", "sponsor_nationalities": ["BE"]}),
        ("en", "no, I was born in Turkey", {"birth_country": "TR"}),
        ("nl", "ingeschreven sinds maart 2025", {"registered": "yes", "registration_date": "2025-03"}),
        ("nl", "hoeveel kost de cursus?", {}),
        ("en", "may I come tomorrow?", {}),
        ("fr", "est-ce que c'est obligatoire ?", {}),
        ("nl", "ik spreek Frans en Arabisch", {}),
        ("en", "I want a Dutch course", {}),
        ("nl", "mijn vrouw is Marokkaanse", {"sponsor_nationalities": ["MA"]}),
    ],
)
def test_facts_stated_unasked(lang: str, message: str, expected: dict[str, Any]) -> None:
    readings = readings_anywhere(message, lang, TODAY, extractor().extract(message, lang, TODAY))
    assert {reading.fact: reading.value for reading in readings} == expected


def test_origin_is_not_yet_nationality() -> None:
    message = "I am from Morocco"
    [reading] = readings_anywhere(message, "en", TODAY, extractor().extract(message, "en", TODAY))
    assert reading.confidence < 0.9


@pytest.mark.parametrize(
    ("fact", "lang", "words", "value", "sure"),
    [
        ("stay_reason", "nl", "familie van een Belg", "family_belgian", True),
        ("stay_reason", "nl", "gezin met mijn man, hij is belg", "family_belgian", True),
        ("stay_reason", "fr", "famille d'un citoyen de l'UE", "family_eu", True),
        ("family_relation", "en", "we are marreid", "spouse", False),
        ("family_relation", "nl", "we zijn niet gettrouwd", None, False),
    ],
)
def test_articles_do_not_count_and_what_is_nearly_said_is_asked_back(fact, lang, words, value, sure):
    found = parse_answer(fact, words, lang, TODAY, extractor().extract(words, lang, TODAY))
    assert [reading.value for reading in found if reading.fact == fact] == ([] if value is None else [value])
    assert all((reading.confidence >= 0.9) is sure for reading in found)


def test_a_place_with_a_typing_error_is_no_everyday_word():
    found = extractor().extract("nous sommes mariés", "fr", TODAY)  # Marilles lies in Orp-Jauche
    assert not [entity for entity in found if entity["entity"] == "municipality"]


@pytest.mark.parametrize(
    ("lang", "message"),
    [
        ("nl", "al 4 jaar"),
        ("en", "for 4 years"),
        ("fr", "depuis 4 ans"),
        ("en", "4 years ago"),
        ("ar", "hadi rba3 snin"),
    ],
)
def test_years_that_one_has_been_here_are_no_age(lang: str, message: str) -> None:
    assert read("age", lang, message) == []


@pytest.mark.parametrize(
    ("lang", "message", "sure"),
    [("nl", "al 34 jaar", False), ("nl", "ik ben al 34 jaar", True), ("nl", "34 jaar", True), ("nl", "4 jaar", True)],
)
def test_years_of_an_adult_after_a_word_of_staying_are_asked_back(lang: str, message: str, sure: bool) -> None:
    [reading] = read("age", lang, message)
    assert (reading.confidence >= SURE) is sure
