"""What goes wrong while a city writes. Each fault runs beside the writing, and leaves everything well behind it."""

from __future__ import annotations

import asyncio
import json
import resource
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import nats as nats_client

from bot.simulator.events import source
from bot.simulator.faults import Fault
from tests.faults.city import City
from tests.nats import Nats


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a fault may stop: the database server, the NATS servers. `seconds`: how long a fault has."""

    postgres: Any
    nats: tuple[Nats, ...]
    seconds: float


Act = Callable[[City, Surroundings], Awaitable[None]]
EVERYWHERE = ("sqlite", "postgres", "jetstream")


def killed(*roles: str) -> Act:
    async def act(city: City, around: Surroundings) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + around.seconds
        while loop.time() < until:
            await asyncio.sleep(city.dice.uniform(0.2, 1.0))
            process = city.some(*roles)
            process.kill()
            await city.again(process)

    return act


async def scheduler_killed(city: City, around: Surroundings) -> None:
    """Before it is due the only one dies; those after it die as they start, look, or write everybody's reminder."""
    loop = asyncio.get_running_loop()
    until = loop.time() + around.seconds
    process = city.some("scheduler")
    while loop.time() < until:
        process.kill()
        process = await city.again(process, ready=False)
        await asyncio.sleep(city.dice.uniform(1.0, 4.0))
    await city.until_ready(process)


async def rolled(city: City, around: Surroundings) -> None:
    """Every process is told to end and replaced, one after the other, as in an upgrade."""
    del around
    for process in list(city.processes):
        await asyncio.to_thread(process.kill, signal.SIGTERM)
        await city.again(process)


async def postgres_away(city: City, around: Surroundings) -> None:
    await asyncio.sleep(0.5)
    await asyncio.to_thread(around.postgres.stop)
    await asyncio.sleep(around.seconds)
    await asyncio.to_thread(around.postgres.start)
    for process in city.processes:
        await city.until_ready(process)


async def nats_node_killed(city: City, around: Surroundings) -> None:
    await asyncio.sleep(0.5)
    node = city.dice.choice(around.nats)
    node.kill()
    await asyncio.sleep(around.seconds)
    await asyncio.to_thread(node.start)


def line(*faults: Fault) -> Act:
    """Some of LINE's answers go wrong, one after the other, for replies and pushes alike, reminders among them."""

    async def act(city: City, around: Surroundings) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + around.seconds
        while loop.time() < until or not await city.reminded():
            for endpoint in ("reply", "push"):
                city.platform.faults.add(endpoint, *faults)
            await asyncio.sleep(0.4)
        await asyncio.sleep(3.0)  # until the outbox has seen what a scheduler wrote
        city.platform.faults.clear()

    return act


def line_out_of_time(*, accepted: bool) -> Act:
    """LINE takes longer than the bot waits, and has taken the message all the same, or never does."""
    return line(Fault(delay_s=12.0, after_accepting=accepted, reset=not accepted))


async def duplicates(city: City, around: Surroundings) -> None:
    """What was delivered is delivered again, in another order, from the first day's greeting to the last line."""
    for _ in range(3):
        await asyncio.sleep(around.seconds / 4)
        ids = [event_id for each in list(city.platform.deliveries) for event_id in each.event_ids]
        again = [*ids[:10], *ids[-40:]]
        city.dice.shuffle(again)
        city.platform.callback_url = city.front()
        for event_id in again:
            await city.platform.redeliver(event_id)


async def after_twenty_minutes(city: City, around: Surroundings) -> None:
    """LINE comes with what it could not deliver twenty minutes ago, some with a reply token that has just died."""
    await asyncio.sleep(around.seconds / 4)
    old = []
    for number, writer in enumerate(city.writers):
        text = f"บรรทัดเก่าของ {writer.unit}"
        event = city.platform.make.text(source(writer.person.id), text)
        event["timestamp"] -= (19 * 60 + (30 if number % 2 else 90)) * 1000
        event["deliveryContext"] = {"isRedelivery": True}
        city.platform.chat(writer.person.id).add("person", "message", message=event["message"])
        writer.lines.append(text)
        old.append(event)
    city.platform.callback_url = city.front()
    for event in old:
        await city.platform.send_events([event])
    await asyncio.sleep(around.seconds / 4)
    for event in old:
        city.platform.callback_url = city.front()
        await city.platform.redeliver(str(event["webhookEventId"]))


JUMPS = (timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1))


