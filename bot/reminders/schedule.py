"""The schedule of reminders: several times an hour, in working hours of working days, whatever is due is written.

A person's row of a day is what keeps a second reminder away, here and in every other process. A day on which nobody
looked is made up for by the next look in working hours: the rounds whose day has come since the last run are all told
in that one reminder. What is pending is read again in the very transaction that writes the message; a message that
could not be sent in time is not sent (`send_by`), and its person is looked at anew.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection

from bot import sql
from bot.database import writing
from bot.delivery.outgoing import Outgoing, unasked
from bot.delivery.statements import ADD_OUTGOING
from bot.line.client import LineClient
from bot.reminders import statements
from bot.reminders.desk import REPORTING, read_budget, read_desk, read_opened
from bot.reminders.hours import Hours
from bot.reminders.telling import reminder_of, tell, untold
from bot.scheduler import claim
from bot.settings import Settings
from bot.turn_facts import Offices
from handlers.effects import Say
from handlers.remind import PENDING, QUOTA
from models.rules.office import Office, ReportKey
from models.rules.reminder_desk import Desk, asking, wanted_later, wanted_today
from models.rules.reminders import DAYS, Budget, Plan, Triggers, Wanted, last_of_month, plan

NAME = "remind"
SENT_WITHIN = timedelta(minutes=30)
"""What is not on its way by then is looked at again before it is sent."""
LOOKS_AHEAD = timedelta(days=14)
"""How long before the reminders themselves a coordinator hears that the quota will not do."""
AT_ONCE = 100
"""People in one transaction: nobody who writes has to wait for the rest."""
_LATE_SINCE = timedelta(days=14)
_URGENT_SINCE = timedelta(days=30)
_DECIDING = timedelta(minutes=10)
"""A coordinator who decided something so lately may be deciding still."""

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Day:
    """What a run is about."""

    now: datetime
    triggers: Triggers
    """What people are reminded of today."""
    called: Mapping[int, date]
    """People whose reminder is to be repeated because it was not sent in time, and the day it was of."""
    first: bool = False
    """Whether it is the day's first run."""
    budget: Budget = field(default_factory=Budget)

    @property
    def today(self) -> date:
        return self.now.date()


