"""Trains the model without TensorFlow, once for each content of what it is trained on."""

from __future__ import annotations

import gc
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import tensorflow_free
from assistant.nlu.fingerprint import READ_WITH, ROOT, content_hash

if TYPE_CHECKING:
    from rasa.shared.nlu.training_data.training_data import TrainingData

# What the content of a model depends on, relative to the assistant's folder.
INPUTS = ("config.yml", "domain.yml", "domain", "data", *READ_WITH)


class TrainingError(Exception):
    """Rasa trained nothing; the message says why in one sentence."""


def ensure_model(root: Path = ROOT, models: Path | None = None) -> Path:
    """The model that fits the files under ``root``, trained now if there is none.

    Args:
        root: folder with config.yml, domain.yml and data/.
        models: folder of the models, ``root/models`` when not given; the returned one is its newest, so that plain
            ``rasa run`` takes the same.

    Raises:
        TrainingError: there is nothing to train on, or Rasa refused.
    """
    models = models or root / "models"
    model = models / f"{content_hash(root, INPUTS, version('rasa'))}.tar.gz"
    if not model.exists():
        models.mkdir(parents=True, exist_ok=True)
        _train(root, model)
    os.utime(model)
    return model


def _train(root: Path, model: Path) -> None:
    tensorflow_free.install()
    from rasa.model_training import train  # only after install(): it imports the whole of Rasa

    domain = root / "domain" if (root / "domain").is_dir() else root / "domain.yml"
    # Trained beside its place and then moved: an interrupted training leaves no half model behind.
    with tempfile.TemporaryDirectory(dir=model.parent, prefix=".training-") as folder, _light_messages():
        result = train(
            domain=str(domain),
            config=str(root / "config.yml"),
            training_files=[str(root / "data")],
            output=folder,
            fixed_model_name=model.name,
        )
        if result.code != 0 or result.model is None:
            raise TrainingError(f"no model: Rasa's training ended with code {result.code}")
        os.replace(result.model, model)


@contextmanager
def _light_messages() -> Iterator[None]:
    """Rasa reads all messages three times, copies each deeply some fourteen times and hashes each copy; Python looks
    through all of them for garbage. While it trains nobody changes a message but the components, one after the other:
    here each is read once and never copied, its text is hash enough, and nothing is looked through.
    """
    from rasa.shared.importers import utils
    from rasa.shared.nlu.training_data.message import Message

    def hashed(message: Message) -> str:
        if message._cached_fingerprint is None:
            said = f"{sorted(message.data.items())}{message.features}"
            message._cached_fingerprint = hashlib.md5(said.encode()).hexdigest()
        return str(message._cached_fingerprint)

    once: dict[tuple[str, ...], TrainingData] = {}

    def read_once(paths: Iterable[str], language: str) -> TrainingData:
        # The language changes nothing in messages written as YAML; Rasa asks once with it and twice without.
        key = tuple(paths)
        if key not in once:
            once[key] = read(key, language)
        return once[key]

    read, fingerprint, hash_ = utils.training_data_from_paths, Message.fingerprint, Message.__hash__
    utils.training_data_from_paths = read_once
    Message.__deepcopy__ = lambda message, memo: message
    Message.__hash__ = lambda message: hash(message.data.get("text"))
    Message.fingerprint = hashed
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        del Message.__deepcopy__
        utils.training_data_from_paths, Message.fingerprint, Message.__hash__ = read, fingerprint, hash_
