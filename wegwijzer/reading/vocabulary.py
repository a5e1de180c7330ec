"""The lexicon of a language, ready to look for numbers, units, months and cue words in a text. No Rasa, no spaCy."""

from __future__ import annotations

import re
from functools import cache

from wegwijzer import lexicon
from wegwijzer.lexicon.words import Match, Phrases, Word, normalise_word

#: The language whose words are used when a text's language has no lexicon.
FALLBACK = "en"
_LARGEST_DIGITS = 4
#: The longest text that is read for facts, in characters.
MAX_CHARS = 1000
#: Topics of the lexicons whose words ask something.
_ASKING = ("what", "who", "how", "howmuch", "where", "when", "why", "must", "may")
#: Groups of the lexicon for days and spans that are told from today; what may be part of another stands after it.
DAYS = (
    "today",
    "before_yesterday",
    "yesterday",
    "last_week",
    "this_week",
    "last_month",
    "this_month",
    "last_year",
    "this_year",
)
#: Shorter words that ask something count only as whole words.
_STEM = 3
_CODE = re.compile(r"</?[a-z!]|[{}]|\w=\w", re.IGNORECASE)


def readable(text: str) -> str:
    """The part of a text that is read for facts: its beginning, and nothing of markup or code."""
    return "" if _CODE.search(text) else text[:MAX_CHARS]


class Vocabulary:
    """Compiled word tables of one language."""

    def __init__(self, lang: str | None) -> None:
        self.lang = lang if lang in lexicon.languages() else FALLBACK
        self.lexicon = lexicon.load(self.lang)
        self.articles = frozenset(self.lexicon.group("articles"))
        #: Words that are spelt like a country, or nearly so.
        self.everyday = frozenset(self.lexicon.group("not_country"))
        self.units = Phrases.of(self.lexicon.units)
        self.durations = Phrases.of(self.lexicon.durations)
        self.months = Phrases.of(self.lexicon.months)
        self.numbers: Phrases[int] = Phrases(
            (" ".join(words), number) for words, number in lexicon.number_words(self.lang).items()
        )
        #: The hundreds of a year ("nineteen hundred").
        self.centuries: Phrases[int] = Phrases.of(self.lexicon.centuries)
        #: What joins two numbers stands between them or, marked with a hyphen, is written on to one of them.
        marks = self.lexicon.group("number_and")
        self.joins_after = tuple(normalise_word(mark[1:]) for mark in marks if mark.startswith("-"))
        self.joins_before = tuple(normalise_word(mark[:-1]) for mark in marks if mark.endswith("-"))
        #: A text without one of these words has no numbers to be put together.
        self.joins_numbers = self.numbers.firsts | self.centuries.firsts if marks else self.centuries.firsts
        self.replies = Phrases.of(self.lexicon.replies)
        self.days = Phrases.of({name: self.lexicon.group(name) for name in DAYS})
        said = [forms for name in _ASKING for forms in map(lexicon.forms, self.lexicon.topics.get(name, ()))]
        #: Beginnings of words that ask something, and phrases that do ("since when").
        self.asking = frozenset(forms[0] for forms in said if len(forms) == 1)
        self.asking_stems = tuple(stem for stem in self.asking if len(stem) > _STEM)
        self.asking_phrases = Phrases((" ".join(forms), True) for forms in said if len(forms) > 1)
        #: What is numbered, as "annex" in "annex 15".
        self.numbered = frozenset(
            key[0]
            for phrases in self.lexicon.documents.values()
            for key in map(lexicon.forms, phrases)
            if len(key) > 1 and key[1].isdigit()
        )
        self._groups: dict[str, Phrases[str]] = {}
        #: What the first word of a duration may be, when it is no number in digits.
        self.counting = self.numbers.firsts.union(
            self.durations.firsts, *(self.group(name).firsts for name in ("one_and_half", "half", "one"))
        )
        self._firsts: dict[tuple[str, ...], dict[str, list[str]]] = {}
        self._answers: dict[str, Phrases[str]] = {}

    def group(self, name: str) -> Phrases[str]:
        """The phrases of one group of `words` in the lexicon."""
        if name not in self._groups:
            self._groups[name] = Phrases((phrase, name) for phrase in self.lexicon.group(name))
        return self._groups[name]

    def groups(self, names: tuple[str, ...], words: list[Word]) -> list[str]:
        """Those of the groups `names` that have a phrase in the words, in their order."""
        if names not in self._firsts:
            table: dict[str, list[str]] = {}
            for name in names:
                for first in {key[0] for key, _ in self.group(name).entries()}:
                    table.setdefault(first, []).append(name)
            self._firsts[names] = table
        begun = {name for word in words for name in self._firsts[names].get(word.form, ())}
        return [name for name in names if name in begun and self.group(name).find(words)]

    def answers(self, fact: str) -> Phrases[str]:
        """The phrases that answer the question about `fact`, each with its value as text."""
        if fact not in self._answers:
            self._answers[fact] = Phrases.of(self.lexicon.answers.get(fact, {}), self.articles)
        return self._answers[fact]

    def number_at(self, words: list[Word], place: int) -> Match[int] | None:
        """A whole number, in digits (four at most) or in words, that starts at word number `place`."""
        if place >= len(words):
            return None
        form = words[place].form
        if form.isdigit():
            if len(form) > _LARGEST_DIGITS or self._is_letter(words, place):
                return None
            return Match(int(form), place, place + 1)
        return self.numbers.at(words, place)

    def _is_letter(self, words: list[Word], place: int) -> bool:
        """Whether a figure stands for a letter, as people type Arabic in Latin letters: "rba3", "9arib"."""
        word = words[place]
        if len(word.form) > 1:
            return False
        if place and words[place - 1].end == word.start and words[place - 1].form.isalpha():
            return True
        after = place + 1
        if after == len(words) or words[after].start != word.end or not words[after].form.isalpha():
            return False
        return self.units.at(words, after) is None and self.starts("ordinal", words, after) == after

    def starts(self, name: str, words: list[Word], place: int) -> int:
        """The place after a phrase of group `name` that starts at `place`; `place` itself when there is none."""
        match = self.group(name).at(words, place) if place < len(words) else None
        return match.last if match else place

    def before(self, name: str, words: list[Word], place: int, reach: int = 0) -> bool:
        """Whether a phrase of group `name` ends at `place`, or up to `reach` words earlier."""
        phrases = self.group(name)
        return any(phrases.ends_at(words, end) for end in range(max(1, place - reach), place + 1))

    def after(self, name: str, words: list[Word], place: int, reach: int = 0) -> bool:
        """Whether a phrase of group `name` starts at `place`, or up to `reach` words later."""
        phrases = self.group(name)
        return any(phrases.at(words, start) for start in range(place, min(len(words), place + reach + 1)))


@cache
def vocabulary(lang: str | None) -> Vocabulary:
    """The vocabulary of `lang` (ISO 639-1); that of English when there is no lexicon or no language."""
    return Vocabulary(lang)
