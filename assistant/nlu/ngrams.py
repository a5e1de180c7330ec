"""Which language a message looks like: naive Bayes on runs of letters, learnt from the training messages.

What ready-made detectors lack is what newcomers type: Arabic, Persian, Tigrinya, Ukrainian and Russian in Latin
letters, Pashto, messages of two words. Each script has a table of its own, so that romanised Arabic competes with
Somali and not with Arabic. Learning from all messages takes a second.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray

from wegwijzer.lexicon.words import normalise_word, split

DATA = Path(__file__).parents[2] / "data" / "nlu"
_LONGEST = 4
_SMOOTHING = 0.3
#: Runs of letters are not independent of each other; so much of their evidence counts.
_WEIGHT = 0.35


#: First word of the Unicode name of a letter -> ISO 15924 code of its script.
_SCRIPTS = {
    "LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "ETHIOPIC": "Ethi", "GREEK": "Grek", "CJK": "Hani",
    "GEORGIAN": "Geor", "ARMENIAN": "Armn", "DEVANAGARI": "Deva", "BENGALI": "Beng", "GURMUKHI": "Guru",
    "TAMIL": "Taml", "THAI": "Thai", "HANGUL": "Hang", "HIRAGANA": "Kana", "KATAKANA": "Kana", "HEBREW": "Hebr",
}  # fmt: skip


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """ISO 15924 code of the script of a letter, among those that a language may be told by; empty for others."""
    return _SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0], "")


def main_script(text: str) -> str | None:
    """The script of most letters of a text; None when it has no letters."""
    scripts = Counter(script_of(char) for char in text if char.isalpha())
    return scripts.most_common(1)[0][0] if scripts else None


#: Scripts whose letters stand for Latin ones nearly one to one. Arabic leaves the vowels out: its romanised messages
#: are written by hand in data/nlu.
_SPELT_OUT = frozenset({"Cyrl", "Ethi"})


def romanised(text: str) -> str | None:
    """The message in Latin letters; None where the script does not say how it sounds, or is Latin already."""
    if main_script(text) not in _SPELT_OUT:
        return None
    return anyascii(text).replace("'", "").lower()


def runs(text: str) -> Iterator[str]:
    """Runs of 1 to 4 characters within each word, its ends marked, and whole words; accents count."""
    for word in split(text):
        written = text[word.start : word.end].casefold()
        for form in {written, normalise_word(written)}:
            padded = f" {form} "
            yield padded
            for length in range(1, _LONGEST + 1):
                for start in range(len(padded) - length + 1):
                    yield padded[start : start + length]


class LetterRuns:
    """The tables of all scripts. ``messages`` are pairs of language and text."""

    def __init__(self, messages: Iterable[tuple[str, str]]) -> None:
        counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for lang, text in messages:
            script = main_script(text)
            if script:
                counts[script][lang].update(runs(text))
        self._languages = {script: sorted(table) for script, table in counts.items()}
        self._tables = {script: self._table(counts[script]) for script in counts}

    def _table(self, counts: dict[str, Counter[str]]) -> tuple[dict[str, NDArray[np.float32]], NDArray[np.float32]]:
        known = {run for table in counts.values() for run in table}
        totals = np.array([sum(counts[lang].values()) for lang in sorted(counts)]) + _SMOOTHING * len(known)
        rows = {
            run: np.log((np.array([counts[lang][run] for lang in sorted(counts)]) + _SMOOTHING) / totals).astype("f4")
            for run in known
        }
        return rows, np.log(_SMOOTHING / totals).astype("f4")

    def familiar(self, text: str) -> float:
        """The share of the runs of a text that some message in its script had: low for a language never seen."""
        rows, _ = self._tables.get(main_script(text) or "", ({}, None))
        seen = [run in rows for run in runs(text)]
        return sum(seen) / len(seen) if seen else 0.0

    def chances(self, text: str) -> dict[str, float]:
        """The chance of each language that is written in the text's script; empty when there is none."""
        script = main_script(text)
        if script not in self._tables:
            return {}
        rows, unseen = self._tables[script]
        score = np.zeros_like(unseen)
        for run in runs(text):
            score = score + rows.get(run, unseen)
        score = _WEIGHT * (score - score.max())
        chances = np.exp(score) / np.exp(score).sum()
        return {lang: float(chance) for lang, chance in zip(self._languages[script], chances, strict=True)}


def messages(languages: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """The training messages of ``data/nlu/<lang>``, and their romanised variants, with their language."""
    for path in sorted(DATA.glob("*/*.yml")):
        if languages(path.parent.name):
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.startswith("      - "):
                    yield path.parent.name, line[8:]
                    latin = romanised(line[8:])
                    if latin:
                        yield path.parent.name, latin
