"""What reminders are decided on, read in a fixed number of statements however many people there are."""

from __future__ import annotations

import asyncio
import importlib
from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql
from bot.line.client import LineClient
from bot.reminders import statements
from models.rules.fiscal import Quarter
from models.rules.office import Office, Role
from models.rules.permissions import Action, may
from models.rules.reminders import Budget, Desk, Pause, Reporter

_ROLES = tuple(role.value for role in Role if may(role, Action.REPORT))


async def read_desk(
    connection: BaseDBAsyncClient,
    office: Office,
    today: date,
    usual: tuple[int, ...],
    people: Collection[int] | None = None,
) -> Desk:
    """The desk of a day: everybody who reports and can be pushed to, or only these people.

    What was reported is read of the quarters that anybody could be reminded of.
    """
    reporters = await _reporters(connection, today, people)
    units = {unit for each in reporters for unit in each.unit_ids}
    done: dict[Quarter, set[tuple[int, int]]] = {}
    for quarter, dates in office.rounds.items():
        if dates.opens <= today <= dates.closes:
            wanted = (quarter.fiscal_year, quarter.number)
            rows = (
                await sql.fetch(connection, statements.STANDING, *wanted)
                if people is None
                else await sql.fetch(connection, statements.STANDING_OF, *wanted, units)
            )
            done[quarter] = {(row["unit_id"], row["indicator_id"]) for row in rows}
    return Desk(office, reporters, done, usual)


async def _reporters(
    connection: BaseDBAsyncClient, today: date, people: Collection[int] | None
) -> tuple[Reporter, ...]:
    about = (_ROLES, today, today)
    rows = (
        await sql.fetch(connection, statements.REPORTERS, *about)
        if people is None
        else await sql.fetch(connection, statements.REPORTERS_AMONG, *about, people)
    )
    units: defaultdict[int, set[int]] = defaultdict(set)
    first: dict[int, Any] = {}
    for row in rows:
        units[row["id"]].add(row["unit_id"])
        first.setdefault(row["id"], row)
    return tuple(
        Reporter(person_id, row["line_user_id"], frozenset(units[person_id]), row["language"], _pause(row))
        for person_id, row in first.items()
    )


def _pause(row: Any) -> Pause:
    year, number = row["stopped_fiscal_year"], row["stopped_quarter"]
    return Pause(sql.day(row["snoozed_to"]), None if year is None else Quarter(year, number))


async def read_budget(connection: BaseDBAsyncClient, line: LineClient, now: datetime, reserve: int) -> Budget:
    """The month's pushes: LINE's own quota and count, and what is on its way and so not in that count yet.

    LINE's count lags behind, so at least what this database sent this month is taken for used. Raises CallFailed.
    """
    # Beside the loop: it takes a second, in which nobody should have to wait.
    await asyncio.to_thread(importlib.import_module, "linebot.v3.messaging")
    quota = await line.quota()
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = await sql.fetch(connection, statements.PUSHES, ("waiting", "sending", "sent"), month)
    counted = {row["state"]: row["counted"] for row in rows}
    waiting = counted.get("waiting", 0) + counted.get("sending", 0)
    return Budget(quota.limit, max(quota.used, counted.get("sent", 0)) + waiting, reserve)
