"""From one place to another of a different kind: SQLite into PostgreSQL, a folder into a bucket."""

from __future__ import annotations

import asyncio
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from tortoise.connection import get_connection

from bot.backup.archive import CannotBackUp
from bot.backup.whole import back_up, restore
from bot.commands.tables import opened
from bot.evidence.store import S3
from bot.settings import read_settings
from models.tables.organisation import Unit
from tests.bot.backup.places import pictures_of, place, restored, rows_of, silent
from tests.bot.backup.test_refused import a_backup
from tests.bot.rows import AT
from tests.bot.test_evidence_store import s3
from tests.town import ROOT, SECRET, TOKEN

assert s3  # a fixture


@pytest.mark.parametrize("kind", ["postgres_url", "empty_postgres_url"])
async def test_from_sqlite_into_postgresql(
    kind: str, sqlite_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Every row is the same on the other side, a unit that stands before its parent too, and ids are counted on."""
    target = request.getfixturevalue(kind)
    async with opened(sqlite_url):
        first = await Unit.create(code="before", name="ลูกก่อนแม่", kind="library")
        second = await Unit.create(code="after", name="แม่", kind="division")
        first.parent = second
        await first.save()
    file = await a_backup(sqlite_url, tmp_path)
    await restored(target, tmp_path / "there", file)
    before = await rows_of(sqlite_url)
    assert all(before.values())
    assert await rows_of(target) == before
    assert pictures_of(tmp_path / "there") == pictures_of(tmp_path / "storage")
    async with opened(target):
        newest = await Unit.create(code="next", name="ถัดไป", kind="library")
        assert newest.id > max(row["id"] for row in before["Unit"])


async def test_what_postgresql_refuses_changes_nothing(sqlite_url: str, postgres_url: str, tmp_path: Path) -> None:
    """SQLite lets a text be longer than its column: the table is named, and neither rows nor files are left behind."""
    await a_backup(sqlite_url, tmp_path)
    async with opened(sqlite_url):
        statement = "UPDATE unit SET code = ? WHERE code = '23000301'"
        await get_connection("default").execute_query(statement, ["x" * 33])
    await back_up(place(sqlite_url, tmp_path / "storage"), tmp_path / "raingan.zip", AT, silent)
    with pytest.raises(CannotBackUp, match="a row of unit"):
        await restored(postgres_url, tmp_path / "there", tmp_path / "raingan.zip")
    assert not any((await rows_of(postgres_url)).values())
    assert pictures_of(tmp_path / "there") == {}


async def test_postgresql_does_not_fit_into_sqlite(postgres_url: str, sqlite_url: str, tmp_path: Path) -> None:
    """The other way round is refused, naming the setting."""
    file = await a_backup(postgres_url, tmp_path)
    with pytest.raises(CannotBackUp, match="DATABASE_URL"):
        await restored(sqlite_url, tmp_path / "there", file)


async def test_pictures_of_a_folder_go_into_a_bucket_and_back(
    sqlite_url: str,
    tmp_path: Path,
    s3: S3,
) -> None:
    """Where pictures are kept is the setting's matter: the same file serves both."""
    file = await a_backup(sqlite_url, tmp_path)
    bucket = read_settings(
        _env_file=None,
        line_channel_secret=SECRET,
        line_channel_access_token=TOKEN,
        database_url=f"sqlite://{tmp_path / 'bucket.sqlite3'}",
        storage_dir="s3://raingan/moved",
        aws_endpoint_url=s3.endpoint_url,
        aws_region=s3.region,
        aws_access_key_id=s3.access_key_id,
        aws_secret_access_key=s3.secret_access_key,
    )
    await restore(bucket, file, silent)
    again = tmp_path / "again.zip"
    assert (await back_up(bucket, again, AT, silent)).missing == []
    await restored(f"sqlite://{tmp_path / 'third.sqlite3'}", tmp_path / "third", again)
    assert pictures_of(tmp_path / "third") == pictures_of(tmp_path / "storage")


async def test_a_picture_that_is_lost_is_named(sqlite_url: str, tmp_path: Path) -> None:
    """A file that the store lost does not keep the rest from being saved; it is named, then and at the restore."""
    await a_backup(sqlite_url, tmp_path)
    lost = next(iter(pictures_of(tmp_path / "storage")))
    (tmp_path / "storage" / lost).unlink()
    manifest = await back_up(place(sqlite_url, tmp_path / "storage"), tmp_path / "raingan.zip", AT, silent)
    assert manifest.missing == [lost]
    assert (await restored(f"sqlite://{tmp_path / 'o.sqlite3'}", tmp_path / "o", tmp_path / "raingan.zip")) == manifest


def test_progress_on_a_terminal(sqlite_url: str, tmp_path: Path) -> None:
    """Pictures are counted where somebody looks."""
    asyncio.run(a_backup(sqlite_url, tmp_path))
    terminal, end = pty.openpty()
    settings = {"DATABASE_URL": sqlite_url, "STORAGE_DIR": str(tmp_path / "storage"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "backup", "raingan.zip"],
        cwd=tmp_path,
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=end,
        timeout=60,
        check=False,
    )
    os.close(end)
    assert done.returncode == 0
    shown = os.read(terminal, 4096).decode()
    assert "saving the database" in shown
    assert "pictures 2/2" in shown
    os.close(terminal)
