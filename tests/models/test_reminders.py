"""The plan of reminders: on which days, for whom, and what a quota is spent on."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.rules.fiscal import Quarter
from models.rules.office import QuarterDates
from models.rules.reminder_desk import Desk, wanted_later, wanted_today
from models.rules.reminders import (
    Budget,
    Opened,
    Pause,
    Reporter,
    Triggers,
    Wanted,
    last_of_month,
    plan,
    quarter_to_stop,
    reminder_days,
)
from models.rules.working_days import WorkingDays
from tests.handlers.small_office import Q1, Q2, office

ROUND = QuarterDates(Q1, date(2026, 10, 1), date(2027, 1, 11), date(2027, 1, 25))
WEEK_BEFORE, FRIDAY, AFTER = date(2027, 1, 4), date(2027, 1, 8), date(2027, 1, 12)
LIBRARIES = (3, 4, 5)
OF_Q1, NOTHING = Triggers(frozenset({Q1})), Triggers()
JANUARY = last_of_month(WEEK_BEFORE)


@pytest.mark.parametrize(
    ("offsets", "days"),
    [
        pytest.param((-7, -1, 1), (WEEK_BEFORE, FRIDAY, AFTER), id="a Sunday before becomes Friday"),
        pytest.param((0,), (date(2027, 1, 11),), id="the due day itself"),
        pytest.param((-10, -11), (date(2026, 12, 30),), id="new year: two days become one"),
        pytest.param((5,), (date(2027, 1, 18),), id="a Saturday after becomes Monday"),
        pytest.param((30,), (), id="past closing"),
        pytest.param((), (), id="none"),
    ],
)
def test_the_days_of_a_round(offsets: tuple[int, ...], days: tuple[date, ...]) -> None:
    """Counted from the due day, moved to working days: before it earlier, after it later."""
    assert reminder_days(ROUND, WorkingDays(), offsets) == days
    assert reminder_days(replace(ROUND, reminders=offsets), WorkingDays()) == days


def test_a_round_may_have_none() -> None:
    """An empty list of its own silences a round that would have the usual days."""
    assert reminder_days(replace(ROUND, reminders=()), WorkingDays()) == ()


def a_desk(*reporters: Reporter, done: frozenset[tuple[int, int]] = frozenset()) -> Desk:
    return Desk(office(), reporters, {Q1: done})


def of(person_id: int, *units: int, pause: Pause | None = None) -> Reporter:
    return Reporter(person_id, f"U{person_id:032x}", frozenset(units), pause=pause or Pause())


def test_everybody_with_something_pending() -> None:
    """A triggered round reminds whoever has not reported all of it; unit 3 has two indicators, one is still missing."""
    desk = a_desk(of(1, 3), of(2, 4), of(3, 5), of(4), done=frozenset({(3, 1), (4, 1)}))
    found = list(wanted_today(desk, WEEK_BEFORE, OF_Q1))
    assert [each.person_id for each in found] == [1, 3]
    assert desk.pending(frozenset({3}), frozenset({Q1}), WEEK_BEFORE)[0].indicator_id == 2


def test_nobody_on_another_day() -> None:
    """Without a triggered round only those are reminded who asked for it or whose message was late."""
    desk = a_desk(of(1, 3, pause=Pause(snoozed_to=WEEK_BEFORE)), of(2, 4), of(3, 5))
    assert [each.person_id for each in wanted_today(desk, FRIDAY, NOTHING, {3: WEEK_BEFORE})] == [1, 3]


def test_stopped_until_the_next_quarter() -> None:
    """A stop holds for its quarter and those before it, and no longer."""
    stopped = of(1, 3, pause=Pause(stopped=Q1))
    desk = Desk(office(), (stopped,), {})
    assert list(wanted_today(desk, FRIDAY, OF_Q1)) == []
    assert [each.person_id for each in wanted_today(desk, date(2027, 4, 5), Triggers(frozenset({Q2})))] == [1]


def test_what_is_still_to_come_this_month() -> None:
    """From the first reminder on: the other two days of January, and the day somebody snoozed to."""
    desk = a_desk(of(1, 3), of(2, 4, pause=Pause(snoozed_to=date(2027, 1, 7))))
    later = Counter((each.day, each.person_id) for each in wanted_later(desk, WEEK_BEFORE, JANUARY))
    assert later == Counter({(date(2027, 1, 7), 2): 1, (FRIDAY, 1): 1, (AFTER, 1): 1, (FRIDAY, 2): 1, (AFTER, 2): 1})


def test_a_library_of_several_costs_one_push_a_time() -> None:
    """First whoever wrote last, then who was never reminded, then who waited longest; once a unit acts nobody."""
    wrote = {(3, 2): datetime(2026, 10, 5, tzinfo=UTC), (3, 1): datetime(2026, 7, 5, tzinfo=UTC)}
    desk = replace(a_desk(of(1, 3), of(2, 3), of(3, 3)), wrote=wrote)
    found = wanted_today(desk, WEEK_BEFORE, OF_Q1)
    assert [each.person_id for each in found] == [2]
    later = wanted_later(desk, WEEK_BEFORE, JANUARY, found)
    assert [(each.day, each.person_id) for each in later] == [(FRIDAY, 1), (AFTER, 3)]
    desk = replace(desk, reminded={2: WEEK_BEFORE, 1: FRIDAY, 3: FRIDAY})
    assert [each.person_id for each in wanted_today(desk, AFTER, OF_Q1)] == [2]
    assert wanted_today(replace(desk, done={Q1: frozenset({(3, 1), (3, 2)})}), AFTER, OF_Q1) == []


def test_the_turn_begins_anew_with_each_round() -> None:
    """Who was reminded of the quarter before is not passed over for it."""
    desk = replace(a_desk(of(1, 3), of(2, 3)), reminded={1: date(2026, 10, 12)})
    assert [each.person_id for each in wanted_today(desk, WEEK_BEFORE, OF_Q1)] == [1]


def test_a_unit_is_reminded_once_a_day() -> None:
    """Where a process died after it reminded one of a library, the next look turns to no colleague."""
    desk = replace(a_desk(of(1, 3), of(2, 3), of(3, 4)), reminded={1: WEEK_BEFORE})
    assert [each.person_id for each in wanted_today(desk, WEEK_BEFORE, OF_Q1)] == [3]


def test_one_person_speaks_for_several_units() -> None:
    """Whoever is reminded for one library anyway is also told of the other, instead of one more push there."""
    desk = a_desk(of(1, 3), of(2, 3, 4))
    assert [each.person_id for each in wanted_today(desk, WEEK_BEFORE, OF_Q1)] == [2]
    assert [
        each.person_id for each in wanted_later(desk, WEEK_BEFORE, FRIDAY, wanted_today(desk, WEEK_BEFORE, OF_Q1))
    ] == [
        1,
        2,
    ]


def test_a_colleague_takes_the_turn_of_who_wants_none() -> None:
    """Stopped, or later: it is a colleague's turn; who asked for the day has it, and the library no second push."""
    stopped, later = Pause(stopped=Q1), Pause(snoozed_to=FRIDAY)
    desk = a_desk(of(1, 3, pause=stopped), of(2, 3), of(3, 4, pause=later), of(4, 4))
    assert [each.person_id for each in wanted_today(desk, WEEK_BEFORE, OF_Q1)] == [2, 4]
    assert [each.person_id for each in wanted_today(desk, FRIDAY, OF_Q1)] == [2, 3]


