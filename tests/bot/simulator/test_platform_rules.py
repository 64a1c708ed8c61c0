"""What the fake LINE refuses in message objects, each limit at its edge and counted as LINE counts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.counting import graphemes, json_bytes, utf16_units
from bot.simulator.rules import check_messages, refusal
from tests.bot.simulator.loopback import text
from tests.line_openapi import problems

THAI = "ผู้ใช้บริการห้องสมุด"  # 20 UTF-16 units, 14 grapheme clusters
APPLE = "🍎"


def label(clusters: int) -> str:
    """A Thai text of that many grapheme clusters, three UTF-16 units each."""
    return "ที่" * clusters


def wrong(message: Any) -> list[str]:
    """The properties that are refused in one message."""
    return [detail["property"] for detail in refusal(check_messages([message]))["details"]]


def quick(action: dict[str, Any], **further: Any) -> dict[str, Any]:
    """A text with one quick reply."""
    return {**text("ก"), "quickReply": {"items": [{"type": "action", "action": action, **further}]}}


def flex(*contents: Any, **box: Any) -> dict[str, Any]:
    """A Flex message of one bubble with these components."""
    body = {"type": "box", "layout": "vertical", "contents": list(contents), **box}
    return {"type": "flex", "altText": "การ์ด", "contents": {"type": "bubble", "body": body}}


def button(action: dict[str, Any]) -> dict[str, Any]:
    """A Flex button."""
    return {"type": "button", "action": action}


def postback(**further: Any) -> dict[str, Any]:
    """A postback action."""
    return {"type": "postback", "label": "ตกลง", "data": "a=1", **further}


URL = "https://example.org/picture.png"
WORDS = {"type": "text", "text": "ก"}

GOOD: dict[str, dict[str, Any]] = {
    "a text of 5,000 units": text("ก" * 5000),
    "a text of 2,500 apples": text(APPLE * 2500),
    "an emoji on its dollar": text("🍎$") | {"emojis": [{"index": 2, "productId": "p", "emojiId": "001"}]},
    "thirteen quick replies": {**text("ก"), "quickReply": {"items": quick(postback())["quickReply"]["items"] * 13}},
    "a label of 20 clusters in 60 units": quick(postback(label=label(20))),
    "data of 300 units": quick(postback(data="ก" * 300)),
    "displayText of 300 clusters": quick(postback(displayText=label(300))),
    "a keyboard opened with a text": quick(postback(inputOption="openKeyboard", fillInText=label(300))),
    "a message action": quick({"type": "message", "label": "ก", "text": label(300)}),
    "a camera in a quick reply": quick({"type": "camera", "label": "ถ่ายภาพ"}),
    "a date picked": quick(
        {"type": "datetimepicker", "label": "วัน", "data": "d", "mode": "date", "initial": "2026-11-22"}
    ),
    "a link": quick({"type": "uri", "label": "เปิด", "uri": "https://example.org/" + "a" * 980}),
    "something copied": quick({"type": "clipboard", "label": "คัดลอก", "clipboardText": "ก"}),
    "a sticker": {"type": "sticker", "packageId": "446", "stickerId": "1988"},
    "an image": {"type": "image", "originalContentUrl": URL, "previewImageUrl": URL},
    "a sound": {"type": "audio", "originalContentUrl": URL, "duration": 1000},
    "a place": {"type": "location", "title": "หอสมุด", "address": "ดุสิต", "latitude": 13.7, "longitude": 100.5},
    "altText of 1,500 units": flex(WORDS) | {"altText": "ก" * 1500},
    "a Flex button's label of 40 clusters": flex(button(postback(label=label(40)))),
    "an empty box": flex(),
    "spans in a text": flex({"type": "text", "contents": [{"type": "span", "text": "ก", "weight": "bold"}]}),
    "a rich text": flex({**WORDS, "size": "13px", "color": "#1A2B3C", "wrap": True, "scaling": True, "maxLines": 2}),
    "an icon on a baseline": flex({"type": "icon", "url": URL}, layout="baseline"),
    "a box's dress": flex(
        WORDS,
        width="40%",
        height="6px",
        backgroundColor="#FFFFFF80",
        cornerRadius="md",
        paddingAll="8px",
        spacing="sm",
        justifyContent="space-between",
        background={"type": "linearGradient", "angle": "90deg", "startColor": "#000000", "endColor": "#ffffff"},
    ),
    "a carousel of twelve": {
        "type": "flex",
        "altText": "การ์ด",
        "contents": {"type": "carousel", "contents": [flex(WORDS)["contents"]] * 12},
    },
    "a confirm template": {
        "type": "template",
        "altText": "ยืนยัน",
        "template": {"type": "confirm", "text": label(240), "actions": [postback(), postback()]},
    },
    "a buttons template": {
        "type": "template",
        "altText": "เลือก",
        "template": {"type": "buttons", "text": label(160), "actions": [postback()] * 4},
    },
}

BAD: dict[str, tuple[Any, list[str]]] = {
    "no object": ("ก", ["messages[0]"]),
    "no type": ({"text": "ก"}, ["messages[0].type"]),
    "an unknown type": ({"type": "poem", "text": "ก"}, ["messages[0].type"]),
    "an unknown property": ({**text("ก"), "txet": "ก"}, ["messages[0].txet"]),
    "no text": ({"type": "text"}, ["messages[0].text"]),
    "an empty text": (text(""), ["messages[0].text"]),
    "a blank text": (text(" \n "), ["messages[0].text"]),
    "a text that is a number": ({"type": "text", "text": 5}, ["messages[0].text"]),
    "a text of 5,001 units": (text("ก" * 5001), ["messages[0].text"]),
    "a text of 2,501 apples": (text(APPLE * 2501), ["messages[0].text"]),
    "an emoji beside its dollar": (
        text("🍎$") | {"emojis": [{"index": 1, "productId": "p", "emojiId": "001"}]},
        ["messages[0].emojis[0].index"],
    ),
    "fourteen quick replies": (
        {**text("ก"), "quickReply": {"items": quick(postback())["quickReply"]["items"] * 14}},
        ["messages[0].quickReply.items"],
    ),
    "no quick reply": ({**text("ก"), "quickReply": {"items": []}}, ["messages[0].quickReply.items"]),
    "a quick reply of another type": (
        {**text("ก"), "quickReply": {"items": [{"type": "button", "action": postback()}]}},
        ["messages[0].quickReply.items[0].type"],
    ),
    "a carousel's templates too many": (
        {"type": "template", "altText": "ก", "template": {"type": "carousel", "columns": []}},
        ["messages[0].template.columns"],
    ),
    "a buttons text too long beside a title": (
        {
            "type": "template",
            "altText": "ก",
            "template": {"type": "buttons", "title": "ก", "text": label(61), "actions": [postback()]},
        },
        ["messages[0].template.text"],
    ),
    "a template without altText": (
        {"type": "template", "template": {"type": "confirm", "text": "ก", "actions": [postback(), postback()]}},
        ["messages[0].altText"],
    ),
    "altText of 1,501 units": (flex(WORDS) | {"altText": "ก" * 1501}, ["messages[0].altText"]),
    "a Flex without altText": ({"type": "flex", "contents": flex(WORDS)["contents"]}, ["messages[0].altText"]),
    "an unknown container": ({"type": "flex", "altText": "ก", "contents": {"type": "box"}}, ["/type"]),
    "a bubble with nothing in it": ({"type": "flex", "altText": "ก", "contents": {"type": "bubble"}}, ["/"]),
    "a body that is no box": (
        {"type": "flex", "altText": "ก", "contents": {"type": "bubble", "body": WORDS}},
        ["/body/type"],
    ),
    "a box without contents": (
        {"type": "flex", "altText": "ก", "contents": {"type": "bubble", "body": {"type": "box", "layout": "vertical"}}},
        ["/body/contents"],
    ),
    "an unknown layout": (flex(WORDS, layout="diagonal"), ["/body/layout"]),
    "an unknown component": (flex({"type": "chart"}), ["/body/contents/0/type"]),
    "a button on a baseline": (flex(button(postback()), layout="baseline"), ["/body/contents/0/type"]),
    "an icon in a column": (flex({"type": "icon", "url": URL}), ["/body/contents/0/type"]),
    "a span outside a text": (flex({"type": "span", "text": "ก"}), ["/body/contents/0/type"]),
    "an unknown Flex property": (flex({**WORDS, "bold": True}), ["/body/contents/0/bold"]),
    "an empty Flex text": (flex({"type": "text", "text": ""}), ["/body/contents/0/text"]),
    "a Flex text without words": (flex({"type": "text"}), ["/body/contents/0/text"]),
    "a colour by name": (flex({**WORDS, "color": "red"}), ["/body/contents/0/color"]),
    "a size by guess": (flex({**WORDS, "size": "huge"}), ["/body/contents/0/size"]),
    "a picture over http": (flex({"type": "image", "url": "http://example.org/a.png"}), ["/body/contents/0/url"]),
    "a button without an action": (flex({"type": "button"}), ["/body/contents/0/action"]),
    "a Flex button without a label": (
        flex(button({"type": "postback", "data": "a"})),
        ["/body/contents/0/action/label"],
    ),
    "a Flex button's label of 41 clusters": (
        flex(button(postback(label=label(41)))),
        ["/body/contents/0/action/label"],
    ),
    "a camera in a Flex": (flex(button({"type": "camera", "label": "ก"})), ["/body/contents/0/action/type"]),
    "a bubble of more than 30 KB": (flex(*[{"type": "text", "text": "ก" * 1000}] * 11), ["/"]),
    "a carousel of thirteen": (
        {
            "type": "flex",
            "altText": "ก",
            "contents": {"type": "carousel", "contents": [flex(WORDS)["contents"]] * 13},
        },
        ["/contents"],
    ),
    "bubbles of two sizes": (
        {
            "type": "flex",
            "altText": "ก",
            "contents": {
                "type": "carousel",
                "contents": [flex(WORDS)["contents"], {**flex(WORDS)["contents"], "size": "nano"}],
            },
        },
        ["/contents"],
    ),
    "a carousel of more than 50 KB": (
        {
            "type": "flex",
            "altText": "ก",
            "contents": {"type": "carousel", "contents": [flex({"type": "text", "text": "ก" * 6000})["contents"]] * 3},
        },
        ["/"],
    ),
}

ACTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown action": ({"type": "dance", "label": "ก"}, "type"),
    "a label of 21 clusters": (postback(label=label(21)), "label"),
    "no label": ({"type": "postback", "data": "a"}, "label"),
    "no data": ({"type": "postback", "label": "ก"}, "data"),
    "data of 301 units": (postback(data="ก" * 301), "data"),
    "data of 151 apples": (postback(data=APPLE * 151), "data"),
    "displayText of 301 clusters": (postback(displayText=label(301)), "displayText"),
    "displayText beside text": (postback(displayText="ก", text="ก"), "displayText"),
    "an unknown inputOption": (postback(inputOption="openDoor"), "inputOption"),
    "fillInText without a keyboard": (postback(fillInText="ก"), "fillInText"),
    "fillInText beside a voice": (postback(inputOption="openVoice", fillInText="ก"), "fillInText"),
    "fillInText of 301 clusters": (postback(inputOption="openKeyboard", fillInText=label(301)), "fillInText"),
    "an empty message": ({"type": "message", "label": "ก", "text": ""}, "text"),
    "a script as a link": ({"type": "uri", "label": "ก", "uri": "javascript:alert(1)"}, "uri"),
    "a link of 1,001 characters": ({"type": "uri", "label": "ก", "uri": "https://" + "a" * 993}, "uri"),
    "an unknown mode": ({"type": "datetimepicker", "label": "ก", "data": "a", "mode": "year"}, "mode"),
    "a date that is a time": (
        {"type": "datetimepicker", "label": "ก", "data": "a", "mode": "date", "max": "10:00"},
        "max",
    ),
    "an unknown property": (postback(colour="red"), "colour"),
    "a rich menu switch": ({"type": "richmenuswitch", "label": "ก", "data": "a", "richMenuAliasId": "b"}, "type"),
}


def test_counting() -> None:
    """Thai marks and emoji are counted as LINE counts them in each of its three ways."""
    assert (utf16_units(THAI), graphemes(THAI)) == (20, 14)
    assert (utf16_units(APPLE), graphemes(APPLE)) == (2, 1)
    assert (utf16_units("\ud83c"), graphemes("👨‍👩‍👧")) == (1, 1)
    assert json_bytes({"text": "ก"}) == len(b'{"text":"') + 3 + len(b'"}')


@pytest.mark.parametrize("name", GOOD)
def test_accepted(name: str) -> None:
    """What stands at its limit passes, and LINE's description agrees."""
    assert check_messages([GOOD[name]]) == []
    assert problems("Message", GOOD[name]) == []


