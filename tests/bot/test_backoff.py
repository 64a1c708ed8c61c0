"""The waits between tries."""

from __future__ import annotations

from bot.backoff import backoff


def test_doubled_up_to_the_longest() -> None:
    """Each wait lies in the upper half of twice the one before, and a day of failures waits as long as an hour's."""
    for failures, most in ((0, 0.5), (1, 1.0), (2, 2.0), (5, 16.0), (6, 30.0), (5000, 30.0)):
        waits = [backoff(failures, 0.5, 30.0) for _ in range(50)]
        assert most / 2 <= min(waits) < max(waits) <= most
