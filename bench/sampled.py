"""`python -m bot` under a sampling profiler: from SIGUSR1 on, where its main thread is each millisecond of CPU time.

At its end it writes into the file named by SAMPLES how often each stack was seen, innermost frame first.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

EVERY_S = 0.001
_seen: Counter[tuple[tuple[str, str], ...]] = Counter()


def _look(_signal: int, frame: FrameType | None) -> None:
    stack = []
    while frame is not None:
        stack.append((frame.f_code.co_filename, frame.f_code.co_qualname))
        frame = frame.f_back
    _seen[tuple(stack)] += 1


def _begin(_signal: int, _frame: FrameType | None) -> None:
    _seen.clear()
    signal.setitimer(signal.ITIMER_PROF, EVERY_S, EVERY_S)


if __name__ == "__main__":
    signal.signal(signal.SIGPROF, _look)
    signal.signal(signal.SIGUSR1, _begin)
    try:
        runpy.run_module("bot", run_name="__main__", alter_sys=True)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        Path(os.environ["SAMPLES"]).write_text(json.dumps(list(_seen.items())), "utf-8")
        sys.stdout.flush()
