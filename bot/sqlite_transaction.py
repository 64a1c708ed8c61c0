"""A transaction on SQLite that takes the write lock as it begins.

The file's name says sqlite: Tortoise's migrations tell the dialect by the name of the connection's module.
"""

from __future__ import annotations

import sqlite3

from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper

from bot.sql import in_its_thread


class _Immediate(SqliteTransactionWrapper):
    """Tortoise's own begins deferred: it holds nothing yet, and fails at its first write when another was faster."""

    async def begin(self) -> None:
        await in_its_thread(self, _begin)


def _begin(sqlite: sqlite3.Connection) -> None:
    # Left by a writer that was broken off while it waited for the lock: the thread got it all the same.
    if sqlite.in_transaction:
        sqlite.rollback()
    sqlite.execute("BEGIN IMMEDIATE")


def immediate(connection: SqliteClient) -> TransactionContext:
    """What Tortoise's `_in_transaction` gives, but for the lock; within another transaction that is taken already."""
    if isinstance(connection, SqliteTransactionWrapper):
        return connection._in_transaction()  # noqa: SLF001 - as `bot.database` calls it
    return SqliteTransactionContext(_Immediate(connection), connection._lock)  # noqa: SLF001 - as Tortoise does itself
