"""ช่วยเหลือ: what can be typed here, and whom to ask: the coordinator's name and the office's number."""

from __future__ import annotations

from handlers.context import Context
from handlers.effects import Say
from handlers.idle import idle_buttons, is_registered
from handlers.report_view import unit_name
from models.rules.office import UnitKind
from models.rules.permissions import Action, may

OF_ACTION = (
    (Action.REPORT, "help-report"),
    (Action.REVIEW, "help-review"),
    (Action.EVALUATE, "help-evaluate"),
)


def help_text(context: Context) -> str:
    w = context.w
    return "\n".join([*(w(name) for name in paragraphs(context)), w("help-contacts"), *contacts(context)])


def paragraphs(context: Context) -> tuple[str, ...]:
    """What can be typed, by what somebody does here."""
    if not is_registered(context):
        return ("help-stranger",)
    today = context.facts.today
    roles = {each.role for each in context.facts.memberships if not each.ended(today)}
    own = tuple(name for action, name in OF_ACTION if any(may(role, action) for role in roles))
    return ("help-head", *(own or ("help-read",)), "help-everybody")


def help_for(context: Context) -> Say:
    return Say(help_text(context), idle_buttons(context))


def contacts(context: Context) -> list[str]:
    """Coordinators and numbers of the person's units, what is above them, and of those that coordinate below them.

    For a stranger those of all divisions.
    """
    w, office, today = context.w, context.facts.office, context.facts.today
    own = [each.unit_id for each in context.facts.memberships]
    reachable = [each.id for each in office.units.values() if each.kind is UnitKind.DIVISION and each.phone]
    above = {up.id: up for unit_id in own or [*office.coordinators, *reachable] for up in office.lineage(unit_id)}
    below = {each for unit_id in own for each in office.within(unit_id)}
    above |= {each: office.units[each] for each in sorted(below & {*office.coordinators, *reachable})}
    rows = [
        w(
            "help-contact",
            unit=unit_name(context, each),
            name=office.coordinators_on(each.id, today) or "none",
            phone=each.phone or "none",
        )
        for each in above.values()
        if office.coordinators_on(each.id, today) or each.phone
    ]
    return rows[:4] or [w("help-no-contact")]
