"""Numbers said in several words: what joins them, and what does not."""

from __future__ import annotations

import pytest

from wegwijzer.lexicon.words import split
from wegwijzer.reading.spoken import in_figures
from wegwijzer.reading.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("lang", "said", "figures"),
    [
        ("so", "lixdan oo sagaal", "69"),
        ("so", "sagaal oo lixdan", "69"),
        ("ar", "settin w khamsa", "65"),
        ("ar", "ستين وخمس", "65"),
        ("so", "kun sagaal boqol iyo lixdan iyo sagaal", "1969"),
        ("fa", "دو هزار", "2000"),
        # The lexicon lists it: number_at reads it as it is.
        ("so", "lixdan iyo sagaal", None),
        # Nothing joins them, or they are no ten and no unit.
        ("so", "lixdan sagaal", None),
        ("so", "lixdan iyo labaatan", None),
        ("so", "laba iyo sagaal", None),
        ("en", "sixty and nine children", None),
        ("en", "nineteen hundred", None),
        ("nl", "", None),
    ],
)
def test_numbers_are_joined_as_a_language_joins_them(lang: str, said: str, figures: str | None) -> None:
    words = split(said)
    found = in_figures(words, vocabulary(lang))
    if figures is None:
        assert found == words
    else:
        assert [(word.form, word.start, word.end) for word in found] == [(figures, 0, len(said))]
