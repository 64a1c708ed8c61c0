"""What a restore refuses, and what a backup cannot do: said in words, with nothing changed."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tortoise.connection import get_connection

from bot.backup import postgres, sqlite, whole
from bot.backup.archive import CannotBackUp, Reader
from bot.backup.whole import back_up
from bot.commands.tables import opened
from bot.database import DatabaseUnavailable, known_migrations, migrate_to, path_of
from bot.evidence.names import picture_name, thumbnail_of
from bot.settings import read_settings
from models.tables.audit import Installation
from models.tables.organisation import Unit
from models.tables.report import Evidence, Picture
from tests.bot.backup.places import Rows, pictures_of, place, restored, rows_of, silent
from tests.bot.rows import AT, fill_every_table
from tests.town import ROOT

PICTURE = picture_name("0b" * 16)


async def fill(url: str, storage: Path) -> None:
    """A row in every table, and the picture that two of them name, with its thumbnail."""
    async with opened(url):
        await fill_every_table()
        await Installation.all().update(channel="real")
        await Picture.all().update(path=PICTURE)
        await Evidence.all().update(path=PICTURE)
    for name, data in ((PICTURE, b"\xff\xd8 large"), (thumbnail_of(PICTURE), b"\xff\xd8 small")):
        (storage / name).parent.mkdir(parents=True, exist_ok=True)
        (storage / name).write_bytes(data)


async def a_backup(url: str, folder: Path) -> Path:
    """A backup of a filled database."""
    await fill(url, folder / "storage")
    file = folder / "raingan.zip"
    await back_up(place(url, folder / "storage"), file, AT, silent)
    return file


def _rewrite(file: Path, change: Callable[[dict[str, Any], dict[str, bytes]], object]) -> None:
    """Take an archive apart, change manifest or members, and put it together again."""
    with zipfile.ZipFile(file) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    change(manifest, members)
    with zipfile.ZipFile(file, "w") as packed:
        for name, data in members.items():
            packed.writestr(name, data)
        packed.writestr("manifest.json", json.dumps(manifest))


def _cut(part: float) -> Callable[[Path], None]:
    return lambda file: os.truncate(file, int(file.stat().st_size * part))


def _flip(part: float) -> Callable[[Path], None]:
    def flip(file: Path) -> None:
        data = bytearray(file.read_bytes())
        data[int(len(data) * part)] ^= 0x10
        file.write_bytes(data)

    return flip


def _another_zip(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("สมุดงาน.xml", "<x/>")


def _leads_out(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    manifest["members"]["storage/../../x.jpg"] = manifest["members"].pop(f"storage/{PICTURE}")
    members["storage/../../x.jpg"] = members.pop(f"storage/{PICTURE}")


def _no_tables(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    for kept in (manifest["members"], members):
        kept.pop("database.sqlite3")


BROKEN: dict[str, tuple[Callable[[Path], Any], str]] = {
    "gone": (lambda file: file.unlink(), "There is no file"),
    "empty": (lambda file: file.write_bytes(b""), "not a backup"),
    "text": (lambda file: file.write_text("รายงาน"), "not a backup"),
    "cut in the middle": (_cut(0.5), "not a backup"),
    "cut at the end": (_cut(0.999), "not a backup"),
    "one bit of the tables": (_flip(0.3), "not a backup"),
    "another zip": (_another_zip, "not a backup"),
    "another picture": (
        lambda file: _rewrite(file, lambda _, kept: kept.update({f"storage/{PICTURE}": b"x"})),
        "not a",
    ),
    "a picture less": (lambda file: _rewrite(file, lambda _, kept: kept.pop(f"storage/{PICTURE}")), "not a backup"),
    "a member more": (lambda file: _rewrite(file, lambda _, kept: kept.update({"x": b""})), "not a backup"),
    "a name that leads out": (lambda file: _rewrite(file, _leads_out), "not a backup"),
    "no tables": (lambda file: _rewrite(file, _no_tables), "not a backup"),
    "a manifest of another kind": (lambda file: _rewrite(file, lambda said, _: said.update(rows=3)), "not a backup"),
    "a newer format": (lambda file: _rewrite(file, lambda said, _: said.update(raingan_backup=2)), "newer program"),
    "newer tables": (lambda file: _rewrite(file, lambda said, _: said.update(migration="9999_later")), "newer program"),
    "the simulator's": (lambda file: _rewrite(file, lambda said, _: said.update(channel="simulator")), "simulator"),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A backup that nobody has touched, of a filled SQLite database that has served a real channel."""
    folder = tmp_path_factory.mktemp("sound")
    shutil.copy(sqlite_template, folder / "from.sqlite3")

    async def make() -> None:
        url = f"sqlite://{folder / 'from.sqlite3'}"
        await a_backup(url, folder)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(make())).result()
    return folder / "raingan.zip"


