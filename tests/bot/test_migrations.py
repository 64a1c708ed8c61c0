"""The tables as the migrations build them, on both databases."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from typing import Any

import pytest
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.models import Model

from bot.commands.tables import opened
from bot.database import DatabaseUnavailable, config_for, is_sqlite, migrate, migrate_to
from tests.bot.rows import every_row, fill_every_table

MADE_LATER: dict[str, list[dict[str, Any]]] = {
    name: []
    for name in (
        "Picture",
        "Request",
        "Review",
        "Criterion",
        "Evaluation",
        "EvaluationScore",
        "YearSummary",
        "GroupChat",
        *("Reminder", "ReminderPause", "Notice", "ScheduleRun", "Holiday"),
        "Process",
        "PartitionLease",
        *("RichMenu", "RichMenuLink"),
    )
}
"""The tables that a migration after the first makes: on the way down they go, rows and all."""
ADDED_LATER: dict[str, dict[str, Any]] = {
    "Invitation": {"name": "", "acting_for_id": None, "valid_to": None},
    "Report": {"accepted_version": None},
    "Assignment": {"weight": None},
    "OutgoingMessage": {"send_by": None},
    "Round": {"reminders": None},
}
"""The columns that a migration after the first adds, and what they hold after the way down and up."""


def _down_and_up(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """What is left of these rows, table by table."""
    return {name: [each | ADDED_LATER.get(name, {}) for each in kept] for name, kept in (rows | MADE_LATER).items()}


async def _applied() -> list[str]:
    rows = await get_connection("default").execute_query_dict("SELECT name FROM tortoise_migrations ORDER BY name")
    return [row["name"] for row in rows]


async def test_rows_in_every_table_survive_the_way_down_and_up(database_url: str) -> None:
    """Each step back, up and back again leaves every row as it was; tables and columns younger than it go by design."""
    async with opened(database_url):
        await fill_every_table()
        before, names = await every_row(), await _applied()
    assert all(before.values())
    # A column that held its default before would be lost unseen.
    assert not [name for name, lost in ADDED_LATER.items() if any(row.items() & lost.items() for row in before[name])]
    assert len(names) > 1
    # A step that left something behind could not be taken again.
    for older, newer in reversed(list(itertools.pairwise(names))):
        for name in (older, newer, older):
            await migrate_to(database_url, name)
    await migrate(database_url)
    async with opened(database_url):
        assert await every_row() == _down_and_up(before)
        assert await _applied() == names
        if is_sqlite(database_url):  # where they are off meanwhile, so that a table that is rebuilt keeps its children
            state = await get_connection("default").execute_query_dict("PRAGMA foreign_keys")
            assert state == [{"foreign_keys": 1}]


async def test_all_the_way_down_leaves_nothing(database_url: str) -> None:
    """Every table that the migrations make, they also take back; and they can make it again."""
    await migrate_to(database_url, "__first__")
    with pytest.raises(DatabaseUnavailable, match="python -m bot migrate"):
        await fill(database_url)
    await migrate(database_url)
    await fill(database_url)


async def fill(url: str) -> None:
    async with opened(url):
        await fill_every_table()


@pytest.mark.usefixtures("sqlite_database")
async def test_no_changes() -> None:
    """The migrations say all that the tables say: makemigrations finds nothing."""
    apps = Tortoise.apps
    assert apps is not None
    found = await MigrationAutodetector(apps, config_for("sqlite://unused")["apps"]).changes()
    assert [operation for writer in found for operation in writer.operations] == []


async def test_two_at_once(empty_url: str) -> None:
    """Two processes that start together: one migrates, the other waits and finds nothing to do."""
    await asyncio.gather(_in_a_thread(empty_url), _in_a_thread(empty_url))
    async with opened(empty_url):
        names = await _applied()
        assert names == sorted(set(names))
        await fill_every_table()


async def _in_a_thread(url: str) -> None:
    await asyncio.to_thread(lambda: asyncio.run(migrate(url)))


@pytest.mark.usefixtures("database")
async def test_every_unique_key_is_in_the_database() -> None:
    """Tortoise loses unique keys when it rebuilds a SQLite table: each that a table declares is looked for."""
    apps = Tortoise.apps
    assert apps is not None
    for model in apps["models"].values():
        meta = model._meta
        declared = [tuple(_column(model, name) for name in key) for key in meta.unique_together]
        declared += [(column,) for name, column in meta.fields_db_projection.items() if meta.fields_map[name].unique]
        found = await _unique_keys(meta.db_table)
        missing = [key for key in declared if tuple(sorted(key)) not in found]
        assert not missing, f"{meta.db_table}: {missing}"


def _column(model: type[Model], name: str) -> str:
    """A field's column; a foreign key's is that of its id."""
    columns = model._meta.fields_db_projection
    return columns[name] if name in columns else columns[f"{name}_id"]


async def _unique_keys(table: str) -> set[tuple[str, ...]]:
    connection = get_connection("default")
    rows: Sequence[dict[str, str]]
    keys: set[tuple[str, ...]] = set()
    if connection.capabilities.dialect == "sqlite":
        rows = await connection.execute_query_dict(
            "SELECT list.name AS key, info.name AS field FROM pragma_index_list(?) AS list,"
            ' pragma_index_info(list.name) AS info WHERE list."unique" = 1 ORDER BY 1',
            [table],
        )
        primary = await connection.execute_query_dict("SELECT name FROM pragma_table_info(?) WHERE pk = 1", [table])
        keys |= {(row["name"],) for row in primary}
    else:
        rows = await connection.execute_query_dict(
            "SELECT indexrelid::text AS key, attname AS field FROM pg_index"
            " JOIN pg_attribute ON attrelid = indexrelid"
            " WHERE indrelid = $1::text::regclass AND indisunique ORDER BY 1",
            [f'"{table}"'],
        )
    for _, group in itertools.groupby(rows, key=lambda row: row["key"]):
        keys.add(tuple(sorted(row["field"] for row in group)))
    return keys


async def test_a_row_that_lost_its_parent_stops_the_migration(sqlite_url: str) -> None:
    """A migration that would leave a reference to nothing is taken back as a whole, and says where."""
    async with opened(sqlite_url):
        connection = get_connection("default")
        await connection.execute_query("PRAGMA foreign_keys = OFF")
        await connection.execute_query("INSERT INTO invitation_unit (invitation_id, unit_id) VALUES (1, 1)")
        names = await _applied()
    with pytest.raises(DatabaseUnavailable, match="invitation_unit"):
        await migrate_to(sqlite_url, names[-2])
    async with opened(sqlite_url):
        assert await _applied() == names
