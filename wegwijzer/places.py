"""Belgian communes, the names people give them, and the office that serves them.

The register is that of 2025: 285 Flemish, 19 Brussels and 261 Walloon communes (nine of them German-speaking).
`municipality` reads the fact of the same name (strict: one commune or an error); `find` reads what a person types
(never an error; a misspelled name comes out as not exact and must be confirmed). Files are read on first use.
"""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from anyascii import anyascii
from rapidfuzz import fuzz

from wegwijzer import lexicon
from wegwijzer.lexicon.latin import SPELT_OUT
from wegwijzer.lexicon.nearest import Nearest

Region = Literal["flanders", "brussels", "wallonia", "german_community", "abroad"]

DATA = Path(__file__).parent / "data"
BRUSSELS_CITY = "21004"

# Spelling of typed names is compared in the first part of a message only: an address is never longer.
_MAX_CHARS = 400
_MAX_WORDS = 60
_MAX_NAME_WORDS = 6
#: "I live in" has so many words at most, and so many letters at least.
_LIVING = 3
_PREPOSITION = 4
#: A name in Cyrillic letters that is so like a known one when spelt out (of 100) adds nothing to it.
_NEARLY = 90
#: So many words after a place the verb may stand, in languages where it stands last.
_VERB_REACH = 3
_FUZZY_LONG, _FUZZY_SHORT, _SHORT = 80, 85, 5
# How well a name fits in the spelling of another language.
_FOREIGN = 90.0
# Names nearly as close as the closest are offered too.
_FUZZY_MARGIN = 3
_MAX_FUZZY = 5
# Beside a postal code these make it a part of a date, an amount or a phone number.
_NUMBER_BEFORE = re.compile(r"(\d\s*[/.\-:]\s*|[+€$/]\s*|\b0\d*\s|\d{3,}\s)$")
_NUMBER_AFTER = re.compile(r"\s*([/.\-:]\s*\d|[€$])|\s\d")
# A word keeps its combining marks: a phone may send "e" and its accent as two characters.
_LETTERS = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


@dataclass(frozen=True)
class Municipality:
    """One commune of the register of 2025; `region` as in the contract, `office` an id of offices.yml."""

    nis: str
    name_nl: str
    name_fr: str
    name_de: str
    region: Region
    province: str
    postal_codes: tuple[str, ...]
    office: str
    language_area: str
    former_codes: tuple[str, ...] = ()
    periphery: bool = False

    @property
    def official_name(self) -> str:
        """The name in the language of the area; of the two of Brussels the Dutch one."""
        return {"fr": self.name_fr, "de": self.name_de}.get(self.language_area) or self.name_nl

    def name(self, lang: str) -> str:
        """The name in `lang` where the register has one in it, else the official name."""
        return {"nl": self.name_nl, "fr": self.name_fr, "de": self.name_de}.get(lang) or self.official_name


@dataclass(frozen=True)
class Candidate:
    """One reading of a place name.

    `kind` is `municipality` (with `municipality`, the `name` that fitted and its `postal_code`), `region`, or
    `periphery` (the Flemish communes around Brussels; `region` is then `flanders`).
    """

    kind: Literal["municipality", "region", "periphery"]
    name: str
    region: Region
    municipality: Municipality | None = None
    postal_code: str | None = None
    province: str | None = None