@pytest.fixture
async def theirs(sqlite_url: str, tmp_path: Path) -> tuple[str, Path]:
    """A database with a unit and a store with a file, which a refused restore must leave alone."""
    async with opened(sqlite_url):
        await Unit.create(code="1", name="ของเดิม", kind="bureau")
    (tmp_path / "storage" / "evidence").mkdir(parents=True)
    (tmp_path / "storage" / "evidence" / "other.jpg").write_bytes(b"theirs")
    return sqlite_url, tmp_path / "storage"


async def _state(url: str, storage: Path) -> tuple[Rows, dict[str, bytes]]:
    return await rows_of(url), pictures_of(storage)


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_file_that_cannot_be_used(kind: str, sound: Path, theirs: tuple[str, Path], tmp_path: Path) -> None:
    """Broken, cut off, foreign or newer: refused before anything is touched, even with --replace."""
    file = tmp_path / "raingan.zip"
    shutil.copy(sound, file)
    breaks, words = BROKEN[kind]
    breaks(file)
    before = await _state(*theirs)
    with pytest.raises(CannotBackUp, match=words):
        await restored(*theirs, file, replace=True)
    assert await _state(*theirs) == before


async def test_a_sound_file_is_not_refused(sound: Path, theirs: tuple[str, Path]) -> None:
    """The test above can fail: the same file, untouched, is restored over the same database; old files go."""
    await restored(*theirs, sound, replace=True)
    rows, pictures = await _state(*theirs)
    assert [each["code"] for each in rows["Unit"]] == ["23000000", "23000301"]
    assert {PICTURE, thumbnail_of(PICTURE)} <= {*pictures}


async def test_without_credentials_a_real_backup_has_no_place(sound: Path, tmp_path: Path) -> None:
    """A new machine whose .env is not filled in yet would hand the office's data to the simulator."""
    simulator = read_settings(_env_file=None, database_url=f"sqlite://{tmp_path / 'simulator.sqlite3'}")
    with pytest.raises(CannotBackUp, match="LINE_CHANNEL_SECRET"):
        await whole.restore(simulator, sound, silent)
    assert not (tmp_path / "simulator.sqlite3").exists()


async def test_what_is_there_is_replaced_only_when_told(database_url: str, tmp_path: Path) -> None:
    """A database that holds work is refused; told to replace it, its rows and pictures are those of the backup."""
    file = await a_backup(database_url, tmp_path)
    before = await rows_of(database_url)
    async with opened(database_url):
        await Unit.create(code="2", name="ภายหลัง", kind="library")
        await Picture.all().update(path=picture_name("0c" * 16))
    for name in (picture_name("0c" * 16), thumbnail_of(picture_name("0c" * 16))):
        (tmp_path / "storage" / name).write_bytes(b"later")
    with pytest.raises(CannotBackUp, match="--replace"):
        await restored(database_url, tmp_path / "storage", file)
    async with opened(database_url):
        assert await Unit.all().count() == 3
    await restored(database_url, tmp_path / "storage", file, replace=True)
    assert await rows_of(database_url) == before
    assert {*pictures_of(tmp_path / "storage")} == {PICTURE, thumbnail_of(PICTURE)}


