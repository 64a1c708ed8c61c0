"""More than is handled at once: what waits behind a group is stored along with it, so LINE never waits for turns."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bot.dispatch import Dispatcher
from bot.office import read_office, read_revision
from bot.queue.embedded import SOON, EmbeddedQueue
from bot.queue.seam import Arrival
from bot.turn_facts import Offices
from bot.worker import MOST, Worker, stored_arrivals
from models.tables.chat import WebhookEvent
from tests.bot.turn_scene import SMALL, Scene, scene

pytestmark = pytest.mark.usefixtures("database")

PEOPLE, EACH = 30, 5


async def no_loading(_chat_id: str, _seconds: int) -> None:
    """Nobody looks at an animation here."""


def dispatcher_of(stage: Scene, queue: EmbeddedQueue) -> Dispatcher:
    return Dispatcher(stage.outbox, Offices(read_revision, read_office), stage.clock.now, SMALL, overflow=queue)


async def crowd(stage: Scene) -> list[Arrival]:
    """Everybody writes several texts, one after another, before any is handled."""
    for number in range(EACH):
        await stage.says(*(f"say {number}" for _ in range(PEOPLE)))
        stage.clock.forward(timedelta(seconds=1))
    return stage.caught


async def test_what_waits_behind_a_group_is_durable_with_it() -> None:
    """One commit of the first in each chat lets all of LINE's calls go; later each is handled once, in order."""
    async with scene(PEOPLE) as stage:
        queue = EmbeddedQueue()
        arrivals = await crowd(stage)
        assert len(arrivals) > SOON
        puts = [asyncio.create_task(queue.put([each])) for each in arrivals]
        await asyncio.sleep(0)
        group = await queue.take(MOST)
        outcomes = await dispatcher_of(stage, queue).handle(group)
        await queue.settle(outcomes)
        await asyncio.wait_for(asyncio.gather(*puts), 5)
        assert Counter([row.state for row in await WebhookEvent.all()]) == {
            "handled": PEOPLE,
            "waiting": PEOPLE * (EACH - 1),
        }
        await handled_to_the_end(stage, queue)


async def test_a_start_takes_up_all_that_was_left() -> None:
    """The process dies with a backlog: the next one handles it before anything newer, each event once."""
    async with scene(PEOPLE) as stage:
        queue = EmbeddedQueue()
        puts = [asyncio.create_task(queue.put([each])) for each in await crowd(stage)]
        await asyncio.sleep(0)
        await dispatcher_of(stage, queue).handle(await queue.take(MOST))
        for each in puts:
            each.cancel()
        await asyncio.gather(*puts, return_exceptions=True)
        fresh = EmbeddedQueue()
        fresh.restore(await stored_arrivals())
        await handled_to_the_end(stage, fresh)


async def test_what_is_put_off_keeps_its_chat_unstored() -> None:
    """Two write the same draft, and one is put off without a row: nothing newer of that chat has one before it."""
    async with scene(PEOPLE, shared=True) as stage:
        queue = EmbeddedQueue()
        first = await stage.says("keep a", "keep b")
        rest = (await crowd(stage))[2:]
        puts = [asyncio.create_task(queue.put([each])) for each in (*first, *rest)]
        await asyncio.sleep(0)
        group = await queue.take(2)
        assert {each.id for each in group} == {each.id for each in first}
        outcomes = await dispatcher_of(stage, queue).handle(group)
        put_off = next(each for each in group if outcomes[each.id].value == "deferred")
        rows = await WebhookEvent.all()
        assert put_off.chat_id not in {row.chat_id for row in rows}
        assert len(rows) == len(first) + len(rest) - 1 - EACH
        await queue.settle(outcomes)
        await handled_to_the_end(stage, queue)
        await asyncio.wait_for(asyncio.gather(*puts), 5)


async def handled_to_the_end(stage: Scene, queue: EmbeddedQueue) -> None:
    worker = Worker(queue, dispatcher_of(stage, queue).handle, no_loading, stage.clock.now)
    working = asyncio.create_task(worker.run())
    async with asyncio.timeout(20):
        while len(queue):  # noqa: ASYNC110 - it happens beside us
            await asyncio.sleep(0.01)
    await queue.close()
    await working
    await stage.delivered()
    assert {row.state for row in await WebhookEvent.all()} == {"handled"}
    for person in range(PEOPLE):
        said = [text for text in stage.heard(person) if text.startswith("say")]
        assert said == [f"say {number}" for number in range(EACH)]
