"""สถานะ: where do we stand? Each role sees what concerns it; a code, a quarter or a unit's name narrows it."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.buttons import command_button
from handlers.cards import progress_card
from handlers.context import Context
from handlers.effects import Button, Say
from handlers.executive import executive_status
from handlers.idle import idle_buttons
from handlers.narrowing import Narrowing, fits, narrowing, unknown_code
from handlers.needs import LastReturn
from handlers.records import ReportSummary, ReturnedReport
from handlers.report_questions import open_drafts
from handlers.report_view import (
    awaited_keys,
    last_day,
    open_keys,
    overseen,
    pending_keys,
    title,
    unit_name,
    units_where,
)
from handlers.request import is_closed, own_keys
from handlers.round_status import round_status
from handlers.round_view import quarter_line
from handlers.to_evaluate import scores_status
from models.rules.deadlines import finished
from models.rules.fiscal import Quarter
from models.rules.office import Assignment, ReportKey
from models.rules.permissions import Action
from models.rules.standing import ReportState

MOST_CARDS = 12
"""A carousel holds no more; the rest is narrowed down by code or quarter."""
MOST_LINES = 12


def status(context: Context, rest: str = "", unit_ids: frozenset[int] | None = None) -> Say:
    """The answer to สถานะ for whoever asks: their own reports first, then the round, the scores or the card."""
    wanted = replace(narrowing(context, rest), unit_ids=unit_ids)
    if unknown := unknown_code(context, wanted):
        return unknown
    own = tuple(each for each in units_where(context, Action.REPORT) if wanted.has(each))
    said = context.both(lambda: own_status(context, own, wanted) if own else None, lambda: _oversight(context, wanted))
    parts = [each for each in said if each is not None] or [Say(context.w("status-awaiting"), idle_buttons(context))]
    cards = tuple(card for each in parts for card in each.cards)
    return Say("\n\n".join(each.text for each in parts), parts[-1].buttons, cards)


def _oversight(context: Context, wanted: Narrowing) -> Say | None:
    """What somebody sees of others' reports, by the role that has most to do with them."""
    if overseen(context, Action.SEE_ROUND):
        return _with_page(context, Action.SEE_ROUND, wanted, round_status(context, wanted))
    if overseen(context, Action.EVALUATE):
        said = scores_status(context) if wanted == Narrowing() else executive_status(context, wanted)
        return _with_page(context, Action.EVALUATE, wanted, said)
    if overseen(context, Action.SEE_ALL_STATUS):
        return _with_page(context, Action.SEE_ALL_STATUS, wanted, executive_status(context, wanted))
    return None


def _with_page(context: Context, action: Action, wanted: Narrowing, said: Say) -> Say:
    """The same, and where what was accepted in that year can be read by all: the page of the bureau above."""
    office = context.facts.office
    *_, top = office.lineage(units_where(context, action)[0])
    if top.id not in office.pages:
        return said
    language = "?lang=en" if context.w.language == "en" else ""
    address = f"{office.pages[top.id]}/{wanted.fiscal_year(Quarter.of(context.facts.today))}{language}"
    return replace(said, text=f"{said.text}\n{context.w('status-page', address=address)}".strip())


