"""The clock runs on from wherever it was set, and always speaks in the office's time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import Clock

BANGKOK = ZoneInfo("Asia/Bangkok")
START = datetime(2026, 11, 22, 9, tzinfo=BANGKOK)
A_MOMENT = timedelta(seconds=5)


def test_without_a_start_it_is_the_computers_clock() -> None:
    """The time is the computer's, aware and in the zone."""
    clock = Clock(None, BANGKOK)
    assert abs(clock.now() - datetime.now(UTC)) < A_MOMENT
    assert clock.now().tzinfo is BANGKOK
    assert not clock.simulated


def test_it_runs_on_from_its_start() -> None:
    """A simulated clock never stands still and never jumps."""
    clock = Clock(START, BANGKOK)
    first, second = clock.now(), clock.now()
    assert START <= first <= second < START + A_MOMENT
    assert clock.simulated


def test_it_can_be_moved() -> None:
    """Moving sets it, in any zone; forward adds to what it shows."""
    clock = Clock(None, BANGKOK)
    clock.move_to(datetime(2027, 1, 10, 17, tzinfo=UTC))
    clock.forward(timedelta(days=1))
    assert timedelta(0) <= clock.now() - datetime(2027, 1, 12, 0, tzinfo=BANGKOK) < A_MOMENT
    assert clock.now().tzinfo is BANGKOK
    clock.forward(timedelta(days=-1))
    assert clock.now().day == 11


def test_it_refuses_a_time_without_a_zone() -> None:
    """Nobody has to guess which nine o'clock is meant."""
    with pytest.raises(ValueError, match="aware"):
        Clock(None, BANGKOK).move_to(datetime(2026, 11, 22, 9))  # noqa: DTZ001 — the point
