"""LINE's side of the webhook: sign the body, POST it to the bot, deliver again when told to."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp

from bot.simulator.events import Event, chat_id_of
from bot.simulator.state import ReplyTokens

NO_ANSWER = 0
"""Status of a delivery that got no answer at all: refused, reset, or too slow."""
KEPT = 5000


@dataclass(frozen=True, slots=True)
class Delivery:
    """One POST to the bot: LINE wants its answer within 2 seconds."""

    event_ids: tuple[str, ...]
    status: int
    seconds: float
    is_redelivery: bool


def sign(channel_secret: str, body: bytes) -> str:
    """`x-line-signature` of a raw body."""
    return base64.b64encode(hmac.digest(channel_secret.encode(), body, hashlib.sha256)).decode()


class WebhookSender:
    """Delivers webhook events; `callback_url` may be set after the bot has a port."""

    def __init__(
        self,
        *,
        channel_secret: str,
        callback_url: str,
        destination: str,
        now: Callable[[], datetime],
        tokens: ReplyTokens,
        timeout_s: float,
        redelivery_pauses_s: Sequence[float],
        kept: int = KEPT,
    ) -> None:
        """`kept`: how many of the newest events and deliveries are remembered."""
        self.callback_url = callback_url
        self.deliveries: deque[Delivery] = deque(maxlen=kept)
        self._kept = kept
        self._channel_secret = channel_secret
        self._destination = destination
        self._now = now
        self._tokens = tokens
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._pauses = tuple(redelivery_pauses_s)
        self._events: dict[str, Event] = {}
        self._session: aiohttp.ClientSession | None = None
        self._under_way: set[asyncio.Task[object]] = set()

    async def send(self, events: Sequence[Event]) -> int:
        """POST these events in one signed body; the bot's status, or `NO_ANSWER`."""
        for event in events:
            self._events[str(event.get("webhookEventId"))] = event
        while len(self._events) > self._kept:
            del self._events[next(iter(self._events))]
        status = await self._deliver(events, is_redelivery=False)
        if events and self._pauses and not _accepted(status):
            self._later(self._deliver_again(events))
        return status

    def send_soon(self, events: Sequence[Event]) -> None:
        """The same from inside a call of the bot, which is answered first."""
        self._later(self.send(events))

    async def redeliver(self, event_ids: Sequence[str]) -> int:
        """POST earlier events again, marked as a redelivery; raises KeyError for an unknown id."""
        return await self._deliver([self._events[event_id] for event_id in event_ids], is_redelivery=True)

    async def post(self, body: bytes, signature: str | None) -> int:
        """POST any bytes with any signature (None: without the header)."""
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "LineBotWebhook/2.0"}
        if signature is not None:
            headers["x-line-signature"] = signature
        if self._session is None:
            self._session = aiohttp.ClientSession(trust_env=False, timeout=self._timeout)
        try:
            async with self._session.post(self.callback_url, data=body, headers=headers) as answer:
                await answer.read()
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return NO_ANSWER

    async def settled(self) -> None:
        """Wait until nothing is to be delivered, again or for the first time."""
        while self._under_way:
            await asyncio.gather(*self._under_way)

    async def close(self) -> None:
        """Stop redelivering and let the connections go."""
        for task in tuple(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _deliver(self, events: Sequence[Event], *, is_redelivery: bool) -> int:
        now = self._now()
        if is_redelivery:
            events = [{**event, "deliveryContext": {"isRedelivery": True}} for event in events]
        for event in events:
            token, chat_id = event.get("replyToken"), chat_id_of(event)
            if token and chat_id:
                timestamp = event.get("timestamp")
                occurred_at = datetime.fromtimestamp(timestamp / 1000, UTC) if isinstance(timestamp, int) else now
                self._tokens.delivered(token, chat_id, occurred_at, now)
        content = {"destination": self._destination, "events": list(events)}
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        began = time.monotonic()
        status = await self.post(body, sign(self._channel_secret, body))
        ids = tuple(str(event.get("webhookEventId")) for event in events)
        self.deliveries.append(Delivery(ids, status, time.monotonic() - began, is_redelivery))
        return status

    def _later(self, delivery: Coroutine[object, object, object]) -> None:
        task = asyncio.create_task(delivery)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _deliver_again(self, events: Sequence[Event]) -> None:
        for pause in self._pauses:
            await asyncio.sleep(pause)
            if _accepted(await self._deliver(events, is_redelivery=True)):
                return


def _accepted(status: int) -> bool:
    return 200 <= status < 300
