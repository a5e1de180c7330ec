"""The class of each type of event: what Rasa finds by searching, found once."""

from __future__ import annotations

import inspect

import pytest
from rasa.shared.core import events
from rasa.shared.utils.common import all_subclasses

from assistant import event_types

TYPES = sorted({found.type_name for found in all_subclasses(events.Event) if not inspect.isabstract(found)})


@pytest.fixture(autouse=True)
def installed():
    event_types.resolve_once()


@pytest.mark.parametrize("type_name", TYPES)
def test_every_type_is_read_by_the_class_that_rasa_would_find(type_name):
    assert events.Event.resolve_by_type(type_name) is event_types._search(type_name)


def test_rasa_reads_stored_events_through_what_we_replace():
    assert "resolve_by_type" in events.Event.from_parameters.__code__.co_names
    read = events.deserialise_events([{"event": "slot", "name": "age", "value": 34}])
    assert read == [events.SlotSet("age", 34)]


def test_an_unknown_type_is_an_error_as_before():
    for _ in range(2):
        with pytest.raises(ValueError, match="Unknown event name 'nonsense'"):
            events.Event.resolve_by_type("nonsense")
    assert events.Event.resolve_by_type("topic") is None
