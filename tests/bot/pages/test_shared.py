"""Many ask at once and the database is asked once, but nobody hears what was true before they asked."""

from __future__ import annotations

import asyncio

import pytest

from bot.pages.shared import Shared


class Slow:
    """A database whose state changes, and that takes until it is let go to answer."""

    def __init__(self) -> None:
        self.state = 0
        self.asked = 0
        self.go = asyncio.Event()

    async def read(self) -> str:
        """The state as it is when the question begins."""
        self.asked += 1
        seen = self.state
        await self.go.wait()
        if seen < 0:
            raise OSError("away")
        return str(seen)


async def test_who_comes_meanwhile_waits_for_the_next() -> None:
    """One question for the first, one for all who came while it was under way, which sees what changed before them."""
    shared, slow = Shared(), Slow()
    first = asyncio.create_task(shared.ask("page", slow.read))
    await asyncio.sleep(0.01)
    slow.state = 1
    others = [asyncio.create_task(shared.ask("page", slow.read)) for _ in range(50)]
    await asyncio.sleep(0.01)
    slow.go.set()
    assert await first == "0"
    assert set(await asyncio.gather(*others)) == {"1"}
    assert slow.asked == 2


async def test_a_failure_reaches_all_and_does_not_stay() -> None:
    """Who waited for a question that failed hears of it; the next one is asked anew."""
    shared, slow = Shared(), Slow()
    slow.state = -1
    waiting = [asyncio.create_task(shared.ask("page", slow.read)) for _ in range(3)]
    await asyncio.sleep(0.01)
    slow.go.set()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(each) for each in outcomes] == [OSError] * 3
    slow.state = 2
    assert await shared.ask("page", slow.read) == "2"


async def test_a_visitor_who_leaves_takes_nobody_along() -> None:
    """A cancelled request does not end the question that others wait for."""
    shared, slow = Shared(), Slow()
    first, second, third = (asyncio.create_task(shared.ask("page", slow.read)) for _ in range(3))
    await asyncio.sleep(0.01)
    first.cancel()
    second.cancel()
    slow.go.set()
    assert await third == "0"
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_no_answer_is_older_than_its_question() -> None:
    """However askers and changes fall, each hears at least what was true when it asked, and questions are shared."""
    shared, state, asked = Shared(), 0, 0

    async def read() -> str:
        nonlocal asked
        asked += 1
        seen = state
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return str(seen)

    async def visitor(number: int) -> None:
        nonlocal state
        for step in range(40):
            for _ in range((number * 7 + step) % 5):
                await asyncio.sleep(0)
            state += 1
            known = state
            assert int(await shared.ask("page", read)) >= known

    await asyncio.gather(*(visitor(number) for number in range(20)))
    assert asked < 800 / 2
