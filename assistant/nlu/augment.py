"""How else a training message is typed: in Latin letters, with slips of the finger, with Dutch words in it.

Made anew at each training, always the same for the same message, so that two trainings agree. What the features do not
see anyway (capitals, accents) needs no variant.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator

from assistant.nlu.ngrams import romanised
from wegwijzer.lexicon.words import split

#: Shorter words are left as they are: a slip makes another word of them.
_LEAST_LETTERS = 5
_LEAST_WORDS = 4
#: Share of the longer words that get a slip.
_SLIPS = 0.3
#: One message in so many is learnt with slips and Dutch words as well; more of them cost time and teach no more.
_HASTY = 8
#: What newcomers of every language say in Dutch before or after their own words.
_DUTCH_BEFORE = ("hallo", "dag", "mevrouw", "mijnheer", "sorry")
_DUTCH_AFTER = ("aub", "dank u", "bedankt", "mijnheer", "mevrouw")


def variants(text: str) -> Iterator[str]:
    """Other ways to type a message: in Latin letters where its script is spelt out, and sometimes in a hurry."""
    latin = romanised(text)
    if latin:
        yield latin
    seed = zlib.crc32(text.encode())
    if seed % _HASTY == 0:
        yield _hasty(text, random.Random(seed))


def _hasty(text: str, dice: random.Random) -> str:
    parts: list[str] = []
    last = 0
    for word in split(text):
        written = text[word.start : word.end]
        parts.append(text[last : word.start])
        slips = len(written) >= _LEAST_LETTERS and dice.random() < _SLIPS
        parts.append(_slip(written, dice) if slips else written)
        last = word.end
    typed = "".join(parts) + text[last:]
    if len(split(text)) < _LEAST_WORDS:
        return typed  # "hallo" before a single word would make a greeting of it
    return f"{dice.choice(_DUTCH_BEFORE)} {typed}" if dice.random() < 0.5 else f"{typed} {dice.choice(_DUTCH_AFTER)}"


def _slip(word: str, dice: random.Random) -> str:
    """One letter left out, doubled, or changed places with the next; the first stays."""
    place = dice.randrange(1, len(word) - 1)
    kind = dice.randrange(3)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place] + word[place:]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
