"""A round's date is another one: written, and told to those it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from bot import sql
from bot.apply import TurnOf, Writes
from bot.reminders import statements
from bot.statements import RAISE_REVISION
from handlers.effects import MoveRound
from handlers.remind import ROUND
from models.rules.deadlines import SOONER_MATTERS, RoundDay
from models.rules.fiscal import Quarter
from models.rules.office import QuarterDates, Role

Days = Mapping[RoundDay, date | None]

_BY_WEIGHT = (RoundDay.DUE, RoundDay.CLOSES, RoundDay.OPENS, RoundDay.REVIEW, RoundDay.EVALUATION)
_REPORTERS_TOO = frozenset({RoundDay.OPENS, RoundDay.DUE, RoundDay.CLOSES})


def move_round(writes: Writes, turn: TurnOf, effect: MoveRound) -> None:
    """Store the dates and notices of them; the audit trail has what they were."""
    before, after = _columns(effect.before), _columns(effect.after)
    quarter = effect.after.quarter
    days = [getattr(effect.after, each.value) for each in RoundDay]
    writes.add(statements.MOVE_ROUND, *days, quarter.fiscal_year, quarter.number)
    writes.add(RAISE_REVISION, 1)
    changed = [name for name in after if after[name] != before[name]]
    was, now = ({name: each[name] for name in changed} for each in (before, after))
    writes.audit(turn, "round.move", f"rounds:{quarter}", was, now)
    writes.add(statements.NO_LONGER_SO, ROUND, str(quarter))
    dates = (_days(effect.before), _days(effect.after))
    for told in round_notices(quarter, *dates, turn.now, which=effect.which, by=turn.person_id):
        writes.add(statements.ADD_ROUND_NOTICES, *told)


def round_notices(
    quarter: Quarter, before: Days, after: Days, at: datetime, *, which: RoundDay | None = None, by: object = 0
) -> Iterator[tuple[object, ...]]:
    """What `ADD_ROUND_NOTICES` takes. All hear of `which`, or of the weightiest date that was moved, but not `by`.

    Reporters where they have to send by it, evaluators where the day of their scores is another one.
    """
    moved = [each for each in _BY_WEIGHT if before[each] is not None and after[each] not in {None, before[each]}]
    which = which or next(iter(moved), None)
    if which is not None:
        roles = (Role.COORDINATOR, Role.REPORTER) if which in _REPORTERS_TOO else (Role.COORDINATOR,)
        yield _notice(quarter, which, before, after, roles, at=at, by=by)
    if RoundDay.EVALUATION in {*moved, which}:
        yield _notice(quarter, RoundDay.EVALUATION, before, after, (Role.EVALUATOR,), at=at, by=by)


def _notice(
    quarter: Quarter, which: RoundDay, before: Days, after: Days, roles: Iterable[Role], *, at: datetime, by: object
) -> tuple[object, ...]:
    new = after[which]
    old = before[which] or new
    if old is None or new is None:
        raise LookupError("there is no such date")
    data = {"which": which.value, "quarter": str(quarter), "before": old.isoformat(), "after": new.isoformat()}
    urgent = which in SOONER_MATTERS and new < old
    about = (str(quarter), sql.packed(data), urgent, at)
    return *about, quarter.fiscal_year, at.date(), by, " ".join(roles), f"%{quarter.number}%"


def _days(dates: QuarterDates) -> Days:
    return {each: getattr(dates, each.value) for each in RoundDay}


def _columns(dates: QuarterDates) -> dict[str, str | None]:
    found = {each.value: getattr(dates, each.value) for each in RoundDay}
    return {name: day.isoformat() if day is not None else None for name, day in found.items()}
