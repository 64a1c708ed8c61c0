"""Schedules fire once, in however many processes, and once after downtime."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.database import writing
from bot.scheduler import Scheduler, claim, latest_daily
from models.tables.reminder import ScheduleRun

ROOT = Path(__file__).parents[2]
BANGKOK = ZoneInfo("Asia/Bangkok")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=BANGKOK)


class Bell:
    """Rings daily at eight; each ring is a row of its own kind in the same transaction as its claim."""

    name = "bell"

    def __init__(self, *, breaks: bool = False) -> None:
        self.breaks = breaks
        self.rung: list[datetime] = []
        self.heard = asyncio.Event()

    async def due(self, now: datetime) -> datetime | None:
        return latest_daily(time(8), now)

    async def fire(self, due: datetime, now: datetime) -> None:
        async with writing() as connection:
            if await claim(connection, self.name, due, now):
                await ScheduleRun.create(name="rung", due_at=due, fired_at=now, using_db=connection)
                if self.breaks:
                    raise ConnectionError
        self.rung.append(due)
        self.heard.set()


async def rung() -> list[datetime]:
    """The moments for which the bell rang, as stored."""
    return [each.due_at.astimezone(BANGKOK) for each in await ScheduleRun.filter(name="rung").order_by("due_at")]


@pytest.mark.usefixtures("database")
async def test_a_moment_fires_once_also_after_a_restart() -> None:
    """Looks in the same process and in one that started anew find the moment claimed."""
    bell = Bell()
    for _ in range(2):
        scheduler = Scheduler([bell], lambda: NOW)
        await scheduler.look(bell)
        await scheduler.look(bell)
    assert await rung() == [NOW.replace(hour=8)]
    assert len(bell.rung) == 1


@pytest.mark.usefixtures("database")
async def test_downtime_is_caught_up_once() -> None:
    """After ten days without a process the latest moment fires, and none of those before it."""
    bell, clock = Bell(), [NOW]
    scheduler = Scheduler([bell], lambda: clock[0])
    await scheduler.look(bell)
    clock[0] = NOW + timedelta(days=10)
    await scheduler.look(bell)
    await scheduler.look(bell)
    assert await rung() == [NOW.replace(hour=8), NOW.replace(hour=8) + timedelta(days=10)]


@pytest.mark.usefixtures("database")
async def test_a_clock_that_jumps_and_is_put_right_changes_nothing() -> None:
    """A year ahead and back: that moment fired, the right ones fire as if nothing had been, and none fires twice."""
    bell, clock = Bell(), [NOW]
    scheduler = Scheduler([bell], lambda: clock[0])
    for moment in (NOW, NOW + timedelta(days=365), NOW, NOW + timedelta(days=1), NOW - timedelta(minutes=5)):
        clock[0] = moment
        await scheduler.look(bell)
    days = [each.date() - NOW.date() for each in await rung()]
    assert days == [timedelta(0), timedelta(days=1), timedelta(days=365)]


@pytest.mark.usefixtures("database")
async def test_a_firing_that_fails_leaves_nothing_and_is_tried_again() -> None:
    """The claim is taken back with what was written, so that the next look fires."""
    bell = Bell(breaks=True)
    scheduler = Scheduler([bell], lambda: NOW)
    with pytest.raises(ConnectionError):
        await scheduler.look(bell)
    assert await rung() == []
    bell.breaks = False
    await scheduler.look(bell)
    assert len(await rung()) == 1


@pytest.mark.usefixtures("database")
async def test_the_loop_goes_on_past_a_schedule_that_fails_and_ends_when_closed() -> None:
    """One broken schedule stops no other, and `close` ends the loop."""
    broken, bell = Bell(breaks=True), Bell()
    bell.name = "other bell"
    scheduler = Scheduler([broken, bell], lambda: NOW)
    running = asyncio.create_task(scheduler.run())
    async with asyncio.timeout(10):
        await bell.heard.wait()
        scheduler.close()
        await running
    assert broken.rung == []


_PROCESS = """
import asyncio, sys
from datetime import datetime
from bot.database import close_database, open_database
from bot.scheduler import Scheduler
from tests.bot.test_scheduler import NOW, Bell

async def main():
    await open_database(sys.argv[1])
    bell = Bell()
    print("ready", flush=True)
    sys.stdin.readline()
    await Scheduler([bell], lambda: NOW).look(bell)
    await close_database()
    print("done", flush=True)

asyncio.run(main())
"""


async def test_two_processes_fire_once(database: str) -> None:
    """Two processes look at the same moment at the same time: it has fired once."""
    processes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _PROCESS, database),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for _ in range(2)
    ]
    async with asyncio.timeout(60):
        for each in processes:
            assert each.stdout is not None
            assert await each.stdout.readline() == b"ready\n"
        said = await asyncio.gather(*(each.communicate(b"\n") for each in processes))
    assert all(out.endswith(b"done\n") for out, _ in said)
    assert len(await rung()) == 1