@dataclass(frozen=True)
class PlaceMatch:
    """What `find` saw: no candidate (no place), one, or several (ask back).

    `exact` is False for a misspelled name: confirm it. `start` and `end` are offsets of the words in the text,
    `score` goes from 0 to 100. `named` are the places of a text that names several ("from Ghent to Leuven"): offsets
    and candidates of each; it is empty where one place is meant.
    """

    candidates: tuple[Candidate, ...] = ()
    exact: bool = True
    start: int = 0
    end: int = 0
    score: float = 0.0
    named: tuple[tuple[int, int, tuple[Candidate, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.candidates)

    @property
    def ambiguous(self) -> bool:
        """True when several readings fit."""
        return len(self.candidates) > 1

    @property
    def only(self) -> Candidate | None:
        """The single reading, else None."""
        return self.candidates[0] if len(self.candidates) == 1 else None


class PlaceError(ValueError):
    """A text that does not name one commune; `text` is what was given."""

    def __init__(self, text: str, message: str) -> None:
        super().__init__(message)
        self.text = text


class UnknownPlace(PlaceError):
    """No commune fits; `suggestions` are close official names."""

    def __init__(self, text: str, suggestions: Sequence[str]) -> None:
        self.suggestions = tuple(suggestions)
        hint = f" (close: {', '.join(self.suggestions)})" if self.suggestions else ""
        super().__init__(text, f"no Belgian municipality is called {text[:60]!r}{hint}")


class AmbiguousPlace(PlaceError):
    """Several communes fit: `candidates`; `readings` has the name and postal code that fitted in each."""

    def __init__(self, text: str, readings: Sequence[Candidate]) -> None:
        self.readings = tuple(readings)
        self.candidates = tuple(item.municipality for item in readings if item.municipality)
        names = ", ".join(f"{place.name_nl} ({place.nis})" for place in self.candidates)
        super().__init__(text, f"{text[:60]!r} fits several municipalities: {names}")


@dataclass(frozen=True)
class Office:
    """An office that receives newcomers. None = not found in any source.

    `verified_on` is the date of the source (may be partial); `stale` is True when that is unknown or more than six
    months before the day asked for: then only `phone` and `url` may be shown, see `to_json`.
    """

    id: str
    name: str
    address: str | None
    phone: str | None
    email: str | None
    url: str | None
    verified_on: str | None
    confidence: str
    source: str
    serves: tuple[str, ...]
    stale: bool = True

    def to_json(self) -> dict[str, str | None]:
        """The contract's `office`; address and e-mail are null while the entry is stale."""
        return {
            "id": self.id,
            "name": self.name,
            "address": None if self.stale else self.address,
            "phone": self.phone,
            "email": None if self.stale else self.email,
            "url": self.url,
            "verified_on": self.verified_on,
        }


class _Word(NamedTuple):
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Words:
    """The word lists of place_aliases.yml, normalised."""

    fillers: frozenset[str]
    residence: frozenset[str]
    locatives: frozenset[str]
    articles: frozenset[str]
    postal: frozenset[str]
    not_postal_after: frozenset[str]
    common: frozenset[str]
    never: frozenset[str]
    #: "I live in" of all lexicons, word by word.
    living: frozenset[tuple[str, ...]]
    living_after: frozenset[tuple[str, ...]]


@functools.lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    """Lower case, without accents."""
    lowered = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("ø", "o")
    return "".join(char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char))


def _words(text: str) -> list[_Word]:
    """Words of `text`, each without case and accents, with its place in `text`."""
    found = []
    for match in _WORD.finditer(text):
        plain = "".join(_LETTERS.findall(_plain(match.group())))
        if plain:
            found.append(_Word(plain, match.start(), match.end()))
    return found


def _key(text: str) -> str:
    return " ".join(word.text for word in _words(text))


def _load_yaml(name: str) -> dict[str, Any]:
    from ruamel.yaml import YAML

    with open(DATA / name, encoding="utf-8") as file:
        return cast(dict[str, Any], YAML(typ="safe").load(file))


def _rows(name: str) -> list[dict[str, str]]:
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@functools.lru_cache(maxsize=1)
def municipalities() -> dict[str, Municipality]:
    """All 565 communes by NIS code of 2025."""
    return {
        row["nis_code"]: Municipality(
            nis=row["nis_code"],
            name_nl=row["name_nl"],
            name_fr=row["name_fr"],
            name_de=row["name_de"],
            region=cast(Region, row["region"]),
            province=row["province"],
            postal_codes=tuple(row["postal_codes"].split(";")),
            office=row["office"],
            language_area=row["language_area"],
            former_codes=tuple(code for code in row["former_codes"].split(";") if code),
            periphery=row["periphery"] == "yes",
        )
        for row in _rows("municipalities.csv")
    }


@functools.lru_cache(maxsize=1)
def _former_codes() -> dict[str, str]:
    return {old: nis for nis, place in municipalities().items() for old in place.former_codes}


@functools.lru_cache(maxsize=1)
def _postal_codes() -> dict[str, Municipality]:
    return {code: place for place in municipalities().values() for code in place.postal_codes}


def _spellings(name: str) -> Iterable[str]:
    """Keys under which `name` is found: as written, with "St" for "Sint" or "Saint", and in one word."""
    key = _key(name)
    yield key
    parts = key.split(" ")
    for full, short in (("sint", "st"), ("saint", "st"), ("sainte", "ste"), ("sankt", "st")):
        if full in parts:
            yield " ".join(short if part == full else part for part in parts)
    if len(parts) > 1:
        yield "".join(parts)


@functools.lru_cache(maxsize=1)
def _aliases() -> dict[str, Any]:
    return _load_yaml("place_aliases.yml")


@functools.lru_cache(maxsize=1)
def _word_lists() -> _Words:
    raw = _aliases()

    def flat(name: str) -> frozenset[str]:
        items = raw[name]
        rows = items if items and isinstance(items[0], list) else [items]
        return frozenset(_key(word) for row in rows for word in row)

    return _Words(
        fillers=flat("fillers"),
        residence=flat("residence_words"),
        locatives=flat("locatives"),
        articles=flat("articles"),
        postal=flat("postal_words"),
        not_postal_after=flat("not_postal_after"),
        common=flat("common_words"),
        never=flat("never") | flat("not_a_place_countries"),
        living=frozenset(
            tuple(word.text for word in _words(phrase))[-_LIVING:]
            for lang in lexicon.languages()
            for phrase in lexicon.load(lang).group("live")
            # A preposition alone says nothing.
            if len(phrase) > _PREPOSITION
        ),
        living_after=frozenset(
            tuple(word.text for word in _words(phrase))[:_LIVING]
            for lang in lexicon.languages()
            if lexicon.load(lang).verb_last
            for phrase in lexicon.load(lang).group("live")
            if len(phrase) >= _PREPOSITION
        ),
    )


def _names() -> dict[str, tuple[Candidate, ...]]:
    """Normalised name -> the communes that carry it, each once."""
    return _names_and_languages()[0]


@functools.lru_cache(maxsize=1)
def _names_and_languages() -> tuple[dict[str, tuple[Candidate, ...]], dict[str, set[str]]]:
    """The names, and the languages of those that only lexicons have."""
    found: dict[str, dict[str, Candidate]] = {}
    spelt_in: dict[str, set[str]] = {}

    def add(name: str, place: Municipality, postal_code: str | None) -> None:
        item = Candidate("municipality", name, place.region, place, postal_code or place.postal_codes[0])
        for key in _spellings(name):
            found.setdefault(key, {}).setdefault(place.nis, item)

    places = municipalities()
    for place in places.values():
        for name in (place.name_nl, place.name_fr, place.name_de):
            if name:
                add(name, place, None)
    for row in _rows("localities.csv"):
        add(row["name"], places[row["nis_code"]], row["postal_code"])
    for nis, names in _aliases()["municipalities"].items():
        for name in names:
            add(name, places[nis], None)
    # Foreign names and case forms, as the lexicons of the languages have them.
    official = {place.name_nl: place for place in places.values()}
    keys: dict[str, list[str]] = {nis: [] for nis in places}
    for key, items in found.items():
        for nis in items:
            keys[nis].append(key)
    registered = {key: frozenset(items) for key, items in found.items()}
    for lang in lexicon.languages():
        spelt_out = lexicon.load(lang).script in SPELT_OUT
        for name, forms in lexicon.load(lang).municipalities.items():
            for form in forms:
                # What is the name of another place is no spelling of this one.
                owners = registered.get(_key(form))
                if owners is None or official[name].nis in owners:
                    add(form, official[name], None)
                    spelt_in.setdefault(_key(form), set()).add(lang)
                if not spelt_out:
                    continue
                latin = _key(anyascii(form).replace("'", ""))
                # What is nearly the name itself, or its last part, stays a spelling error that is asked back.
                near = (fuzz.ratio(latin, key[-len(latin) - 1 :]) for key in keys[official[name].nis])
                if not any(ratio >= _NEARLY for ratio in near):
                    add(latin, official[name], None)
                    spelt_in.setdefault(latin, set()).add(lang)
    names = {key: tuple(items.values()) for key, items in found.items()}
    return names, {key: langs for key, langs in spelt_in.items() if key not in registered}


def _of_another_language(key: str, lang: str | None) -> bool:
    """Whether a name is spelt so in other languages than `lang` only: to Spanish people "gente" is no Ghent."""
    langs = _names_and_languages()[1].get(key)
    return lang is not None and langs is not None and lang not in langs and key not in _phrases()


@functools.lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[Candidate, ...]]:
    """Names of regions, provinces and Brussels in its three senses; they go before names of communes in `find`."""
    raw = _aliases()
    found: dict[str, tuple[Candidate, ...]] = {}
    province_region = {
        place.province: place.region for place in municipalities().values() if place.language_area != "de"
    }
    for region, names in raw["regions"].items():
        for name in names:
            found[_key(name)] = (Candidate("region", name, region),)
    for province, names in raw["provinces"].items():
        for name in names:
            found[_key(name)] = (Candidate("region", name, province_region[province], province=province),)
    for province, names in raw["commune_or_province"].items():
        for name in names:
            found[_key(name)] = (
                *_names()[_key(name)],
                Candidate("region", name, province_region[province], province=province),
            )
    city = municipalities()[BRUSSELS_CITY]
    rim = Candidate("periphery", raw["periphery_words"][0], "flanders", province="Vlaams-Brabant")
    in_lexicons = (lexicon.load(lang).answers.get("region", {}).get("brussels", ()) for lang in lexicon.languages())
    words = [name for names in in_lexicons for name in names if " " not in name]  # all its forms, but "Brussels region"
    for name in (*raw["brussels_words"], *words):
        found[_key(name)] = (
            Candidate("municipality", city.name_nl, "brussels", city, city.postal_codes[0]),
            Candidate("region", name, "brussels"),
            rim,
        )
    for name in raw["periphery_words"]:
        found[_key(name)] = (rim,)
    return found


