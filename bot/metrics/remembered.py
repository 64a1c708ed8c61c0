"""An answer that is dear to get, remembered for a while, and never waited for longer than a scrape can wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

WAITED_FOR = 2.0
"""Seconds; Prometheus gives a scrape ten."""

T = TypeVar("T")


class Remembered(Generic[T]):
    """Asks at most once in `lasts` seconds, whether that succeeds or not. A scrape that ends breaks nothing off."""

    def __init__(
        self, ask: Callable[[], Awaitable[T]], lasts: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`ask` may raise; `clock` counts seconds."""
        self._ask = ask
        self._lasts = lasts
        self._clock = clock
        self._asked_at: float | None = None
        self._answer: asyncio.Future[T] | None = None
        """The last that came, or an exception."""
        self._asking: asyncio.Task[T] | None = None

    async def __call__(self) -> T:
        """The answer of now or of a while ago. Raises what asking raised, TimeoutError while there is none yet."""
        now = self._clock()
        if self._asking is None and (self._asked_at is None or now - self._asked_at >= self._lasts):
            self._asked_at = now
            self._asking = asyncio.ensure_future(self._ask())
        if self._asking is not None:
            await asyncio.wait([self._asking], timeout=WAITED_FOR)
            if self._asking is not None and self._asking.done():
                self._answer, self._asking = self._asking, None
        if self._answer is None:
            raise TimeoutError
        return self._answer.result()

    async def close(self) -> None:
        """Break off what is being asked: nobody will be told any more."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)
