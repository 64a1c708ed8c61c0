"""Who is to be reminded of what, on which days, and what the month's quota of pushes is spent on.

Reminders are by round: a number of days before and after its due day, each moved to a working day. A person gets one
on a day, which lists all that is pending. Where the quota does not reach for all, those nearest to a due day go first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from models.rules.deadlines import pressing
from models.rules.fiscal import Quarter
from models.rules.office import Office, QuarterDates
from models.rules.standing import ReportState
from models.rules.working_days import WorkingDays

DAYS = (-7, -1, 1)
"""Days from the due day: a week before, the day before, the day after."""
OUTSTANDING = frozenset({ReportState.WITHDRAWN, ReportState.RETURNED})
"""The states in which a report that was sent is to be sent again."""


class Pause(Struct, frozen=True):
    """What a person asked for: to be reminded on a later day, or no more of a quarter and those before it."""

    snoozed_to: date | None = None
    stopped: Quarter | None = None
    since: date = date.min
    """The day on which it was asked for."""

    def silences(self, quarter: Quarter) -> bool:
        return self.stopped is not None and quarter <= self.stopped


class Reporter(Struct, frozen=True):
    """Somebody who reports for these units today and can be pushed to."""

    person_id: int
    chat_id: str
    unit_ids: frozenset[int]
    language: str = "th"
    pause: Pause = Pause()


class Opened(Struct, frozen=True):
    """A closed quarter that a coordinator opened again to one unit: granted on a day, up to and including another."""

    unit_id: int
    quarter: Quarter
    since: date
    until: date

    def reminded_on(self, days: WorkingDays) -> date | None:
        """The working day before the last one, or that day itself; None where the grant is news enough."""
        found = (days.on_or_before(self.until - timedelta(days=1)), days.on_or_before(self.until))
        return next((each for each in found if each > self.since), None)


class Triggers(Struct, frozen=True):
    """What a day's reminders are about: rounds that everybody is reminded of, units that something was opened to."""

    quarters: frozenset[Quarter] = frozenset()
    unit_ids: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.quarters or self.unit_ids)


class Wanted(Struct, frozen=True, order=True):
    """One reminder of one person on one day; `due` is the nearest due day of what is pending, either way.

    In that order they are given a push: `distance` counts the working days to the due day or from it, so that the day
    before it does not lose by a weekend to the day after.
    """

    distance: int
    day: date
    due: date
    person_id: int


class Plan(Struct, frozen=True):
    """What the month's pushes are spent on. `left` is how many remain for reminders now; None: without limit."""

    sent: tuple[Wanted, ...] = ()
    dropped: tuple[Wanted, ...] = ()
    left: int | None = None

    @property
    def short(self) -> bool:
        return bool(self.dropped)


class Budget(Struct, frozen=True):
    """The channel's messages this month: `limit` None on a plan without one; `reserve` is kept for what cannot wait."""

    limit: int | None = None
    used: int = 0
    reserve: int = 0

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used - self.reserve)

    @property
    def next_month(self) -> Budget:
        """The same plan of LINE's, with nothing used yet."""
        return Budget(self.limit, 0, self.reserve)


def reminder_days(dates: QuarterDates, days: WorkingDays, usual: Iterable[int] = DAYS) -> tuple[date, ...]:
    """The days on which people are reminded of a round, in order, each once.

    One before the due day that is no working day comes earlier, one after it later; none lies past the closing day.
    """
    found: set[date] = set()
    for offset in usual if dates.reminders is None else dates.reminders:
        day = dates.due + timedelta(days=offset)
        day = days.on_or_before(day) if offset <= 0 else days.on_or_after(day)
        if dates.opens <= day <= dates.closes:
            found.add(day)
    return tuple(sorted(found))


def plan(wanted: Iterable[Wanted], left: int | None) -> Plan:
    """Give out the pushes that are left: one a person and day at most, the nearest due day first."""
    first: dict[tuple[date, int], Wanted] = {}
    for each in wanted:
        known = first.get((each.day, each.person_id))
        if known is None or each < known:
            first[each.day, each.person_id] = each
    ranked = sorted(first.values())
    reach = len(ranked) if left is None else left
    return Plan(tuple(ranked[:reach]), tuple(ranked[reach:]), left)


def quarter_to_stop(office: Office, day: date, opened: Iterable[Quarter] = ()) -> Quarter | None:
    """The quarter that หยุดเตือน is about: the last that presses or was opened again, else the one due next."""
    rounds = office.rounds.values()
    coming = sorted((each for each in rounds if day <= each.closes), key=lambda each: each.due)
    return max(pressing(rounds, day).union(opened) or {each.quarter for each in coming[:1]}, default=None)


def last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