@functools.lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """What the first word of a name may be: it as it is, and how a name in one word begins ("sint truiden")."""
    joined = (name[:length] for name in _names() for length in range(1, len(name)) if " " not in name)
    return frozenset((*joined, *(name.split(" ")[0] for name in {**_names(), **_phrases()})))


@functools.lru_cache(maxsize=1)
def _nearest() -> Nearest:
    """Names a misspelled word is compared with: three letters say too little."""
    return Nearest(key for key in {**_names(), **_phrases()} if len(key) >= 4)


def _closest(query: str, cutoff: int) -> tuple[tuple[str, float], ...]:
    """Names at least `cutoff` (0-100) alike, best first."""
    return _nearest().find(query, cutoff, limit=12)


def municipality(code_or_name: str) -> Municipality:
    """The one commune that a NIS code, a postal code or a name stands for.

    Takes codes of 2025 and of communes merged or renumbered since 2013; official names in Dutch, French and German,
    former communes, localities and usual foreign names; case, accents and hyphens do not count.
    Raises UnknownPlace (with suggestions) or AmbiguousPlace (with candidates), also for an official name that is
    the name of a village elsewhere.
    """
    text = code_or_name.strip()
    if re.fullmatch(r"[0-9]{5}", text):
        place = municipalities().get(_former_codes().get(text, text))
        if place:
            return place
    if re.fullmatch(r"[0-9]{4}", text) and text in _postal_codes():
        return _postal_codes()[text]
    key = _key(text[:_MAX_CHARS])
    fitting = _names().get(key) or _names().get(key.replace(" ", "")) or ()
    if not fitting and key in _brussels_keys():
        return municipalities()[BRUSSELS_CITY]
    if len(fitting) > 1:
        raise AmbiguousPlace(text, fitting)
    if fitting:
        found = fitting[0].municipality
        assert found is not None  # names lead to communes only
        return found
    raise UnknownPlace(text, _suggestions(key))


