"""What the conversations say, as LINE message objects: plain dicts, since the SDK's models cost 200 times as much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from bot.line import limits
from bot.line.actions import action
from bot.line.cards import flex_messages
from bot.line.text import split
from handlers.effects import Button, Say

_encode = msgspec.json.Encoder().encode


def render(says: Sequence[Say]) -> list[list[dict[str, Any]]]:
    """Everything that `says` say, in order, in groups of at most five messages: one group is one call.

    Each Say becomes its cards, then its text. LINE shows quick replies under the last message only, so they all come
    from the last Say that has buttons, at most 13; each text names its own choices, for LINE on a computer too.
    Nothing to say gives no group. Raises what `flex_messages` raises.
    """
    messages = [message for say in says for message in _messages(say)]
    buttons = next((say.buttons for say in reversed(says) if say.buttons), ())
    if messages and buttons:
        messages[-1]["quickReply"] = _quick_reply(buttons)
    return [messages[start : start + limits.MESSAGES] for start in range(0, len(messages), limits.MESSAGES)]


def dumps(messages: Sequence[dict[str, Any]]) -> bytes:
    """One group as compact JSON in UTF-8, the form in which it is stored and sent."""
    return _encode(messages)


def _messages(say: Say) -> list[dict[str, Any]]:
    return [*flex_messages(say.cards), *({"type": "text", "text": part} for part in split(say.text))]


def _quick_reply(buttons: Sequence[Button]) -> dict[str, Any]:
    return {"items": [{"type": "action", "action": action(button)} for button in buttons[: limits.QUICK_REPLIES]]}
