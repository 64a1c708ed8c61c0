"""Every limit is counted as LINE counts it."""

from __future__ import annotations

from collections.abc import Callable
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


def _uri(size: int) -> dict[str, Any]:
    start = "https://e.th/"
    return {"type": "uri", "label": "ก", "uri": start + "a" * (size - len(start))}


def _carousel_of(size: int) -> dict[str, Any]:
    """A carousel of exactly `size` bytes, of two bubbles that are each within their own limit."""
    half = _bubble_of(25 * 1024)
    bare = json_bytes({"type": "carousel", "contents": [half, _bubble_of(20 * 1024)]})
    return {"type": "carousel", "contents": [half, _bubble_of(20 * 1024 + size - bare)]}


FIRST = "messages[0]"
ACTION = f"{FIRST}.quickReply.items[0].action"
LIMITS: list[tuple[str, Callable[[int], dict[str, Any]], str, int]] = [
    ("text", lambda n: _reply(_text("ก" * n)), f"{FIRST}.text", 5000),
    ("messages", lambda n: _reply(*[_text()] * n), "messages", 5),
    ("altText", lambda n: _flex(_bubble(), "ก" * n), f"{FIRST}.altText", 1500),
    ("quick replies", lambda n: _quick(*[_postback()] * n), f"{FIRST}.quickReply.items", 13),
    ("label", lambda n: _quick(_postback(label="กี่" * n)), f"{ACTION}.label", 20),
    ("displayText", lambda n: _quick(_postback(displayText="กี่" * n)), f"{ACTION}.displayText", 300),
    ("postback data", lambda n: _quick(_postback(data="ก" * n)), f"{ACTION}.data", 300),
    ("fillInText", lambda n: _quick(_postback(fillInText="ก" * n)), f"{ACTION}.fillInText", 300),
    (
        "message action",
        lambda n: _quick({"type": "message", "label": "ก", "text": "กี่" * n}),
        f"{ACTION}.text",
        300,
    ),
    (
        "clipboard",
        lambda n: _quick({"type": "clipboard", "label": "ก", "clipboardText": "ก" * n}),
        f"{ACTION}.clipboardText",
        1000,
    ),
    ("uri", lambda n: _quick(_uri(n)), f"{ACTION}.uri", 1000),
    (
        "Flex label",
        lambda n: _flex(_bubble({"type": "button", "action": _postback(label="กี่" * n)})),
        f"{FIRST}.contents.body.contents[0].action.label",
        40,
    ),
    (
        "bubbles",
        lambda n: _flex({"type": "carousel", "contents": [_bubble()] * n}),
        f"{FIRST}.contents.contents",
        12,
    ),
    ("bubble bytes", lambda n: _flex(_bubble_of(n)), f"{FIRST}.contents", 30 * 1024),
    ("carousel bytes", lambda n: _flex(_carousel_of(n)), f"{FIRST}.contents", 50 * 1024),
    ("template text", lambda n: _buttons("ก" * n), f"{FIRST}.template.text", 160),
    ("template text beside a title", lambda n: _buttons("ก" * n, title="ก"), f"{FIRST}.template.text", 60),
    ("template actions", lambda n: _buttons("ก", n), f"{FIRST}.template.actions", 4),
]


@pytest.mark.parametrize(("of_size", "field", "limit"), [pytest.param(*each, id=name) for name, *each in LIMITS])
def test_the_limit_itself_passes_and_one_more_does_not(
    of_size: Callable[[int], dict[str, Any]], field: str, limit: int
) -> None:
    """Each limit is exact, and the error names the field, what was counted and the limit."""
    check("reply", of_size(limit))
    with pytest.raises(LimitExceeded) as told:
        check("reply", of_size(limit + 1))
    assert (told.value.field, told.value.counted, told.value.limit) == (field, limit + 1, limit)


@pytest.mark.parametrize(
    ("body", "field", "counted", "limit"),
    [
        pytest.param(_reply(_text("😀" * 2501)), f"{FIRST}.text", 5002, 5000, id="emoji are two units"),
        pytest.param(_reply(), "messages", 0, 1, id="no message"),
        pytest.param(_reply(_text(" \n ")), f"{FIRST}.text", 0, 1, id="blank text"),
    ],
)
def test_too_much_by_two_and_too_little(body: dict[str, Any], field: str, counted: int, limit: int) -> None:
    """What is not one more than a limit is refused with the same words; half as many emoji pass."""
    check("reply", _reply(_text("😀" * 2500)))
    with pytest.raises(LimitExceeded) as told:
        check("reply", body)
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
    with pytest.raises(UnknownKind, match="richmenuswitch"):
        check("reply", _quick({"type": "richmenuswitch", "label": "ก", "richMenuAliasId": "ก", "data": "ก"}))


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
