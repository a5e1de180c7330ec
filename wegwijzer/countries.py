"""Countries: the codes that the facts take, and their names in any language.

Names come from Unicode CLDR through Babel. Which countries form the EU or the EEA is law, not a name: see the law
parameters. Words for nationalities ("Syrian") are not in CLDR: see the lexicon of the language understanding.
"""

from __future__ import annotations

import functools
import re
import unicodedata

STATELESS = "stateless"

# CLDR territories with two letters that are no country: unions, outlying areas, private-use codes.
_NOT_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})

# More names that people type than CLDR knows, with the code they stand for (country names, not nationalities).
_EXTRA_NAMES = {
    "usa": "US", "vs": "US", "america": "US", "amerika": "US", "amerique": "US", "etats unis d amerique": "US",
    "uk": "GB", "england": "GB", "engeland": "GB", "angleterre": "GB", "scotland": "GB", "schotland": "GB",
    "ecosse": "GB", "wales": "GB", "great britain": "GB", "groot brittannie": "GB", "grande bretagne": "GB",
    "holland": "NL", "hollande": "NL", "palestina": "PS", "palestine": "PS", "kosovo": "XK",
    "ivory coast": "CI", "ivoorkust": "CI", "cote d ivoire": "CI", "congo kinshasa": "CD", "dr congo": "CD",
    "drc": "CD", "rdc": "CD", "congo brazzaville": "CG", "birma": "MM", "burma": "MM", "birmanie": "MM",
    "macedonia": "MK", "macedonie": "MK", "swaziland": "SZ", "cape verde": "CV", "kaapverdie": "CV",
    "czech republic": "CZ", "tsjechische republiek": "CZ", "republique tcheque": "CZ", "turkey": "TR",
    "wit rusland": "BY", "emirates": "AE", "emiraten": "AE", "tibet": "CN", "taiwan": "TW", "hongkong": "HK",
}  # fmt: skip


def normalise(text: str) -> str:
    """`text` in lower case without accents or punctuation, words parted by one space; may be empty."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", plain))


@functools.lru_cache(maxsize=64)
def _territories(lang: str) -> dict[str, str]:
    """Code -> name in `lang` (ISO 639, with or without region); English when CLDR lacks the language."""
    # Babel is imported on first use: the engine often needs no name at all.
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return dict(locale.territories)


@functools.lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    """ISO 3166-1 alpha-2 codes that count as a country here, with `XK` (Kosovo) and `PS` (Palestine)."""
    return frozenset(
        code for code in _territories("en") if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    )


def is_country(code: str) -> bool:
    """True for a code that the fact `birth_country` takes."""
    return code in codes()


def is_nationality(code: str) -> bool:
    """True for a code that the fact `nationalities` takes: a country or `stateless`."""
    return code == STATELESS or is_country(code)


def country_name(code: str, lang: str) -> str:
    """Name of country `code` in `lang`, in English where CLDR has none.

    Raises KeyError for a code that is no country; `stateless` is a text of the catalogue, not a name of CLDR.
    """
    if not is_country(code):
        raise KeyError(code)
    return _territories(lang).get(code) or _territories("en")[code]


@functools.lru_cache(maxsize=64)
def index(lang: str) -> dict[str, str]:
    """Normalised name -> code for all countries in `lang`, with usual other names of nl, fr and en.

    A name that CLDR gives to two countries ("Congo" is none of them) is left out, so that it is asked back.
    Do not change the returned dictionary: it is kept.
    """
    names: dict[str, str] = {}
    clashes: set[str] = set()
    for code in sorted(codes()):
        key = normalise(country_name(code, lang))
        if not key:
            continue
        if names.setdefault(key, code) != code:
            clashes.add(key)
    for key in clashes:
        del names[key]
    for key, code in _EXTRA_NAMES.items():
        names.setdefault(key, code)
    return names
