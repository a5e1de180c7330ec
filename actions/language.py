"""Which language a conversation is in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wegwijzer.texts import languages

DEFAULT = "nl"
# A message of fewer words, or one that is less surely in a language, decides nothing.
DETECTED_WORDS = 2
DETECTED_SURELY = 0.8


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
    therefore does not undo "in English please". Without either: the first message that is clearly in a language
    offered, then the slot as it is, else Dutch.

    Args:
        tracker: Rasa's ``DialogueStateTracker`` (response generator) or the SDK's ``Tracker`` (actions).
    """
    try:
        current: str | None = None
        detected: str | None = None
        last_metadata: str | None = None
        asked_for = False
        for kind, value in _language_events(tracker.events):
            if kind == "intent":
                asked_for = value == "change_language"
                continue
            code = offered(value)
            if code is None:
                continue
            if kind == "detected":
                detected = detected or code
            elif kind == "user":
                current = current if code == last_metadata else code
                last_metadata = code
            elif asked_for or code != (current or detected or DEFAULT):
                # The form also keeps in the slot what was only detected, or nothing but the default: no choice.
                current = code
        return current or detected or offered(tracker.get_slot("language")) or DEFAULT
    except Exception:
        # Answering in Dutch is better than not answering; a broken tracker is told of elsewhere.
        return DEFAULT


def _language_events(events: Iterable[Any]) -> Iterable[tuple[str, object]]:
    """What tells of a language, in the order it happened, from objects or dictionaries.

    ("intent", name), ("detected", code) and ("user", metadata language) of each message, ("slot", value) of the slot.
    """
    for event in events:
        if isinstance(event, dict):
            kind = event.get("event")
            metadata, key, value = event.get("metadata"), event.get("name"), event.get("value")
            parse_data, words = event.get("parse_data"), event.get("text")
        else:
            kind = getattr(event, "type_name", None)
            metadata, key, value = (getattr(event, name, None) for name in ("metadata", "key", "value"))
            parse_data, words = (getattr(event, name, None) for name in ("parse_data", "text"))
        if kind == "user":
            parsed = parse_data if isinstance(parse_data, dict) else {}
            yield "intent", (parsed.get("intent") or {}).get("name")
            yield "detected", _detected(parsed, words)
            yield "user", metadata.get("language") if isinstance(metadata, dict) else None
        elif kind == "slot" and key == "language":
            yield "slot", value


def _detected(parsed: dict[str, Any], words: object) -> object:
    """The language of a message's own words, where they tell it clearly."""
    found = parsed.get("language")
    if not isinstance(found, dict) or not isinstance(words, str) or words.startswith("/"):
        return None
    clear = float(found.get("confidence") or 0.0) >= DETECTED_SURELY and len(words.split()) >= DETECTED_WORDS
    return found.get("code") if clear else None
