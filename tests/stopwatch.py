"""How long something takes at its best: a bound that holds on a shared machine too."""

from __future__ import annotations

import time
from collections.abc import Callable


def best_of(runs: int, act: Callable[[], object]) -> float:
    """The seconds of the quickest of `runs` calls: what disturbs the others is the machine, not the code."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return min(taken)
