"""The file a backup lies in: a zip with a manifest that names every member with its sum. Any unzip program reads it.

Members: `manifest.json`, then `database.sqlite3` (a whole SQLite database) or `database.sql` (what pg_dump wrote), and
the pictures under `storage/` by their names in STORAGE_DIR.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import msgspec

from bot.evidence.store import NAME

VERSION = 1
"""Of the format; a program refuses a newer one."""
STORED = "storage/"
DATABASE = {"sqlite": "database.sqlite3", "postgres": "database.sql"}
_MANIFEST = "manifest.json"
_CHUNK = 1 << 20


class CannotBackUp(Exception):
    """No backup was made, or nothing was restored. The sentence is for the person at the command line."""


class Member(msgspec.Struct, frozen=True):
    """One file within the archive: its size in bytes and the SHA-256 of its bytes, in hex."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the archive holds and where it is from."""

    raingan_backup: int
    """The format's version."""
    made_at: str
    """ISO, with its zone."""
    database: Literal["sqlite", "postgres"]
    migration: str
    """The newest one of its tables."""
    channel: str
    """real, simulator, or empty when it has served neither."""
    rows: dict[str, int]
    """Table → its number of rows."""
    members: dict[str, Member]
    missing: list[str]
    """Pictures that a row names and the store did not have."""

    @property
    def pictures(self) -> list[str]:
        """Names in the store, thumbnails included."""
        return [name.removeprefix(STORED) for name in self.members if name.startswith(STORED)]


class Writer:
    """Adds members one after the other; each is on the disk before the archive gets its name."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self.members: dict[str, Member] = {}

    def add(self, name: str, chunks: Iterable[bytes], *, compressed: bool = False) -> None:
        """Keep what the chunks are together. `compressed` is for what is text; pictures are small already."""
        entry = zipfile.ZipInfo(name)
        entry.external_attr = 0o600 << 16
        entry.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        digest, size = hashlib.sha256(), 0
        with self._packed.open(entry, "w", force_zip64=True) as member:
            for chunk in chunks:
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.members[name] = Member(size, digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, last: an archive without one was never finished."""
        self._packed.writestr(_MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1))


@contextmanager
def new_archive(file: Path) -> Iterator[tuple[Writer, Path]]:
    """An archive to fill, and a folder for what is needed meanwhile, both beside `file`, ours alone.

    `file` gets its name when all of it is on the disk, in place of an older backup of that name; until then that one
    stays. Raises CannotBackUp when something else lies there, or the disk refuses.
    """
    _refuse_to_cover(file)
    try:
        with TemporaryDirectory(prefix=".backup-", dir=file.parent) as folder:
            partial = Path(folder) / file.name
            handle = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w+b") as raw:
                with zipfile.ZipFile(raw, "w", compresslevel=6) as packed:
                    yield Writer(packed), Path(folder)
                raw.flush()
                os.fsync(raw.fileno())
            partial.replace(file)
            _sync_folder(file.parent)
    except OSError as error:
        raise _disk(file.parent, error) from error


def _refuse_to_cover(file: Path) -> None:
    if not file.exists():
        return
    with suppress(CannotBackUp):
        Reader(file).close()
        return
    raise CannotBackUp(
        f"มี {file} อยู่แล้วและไม่ใช่ไฟล์สำรอง จึงไม่เขียนทับ โปรดตั้งชื่ออื่น · "
        f"{file} is there and is no backup, so it stays; choose another name"
    )


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _disk(place: Path, error: OSError) -> CannotBackUp:
    said = error.strerror or type(error).__name__
    return CannotBackUp(
        f"เขียนลง {place} ไม่ได้ ({said}) โปรดตรวจที่ว่างและสิทธิ์ ไม่มีอะไรเปลี่ยนแปลง · "
        f"Cannot write to {place} ({said}); check its free space and permissions. Nothing was changed."
    )


class Reader:
    """An archive that was found. Nothing of it is to be trusted before `verify` has returned."""

    def __init__(self, file: Path) -> None:
        """Open it and read its manifest; raises CannotBackUp when it is none of ours, or cut off."""
        self.file = file
        try:
            self._packed = zipfile.ZipFile(file)
        except FileNotFoundError:
            raise CannotBackUp(f"ไม่พบไฟล์ {file} · There is no file {file}") from None
        except (OSError, zipfile.BadZipFile):
            raise _unusable(file) from None
        try:
            self.manifest = self._read_manifest()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._packed.close()

    def verify(self) -> None:
        """Read everything and compare it with the manifest; raises CannotBackUp where one byte differs."""
        names = [entry.filename for entry in self._packed.infolist()]
        if sorted(names) != sorted([*self.manifest.members, _MANIFEST]):
            raise _unusable(self.file)
        named = all(NAME.fullmatch(name) for name in self.manifest.pictures)
        if not named or DATABASE[self.manifest.database] not in self.manifest.members:
            raise _unusable(self.file)
        for name, member in self.manifest.members.items():
            digest, size = hashlib.sha256(), 0
            for chunk in self.chunks(name):
                digest.update(chunk)
                size += len(chunk)
            if Member(size, digest.hexdigest()) != member:
                raise _unusable(self.file)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member's bytes, a megabyte at a time; raises CannotBackUp when they cannot be read."""
        try:
            with self._packed.open(name) as member:
                while chunk := member.read(_CHUNK):
                    yield chunk
        except (OSError, zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError):
            raise _unusable(self.file) from None

    def _read_manifest(self) -> Manifest:
        try:
            said = b"".join(self.chunks(_MANIFEST))
            version = msgspec.json.decode(said, type=dict)["raingan_backup"]
            if version == VERSION:
                return msgspec.json.decode(said, type=Manifest)
        except (KeyError, msgspec.DecodeError):
            raise _unusable(self.file) from None
        raise CannotBackUp(
            f"{self.file}: เป็นไฟล์สำรองรุ่น {version} โปรแกรมนี้อ่านได้รุ่น {VERSION} โปรดใช้โปรแกรมรุ่นใหม่กว่า · "
            f"this backup is of format {version}, this program reads {VERSION}; use a newer program"
        )


def _unusable(file: Path) -> CannotBackUp:
    return CannotBackUp(
        f"{file}: ไม่ใช่ไฟล์สำรองของระบบนี้ หรือไฟล์เสียหรือไม่ครบ ไม่มีอะไรเปลี่ยนแปลง โปรดใช้ไฟล์สำรองอื่น · "
        f"not a backup of this bot, or damaged or cut off. Nothing was changed; use another backup"
    )