CLOSED = date(2027, 2, 3)
UNLOCKED = Opened(3, Q1, since=CLOSED, until=date(2027, 2, 8))


@pytest.mark.parametrize(
    ("until", "day"),
    [
        pytest.param(date(2027, 2, 8), date(2027, 2, 5), id="a Sunday before becomes Friday"),
        pytest.param(date(2027, 2, 10), date(2027, 2, 9), id="the day before"),
        pytest.param(date(2027, 2, 4), date(2027, 2, 4), id="opened until tomorrow: on that day"),
        pytest.param(CLOSED, None, id="opened for today: the grant itself is news enough"),
    ],
)
def test_when_a_unit_is_reminded_of_what_was_opened(until: date, day: date | None) -> None:
    """The working day before the last one."""
    assert replace(UNLOCKED, until=until).reminded_on(WorkingDays()) == day


def test_what_was_opened_again_is_reminded_of() -> None:
    """A closed quarter that is open to one unit: its people hear of it before that ends, nobody else does."""
    desk = replace(a_desk(of(1, 3), of(2, 4), done=frozenset({(3, 1)})), opened=(UNLOCKED,))
    day = date(2027, 2, 5)
    triggers = desk.triggered_between(date(2027, 2, 4), day)
    assert triggers == Triggers(unit_ids=frozenset({3}))
    assert [(each.person_id, each.due) for each in wanted_today(desk, day, triggers)] == [(1, UNLOCKED.until)]
    assert [key.indicator_id for key in desk.of(of(1, 3), desk.under_reminder(day), day)] == [2]
    assert [each.day for each in wanted_later(desk, CLOSED, last_of_month(CLOSED))] == [day]
    assert desk.of(of(1, 3), desk.under_reminder(day), date(2027, 2, 9)) == ()


