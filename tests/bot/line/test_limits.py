"""Every limit is counted as LINE counts it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.line import limits
from bot.line.limits import LimitExceeded, UnknownKind, check, graphemes, json_bytes, label, utf16_units

LIBRARY_USERS = "ผู้ใช้บริการห้องสมุด"


def _text(text: str = "ก", **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": text, **more}


def _reply(*messages: dict[str, Any]) -> dict[str, Any]:
    return {"replyToken": "0f3779fba3b349968c5d07db31eab56f", "messages": list(messages)}


def _quick(*actions: dict[str, Any]) -> dict[str, Any]:
    return _reply(_text(quickReply={"items": [{"type": "action", "action": action} for action in actions]}))


def _postback(**fields: Any) -> dict[str, Any]:
    return {"type": "postback", "label": "ก", "data": "d", **fields}


def _flex(contents: dict[str, Any], alt: str = "ก") -> dict[str, Any]:
    return _reply({"type": "flex", "altText": alt, "contents": contents})


def _bubble(*contents: dict[str, Any]) -> dict[str, Any]:
    return {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": list(contents)}}


def _bubble_of(size: int) -> dict[str, Any]:
    """A bubble of exactly `size` bytes, a multi-byte letter in it so that bytes and characters differ."""
    texts = [_text("ก" * 1500) for _ in range(size // 4700)]
    bare = json_bytes(_bubble(*texts, _text("")))
    return _bubble(*texts, _text("a" * (size - bare)))


def _buttons(text: str, actions: int = 1, **more: Any) -> dict[str, Any]:
    template = {"type": "buttons", "text": text, "actions": [_postback()] * actions, **more}
    return _reply({"type": "template", "altText": "ก", "template": template})


def test_thai_marks_count_in_utf16_but_not_in_graphemes() -> None:
    """LINE's rule for vowels and tone marks, on the example of its own kind."""
    assert (utf16_units(LIBRARY_USERS), graphemes(LIBRARY_USERS)) == (20, 14)


@pytest.mark.parametrize(
    ("text", "units", "clusters"),
    [("", 0, 0), ("abc", 3, 3), ("a\r\nb", 4, 3), ("😀", 2, 1), ("👩‍👩‍👧", 8, 1), ("🇹🇭", 4, 1), ("น้ำ", 3, 1)],
)
def test_counts_of_odd_texts(text: str, units: int, clusters: int) -> None:
    """Emoji, flags, CRLF and SARA AM are counted by their units and by their clusters."""
    assert (utf16_units(text), graphemes(text)) == (units, clusters)


