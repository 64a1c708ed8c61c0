"""A SQLite database as it stands at one moment, while the bot writes; and one put in the place of another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from bot.backup.archive import CannotBackUp
from bot.backup.contents import Contents, contents, picture_names
from bot.database import config_for

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_PAGES_A_STEP = 2_000


def path_of(url: str) -> Path:
    """The file that a `sqlite://` address names."""
    return Path(config_for(url)["connections"]["default"]["credentials"]["file_path"])


async def snapshot(url: str, file: Path) -> Contents:
    """Write the whole database into the new `file` as it stands now, and say what is in it.

    Readers and writers go on meanwhile (WAL). Raises CannotBackUp.
    """
    file.touch(0o600, exist_ok=False)  # noqa: ASYNC240 - a command: nobody waits beside it
    with _told(), closing(sqlite3.connect(path_of(url))) as source:
        source.execute("VACUUM INTO ?", [str(file)])
    with _told(), closing(sqlite3.connect(file)) as copy:
        if copy.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise CannotBackUp(
                "ฐานข้อมูลเสีย (PRAGMA quick_check) จึงไม่สำรองทับ โปรดกู้คืนจากไฟล์สำรองก่อนหน้า · "
                "The database is damaged (PRAGMA quick_check); no backup was made. Restore an earlier backup"
            )
        return await contents(_fetching(copy), _tables(copy))


async def look(url: str) -> tuple[dict[str, int], list[str]]:
    """What is there now: table → number of rows, and the pictures that they name. Nothing where there is no file."""
    if not path_of(url).exists():
        return {}, []
    with _told(), closing(sqlite3.connect(path_of(url))) as found:
        tables = _tables(found)
        rows = {name: found.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608
        return rows, await picture_names(_fetching(found), tables)


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Make sure that no other process has the database open; raises CannotBackUp when one has."""
    if path_of(url).exists():
        with _told(), closing(sqlite3.connect(path_of(url), timeout=2)) as found:
            try:
                # Leaving WAL needs the file for oneself: it says for sure whether the bot runs.
                found.execute("PRAGMA journal_mode = DELETE")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                raise in_use() from None
    yield


def put_back(file: Path, url: str) -> None:
    """Replace the database by the one in `file`, in one transaction: all of it or nothing. Raises CannotBackUp."""
    target = path_of(url)
    target.parent.mkdir(parents=True, exist_ok=True)
    was_there = target.exists()
    try:
        with _told(), closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as kept:
            kept.execute("PRAGMA synchronous = FULL")
            source.backup(kept, pages=_PAGES_A_STEP)
    except CannotBackUp:
        if not was_there:
            target.unlink(missing_ok=True)
        raise


def in_use() -> CannotBackUp:
    """What is said when somebody else uses the database that is to be replaced."""
    return CannotBackUp(
        "มีโปรแกรมอื่นใช้ฐานข้อมูลนี้อยู่ โปรดหยุดบอตก่อน แล้วสั่งอีกครั้ง ไม่มีอะไรเปลี่ยนแปลง · "
        "Another program uses this database: stop the bot first, then run this again. Nothing was changed."
    )


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise CannotBackUp(
            f"ฐานข้อมูล SQLite ไม่ยอมทำ ({error}) โปรดตรวจที่ว่างในดิสก์และสิทธิ์ ไม่มีอะไรเปลี่ยนแปลง · "
            f"SQLite refused ({error}); check free disk space and permissions. Nothing was changed."
        ) from error


def _tables(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute(_TABLES)]


def _fetching(connection: sqlite3.Connection) -> Any:
    async def fetch(statement: str) -> Sequence[Sequence[Any]]:
        return connection.execute(statement).fetchall()

    return fetch
