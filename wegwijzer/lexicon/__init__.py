"""The words of each language: countries and nationalities, documents, reasons of stay, yes and no, dates, answers.

One YAML file a language, plus `any.yml` for forms that belong to no language. A file that is added is a language that
is understood; nothing else has to change. This package imports neither spaCy nor Rasa.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from wegwijzer.lexicon.words import forms, normalise_word

FOLDER = Path(__file__).parent
#: The file for forms that belong to no language.
ANY = "any"

#: A month's name of fewer letters is left out where it is an everyday word.
_LEAST_MONTH = 4

Table = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Lexicon:
    """The words of one language, as its YAML file gives them.

    `calendars` has the calendars beside the Gregorian one that its people use, the likeliest first: the name
    (`solar_hijri`, `islamic`, `ethiopian`) with the names of the months 1 to 12 or 13, the one that is shown first.
    `languages` has what CLDR lacks of the names of languages, by ISO 639-1 code.
    `combinations` go from the code of a stay reason, or `none` for no residence document, to ways of saying it: lists
    of beginnings of words, each of which must have one in the message, in any order (whole words end in a space).
    `letter_names` tell how the letter of a card is said or written in words.
    `others` (in `any.yml`) names the languages that are told apart but not understood, each with those of ours that its
    speakers often know, and `others_identify` words by which some of them are told.
    `demonyms` and `countries` go from ISO 3166-1 code to phrases; `documents` and `stay_reasons` from the codes of
    contract section 2; `centuries` from 1900 and 2000 to what is said before the rest of a year; `durations` from a
    number of months to what says it in one word ("half-year", the Arabic
    dual); `topics` from a name that all languages share to beginnings of words; `answers` from a fact
    to the phrases of each of its values (booleans as "true" / "false").
    """

    code: str
    spacy: str
    script: str
    direction: str
    numbers: tuple[str, ...]
    dates: str
    identify: tuple[str, ...]
    letters: str
    demonyms: Table
    countries: Table
    documents: Table
    document_letters: tuple[str, ...]
    letter_names: Table
    stay_reasons: Table
    combinations: Mapping[str, tuple[tuple[tuple[str, ...], ...], ...]]
    replies: Table
    units: Table
    centuries: Mapping[int, tuple[str, ...]]
    durations: Mapping[int, tuple[str, ...]]
    words: Table
    months: Table
    extra_numbers: Mapping[str, int]
    answers: Mapping[str, Table]
    municipalities: Table
    topics: Table
    languages: Table
    others: Table
    others_identify: Table
    calendars: Mapping[str, Table]

    @property
    def verb_last(self) -> bool:
        """Whether the verb stands last: such a language has words for "am not" behind what one is not."""
        return bool(self.group("not_after"))

    def group(self, name: str) -> tuple[str, ...]:
        """The phrases of one group under `words`; empty when the language does not use it."""
        return self.words.get(name, ())


def _phrases(value: Any) -> tuple[str, ...]:
    """Phrases of a YAML list or of a line with commas; `belgisch|e` stands for belgisch and belgische."""
    if value is None:
        return ()
    items = value if isinstance(value, list) else str(value).split(",")
    found: list[str] = []
    for item in items:
        base, *endings = str(item).strip().split("|")
        found.extend(base + ending for ending in ["", *endings] if base)
    return tuple(dict.fromkeys(found))


def _table(value: Mapping[Any, Any] | None) -> dict[str, tuple[str, ...]]:
    return {str(key): _phrases(item) for key, item in (value or {}).items()}


def _merged(*tables: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The phrases of all tables; a code keeps those of every table."""
    result: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for key, phrases in table.items():
            result[key] = (*result.get(key, ()), *phrases)
    return result


