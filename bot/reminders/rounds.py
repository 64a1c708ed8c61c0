"""A round's date is another one: written, and told to those it concerns."""

from __future__ import annotations

from datetime import date, datetime

from bot import sql
from bot.apply import TurnOf, Writes
from bot.reminders import statements
from handlers.effects import MoveRound
from handlers.remind import ROUND
from models.rules.deadlines import RoundDay
from models.rules.fiscal import Quarter
from models.rules.office import QuarterDates

SOONER_MATTERS = frozenset({RoundDay.DUE, RoundDay.CLOSES})
"""Dates that people plan by: when one comes sooner, they are told before they write."""


def move_round(writes: Writes, turn: TurnOf, effect: MoveRound) -> None:
    """Store the dates and notices of them; the audit trail has what they were."""
    before, after = _columns(effect.before), _columns(effect.after)
    quarter = effect.after.quarter
    days = [getattr(effect.after, each.value) for each in RoundDay]
    writes.add(statements.MOVE_ROUND, *days, quarter.fiscal_year, quarter.number)
    writes.add(sql.RAISE_REVISION, 1)
    changed = [name for name in after if after[name] != before[name]]
    was, now = ({name: each[name] for name in changed} for each in (before, after))
    writes.audit(turn, "round.move", f"rounds:{quarter}", was, now)
    old, new = getattr(effect.before, effect.which.value), getattr(effect.after, effect.which.value)
    writes.add(statements.NO_LONGER_SO, ROUND, str(quarter))
    told = round_notices(quarter, effect.which, old or new, new, turn.now, by=turn.person_id)
    writes.add(statements.ADD_ROUND_NOTICES, *told)


def round_notices(
    quarter: Quarter, which: RoundDay, old: date, new: date, at: datetime, *, by: object = 0
) -> tuple[object, ...]:
    """What `ADD_ROUND_NOTICES` takes: who reports in the quarter and the coordinators hear of it, but not `by`."""
    data = {"which": which.value, "quarter": str(quarter), "before": old.isoformat(), "after": new.isoformat()}
    urgent = which in SOONER_MATTERS and new < old
    about = (str(quarter), sql.packed(data), urgent, at)
    return *about, quarter.fiscal_year, at.date(), by, f"%{quarter.number}%"


def _columns(dates: QuarterDates) -> dict[str, str | None]:
    found = {each.value: getattr(dates, each.value) for each in RoundDay}
    return {name: day.isoformat() if day is not None else None for name, day in found.items()}