async def test_an_older_backup_is_brought_up_to_date(database_url: str, elsewhere: str, tmp_path: Path) -> None:
    """The tables of an earlier version go in and become today's; what they held is there."""
    older = known_migrations()[-2]
    await migrate_to(database_url, older)
    async with opened(database_url):
        await Unit.create(code="1", name="ของเดิม", kind="bureau")
    file = tmp_path / "raingan.zip"
    manifest = await back_up(place(database_url, tmp_path / "storage"), file, AT, silent)
    assert manifest.migration == older
    await restored(elsewhere, tmp_path / "there", file)
    rows = await rows_of(elsewhere)
    assert [each["name"] for each in rows["Unit"]] == ["ของเดิม"]


async def test_a_database_of_a_newer_program_is_not_backed_up(sqlite_url: str, tmp_path: Path) -> None:
    """An older program does not know all of its tables: no file is left that looks like a backup."""
    async with opened(sqlite_url):
        await get_connection("default").execute_query(
            "UPDATE tortoise_migrations SET name = '9999_later' WHERE name = ?", [known_migrations()[-1]]
        )
    with pytest.raises(CannotBackUp, match="newer program"):
        await back_up(place(sqlite_url, tmp_path / "storage"), tmp_path / "raingan.zip", AT, silent)
    assert not (tmp_path / "raingan.zip").exists()


async def test_another_file_is_never_covered(database_url: str, tmp_path: Path) -> None:
    """A slip of the hand does not overwrite the database or a workbook; an older backup is replaced."""
    file = await a_backup(database_url, tmp_path)
    later = await back_up(place(database_url, tmp_path / "storage"), file, AT + timedelta(days=1), silent)
    with closing(Reader(file)) as replaced:
        assert replaced.manifest == later
    for taken in (tmp_path / "test.sqlite3", tmp_path / "setup.xlsx"):
        if not taken.exists():
            taken.write_bytes(b"x")
        kept = taken.read_bytes()
        with pytest.raises(CannotBackUp, match="choose another name"):
            await back_up(place(database_url, tmp_path / "storage"), taken, AT, silent)
        assert taken.read_bytes() == kept


_LIMITED = """\
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.argv = ["bot", *sys.argv[2:]]
runpy.run_module("bot", run_name="__main__")
"""


