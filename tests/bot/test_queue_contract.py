"""What every queue behind the seam holds, over each implementation; then what only the embedded one promises."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.queue.embedded import EmbeddedQueue
from bot.queue.seam import Arrival, Queue, Settled, Undurable

START = datetime(2026, 11, 22, 2, tzinfo=UTC)
SOON = 0.05


async def embedded() -> EmbeddedQueue:
    return EmbeddedQueue(pauses=(0.01, 0.02))


IMPLEMENTATIONS: dict[str, Callable[[], Awaitable[Queue]]] = {"embedded": embedded}


@pytest.fixture(params=IMPLEMENTATIONS)
async def queue(request: pytest.FixtureRequest) -> AsyncIterator[Queue]:
    made = await IMPLEMENTATIONS[request.param]()
    yield made
    await asyncio.wait_for(made.close(), 1)


def arrival(name: str, second: int = 0, chat: str = "") -> Arrival:
    """Arrival `a1` is of chat `a` unless said otherwise."""
    return Arrival(name, chat or name[0], START + timedelta(seconds=second), START, "{}")


def ids(group: Sequence[Arrival]) -> list[str]:
    return [taken.id for taken in group]


async def begin(putting: Awaitable[None]) -> asyncio.Task[None]:
    """Start a put and let it get as far as it can."""
    task = asyncio.ensure_future(putting)
    await asyncio.sleep(0)
    return task


async def take(queue: Queue, most: int = 64) -> Sequence[Arrival]:
    return await asyncio.wait_for(queue.take(most), 1)


async def settle(queue: Queue, group: Sequence[Arrival], settled: Settled = Settled.HANDLED) -> None:
    await queue.settle({taken.id: settled for taken in group})


async def nothing_to_take(queue: Queue) -> bool:
    with suppress(TimeoutError):
        return not await asyncio.wait_for(queue.take(64), SOON)
    return True


@pytest.mark.parametrize("settled", [Settled.HANDLED, Settled.DUPLICATE, Settled.RETRY, Settled.SET_ASIDE])
async def test_put_returns_once_every_arrival_is_durable(queue: Queue, settled: Settled) -> None:
    """Not before the last of them is settled, whichever durable way."""
    putting = await begin(queue.put([arrival("a1"), arrival("b1")]))
    group = await take(queue)
    await settle(queue, group[:1])
    await asyncio.sleep(0)
    assert not putting.done()
    await settle(queue, group[1:], settled)
    await asyncio.wait_for(putting, 1)
    if settled is Settled.RETRY:
        await settle(queue, await take(queue))


async def test_a_group_holds_one_arrival_a_chat_the_oldest(queue: Queue) -> None:
    """By LINE's timestamp, then by id; the same chat's next one comes only after the first is settled."""
    putting = await begin(queue.put([arrival("a2", 2), arrival("a1", 1), arrival("b9", 1), arrival("b1", 1)]))
    first = await take(queue)
    assert sorted(ids(first)) == ["a1", "b1"]
    assert await nothing_to_take(queue)
    await settle(queue, first)
    second = await take(queue)
    assert sorted(ids(second)) == ["a2", "b9"]
    await settle(queue, second)
    await asyncio.wait_for(putting, 1)


async def test_a_group_is_at_most_as_large_as_asked(queue: Queue) -> None:
    """The rest is there at the next take, in the order in which the chats came."""
    putting = await begin(queue.put([arrival("a1"), arrival("b1"), arrival("c1")]))
    first = await take(queue, 2)
    assert len(first) == 2
    second = await take(queue, 2)
    assert len(second) == 1
    await settle(queue, [*first, *second])
    await asyncio.wait_for(putting, 1)


async def test_take_waits_for_an_arrival(queue: Queue) -> None:
    """Someone who waits on an empty queue gets what comes next."""
    taking = asyncio.ensure_future(queue.take(64))
    await asyncio.sleep(0)
    putting = await begin(queue.put([arrival("a1")]))
    assert ids(await asyncio.wait_for(taking, 1)) == ["a1"]
    await queue.settle({"a1": Settled.HANDLED})
    await asyncio.wait_for(putting, 1)


async def test_a_retry_comes_again_after_a_pause_and_before_anything_newer(queue: Queue) -> None:
    """The failed one is durable, and nobody's second message overtakes their first; other chats go on."""
    putting = await begin(queue.put([arrival("a1", 1)]))
    await settle(queue, await take(queue), Settled.RETRY)
    await asyncio.wait_for(putting, 1)
    more = await begin(queue.put([arrival("a2", 2), arrival("b1", 1)]))
    others = await take(queue)
    assert ids(others) == ["b1"]
    await settle(queue, others)
    again = await take(queue)
    assert ids(again) == ["a1"]
    assert again[0].attempts == 1
    await settle(queue, again)
    last = await take(queue)
    assert ids(last) == ["a2"]
    await settle(queue, last)
    await asyncio.wait_for(more, 1)


