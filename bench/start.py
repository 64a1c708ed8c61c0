"""From nothing to ready, and the memory that the bot holds then and under load."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Spread, spread
from bench.line import Load
from bench.office import ANSWERS, BEGIN, make_office, reporters
from bench.processes import bot, bot_environment, line

STARTS = 5
PEOPLE = 256
IDLE_AFTER_S = 4.0
"""Beside the first seconds the SDK is imported to ask LINE who we are."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Started:
    """Seconds from the command to /readyz, and resident memory in MiB."""

    seconds: Spread
    ready: Spread
    idle: Spread
    loaded: Spread


async def start(folder: Path, say: Say, *, quick: bool) -> Started:
    """Cold starts of one process on SQLite, each followed by a load."""
    import asyncio

    url = f"sqlite://{folder}/start.sqlite3"
    people = 8 if quick else PEOPLE
    await make_office(url, people)
    seconds, ready, idle, loaded = [], [], [], []
    async with line() as platform:
        for _ in range(1 if quick else STARTS):
            begun = time.perf_counter()
            async with bot(bot_environment(url, platform.address, folder)) as (port, process):
                seconds.append(time.perf_counter() - begun)
                ready.append(_resident(process.pid))
                await asyncio.sleep(0.1 if quick else IDLE_AFTER_S)
                idle.append(_resident(process.pid))
                run = await platform.run(Load([port], reporters(people, [BEGIN, *ANSWERS, "ยกเลิก", "ใช่"]), 32))
                if run.missing or set(run.statuses) != {"200"}:
                    raise RuntimeError(run.void)
                loaded.append(_resident(process.pid))
            say(f"ready after {seconds[-1]:.2f} s, {idle[-1]:.0f} MiB idle, {loaded[-1]:.0f} MiB under load")
    return Started(spread(seconds), spread(ready), spread(idle), spread(loaded))


def _resident(pid: int) -> float:
    """Resident memory in MiB, from the kernel."""
    for row in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if row.startswith("VmRSS:"):
            return int(row.split()[1]) / 1024
    raise RuntimeError("no VmRSS: the memory can only be read on Linux")
