"""Which days are worked: weekdays that are no public holiday of Thailand, and what was decided otherwise.

Public holidays are those of the `holidays` package. Cabinet decisions come late, so an office keeps its own list
beside it (`holidays` of a set-up), and that list wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache


@dataclass(frozen=True)
class WorkingDays:
    """`decided`: day → whether it is worked, where that differs from the calendar."""

    decided: Mapping[date, bool] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        decided = self.decided.get(day)
        return decided if decided is not None else day.weekday() < 5 and day not in _public_holidays(day.year)

    def on_or_after(self, day: date) -> date:
        """The day itself or the next one that is worked."""
        while not self.works(day):
            day += timedelta(days=1)
        return day

    def on_or_before(self, day: date) -> date:
        """The day itself or the last one before it that is worked."""
        while not self.works(day):
            day -= timedelta(days=1)
        return day

    def after(self, day: date) -> date:
        """The next day that is worked."""
        return self.on_or_after(day + timedelta(days=1))

    def between(self, one: date, other: date) -> int:
        """How many days that are worked lie between two days, the later one counted; 0 for the same day."""
        first, last = sorted((one, other))
        return sum(self.works(first + timedelta(days=each)) for each in range(1, (last - first).days + 1))


@cache
def _public_holidays(year: int) -> frozenset[date]:
    import holidays  # takes a tenth of a second, and few processes ask

    return frozenset(holidays.country_holidays("TH", years=year))
