"""The one clock everybody reads: the wall's, or a simulated one that runs on from where it was set."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, tzinfo


class Clock:
    """Now, always aware and in the office's time zone.

    Without a start it is the computer's clock. With one, or once moved, it runs on from there by monotonic time, so
    that correcting the computer's clock never makes a simulated minute longer.
    """

    def __init__(self, start: datetime | None, timezone: tzinfo) -> None:
        """Begin at `start` (aware; None for the computer's time); `timezone` is what `now` speaks in."""
        self.timezone = timezone
        self._start: datetime | None = None
        self._started = 0.0
        if start is not None:
            self.move_to(start)

    @property
    def simulated(self) -> bool:
        """Whether this clock was set, and so may differ from the wall's."""
        return self._start is not None

    def now(self) -> datetime:
        """The time, aware, in the office's time zone."""
        if self._start is None:
            return datetime.now(self.timezone)
        # Added in UTC: an hour forward is an hour, also across a change of summer time.
        passed = timedelta(seconds=time.monotonic() - self._started)
        return (self._start + passed).astimezone(self.timezone)

    def move_to(self, moment: datetime) -> None:
        """Set the clock to `moment`, from where it runs on. ValueError when it has no time zone."""
        if moment.tzinfo is None:
            raise ValueError("a clock is set to an aware time")
        self._start = moment.astimezone(UTC)
        self._started = time.monotonic()

    def forward(self, by: timedelta) -> None:
        """Move the clock on by `by`; a negative one moves it back."""
        self.move_to(self.now() + by)
