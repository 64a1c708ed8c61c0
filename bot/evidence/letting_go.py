"""Pictures that nobody keeps: dropped from a draft, taken back by their author, or left behind by a draft."""

from __future__ import annotations

from datetime import datetime, timedelta

from tortoise.connection import get_connection

from bot import sql
from bot.database import writing
from bot.evidence import statements
from bot.evidence.names import picture_name, thumbnail_name
from bot.evidence.store import Store
from bot.turn_facts import CANCELLED_DRAFTS_STAY

_YOUNG = timedelta(days=1)
"""A picture this young is never taken for abandoned."""


async def abandon(now: datetime) -> int:
    """Mark as removed what belongs to no version and to no draft that can still be taken up; how many."""
    async with writing() as connection:
        return await sql.run(connection, statements.ABANDON, now - _YOUNG, now - CANCELLED_DRAFTS_STAY)


async def let_go(store: Store) -> int:
    """Delete what was removed, files before rows, so that no file is ever left without a row; how many.

    Raises StoreUnavailable; what is left is deleted the next time.
    """
    rows = await sql.fetch(get_connection("default"), statements.REMOVED)
    for row in rows:
        await store.delete(picture_name(str(row["id"])))
        await store.delete(thumbnail_name(str(row["id"])))
    if rows:
        async with writing() as connection:
            await sql.write(connection, statements.DELETE, [(str(row["id"]),) for row in rows])
    return len(rows)
