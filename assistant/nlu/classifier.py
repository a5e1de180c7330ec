"""Which intent a message has: logistic regression on word and character n-grams and on cues.

One step from text to intent, in place of Rasa's featurizers and classifier: training takes seconds and reading a
message a fraction of a millisecond. Why these features: docs/decisions/0008; the figures: benchmarks/understanding.py.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain, combinations, pairwise
from multiprocessing import get_context
from operator import attrgetter
from sys import intern
from typing import Any, NamedTuple

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.augment import variants
from assistant.nlu.entities import extractor
from assistant.nlu.fingerprint import fingerprint
from assistant.nlu.language import identifier, language_of
from assistant.nlu.ngrams import messages
from wegwijzer import lexicon
from wegwijzer.lexicon.words import LEAST_STEM, bare, split
from wegwijzer.reading.subject import asks, asks_in_general, has_question_mark
from wegwijzer.reading.vocabulary import readable, vocabulary

Vector = NDArray[np.float32]

#: Messages of so many words at most are known as they are, and how sure that makes at least.
_FEW, _LEAST_SPELT, _KNOWN = 6, 4, 0.8
#: Longer messages are read up to here, in characters.
MAX_CHARS = 1000
#: Entities of a training message are found as if it were this day, so that two trainings agree.
_TRAINING_DAY = date(2026, 1, 1)
_RANKED = 10
_LONG = 4
#: So many words beside the entities are as good as more.
_MANY_WORDS = 5
#: Groups of words in the lexicons that tell a statement from a question, and of whom it is.
_GROUPS = (
    "me",
    "i_am",
    "first_person",
    "other_person",
    "for_whom",
    "myself",
    "relative",
    "live",
    "from",
    "born",
    "nationality_word",
    "not_before",
    "not_after",
    "language_cue",
    "since",
    "ago_after",
    "ago_before",
    "age_after",
    "age_before",
    "card_filler",
    "today",
)
INFORM = "inform"
REGULARISATION = 1e-6
#: How often the solver goes through the messages: so often at least, and in so many steps.
_ROUNDS, _STEPS = 5, 600_000
#: Smaller weights are left out: four of five are, and as many messages of tests/nlu/development are read right.
_LEAST_WEIGHT = 0.02
#: From so many training messages on, their entities are found by all cores.
_MANY = 2_000
_WRITTEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
#: Kinds of entities that the check asks for, and how much likelier (in logits) a message that states one and asks
#: nothing is an answer: most who speak of refugees ask something about them, "I am a refugee" does not.
#: Chosen on tests/nlu/development.
_FACTS = frozenset(
    f"={name}"
    for name in (
        "age",
        "birth_date",
        "country",
        "date",
        "duration_months",
        "municipality",
        "residence_document",
        "stay_reason",
    )
)
_STATEMENT = 1.0
#: What is left of the confidence in an intent when the message is in a language that is not ours.
_STRANGE = 0.3


@dataclass(frozen=True)
class Sample:
    """What the classifier looks at: the text, and cues that words of every language give (see `cues`)."""

    text: str
    cues: tuple[str, ...]


def sample_of(text: str, lang: str | None = None) -> Sample:
    """A sample with the entities that this package's own extractor finds in `text`, told to be in `lang` or not."""
    lang = lang or identifier().identify(text)[0]
    return Sample(text, tuple(cues(text, lang, extractor().extract(text, lang, _TRAINING_DAY))))


