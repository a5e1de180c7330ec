"""Words as the lexicons compare them: lower case, no accents, western digits, with their place in the text.

Nothing here knows a language: everything that does stands in the YAML files beside this module.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")

#: Marks that belong to the letter before them, and joiners inside a word (Arabic, Persian, decomposed Latin).
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d"
_WORD = re.compile(rf"\d+|(?:[^\W\d_][{_MARKS}]*)+|\+")
_SPECIAL = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})
#: Letters that keyboards and writers take for each other, as the plain one: Arabic script, and the Ethiopic syllables
#: that sound alike in Tigrinya (each series from its first syllable to its seventh).
_ALIKE = str.maketrans(
    {"ة": "ه", "ہ": "ه", "ھ": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ک": "ك", "ڪ": "ك", "ګ": "گ", "አ": "ኣ"}
    | {chr(ord(odd) + step): chr(ord(plain) + step) for odd, plain in ("ኀሀ", "ሠሰ", "ፀጸ") for step in range(7)}
)

#: What Arabic writes in front of a word, together with it.
_PARTICLES = ("وال", "بال", "لل", "ال", "عال", "و", "ب", "ل")
#: The fewest letters of a beginning that stands for the words that begin so.
LEAST_STEM = 3


class Word(NamedTuple):
    """One word of a text: its normalised form and where it stands (`start`, `end`: offsets in the text)."""

    form: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def normalise_word(word: str) -> str:
    """Lower case without accents and joiners; digits of any script become 0-9."""
    if word.isascii():
        return word.lower()
    if word.isdigit():
        return "".join(str(unicodedata.digit(char)) for char in word)
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_SPECIAL))
    kept = (char for char in decomposed if unicodedata.category(char) not in {"Mn", "Cf"})
    return unicodedata.normalize("NFC", "".join(kept)).translate(_ALIKE)


def split(text: str) -> list[Word]:
    """The words of `text` in order. Digits, letters and a plus sign are words of their own ("F+" is "f", "+")."""
    return list(_split(text))


@lru_cache(maxsize=1)
def _split(text: str) -> tuple[Word, ...]:
    # Everything that reads a message asks for its words.
    return tuple(Word(normalise_word(match.group()), match.start(), match.end()) for match in _WORD.finditer(text))


def written(text: str) -> list[str]:
    """The words of `text` as they are written."""
    return _WORD.findall(text)


def forms(text: str) -> tuple[str, ...]:
    """The normalised words of `text` without their places."""
    return tuple(normalise_word(word) for word in written(text))


def bare(word: str) -> tuple[str, ...]:
    """A word as it is, and without the particle that Arabic writes in front of it."""
    for particle in _PARTICLES:
        if word.startswith(particle) and len(word) - len(particle) >= LEAST_STEM:
            return word, word[len(particle) :]
    return (word,)


def western_digits(text: str) -> str:
    """`text` with each decimal digit of another script as 0-9; the length does not change."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


@dataclass(frozen=True)
class Match(Generic[Value]):
    """A phrase that was found: its value, and the words `first` to `last` (exclusive) that it covers."""

    value: Value
    first: int
    last: int


def without(words: Iterable[str], articles: Container[str]) -> tuple[str, ...]:
    """A phrase without its articles, where at least two words stay: "family of a Belgian" is "family of Belgian"."""
    words = tuple(words)
    kept = tuple(word for word in words if word not in articles)
    return kept if len(kept) >= 2 else words


class Phrases(Generic[Value]):
    """Finds phrases in lists of words; the longest at each place wins and matches do not overlap.

    `articles`: words that may stand or be missing within a phrase of several words.
    """

    def __init__(self, entries: Iterable[tuple[str, Value]], articles: Container[str] = ()) -> None:
        self._articles = articles
        self._by_first: dict[str, dict[tuple[str, ...], Value]] = {}
        self._loose: dict[tuple[str, ...], Value] = {}
        for phrase, value in entries:
            key = forms(phrase)
            if key:
                self._by_first.setdefault(key[0], {}).setdefault(key, value)
            loose = without(key, articles)
            if articles and len(loose) >= 2:
                self._loose.setdefault(loose, value)
        self._lengths = {
            first: sorted({len(key) for key in keys}, reverse=True) for first, keys in self._by_first.items()
        }
        self._loose_firsts = {key[0] for key in self._loose}
        #: The first words of the phrases.
        self.firsts = frozenset(self._loose_firsts | self._lengths.keys())
        self._loose_length = max((len(key) for key in self._loose), default=0)

    @classmethod
    def of(cls, table: Mapping[Value, Iterable[str]], articles: Container[str] = ()) -> Phrases[Value]:
        """Phrases of a table that gives the words of each value."""
        return cls(((phrase, value) for value, phrases in table.items() for phrase in phrases), articles)

    def entries(self) -> Iterator[tuple[tuple[str, ...], Value]]:
        """Every phrase as normalised words, with its value."""
        for keys in self._by_first.values():
            yield from keys.items()

    def at(self, words: list[Word], place: int) -> Match[Value] | None:
        """The longest phrase that starts at word number `place`."""
        first = words[place].form
        if first not in self.firsts:
            return None
        found: Match[Value] | None = None
        for length in self._lengths.get(first, ()):
            if place + length > len(words):
                continue
            key = tuple(word.form for word in words[place : place + length])
            if key in self._by_first[first]:
                found = Match(self._by_first[first][key], place, place + length)
                break
        if first in self._loose_firsts:
            return self._loosely(words, place, found)
        return found

    def _loosely(self, words: list[Word], place: int, exact: Match[Value] | None) -> Match[Value] | None:
        """The longest phrase from `place` when articles do not count; `exact` unless it is longer than that."""
        found = exact
        key: tuple[str, ...] = ()
        for last in range(place, len(words)):
            if words[last].form in self._articles and last > place:
                continue
            key = (*key, words[last].form)
            if len(key) > self._loose_length:
                break
            if key in self._loose and (found is None or last + 1 > found.last):
                found = Match(self._loose[key], place, last + 1)
        return found

    def find(self, words: list[Word]) -> list[Match[Value]]:
        """All matches from left to right."""
        found: list[Match[Value]] = []
        place = 0
        while place < len(words):
            # Most words begin no phrase.
            match = self.at(words, place) if words[place].form in self.firsts else None
            if match is None:
                place += 1
            else:
                found.append(match)
                place = match.last
        return found

    def ends_at(self, words: list[Word], place: int) -> bool:
        """Whether a phrase ends just before word number `place`."""
        for start in range(max(0, place - 8), place):
            for length in self._lengths.get(words[start].form, ()):
                if start + length == place:
                    key = tuple(word.form for word in words[start:place])
                    if key in self._by_first[words[start].form]:
                        return True
        return False
