"""Who is to be reminded of what, on which days, and what the month's quota of pushes is spent on.

Reminders are by round: a number of days before and after its due day, each moved to a working day. A person gets one
on a day, which lists all that is pending. Where the quota does not reach for all, those nearest to a due day go first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta

from models.rules.fiscal import Quarter
from models.rules.office import Office, QuarterDates, ReportKey
from models.rules.permissions import due_keys
from models.rules.standing import ReportState
from models.rules.working_days import WorkingDays

DAYS = (-7, -1, 1)
"""Days from the due day: a week before, the day before, the day after."""
OUTSTANDING = frozenset({ReportState.WITHDRAWN, ReportState.RETURNED})
"""The states in which a report that was sent is to be sent again."""


@dataclass(frozen=True, slots=True)
class Pause:
    """What a person asked for: to be reminded on a later day, or no more of a quarter and those before it."""

    snoozed_to: date | None = None
    stopped: Quarter | None = None

    def silences(self, quarter: Quarter) -> bool:
        return self.stopped is not None and quarter <= self.stopped


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody who reports for these units today and can be pushed to."""

    person_id: int
    chat_id: str
    unit_ids: frozenset[int]
    language: str = "th"
    pause: Pause = Pause()


@dataclass(frozen=True, slots=True, order=True)
class Wanted:
    """One reminder of one person on one day; `due` is the nearest due day of what is pending, either way.

    In that order they are given a push: `distance` counts the working days to the due day or from it, so that the day
    before it does not lose by a weekend to the day after.
    """

    distance: int
    day: date
    due: date
    person_id: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What the month's pushes are spent on. `left` is how many remain for reminders now; None: without limit."""

    sent: tuple[Wanted, ...] = ()
    dropped: tuple[Wanted, ...] = ()
    left: int | None = None

    @property
    def short(self) -> bool:
        return bool(self.dropped)


@dataclass(frozen=True, slots=True)
class Budget:
    """The channel's messages this month: `limit` None on a plan without one; `reserve` is kept for what cannot wait."""

    limit: int | None = None
    used: int = 0
    reserve: int = 0

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used - self.reserve)


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


@dataclass(frozen=True)
class Desk:
    """Everything that is looked at to remind people: the set-up, what was reported, who reports."""

    office: Office
    reporters: tuple[Reporter, ...]
    done: Mapping[Quarter, AbstractSet[tuple[int, int]]]
    """Quarter → (unit id, indicator id) of the reports that stand."""
    usual: tuple[int, ...] = DAYS
    _days: dict[Quarter, tuple[date, ...]] = field(default_factory=dict)
    _pending: dict[tuple[frozenset[int], frozenset[Quarter]], tuple[ReportKey, ...]] = field(default_factory=dict)

    def days_of(self, quarter: Quarter) -> tuple[date, ...]:
        """The days on which people are reminded of this quarter."""
        if quarter not in self._days:
            office = self.office
            self._days[quarter] = reminder_days(office.rounds[quarter], office.working_days, self.usual)
        return self._days[quarter]

    def under_reminder(self, day: date) -> frozenset[Quarter]:
        """The rounds of which people are, or have been, reminded and that are not closed: all their pending is told."""
        return frozenset(
            quarter
            for quarter, dates in self.office.rounds.items()
            if (found := self.days_of(quarter)) and found[0] <= day <= dates.closes
        )

    def reminded_between(self, after: date, until: date) -> frozenset[Quarter]:
        """The rounds with a day of reminding after the one day, up to and including the other, and open on that."""
        return frozenset(
            quarter
            for quarter in self.under_reminder(until)
            if any(after < each <= until for each in self.days_of(quarter))
        )

    def pending(self, unit_ids: frozenset[int], quarters: frozenset[Quarter]) -> tuple[ReportKey, ...]:
        """What these units have still to report of these quarters: by due day, unit code and the indicators' order."""
        known = self._pending.get((unit_ids, quarters))
        if known is not None:
            return known
        office = self.office
        keys = [
            key
            for unit_id in unit_ids
            for key in due_keys(office, unit_id, quarters)
            if (key.unit_id, key.indicator_id) not in self.done.get(key.quarter, frozenset())
        ]

        def order(key: ReportKey) -> tuple[date, str, int, str]:
            indicator = office.indicators[key.indicator_id]
            return office.rounds[key.quarter].due, office.units[key.unit_id].code, indicator.order, indicator.code

        self._pending[unit_ids, quarters] = found = tuple(sorted(keys, key=order))
        return found

    def of(self, reporter: Reporter, quarters: frozenset[Quarter]) -> tuple[ReportKey, ...]:
        """What a person is to hear of: pending, and not silenced."""
        if reporter.pause.stopped is not None:
            quarters = frozenset(each for each in quarters if not reporter.pause.silences(each))
        return self.pending(reporter.unit_ids, quarters)

    def wanted(self, person_id: int, keys: Iterable[ReportKey], day: date) -> Wanted:
        """A reminder of these, of which there is at least one, by its nearest due day."""
        dues = {self.office.rounds[key.quarter].due for key in keys}
        distance, due = min((self.office.working_days.between(day, due), due) for due in dues)
        return Wanted(distance, day, due, person_id)


def wanted_today(
    desk: Desk, today: date, triggered: frozenset[Quarter], repeated: AbstractSet[int] = frozenset()
) -> Iterator[Wanted]:
    """Today's reminders: of the triggered rounds, for who asked for this day or one before, and what is repeated."""
    asked = {each.person_id for each in desk.reporters if (to := each.pause.snoozed_to) is not None and to <= today}
    yield from _wanted_on(desk, today, triggered, asked | repeated)


def wanted_later(desk: Desk, today: date) -> Iterator[Wanted]:
    """The further reminders of this month, as if nobody reported any more."""
    last = _last_of_month(today)
    asking: dict[date, set[int]] = {each: set() for quarter in desk.office.rounds for each in desk.days_of(quarter)}
    for each in desk.reporters:
        if each.pause.snoozed_to is not None:
            asking.setdefault(each.pause.snoozed_to, set()).add(each.person_id)
    for day in sorted(each for each in asking if today < each <= last):
        triggered = frozenset(quarter for quarter in desk.office.rounds if day in desk.days_of(quarter))
        yield from _wanted_on(desk, day, triggered, asking[day])


def _wanted_on(desk: Desk, day: date, triggered: frozenset[Quarter], asked: AbstractSet[int]) -> Iterator[Wanted]:
    told = desk.under_reminder(day)
    for each in desk.reporters:
        by_name = each.person_id in asked
        snoozed = each.pause.snoozed_to
        if not (by_name or triggered) or (snoozed is not None and snoozed > day):
            continue  # who asked for a later day is left alone until then
        if by_name or desk.of(each, triggered):
            keys = desk.of(each, told)
            if keys:
                yield desk.wanted(each.person_id, keys, day)


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


def quarter_to_stop(office: Office, day: date) -> Quarter | None:
    """The quarter that หยุดเตือน is about: the one due first of those that are not closed."""
    collected = [each for each in office.rounds.values() if day <= each.closes]
    return min(collected, key=lambda each: each.due).quarter if collected else None


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
