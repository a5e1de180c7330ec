"""The facts that a message states, as entities with normalised values (contract section 4).

Names come from the lexicons and CLDR by spaCy's PhraseMatcher, misspelt names by rapidfuzz, places from
`wegwijzer.places`, dates and durations from `wegwijzer.reading.dates`. Nothing is learnt: the words are data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from assistant.nlu.fingerprint import fingerprint
from assistant.nlu.language import language_of
from assistant.nlu.ngrams import main_script
from wegwijzer import countries, lexicon, places
from wegwijzer.law.case import Parameters
from wegwijzer.lexicon.latin import SPELT_OUT, heard
from wegwijzer.lexicon.nearest import Nearest
from wegwijzer.lexicon.words import Match, Word, split, without
from wegwijzer.reading import cards, dates
from wegwijzer.reading.combinations import combinations
from wegwijzer.reading.spoken import in_figures
from wegwijzer.reading.subject import ANSWER, asks_in_general, may_state
from wegwijzer.reading.vocabulary import FALLBACK, Vocabulary, readable, vocabulary

Entity = dict[str, Any]

#: Stands for a word that no phrase has; none can look like it.
_UNKNOWN = "?"
_SHORT = 4
_FUZZY_LENGTH = 5
_FUZZY_FORMS = 6
_FUZZY_RANKED = 5
_FUZZY_LIMIT = 85.0
_FUZZY_GAP = 4.0
#: Languages that a person may name ("in het Spaans"): those most heard at the desks, by ISO 639-1.
_NAMED_LANGUAGES = [
    "nl",
    "en",
    "fr",
    "de",
    "es",
    "pt",
    "it",
    "pl",
    "ro",
    "bg",
    "sq",
    "tr",
    "ar",
    "fa",
    "ps",
    "ur",
    "uk",
    "ru",
    "so",
    "ti",
    "am",
    "om",
    "ku",
    "zh",
    "vi",
    "th",
    "ne",
    "bn",
    "hi",
    "pa",
    "ta",
    "sw",
    "ln",
    "rw",
    "ff",
    "wo",
    "ha",
    "yo",
    "ig",
    "tl",
    "hy",
    "ka",
    "az",
    "sr",
    "hr",
    "bs",
    "mk",
    "el",
    "hu",
    "cs",
    "sk",
    "sl",
    "lt",
    "lv",
    "et",
    "fi",
    "sv",
    "no",
    "da",
    "id",
    "ms",
    "ja",
    "ko",
    "mn",
    "kk",
    "uz",
    "he",
]
#: Their names that CLDR keeps under a region: Flemish is Dutch, Dari is Persian.
_NAMED_VARIETIES = {"nl_BE": "nl", "fa_AF": "fa"}
#: How sure a word is that may be a language as well as a people ("Dutch"), when nothing around it tells.
_EITHER = 0.6
#: Ages that only the number tells, and how sure they are.
_ADULT, _OLDEST = 18, 99
#: "Ecuadorian 51 years live in Aalst": so long no newcomer has been here.
_OLDER_THAN_A_STAY = 30
#: A day or a month on its own, so many years ago, is one's birth; "le" and "op" may stand before it.
_GROWN, _ARTICLE = 16, 3
_LIKELY = 0.6
_SHORT_CLAUSE = 6
_COMMAS = tuple(",;،፣")
#: Words between a person and their age.
_OF_WHOM = 3
#: Groups of words that tell since when one is here.
_STAYING = ("since", "arrived", "live")
#: Reasons of stay between which most depends on a word.
_PROTECTION = frozenset(("refugee", "subsidiary_protection", "asylum_pending"))
_FAMILY = frozenset(("family_belgian", "family_eu", "family_other"))
#: Shorter words beside "Belgian" name no partner.
_LEAST_PARTNER = 3
#: So many words may stand between "my wife" and her nationality.
_BETWEEN = 2
#: Shorter words are not known by their sounds alone.
_LEAST_HEARD = 4
_QUESTION, _CHANGE_LANGUAGE, _CORRECT = "faq_", "change_language", "correct_answer"
#: Messages whose facts are the person's own, question or not; what is not understood may be an answer.
_STATING = frozenset(
    ("inform", "start_check", "correct_answer", "affirm", "deny", "dont_know", "greet", "nlu_fallback")
)


@dataclass(frozen=True)
class _Term:
    """What a phrase stands for in one language: kind `country`, `demonym`, `document`, `stay_reason` or `language`."""

    kind: str
    value: str
    lang: str


@dataclass
class _Hit:
    """A phrase found in the words `first` to `last` (exclusive), with its possible values."""

    kind: str
    values: list[str]
    first: int
    last: int
    demonym: bool = False
    confidence: float = 1.0
    own_language: bool = True
    extra: Entity = field(default_factory=dict)


def brussels_today() -> date:
    """The calendar day in Belgium."""
    return datetime.now(ZoneInfo("Europe/Brussels")).date()


class Extractor:
    """Finds entities in a text; built once over all lexicons."""

    def __init__(self) -> None:
        # Only the words themselves are compared: nothing else need be known of a word.
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._terms: dict[tuple[str, ...], list[_Term]] = {}
        self._fuzzy: dict[str, dict[str, set[str]]] = {}
        codes = lexicon.languages()
        self._articles = {code: vocabulary(code).articles for code in codes}
        for lang in (*codes, lexicon.ANY):
            self._add_language(lang)
        for key in self._terms:
            self._matcher.add("phrase", [Doc(self._vocab, words=list(key))])
        self._forms = {form for key in self._terms for form in key}
        self._nearest = {code: Nearest(names) for code, names in self._fuzzy.items()}
        self._common = {code: self._common_words(code) for code in codes}
        self._own = {
            code: self._common[code].union(
                key[0]
                for names in lexicon.load(code).municipalities.values()
                for key in map(lexicon.forms, names)
                if len(key) == 1
            )
            for code in codes
        }
        self._other_scripts = {code for code in codes if lexicon.load(code).script != "Latn"}
        self._card_words = {
            code: {
                form
                for pattern in lexicon.load(code).document_letters
                for form in lexicon.forms(pattern)
                if len(form) > 2
            }
            for code in codes
        }
        self._partners = {code: _Partners(code) for code in codes}
        #: Phrases of languages whose script is spelt out, by their sounds.
        self._heard: dict[tuple[str, ...], list[_Term]] = {}
        self._spelt_out = {code for code in codes if lexicon.load(code).script in SPELT_OUT}
        for key, terms in self._terms.items():
            own = [term for term in terms if term.lang in self._spelt_out]
            if own and not any(form.isascii() for form in key):
                sounds = tuple(map(heard, key))
                if min(map(len, sounds)) >= _LEAST_HEARD:
                    self._heard.setdefault(sounds, []).extend(own)
        self._longest_heard = max(map(len, self._heard), default=0)

    def _add(self, phrase: str, term: _Term) -> None:
        key = lexicon.forms(phrase)
        for form in {key, without(key, self._articles.get(term.lang, frozenset()))}:
            if form and term not in self._terms.setdefault(form, []):
                self._terms[form].append(term)

    def _add_language(self, lang: str) -> None:
        words = lexicon.load(lang)
        names: list[tuple[str, str, str]] = [
            (phrase, "country", code) for code, phrases in words.countries.items() for phrase in phrases
        ]
        names += [(phrase, "demonym", code) for code, phrases in words.demonyms.items() for phrase in phrases]
        if lang != lexicon.ANY:
            known = {lexicon.forms(phrase) for phrase, _, _ in names}
            # The lexicon knows which names fit two countries; CLDR fills in the rest.
            # As typed, and as CLDR writes it: Persian joins words with a mark that the index does not keep.
            written = {countries.country_name(code, lang): code for code in countries.codes()}
            names += [
                (name, "country", code)
                for name, code in (countries.index(lang) | written).items()
                if lexicon.forms(name) not in known
            ]
            for code, name in self._language_names(lang):
                self._add(name, _Term("language", code, lang))
            for code, phrases in words.languages.items():
                for phrase in phrases:
                    self._add(phrase, _Term("language", code, lang))
        fuzzy = self._fuzzy.setdefault(lang, {})
        compared: Counter[tuple[str, str]] = Counter()
        for phrase, kind, code in names:
            self._add(phrase, _Term(kind, code, lang))
            forms = lexicon.forms(phrase)
            # The first forms of a name are enough to find one with an error; each costs time in every message.
            if len(forms) == 1 and len(forms[0]) >= _FUZZY_LENGTH and compared[kind, code] < _FUZZY_FORMS:
                compared[kind, code] += 1
                fuzzy.setdefault(forms[0], set()).add(code)
        for code, phrases in words.documents.items():
            for phrase in phrases:
                self._add(phrase, _Term("document", code, lang))
        for code, phrases in words.stay_reasons.items():
            for phrase in phrases:
                self._add(phrase, _Term("stay_reason", code, lang))

    @staticmethod
    def _language_names(lang: str) -> Iterable[tuple[str, str]]:
        from babel import Locale

        locale = Locale.parse(lang)
        for code in _NAMED_LANGUAGES:
            for name in (locale.languages.get(code), Locale.parse(code).languages.get(code)):
                if name:
                    yield code, name
        for variety, code in _NAMED_VARIETIES.items():
            if variety in locale.languages:
                yield code, locale.languages[variety]

    def _common_words(self, lang: str) -> set[str]:
        words = lexicon.load(lang)
        phrases: list[str] = [*words.identify, *words.group("not_country")]
        for table in (
            words.replies,
            words.units,
            words.months,
            words.words,
            words.documents,
            words.stay_reasons,
            *words.answers.values(),
        ):
            for items in table.values():
                phrases.extend(items)
        return {form for phrase in phrases for form in lexicon.forms(phrase)}

    def extract(self, text: str, lang: str | None, today: date) -> list[Entity]:
        """Entities of `text` in order of place.

        `lang` is the language of the text (ISO 639-1, None = not known), `today` the day that "two months ago" counts
        from. Each entity has entity, value, start, end, confidence (1.0 = exact), and where it applies role,
        candidates, nis, form ("demonym"), inferred (true: no word around tells the role) and about ("relative": said of
        a family member).
        """
        text = readable(text)
        lang = lang if lang in lexicon.languages() else FALLBACK
        known = vocabulary(lang)
        words = in_figures(split(text), known)
        if not words:
            return []
        hits = self._phrases(text, words, lang)
        hits += self._misspelt(words, known, hits)
        stated = combinations(lang).find(words)
        # Whether the message says that one came for one's family.
        joins = any(hit.kind == "stay_reason" and hit.values == ["family"] for hit in hits) or any(
            match.value == "family" for match in stated
        )
        found: list[Entity] = []
        for hit in self._countries(text, words, known, hits, joins):
            found.append(self._entity("country", hit, words))
        for hit in hits:
            if hit.kind == "document" and not self._denied(words, known, hit):
                found.append(self._entity("residence_document", hit, words))
            elif hit.kind == "stay_reason" and not self._denied(words, known, hit):
                if known.before("relative", words, hit.first, 3):
                    hit.extra["about"] = "relative"
                    hit.confidence = 0.5
                found.append(self._entity("stay_reason", hit, words))
            elif hit.kind == "language" and not (
                _counts(words, known, hit) or self._is_people(words, known, hit, hits)
            ):
                found.append(self._entity("language", hit, words))
        found += self._family(words, lang, hits, found, today, joins)
        found += self._combined(words, stated, found)
        found += self._times(text, words, known, today)
        if any(entity["entity"] == "residence_document" for entity in found) and not known.groups(_STAYING, words):
            # "A card, for one year" tells nothing of how long one has been here.
            _doubt(entity for entity in found if entity["entity"] == "duration_months")
        # "I said two years but it is four": which of them counts is asked.
        _doubt_all_but_one(entity for entity in found if entity["entity"] == "duration_months")
        found += self._place(text, words, known, found)
        found += self._bare_years(words, known, found, today)
        found += self._lone_letters(text, words, known, found)
        if asks_in_general(text, lang):
            # "Must refugees ...?" is said of nobody.
            _doubt(entity for entity in found if entity["entity"] != "language")
        stateless = next((entity for entity in found if entity["value"] == "stateless"), None)
        if stateless and not any(entity["entity"] == "country" for entity in found):
            # Who is recognised as stateless has no nationality.
            found.append({**stateless, "entity": "country", "role": "nationality"})
        if _FAMILY.intersection(entity["value"] for entity in found if entity["entity"] == "stay_reason"):
            # "Family reunification, my husband is Belgian" says more than "family".
            found = [entity for entity in found if (entity["entity"], entity["value"]) != ("stay_reason", "family")]
        if any(entity["entity"] == "residence_document" and entity["value"] != "none" for entity in found):
            # "No card yet, just annex 35" is not "no papers".
            found = [
                entity for entity in found if (entity["entity"], entity["value"]) != ("residence_document", "none")
            ]
        return sorted(found, key=lambda entity: (entity["start"], entity["end"]))

    @staticmethod
    def _entity(name: str, hit: _Hit, words: list[Word]) -> Entity:
        entity: Entity = {
            "entity": name,
            "value": hit.values[0],
            "start": words[hit.first].start,
            "end": words[hit.last - 1].end,
            "confidence": round(hit.confidence if len(hit.values) == 1 else min(hit.confidence, 0.5), 3),
            **hit.extra,
        }
        if len(hit.values) > 1:
            entity["candidates"] = [{"value": value} for value in hit.values]
        return entity

    def _phrases(self, text: str, words: list[Word], lang: str) -> list[_Hit]:
        """Exact phrases; a longer one hides the shorter ones inside it, of the same kind or another."""
        articles = vocabulary(lang).articles
        kept = [place for place, word in enumerate(words) if word.form not in articles]
        terms_at = dict(self._terms_at(text, words, range(len(words)), lang))
        if len(kept) < len(words):
            for span, terms in self._terms_at(text, words, kept, lang):
                if span[1] - span[0] >= 2:
                    terms_at.setdefault(span, terms)
        if lang in self._spelt_out and main_script(text) == "Latn":
            sounds = tuple(heard(word.form) for word in words)
            for first in range(len(sounds)):
                for last in range(first + 1, min(len(sounds), first + self._longest_heard) + 1):
                    if like := self._heard.get(sounds[first:last]):
                        terms_at.setdefault((first, last), like)
        taken: list[tuple[int, int]] = []
        hits: list[_Hit] = []
        inside: list[_Hit] = []
        for first, last in sorted(terms_at, key=lambda span: (span[0] - span[1], span[0])):
            found = self._hits_of(text, terms_at[first, last], first, last, lang, words)
            if any(first < end and start < last for start, end in taken):
                inside += found
            elif found:
                taken.append((first, last))
                hits += found
        return sorted((*hits, *self._within(inside, hits)), key=lambda hit: hit.first)

    @staticmethod
    def _within(inside: list[_Hit], hits: list[_Hit]) -> Iterator[_Hit]:
        """What a reason of stay says beside itself: "married to a Belgian" a country, "L card, long-term" a card."""
        given: set[tuple[str, str]] = set()
        for hit in inside:
            value = hit.values[0]
            reason = _around(hit, hits)
            if reason is None or not hit.own_language or (hit.kind, value) in given:
                continue
            if hit.kind == "country" and len(hit.values) == 1:
                hit.confidence = _EITHER
                if reason.values[0] in _FAMILY:
                    hit.extra["about"] = "relative"
                if reason.values[0] == "family_eu":
                    # Whose wife is German may be here for another reason.
                    reason.confidence = min(reason.confidence, _EITHER)
            elif hit.kind != "document" or value.startswith("EU"):
                continue  # "family of an EU citizen" names no card
            given.add((hit.kind, value))
            yield hit

    def _terms_at(
        self, text: str, words: list[Word], places: Sequence[int], lang: str
    ) -> Iterator[tuple[tuple[int, int], list[_Term]]]:
        """What the words at `places` stand for, with the first and the last (exclusive) word of each phrase."""
        forms = [words[place].form for place in places]
        # spaCy keeps every word it has seen for good: what people write is not shown to it, only what is in a lexicon.
        shown = Doc(self._vocab, words=[form if form in self._forms else _UNKNOWN for form in forms])
        found = {(first, last): list(self._terms[tuple(forms[first:last])]) for _, first, last in self._matcher(shown)}
        for code, card in cards.find(forms):
            if card.letter is None or self._is_letter(text, words[places[card.letter]], lang):
                found.setdefault((card.first, card.last), []).append(_Term("document", card.value, code))
        for (first, last), terms in found.items():
            yield (places[first], places[last - 1] + 1), terms

    @staticmethod
    def _is_letter(text: str, word: Word, lang: str) -> bool:
        """Whether the letter of a card is meant as a letter: "A card", not "a card" or "carte d'identité"."""
        if text[word.end : word.end + 1] in {"'", "\u2019"} or _is_level(text, word):
            return False  # "carte d'identité"
        doubtful = word.form in vocabulary(lang).lexicon.group("letter_words")
        return not doubtful or text[word.start].isupper()

    @staticmethod
    def _is_everyday(text: str, word: Word, lang: str) -> bool:
        """Whether a word is rather an everyday one than a country: in Russian "of that" is Togo with a capital only."""
        return word.form in vocabulary(lang).everyday and not text[word.start].isupper()

    def _hits_of(
        self, text: str, terms: list[_Term], first: int, last: int, lang: str, words: list[Word]
    ) -> list[_Hit]:
        by_kind: dict[str, list[_Term]] = {}
        if first + 1 == last and self._is_everyday(text, words[first], lang):
            terms = [term for term in terms if term.kind not in ("country", "demonym")]
        for term in terms:
            if term.lang not in (lang, lexicon.ANY) and self._is_word_of(lang, term, words[first:last], len(words)):
                continue
            by_kind.setdefault("country" if term.kind == "demonym" else term.kind, []).append(term)
        hits = []
        for kind, items in by_kind.items():
            own = [term for term in items if term.lang == lang]
            chosen = own or items
            values = list(dict.fromkeys(term.value for term in chosen))
            demonym = all(term.kind == "demonym" for term in chosen)
            hits.append(_Hit(kind, values, first, last, demonym=demonym, own_language=bool(own)))
        return hits

    def _is_word_of(self, lang: str, term: _Term, words: list[Word], length: int) -> bool:
        """Whether a phrase of another language is rather one of `lang`: "suis" is no Persian spelling of Switzerland.

        A short word is ("est", "pole", "fin", "let"), a word that `lang` has itself, and one of a language of another
        script in Latin letters, unless the text says little else.
        """
        form = words[0].form
        if len(words) == 1 and ((len(form) <= _SHORT and term.kind != "country") or form in self._own[lang]):
            return True
        return term.lang in self._other_scripts and length > ANSWER and all(word.form.isascii() for word in words)

    def _lone_letters(self, text: str, words: list[Word], known: Vocabulary, found: list[Entity]) -> list[Entity]:
        """Capital letters of cards on their own, in a text that speaks of a card ("A او B کارت", "not A but B").

        In a text in Latin letters a capital may be a word as well, so that it is not sure.
        """
        latin = main_script(text) == "Latn"
        if (latin and text.isupper()) or not (
            any(word.form in self._card_words[known.lang] for word in words) or known.group("papers").find(words)
        ):
            return []
        letters = lexicon.load(lexicon.ANY).group("card_letters")
        entities = []
        for place, word in enumerate(words):
            said = text[word.start : word.end]
            if said not in letters or any(entity["start"] <= word.start < entity["end"] for entity in found):
                continue
            filled = known.before("card_filler", words, place)
            if latin and (word.form in known.lexicon.group("letter_words") or place == 0) and not filled:
                continue
            if _is_level(text, word):
                continue
            last = place + 1
            plus = last if last < len(words) and words[last].form == "+" else known.starts("plus", words, last) - 1
            if plus >= last and said in cards.PLUS:
                said, last = said + "+", plus + 1
            hit = _Hit("document", [said], place, last, confidence=_LIKELY if latin else 1.0)
            if not self._denied(words, known, hit):
                entities.append(self._entity("residence_document", hit, words))
        return entities

    def _family(
        self, words: list[Word], lang: str, hits: list[_Hit], found: list[Entity], today: date, joins: bool
    ) -> list[Entity]:
        """A partner who is Belgian or of the EU as a reason of stay: not sure, for the stay may have another.

        The nationality in `found` becomes that of a relative.
        """
        union = Parameters.on(today)["eu_plus"]
        stated = {entity["value"] for entity in found if entity["entity"] == "stay_reason"} - {"family"}
        for hit in hits:
            if hit.kind != "country" or hit.values[0] not in union or _around(hit, hits):
                continue
            # "Joined my husband, he is from Portugal", or "married to a Belgian".
            joined = joins and hit.extra.get("about") == "relative"
            if not joined and not (hit.demonym and self._partners[lang].around(words, hit)):
                continue
            for entity in found:
                if entity["entity"] == "country" and entity["start"] == words[hit.first].start:
                    entity.pop("role", None)
                    entity["about"] = "relative"
                    entity["confidence"] = min(entity["confidence"], _EITHER)
            if stated:
                return []
            value = "family_belgian" if hit.values[0] == "BE" else "family_eu"
            return [
                self._entity(
                    "stay_reason", _Hit("stay_reason", [value], hit.first, hit.last, confidence=_EITHER), words
                )
            ]
        return []

    def _misspelt(self, words: list[Word], known: Vocabulary, hits: list[_Hit]) -> list[_Hit]:
        """Country names and nationalities with a typing error; only where a country may be expected."""
        covered = {place for hit in hits for place in range(hit.first, hit.last)}
        found = []
        for place, word in enumerate(words):
            if place in covered or len(word.form) < _FUZZY_LENGTH or word.form.isdigit():
                continue
            if word.form in self._common[known.lang] or not self._country_expected(words, known, place):
                continue
            # The text's own language first; a name alone may be in another ("marocco").
            others = [code for code in self._fuzzy if code != known.lang] if len(words) <= 3 else []
            for lang in (known.lang, *others):
                close = self._close(word.form, lang)
                if close is not None:
                    codes, demonym, score = close
                    confidence = score / 100 * 0.9
                    found.append(_Hit("country", codes, place, place + 1, demonym=demonym, confidence=confidence))
                    break
        return found

    def _close(self, form: str, lang: str) -> tuple[list[str], bool, float] | None:
        """The countries whose name or nationality in `lang` is nearly `form`: codes, nationality or not, score."""
        table = self._fuzzy[lang]
        near = self._nearest[lang].find(form, _FUZZY_LIMIT - _FUZZY_GAP, _FUZZY_RANKED)
        ranked = [(name, score) for name, score in near if name[0] == form[0] or score >= 90]
        if not ranked or ranked[0][1] < _FUZZY_LIMIT:
            return None
        name, best = ranked[0]
        codes = {code: None for close, score in ranked if score >= best - _FUZZY_GAP for code in sorted(table[close])}
        demonym = all(term.kind == "demonym" for term in self._terms[(name,)] if term.lang == lang)
        return list(codes), demonym, best

    @staticmethod
    def _country_expected(words: list[Word], known: Vocabulary, place: int) -> bool:
        if len(words) <= 3:
            return True
        cues = ("from", "i_am", "nationality_word", "born")
        return any(known.before(name, words, place, 2) for name in cues) or known.after(
            "nationality_word", words, place + 1, 1
        )

    @staticmethod
    def _denied(words: list[Word], known: Vocabulary, hit: _Hit) -> bool:
        """Whether a "not" or "no" stands just before or after; "no papers" is a phrase of its own and is not denied."""
        denied = known.before("not_before", words, hit.first, 1) or known.after("not_after", words, hit.last)
        return hit.values != ["none"] and denied

    def _is_people(self, words: list[Word], known: Vocabulary, hit: _Hit, hits: list[_Hit]) -> bool:
        """Whether a language's name is said of a person ("I am Dutch") or, in a case form, of a country ("z Polski").

        Less sure where nothing tells.
        """
        same = [other for other in hits if other.kind == "country" and other.first == hit.first]
        if self._of_a_language(words, known, hit):
            return False
        if not same:
            # Some peoples have a language and no state: "I am Kurdish, from Iraq".
            if known.before("i_am", words, hit.first) or (
                known.lexicon.verb_last and known.after("i_am", words, hit.last)
            ):
                hit.confidence = _EITHER
            return False
        if any(known.before(cue, words, hit.first) for cue in ("from", "live", "born")):
            return not all(other.demonym for other in same)
        if self._of_a_person(words, known, hit):
            return True
        if len(words) > 2 and any(other.demonym for other in same):
            hit.confidence = _EITHER
        return False

    def _combined(self, words: list[Word], stated: list[Match[str]], found: list[Entity]) -> list[Entity]:
        """What the combinations in `stated` say, surest first, where no phrase in `found` tells; never sure."""
        protection = _PROTECTION.intersection(match.value for match in stated)
        # "I have asked for asylum": whether it was granted is not for a phrase to tell alone.
        _doubt(entity for entity in found if entity["value"] in _PROTECTION and protection - {entity["value"]})
        told = {entity["entity"] for entity in found}
        entities = []
        for match in stated:
            name = "residence_document" if match.value == "none" else "stay_reason"
            if name not in told:
                told.add(name)
                hit = _Hit(name, [match.value], match.first, match.last, confidence=_LIKELY)
                entities.append(self._entity(name, hit, words))
        return entities

    @staticmethod
    def _of_a_language(words: list[Word], known: Vocabulary, hit: _Hit) -> bool:
        return known.before("language_cue", words, hit.first, 1) or known.after("language_after", words, hit.last, 1)

    @staticmethod
    def _of_a_person(words: list[Word], known: Vocabulary, hit: _Hit) -> bool:
        first, last = hit.first, hit.last
        before = any(known.before(cue, words, first, 2) for cue in ("i_am", "nationality_word", "born", "relative"))
        # Some languages put the verb last: "Afghan I-am".
        after = known.after("relative", words, last) or (known.lexicon.verb_last and known.after("i_am", words, last))
        return before or after or known.after("nationality_word", words, last, 1)

    def _countries(self, text: str, words: list[Word], known: Vocabulary, hits: list[_Hit], joins: bool) -> list[_Hit]:
        """Countries that are said of a person, with their role where the words tell it."""
        kept: list[_Hit] = []
        doubtful: list[_Hit] = []
        for hit in sorted((hit for hit in hits if hit.kind == "country"), key=lambda item: item.first):
            first, last = hit.first, hit.last
            if hit.demonym and len(words) > 2:
                if known.after("language_after", words, last):
                    continue
                if any(other.kind == "language" and other.first == first for other in hits):
                    if self._of_a_language(words, known, hit):
                        continue
                    doubtful.append(hit)
            if self._denied(words, known, hit) and hit.values != ["stateless"]:
                continue
            if hit.demonym:
                hit.extra["form"] = "demonym"
            if _around(hit, hits):
                kept.append(hit)
                continue
            other = self._of_another(words, known, hit, joins)
            role = self._role(words, known, hit, other)
            previous = kept[-1] if kept else None
            if (
                role is None
                and previous
                and previous.demonym == hit.demonym
                and first - previous.last <= 1
                and (first == previous.last or known.before("and", words, first))
            ):
                role = previous.extra.get("role")
            if role:
                hit.extra["role"] = role
            elif other:
                hit.extra["about"] = "relative"
                hit.confidence = min(hit.confidence, _EITHER)
            kept.append(hit)
        if kept and all(hit.demonym and "about" not in hit.extra for hit in kept) and len(words) <= 2 * len(kept):
            for hit in kept:
                hit.extra.setdefault("role", "nationality")
        for hit in doubtful:
            if "role" not in hit.extra and "about" not in hit.extra:
                hit.confidence = min(hit.confidence, _EITHER)
        for hit in kept:
            if hit.values == ["BE"] and self._where_all_live(words, known, hit, kept):
                hit.confidence = min(hit.confidence, _EITHER)
            if hit.demonym and hit not in doubtful and not {"role", "about"}.intersection(hit.extra):
                self._likely_nationality(text, words, hit)
        return kept

    @staticmethod
    def _where_all_live(words: list[Word], known: Vocabulary, hit: _Hit, hits: list[_Hit]) -> bool:
        """Whether Belgium is rather where one lives: nothing tells its role, or another nationality is told."""
        role = hit.extra.get("role")
        if role is None:
            return len(words) > ANSWER or (not hit.demonym and bool(known.groups((*_STAYING, "for_duration"), words)))
        same = role == "nationality" and not hit.demonym
        return same and any(other is not hit and other.extra.get("role") == role for other in hits)

    @staticmethod
    def _of_another(words: list[Word], known: Vocabulary, hit: _Hit, joins: bool) -> bool:
        """Whether a nationality is said of somebody else: "Belgian husband", "joined my husband, he is Dutch"."""
        first, last = hit.first, hit.last
        if hit.demonym and (known.before("relative", words, first, 2) or known.after("relative", words, last, 1)):
            return True
        they = known.before("he_she", words, first, 3) or (
            known.lexicon.verb_last and known.after("he_she", words, last)
        )
        return joins and they and bool(known.group("relative").find(words[:first]))

    @staticmethod
    def _likely_nationality(text: str, words: list[Word], hit: _Hit) -> None:
        """The role of a nationality that no word around it explains: sure as a clause of its own ("Kirghiz, 32").

        Anything may be Belgian here, so elsewhere "Belgian" says nothing of the person.
        """
        before = text[words[hit.first - 1].end : words[hit.first].start] if hit.first else ","
        after = text[words[hit.last - 1].end : words[hit.last].start] if hit.last < len(words) else ","
        clause = _has_comma(before) and _has_comma(after)
        if clause or hit.values != ["BE"]:
            hit.extra["role"] = "nationality"
        if not clause and "role" in hit.extra:
            hit.extra["inferred"] = True

    @staticmethod
    def _role(words: list[Word], known: Vocabulary, hit: _Hit, other: bool) -> str | None:
        first, last = hit.first, hit.last
        if hit.values == ["stateless"]:
            return "nationality"
        if other or known.before("relative", words, first, 3) or known.after("relative", words, last, 0):
            return None
        if hit.demonym and known.lexicon.verb_last and known.after("i_am", words, last):
            return "nationality"
        for reach in range(7):
            # The nearest cue wins.
            if reach and not hit.demonym and known.group("live").ends_at(words, first - reach):
                return None
            if first - reach > 0 and known.group("born").ends_at(words, first - reach):
                return None if hit.demonym else "birth_country"
            if first - reach > 0 and known.group("nationality_word").ends_at(words, first - reach):
                return "nationality"
            if hit.demonym and reach <= 2 and first - reach > 0 and known.group("i_am").ends_at(words, first - reach):
                return "nationality"
            if reach <= 2 and known.after("nationality_word", words, last + reach):
                return "nationality"
            if reach <= 1 and not hit.demonym and known.after("born", words, last + reach):
                return "birth_country"
        return None

    def _times(self, text: str, words: list[Word], known: Vocabulary, today: date) -> list[Entity]:
        """Dates, birth dates, durations and the age."""
        found: list[Entity] = []
        taken: list[tuple[int, int]] = []
        relative: list[tuple[int, int]] = []

        def add(name: str, value: Any, start: int, end: int, confidence: float = 1.0) -> None:
            found.append({"entity": name, "value": value, "start": start, "end": end, "confidence": confidence})
            taken.append((start, end))

        for item in dates.find_dates(text, self._lang_of_month(words, known), today, words):
            if item.bare:
                cued = self._near_birth(words, known, item)
                if not cued:
                    continue
            outside = [word for word in words if not item.start <= word.start < item.end]
            alone = len(outside) <= 1 and all(len(word.form) <= _ARTICLE for word in outside)
            alone = alone and not known.group("since").find(outside)
            own = not item.relative and not item.yearless
            near = own and self._near_birth(words, known, item)
            # A day so long ago is one's birth, unless something tells of arriving or of living here.
            old = own and _long_ago(item.value, today) and (alone or not self._arrives(text, words, known, item))
            birth = near or old
            if birth and dates.in_future(item.value, today):
                continue
            confidence = item.confidence
            if (old and not near and not alone) or (item.relative and self._in_passing(words, known, item)):
                confidence = min(confidence, _LIKELY)
            add("birth_date" if birth else "date", item.value, item.start, item.end, confidence)
            if item.relative:
                relative.append((item.start, item.end))
            if item.calendar:
                found[-1]["calendar"] = item.calendar
            if item.others:
                found[-1]["candidates"] = [{"value": value} for value in item.meanings]

        def free(first: int, last: int) -> bool:
            start, end = words[first].start, words[last - 1].end
            return not any(start < other_end and other_start < end for other_start, other_end in taken)

        for place, year in _birth_years(words, known, today):
            if free(place, place + 1):
                add("birth_date", str(year), words[place].start, words[place].end, _LIKELY)
        place = 0
        while place < len(words):
            age = age_at(words, place, known, text)
            if age is None or not free(place, age[1]):
                place += 1
                continue
            add("age", age[0], words[place].start, words[age[1] - 1].end, age[2])
            if _of_a_relative(words, place, age[1], known):
                found[-1]["about"] = "relative"
            place = age[1]
        if any(entity["entity"] == "age" for entity in found) and not known.groups(_STAYING, words):
            # "I turned forty last month": the day is that of the birthday.
            _doubt(entity for entity in found if (entity["start"], entity["end"]) in relative)
        if not found and (meant := self._meant_number(words, known)) is not None:
            add("age", int(words[meant].form), words[meant].start, words[meant].end, _LIKELY)
        for duration in dates.find_durations(words, known.lang, text):
            # "For two years" is both: a length of time, and the day on which it began.
            start, end = words[duration.first].start, words[duration.last - 1].end
            since = any(begin <= start and end <= stop for begin, stop in relative)
            months = round(duration.months)
            if months and (since or free(duration.first, duration.last)):
                # "A card of one year" tells nothing of how long one has been here.
                of_a_card = known.before("valid", words, duration.first, 2) or known.after(
                    "valid", words, duration.last, 2
                )
                add("duration_months", months, start, end, _LIKELY if since or of_a_card else 1.0)
        return found

    @staticmethod
    def _lang_of_month(words: list[Word], known: Vocabulary) -> str:
        """The language to read a date in: of "23 March 1986", which may be any, one that has the month."""
        if len(words) > ANSWER or known.months.find(words) or not any(word.form.isdigit() for word in words):
            return known.lang
        return next((code for code in lexicon.languages() if vocabulary(code).months.find(words)), known.lang)

    @staticmethod
    def _arrives(text: str, words: list[Word], known: Vocabulary, item: dates.FoundDate) -> bool:
        """Whether the clause of a date tells since when one is here."""
        commas = {place for place, char in enumerate(text) if char in _COMMAS}
        first, last = _covered(words, item.start, item.end)
        before = next((place for place in range(first, 0, -1) if words[place - 1].end in commas), 0)
        after = next((place for place in range(last, len(words)) if words[place - 1].end in commas), len(words))
        return bool(known.groups(_STAYING, [*words[before:first], *words[last:after]]))

    @staticmethod
    def _in_passing(words: list[Word], known: Vocabulary, item: dates.FoundDate) -> bool:
        """Whether a day such as "yesterday" stands in a sentence that tells no date of a paper or of arriving."""
        return len(words) > _SHORT and not known.groups((*_STAYING, "ago_after", "ago_before"), words)

    @staticmethod
    def _meant_number(words: list[Word], known: Vocabulary) -> int | None:
        """Where the number stands that is meant in "36, not 26": the only one of two that is not denied."""
        numbers = [place for place, word in enumerate(words) if word.form.isdigit()]
        if len(numbers) != 2 or any(not _ADULT <= int(words[place].form) <= _OLDEST for place in numbers):
            return None
        meant = [
            place
            for place in numbers
            if not (known.before("not_before", words, place) or known.after("not_after", words, place + 1))
        ]
        return meant[0] if len(meant) == 1 else None

    @staticmethod
    def _bare_years(words: list[Word], known: Vocabulary, found: list[Entity], today: date) -> list[Entity]:
        """A year without a word that makes it a date, when it is the only one: of arriving, or so long ago of birth."""
        if any(entity["entity"] in {"date", "birth_date"} for entity in found):
            return []
        years = [place for place, word in enumerate(words) if len(word.form) == 4 and word.form.isdigit()]
        if len(years) != 1:
            return []
        [place] = years
        word, year = words[place], int(words[place].form)
        # What stands beside a number or a month is part of a day that does not exist.
        if any(
            0 <= near < len(words) and (words[near].form.isdigit() or known.months.at(words, near))
            for near in (place - 1, place + 1)
        ):
            return []
        # A postal code stands beside its place, and a year of another calendar is none of ours.
        taken = any(entity["start"] <= word.end + 1 and word.start <= entity["end"] + 1 for entity in found)
        if taken or not today.year - _OLDEST <= year <= today.year:
            return []
        arrives = bool(known.groups(_STAYING, words))
        if not arrives and year > today.year - _GROWN:
            return []
        name = "date" if arrives else "birth_date"
        return [{"entity": name, "value": str(year), "start": word.start, "end": word.end, "confidence": _LIKELY}]

    @staticmethod
    def _near_birth(words: list[Word], known: Vocabulary, item: dates.FoundDate) -> bool:
        first, last = _covered(words, item.start, item.end)
        if known.before("since", words, first) or known.starts("since", words, first) > first:
            return False
        return known.before("born", words, first, 5) or known.after("born", words, last, 3)

    def _place(self, text: str, words: list[Word], known: Vocabulary, found: list[Entity]) -> list[Entity]:
        """The municipality named, with all readings when the name fits several."""
        match = places.find(text, known.lang)
        if not match:
            return []
        if any(
            entity["start"] < match.end
            and match.start < entity["end"]
            and entity["entity"] in {"country", "date", "birth_date", "duration_months", "residence_document"}
            for entity in found
        ):
            return []
        first = next((place for place, word in enumerate(words) if word.start >= match.start), 0)
        named = [word.form for word in words if match.start <= word.start < match.end]
        lives = known.before("live", words, first, 1)
        if not match.exact and not lives and (len(words) > 2 or self._common[known.lang].issuperset(named)):
            return []
        if len(_choices(match.candidates)) == 1 and match.candidates[0].municipality is None:
            return []
        entities = []
        for start, end, candidates in match.named or [(match.start, match.end, match.candidates)]:
            # Of several places any may be the one that is meant; each is offered.
            choices, own = _choices(match.candidates), _choices(candidates)[0]
            entity: Entity = {
                "entity": "municipality",
                "value": own["value"],
                "start": start,
                "end": end,
                "confidence": 1.0 if match.exact else round(min(match.score / 100, 1.0) * 0.9, 3),
            }
            if len(choices) > 1:
                entity["candidates"] = choices
                entity["confidence"] = min(entity["confidence"], 0.5)
            if "nis" in own:
                entity["nis"] = own["nis"]
            entities.append(entity)
        return entities


class _Partners:
    """What stands around "Belgian" in the phrases of a language for a Belgian partner: "my wife is", "married to a"."""

    def __init__(self, lang: str) -> None:
        words = lexicon.load(lang)
        belgian = {key[0] for key in map(lexicon.forms, words.demonyms.get("BE", ())) if len(key) == 1}
        self._after: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        for key in map(lexicon.forms, words.stay_reasons.get("family_belgian", ())):
            for place in (place for place, form in enumerate(key) if form in belgian):
                before, after = key[:place], key[place + 1 :]
                if len("".join(before + after)) >= _LEAST_PARTNER:
                    self._after.setdefault(before, set()).add(after)
        self._longest = max(map(len, self._after), default=0)

    def around(self, words: list[Word], hit: _Hit) -> bool:
        """Whether such words stand around a nationality; "is a" may stand between, and "citizen" after it."""
        forms = tuple(word.form for word in words)
        for end in range(max(0, hit.first - _BETWEEN), hit.first + 1):
            for start in range(max(0, end - self._longest), end + (end == hit.first)):
                for after in self._after.get(forms[start:end], ()):
                    if any(forms[last : last + len(after)] == after for last in (hit.last, hit.last + 1)):
                        return True
        return False


def _choices(candidates: Iterable[places.Candidate]) -> list[Entity]:
    """What may be meant by a place: a commune with its code, or a region."""
    choices: list[Entity] = []
    for candidate in candidates:
        if candidate.municipality is not None:
            choices.append({"value": candidate.municipality.official_name, "nis": candidate.municipality.nis})
            if candidate.postal_code:
                choices[-1]["postal_code"] = candidate.postal_code
        else:
            choices.append({"value": candidate.name, "region": candidate.region, "kind": candidate.kind})
    return choices


def _is_level(text: str, word: Word) -> bool:
    """Whether the letter is that of a level of a language: "certificate B1"."""
    return text[word.end : word.end + 1].isdigit()


def _doubt(entities: Iterable[Entity]) -> None:
    """Make these facts so unsure that they are asked back before they count."""
    for entity in entities:
        entity["confidence"] = min(entity.get("confidence") or 1.0, _LIKELY)


def _covered(words: list[Word], start: int, end: int) -> tuple[int, int]:
    """The words, from the first to the last (exclusive), that stand between two places of the text."""
    first = next(place for place, word in enumerate(words) if word.start >= start)
    return first, next((place for place, word in enumerate(words) if word.start >= end), len(words))


def _birth_years(words: list[Word], known: Vocabulary, today: date) -> Iterator[tuple[int, int]]:
    """Years of birth in two figures: "born in 88", "I am of 88"; the place of each, and the year."""
    for place, word in enumerate(words):
        if not (word.form.isdigit() and len(word.form) == 2):
            continue
        born = known.before("born", words, place, 2) or known.after("born", words, place + 1)
        of = known.before("from", words, place) and len(words) <= _SHORT
        unit = place + 1 < len(words) and known.units.at(words, place + 1) is not None
        year = 1900 + int(word.form)
        if (born or of) and not unit and _GROWN <= today.year - year <= _OLDEST:
            yield place, year


def _counts(words: list[Word], known: Vocabulary, hit: _Hit) -> bool:
    """Whether the word is a number: "three years" and "Dari" are spelled alike in Pashto."""
    number = known.number_at(words, hit.first)
    return number is not None and number.last < len(words) and known.units.at(words, number.last) is not None


def _around(hit: _Hit, hits: list[_Hit]) -> _Hit | None:
    """The reason of stay that has the words of the hit in it."""
    reasons = (other for other in hits if other.kind == "stay_reason")
    return next((other for other in reasons if other.first <= hit.first and hit.last <= other.last), None)


def _has_comma(text: str) -> bool:
    return any(comma in text for comma in _COMMAS)


def _long_ago(value: str, today: date) -> bool:
    """Whether a day or a month is so long ago that it is told as one's birth rather than as the date of a paper."""
    return len(value) >= len("2000-01") and int(value[:4]) <= today.year - _GROWN


