"""What the database holds that somebody should see to. The same in every process that shows it: take the maximum."""

from __future__ import annotations

from collections.abc import Iterable

from tortoise.connection import get_connection

from bot import sql
from bot.metrics.figure import Figure, gauge

LASTS = 15.0
"""Seconds for which the counts are remembered."""

COUNTS = sql.Statement(
    "SELECT (SELECT COUNT(*) FROM webhook_event WHERE state = 'waiting') AS events_waiting,"
    " (SELECT COUNT(*) FROM webhook_event WHERE state = 'set_aside') AS events_set_aside,"
    " (SELECT COUNT(*) FROM outgoing_message WHERE state = 'set_aside'"
    " AND error NOT IN ('superseded', 'blocked', 'late')) AS messages_set_aside,"
    " (SELECT COUNT(*) FROM picture WHERE state = 'waiting') AS pictures_waiting"
)
"""Each by the index on its state: what is handled and sent is not looked at."""


async def stored_figures() -> Iterable[Figure]:
    """`bot.metrics.figure.Part`; raises what the database raises."""
    (row,) = await sql.fetch(get_connection("default"), COUNTS)
    return (
        gauge("raingan_events_waiting", "Stored events whose turn failed and is tried again.", row["events_waiting"]),
        gauge("raingan_events_set_aside", "Events that wait for a person: replay them.", row["events_set_aside"]),
        gauge(
            "raingan_messages_set_aside",
            "Messages that could not be delivered, but for those that nobody misses.",
            row["messages_set_aside"],
        ),
        gauge("raingan_pictures_waiting", "Pictures that are still to be fetched from LINE.", row["pictures_waiting"]),
    )
