"""The schedule of reminders: several times an hour, in working hours of working days, whatever is due is written.

A person's row of a day is what keeps a second reminder away, here and in every other process. A day on which nobody
looked is made up for by the next look in working hours: the rounds whose day has come since the last run are all told
in that one reminder. What is pending is read again in the very transaction that writes the message; a message that
could not be sent in time is not sent (`send_by`), and its person is looked at anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection

from bot import sql
from bot.database import writing
from bot.line.client import LineClient
from bot.outgoing import Outgoing, unasked
from bot.reminders import statements
from bot.reminders.desk import read_budget, read_desk
from bot.scheduler import claim
from bot.settings import Settings
from bot.turn_facts import Offices
from handlers.context import Context
from handlers.effects import Say
from handlers.facts import Facts, Notice, Person
from handlers.remind import PENDING, QUOTA, notice_lines, reminder
from handlers.session import Session
from models.rules.fiscal import Quarter
from models.rules.office import Office, ReportKey
from models.rules.reminders import DAYS, Budget, Desk, Plan, Reporter, plan, wanted_later, wanted_today

NAME = "remind"
EVERY = timedelta(minutes=10)
SENT_WITHIN = timedelta(minutes=30)
"""What is not on its way by then is looked at again before it is sent."""
AT_ONCE = 500
"""People in one transaction: nobody who writes has to wait for the rest."""
_LATE_SINCE = timedelta(days=14)
_URGENT_SINCE = timedelta(days=30)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours: from the one up to the other."""

    begin: time = time(8, 30)
    end: time = time(16, 30)

    def latest(self, now: datetime) -> datetime | None:
        """The latest moment for reminding up to `now`; None outside of the hours."""
        begins = datetime.combine(now.date(), self.begin, now.tzinfo)
        if not self.begin <= now.timetz().replace(tzinfo=None) < self.end:
            return None
        return begins + (now - begins) // EVERY * EVERY


@dataclass(frozen=True, slots=True)
class Day:
    """What a run is about."""

    today: date
    triggered: frozenset[Quarter]
    """The rounds of which everybody is reminded today."""
    called: frozenset[int]
    """People whose reminder is to be repeated because it was not sent in time."""
    budget: Budget = field(default_factory=Budget)


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
        urgent = await _people(connection, statements.URGENT, now - _URGENT_SINCE)
        snoozed = await _people(connection, statements.SNOOZED_UNTIL_NOW, day.today)
        sent = dropped = 0
        if day.triggered or day.called or urgent or snoozed:
            day = replace(day, budget=await read_budget(connection, self._line, now, self._reserve))
            planned = await self.plan(connection, office, day)
            send = {each.person_id for each in planned.sent if each.day == day.today}
            drop = {each.person_id for each in planned.dropped if each.day == day.today}
            for some in _chunks(sorted(send | drop)):
                written = await self.write(office, day, some, drop, now)
                sent, dropped = sent + written[0], dropped + written[1]
            await self._tell_urgent(office, day, urgent - send, sent, now)
            if planned.short:
                await self._warn(planned, now)
        async with writing() as connection:
            if await claim(connection, self.name, due, now):
                await sql.run(connection, statements.SNOOZED_ENOUGH, day.today)
        return sent, dropped

    async def plan_of(self, now: datetime) -> tuple[Plan, Budget]:
        """This month's plan as of now, for who wants to see it. Raises CallFailed."""
        connection = get_connection("default")
        office = await self._offices.current(connection)
        due = self._hours.latest(now) or now
        budget = await read_budget(connection, self._line, now, self._reserve)
        day = replace(await self.day(connection, office, due), budget=budget)
        return await self.plan(connection, office, day), budget

    async def plan(self, connection: BaseDBAsyncClient, office: Office, day: Day) -> Plan:
        """Today's reminders and those that are still to come this month, given what is left."""
        desk = await read_desk(connection, office, day.today, self._usual)
        had = await _people(connection, statements.REMINDED, day.today) - day.called
        today = (each for each in wanted_today(desk, day.today, day.triggered, day.called) if each.person_id not in had)
        return plan([*today, *wanted_later(desk, day.today)], day.budget.left)

    async def day(self, connection: BaseDBAsyncClient, office: Office, due: datetime) -> Day:
        """What has come due since the last run, be it ten minutes or ten days ago; at the first run only today's."""
        rows = await sql.fetch(connection, statements.LAST_RUN, self.name, due)
        last = sql.moment(rows[0]["due_at"], due.tzinfo) if rows else None
        today = due.date()
        after = last.date() if last else today - timedelta(days=1)
        late = await _people(connection, statements.LATE, today - _LATE_SINCE)
        return Day(today, Desk(office, (), {}, self._usual).reminded_between(after, today), frozenset(late))

    async def write(
        self, office: Office, day: Day, people: Sequence[int], dropped: Collection[int], now: datetime
    ) -> tuple[int, int]:
        """Reminders of some people, all in one transaction, of what is pending in it."""
        async with writing() as connection:
            desk = await read_desk(connection, office, day.today, self._usual, people)
            still = {each.person_id for each in wanted_today(desk, day.today, day.triggered, day.called)}
            reporters = {each.person_id: each for each in desk.reporters if each.person_id in still}
            await sql.run(connection, statements.TAKE_LATE, list(people))
            rows = {person_id: self._new_id() for person_id in reporters}
            notices = await _untold(connection, reporters, day.today)
            told = desk.under_reminder(day.today)
            messages: dict[int, Outgoing] = {}
            for person_id, reporter in reporters.items():
                if person_id not in dropped:
                    own = notices.get(person_id, ())
                    say = reminder_of(office, reporter, desk.of(reporter, told), own, now)
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
                connection, sql.ADD_OUTGOING, [messages[each].row() for each in sorted(mine) if each in messages]
            )
            ids = [each.id for person_id in mine if person_id in messages for each in notices.get(person_id, ())]
            await sql.returned(connection, statements.TELL, now, ids)
            await sql.write(
                connection,
                statements.ADD_NOTICE,
                [
                    (str(self._new_id()), each, PENDING, "", "{}", False, now, day.today, None)
                    for each in sorted(mine)
                    if each not in messages
                ],
            )
        sent = len(mine & messages.keys())
        _log.info("reminders.written", sent=sent, dropped=len(mine) - sent)
        return sent, len(mine) - sent

    async def _tell_urgent(self, office: Office, day: Day, people: Collection[int], spent: int, now: datetime) -> None:
        """What cannot wait for the person to write, in one push each, while there is any quota at all."""
        limit = day.budget.limit
        most = None if limit is None else max(0, limit - day.budget.used - spent)
        for some in _chunks(sorted(people)[:most]):
            async with writing() as connection:
                notices = await _untold(connection, some, day.today)
                ids = [each.id for own in notices.values() for each in own]
                fresh = {str(row["id"]) for row in await sql.returned(connection, statements.TELL, now, ids)}
                pushes = []
                for own in notices.values():
                    own[:] = [each for each in own if each.id in fresh]
                    if own:
                        context = _context(office, own[0].language, now)
                        say = Say("\n".join(notice_lines(context, own, ())))
                        pushes.append(self._push(say, own[0].chat_id, now))
                await sql.write(connection, sql.ADD_OUTGOING, [each.row() for each in pushes])

    async def _warn(self, planned: Plan, now: datetime) -> None:
        """Coordinators hear that the quota runs short, once a month."""
        month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        last = (month + timedelta(days=31)).replace(day=1).date() - timedelta(days=1)
        data = sql.packed({"left": planned.left or 0, "dropped": len(planned.dropped)})
        async with writing() as connection:
            if await claim(connection, "quota", month, now):
                rows = await sql.fetch(connection, statements.COORDINATORS, now.date(), now.date())
                await sql.write(
                    connection,
                    statements.ADD_NOTICE,
                    [
                        (str(self._new_id()), row["person_id"], QUOTA, str(month.date()), data, True, now, last, None)
                        for row in rows
                    ],
                )

    def _push(self, say: Say, chat_id: str, now: datetime) -> Outgoing:
        end = datetime.combine(now.date(), self._hours.end, now.tzinfo)
        return unasked(say, chat_id, now=now, new_id=self._new_id, send_by=min(now + SENT_WITHIN, end))


