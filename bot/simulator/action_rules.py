"""What LINE refuses in an action object, by the place the action stands in.

Source: developers.line.biz, "Action objects". Stricter than LINE in one thing: `fillInText` without
`inputOption: openKeyboard`, which LINE ignores, is refused here because no bot means it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.simulator.counting import graphemes
from bot.simulator.shapes import Check, Path, Problem, anything, fields, kind_of, one_of, pattern, text

EVERYWHERE = frozenset({"postback", "message", "uri", "datetimepicker", "clipboard"})
QUICK_REPLY = EVERYWHERE | {"camera", "cameraRoll", "location"}

_DATA = text(300, least=0)
_SPOKEN = text(300, count=graphemes)
_LINK = pattern(r"(?:https?|line|tel):\S+", most=1000)
_PICKED = {
    "date": pattern(r"\d{4}-\d{2}-\d{2}"),
    "time": pattern(r"\d{2}:\d{2}"),
    "datetime": pattern(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}"),
}

_REQUIRED: dict[str, dict[str, Check]] = {
    "postback": {"data": _DATA},
    "message": {"text": _SPOKEN},
    "uri": {"uri": _LINK},
    "datetimepicker": {"data": _DATA, "mode": one_of("date", "time", "datetime")},
    "clipboard": {"clipboardText": text(1000)},
    "camera": {},
    "cameraRoll": {},
    "location": {},
}


def _alternative_uri(value: Any, path: Path) -> Iterator[Problem]:
    return fields(value, path, required={}, optional={"desktop": _LINK})


def _optional(action: dict[str, Any]) -> dict[str, Check]:
    match action["type"]:
        case "postback":
            return {
                "displayText": _SPOKEN,
                "text": _SPOKEN,
                "inputOption": one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"),
                "fillInText": text(300, least=0, count=graphemes),
            }
        case "uri":
            return {"altUri": _alternative_uri}
        case "datetimepicker":
            picked = _PICKED.get(str(action.get("mode")), anything)
            return {"initial": picked, "max": picked, "min": picked}
    return {}


def action(*, allowed: frozenset[str] = EVERYWHERE, label: int = 20, needs_label: bool = True) -> Check:
    """Check an action of the `allowed` types, its label at most `label` grapheme clusters."""
    label_check = text(label, count=graphemes)

    def check(value: Any, path: Path) -> Iterator[Problem]:
        wrong = tuple(kind_of(value, path, allowed))
        yield from wrong
        if wrong:
            return
        required: dict[str, Check] = {"type": anything, **_REQUIRED[value["type"]]}
        optional = _optional(value)
        (required if needs_label else optional)["label"] = label_check
        yield from fields(value, path, required=required, optional=optional)
        if value.get("displayText") is not None and value.get("text") is not None:
            yield Problem((*path, "displayText"), "cannot be specified together with text")
        if value.get("fillInText") is not None and value.get("inputOption") != "openKeyboard":
            yield Problem((*path, "fillInText"), "is valid only when inputOption is openKeyboard")

    return check
