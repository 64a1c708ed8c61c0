"""A burst waits here instead of being refused by LINE."""

from __future__ import annotations

import time

import pytest

from bot.line.rate import TokenBucket


def test_a_full_bucket_lets_its_rate_through_at_once() -> None:
    """The calls of one second go out together, the next ones wait their turn."""
    bucket = TokenBucket(4, clock=lambda: 100.0)
    assert [bucket.take() for _ in range(6)] == [0, 0, 0, 0, 0.25, 0.5]


def test_a_bucket_fills_with_time_but_never_over() -> None:
    """A pause of an hour buys one second's calls, not an hour's."""
    now = [0.0]
    bucket = TokenBucket(2, clock=lambda: now[0])
    assert [bucket.take() for _ in range(3)] == [0, 0, 0.5]
    now[0] = 3_600.0
    assert [bucket.take() for _ in range(3)] == [0, 0, 0.5]


def test_a_clock_that_goes_back_gives_nothing_and_takes_nothing() -> None:
    """A clock set back only pauses the filling."""
    now = [10.0]
    bucket = TokenBucket(1, clock=lambda: now[0])
    now[0] = 5.0
    assert [bucket.take(), bucket.take()] == [0, 1]


async def test_waiting_takes_the_time_that_is_due() -> None:
    """`wait` returns at once, without giving way, with tokens left, and later without."""
    bucket = TokenBucket(20, clock=lambda: 0.0)
    for _ in range(20):
        with pytest.raises(StopIteration):
            bucket.wait().send(None)
    began = time.monotonic()
    await bucket.wait()
    assert time.monotonic() - began > 0.02
