"""Schedules: what is to happen at certain moments happens once, in however many processes this loop runs.

A schedule's latest moment up to now is looked at; if no process has claimed it, it fires. Moments before that one are
never made up for, so after any downtime there is one firing. The claim commits together with what the firing wrote:
a process that is killed in the middle has done nothing, and the next look, here or elsewhere, does it. Time is that of
the bot's clock, and a clock that jumped and was put right leaves nothing behind: each moment has its own row.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import Protocol

import structlog
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection

from bot import sql

LOOKS_EVERY = 5.0
"""Seconds between two looks; whoever moves the clock in a test looks by hand."""

_RUN = sql.Statement("SELECT id FROM schedule_run WHERE name = ? AND due_at = ?")
_ADD_RUN = sql.insert(
    "schedule_run", "name", "due_at", "fired_at", then="ON CONFLICT (name, due_at) DO NOTHING RETURNING id"
)

_log = structlog.get_logger()


class Schedule(Protocol):
    """Something that happens at certain moments. `name` (at most 32 characters) is how it is known in the database."""

    @property
    def name(self) -> str: ...

    async def due(self, now: datetime) -> datetime | None:
        """The latest moment up to `now` at which it is to fire; None while there is none."""

    async def fire(self, due: datetime, now: datetime) -> object:
        """Do what is to be done at `due`, and `claim` it in the transaction that writes it."""


class Scheduler:
    """Looks until it is closed. `now` gives aware times in the office's zone."""

    def __init__(self, schedules: Sequence[Schedule], now: Callable[[], datetime]) -> None:
        self._schedules = schedules
        self._now = now
        self._settled: dict[str, datetime] = {}
        self._closed = asyncio.Event()
        self._looking = asyncio.Lock()
        self.fired: Counter[str] = Counter()
        """Schedules by name, as often as this process fired them."""
        self.failed: Counter[str] = Counter()
        """And as often as they failed here."""

    @property
    def names(self) -> list[str]:
        """The schedules' names."""
        return [schedule.name for schedule in self._schedules]

    async def run(self) -> None:
        """Look every few seconds, until `close`. A schedule that fails is tried again at the next look."""
        while not self._closed.is_set():
            await self.look_at_all()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closed.wait(), LOOKS_EVERY)

    async def look_at_all(self) -> None:
        """Look at each schedule now; a look that is under way comes to its end first."""
        async with self._looking:
            for schedule in self._schedules:
                try:
                    await self.look(schedule)
                except Exception:  # noqa: BLE001 - logged; the database may be away, and the others go on
                    self.failed[schedule.name] += 1
                    _log.exception("scheduler.stumbled", schedule=schedule.name)

    async def look(self, schedule: Schedule) -> None:
        """Fire it if its latest moment has not been claimed yet, here or by another process."""
        now = self._now()
        due = await schedule.due(now)
        if due is None or self._settled.get(schedule.name) == due:
            return
        if not await sql.fetch(get_connection("default"), _RUN, schedule.name, due):
            await schedule.fire(due, now)
            self.fired[schedule.name] += 1
            _log.info("scheduler.fired", schedule=schedule.name, due=due.isoformat())
        self._settled[schedule.name] = due

    def close(self) -> None:
        """Let `run` end once what is firing has committed."""
        self._closed.set()


async def claim(connection: BaseDBAsyncClient, name: str, due: datetime, now: datetime) -> bool:
    """Whether this transaction is the one that fires `name` for the moment `due`; another waits for its end."""
    return bool(await sql.returned(connection, _ADD_RUN, name, due, now))


def latest_daily(at: time, now: datetime) -> datetime:
    """The latest moment up to `now` that has this time of the office's day."""
    today = datetime.combine(now.date(), at, now.tzinfo)
    return today if today <= now else datetime.combine(now.date() - timedelta(days=1), at, now.tzinfo)
