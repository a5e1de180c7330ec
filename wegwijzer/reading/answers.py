"""What an answer says about a fact: the parsers behind the form. No Rasa, no spaCy; the words are in the lexicons.

`parse_answer` reads the answer to the question about one fact, `readings_anywhere` every fact that a message states by
itself. Both take the entities that the extractor found in the message (contract section 4) and never raise on a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from wegwijzer import lexicon, places
from wegwijzer.lexicon.words import Match, Word, split, western_digits
from wegwijzer.reading import dates
from wegwijzer.reading.subject import speaks_of
from wegwijzer.reading.vocabulary import Vocabulary, readable, vocabulary
from wegwijzer.texts import OTHER

Entity = dict[str, Any]

UNKNOWN = "unknown"
DECLINED = "declined"
#: "More than a year", whatever the number of months.
OVER_A_YEAR = "13+"

_SHORT_TEXT = 4
#: A phrase of so many characters at least may have a typing error; so alike (0 to 100) must the words be.
_NEAR_LENGTH = 5
_NEAR = 80.0
_OLDEST = 120
#: Fewer years that tell how long somebody has been here are no age.
_ADULT = 18

BOOLEANS = frozenset(
    {
        "first_registration",
        "permit_renewable",
        "sponsor_used_free_movement",
        "used_free_movement",
        "integration_conditions_met_abroad",
        "exempt_in_other_region",
        "compulsory_schooling_completed",
        "unaccompanied_minor",
        "home_language_dutch",
        "duty_fulfilled",
        "asylum_request_pending",
    }
)
DATES = frozenset({"registration_date", "first_registration_date", "lawful_stay_since", "contract_signed"})
MONTHS = frozenset({"permit_months", "max_stay_months", "reception_class_months"})
REGIONS = frozenset({"region", "first_registration_region"})
CHOICES = frozenset(
    {
        "registered",
        "parents_born_abroad",
        "family_relation",
        "minister_of_religion",
        "civic_certificate",
        "diploma",
        "medical",
        "school",
        "occupation",
    }
)
#: What a plain "no" or "none of these" answers; a plain "yes" answers only booleans and `registered`.
NO_MEANS: dict[str, Any] = {
    "registered": "no",
    "civic_certificate": "none",
    "diploma": "none",
    "medical": "none",
    "school": "none",
    "occupation": "none",
    "minister_of_religion": "none",
    "parents_born_abroad": "none",
    "family_relation": "none",
    "residence_document": "none",
    "reception_class_months": 0,
}
NONE_MEANS: dict[str, Any] = {
    **{fact: value for fact, value in NO_MEANS.items() if fact != "registered"},
    "stay_reason": "other",
}


@dataclass(frozen=True)
class Reading:
    """One possible meaning: the JSON `value` of `fact` (contract section 2), or "unknown" / "declined".

    `confidence` runs from 0 to 1; below 0.9 it should be asked back. `text` is the part of the message that says so,
    from `start` to `end`. Several readings of one fact are alternatives, to be asked back.
    """

    fact: str
    value: Any
    confidence: float
    text: str
    start: int
    end: int


class _Message:
    """A text with its words and entities, seen in one language."""

    def __init__(self, text: str, lang: str, today: date, entities: Iterable[Entity]) -> None:
        self.text = readable(text)
        self.lang = lang
        self.today = today
        self.words: list[Word] = split(self.text)
        self.known: Vocabulary = vocabulary(lang)
        self.entities = [entity for entity in entities if isinstance(entity.get("entity"), str)]

    def named(self, *names: str) -> list[Entity]:
        return [entity for entity in self.entities if entity["entity"] in names]

    def vocabularies(self) -> list[Vocabulary]:
        """The vocabulary of the conversation; for a short answer also those of the other languages."""
        others = [code for code in lexicon.languages() if code != self.known.lang]
        return [self.known, *(vocabulary(code) for code in others if len(self.words) <= _SHORT_TEXT)]

    def reading(self, fact: str, value: Any, confidence: float, first: int = 0, last: int | None = None) -> Reading:
        """A reading that rests on the words `first` to `last` (exclusive; all by default)."""
        last = len(self.words) if last is None else last
        start, end = (self.words[first].start, self.words[last - 1].end) if self.words else (0, len(self.text))
        return self.of_span(fact, value, confidence, start, end)

    def of_span(self, fact: str, value: Any, confidence: float, start: int, end: int) -> Reading:
        return Reading(fact, value, round(confidence, 3), self.text[start:end], start, end)

    def of_entity(self, fact: str, value: Any, entity: Entity, most: float = 1.0) -> Reading:
        start, end = int(entity.get("start") or 0), int(entity.get("end") or len(self.text))
        return self.of_span(fact, value, min(most, float(entity.get("confidence") or most)), start, end)

    def reply(self, *kinds: str) -> tuple[str, Match[str]] | None:
        """The first of the replies of `kinds` (yes, no, unknown, declined, none) in the text."""
        for known in self.vocabularies():
            for match in known.replies.find(self.words):
                whole = match.first == 0 and match.last == len(self.words)
                kind = match.value.removesuffix("_whole")
                if match.value != kind and not whole:
                    continue
                if kind not in kinds:
                    continue
                # A lone "no" of "no student" is not "none of these".
                if kind == "none" and not whole and match.last - match.first == 1:
                    continue
                # "Yes" and "no" count where they answer: at the beginning, or in a very short text.
                if kind in {"yes", "no", "none"} and match.first > 1 and len(self.words) > _SHORT_TEXT:
                    continue
                return kind, match
        return None


def parse_answer(fact: str, text: str, lang: str, today: date, entities: list[Entity]) -> list[Reading]:
    """The readings of `text` as the answer to the question about `fact`; empty when it answers nothing.

    Args:
        fact: a name of contract section 2, or `special_situations`.
        lang: ISO 639-1 code of the conversation.
        today: the day in Brussels.
        entities: what the extractor found in the same text.

    Returns:
        Readings of `fact`; or of a fact that the answer gives instead (a year of birth for the age, a region for the
        municipality). Several of one fact mean that the person has to choose.
    """
    message = _Message(text, lang, today, entities)
    if not message.words:
        return []
    withheld = _withheld(fact, message)
    if withheld and fact not in _OPEN:
        return [withheld]
    readings = _parser(fact)(fact, message)
    if not readings:
        return [withheld] if withheld else []
    if withheld:
        # "I don't know exactly, 2019": said with doubt.
        return [Reading(r.fact, r.value, min(r.confidence, 0.6), r.text, r.start, r.end) for r in readings]
    return readings


def _withheld(fact: str, message: _Message) -> Reading | None:
    for kind, value in (("declined", DECLINED), ("unknown", UNKNOWN)):
        found = message.reply(kind)
        if found:
            return message.reading(fact, value, 1.0, found[1].first, found[1].last)
    return None


def _age(fact: str, message: _Message) -> list[Reading]:
    born = [item for item in _own_dates(message) if not item.relative and not item.yearless]
    if len(born) == 1:
        return _birth_readings(message, born)
    numbers = _numbers(message)
    if len(numbers) != 1:
        stated = message.named("age")
        return [message.of_entity("age", stated[0]["value"], stated[0])] if len(stated) == 1 else []
    match = numbers[0]
    unit = message.known.units.at(message.words, match.last) if match.last < len(message.words) else None
    signed = message.text[: message.words[match.first].start].rstrip().endswith(("-", "−"))
    if signed or not 0 <= match.value <= _OLDEST or (unit and unit.value != "year"):
        return []
    if match.last < len(message.words) and message.words[match.last].form == "+":
        return []
    sure = 1.0
    if unit and _tells_how_long(message, match.first, unit.last):
        if match.value < _ADULT:
            return []
        sure = 0.6
    return [message.reading("age", match.value, sure, match.first, match.last)]


def _tells_how_long(message: _Message, first: int, last: int) -> bool:
    """Whether years are rather those that one has been somewhere: "for 4 years", "4 years ago"."""
    known, words = message.known, message.words
    if known.before("age_before", words, first):
        return False
    before = any(known.before(name, words, first) for name in ("since", "for_duration", "ago_before"))
    return before or known.starts("ago_after", words, last) > last


def _numbers(message: _Message) -> list[Match[int]]:
    """Whole numbers in the text; "a" and "one" do not count beside another number."""
    found: list[Match[int]] = []
    place = 0
    while place < len(message.words):
        match = message.known.number_at(message.words, place)
        if match is None:
            if message.words[place].form.isdigit():
                return []
            place += 1
            continue
        found.append(match)
        place = match.last
    # "Een", "un", "one" are mostly articles: a number only where they are all that is said, or count something.
    return [match for match in found if match.value != 1 or _is_number(message, match, len(found) == 1)]


def _is_number(message: _Message, match: Match[int], alone: bool) -> bool:
    words = message.words
    counts = match.last < len(words) and message.known.units.at(words, match.last) is not None
    return words[match.first].form.isdigit() or (alone and (len(words) == match.last - match.first or counts))


def _own_dates(message: _Message) -> list[dates.FoundDate]:
    return dates.asked_date(message.text, message.known.lang, message.today)


def _birth_readings(message: _Message, found: list[dates.FoundDate]) -> list[Reading]:
    readings = []
    for item, value in _meanings(message, found):
        if int(value[:4]) < message.today.year - _OLDEST - 1:
            continue
        digits = western_digits(message.text[item.start : item.end])
        short_year = not re.search(r"\d{4}", digits)
        # Two digits of a year that fit both centuries: "12/3/15".
        unsure = short_year and int(value[:4]) >= 2000
        readings.append(message.of_span("birth_date", value, 0.7 if unsure else item.confidence, item.start, item.end))
    return readings


def _meanings(message: _Message, found: list[dates.FoundDate]) -> Iterator[tuple[dates.FoundDate, str]]:
    """Every date with each partial date that it may mean and that is not still to come."""
    for item in found:
        for value in item.meanings:
            if not dates.in_future(value, message.today):
                yield item, value


def _entity_dates(message: _Message, *names: str) -> Iterator[tuple[Entity, str]]:
    """The date entities of these names with each partial date that they may mean and that is not still to come."""
    for entity in message.named(*names):
        for choice in entity.get("candidates") or [entity]:
            if not dates.in_future(str(choice["value"]), message.today):
                yield entity, str(choice["value"])


_PACKED = re.compile(r"\D*(\d{2})(\d{2})(\d{4})\D*")


def _birth_date(fact: str, message: _Message) -> list[Reading]:
    found = [item for item in _own_dates(message) if not item.relative and not item.yearless]
    if found:
        longest = max(len(item.value) for item in found)
        return _birth_readings(message, [item for item in found if len(item.value) == longest])
    packed = _PACKED.fullmatch(western_digits(message.text))
    if packed:
        value = "-".join(reversed(packed.groups()))
        if dates.is_real(value) and not dates.in_future(value, message.today):
            return [message.reading(fact, value, 0.8)]
        return []
    if len(message.named("birth_date", "date")) == 1 and (stated := list(_entity_dates(message, "birth_date", "date"))):
        return [message.of_entity(fact, value, entity) for entity, value in stated]
    ages = message.named("age")
    if len(ages) == 1:
        return [message.of_entity("age", ages[0]["value"], ages[0], 0.9)]
    return []


def _date(fact: str, message: _Message) -> list[Reading]:
    found = _own_dates(message)
    born = {entity.get("start") for entity in message.named("birth_date")}
    found = [item for item in found if item.start not in born]
    exact = [item for item in found if not item.bare] or found
    readings = [
        message.of_span(fact, value, item.confidence, item.start, item.end) for item, value in _meanings(message, exact)
    ]
    if readings or _own_dates(message):
        return _distinct(readings)
    durations = dates.find_durations(message.words, message.known.lang, message.text)
    if len(durations) == 1:
        value, confidence = dates.ago(durations[0], message.today)
        if dates.is_real(value):
            return [message.reading(fact, value, min(confidence, 0.7), durations[0].first, durations[0].last)]
    # Said in another language than that of the conversation: the extractor read it in its own.
    return _distinct([message.of_entity(fact, value, entity) for entity, value in _entity_dates(message, "date")])


def _distinct(readings: list[Reading]) -> list[Reading]:
    kept: dict[str, Reading] = {}
    for reading in readings:
        kept.setdefault(f"{reading.fact} {reading.value}", reading)
    return list(kept.values())


def _months(fact: str, message: _Message) -> list[Reading]:
    known, words = message.known, message.words
    durations = dates.find_durations(words, known.lang, message.text)
    over = fact in {"permit_months", "max_stay_months"}
    if len(durations) == 1:
        item = durations[0]
        months = round(item.months)
        if over and months >= 12 and known.before("more_than", words, item.first):
            return [message.reading(fact, OVER_A_YEAR, 1.0, 0, item.last)]
        if months > 12 * _OLDEST:
            return []
        loose = known.before("more_than", words, item.first) or known.before("less_than", words, item.first)
        return [message.reading(fact, months, 0.7 if loose else 1.0, item.first, item.last)]
    if over and not durations and (endless := known.group("unlimited").find(words)):
        return [message.reading(fact, OVER_A_YEAR, 0.9, endless[0].first, endless[0].last)]
    stated = message.named("duration_months")
    if not durations and len(stated) == 1:
        return [message.of_entity(fact, stated[0]["value"], stated[0])]
    if len(words) <= 2 and not durations and (numbers := _numbers(message)) and len(numbers) == 1:
        # A bare number: months as asked, but a year is often meant.
        if numbers[0].value <= 12 * _OLDEST:
            return [message.reading(fact, numbers[0].value, 0.6)]
        return []
    return _plain(fact, message)


def _country_values(entity: Entity) -> list[str]:
    return [choice["value"] for choice in entity.get("candidates") or [{"value": entity["value"]}]]


def _nationalities(fact: str, message: _Message) -> list[Reading]:
    found = message.named("country")
    sponsor = fact == "sponsor_nationalities"
    wanted = [e for e in found if e.get("role") == "nationality"] or [e for e in found if e.get("role") is None]
    if sponsor:
        wanted = [e for e in found if e.get("about") == "relative"] or wanted
    elif any(e.get("about") != "relative" for e in wanted):
        wanted = [e for e in wanted if e.get("about") != "relative"]
    if not wanted:
        if sponsor and any(e["value"] == "family_belgian" for e in message.named("stay_reason")):
            return [message.of_entity(fact, ["BE"], message.named("stay_reason")[0], 0.9)]
        return []
    start, end = wanted[0]["start"], wanted[-1]["end"]
    # Whose nationality it is was asked: that it is said of a relative makes it no less sure.
    confidence = min(
        1.0 if sponsor and entity.get("about") == "relative" else float(entity.get("confidence") or 1.0)
        for entity in wanted
    )
    readings = [message.of_span(fact, [], confidence, start, end)]
    for entity in wanted:
        readings = [
            Reading(r.fact, [*r.value, value] if value not in r.value else r.value, r.confidence, r.text, start, end)
            for r in readings
            for value in _country_values(entity)
        ]
    return readings if len(readings) <= 20 else readings[:20]


def _birth_country(fact: str, message: _Message) -> list[Reading]:
    found = [entity for entity in message.named("country") if entity["value"] != "stateless"]
    wanted = [e for e in found if e.get("role") == "birth_country"] or [e for e in found if e.get("form") != "demonym"]
    readings = [message.of_entity(fact, value, entity) for entity in wanted for value in _country_values(entity)]
    if not readings:
        readings = [message.of_entity(fact, value, e, 0.7) for e in found for value in _country_values(e)]
    if not readings and (towns := message.named("municipality")):
        readings = [message.of_entity(fact, "BE", towns[0], 0.7)]
    return _distinct(readings)


def _regions(fact: str, message: _Message) -> list[Reading]:
    found = _phrase(fact, "region", message)
    if found:
        return [found]
    readings = []
    match = places.find(message.text, message.lang)
    for candidate in match.candidates:
        sure = 1.0 if match.exact else 0.7
        readings.append(message.of_span(fact, candidate.region, sure, match.start, match.end))
    return _distinct(readings)


def _municipality(fact: str, message: _Message) -> list[Reading]:
    match = places.find(message.text, message.lang)
    readings = []
    for candidate in match.candidates:
        confidence = (1.0 if match.exact else 0.8) if len(match.candidates) == 1 else 0.5
        if candidate.municipality is not None:
            value, named = candidate.municipality.nis, fact
        else:
            value, named = candidate.region, "region"
        readings.append(message.of_span(named, value, confidence, match.start, match.end))
    if readings:
        return _distinct(readings)
    region = _phrase("region", "region", message)
    if region:
        return [region]
    abroad = [e for e in message.named("country") if e["value"] not in {"BE", "stateless"} and e.get("role") is None]
    return [message.of_entity("region", "abroad", abroad[0], 0.6)] if abroad else []


def _document(fact: str, message: _Message) -> list[Reading]:
    readings = [
        message.of_entity(fact, value, entity)
        for entity in message.named("residence_document")
        for value in _country_values(entity)
    ]
    if readings:
        return _distinct(readings)
    letter = _bare_letter(message)
    if letter:
        return [message.reading(fact, letter, 0.95)]
    found = _phrase(fact, fact, message)
    return [found] if found else _plain(fact, message)


def _bare_letter(message: _Message) -> str | None:
    """The card of a text that is a letter with at most card words around it: "F", "f kaart", "E +", "carte a"."""
    letters = {letter.lower() for letter in lexicon.load(lexicon.ANY).group("card_letters")}
    around = {
        form
        for known in message.vocabularies()
        for pattern in (*known.lexicon.document_letters, *known.lexicon.group("card_filler"))
        for form in lexicon.forms(pattern.replace("{}", " "))
    }
    rest = [word.form for word in message.words if word.form not in around]
    # A letter that is a filler too ("a card") counts when nothing else is left.
    if not rest:
        rest = [word.form for word in message.words if word.form in letters]
    if not rest or rest[0] not in letters or rest[1:] not in ([], ["+"]):
        return None
    word = next(word for word in message.words if word.form == rest[0])
    if message.text[word.end : word.end + 1] in {"'", "\u2019"}:
        return None
    letter = rest[0].upper() + ("+" if rest[1:] else "")
    return letter if not rest[1:] or letter in {"E+", "EU+", "F+"} else None


def _stay_reason(fact: str, message: _Message) -> list[Reading]:
    entities = message.named("stay_reason")
    specific = {str(entity["value"]) for entity in entities} - {"family"}
    if any(value.startswith("family_") or value == "work_family" for value in specific):
        entities = [entity for entity in entities if entity["value"] != "family"]
    own = [entity for entity in entities if entity.get("about") != "relative"]
    readings = [message.of_entity(fact, entity["value"], entity) for entity in own or entities]
    if readings:
        return _distinct(readings)
    found = _phrase(fact, fact, message)
    if found and found.value == "family" and _relatives_country(message) == "BE":
        found = message.reading(fact, "family_belgian", found.confidence)
    if found:
        return [found]
    return _plain(fact, message)


def _relatives_country(message: _Message) -> str | None:
    """The one country that is said of a family member ("my husband, he is Belgian")."""
    countries = {entity["value"] for entity in message.named("country") if entity.get("about") == "relative"}
    return str(countries.pop()) if len(countries) == 1 else None


def _phrases(known: Vocabulary, message: _Message, table: str) -> list[Match[str]]:
    """Phrases of an answer table in the text that are not denied ("not married")."""
    return [
        match
        for match in known.answers(table).find(message.words)
        if not known.before("not_before", message.words, match.first, 1)
    ]


def _phrase(fact: str, table: str, message: _Message) -> Reading | None:
    """The one value that the phrases of `table` give; None when there is none, or when they disagree."""
    for known in message.vocabularies():
        found = _phrases(known, message, table)
        values = {match.value.removesuffix("?") for match in found}
        if len(values) > 1:
            # The longest phrase says most; equally long ones disagree.
            longest = max(match.last - match.first for match in found)
            found = [match for match in found if match.last - match.first == longest]
            values = {match.value.removesuffix("?") for match in found}
        if len(values) == 1:
            match = min(found, key=lambda item: item.value.endswith("?"))
            whole = match.last - match.first == len(message.words)
            confidence = 0.6 if match.value.endswith("?") else 1.0 if whole else 0.9
            return message.reading(fact, values.pop(), confidence, match.first, match.last)
        if values:
            return None
    return _nearly(fact, table, message)


def _nearly(fact: str, table: str, message: _Message) -> Reading | None:
    """The one value whose phrase is nearly said, with another ending or a typing error; to be asked back."""
    words = message.words
    close: dict[str, Reading] = {}
    for phrase, value in message.known.answers(table).entries():
        spelled = " ".join(phrase)
        if len(spelled) < _NEAR_LENGTH:
            continue
        for first in range(len(words) - len(phrase) + 1):
            last = first + len(phrase)
            said = " ".join(word.form for word in words[first:last])
            if message.known.before("not_before", words, first, 1) or fuzz.ratio(said, spelled) < _NEAR:
                continue
            close.setdefault(value.removesuffix("?"), message.reading(fact, value.removesuffix("?"), 0.8, first, last))
    return next(iter(close.values())) if len(close) == 1 else None


def _plain(fact: str, message: _Message) -> list[Reading]:
    """What a plain yes, no or "none of these" says about the fact."""
    found = message.reply("yes", "no", "none")
    if found is None:
        return []
    kind, match = found
    value: Any = None
    if fact in BOOLEANS:
        value = {"yes": True, "no": False}.get(kind)
    elif kind == "yes":
        value = "yes" if fact == "registered" else None
    elif kind == "no":
        value = NO_MEANS.get(fact)
    else:
        value = NONE_MEANS.get(fact)
    return [] if value is None else [message.reading(fact, value, 1.0, match.first, match.last)]


def _choice(fact: str, message: _Message) -> list[Reading]:
    phrase = _phrase(fact, fact, message)
    plain = _plain(fact, message)
    if phrase is None:
        return plain
    value: Any = phrase.value
    if fact in BOOLEANS:
        value = value == "true"
    agree = not plain or plain[0].value == value or plain[0].value == "yes"
    if fact not in BOOLEANS and plain and plain[0].start == phrase.start:
        agree = True
    # "No, the first time": the words contradict each other, so it has to be asked back.
    confidence = phrase.confidence if agree else 0.5
    return [Reading(fact, value, confidence, phrase.text, phrase.start, phrase.end)]


def _special(fact: str, message: _Message) -> list[Reading]:
    for known in message.vocabularies():
        found = _phrases(known, message, fact)
        if found:
            values = list(dict.fromkeys(match.value for match in found))
            whole = sum(match.last - match.first for match in found) >= len(message.words) - len(found)
            return [message.reading(fact, values, 1.0 if whole else 0.9, found[0].first, found[-1].last)]
    reply = message.reply("no", "none")
    return [message.reading(fact, ["none"], 1.0, reply[1].first, reply[1].last)] if reply else []


#: Facts whose answer is a name, a number or a date: it counts even when "I don't know" stands beside it.
_OPEN = frozenset({"age", "birth_date", "nationalities", "birth_country", "municipality", *DATES, *MONTHS})


def _parser(fact: str) -> Callable[[str, _Message], list[Reading]]:
    if fact in DATES:
        return _date
    if fact in MONTHS:
        return _months
    if fact in REGIONS:
        return _regions
    return {
        "age": _age,
        "birth_date": _birth_date,
        "nationalities": _nationalities,
        "sponsor_nationalities": _nationalities,
        "birth_country": _birth_country,
        "municipality": _municipality,
        "residence_document": _document,
        "stay_reason": _stay_reason,
        "special_situations": _special,
    }.get(fact, _choice)


def readings_anywhere(text: str, lang: str, today: date, entities: list[Entity]) -> list[Reading]:
    """Every fact that the text states by itself, whatever was asked.

    The words around decide what a country or a date is said of. What is only likely (a country that someone comes
    "from", a reason of stay in a question about others) has a confidence below 0.9 and is to be asked back.
    """
    message = _Message(text, lang, today, entities)
    if not message.words:
        return []
    known, words = message.known, message.words
    personal = len(words) <= _SHORT_TEXT or bool(known.group("me").find(words))
    most = 1.0 if personal else 0.6
    readings: list[Reading] = []
    other = speaks_of(text, lang) == OTHER
    readings += [
        message.of_entity("age", entity["value"], entity, most)
        for entity in message.named("age")
        if other or entity.get("about") != "relative"
    ]
    readings += [
        message.of_entity("birth_date", value, entity, most) for entity, value in _entity_dates(message, "birth_date")
    ]
    readings += _stated_countries(message, most)
    readings += [
        message.of_entity("residence_document", value, entity, most)
        for entity in message.named("residence_document")
        for value in _country_values(entity)
    ]
    for reading in _stay_reason("stay_reason", message) if message.named("stay_reason") else []:
        readings.append(Reading(reading.fact, reading.value, min(reading.confidence, most), *_place(reading)))
        if reading.value == "family_belgian":
            readings.append(Reading("sponsor_nationalities", ["BE"], min(0.8, most), *_place(reading)))
    for entity in message.named("municipality"):
        first = next((place for place, word in enumerate(words) if word.start >= entity["start"]), 0)
        lives = known.before("live", words, first, 1)
        for choice in entity.get("candidates") or [entity]:
            fact, value = ("municipality", choice["nis"]) if "nis" in choice else ("region", choice["region"])
            readings.append(message.of_entity(fact, value, entity, most if lives else 0.7))
    registered = [match for match in _phrases(known, message, "registered") if match.value == "yes"]
    if registered:
        readings.append(message.reading("registered", "yes", min(0.8, most), registered[0].first, registered[0].last))
        if len(message.named("date")) == 1:
            readings += [
                message.of_entity("registration_date", value, entity, min(0.8, most))
                for entity, value in _entity_dates(message, "date")
            ]
    return _distinct(readings)


def _place(reading: Reading) -> tuple[str, int, int]:
    return reading.text, reading.start, reading.end


def _stated_countries(message: _Message, most: float) -> list[Reading]:
    known, words = message.known, message.words
    readings: list[Reading] = []
    own = [entity for entity in message.named("country") if entity.get("role") == "nationality"]
    if own:
        confidence = min(
            most, *(0.6 if entity.get("inferred") else float(entity.get("confidence") or 1.0) for entity in own)
        )
        if all(len(_country_values(entity)) == 1 for entity in own):
            values = list(dict.fromkeys(entity["value"] for entity in own))
            readings.append(message.of_span("nationalities", values, confidence, own[0]["start"], own[-1]["end"]))
        else:
            readings += [message.of_entity("nationalities", [v], e, 0.5) for e in own for v in _country_values(e)]
    for entity in message.named("country"):
        first = next((place for place, word in enumerate(words) if word.start >= entity["start"]), 0)
        for value in _country_values(entity):
            if entity.get("role") == "birth_country":
                readings.append(message.of_entity("birth_country", value, entity, most))
            elif entity.get("about") == "relative":
                readings.append(message.of_entity("sponsor_nationalities", [value], entity, min(0.7, most)))
            elif not entity.get("role") and not own and value != "BE" and known.before("from", words, first, 1):
                readings.append(message.of_entity("nationalities", [value], entity, 0.6))
    return readings


__all__ = ["DECLINED", "OVER_A_YEAR", "UNKNOWN", "Reading", "parse_answer", "readings_anywhere"]
