"""POST /callback: LINE's webhook. Verified on the raw bytes, queued event by event, answered once all is durable.

Statuses: 200 durable (or nothing in it for us) · 400 no signature, or signed and no webhook body · 401 wrongly signed ·
413 over 1 MiB · 503 not durable, so that LINE delivers it again. Nothing of a body is logged.
"""

from __future__ import annotations

import base64
import hmac
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

import structlog
from aiohttp import web

from bot.durations import Durations
from bot.line.arrivals import Malformed, receive
from bot.queue.seam import Queue, Undurable

LARGEST_BODY = 1024 * 1024
"""Bytes."""
SIGNATURE = "x-line-signature"

_log = structlog.get_logger()


class Webhook:
    """The route. Since the start it counts its answers by status, and events `received` and `ignored`.

    Ignored are those without id, time or source. `answering` is how long its answers took.
    """

    def __init__(self, secret: str, queue: Queue, now: Callable[[], datetime]) -> None:
        """`secret` is the channel's, `now` gives aware times."""
        self._secret = secret.encode()
        self._queue = queue
        self._now = now
        self.statuses: Counter[int] = Counter()
        self.answering = Durations()
        self.received = 0
        self.ignored = 0

    async def handle(self, request: web.Request) -> web.Response:
        """Take one webhook call; see the module for the statuses."""
        began = time.perf_counter()
        answer = await self._handle(request)
        self.statuses[answer.status] += 1
        self.answering.add(time.perf_counter() - began)
        return answer

    async def _handle(self, request: web.Request) -> web.Response:
        signature = request.headers.get(SIGNATURE)
        if signature is None:
            return _refused(HTTPStatus.BAD_REQUEST, "no signature")
        body = await _read(request)
        if body is None:
            return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large")
        if not signed(self._secret, body, signature):
            return _refused(HTTPStatus.UNAUTHORIZED, "wrong signature")
        try:
            received = receive(body, self._now())
        except Malformed:
            return _refused(HTTPStatus.BAD_REQUEST, "no webhook body")
        if received.ignored:
            self.ignored += received.ignored
            _log.warning("webhook.ignored", events=received.ignored)
        if received.arrivals:
            self.received += len(received.arrivals)
            for arrival in received.arrivals:
                _log.info("webhook.received", event_id=arrival.id)
            try:
                await self._queue.put(received.arrivals)
            except Undurable:
                _log.error("webhook.undurable", event_ids=[arrival.id for arrival in received.arrivals])
                return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response()


def signed(secret: bytes, body: bytes, signature: str) -> bool:
    """Whether `signature` is LINE's for these raw bytes: base64 of HMAC-SHA256 with the channel's secret."""
    expected = base64.b64encode(hmac.digest(secret, body, "sha256"))
    return hmac.compare_digest(expected, signature.encode(errors="replace"))


def _refused(status: HTTPStatus, why: str) -> web.Response:
    _log.warning("webhook.refused", status=status.value, why=why)
    return web.Response(status=status)


async def _read(request: web.Request) -> bytes | None:
    """The raw body; None when it is too large, without having read it to its end."""
    if (request.content_length or 0) > LARGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)