@pytest.mark.parametrize("name", BAD)
def test_refused(name: str) -> None:
    """What is beyond a limit or out of place is refused, and nothing else beside it."""
    message, places = BAD[name]
    assert wrong(message) == places


@pytest.mark.parametrize("name", ACTIONS)
def test_refused_actions(name: str) -> None:
    """An action is refused for one property, in a quick reply."""
    action, place = ACTIONS[name]
    assert wrong(quick(action)) == [f"messages[0].quickReply.items[0].action.{place}"]


@pytest.mark.parametrize("messages", [None, {}, [], [text("ก")] * 6])
def test_number_of_messages(messages: Any) -> None:
    """One to five messages make a call."""
    assert [problem.path for problem in check_messages(messages)] == [("messages",)]
    assert check_messages([text("ก")] * 5) == []


def test_boxes_without_end() -> None:
    """Boxes nested hundreds deep are refused like anything else."""
    message = flex()
    for _ in range(900):
        message = flex(message["contents"]["body"])
    assert [problem.path for problem in check_messages([message])] == [("messages",)]


WORDS_OF_LINE = sorted({"type", "text", "flex", "bubble", "box", "carousel", "contents", "body", "layout", "vertical"})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(WORDS_OF_LINE) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*WORDS_OF_LINE, "action", "quickReply", "items", "emojis"]), inner, max_size=5
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_nonsense_never_breaks_the_rules(value: Any) -> None:
    """Whatever JSON stands for a message, a container or an action, the rules answer and do not fail."""
    refusal(check_messages(value))
    refusal(check_messages([value, {"type": "flex", "altText": "ก", "contents": value}, quick(value)]))
    refusal(check_messages([flex(value), {"type": "template", "altText": "ก", "template": value}]))


def test_refusal_names_the_message() -> None:
    """A fault in a Flex names its message, others are counted."""
    refused = refusal(check_messages([text("ก"), flex({"type": "text", "text": ""})]))
    assert refused["message"] == "A message (messages[1]) in the request body is invalid"
    assert refused["details"] == [{"message": "May not be empty", "property": "/body/contents/0/text"}]
    assert refusal(check_messages([text(""), text("")]))["message"] == "The request body has 2 error(s)"
