"""What people sent beside words: kept as LINE keeps it, for a while, until its author takes it back.

Source: developers.line.biz, "Get content". Of LINE's kinds only images have a content here.
"""

from __future__ import annotations

from bot.simulator.answers import Answer, Asked, Refused, ok

KEPT = 100
"""The newest contents; each has at most `MOST_BYTES`."""
MOST_BYTES = 20 * 1024 * 1024

_BEGINNINGS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif", b"RIFF": "image/webp"}


def content_type_of(data: bytes) -> str:
    """The type LINE would name, by how the bytes begin."""
    return next((kind for begin, kind in _BEGINNINGS.items() if data.startswith(begin)), "application/octet-stream")


class Contents:
    """Contents by message id."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        self._unsent: set[str] = set()

    def keep(self, message_id: str, data: bytes) -> None:
        """Keep what was sent with this message; the oldest is forgotten when there are too many."""
        self._kept[message_id] = data
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]

    def unsend(self, message_id: str) -> None:
        """The author took the message back: from now on its content is gone."""
        if self._kept.pop(message_id, None) is not None:
            self._unsent.add(message_id)

    def find(self, message_id: str) -> bytes | None:
        """What was sent with this message, None when it is unknown, forgotten or taken back."""
        return self._kept.get(message_id)

    def content(self, asked: Asked) -> Answer:
        """The bytes; a preview is the picture itself, where LINE's is smaller. Raises Refused with 404 or 410."""
        data = self._known(asked)
        return Answer(200, data, {"Content-Type": content_type_of(data)})

    def transcoding(self, asked: Asked) -> Answer:
        """Whether a sound or film is ready. Raises Refused with 404 or 410."""
        self._known(asked)
        return ok({"status": "succeeded"})

    def _known(self, asked: Asked) -> bytes:
        message_id = asked.match["message_id"]
        if message_id in self._unsent:
            raise Refused(410, "The content is gone")
        found = self._kept.get(message_id)
        if found is None:
            raise Refused(404, "Not found")
        return found
