"""What was made and is served again as long as nothing has changed: answers by name, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from multidict import CIMultiDict

KEPT_BYTES = 32 * 1024 * 1024
"""The least recently asked for go first."""


@dataclass(frozen=True, slots=True)
class Made:
    """An answer that is ready to be sent, plain and compressed, each with its headers. `tag`: what it was made from."""

    tag: str
    etag: str
    body: bytes
    headers: CIMultiDict[str]
    zipped: bytes | None = None
    zipped_headers: CIMultiDict[str] | None = None

    @property
    def size(self) -> int:
        """Bytes, about."""
        return len(self.body) + len(self.zipped or b"")


class Kept:
    """Answers by what was asked for."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._most = most
        self._made: OrderedDict[str, Made] = OrderedDict()
        self.bytes = 0

    def get(self, name: str, tag: str) -> Made | None:
        """What was made from the same state; None when there is nothing, or when it is of another state."""
        made = self._made.get(name)
        if made is None or made.tag != tag:
            return None
        self._made.move_to_end(name)
        return made

    def keep(self, name: str, made: Made) -> None:
        """Keep it in place of what was made before, and let go of what is too much."""
        if (before := self._made.pop(name, None)) is not None:
            self.bytes -= before.size
        self._made[name] = made
        self.bytes += made.size
        while self.bytes > self._most:
            self.bytes -= self._made.popitem(last=False)[1].size

    def clear(self) -> None:
        """Let go of everything."""
        self._made.clear()
        self.bytes = 0
