"""The catalogues: every sentence that a person sees, by id and language.

``locales/<lang>/LC_MESSAGES/wegwijzer.po`` is gettext with the text id as msgctxt and the Dutch source as msgid, so
that translators open one file in Poedit or Weblate. The files are read as they are (nothing to compile), once each, on
first use. Dutch is the source and the last resort; a language is offered as soon as its file is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import c2py
from pathlib import Path
from string import Formatter

LOCALES = Path(__file__).parent.parent / "locales"
SOURCE = "nl"
#: Of whom a text speaks: of the person who writes, or of somebody else.
SELF = "self"
OTHER = "other"
_FORMATTER = Formatter()
#: The texts that a new language may still lack, and the language that lends them.
_ANSWERS, _LENT = "faq.", "en"


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages that Wegwijzer speaks: ISO 639-1 codes, Dutch first."""
    found = sorted(path.parts[-3] for path in LOCALES.glob("*/LC_MESSAGES/wegwijzer.po"))
    return (SOURCE, *(lang for lang in found if lang != SOURCE))


@dataclass(frozen=True)
class Catalogue:
    """One language: the forms of each text (one, or one a plural form), and which form goes with a number."""

    texts: dict[str, tuple[str, ...]]
    form: Callable[[int], int]


@cache
def catalogue(lang: str) -> Catalogue:
    """All texts of one language by id; for the source language the Dutch msgid itself."""
    from babel.messages.pofile import read_po

    with (LOCALES / lang / "LC_MESSAGES" / "wegwijzer.po").open("rb") as file:
        messages = read_po(file, locale=lang)
    texts = {}
    for message in messages:
        said = message.id if lang == SOURCE else "" if message.fuzzy else message.string
        forms = said if isinstance(said, tuple) else (said,)
        if message.context and all(forms):
            texts[message.context] = tuple(str(form) for form in forms)
    return Catalogue(texts, c2py(messages.plural_expr))


def has_text(id: str) -> bool:
    """Does the source language have this text?"""
    return id in catalogue(SOURCE).texts


def for_subject(lang: str, id: str, subject: str) -> str:
    """The variant of a text that speaks about another person, where the language has one."""
    other = f"{id}.other"
    return other if subject == OTHER and other in catalogue(lang).texts else id


def text(lang: str, id: str, /, **params: object) -> str:
    """The text ``id`` in ``lang`` (Dutch where it is missing), placeholders filled; KeyError for an unknown id.

    A text with plural forms takes the one for the number ``n``. An answer that a language does not have yet is given
    in English, after one sentence in that language that says so.
    """
    if id.startswith(_ANSWERS) and lang in languages() and id not in catalogue(lang).texts and has_text(id):
        return "\n\n".join((text(lang, "say.answer_in_english"), text(_LENT, id)))
    said = lang if lang in languages() and id in catalogue(lang).texts else SOURCE
    forms = catalogue(said).texts[id]
    number = params.get("n")
    template = forms[catalogue(said).form(number)] if len(forms) > 1 and isinstance(number, int) else forms[-1]
    return _FORMATTER.vformat(template, (), params) if params else template


def placeholders(template: str) -> set[str]:
    """The names of the placeholders in a text."""
    return {name for _, name, _, _ in _FORMATTER.parse(template) if name is not None}


@cache
def native_name(lang: str) -> str:
    """The language's own name for itself, as CLDR has it, with a capital."""
    from babel import Locale

    name = Locale.parse(lang).get_display_name(lang) or lang
    return name[:1].upper() + name[1:]


@cache
def direction(lang: str) -> str:
    """``ltr`` or ``rtl``."""
    from babel import Locale

    return Locale.parse(lang).text_direction


# Days and amounts as they are written here, not in the United States.
_REGIONAL = {"en": "en_GB"}
# Days that CLDR ends with an abbreviation ("р."), which would end a sentence twice.
_DAYS = {"uk": "d MMMM y", "ru": "d MMMM y"}


def format_day(lang: str, day: int) -> str:
    """An ordinal day in words ("5 januari 2027")."""
    from datetime import date

    from babel.dates import format_date

    return format_date(date.fromordinal(day), format=_DAYS.get(lang, "long"), locale=_REGIONAL.get(lang, lang))


def format_euro(lang: str, amount: float) -> str:
    """An amount in euro as the language writes it, without cents when there are none."""
    from babel import Locale
    from babel.numbers import format_currency

    pattern = Locale.parse(_REGIONAL.get(lang, lang)).currency_formats["standard"].pattern
    if float(amount).is_integer():
        pattern = pattern.replace(".00", "")
    return format_currency(amount, "EUR", pattern, locale=_REGIONAL.get(lang, lang), currency_digits=False)


def join(lang: str, items: list[str]) -> str:
    """ "a, b and c" in the language's way."""
    from babel.lists import format_list

    return format_list(items, locale=lang) if items else ""