def own_status(context: Context, units: tuple[int, ...], wanted: Narrowing) -> Say:
    w, office = context.w, context.facts.office
    pending = [
        each
        for each in (awaited_keys(context) if wanted.quarter is None else pending_keys(context))
        if fits(context, wanted, each.indicator_id)
        and wanted.quarter in {None, each.quarter}
        and wanted.year in {None, each.quarter.fiscal_year}
        and wanted.has(each.unit_id)
    ]
    pending.sort(key=lambda each: office.rounds[each.quarter].due)
    lines = pending_lines(context, pending[:MOST_LINES])
    if len(pending) > MOST_LINES:
        lines.append(w("status-more", count=len(pending) - MOST_LINES))
    head = w("status-pending", count=len(pending)) if pending else w("status-nothing-pending")
    missed = missed_lines(context, wanted)
    lines += missed + coming_lines(context, wanted)
    back = returned_lines(context, units, wanted)
    drafts = len(open_drafts(context))
    if drafts:
        lines.append(w("status-drafts", count=drafts))
    if wanted.quarter is not None:
        return Say(quarter_lines(context, units, wanted), own_buttons(context, bool(pending)))
    years = {wanted.year} if wanted.year else shown_years(context)
    rows = [
        each
        for unit_id in units
        for each in sorted(office.assignments_of(unit_id), key=lambda each: order_of(context, each))
        if each.fiscal_year in years and fits(context, wanted, each.indicator_id)
    ]
    if not rows:
        return Say(w("status-nothing-assigned"), own_buttons(context, bool(pending)))
    lines += sent_lines(context, units, wanted)
    cards = tuple(
        progress_card(context, each.unit_id, each.indicator_id, each.fiscal_year) for each in rows[:MOST_CARDS]
    )
    if len(rows) > MOST_CARDS:
        lines.append(w("status-narrow", count=len(rows) - MOST_CARDS))
    text = "\n".join([*back, head, *lines])
    return Say(text, own_buttons(context, bool(pending), missed=bool(missed)), cards)


def missed_lines(context: Context, wanted: Narrowing) -> list[str]:
    """What was not sent before its round closed and can still be asked for: a line a quarter."""
    rounds, today = context.facts.office.rounds, context.facts.today
    missed = [
        key.quarter
        for key in own_keys(context)
        if rounds[key.quarter].closes < today <= finished(rounds[key.quarter])
        and key not in context.facts.reports
        and is_closed(context, key)
        and fits(context, wanted, key.indicator_id)
        and wanted.has(key.unit_id)
    ]
    return [context.w("status-missed", quarter=str(each), count=missed.count(each)) for each in sorted({*missed})]


def coming_lines(context: Context, wanted: Narrowing) -> list[str]:
    """A quarter that can be reported already, though nobody asks for it yet: one line."""
    awaited = set(awaited_keys(context))
    coming = {
        key.quarter
        for key in pending_keys(context)
        if key not in awaited and fits(context, wanted, key.indicator_id) and wanted.has(key.unit_id)
    }
    rounds = context.facts.office.rounds
    return [
        context.w("status-coming", quarter=str(each), day=context.w.day(rounds[each].due, "weekday"))
        for each in sorted(coming)
    ]


def order_of(context: Context, assignment: Assignment) -> tuple[int, str, int]:
    indicator = context.facts.office.indicators[assignment.indicator_id]
    return indicator.order, indicator.code, assignment.fiscal_year


def shown_years(context: Context) -> frozenset[int]:
    """The years with an open round; outside of rounds the current one."""
    years = {each.quarter.fiscal_year for each in open_keys(context)}
    return frozenset(years or {Quarter.of(context.facts.today).fiscal_year})


def pending_lines(context: Context, keys: list[ReportKey]) -> list[str]:
    """What is pending, by quarter: its due day once, then a line a unit."""
    w, facts = context.w, context.facts
    lines: list[str] = []
    for quarter in dict.fromkeys(key.quarter for key in keys):
        dates = facts.office.rounds[quarter]
        late = facts.today > dates.due
        closes = max(last_day(context, key) for key in keys if key.quarter == quarter)
        lines.append(
            w(
                "status-pending-quarter",
                quarter=str(quarter),
                late="yes" if late else "no",
                day=w.day(closes if late else dates.due, "weekday"),
                days=abs((dates.due - facts.today).days),
            )
        )
        codes: dict[int, list[str]] = {}
        for key in keys:
            if key.quarter == quarter:
                codes.setdefault(key.unit_id, []).append(facts.office.indicators[key.indicator_id].code)
        lines += [
            w("status-pending-row", codes=", ".join(each), unit=unit_name(context, facts.office.units[unit_id]))
            for unit_id, each in codes.items()
        ]
    return lines


