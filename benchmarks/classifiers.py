"""Ways to tell the intent of a message, compared on the development messages (docs/decisions/0008).

Everything is learnt from the same messages and judged by the share of development messages whose best guess is right,
averaged over the languages. DIET, which takes hours on everything, is compared in ``benchmarks.default_pipeline``.

    python -m benchmarks.classifiers [--each 12]
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from assistant import tensorflow_free

tensorflow_free.install()

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier

from assistant.nlu import classifier
from assistant.nlu.ngrams import messages as training_texts
from benchmarks import understanding
from benchmarks.default_pipeline import sample
from wegwijzer import lexicon

Said = tuple[str, str, classifier.Sample]  # language, intent, what the classifier looks at


def training(languages: Sequence[str], each: int) -> list[Said]:
    """``each`` training messages of every intent and language."""
    chosen = [(text, intent) for intent, said in sample(languages, each).items() for text in said]
    known = {text: lang for lang, text in training_texts(lexicon.languages().__contains__)}
    samples = classifier.samples_of([text for text, _ in chosen])
    return [(known[text], intent, found) for (text, intent), found in zip(chosen, samples, strict=True)]


def development(languages: Sequence[str]) -> list[Said]:
    """All development messages."""
    return [
        (lang, message.intent, classifier.sample_of(message.text))
        for lang in languages
        for message in understanding.load(lang, understanding.DEVELOPMENT)
    ]


def _tfidf(reads: Callable[[classifier.Sample], Any]) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=lambda one: list(reads(one)), sublinear_tf=True, dtype=np.float32)


def _hashed(reads: Callable[[classifier.Sample], Any]) -> HashingVectorizer:
    return HashingVectorizer(analyzer=lambda one: list(reads(one)), n_features=2**17, alternate_sign=False)


def guesses(
    train: list[Said], seen: list[Said], blocks: Sequence[classifier.Features], learner: Any, vectorizer: Any = _tfidf
) -> list[str]:
    """The best guess of a learner on blocks of features for every message of ``seen``."""
    made = [(vectorizer(block.of), block.weight) for block in blocks]
    learnt = hstack([one.fit_transform([found for *_, found in train]) * weight for one, weight in made]).tocsr()
    learner.fit(learnt, [intent for _, intent, _ in train])
    met = hstack([one.transform([found for *_, found in seen]) * weight for one, weight in made]).tocsr()
    return [str(intent) for intent in learner.predict(met)]


def routed(train: list[Said], seen: list[Said], blocks: Sequence[classifier.Features]) -> list[str]:
    """A model of its own for each language, chosen by the true language of the message."""
    found: dict[int, str] = {}
    for lang in {lang for lang, *_ in seen}:
        places = [place for place, (other, *_) in enumerate(seen) if other == lang]
        own_train = [one for one in train if one[0] == lang]
        own = guesses(own_train, [seen[place] for place in places], blocks, _gradient(len(own_train)))
        found.update(zip(places, own, strict=True))
    return [found[place] for place in range(len(seen))]


def _gradient(count: int) -> SGDClassifier:
    rounds = max(8, 600_000 // count)
    return SGDClassifier(loss="log_loss", alpha=1e-6, max_iter=rounds, tol=None, n_jobs=2, random_state=0)


def _liblinear() -> LogisticRegression:
    return LogisticRegression(
        C=10.0, solver="liblinear", dual=True, tol=0.1, multi_class="ovr", class_weight="balanced", random_state=0
    )


def right(seen: list[Said], guessed: Sequence[str]) -> float:
    """Share of right guesses, averaged over the languages."""
    by_language: dict[str, list[bool]] = defaultdict(list)
    for (lang, intent, _), guess in zip(seen, guessed, strict=True):
        by_language[lang].append(intent == guess)
    return sum(sum(hits) / len(hits) for hits in by_language.values()) / len(by_language)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=12, help="training messages of each intent and language")
    parser.add_argument("--languages", nargs="+", default=understanding.languages(understanding.DEVELOPMENT))
    wanted = parser.parse_args()
    train, seen = training(wanted.languages, wanted.each), development(wanted.languages)
    blocks = classifier.BLOCKS
    plain = [block for block in blocks if block.name in ("words", "chars")]
    without_sounds = [block for block in blocks if block.name != "sounds"]
    ways: list[tuple[str, Callable[[], list[str]]]] = [
        ("words and runs of letters, gradient", lambda: guesses(train, seen, plain, _gradient(len(train)))),
        ("the same, hashed", lambda: guesses(train, seen, plain, _gradient(len(train)), _hashed)),
        ("with topics and cues", lambda: guesses(train, seen, without_sounds, _gradient(len(train)))),
        ("with sounds: the one in use", lambda: guesses(train, seen, blocks, _gradient(len(train)))),
        ("the same, routed by language", lambda: routed(train, seen, blocks)),
        ("the same, liblinear", lambda: guesses(train, seen, blocks, _liblinear())),
    ]
    print(f"{len(train)} training messages, {len(seen)} development messages, {len(wanted.languages)} languages")
    print("| way | best guess right | seconds |")
    print("| --- | --- | --- |")
    for name, way in ways:
        begin = time.perf_counter()
        share = right(seen, way())
        print(f"| {name} | {share:.1%} | {time.perf_counter() - begin:.1f} |", flush=True)


if __name__ == "__main__":
    main()
