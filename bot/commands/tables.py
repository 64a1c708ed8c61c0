"""The database of a command: opened, and known to have its tables."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tortoise.connection import get_connection
from tortoise.exceptions import OperationalError

from bot.database import DatabaseUnavailable, close_database, is_sqlite, open_database, path_of
from bot.office import read_revision


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[None]:
    """Open the database for the body. Raises DatabaseUnavailable, also when its tables were not made yet."""
    if is_sqlite(url) and not path_of(url).exists():
        # SQLite would make an empty file of that name, which looks like a database from then on.
        raise DatabaseUnavailable(
            f"ไม่มีไฟล์ฐานข้อมูล {path_of(url)} ตรวจ DATABASE_URL หรือสั่ง python -m bot migrate ก่อน · "
            f"There is no database file {path_of(url)}: check DATABASE_URL, or run python -m bot migrate first"
        )
    await open_database(url)
    try:
        try:
            await read_revision(get_connection("default"))
        except OperationalError as error:
            raise DatabaseUnavailable(
                "ฐานข้อมูลยังไม่มีตาราง ให้สั่ง python -m bot migrate ก่อน · "
                "The database has no tables yet; run python -m bot migrate first"
            ) from error
        yield
    finally:
        await close_database()
