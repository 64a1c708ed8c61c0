"""The rich menus as they should be: each with a name that follows from what it shows and does.

A menu at LINE can never be changed. What looks or acts otherwise has another name: what is there by its name is right.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from bot.line.actions import action
from bot.line.limits import check_rich_menu
from bot.richmenu.picture import WIDTH, Cell, boxes, draw
from handlers.menus import MENUS, Menu, bar, label, tapped
from locales.catalog import words

OURS = "raingan "
"""How the names of our menus begin; others of the same channel are left alone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A menu as LINE is to have it."""

    menu: Menu
    name: str
    definition: dict[str, Any]
    """The body of LINE's "Create rich menu"."""
    picture: bytes


def wanted_menus() -> tuple[Wanted, ...]:
    """Draw all of them; takes a second, so not for the event loop. Raises CannotDraw."""
    return tuple(_wanted(menu) for menu in MENUS)


def _wanted(menu: Menu) -> Wanted:
    thai, english = words("th"), words("en")
    buttons = MENUS[menu]
    picture = draw([Cell(each, label(thai, each), label(english, each)) for each in buttons])
    definition = {
        "size": {"width": WIDTH, "height": picture.height},
        "selected": True,
        "chatBarText": bar(thai),
        "areas": [
            {
                "bounds": {"x": box.x, "y": box.y, "width": box.width, "height": box.height},
                "action": action(tapped(thai, each)),
            }
            for each, box in zip(buttons, boxes(len(buttons)), strict=True)
        ],
    }
    looks = json.dumps([definition, picture.fingerprint], ensure_ascii=False, sort_keys=True)
    name = f"{OURS}{menu} {hashlib.sha256(looks.encode()).hexdigest()[:12]}"
    definition["name"] = name
    check_rich_menu(definition)
    return Wanted(menu, name, definition, picture.data)
