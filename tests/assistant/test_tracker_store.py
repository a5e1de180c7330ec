"""Conversations can be deleted, and are then nowhere in the files."""

from __future__ import annotations

import time

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import read_endpoint_config

from actions.deletion import DELETE_CONVERSATION
from assistant.tracker_store import DeletingTrackerStore
from tests.conftest import ROOT
from tests.support import wait_for

MARKER = "Zonnebloemstraat-912"


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("WEGWIJZER_DB", str(tmp_path / "deep" / "test.db"))
    return TrackerStore.create(read_endpoint_config(str(ROOT / "endpoints.yml"), "tracker_store"), Domain.empty())


def turn(text=MARKER, at=None, **metadata):
    return [UserUttered(text, timestamp=at), BotUttered(text, metadata=metadata, timestamp=at)]


def save(store, sender, *events):
    """Save a conversation with all its events so far, as Rasa does after each turn."""
    wait_for(store.save(DialogueStateTracker.from_events(sender, events, [])))


def on_disk(tmp_path):
    return b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_endpoints_yml_gives_this_store_and_not_silently_one_in_memory(store):
    assert isinstance(store, DeletingTrackerStore)


def test_deletes_one_conversation_and_overwrites_it(store, tmp_path):
    save(store, "gone", *turn())
    save(store, "stays", *turn("other"))
    assert MARKER.encode() in on_disk(tmp_path)
    assert wait_for(store.delete("gone")) == 2
    assert wait_for(store.keys()) == ["stays"]
    assert MARKER.encode() not in on_disk(tmp_path)


def test_an_answer_that_asks_for_deletion_deletes_where_it_would_be_saved(store, tmp_path):
    save(store, "gone", *turn())
    save(store, "gone", *turn(), *turn(**DELETE_CONVERSATION))
    assert wait_for(store.keys()) == []
    assert MARKER.encode() not in on_disk(tmp_path)


def test_the_wish_of_an_earlier_turn_does_not_count_again(store):
    save(store, "back", *turn(**DELETE_CONVERSATION), *turn())
    assert wait_for(store.keys()) == ["back"]


def test_purge_takes_whole_conversations_without_a_recent_event(store):
    now = time.time()
    save(store, "old", *turn(at=now - 4000))
    save(store, "long but alive", *turn(at=now - 4000), *turn(at=now - 10))
    assert wait_for(store.purge(3600)) == 2
    assert wait_for(store.keys()) == ["long but alive"]


def test_check_queries_the_database(store):
    wait_for(store.check())
    store.engine.execute("DROP TABLE events")
    with pytest.raises(Exception, match="events"):
        wait_for(store.check())
