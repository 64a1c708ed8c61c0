"""เตือน: a coordinator has those reminded that have not sent, after seeing what it costs, with one tap."""

from __future__ import annotations

from handlers.context import Context
from handlers.conversation import Choice, Conversation, Prompt, Question, never
from handlers.effects import AskReminders, Say, Turn
from handlers.idle import idle_buttons
from handlers.kinds import OneOf
from handlers.needs import RemindersOf
from handlers.records import RemindersNow
from handlers.report_view import overseen
from handlers.round_view import asked_quarters, missing_units, reports_of, rows_of, short_unit_names
from handlers.session import Session
from models.rules.permissions import Action


def reminders_need(context: Context) -> RemindersOf:
    """What `reminders_now` looks up."""
    return RemindersOf(overseen(context, Action.REMIND), frozenset(asked_quarters(context)))


def reminders_now(context: Context) -> RemindersNow:
    """Whom it would reach, and what is left of the month."""
    found: RemindersNow = context.find(reminders_need(context))
    return found


def left_line(context: Context) -> str:
    """How many pushes are left of the month."""
    found = reminders_now(context)
    left = "unknown" if found.limited is None else "none" if not found.limited else "some"
    return context.w("nudge-left-of-month", left=left, count=found.left or 0)


def missing(context: Context) -> tuple[int, list[str]]:
    """Of how many units that have not sent somebody would be reminded, and the short names of the others."""
    units, quarters = overseen(context, Action.REMIND), asked_quarters(context)
    reports, found = context.both(lambda: reports_of(context, units, quarters), lambda: reminders_now(context))
    rows = [row for each in quarters for row in rows_of(context, units, each, reports)]
    short, units_missing = short_unit_names(context), missing_units(context, rows)
    unreached = [short[each] for each in units_missing if each not in found.unit_ids]
    return len(units_missing) - len(unreached), unreached


def sure(context: Context) -> Prompt:
    w, found = context.w, reminders_now(context)
    quarters = ", ".join(str(each) for each in asked_quarters(context))
    reached, left_out = missing(context)
    lines = [w("nudge-sure", quarters=quarters, cost=len(found.person_ids), units=reached), left_line(context)]
    if found.limited and len(found.person_ids) > (found.left or 0):
        lines.append(w("nudge-short"))
    if left_out:
        lines.append(w("nudge-unreached", count=len(left_out), units=", ".join(left_out)))
    if found.at is not None:
        lines.append(w("nudge-later", day=w.day(found.at, "weekday"), time=w.time(found.at)))
    choices = (
        Choice(w("nudge-button-yes"), True, names=tuple(w("nudge-button-yes.names").split("|"))),
        Choice(w("nudge-button-no"), {"do": "later"}, names=tuple(w("nudge-button-no.names").split("|"))),
    )
    return Prompt("\n".join(lines), choices)


def refuse(context: Context) -> str:
    """Not a coordinator, or nobody left to be reminded today."""
    if not overseen(context, Action.REMIND):
        return context.w("nudge-not-yours")
    return "" if reminders_now(context).person_ids else context.w("nudge-nobody")


def asked(context: Context) -> Turn:
    w, found = context.w, reminders_now(context)
    when = (
        w("nudge-soon") if found.at is None else w("nudge-later", day=w.day(found.at, "weekday"), time=w.time(found.at))
    )
    said = "\n".join((w("nudge-done", cost=len(found.person_ids)), when))
    effect = AskReminders(found.person_ids, tuple(asked_quarters(context)))
    return Turn(Session(), (effect, Say(said, idle_buttons(context))))


REMIND_MISSING = Conversation(
    name="remind_missing",
    questions=(Question("sure", OneOf(sure, self_answering=False, guesses=False), backs=never),),
    on_complete=asked,
    refuse=refuse,
    leave=lambda context: context.w("nudge-left"),
    cancelled=lambda context: context.w("nudge-left"),
)
