"""A rolling upgrade: the new process migrates while the old one serves, and the old one goes on as if nothing was.

What a migration may do follows from it: add a table, a column that may be empty or has a `db_default`, an index. What
is taken away or renamed waits until no process needs it any more, one release later.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection
from tortoise.exceptions import BaseORMException

from bot.commands.tables import opened
from bot.database import close_database, is_sqlite, known_migrations, migrate, migrate_to, open_database
from models.tables.report import Report
from tests.bot.rows import fill_every_table
from tests.bot_process import BotProcess
from tests.migrating import quickened
from tests.town import ROOT, town

OFFICE = ROOT / "tests" / "transcripts" / "libraries.yaml"
STEPS = list(zip(known_migrations(), known_migrations()[1:], strict=False))
"""Each migration after the first, with the one before it, whose process still runs."""

Table = tuple[list[str], list[list[Any]]]
"""Columns and rows, as the database has them."""


async def _tables(connection: BaseDBAsyncClient) -> dict[str, Table]:
    """Every table of ours with its rows: what a process of this schema may have written."""
    if connection.capabilities.dialect == "sqlite":
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        columns = "SELECT name FROM pragma_table_info('{}')"
    else:
        names = "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()"
        columns = "SELECT column_name AS name FROM information_schema.columns WHERE table_name = '{}'"
    found: dict[str, Table] = {}
    for each in await connection.execute_query_dict(names):
        name = each["name"]
        if name != "tortoise_migrations":
            fields = [row["name"] for row in await connection.execute_query_dict(columns.format(name))]
            rows = await connection.execute_query_dict(f'SELECT {_listed(fields)} FROM "{name}" ORDER BY 1')
            found[name] = fields, [[row[field] for field in fields] for row in rows]
    return found


def _listed(columns: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


@asynccontextmanager
async def _in_any_order(url: str) -> AsyncIterator[BaseDBAsyncClient]:
    """A transaction in which rows may stand before what they refer to; taken back at the end."""
    await open_database(url)
    connection = get_connection("default")
    try:
        if is_sqlite(url):
            await connection.execute_query("PRAGMA foreign_keys = OFF")
        async with connection._in_transaction() as inner:
            if not is_sqlite(url):
                await inner.execute_query("SET LOCAL session_replication_role = replica")
            yield inner
            await inner.rollback()
    finally:
        await close_database()


async def _as_the_old_process(connection: BaseDBAsyncClient, before: dict[str, Table]) -> None:
    """Delete, write and read all of it again by the names that the old process knows."""
    sqlite = connection.capabilities.dialect == "sqlite"
    for name, (columns, rows) in before.items():
        await connection.execute_query(f'DELETE FROM "{name}"')
        places = ", ".join("?" if sqlite else f"${number}" for number in range(1, len(columns) + 1))
        for row in rows:
            await connection.execute_query(f'INSERT INTO "{name}" ({_listed(columns)}) VALUES ({places})', row)
        unchanged = ", ".join(f'"{column}" = "{column}"' for column in columns)
        await connection.execute_query(f'UPDATE "{name}" SET {unchanged}')
        kept = await connection.execute_query_dict(f'SELECT {_listed(columns)} FROM "{name}" ORDER BY 1')
        assert [[row[column] for column in columns] for row in kept] == rows, name


async def _now(url: str) -> dict[str, Table]:
    """The rows in the tables as they are."""
    await open_database(url)
    try:
        return await _tables(get_connection("default"))
    finally:
        await close_database()


async def _fill(url: str) -> None:
    async with opened(url):
        await fill_every_table()


@pytest.fixture(params=["sqlite", "postgres"])
def full_and_empty(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Two databases of a kind: one with today's tables, one without any."""
    if request.param == "sqlite":
        return request.getfixturevalue("sqlite_url"), f"sqlite://{tmp_path / 'old.sqlite3'}"
    return request.getfixturevalue("postgres_url"), request.getfixturevalue("empty_postgres_url")


async def test_the_old_process_goes_on_after_each_migration(full_and_empty: tuple[str, str]) -> None:
    """Whatever a process of the schema before wrote, it can still write, change and read: column by column."""
    full, url = full_and_empty
    await _fill(full)
    today = {
        name: [dict(zip(columns, row, strict=True)) for row in rows]
        for name, (columns, rows) in (await _now(full)).items()
    }
    await migrate_to(url, STEPS[0][0])
    for _, new in STEPS:
        then = {
            name: (columns, [[row[column] for column in columns] for row in today[name]])
            for name, (columns, _) in (await _now(url)).items()
        }
        assert len(then) >= 15
        await migrate_to(url, new)
        try:
            async with _in_any_order(url) as connection:
                await _as_the_old_process(connection, then)
        except BaseORMException as error:
            error.add_note(f"{new} breaks a process that does not know it yet")
            raise


@pytest.mark.parametrize(
    "breaks",
    [
        "ALTER TABLE unit RENAME COLUMN phone TO telephone",
        "ALTER TABLE unit DROP COLUMN phone",
        "ALTER TABLE wrong_code RENAME TO wrong_codes",
        "DELETE FROM wrong_code; ALTER TABLE wrong_code ADD COLUMN why VARCHAR(9) NOT NULL",
        "CREATE UNIQUE INDEX once ON unit ((name IS NULL))",
    ],
)
async def test_a_migration_that_breaks_the_old_process_is_found(breaks: str, postgres_url: str) -> None:
    """The test above can fail: a renamed or dropped column, a table gone, a column without a default, a new key."""
    await _fill(postgres_url)
    before = await _now(postgres_url)
    async with _in_any_order(postgres_url) as connection:
        for statement in [*(f'DELETE FROM "{name}"' for name in before), *breaks.split("; ")]:
            await connection.execute_query(statement)
        with pytest.raises(BaseORMException):
            await _as_the_old_process(connection, before)


async def test_the_bot_that_runs_does_not_notice(database_url: str) -> None:
    """In mid-dialogue every table gets a column with a default and a new index: the next answer comes as always."""
    async with town(database_url, OFFICE, "2026-12-05T09:00:00+07:00") as place:
        await place.reporter("นภา", "LIB-02")
        for text in ("รายงาน 2300-848", "แล้ว"):
            await place.says("นภา", text)
        connection = get_connection("default")
        for name, (columns, _) in (await _tables(connection)).items():
            await connection.execute_query(f"ALTER TABLE \"{name}\" ADD COLUMN later VARCHAR(9) NOT NULL DEFAULT 'x'")
            await connection.execute_query(f'CREATE INDEX "later_{name}" ON "{name}" ("{columns[-1]}", later)')
        for text in ("12", "จัดกิจกรรมส่งเสริมการอ่านทุกวันเสาร์", "จบ"):
            await place.says("นภา", text)
        assert "ส่งรายงานแล้ว" in str(await place.says("นภา", "ส่งเลย"))
        assert await Report.all().count() == 1


async def test_processes_that_migrate_at_once(empty_url: str, tmp_path: Path) -> None:
    """Three commands started together: one migrates, the others wait, all succeed; every migration is there once."""
    settings = {"DATABASE_URL": empty_url}
    processes = [BotProcess("migrate", folder=tmp_path, settings=settings, main=quickened) for _ in range(3)]
    codes = [await each.wait() for each in processes]
    assert codes == [0, 0, 0], [each.said.decode() for each in processes]
    async with opened(empty_url):
        rows = await get_connection("default").execute_query_dict("SELECT name FROM tortoise_migrations ORDER BY name")
        assert [row["name"] for row in rows] == known_migrations()
    await migrate(empty_url)
