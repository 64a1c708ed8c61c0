"""How much work something is, whatever else the machine does: processor time against that of work whose size is known.

A clock on the wall would measure the neighbours. Both are measured by the thread's own processor time, in the same
moment, so a slow or busy machine slows both alike.
"""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 25
_known_s: list[float] = []


def _known_work() -> None:
    """Twice the 5 ms that reading a text may take, on a small server of 2026: the other half is margin."""
    total = 0
    for number in range(400_000):
        total += number


def little(act: Callable[[], object], share: float = 1.0) -> bool:
    """Whether `act` is less work than `share` of the known work, in one of several tries.

    What disturbs the others is the machine; what is too slow in itself is so each time.
    """
    if not _known_s:
        _known_s.append(min(_taken(_known_work) for _ in range(3)))
    if _taken(act) < share * _known_s[0]:
        return True
    # Not at once: then side by side, as the machine is now.
    return any(_taken(act) < share * _taken(_known_work) for _ in range(TRIES))


def _taken(act: Callable[[], object]) -> float:
    begun = time.thread_time()
    act()
    return time.thread_time() - begun