@functools.lru_cache(maxsize=1)
def _brussels_keys() -> frozenset[str]:
    return frozenset(_key(name) for name in _aliases()["brussels_words"])


def _suggestions(key: str) -> list[str]:
    names: list[str] = []
    for hit, _ in _closest(key, 70) if len(key) >= 3 else []:
        for item in _names().get(hit, ()):
            if item.municipality and item.municipality.name_nl not in names:
                names.append(item.municipality.name_nl)
    return names[:3]


def find(text: str, lang: str | None = None) -> PlaceMatch:
    """The place named in free text, as the person typed it; never raises.

    `lang` is the language of the text (ISO 639-1): a name in the spelling of another language only is not exact.

    Names in the text go first, then a postal code, then a name that is nearly spelled so (not exact). A name that
    fits several communes, and "Brussels", give all readings; another name, a postal code or a province beside it
    narrows them. A text without a place gives an empty, false match.
    """
    words = _words(text[:_MAX_CHARS])[:_MAX_WORDS]
    if not words or " ".join(word.text for word in words) in _word_lists().never:
        return PlaceMatch()
    spans = _exact_spans(words)
    spans += _postal_spans(text, words, spans)
    if spans:
        spans.sort(key=lambda span: span[0])
        candidates = _combine([span[2] for span in spans])
        kept = [(start, end, tuple(item for item in hits if item in candidates)) for start, end, hits in spans]
        foreign = any(_of_another_language(" ".join(w.text for w in words[start:end]), lang) for start, end, _ in kept)
        several = tuple((words[start].start, words[end - 1].end, hits) for start, end, hits in kept if hits)
        return PlaceMatch(
            candidates,
            not foreign,
            words[spans[0][0]].start,
            words[spans[-1][1] - 1].end,
            _FOREIGN if foreign else 100.0,
            several if len(candidates) > 1 and len(several) > 1 else (),
        )
    return _fuzzy(words)


