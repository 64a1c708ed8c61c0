"""Pictures between the store and an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.backup.archive import STORED, Reader, Writer
from bot.evidence.store import Store

Progress = Callable[[int, int], None]
"""How many pictures are done, and of how many."""


async def take_pictures(store: Store, names: Sequence[str], writer: Writer, progress: Progress) -> list[str]:
    """Add each to the archive; those that the store does not have are returned. Raises StoreUnavailable."""
    missing = []
    for done, name in enumerate(names, 1):
        try:
            writer.add(STORED + name, [await store.get(name)])
        except FileNotFoundError:  # dropped from a draft after the moment of the backup, or lost before
            missing.append(name)
        progress(done, len(names))
    return missing


async def put_pictures(store: Store, reader: Reader, progress: Progress) -> list[str]:
    """Put each into the store where it is not yet; returns the names of those that were not there before.

    Raises StoreUnavailable; what had been put is taken away again then.
    """
    new: list[str] = []
    names = reader.manifest.pictures
    try:
        for done, name in enumerate(names, 1):
            data = b"".join(reader.chunks(STORED + name))
            try:
                same = await store.get(name) == data
            except FileNotFoundError:
                new.append(name)
                same = False
            if not same:
                await store.put(name, data)
            progress(done, len(names))
    except BaseException:
        await delete_pictures(store, new)
        raise
    return new


async def delete_pictures(store: Store, names: Iterable[str]) -> None:
    """Let go of these. Raises StoreUnavailable."""
    for name in names:
        await store.delete(name)
