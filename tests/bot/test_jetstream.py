"""The stream itself: how often it is kept, whether readiness knows that it is gone, and a stop that never connected."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import nats as nats_client
import pytest
from nats.js import JetStreamContext

from bot.queue import jetstream
from bot.queue.jetstream import STREAM, JetStreamQueue
from bot.queue.partitions import partition_of
from bot.queue.pulling import Pulls
from bot.queue.seam import Settled, Undurable
from tests.bot.test_queue_contract import arrival
from tests.nats import Nats, nats_cluster


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await holds():  # noqa: ASYNC110 - NATS tells nobody
            await asyncio.sleep(0.1)


async def _connected(queue: JetStreamQueue) -> None:
    async def holds() -> bool:
        return queue.connected

    await _until(holds)


async def _kept_three_times(context: JetStreamContext) -> bool:
    return await _replicas(context) == 3


async def _replicas(context: JetStreamContext) -> int:
    return int((await context.stream_info(STREAM)).config.num_replicas or 0)


async def test_the_stream_is_spread_once_the_cluster_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made while one of three servers is away it is kept once; when that one has come, three times, and stays so."""
    monkeypatch.setattr(jetstream, "_LOOKS_EVERY", 0.1)
    monkeypatch.setattr(jetstream, "_SPREADS_EVERY", 0.5)
    with nats_cluster(tmp_path / "cluster", started=2) as (first, second, third):
        queue = JetStreamQueue(f"{first.url},{second.url}")
        await queue.open()
        await _connected(queue)
        client = await nats_client.connect(first.url)
        context = client.jetstream()
        assert await _replicas(context) == 1
        third.start()
        await _until(lambda: _kept_three_times(context))
        await queue.close()
        third.kill()
        again = JetStreamQueue(f"{first.url},{second.url}")
        await again.open()
        await _connected(again)
        assert await _replicas(context) == 3
        await again.close()
        await client.close()


async def test_readiness_knows_that_the_stream_does_not_answer(nats: Nats, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deleted under a connected process: it is made anew, and takes events again."""
    monkeypatch.setattr(jetstream, "_LOOKS_EVERY", 0.2)
    queue = JetStreamQueue(nats.url, stream="GONE")
    await queue.open()
    await _connected(queue)
    client = await nats_client.connect(nats.url)
    await client.jetstream().delete_stream("GONE")
    one = arrival("one")
    with pytest.raises(Undurable):
        await queue.put([one])
    assert not queue.connected
    await _connected(queue)
    await queue.put([one])
    assert (await client.jetstream().stream_info("GONE")).state.messages == 1
    await queue.close()
    await client.jetstream().delete_stream("GONE")
    await client.close()


async def test_a_partition_that_moves_under_load_stands_still_for_nobody(nats: Nats) -> None:
    """Whatever is under way when it moves, the next process goes on at once, in order: nothing waits for `ack_wait`."""
    stream, held = "MOVES", {partition_of("a")}
    queues = [JetStreamQueue(nats.url, stream=stream, ack_wait=60) for _ in range(2)]
    for each in queues:
        await each.open()
        await _connected(each)
    seen: list[str] = []
    moved = asyncio.Event()

    async def work(queue: JetStreamQueue) -> None:
        while group := await queue.take(64):
            seen.extend(each.id for each in group)
            moved.set()
            await queue.settle({each.id: Settled.HANDLED for each in group})

    async def put() -> None:
        for second in range(100_000):
            await queues[0].put([arrival(f"a{second:05}", second)])

    beside = [asyncio.create_task(each) for each in (*map(work, queues), put())]
    for turn in range(40):
        queue = queues[turn % 2]
        queue.assign(held)
        moved.clear()
        await asyncio.wait_for(moved.wait(), 20)
        await asyncio.sleep(turn / 2_000)
        await queue.withdraw(held)
    assert seen == sorted(set(seen))
    beside[-1].cancel()
    for each in queues:
        await each.close()
    await asyncio.gather(*beside, return_exceptions=True)


async def test_what_is_handed_out_to_nobody_goes_back(nats: Nats) -> None:
    """A message that comes while its asking is broken off, and one that comes after it, are the next one's at once."""
    client = await nats_client.connect(nats.url)
    context = client.jetstream()
    await context.add_stream(name="BACK", subjects=["back"])
    await context.add_consumer("BACK", durable_name="one", ack_wait=600, max_ack_pending=1)
    await context.publish("back", b"1")
    pulls = Pulls("BACK", 1)
    for heard in (False, True):
        async with pulls.of(client, "one") as pull:
            asking = asyncio.ensure_future(pull())
            await asyncio.sleep(0)
            if heard:
                await client.flush()
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
    async with pulls.of(client, "one") as pull:
        found = await pull()
        assert found is not None
        await found.ack_sync()
        assert await pull() is None
    await pulls.close()
    await client.close()


async def test_a_stop_before_any_server_was_there() -> None:
    """Nothing to close, and nothing is raised."""
    queue = JetStreamQueue("nats://127.0.0.1:1")
    await queue.open()
    await asyncio.sleep(0.2)
    await asyncio.wait_for(queue.close(), 5)