def quarter_lines(context: Context, units: tuple[int, ...], wanted: Narrowing) -> str:
    """One quarter in words: what was reported, when, and whether in time."""
    quarter, w, office = wanted.quarter, context.w, context.facts.office
    if quarter is None:
        raise LookupError("no quarter was asked for")
    rows = [w("quarter-name", quarter=str(quarter), months=w.months(quarter))]
    for unit_id in units:
        keys = [
            ReportKey(unit_id, each.indicator_id, quarter)
            for each in sorted(office.assignments_of(unit_id), key=lambda each: order_of(context, each))
            if each.fiscal_year == quarter.fiscal_year and fits(context, wanted, each.indicator_id)
        ]
        rows += [unit_name(context, office.units[unit_id])] if keys else []
        rows += [quarter_line(context, key, context.facts.reports.get(key), named=True) for key in keys]
    if len(rows) == 1:
        rows.append(w("status-nothing-assigned"))
    return "\n".join(rows)


def in_current_rounds(context: Context, units: tuple[int, ...], wanted: Narrowing) -> list[ReportSummary]:
    """What was sent for the rounds that are open or still reviewed and evaluated, by unit and indicator."""
    office, today = context.facts.office, context.facts.today
    opened = {each for each, dates in office.rounds.items() if dates.opens <= today <= finished(dates)}
    found = [
        each
        for key, each in context.facts.reports.items()
        if key.unit_id in units
        and fits(context, wanted, key.indicator_id)
        and (key.quarter in opened or each.state is ReportState.RETURNED)
    ]
    return sorted(found, key=lambda each: (each.key.quarter, office.units[each.key.unit_id].code, each.key))


def returned_lines(context: Context, units: tuple[int, ...], wanted: Narrowing) -> list[str]:
    """What was sent back stands first, with the reason and who asked."""
    back = [each for each in in_current_rounds(context, units, wanted) if each.state is ReportState.RETURNED]
    reasons: list[ReturnedReport | None] = context.find_all(LastReturn(each.key) for each in back)
    rows = [
        context.w(
            "status-returned",
            title=title(context, each.key),
            reason=reason.reason if reason else "–",
            name=(reason.coordinator if reason else "") or "none",
        )
        for each, reason in zip(back[:MOST_LINES], reasons, strict=False)
    ]
    return [*rows, context.w("status-returned-how")] if rows else []


def sent_lines(context: Context, units: tuple[int, ...], wanted: Narrowing) -> list[str]:
    """What was sent and is in the coordinator's hands or accepted; what is alike on one line a unit."""
    sent = [each for each in in_current_rounds(context, units, wanted) if each.state is not ReportState.RETURNED]
    w, office = context.w, context.facts.office
    alike: dict[tuple[Quarter, int, bool, ReportState], list[str]] = {}
    for each in sent:
        of = (each.key.quarter, each.key.unit_id, each.late, each.state)
        alike.setdefault(of, []).append(office.indicators[each.key.indicator_id].code)
    rows = [
        w(
            "status-sent-row",
            codes=", ".join(codes),
            unit=unit_name(context, office.units[unit_id]),
            late="yes" if late else "no",
            state=state.value,
        )
        for (_, unit_id, late, state), codes in alike.items()
    ]
    left = sum(len(codes) for codes in list(alike.values())[MOST_LINES:])
    more = [w("status-more", count=left)] if left else []
    return [w("status-sent", count=len(sent)), *rows[:MOST_LINES], *more] if rows else []


def own_buttons(context: Context, pending: bool, *, missed: bool = False) -> tuple[Button, ...]:
    report = ("engine-button-report",) if pending else ()
    asking = ("request-button-unlock",) if missed else ()
    names = (*report, *asking, "engine-button-edit-sent", "engine-button-help")
    return tuple(command_button(context.w(name), context.w(name)) for name in names)
