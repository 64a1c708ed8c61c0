"""Partitions shared among processes by leases in PostgreSQL, whose clock is the one that counts between machines.

A process looks every second and a half: it renews what it holds, takes its share of what nobody holds, and gives up
what is more than its share, once the turns and answers of that are through. One that is killed holds nothing six
seconds later.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from math import ceil
from typing import Any
from uuid import uuid4

import structlog

from bot import sql
from bot.database import writing
from bot.queue import statements
from bot.queue.partitions import PARTITIONS, partition_of

LIVES = 6.0
"""Seconds a lease lives without being renewed."""
LOOKS_EVERY = 1.5

_log = structlog.get_logger()

Moved = Callable[[frozenset[int]], Awaitable[None]]


def _now() -> float:
    """Seconds since the machine was started, those in which it slept included: what the monotonic clock leaves out."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Leases:
    """`bot.queue.partitions.Partitions`, shared with other processes.

    `taken` is awaited with partitions that have become this process's, before anything of theirs is done; `lost` with
    those that have become somebody else's; `finish` before some are given up, and is to return once nothing of theirs
    is under way.
    """

    def __init__(self, *, taken: Moved, finish: Moved, lost: Moved, owner: str = "") -> None:
        self.owner = owner or str(uuid4())
        self.processes = 1
        self._taken, self._finish, self._lost = taken, finish, lost
        self._held: frozenset[int] = frozenset()
        self._leaving: frozenset[int] = frozenset()
        self._sure_until = 0.0
        self._giving_up: asyncio.Task[None] | None = None
        self._looking = asyncio.Lock()
        """What is given up must not be renewed in the same moment."""

    @property
    def held(self) -> frozenset[int]:
        """The partitions that this process has leased."""
        return self._held

    def holds(self, chat_id: str) -> bool:
        # By this machine's own time since it was started: one that slept through its lease must not send after it.
        return self.owns(chat_id) and _now() < self._sure_until

    def owns(self, chat_id: str) -> bool:
        return partition_of(chat_id) in self._held

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop`; then everything is given up. The database may be away in between."""
        while not stop.is_set():
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - the database is away: what is held runs out by itself
                _log.warning("leases.cannot_look", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOKS_EVERY)

    async def look(self) -> None:
        """Renew, take, and begin to give up, once."""
        async with self._looking:
            await self._look()

    async def _look(self) -> None:
        asked = _now()
        async with writing() as connection:
            await sql.run(connection, statements.ADD_PARTITIONS, PARTITIONS)
            await sql.run(connection, statements.SIGN_IN, self.owner, LIVES)
            renewed = await sql.fetch(connection, statements.RENEW_LEASES, LIVES, self.owner)
            alive = await sql.fetch(connection, statements.COUNT_PROCESSES)
            share = ceil(PARTITIONS / alive[0]["processes"])
            mine = frozenset(row["id"] for row in renewed)
            found: Sequence[Any] = ()
            if len(mine) < share:
                found = await sql.fetch(connection, statements.TAKE_LEASES, self.owner, LIVES, share - len(mine))
        self.processes = alive[0]["processes"]
        self._sure_until = asked + LIVES
        lost = self._held - mine
        if lost:
            self._held -= lost
            _log.warning("leases.lost", partitions=len(lost))
            await self._lost(lost)
        # What a look that failed after its commit had taken is renewed here without being held: it is new as well.
        new = (frozenset(row["id"] for row in found) | mine) - self._held
        if new:
            self._held |= new
            _log.info("leases.taken", partitions=len(new), held=len(self._held), processes=self.processes)
            await self._taken(new)
        surplus = len(self._held - self._leaving) - share
        if surplus > 0 and (self._giving_up is None or self._giving_up.done()):
            self._giving_up = asyncio.create_task(self._give_up(sorted(self._held)[-surplus:]))

    async def close(self) -> None:
        """Give everything up at once, so that the others need not wait for it to run out. What is under way is over."""
        if self._giving_up is not None:
            with suppress(Exception):
                await self._giving_up
        held, self._held = self._held, frozenset()
        try:
            async with writing() as connection:
                await sql.run(connection, statements.GIVE_UP_LEASES, self.owner, sorted(held))
                await sql.run(connection, statements.SIGN_OUT, self.owner)
        except Exception as error:  # noqa: BLE001 - then they run out
            _log.warning("leases.not_given_up", error=type(error).__name__)

    async def _give_up(self, partitions: Collection[int]) -> None:
        self._leaving = frozenset(partitions)
        try:
            await self._finish(self._leaving)
            async with self._looking, writing() as connection:
                still_mine = self._leaving & self._held
                self._held -= still_mine
                await sql.run(connection, statements.GIVE_UP_LEASES, self.owner, sorted(still_mine))
            _log.info("leases.given_up", partitions=len(still_mine), held=len(self._held))
        except Exception as error:  # noqa: BLE001 - then they run out
            _log.warning("leases.not_given_up", error=type(error).__name__)
        finally:
            self._leaving = frozenset()