async def test_a_deferred_one_comes_again_at_once(queue: Queue) -> None:
    """It is not durable yet, and does not count as an attempt."""
    putting = await begin(queue.put([arrival("a1", 1), arrival("a2", 2)]))
    await settle(queue, await take(queue), Settled.DEFERRED)
    assert not putting.done()
    again = await take(queue)
    assert (ids(again), again[0].attempts) == (["a1"], 0)
    await settle(queue, again)
    await settle(queue, await take(queue))
    await asyncio.wait_for(putting, 1)


async def test_a_failed_group_is_undurable_for_who_put_it(queue: Queue) -> None:
    """Nothing was committed: LINE must hear of it, delivers again, and then it is handled."""
    putting = await begin(queue.put([arrival("a1"), arrival("b1")]))
    await queue.fail(await take(queue))
    with pytest.raises(Undurable):
        await asyncio.wait_for(putting, 1)
    again = await begin(queue.put([arrival("a1")]))
    await settle(queue, await take(queue))
    await asyncio.wait_for(again, 1)


async def test_what_is_put_twice_is_taken_once(queue: Queue) -> None:
    """A duplicate that arrives while the first is under way waits for the same outcome."""
    first = await begin(queue.put([arrival("a1"), arrival("a1")]))
    group = await take(queue)
    second = await begin(queue.put([arrival("a1")]))
    assert await nothing_to_take(queue)
    assert not second.done()
    await settle(queue, group)
    await asyncio.wait_for(asyncio.gather(first, second), 1)


async def test_close_refuses_what_waits_and_lets_what_was_taken_end(queue: Queue) -> None:
    """Shutting down drains: a turn under way is committed and answered, the others are delivered again by LINE."""
    taken = await begin(queue.put([arrival("a1", 1)]))
    group = await take(queue)
    waiting = await begin(queue.put([arrival("a2", 2), arrival("b1")]))
    closing = asyncio.ensure_future(queue.close())
    with pytest.raises(Undurable):
        await asyncio.wait_for(waiting, 1)
    assert await take(queue) == ()
    assert not closing.done()
    await settle(queue, group)
    await asyncio.wait_for(asyncio.gather(closing, taken), 1)
    with pytest.raises(Undurable):
        await queue.put([arrival("c1")])


async def test_close_ends_a_take_that_waits() -> None:
    """The worker comes home when nothing is under way."""
    queue = await embedded()
    taking = asyncio.ensure_future(queue.take(64))
    await asyncio.sleep(0)
    await queue.close()
    assert await asyncio.wait_for(taking, 1) == ()


async def test_what_waits_behind_a_failed_arrival_fails_with_it() -> None:
    """Otherwise a person's second message would be handled before their first."""
    queue = await embedded()
    first = await begin(queue.put([arrival("a1", 1)]))
    group = await take(queue)
    second = await begin(queue.put([arrival("a2", 2)]))
    await queue.fail(group)
    for putting in (first, second):
        with pytest.raises(Undurable):
            await asyncio.wait_for(putting, 1)
    assert await nothing_to_take(queue)


async def test_what_the_database_holds_is_restored_and_never_dropped() -> None:
    """A restored arrival is taken in its order, once, and again when its group fails."""
    queue = EmbeddedQueue(pauses=(0.01,))
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
    assert len(queue) == 0


async def test_a_redelivery_of_a_stored_arrival_is_answered_at_once() -> None:
    """Its event is stored: LINE need not wait for the retry."""
    queue = await embedded()
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
            group = await take(queue, most)
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
