"""Our understanding beside Rasa's default pipeline, on the same messages of three languages, in one run.

Both are trained on the same sample of the training messages (DIET on everything would take hours), by Rasa's own
training, each in a fresh process; both are measured on all messages of ``tests/nlu/messages`` in these languages, and
served by Rasa's own server, one after the other, for the latency of ``/model/parse``.

    python -m benchmarks.default_pipeline [--each 12] [--languages nl en ar]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks import understanding
from benchmarks.latency import CLIENTS, HOST, Service, free_port

ROOT = understanding.ROOT
START_WITHIN = 180.0
#: What Rasa's documentation gives as the default pipeline, and `rasa init` writes.
DEFAULT: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": 0},
    {"name": "EntitySynonymMapper"},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]
_WITHOUT_TENSORFLOW = "from assistant import tensorflow_free; tensorflow_free.install(); "
_TRAIN = (
    "import sys; from rasa.model_training import train_nlu; "
    "train_nlu(sys.argv[1], sys.argv[2], sys.argv[3], fixed_model_name='model')"
)
_SERVE = (
    "import sys; sys.argv = ['rasa', 'run', '--enable-api', '-i', sys.argv[1], '-p', sys.argv[2], '-m', sys.argv[3]]; "
    "from rasa.__main__ import main; main()"
)


@dataclass
class Measured:
    """One pipeline: seconds, MB, share of intents by language, milliseconds by number of clients."""

    training: float
    model: float
    memory: float
    right: dict[str, float]
    latency: dict[int, float]


def sample(languages: Sequence[str], each: int) -> dict[str, list[str]]:
    """Intent -> the first ``each`` training messages of every language."""
    chosen: dict[str, list[str]] = defaultdict(list)
    for lang in languages:
        of_language: dict[str, list[str]] = defaultdict(list)
        for path in sorted((ROOT / "data" / "nlu" / lang).glob("*.yml")):
            for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
                lines = (line.strip().removeprefix("- ").strip() for line in block["examples"].splitlines())
                of_language[block["intent"]] += [line for line in lines if line]
        for intent, said in of_language.items():
            # Spread over the whole list: it goes from plain messages to noisy ones.
            chosen[intent] += said[:: max(1, len(said) // each)][:each]
    return chosen


def _environment() -> dict[str, str]:
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    return {**os.environ, **quiet, "PYTHONPATH": str(ROOT)}


def _parse(port: int, text: str) -> tuple[dict[str, Any], float]:
    body = json.dumps({"text": text}).encode()
    request = urllib.request.Request(f"http://{HOST}:{port}/model/parse", body, {"Content-Type": "application/json"})
    begin = time.perf_counter()
    with urllib.request.urlopen(request, timeout=START_WITHIN) as response:
        answer = json.load(response)
    return answer, (time.perf_counter() - begin) * 1000


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    begin = time.perf_counter()
    while time.perf_counter() - begin < START_WITHIN and process.poll() is None:
        try:
            _parse(port, "hallo")
        except OSError:
            try:
                process.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                continue
        else:
            return
    raise RuntimeError("the server did not start")


def measure(name: str, pipeline: list[dict[str, Any]], data: Path, before: str, languages: Sequence[str]) -> Measured:
    """Train on ``data``, serve, and parse every measuring message."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yml"
        config.write_text(
            yaml.safe_dump({"recipe": "default.v1", "assistant_id": name, "language": "xx", "pipeline": pipeline}),
            encoding="utf-8",
        )
        begin = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", before + _TRAIN, str(config), str(data), folder],
            cwd=folder, env=_environment(), capture_output=True, text=True,
        )  # fmt: skip
        training = time.perf_counter() - begin
        model = Path(folder) / "model.tar.gz"
        if done.returncode or not model.exists():
            raise RuntimeError(f"{name}: no model: {done.stderr[-2000:]}")
        port = free_port()
        with (Path(folder) / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", before + _SERVE, HOST, str(port), str(model)],
                cwd=folder, env=_environment(), stdout=log, stderr=log,
            )  # fmt: skip
        service = Service(name, port, [process])
        try:
            _wait(process, port)
            messages = {lang: understanding.load(lang) for lang in languages}
            right = {
                lang: sum(_guess(_parse(port, one.text)[0]) == one.intent for one in said) / len(said)
                for lang, said in messages.items()
            }
            texts = [one.text for said in messages.values() for one in said]
            latency = {}
            for clients in (1, CLIENTS):
                with ThreadPoolExecutor(clients) as pool:
                    latency[clients] = statistics.median(pool.map(lambda text: _parse(port, text)[1], texts))
            return Measured(training, model.stat().st_size / 1e6, service.memory(), right, latency)
        finally:
            service.stop()


def _guess(parsed: dict[str, Any]) -> str | None:
    return next((item["name"] for item in parsed["intent_ranking"] if item["name"] != understanding.FALLBACK), None)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=12, help="training messages of each intent and language")
    parser.add_argument("--languages", nargs="+", default=["nl", "en", "ar"])
    wanted = parser.parse_args()
    chosen = sample(wanted.languages, wanted.each)
    ours = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "nlu.yml"
        blocks = [
            {"intent": intent, "examples": "".join(f"- {text}\n" for text in said)} for intent, said in chosen.items()
        ]
        data.write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True), encoding="utf-8")
        mine = measure("wegwijzer", ours, data, _WITHOUT_TENSORFLOW, wanted.languages)
        theirs = measure("default", DEFAULT, data, "", wanted.languages)
    count = sum(map(len, chosen.values()))
    print(f"{count} training messages, {wanted.each} of each intent in {', '.join(wanted.languages)}")
    print("| | Wegwijzer | Rasa's default | ratio |")
    print("| --- | --- | --- | --- |")
    rows = [
        ("training, s", mine.training, theirs.training),
        ("model, MB", mine.model, theirs.model),
        ("memory of the server, MB", mine.memory, theirs.memory),
        *((f"/model/parse, {n} clients, median ms", mine.latency[n], theirs.latency[n]) for n in (1, CLIENTS)),
    ]
    for label, one, other in rows:
        print(f"| {label} | {one:.1f} | {other:.1f} | {one / other:.2f} |")
    for lang in wanted.languages:
        print(f"| intents right, {lang} | {mine.right[lang]:.1%} | {theirs.right[lang]:.1%} | |")


if __name__ == "__main__":
    main()
