"""How statements are sent: several at once give on PostgreSQL what each gives, and SQLite finds by an index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date
from decimal import Decimal
from typing import Any

from bot import sql, statements
from bot.database import close_database, open_database, reader
from bot.reminders.statements import LATE
from bot.sql import Statement

KINDS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "n": ("36.000000::numeric", sql.figure),
    "long": ("12345678901234567890.123456::numeric", sql.figure),
    "whole": ("1000000::numeric", sql.figure),
    "large": ("9223372036854775807::bigint", int),
    "t": ("TIMESTAMPTZ '2026-12-31 23:59:59.123456+07'", lambda value: sql.moment(value, UTC)),
    "day": ("DATE '2026-12-31'", sql.day),
    "id": ("'0b5e9a52-9d0a-4d7c-8f7e-0a8f3f3f3f3f'::uuid", str),
    "json": ("""'{"x": [1, "2", null], "y": {}}'::jsonb""", sql.unpacked),
    "empty": ("'[]'::jsonb", sql.unpacked),
    "nothing": ("NULL::text", lambda value: value),
    "yes": ("true", bool),
    "words": ("E'\"น้ำ\"\\n\\\\'", str),
}
"""A column's name → PostgreSQL's own writing of a value, and what reads it."""


async def test_several_at_once_give_what_each_gives(postgres_url: str) -> None:
    """Rows in their order, and every kind of value that a turn reads, whatever its column is called."""
    columns = ", ".join(f"{written} AS {name}" for name, (written, _) in KINDS.items())
    asked = Statement(f"SELECT {columns}, k AS k FROM generate_series(1, ?) AS k ORDER BY k DESC")
    await open_database(postgres_url)
    by_itself = await sql.fetch(reader(), asked, 3)
    together, none, again = await sql.fetch_all(reader(), (asked, [3]), (asked, [0]), (asked, [2]))
    await close_database()
    assert [row["k"] for row in by_itself] == [row["k"] for row in together] == [3, 2, 1]
    assert ([*none], [row["k"] for row in again]) == ([], [2, 1])
    for name, (_, read) in KINDS.items():
        assert read(together[0][name]) == read(by_itself[0][name]), name
    assert sql.figure(together[0]["long"]) == Decimal("12345678901234567890.123456")
    assert sql.day(together[0]["day"]) == date(2026, 12, 31)


async def test_what_is_locked_is_found_by_an_index(sqlite_url: str) -> None:
    """On SQLite no row is locked, and the order that locks want made it walk through every report there ever was."""
    await open_database(sqlite_url)
    asked = (statements.LOCK_REPORTS, statements.LOCK_DRAFTS)
    plans = [
        await reader().execute_query_dict(f"EXPLAIN QUERY PLAN {each.sqlite}", ["[2]", "[2570]"]) for each in asked
    ]
    await close_database()
    assert [row["detail"] for plan in plans for row in plan if row["detail"].startswith("SCAN report")] == []
    assert all("ORDER BY" not in each.sqlite and "FOR UPDATE" not in each.sqlite for each in asked)


async def test_what_was_not_sent_in_time_is_found_by_its_day(sqlite_url: str) -> None:
    """The schedule asks for it again and again, of a few days; all reminders there ever were are not gone through."""
    await open_database(sqlite_url)
    plan = await reader().execute_query_dict(f"EXPLAIN QUERY PLAN {LATE.sqlite}", ["2027-01-05"])
    await close_database()
    (of_reminders,) = [row["detail"] for row in plan if " reminder " in row["detail"]]
    assert of_reminders.startswith("SEARCH reminder USING INDEX idx_reminder_day_")