def _of_a_relative(words: list[Word], first: int, last: int, known: Vocabulary) -> bool:
    """Whether an age in words `first` to `last` is said of somebody else ("my son of 9", "9 years-old son-my")."""
    return known.before("relative", words, first, _OF_WHOM) or (
        known.lexicon.verb_last and known.after("relative", words, last)
    )


def age_at(words: list[Word], place: int, known: Vocabulary, text: str) -> tuple[int, int, float] | None:
    """An age that is said at word number `place`: (whole years, the place after it, how sure)."""
    number = known.number_at(words, place)
    if number is None or not 0 < number.value <= 120:
        return None
    last = number.last
    spoken = known.starts("age_after", words, last)
    unit = known.units.at(words, last) if last < len(words) else None
    cued = known.before("age_before", words, place)
    relative = _of_a_relative(words, place, spoken, known)
    together = text[words[place].start : words[spoken - 1].end]
    if spoken > last and (unit is None or spoken > unit.last) and not _has_comma(together):
        return number.value, spoken, 1.0
    if unit is not None:
        if unit.value != "year" or (number.value < 12 and not relative):
            return None
        after = unit.last
        whole = place == 0 and after == len(words)
        # "Keniaan, 37 jaar, ...": years on their own between commas, more than a permit lasts.
        gap = text[words[place - 1].end : words[place].start] if place else ","
        clause = number.value >= 18 and ("," in gap or known.before("and", words, place))
        ended = after < len(words) and _has_comma(text[words[after - 1].end : words[after].start])
        stays = not ended and known.after("not_age_after", words, after)
        if whole or ((cued or clause or relative) and not stays):
            return number.value, after, 1.0
        # Nobody's permit lasts for decades; "I have lived here for thirty years" has its own words.
        long = number.value >= _OLDER_THAN_A_STAY
        if number.value >= _ADULT and (long or not stays) and not known.before("since", words, place):
            return number.value, after, _LIKELY
        return None
    if place == 0 and last == len(words):
        return number.value, last, 1.0
    if number.value >= _ADULT and known.before("more_than", words, place) and last <= len(words):
        return number.value, last, _LIKELY  # "people over 65"
    counts = last < len(words) and words[last].form == "+"
    if cued and number.value >= 12 and not counts:
        return number.value, last, 1.0
    spelt = not words[place].form.isdigit()
    if counts or (spelt and number.value < _ADULT):
        return None
    if known.before("relative", words, place, 2):
        return number.value, last, 1.0
    # "I meant 29", "he is 52, Afghan, ...": a number that counts nothing, at the end of a clause.
    comma = last < len(words) and text[words[last - 1].end : words[last].start].strip()[:1] in _COMMAS
    only = sum(word.form.isdigit() for word in words) == (0 if spelt else 1)
    ends = comma or (only and last == len(words) <= _SHORT_CLAUSE)
    begins = place > 0 and _has_comma(text[words[place - 1].end : words[place].start])
    numbered = (words[place].form == "40" and not begins) or (place > 0 and words[place - 1].form in known.numbered)
    lives = bool(known.group("live").find(words[:place]))
    if ends and number.value >= _ADULT and not numbered and not lives:
        return number.value, last, _LIKELY
    return None


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    """The extractor over all lexicons; building it takes seconds."""
    return Extractor()


