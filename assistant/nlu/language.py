"""Which language a message is in: script first, then the words of the lexicons, runs of letters, and lingua."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.fingerprint import fingerprint
from assistant.nlu.ngrams import LetterRuns, main_script, messages
from wegwijzer import lexicon
from wegwijzer.lexicon.words import normalise_word, split

#: The key of the message, and of the answer of /model/parse.
LANGUAGE = "language"
_MAX_CHARS = 500
#: What counts beside a word of a lexicon (1 or 2): the runs of letters, the ready-made detector, a letter of its own.
_RUNS, _DETECTOR, _LETTERS = 3.0, 1.0, 4.0
#: And a message that is a "yes" or "don't know" of a lexicon, as a whole.
_REPLY = 4.0
#: A language that is not ours: told from so many words on, when so few runs of letters are known from our messages
#: and the detector is so sure; how sure it then counts. (On tests/nlu/development 1 message in 600 is told wrongly;
#: the more messages are learnt, the more familiar everything looks.)
_OTHER_WORDS, _FAMILIAR, _FAMILIAR_ROMANISED, _DETECTED, _OTHER = 4, 0.98, 0.94, 0.97, 0.9
#: Scripts that belong to one language of those that come to our desks.
_BY_SCRIPT = {
    "Grek": "el", "Hani": "zh", "Kana": "ja", "Hang": "ko", "Thai": "th", "Deva": "hi", "Beng": "bn", "Guru": "pa",
    "Taml": "ta", "Geor": "ka", "Armn": "hy", "Hebr": "he",
}  # fmt: skip


class Identifier:
    """Tells the language of a text among those that have a lexicon."""

    def __init__(self, letters: LetterRuns) -> None:
        """`letters` is what the training messages look like."""
        self._letters = letters
        self._lexicons = {code: lexicon.load(code) for code in lexicon.languages()}
        self._words: dict[str, set[str]] = {}
        for code, words in self._lexicons.items():
            for phrase in words.identify:
                self._words.setdefault(normalise_word(phrase), set()).add(code)
        self._known = {
            code: {
                form
                for table in (
                    words.demonyms,
                    words.countries,
                    words.documents,
                    words.stay_reasons,
                    words.replies,
                    words.units,
                    words.months,
                    words.words,
                )
                for phrases in table.values()
                for phrase in phrases
                for form in lexicon.forms(phrase)
                if len(form) > 2
            }
            | {form for number in lexicon.number_words(code) for form in number if len(form) > 2}
            for code, words in self._lexicons.items()
        }
        self._replies: dict[tuple[str, ...], set[str]] = {}
        for code, words in self._lexicons.items():
            for phrases in words.replies.values():
                for phrase in phrases:
                    self._replies.setdefault(lexicon.forms(phrase), set()).add(code)
        strange = lexicon.load(lexicon.ANY)
        #: Languages that are not ours, with those of ours that their speakers often know.
        self._others = {code: near for code, near in strange.others.items() if code not in self._lexicons}
        self._other_words = {
            code: {normalise_word(word) for word in words}
            for code, words in strange.others_identify.items()
            if code in self._others
        }
        self._detector = self._lingua()

    def _lingua(self) -> Any:
        from lingua import IsoCode639_1, LanguageDetectorBuilder

        known = [code for code in (*self._lexicons, *self._others) if _in_lingua(code)]
        codes = [getattr(IsoCode639_1, code.upper()) for code in known if code not in _BY_SCRIPT.values()]
        return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_low_accuracy_mode().build()

    def identify(self, text: str) -> tuple[str | None, float]:
        """ISO 639-1 code and confidence from 0 to 1; (None, 0.0) when nothing in the text tells.

        The code may be that of a language that is told apart but not understood (`near` then names some of ours).
        """
        text = text[:_MAX_CHARS]
        other = self._other_language(text)
        return (other, _OTHER) if other else self._own_language(text)

    def near(self, code: str | None) -> tuple[str, ...]:
        """Languages of ours that the speakers of a language that is not ours often know; empty for our own."""
        return tuple(self._others.get(code or "", ()))

    def _other_language(self, text: str) -> str | None:
        """The language of a text that is surely in none of ours."""
        script = main_script(text)
        if script is None:
            return None
        alone = _BY_SCRIPT.get(script)
        if alone in self._others and all(words.script != script for words in self._lexicons.values()):
            return alone
        forms = [word.form for word in split(text)]
        if len(forms) < _OTHER_WORDS:
            return None
        chances, familiar = self._letters.look(text)
        for code, words in self._other_words.items():
            if sum(form in words for form in forms) * 3 > len(forms) and familiar < 1.0:
                return code
        likest = max(chances, key=lambda name: chances[name], default="")
        romanised = likest in self._lexicons and self._lexicons[likest].script != script
        # No detector knows Pashto and Tigrinya, nor how people spell Arabic or Persian in Latin letters.
        unheard = any(not _in_lingua(name) for name in self._marked(text, script))
        if unheard or familiar >= (_FAMILIAR_ROMANISED if romanised else _FAMILIAR):
            return None
        code, sure = max(self._detected(text).items(), key=lambda item: item[1], default=("", 0.0))
        return code if code in self._others and sure >= _DETECTED else None

    def _marked(self, text: str, script: str) -> list[str]:
        """The languages of a script that have letters of their own in the text."""
        lowered = text.casefold()
        return [
            code
            for code, words in self._lexicons.items()
            if words.script == script and any(char in lowered for char in words.letters)
        ]

    def _own_language(self, text: str) -> tuple[str | None, float]:
        """The language of ours that a text is most like, and how surely."""
        script = main_script(text)
        if script is None or all(len(word.form) == 1 for word in split(text)):
            return None, 0.0  # nothing, or the letter of a card
        looks, _ = self._letters.look(text)
        own = [code for code, words in self._lexicons.items() if words.script == script]
        codes = sorted({*own, *looks})
        if not codes:
            return None, 0.0
        if len(codes) == 1:
            return codes[0], 1.0
        marked = self._marked(text, script)
        scores: Counter[str] = Counter()
        for word in split(text):
            owners = self._words.get(word.form, set()) & set(codes)
            for code in owners:
                scores[code] += 2.0 / len(owners)  # type: ignore[assignment]
            if not owners:
                owners = {code for code in own if word.form in self._known[code]}
                for code in owners:
                    scores[code] += 1.0 / len(owners)  # type: ignore[assignment]
        repliers = self._replies.get(tuple(word.form for word in split(text)), set()) & set(codes)
        for code in repliers:
            scores[code] += _REPLY / len(repliers)  # type: ignore[assignment]
        known = bool(scores)
        for code, share in looks.items():
            scores[code] += _RUNS * share  # type: ignore[assignment]
        detected = self._detected(text)
        for code in own:
            # The ready-made detector weighs as much as a word: it knows more words, but no romanised language.
            scores[code] += _DETECTOR * detected.get(code, 0.0)  # type: ignore[assignment]
        if len(marked) == 1:
            # Letters that no other language of ours has.
            scores[marked[0]] += _LETTERS  # type: ignore[assignment]
        if not sum(scores.values()):
            return None, 0.0
        (best, score), *others = scores.most_common(2)
        # Squared: twice the score of the second language is four to one.
        share = score**2 / (score**2 + (others[0][1] ** 2 if others else 0.0))
        # Letters alone propose; a name or an invented word looks like something too.
        return best, round(min(0.99, share if known or marked else share * 0.6), 3)

    @lru_cache(maxsize=8)  # noqa: B019 - one identifier lives as long as the process
    def _detected(self, text: str) -> dict[str, float]:
        """What the ready-made detector says: the chance of each language that it knows."""
        values = self._detector.compute_language_confidence_values(text)
        return {value.language.iso_code_639_1.name.lower(): value.value for value in values}


def _in_lingua(code: str) -> bool:
    from lingua import IsoCode639_1

    return hasattr(IsoCode639_1, code.upper())


@lru_cache(maxsize=1)
def learn() -> LetterRuns:
    """What the training messages of the languages that have a lexicon look like."""
    return LetterRuns.learn(messages(lexicon.languages().__contains__))


@lru_cache(maxsize=1)
def identifier() -> Identifier:
    """The identifier as it is learnt from the checkout; the assistant itself takes that of its model."""
    return Identifier(learn())


def language_of(message: Message) -> dict[str, Any]:
    """What LanguageIdentifier told of a message; told now where it is not in the pipeline."""
    return message.get(LANGUAGE) or {"code": identifier().identify(message.get(TEXT) or "")[0]}


# Of the kinds that Rasa knows, an extractor is the one that changes no training data: it need not be loaded for that.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Writes `language: {"code", "confidence"}` of the text alone into each message and the parse result.

    For a language that is not ours it has `near` as well: those of ours that its speakers often know. What messages
    look like is learnt from the training messages, by their folder, and stored as JSON and NumPy arrays.
    """

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A changed word in a lexicon, or another version of lingua, is a changed component."""
        return f"{fingerprint()} {version('lingua-language-detector')}"

    @staticmethod
    def required_packages() -> list[str]:
        """Packages beyond Rasa's own that this component imports; Rasa does not know lingua by its import's name."""
        return ["anyascii"]

    def __init__(self, storage: ModelStorage, resource: Resource, identifies: Identifier | None = None) -> None:
        """`identifies` is None until trained or loaded."""
        self._storage = storage
        self._resource = resource
        self._identifier = identifies

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
        """One that has learnt nothing yet."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn what the messages of each language look like: Rasa's data has lost their folders, so they are read."""
        with self._storage.write_to(self._resource) as folder:
            learn().save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageIdentifier:
        """What was learnt, from storage."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Identifier(LetterRuns.read(folder)))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the language to each message."""
        tells = self._identifier or identifier()
        for message in messages:
            code, confidence = tells.identify(message.get(TEXT) or "")
            language: dict[str, Any] = {"code": code, "confidence": confidence}
            if near := tells.near(code):
                language["near"] = list(near)
            message.set(LANGUAGE, language, add_to_output=True)
        return messages