RIGHT_AND_ONE_MORE = [
    pytest.param(_reply(_text("ก" * 5000)), _reply(_text("ก" * 5001)), "messages[0].text", 5001, 5000, id="text"),
    pytest.param(_reply(_text("😀" * 2500)), _reply(_text("😀" * 2501)), "messages[0].text", 5002, 5000, id="emoji"),
    pytest.param(_reply(*[_text()] * 5), _reply(*[_text()] * 6), "messages", 6, 5, id="messages"),
    pytest.param(_reply(_text()), _reply(), "messages", 0, 1, id="no message"),
    pytest.param(_reply(_text()), _reply(_text(" \n ")), "messages[0].text", 0, 1, id="blank text"),
    pytest.param(
        _flex(_bubble(), "ก" * 1500), _flex(_bubble(), "ก" * 1501), "messages[0].altText", 1501, 1500, id="altText"
    ),
    pytest.param(
        _quick(*[_postback()] * 13),
        _quick(*[_postback()] * 14),
        "messages[0].quickReply.items",
        14,
        13,
        id="quick replies",
    ),
    pytest.param(
        _quick(_postback(label="กี่" * 20)),
        _quick(_postback(label="กี่" * 21)),
        "messages[0].quickReply.items[0].action.label",
        21,
        20,
        id="label",
    ),
    pytest.param(
        _quick(_postback(displayText="กี่" * 300)),
        _quick(_postback(displayText="กี่" * 301)),
        "messages[0].quickReply.items[0].action.displayText",
        301,
        300,
        id="displayText",
    ),
    pytest.param(
        _quick(_postback(data="ก" * 300)),
        _quick(_postback(data="ก" * 301)),
        "messages[0].quickReply.items[0].action.data",
        301,
        300,
        id="postback data",
    ),
    pytest.param(
        _quick(_postback(fillInText="ก" * 300)),
        _quick(_postback(fillInText="ก" * 301)),
        "messages[0].quickReply.items[0].action.fillInText",
        301,
        300,
        id="fillInText",
    ),
    pytest.param(
        _quick({"type": "message", "label": "ก", "text": "กี่" * 300}),
        _quick({"type": "message", "label": "ก", "text": "กี่" * 301}),
        "messages[0].quickReply.items[0].action.text",
        301,
        300,
        id="message action",
    ),
    pytest.param(
        _quick({"type": "uri", "label": "ก", "uri": "https://e.th/" + "a" * 987}),
        _quick({"type": "uri", "label": "ก", "uri": "https://e.th/" + "a" * 988}),
        "messages[0].quickReply.items[0].action.uri",
        1001,
        1000,
        id="uri",
    ),
    pytest.param(
        _flex(_bubble({"type": "button", "action": _postback(label="กี่" * 40)})),
        _flex(_bubble({"type": "button", "action": _postback(label="กี่" * 41)})),
        "messages[0].contents.body.contents[0].action.label",
        41,
        40,
        id="Flex label",
    ),
    pytest.param(
        _flex({"type": "carousel", "contents": [_bubble()] * 12}),
        _flex({"type": "carousel", "contents": [_bubble()] * 13}),
        "messages[0].contents.contents",
        13,
        12,
        id="bubbles",
    ),
    pytest.param(
        _flex(_bubble_of(30 * 1024)),
        _flex(_bubble_of(30 * 1024 + 1)),
        "messages[0].contents",
        30 * 1024 + 1,
        30 * 1024,
        id="bubble bytes",
    ),
    pytest.param(
        _flex({"type": "carousel", "contents": [_bubble_of(25 * 1024), _bubble_of(25 * 1024 - 34)]}),
        _flex({"type": "carousel", "contents": [_bubble_of(25 * 1024), _bubble_of(25 * 1024 - 33)]}),
        "messages[0].contents",
        50 * 1024 + 1,
        50 * 1024,
        id="carousel bytes",
    ),
    pytest.param(_buttons("ก" * 160), _buttons("ก" * 161), "messages[0].template.text", 161, 160, id="template text"),
    pytest.param(
        _buttons("ก" * 60, title="ก"),
        _buttons("ก" * 61, title="ก"),
        "messages[0].template.text",
        61,
        60,
        id="template text beside a title",
    ),
    pytest.param(_buttons("ก", 4), _buttons("ก", 5), "messages[0].template.actions", 5, 4, id="template actions"),
]


@pytest.mark.parametrize(("right", "wrong", "field", "counted", "limit"), RIGHT_AND_ONE_MORE)
def test_the_limit_itself_passes_and_one_more_does_not(
    right: dict[str, Any], wrong: dict[str, Any], field: str, counted: int, limit: int
) -> None:
    """Each limit is exact, and the error names the field, what was counted and the limit."""
    check("reply", right)
    with pytest.raises(LimitExceeded) as told:
        check("reply", wrong)
    assert (told.value.field, told.value.counted, told.value.limit) == (field, counted, limit)


def test_a_multicast_reaches_five_hundred() -> None:
    """501 user ids are one too many."""
    check("multicast", {"to": ["U" + "0" * 32] * 500, "messages": [_text()]})
    with pytest.raises(LimitExceeded, match="to: 501, the limit is 500"):
        check("multicast", {"to": ["U" + "0" * 32] * 501, "messages": [_text()]})


def test_a_body_of_more_than_two_megabytes_is_refused() -> None:
    """The whole body has a limit of its own, which a field outside every rule can break."""
    with pytest.raises(LimitExceeded, match=r"^body: "):
        check("push", {"to": "U" + "0" * 32, "messages": [_text()], "customAggregationUnits": ["a" * 2 * 1024 * 1024]})


def test_an_unknown_kind_is_not_let_through_unchecked() -> None:
    """A message or action without a row in the tables fails in a test, not at LINE."""
    with pytest.raises(UnknownKind, match=r"messages\[0\]: .*'sticker'"):
        check("reply", _reply({"type": "sticker", "packageId": "1", "stickerId": "1"}))
    with pytest.raises(UnknownKind, match="clipboard"):
        check("reply", _quick({"type": "clipboard", "label": "ก", "clipboardText": "ก"}))


def test_a_label_is_shortened_between_clusters() -> None:
    """A label never ends in half a syllable's marks, and one that fits is left alone."""
    assert label("ผู้" * 20) == "ผู้" * 20
    assert label("ผู้" * 21) == "ผู้" * 19 + "…"
    assert label("ผู้" * 41, limits.FLEX_LABEL) == "ผู้" * 39 + "…"


@settings(deadline=None)
@given(st.text(), st.integers(min_value=1, max_value=40))
def test_a_label_fits_whatever_it_was(text: str, limit: int) -> None:
    """No text makes a label over its limit."""
    assert graphemes(label(text, limit)) <= limit
