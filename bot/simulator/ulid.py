"""ULIDs as LINE uses them for webhook events: 48 bits of milliseconds and 80 random bits in Crockford's base 32."""

from __future__ import annotations

import secrets
from datetime import datetime

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_BITS = 80


class UlidMaker:
    """Makes ULIDs that sort in the order they were made, also within one millisecond of a clock that stands still."""

    def __init__(self) -> None:
        self._last = 0

    def make(self, at: datetime) -> str:
        """A ULID of 26 characters for the moment `at` (aware)."""
        milliseconds = int(at.timestamp() * 1000)
        if self._last >> _RANDOM_BITS == milliseconds:
            self._last += 1
        else:
            # The highest random bit stays clear: room to count upwards within the millisecond.
            self._last = milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS - 1)
        return "".join(_ALPHABET[self._last >> shift & 31] for shift in range(125, -1, -5))
