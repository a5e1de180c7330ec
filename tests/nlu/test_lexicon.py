"""The lexicon files: codes that the contract knows, the same tables in every language, a hash that follows them."""

from __future__ import annotations

import pytest

from wegwijzer import countries, lexicon
from wegwijzer.facts import codes
from wegwijzer.texts import languages

LANGUAGES = lexicon.languages()


@pytest.mark.parametrize("lang", [*LANGUAGES, lexicon.ANY])
def test_countries_have_codes(lang: str) -> None:
    words = lexicon.load(lang)
    assert [code for code in (*words.countries, *words.demonyms) if not countries.is_nationality(code)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_tables_of_dutch(lang: str) -> None:
    dutch, words = lexicon.load("nl"), lexicon.load(lang)
    spoken = lang in languages()  # what is only understood, and not offered yet, may still lack words
    for table in ("documents", "stay_reasons", "words", "answers", "replies", "units", "topics"):
        own, needed = set(getattr(words, table)), set(getattr(dutch, table))
        if table == "documents":
            # Patterns make the names of cards that are only a letter; annex 8, annex 9 and the blue card are more.
            needed -= set(lexicon.load(lexicon.ANY).group("card_letters")) - {"EU", "F", "H"}
        assert needed <= own or not spoken, (table, needed - own)
        # Other scripts write the letters of cards as words; nothing else has keys of its own.
        assert own <= needed or table in ("documents", "stay_reasons"), (table, own - needed)
    assert set(words.replies) >= {"yes", "no", "unknown", "none"}
    assert set(words.units) == {"year", "month", "week", "day"}
    assert len(words.topics) == len(dutch.topics)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cards_and_reasons_of_stay_are_those_of_the_contract(lang: str) -> None:
    words = lexicon.load(lang)
    assert set(words.documents) <= set(codes("residence_document"))
    assert set(words.stay_reasons) <= set(codes("stay_reason"))
    assert set(words.combinations) - {"none"} <= set(codes("stay_reason"))
    assert set(words.letter_names) <= set(lexicon.load(lexicon.ANY).group("card_letters"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_of_an_age_has_a_word(lang: str) -> None:
    assert set(lexicon.number_words(lang).values()) == set(range(121))


def test_belgian_and_french_numbers() -> None:
    words = lexicon.number_words("fr")
    assert words[("septante", "deux")] == words[("soixante", "douze")] == 72
    assert words[("nonante",)] == words[("quatre", "vingt", "dix")] == 90


def test_unknown_language() -> None:
    with pytest.raises(KeyError, match="zz"):
        lexicon.load("zz")
