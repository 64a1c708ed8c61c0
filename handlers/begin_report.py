"""A report is begun: รายงาน, รายงานแทน, the button of a reminder, with whatever of it was typed along."""

from __future__ import annotations

from msgspec.structs import replace

from handlers import asking, engine
from handlers.behalf import BEHALF
from handlers.context import Context
from handlers.conversation import Conversation
from handlers.effects import Turn
from handlers.events import Event
from handlers.narrowing import known_answers, narrowing, unknown_code
from handlers.report import REPORT
from handlers.report_view import key_of, overseen, pending_keys, title, unit_name
from handlers.session import Answers
from handlers.under_way import again, begun_or_again
from handlers.unit_names import units_named
from locales.thai_commands import Said
from models.rules.office import ReportKey
from models.rules.permissions import Action


def report(context: Context, event: Event, rest: str) -> Turn:
    """รายงาน, with a code or a quarter where they were typed along; in mid-report it offers to go on."""
    answers = context.session.answers
    if context.session.conversation == REPORT.name and "unit" in answers and not rest:
        key = key_of(context)
        under_way = title(context, key) if key else unit_name(context, context.facts.office.units[answers["unit"]])
        return asking.ask(REPORT, context, context.w("report-under-way", title=under_way))
    wanted = narrowing(context, rest, coming=True)
    if unknown := unknown_code(context, wanted):
        return again(context, unknown.text)
    return begun_or_again(context, engine.begin(REPORT, context, event.id, known_answers(context, wanted)))


def report_for(context: Context, event: Event, rest: str, name: str = "") -> Turn:
    """รายงานแทน, with a unit's name, a code or a quarter where they were typed along."""
    wanted = narrowing(context, rest, coming=True)
    if unknown := unknown_code(context, wanted):
        return again(context, unknown.text)
    known = {BEHALF: "unit", **known_answers(context, wanted)}
    units = units_named(context, name, overseen(context, Action.REPORT_FOR)) if name else frozenset()
    if len(units) == 1:
        return begun_or_again(context, engine.begin(REPORT, context, event.id, {**known, "unit": min(units)}))
    begun = engine.begin(REPORT, context, event.id, known)
    if name and begun.session.asked == "unit":
        return answered_at_once(REPORT, context, event, begun, name)
    return begun_or_again(context, begun)


def report_this(context: Context, event: Event, key: ReportKey) -> Turn:
    """A report's own button, in a reminder: what is under way of it goes on, what was sent meanwhile is said to be."""
    if context.session.conversation == REPORT.name and key_of(context) == key:
        return again(context, "", in_full=True)
    if key in context.facts.reports and key not in pending_keys(context):
        return again(context, context.w("remind-sent-already", title=title(context, key)))
    known: Answers = {"unit": key.unit_id, "indicator": key.indicator_id, "quarter": str(key.quarter)}
    office = context.facts.office
    if key.unit_id not in office.units or key.indicator_id not in office.indicators:
        return again(context, context.w("engine-stale"), in_full=True)
    return begun_or_again(context, engine.begin(REPORT, context, event.id, known))


def answered_at_once(conversation: Conversation, context: Context, event: Event, begun: Turn, text: str) -> Turn:
    """A dialogue that was begun, with its first question answered by what stood beside the command."""
    now = Context(replace(begun.session, asked_at=event.at), context.facts)
    outcome = engine.hear(conversation, now, replace(event, message_id=""), text)
    return begun if isinstance(outcome, Said) else outcome
