"""Words of each language by what they are about, one YAML file a language: synonyms count the same in all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

_FOLDER = Path(__file__).parent


def languages() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages that have a table."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yml")))


def fingerprint() -> str:
    """Changes with any word of any table."""
    digest = hashlib.sha256()
    for code in languages():
        digest.update(f"{code}\0".encode() + (_FOLDER / f"{code}.yml").read_bytes())
    return digest.hexdigest()


class Concepts:
    """The table of one language: phrase -> concepts, where `*` ends a word that may go on in any way."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        #: First word, or its beginning when it ends in `*` -> the phrases (as words) with their concept.
        self._whole: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._open: dict[str, list[str]] = {}
        # BaseLoader: "no", "on" and "true" are words here.
        table = yaml.load((_FOLDER / f"{lang}.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for concept, phrases in table.items():
            for phrase in phrases:
                words = tuple(phrase.split())
                if len(words) == 1 and phrase.endswith("*"):
                    self._open.setdefault(phrase[:-1], []).append(concept)
                else:
                    self._whole.setdefault(words[0], []).append((words, concept))

    def find(self, words: Sequence[str]) -> list[list[str]]:
        """For each of the normalised `words` the concepts of the phrases that start there, each once."""
        return [self._at(words, place) for place in range(len(words))]

    def _at(self, words: Sequence[str], place: int) -> list[str]:
        word = words[place]
        found: dict[str, None] = {}
        for phrase, concept in self._whole.get(word, ()):
            there = words[place : place + len(phrase)]
            if len(there) == len(phrase) and all(map(_fits, there, phrase)):
                found[concept] = None
        for length in range(2, len(word) + 1):
            for concept in self._open.get(word[:length], ()):
                found[concept] = None
        return list(found)


def _fits(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@cache
def concepts_of(lang: str) -> Concepts:
    """The table of a language that `languages()` names."""
    return Concepts(lang)