def test_what_only_began_is_not_listed_beside_it() -> None:
    """The reminder of what was opened again has nothing of the next quarter; a coordinator who asks has it told."""
    begun = office()
    rounds = {**begun.rounds, Q2: replace(begun.rounds[Q2], opens=date(2027, 1, 1))}
    desk = replace(Desk(replace(begun, rounds=rounds), (of(1, 3), of(2, 4)), {}), opened=(UNLOCKED,))
    day = date(2027, 2, 5)
    of_unit_3 = desk.triggered_between(date(2027, 2, 4), day)
    assert {key.quarter for key in desk.listed(of(1, 3), day, of_unit_3, {})} == {Q1}
    assert {key.quarter for key in desk.listed(of(2, 4), day, NOTHING, {2: day})} == {Q2}
    assert {key.quarter for key in desk.listed(of(1, 3), day, Triggers(frozenset({Q2})), {})} == {Q1, Q2}


def test_what_closed_meanwhile_is_not_made_up_for_by_the_next_quarter() -> None:
    """Asked on the closing day for the next working day: by then nothing is due, and nobody hears of April's."""
    closing, monday = date(2027, 1, 25), date(2027, 1, 26)
    year = office()
    rounds = {**year.rounds, Q2: replace(year.rounds[Q2], opens=date(2027, 1, 1))}
    desk = Desk(replace(year, rounds=rounds), (of(1, 3, pause=Pause(snoozed_to=monday, since=closing)), of(2, 4)), {})
    assert wanted_today(desk, monday, NOTHING, {2: closing}) == []
    begun = of(1, 3, pause=Pause(snoozed_to=date(2027, 3, 4), since=date(2027, 3, 3)))
    (found,) = wanted_today(replace(desk, reporters=(begun,)), date(2027, 3, 4), NOTHING)
    assert found.due == office().rounds[Q2].due


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2027, 1, 5), Q1), (date(2027, 1, 25), Q1), (date(2027, 1, 26), Q2), (date(2028, 1, 1), None)],
)
def test_which_quarter_is_stopped(day: date, quarter: Quarter | None) -> None:
    """The one that is being collected, until it closes."""
    assert quarter_to_stop(office(), day) == quarter


def test_what_was_opened_again_is_stopped_alone() -> None:
    """In February it is the closed quarter that a unit was reminded of; in April the one that presses by then."""
    assert quarter_to_stop(office(), date(2027, 2, 5), [Q1]) == Q1
    assert quarter_to_stop(office(), date(2027, 4, 5), [Q1]) == Q2


