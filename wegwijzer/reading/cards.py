"""Residence cards that are named by their letter: "A card", "carte F plus", "card with the letter bé".

The ways of naming a card and the names of a letter stand apart in the lexicons; spelling out every pair of them would
be half a million phrases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from wegwijzer import lexicon

#: The letters that a plus may follow.
PLUS = frozenset(("E", "EU", "F"))
#: A letter that is a word in many languages: "e plus" names no card.
_WORD = "E"

_Forms = tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """A card (`value`, a code of contract section 2) in the words `first` to `last` (exclusive).

    `letter` is the number of the word that is the letter itself, which may be meant as another word ("a card").
    """

    value: str
    first: int
    last: int
    letter: int | None = None


class Cards:
    """The cards of one language, ready to be looked for."""

    def __init__(self, lang: str) -> None:
        words = lexicon.load(lang)
        self._letters = {lexicon.forms(letter): letter for letter in lexicon.load(lexicon.ANY).group("card_letters")}
        #: What letters are called, as normalised words, with what that may stand for; and what needs no other word.
        self._said: dict[_Forms, list[str]] = {}
        self._alone: dict[_Forms, str] = {}
        for letter in self._letters.values():
            spelt = words.letter_names.get(letter, ())
            for said in spelt:
                self._said.setdefault(lexicon.forms(said), []).append(letter)
            if letter in PLUS:
                self._said[lexicon.forms(letter + "+")] = [letter + "+"]
                for said, plus in product((letter, *spelt), words.group("plus")):
                    forms = lexicon.forms(f"{said} {plus}")
                    self._said.setdefault(forms, []).append(letter + "+")
                    if letter != _WORD:
                        self._alone[forms] = letter + "+"
        self._longest = max(map(len, self._said))
        #: The words that a letter may begin with.
        self.firsts = frozenset(forms[0] for forms in (*self._said, *self._letters))
        #: The words before and after a letter; without articles too where a letter cannot be one ("carte d").
        self._exact = set(map(_around, words.document_letters))
        articles = frozenset(words.group("articles"))
        bare = {tuple(tuple(form for form in part if form not in articles) for part in way) for way in self._exact}
        self._loose = self._exact | {way for way in bare if any(way)}
        self._lengths = {(len(before), len(after)) for before, after in self._loose}
        #: A letter names a card only beside one of these words.
        self._nearest_before = {before[-1] for before, _ in self._loose if before}
        self._nearest_after = {after[0] for _, after in self._loose if after}

    def find(self, forms: Sequence[str]) -> Iterator[Card]:
        """The cards that normalised words name."""
        forms = tuple(forms)
        for first, form in enumerate(forms):
            if form not in self.firsts:
                continue
            for last in range(first + 1, min(len(forms), first + self._longest) + 1):
                said = forms[first:last]
                if said in self._letters:
                    yield from self._named(forms, Card(self._letters[said], first, last, first), self._exact)
                for value in self._said.get(said, ()):
                    yield from self._named(forms, Card(value, first, last), self._loose)
                if said in self._alone:
                    yield Card(self._alone[said], first, last)

    def _named(self, forms: _Forms, said: Card, ways: set[tuple[_Forms, ...]]) -> Iterator[Card]:
        named_before = said.first > 0 and forms[said.first - 1] in self._nearest_before
        if not named_before and not (said.last < len(forms) and forms[said.last] in self._nearest_after):
            return
        for before, after in self._lengths:
            first, last = said.first - before, said.last + after
            around = (forms[first : said.first], forms[said.last : last])
            if first >= 0 and last <= len(forms) and around in ways:
                yield replace(said, first=first, last=last)


def _around(way: str) -> tuple[_Forms, ...]:
    before, after = way.split("{}")
    return lexicon.forms(before), lexicon.forms(after)


def find(forms: Sequence[str]) -> Iterator[tuple[str, Card]]:
    """The cards that normalised words name in any language, with that language."""
    spoken = _languages_by_first_word()
    for lang in dict.fromkeys(lang for form in forms for lang in spoken.get(form, ())):
        for card in cards(lang).find(forms):
            yield lang, card


@cache
def _languages_by_first_word() -> dict[str, list[str]]:
    spoken: dict[str, list[str]] = {}
    for lang in lexicon.languages():
        for form in cards(lang).firsts:
            spoken.setdefault(form, []).append(lang)
    return spoken


@cache
def cards(lang: str) -> Cards:
    """The cards of `lang`, which has a lexicon."""
    return Cards(lang)