_Span = tuple[int, int, tuple[Candidate, ...]]


def _exact_spans(words: list[_Word]) -> list[_Span]:
    """Word ranges that are a name, the longest first, without overlap.

    Everyday words and names of up to three letters count only when the text says nothing but places, or after
    "ik woon in".
    """
    lists = _word_lists()
    spans: list[_Span] = []
    weak: list[_Span] = []
    start = 0
    while start < len(words):
        if words[start].text not in _beginnings():
            start += 1
            continue
        for end in range(min(start + _MAX_NAME_WORDS, len(words)), start, -1):
            key = " ".join(word.text for word in words[start:end])
            hit = _phrases().get(key) or _names().get(key)
            if not hit and end - start > 1 and len(key) >= 9:
                hit = _names().get(key.replace(" ", ""))
            if not hit or key in lists.never:
                continue
            # Three letters are a word in Latin; other scripts write no vowels, or syllables.
            everyday = (len(key) <= 3 and key.isascii()) or key in lists.common
            if everyday and key in lists.fillers and len(words) > 1:
                continue
            lived_in = _after_residence(words, start) or _before_residence(words, end)
            (weak if everyday and not lived_in else spans).append((start, end, hit))
            start = end - 1
            break
        start += 1
    if weak and _only_places(words, spans + weak):
        spans += weak
    return spans


def _only_places(words: list[_Word], spans: list[_Span]) -> bool:
    """True when all words outside `spans` are words around a place; "30 ans" is a number of years."""
    fillers = _word_lists().fillers
    inside = {at for start, end, _ in spans for at in range(start, end)}
    for at, word in enumerate(words):
        if at in inside or word.text in fillers:
            continue
        if word.text in _postal_codes() or (word.text.isdigit() and at + 1 not in inside):
            continue
        return False
    return True


def _after_residence(words: list[_Word], start: int) -> bool:
    """True when "ik woon in" or the like goes straight before word `start`."""
    lists = _word_lists()
    before = [word.text for word in words[:start]]
    if before and before[-1] in lists.locatives and any(word in lists.residence for word in before[-4:]):
        return True
    return any(tuple(before[-length:]) in lists.living for length in range(1, min(len(before), _LIVING) + 1))


def _before_residence(words: list[_Word], end: int) -> bool:
    """True when "I live" follows up to two words after word `end`, as where verbs stand last ("Berg in I-live")."""
    living = _word_lists().living_after
    after = [word.text for word in words[end:]]
    return any(
        tuple(after[start : start + length]) in living
        for start in range(min(len(after), _VERB_REACH))
        for length in range(1, _LIVING + 1)
    )


