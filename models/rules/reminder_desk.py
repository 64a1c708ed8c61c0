"""Whose turn it is to be reminded, and of what.

A library of several people costs one push a time, not one a person: first it goes to whoever wrote its last report or
holds its draft, and as long as nobody acts to a colleague the next time, always to the one who waited longest. The
others see what is pending on their next answer, which is free.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from functools import cached_property

from msgspec import Struct, field

from models.rules.deadlines import collected, pressing
from models.rules.fiscal import Quarter
from models.rules.office import Office, ReportKey
from models.rules.permissions import due_keys
from models.rules.reminders import DAYS, Opened, Reporter, Triggers, Wanted, reminder_days

NOBODY: Mapping[int, date] = {}


class Desk(Struct, frozen=True, dict=True):
    """Everything that is looked at to remind people: the set-up, what was reported, who reports."""

    office: Office
    reporters: tuple[Reporter, ...]
    done: Mapping[Quarter, AbstractSet[tuple[int, int]]]
    """Quarter → (unit id, indicator id) of the reports that stand."""
    usual: tuple[int, ...] = DAYS
    opened: tuple[Opened, ...] = ()
    reminded: Mapping[int, date] = field(default_factory=dict)
    """Person id → the last day on which the person was reminded, or would have been with a larger quota."""
    wrote: Mapping[tuple[int, int], datetime] = field(default_factory=dict)
    """(unit id, person id) → when the person last reported for the unit or went on with its draft."""

    @cached_property
    def _days(self) -> dict[Quarter, tuple[date, ...]]:
        return {}

    @cached_property
    def _pending(self) -> dict[tuple[frozenset[int], frozenset[Quarter], date], tuple[ReportKey, ...]]:
        return {}

    def days_of(self, quarter: Quarter) -> tuple[date, ...]:
        """The days on which people are reminded of this quarter."""
        if quarter not in self._days:
            office = self.office
            self._days[quarter] = reminder_days(office.rounds[quarter], office.working_days, self.usual)
        return self._days[quarter]

    def under_reminder(self, day: date) -> frozenset[Quarter]:
        """The rounds of which people are, or have been, reminded and that are not closed, and those that press.

        All that is pending of them is told, and nothing of a quarter that has only begun.
        """
        rounds = self.office.rounds
        reminded = (
            quarter
            for quarter, dates in rounds.items()
            if (found := self.days_of(quarter)) and found[0] <= day <= dates.closes
        )
        return pressing(rounds.values(), day).union(reminded)

    def triggered_between(self, after: date, until: date) -> Triggers:
        """What has a day of reminding after the one day, up to and including the other, and is open on that."""
        quarters = frozenset(
            quarter
            for quarter in self.under_reminder(until)
            if any(after < each <= until for each in self.days_of(quarter))
        )
        days = self.office.working_days
        units = frozenset(
            each.unit_id
            for each in self.opened
            if until <= each.until and (day := each.reminded_on(days)) is not None and after < day <= until
        )
        return Triggers(quarters, units)

    def later_days(self, today: date, last: date) -> dict[date, Triggers]:
        """The days of reminding after today, up to and including the last, in order."""
        days = {each for quarter in self.office.rounds for each in self.days_of(quarter)}
        days |= {each for one in self.opened if (each := one.reminded_on(self.office.working_days)) is not None}
        coming = sorted(each for each in days if today < each <= last)
        return {each: self.triggered_between(each - timedelta(days=1), each) for each in coming}

    @cached_property
    def _opened_to(self) -> Mapping[int, tuple[Opened, ...]]:
        found: defaultdict[int, tuple[Opened, ...]] = defaultdict(tuple)
        for each in self.opened:
            found[each.unit_id] += (each,)
        return found

    def pending(self, unit_ids: frozenset[int], quarters: frozenset[Quarter], day: date) -> tuple[ReportKey, ...]:
        """What these units have still to report of these quarters, and of what is opened to them on that day.

        By due day, unit code and the indicators' order.
        """
        known = self._pending.get((unit_ids, quarters, day))
        if known is not None:
            return known
        office = self.office
        keys = [
            key
            for unit_id in unit_ids
            for key in due_keys(
                office,
                unit_id,
                quarters.union(each.quarter for each in self._opened_to.get(unit_id, ()) if day <= each.until),
            )
            if (key.unit_id, key.indicator_id) not in self.done.get(key.quarter, frozenset())
        ]

        def order(key: ReportKey) -> tuple[date, str, int, str]:
            indicator = office.indicators[key.indicator_id]
            return office.rounds[key.quarter].due, office.units[key.unit_id].code, indicator.order, indicator.code

        self._pending[unit_ids, quarters, day] = found = tuple(sorted(keys, key=order))
        return found

    def of(self, reporter: Reporter, quarters: frozenset[Quarter], day: date) -> tuple[ReportKey, ...]:
        """What a person is to hear of on that day: pending, and not silenced."""
        keys = self.pending(reporter.unit_ids, quarters, day)
        if reporter.pause.stopped is None:
            return keys
        return tuple(key for key in keys if not reporter.pause.silences(key.quarter))

    def listed(
        self, reporter: Reporter, day: date, triggers: Triggers, asked: Mapping[int, date]
    ) -> tuple[ReportKey, ...]:
        """What a reminder of that day lists.

        A coordinator, or the person, may want one before anything presses: then of what was asked for on the day on
        which they wanted it, as long as that is open.
        """
        keys = self.of(reporter, self.under_reminder(day) | triggers.quarters, day)
        since = asked.get(reporter.person_id)
        if keys or since is None:
            return keys
        rounds = self.office.rounds
        begun = collected(rounds.values(), since)
        return self.of(reporter, frozenset(each for each in begun if day <= rounds[each].closes), day)

    def wanted(self, person_id: int, keys: Iterable[ReportKey], day: date) -> Wanted:
        """A reminder of these, of which there is at least one, by the nearest day until which one is asked for."""
        dues = {self._asked_by(key, day) for key in keys}
        distance, due = min((self.office.working_days.between(day, due), due) for due in dues)
        return Wanted(distance, day, due, person_id)

    def _asked_by(self, key: ReportKey, day: date) -> date:
        dates = self.office.rounds[key.quarter]
        return dates.due if day <= dates.closes else self.last_day(key)

    def last_day(self, key: ReportKey) -> date:
        """Until when it can be reported."""
        opened = [each.until for each in self._opened_to.get(key.unit_id, ()) if each.quarter == key.quarter]
        return (
            max(self.office.rounds[key.quarter].closes, *opened) if opened else self.office.rounds[key.quarter].closes
        )

    def concerned(self, day: date, triggers: Triggers, asked: Mapping[int, date]) -> Iterator[Reporter]:
        """Everybody who may hear of something on that day; `asked`: who is to hear whatever it is, by since when.

        Who asked for a later day is left alone until then.
        """
        for each in self.reporters:
            snoozed = each.pause.snoozed_to
            if snoozed is not None and snoozed > day:
                continue
            by_name = each.person_id in asked
            about = bool(triggers.quarters) or not triggers.unit_ids.isdisjoint(each.unit_ids)
            if (by_name and self.listed(each, day, triggers, asked)) or (
                about and self.of(each, triggers.quarters, day)
            ):
                yield each


def wanted_today(desk: Desk, today: date, triggers: Triggers, repeated: Mapping[int, date] = NOBODY) -> list[Wanted]:
    """Today's reminders: what triggers them, who asked for this day or one before, and what is `repeated`."""
    return _wanted_on(desk, today, triggers, {**repeated, **asking(desk, today)}, desk.reminded)


