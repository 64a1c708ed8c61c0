"""For executives: one card of all indicators, a line each: result of target, percent, latest score."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from handlers.context import Context
from handlers.effects import Card, CardRow, Say
from handlers.evaluation_view import newest
from handlers.facts import EvaluationSummary
from handlers.idle import idle_buttons
from handlers.narrowing import Narrowing, indicators_concerned
from handlers.report_view import overseen, spoken
from handlers.round_status import help_button, round_status
from handlers.round_view import Reports, as_of, reports_of, rows_of
from models.rules.fiscal import Quarter
from models.rules.office import Indicator, ReportKey
from models.rules.permissions import Action
from models.rules.progress import headline, progress
from models.rules.standing import ReportState

ROWS = 6
"""Indicators on a card, beside its title and the day it is of."""
MOST_CARDS = 4


def executive_status(context: Context, wanted: Narrowing) -> Say:
    """All indicators of the year, six on a card; more cards stand beside the first. A unit's or a quarter's in text."""
    if wanted.unit_ids is not None or wanted.quarter is not None:
        return round_status(context, wanted)
    w = context.w
    year = Quarter.of(context.facts.today).fiscal_year
    indicators = [each for each in indicators_concerned(context) if wanted.code in {None, each.code}]
    units = overseen(context, Action.SEE_ALL_STATUS)
    reports, scores = context.both(
        lambda: reports_of(context, units, [Quarter(year, 1)]), lambda: newest(context, indicators, [year])
    )
    rows = [indicator_row(context, each, year, reports, scores) for each in indicators]
    if not rows:
        return Say(w("status-nothing-assigned"), help_button(context))
    cards = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)][:MOST_CARDS]
    left = len(rows) - sum(map(len, cards))
    text = w("executive-more", count=left) if left else w("executive-text")
    return Say(text, idle_buttons(context, text), tuple(card(context, year, each) for each in cards))


def card(context: Context, year: int, rows: Sequence[str]) -> Card:
    title, day = context.w("executive-title", year=year), as_of(context)
    lines = (*(CardRow(each) for each in rows), CardRow(day, "quiet"))
    return Card(title, lines, (), None, "\n".join((title, *rows, day)))


def indicator_row(
    context: Context, indicator: Indicator, year: int, reports: Reports, scores: Sequence[EvaluationSummary]
) -> str:
    """The year so far: the owner's own results, else what the units' make; – where nothing was reported."""
    w, office = context.w, context.facts.office
    found = results_of(context, indicator, year, reports)
    results = {quarter: each.value for quarter, each in found.items()}
    newest_one = found[max(found)] if found else None
    at = ReportKey(indicator.owner_id, indicator.id, max(results, default=Quarter(year, 4)))
    target = office.target(at)
    reached = progress(
        headline(indicator.over_quarters, results), target.value if target else None, indicator.direction
    )
    given = next((each for each in scores if each.indicator_id == indicator.id and each.overall is not None), None)
    return w(
        "executive-row",
        code=indicator.code,
        result=spoken(context, at, reached.result) if reached.result is not None else "–",
        target=w.amount(target.value) if target and target.value is not None else "none",
        percent=w.amount(reached.percent) if reached.percent is not None else "none",
        score=w.amount(given.overall) if given and given.overall is not None else "none",
        quarter=given.quarter.number if given else 0,
        unreviewed=newest_one.unreviewed if newest_one else 0,
    )


class Result(Struct, frozen=True):
    """A quarter's result, and how many of the reports it is made of are not accepted yet."""

    value: Decimal
    unreviewed: int


def results_of(context: Context, indicator: Indicator, year: int, reports: Reports) -> dict[Quarter, Result]:
    below, found = overseen(context, Action.SEE_ALL_STATUS), {}
    for quarter in (Quarter(year, number) for number in (1, 2, 3, 4)):
        own = reports.get(ReportKey(indicator.owner_id, indicator.id, quarter))
        rows = [] if own else rows_of(context, below, quarter, reports, indicator.code)
        combined = rows[0].combined if rows else None
        if own is not None:
            found[quarter] = Result(own.result, int(own.state is not ReportState.ACCEPTED))
        elif combined is not None and combined.result is not None:
            found[quarter] = Result(combined.result, rows[0].sent - rows[0].accepted)
    return found
