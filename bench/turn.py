"""A full turn: signed webhook in, state committed, reply call answered; beside the SDK's echo example, twice."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.figures import Spread, percentile, spread
from bench.line import Load, Measured, Person
from bench.office import ANSWERS, BEGIN, Stage, make_office, reporters
from bench.processes import LineProcess, bot, bot_environment, echo, line
from bench.servers import nats, postgres, postgres_database

ROUNDS = 7
VOID_AT_MOST = 3
"""Rounds of one load that may be void and are taken again; more end the bench."""
OURS, SHIPPED, TUNED = "Raingan", "SDK echo as shipped", "SDK echo tuned"

Say = Callable[[str], None]


class Void(Exception):
    """A run that does not count."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One load: how many turns are in flight, what LINE takes to answer, how many people answer three times each."""

    in_flight: int
    delay_s: float
    people: int


LOADS = (
    Shape(1, 0.0, 60),
    Shape(32, 0.0, 384),
    Shape(128, 0.0, 512),
    Shape(1, 0.05, 15),
    Shape(32, 0.05, 256),
    Shape(128, 0.05, 384),
)
LOADS_OF_SEVERAL = (Shape(32, 0.0, 384), Shape(128, 0.0, 512), Shape(128, 0.05, 384))
QUICK = (Shape(2, 0.0, 6), Shape(4, 0.01, 6))


@dataclass(slots=True)
class Arm:
    """What is measured: where it listens, and for the bot what lies behind it."""

    ports: list[int]
    stage: Stage | None = None


@dataclass(slots=True)
class Series:
    """The rounds of one load: turns a second and the 99th percentile of a turn in seconds, by arm."""

    shape: Shape
    rate: dict[str, list[float]] = field(default_factory=dict)
    p99: dict[str, list[float]] = field(default_factory=dict)
    void: int = 0

    def add(self, measured: dict[str, Measured]) -> None:
        for name, each in measured.items():
            self.rate.setdefault(name, []).append(each.events / each.seconds)
            self.p99.setdefault(name, []).append(percentile(each.turns, 99))

    def faster(self, name: str, peer: str) -> Spread:
        """How many times the peer's turns a second, round by round."""
        return spread(own / other for own, other in zip(self.rate[name], self.rate[peer], strict=True))

    def slower_p99(self, name: str, peer: str) -> Spread:
        """The 99th percentile as a multiple of the peer's, round by round."""
        return spread(own / other for own, other in zip(self.p99[name], self.p99[peer], strict=True))


async def one_process(folder: Path, say: Say, *, quick: bool) -> list[Series]:
    """One process on SQLite with synchronous=FULL, beside both peers."""
    loads = QUICK if quick else LOADS
    url = f"sqlite://{folder}/turns.sqlite3"
    await make_office(url, max(each.people for each in loads))
    async with line() as platform, bot(bot_environment(url, platform.address, folder)) as (port, _):
        return await _beside_the_peers(platform, [port], url, loads, say, rounds=1 if quick else ROUNDS)


async def several_processes(folder: Path, say: Say, *, quick: bool) -> list[Series]:
    """One web and two worker processes on PostgreSQL and JetStream, beside both peers."""
    loads = QUICK[:1] if quick else LOADS_OF_SEVERAL
    async with AsyncExitStack() as stack:
        server, queue = stack.enter_context(postgres(folder)), stack.enter_context(nats(folder))
        url = await stack.enter_async_context(postgres_database(server, "turns"))
        await make_office(url, max(each.people for each in loads))
        platform = await stack.enter_async_context(line())
        environment = bot_environment(url, platform.address, folder, NATS_URL=queue)
        ports = await stack.enter_async_context(_processes(environment, workers=2))
        return await _beside_the_peers(platform, ports, url, loads, say, rounds=1 if quick else ROUNDS)


@asynccontextmanager
async def _processes(environment: dict[str, str], workers: int) -> AsyncIterator[list[int]]:
    async with AsyncExitStack() as stack:
        for _ in range(workers):
            await stack.enter_async_context(bot(environment, "--role", "worker"))
        port, _ = await stack.enter_async_context(bot(environment, "--role", "web"))
        yield [port]


async def _beside_the_peers(
    platform: LineProcess, ports: list[int], url: str, loads: tuple[Shape, ...], say: Say, *, rounds: int
) -> list[Series]:
    async with echo(platform.address, tuned=False) as shipped, echo(platform.address, tuned=True) as tuned:
        stage = Stage(url)
        await stage.open()
        try:
            people = reporters(max(each.people for each in loads), [BEGIN])
            begun = await platform.run(Load(ports, people, in_flight=min(32, len(people))))
            if begun.void:
                raise Void(f"the reports could not be begun: {begun.void}")
            await stage.settled(len(people))
            await stage.keep()
            arms = {OURS: Arm(ports, stage), SHIPPED: Arm([shipped]), TUNED: Arm([tuned])}
            await _warm_up(platform, arms)
            return [await _series(platform, arms, shape, say, rounds) for shape in loads]
        finally:
            await stage.close()


async def _warm_up(platform: LineProcess, arms: dict[str, Arm]) -> None:
    for arm in arms.values():
        await _measured(platform, arm, Shape(8, 0.0, 4))


async def _series(platform: LineProcess, arms: dict[str, Arm], shape: Shape, say: Say, rounds: int) -> Series:
    """Rounds in which every arm has its turn once, in an order by lot."""
    series = Series(shape)
    while len(series.rate.get(OURS, ())) < rounds:
        order = list(arms)
        random.shuffle(order)
        try:
            series.add({name: await _measured(platform, arms[name], shape) for name in order})
        except Void as void:
            series.void += 1
            say(f"void: {void}")
            if series.void > VOID_AT_MOST:
                raise
            continue
        now = ", ".join(f"{name} {rates[-1]:,.0f}/s" for name, rates in series.rate.items())
        say(f"{shape.in_flight} in flight, LINE {shape.delay_s * 1000:.0f} ms, round {len(series.rate[OURS])}: {now}")
    return series


async def _measured(platform: LineProcess, arm: Arm, shape: Shape) -> Measured:
    """One run of one arm; raises Void when it does not count.

    The peers get no redeliveries: without any memory they would spend the reply token a second time.
    """
    people: list[Person] = reporters(shape.people, ANSWERS)
    if arm.stage is not None:
        await arm.stage.set_back()
    measured = await platform.run(
        Load(arm.ports, people, shape.in_flight, shape.delay_s, redeliver=arm.stage is not None)
    )
    if measured.void:
        raise Void(measured.void)
    if arm.stage is not None:
        await _stored(arm.stage, measured, shape)
    return measured


async def _stored(stage: Stage, measured: Measured, shape: Shape) -> None:
    """What was acknowledged is stored, once: each event handled, each report's narrative whole."""
    await stage.settled(measured.events)
    counted = await stage.count()
    expected = {"events": measured.events, "drafts": shape.people, "whole": shape.people}
    if counted != expected:
        raise Void(f"stored {counted} instead of {expected}")


Runs = Callable[..., Awaitable[list[Series]]]
