"""What every queue behind the seam holds, over both implementations; then what only the embedded one promises."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.queue.embedded import EmbeddedQueue
from bot.queue.jetstream import JetStreamQueue
from bot.queue.partitions import partition_of
from bot.queue.seam import Arrival, Queue, Settled, Undurable
from tests.nats import Nats

START = datetime(2026, 11, 22, 2, tzinfo=UTC)
SOON = 0.05


def embedded() -> EmbeddedQueue:
    return EmbeddedQueue(pauses=(0.01, 0.02))


@asynccontextmanager
async def jetstream(nats: Nats) -> AsyncIterator[JetStreamQueue]:
    """A queue on a stream of its own, which holds the partitions of the chats below."""
    queue = JetStreamQueue(nats.url, stream=f"S{uuid4().hex}", pauses=(0.01, 0.02), ack_wait=1)
    await queue.open()
    async with asyncio.timeout(20):
        while not queue.connected:  # noqa: ASYNC110 - it happens beside us
            await asyncio.sleep(0.01)
    queue.assign({partition_of(chat) for chat in "abc"})
    yield queue
    await asyncio.wait_for(queue.close(), 5)


@pytest.fixture(params=["embedded", "jetstream"])
async def queue(request: pytest.FixtureRequest) -> AsyncIterator[Queue]:
    if request.param == "jetstream":
        async with jetstream(request.getfixturevalue("nats")) as made:
            yield made
        return
    alone = embedded()
    yield alone
    await asyncio.wait_for(alone.close(), 1)


def arrival(name: str, second: int = 0, chat: str = "") -> Arrival:
    """Arrival `a1` is of chat `a` unless said otherwise."""
    return Arrival(name, chat or name[0], START + timedelta(seconds=second), START, "{}")


def ids(group: Sequence[Arrival]) -> list[str]:
    return [taken.id for taken in group]


async def begin(putting: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Start a put and let it get as far as it can."""
    task = asyncio.create_task(putting)
    await asyncio.sleep(0)
    return task


async def delivered(queue: Queue, *arrivals: Arrival) -> None:
    """As LINE does it: what is not taken for durable is delivered again."""
    while True:
        with suppress(Undurable):
            return await queue.put(arrivals)
        await asyncio.sleep(0.01)


async def take(queue: Queue, count: int = 1, most: int = 64) -> list[Arrival]:
    """This many arrivals, in one group or in several."""
    taken: list[Arrival] = []
    async with asyncio.timeout(10):
        while len(taken) < count:
            taken += await queue.take(most)
    assert len(taken) == count
    return taken


async def settle(queue: Queue, group: Sequence[Arrival], settled: Settled = Settled.HANDLED) -> None:
    await queue.settle({taken.id: settled for taken in group})


async def nothing_to_take(queue: Queue) -> bool:
    with suppress(TimeoutError):
        return not await asyncio.wait_for(queue.take(64), SOON)
    return True


def test_the_chats_of_these_tests_have_a_partition_each() -> None:
    """Two chats of one partition would wait for each other."""
    assert len({partition_of(chat) for chat in "abc"}) == 3


async def test_it_says_whether_more_of_a_chat_is_to_come(queue: Queue) -> None:
    """From the first that is taken until the last is settled, for this chat and not for another one."""
    putting = await begin(queue.put([arrival("a1"), arrival("a2", 1), arrival("b1")]))
    first = await take(queue, 2)
    assert [queue.behind("a"), queue.behind("b"), queue.behind("c")] == [True, True, False]
    await settle(queue, first)
    second = await take(queue)
    assert queue.behind("a")
    await settle(queue, second)
    await asyncio.wait_for(putting, 5)
    async with asyncio.timeout(5):
        while queue.behind("a") or queue.behind("b"):  # noqa: ASYNC110 - JetStream hears of it a moment later
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("settled", [Settled.HANDLED, Settled.DUPLICATE, Settled.RETRY, Settled.SET_ASIDE])
async def test_a_put_comes_to_its_end(queue: Queue, settled: Settled) -> None:
    """Whichever way an arrival is settled, who put it hears that it is durable; a retry comes again."""
    putting = await begin(queue.put([arrival("a1"), arrival("b1")]))
    await settle(queue, await take(queue, 2), settled)
    await asyncio.wait_for(putting, 5)
    if settled is Settled.RETRY:
        await settle(queue, await take(queue, 2))
    assert await nothing_to_take(queue)


