"""What reminders are decided on, read in a fixed number of statements however many people there are."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, TypeVar

from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql
from bot.line.client import LineClient
from bot.reminders import statements
from models.rules.fiscal import Quarter
from models.rules.office import Office, Role
from models.rules.permissions import Action, may
from models.rules.reminder_desk import Desk
from models.rules.reminders import Budget, Opened, Pause, Reporter

T = TypeVar("T")

REMEMBERED = timedelta(days=60)
"""How far back it is looked who was reminded last: longer than any round has its days of reminding."""
REPORTING = tuple(role.value for role in Role if may(role, Action.REPORT))


async def read_desk(
    connection: BaseDBAsyncClient,
    office: Office,
    now: datetime,
    usual: tuple[int, ...],
    people: Collection[int] | None = None,
    *,
    turns: bool = False,
) -> Desk:
    """The desk of a day: everybody who reports and can be pushed to, or only these people.

    What was reported is read of the quarters that anybody could be reminded of. Whose turn it is follows from what
    everybody was told and wrote before; where it is only some people, that is read for `turns`.
    """
    today = now.date()
    about = (REPORTING, today, today)
    rows = (
        await sql.fetch(connection, statements.REPORTERS, *about)
        if people is None
        else await sql.fetch(connection, statements.REPORTERS_AMONG, *about, people)
    )
    reporters = await _beside(people, lambda: _reporters(rows, now.tzinfo))
    opened = await read_opened(connection, office, now)
    closed = {each.quarter for each in opened}
    done: dict[Quarter, set[tuple[int, int]]] = {}
    for quarter, dates in office.rounds.items():
        if dates.opens <= today <= dates.closes or quarter in closed:
            done[quarter] = await _done(connection, quarter, reporters, people)
    reminded: dict[int, date] = {}
    wrote: dict[tuple[int, int], datetime] = {}
    if turns or people is None:
        days = await sql.fetch(connection, statements.REMINDED, today - REMEMBERED)
        written = await sql.fetch(connection, statements.WROTE, Quarter.of(today).fiscal_year - 1)
        reminded, wrote = await _beside(people, lambda: (_reminded(days, today), _wrote(written, now)))
    return Desk(office, reporters, done, usual, opened, reminded, wrote)


async def _beside(people: Collection[int] | None, work: Callable[[], T]) -> T:
    """Do this beside the loop when it is about everybody: a city's worth of rows takes seconds to go through."""
    return await asyncio.to_thread(work) if people is None else work()


async def _done(
    connection: BaseDBAsyncClient, quarter: Quarter, reporters: Iterable[Reporter], people: Collection[int] | None
) -> set[tuple[int, int]]:
    wanted = (quarter.fiscal_year, quarter.number)
    if people is None:
        rows = await sql.fetch(connection, statements.STANDING, *wanted)
    else:
        units = {unit for each in reporters for unit in each.unit_ids}
        rows = await sql.fetch(connection, statements.STANDING_OF, *wanted, units)
    return await _beside(people, lambda: {(row["unit_id"], row["indicator_id"]) for row in rows})


def _reminded(rows: Iterable[Any], today: date) -> dict[int, date]:
    return {row["person_id"]: sql.day(row["day"]) or today for row in rows}


def _wrote(rows: Iterable[Any], now: datetime) -> dict[tuple[int, int], datetime]:
    wrote: dict[tuple[int, int], datetime] = {}
    for row in rows:
        at = sql.moment(row["at"], now.tzinfo)
        if at is not None:
            place = row["unit_id"], row["person_id"]
            wrote[place] = max(at, wrote.get(place, at))
    return wrote


async def read_opened(connection: BaseDBAsyncClient, office: Office, now: datetime) -> tuple[Opened, ...]:
    """What is open to single units although it has closed."""
    found = []
    for row in await sql.fetch(connection, statements.OPENED, now.date()):
        quarter = Quarter(row["fiscal_year"], row["quarter"])
        since, until = sql.moment(row["decided_at"], now.tzinfo), sql.day(row["until"])
        if quarter in office.rounds and since is not None and until is not None:
            found.append(Opened(row["unit_id"], quarter, since.date(), until))
    return tuple(found)


def _reporters(rows: Iterable[Any], zone: tzinfo | None) -> tuple[Reporter, ...]:
    units: defaultdict[int, set[int]] = defaultdict(set)
    first: dict[int, Any] = {}
    for row in rows:
        units[row["id"]].add(row["unit_id"])
        first.setdefault(row["id"], row)
    return tuple(
        Reporter(person_id, row["line_user_id"], frozenset(units[person_id]), row["language"], _pause(row, zone))
        for person_id, row in first.items()
    )


def _pause(row: Any, zone: tzinfo | None) -> Pause:
    year, number = row["stopped_fiscal_year"], row["stopped_quarter"]
    asked_at = sql.moment(row["asked_at"], zone)
    since = date.min if asked_at is None else asked_at.date()
    return Pause(sql.day(row["snoozed_to"]), None if year is None else Quarter(year, number), since)


async def read_budget(connection: BaseDBAsyncClient, line: LineClient, now: datetime, reserve: int) -> Budget:
    """The month's pushes: LINE's own quota and count, and what is on its way and so not in that count yet.

    LINE's count lags behind, so at least what this database sent this month is taken for used. Raises CallFailed.
    """
    quota = await line.quota()
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = await sql.fetch(connection, statements.PUSHES, ("waiting", "sending", "sent"), month)
    counted = {row["state"]: row["counted"] for row in rows}
    waiting = counted.get("waiting", 0) + counted.get("sending", 0)
    return Budget(quota.limit, max(quota.used, counted.get("sent", 0)) + waiting, reserve)
