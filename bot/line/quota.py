"""What LINE last said of the month's quota, for those who cannot wait for it: a turn never calls LINE."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog

from bot.line.client import CallFailed, Quota

LASTS = 300.0
"""Seconds; LINE's own count is approximate, so asking more often tells no more."""

_log = structlog.get_logger()


class KnownQuota:
    """The last answer. Whoever wants it has it asked for again, for the next one, when it is old."""

    def __init__(self, ask: Callable[[], Awaitable[Quota]], clock: Callable[[], float] = time.monotonic) -> None:
        """`ask` may raise CallFailed; `clock` counts seconds."""
        self._ask = ask
        self._clock = clock
        self._asked_at: float | None = None
        self._wanted = asyncio.Event()
        self._wanted.set()  # so that whoever asks first, soon after a start, has an answer
        self.last: Quota | None = None
        """None before the first answer."""

    def __call__(self) -> Quota | None:
        self._wanted.set()
        return self.last

    async def run(self) -> None:
        """Ask whenever it is wanted and old; until it is cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            if self._asked_at is None or self._clock() - self._asked_at >= LASTS:
                self._asked_at = self._clock()
                try:
                    self.last = await self._ask()
                except CallFailed as failed:
                    self._asked_at = None
                    _log.warning("quota.unknown", status=failed.status)
