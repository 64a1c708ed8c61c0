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
    """Answers by what was asked for, each with the mark (`bot.commits`) at which it was known to be true."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._most = most
        self._made: OrderedDict[str, tuple[Made, str]] = OrderedDict()
        self.bytes = 0

    def at(self, name: str, mark: str) -> Made | None:
        """What was true at this mark already: nobody has committed since. None where that is not known."""
        made, known_at = self._made.get(name, (None, ""))
        if made is None or not mark or known_at != mark:
            return None
        self._made.move_to_end(name)
        return made

    def get(self, name: str, tag: str, mark: str = "") -> Made | None:
        """What was made from the same state, found to be so after `mark`; None when there is nothing of this state."""
        made, _ = self._made.get(name, (None, ""))
        if made is None or made.tag != tag:
            return None
        self._made[name] = (made, mark)
        self._made.move_to_end(name)
        return made

    def keep(self, name: str, made: Made, mark: str = "") -> None:
        """Keep what was read after `mark` in place of what was made before, and let go of what is too much."""
        before, _ = self._made.pop(name, (None, ""))
        self.bytes += made.size - (before.size if before is not None else 0)
        self._made[name] = (made, mark)
        while self.bytes > self._most:
            self.bytes -= self._made.popitem(last=False)[1][0].size

    def clear(self) -> None:
        """Let go of everything."""
        self._made.clear()
        self.bytes = 0
