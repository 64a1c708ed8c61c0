"""How many commits a group costs, counted where commits happen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tortoise.connection import get_connection

from bot import sql
from bot.database import _SERVER_SETTINGS, CANNOT_CONNECT, close_database, open_database, writing
from bot.queue.seam import Settled
from bot.statements import LOCK_CHATS
from tests.bot.turn_scene import scene


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Any]:
    """The connection of a database that is closed again whatever happens."""
    await open_database(url)
    try:
        yield get_connection("default")
    finally:
        await close_database()


async def test_thirty_two_at_once_cost_one_commit_on_sqlite(sqlite_url: str) -> None:
    """Thirty-two people's turns are one COMMIT, as SQLite's own trace tells, and their results ride on the next."""
    traced: list[str] = []
    async with opened(sqlite_url) as connection, scene(32) as stage:
        await connection._connection.set_trace_callback(traced.append)
        assert await stage.turn(*(f"keep {number}" for number in range(32))) == [Settled.HANDLED] * 32
        assert traced.count("COMMIT") == 1
        assert sum(statement.startswith('INSERT INTO "draft"') for statement in traced) == 32
        await stage.delivered()
        assert traced.count("COMMIT") <= 3
        await connection._connection.set_trace_callback(None)


async def test_statements_do_not_grow_with_the_group(sqlite_url: str) -> None:
    """The facts of sixteen people are read by as many statements as those of two."""
    traced: list[str] = []
    async with opened(sqlite_url) as connection, scene(18) as stage:
        group = await stage.says(*(f"keep {number}" for number in range(18)))
        await stage.dispatcher.handle(group[:1])
        reads = []
        await connection._connection.set_trace_callback(traced.append)
        for part in (group[1:3], group[2:18]):
            traced.clear()
            await stage.dispatcher.handle(part)
            reads.append(sum(statement.lstrip().startswith("SELECT") for statement in traced))
        await connection._connection.set_trace_callback(None)
        assert reads[0] == reads[1] <= 14
        await stage.delivered()


async def test_thirty_two_at_once_cost_one_commit_on_postgresql(postgres_url: str) -> None:
    """Thirty-two people's turns all carry the same transaction id."""
    async with opened(postgres_url) as connection, scene(32) as stage:
        assert await stage.turn(*(f"keep {number}" for number in range(32))) == [Settled.HANDLED] * 32
        rows = await connection.execute_query_dict("SELECT DISTINCT xmin::text AS written_by FROM draft")
        more = await connection.execute_query_dict("SELECT DISTINCT xmin::text AS written_by FROM webhook_event")
        assert len(rows) == 1
        assert rows == more
        await stage.delivered()


async def test_a_worker_that_vanishes_in_a_turn_holds_nobody_up(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL ends a transaction that is silent for too long, and whoever waits for its chat goes on."""
    monkeypatch.setitem(_SERVER_SETTINGS, "idle_in_transaction_session_timeout", "1s")
    async with opened(postgres_url), scene(1) as stage:
        await stage.turn("ก")
        locked, over = asyncio.Event(), asyncio.Event()

        async def vanishing() -> None:
            async with writing() as silent:
                await sql.fetch(silent, LOCK_CHATS, stage.chats)
                locked.set()
                await over.wait()

        silence = asyncio.create_task(vanishing())
        await locked.wait()
        async with asyncio.timeout(10):
            assert await stage.turn("ข") == [Settled.HANDLED]
        over.set()
        with pytest.raises(CANNOT_CONNECT):
            await silence
        await stage.delivered()
        assert stage.heard(0) == ["ก", "ข"]
