"""How words of another script are typed in Latin letters: everybody has a spelling of their own, the sounds agree."""

from __future__ import annotations

from functools import lru_cache

from anyascii import anyascii

#: Scripts whose letters stand for Latin ones one by one, so that a word tells how it is spelt out.
SPELT_OUT = frozenset({"Cyrl"})
#: Letters of one sound, in the order in which they are read: what the sound is written as.
_SOUNDS = (
    ("shch", "w"), ("sch", "w"), ("tch", "4"), ("ch", "4"), ("sh", "6"), ("zh", "3"), ("kh", "h"), ("x", "h"),
    ("tz", "c"), ("ts", "c"), ("ck", "k"), ("q", "k"), ("ph", "f"), ("w", "v"), ("j", "i"), ("y", "i"), ("g", "h"),
    ("io", "e"), ("ie", "e"),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def heard(word: str) -> str:
    """The sounds of a word of any script: the same for "Грузії", "gruziyi" and "hruzii"; empty without letters."""
    sounds = "".join(char for char in anyascii(word).lower() if char.isalnum())
    for written, sound in _SOUNDS:
        sounds = sounds.replace(written, sound)
    return "".join(char for place, char in enumerate(sounds) if char != sounds[place - 1 : place])
