"""When nothing should be sent: LINE refuses our configuration, or does not answer."""

from __future__ import annotations

FAILURES = 10
"""Calls without an answer in a row, after which LINE is taken to be down."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 10.0
"""Seconds. The longest leaves a reply token, which lives a minute, several chances."""


class Gate:
    """Open, or shut with one probe at a time. Times are seconds of a monotonic clock."""

    def __init__(self, probe_every: float = 60.0) -> None:
        """`probe_every`: seconds between two probes while LINE refuses our access token."""
        self.paused: str | None = None
        """Why sending is paused for a person to see to it."""
        self.shut_until = 0.0
        self._probe_every = probe_every
        self._failures = 0
        self._pause = _FIRST_PAUSE

    @property
    def open(self) -> bool:
        return self.paused is None and self._failures < FAILURES

    def answered(self) -> None:
        """LINE took our token and gave an answer."""
        self.paused, self._failures, self._pause = None, 0, _FIRST_PAUSE

    def unanswered(self, at: float) -> None:
        """A call had no answer."""
        self._failures += 1
        if not self.open and at >= self.shut_until:
            self.shut_until = at + self._pause
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)

    def refused(self, reason: str, at: float) -> None:
        """401 or 403: no message is at fault, and none will get through until a person acts."""
        self.paused = reason
        self.shut_until = at + self._probe_every