async def clock_jumps(city: City, around: Surroundings) -> None:
    """The machine's clock is set forward and back, by an hour and a day, and right again each time."""
    for jump in JUMPS:
        await asyncio.sleep(around.seconds / len(JUMPS) / 2)
        city.set_wrong(jump)
        await asyncio.sleep(around.seconds / len(JUMPS) / 2)
        city.set_wrong(timedelta())


async def disk_full(city: City, around: Surroundings) -> None:
    """No file may grow for a while."""
    (process,) = city.processes
    wal = Path(city.database_url.removeprefix("sqlite://") + "-wal")
    await asyncio.sleep(0.3)
    unlimited = resource.RLIM_INFINITY
    resource.prlimit(process.started.pid, resource.RLIMIT_FSIZE, (wal.stat().st_size, unlimited))
    await asyncio.sleep(around.seconds)
    resource.prlimit(process.started.pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))


async def poison(city: City, around: Surroundings) -> None:
    """Odd events between good ones, and in the stream something that is no event at all."""
    make = city.platform.make
    if around.nats:
        client = await nats_client.connect(around.nats[0].url)
        for partition in range(64):
            await client.jetstream().publish(f"RAINGAN.{partition}", b"\xff not an event")
        await client.close()
    for writer in city.writers:
        odd = make.message(source(writer.person.id), "hologram")
        odd["message"] = {"type": "text", "id": 7, "text": ["not", "a", "text"]}
        body = json.dumps({"destination": "U0", "events": [odd, {**odd, "source": None}]}).encode()
        city.platform.callback_url = city.front()
        await city.platform.post(body, city.platform.sign(body))


LIMIT = {"message": "The API rate limit has been exceeded. Try again later."}
MONTHLY = {"message": "You have reached your monthly limit."}
TO_ONE = {"message": "Too many messages have been sent to the same user."}
SLOW = Fault(delay_s=10.0)
FAULTS: Mapping[str, tuple[Act, tuple[str, ...]]] = {
    "a process killed with -9, again and again": (killed(), EVERYWHERE),
    "a web process killed with -9, again and again": (killed("web"), ("jetstream",)),
    "a worker killed with -9, again and again": (killed("worker"), ("jetstream",)),
    "the scheduler killed with -9, again and again": (scheduler_killed, ("jetstream",)),
    "a rolling restart": (rolled, EVERYWHERE),
    "PostgreSQL stopped and started": (postgres_away, ("postgres", "jetstream")),
    "one of three NATS servers killed": (nats_node_killed, ("jetstream",)),
    "LINE: 429, rate limit": (line(Fault(status=429, body=LIMIT)), EVERYWHERE),
    "LINE: 429, the month's quota": (line(Fault(status=429, body=MONTHLY)), EVERYWHERE),
    "LINE: 429, too many to one person": (line(Fault(status=429, body=TO_ONE)), EVERYWHERE),
    "LINE: 500": (line(Fault(status=500)), EVERYWHERE),
    "LINE: 500 after accepting": (line(Fault(status=500, after_accepting=True)), EVERYWHERE),
    "LINE: no answer in time, not accepted": (line_out_of_time(accepted=False), EVERYWHERE),
    "LINE: no answer in time, accepted": (line_out_of_time(accepted=True), EVERYWHERE),
    "LINE: connection reset before accepting": (line(Fault(reset=True)), EVERYWHERE),
    "LINE: connection reset after accepting": (line(Fault(reset=True, after_accepting=True)), EVERYWHERE),
    "LINE: a 200 that is not JSON": (line(Fault(status=200, after_accepting=True, body="<html>")), EVERYWHERE),
    "LINE: slow by 10 s": (line(SLOW), EVERYWHERE),
    "LINE: 401": (line(Fault(status=401)), EVERYWHERE),
    "duplicates, reordered": (duplicates, EVERYWHERE),
    "redelivered after 20 minutes": (after_twenty_minutes, EVERYWHERE),
    "the disk is full": (disk_full, ("sqlite",)),
    "the clock jumps forward and back": (clock_jumps, EVERYWHERE),
    "poison": (poison, EVERYWHERE),
}
IN_SMALL = (
    ("a process killed with -9, again and again", "sqlite"),
    ("PostgreSQL stopped and started", "jetstream"),
    ("LINE: connection reset after accepting", "postgres"),
    ("the disk is full", "sqlite"),
)
"""What `make test` runs; `make faults` runs everything, longer and with more people."""
