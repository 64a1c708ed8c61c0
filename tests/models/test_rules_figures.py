"""Headlines, progress, checks, deadlines and invitation codes, as tables."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.checks import Figures, Warning, check  # noqa: A004 - the domain's word
from models.rules.deadlines import collected, default_dates
from models.rules.fiscal import Quarter
from models.rules.invitation_codes import ALPHABET, code_hash, new_code, normalise
from models.rules.office import Accumulation, Direction, OverQuarters, QuarterDates
from models.rules.progress import headline, progress
from models.rules.working_days import WorkingDays

Q = [Quarter(2564, number) for number in (1, 2, 3, 4)]
D = Decimal


@pytest.mark.parametrize(
    ("over", "results", "expected"),
    [
        (OverQuarters.LATEST, [0, 0, 36, 36], D(36)),
        (OverQuarters.SUM, [0, 0, 36, 36], D(72)),
        (OverQuarters.MEAN, [0, 0, 36, 36], D(18)),
        (OverQuarters.MAXIMUM, [1, 9, 3, None], D(9)),
        (OverQuarters.LATEST, [5, None, 0, None], D(0)),
        (OverQuarters.MEAN, [None, D("3.5"), None, 4], D("3.75")),
        (OverQuarters.MEAN, [1, 1, 2, None], D("1.33")),
        (OverQuarters.SUM, [None, None, None, None], None),
    ],
)
def test_the_headline_is_over_reported_quarters(
    over: OverQuarters, results: list[int | Decimal | None], expected: Decimal | None
) -> None:
    """Not reported is left out; zero is counted."""
    reported = {quarter: D(value) for quarter, value in zip(Q, results, strict=True) if value is not None}
    assert headline(over, reported) == expected


@pytest.mark.parametrize(
    ("result", "target", "direction", "percent", "share"),
    [
        pytest.param("36", "3", Direction.UP, "1200", "1", id="the seed"),
        pytest.param("1", "3", Direction.UP, "33.33", None, id="a third"),
        pytest.param("0", "3", Direction.UP, "0", "0", id="zero is zero"),
        pytest.param(None, "3", Direction.UP, None, "0", id="not reported"),
        pytest.param("5", None, Direction.UP, None, None, id="no target"),
        pytest.param("5", "0", Direction.UP, None, "1", id="a target of zero"),
        pytest.param("8", "10", Direction.DOWN, "125", "1", id="fewer than allowed"),
        pytest.param("20", "10", Direction.DOWN, "50", "0.5", id="twice what is allowed"),
        pytest.param("0", "10", Direction.DOWN, None, "1", id="none left"),
        pytest.param("2", "0", Direction.DOWN, "0", "0", id="none allowed, some left"),
    ],
)
def test_progress(
    result: str | None, target: str | None, direction: Direction, percent: str | None, share: str | None
) -> None:
    """Result over target in its direction; the bar ends at 1 while the percent goes on."""
    found = progress(D(result) if result else None, D(target) if target else None, direction)
    assert found.percent == (D(percent) if percent else None)
    if share is not None:
        assert found.share == D(share)
    elif target is None:
        assert found.share is None
    assert "E" not in str(found.percent)


@pytest.mark.parametrize(
    ("result", "previous", "accumulation", "warns"),
    [
        pytest.param("56.66", "57.50", Accumulation.CUMULATIVE, True, id="a cumulative result that falls"),
        pytest.param("0", "1", Accumulation.CUMULATIVE, True, id="down to nothing"),
        pytest.param("36", "36", Accumulation.CUMULATIVE, False, id="the same again"),
        pytest.param("5", "36", Accumulation.PER_QUARTER, False, id="each quarter on its own"),
        pytest.param("5", None, Accumulation.CUMULATIVE, False, id="nothing to compare"),
    ],
)
def test_a_cumulative_result_that_falls(
    result: str, previous: str | None, accumulation: Accumulation, warns: bool
) -> None:
    """The rule speaks when a total shrinks within its year, and otherwise is silent."""
    figures = Figures(D(result), accumulation, D(previous) if previous else None, Q[1] if previous else None)
    expected = Warning("cumulative_falls", {"previous": previous or "", "new": result, "previous_quarter": "2/2564"})
    assert check(figures) == ((expected,) if warns else ())


@pytest.mark.parametrize(
    ("quarter", "due"),
    [
        pytest.param(Quarter(2570, 1), date(2027, 1, 11), id="the 10th is a Sunday"),
        pytest.param(Quarter(2569, 4), date(2026, 10, 12), id="the 10th is a Saturday"),
        pytest.param(Quarter(2569, 3), date(2026, 7, 10), id="the 10th is a Friday"),
    ],
)
def test_due_on_a_working_day(quarter: Quarter, due: date) -> None:
    """The 10th of the month after the quarter, or the next working day."""
    dates = default_dates(quarter, WorkingDays())
    assert dates.due == due
    assert dates.review is not None
    assert dates.evaluation is not None
    assert dates.opens == quarter.first_day
    assert [(dates.closes - dates.due).days, (dates.review - dates.closes).days] == [14, 7]
    assert (dates.evaluation - dates.closes).days == 21


def test_a_holiday_moves_the_due_day() -> None:
    """What an office decided counts beside the calendar: a cabinet decision comes late."""
    decided = {date(2026, 7, 10): False, date(2026, 7, 13): False}
    assert default_dates(Quarter(2569, 3), WorkingDays(decided)).due == date(2026, 7, 14)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7K3M-Q2XD-9FHA", "7K3MQ2XD9FHA"),
        ("7k3m q2xd 9fha", "7K3MQ2XD9FHA"),
        (" 7K3M.Q2XD.9FHA\n", "7K3MQ2XD9FHA"),
        ("๗K๓M–Q๒XD–๙FHA", "7K3MQ2XD9FHA"),
        ("７Ｋ３Ｍ－Ｑ２ＸＤ－９ＦＨＡ", "7K3MQ2XD9FHA"),
        ("OIL0-OIL0-OIL0", "011001100110"),
        ("7K3M-Q2XD-9FH", None),
        ("7K3M-Q2XD-9FHAA", None),
        ("7K3M-Q2XD-9FHU", None),
        ("รหัส 7K3M-Q2XD-9FHA", None),
        ("", None),
        ("²²²²-²²²²-²²²²", "222222222222"),
    ],
)
def test_codes_as_people_type_them(typed: str, code: str | None) -> None:
    """Any case, spacing and digits; a text that is not wholly a code is none."""
    assert normalise(typed) == code


@given(st.binary(min_size=12, max_size=12))
def test_a_new_code_reads_back(random: bytes) -> None:
    """What is printed is what is read, in three groups of four."""
    code = new_code(lambda count: random[:count])
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert normalise(code.lower()) == code.replace("-", "")
    assert set(code) <= set(ALPHABET) | {"-"}


def test_codes_differ_and_their_hashes_too() -> None:
    """Two codes are never the same in practice, and only the hash is kept."""
    codes = {normalise(new_code(os.urandom)) or "" for _ in range(200)}
    assert len(codes) == len({code_hash(code) for code in codes}) == 200


@pytest.mark.parametrize(
    ("today", "quarters"),
    [
        pytest.param(date(2026, 11, 22), {1}, id="the only one that is open, though nobody is asked for it yet"),
        pytest.param(date(2027, 1, 5), {1}, id="the quarter before is due, this one only began"),
        pytest.param(date(2027, 1, 25), {1}, id="late, up to closing"),
        pytest.param(date(2027, 1, 26), {2}, id="closed: the one that is open"),
        pytest.param(date(2027, 9, 30), {4}, id="the last day of the year"),
    ],
)
def test_the_rounds_that_are_asked_for(today: date, quarters: set[int]) -> None:
    """By the default rule one round at a time; two only while their days overlap by a decision."""
    rounds = [default_dates(Quarter(2570, number), WorkingDays()) for number in range(1, 5)]
    assert collected(rounds, today) == {Quarter(2570, number) for number in quarters}
    early = [QuarterDates(each.quarter, each.opens, each.quarter.last_day, each.closes) for each in rounds]
    near = date(2027, 3, 17)
    assert Quarter(2570, 2) in collected(early, near)
    assert collected([], today) == frozenset()
