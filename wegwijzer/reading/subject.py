"""For whom a question is: for the person who writes, or for somebody else ("my wife", "my client")."""

from __future__ import annotations

from wegwijzer.lexicon.words import split
from wegwijzer.reading.vocabulary import vocabulary
from wegwijzer.texts import OTHER, SELF


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
