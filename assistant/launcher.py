"""One process that serves everything: Rasa without TensorFlow, the actions inside it, and only our own channel."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from assistant import logs, tensorflow_free, training

logger = logging.getLogger(__name__)

# Seconds between two rounds of forgetting what is over.
PURGE_EVERY = 60.0


class StartError(Exception):
    """The service cannot start; the message is one sentence for the operator."""


def serve(host: str, port: int, root: Path = training.ROOT, actions: str = "actions") -> None:
    """Serve until SIGINT or SIGTERM; the last line printed is the address to open.

    Args:
        host, port: where to listen.
        root: the assistant's folder (config.yml, domain.yml, data/, endpoints.yml).
        actions: package of the custom actions.

    Raises:
        StartError: the port is taken, or there is no model or database.
    """
    listener = _listen(host, port)
    logs.configure()
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    tensorflow_free.install()
    try:
        model = training.ensure_model(root)
    except training.TrainingError as error:
        raise StartError(str(error)) from error
    app = make_app(model, root / "endpoints.yml", actions)

    @app.after_server_start
    async def announce(_app: Any, _loop: Any) -> None:
        shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host
        print(f"http://{shown}:{port}/", flush=True)

    app.run(sock=listener, access_log=False, motd=False)


def make_app(model: Path, endpoints_file: Path, actions: str) -> Any:
    """A Sanic application with our channel on an agent that is loaded when the server starts.

    Needs ``tensorflow_free.install()`` first.
    """
    from sanic import Sanic
    from sanic.exceptions import SanicException
    from sanic.request import Request
    from sanic.response import HTTPResponse, json

    from assistant.channels.web import HEADERS, MAX_BODY, WebChannel

    app = Sanic("wegwijzer", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 5.0
    channel = WebChannel()

    async def on_new_message(message: Any) -> None:
        await app.ctx.agent.handle_message(message)

    app.blueprint(channel.blueprint(on_new_message))

    @app.exception(SanicException)
    async def refuse(_request: Request, error: SanicException) -> HTTPResponse:
        # Sanic's own page would repeat the address that was asked for.
        return json({"error": type(error).__name__}, status=getattr(error, "status_code", 500), headers=dict(HEADERS))

    @app.before_server_start
    async def load(_app: Any, _loop: Any) -> None:
        app.ctx.agent = load_agent(model, endpoints_file, actions)
        logs.keep_private()
        app.add_task(_purge_for_ever(app.ctx.agent, channel))

    return app


def load_agent(model: Path, endpoints_file: Path, actions: str) -> Any:
    """Rasa's agent with the actions in this process, ready for messages.

    The tracker store is used directly, not in Rasa's fail-safe wrapper: that one takes a database that is down for a
    new conversation, and keeps in memory for ever what it could not write.

    Raises:
        StartError: the tracker store of endpoints.yml cannot delete conversations.
    """
    from rasa.core.agent import Agent
    from rasa.core.lock_store import LockStore
    from rasa.core.tracker_store import TrackerStore
    from rasa.core.utils import AvailableEndpoints

    from assistant import inprocess

    endpoints = AvailableEndpoints.read_endpoints(str(endpoints_file))
    inprocess.check_schema_once()
    store = TrackerStore.create(endpoints.tracker_store)
    # Rasa takes a store in memory when it cannot import the one that is named, with no more than a warning.
    if not hasattr(store, "purge"):
        raise StartError(f"the tracker store of {endpoints_file.name} is {type(store).__name__}: it cannot delete")
    agent = Agent.load(
        model,
        generator=endpoints.nlg,
        tracker_store=store,
        lock_store=LockStore.create(endpoints.lock_store),
        action_endpoint=inprocess.InProcessActions(inprocess.executor_of(actions)),
    )
    agent.tracker_store = store
    agent.processor.tracker_store = store
    return agent


async def _purge_for_ever(agent: Any, channel: Any) -> None:
    while True:
        await purge_once(agent, channel)
        await asyncio.sleep(PURGE_EVERY)


async def purge_once(agent: Any, channel: Any) -> None:
    """Delete what nobody touched for an hour; a failure is logged and tried again in the next round."""
    from assistant import guard
    from assistant.channels.sessions import IDLE

    try:
        channel.sessions.forget_old()
        deleted = await agent.tracker_store.purge(IDLE)
        if deleted:
            logger.info("purged %d events", deleted)
    except Exception as error:
        logger.error("purge failed: %s at %s", *guard.describe(error))


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, bound before anything slow happens."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # Listening now keeps a second start from passing this point; nothing is answered until the agent is loaded.
        listener.listen(100)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            advice = f"stop what runs there or choose another: PORT={port + 1} make run"
            raise StartError(f"Port {port} is in use; {advice}") from None
        raise StartError(f"Cannot listen on {host} port {port}: {error.strerror}") from None
    return listener


def main(host: str, port: int) -> int:
    """``python -m assistant serve``; returns the exit code."""
    # SIGTERM while loading ends the process like Ctrl-C; the server has its own handlers later.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        serve(host, port)
    except StartError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0
