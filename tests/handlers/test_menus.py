"""What the menus offer: every button types a command that is understood, in both languages, and short enough."""

from __future__ import annotations

import pytest

from handlers.menus import MENU_OF_ROLE, MENUS, Menu, label
from locales.catalog import words
from locales.thai_commands import Command, command
from models.rules.office import Role

BUTTONS = sorted({button for buttons in MENUS.values() for button in buttons})


@pytest.mark.parametrize("button", BUTTONS)
def test_every_button_types_a_command(button: str) -> None:
    """What a button says is a command, the same in Thai and in English."""
    thai, english = (command(label(words(language), button)) for language in ("th", "en"))
    assert thai is not None
    assert thai == english


def test_every_role_has_its_menu() -> None:
    """Nobody with a duty is left with the stranger's menu, and every menu is somebody's."""
    assert set(MENU_OF_ROLE) == set(Role)
    assert set(MENU_OF_ROLE.values()) == set(Menu) - {Menu.STRANGER}
    assert set(MENUS) == set(Menu)


def test_a_coordinator_has_each_queue_a_tap_away() -> None:
    """What waits for a coordinator, and for nobody else: reports, requests, people to be let in."""
    typed = {said.command for each in MENUS[Menu.COORDINATOR] if (said := command(label(words("th"), each)))}
    assert {Command.REVIEW, Command.REQUESTS, Command.APPROVE, Command.MISSING} <= typed


def test_everybody_finds_help() -> None:
    """Each menu leads to a person who can help, and a stranger's to the registration."""
    assert all("help" in buttons for buttons in MENUS.values())
    assert command(label(words("th"), MENUS[Menu.STRANGER][0])) == command("ลงทะเบียน")
    assert (said := command(label(words("th"), MENUS[Menu.REPORTER][0]))) is not None
    assert said.command is Command.REPORT
