"""Whether a report may go on, and if not, why, in words; the gate itself is models/rules/permissions.py."""

from __future__ import annotations

from handlers.behalf import stands_in
from handlers.context import Context
from handlers.report_questions import choosable
from handlers.report_view import (
    correctable_keys,
    correcting,
    has_content,
    key_of,
    open_keys,
    stored_draft,
    unit_name,
    units_where,
)
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey
from models.rules.permissions import Action, Allowed, RefusalReason, Refused, may


def gate(context: Context, key: ReportKey) -> Allowed | Refused:
    return context.facts.gate(key, for_another=stands_in(context))


def may_keep(context: Context, key: ReportKey) -> bool:
    """A draft is kept while the person may report, and beyond the closing day for whoever may be let in again."""
    answer = gate(context, key)
    return isinstance(answer, Allowed) or answer.reason in {RefusalReason.CLOSED, RefusalReason.ACCEPTED}


def refuse(context: Context) -> str:
    """Why nothing can be reported at all, or not this."""
    key, w = key_of(context), context.w
    if key is None:
        return reporting_refused(context) or nothing_to_choose(context)
    answer = gate(context, key)
    if isinstance(answer, Allowed):
        return ""
    kept = w("report-draft-kept") if has_content(context) or stored_draft(context) else ""
    return "\n".join(part for part in (refusal(context, key, answer), kept) if part)


def refusal(context: Context, key: ReportKey, refused: Refused) -> str:
    w, unit = context.w, context.facts.office.units.get(key.unit_id)
    return w(
        "report-refused",
        reason=refused.reason.value,
        day=w.day(refused.day) if refused.day else "–",
        unit=unit_name(context, unit) if unit else "–",
        quarter=str(key.quarter),
    )


def nothing_to_choose(context: Context) -> str:
    """What was typed along leaves nothing to report: the gate's reason, and what is open instead."""
    w, facts = context.w, context.facts
    if correcting(context):
        return "" if correctable_keys(context) else w("report-nothing-sent")
    if not open_keys(context):
        coming = [each for each in facts.office.rounds.values() if facts.today < each.opens]
        following = min(coming, key=lambda each: each.opens, default=None)
        return w(
            "report-nothing-open",
            quarter=str(following.quarter) if following else "none",
            day=w.day(following.opens, "weekday") if following else "–",
        )
    if choosable(context):
        return ""
    wanted = context.answers.get("indicator"), context.answers.get("quarter")
    keys = [
        ReportKey(each.unit_id, each.indicator_id, Quarter.parse(wanted[1]) if wanted[1] else quarter)
        for member in facts.memberships
        for each in facts.office.assignments_of(member.unit_id)
        for quarter in (Quarter(each.fiscal_year, 1),)
        if wanted[0] in {None, each.indicator_id}
    ]
    reasons = [(key, found) for key in keys if isinstance(found := gate(context, key), Refused)]
    why = refusal(context, *reasons[0]) if reasons else w("report-not-yours")
    quarters = sorted({each.quarter for each in open_keys(context)})
    return "\n".join((why, w("report-open-now", quarters=", ".join(str(each) for each in quarters))))


def reporting_refused(context: Context) -> str:
    """Why this person reports for no unit at all today; empty when there is one."""
    memberships, today = context.facts.memberships, context.facts.today
    if stands_in(context):
        return "" if units_where(context, Action.REPORT_FOR) else context.w("behalf-not-yours")
    reporting = [each for each in memberships if may(each.role, Action.REPORT)]
    if any(each.valid_on(today) for each in reporting):
        return ""
    if not reporting:
        return context.w("report-refused", reason=RefusalReason.ROLE_MAY_NOT.value, day="–", unit="–", quarter="–")
    newest = max(reporting, key=lambda each: each.valid_from)
    key = ReportKey(newest.unit_id, 0, Quarter.of(today))
    answer = gate(context, key)
    return refusal(context, key, answer) if isinstance(answer, Refused) else ""
