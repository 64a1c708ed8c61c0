"""The dates of a quarter's round: those of the default rule, and what follows when one of them is moved.

No official deadline of the BMA was found. The precedents are the 10th of the following month, moved to the next
working day where it falls on a weekend or public holiday. So the rule's numbers are settings, and every date can be
set otherwise; this fills in what is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from models.rules.fiscal import Quarter
from models.rules.office import QuarterDates
from models.rules.working_days import WorkingDays


class DefaultRule(Struct, frozen=True):
    """`due_day` of the month after the quarter; days from there to closing, and from closing to the others."""

    due_day: int = 10
    closes_after: int = 14
    review_after: int = 7
    evaluation_after: int = 21


SOON = timedelta(days=14)
"""Before its due day a round is asked for, even if its quarter is not over."""


class RoundDay(StrEnum):
    """The dates of a round, by the name of their column."""

    OPENS = "opens"
    DUE = "due"
    CLOSES = "closes"
    REVIEW = "review"
    EVALUATION = "evaluation"


SOONER_MATTERS = frozenset({RoundDay.DUE, RoundDay.CLOSES})
"""Dates that people plan by: when one comes sooner, they are told before they write."""
IN_ORDER = tuple(RoundDay)
"""None of them may lie before the one named before it."""


def default_dates(quarter: Quarter, days: WorkingDays, rule: DefaultRule | None = None) -> QuarterDates:
    """The round of a quarter: 1/2570 opens on 1 October 2026 and is due on Monday 11 January 2027."""
    rule = rule or DefaultRule()
    due = days.on_or_after(quarter.next.first_day.replace(day=rule.due_day))
    closes = due + timedelta(days=rule.closes_after)
    return QuarterDates(
        quarter,
        opens=quarter.first_day,
        due=due,
        closes=closes,
        review=closes + timedelta(days=rule.review_after),
        evaluation=closes + timedelta(days=rule.evaluation_after),
    )


def collected(rounds: Iterable[QuarterDates], today: date) -> frozenset[Quarter]:
    """The rounds that are asked for by now: open, and their quarter over or their due day near.

    A default round opens on its quarter's first day: in January the quarter before is due and this one has only begun.
    It may be reported, but nobody is asked for it. Where no round is asked for, the open one that is due first stands.
    """
    opened = [each for each in rounds if each.opens <= today <= each.closes]
    first = sorted(opened, key=lambda each: each.due)[:1]
    return pressing(opened, today) or frozenset(each.quarter for each in first)


def pressing(rounds: Iterable[QuarterDates], today: date) -> frozenset[Quarter]:
    """The rounds that are open, and whose quarter is over or their due day near."""
    return frozenset(each.quarter for each in rounds if each.opens <= today <= each.closes and near(each, today))


def near(dates: QuarterDates, today: date) -> bool:
    """Whether a round's quarter is over, or its due day near."""
    return today > dates.quarter.last_day or today >= dates.due - SOON


def looked_after(rounds: Iterable[QuarterDates], today: date) -> frozenset[Quarter]:
    """Those a coordinator looks after: closed and not reviewed and evaluated yet by their dates, or asked for.

    While one is under review, the next that only began is no work of the day.
    """
    rounds = tuple(rounds)
    reviewed = frozenset(each.quarter for each in rounds if each.closes < today <= finished(each))
    return reviewed | pressing(rounds, today) if reviewed else collected(rounds, today)


def finished(dates: QuarterDates) -> date:
    """The last day on which somebody has work with a round."""
    return max(each for each in (dates.closes, dates.review, dates.evaluation) if each is not None)


def moved(dates: QuarterDates, which: RoundDay, day: date) -> QuarterDates:
    """The round with one of its dates moved: those after it keep their distance, the opening day moves alone."""
    by = day - day_of(dates, which, day)
    found = {each: getattr(dates, each.value) for each in IN_ORDER[IN_ORDER.index(which) :]}
    if which is RoundDay.OPENS:
        return replace(dates, opens=day)
    later = {each: old + by for each, old in found.items() if old is not None} | {which: day}
    return QuarterDates(
        dates.quarter,
        dates.opens,
        later.get(RoundDay.DUE, dates.due),
        later.get(RoundDay.CLOSES, dates.closes),
        later.get(RoundDay.REVIEW, dates.review),
        later.get(RoundDay.EVALUATION, dates.evaluation),
        dates.reminders,
    )


def in_order(dates: QuarterDates) -> bool:
    """Whether no date lies before the one that has to come first."""
    found = [each for each in (getattr(dates, name.value) for name in IN_ORDER) if each is not None]
    return found == sorted(found)


def day_of(dates: QuarterDates, which: RoundDay, otherwise: date) -> date:
    """One of the dates; `otherwise` where the round has none."""
    found: date | None = getattr(dates, which.value)
    return otherwise if found is None else found