class Reminders:
    """The schedule. `days` are the usual days from the due day, `reserve` the pushes kept for what cannot wait."""

    name = NAME

    def __init__(
        self,
        line: LineClient,
        offices: Offices,
        *,
        days: tuple[int, ...] = DAYS,
        hours: Hours | None = None,
        reserve: int = 0,
        new_id: Callable[[], UUID] = uuid4,
    ) -> None:
        self._line = line
        self._offices = offices
        self._usual = days
        self._hours = hours or Hours()
        self._reserve = reserve
        self._new_id = new_id

    async def due(self, now: datetime) -> datetime | None:
        found = self._hours.latest(now)
        if found is None:
            return None
        office = await self._offices.current(get_connection("default"))
        return found if office.working_days.works(now.date()) else None

    async def fire(self, due: datetime, now: datetime) -> tuple[int, int]:
        """Write what is due; how many people are reminded, and how many would have been had there been quota."""
        connection = get_connection("default")
        office = await self._offices.current(connection)
        day = await self.day(connection, office, due)
        snoozed = await _people(connection, statements.SNOOZED_UNTIL_NOW, day.today)
        sent = dropped = 0
        if day.triggers or day.called or snoozed or day.first:
            with _nothing_gone_through_again():
                sent, dropped = await self._remind(office, day, now)
        await self._tell_urgent(office, now)
        async with writing() as connection:
            if await claim(connection, self.name, due, now):
                await sql.run(connection, statements.SNOOZED_ENOUGH, day.today)
        return sent, dropped

    async def _remind(self, office: Office, day: Day, now: datetime) -> tuple[int, int]:
        connection = get_connection("default")
        today, later = await self.wanted(connection, office, day)
        if not (today or later or day.called):
            return 0, 0
        day = replace(day, budget=await read_budget(connection, self._line, now, self._reserve))
        month, coming = await asyncio.to_thread(planned, today, later, day)  # sorted, which takes a moment as well
        send = {each.person_id for each in month.sent if each.day == day.today}
        drop = {each.person_id for each in month.dropped if each.day == day.today}
        sent = dropped = 0
        for some in _chunks(sorted(send | drop)):
            written = await self.write(office, day, some, drop, now)
            sent, dropped = sent + written[0], dropped + written[1]
            await asyncio.sleep(0)  # whoever writes meanwhile goes first
        if day.called:  # who has reported meanwhile is called no more
            async with writing() as connection:
                await sql.run(connection, statements.TAKE_LATE, list(day.called))
        for each in (month, coming):
            if each.short:
                await self._warn(each, now)
        return sent, dropped

    async def plan_of(self, now: datetime) -> tuple[Plan, Budget]:
        """This month's plan as of now, for who wants to see it. Raises CallFailed."""
        connection = get_connection("default")
        office = await self._offices.current(connection)
        due = self._hours.latest(now) or now
        budget = await read_budget(connection, self._line, now, self._reserve)
        day = replace(await self.day(connection, office, due), budget=budget)
        with _nothing_gone_through_again():
            return await self.plan(connection, office, day), budget

    async def plan(self, connection: BaseDBAsyncClient, office: Office, day: Day) -> Plan:
        """Today's reminders and those that are still to come this month, given what is left."""
        return (await asyncio.to_thread(planned, *await self.wanted(connection, office, day), day))[0]

    async def wanted(
        self, connection: BaseDBAsyncClient, office: Office, day: Day
    ) -> tuple[list[Wanted], list[Wanted]]:
        """Today's reminders, and the further ones of this month and of the days that are looked ahead."""
        desk = await read_desk(connection, office, day.now, self._usual)
        last = max(last_of_month(day.today), day.today + LOOKS_AHEAD)

        def found() -> tuple[list[Wanted], list[Wanted]]:
            today = wanted_today(desk, day.today, day.triggers, day.called)
            return today, wanted_later(desk, day.today, last, today)

        # In a thread: with a city's worth of people it takes seconds, in which the loop has others to serve.
        return await asyncio.to_thread(found)

    async def day(self, connection: BaseDBAsyncClient, office: Office, due: datetime) -> Day:
        """What has come due since the last run, be it ten minutes or ten days ago; at the first run only today's."""
        rows = await sql.fetch(connection, statements.LAST_RUN, self.name, due)
        last = sql.moment(rows[0]["due_at"], due.tzinfo) if rows else None
        today = due.date()
        after = last.date() if last else today - timedelta(days=1)
        rows = await sql.fetch(connection, statements.LATE, today - _LATE_SINCE)
        late = {row["person_id"]: sql.day(row["day"]) or today for row in rows}
        desk = Desk(office, (), {}, self._usual, await read_opened(connection, office, due))
        return Day(due, desk.triggered_between(after, today), late, after < today)

    async def write(
        self, office: Office, day: Day, people: Sequence[int], dropped: Collection[int], now: datetime
    ) -> tuple[int, int]:
        """Reminders of some people, all in one transaction, of what is pending in it."""
        async with writing() as connection:
            desk = await read_desk(connection, office, day.now, self._usual, people)
            asked = {**day.called, **asking(desk, day.today)}
            still = desk.concerned(day.today, day.triggers, asked)
            reporters = {each.person_id: each for each in still}
            await sql.run(connection, statements.TAKE_LATE, list(people))
            rows = {person_id: self._new_id() for person_id in reporters}
            notices = await untold(connection, office, reporters, day.today)
            pending = {each: desk.listed(one, day.today, day.triggers, asked) for each, one in reporters.items()}
            messages: dict[int, Outgoing] = {}
            for person_id, reporter in reporters.items():
                if person_id not in dropped:
                    own = notices.get(person_id, ())
                    say = reminder_of(desk, reporter, pending[person_id], own, now)
                    messages[person_id] = self._push(say, reporter.chat_id, now)
            await sql.write(
                connection,
                statements.ADD_REMINDER,
                [(str(rows[each]), each, day.today, *_state(messages.get(each)), now) for each in sorted(reporters)],
            )
            # Of two processes one has added the row of a person and day: only that one's message is kept.
            mine = {
                row["person_id"]
                for row in await sql.fetch(connection, statements.ADDED, [str(each) for each in rows.values()])
            }
            await sql.write(
                connection, ADD_OUTGOING, [messages[each].row() for each in sorted(mine) if each in messages]
            )
            ids = [each.id for person_id in mine if person_id in messages for each in notices.get(person_id, ())]
            await sql.returned(connection, statements.TELL, now, ids)
            await self._tell_later(
                connection, desk, day, mine - messages.keys(), {each: pending[each] for each in mine}
            )
        sent = len(mine & messages.keys())
        _log.info("reminders.written", sent=sent, dropped=len(mine) - sent)
        return sent, len(mine) - sent

    async def _tell_later(
        self,
        connection: BaseDBAsyncClient,
        desk: Desk,
        day: Day,
        dropped: Collection[int],
        pending: Mapping[int, Sequence[ReportKey]],
    ) -> None:
        """Who had no push, and everybody's colleagues, see it on their next answer, as long as it can be reported."""
        keys = [key for each in pending.values() for key in each]
        last = max((desk.last_day(key) for key in keys), default=day.today)
        await sql.run(connection, statements.FORGET_PENDING, list(pending))
        rows = [(str(self._new_id()), each, PENDING, "", "{}", False, day.now, last, None) for each in sorted(dropped)]
        await sql.write(connection, statements.ADD_NOTICE, rows)
        today, units = day.today, sorted({key.unit_id for key in keys})
        newest = max((each.fiscal_year * 10 + each.number for each in {key.quarter for key in keys}), default=0)
        beside = (day.now, last, units, list(REPORTING), today, today, newest, today)
        await sql.run(connection, statements.ADD_PENDING_BESIDE, *beside)

    async def _tell_urgent(self, office: Office, now: datetime) -> None:
        """What cannot wait for the person to write, in one push each, while there is any quota at all."""
        connection, today = get_connection("default"), now.date()
        begins = datetime.combine(today, time(), now.tzinfo)
        people = await _people(connection, statements.URGENT, now - _URGENT_SINCE, today, begins, now - _DECIDING)
        if not people:
            return
        budget = await read_budget(connection, self._line, now, 0)
        for some in _chunks(sorted(people)[: budget.left]):
            await tell(office, some, now, self._push)

    async def _warn(self, short: Plan, now: datetime) -> None:
        """Coordinators hear that a month's quota runs short, once a month; they are pushed it in this very run."""
        month = min(each.day for each in short.dropped).replace(day=1)
        data = sql.packed({"left": short.left or 0, "dropped": len(short.dropped), "month": month.isoformat()})
        begins = datetime.combine(month, time(), now.tzinfo)
        async with writing() as connection:
            if await claim(connection, "quota", begins, now):
                rows = await sql.fetch(connection, statements.COORDINATORS, now.date(), now.date())
                about = (QUOTA, str(month), data, True, now, last_of_month(month), None)
                await sql.write(
                    connection,
                    statements.ADD_NOTICE,
                    [(str(self._new_id()), row["person_id"], *about) for row in rows],
                )

    def _push(self, say: Say, chat_id: str, now: datetime) -> Outgoing:
        end = datetime.combine(now.date(), self._hours.end, now.tzinfo)
        return unasked(say, chat_id, now=now, new_id=self._new_id, send_by=min(now + SENT_WITHIN, end))


