"""One deadline for everything that stops."""

from __future__ import annotations

import asyncio
from typing import Never

import pytest

from bot.stopping import Stopping


async def never() -> None:
    await asyncio.Event().wait()


async def broken() -> Never:
    raise ConnectionError


async def test_each_has_its_share_and_all_together_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """What hangs is broken off when its share is over; what comes after it still has the rest of the time."""
    monkeypatch.setattr("bot.stopping.STOPS_WITHIN", 1.0)
    stopping, loop = Stopping(), asyncio.get_running_loop()
    began = loop.time()
    hanging = asyncio.create_task(never())
    await stopping.end(0.3, hanging)
    assert hanging.cancelled()
    assert loop.time() - began >= 0.3
    assert stopping.left(1) <= 0.7
    rest = asyncio.create_task(asyncio.sleep(0))
    await stopping.end(0.1, rest)
    assert not rest.cancelled()


async def test_what_fails_stops_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    """A part that cannot be closed is logged by the kind of its error, and the next one is closed."""
    await Stopping().end(1, broken(), asyncio.sleep(0))
    assert "stopping.failed" in capsys.readouterr().out
