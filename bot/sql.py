"""SQL written by hand: one text a statement, for SQLite and PostgreSQL alike, and how values go in and come out.

Written with `?`; `IN ids(?)`, `IN texts(?)` and `IN uuids(?)` take a list of any length, so a group of 32 turns sends
the same prepared text as a group of one. `FOR UPDATE` is left out on SQLite, whose writers are alone, and with it the
order of the locks: for that SQLite would walk through the whole table. `string_agg` is its `group_concat`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from itertools import count, groupby
from typing import Any, TypeVar

import msgspec
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError, OperationalError

from models.rules.fiscal import Quarter
from models.rules.office import ReportKey

T = TypeVar("T")
_LISTS = {"ids": "bigint[]", "texts": "text[]", "uuids": "uuid[]"}
_WRITTEN = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')
_LOCKING = re.compile("( ORDER BY id)? FOR UPDATE")
_TOKEN = re.compile(r"IN (ids|texts|uuids)\(\?\)|\?")


class Statement:
    """One statement in both dialects. `table` is the one that it writes, empty when it only reads."""

    __slots__ = ("locks", "postgres", "sqlite", "table", "text")

    def __init__(self, text: str) -> None:
        written = _WRITTEN.match(text)
        self.table = written[1] if written else ""
        self.text = text
        self.locks = "FOR UPDATE" in text
        self.postgres = _numbered(text, count(1))
        self.sqlite = _TOKEN.sub(
            lambda found: "IN (SELECT value FROM json_each(?))" if found.group(1) else "?",
            _LOCKING.sub("", text).replace("string_agg(", "group_concat("),
        )


def _numbered(text: str, numbers: Iterator[int]) -> str:
    """With PostgreSQL's parameters, counted on from `numbers`."""

    def parameter(found: re.Match[str]) -> str:
        kind = found.group(1)
        return f"= ANY(${next(numbers)}::{_LISTS[kind]})" if kind else f"${next(numbers)}"

    return _TOKEN.sub(parameter, text)


@lru_cache(maxsize=64)
def _side_by_side(*statements: Statement) -> str:
    """Several that read, as one of PostgreSQL's: its only row is a list of lists of rows, as JSON."""
    numbers = count(1)
    rows = (
        f"(SELECT coalesce(json_agg(a_row), '[]') FROM ({_numbered(each.text, numbers)}) AS a_row)"  # noqa: S608 - ours
        for each in statements
    )
    return f"SELECT json_build_array({', '.join(rows)}) AS said"


def insert(table: str, *columns: str, then: str = "") -> Statement:
    """An INSERT of these columns in this order; `then` is the ON CONFLICT clause."""
    names = ", ".join(f'"{column}"' for column in columns)
    return Statement(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))}) {then}')  # noqa: S608


async def fetch(connection: BaseDBAsyncClient, statement: Statement, *values: Any) -> Sequence[Any]:
    """Rows, each read by column name. A list given for `IN …(?)` may be any collection."""
    return (await connection.execute_query(*_bound(connection, statement, values)))[1]


async def write(connection: BaseDBAsyncClient, statement: Statement, rows: Iterable[Sequence[Any]]) -> None:
    """Run a writing statement once a row, in one call; nothing when there are none."""
    bound = list(rows)
    if bound:
        sqlite = connection.capabilities.dialect == "sqlite"
        await connection.execute_many(statement.sqlite if sqlite else statement.postgres, bound)  # type: ignore[arg-type]


Rows = tuple[Statement, Sequence[Sequence[Any]]]
"""A writing statement, to be run once a row."""


async def fetch_all(
    connection: BaseDBAsyncClient, *asked: tuple[Statement, Sequence[Any]], after: Sequence[Rows] = ()
) -> list[Sequence[Any]]:
    """The rows of several statements, each with its values, `after` others have written theirs.

    On SQLite in one hop to its thread, on PostgreSQL in one round trip for all that lock nothing: what is read beside
    a lock must see what it was waited for. With `after` to be called within a transaction.
    """
    if connection.capabilities.dialect != "sqlite":
        await write_all(connection, after)
        found: list[Sequence[Any]] = []
        for locks, group in groupby(asked, lambda each: each[0].locks):
            if locks:
                found += [await fetch(connection, statement, *values) for statement, values in group]
            else:
                found += await _read_together(connection, list(group))
        return found
    bound = [_bound(connection, *each) for each in asked]

    def fetched(sqlite: sqlite3.Connection) -> list[Sequence[Any]]:
        for statement, rows in after:
            sqlite.executemany(statement.sqlite, rows)
        return [sqlite.execute(*each).fetchall() for each in bound]

    return await in_its_thread(connection, fetched)


