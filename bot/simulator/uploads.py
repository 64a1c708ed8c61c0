"""Pictures that the page has handed over and not sent yet."""

from __future__ import annotations

import secrets
from typing import Any

from aiohttp import StreamReader

from bot.simulator.contents import MOST_BYTES

KEPT = 20
"""LINE's album lets a person choose this many at once."""


class Uploads:
    """Bytes by the name they were given; each is taken once."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    async def keep(self, content: StreamReader) -> str | None:
        """Read a request's body and name it; None when it is larger than `MOST_BYTES`."""
        # Read past the application's own limit for bodies, which is meant for JSON.
        held = bytearray()
        async for chunk in content.iter_chunked(65536):
            if len(held) <= MOST_BYTES:
                held += chunk
        if len(held) > MOST_BYTES:
            return None
        name = secrets.token_hex(8)
        self._kept[name] = bytes(held)
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return name

    def take(self, names: Any) -> list[bytes]:
        """The bytes of 1 to `KEPT` uploads, in order; raises ValueError or LookupError for anything else."""
        if not isinstance(names, list) or not 1 <= len(names) <= KEPT or len(set(map(str, names))) != len(names):
            raise ValueError("uploads must be a list of 1 to 20 different names")
        if not all(isinstance(name, str) and name in self._kept for name in names):
            raise LookupError("there is no such upload")
        return [self._kept.pop(name) for name in names]
