"""LINE's rate limits as token buckets, so that a burst of ours waits here instead of being refused there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

CALLS_PER_SECOND = {"reply": 2_000, "push": 2_000, "multicast": 200, "loading": 100}
"""A channel's limits by endpoint (Messaging API reference, "Rate limits")."""


class TokenBucket:
    """At most `per_second` calls in any second in the long run, and as many at once after a pause.

    LINE counts a channel's calls, whichever process makes them: `processes` says among how many they are shared.
    """

    def __init__(
        self, per_second: int, clock: Callable[[], float] = time.monotonic, processes: Callable[[], int] = lambda: 1
    ) -> None:
        self._per_channel = per_second
        self._clock = clock
        self._processes = processes
        self._tokens = per_second / processes()
        self._filled_at = clock()

    def take(self) -> float:
        """Take a token and return the seconds to wait until it is due, 0 when one was there."""
        now, per_second = self._clock(), self._per_channel / self._processes()
        refill = max(0.0, now - self._filled_at) * per_second
        self._tokens = min(per_second, self._tokens + refill) - 1
        self._filled_at = now
        return max(0.0, -self._tokens / per_second)

    async def wait(self) -> None:
        """Return when the call may be made."""
        delay = self.take()
        if delay > 0:
            await asyncio.sleep(delay)
