"""`python -m bot` on a machine whose clock somebody sets: the wall's time, moved by the seconds in the file WALL_CLOCK.

What is moved is the computer's clock as `bot.clock.Clock` asks for it; nothing of the bot is another than in service.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import bot.clock
from bot.__main__ import run

_WALL = Path(os.environ["WALL_CLOCK"])


class _Computer(datetime):
    """The class `datetime` on that machine."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # the time is a plain datetime
        return datetime.now(tz) + timedelta(seconds=float(_WALL.read_text("ascii")))


if __name__ == "__main__":
    vars(bot.clock)["datetime"] = _Computer
    run()
