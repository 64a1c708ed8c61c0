"""The public pages while the bot has all it can handle: how long they take then, and what they cost the turns."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bench.figures import percentile, spread
from bench.line import Load
from bench.office import ANSWERS, BEGIN, Stage, make_office, reporters
from bench.pages import CODE, PAGE, fill
from bench.processes import LineProcess, bot, bot_environment, line
from bench.servers import postgres, postgres_database
from bot.database import close_database, open_database, writing

PEOPLE, IN_FLIGHT, ROUNDS = 384, 32, 5
VISITS_PER_SECOND = 50
CHANGES_EVERY = 0.5
"""Seconds after which something on the page has changed, so that it is read and rendered anew."""
ALONE_FOR = 3.0
"""Seconds of visits while nobody writes."""
TURNS, PAGES, BOTH = "turns", "pages", "both"

Say = Callable[[str], None]


@dataclass(slots=True)
class Loaded:
    """Round by round: turns a second without and with visitors; their waits in seconds without and with turns."""

    turns: list[float] = field(default_factory=list)
    turns_beside: list[float] = field(default_factory=list)
    waits: list[list[float]] = field(default_factory=list)
    waits_beside: list[list[float]] = field(default_factory=list)


async def page_load(folder: Path, say: Say, *, quick: bool) -> dict[str, Loaded]:
    """One bot process on each database; visitors come 50 a second whether they were answered or not."""
    found: dict[str, Loaded] = {}
    people, rounds, alone = (6, 1, 0.5) if quick else (PEOPLE, ROUNDS, ALONE_FOR)
    with postgres(folder) as server:
        async with postgres_database(server, "page_load") as url:
            for name, address in (("SQLite", f"sqlite://{folder / 'page_load.sqlite3'}"), ("PostgreSQL", url)):
                await make_office(address, people)
                await open_database(address)
                try:
                    await fill()
                finally:
                    await close_database()
                say(f"{name}: the office is filled")
                found[name] = await _measured(address, folder, people, rounds, alone)
                say(f"{name}: {found[name].turns_beside[-1]:,.0f} turns a second beside the pages")
    return found


def table(found: dict[str, Loaded]) -> str:
    """Turns a second and the pages' waits, each without and with the other."""
    lines = [
        "| one process | turns/s alone | with pages | with ÷ alone | a page alone: p50, p99 | beside turns: p50, p99 |",
        "| --- |" + " --- |" * 5,
    ]
    for name, each in found.items():
        share = spread(beside / alone for beside, alone in zip(each.turns_beside, each.turns, strict=True))
        waits = [
            ", ".join(f"{spread(percentile(one, rank) for one in rounds).median * 1000:.0f} ms" for rank in (50, 99))
            for rounds in (each.waits, each.waits_beside)
        ]
        cells = [
            f"{spread(each.turns).median:,.0f}",
            f"{spread(each.turns_beside).median:,.0f}",
            f"**{share}**",
            *waits,
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


async def _measured(url: str, folder: Path, people: int, rounds: int, alone: float) -> Loaded:
    loaded = Loaded()
    async with line() as platform, bot(bot_environment(url, platform.address, folder)) as (port, _):
        stage = Stage(url)
        await stage.open()
        try:
            await platform.run(Load([port], reporters(people, [BEGIN]), min(IN_FLIGHT, people)))
            await stage.settled(people)
            await stage.keep()
            await _turns(platform, stage, port, people)  # the first warms the caches of database and process
            for _ in range(rounds):
                for arm in random.sample((TURNS, PAGES, BOTH), 3):
                    if arm == TURNS:
                        loaded.turns.append(await _turns(platform, stage, port, people))
                        continue
                    async with _visitors(port) as waits:
                        if arm == BOTH:
                            loaded.turns_beside.append(await _turns(platform, stage, port, people))
                        else:
                            await asyncio.sleep(alone)
                    (loaded.waits_beside if arm == BOTH else loaded.waits).append(waits)
        finally:
            await stage.close()
    return loaded


async def _turns(platform: LineProcess, stage: Stage, port: int, people: int) -> float:
    """Turns a second of a full load. Raises RuntimeError when the run does not count."""
    await stage.set_back()
    measured = await platform.run(Load([port], reporters(people, ANSWERS), min(IN_FLIGHT, people)))
    if measured.void:
        raise RuntimeError(measured.void)
    await stage.settled(measured.events)
    return measured.events / measured.seconds


@asynccontextmanager
async def _visitors(port: int) -> AsyncIterator[list[float]]:
    """People who open the page meanwhile; how long each waited, in seconds. Raises RuntimeError for another answer."""
    waits: list[float] = []
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:

        async def visit() -> None:
            begun = time.perf_counter()
            async with session.get(PAGE) as answer:
                await answer.read()
                if answer.status != 200:
                    raise RuntimeError(f"{PAGE}: {answer.status}")
            waits.append(time.perf_counter() - begun)

        async def come() -> None:
            async with asyncio.TaskGroup() as visits:
                begun, number = time.perf_counter(), 0
                while True:
                    number += 1
                    visits.create_task(visit())
                    await asyncio.sleep(max(0.0, begun + number / VISITS_PER_SECOND - time.perf_counter()))

        async def change() -> None:
            while True:
                await asyncio.sleep(CHANGES_EVERY)
                async with writing() as connection:
                    await connection.execute_query(_CHANGE)

        await visit()  # there is one at least, however soon the turns are done
        coming, changing = asyncio.create_task(come()), asyncio.create_task(change())
        try:
            yield waits
        finally:
            for task in (coming, changing):
                if task.done():
                    task.result()
                task.cancel()
            await asyncio.gather(coming, changing, return_exceptions=True)


_CHANGE = (
    "UPDATE report SET version = version + 1 WHERE number = 900001 AND fiscal_year = 2570 AND quarter = 4"
    f" AND indicator_id = (SELECT id FROM indicator WHERE code = '{CODE}')"
)