class _NothingLearnt(GraphComponent):
    """A component that has nothing to configure, to learn or to store: lexicons are read from the checkout."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GraphComponent:
        """One of its kind is like any other."""
        return cls()


def _doubt_all_but_one(entities: Iterable[Entity]) -> None:
    """Lower the confidence of what is said in two ways."""
    kinds: dict[str, list[Entity]] = {}
    for entity in entities:
        kinds.setdefault(entity["entity"], []).append(entity)
    for same in kinds.values():
        if len({str(entity["value"]) for entity in same}) > 1:
            _doubt(same)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FactsInQuestions(_NothingLearnt):
    """Makes facts doubtful that stand in a question about the programme; stands after the intent classifier.

    "May people with temporary protection join?" and "I missed class yesterday, is that bad?" state nothing of the
    person that the check asks for. What asks something or does not speak of oneself, and is taken for anything but an
    answer or the wish to be checked, is asked back before it counts (confidence 0.6 at most). A few words without a
    question mark stay an answer, and languages as sure as they are where naming one means it. A correction that names
    two values of one kind ("I said two years, but it is four") is not sure of either.
    """

    def process(self, messages: list[Message]) -> list[Message]:
        """Lower the confidence of the entities of each message that asks something else."""
        for message in messages:
            text = message.get(TEXT) or ""
            intent = (message.get(INTENT) or {}).get("name")
            if intent == _CORRECT:
                _doubt_all_but_one(message.get(ENTITIES) or ())
            if intent is None or intent in _STATING:
                continue
            # In a question on a topic "I am a refugee" is said of oneself; "I was absent yesterday" tells no date. And
            # "Dutch" is a language or an answer.
            topical = intent.startswith(_QUESTION) or intent == _CHANGE_LANGUAGE
            states = topical and may_state(text, language_of(message)["code"])
            kept = {"language"} if topical else set()
            _doubt(
                entity
                for entity in message.get(ENTITIES) or ()
                if entity["entity"] not in kept and not (states and entity["entity"] != "date")
            )
        return messages


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LexiconEntityExtractor(_NothingLearnt, EntityExtractorMixin):
    """Adds the entities of the lexicons, of dates and of places to each message."""

    #: The day that relative dates count from; tests replace it.
    today: Callable[[], date] = staticmethod(brussels_today)

    def __init__(self) -> None:
        """The words are read now: the first person who writes must not wait for them."""
        extractor()

    @staticmethod
    def required_packages() -> list[str]:
        """Packages beyond Rasa's own that this component imports."""
        return ["spacy", "rapidfuzz", "dateparser"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A changed word in a lexicon is a changed component."""
        return fingerprint()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add entities to each message; its language is that of LanguageIdentifier, or found again without it."""
        for message in messages:
            text = message.get(TEXT) or ""
            found = self.add_extractor_name(extractor().extract(text, language_of(message)["code"], self.today()))
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages
