"""What LINE refuses in the message objects of a request: types, properties, sizes as LINE counts them.

Source: developers.line.biz, "Message objects", and LINE's OpenAPI description. Stricter than LINE in one thing: a
property that LINE does not know is refused in every message, not only inside Flex, because it is always a mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.simulator.action_rules import QUICK_REPLY, action
from bot.simulator.flex_rules import container
from bot.simulator.shapes import (
    HTTPS_ADDRESS,
    Check,
    Path,
    Problem,
    anything,
    array,
    fields,
    kind_of,
    number,
    one_of,
    text,
    whole_number,
)
from bot.simulator.template_rules import template

MESSAGES_PER_CALL = 5
QUICK_REPLY_ITEMS = 13

_TEXT = text(5000)
_ALT_TEXT = text(1500)
_TOKEN = text(1000)


def _quick_reply_item(value: Any, path: Path) -> Iterator[Problem]:
    required: dict[str, Check] = {"type": one_of("action"), "action": action(allowed=QUICK_REPLY)}
    return fields(value, path, required=required, optional={"imageUrl": HTTPS_ADDRESS})


def _quick_reply(value: Any, path: Path) -> Iterator[Problem]:
    items = array(_quick_reply_item, least=1, most=QUICK_REPLY_ITEMS)
    return fields(value, path, required={"items": items})


def _sender(value: Any, path: Path) -> Iterator[Problem]:
    return fields(value, path, required={}, optional={"name": text(20), "iconUrl": HTTPS_ADDRESS})


def _emoji(value: Any, path: Path) -> Iterator[Problem]:
    index: Check = whole_number(0, 4999)
    return fields(value, path, required={"index": index, "productId": _TOKEN, "emojiId": _TOKEN})


_COMMON: dict[str, Check] = {"quickReply": _quick_reply, "sender": _sender}
_REQUIRED: dict[str, dict[str, Check]] = {
    "text": {"text": _TEXT},
    "textV2": {"text": _TEXT},
    "sticker": {"packageId": _TOKEN, "stickerId": _TOKEN},
    "image": {"originalContentUrl": HTTPS_ADDRESS, "previewImageUrl": HTTPS_ADDRESS},
    "video": {"originalContentUrl": HTTPS_ADDRESS, "previewImageUrl": HTTPS_ADDRESS},
    "audio": {"originalContentUrl": HTTPS_ADDRESS, "duration": whole_number(1, 2**31 - 1)},
    "location": {
        "title": text(100),
        "address": text(100),
        "latitude": number(-90, 90),
        "longitude": number(-180, 180),
    },
    "imagemap": {"baseUrl": HTTPS_ADDRESS, "altText": _ALT_TEXT, "baseSize": anything, "actions": anything},
    "template": {"altText": _ALT_TEXT, "template": template},
    "flex": {"altText": _ALT_TEXT, "contents": container},
    "coupon": {"couponId": _TOKEN},
}
_OPTIONAL: dict[str, dict[str, Check]] = {
    "text": {"emojis": array(_emoji, least=0, most=20), "quoteToken": _TOKEN},
    "textV2": {"substitution": anything, "quoteToken": _TOKEN},
    "sticker": {"quoteToken": _TOKEN},
    "video": {"trackingId": text(100)},
    "imagemap": {"video": anything},
    "coupon": {"deliveryTag": text(30)},
}


def _message(value: Any, path: Path) -> Iterator[Problem]:
    wrong = tuple(kind_of(value, path, _REQUIRED))
    yield from wrong
    if wrong:
        return
    kind = value["type"]
    yield from fields(
        value,
        path,
        required={"type": anything, **_REQUIRED[kind]},
        optional={**_COMMON, **_OPTIONAL.get(kind, {})},
    )
    if kind == "text":
        yield from _emojis_stand_on_dollars(value, path)


def _emojis_stand_on_dollars(message: dict[str, Any], path: Path) -> Iterator[Problem]:
    """Each LINE emoji replaces a `$` of the text; `index` counts UTF-16 units."""
    units = str(message.get("text", "")).encode("utf-16-le", "surrogatepass")
    emojis = message.get("emojis")
    for position, emoji in enumerate(emojis if isinstance(emojis, list) else ()):
        index = emoji.get("index") if isinstance(emoji, dict) else None
        if isinstance(index, int) and units[2 * index : 2 * index + 2] != "$".encode("utf-16-le"):
            yield Problem((*path, "emojis", position, "index"), "must be the position of a $ in the text")


def check_messages(messages: Any) -> list[Problem]:
    """Everything LINE would refuse in a request's `messages`; empty when they may be sent."""
    try:
        return list(array(_message, least=1, most=MESSAGES_PER_CALL)(messages, ("messages",)))
    except RecursionError:
        return [Problem(("messages",), "is nested too deeply")]


def refusal(problems: Sequence[Problem]) -> dict[str, Any]:
    """LINE's error body for these problems; as on LINE, a place inside a Flex message is a JSON pointer."""
    in_flex = next((problem for problem in problems if _is_in_flex(problem)), None)
    message = (
        f"A message (messages[{in_flex.path[1]}]) in the request body is invalid"
        if in_flex
        else f"The request body has {len(problems)} error(s)"
    )
    return {
        "message": message,
        "details": [{"message": problem.message, "property": _property(problem)} for problem in problems],
    }


def _is_in_flex(problem: Problem) -> bool:
    # Only Flex messages have `contents`.
    return problem.path[:1] == ("messages",) and problem.path[2:3] == ("contents",)


def _property(problem: Problem) -> str:
    if _is_in_flex(problem):
        return "/" + "/".join(str(step) for step in problem.path[3:])
    written = ""
    for step in problem.path:
        written += f"[{step}]" if isinstance(step, int) else f".{step}" if written else step
    return written
