"""Buttons as LINE action objects."""

from __future__ import annotations

from typing import Any

from bot.line import limits
from handlers.effects import Button


def action(button: Button, label_limit: int = limits.LABEL) -> dict[str, Any]:
    """`button` as an action whose label is shortened to `label_limit` grapheme clusters; nothing else is."""
    label = limits.label(button.label, label_limit)
    if button.uri:
        return {"type": "uri", "label": label, "uri": button.uri}
    if button.copy:
        return {"type": "clipboard", "label": label, "clipboardText": button.copy}
    if button.picture:
        return {"type": button.picture, "label": label}
    if button.fill_in is None:
        return {"type": "postback", "label": label, "data": button.data, "displayText": button.label}
    # No displayText: the person has said nothing yet, they are about to edit what the keyboard shows.
    opened = {"type": "postback", "label": label, "data": button.data, "inputOption": "openKeyboard"}
    return {**opened, "fillInText": button.fill_in} if button.fill_in else opened
