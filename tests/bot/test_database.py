"""Opening, closing and writing."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from tortoise.connection import get_connection

from bot.database import CANNOT_CONNECT, DatabaseUnavailable, close_database, migrate, open_database, writing
from models.tables.chat import Chat

BANGKOK = timezone(timedelta(hours=7))


@pytest.mark.usefixtures("database")
async def test_times_come_back_aware_in_the_offices_zone() -> None:
    """What is written in UTC is read in Bangkok's time, to the microsecond."""
    at = datetime(2026, 11, 22, 20, 30, 0, 5, tzinfo=UTC)
    await Chat.create(id="U" + "0" * 32, updated_at=at)
    stored = await Chat.get(id="U" + "0" * 32)
    assert stored.updated_at == at
    assert stored.updated_at.isoformat() == "2026-11-23T03:30:00.000005+07:00"
    assert stored.session == {}


async def test_the_folder_is_made(tmp_path: Path) -> None:
    """A database in a folder that is not there yet: the folder comes with it."""
    url = f"sqlite://{tmp_path / 'var' / 'deep' / 'raingan.sqlite3'}"
    await migrate(url)
    await open_database(url)
    assert await Chat.all().count() == 0
    await close_database()


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("mysql://root@localhost/raingan", id="another kind"),
        pytest.param("sqlite://", id="no path"),
        pytest.param("sqlite:///proc/none/raingan.sqlite3", id="a folder that cannot be made"),
        pytest.param("postgres://nobody@127.0.0.1:1/raingan", id="nobody listens"),
    ],
)
async def test_what_cannot_be_opened_says_so(url: str) -> None:
    """A sentence in Thai and English instead of a driver's error, and a good address works afterwards."""
    with pytest.raises(DatabaseUnavailable, match="DATABASE_URL"):
        await open_database(url)
    with pytest.raises(DatabaseUnavailable, match="DATABASE_URL"):
        await migrate(url)
    await close_database()


async def test_sqlite_is_durable_and_checked(sqlite_database: str) -> None:
    """A 200 promises that the event is on the disk, and a reference that it refers to something."""
    connection = get_connection("default")
    found = {
        pragma: (await connection.execute_query_dict(f"PRAGMA {pragma}"))[0].popitem()[1]
        for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


async def test_a_writer_that_reads_first_waits_for_another_process(sqlite_database: str) -> None:
    """SQLite refuses at once when a reader becomes a writer after another commit; `writing` waits instead."""
    other = sqlite3.connect(sqlite_database.removeprefix("sqlite://"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO chat (id, session, updated_at) VALUES ('U1', '{}', '2026-11-22 00:00:00+00:00')")

    async def turn() -> int:
        async with writing() as connection:
            seen = await Chat.all().using_db(connection).count()
            await Chat.create(id="U2", updated_at=datetime(2026, 11, 22, tzinfo=UTC), using_db=connection)
            return seen

    waiting = asyncio.create_task(turn())
    await asyncio.sleep(0.05)
    assert not waiting.done()
    other.execute("COMMIT")
    other.close()
    assert await waiting == 1
    assert await Chat.all().count() == 2


async def test_a_writer_that_gave_up_while_it_began_stops_no_other(sqlite_database: str) -> None:
    """Broken off while it waits for another process, it leaves a transaction that nobody ends; the next one begins."""
    at = datetime(2026, 11, 22, tzinfo=UTC)

    async def turn(chat_id: str) -> None:
        async with writing() as connection:
            await Chat.create(id=chat_id, updated_at=at, using_db=connection)

    other = sqlite3.connect(sqlite_database.removeprefix("sqlite://"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    given_up = asyncio.create_task(turn("U1"))
    await asyncio.sleep(0.05)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    other.execute("COMMIT")
    other.close()
    await turn("U2")
    assert [chat.id for chat in await Chat.all()] == ["U2"]


@pytest.mark.usefixtures("database")
async def test_a_failed_writer_leaves_nothing() -> None:
    """An error inside takes everything back and gives the lock away."""
    at = datetime(2026, 11, 22, tzinfo=UTC)

    async def fails() -> None:
        async with writing() as connection:
            await Chat.create(id="U1", updated_at=at, using_db=connection)
            raise LookupError

    with pytest.raises(LookupError):
        await fails()
    async with writing() as connection:
        await Chat.create(id="U2", updated_at=at, using_db=connection)
    assert [chat.id for chat in await Chat.all()] == ["U2"]


@pytest.mark.usefixtures("sqlite_database")
async def test_times_in_other_zones_compare_as_times() -> None:
    """SQLite compares texts: the same moment written in two zones is the same text."""
    early = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    late = datetime(2026, 11, 23, 6, 30, tzinfo=BANGKOK)  # half an hour after
    await Chat.create(id="U1", updated_at=early)
    assert await Chat.filter(updated_at__lt=late).count() == 1
    assert await Chat.filter(updated_at__gt=late).count() == 0


async def test_a_task_writes_again_once_its_server_is_back(postgres_url: str, postgres_process: Any) -> None:
    """A connection that is dead as its transaction begins is forgotten, by the task and by the pool, however often."""
    await open_database(postgres_url)
    at = datetime(2026, 11, 22, tzinfo=UTC)

    async def turn(name: str) -> None:
        async with writing() as connection:
            await Chat.create(id=name, updated_at=at, using_db=connection)

    for number in range(8):  # more than the pool holds
        # Within one step of the loop, which so cannot see that its connections were closed.
        postgres_process.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test_%'")
        with pytest.raises(CANNOT_CONNECT):
            await turn("lost")
        async with asyncio.timeout(10):
            while True:
                with suppress(*CANNOT_CONNECT):
                    await turn(f"U{number}")
                    break
                await asyncio.sleep(0.01)
    assert await Chat.all().count() == 8
    await close_database()
