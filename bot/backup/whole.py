"""Backing up and restoring as a whole: database and pictures, in the order in which nothing can be lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing, nullcontext
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.backup import postgres, sqlite
from bot.backup.archive import DATABASE, VERSION, CannotBackUp, Manifest, Reader, Writer, new_archive
from bot.backup.contents import Contents, holds_work
from bot.backup.moving import copy_rows
from bot.backup.store import Progress, delete_pictures, put_pictures, take_pictures
from bot.database import DatabaseUnavailable, is_sqlite, known_migrations, migrate
from bot.evidence.store import Store, StoreUnavailable, open_store
from bot.settings import Settings

_CHUNK = 1 << 20


async def back_up(settings: Settings, file: Path, now: datetime, progress: Progress) -> Manifest:
    """Write a backup of the open database's moment and of the pictures that it names; the bot may run meanwhile.

    Raises CannotBackUp; an older file of that name is then still there.
    """
    with new_archive(file) as (writer, folder):
        store = await _store(settings)
        if is_sqlite(settings.database_url):
            snapshot = folder / DATABASE["sqlite"]
            held = await sqlite.snapshot(settings.database_url, snapshot)
            with snapshot.open("rb") as copy:
                writer.add(DATABASE["sqlite"], iter(lambda: copy.read(_CHUNK), b""), compressed=True)
            snapshot.unlink()
        else:
            async with postgres.frozen(settings.database_url) as frozen:
                held = frozen.contents
                writer.add(DATABASE["postgres"], frozen.dump, compressed=True)
        _refuse_newer(held.migration)
        try:
            missing = await take_pictures(store, held.pictures, writer, progress)
        except StoreUnavailable as error:
            raise _store_away(error) from error
        manifest = _manifest(held, settings, now, missing, writer)
        writer.finish(manifest)
    return manifest


def _manifest(held: Contents, settings: Settings, now: datetime, missing: list[str], writer: Writer) -> Manifest:
    return Manifest(
        raingan_backup=VERSION,
        made_at=now.isoformat(timespec="seconds"),
        database="sqlite" if is_sqlite(settings.database_url) else "postgres",
        migration=held.migration,
        channel=held.channel,
        rows=held.rows,
        members=writer.members,
        missing=missing,
    )


async def restore(
    settings: Settings, file: Path, progress: Progress, *, replace: bool = False
) -> tuple[Manifest, list[str]]:
    """Put a backup's rows and pictures in the place of what the settings name, with today's tables.

    Everything is verified first. With `replace` what is there may hold work, which is then gone. A backup of SQLite may
    also go into PostgreSQL. Also gives the pictures of before that the store did not let go of: no row names them.
    Raises CannotBackUp, and then nothing has changed; DatabaseUnavailable when PostgreSQL went away after its tables
    were restored, and then `migrate` brings them up to date.
    """
    with closing(Reader(file)) as reader:
        manifest = reader.manifest
        _refuse_newer(manifest.migration)
        _refuse_another_channel(settings, manifest)
        to_sqlite = is_sqlite(settings.database_url)
        if to_sqlite and manifest.database == "postgres":
            raise CannotBackUp(
                "ไฟล์สำรองนี้มาจาก PostgreSQL โปรดตั้ง DATABASE_URL เป็น postgres://… · "
                "This backup is from PostgreSQL; set DATABASE_URL to postgres://…"
            )
        reader.verify()
        rows, pictures = await (sqlite if to_sqlite else postgres).look(settings.database_url)
        if holds_work(rows) and not replace:
            raise CannotBackUp(
                "ฐานข้อมูลนี้มีข้อมูลอยู่แล้ว จึงไม่กู้คืนทับ ถ้าต้องการแทนที่ทั้งหมด ให้สำรองไว้ก่อน แล้วเพิ่ม --replace · "
                "This database holds data already, so nothing was restored over it. "
                "To replace all of it, back it up first, then add --replace"
            )
        with sqlite.alone(settings.database_url) if to_sqlite else nullcontext() as held:
            store = await _store(settings)
            try:
                new = await put_pictures(store, reader, progress)
            except StoreUnavailable as error:
                raise _store_away(error) from error
            try:
                await _load(settings.database_url, reader, held)
            except BaseException:
                await delete_pictures(store, new)
                raise
            # From here on the rows are those of the backup: nothing that follows may undo the pictures.
            left = await _without_rows(store, {*pictures} - {*manifest.pictures})
    if manifest.database == "postgres":
        await migrate(settings.database_url)
    return manifest, left


async def _without_rows(store: Store, names: set[str]) -> list[str]:
    """Let go of the pictures whose rows are gone; gives the names that the store did not let go of."""
    try:
        await delete_pictures(store, names)
    except StoreUnavailable:
        return sorted(names)
    return []


async def _load(url: str, reader: Reader, held: sqlite3.Connection | None) -> None:
    """The database alone. The file of a SQLite database is brought up to date before anything is touched."""
    manifest = reader.manifest
    member = DATABASE[manifest.database]
    if manifest.database == "postgres":
        await postgres.load(url, reader.chunks(member), [*manifest.rows])
        return
    with TemporaryDirectory(prefix="raingan-restore-") as folder:
        unpacked = Path(folder) / member
        try:
            with unpacked.open("wb") as file:
                file.writelines(reader.chunks(member))
            await migrate(f"sqlite://{unpacked}")
        except (OSError, DatabaseUnavailable) as error:
            raise CannotBackUp(
                f"แตกไฟล์สำรองที่ {folder} ไม่ได้ (ตั้งที่อื่นด้วย TMPDIR) ไม่มีอะไรเปลี่ยนแปลง · "
                f"Unpacking in {folder} failed (TMPDIR names another place); nothing was changed: {error}"
            ) from error
        if held is not None:
            sqlite.put_back(unpacked, held)
        else:
            await migrate(url)
            await copy_rows(f"sqlite://{unpacked}", url)


async def _store(settings: Settings) -> Store:
    try:
        return await open_store(settings)
    except StoreUnavailable as error:
        raise CannotBackUp(str(error)) from error


def _store_away(error: StoreUnavailable) -> CannotBackUp:
    return CannotBackUp(
        f"อ่านหรือเขียนที่เก็บรูปไม่ได้ โปรดตรวจ STORAGE_DIR ที่ว่าง และสิทธิ์ ไม่มีอะไรเปลี่ยนแปลง · The pictures' store (STORAGE_DIR) "
        f"does not answer or is full; nothing was changed: {error}"
    )


def _refuse_newer(migration: str) -> None:
    if migration not in known_migrations():
        raise CannotBackUp(
            f"ตารางเป็นของโปรแกรมรุ่นใหม่กว่า ({migration}) โปรดปรับรุ่นโปรแกรมก่อน · "
            f"The tables are of a newer program ({migration}); update this program first. Nothing was changed."
        )


def _refuse_another_channel(settings: Settings, manifest: Manifest) -> None:
    if manifest.channel in ("", settings.channel):
        return
    if settings.simulator:
        raise CannotBackUp(
            "ไฟล์สำรองนี้เป็นของช่อง LINE จริง โปรดตั้ง LINE_CHANNEL_SECRET และ LINE_CHANNEL_ACCESS_TOKEN ก่อน · "
            "This backup is of a real LINE channel: set LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN first"
        )
    raise CannotBackUp(
        "ไฟล์สำรองนี้เป็นของตัวจำลอง จึงไม่กู้คืนลงฐานข้อมูลของช่อง LINE จริง · "
        "This backup is of the simulator; it is not restored beside a real LINE channel"
    )
