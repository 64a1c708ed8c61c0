"""A report is sent: the version that is kept, its receipt, and what it asks the coordinator for."""

from __future__ import annotations

from decimal import Decimal

from handlers import report_questions as put
from handlers.asking import MESSAGES, beginning
from handlers.behalf import is_told, stands_in
from handlers.buttons import command_button
from handlers.cards import progress_card
from handlers.context import Context
from handlers.effects import Ask, CancelDraft, Effect, Say, Submit, Turn, WarningKept
from handlers.idle import idle_buttons
from handlers.measured import written
from handlers.records import ReportSummary, RequestKind
from handlers.report_checks import warnings_of
from handlers.report_gate import gate, refuse
from handlers.report_kinds import (
    said_result,
)
from handlers.report_view import (
    CONTENT,
    awaited_keys,
    indicator_of,
    known_key,
    narrative_of,
    result_of,
    round_of,
    sent,
    sent_in_full,
    stored_draft,
    taken_back,
    unit_name,
    unit_of,
    zero_reason_of,
)
from handlers.session import Session
from models.rules.office import ReportKey, ZeroReason
from models.rules.permissions import Refused
from models.rules.standing import ReportState, after_sending


def has_warnings(context: Context) -> bool:
    return bool(warnings_of(context))


def activity_changed(context: Context) -> bool:
    """ขอเปลี่ยนกิจกรรม as the explanation of a warning: the new activity and its first month are asked."""
    stored = context.answers.get("explanation")
    return has_warnings(context) and isinstance(stored, dict) and bool(stored.get("activity"))


def cancel(context: Context) -> tuple[Effect, ...]:
    stored = stored_draft(context)
    return (CancelDraft(stored.key, stored.revision),) if stored is not None else ()


def unchanged(context: Context) -> bool:
    """Nothing differs from the version that was opened: there is nothing to send."""
    found, answers = sent(context), context.answers
    if found is None or found.version != context.session.base_version:
        return False
    full = sent_in_full(context)
    return (
        full is not None
        and not answers.get("pictures")
        and full.answer == answers["result"]
        and found.zero_reason == zero_reason_of(context)
        and full.narrative == narrative_of(context)
        and full.explanation == explanation_of(context)
        and answers.get("reporter_name", found.reporter_name) == found.reporter_name
        and {code: written(value) for code, value in full.sub_measures.items()}
        == {code: answers[f"sub_measures.{code}"] for code in given_sub_measures(context)}
    )


def explanation_of(context: Context) -> str:
    """The explanation as it is stored: none where nothing warns any more."""
    stored, answers = context.answers.get("explanation"), context.answers
    if not isinstance(stored, dict) or not has_warnings(context):
        return ""
    if activity_changed(context) and "activity_month" in answers:
        month = answers["activity_month"]
        return context.w("report-activity-kept", activity=answers["activity"], month=month)
    text: str = stored["text"]
    return text


def given_sub_measures(context: Context) -> tuple[str, ...]:
    """Those with a figure; one that is left out is not reported, which is not zero."""
    return tuple(code for code in put.sub_measures(context) if context.answers[f"sub_measures.{code}"] != "")


def submit(context: Context) -> Turn:
    """The receipt and the version, or why there is nothing to send."""
    w, facts, key = context.w, context.facts, known_key(context)
    if unchanged(context):
        return Turn(Session(), (*cancel(context), Say(w("report-unchanged"), idle_buttons(context))))
    found, result = sent(context), result_of(context)
    earlier = found or taken_back(context)
    allowed = gate(context, key)
    if isinstance(allowed, Refused) or facts.person is None or result is None:
        why = refuse(context)
        return Turn(Session(), (Say(why, idle_buttons(context, why)),))
    number = earlier.number if earlier else facts.next_numbers.get(key.quarter, 1)
    version = earlier.version + 1 if earlier else 1
    reporter = context.answers.get("reporter_name") or facts.person.name
    sources = context.answers.get(MESSAGES, {})
    new = [each for name, ids in sources.items() if name.startswith(CONTENT) for each in ids]
    # What a correction left as it was still comes from the earlier version's messages.
    messages = tuple(dict.fromkeys((*(found.message_ids if found else ()), *new)))
    stored = Submit(
        key=key,
        base_version=context.session.base_version,
        number=number,
        answer=context.answers["result"],
        result=result,
        zero_reason=zero_reason_of(context),
        narrative=narrative_of(context),
        explanation=explanation_of(context),
        sub_measures={code: Decimal(context.answers[f"sub_measures.{code}"]) for code in given_sub_measures(context)},
        warnings=tuple(WarningKept(each.rule, each.data) for each in warnings_of(context)),
        late=allowed.late,
        reporter_name=reporter,
        reporter_position=facts.person.position,
        on_behalf_of=context.answers.get("told_by") or allowed.membership.acting_for,
        message_ids=messages,
        seen_state=earlier.state if earlier else None,
        state=after_sending(found.state if found else None),
    )
    summary = ReportSummary(
        key, number, version, result, stored.zero_reason, stored.state, facts.now, allowed.late, reporter, messages
    )
    receipt = w(
        "report-receipt",
        number=f"{key.quarter}-{number:02}",
        again="yes" if stored.state is ReportState.RESUBMITTED else "no",
        version=version,
        unit=unit_name(context, unit_of(context)),
        code=indicator_of(context).code,
        result=said_result(context),
        day=w.day(facts.now, "medium"),
        time=w.time(facts.now),
        late="yes" if allowed.late else "no",
        reporter=reporter,
        acting="told" if is_told(context) else "yes" if stored.on_behalf_of else "no",
        acting_for=stored.on_behalf_of,
    )
    if facts.today <= round_of(context).closes and not stands_in(context):
        receipt += "\n" + w("report-receipt-edit", until=w.day(round_of(context).closes))
    edit, status = w("engine-button-edit-sent"), w("engine-button-status")
    card = progress_card(context, key.unit_id, key.indicator_id, key.quarter.fiscal_year, {key: summary})
    buttons = [command_button(edit, edit), command_button(status, status)]
    if stands_in(context):
        again = w("behalf-unit")
        correct = f"{edit} {key.quarter}-{number:02}"
        receipt += "\n" + w("report-receipt-typed", words=correct)
        buttons = [command_button(again, again), command_button(correct, correct), command_button(status, status)]
    pending = len([each for each in awaited_keys(context) if each != key])
    if pending and not stands_in(context):
        receipt += "\n" + w("report-receipt-left", count=pending)
        buttons.append(command_button(w("engine-button-report"), w("engine-button-report")))
    return Turn(Session(), (stored, *activity_request(context, key), Say(receipt, tuple(buttons), (card,))))


def activity_request(context: Context, key: ReportKey) -> tuple[Ask, ...]:
    """ขอเปลี่ยนกิจกรรม, with an explanation or as the reason of a zero, is for the coordinator to grant; asked once."""
    answers, found = context.answers, sent(context)
    full = sent_in_full(context) if found is not None else None
    if activity_changed(context):
        data = {"activity": answers["activity"], "month": answers["activity_month"]}
        if full is None or full.explanation != explanation_of(context):
            return (Ask(RequestKind.ACTIVITY, key.unit_id, key.indicator_id, key.quarter, data=data),)
        return ()
    change = ZeroReason.ACTIVITY_CHANGE
    if zero_reason_of(context) != change or (found is not None and found.zero_reason == change):
        return ()
    words = beginning(narrative_of(context), 200)
    return (Ask(RequestKind.ACTIVITY, key.unit_id, key.indicator_id, key.quarter, words),)
