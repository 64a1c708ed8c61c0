"""A SQLite database as it stands at one moment, while the bot writes; and one put in the place of another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from bot.backup.archive import CannotBackUp
from bot.backup.contents import Contents, contents, picture_names
from bot.database import path_of

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_PAGES_A_STEP = 2_000


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
def alone(url: str) -> Iterator[sqlite3.Connection]:
    """Hold the database for the block; raises CannotBackUp when another process has it open.

    A file that was not there before is taken away again when the block fails.
    """
    target = path_of(url)
    was_there = target.exists()
    try:
        with _told(), closing(_own(target)) as held:
            yield held
    except BaseException:
        if not was_there:
            target.unlink(missing_ok=True)
        raise


def _own(target: Path) -> sqlite3.Connection:
    target.parent.mkdir(parents=True, exist_ok=True)
    held = sqlite3.connect(target, timeout=2)
    try:
        # Leaving WAL needs the file for oneself: it says for sure whether the bot runs.
        held.execute("PRAGMA journal_mode = DELETE")
        # What one transaction locks stays locked until this is closed: a bot that is started meanwhile must wait.
        held.execute("PRAGMA locking_mode = EXCLUSIVE")
        held.execute("BEGIN EXCLUSIVE")
        held.commit()
    except sqlite3.OperationalError as error:
        held.close()
        if "locked" not in str(error):
            raise
        raise in_use() from None
    return held


def put_back(file: Path, held: sqlite3.Connection) -> None:
    """Replace what `alone` holds by the database in `file`, in one transaction: all of it or nothing.

    Raises CannotBackUp.
    """
    with _told(), closing(sqlite3.connect(file)) as source:
        held.execute("PRAGMA synchronous = FULL")
        source.backup(held, pages=_PAGES_A_STEP)


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