def _on_a_full_disk(settings: dict[str, str], limit: int, *words: str) -> subprocess.CompletedProcess[str]:
    """The command where no file can grow beyond `limit` bytes: the system refuses the write, as a full disk does."""
    return subprocess.run(
        [sys.executable, "-c", _LIMITED, str(limit), *words],
        env={
            **os.environ,
            **settings,
            "PYTHONPATH": str(ROOT),
            "LINE_CHANNEL_SECRET": "a",
            "LINE_CHANNEL_ACCESS_TOKEN": "b",
        },
        cwd=settings["STORAGE_DIR"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


async def test_a_full_disk_while_backing_up(database_url: str, tmp_path: Path) -> None:
    """The sentence names the place, the older backup stays, and no half of a file is left."""
    file = await a_backup(database_url, tmp_path)
    before, names = file.read_bytes(), {path.name for path in tmp_path.iterdir()}
    settings = {"DATABASE_URL": database_url, "STORAGE_DIR": str(tmp_path / "storage")}
    done = _on_a_full_disk(settings, 40_000 if database_url.startswith("sqlite") else 2_000, "backup", str(file))
    assert done.returncode == 1, done.stderr
    assert "Nothing was changed" in done.stderr
    assert file.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} - {"test.sqlite3-wal", "test.sqlite3-shm"} <= names


async def test_a_full_disk_while_restoring(sound: Path, theirs: tuple[str, Path]) -> None:
    """Rows and files stay as they were, and no picture is left that no row names."""
    before = await _state(*theirs)
    settings = {"DATABASE_URL": theirs[0], "STORAGE_DIR": str(theirs[1])}
    size = Path(theirs[0].removeprefix("sqlite://")).stat().st_size
    for limit in (4, size - 4096):  # no room for a picture, and none for the tables
        done = _on_a_full_disk(settings, limit, "restore", str(sound), "--replace")
        assert done.returncode == 1, done.stderr
        assert "nothing was changed" in done.stderr.lower()
        assert await _state(*theirs) == before


async def test_postgresql_takes_all_of_a_dump_or_nothing(postgres_url: str) -> None:
    """A dump that breaks off, or that PostgreSQL refuses in the middle, leaves every row."""
    async with opened(postgres_url):
        await fill_every_table()
    before = await rows_of(postgres_url)
    good = b"CREATE TABLE unit (id int);\nINSERT INTO unit VALUES (1);\n"
    with pytest.raises(CannotBackUp, match="ERROR"):
        await postgres.load(postgres_url, [good, b"INSERT INTO none VALUES (1);\n"], [])

    def breaks_off() -> Iterator[bytes]:
        yield good
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await postgres.load(postgres_url, breaks_off(), [])
    assert await rows_of(postgres_url) == before


async def test_missing_or_old_programs_are_named(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where pg_dump or psql is missing, or older than the server, the package to install is named."""
    monkeypatch.setattr(postgres, "INSTALLED", tmp_path / "none")
    file = await a_backup(postgres_url, tmp_path)
    old = tmp_path / "old"
    old.mkdir()
    for name in ("pg_dump", "psql"):
        (old / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) 9.6.24'\n")
        (old / name).chmod(0o700)
    for path in (tmp_path / "none", old):
        monkeypatch.setenv("PATH", str(path))
        with pytest.raises(CannotBackUp, match="apt-get install postgresql-client-"):
            await back_up(place(postgres_url, tmp_path / "storage"), tmp_path / "new.zip", AT, silent)
        with pytest.raises(CannotBackUp, match="apt-get install postgresql-client-"):
            await restored(postgres_url, tmp_path / "storage", file, replace=True)
    assert not (tmp_path / "new.zip").exists()


async def test_a_bot_started_meanwhile_waits_outside(sqlite_url: str) -> None:
    """While a restore holds the file nobody else can so much as read it, and afterwards it is whole."""
    with (
        sqlite.alone(sqlite_url),
        closing(sqlite3.connect(path_of(sqlite_url), timeout=0.1)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("SELECT COUNT(*) FROM unit")
    async with opened(sqlite_url):
        assert await Unit.all().count() == 0


async def test_a_mistyped_address_makes_no_database(tmp_path: Path) -> None:
    """A command that reads says that there is no such file, and leaves none."""
    for file in (tmp_path / "none.sqlite3", tmp_path / "nowhere" / "none.sqlite3"):
        with pytest.raises(DatabaseUnavailable, match="There is no database file"):
            async with opened(f"sqlite://{file}"):
                pass
    assert list(tmp_path.iterdir()) == []


async def test_pictures_that_cannot_be_let_go_of(sound: Path, theirs: tuple[str, Path], tmp_path: Path) -> None:
    """The rows are restored all the same, and the names are told."""
    url, storage = theirs
    name = picture_name("0d" * 16)
    async with opened(url):
        await fill_every_table()
        await Picture.all().update(path=name)
        await Evidence.all().update(path=name)
    for each in (name, thumbnail_of(name)):
        (storage / each).mkdir(parents=True)  # a folder cannot be unlinked, whoever asks
    _, left = await whole.restore(place(url, storage), sound, silent, replace=True)
    assert left == sorted([name, thumbnail_of(name)])
    assert [each["code"] for each in (await rows_of(url))["Unit"]] == ["23000000", "23000301"]
