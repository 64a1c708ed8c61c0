"""What LINE refuses in a template message. Source: developers.line.biz, "Template messages"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.simulator.action_rules import action
from bot.simulator.counting import graphemes
from bot.simulator.shapes import (
    HTTPS_ADDRESS,
    Check,
    Path,
    Problem,
    anything,
    array,
    by_kind,
    fields,
    one_of,
    pattern,
    text,
)

_COLOR = pattern(r"#[0-9A-Fa-f]{6}")
_PICTURE: dict[str, Check] = {
    "imageAspectRatio": one_of("rectangle", "square"),
    "imageSize": one_of("cover", "contain"),
}
_TITLED: dict[str, Check] = {
    "thumbnailImageUrl": HTTPS_ADDRESS,
    "imageBackgroundColor": _COLOR,
    "title": text(40, count=graphemes),
    "defaultAction": action(needs_label=False),
}


def _is_titled(value: dict[str, Any]) -> bool:
    return bool(value.get("title") or value.get("thumbnailImageUrl"))


def _buttons(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    return fields(
        value,
        path,
        required={
            "type": anything,
            "text": text(60 if _is_titled(value) else 160, count=graphemes),
            "actions": array(action(), least=1, most=4),
        },
        optional={**_TITLED, **_PICTURE},
    )


def _confirm(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    return fields(
        value,
        path,
        required={
            "type": anything,
            "text": text(240, count=graphemes),
            "actions": array(action(), least=2, most=2),
        },
    )


def _carousel(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    return fields(
        value, path, required={"type": anything, "columns": array(_column, least=1, most=10)}, optional=_PICTURE
    )


def _column(value: Any, path: Path) -> Iterator[Problem]:
    titled = isinstance(value, dict) and _is_titled(value)
    required: dict[str, Check] = {
        "text": text(60 if titled else 120, count=graphemes),
        "actions": array(action(), least=1, most=3),
    }
    return fields(value, path, required=required, optional=_TITLED)


def _image_carousel(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    return fields(value, path, required={"type": anything, "columns": array(_image_column, least=1, most=10)})


def _image_column(value: Any, path: Path) -> Iterator[Problem]:
    required: dict[str, Check] = {"imageUrl": HTTPS_ADDRESS, "action": action(label=12, needs_label=False)}
    return fields(value, path, required=required)


template = by_kind({"buttons": _buttons, "confirm": _confirm, "carousel": _carousel, "image_carousel": _image_carousel})
"""Check `template` of a template message."""
