"""Whom a message speaks of: the person who writes, somebody else ("my wife", "my client"), or people in general."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from wegwijzer.lexicon.words import split
from wegwijzer.reading.vocabulary import vocabulary
from wegwijzer.texts import OTHER, SELF

#: So many words without a question mark are an answer, whatever they resemble.
ANSWER = 3


def has_question_mark(text: str) -> bool:
    """Whether a question mark of any script stands in the text."""
    return any(map(_is_question_mark, text))


@lru_cache(maxsize=2000)
def _is_question_mark(char: str) -> bool:
    return "QUESTION MARK" in unicodedata.name(char, "")


def asks(text: str, lang: str | None) -> bool:
    """Whether the words ask something: a question mark, or a word such as "what" or "must"."""
    if has_question_mark(text):
        return True
    known, words = vocabulary(lang), split(text[:1000])
    return bool(known.asking_phrases.find(words)) or any(
        word.form in known.asking or word.form.startswith(known.asking_stems) for word in words
    )


def asks_in_general(text: str, lang: str | None) -> bool:
    """Whether a message asks about people in general: it asks, and nothing in it is said of oneself.

    A few words without a question mark are an answer, whatever they resemble ("permis unique").
    """
    known = vocabulary(lang)
    words = split(text[:1000])
    if len(words) <= ANSWER and not has_question_mark(text):
        return False
    return asks(text, lang) and not any(known.group(name).find(words) for name in ("me", "i_am"))


def may_state(text: str, lang: str | None) -> bool:
    """Whether a message may state facts of oneself, whatever it is about: a few words, or "I" and nothing asked."""
    if has_question_mark(text):
        return False
    known, words = vocabulary(lang), split(text[:1000])
    if len(words) <= ANSWER:
        return True
    return not asks(text, lang) and any(known.group(name).find(words) for name in ("me", "i_am", "first_person"))


def speaks_of(text: str, lang: str) -> str | None:
    """``self``, ``other``, or None when the text does not say. The later of two mentions counts."""
    known = vocabulary(lang)
    words = split(text[:1000])
    mine = bool(known.group("first_person").find(words))
    # "I married my husband" is about me; "for my husband" is not, and neither is "must my husband go".
    found = [
        (match.first, OTHER)
        for match in known.group("other_person").find(words)
        if not mine or known.before("for_whom", words, match.first)
    ]
    found += [(match.first, SELF) for match in known.group("myself").find(words)]
    return max(found)[1] if found else None
