"""One step with the first message of a chat: an attempt to send it, or a decision not to make one."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

import structlog
from tortoise.connection import get_connection

from bot import sql
from bot.backoff import backoff
from bot.delivery import statements
from bot.delivery.outgoing import TOKEN_LIVES, Outgoing
from bot.delivery.results import Unwritten
from bot.durations import Durations
from bot.gate import Gate
from bot.line.client import Kind, Sent
from bot.line.limits import Endpoint
from bot.queue.partitions import Partitions

PUSHES_TRIED = 10
"""A push without an answer is tried this often with its retry key, then set aside."""
RETRY_KEY_LIVES = timedelta(hours=24)
LATE = "late"
"""The error of a message whose `send_by` was over before it was tried: whoever wrote it may write it anew."""
_NEWER_STEPS_WITHIN = 0.5
"""Seconds that a push in a reply's place waits: after an outage a person's next turns follow at once."""
_HELD_AT_MOST = timedelta(minutes=1)
"""It waits longer while the queue has more of its chat, but no longer than this."""
_FIRST_DELAY, _LONGEST_DELAY = 0.5, 30.0
_SURE_AGAIN_WITHIN = 0.5

_log = structlog.get_logger()


class Line(Protocol):
    """What the outbox needs of `bot.line.client.LineClient`."""

    async def send(self, endpoint: Endpoint, body: bytes, retry_key: UUID | None) -> Sent:
        """Post a whole call's JSON; never raises for what LINE or the net does."""

    async def leave(self, chat_id: str) -> Sent:
        """Leave a group or room; never raises for what LINE or the net does."""