def test_the_day_before_does_not_lose_by_a_weekend() -> None:
    """Friday before a due Monday is as near as the Tuesday after it, and comes first; the week before is farther."""
    desk = a_desk(of(1, 3))
    wanted = [*wanted_today(desk, WEEK_BEFORE, OF_Q1), *wanted_later(desk, WEEK_BEFORE, JANUARY)]
    assert [each.day for each in plan(wanted, 1).sent] == [FRIDAY]
    assert [each.day for each in plan(wanted, 2).sent] == [FRIDAY, AFTER]
    assert [each.day for each in plan(wanted, 2).dropped] == [WEEK_BEFORE]


def test_what_is_left_of_a_quota() -> None:
    """What was used and what is kept back are taken off; a plan without limit leaves all."""
    assert Budget(300, 100, 30).left == 170
    assert Budget(300, 290, 30).left == 0
    assert Budget(None, 1000, 30).left is None


DAYS = st.integers(0, 27).map(lambda each: date(2027, 1, 4) + timedelta(days=each))
WANTED = st.lists(st.builds(Wanted, st.integers(0, 20), DAYS, DAYS, st.integers(1, 12)), max_size=60)


@given(WANTED, st.none() | st.integers(0, 40))
def test_a_plan_is_whole_and_within_the_quota(wanted: list[Wanted], left: int | None) -> None:
    """Each person and day is planned once, sent or dropped; never more is sent than is left, nor less than could be."""
    made = plan(wanted, left)
    planned = [(each.day, each.person_id) for each in (*made.sent, *made.dropped)]
    assert len(planned) == len(set(planned))
    assert set(planned) == {(each.day, each.person_id) for each in wanted}
    assert len(made.sent) == (len(planned) if left is None else min(left, len(planned)))
    assert made.short == bool(made.dropped)


@given(WANTED, st.integers(0, 40))
def test_nothing_dropped_is_nearer_than_what_is_sent(wanted: list[Wanted], left: int) -> None:
    """The nearest due day goes first, whatever the order in which the reminders are given."""
    made = plan(wanted, left)
    if made.sent and made.dropped:
        assert max(each.distance for each in made.sent) <= min(each.distance for each in made.dropped)
    assert plan(list(reversed(wanted)), left) == made


@given(WANTED, st.integers(0, 40))
def test_one_push_more_only_adds(wanted: list[Wanted], left: int) -> None:
    """Who is reminded with a quota is reminded with a larger one as well."""
    assert set(plan(wanted, left).sent) <= set(plan(wanted, left + 1).sent)


UNITS = st.frozensets(st.sampled_from(LIBRARIES))
PAUSES = st.builds(Pause, st.none() | DAYS, st.none() | st.sampled_from((Q1, Q2)))
REPORTERS = st.lists(st.tuples(UNITS, PAUSES), max_size=8).map(
    lambda found: tuple(of(number, *units, pause=pause) for number, (units, pause) in enumerate(found))
)
DONE = st.frozensets(st.tuples(st.sampled_from(LIBRARIES), st.sampled_from((1, 2))))


@given(REPORTERS, DONE, DAYS)
def test_who_has_nothing_pending_hears_nothing(
    reporters: tuple[Reporter, ...], done: frozenset[tuple[int, int]], day: date
) -> None:
    """Whoever is reminded has something to report that they did not ask to be left alone with, and each once."""
    desk = a_desk(*reporters, done=done)
    found = wanted_today(desk, day, desk.triggered_between(day - timedelta(days=1), day))
    assert len({each.person_id for each in found}) == len(found)
    for each in found:
        reporter = reporters[each.person_id]
        keys = desk.of(reporter, desk.under_reminder(day), day)
        assert keys
        assert {(key.unit_id, key.indicator_id) for key in keys}.isdisjoint(done)
        assert {key.unit_id for key in keys} <= reporter.unit_ids
        assert not any(reporter.pause.silences(key.quarter) for key in keys)
        assert reporter.pause.snoozed_to is None or reporter.pause.snoozed_to <= day
