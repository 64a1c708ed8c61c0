"""A round's reminders from the plan to the last push, in a process of its own: the bot's schedule and its outbox.

Run as `python -m bench.reminding DATABASE_URL LINE_ADDRESS`; its last line is a `Reminded` as JSON. The three steps
follow one another here, where the bot sends what is written while it writes the rest: each is to have its own figure.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import msgspec

from bench.line import SECRET, TOKEN
from bot import logs
from bot.database import close_database, open_database
from bot.delivery.outbox import Outbox
from bot.line.client import LineClient, new_session
from bot.office import read_office, read_revision
from bot.reminders.schedule import Reminders
from bot.scheduler import Scheduler
from bot.turn_facts import Offices
from locales.catalog import words

MORNING = datetime.fromisoformat("2027-01-14T09:00:00+07:00")
"""A working day, the one before the round's due day."""
SENT_WITHIN = 1_200.0
"""Seconds; what has not arrived by then is missing."""
_TICK = 0.001
"""Seconds between two looks at the clock."""


class Step(msgspec.Struct):
    """How long a step took, and the longest time in which the loop did nothing else; seconds."""

    seconds: float = 0.0
    still: float = 0.0


class Reminded(msgspec.Struct):
    """What became of a round's reminders."""

    read: Step = msgspec.field(default_factory=Step)
    """Reading the office's set-up, which a process does once."""
    plan: Step = msgspec.field(default_factory=Step)
    """The month's plan, as `python -m bot remind --plan` prints it."""
    write: Step = msgspec.field(default_factory=Step)
    """The schedule's own look: it plans, and writes every message."""
    send: Step = msgspec.field(default_factory=Step)
    """From the outbox's look to the outcome of the last push in the database."""
    planned: int = 0
    """Reminders of this day and of the month's further days."""


@asynccontextmanager
async def _timed(step: Step) -> AsyncIterator[None]:
    """Measure what is done in this block."""

    async def look() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(_TICK)
            now = time.perf_counter()
            step.still, last = max(step.still, now - last - _TICK), now

    looking = asyncio.create_task(look())
    await asyncio.sleep(0)
    begun = time.perf_counter()
    try:
        yield
    finally:
        step.seconds = time.perf_counter() - begun
        await asyncio.sleep(2 * _TICK)
        looking.cancel()


async def remind(database_url: str, line_address: str) -> Reminded:
    """Remind everybody of the office in this database, whose clock begins at `MORNING`."""
    begun, found = time.perf_counter(), Reminded()

    def now() -> datetime:
        return MORNING + timedelta(seconds=time.perf_counter() - begun)

    await open_database(database_url)
    session = new_session()
    line = LineClient(session, api_base_url=line_address, access_token=TOKEN)
    offices = Offices(read_revision, read_office)
    reminders, outbox = Reminders(line, offices), Outbox(line, now)
    scheduler = Scheduler([reminders], now)
    try:
        # What a process does once, at its first call and its first sentence, is no part of a round.
        await line.quota()
        words("th")
        async with _timed(found.read):
            await reminders.due(now())
        async with _timed(found.plan):
            plan, _ = await reminders.plan_of(now())
        found.planned = len(plan.sent)
        async with _timed(found.write):
            await scheduler.look(reminders)
        async with _timed(found.send):
            await outbox.start()
            await outbox.left_behind.look()
            await outbox.drain(SENT_WITHIN)
            await outbox.unwritten.flush()
    finally:
        await outbox.close()
        await line.aclose()
        await session.close()
        await close_database()
    return found


if __name__ == "__main__":
    import uvloop

    logs.configure("info", SECRET, stream=sys.stderr)
    print(msgspec.json.encode(uvloop.run(remind(*sys.argv[1:]))).decode(), flush=True)
