"""What LINE remembers between two calls: reply tokens, retry keys, the month's quota, the rate of calls."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID

REPLY_WINDOW = timedelta(seconds=60)
"""From the delivery of the webhook; LINE says "about one minute"."""
REDELIVERY_WINDOW = timedelta(minutes=20)
"""From the event: after that even a redelivery does not renew its reply token."""
RETRY_KEY_LIFE = timedelta(hours=24)
LINE_DAY = timezone(timedelta(hours=9))
"""LINE counts days and months in Japan's time."""


@dataclass(slots=True)
class _Token:
    chat_id: str
    event_at: datetime
    delivered_at: datetime


class ReplyTokens:
    """Reply tokens: single use, good for a minute after each delivery of their event."""

    def __init__(self) -> None:
        self._tokens: dict[str, _Token] = {}
        self._spent: dict[str, datetime] = {}

    def new(self) -> str:
        """A fresh token; it is worth nothing before `delivered`."""
        return secrets.token_hex(16)

    def delivered(self, token: str, chat_id: str, event_at: datetime, now: datetime) -> None:
        """Note that the event of `token` goes out to the bot now; a redelivery renews an unused token."""
        self._forget(now)
        if token not in self._spent:
            self._tokens[token] = _Token(chat_id, event_at, now)

    def chat_of(self, token: str, now: datetime) -> str | None:
        """The chat this token may still answer in, or None."""
        held = self._tokens.get(token)
        if held is None or now - held.delivered_at > REPLY_WINDOW or now - held.event_at > REDELIVERY_WINDOW:
            return None
        return held.chat_id

    def spend(self, token: str) -> None:
        """Use the token up."""
        self._spent[token] = self._tokens.pop(token).event_at

    def _forget(self, now: datetime) -> None:
        # Only the oldest are looked at: both dicts are in order of insertion, and one call adds one token.
        for token, held in list(self._tokens.items())[:2]:
            if now - held.event_at > REDELIVERY_WINDOW:
                del self._tokens[token]
        for token, event_at in list(self._spent.items())[:2]:
            if now - event_at > REDELIVERY_WINDOW:
                del self._spent[token]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A call that was accepted under a retry key."""

    request_id: str
    fingerprint: bytes
    at: datetime
    sent_messages: list[dict[str, Any]] | None


class RetryKeys:
    """`X-Line-Retry-Key`s of accepted calls, for 24 hours."""

    def __init__(self) -> None:
        self._accepted: dict[UUID, Accepted] = {}

    def find(self, key: UUID, now: datetime) -> Accepted | None:
        """The call accepted under `key` in the last 24 hours."""
        accepted = self._accepted.get(key)
        if accepted is not None and now - accepted.at > RETRY_KEY_LIFE:
            del self._accepted[key]
            return None
        return accepted

    def remember(self, key: UUID, accepted: Accepted) -> None:
        """Note an accepted call."""
        for old, held in list(self._accepted.items())[:2]:
            if accepted.at - held.at > RETRY_KEY_LIFE:
                del self._accepted[old]
        self._accepted[key] = accepted


def fingerprint(endpoint: str, body: bytes) -> bytes:
    """What a retry has to have in common with its first try."""
    return hashlib.sha256(endpoint.encode() + b"\n" + body).digest()


class Quota:
    """The month's messages. Replies are free; every other message counts once a recipient, however many objects."""

    def __init__(self, monthly: int | None) -> None:
        """`monthly` None: no limit."""
        self.monthly = monthly
        self._month = ""
        self._used = 0

    def used(self, now: datetime) -> int:
        """Messages counted in the month of `now`."""
        self._turn_page(now)
        return self._used

    def take(self, recipients: int, now: datetime) -> bool:
        """Count `recipients`; False, and nothing counted, when the month does not hold as many."""
        self._turn_page(now)
        if self.monthly is not None and self._used + recipients > self.monthly:
            return False
        self._used += recipients
        return True

    def _turn_page(self, now: datetime) -> None:
        month = now.astimezone(LINE_DAY).strftime("%Y-%m")
        if month != self._month:
            self._month, self._used = month, 0


class TokenBucket:
    """LINE's rate limit of one endpoint, in real time: the simulated clock may stand still or jump."""

    def __init__(self, calls: float, monotonic: Callable[[], float] = time.monotonic, seconds: float = 1.0) -> None:
        """`calls` in every `seconds`, and as many at once after a pause."""
        self._most = calls
        self._per_second = calls / seconds
        self._monotonic = monotonic
        self._held = calls
        self._at = monotonic()

    def take(self) -> bool:
        """Whether one more call fits."""
        now = self._monotonic()
        self._held = min(self._most, self._held + (now - self._at) * self._per_second)
        self._at = now
        if self._held < 1:
            return False
        self._held -= 1
        return True
