"""The web channel: a small JSON interface for our own page, and the page itself.

    POST   /chat/session   {"language"?}                                    -> {"session", "messages": []}
    POST   /chat/messages  {"session", "text" | "payload", "language"?}     -> {"messages": [...]}
    DELETE /chat/session   {"session"}                                      -> 204, everything deleted
    GET    /chat/config?language=xx                                         -> texts and languages of the page
    GET    /health                                                          -> 200 when the database answers too
    GET    /               and the files of web/

A message is ``{"text", "buttons": [{"title", "payload"}], "metadata": {"language"}, "custom"?}``. An error is
``{"error": code, "message": sentence}`` with a fitting status.
"""

from __future__ import annotations

import asyncio
import logging
import mimetypes
import os
import unicodedata
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions import deletion, guard
from actions.language import DEFAULT, offered
from assistant.channels.sessions import Session, Sessions
from assistant.nlg import TECHNICAL_PROBLEM
from wegwijzer.texts import SOURCE, catalogue, direction, languages, native_name, text

logger = logging.getLogger(__name__)

WEB = Path(__file__).resolve().parent.parent.parent / "web"
#: The rule book that `make rulebook` printed.
RULEBOOK = WEB.parent / "docs" / "rulebook"
MAX_CHARACTERS = 1000
MAX_BODY = 8 * 1024
MAX_SESSIONS = 20_000
# Seconds that a person waits before hearing that something is wrong.
PATIENCE = 30.0

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

OnMessage = Callable[[UserMessage], Awaitable[Any]]


class Problem(Exception):
    """A request that gets an error: status, code for programs, id of the sentence for people."""

    def __init__(self, status: int, code: str, text_id: str) -> None:
        super().__init__(code)
        self.status, self.code, self.text_id = status, code, text_id

    def answer(self, language: str) -> HTTPResponse:
        """The error as JSON."""
        return response.json({"error": self.code, "message": text(language, self.text_id)}, status=self.status)


BAD_REQUEST = (400, "bad_request", "ui.error")
NOT_OFFERED = (400, "not_offered", "ui.error")
UNKNOWN_SESSION = (404, "unknown_session", "ui.session_over")
TOO_LONG = (413, "too_long", "ui.error_too_long")
TOO_MANY = (429, "too_many_requests", "ui.error_too_many")
UNAVAILABLE = (503, "unavailable", TECHNICAL_PROBLEM)


class WebOutput(OutputChannel):
    """Collects the messages of one turn, with their language."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.deleted = False

    @classmethod
    def name(cls) -> str:
        """As in the tracker."""
        return WebChannel.name()

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Add a message; blank lines in its text part it into bubbles, of which the last has the buttons."""
        language = offered(message.get("language") or (message.get("metadata") or {}).get("language"))
        metadata: dict[str, Any] = {"language": language or DEFAULT}
        if message.get(deletion.KEY):
            self.deleted = True
            metadata["conversation_deleted"] = True
        bubbles = [part.strip() for part in (message.get("text") or "").split("\n\n") if part.strip()]
        parts: list[dict[str, Any]] = [{"text": bubble, "buttons": [], "metadata": metadata} for bubble in bubbles]
        buttons = [{"title": b["title"], "payload": b["payload"]} for b in message.get("buttons") or []]
        if not parts and (buttons or message.get("custom")):
            parts = [{"text": "", "buttons": [], "metadata": metadata}]
        if parts:
            parts[-1]["buttons"] = buttons
            if message.get("custom"):
                parts[-1]["custom"] = message["custom"]
        self.messages += parts

    @property
    def payloads(self) -> frozenset[str]:
        """What the buttons of this turn send."""
        return frozenset(button["payload"] for message in self.messages for button in message["buttons"])


