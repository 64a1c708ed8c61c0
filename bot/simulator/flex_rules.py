"""What LINE refuses in the contents of a Flex message.

Source: developers.line.biz, "Flex Message elements" and LINE's OpenAPI description.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.simulator.action_rules import action
from bot.simulator.counting import json_bytes
from bot.simulator.shapes import (
    HTTPS_ADDRESS,
    Check,
    Path,
    Problem,
    anything,
    array,
    by_kind,
    fields,
    number,
    one_of,
    pattern,
    text,
    truth,
    whole_number,
)

BUBBLE_BYTES = 30 * 1024
CAROUSEL_BYTES = 50 * 1024
CAROUSEL_BUBBLES = 12
_BUBBLE_SIZES = ("nano", "micro", "deca", "hecto", "kilo", "mega", "giga")

_COLOR = pattern(r"#[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?")
_PIXELS = r"\d+(?:\.\d+)?px"
_PERCENT = r"\d+(?:\.\d+)?%"
_STEPS = r"none|xs|sm|md|lg|xl|xxl"
_FONT_STEPS = r"xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl"
_SPACE = pattern(rf"{_STEPS}|{_PIXELS}")
_PADDING = pattern(rf"{_STEPS}|{_PIXELS}|{_PERCENT}")
_OFFSET = pattern(rf"{_STEPS}|-?{_PIXELS}|-?{_PERCENT}")
_LENGTH = pattern(rf"{_PIXELS}|{_PERCENT}")
_FONT = pattern(rf"{_FONT_STEPS}|{_PIXELS}")
_RATIO = pattern(r"[1-9]\d{0,5}(?:\.\d+)?:[1-9]\d{0,5}(?:\.\d+)?")
_ANY_FLEX = number(0, 2**31 - 1)
_TAPPED = action(label=40, needs_label=False)
_ALIGN = one_of("start", "end", "center")
_GRAVITY = one_of("top", "bottom", "center")

_PLACED: dict[str, Check] = {
    "margin": _SPACE,
    "position": one_of("relative", "absolute"),
    "offsetTop": _OFFSET,
    "offsetBottom": _OFFSET,
    "offsetStart": _OFFSET,
    "offsetEnd": _OFFSET,
}
_WRITTEN: dict[str, Check] = {
    "size": _FONT,
    "color": _COLOR,
    "weight": one_of("regular", "bold"),
    "style": one_of("normal", "italic"),
    "decoration": one_of("none", "underline", "line-through"),
}
_INSIDE = {
    "horizontal": frozenset({"box", "button", "image", "text", "separator", "filler"}),
    "vertical": frozenset({"box", "button", "image", "text", "separator", "filler"}),
    "baseline": frozenset({"icon", "text", "filler"}),
}


def _carousel(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    bubbles = array(by_kind({"bubble": _bubble}), least=1, most=CAROUSEL_BUBBLES)
    yield from fields(value, path, required={"type": anything, "contents": bubbles})
    if json_bytes(value) > CAROUSEL_BYTES:
        yield Problem(path, f"must be at most {CAROUSEL_BYTES} bytes of JSON")
    held = value.get("contents")
    if isinstance(held, list):
        sizes = {str(bubble.get("size", "mega")) for bubble in held if isinstance(bubble, dict)}
        if len(sizes) > 1:
            yield Problem((*path, "contents"), "bubbles of a carousel must have the same size")


def _bubble(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    yield from fields(
        value,
        path,
        required={"type": anything},
        optional={
            "size": one_of(*_BUBBLE_SIZES),
            "direction": one_of("ltr", "rtl"),
            "header": _component(frozenset({"box"})),
            "hero": _component(frozenset({"box", "image", "video"})),
            "body": _component(frozenset({"box"})),
            "footer": _component(frozenset({"box"})),
            "styles": _styles,
            "action": _TAPPED,
        },
    )
    if not any(value.get(block) for block in ("header", "hero", "body", "footer")):
        yield Problem(path, "at least one block must be specified")
    if json_bytes(value) > BUBBLE_BYTES:
        yield Problem(path, f"must be at most {BUBBLE_BYTES} bytes of JSON")


container = by_kind({"bubble": _bubble, "carousel": _carousel})
"""Check `contents` of a Flex message: a bubble, or a carousel of up to 12 bubbles of one size."""


def _styles(value: Any, path: Path) -> Iterator[Problem]:
    return fields(value, path, required={}, optional=dict.fromkeys(("header", "hero", "body", "footer"), _block_style))


def _block_style(value: Any, path: Path) -> Iterator[Problem]:
    optional: dict[str, Check] = {"backgroundColor": _COLOR, "separator": truth, "separatorColor": _COLOR}
    return fields(value, path, required={}, optional=optional)


def _component(allowed: frozenset[str]) -> Check:
    return by_kind({kind: _CHECKS[kind] for kind in allowed})


def _box(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    inside = _INSIDE.get(str(value.get("layout")), frozenset[str]())
    yield from fields(
        value,
        path,
        required={
            "type": anything,
            "layout": one_of(*_INSIDE),
            "contents": array(_component(inside), least=0, most=10_000) if inside else anything,
        },
        optional={
            **_PLACED,
            "flex": _ANY_FLEX,
            "spacing": _SPACE,
            "backgroundColor": _COLOR,
            "borderColor": _COLOR,
            "borderWidth": pattern(rf"none|light|normal|medium|semi-bold|bold|{_PIXELS}"),
            "cornerRadius": _SPACE,
            "width": _LENGTH,
            "maxWidth": _LENGTH,
            "height": _LENGTH,
            "maxHeight": _LENGTH,
            "paddingAll": _PADDING,
            "paddingTop": _PADDING,
            "paddingBottom": _PADDING,
            "paddingStart": _PADDING,
            "paddingEnd": _PADDING,
            "action": _TAPPED,
            "justifyContent": one_of(
                "center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"
            ),
            "alignItems": one_of("center", "flex-start", "flex-end"),
            "background": _background,
        },
    )


def _background(value: Any, path: Path) -> Iterator[Problem]:
    return fields(
        value,
        path,
        required={
            "type": one_of("linearGradient"),
            "angle": pattern(r"\d+(?:\.\d+)?deg"),
            "startColor": _COLOR,
            "endColor": _COLOR,
        },
        optional={"centerColor": _COLOR, "centerPosition": pattern(_PERCENT)},
    )


def _button(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    return fields(
        value,
        path,
        required={"type": anything, "action": action(label=40)},
        optional={
            **_PLACED,
            "flex": _ANY_FLEX,
            "color": _COLOR,
            "style": one_of("primary", "secondary", "link"),
            "gravity": _GRAVITY,
            "height": one_of("md", "sm"),
            "adjustMode": one_of("shrink-to-fit"),
            "scaling": truth,
        },
    )


def _image(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    return fields(
        value,
        path,
        required={"type": anything, "url": HTTPS_ADDRESS},
        optional={
            **_PLACED,
            "flex": _ANY_FLEX,
            "align": _ALIGN,
            "gravity": _GRAVITY,
            "size": pattern(rf"full|{_FONT_STEPS}|{_PIXELS}|{_PERCENT}"),
            "aspectRatio": _RATIO,
            "aspectMode": one_of("fit", "cover"),
            "backgroundColor": _COLOR,
            "action": _TAPPED,
            "animated": truth,
        },
    )


def _video(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    return fields(
        value,
        path,
        required={
            "type": anything,
            "url": HTTPS_ADDRESS,
            "previewUrl": HTTPS_ADDRESS,
            "altContent": _component(frozenset({"box", "image"})),
        },
        optional={"aspectRatio": _RATIO, "action": _TAPPED},
    )


def _icon(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    return fields(
        value,
        path,
        required={"type": anything, "url": HTTPS_ADDRESS},
        optional={**_PLACED, "size": _FONT, "aspectRatio": _RATIO, "scaling": truth},
    )


def _text(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    spans = value.get("contents")
    yield from fields(
        value,
        path,
        required={"type": anything} if spans else {"type": anything, "text": text(BUBBLE_BYTES)},
        optional={
            **_PLACED,
            **_WRITTEN,
            "text": text(BUBBLE_BYTES, least=0),
            "contents": array(_component(frozenset({"span"})), least=0, most=10_000),
            "flex": _ANY_FLEX,
            "align": _ALIGN,
            "gravity": _GRAVITY,
            "wrap": truth,
            "lineSpacing": pattern(_PIXELS),
            "action": _TAPPED,
            "maxLines": whole_number(0, 2**31 - 1),
            "adjustMode": one_of("shrink-to-fit"),
            "scaling": truth,
        },
    )


def _span(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    return fields(
        value, path, required={"type": anything, "text": text(BUBBLE_BYTES, least=0)}, optional=dict(_WRITTEN)
    )


def _separator(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    return fields(value, path, required={"type": anything}, optional={"margin": _SPACE, "color": _COLOR})


def _filler(value: dict[str, Any], path: Path) -> Iterator[Problem]:
    return fields(value, path, required={"type": anything}, optional={"flex": _ANY_FLEX})


_CHECKS = {
    "box": _box,
    "button": _button,
    "image": _image,
    "video": _video,
    "icon": _icon,
    "text": _text,
    "span": _span,
    "separator": _separator,
    "filler": _filler,
}
