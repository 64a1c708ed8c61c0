"""Growth: a turn and the status card over ever more stored reports, on both databases."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.figures import Spread, percentile, spread
from bench.line import Load
from bench.office import ANSWERS, BEGIN, Stage, make_office, reporters
from bench.processes import bot, bot_environment, line
from bench.servers import postgres, postgres_database

SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUICK_SIZES = (100,)
ROUNDS = 5
LIBRARIES, QUICK_LIBRARIES = 64, 4
STATUS = "สถานะ"

Say = Callable[[str], None]


@dataclass(slots=True)
class Grown:
    """Medians of a turn and of the status card in seconds, by database and number of stored reports, a round each."""

    turn: dict[tuple[str, int], list[float]] = field(default_factory=dict)
    status: dict[tuple[str, int], list[float]] = field(default_factory=dict)

    def against_least(self, of: dict[tuple[str, int], list[float]], database: str, size: int) -> Spread:
        """What it takes as a multiple of what it takes with the fewest reports, round by round."""
        least = min(stored for name, stored in of if name == database)
        return spread(own / few for own, few in zip(of[database, size], of[database, least], strict=True))


async def growth(folder: Path, say: Say, *, quick: bool) -> Grown:
    """One office after another, each with a bot of its own, in as many rounds; the least is measured first."""
    grown = Grown()
    sizes, rounds, libraries = (QUICK_SIZES, 1, QUICK_LIBRARIES) if quick else (SIZES, ROUNDS, LIBRARIES)
    with postgres(folder) as server:
        for database in ("SQLite", "PostgreSQL"):
            for size in sizes:
                async with _office(database, server, folder, libraries, size) as url:
                    await _measured(grown, (database, size), url, folder, libraries=libraries, rounds=rounds)
                say(f"{database}, {size:,} reports: a turn {min(grown.turn[database, size]) * 1000:.1f} ms")
    return grown


@asynccontextmanager
async def _office(database: str, server: str, folder: Path, libraries: int, size: int) -> AsyncIterator[str]:
    """The office with so many stored reports: its own of last quarter, the rest of earlier years and other units."""
    if database == "SQLite":
        path = folder / f"grown-{size}.sqlite3"
        url = f"sqlite://{path}"
        await make_office(url, libraries, stored=size)
        yield url
        path.unlink()
        return
    async with postgres_database(server, f"grown_{size}") as url:
        await make_office(url, libraries, stored=size)
        yield url


async def _measured(grown: Grown, key: tuple[str, int], url: str, folder: Path, *, libraries: int, rounds: int) -> None:
    people = reporters(libraries, [BEGIN])
    async with line() as platform, bot(bot_environment(url, platform.address, folder)) as (port, _):
        stage = Stage(url)
        await stage.open()
        try:
            await platform.run(Load([port], people, 4))
            await stage.settled(len(people))
            await stage.keep()
            os.sync()  # what making the office left for the disk to write would be measured along with each commit
            for number in range(rounds + 1):
                await stage.set_back()
                turns = await platform.run(Load([port], reporters(libraries, ANSWERS), 1))
                cards = await platform.run(Load([port], reporters(libraries, [STATUS]), 1))
                for measured in (turns, cards):
                    if measured.void:
                        raise RuntimeError(f"{key}: {measured.void}")
                if number:  # the first warms the caches of database and process
                    grown.turn.setdefault(key, []).append(percentile(turns.turns, 50))
                    grown.status.setdefault(key, []).append(percentile(cards.turns, 50))
        finally:
            await stage.close()