class WebChannel(InputChannel):
    """For credentials.yml: ``assistant.channels.web.WebChannel:``; our launcher mounts nothing else."""

    def __init__(self, sessions: Sessions | None = None) -> None:
        self.sessions = sessions_from_environment() if sessions is None else sessions

    @classmethod
    def name(cls) -> str:
        """As in the tracker, and in the address under plain ``rasa run``."""
        return "web"

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The routes named at the top of this file."""
        routes = Blueprint("web_channel")

        @routes.post("/chat/session")
        async def open_session(request: Request) -> HTTPResponse:
            self.allow(request)
            _body(request, required=False)
            if len(self.sessions) >= MAX_SESSIONS:
                raise Problem(*UNAVAILABLE)
            token, _ = self.sessions.open()
            return response.json({"session": token, "messages": []})

        @routes.post("/chat/messages")
        async def receive(request: Request) -> HTTPResponse:
            self.allow(request)
            body = _body(request)
            session = self._session(body)
            if not session.bucket.take():
                raise Problem(*TOO_MANY)
            said = _said(body, session)
            language = offered(body.get("language"))
            # One message of a session after the other: Rasa's own lock would look again only every second.
            async with session.lock:
                return await _turn(on_new_message, session, said, language)

        @routes.delete("/chat/session", ignore_body=False)
        async def close_session(request: Request) -> HTTPResponse:
            self.allow(request)
            body = _body(request)
            session = self._session(body)
            async with session.lock:
                try:
                    await delete_conversation(request.app.ctx.agent.tracker_store, session.conversation_id)
                except Exception as error:
                    logger.error("deleting conversation %s failed: %s at %s", session.conversation_id,
                                 *guard.describe(error))  # fmt: skip
                    raise Problem(*UNAVAILABLE) from None
            self.sessions.close(body["session"])
            return response.empty()

        @routes.get("/chat/config")
        async def config(request: Request) -> HTTPResponse:
            return response.json(page_config(offered(request.args.get("language")) or DEFAULT))

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            try:
                if agent is None or not agent.is_ready():
                    raise Problem(*UNAVAILABLE)
                await check_store(agent.tracker_store)
            except Exception as error:
                logger.error("not healthy: %s at %s", *guard.describe(error))
                return response.json({"status": "unavailable"}, status=503)
            return response.json({"status": "ok"})

        @routes.exception(Problem)
        async def problem(request: Request, error: Problem) -> HTTPResponse:
            return error.answer(_language_of(request))

        @routes.middleware("response")
        async def headers(request: Request, answer: HTTPResponse) -> None:
            answer.headers.update(HEADERS)
            answer.headers.setdefault("Cache-Control", "no-store")

        _serve_files(routes)
        return routes

    def allow(self, request: Request) -> None:
        """Problem when the address asks too often, or sends too much."""
        # remote_addr is set only when the operator declared the proxy in front (Sanic's PROXIES_COUNT).
        if not self.sessions.address_may(request.remote_addr or request.ip):
            raise Problem(*TOO_MANY)
        if len(request.body) > MAX_BODY:
            raise Problem(*TOO_LONG)

    def _session(self, body: dict[str, Any]) -> Session:
        session = self.sessions.get(body.get("session"))
        if session is None:
            raise Problem(*UNKNOWN_SESSION)
        return session


def sessions_from_environment() -> Sessions:
    """Sessions with the rates of the environment variables, each "burst/per second".

    WEGWIJZER_SESSION_RATE: messages of one session ("10/1"); WEGWIJZER_ADDRESS_RATE: requests of one address ("60/10").
    """
    burst, per_second = os.environ.get("WEGWIJZER_SESSION_RATE", "10/1").split("/")
    address_burst, address_per_second = os.environ.get("WEGWIJZER_ADDRESS_RATE", "60/10").split("/")
    return Sessions(int(burst), float(per_second), int(address_burst), float(address_per_second))


def page_config(language: str) -> dict[str, Any]:
    """What the page needs to speak ``language``: ``{"language", "direction", "languages", "texts"}``."""
    return {
        "language": language,
        "direction": direction(language),
        "languages": [{"code": code, "name": native_name(code), "direction": direction(code)} for code in languages()],
        "texts": {text_id: text(language, text_id) for text_id in catalogue(SOURCE).texts if text_id.startswith("ui.")},
    }


async def delete_conversation(store: Any, conversation_id: str) -> None:
    """Delete from the store that Rasa may have wrapped.

    Raises:
        TypeError: the store cannot delete.
    """
    store = _own_store(store)
    if not hasattr(store, "delete"):
        raise TypeError(f"{type(store).__name__} cannot delete a conversation")
    await store.delete(conversation_id)


async def check_store(store: Any) -> None:
    """Query the database behind the store, if it knows how; raises what the database raises."""
    store = _own_store(store)
    if hasattr(store, "check"):
        await store.check()


def _own_store(store: Any) -> Any:
    while hasattr(store, "_tracker_store"):
        store = store._tracker_store
    return store


async def _turn(on_new_message: OnMessage, session: Session, said: str, language: str | None) -> HTTPResponse:
    output = WebOutput()
    metadata = {"language": language} if language else {}
    message = UserMessage(said, output, session.conversation_id, input_channel=WebChannel.name(), metadata=metadata)
    try:
        await asyncio.wait_for(on_new_message(message), PATIENCE)
    except Exception as error:
        logger.error("turn failed in conversation %s: %s at %s", session.conversation_id, *guard.describe(error))
        raise Problem(*UNAVAILABLE) from None
    if not output.messages:
        logger.error("no answer in conversation %s", session.conversation_id)
        spoken = language or DEFAULT
        apology = {"text": text(spoken, TECHNICAL_PROBLEM), "language": spoken}
        await output.send_response(session.conversation_id, apology)
    if output.deleted:
        session.offers.clear()
    session.offer(output.payloads)
    return response.json({"messages": output.messages})


def _said(body: dict[str, Any], session: Session) -> str:
    """What the person says to Rasa: a payload that was offered, or words that are no command."""
    payload, words = body.get("payload"), body.get("text")
    if payload is not None:
        if not isinstance(payload, str) or not session.was_offered(payload):
            raise Problem(*NOT_OFFERED)
        return payload
    if not isinstance(words, str):
        raise Problem(*BAD_REQUEST)
    if len(words) > MAX_CHARACTERS:
        raise Problem(*TOO_LONG)
    # A leading slash would make words an intent with entities of the person's choosing.
    cleaned = clean(words).lstrip("/ ")
    if not cleaned:
        raise Problem(*BAD_REQUEST)
    return cleaned


def clean(words: str) -> str:
    """Words without control characters, halves of surrogate pairs, and marks that turn the direction of writing."""
    turns = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    spaced = (" " if c in "\n\r\t" else c for c in words)
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cs") and c not in turns).strip()


def _body(request: Request, required: bool = True) -> dict[str, Any]:
    if not request.body and not required:
        return {}
    try:
        body = request.json
    except Exception:
        body = None
    if not isinstance(body, dict):
        raise Problem(*BAD_REQUEST)
    return body


def _language_of(request: Request) -> str:
    try:
        return offered(_body(request).get("language")) or DEFAULT
    except Problem:
        return DEFAULT


def _serve_files(routes: Blueprint) -> None:
    """A route for each file under web/, so that nothing else can be read and every other address stays a 404."""
    for path in sorted(p for p in WEB.rglob("*") if p.is_file() and "node_modules" not in p.parts):
        name = path.relative_to(WEB).as_posix()
        for address in [f"/{name}", f"/web/{name}"] + (["/"] if name == "index.html" else []):
            handler = _file_handler(path)
            routes.add_route(handler, address, methods=["GET"], name=f"file_{address.strip('/') or 'page'}")
    # At "/rulebook" without a slash the page would look for its style in the wrong folder.
    routes.add_route(_to_rulebook, "/rulebook", methods=["GET"], strict_slashes=True)
    for path in sorted(p for p in RULEBOOK.iterdir() if p.is_file()):
        address = "/rulebook/" + ("" if path.name == "index.html" else path.name)
        routes.add_route(
            _file_handler(path), address, methods=["GET"], name=f"rulebook_{path.stem}", strict_slashes=True
        )


async def _to_rulebook(_request: Request) -> HTTPResponse:
    return response.redirect("/rulebook/")


def _file_handler(path: Path) -> Callable[[Request], Awaitable[HTTPResponse]]:
    async def send(_request: Request) -> HTTPResponse:
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return await response.file(path, mime_type=kind, headers={"Cache-Control": "no-cache"})

    return send
