"""LINE's limits, counted as LINE counts. Every outgoing body passes `check` before it is stored or sent.

Source: developers.line.biz, Messaging API reference, and "Character counting in a text".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
import regex

Endpoint = Literal["reply", "push", "multicast"]

TEXT = 5_000
"""UTF-16 units in one text message."""
ALT_TEXT = 1_500
"""UTF-16 units in the altText of a Flex or template message."""
MESSAGES = 5
"""Messages in one call."""
QUICK_REPLIES = 13
LABEL = 20
"""Grapheme clusters on a quick reply or a template's button."""
FLEX_LABEL = 40
"""Grapheme clusters on a Flex button."""
BUBBLES = 12
BUBBLE_BYTES = 30 * 1024
CAROUSEL_BYTES = 50 * 1024

_GRAPHEME = regex.compile(r"\X")
_encode = msgspec.json.Encoder().encode


class LimitExceeded(Exception):
    """What LINE would refuse: `field` is the path in the body, `counted` and `limit` are in that field's own unit.

    A field that must hold something and does not has `counted` 0 and `limit` 1.
    """

    def __init__(self, field: str, counted: int, limit: int) -> None:
        super().__init__(f"{field}: {counted}, the limit is {limit}")
        self.field = field
        self.counted = counted
        self.limit = limit


class UnknownKind(ValueError):
    """A message or action whose limits are not in the tables here: add its row before sending it."""


