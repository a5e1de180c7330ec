"""What training does to Rasa while it lasts, and leaves behind."""

from __future__ import annotations

import copy
import gc
from pathlib import Path

import pytest
from rasa.shared.importers import utils
from rasa.shared.nlu.training_data import loading
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.training import _light_messages


def test_messages_are_kept_once_and_the_same_one_is_known_twice() -> None:
    first, twin = (Message({"text": "dag", "intent": "greet"}) for _ in range(2))
    other = Message({"text": "dag", "intent": "goodbye"})
    with _light_messages():
        assert copy.deepcopy(first) is first
        kept = TrainingData([first]).merge(TrainingData([twin, other])).training_examples
        assert [message.get("intent") for message in kept] == ["greet", "goodbye"]
        # What a component adds makes another message of it.
        twin.set("tokens", ["dag"])
        assert twin != first and twin.fingerprint() != first.fingerprint()
    assert copy.deepcopy(first) is not first


def test_files_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "nlu.yml"
    path.write_text('version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - dag\n', encoding="utf-8")
    read: list[str] = []
    monkeypatch.setattr(loading, "load_data", lambda file, language, load=loading.load_data: (
        read.append(file) or load(file, language)
    ))  # fmt: skip
    with _light_messages():
        for language in ("en", "xx"):
            assert len(utils.training_data_from_paths([str(path)], language).training_examples) == 1
    assert read == [str(path)]


def test_rasa_is_left_as_it_was() -> None:
    before = (Message.fingerprint, utils.training_data_from_paths, hasattr(Message, "__deepcopy__"), gc.isenabled())
    try:
        with _light_messages():
            assert before[0] is not Message.fingerprint and not gc.isenabled()
            raise ValueError
    except ValueError:
        pass
    after = (Message.fingerprint, utils.training_data_from_paths, hasattr(Message, "__deepcopy__"), gc.isenabled())
    assert after == before
