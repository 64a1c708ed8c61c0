"""Where pictures are kept: a folder, or an S3-compatible bucket, through one library (obstore)."""

from __future__ import annotations

import asyncio
import os
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.settings import Settings

NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*)*\.[a-z0-9]+")
"""What a file in the store may be called."""
_TRIES = {"max_retries": 2, "retry_timeout": timedelta(seconds=20)}
"""A job that fails is tried again by its own backoff: the library need not wait for minutes."""
_TIMES = {"connect_timeout": "5s", "timeout": "60s"}


class StoreUnavailable(Exception):
    """The store cannot be opened, or did not do what was asked. It may the next time."""


@dataclass(frozen=True, slots=True)
class S3:
    """How a bucket is reached; empty is not set.

    `endpoint_url` is the store's own address where it is not Amazon's. Without keys the machine's own role is asked.
    """

    endpoint_url: str = ""
    region: str = ""
    access_key_id: str = ""
    secret_access_key: str = ""


class Store:
    """Keeps files by name. Names are ours: lower-case letters, digits, `-`, `_`, folders and one ending."""

    def __init__(self, kept: Any, folder: Path | None) -> None:
        """`kept` is obstore's store; `folder` its place where it is one on this machine's disk."""
        self._kept = kept
        self._folder = folder

    @classmethod
    async def open(cls, url: str, s3: S3 | None = None) -> Store:
        """Open `s3://bucket/prefix` or a folder, which is made when it is not there.

        Raises StoreUnavailable when the folder cannot be made or the address is not understood. A bucket is not asked
        for anything yet: one that is away for a moment must not keep the bot from starting.
        """
        opened = _bucket(url, s3 or S3()) if url.startswith("s3://") else await asyncio.to_thread(_folder, Path(url))
        return cls(*opened)

    async def put(self, name: str, data: bytes) -> None:
        """Keep `data` under `name`, instead of what was there; on the disk by the time it returns.

        Raises StoreUnavailable.
        """
        from obstore.exceptions import BaseError

        try:
            await self._kept.put_async(_checked(name), data, use_multipart=False)
            if self._folder is not None:
                await asyncio.to_thread(_sync, self._folder / name)
        except (BaseError, OSError) as error:
            raise StoreUnavailable(type(error).__name__) from error

    async def get(self, name: str) -> bytes:
        """What is kept under `name`. Raises FileNotFoundError when nothing is, StoreUnavailable."""
        from obstore.exceptions import BaseError

        try:
            found = await self._kept.get_async(_checked(name))
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            raise FileNotFoundError(name) from None
        except (BaseError, OSError) as error:
            raise StoreUnavailable(type(error).__name__) from error

    async def delete(self, name: str) -> None:
        """Let go of `name`; nothing to do when it is not there. Raises StoreUnavailable."""
        from obstore.exceptions import BaseError

        try:
            await self._kept.delete_async(_checked(name))
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise StoreUnavailable(type(error).__name__) from error


async def open_store(settings: Settings) -> Store:
    """The store that the settings name. Raises StoreUnavailable."""
    s3 = S3(
        endpoint_url=settings.aws_endpoint_url,
        region=settings.aws_region,
        access_key_id=settings.aws_access_key_id.get_secret_value(),
        secret_access_key=settings.aws_secret_access_key.get_secret_value(),
    )
    return await Store.open(settings.storage_dir, s3)


def _checked(name: str) -> str:
    if NAME.fullmatch(name) is None:
        raise ValueError("not a name in the store")
    return name


def _folder(path: Path) -> tuple[Any, Path]:
    from obstore.exceptions import BaseError
    from obstore.store import LocalStore

    try:
        # Pictures of people are nobody else's to read on this machine.
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = path.resolve()
        return LocalStore(path), path
    except (BaseError, OSError) as error:
        raise StoreUnavailable(
            "STORAGE_DIR: สร้างโฟลเดอร์เก็บไฟล์ไม่ได้ โปรดตรวจสิทธิ์เขียน / the folder cannot be made; check its permissions"
        ) from error


def _bucket(url: str, s3: S3) -> tuple[Any, None]:
    from obstore.exceptions import BaseError
    from obstore.store import S3Store

    parts = urlsplit(url)
    if not parts.hostname or parts.query or parts.fragment or parts.username is not None:
        raise StoreUnavailable("STORAGE_DIR: ต้องเป็น s3://ถัง/โฟลเดอร์ / must be s3://BUCKET/PREFIX")
    given = {
        "endpoint": s3.endpoint_url,
        "region": s3.region,
        "access_key_id": s3.access_key_id,
        "secret_access_key": s3.secret_access_key,
    }
    config: Any = {
        **{name: value for name, value in given.items() if value},
        # One object by one plain DELETE: not every S3-compatible store knows the call for many.
        "disable_bulk_delete": True,
    }
    client: Any = {**_TIMES, "allow_http": s3.endpoint_url.startswith("http://")}
    retry: Any = _TRIES
    prefix = parts.path.strip("/") or None
    try:
        return S3Store(parts.netloc, prefix=prefix, config=config, client_options=client, retry_config=retry), None
    except (BaseError, ValueError) as error:
        raise StoreUnavailable("STORAGE_DIR: เปิดถังเก็บไฟล์ไม่ได้ / the bucket's settings are not usable") from error


def _sync(path: Path) -> None:
    """Make a file survive a power cut, as the row that names it does."""
    # Its folders' entries as well: a new file is one in its folder, and a new folder one in the one above.
    for place in (path, *list(path.parents)[:2]):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