class Attempts:
    """Makes these steps, and says of each when the chat's next one is due.

    When LINE is found not to answer or to refuse us, `withhold` says of what was never tried that it was not.
    """

    def __init__(
        self,
        line: Line,
        now: Callable[[], datetime],
        unwritten: Unwritten,
        *,
        partitions: Partitions,
        gate: Gate,
        behind: Callable[[str], bool],
        withhold: Callable[[], None],
    ) -> None:
        self._line = line
        self._now = now
        self._unwritten = unwritten
        self._partitions = partitions
        self._gate = gate
        self._behind = behind
        self._withhold = withhold
        self.ended: Counter[str] = Counter()
        """Messages that are done with, by their last state."""
        self.whole = Durations()
        """From the webhook to LINE's acceptance of the reply."""

    async def step(self, queue: deque[Outgoing]) -> float:
        """Seconds until the chat's next step."""
        message, now = queue[0], self._now()
        if not self._partitions.holds(message.chat_id):
            return _SURE_AGAIN_WITHIN
        if message.token_died(now):
            if message.doubtful:
                return self._end(queue, "ambiguous", "ambiguous", unanswered=True)
            # By our clock, or that of the machine that took the event: LINE knows better, and its answer is free.
            if message.attempts or _is_superseded(queue):
                return self._push_instead(queue)
        if not message.reply_token and await self._given_up(queue, now):
            return 0.0
        if message.state == "waiting" and (message.reply_token or message.send_by is not None):
            await self._unwritten.mark_sending(message)
        message.attempts += 1
        sent = await self._called(message)
        _log.info(
            "outbox.sent",
            event_id=message.event_id,
            outgoing_id=message.id,
            endpoint=message.endpoint,
            outcome=sent.kind.value,
            status=sent.status,
            request_id=sent.request_id,
        )
        return self._after(queue, sent)

    async def _given_up(self, queue: deque[Outgoing], now: datetime) -> bool:
        """Whether the push that is first is not worth sending any more; it is set aside then."""
        message = queue[0]
        why, unanswered = "", False
        if _is_superseded(queue) and now - message.created_at > TOKEN_LIVES:
            why = "superseded"
        elif now - message.created_at > RETRY_KEY_LIVES:
            why, unanswered = "too old", True
        else:
            rows = await sql.fetch(get_connection("default"), statements.BLOCKED, message.chat_id)
            if rows and rows[0]["blocked_at"] is not None:
                why = "blocked"
            elif message.send_by is not None and message.state == "waiting" and now > message.send_by:
                why = LATE
        if why:
            self._end(queue, "set_aside", why, unanswered=unanswered)
        return bool(why)

    async def _called(self, message: Outgoing) -> Sent:
        if message.leaves:
            return await self._line.leave(message.chat_id)
        key = None if message.reply_token else message.retry_key
        return await self._line.send(message.endpoint, message.body, key)

    def _after(self, queue: deque[Outgoing], sent: Sent) -> float:
        message = queue[0]
        self._heed(sent)
        match sent.kind:
            case Kind.ACCEPTED | Kind.ALREADY_ACCEPTED:
                return self._end(queue, "sent", "", sent)
            case Kind.INVALID_TOKEN if message.reply_token:
                if message.doubtful:  # spent by the attempt whose answer was lost: it arrived
                    return self._end(queue, "sent", "", sent)
                message.token_expires_at, message.state = self._now(), "waiting"
                self._unwritten.note(message)
                return self._push_instead(queue)
            case Kind.AMBIGUOUS:
                return self._after_silence(queue, sent)
            case Kind.UNREACHABLE | Kind.RATE_LIMITED:
                return backoff(message.attempts - 1, _FIRST_DELAY, _LONGEST_DELAY)
            case Kind.UNAUTHORISED:
                if not message.doubtful:
                    message.state = "waiting"
                    self._unwritten.note(message)
                return 0.0
            case _:
                if sent.kind is Kind.QUOTA_USED_UP and not message.event_id:
                    self._unwritten.refused(message, self._now())
                reason = f"{sent.kind.value} {sent.status}: {sent.message}"
                return self._end(queue, "set_aside", reason, sent, unanswered=True)

    def _after_silence(self, queue: deque[Outgoing], sent: Sent) -> float:
        """LINE may have taken it: a reply is tried on its own token while that lives, a push with its retry key."""
        message = queue[0]
        message.doubtful = True
        delay = backoff(message.attempts - 1, _FIRST_DELAY, _LONGEST_DELAY)
        if message.reply_token:
            expires = message.token_expires_at
            if expires is not None and self._now() + timedelta(seconds=delay) >= expires:
                return self._end(queue, "ambiguous", "ambiguous", sent, unanswered=True)
        elif message.attempts >= PUSHES_TRIED:
            return self._end(queue, "set_aside", "no answer", sent, unanswered=True)
        return delay

    def _heed(self, sent: Sent) -> None:
        """Let the gate know, and withhold what was never tried when it shuts."""
        was_open, at = self._gate.open, asyncio.get_running_loop().time()
        if sent.kind is Kind.UNAUTHORISED:
            self._gate.refused(f"LINE answered {sent.status}", at)
        elif sent.kind in (Kind.AMBIGUOUS, Kind.UNREACHABLE):
            self._gate.unanswered(at)
        else:
            self._gate.answered()
        if was_open and not self._gate.open:
            _log.error("outbox.paused", status=sent.status, request_id=sent.request_id)
            self._withhold()
        elif self._gate.open and not was_open:
            _log.info("outbox.resumed")

    def _push_instead(self, queue: deque[Outgoing]) -> float:
        """The token died unused. State matters, not history: of several steps only the newest is pushed."""
        message = queue[0]
        if _is_superseded(queue):
            return self._end(queue, "set_aside", "superseded")
        more_to_come = self._behind(message.chat_id) and self._now() - message.created_at < _HELD_AT_MOST
        if not message.held or more_to_come:
            message.held = True
            return _NEWER_STEPS_WITHIN
        if not message.chat_id.startswith("U"):
            return self._end(queue, "set_aside", "a group is not pushed to", unanswered=True)
        message.reply_token, message.token_expires_at = "", None
        message.attempts, message.state = 0, "sending"
        self._unwritten.note(message)
        return 0.0

    def _end(
        self, queue: deque[Outgoing], state: str, error: str, sent: Sent | None = None, *, unanswered: bool = False
    ) -> float:
        message = queue.popleft()
        message.state = state
        self.ended[state] += 1
        if state == "sent" and message.received_at is not None:
            self.whole.add((self._now() - message.received_at).total_seconds())
        elif state != "sent":
            why = error.partition(":")[0]  # what follows it is LINE's own sentence
            _log.log(
                logging.WARNING if unanswered else logging.INFO,
                "outbox.undelivered",
                event_id=message.event_id,
                outgoing_id=message.id,
                endpoint=message.endpoint,
                state=state,
                why=why,
            )
        self._unwritten.note(message, error, sent.request_id if sent else "", self._now())
        if unanswered:
            self._unwritten.unanswered(message.chat_id, self._now())
        return 0.0


def _is_superseded(queue: deque[Outgoing]) -> bool:
    """Whether a newer step of the same chat waits behind the first message. What answers no event is no step."""
    first = queue[0].event_id
    return bool(first) and any(each.event_id not in ("", first) for each in queue)
