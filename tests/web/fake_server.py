"""A stand-in for the web channel: the same addresses and JSON, a four-turn conversation, and faults on demand.

Run: ``python tests/web/fake_server.py``; the first line printed is its address (a free port of 127.0.0.1).
It serves the real page from ``web/`` under the policy the page promises to work with.
``POST /test/fault`` with ``{"fault": NAME}`` makes every later ``/chat`` request fail: ``away`` (connection closed
without an answer), ``busy`` (429), ``broken`` (500), ``""`` (well again). ``POST /test/forget`` drops every session;
``GET /test/seen`` gives the bodies that ``/chat`` received.
"""

from __future__ import annotations

import json
import secrets
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

HERE = Path(__file__).resolve().parent
WEB = HERE.parent.parent / "web"
FIXTURE: dict[str, Any] = json.loads((HERE / "fake_texts.json").read_text(encoding="utf-8"))
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def button(title: str, answer: str) -> dict[str, str]:
    """A quick reply as the real channel sends it."""
    return {"title": title, "payload": f'/inform{{"fact": "fake", "answer": "{answer}"}}'}


class Conversation:
    """One session: where it is in the four turns, and its language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.turn = 0
        self.offered: list[dict[str, str]] = []

    def question(self) -> list[dict[str, Any]]:
        """The messages of the present turn; the last carries the buttons."""
        talk = FIXTURE["talk"][self.language]
        texts, titles = (
            (talk["welcome"], talk["places"]),
            ([talk["age"]], []),
            ([talk["echo"].format(age=34), talk["first"]], talk["yesno"]),
            (talk["verdict"], talk["more"]),
        )[self.turn]
        self.offered = [button(title, str(number)) for number, title in enumerate(titles)]
        messages = [{"text": text, "buttons": [], "metadata": {"language": self.language}} for text in texts]
        messages[-1]["buttons"] = self.offered
        return messages

    def answer(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """The reply to one message; "English please" and "wis alles" do in words what buttons do."""
        message = str(body.get("payload") or body.get("text"))
        if body.get("language") in FIXTURE["talk"]:
            self.language = body["language"]
        if message == "wis alles":
            self.turn, self.offered = 0, []
            return [{"text": "Gewist.", "buttons": [], "metadata": {"language": "nl", "conversation_deleted": True}}]
        if message == "English please":
            self.language = "en"
        elif not message.startswith(("/greet", "/change_language")):
            self.turn = min(self.turn + 1, 3)
        return self.question()


class Handler(BaseHTTPRequestHandler):
    """Files of ``web/`` and the chat addresses."""

    sessions: ClassVar[dict[str, Conversation]] = {}
    seen: ClassVar[list[dict[str, Any]]] = []
    fault = ""

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the test reads standard output."""

    def reply(self, status: int, body: bytes, content_type: str = "application/json") -> None:
        """One answer with the page's security policy."""
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def reply_json(self, data: Any, status: int = 200) -> None:
        """One JSON answer."""
        self.reply(status, json.dumps(data).encode())

    def body(self) -> dict[str, Any]:
        """The JSON object that was sent, or an empty one."""
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return json.loads(raw) if raw else {}

    def handle_request(self) -> None:
        """Routes every method."""
        url = urlsplit(self.path)
        body = self.body()
        if url.path.startswith("/test/"):
            self.control(url.path.removeprefix("/test/"), body)
        elif url.path.startswith("/chat/"):
            self.seen.append({"method": self.command, "path": url.path, **body})
            if self.fault == "away":
                self.close_connection = True
            elif self.fault:
                self.reply_json({"error": self.fault, "message": self.fault}, {"busy": 429, "broken": 500}[self.fault])
            else:
                self.chat(url.path, parse_qs(url.query), body)
        else:
            file = WEB / (url.path.strip("/") or "index.html")
            if file.parent == WEB and file.is_file():
                self.reply(200, file.read_bytes(), TYPES[file.suffix])
            else:
                self.reply_json({"error": "not_found", "message": ""}, 404)

    do_GET = do_POST = do_DELETE = handle_request

    def control(self, action: str, body: dict[str, Any]) -> None:
        """What only tests may do."""
        if action == "fault":
            Handler.fault = body["fault"]
        elif action == "forget":
            self.sessions.clear()
        self.reply_json(self.seen if action == "seen" else {})

    def chat(self, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> None:
        """The four addresses of the web channel."""
        if path == "/chat/config":
            language = query.get("language", ["nl"])[0]
            language = language if language in FIXTURE["texts"] else "nl"
            own = next(entry for entry in FIXTURE["languages"] if entry["code"] == language)
            config = {"language": language, "direction": own["direction"], "languages": FIXTURE["languages"]}
            self.reply_json({**config, "texts": FIXTURE["texts"][language]})
        elif path == "/chat/session" and self.command == "POST":
            token = secrets.token_urlsafe(24)
            self.sessions[token] = Conversation(body.get("language") or "nl")
            self.reply_json({"session": token, "messages": []})
        elif body.get("session") not in self.sessions:
            self.reply_json({"error": "unknown_session", "message": "unknown session"}, 404)
        elif path == "/chat/session":
            del self.sessions[body["session"]]
            self.reply_json({"deleted": True})
        elif len(body.get("text") or "") > 500:
            self.reply_json({"error": "too_long", "message": "too long"}, 413)
        else:
            self.reply_json({"messages": self.sessions[body["session"]].answer(body)})


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()