def _core(words: list[_Word]) -> tuple[int, int]:
    """Range of `words` without the words around a place ("ik woon in ... sinds 2018")."""
    fillers = _word_lists().fillers
    start, end = 0, len(words)
    while start < end and (words[start].text in fillers):
        start += 1
    while end > start and (words[end - 1].text in fillers or (words[end - 1].text.isdigit() and end - start > 1)):
        end -= 1
    return start, end


def _postal_spans(text: str, words: list[_Word], names: list[_Span]) -> list[_Span]:
    """Numbers of four digits that are a postal code and are meant as one."""
    lists = _word_lists()
    core = _core(words)
    spans: list[_Span] = []
    has_cue = any(word.text in lists.residence for word in words)
    for at, word in enumerate(words):
        place = _postal_codes().get(word.text)
        if place is None:
            continue
        before, after = text[: word.start], text[word.end :]
        after_word = words[at + 1].text if at + 1 < len(words) else ""
        before_word = words[at - 1].text if at else ""
        if _NUMBER_BEFORE.search(before) or _NUMBER_AFTER.match(after):
            continue
        if after_word in lists.not_postal_after:
            continue
        agrees = any(item.municipality == place for span in names for item in span[2])
        in_region = any(item.region == place.region for span in names for item in span[2])
        alone = len(words) == 1
        said = before_word in lists.postal or (at > 1 and words[at - 2].text in lists.postal)
        year = 1900 <= int(word.text) <= 2099
        next_to_name = any(at in (span[0] - 1, span[1]) for span in names)
        if alone or said or agrees or (in_region and next_to_name) or (not year and (has_cue or core == (at, at + 1))):
            item = Candidate("municipality", place.name_nl, place.region, place, word.text)
            spans.append((at, at + 1, (item,)))
    return spans


def _nis(items: Iterable[Candidate]) -> set[str]:
    return {item.municipality.nis for item in items if item.municipality}


def _combine(groups: list[tuple[Candidate, ...]]) -> tuple[Candidate, ...]:
    """Readings that fit all that was named; where nothing fits all, every reading."""
    result = list(groups)
    for at, group in enumerate(result):
        if len(group) < 2:
            continue
        for other in groups:
            if other is group:
                continue
            # The same commune under two names, or a commune in the region or province that is named beside it.
            fitting = tuple(item for item in group if item.municipality and item.municipality.nis in _nis(other))
            if not fitting:
                fitting = tuple(item for item in group if any(_inside(item, wide) for wide in _wide(other)))
            if fitting:
                group = fitting
        result[at] = group
    found: list[Candidate] = []
    for group in result:
        for item in group:
            if _identity(item) not in [_identity(other) for other in found]:
                found.append(item)
    communes = [item for item in found if item.municipality]
    if communes and len(found) > len(communes):
        # "Schaarbeek, Brussel": the wider name adds nothing to a commune that lies in it.
        wide_groups = [group for group in result if any(item.municipality is None for item in group)]
        narrow = [item for group in result if group not in wide_groups for item in group]
        if narrow and all(
            any(_inside(item, wide) for item in narrow for wide in _wide(group)) for group in wide_groups
        ):
            return tuple(dict.fromkeys(narrow))
    return tuple(found)


def _identity(item: Candidate) -> tuple[str, str, str | None]:
    return item.kind, item.region, item.municipality.nis if item.municipality else item.province


