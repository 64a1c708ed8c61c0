"""ช่วยเหลือ: what can be typed here, and whom to ask: the coordinator's name and the office's number."""

from __future__ import annotations

from handlers.buttons import command_button
from handlers.context import Context
from handlers.effects import Button, Say
from handlers.engine import idle_buttons
from handlers.report_view import unit_name


def is_registered(context: Context) -> bool:
    facts = context.facts
    return facts.person is not None and any(
        each.valid_to is None or facts.today <= each.valid_to for each in facts.memberships
    )


def help_text(context: Context) -> str:
    known = is_registered(context)
    return "\n".join([context.w("help-registered") if known else context.w("help-stranger"), *contacts(context)])


def help_for(context: Context) -> Say:
    return Say(help_text(context), idle_buttons(context) if is_registered(context) else stranger_buttons(context))


def contacts(context: Context) -> list[str]:
    """Coordinators and numbers of the person's units and what is above them; for a stranger those of all divisions."""
    w, office = context.w, context.facts.office
    own = [each.unit_id for each in context.facts.memberships]
    above = {up.id: up for unit_id in own or office.coordinators for up in office.lineage(unit_id)}
    rows = [
        w(
            "help-contact",
            unit=unit_name(context, each),
            name=office.coordinators.get(each.id) or "none",
            phone=each.phone or "none",
        )
        for each in above.values()
        if office.coordinators.get(each.id) or each.phone
    ]
    return rows[:4] or [w("help-no-contact")]


def stranger_buttons(context: Context) -> tuple[Button, ...]:
    w = context.w
    names = ("register-button-code", "register-button-no-code", "engine-button-help")
    return tuple(command_button(w(name), w(name)) for name in names)