def cues(text: str, lang: str | None, entities: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """How a message speaks, in names that all languages share.

    The kinds of its entities and how many words are none of them; whether it asks, in general or of oneself; which
    groups of the lexicon (`_GROUPS`) its words belong to; replies such as yes; how short it is.
    """
    words = split(text[:MAX_CHARS])
    known = vocabulary(lang)
    yield f"#{min(len(words), _LONG)}"
    if has_question_mark(text):
        yield "?"
    manner = "asks" if asks(text, lang) else "tells"
    yield manner
    if asks_in_general(text, lang):
        yield "in general"
    kinds = [f"={entity['entity']}" for entity in entities]
    for cue in (*kinds, *known.groups(_GROUPS, words)):
        yield cue
        yield f"{manner} {cue}"
    if kinds:
        covered = [(entity["start"], entity["end"]) for entity in entities]
        rest = sum(not any(start <= word.start < end for start, end in covered) for word in words)
        yield f"rest {min(rest, _MANY_WORDS)}"
    yield from (f"reply {match.value}" for match in known.replies.find(words))


def samples_of(texts: Sequence[str]) -> list[Sample]:
    """The samples of many training messages, in order."""
    known = {text: lang for lang, text in messages(lexicon.languages().__contains__)}
    extractor()  # built before the work is shared out
    languages = [known.get(text) for text in texts]
    if len(texts) < _MANY:
        return list(map(sample_of, texts, languages))
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork")) as pool:
        found = pool.map(sample_of, texts, languages, chunksize=500)
        # Each process has made its own copies of the few names.
        return [Sample(text, tuple(map(intern, sample.cues))) for text, sample in zip(texts, found, strict=True)]


def word_grams(sample: Sample) -> Iterator[str]:
    """Single words and pairs of neighbours; a question mark counts as a word."""
    words = plain_words(sample)
    yield from words
    yield from map(" ".join, pairwise(words))


def char_grams(word: str) -> Iterator[str]:
    """Runs of 3 to 5 characters of a word, its ends marked by spaces."""
    return _runs(f" {word} ", 3, 5)


def _runs(padded: str, shortest: int, longest: int) -> Iterator[str]:
    for length in range(shortest, longest + 1):
        if length >= len(padded):
            yield padded
            break
        for start in range(len(padded) - length + 1):
            yield padded[start : start + length]


@lru_cache(maxsize=1)
def _topics() -> tuple[dict[str, set[str]], dict[tuple[str, ...], set[str]], set[str], int]:
    """Topics by the beginning of a word, and by phrases of several words, of all languages.

    With the words that begin a phrase, and the length of the longest beginning.
    """
    stems: dict[str, set[str]] = {}
    phrases: dict[tuple[str, ...], set[str]] = {}
    for code in lexicon.languages():
        for topic, said in lexicon.load(code).topics.items():
            for phrase in said:
                key = lexicon.forms(phrase)
                if len(key) == 1:
                    stems.setdefault(key[0], set()).add(topic)
                elif key:
                    phrases.setdefault(key, set()).add(topic)
    return stems, phrases, {key[0] for key in phrases}, max(map(len, stems))


def topics(text: str) -> list[str]:
    """What the words of a text are about, in order: names that all languages share."""
    _, phrases, first_words, _ = _topics()
    words = [word.form for word in split(text[:MAX_CHARS])]
    found: dict[str, None] = {}
    for place, word in enumerate(words):
        for length in (3, 2) if word in first_words else ():
            for topic in phrases.get(tuple(words[place : place + length]), ()):
                found[topic] = None
        found.update(dict.fromkeys(_topics_of(word)))
    return list(found)


@lru_cache(maxsize=20_000)
def _topics_of(word: str) -> tuple[str, ...]:
    """Topics by the beginning of a word: the longest counts, a short one only as the whole word."""
    stems, _, _, longest = _topics()
    found: list[str] = []
    for form in bare(word):
        for length in range(min(len(form), longest), 0, -1):
            if form[:length] in stems and (length == len(form) or length >= LEAST_STEM):
                found += sorted(stems[form[:length]])
                break
    return tuple(found)


#: How Arabic and Persian letters are typed in digits, and letters that stand for the same sound in some romanisation.
_SOUNDS = (("7", "h"), ("9", "k"), ("kh", "x"), ("gh", "g"), ("sh", "s"), ("ch", "c"), ("ph", "f"), ("th", "t"))
_SAME_SOUND = str.maketrans("qcwvy", "kkvfi")
_SILENT = re.compile(r"[aeiou0-9']")


def _consonants(word: str) -> str:
    """The consonants of a word of any script as they sound in Latin letters; the word itself when it has none."""
    latin = anyascii(word).lower()
    for written, sound in _SOUNDS:
        latin = latin.replace(written, sound)
    latin = latin.translate(_SAME_SOUND)
    return _SILENT.sub("", latin) or latin


def written_words(sample: Sample) -> list[str]:
    """The words as they are written, without numbers."""
    return [word for word in _WRITTEN.findall(sample.text[:MAX_CHARS].lower()) if not word.isdigit()]


def sound_grams(word: str) -> Iterator[str]:
    """Runs of 3 and 4 consonants of a word: what Arabic and arabizi, or Cyrillic and translit, have in common."""
    return _runs(f" {_consonants(word)} ", 3, 4)


def topic_grams(sample: Sample) -> Iterator[str]:
    """Topics and pairs of them: what a language with few messages has in common with one that has many."""
    found = topics(sample.text)
    yield from found
    yield from (f"{first}+{second}" for first, second in combinations(sorted(found), 2))


def plain_words(sample: Sample) -> list[str]:
    """The words as the lexicons compare them; a question mark is one."""
    text = sample.text[:MAX_CHARS]
    words = [_number(word.form) for word in split(text)]
    return [*words, "?"] if has_question_mark(text) else words


def _number(form: str) -> str:
    """A number by its length, so that 34 and 67 years are the same; forty is a part of the programme."""
    return "#" * len(form) if form.isdigit() and form != "40" else form


class Features(NamedTuple):
    """A block of features: its name, how it is read, its weight beside the others, in how many messages one occurs.

    With `within`, `read` gives words and the features are what `within` finds in each of them: words come again and
    again, so that training looks at each one once. What is `written` needs nothing but the letters of the text.
    """

    name: str
    read: Callable[[Sample], Iterable[str]]
    weight: float
    least: int = 1
    within: Callable[[str], Iterable[str]] | None = None
    written: bool = False

    def of(self, sample: Sample) -> Iterable[str]:
        """The features of a sample, as often as they occur."""
        found = self.read(sample)
        return found if self.within is None else chain.from_iterable(map(self.within, found))


#: Chosen on tests/nlu/development (docs/decisions/0008).
BLOCKS: tuple[Features, ...] = (
    Features("words", word_grams, 1.0, least=2, written=True),
    Features("chars", plain_words, 1.5, least=3, within=char_grams, written=True),
    Features("sounds", written_words, 0.7, least=3, within=sound_grams, written=True),
    Features("topics", topic_grams, 0.5),
    Features("cues", attrgetter("cues"), 0.5),
)


@dataclass
class Block:
    """TF-IDF of one kind of features: the row of each in the matrix of weights, and its inverse document frequency."""

    vocabulary: dict[str, int]
    idf: Vector

    def weigh(self, features: Iterable[str], weight: float) -> tuple[list[int], Vector]:
        """Rows and values of the known `features`: (1 + log count) x idf, of length `weight` together."""
        counts = Counter(self.vocabulary[feature] for feature in features if feature in self.vocabulary)
        rows = list(counts)
        values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(rows)))) * self.idf[rows]
        norm = np.linalg.norm(values)
        return rows, (values * (weight / norm) if norm else values).astype(np.float32)


