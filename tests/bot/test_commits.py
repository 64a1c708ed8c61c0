"""The mark of the database: another one after every commit, wherever it came from, and the same one otherwise."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.commits import mark_asked, mark_at_hand
from bot.database import path_of, writing
from models.tables.organisation import Person

NOW = datetime(2027, 1, 5, tzinfo=UTC)


async def mark() -> str:
    """The mark, however this database gives it."""
    return mark_at_hand() or await mark_asked()


async def test_a_mark_stays_until_somebody_commits(database: str) -> None:
    """Reading and looking again change nothing; each commit does, one that was rolled back need not."""
    seen = [await mark()]
    assert seen[0]
    await Person.all().count()
    assert await mark() == seen[0]
    for number in range(3):
        await Person.create(name=f"คนที่ {number}", created_at=NOW)
        assert await Person.all().count() == number + 1
        seen.append(await mark())
    assert len(set(seen)) == 4
    assert await mark() == seen[-1]


async def test_what_is_not_committed_is_not_told_as_committed(database: str) -> None:
    """A mark taken while a transaction is open is another one once that has committed."""
    async with writing() as connection:
        await Person.create(name="คนใหม่", created_at=NOW, using_db=connection)
        during = await mark()
    assert await mark() != during


async def test_another_process_is_noticed(sqlite_database: str) -> None:
    """A commit of another program on the same file gives another mark, though this process wrote nothing."""
    await Person.create(name="คนใหม่", created_at=NOW)
    before = mark_at_hand()
    path = path_of(sqlite_database)
    program = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"
    sql = "UPDATE person SET name = 'อื่น'"
    other = await asyncio.create_subprocess_exec(sys.executable, "-c", program, str(path), sql)
    assert await other.wait() == 0
    assert mark_at_hand() != before
    assert (await Person.get()).name == "อื่น"


async def test_looking_holds_no_state(sqlite_database: str) -> None:
    """A look leaves no read lock behind: a checkpoint empties the log, which a reader of an old state would prevent."""
    await Person.create(name="คนใหม่", created_at=NOW)
    assert mark_at_hand()
    with sqlite3.connect(path_of(sqlite_database), timeout=2) as other:
        busy, *_ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    other.close()
    assert busy == 0
    assert Path(f"{path_of(sqlite_database)}-wal").stat().st_size == 0
