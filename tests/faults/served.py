"""`python -m bot` on a machine whose clock somebody sets: the wall's time, moved by the seconds in the file WALL_CLOCK.

What is moved is the computer's clock as `bot.clock.Clock` asks for it; nothing of the bot is another than in service.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import bot.clock
from bot.__main__ import run


def served() -> None:
    """Run it; `tests.bot_process` has made this process."""
    wall = Path(os.environ["WALL_CLOCK"])

    class Computer(datetime):
        """The class `datetime` on that machine."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # the time is a plain datetime
            return datetime.now(tz) + timedelta(seconds=float(wall.read_text("ascii")))

    vars(bot.clock)["datetime"] = Computer
    run()