def asking(desk: Desk, today: date) -> dict[int, date]:
    """Who asked to be reminded on this day, or on one before it, and when they did."""
    return {
        each.person_id: each.pause.since
        for each in desk.reporters
        if (to := each.pause.snoozed_to) is not None and to <= today
    }


def wanted_later(desk: Desk, today: date, last: date, told: Iterable[Wanted] = ()) -> list[Wanted]:
    """The further reminders up to and including `last`, as if nobody reported any more, after those `told` today."""
    days = desk.later_days(today, last)
    asking: defaultdict[date, dict[int, date]] = defaultdict(dict)
    for each in desk.reporters:
        if (to := each.pause.snoozed_to) is not None and today < to <= last:
            asking[to][each.person_id] = each.pause.since
    reminded = {**desk.reminded, **{one.person_id: today for one in told}}
    found: list[Wanted] = []
    for day in sorted({*days, *asking}):
        on_day = _wanted_on(desk, day, days.get(day, Triggers()), asking[day], reminded)
        reminded.update((one.person_id, day) for one in on_day)
        found += on_day
    return found


def _wanted_on(
    desk: Desk, day: date, triggers: Triggers, asked: Mapping[int, date], reminded: Mapping[int, date]
) -> list[Wanted]:
    """Who asked, and for each other unit the one whose turn it is. Whoever was reminded that day was."""
    had = {person for person, on in reminded.items() if on == day and person not in asked}
    free = [each for each in desk.concerned(day, triggers, asked) if each.person_id not in had]
    chosen = {each.person_id: each for each in free if each.person_id in asked}
    settled = {
        unit for each in desk.reporters if each.person_id in had or each.person_id in chosen for unit in each.unit_ids
    }
    people: defaultdict[int, list[Reporter]] = defaultdict(list)
    for each in free:
        for unit in each.unit_ids - settled:
            people[unit].append(each)
    begins = min((desk.days_of(each)[0] for each in triggers.quarters), default=date.min)

    def turn(unit: int, each: Reporter) -> tuple[date, bool, float, int]:
        before, wrote = reminded.get(each.person_id, date.min), desk.wrote.get((unit, each.person_id))
        waits_since = before if before >= begins else date.min
        return waits_since, each.person_id not in chosen, -wrote.timestamp() if wrote else 0.0, each.person_id

    def pending_of(unit: int, each: Reporter) -> bool:
        own = desk.pending(frozenset({unit}), triggers.quarters, day)
        return any(not each.pause.silences(key.quarter) for key in own)

    # A unit of one person first: where that person may speak for another unit as well, one message is enough.
    for unit in sorted(people, key=lambda each: (len(people[each]), desk.office.units[each].code)):
        able = [each for each in people[unit] if pending_of(unit, each)]
        if able and (triggers.quarters or unit in triggers.unit_ids):
            found = min(able, key=lambda each: turn(unit, each))
            chosen[found.person_id] = found
    return [desk.wanted(each, desk.listed(chosen[each], day, triggers, asked), day) for each in sorted(chosen)]