async def test_one_arrival_a_chat_the_oldest(queue: Queue) -> None:
    """By LINE's timestamp, then by id; the same chat's next one comes only after the first is settled."""
    putting = await begin(queue.put([arrival("a2", 2), arrival("a1", 1), arrival("b9", 1), arrival("b1", 1)]))
    first = await take(queue, 2)
    assert sorted(ids(first)) == ["a1", "b1"]
    assert await nothing_to_take(queue)
    await settle(queue, first)
    second = await take(queue, 2)
    assert sorted(ids(second)) == ["a2", "b9"]
    await settle(queue, second)
    await asyncio.wait_for(putting, 5)


async def test_a_group_is_at_most_as_large_as_asked(queue: Queue) -> None:
    """The rest is there at the next take."""
    putting = await begin(queue.put([arrival("a1"), arrival("b1"), arrival("c1")]))
    taken: list[Arrival] = []
    async with asyncio.timeout(10):
        while len(taken) < 3:
            group = await queue.take(2)
            assert len(group) <= 2
            taken += group
    assert sorted(ids(taken)) == ["a1", "b1", "c1"]
    await settle(queue, taken)
    await asyncio.wait_for(putting, 5)


async def test_take_waits_for_an_arrival(queue: Queue) -> None:
    """Someone who waits on an empty queue gets what comes next."""
    taking = asyncio.ensure_future(queue.take(64))
    await asyncio.sleep(0)
    putting = await begin(queue.put([arrival("a1")]))
    assert ids(await asyncio.wait_for(taking, 10)) == ["a1"]
    await queue.settle({"a1": Settled.HANDLED})
    await asyncio.wait_for(putting, 5)


async def test_a_retry_comes_again_after_a_pause_and_before_anything_newer(queue: Queue) -> None:
    """The failed one is durable, and nobody's second message overtakes their first; other chats go on."""
    putting = await begin(queue.put([arrival("a1", 1)]))
    await settle(queue, await take(queue), Settled.RETRY)
    await asyncio.wait_for(putting, 5)
    more = await begin(queue.put([arrival("a2", 2), arrival("b1", 1)]))
    both = await take(queue, 2)
    assert sorted(ids(both)) == ["a1", "b1"]
    assert {taken.id: taken.attempts for taken in both} == {"a1": 1, "b1": 0}
    await settle(queue, both)
    last = await take(queue)
    assert ids(last) == ["a2"]
    await settle(queue, last)
    await asyncio.wait_for(more, 5)


async def test_a_deferred_one_comes_again_at_once(queue: Queue) -> None:
    """It does not count as an attempt."""
    putting = await begin(queue.put([arrival("a1", 1), arrival("a2", 2)]))
    await settle(queue, await take(queue), Settled.DEFERRED)
    again = await take(queue)
    assert (ids(again), again[0].attempts) == (["a1"], 0)
    await settle(queue, again)
    await settle(queue, await take(queue))
    await asyncio.wait_for(putting, 5)


async def test_a_failed_group_is_handled_in_the_end(queue: Queue) -> None:
    """Nothing was committed: LINE hears of it and delivers again, or the queue had it and hands it out again."""
    delivering = await begin(delivered(queue, arrival("a1"), arrival("b1")))
    await queue.fail(await take(queue, 2))
    again = await take(queue, 2)
    assert sorted(ids(again)) == ["a1", "b1"]
    await settle(queue, again)
    await asyncio.wait_for(delivering, 5)
    assert await nothing_to_take(queue)


async def test_what_is_put_twice_is_taken_once(queue: Queue) -> None:
    """A duplicate that arrives while the first is under way ends with it."""
    first = await begin(queue.put([arrival("a1"), arrival("a1")]))
    group = await take(queue)
    second = await begin(queue.put([arrival("a1")]))
    assert await nothing_to_take(queue)
    await settle(queue, group)
    await asyncio.wait_for(asyncio.gather(first, second), 5)
    assert await nothing_to_take(queue)


async def test_close_lets_what_was_taken_end(queue: Queue) -> None:
    """Shutting down drains: a turn under way is settled, nothing more is handed out or taken in."""
    putting = await begin(queue.put([arrival("a1", 1)]))
    group = await take(queue)
    closing = asyncio.ensure_future(queue.close())
    await asyncio.sleep(0)
    assert await queue.take(64) == ()
    assert not closing.done()
    await settle(queue, group)
    await asyncio.wait_for(asyncio.gather(closing, putting), 5)
    with pytest.raises(Undurable):
        await queue.put([arrival("c1")])


async def test_close_ends_a_take_that_waits(queue: Queue) -> None:
    """The worker comes home when nothing is under way."""
    taking = asyncio.ensure_future(queue.take(64))
    await asyncio.sleep(0)
    await queue.close()
    assert await asyncio.wait_for(taking, 5) == ()


