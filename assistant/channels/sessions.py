"""Sessions of the web channel: who may read a conversation, what was offered, how fast one may write."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from wegwijzer.texts import languages

# Seconds without a message after which a conversation is over and deleted.
IDLE = 3600.0
# What can be sent without having been offered: the page's own first message, and its choice of language.
ALWAYS_OFFERED = frozenset({"/greet", *(f'/change_language{{"language":"{code}"}}' for code in languages())})
# Buttons stay valid for that many answers, so that a slow second click does no harm.
OFFERS_KEPT = 5


class TokenBucket:
    """Allows ``burst`` at once and ``per_second`` in the long run."""

    def __init__(self, burst: int, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._per_second, self._clock = float(burst), per_second, clock
        self._tokens, self._at = float(burst), clock()

    def take(self) -> bool:
        """Use one up; False when there is none."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._per_second)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    @property
    def full(self) -> bool:
        """Nothing was used lately, so that forgetting this bucket changes nothing."""
        return self._tokens + (self._clock() - self._at) * self._per_second >= self._burst


@dataclass
class Session:
    """One person's conversation. The token is known to that person's page only; the conversation's id to us only."""

    conversation_id: str
    bucket: TokenBucket
    last_seen: float
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    offers: list[frozenset[str]] = field(default_factory=list)

    def offer(self, payloads: frozenset[str]) -> None:
        """Remember the payloads of the buttons of an answer."""
        self.offers = [*self.offers[1 - OFFERS_KEPT :], payloads]

    def was_offered(self, payload: str) -> bool:
        """May this page send this payload?"""
        return payload in ALWAYS_OFFERED or any(payload in offered for offered in self.offers)


class Sessions:
    """The open sessions of this process, and the rates of the addresses they come from."""

    def __init__(
        self, message_burst: int = 10, messages_per_second: float = 1.0, address_burst: int = 60,
        address_per_second: float = 10.0, clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._message_rate = (message_burst, messages_per_second)
        self._address_rate = (address_burst, address_per_second)
        self._clock = clock
        self._sessions: dict[str, Session] = {}
        self._addresses: dict[str, TokenBucket] = {}

    def __len__(self) -> int:
        return len(self._sessions)

    def open(self) -> tuple[str, Session]:
        """A new session and its token: 256 random bits."""
        token = secrets.token_urlsafe(32)
        session = Session(secrets.token_hex(16), TokenBucket(*self._message_rate, self._clock), self._clock())
        self._sessions[token] = session
        return token, session

    def get(self, token: object) -> Session | None:
        """The session of a token, unless it is unknown or over."""
        session = self._sessions.get(token) if isinstance(token, str) else None
        if session is None or self._clock() - session.last_seen > IDLE:
            return None
        session.last_seen = self._clock()
        return session

    def close(self, token: str) -> None:
        """Forget a session."""
        self._sessions.pop(token, None)

    def address_may(self, address: str) -> bool:
        """May this network address send one more request?"""
        return self._addresses.setdefault(address, TokenBucket(*self._address_rate, self._clock)).take()

    def forget_old(self) -> list[str]:
        """Forget what is over.

        Returns:
            Ids of the conversations of the sessions that are over.
        """
        over = {token: s for token, s in self._sessions.items() if self._clock() - s.last_seen > IDLE}
        for token in over:
            del self._sessions[token]
        self._addresses = {address: bucket for address, bucket in self._addresses.items() if not bucket.full}
        return [session.conversation_id for session in over.values()]