@cache
def languages() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages that have a lexicon, Dutch first."""
    codes = sorted(path.stem for path in FOLDER.glob("*.yml") if path.stem != ANY)
    return tuple(sorted(codes, key=lambda code: code != "nl"))


@cache
def load(lang: str) -> Lexicon:
    """The lexicon of `lang` (an ISO 639-1 code, or `any`).

    Raises KeyError when there is none, ValueError when the file has a section that is not known.
    """
    path = FOLDER / f"{lang}.yml"
    if lang != ANY and lang not in languages():
        raise KeyError(f"no lexicon for language {lang!r}")
    raw = dict(YAML(typ="safe").load(path.read_text(encoding="utf-8")) or {})
    identify = _phrases(raw.pop("identify", None))
    lexicon = Lexicon(
        code=lang,
        spacy=str(raw.pop("spacy", "xx")),
        script=str(raw.pop("script", "Latn")),
        direction=str(raw.pop("direction", "ltr")),
        numbers=_phrases(raw.pop("numbers", None)),
        dates=str(raw.pop("dates", "")),
        identify=identify,
        letters=str(raw.pop("letters", "")),
        demonyms=_table(raw.pop("demonyms", None)),
        countries=_table(raw.pop("countries", None)),
        documents=_table(raw.pop("documents", None)),
        document_letters=_phrases(raw.pop("document_letters", None)),
        letter_names=_table(raw.pop("letter_names", None)),
        stay_reasons=_table(raw.pop("stay_reasons", None)),
        combinations={
            str(value): tuple(tuple(tuple(map(str, said)) for said in way) for way in ways)
            for value, ways in (raw.pop("combinations", None) or {}).items()
        },
        replies=_table(raw.pop("replies", None)),
        units=_table(raw.pop("units", None)),
        centuries={int(year): _phrases(said) for year, said in (raw.pop("centuries", None) or {}).items()},
        durations={int(months): _phrases(said) for months, said in (raw.pop("durations", None) or {}).items()},
        words=_table(raw.pop("words", None)),
        months=_merged(_table(raw.pop("months", None)), cldr_months(lang, frozenset(map(normalise_word, identify)))),
        extra_numbers={str(key): int(value) for key, value in (raw.pop("extra_numbers", None) or {}).items()},
        answers={str(fact): _table(table) for fact, table in (raw.pop("answers", None) or {}).items()},
        municipalities=_table(raw.pop("municipalities", None)),
        topics=_table(raw.pop("topics", None)),
        languages=_table(raw.pop("languages", None)),
        others=_table(raw.pop("others", None)),
        others_identify=_table(raw.pop("others_identify", None)),
        calendars={str(name): _table(table) for name, table in (raw.pop("calendars", None) or {}).items()},
    )
    if raw:
        raise ValueError(f"{path.name}: unknown section {sorted(raw)[0]!r}")
    return lexicon


def cldr_months(lang: str, words: frozenset[str] = frozenset()) -> dict[str, tuple[str, ...]]:
    """Names of the months 1 to 12 that CLDR gives, long and short, on their own and inside a date.

    An abbreviation or a short name that is one of the most common `words` (normalised) is left out: Polish "sie" is
    seldom August, nor is Pashto "my" May.
    """
    if lang == ANY:
        return {}
    from babel import Locale

    locale = Locale.parse(lang)
    names: dict[str, tuple[str, ...]] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                short = width == "abbreviated" or len(name) < _LEAST_MONTH
                if short and normalise_word(name.strip(".")) in words:
                    continue
                names[str(number)] = (*names.get(str(number), ()), name.strip("."))
    return names


@cache
def number_words(lang: str) -> Mapping[tuple[str, ...], int]:
    """Number words of `lang` from 0 to 120, as tuples of normalised words ("twenty", "one") and written together."""
    lexicon = load(lang)
    table: dict[tuple[str, ...], int] = {}
    if lexicon.numbers:
        from num2words import num2words

        for code in lexicon.numbers:
            for number in range(121):
                parts = forms(num2words(number, lang=code))
                table.setdefault(parts, number)
                table.setdefault(("".join(parts),), number)
    for phrase, number in lexicon.extra_numbers.items():
        table[forms(phrase)] = number
    return table


__all__ = [
    "ANY",
    "Lexicon",
    "cldr_months",
    "forms",
    "languages",
    "load",
    "normalise_word",
    "number_words",
]
