"""The dates of a quarter's round by the default rule. Every date can be set otherwise; this fills in what is not.

No official deadline of the BMA was found. The precedents are the 10th of the following month, moved to the next
working day where it falls on a weekend or public holiday.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.fiscal import Quarter
from models.rules.office import QuarterDates


@dataclass(frozen=True, slots=True)
class DefaultRule:
    """`due_day` of the month after the quarter, and the days from there on."""

    due_day: int = 10
    closes_after: int = 14
    review_after: int = 7
    evaluation_after: int = 21


@dataclass(frozen=True, slots=True)
class RoundDates:
    """All dates of a round, inclusive. Review and evaluation count from the day it closes."""

    quarter: Quarter
    opens: date
    due: date
    closes: date
    review: date
    evaluation: date

    @property
    def reporting(self) -> QuarterDates:
        return QuarterDates(self.quarter, self.opens, self.due, self.closes)


def default_dates(quarter: Quarter, is_holiday: Callable[[date], bool], rule: DefaultRule | None = None) -> RoundDates:
    """The round of a quarter: 1/2570 opens on 1 October 2026 and is due on Monday 11 January 2027."""
    rule = rule or DefaultRule()
    due = quarter.next.first_day.replace(day=rule.due_day)
    while due.weekday() >= 5 or is_holiday(due):  # Saturday, Sunday
        due += timedelta(days=1)
    closes = due + timedelta(days=rule.closes_after)
    return RoundDates(
        quarter,
        opens=quarter.first_day,
        due=due,
        closes=closes,
        review=closes + timedelta(days=rule.review_after),
        evaluation=closes + timedelta(days=rule.evaluation_after),
    )
