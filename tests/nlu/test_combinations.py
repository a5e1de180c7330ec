"""Reasons of stay by words in any order: every list of a combination must have a word in the message."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.constants import SURE
from assistant.nlu.entities import extractor
from wegwijzer import lexicon
from wegwijzer.lexicon.words import split
from wegwijzer.reading.combinations import combinations

LANGUAGES = lexicon.languages()
WAYS = [
    (lang, value, way)
    for lang in LANGUAGES
    for value, ways in lexicon.load(lang).combinations.items()
    for way in ways
    if len([said for said in way if said]) > 1
]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_combinations_for_the_reasons_that_most_have(lang: str) -> None:
    assert {"asylum_pending", "refugee", "employee", "student", "family", "none"} <= set(
        lexicon.load(lang).combinations
    )


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(WAYS), st.randoms(use_true_random=False))
def test_one_word_of_each_list_states_the_value_in_any_order(way: tuple[str, str, tuple], dice) -> None:
    lang, value, lists = way
    words = [dice.choice(said) for said in lists if said]
    dice.shuffle(words)
    assert value in {match.value for match in combinations(lang).find(split(" , ".join(words)))}


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(WAYS), st.randoms(use_true_random=False))
def test_what_a_combination_states_is_never_sure(way: tuple[str, str, tuple], dice) -> None:
    lang, _, lists = way
    words = split(" ".join(dice.choice(said) for said in lists if said))
    stated = combinations(lang).find(words)
    found = extractor()._combined(words, stated, [])
    assert found and all(item["confidence"] < SURE for item in found)
    told = [dict(item) for item in found]
    assert extractor()._combined(words, stated, told) == []  # where a phrase tells, it says nothing


def test_a_beginning_stands_for_words_that_begin_so_and_a_whole_word_for_itself() -> None:
    dutch = combinations("nl")
    assert [match.value for match in dutch.find(split("ik wacht op asiel"))] == ["asylum_pending"]
    assert not dutch.find(split("ik heb een fiets"))
    assert not dutch.find([])
