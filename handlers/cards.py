"""The progress card: one indicator of one unit in one fiscal year, readable in its alternative text alone."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.context import Context
from handlers.effects import Card, CardRow, Cell
from handlers.records import ReportSummary
from handlers.report_view import indicator_name, last_day, spoken, unit_name
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey, ResultKind
from models.rules.progress import headline, progress
from models.rules.standing import ReportState


def progress_card(
    context: Context,
    unit_id: int,
    indicator_id: int,
    fiscal_year: int,
    also: Mapping[ReportKey, ReportSummary] | None = None,
) -> Card:
    """Result of target first, percent second, one bar, the quarters in a row (– where not reported), days left.

    `also`: reports that are newer than the facts, such as the one being sent.
    """
    w, office = context.w, context.facts.office
    unit, indicator = office.units[unit_id], office.indicators[indicator_id]
    reports = {**context.facts.reports, **(also or {})}
    quarters = [Quarter(fiscal_year, number) for number in (1, 2, 3, 4)]
    found = {each: reports.get(ReportKey(unit_id, indicator_id, each)) for each in quarters}
    results = {quarter: report.result for quarter, report in found.items() if report is not None}
    newest = max(results, default=None)
    at = ReportKey(unit_id, indicator_id, newest or current_quarter(context, fiscal_year))
    target = office.target(at)
    kind = indicator.kind_for(unit_id)
    reached = progress(
        headline(indicator.over_quarters, results), target.value if target else None, indicator.direction
    )
    latest = found[newest] if newest else None
    if reached.result is None:
        result = w("card-not-reported")
    else:
        result = spoken(context, at, reached.result, latest.zero_reason if latest else "")
    if kind is ResultKind.YES_NO:
        head = w("card-yes-no", result=result)
    elif target is not None and target.value is not None and reached.result is None:
        head = w("card-not-reported-of", target=spoken(context, at, target.value))
    elif target is not None and target.value is not None:
        head = w("card-of-target", result=result, target=spoken(context, at, target.value))
    else:
        head = w("card-result", result=result)
    rows = [CardRow(head, "headline")]
    if target is not None and target.text:
        rows.append(CardRow(w("card-target-text", target=target.text)))
    if reached.percent is not None and kind in {ResultKind.COUNT, ResultKind.DECIMAL}:
        rows.append(CardRow(w("card-percent", percent=reached.percent)))
    rows.append(CardRow(due_line(context, unit_id, indicator_id, fiscal_year, found), "quiet"))
    cells = tuple(
        Cell(w("card-quarter", number=each.number), short_result(context, kind, found[each])) for each in quarters
    )
    heading = w(
        "card-title", code=indicator.code, name=indicator_name(context, indicator), unit=unit_name(context, unit)
    )
    spoken_cells = " · ".join(f"{cell.label}: {cell.value}" for cell in cells)
    alt = "\n".join(
        (
            w("card-alt", code=indicator.code, unit=unit_name(context, unit), year=fiscal_year),
            *(row.text for row in rows),
            spoken_cells,
        )
    )
    share = reached.share if kind is not ResultKind.YES_NO else None
    return Card(heading, tuple(rows), cells, share, alt)


def current_quarter(context: Context, fiscal_year: int) -> Quarter:
    today = Quarter.of(context.facts.today)
    return today if today.fiscal_year == fiscal_year else Quarter(fiscal_year, 4)


def short_result(context: Context, kind: ResultKind, report: ReportSummary | None) -> str:
    """In the row of quarters: the number alone, – where nothing was reported."""
    if report is None:
        return "–"
    if kind is ResultKind.YES_NO:
        in_progress = report.zero_reason == "in_progress"
        return context.w("card-cell", answer="yes" if report.result else "in_progress" if in_progress else "no")
    return context.w.amount(report.result)


def due_line(
    context: Context,
    unit_id: int,
    indicator_id: int,
    fiscal_year: int,
    found: Mapping[Quarter, ReportSummary | None],
) -> str:
    """What is pending and when it is due; the earliest open quarter first."""
    w, facts = context.w, context.facts
    assignment = facts.office.assignment(ReportKey(unit_id, indicator_id, Quarter(fiscal_year, 1)))
    due_quarters = assignment.quarters if assignment else frozenset()
    missed = ""
    back = [str(each) for each, report in found.items() if report and report.state is ReportState.RETURNED]
    if back:
        return w("card-returned", quarters=", ".join(back))
    for quarter, report in found.items():
        dates = facts.office.rounds.get(quarter)
        if report is not None or dates is None or quarter.number not in due_quarters:
            continue
        if dates.opens <= facts.today <= dates.due:
            days = (dates.due - facts.today).days
            return w("card-due", quarter=str(quarter), day=w.day(dates.due, "weekday"), days=days)
        closes = last_day(context, ReportKey(unit_id, indicator_id, quarter))
        if dates.due < facts.today <= closes:
            return w("card-overdue", quarter=str(quarter), day=w.day(closes))
        if closes < facts.today:
            missed = missed or w("card-missed", quarter=str(quarter))
    return missed or w("card-nothing-due")