async def _read_together(
    connection: BaseDBAsyncClient, asked: Sequence[tuple[Statement, Sequence[Any]]]
) -> list[Sequence[Any]]:
    if len(asked) == 1:
        return [await fetch(connection, asked[0][0], *asked[0][1])]
    bound = [value for each in asked for value in _bound(connection, *each)[1]]
    _, rows = await connection.execute_query(_side_by_side(*(statement for statement, _ in asked)), bound)
    found: list[Sequence[Any]] = _exact(rows[0]["said"])
    return found


_exact = msgspec.json.Decoder(float_hook=Decimal).decode


async def write_all(connection: BaseDBAsyncClient, writes: Iterable[Rows]) -> None:
    """Run several writing statements in order, each once a row; on SQLite in one hop to its thread.

    To be called within a transaction.
    """
    bound = [each for each in writes if each[1]]
    if connection.capabilities.dialect != "sqlite":
        for statement, rows in bound:
            await connection.execute_many(statement.postgres, rows)  # type: ignore[arg-type]
    elif bound:
        await fetch_all(connection, after=bound)


async def in_its_thread(connection: BaseDBAsyncClient, work: Callable[[sqlite3.Connection], T]) -> T:
    """Work with SQLite's own connection where it lives; raises as Tortoise does.

    A group of turns has thirty statements, and each hop to that thread and back waits for a loop that is busy.
    """
    async with connection.acquire_connection() as held:
        try:
            done: T = await held._execute(work, held._conn)  # noqa: SLF001 - aiosqlite has no public way
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error
        except sqlite3.IntegrityError as error:
            raise IntegrityError(error) from error
    return done


async def run(connection: BaseDBAsyncClient, statement: Statement, *values: Any) -> int:
    """Run one writing statement; how many rows it touched."""
    return (await connection.execute_query(*_bound(connection, statement, values)))[0]


async def returned(connection: BaseDBAsyncClient, statement: Statement, *values: Any) -> Sequence[Any]:
    """Run one writing statement that ends in RETURNING; the rows it returned. Tortoise's `execute_query` drops them."""
    return await connection.execute_query_dict(*_bound(connection, statement, values))


def _bound(connection: BaseDBAsyncClient, statement: Statement, values: Iterable[Any]) -> tuple[str, list[Any]]:
    """The statement's text and its values, as the connection takes them."""
    if connection.capabilities.dialect == "sqlite":
        return statement.sqlite, [_json(each) if _is_list(each) else each for each in values]
    return statement.postgres, [list(each) if _is_list(each) else each for each in values]


def _json(values: Iterable[Any]) -> str:
    return msgspec.json.encode(list(values)).decode()


def _is_list(value: Any) -> bool:
    return isinstance(value, Collection) and not isinstance(value, str | bytes)


def moment(value: Any, zone: tzinfo | None) -> datetime | None:
    """A stored time, aware, in `zone`. SQLite keeps text."""
    if value is None:
        return None
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read.astimezone(zone)


def day(value: Any) -> date | None:
    """A stored day."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def figure(value: Any) -> Decimal:
    """A stored decimal without the zeros its column pads it with: 36, not 36.000000 and not 3.6E+1."""
    read = Decimal(value)
    return read.quantize(Decimal(1)) if read == read.to_integral_value() else read.normalize()


def report_key(row: Any) -> ReportKey:
    """A report's key, from the columns that report, draft and picture have for it."""
    return ReportKey(row["unit_id"], row["indicator_id"], Quarter(row["fiscal_year"], row["quarter"]))


def key_columns(key: ReportKey) -> tuple[int, int, int, int]:
    """The same columns' values: unit_id, indicator_id, fiscal_year, quarter."""
    return key.unit_id, key.indicator_id, key.quarter.fiscal_year, key.quarter.number


def unpacked(value: Any) -> Any:
    """A stored JSON value."""
    return msgspec.json.decode(value) if isinstance(value, str) else value


def packed(value: Any) -> str | None:
    """A value as JSON to be stored, Thai as Thai."""
    return None if value is None else msgspec.json.encode(value).decode()
