"""A round's date is another one: written, and told to those it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from bot import sql
from bot.apply import TurnOf, Writes
from bot.reminders import statements
from bot.statements import RAISE_REVISION
from handlers.effects import MoveRound
from models.rules.deadlines import RoundDay
from models.rules.fiscal import Quarter
from models.rules.office import QuarterDates, Role

Days = Mapping[RoundDay, date | None]

CONCERNING = {
    Role.COORDINATOR: tuple(RoundDay),
    Role.REPORTER: (RoundDay.OPENS, RoundDay.DUE, RoundDay.CLOSES),
    Role.EVALUATOR: (RoundDay.EVALUATION,),
}
"""The dates by which each has something to do."""


def move_round(writes: Writes, turn: TurnOf, effect: MoveRound) -> None:
    """Store the dates and notices of them; the audit trail has what they were."""
    quarter, before, after = effect.after.quarter, days_of(effect.before), days_of(effect.after)
    writes.add(statements.MOVE_ROUND, *after.values(), quarter.fiscal_year, quarter.number)
    writes.add(RAISE_REVISION, 1)
    changed = [each for each in RoundDay if after[each] != before[each]]
    was, now = ({each.value: _written(days[each]) for each in changed} for days in (before, after))
    writes.audit(turn, "round.move", f"rounds:{quarter}", was, now)
    for statement, values in round_notices(quarter, before, after, turn.now, by=turn.person_id):
        writes.add(statement, *values)


def round_notices(
    quarter: Quarter, before: Days, after: Days, at: datetime, *, by: object = 0
) -> Iterator[tuple[sql.Statement, tuple[object, ...]]]:
    """What has those told that a changed date concerns, but not `by`.

    A notice has what the dates were; it is told what they are by then, so of several moves each person hears the sum.
    """
    for role, days in CONCERNING.items():
        if any(before[each] != after[each] for each in days):
            data = {"quarter": str(quarter)} | {each.value: _written(before[each]) for each in days}
            subject = f"{quarter} {role.value}"
            about = (subject, sql.packed(data), at, quarter.fiscal_year, at.date(), by, role.value)
            yield statements.ADD_ROUND_NOTICES, (*about, f"%{quarter.number}%", subject)
    known = (_written(after[RoundDay.DUE]), _written(after[RoundDay.CLOSES]))
    yield statements.SOONER_THAN_KNOWN, (*known, f"{quarter} %")


def days_of(dates: QuarterDates) -> dict[RoundDay, date | None]:
    """The dates of a round by their names."""
    return {each: getattr(dates, each.value) for each in RoundDay}


def _written(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
