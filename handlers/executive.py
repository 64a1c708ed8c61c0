"""For executives: one card of all indicators: result of target, percent, what is missing in it, latest score."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from handlers.context import Context
from handlers.effects import Card, CardRow, Say
from handlers.evaluation_view import newest
from handlers.idle import idle_buttons
from handlers.narrowing import Narrowing, indicators_concerned
from handlers.records import EvaluationSummary
from handlers.report_questions import first_words
from handlers.report_view import indicator_name, overseen, spoken
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
NAME = 48
"""Characters of an indicator's name: enough to know it again; the whole stands on its page."""


def executive_status(context: Context, wanted: Narrowing) -> Say:
    """All indicators of the year, six on a card; more cards stand beside the first. A unit's or a quarter's in text."""
    if wanted.unit_ids is not None or wanted.quarter is not None:
        return round_status(context, wanted)
    w = context.w
    today = Quarter.of(context.facts.today)
    year = wanted.fiscal_year(today)
    indicators = [each for each in indicators_concerned(context) if wanted.code in {None, each.code}]
    units = overseen(context, Action.SEE_ALL_STATUS)
    reports, scores = context.both(
        lambda: reports_of(context, units, [Quarter(year, 1)]), lambda: newest(context, indicators, [year, year - 1])
    )
    rows = [indicator_row(context, each, year, reports, scores) for each in indicators]
    if not rows:
        return Say(w("status-nothing-assigned"), help_button(context))
    if wanted.code:
        rows += quarter_rows(context, indicators[0], year, reports, scores)
    cards = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)][:MOST_CARDS]
    left = len(rows) - sum(map(len, cards))
    text = w("executive-more", count=left) if left else w("executive-text", last=today.fiscal_year - 1)
    return Say(text, idle_buttons(context, text), tuple(card(context, year, each) for each in cards))


def card(context: Context, year: int, rows: Sequence[str]) -> Card:
    title, day = context.w("executive-title", year=year), as_of(context)
    lines = (*(CardRow(each) for each in rows), CardRow(day, "quiet"))
    return Card(title, lines, (), None, "\n".join((title, *rows, day)))


def indicator_row(
    context: Context, indicator: Indicator, year: int, reports: Reports, scores: Sequence[EvaluationSummary]
) -> str:
    """The year so far: the owner's own results, else what the units' make; – where nothing was reported.

    Zero, not reported and not evaluated are three things, and each is said.
    """
    w, office = context.w, context.facts.office
    found = results_of(context, indicator, year, reports)
    results = {quarter: each.value for quarter, each in found.items()}
    at = ReportKey(indicator.owner_id, indicator.id, max(results, default=Quarter(year, 4)))
    target = office.target(at)
    reached = progress(
        headline(indicator.over_quarters, results), target.value if target else None, indicator.direction
    )
    given = next((each for each in scores if each.indicator_id == indicator.id and each.overall is not None), None)
    name = first_words(indicator_name(context, indicator), NAME)
    return "\n".join(
        [
            w("executive-name", code=indicator.code, name=name),
            w(
                "executive-result",
                result=spoken(context, at, reached.result) if reached.result is not None else "none",
                target=w.amount(target.value) if target and target.value is not None else "none",
                percent=w.amount(reached.percent) if reached.percent is not None else "none",
                rest=rest_of(context, found[at.quarter]) if found else "",
            ),
            w("executive-score", quarter=str(given.quarter), score=w.amount(given.overall))
            if given and given.overall is not None
            else w("executive-not-scored"),
        ]
    )


def quarter_rows(
    context: Context, indicator: Indicator, year: int, reports: Reports, scores: Sequence[EvaluationSummary]
) -> list[str]:
    """One indicator quarter by quarter, with its score."""
    w, found = context.w, results_of(context, indicator, year, reports)
    given = {each.quarter: each.overall for each in scores if each.indicator_id == indicator.id}
    rows = []
    for quarter in (Quarter(year, number) for number in (1, 2, 3, 4)):
        result, score = found.get(quarter), given.get(quarter)
        key = ReportKey(indicator.owner_id, indicator.id, quarter)
        rows.append(
            w(
                "executive-quarter",
                quarter=quarter.number,
                result=spoken(context, key, result.value) if result else "none",
                rest=rest_of(context, result) if result else "",
                score=w.amount(score) if score is not None else "none",
            )
        )
    return rows


def rest_of(context: Context, result: Result) -> str:
    """What is to be known beside a figure: a zero's reason, who has not reported, what is not accepted yet."""
    w = context.w
    return w(
        "executive-rest",
        reason=w(f"report-zero-{result.zero_reason}") if result.zero_reason else "none",
        missing=result.all - result.sent,
        sent=result.sent,
        all=result.all,
        unreviewed=result.unreviewed,
    )


class Result(Struct, frozen=True):
    """A quarter's result; how many of how many reports it is made of, and how many of them are not accepted yet."""

    value: Decimal
    unreviewed: int
    sent: int = 1
    all: int = 1
    zero_reason: str = ""


def results_of(context: Context, indicator: Indicator, year: int, reports: Reports) -> dict[Quarter, Result]:
    below, found = overseen(context, Action.SEE_ALL_STATUS), {}
    for quarter in (Quarter(year, number) for number in (1, 2, 3, 4)):
        own = reports.get(ReportKey(indicator.owner_id, indicator.id, quarter))
        rows = [] if own else rows_of(context, below, quarter, reports, indicator.code)
        combined = rows[0].combined if rows else None
        if own is not None:
            unreviewed = int(own.state is not ReportState.ACCEPTED)
            found[quarter] = Result(own.result, unreviewed, zero_reason=own.zero_reason)
        elif combined is not None and combined.result is not None:
            row = rows[0]
            found[quarter] = Result(combined.result, row.sent - row.accepted, row.sent, len(row.keys))
    return found