def reminders_of(settings: Settings, line: LineClient, offices: Offices) -> Reminders:
    """The schedule as it is set."""
    hours = Hours(*settings.working_hours)
    return Reminders(line, offices, days=settings.reminder_days, hours=hours, reserve=settings.quota_reserve)


@contextmanager
def _nothing_gone_through_again() -> Iterator[None]:
    """Keep Python's collector of cycles to what is made in this block.

    A plan makes so much that it would go through the whole process time and again, from whichever thread: a set-up of
    10,000 units takes it 0.2 seconds, in which no thread does anything. What there was is its own again afterwards.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def planned(today: Sequence[Wanted], later: Sequence[Wanted], day: Day) -> tuple[Plan, Plan]:
    """What this month's quota is spent on, and what the next month's will be of the days that are looked ahead."""
    ends = last_of_month(day.today)
    month = [*today, *(each for each in later if each.day <= ends)]
    coming = [each for each in later if each.day > ends]
    return plan(month, day.budget.left), plan(coming, day.budget.next_month.left)


def _state(message: Outgoing | None) -> tuple[str, str | None]:
    return ("sent", message.id) if message is not None else ("dropped", None)


def _chunks(people: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(people), AT_ONCE):
        yield people[start : start + AT_ONCE]


async def _people(connection: BaseDBAsyncClient, statement: sql.Statement, *values: Any) -> set[int]:
    return {row["person_id"] for row in await sql.fetch(connection, statement, *values)}
