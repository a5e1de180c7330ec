"""One process that serves everything: Rasa without TensorFlow, the actions inside it, and only our own channel."""

from __future__ import annotations

import asyncio
import errno
import gc
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


def serve(
    host: str, port: int, root: Path = training.ROOT, actions: str = "actions", models: Path | None = None
) -> None:
    """Serve until SIGINT or SIGTERM; the last line printed is the address to open.

    Args:
        host, port: where to listen.
        root: the assistant's folder (config.yml, domain.yml, data/, endpoints.yml).
        actions: package of the custom actions.
        models: folder of the models; ``root/models`` when not given.

    Raises:
        StartError: the port is taken, or there is no model or database.
    """
    listener = listen(host, port)
    logs.configure(show_warnings=False)
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    tensorflow_free.install()
    try:
        model = training.ensure_model(root, models)
    except training.TrainingError as error:
        raise StartError(str(error)) from error
    # Words and rules stay: looking through them for garbage makes the start twice as long, and keeps people waiting.
    gc.disable()
    try:
        app = make_app(load_agent(model, root / "endpoints.yml", actions))
        gc.freeze()
    finally:
        gc.enable()

    @app.after_server_start
    async def announce(_app: Any, _loop: Any) -> None:
        shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host
        print(f"http://{shown}:{port}/", flush=True)

    app.run(sock=listener, access_log=False, motd=False)


def make_app(agent: Any, channel: Any = None) -> Any:
    """A Sanic application with our channel, and nothing else, in front of an agent."""
    from sanic import Sanic
    from sanic.exceptions import SanicException
    from sanic.request import Request
    from sanic.response import HTTPResponse, json

    from assistant.channels import assess_api
    from assistant.channels.web import HEADERS, MAX_BODY, WebChannel

    app = Sanic("wegwijzer", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 5.0
    app.ctx.agent = agent
    channel = channel or WebChannel()
    app.blueprint(channel.blueprint(agent.handle_message))
    app.blueprint(assess_api.blueprint(channel.allow))

    @app.exception(SanicException)
    async def refuse(_request: Request, error: SanicException) -> HTTPResponse:
        # Sanic's own page would repeat the address that was asked for.
        return json({"error": type(error).__name__}, status=getattr(error, "status_code", 500), headers=dict(HEADERS))

    @app.before_server_start
    async def start(_app: Any, _loop: Any) -> None:
        logs.keep_private()
        app.add_task(_purge_for_ever(agent, channel), name="purge")  # with a name Sanic stops it at the end

    return app


def load_agent(model: Path, endpoints_file: Path, actions: str) -> Any:
    """Rasa's agent with the actions in this process, ready for messages. Needs ``tensorflow_free.install()`` first.

    The tracker store is used directly, not in Rasa's fail-safe wrapper: that one takes a database that is down for a
    new conversation, and keeps in memory for ever what it could not write.

    Raises:
        StartError: the tracker store of endpoints.yml cannot delete conversations.
    """
    from rasa.core.agent import Agent
    from rasa.core.lock_store import LockStore
    from rasa.core.tracker_store import TrackerStore
    from rasa.core.utils import AvailableEndpoints

    from assistant import event_types, inprocess

    endpoints = AvailableEndpoints.read_endpoints(str(endpoints_file))
    inprocess.check_schema_once()
    event_types.resolve_once()
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
    from actions import guard
    from assistant.channels.sessions import IDLE

    try:
        channel.sessions.forget_old()
        deleted = await agent.tracker_store.purge(IDLE)
        if deleted:
            logger.info("purged %d events", deleted)
    except Exception as error:
        logger.error("purge failed: %s at %s", *guard.describe(error))


def listen(host: str, port: int) -> socket.socket:
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


def main(host: str, port: int, **assistant: Any) -> int:
    """``serve`` with its errors as one sentence on stderr; returns the exit code."""
    # SIGTERM while loading ends the process like Ctrl-C; the server has its own handlers later.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        serve(host, port, **assistant)
    except StartError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0
