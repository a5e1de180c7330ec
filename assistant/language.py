"""Which language a conversation is in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wegwijzer.texts import languages

DEFAULT = "nl"


def offered(code: object) -> str | None:
    """``code`` as one of the languages offered ("en-GB" -> "en"), or None."""
    if not isinstance(code, str):
        return None
    main = code.strip().lower().replace("_", "-").partition("-")[0]
    return main if main in languages() else None


def conversation_language(tracker: Any) -> str:
    """ISO 639-1 code of the language to answer in; never None, never an exception.

    The latest wins of: the slot ``language`` (words or a button in the conversation), and a message whose metadata
    ``{"language": "xx"}`` differs from the last metadata of the session. A page that goes on sending its own language
    therefore does not undo "in English please". Without either: the slot as it is, else Dutch.

    Args:
        tracker: Rasa's ``DialogueStateTracker`` (response generator) or the SDK's ``Tracker`` (actions).
    """
    try:
        current: str | None = None
        last_metadata: str | None = None
        for kind, value in _language_events(tracker.events):
            code = offered(value)
            if code is None:
                continue
            if kind == "slot" or code != last_metadata:
                current = code
            if kind == "user":
                last_metadata = code
        return current or offered(tracker.get_slot("language")) or DEFAULT
    except Exception:
        # Answering in Dutch is better than not answering; a broken tracker is told of elsewhere.
        return DEFAULT


def _language_events(events: Iterable[Any]) -> Iterable[tuple[str, object]]:
    """("user", metadata language) and ("slot", value) in the order they happened, from objects or dictionaries."""
    for event in events:
        if isinstance(event, dict):
            kind = event.get("event")
            metadata, key, value = event.get("metadata"), event.get("name"), event.get("value")
        else:
            kind = getattr(event, "type_name", None)
            metadata, key, value = (getattr(event, name, None) for name in ("metadata", "key", "value"))
        if kind == "user" and isinstance(metadata, dict):
            yield "user", metadata.get("language")
        elif kind == "slot" and key == "language":
            yield "slot", value
