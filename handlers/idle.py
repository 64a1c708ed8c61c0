"""What can be done while nothing is under way, for members and for strangers."""

from __future__ import annotations

import re

from handlers.buttons import command_button
from handlers.context import Context
from handlers.effects import Button
from locales.thai_commands import command
from models.rules.permissions import Action, may

REPORTER = ("engine-button-report", "engine-button-status", "engine-button-help")
ROUND = ("engine-button-status", "round-button-summary", "engine-button-help")
EVALUATOR = ("evaluate-button", "engine-button-status", "engine-button-help")
READER = ("engine-button-status", "engine-button-help")
STRANGER = ("register-button-code", "register-button-no-code", "engine-button-help")


def is_registered(context: Context) -> bool:
    """Whether somebody has a duty here today or later, approved or not."""
    facts = context.facts
    return facts.person is not None and any(not each.ended(facts.today) for each in facts.memberships)


def idle_buttons(context: Context, said: str = "") -> tuple[Button, ...]:
    """What can always be done next; before it whatever `said` tells to type, in quotes."""
    always = [context.w(name) for name in _names(context)]
    told = dict.fromkeys(each for each in re.findall("“([^”]+)”", said) if command(each) and each not in always)
    return tuple(command_button(each, each) for each in (*told, *always))


def _names(context: Context) -> tuple[str, ...]:
    if not is_registered(context):
        return STRANGER
    today = context.facts.today
    roles = {each.role for each in context.facts.memberships if each.valid_on(today)}
    for action, names in ((Action.REPORT, REPORTER), (Action.SEE_ROUND, ROUND), (Action.EVALUATE, EVALUATOR)):
        if any(may(role, action) for role in roles):
            return names if names is not REPORTER or context.facts.reportable else READER
    return READER
