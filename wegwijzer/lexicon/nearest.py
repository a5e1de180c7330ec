"""Names that a misspelt word is close to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process


class Nearest:
    """Names, found by words that are nearly spelled like them.

    Only names that share one of their first two letters with one of the first two of the word are compared: an error
    in either letter is still found, and most names need not be looked at.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """`names` as they are compared: normalised."""
        self._by_letter: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            for letter in dict.fromkeys(name[:2]):
                self._by_letter.setdefault(letter, []).append(name)
        #: Most words come again, from others too.
        self.find = lru_cache(maxsize=10_000)(self._find)

    def _find(self, word: str, cutoff: float, limit: int) -> tuple[tuple[str, float], ...]:
        """At most `limit` names that are alike to `cutoff` (0-100, rapidfuzz's ratio) or more, best first."""
        found: dict[str, float] = {}
        for letter in dict.fromkeys(word[:2]):
            names = self._by_letter.get(letter, ())
            hits = process.extract(word, names, scorer=fuzz.ratio, score_cutoff=cutoff, limit=limit)
            found.update((name, score) for name, score, _ in hits)
        return tuple(sorted(found.items(), key=lambda item: -item[1])[:limit])
