"""Logs without a word of the person.

Rasa and its libraries put message texts, slot values and whole conversations into warnings, errors and exception
messages. So once the service answers people, the message of a record is printed only when it comes from our own
loggers; of every other record: level, logger, place, and the kind of exception with the lines it passed.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, TextIO

import structlog

# Our own loggers: their messages are written with care (ids, names, numbers; no text of a person).
OURS = ("assistant", "actions", "wegwijzer")
_CONSTANT = "constant_message"


class Formatter(logging.Formatter):
    """Prints records; ``private`` says whether people are talking to this process already."""

    private = False

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the lines of the program that an exception passed."""
        if not self.private:
            return super().format(record)
        if record.name.partition(".")[0] in OURS or getattr(record, _CONSTANT, False):
            message = record.getMessage()
        else:
            message = f"message left out, from {Path(record.pathname).name}:{record.lineno}"
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {message}"
        if record.exc_info and record.exc_info[1] is not None:
            line += "\n" + "\n".join(_without_words(record.exc_info[1]))
        return line


def _without_words(error: BaseException) -> list[str]:
    """An exception's kind and the places it passed, causes first, without its message."""
    cause = error.__cause__ or error.__context__
    lines = _without_words(cause) if cause is not None else []
    frames = traceback.extract_tb(error.__traceback__)
    places = (f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    return [*lines, f"  {type(error).__name__}", *places]


def configure(show_warnings: bool = True, stream: TextIO | None = None) -> None:
    """Send every log of this process (Rasa's structlog and Python's warnings too) to one place, in full for now.

    Args:
        show_warnings: Python's warnings as well; Rasa warns that way about domain and training data.
        stream: where to; stderr when not given.
    """
    Formatter.private = False
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    logging.captureWarnings(True)
    # A filter of records, because Rasa resets Python's own filter of warnings.
    logging.getLogger("py.warnings").filters = [_NoDeprecations()]
    logging.getLogger("py.warnings").setLevel(logging.WARNING if show_warnings else logging.ERROR)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, _event_only],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class _NoDeprecations(logging.Filter):
    """Rasa is frozen on old libraries: what they will drop one day helps nobody."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        return "DeprecationWarning" not in message and "FutureWarning" not in message


def keep_private() -> None:
    """From now on nothing that a person wrote reaches a log; called before the first message can come in."""
    Formatter.private = True
    # A record that cannot be formatted would otherwise be printed with its arguments.
    logging.raiseExceptions = False


def _event_only(_logger: Any, method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """A structlog event as a record: its name, which is a constant of the program, without its values."""
    exc_info = event.get("exc_info") or (sys.exc_info() if method == "exception" else None)
    return {"msg": event["event"], "exc_info": exc_info, "extra": {_CONSTANT: True}}
