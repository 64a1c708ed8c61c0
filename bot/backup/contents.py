"""What a backup holds beside the tables themselves: asked of the same moment of the database that is backed up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.evidence.names import thumbnail_of

Fetch = Callable[[str], Awaitable[Sequence[Sequence[Any]]]]
"""A statement without parameters → its rows."""

_MIGRATION = "SELECT name FROM tortoise_migrations ORDER BY name DESC LIMIT 1"
_CHANNEL = "SELECT channel FROM installation"
_PICTURES = (
    "SELECT path FROM picture WHERE state = 'ready' AND path <> '' UNION SELECT path FROM evidence WHERE path <> ''"
    " ORDER BY 1"
)
_OF_A_START = {"installation", "tortoise_migrations", "schedule_run", "process", "partition_lease"}
"""What a bot writes before anybody has written to it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The newest migration, the channel that was served, the rows of each table, and the pictures that rows name."""

    migration: str
    channel: str
    rows: dict[str, int]
    pictures: list[str]


async def contents(fetch: Fetch, tables: Sequence[str]) -> Contents:
    """Ask for all of it. The tables are those of the database itself, which may be older than this program's."""
    channel = await fetch(_CHANNEL) if "installation" in tables else []
    return Contents(
        migration=(await fetch(_MIGRATION))[0][0],
        channel=channel[0][0] if channel else "",
        rows={name: (await fetch(f'SELECT COUNT(*) FROM "{name}"'))[0][0] for name in sorted(tables)},  # noqa: S608
        pictures=await picture_names(fetch, tables),
    )


async def picture_names(fetch: Fetch, tables: Sequence[str]) -> list[str]:
    """The files in the store that the rows name, each with its thumbnail after it."""
    rows = await fetch(_PICTURES) if {"picture", "evidence"} <= {*tables} else []
    return [name for (path,) in rows for name in (path, thumbnail_of(path))]


def holds_work(rows: dict[str, int]) -> bool:
    """Whether these tables hold more than the traces of a start."""
    return any(count for name, count in rows.items() if name not in _OF_A_START)
