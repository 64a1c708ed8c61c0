"""How long things took, as a histogram that costs a fraction of a microsecond to add to."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Seconds. LINE waits 2 s for its 200, and a reply token lives about 60 s."""


class Durations:
    """Counts by upper bound, as Prometheus understands them. For one event loop: nothing is locked."""

    __slots__ = ("_counts", "seconds")

    def __init__(self) -> None:
        self._counts = [0] * (len(BOUNDS) + 1)
        self.seconds = 0.0
        """The sum of all."""

    def add(self, seconds: float, times: int = 1) -> None:
        """One duration, or the same for `times` turns that shared it. Less than nothing (two clocks) is nothing."""
        seconds = max(seconds, 0.0)
        self._counts[bisect_left(BOUNDS, seconds)] += times
        self.seconds += seconds * times

    def buckets(self) -> list[tuple[str, float]]:
        """Upper bound in seconds → how many took at most that; the last bound is "+Inf"."""
        return list(zip([*map(str, BOUNDS), "+Inf"], accumulate(self._counts), strict=True))
