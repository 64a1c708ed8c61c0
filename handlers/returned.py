"""A report that was sent back: what its reporter is told, and the very answer opened again."""

from __future__ import annotations

from handlers import asking, engine
from handlers.behalf import BEHALF, coordinates, for_whom
from handlers.buttons import command_button
from handlers.context import Context
from handlers.effects import Say, Turn
from handlers.events import Event
from handlers.idle import idle_buttons
from handlers.needs import LastReturn, ReportByNumber
from handlers.records import NumberedReport, RequestKind, ReturnedReport
from handlers.report import REPORT
from handlers.report_kinds import key_answers
from handlers.report_view import accepted_keys, correctable_keys, title, units_where
from handlers.request import REQUEST
from handlers.session import Answers, Session
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey
from models.rules.permissions import Action, oversees
from models.rules.standing import ReportState


def returned_keys(context: Context) -> tuple[ReportKey, ...]:
    """The person's own reports that a coordinator asked to correct, and that can be corrected."""
    reports = context.facts.reports
    return tuple(key for key in correctable_keys(context) if reports[key].state is ReportState.RETURNED)


def edit_sent(context: Context, event: Event, rest: str) -> Turn:
    """แก้ไข, with a receipt's number or without: the report that is meant, at the answer that was asked about."""
    if "/" in rest:
        quarter, _, number = rest.rpartition("-")
        wanted = (Quarter.parse(quarter), int(number))
        keys = [key for key, each in context.facts.reports.items() if (key.quarter, each.number) == wanted]
        if not keys and (known := entered_for_another(context, *wanted)):
            return engine.begin(REPORT, context, event.id, known)
        if not keys or keys[0] not in correctable_keys(context):
            return _not_correctable(context, event, keys)
        return reopen(context, event, keys[0])
    if coordinates(context):
        return Turn(Session(), (Say(context.w("behalf-edit"), idle_buttons(context)),))
    if units_where(context, Action.EVALUATE) and not units_where(context, Action.REPORT):
        return Turn(Session(), (Say(context.w("evaluate-edit"), idle_buttons(context)),))
    returned = returned_keys(context)
    if len(returned) == 1:
        return reopen(context, event, returned[0])
    if accepted_keys(context) and not correctable_keys(context):
        return engine.begin(REQUEST, context, event.id, {"kind": RequestKind.EDIT.value})
    return engine.begin(REPORT, context, event.id, {"correcting": True})


def entered_for_another(context: Context, quarter: Quarter, number: int) -> Answers:
    """A report that a coordinator entered for a unit, or combined, to be opened again by its number; {}: none is."""
    facts, office = context.facts, context.facts.office
    if not units_where(context, Action.REPORT_FOR):
        return {}
    found: NumberedReport | None = context.find(ReportByNumber(quarter, number))
    if found is None or not oversees(office, facts.memberships, Action.REPORT_FOR, found.key, facts.today):
        return {}
    return {BEHALF: for_whom(context, found.key), **key_answers(found.key), "correcting": True, "sent": "taken"}


def _not_correctable(context: Context, event: Event, keys: list[ReportKey]) -> Turn:
    """Begun all the same, so that the gate says why not; a number of nobody's here is none."""
    if keys:
        return engine.begin(REPORT, context, event.id, {**key_answers(keys[0]), "correcting": True, "sent": "taken"})
    return engine.begin(REPORT, context, event.id, {"correcting": True}, context.w("review-unknown-number"))


def reopen(context: Context, event: Event, key: ReportKey) -> Turn:
    """The sent version, opened for a correction; of a returned one the answer that was asked about is asked again."""
    known = {**key_answers(key), "correcting": True, "sent": "taken"}
    found: ReturnedReport | None = None
    if context.facts.reports[key].state is ReportState.RETURNED:
        found = context.find(LastReturn(key))
    opened = engine.begin(REPORT, context, event.id, known)
    if found is None or not found.question or opened.session.asked != "confirm":
        return opened  # nothing in particular, or somebody's draft comes first
    at_preview, _ = asking.position(REPORT, Context(opened.session, context.facts))
    question = asking.named(REPORT, at_preview, found.question)
    if question is None or found.question not in at_preview.answers:
        return opened
    edited = engine.edit(REPORT, at_preview, found.question)
    asked_for = Say(asked_to_correct(context, found))
    return engine.kept(REPORT, Context(Session(), context.facts), Turn(edited.session, (asked_for, *edited.effects)))


def asked_to_correct(context: Context, found: ReturnedReport) -> str:
    return context.w("review-asked", reason=found.reason, coordinator=found.coordinator or context.w("person-former"))


def told_return(context: Context, key: ReportKey, number: str, question: str, reason: str) -> Say:
    """What reaches the reporter at once. `context` is the coordinator's, in the reporter's language."""
    w = context.w
    words = f"{w('engine-button-edit-sent')} {number}"
    text = w(
        "review-told-return",
        title=title(context, key),
        number=number,
        question=question or "none",
        reason=reason,
        coordinator=context.facts.person.name if context.facts.person else "",
        words=words,
    )
    return Say(text, (command_button(w("engine-button-edit-sent"), words),))