#: A block, and the matrix of the samples (rows) by its features (columns).
Learnt = tuple[Block, Any]


@dataclass
class Model:
    """A trained classifier: `weights` has a row a feature (blocks one after the other) and a column an intent.

    They are kept in half precision: nothing is read otherwise, and the model is half as large. `known` are training
    messages of a few words with their intent: who says just that means just that ("thank you", beside "no, thank you").
    """

    intents: list[str]
    blocks: dict[str, Block]
    weights: NDArray[np.float16]
    bias: Vector
    known: dict[str, str] = field(default_factory=dict)

    @classmethod
    def train(
        cls,
        samples: Sequence[Sample],
        intents: Sequence[str],
        regularisation: float = REGULARISATION,
        learnt: Mapping[str, Learnt] | None = None,
    ) -> Model:
        """Fit on samples with their intents (two different ones at least); deterministic, on all cores.

        Args:
            regularisation: scikit-learn's alpha; larger keeps the weights smaller.
            learnt: blocks that were learnt from the same samples before.
        """
        from scipy.sparse import hstack
        from sklearn.linear_model import SGDClassifier

        learnt = dict(learnt or {})
        learnt |= {features.name: learn(samples, features) for features in BLOCKS if features.name not in learnt}
        blocks = {features.name: learnt[features.name][0] for features in BLOCKS}
        matrices = [learnt[features.name][1] for features in BLOCKS]
        # One against the rest, each core an intent; a fixed number of steps, so that the time does not depend on luck.
        rounds = max(_ROUNDS, _STEPS // len(samples))
        regression = SGDClassifier(
            loss="log_loss", alpha=regularisation, max_iter=rounds, tol=None, n_jobs=os.cpu_count(), random_state=0
        )
        regression.fit(hstack(matrices).tocsr(), list(intents))
        weights, bias = regression.coef_, regression.intercept_
        if len(regression.classes_) == 2:
            # scikit-learn keeps one row for two classes.
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        weights[np.abs(weights) < _LEAST_WEIGHT] = 0
        return cls(
            [str(intent) for intent in regression.classes_],
            blocks,
            np.ascontiguousarray(weights.T, dtype=np.float16),
            bias.astype(np.float32),
            _known(samples, intents),
        )

    def probabilities(self, sample: Sample) -> Vector:
        """Of each intent, in the order of `intents`; they add up to 1."""
        scores = self.bias.copy()
        first = 0
        for features in BLOCKS:
            block = self.blocks[features.name]
            rows, values = block.weigh(features.of(sample), features.weight)
            if rows:
                scores += values @ self.weights[[first + row for row in rows]].astype(np.float32)
            first += len(block.idf)
        if INFORM in self.intents and _states_a_fact(sample):
            scores[self.intents.index(INFORM)] += _STATEMENT
        chances = 1 / (1 + np.exp(-scores))
        return np.asarray(chances / chances.sum(), dtype=np.float32)

    def ranking(self, sample: Sample) -> list[tuple[str, float]]:
        """The likeliest intents with their confidence from 0 to 1, best first; empty for markup, or without words."""
        words = split(readable(sample.text[:MAX_CHARS]))
        if not words:
            return []
        if all(not word.form.isalpha() for word in words) and INFORM in self.intents:
            return [(INFORM, 1.0)]  # a number or a date alone states a fact
        chances = self.probabilities(sample)
        meant = self.known.get(_few_words(sample))
        if meant is not None:
            chances = chances * (1 - _KNOWN)
            chances[self.intents.index(meant)] += _KNOWN
        best = np.argsort(-chances, kind="stable")[:_RANKED]
        return [(self.intents[place], float(chances[place])) for place in best]


def _few_words(sample: Sample) -> str:
    """A message of a few words without figures, by which it is known; empty for any other.

    Two or three letters are words of many languages.
    """
    words = plain_words(sample)
    spelt = "".join(words)
    return " ".join(words) if len(words) <= _FEW and len(spelt) >= _LEAST_SPELT and "#" not in spelt else ""


def _known(samples: Sequence[Sample], intents: Sequence[str]) -> dict[str, str]:
    """The messages of a few words that have one intent wherever they come."""
    found: dict[str, set[str]] = {}
    for sample, intent in zip(samples, intents, strict=True):
        found.setdefault(_few_words(sample), set()).add(str(intent))
    return {said: min(meant) for said, meant in found.items() if said and len(meant) == 1}


@contextmanager
def learning(texts: Sequence[str]) -> Iterator[Callable[[], dict[str, Learnt]]]:
    """Learn what is written of many texts in a process of its own, while this one reads lexicons and finds facts.

    Gives a function that waits for the blocks, by name.
    """
    with ProcessPoolExecutor(1, get_context("fork"), _share, (texts,)) as pool:
        begun = {place: pool.submit(_learn_shared, place) for place, block in enumerate(BLOCKS) if block.written}
        yield lambda: {BLOCKS[place].name: found.result() for place, found in begun.items()}


_shared: list[Sample] = []


def _share(texts: Sequence[str]) -> None:
    """Called in a new process: a fork has the texts already, they are not sent again for each block."""
    _shared.extend(Sample(text, ()) for text in texts)


def _learn_shared(place: int) -> Learnt:
    return learn(_shared, BLOCKS[place])


def learn(samples: Sequence[Sample], features: Features) -> Learnt:
    """Learn a block: itself, and the matrix of the samples (rows) by its features (columns)."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    read = CountVectorizer(analyzer=features.read, dtype=np.float32)
    counts = read.fit_transform(samples)
    names = read.get_feature_names_out()
    if features.within is not None:
        within = CountVectorizer(analyzer=features.within, dtype=np.float32)
        counts = counts @ within.fit_transform(names)
        names = within.get_feature_names_out()
    often = np.flatnonzero(counts.getnnz(axis=0) >= min(features.least, len(samples)))
    weigher = TfidfTransformer(sublinear_tf=True)
    matrix = weigher.fit_transform(counts[:, often]) * np.float32(features.weight)
    vocabulary = {name: row for row, name in enumerate(names[often].tolist())}
    return Block(vocabulary, weigher.idf_.astype(np.float32)), matrix


def _states_a_fact(sample: Sample) -> bool:
    """Whether something that the check asks for is stated and nothing is asked."""
    cues = set(sample.cues)
    return "tells" in cues and "in general" not in cues and not cues.isdisjoint(_FACTS)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NgramIntentClassifier(GraphComponent, IntentClassifier):
    """Sets `intent` and `intent_ranking`. Stands after LexiconEntityExtractor in the pipeline.

    Configuration: `regularisation` (scikit-learn's alpha). The trained model is stored as JSON (intents,
    vocabularies) and NumPy arrays, nothing pickled.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`regularisation`: scikit-learn's alpha; larger keeps the weights smaller."""
        return {"regularisation": REGULARISATION}

    @staticmethod
    def required_packages() -> list[str]:
        """Packages beyond Rasa's own that this component imports."""
        return ["sklearn", "scipy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A changed word in a lexicon is a changed component: the entities of the training messages come from it."""
        return fingerprint()

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: Model | None = None
    ) -> None:
        """`model` is None until trained or loaded."""
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramIntentClassifier:
        """A classifier that is not trained yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples that have an intent, and store the result."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        intents = [example.get(INTENT) for example in examples]
        # One intent leaves nothing to choose between; Rasa itself refuses to train on none.
        if len(set(intents)) > 1:
            said = [example.get(TEXT) for example in examples]
            every = [[text, *variants(text)] for text in said]
            with learning([text for texts in every for text in texts]) as learnt:
                found = samples_of(said)
                samples = [Sample(text, one.cues) for texts, one in zip(every, found, strict=True) for text in texts]
                meant = [intent for texts, intent in zip(every, intents, strict=True) for _ in texts]
                self._model = Model.train(samples, meant, float(self._config["regularisation"]), learnt())
            self._persist(self._model)
        return self._resource

    def _persist(self, model: Model) -> None:
        with self._storage.write_to(self._resource) as folder:
            # Features stand in the order of their rows. Weights: where they are not zero, and what they are there.
            vocabularies = {name: list(block.vocabulary) for name, block in model.blocks.items()}
            idf = {f"idf_{name}": block.idf for name, block in model.blocks.items()}
            filled = model.weights != 0
            learnt = {"intents": model.intents, "vocabularies": vocabularies, "known": model.known}
            words = json.dumps(learnt, ensure_ascii=False)
            (folder / "intents.json").write_text(words, encoding="utf-8")
            # Compressed here, because Rasa's own packing is several times as slow and no better.
            np.savez_compressed(
                folder / "weights.npz",
                filled=np.packbits(filled),
                weights=model.weights[filled],
                bias=model.bias,
                **idf,
            )

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NgramIntentClassifier:
        """The trained classifier from storage."""
        try:
            with model_storage.read_from(resource) as folder:
                words = json.loads((folder / "intents.json").read_text(encoding="utf-8"))
                with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
                    blocks = {
                        name: Block({feature: row for row, feature in enumerate(features)}, arrays[f"idf_{name}"])
                        for name, features in words["vocabularies"].items()
                    }
                    shape = (sum(len(block.idf) for block in blocks.values()), len(words["intents"]))
                    weights = np.zeros(shape, np.float16)
                    filled = np.unpackbits(arrays["filled"], count=weights.size).reshape(shape)
                    weights[filled.astype(bool)] = arrays["weights"]
                    model = Model(words["intents"], blocks, weights, arrays["bias"], words["known"])
        except ValueError:
            # Nothing was stored: there were fewer than two intents to learn.
            return cls(config, model_storage, resource)
        return cls(config, model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and the ranking of each message."""
        for message in messages:
            ranking = [{"name": name, "confidence": chance} for name, chance in self._ranking(message)]
            best = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set(INTENT, best, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[tuple[str, float]]:
        if self._model is None:
            return []
        text = message.get(TEXT) or ""
        language = language_of(message)
        found = tuple(cues(text, language["code"], message.get(ENTITIES) or ()))
        ranking = self._model.ranking(Sample(text, found))
        if language.get("near"):
            # Words of a language that was never learnt only look like something.
            ranking = [(intent, chance * _STRANGE) for intent, chance in ranking]
        return ranking
