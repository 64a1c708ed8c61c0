"""The end of a process: everything that stops shares one deadline, and what has not ended by then is broken off.

Breaking off is what a kill would do, which loses nothing: an event is LINE's or the stream's until its commit, and what
was committed to be said is in the database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

STOPS_WITHIN = 9.0
"""Seconds from the signal to the end: systemd and compose kill after twenty, and the contract says ten."""
_AT_LEAST = 0.1

_log = structlog.get_logger()


class Stopping:
    """The time that is left. It runs from `begin`, or from the first that asks."""

    def __init__(self) -> None:
        self._began: float | None = None

    def begin(self) -> None:
        """The signal has come."""
        if self._began is None:
            self._began = asyncio.get_running_loop().time()

    def left(self, share: float) -> float:
        """Seconds until this share (0 to 1) of the whole time is over; never quite nothing."""
        self.begin()
        assert self._began is not None  # noqa: S101 - begun
        return max(_AT_LEAST, self._began + share * STOPS_WITHIN - asyncio.get_running_loop().time())

    async def end(self, share: float, *ending: asyncio.Task[Any] | Coroutine[Any, Any, Any]) -> None:
        """Let these come to their end until this share of the whole time is over, then break them off."""
        tasks = [asyncio.ensure_future(each) for each in ending]
        _, late = await asyncio.wait(tasks, timeout=self.left(share))
        for task in late:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                _log.warning("stopping.failed", error=type(outcome).__name__)
        if late:
            _log.warning("stopping.broken_off", tasks=len(late))
