"""Conversations in SQL that can really be deleted."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from actions import deletion

DEFAULT_DB = "var/wegwijzer.db"


class DeletingTrackerStore(SQLTrackerStore):
    """Rasa's SQL store with deletion of one conversation and of old ones.

    For endpoints.yml: ``tracker_store: {type: assistant.tracker_store.DeletingTrackerStore}``. Without ``db`` there,
    SQLite in the file that the environment variable WEGWIJZER_DB names, else ``var/wegwijzer.db``.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        dialect: str = "sqlite",
        host: str | None = None,
        db: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        """As ``SQLTrackerStore``. The folder of an SQLite file is made when it is not there."""
        db = db or os.environ.get("WEGWIJZER_DB") or DEFAULT_DB
        if dialect == "sqlite":
            Path(db).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(domain=domain, dialect=dialect, host=host, db=db, event_broker=event_broker, **kwargs)
        if self._is_sqlite:
            sa.event.listen(self.engine, "connect", _set_up_sqlite)
            self.engine.dispose()  # the connection that made the tables did not have it yet

    @property
    def _is_sqlite(self) -> bool:
        return bool(self.engine.dialect.name == "sqlite")

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Save the newest events; or delete everything when an answer asked for it."""
        if deletion.is_wanted(tracker):
            await self.delete(tracker.sender_id)
        else:
            await super().save(tracker)

    async def delete(self, conversation_id: str) -> int:
        """Delete every event of a conversation, all its sessions.

        Returns:
            How many events there were.
        """
        return self._delete(self.SQLEvent.sender_id == conversation_id)

    async def purge(self, older_than_seconds: float) -> int:
        """Delete the conversations in which nothing happened for longer than that.

        Returns:
            How many events were deleted.
        """
        old = (
            sa.select(self.SQLEvent.sender_id)
            .group_by(self.SQLEvent.sender_id)
            .having(sa.func.max(self.SQLEvent.timestamp) < time.time() - older_than_seconds)
        )
        return self._delete(self.SQLEvent.sender_id.in_(old))

    async def check(self) -> None:
        """Query the database.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: it does not answer.
        """
        with self.session_scope() as session:
            session.query(self.SQLEvent.id).limit(1).all()

    def _delete(self, condition: Any) -> int:
        with self.session_scope() as session:
            count = session.query(self.SQLEvent).filter(condition).delete(synchronize_session=False)
            session.commit()
        if count and self._is_sqlite:
            # What was deleted still stands in the write-ahead log until that is emptied.
            with self.engine.connect() as connection:
                connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        return int(count)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    """Deleted rows are overwritten with zeros; a write-ahead log, so that a turn waits for the disk less."""
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
