"""Talking to an agent in a test, without a server."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any, NamedTuple

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from assistant.channels.web import WebOutput


class Turn(NamedTuple):
    """What came back for one message."""

    messages: list[dict[str, Any]]
    tracker: Any

    @property
    def text(self) -> str:
        """All that was said."""
        return "\n".join(message["text"] for message in self.messages)


# One loop for the whole test run: the locks of an agent belong to the loop in which they were first used.
_LOOP = asyncio.new_event_loop()


def wait_for(coroutine: Any) -> Any:
    """Run a coroutine to its end."""
    return _LOOP.run_until_complete(coroutine)


def new_sender() -> str:
    """An id for a conversation of its own."""
    return uuid.uuid4().hex


def talk(agent: Agent, sender: str, text: str, language: str | None = None, **metadata: Any) -> Turn:
    """Send one message (words, or the payload of a button) as the web channel does, and wait for the answers."""
    if language:
        metadata["language"] = language
    output = WebOutput()
    wait_for(agent.handle_message(UserMessage(text, output, sender, input_channel="web", metadata=metadata)))
    return Turn(output.messages, wait_for(agent.tracker_store.retrieve(sender)))
