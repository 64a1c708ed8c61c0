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
from bot.queue.seam import Undurable
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


async def test_a_stop_before_any_server_was_there() -> None:
    """Nothing to close, and nothing is raised."""
    queue = JetStreamQueue("nats://127.0.0.1:1")
    await queue.open()
    await asyncio.sleep(0.2)
    await asyncio.wait_for(queue.close(), 5)
