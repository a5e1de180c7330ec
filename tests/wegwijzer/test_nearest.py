"""Names that a misspelt word is close to: as good as looking at all of them."""

from __future__ import annotations

import pytest
from rapidfuzz import fuzz

from wegwijzer import places
from wegwijzer.lexicon.nearest import Nearest

NAMES = sorted({place.name_nl.casefold() for place in places.municipalities().values()})


@pytest.mark.parametrize(
    "word", ["mechelem", "hntwerpen", "ntwerpen", "aantwerpen", "sint niklas", "kortrik", "leuvn", "ghent", "oostnde"]
)
def test_the_closest_names_are_those_of_a_look_at_all(word: str) -> None:
    alike = {name: fuzz.ratio(word, name) for name in NAMES if fuzz.ratio(word, name) >= 80}
    assert dict(Nearest(NAMES).find(word, 80, limit=50)) == alike


def test_the_best_comes_first_and_no_more_than_asked_for() -> None:
    found = Nearest(NAMES).find("brugge", 40, limit=3)
    assert len(found) == 3 and found[0] == ("brugge", 100.0)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_words_of_no_or_one_letter_find_nothing_or_little() -> None:
    assert Nearest(NAMES).find("", 80, limit=5) == ()
    assert Nearest(NAMES).find("q", 80, limit=5) == ()