def _wide(group: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The readings of `group` that a commune can lie in: regions and provinces; never the rim of "Brussels"."""
    regions = tuple(item for item in group if item.kind == "region")
    return regions or tuple(item for item in group if item.kind == "periphery")


def _inside(item: Candidate, wide: Candidate) -> bool:
    """True when the commune `item` lies in `wide` (region, province or Flemish Rim)."""
    place = item.municipality
    if place is None:
        return False
    if wide.kind == "periphery":
        return place.periphery
    if wide.province:
        return place.province == wide.province
    return place.region == wide.region


def _fuzzy(words: list[_Word]) -> PlaceMatch:
    """The name that is nearly spelled like what is left of the text, or like what follows "ik woon in"."""
    lists = _word_lists()
    ranges = [_core(words)]
    cue = next((at for at, word in enumerate(words) if word.text in lists.residence), None)
    if cue is not None:
        prepositions = [at for at, word in enumerate(words) if at > cue and word.text in lists.locatives]
        for at in prepositions[:2]:
            start, end = _core(words[at + 1 :])
            ranges.append((at + 1 + start, at + 1 + end))
            # What follows the name ("en ik werk") is not part of it.
            ranges.append((at + 1 + start, min(at + 2 + start, at + 1 + end)))
    best: tuple[float, int, int, list[tuple[str, float]]] | None = None
    for start, end in dict.fromkeys(ranges):
        if not 1 <= end - start <= 4:
            continue
        options = [(start, end)]
        if start and words[start - 1].text in lists.articles:
            options.append((start - 1, end))
        for first, last in options:
            query = " ".join(word.text for word in words[first:last])
            if len(query) < 4 or any(char.isdigit() for char in query) or query in lists.never:
                continue
            if all(word.text in lists.never or word.text in lists.fillers for word in words[first:last]):
                continue
            hits = [
                (key, score)
                for key, score in _closest(query, _FUZZY_LONG)
                if (min(len(query), len(key)) > _SHORT or score >= _FUZZY_SHORT) and key[0] == query[0]
            ]
            if hits and (best is None or hits[0][1] > best[0]):
                best = (hits[0][1], first, last, hits)
    if best is None:
        return PlaceMatch()
    score, start, end, hits = best
    candidates = _combine(
        [_phrases().get(key) or _names()[key] for key, value in hits if value >= score - _FUZZY_MARGIN]
    )
    return PlaceMatch(candidates[:_MAX_FUZZY], False, words[start].start, words[end - 1].end, score)


@functools.lru_cache(maxsize=1)
def _office_data() -> tuple[dict[str, Office], dict[str, tuple[str, ...]], tuple[str, ...], int]:
    raw = _load_yaml("offices.yml")
    offices = {}
    for entry in raw["offices"]:
        offices[entry["id"]] = Office(**{**entry, "serves": tuple(entry["serves"])})
    regions = {region: tuple(ids) for region, ids in raw["regions"].items()}
    return offices, regions, tuple(raw["what_to_bring"]), int(raw["fresh_months"])


def _is_stale(verified_on: str | None, as_of: date, months: int) -> bool:
    """True when the first day that `verified_on` may mean lies more than `months` months before `as_of`."""
    if verified_on is None:
        return True
    year, month, day = (*(int(part) for part in verified_on.split("-")), 1, 1)[:3]
    later = year * 12 + month - 1 + months
    # The day is compared as a number: the 31st of a shorter month counts as past its end, which is right here.
    return (later // 12, later % 12 + 1, day) < (as_of.year, as_of.month, as_of.day)


def office(office_id: str, as_of: date) -> Office:
    """Office `office_id` with `stale` set for `as_of`. Raises KeyError for an unknown id."""
    offices, _, _, months = _office_data()
    found = offices[office_id]
    return replace(found, stale=_is_stale(found.verified_on, as_of, months))


def office_ids() -> tuple[str, ...]:
    """All ids of offices.yml."""
    return tuple(_office_data()[0])


def offices_for(place: Municipality | str, as_of: date) -> tuple[Office, ...]:
    """Offices for a commune or a region of the contract, the main one first; empty for `abroad`.

    In Brussels the provider is a free choice: BON (Dutch) first, then the French or Dutch ones.
    Raises KeyError for an unknown region.
    """
    regions = _office_data()[1]
    if isinstance(place, Municipality):
        ids = (place.office, *(other for other in regions[place.region] if place.region == "brussels"))
    else:
        ids = regions[place]
    return tuple(office(office_id, as_of) for office_id in dict.fromkeys(ids))


def office_for(place: Municipality | str, as_of: date) -> Office | None:
    """The main office for a commune or a region; None for `abroad`. Raises KeyError for an unknown region."""
    found = offices_for(place, as_of)
    return found[0] if found else None


def what_to_bring() -> tuple[str, ...]:
    """Ids of the texts (`bring.*`) on what to take along to the first talk."""
    return _office_data()[2]