async def test_what_the_database_holds_is_restored_and_never_dropped(queue: Queue) -> None:
    """A restored arrival is taken in its order, once, and again when its group fails."""
    queue.restore([arrival("a2", 2), arrival("a1", 1)])
    queue.restore([arrival("a1", 1)])
    group = await take(queue)
    assert ids(group) == ["a1"]
    queue.restore(group)
    await queue.fail(group)
    again = await take(queue)
    assert (ids(again), again[0].attempts) == (["a1"], 0)
    await settle(queue, again)
    await settle(queue, await take(queue))
    assert await nothing_to_take(queue)


# ── the embedded queue alone: a put is durable when its turn is committed ───────────────────────────────────────────
async def test_put_returns_once_every_arrival_is_settled() -> None:
    """Not before the last of them is."""
    queue = embedded()
    putting = await begin(queue.put([arrival("a1"), arrival("b1")]))
    group = await take(queue, 2)
    await settle(queue, group[:1])
    await asyncio.sleep(0)
    assert not putting.done()
    await settle(queue, group[1:])
    await asyncio.wait_for(putting, 1)


async def test_a_failed_group_is_undurable_for_who_put_it() -> None:
    """Nothing was committed: LINE must hear of it."""
    queue = embedded()
    putting = await begin(queue.put([arrival("a1"), arrival("b1")]))
    await queue.fail(await take(queue, 2))
    with pytest.raises(Undurable):
        await asyncio.wait_for(putting, 1)


async def test_close_refuses_what_waits() -> None:
    """What no turn has taken yet is delivered again by LINE."""
    queue = embedded()
    taken = await begin(queue.put([arrival("a1", 1)]))
    group = await take(queue)
    waiting = await begin(queue.put([arrival("a2", 2), arrival("b1")]))
    closing = asyncio.ensure_future(queue.close())
    with pytest.raises(Undurable):
        await asyncio.wait_for(waiting, 1)
    await settle(queue, group)
    await asyncio.wait_for(asyncio.gather(closing, taken), 1)


async def test_what_waits_behind_a_failed_arrival_fails_with_it() -> None:
    """Otherwise a person's second message would be handled before their first."""
    queue = embedded()
    first = await begin(queue.put([arrival("a1", 1)]))
    group = await take(queue)
    second = await begin(queue.put([arrival("a2", 2)]))
    await queue.fail(group)
    for putting in (first, second):
        with pytest.raises(Undurable):
            await asyncio.wait_for(putting, 1)
    assert await nothing_to_take(queue)


async def test_a_redelivery_of_a_stored_arrival_is_answered_at_once() -> None:
    """Its event is stored: LINE need not wait for the retry."""
    queue = embedded()
    putting = await begin(queue.put([arrival("a1")]))
    await settle(queue, await take(queue), Settled.RETRY)
    await putting
    await asyncio.wait_for(queue.put([arrival("a1")]), 1)
    await settle(queue, await take(queue))
    assert len(queue) == 0


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), min_size=1, max_size=25),
    st.lists(st.sampled_from([*Settled, None]), max_size=30),
    st.integers(1, 4),
)
@settings(deadline=None, max_examples=60)
def test_whatever_happens_each_chat_is_handled_in_order_and_nothing_is_lost(
    puts: list[tuple[int, int]], outcomes: list[Settled | None], most: int
) -> None:
    """Random arrivals, outcomes and failures (None): at most one a chat at a time, the oldest; all of them settle."""

    async def walk() -> None:
        queue = EmbeddedQueue(pauses=(0.0,))
        arrivals = [arrival(f"e{number}", second, f"chat{chat}") for number, (chat, second) in enumerate(puts)]
        ended: list[str] = []
        refused: list[str] = []

        async def put(one: Arrival) -> None:
            try:
                await queue.put([one])
            except Undurable:
                refused.append(one.id)

        putting = [await begin(put(one)) for one in arrivals]
        left = list(outcomes)
        while len(queue):
            group = await asyncio.wait_for(queue.take(most), 1)
            assert len(group) <= most
            assert len({one.chat_id for one in group}) == len(group)
            outcome = left.pop() if left else Settled.HANDLED
            if outcome is None:
                await queue.fail(group)
            else:
                await settle(queue, group, outcome)
                if outcome in (Settled.HANDLED, Settled.DUPLICATE, Settled.SET_ASIDE):
                    ended.extend(ids(group))
            await asyncio.sleep(0)
        await asyncio.wait_for(asyncio.gather(*putting), 1)
        assert sorted(ended + refused) == sorted(one.id for one in arrivals)
        by_id = {one.id: one for one in arrivals}
        for chat in {one.chat_id for one in arrivals}:
            order = [(by_id[name].occurred_at, name) for name in ended if by_id[name].chat_id == chat]
            assert order == sorted(order)

    asyncio.run(walk())