def reminders_of(settings: Settings, line: LineClient, offices: Offices) -> Reminders:
    """The schedule as it is set."""
    hours = Hours(*settings.working_hours)
    return Reminders(line, offices, days=settings.reminder_days, hours=hours, reserve=settings.quota_reserve)


@dataclass(frozen=True, slots=True)
class _Untold(Notice):
    """A notice, and where it is to be told."""

    chat_id: str = ""
    language: str = "th"


def reminder_of(
    office: Office, reporter: Reporter, keys: Sequence[ReportKey], notices: Sequence[Notice], now: datetime
) -> Say:
    """A person's reminder, with what else they are to hear at its head."""
    context = _context(office, reporter.language, now)
    say = reminder(context, keys)
    head = notice_lines(context, [each for each in notices if each.kind != PENDING], keys)
    return replace(say, text="\n".join([*head, say.text])) if head else say


def _context(office: Office, language: str, now: datetime) -> Context:
    return Context(Session(), Facts(now=now, office=office, person=Person(0, "", "", language)))


def _state(message: Outgoing | None) -> tuple[str, str | None]:
    return ("sent", message.id) if message is not None else ("dropped", None)


def _chunks(people: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(people), AT_ONCE):
        yield people[start : start + AT_ONCE]


async def _people(connection: BaseDBAsyncClient, statement: sql.Statement, *values: Any) -> set[int]:
    return {row["person_id"] for row in await sql.fetch(connection, statement, *values)}


async def _untold(
    connection: BaseDBAsyncClient, people: Collection[int], today: date
) -> defaultdict[int, list[_Untold]]:
    """What these people are to hear and can be told, by person."""
    found: defaultdict[int, list[_Untold]] = defaultdict(list)
    for row in await sql.fetch(connection, statements.UNTOLD, list(people), today):
        if row["line_user_id"] is not None and row["blocked_at"] is None:
            notice = (str(row["id"]), row["kind"], sql.unpacked(row["data"]))
            found[row["person_id"]].append(_Untold(*notice, row["line_user_id"], row["language"]))
    return found
