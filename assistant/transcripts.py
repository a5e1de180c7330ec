"""``python -m assistant transcript --lang xx``: a real conversation with the trained model, as Markdown.

What the person says is data: ``docs/transcripts/<lang>.yml``, a list of messages, each the words that are typed or
``{button: N}`` for the N-th button (from 1) of the newest answer. The answers are the assistant's own.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant import logs, tensorflow_free, training

SCRIPTS = training.ROOT / "docs" / "transcripts"


class ScriptError(Exception):
    """The script cannot be played; the message is one sentence."""


def script(lang: str) -> list[Any]:
    """The messages of the person in ``lang``.

    Raises:
        ScriptError: there is no script in this language.
    """
    path = SCRIPTS / f"{lang}.yml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in SCRIPTS.glob("*.yml")))
        raise ScriptError(f"no transcript in {lang!r}; there is one in: {known}")
    messages = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    assert isinstance(messages, list)
    return messages


def play(lang: str) -> str:
    """The conversation in Markdown, played against the model that fits the data, with a database that is thrown away.

    Raises:
        ScriptError: no script, or a button that was not shown.
        assistant.training.TrainingError: there is no model.
    """
    messages = script(lang)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WEGWIJZER_DB"] = str(Path(folder) / "transcript.db")
        logs.configure(show_warnings=False)
        tensorflow_free.install()
        from assistant.launcher import load_agent

        with contextlib.redirect_stdout(sys.stderr):  # what Rasa tells of a training is no part of the transcript
            model = training.ensure_model()
        agent = load_agent(model, training.ROOT / "endpoints.yml", "actions")
        return asyncio.run(converse(agent, messages, lang))


async def converse(agent: Any, messages: list[Any], lang: str) -> str:
    """Play a script against an agent; the conversation in Markdown.

    Raises:
        ScriptError: a button of the script was not shown.
    """
    from rasa.core.channels.channel import UserMessage

    from assistant.channels.web import WebChannel, WebOutput

    sender = uuid.uuid4().hex
    lines: list[str] = []
    buttons: list[dict[str, str]] = []
    for message in messages:
        said, shown = said_by(message, buttons)
        output = WebOutput()
        # The page sends the language that was chosen there with every message.
        metadata = {"language": lang}
        await agent.handle_message(
            UserMessage(said, output, sender, input_channel=WebChannel.name(), metadata=metadata)
        )
        buttons = [button for answer in output.messages for button in answer["buttons"]]
        lines += ["", f"**{shown}**", *_answers(output.messages)]
    return "\n".join(lines[1:]) + "\n"


def said_by(message: Any, buttons: list[dict[str, str]]) -> tuple[str, str]:
    """What is sent for one entry of a script, and how it is shown, after an answer with these buttons.

    Raises:
        ScriptError: the entry names a button that was not shown.
    """
    if not isinstance(message, dict):
        return str(message), str(message)
    number = message["button"]
    if not 1 <= number <= len(buttons):
        raise ScriptError(f"button {number} was not shown; there were {len(buttons)}")
    button = buttons[number - 1]
    return button["payload"], f"[{button['title']}]"


def _answers(messages: list[dict[str, Any]]) -> Iterator[str]:
    for message in messages:
        yield ">"
        yield from (f"> {line}  " if not line.startswith("- ") else f"> {line}" for line in message["text"].split("\n"))
        if message["buttons"]:
            yield ">"
            yield "> " + " ".join(f"`{button['title']}`" for button in message["buttons"])
