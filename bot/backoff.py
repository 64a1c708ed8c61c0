"""How long to wait before the next try of something that failed."""

from __future__ import annotations

import random

_DOUBLINGS = 30
"""Beyond that every wait is the longest anyway, and a float would run over after a day without network."""


def backoff(failures: int, first: float, longest: float) -> float:
    """Seconds before the next try after this many `failures` before it: doubled each time, jitter in the upper half."""
    most = min(first * 2.0 ** min(failures, _DOUBLINGS), longest)
    return most * (0.5 + random.random() / 2)  # noqa: S311 - spreads load, guards nothing
