"""What the menu under the chat offers, by what somebody does here. Each button types a command: none is ever stale."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from handlers.buttons import command_button
from handlers.effects import Button
from locales.catalog import Words
from models.rules.office import Role


class Menu(StrEnum):
    """A rich menu. STRANGER is everybody's, until they have a duty."""

    STRANGER = "stranger"
    EXECUTIVE = "executive"
    ADMINISTRATOR = "administrator"
    EVALUATOR = "evaluator"
    REPORTER = "reporter"
    COORDINATOR = "coordinator"


MENUS: Mapping[Menu, tuple[str, ...]] = {
    Menu.STRANGER: ("register", "help", "language"),
    Menu.EXECUTIVE: ("summary", "status", "evaluation", "help"),
    Menu.ADMINISTRATOR: ("status", "missing", "summary", "approve", "evaluation", "help"),
    Menu.EVALUATOR: ("evaluate", "evaluation", "status", "help"),
    Menu.REPORTER: ("report", "status", "edit", "help"),
    Menu.COORDINATOR: ("status", "review", "missing", "summary", "requests", "approve", "evaluation", "help"),
}
"""The buttons, the most wanted first."""

MENU_OF_ROLE: Mapping[Role, Menu] = {
    Role.EXECUTIVE: Menu.EXECUTIVE,
    Role.ADMINISTRATOR: Menu.ADMINISTRATOR,
    Role.EVALUATOR: Menu.EVALUATOR,
    Role.REPORTER: Menu.REPORTER,
    Role.COORDINATOR: Menu.COORDINATOR,
}
"""Who has several roles gets the menu of the last of them."""


def label(w: Words, button: str) -> str:
    """What a button says, which is also what it types."""
    return w(f"menu-{button}")


def tapped(w: Words, button: str) -> Button:
    """What a tap on it does."""
    return command_button(label(w, button), label(w, button))


def bar(w: Words) -> str:
    """The words on the bar that folds the menu, at most 14 grapheme clusters."""
    return w("menu-bar")