def utf16_units(text: str) -> int:
    """Length of `text` in UTF-16 code units: a character outside the Basic Multilingual Plane counts two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """Length of `text` in extended grapheme clusters: Thai vowels above and below and tone marks do not count."""
    if text.isascii() and "\r" not in text:
        return len(text)
    return sum(1 for _ in _GRAPHEME.finditer(text))


def grapheme_ends(text: str) -> Iterator[int]:
    """Where each grapheme cluster of `text` ends, as indices into it, found lazily."""
    return (match.end() for match in _GRAPHEME.finditer(text))


def json_bytes(value: object) -> int:
    """Size of `value` as compact JSON in UTF-8."""
    return len(_encode(value))


def label(text: str, limit: int = LABEL) -> str:
    """`text`, shortened with "…" to at most `limit` grapheme clusters. For labels only, never for content."""
    if len(text) <= limit or graphemes(text) <= limit:
        return text
    for taken, end in enumerate(grapheme_ends(text), start=1):
        if taken == limit - 1:
            return text[:end].rstrip() + "…"
    return "…"


@dataclass(frozen=True, slots=True)
class _Rule:
    """`field` of an object may count `most` at most; it is refused when absent or blank if `required`."""

    field: str
    most: int
    count: Callable[[Any], int]
    required: bool = False


_CALLS: dict[Endpoint, tuple[_Rule, ...]] = {
    "reply": (_Rule("messages", MESSAGES, len, required=True), _Rule("replyToken", 1_000, len, required=True)),
    "push": (_Rule("messages", MESSAGES, len, required=True), _Rule("to", 33, len, required=True)),
    "multicast": (_Rule("messages", MESSAGES, len, required=True), _Rule("to", 500, len, required=True)),
}
_BODY_BYTES = 2 * 1024 * 1024

_MESSAGES: dict[str, tuple[_Rule, ...]] = {
    "text": (_Rule("text", TEXT, utf16_units, required=True),),
    "flex": (_Rule("altText", ALT_TEXT, utf16_units, required=True),),
    "template": (_Rule("altText", ALT_TEXT, utf16_units, required=True),),
}

_TEMPLATES: dict[str, tuple[_Rule, ...]] = {
    "buttons": (
        _Rule("title", 40, graphemes),
        _Rule("text", 160, graphemes, required=True),
        _Rule("actions", 4, len, required=True),
    ),
    "confirm": (_Rule("text", 240, graphemes, required=True), _Rule("actions", 2, len, required=True)),
}
_BUTTONS_TEXT_BESIDE_TITLE_OR_IMAGE = _Rule("text", 60, graphemes)

_ACTIONS: dict[str, tuple[_Rule, ...]] = {
    "postback": (
        _Rule("data", 300, utf16_units),
        _Rule("displayText", 300, graphemes),
        _Rule("fillInText", 300, utf16_units),
    ),
    "message": (_Rule("text", 300, graphemes, required=True),),
    "uri": (_Rule("uri", 1_000, utf16_units, required=True),),
    "datetimepicker": (_Rule("data", 300, utf16_units),),
    "clipboard": (_Rule("clipboardText", 1_000, utf16_units, required=True),),
    "camera": (),
    "cameraRoll": (),
    "location": (),
}

_FLEX_CONTAINERS: dict[str, tuple[_Rule, ...]] = {
    "bubble": (),
    "carousel": (_Rule("contents", BUBBLES, len, required=True),),
}
_FLEX_BYTES = {"bubble": BUBBLE_BYTES, "carousel": CAROUSEL_BYTES}
_FLEX_BLOCKS = ("header", "hero", "body", "footer")
_FLEX_TEXT = _Rule("text", BUBBLE_BYTES, utf16_units, required=True)  # no limit of its own: the bubble bounds it

_QUICK_REPLY = _Rule("items", QUICK_REPLIES, len, required=True)
_LABEL = _Rule("label", LABEL, graphemes, required=True)
_LABEL_IN_FLEX = _Rule("label", FLEX_LABEL, graphemes, required=True)


_RICH_MENU = (
    _Rule("name", 300, graphemes, required=True),
    _Rule("chatBarText", 14, graphemes, required=True),
    _Rule("areas", 20, len, required=True),
)


def check_rich_menu(definition: Mapping[str, Any]) -> None:
    """Say nothing when LINE would take this rich menu; else raise `LimitExceeded` or `UnknownKind`, as `check` does."""
    for rule in _RICH_MENU:
        _hold(rule, definition, "")
    for index, area in enumerate(definition["areas"]):
        _check_action(area["action"], f"areas[{index}].action", _LABEL)


def check(endpoint: Endpoint, body: Mapping[str, Any]) -> None:
    """Say nothing when LINE would take `body` at `endpoint`; else raise `LimitExceeded` for the first fault.

    Raises `UnknownKind` for a message or action that the tables do not know.
    """
    for rule in _CALLS[endpoint]:
        _hold(rule, body, "")
    for index, message in enumerate(body["messages"]):
        _check_message(message, f"messages[{index}]")
    _at_most("body", json_bytes(body), _BODY_BYTES)


def _check_message(message: Mapping[str, Any], path: str) -> None:
    for rule in _rules(_MESSAGES, message, path):
        _hold(rule, message, path)
    if message["type"] == "flex":
        _check_container(message["contents"], f"{path}.contents")
    elif message["type"] == "template":
        _check_template(message["template"], f"{path}.template")
    if "quickReply" in message:
        _check_quick_reply(message["quickReply"], f"{path}.quickReply")


def _check_quick_reply(quick_reply: Mapping[str, Any], path: str) -> None:
    _hold(_QUICK_REPLY, quick_reply, path)
    for index, item in enumerate(quick_reply["items"]):
        _check_action(item["action"], f"{path}.items[{index}].action", _LABEL)


def _check_template(template: Mapping[str, Any], path: str) -> None:
    for rule in _rules(_TEMPLATES, template, path):
        _hold(rule, template, path)
    if template["type"] == "buttons" and ("title" in template or "thumbnailImageUrl" in template):
        _hold(_BUTTONS_TEXT_BESIDE_TITLE_OR_IMAGE, template, path)
    for index, action in enumerate(template["actions"]):
        _check_action(action, f"{path}.actions[{index}]", _LABEL)


def _check_container(container: Mapping[str, Any], path: str) -> None:
    for rule in _rules(_FLEX_CONTAINERS, container, path):
        _hold(rule, container, path)
    if container["type"] == "carousel":
        for index, bubble in enumerate(container["contents"]):
            _check_container(bubble, f"{path}.contents[{index}]")
    for block in _FLEX_BLOCKS:
        if block in container:
            _check_component(container[block], f"{path}.{block}")
    _at_most(path, json_bytes(container), _FLEX_BYTES[container["type"]])


def _check_component(component: Mapping[str, Any], path: str) -> None:
    kind = component["type"]
    if kind == "text" and "contents" not in component:
        _hold(_FLEX_TEXT, component, path)
    if "action" in component:
        # A box or text that is tapped shows no label, so only a button needs one.
        _check_action(component["action"], f"{path}.action", _LABEL_IN_FLEX if kind == "button" else None)
    for index, child in enumerate(component.get("contents", ())):
        _check_component(child, f"{path}.contents[{index}]")


def _check_action(action: Mapping[str, Any], path: str, label_rule: _Rule | None) -> None:
    for rule in _rules(_ACTIONS, action, path):
        _hold(rule, action, path)
    if label_rule is not None:
        _hold(label_rule, action, path)


def _rules(table: Mapping[str, tuple[_Rule, ...]], value: Mapping[str, Any], path: str) -> tuple[_Rule, ...]:
    kind = value.get("type", "")
    if kind not in table:
        raise UnknownKind(f"{path}: no limits are known for the type {kind!r}")
    return table[kind]


def _hold(rule: _Rule, value: Mapping[str, Any], path: str) -> None:
    held = value.get(rule.field)
    where = f"{path}.{rule.field}" if path else rule.field
    if held is None or (isinstance(held, str) and not held.strip()) or len(held) == 0:
        if rule.required:
            raise LimitExceeded(where, 0, 1)
        return
    # A code point is at most two UTF-16 units and at most one cluster, so most texts need no counting.
    if isinstance(held, str) and len(held) * (2 if rule.count is utf16_units else 1) <= rule.most:
        return
    _at_most(where, rule.count(held), rule.most)


def _at_most(field: str, counted: int, limit: int) -> None:
    if counted > limit:
        raise LimitExceeded(field, counted, limit)
