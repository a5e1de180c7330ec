"""Which language a message looks like: naive Bayes on runs of letters, learnt from the training messages.

What ready-made detectors lack is what newcomers type: Arabic, Persian, Tigrinya, Ukrainian and Russian in Latin
letters, Pashto, messages of two words. Each script has a table of its own, so that romanised Arabic competes with
Somali and not with Arabic. It is learnt once, at training, and stored in the model.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray

from wegwijzer.lexicon.words import normalise_word, written

DATA = Path(__file__).parents[2] / "data" / "nlu"
_LONGEST = 4
_SMOOTHING = 0.3
#: A run that occurs less often tells nothing.
_LEAST = 2
#: Runs of letters are not independent of each other; so much of their evidence counts.
_WEIGHT = 0.35
#: One letter in so many of another script than Latin tells the script of a text.
_MIXED = 4


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
    """The script that a text is written in; None when it has no letters.

    Latin only when nearly all letters are: long Dutch words stand among the others ("чем помогает trajectbegeleider").
    """
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else None
    scripts = Counter(map(script_of, filter(str.isalpha, text)))
    if not scripts:
        return None
    for script, count in scripts.most_common():
        if script != "Latn" and count * _MIXED >= scripts.total():
            return script
    return scripts.most_common(1)[0][0]


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
    for word in written(text):
        yield from _runs_of(word.casefold())


def _runs_of(word: str) -> Iterator[str]:
    for form in dict.fromkeys((word, normalise_word(word))):
        padded = f" {form} "
        yield padded
        for length in range(1, _LONGEST + 1):
            for start in range(len(padded) - length + 1):
                yield padded[start : start + length]


@dataclass
class Table:
    """Runs of letters of one script: their rows in ``weights`` (logarithms of their chance in each language)."""

    languages: list[str]
    vocabulary: dict[str, int]
    weights: NDArray[np.float32]  # a row a run, a column a language
    unseen: NDArray[np.float32]  # of a run that no message had

    @classmethod
    def of(cls, counts: dict[str, Counter[str]]) -> Table:
        """Learn from how often each language has each run."""
        languages = sorted(counts)
        seen: Counter[str] = Counter()
        for table in counts.values():
            seen.update(table)
        runs = [run for run, count in seen.items() if count >= _LEAST]
        totals = np.array([sum(counts[lang].values()) for lang in languages]) + _SMOOTHING * len(seen)
        found = np.array([[counts[lang][run] for lang in languages] for run in runs], dtype=np.float64)
        weights = np.log((found.reshape(len(runs), len(languages)) + _SMOOTHING) / totals)
        return cls(
            languages,
            {run: row for row, run in enumerate(runs)},
            weights.astype(np.float32),
            np.log(_SMOOTHING / totals).astype(np.float32),
        )


def _counted(words: Counter[str]) -> Counter[str]:
    """How often each run occurs in words, each looked at once."""
    counts: Counter[str] = Counter()
    for word, often in words.items():
        for run in _runs_of(word.casefold()):
            counts[run] += often
    return counts


class LetterRuns:
    """What the messages of each language look like, a table a script."""

    def __init__(self, tables: dict[str, Table]) -> None:
        self._tables = tables

    @classmethod
    def learn(cls, messages: Iterable[tuple[str, str]]) -> LetterRuns:
        """From pairs of language (ISO 639-1) and text."""
        said: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for lang, text in messages:
            script = main_script(text)
            if script:
                said[script][lang].update(written(text))
        return cls(
            {
                script: Table.of({lang: _counted(words) for lang, words in languages.items()})
                for script, languages in said.items()
            }
        )

    def save(self, folder: Path) -> None:
        """Write the tables into a folder: words as JSON, numbers as NumPy arrays."""
        words = {
            script: {"languages": table.languages, "runs": list(table.vocabulary)}
            for script, table in self._tables.items()
        }
        (folder / "runs.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        arrays = {f"weights_{script}": table.weights.astype(np.float16) for script, table in self._tables.items()}
        unseen = {f"unseen_{script}": table.unseen for script, table in self._tables.items()}
        np.savez_compressed(folder / "runs.npz", **arrays, **unseen)

    @classmethod
    def read(cls, folder: Path) -> LetterRuns:
        """What `save` wrote."""
        words = json.loads((folder / "runs.json").read_text(encoding="utf-8"))
        with np.load(folder / "runs.npz", allow_pickle=False) as arrays:
            return cls(
                {
                    script: Table(
                        table["languages"],
                        {run: row for row, run in enumerate(table["runs"])},
                        arrays[f"weights_{script}"].astype(np.float32),
                        arrays[f"unseen_{script}"],
                    )
                    for script, table in words.items()
                }
            )

    def look(self, text: str) -> tuple[dict[str, float], float]:
        """The chance of each language that is written in the text's script, and how familiar the text looks.

        Familiar (0 to 1) is the share of its runs that messages had: low for a language never seen. A script without
        messages gives no chances.
        """
        table = self._tables.get(main_script(text) or "")
        if table is None:
            return {}, 0.0
        said = list(runs(text))
        rows = [table.vocabulary[run] for run in said if run in table.vocabulary]
        score = table.weights[rows].sum(axis=0) + (len(said) - len(rows)) * table.unseen
        score = _WEIGHT * (score - score.max())
        chances = np.exp(score) / np.exp(score).sum()
        shares = {lang: float(chance) for lang, chance in zip(table.languages, chances, strict=True)}
        return shares, len(rows) / len(said)


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
