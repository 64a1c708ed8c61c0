"""สถานะ: where do we stand? A card an indicator; สถานะ 2300-848 and สถานะ ไตรมาส 2 narrow it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.approve import waiting
from handlers.buttons import command_button
from handlers.cards import progress_card
from handlers.context import Context
from handlers.effects import Button, Say
from handlers.facts import ReportsOf, ReportSummary
from handlers.report_questions import open_drafts
from handlers.report_view import open_keys, overseen, pending_keys, reported, unit_name, units_where
from locales.thai_quarters import read_quarter
from models.rules.fiscal import Quarter
from models.rules.office import Assignment, Indicator, ReportKey
from models.rules.permissions import Action

MOST_CARDS = 12
"""A carousel holds no more; the rest is narrowed down by code or quarter."""
MOST_LINES = 12
_CODE = re.compile(r"\d{3,8}-\d{1,5}|^\d{3,5}(?![\d/-])")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the words behind สถานะ ask for; None: everything."""

    code: str | None = None
    quarter: Quarter | None = None


def narrowing(context: Context, rest: str, *, coming: bool = False) -> Narrowing:
    """Read "2300-848", "ไตรมาส 2", or both.

    A quarter without a year is the open one of that number, else the last that has begun; when it is to be reported
    (`coming`), this year's, even if it is still to come.
    """
    found = _CODE.search(rest)
    code = whole_code(context, found[0]) if found else None
    today = Quarter.of(context.facts.today)
    said = read_quarter(_CODE.sub(" ", rest).strip(), today)
    if said is None:
        return Narrowing(code)
    begun = coming or said.number <= today.number
    year = said.fiscal_year or (today.fiscal_year if begun else today.fiscal_year - 1)
    open_now = [each.quarter for each in open_keys(context) if each.quarter.number == said.number]
    if said.fiscal_year is None and open_now:
        return Narrowing(code, open_now[0])
    return Narrowing(code, Quarter(year, said.number))


def whole_code(context: Context, said: str) -> str:
    """The indicator's code that was said whole, or by an ending that only one has: 848 for 2300-848."""
    codes = [each.code for each in context.facts.office.indicators.values()]
    ending = [each for each in codes if each.endswith(f"-{said}")]
    return ending[0] if said not in codes and len(ending) == 1 else said


def status(context: Context, rest: str = "") -> Say:
    """The answer to สถานะ for whoever asks."""
    w, wanted = context.w, narrowing(context, rest)
    if unknown := unknown_code(context, wanted):
        return unknown
    if own := units_where(context, Action.REPORT):
        return own_status(context, own, wanted)
    if all_below := overseen(context, Action.SEE_ALL_STATUS):
        return round_status(context, all_below, wanted)
    return Say(w("status-awaiting"))


def unknown_code(context: Context, wanted: Narrowing) -> Say | None:
    """That there is no such code, and which there are; None when there is."""
    if wanted.code is None or any(each.code == wanted.code for each in context.facts.office.indicators.values()):
        return None
    codes = ", ".join(each.code for each in own_indicators(context)[:MOST_LINES])
    return Say(context.w("status-unknown-code", code=wanted.code, codes=codes or "–"))


def own_indicators(context: Context) -> list[Indicator]:
    office = context.facts.office
    units = {each.unit_id for each in context.facts.memberships}
    wanted = {each.indicator_id for each in office.assignments if each.unit_id in units}
    return sorted((office.indicators[each] for each in wanted), key=lambda each: (each.order, each.code))


def own_status(context: Context, units: tuple[int, ...], wanted: Narrowing) -> Say:
    w, office = context.w, context.facts.office
    pending = [
        each
        for each in pending_keys(context)
        if fits(context, wanted, each.indicator_id) and wanted.quarter in {None, each.quarter}
    ]
    pending.sort(key=lambda each: office.rounds[each.quarter].due)
    lines = pending_lines(context, pending[:MOST_LINES])
    if len(pending) > MOST_LINES:
        lines.append(w("status-more", count=len(pending) - MOST_LINES))
    head = w("status-pending", count=len(pending)) if pending else w("status-nothing-pending")
    drafts = len(open_drafts(context))
    if drafts:
        lines.append(w("status-drafts", count=drafts))
    if wanted.quarter is not None:
        return Say(quarter_lines(context, units, wanted), own_buttons(context, bool(pending)))
    rows = [
        each
        for unit_id in units
        for each in sorted(office.assignments_of(unit_id), key=lambda each: order_of(context, each))
        if each.fiscal_year in shown_years(context) and fits(context, wanted, each.indicator_id)
    ]
    if not rows:
        return Say(w("status-nothing-assigned"), own_buttons(context, bool(pending)))
    cards = tuple(
        progress_card(context, each.unit_id, each.indicator_id, each.fiscal_year) for each in rows[:MOST_CARDS]
    )
    if len(rows) > MOST_CARDS:
        lines.append(w("status-narrow", count=len(rows) - MOST_CARDS))
    return Say("\n".join([head, *lines]), own_buttons(context, bool(pending)), cards)


def fits(context: Context, wanted: Narrowing, indicator_id: int) -> bool:
    return wanted.code in {None, context.facts.office.indicators[indicator_id].code}


