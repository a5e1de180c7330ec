"""Numbers that are said in several words, as figures: "sixty and five", "nineteen hundred ninety two".

The lexicons list the numbers that a language counts with; what people join in other ways, and years, are put together
here, so that the rest reads them as if they were typed.
"""

from __future__ import annotations

from collections.abc import Sequence

from wegwijzer.lexicon.words import Match, Word
from wegwijzer.reading.vocabulary import Vocabulary

#: The century that counts on without a number after it: "two thousand".
_ROUND = 2000


def in_figures(words: Sequence[Word], known: Vocabulary) -> list[Word]:
    """`words` with each year and each number of twenty-one to ninety-nine that is joined from two, as one word."""
    if not known.joins_numbers.intersection(word.form for word in words):
        return list(words)
    said = list(words)
    found: list[Word] = []
    place = 0
    while place < len(said):
        match = _year(said, place, known) or _joined(said, place, known)
        if match is None:
            found.append(said[place])
            place += 1
        else:
            found.append(Word(str(match.value), said[place].start, said[match.last - 1].end))
            place = match.last
    return found


def _year(words: list[Word], place: int, known: Vocabulary) -> Match[int] | None:
    century = known.centuries.at(words, place)
    if century is None:
        return None
    after = known.starts("number_and", words, century.last)
    number = _joined(words, after, known) or _number(words, after, known)
    if number is not None and 0 < number.value < 100:
        return Match(century.value + number.value, place, number.last)
    return Match(_ROUND, place, century.last) if century.value == _ROUND else None


def _joined(words: list[Word], place: int, known: Vocabulary) -> Match[int] | None:
    """A ten and a unit, in either order, with a word or a mark between them."""
    first = _number(words, place, known)
    if first is None or not (_is_ten(first.value) or 0 < first.value < 10):
        return None
    after = known.starts("number_and", words, first.last)
    second = _number(words, after, known)
    if second is None or _is_ten(first.value) == _is_ten(second.value) or not 0 < second.value < 100:
        return None
    if not (_is_ten(second.value) or second.value < 10):
        return None
    marked = words[first.last - 1].form.endswith(known.joins_after) or words[after].form.startswith(known.joins_before)
    if after == first.last and not marked:
        return None
    return Match(first.value + second.value, place, second.last)


def _is_ten(value: int) -> bool:
    return 20 <= value < 100 and value % 10 == 0


def _number(words: list[Word], place: int, known: Vocabulary) -> Match[int] | None:
    """A number in words at `place`, without the marks that join it to another."""
    if place >= len(words):
        return None
    word = words[place]
    forms = [word.form]
    forms += [word.form[: -len(mark)] for mark in known.joins_after if word.form.endswith(mark)]
    forms += [word.form[len(mark) :] for mark in known.joins_before if word.form.startswith(mark)]
    for form in forms:
        if form in known.numbers.firsts:
            unmarked = [*words[:place], word._replace(form=form), *words[place + 1 :]]
            if match := known.numbers.at(unmarked, place):
                return match
    return None
