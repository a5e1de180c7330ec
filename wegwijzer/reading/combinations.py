"""What a message states by words that stand anywhere in it: "they have not answered yet ... my asylum request".

Phrases miss what is said in another order or with other endings. Combinations of beginnings of words find it, but
never surely: what they find is asked back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from wegwijzer import lexicon
from wegwijzer.lexicon.words import LEAST_STEM, Match, Word, bare

#: A key of a beginning: the words before, the last word or how it begins, and whether it is whole.
_Key = tuple[tuple[str, ...], str, bool]


class Combinations:
    """The combinations of a language's lexicon, ready to be looked for."""

    def __init__(self, lang: str) -> None:
        #: The value of each combination, and how many lists of beginnings it has.
        self._ways: list[tuple[str, int]] = []
        #: The combinations and lists that each beginning stands in.
        self._beginnings: dict[_Key, list[tuple[int, int]]] = {}
        for value, ways in lexicon.load(lang).combinations.items():
            for way in ways:
                lists = [said for said in way if said]
                for part, said in enumerate(lists):
                    for beginning in said:
                        for key in _keys_of(beginning):
                            self._beginnings.setdefault(key, []).append((len(self._ways), part))
                self._ways.append((value, len(lists)))
        self._longest = max((len(last) for _, last, _ in self._beginnings), default=0)
        self._before = {before for before, _, _ in self._beginnings}
        self._most_before = max(map(len, self._before), default=0)

    def find(self, words: Sequence[Word]) -> list[Match[str]]:
        """The values that are stated, those with the most lists first, with the words that they cover."""
        seen: dict[int, dict[int, int]] = {}
        forms = tuple(word.form for word in words)
        for place, form in enumerate(forms):
            for start in range(max(0, place - self._most_before), place + 1):
                before = forms[start:place]
                if before in self._before:
                    for key in self._keys(before, form):
                        for way, part in self._beginnings.get(key, ()):
                            seen.setdefault(way, {}).setdefault(part, place)
        whole = [way for way, parts in seen.items() if len(parts) == self._ways[way][1]]
        found: dict[str, Match[str]] = {}
        for way in sorted(whole, key=lambda way: (-self._ways[way][1], way)):
            value, places = self._ways[way][0], seen[way].values()
            found.setdefault(value, Match(value, min(places), max(places) + 1))
        return list(found.values())

    def _keys(self, before: tuple[str, ...], word: str) -> Iterator[_Key]:
        for form in (word,) if before else bare(word):
            yield before, form, True
            for length in range(LEAST_STEM, min(len(form), self._longest) + 1):
                yield before, form[:length], False


def _keys_of(beginning: str) -> Iterator[_Key]:
    """How a beginning is looked up; in Latin letters three of them are a whole word, and so is what ends in a space."""
    forms = lexicon.forms(beginning)
    if forms:
        *before, last = forms
        short = len(last) < LEAST_STEM or (last.isascii() and len(last) == LEAST_STEM)
        yield tuple(before), last, short or beginning.endswith(" ")


@cache
def combinations(lang: str) -> Combinations:
    """The combinations of `lang`, which has a lexicon."""
    return Combinations(lang)