def order_of(context: Context, assignment: Assignment) -> tuple[int, str, int]:
    indicator = context.facts.office.indicators[assignment.indicator_id]
    return indicator.order, indicator.code, assignment.fiscal_year


def shown_years(context: Context) -> frozenset[int]:
    """The years with an open round; outside of rounds the current one."""
    years = {each.quarter.fiscal_year for each in open_keys(context)}
    return frozenset(years or {Quarter.of(context.facts.today).fiscal_year})


def pending_lines(context: Context, keys: list[ReportKey]) -> list[str]:
    """What is pending, by quarter: its due day once, then the reports."""
    w, facts = context.w, context.facts
    lines: list[str] = []
    for quarter in dict.fromkeys(key.quarter for key in keys):
        dates = facts.office.rounds[quarter]
        late = facts.today > dates.due
        lines.append(
            w(
                "status-pending-quarter",
                quarter=str(quarter),
                late="yes" if late else "no",
                day=w.day(dates.closes if late else dates.due, "weekday"),
                days=abs((dates.due - facts.today).days),
            )
        )
        lines += [
            w(
                "status-pending-row",
                code=facts.office.indicators[key.indicator_id].code,
                unit=unit_name(context, facts.office.units[key.unit_id]),
            )
            for key in keys
            if key.quarter == quarter
        ]
    return lines


def quarter_lines(context: Context, units: tuple[int, ...], wanted: Narrowing) -> str:
    """One quarter in words: what was reported, when, and whether in time."""
    quarter, w, office = wanted.quarter, context.w, context.facts.office
    if quarter is None:
        raise LookupError("no quarter was asked for")
    rows = [w("quarter-name", quarter=str(quarter), months=w.months(quarter))]
    for unit_id in units:
        for each in sorted(office.assignments_of(unit_id), key=lambda each: order_of(context, each)):
            if each.fiscal_year == quarter.fiscal_year and fits(context, wanted, each.indicator_id):
                key = ReportKey(unit_id, each.indicator_id, quarter)
                rows.append(quarter_line(context, key, context.facts.reports.get(key)))
    if len(rows) == 1:
        rows.append(w("status-nothing-assigned"))
    return "\n".join(rows)


def quarter_line(context: Context, key: ReportKey, report: ReportSummary | None) -> str:
    w, office = context.w, context.facts.office
    indicator = office.indicators[key.indicator_id]
    return w(
        "status-quarter-row",
        code=indicator.code,
        unit=unit_name(context, office.units[key.unit_id]),
        reported="yes" if report else "no",
        result=reported(context, report) if report else "–",
        day=w.day(report.submitted_at) if report else "–",
        late="yes" if report and report.late else "no",
    )


def own_buttons(context: Context, pending: bool) -> tuple[Button, ...]:
    names = ("report", "edit-sent", "help") if pending else ("edit-sent", "help")
    return tuple(
        command_button(context.w(f"engine-button-{name}"), context.w(f"engine-button-{name}")) for name in names
    )


def round_status(context: Context, units: frozenset[int], wanted: Narrowing) -> Say:
    """For whoever looks after several units: how many have reported, per indicator and open quarter."""
    w, facts, office = context.w, context.facts, context.facts.office
    if wanted.quarter is not None:
        quarters = [wanted.quarter]
    else:
        quarters = [each for each, dates in sorted(office.rounds.items()) if dates.opens <= facts.today <= dates.closes]
        quarters = quarters or [Quarter.of(facts.today)]
    found = context.find_all(ReportsOf(units, year) for year in sorted({each.fiscal_year for each in quarters}))
    reports: dict[ReportKey, ReportSummary] = {each.key: each for some in found for each in some}
    lines = [w("status-round", at=f"{w.day(facts.now)} {w.time(facts.now)}")]
    for quarter in quarters:
        dates = office.rounds.get(quarter)
        lines.append(
            w(
                "status-round-quarter",
                quarter=str(quarter),
                months=w.months(quarter),
                due=w.day(dates.due) if dates else "–",
            )
        )
        lines += round_lines(context, units, quarter, wanted, reports)
    asking = waiting(context)
    if asking:
        lines.append(w("approve-waiting", count=len(asking)))
    return Say("\n".join(lines), own_buttons(context, pending=False)[1:])


def round_lines(
    context: Context,
    units: frozenset[int],
    quarter: Quarter,
    wanted: Narrowing,
    reports: dict[ReportKey, ReportSummary],
) -> list[str]:
    w, office = context.w, context.facts.office
    rows = []
    for indicator in sorted(office.indicators.values(), key=lambda each: (each.order, each.code)):
        keys = [
            ReportKey(each.unit_id, indicator.id, quarter)
            for each in office.assignments
            if each.indicator_id == indicator.id
            and each.unit_id in units
            and each.fiscal_year == quarter.fiscal_year
            and quarter.number in each.quarters
        ]
        if not keys or not fits(context, wanted, indicator.id):
            continue
        sent = [reports[key] for key in keys if key in reports]
        rows.append(
            w(
                "status-round-row",
                code=indicator.code,
                sent=len(sent),
                all=len(keys),
                late=len([each for each in sent if each.late]),
            )
        )
    return rows or [w("status-nothing-assigned")]
