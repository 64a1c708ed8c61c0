"""The hours in which people are written to without having asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

EVERY = timedelta(minutes=10)
"""Between one look at what is due and the next."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours: from the one up to the other."""

    begin: time = time(8, 30)
    end: time = time(16, 30)

    def latest(self, now: datetime) -> datetime | None:
        """The latest moment for reminding up to `now`; None outside of the hours."""
        if not self.begin <= now.timetz().replace(tzinfo=None) < self.end:
            return None
        begins = self.begins(now)
        return begins + (now - begins) // EVERY * EVERY

    def begins(self, now: datetime) -> datetime:
        """When that day's hours begin."""
        return datetime.combine(now.date(), self.begin, now.tzinfo)
