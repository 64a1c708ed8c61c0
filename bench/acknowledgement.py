"""Overload: LINE's 200 while twice as much arrives as is handled, and the time until the backlog is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.figures import percentile
from bench.line import Load
from bench.office import BEGIN, Stage, make_office, reporters
from bench.processes import bot, bot_environment, line
from bench.servers import nats, postgres, postgres_database

SECONDS = 30.0
PEOPLE = 512
TALK = ("ช่วยเหลือ", "สถานะ", BEGIN, "ไว้ทีหลัง")
"""What people type over and over: every event is a turn of its own that ends as it began."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Overloaded:
    """What became of a load of twice the sustained rate. Times in seconds; rates are events a second."""

    sustained: float
    offered: float
    acknowledged_p50: float
    acknowledged_p99: float
    refused: int
    """Webhook calls that were not answered with 200, which LINE delivers again."""
    events: int
    drained: float
    """From the last event delivered to the last one answered."""
    missing: int


async def acknowledgement(folder: Path, say: Say, *, quick: bool) -> dict[str, Overloaded]:
    """On SQLite in one process, and on PostgreSQL with JetStream in one web and one worker process."""
    found = {}
    for name in ("SQLite", "PostgreSQL + JetStream"):
        found[name] = each = await _overloaded(name, folder, quick=quick)
        say(
            f"{name}: {each.offered:,.0f}/s offered, 200 after {each.acknowledged_p50 * 1000:.0f} ms (p50),"
            f" {each.acknowledged_p99 * 1000:.0f} ms (p99), drained in {each.drained:.1f} s"
        )
    return found


async def _overloaded(name: str, folder: Path, *, quick: bool) -> Overloaded:
    people = 8 if quick else PEOPLE
    async with line() as platform, _bot(name, folder, platform.address, people) as (port, url):
        stage = Stage(url)
        await stage.open()
        try:
            talks = reporters(people, TALK)
            sustained = await platform.run(Load([port], talks, in_flight=min(people, 128)))
            if sustained.void:
                raise RuntimeError(sustained.void)
            rate = sustained.events / sustained.seconds
            offered = 2 * rate
            seconds = 0.2 if quick else SECONDS
            steady = reporters(people, TALK * (int(offered * seconds / people / len(TALK)) + 1))
            run = await platform.run(Load([port], steady, in_flight=people, every_s=1 / offered, seconds=seconds))
            return Overloaded(
                sustained=rate,
                offered=offered,
                acknowledged_p50=percentile(run.acknowledged, 50),
                acknowledged_p99=percentile(run.acknowledged, 99),
                refused=sum(count for status, count in run.statuses.items() if status != "200"),
                events=run.events,
                drained=run.drained_s,
                missing=run.missing,
            )
        finally:
            await stage.close()


@asynccontextmanager
async def _bot(name: str, folder: Path, platform: str, people: int) -> AsyncIterator[tuple[int, str]]:
    async with AsyncExitStack() as stack:
        if name == "SQLite":
            url = f"sqlite://{folder}/overload.sqlite3"
            await make_office(url, people)
            port, _ = await stack.enter_async_context(bot(bot_environment(url, platform, folder)))
        else:
            server, queue = stack.enter_context(postgres(folder)), stack.enter_context(nats(folder))
            url = await stack.enter_async_context(postgres_database(server, "overload"))
            await make_office(url, people)
            environment = bot_environment(url, platform, folder, NATS_URL=queue)
            await stack.enter_async_context(bot(environment, "--role", "worker"))
            port, _ = await stack.enter_async_context(bot(environment, "--role", "web"))
        yield port, url
