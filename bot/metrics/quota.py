"""The month's quota of messages, as LINE counts it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from bot.line.client import Quota
from bot.metrics.figure import Figure, Part, gauge

LASTS = 300.0
"""Seconds for which LINE's answer is remembered: its own count is approximate, so asking more often tells no more."""


def quota_figures(ask: Callable[[], Awaitable[Quota]]) -> Part:
    """`ask` may raise `CallFailed`. Without a limit there is no figure for it."""

    async def part() -> Iterable[Figure]:
        quota = await ask()
        used = gauge("raingan_quota_used", "Messages that counted this month, as LINE says (approximate).", quota.used)
        if quota.limit is None:
            return (used,)
        return used, gauge(
            "raingan_quota_limit", "Messages that may count a month; absent without a limit.", quota.limit
        )

    return part
