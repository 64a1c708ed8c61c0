"""One event on its way through its group, and its row: handled, kept for another try, or set aside."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

import structlog

from bot import sql, statements
from bot.apply import Writes
from bot.database import writing
from bot.line.arrivals import Incoming
from bot.queue.seam import Arrival, Settled
from handlers.effects import Turn
from handlers.facts import Facts

ATTEMPTS = 3
"""A turn that failed this often is set aside for a person to read."""

_log = structlog.get_logger()


@dataclass(slots=True)
class Pending:
    """One arrival on its way through its group."""

    arrival: Arrival
    attempts: int
    incoming: Incoming
    turn: Turn | None = None
    facts: Facts | None = None
    error: Exception | None = None


def save_event(
    writes: Writes, each: Pending, state: str, error: str = "", statement: sql.Statement = statements.SAVE_EVENT
) -> None:
    """The event's row as it is now."""
    arrival, event = each.arrival, each.incoming.event
    message_id = event.message_id if event is not None else ""
    times = (arrival.occurred_at, arrival.received_at)
    # What people in a group say to each other, and events that mean nothing to us, are nobody's report.
    raw = "{}" if state == "handled" and (event is None or event.in_group) else arrival.raw
    writes.add(statement, arrival.id, arrival.chat_id, message_id, *times, raw, state, each.attempts, error)


def keep_failed(writes: Writes, each: Pending) -> Settled:
    """The event's row after one more failure: another try, or set aside."""
    each.attempts += 1
    error = described(each.error)
    set_aside = each.attempts >= ATTEMPTS
    _log.error("dispatch.turn_failed", event_id=each.arrival.id, attempts=each.attempts, error=error)
    save_event(writes, each, "set_aside" if set_aside else "waiting", error)
    return Settled.SET_ASIDE if set_aside else Settled.RETRY


async def keep_barely(arrival: Arrival, error: Exception) -> Settled:
    """Record a failure without anything that the event says: neither message id nor apology."""
    async with writing() as connection:
        rows = await sql.fetch(connection, statements.EVENTS, [arrival.id])
        if rows and rows[0]["state"] != "waiting":
            return Settled.DUPLICATE
        attempts = rows[0]["attempts"] if rows else 0
        each = Pending(arrival, attempts, Incoming(None, "", is_redelivery=False), error=error)
        writes = Writes()
        settled = keep_failed(writes, each)
        await writes.flush(connection)
    return settled


def described(error: BaseException | None) -> str:
    """An exception's class and place; its message could quote what a person wrote."""
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno} in {frames[-1].name}" if frames else ""
    return f"{type(error).__name__}{place}"
