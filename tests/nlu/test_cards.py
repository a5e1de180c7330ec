"""Cards named by their letter, in the ways and with the names of letters that the lexicons give."""

from __future__ import annotations

from itertools import product

import pytest

from wegwijzer import lexicon
from wegwijzer.reading.cards import PLUS, Card, cards

LETTERS = lexicon.load(lexicon.ANY).group("card_letters")


def whole(text: str, lang: str) -> set[str]:
    """The cards that all words of `text` together name."""
    forms = lexicon.forms(text)
    return {card.value for card in cards(lang).find(forms) if (card.first, card.last) == (0, len(forms))}


@pytest.mark.parametrize("lang", lexicon.languages())
def test_every_way_of_naming_a_card_takes_every_name_of_a_letter(lang: str) -> None:
    words = lexicon.load(lang)
    missed = []
    for letter, way in product(LETTERS, words.document_letters):
        for said in (letter, *words.letter_names.get(letter, ())):
            if letter not in whole(way.format(said), lang):
                missed.append((way, said))
            for plus in ("+", *words.group("plus")) if letter in PLUS else ():
                plain = said == letter or plus != "+"
                if plain and letter + "+" not in whole(way.format(f"{said} {plus}"), lang):
                    missed.append((way, f"{said} {plus}"))
    assert missed == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "my card b now", [Card("B", 1, 3, letter=2)]),
        ("fr", "carte effe plus", [Card("F", 0, 2), Card("F+", 0, 3), Card("F+", 1, 3)]),
        ("en", "f plus", [Card("F+", 0, 2)]),
        ("nl", "b kaart", [Card("B", 0, 2, letter=0)]),
        ("en", "e plus", []),  # "e" is a word in many languages
        ("en", "the letter on my card", []),  # "letter a" without its article is no letter
        ("en", "card", []),
        ("en", "", []),
    ],
)
def test_cards_and_where_they_stand(lang: str, text: str, expected: list[Card]) -> None:
    found = list(cards(lang).find(lexicon.forms(text)))
    assert sorted(found, key=repr) == sorted(expected, key=repr)
