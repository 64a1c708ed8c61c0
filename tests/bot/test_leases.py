"""Partitions among processes: each is one process's, shared fairly, taken over from the dead, handed over in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.database import close_database, open_database
from bot.queue import leases
from bot.queue.leases import Leases
from bot.queue.partitions import ALL, partition_of


class Holder:
    """A process as its leases see it: what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, frozenset[int]]] = []
        self.leases = Leases(taken=self.taken, finish=self.finish, lost=self.lost)

    async def taken(self, partitions: frozenset[int]) -> None:
        self.told.append(("taken", partitions))

    async def finish(self, partitions: frozenset[int]) -> None:
        self.told.append(("finish", partitions))

    async def lost(self, partitions: frozenset[int]) -> None:
        self.told.append(("lost", partitions))


@pytest.fixture
async def postgres(postgres_url: str) -> AsyncIterator[str]:
    await open_database(postgres_url)
    yield postgres_url
    await close_database()


@pytest.mark.usefixtures("postgres")
async def test_each_has_its_share() -> None:
    """The first has everything; whoever comes gets a share once the other has finished what it gives up."""
    one, other = Holder(), Holder()
    await one.leases.look()
    assert (one.leases.held, one.leases.processes) == (ALL, 1)
    await other.leases.look()
    assert other.leases.held == frozenset()
    await one.leases.look()
    await given_up(one)
    assert [what for what, _ in one.told] == ["taken", "finish"]
    await other.leases.look()
    assert one.leases.held | other.leases.held == ALL
    assert len(one.leases.held) == len(other.leases.held) == 32
    assert (one.leases.processes, other.leases.processes) == (2, 2)
    chat = next(name for name in (f"chat {number}" for number in range(999)) if partition_of(name) in other.leases.held)
    assert (one.leases.holds(chat), other.leases.holds(chat)) == (False, True)


@pytest.mark.usefixtures("postgres")
async def test_who_leaves_is_replaced_at_once() -> None:
    """Nobody waits for the leases of a process that ended by itself."""
    one, other = Holder(), Holder()
    await one.leases.look()
    await one.leases.close()
    await other.leases.look()
    assert (other.leases.held, other.leases.processes) == (ALL, 1)


@pytest.mark.usefixtures("postgres")
async def test_the_dead_are_replaced_and_the_late_learn_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that was away for longer than its lease holds nothing by its own clock, and hears what it lost."""
    monkeypatch.setattr(leases, "LIVES", 0.2)
    one, other = Holder(), Holder()
    await one.leases.look()
    assert one.leases.holds("chat")
    await asyncio.sleep(0.3)
    assert not one.leases.holds("chat")
    assert one.leases.owns("chat")
    await other.leases.look()
    assert other.leases.held == ALL
    await one.leases.look()
    assert one.told[-1] == ("lost", ALL)
    assert not one.leases.owns("chat")


@pytest.mark.usefixtures("postgres")
async def test_many_at_once_never_hold_the_same() -> None:
    """Five that look at the same time, again and again, end with fair shares and no partition twice."""
    holders = [Holder() for _ in range(5)]
    for _ in range(6):
        await asyncio.gather(*(each.leases.look() for each in holders))
        await asyncio.gather(*(given_up(each) for each in holders))
        held = [partition for each in holders for partition in each.leases.held]
        assert len(set(held)) == len(held)
    assert sorted(held) == sorted(ALL)
    assert max(len(each.leases.held) for each in holders) <= 13


async def given_up(holder: Holder) -> None:
    if holder.leases._giving_up is not None:
        await holder.leases._giving_up
