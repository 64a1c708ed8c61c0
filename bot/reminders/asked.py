"""Reminders that a coordinator asks for: whom they would reach, and what they take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql
from bot.apply import TurnOf, Writes
from bot.line.client import Quota
from bot.reminders import statements
from bot.reminders.desk import read_desk
from bot.reminders.hours import Hours
from bot.statements import REPORTERS_OF
from handlers.effects import AskReminders
from handlers.needs import Need, RemindersOf
from handlers.records import RemindersNow
from models.rules.office import Office
from models.rules.reminder_desk import wanted_today
from models.rules.reminders import DAYS, Budget, Triggers


@dataclass(frozen=True, slots=True)
class Reminding:
    """How the office reminds. `quota`: what LINE last said of it."""

    usual: tuple[int, ...] = DAYS
    hours: Hours = field(default_factory=Hours)
    reserve: int = 0
    quota: Callable[[], Quota | None] = lambda: None

    def begins(self, office: Office, now: datetime) -> datetime | None:
        """When people may be reminded again; None: now."""
        days, today = office.working_days, now.date()
        if days.works(today) and self.hours.latest(now) is not None:
            return None
        before = now.timetz().replace(tzinfo=None) < self.hours.begin
        day = days.on_or_after(today) if before else days.after(today)
        return datetime.combine(day, self.hours.begin, now.tzinfo)


async def reminders_now(
    connection: BaseDBAsyncClient, needs: Iterable[Need], office: Office, now: datetime, reminding: Reminding
) -> dict[Need, Any]:
    """The needs among these that this file knows."""
    return {
        need: await _of(connection, need, office, now, reminding) for need in needs if isinstance(need, RemindersOf)
    }


async def _of(
    connection: BaseDBAsyncClient, need: RemindersOf, office: Office, now: datetime, reminding: Reminding
) -> RemindersNow:
    today = now.date()
    rows = await sql.fetch(connection, REPORTERS_OF, need.unit_ids, today, today)
    people = {row["person_id"] for row in rows}
    desk = await read_desk(connection, office, now, reminding.usual, people, turns=True)
    had = await sql.fetch(connection, statements.REMINDED_ON, today)
    desk = replace(
        desk,
        reporters=tuple(replace(each, unit_ids=each.unit_ids & need.unit_ids) for each in desk.reporters),
        reminded={**desk.reminded, **{row["person_id"]: today for row in had}},
    )
    found = wanted_today(desk, today, Triggers(need.quarters))
    quota = reminding.quota()
    budget = Budget(quota.limit, quota.used, reminding.reserve) if quota else Budget()
    reminded = tuple(each.person_id for each in found)
    return RemindersNow(
        reminded,
        budget.left,
        None if quota is None else quota.limit is not None,
        reminding.begins(office, now),
        frozenset(unit for each in desk.reporters if each.person_id in reminded for unit in each.unit_ids),
    )


def ask_reminders(writes: Writes, turn: TurnOf, effect: AskReminders) -> None:
    """Keep that these people are to be reminded; the schedule's next look does it, within the plan."""
    for person_id in effect.person_ids:
        row = (str(turn.new_id()), person_id, turn.facts.today, "asked", None, turn.now)
        writes.add(statements.ADD_REMINDER, *row)
    quarters = [str(each) for each in effect.quarters]
    after = {"people": len(effect.person_ids), "quarters": quarters}
    writes.audit(turn, "reminders.ask", f"rounds:{' '.join(quarters)}", None, after)
