"""What training does to Rasa while it lasts, and leaves behind."""

from __future__ import annotations

import copy
import gc

from rasa.shared.importers import utils
from rasa.shared.nlu.training_data.message import Message

from assistant.training import _light_messages


def test_a_light_copy_is_a_copy() -> None:
    message = Message({"text": "dag", "intent": "greet", "entities": [{"entity": "age"}]}, features=[])
    with _light_messages():
        twin = copy.deepcopy(message)
        assert twin == message and hash(twin) == hash(message)
        twin.set("text", "hallo")
        twin.data["entities"][0]["entity"] = "country"
        assert twin != message and hash(twin) != hash(message)
    assert message.data == {"text": "dag", "intent": "greet", "entities": [{"entity": "age"}]}


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
