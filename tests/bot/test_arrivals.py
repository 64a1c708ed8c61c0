"""LINE's webhook JSON → arrivals → events, with line-bot-sdk's parser as the oracle."""

from __future__ import annotations

import base64
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.line.arrivals import Malformed, arrivals, event_of, receive
from bot.queue.seam import Arrival
from handlers.events import Body, Follow, Joined, Media, Postback, Text, Unfollow, Unsend

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
USER, GROUP, ROOM = ("U" + "1" * 32, "C" + "2" * 32, "R" + "3" * 32)
AT = 1_795_312_800_123


def event(**changes: Any) -> dict[str, Any]:
    """A text message as LINE sends it, with changes."""
    return {
        "type": "message",
        "mode": "active",
        "timestamp": AT,
        "source": {"type": "user", "userId": USER},
        "webhookEventId": "01KAMVQ2E8N5V5C5V5C5V5C5V5",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": "0f3779fba3b349968c5d07db31eab56f",
        "message": {"type": "text", "id": "468789577898262530", "quoteToken": "q3Plxr4AgKd", "text": "รายงาน"},
    } | changes


def image(**further: Any) -> dict[str, Any]:
    """What makes the event that of a picture."""
    return {"message": {"type": "image", "id": "1", **further}}


def body(*events: Any) -> bytes:
    return json.dumps({"destination": USER, "events": events}, ensure_ascii=False).encode()


def one(**changes: Any) -> Arrival:
    (arrival,) = arrivals(body(event(**changes)), NOW)
    return arrival


def said(**changes: Any) -> Body | None:
    read = event_of(one(**changes)).event
    return read.body if read else None


def test_a_text_message_is_read_whole() -> None:
    """Id, chat, time to the millisecond, text, message id, reply token: all as LINE sent them."""
    arrival = one()
    assert (arrival.id, arrival.chat_id) == ("01KAMVQ2E8N5V5C5V5C5V5C5V5", USER)
    assert arrival.occurred_at == datetime(2026, 11, 22, 2, 0, 0, 123000, tzinfo=UTC)
    assert arrival.received_at == NOW
    incoming = event_of(arrival)
    assert incoming.reply_token == "0f3779fba3b349968c5d07db31eab56f"
    assert not incoming.is_redelivery
    assert incoming.event is not None
    assert (incoming.event.body, incoming.event.message_id) == (Text("รายงาน"), "468789577898262530")
    assert (incoming.event.id, incoming.event.at) == (arrival.id, arrival.occurred_at)
    assert not incoming.event.in_group


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"type": "postback", "postback": {"data": "v=1"}}, Postback("v=1")),
        ({"type": "follow", "follow": {"isUnblocked": False}}, Follow()),
        ({"type": "unfollow"}, Unfollow()),
        ({"type": "unsend", "unsend": {"messageId": "325708"}}, Unsend("325708")),
        ({"type": "unsend", "unsend": {}}, None),
        ({"type": "join", "source": {"type": "group", "groupId": GROUP}}, Joined()),
        ({"type": "memberJoined", "joined": {"members": []}}, None),
        ({"type": "aTypeOfTomorrow"}, None),
        ({"type": 7}, None),
        ({"mode": "standby"}, None),
        ({"mode": "aModeOfTomorrow"}, Text("รายงาน")),
        *(
            ({"message": {"type": kind, "id": "1"}}, Media(kind))
            for kind in ("sticker", "image", "video", "audio", "file", "location")
        ),
        (image(imageSet={"id": "E005D41A", "index": 1, "total": 3}), Media("image", "E005D41A", 3)),
        # Some of LINE's apps say which set it is and no more.
        (image(imageSet={"id": "E005D41A"}), Media("image", "E005D41A", 0)),
        (image(imageSet={"id": 7, "total": "3"}), Media("image", "", 0)),
        (image(imageSet={"id": "E005D41A", "total": True}), Media("image", "E005D41A", 0)),
        (image(imageSet=None, contentProvider=None), Media("image")),
        (image(contentProvider={"type": "line"}), Media("image")),
        (
            image(contentProvider={"type": "external", "originalContentUrl": "https://example.com/a.jpg"}),
            Media("image", external=True),
        ),
        ({"message": {"type": "hologram", "id": "1"}}, Media("other")),
        ({"message": None}, Media("other")),
        ({"message": {"type": "text", "id": "1", "text": None}}, Text("")),
    ],
)
def test_each_kind_of_event(changes: dict[str, Any], expected: Body | None) -> None:
    """Known kinds become events, unknown ones nothing or "other"; none is an error."""
    assert said(**changes) == expected


@pytest.mark.parametrize(
    ("text", "mentionees", "expected"),
    [
        pytest.param(
            "@บอต สถานะ", [{"index": 0, "length": 4, "isSelf": True}], Text("สถานะ", mentioned=True), id="self"
        ),
        pytest.param("@นภา ส่งหรือยัง", [{"index": 0, "length": 4}], Text("@นภา ส่งหรือยัง"), id="another"),
        pytest.param(
            "😀 @บอต สรุป", [{"index": 3, "length": 4, "isSelf": True}], Text("😀  สรุป", mentioned=True), id="emoji"
        ),
        pytest.param("@บอต", [{"index": "x", "isSelf": True}], Text("@บอต", mentioned=True), id="odd"),
        pytest.param("@บอต", "junk", Text("@บอต"), id="junk"),
    ],
)
def test_the_bot_is_mentioned(text: str, mentionees: Any, expected: Body) -> None:
    """Called by its name: noted, and the name taken out of the text; another's name stays. UTF-16 units count."""
    message = {"type": "text", "id": "1", "text": text, "mention": {"mentionees": mentionees}}
    assert said(message=message) == expected


@pytest.mark.parametrize(
    ("source", "chat_id", "in_group"),
    [
        ({"type": "user", "userId": USER}, USER, False),
        ({"type": "group", "groupId": GROUP, "userId": USER}, GROUP, True),
        ({"type": "room", "roomId": ROOM}, ROOM, True),
    ],
)
def test_the_chat_is_where_it_was_said(source: dict[str, str], chat_id: str, in_group: bool) -> None:
    """In a group or room the chat is the group or room, whoever speaks."""
    arrival = one(source=source)
    assert arrival.chat_id == chat_id
    read = event_of(arrival).event
    assert read is not None
    assert read.in_group is in_group


@pytest.mark.parametrize(
    "odd",
    [
        7,
        None,
        "event",
        [],
        {},
        event(webhookEventId=None),
        event(webhookEventId=""),
        event(webhookEventId="x" * 65),
        event(webhookEventId="nul\0"),
        event(source=None),
        event(source={"type": "user"}),
        event(source={"type": "channelOfTomorrow", "userId": USER}),
        event(source={"type": "user", "userId": "U" * 34}),
        event(timestamp="yesterday"),
        event(timestamp=-1),
        event(timestamp=10**18),
        event(timestamp=10**30),
    ],
)
def test_an_odd_event_never_loses_its_neighbours(odd: Any) -> None:
    """What has no id, time or chat is counted and left out; the events on both sides of it arrive, in order."""
    received = receive(body(event(webhookEventId="a"), odd, event(webhookEventId="b")), NOW)
    assert [arrival.id for arrival in received.arrivals] == ["a", "b"]
    assert received.ignored == 1


def test_a_lone_surrogate_loses_neither_its_neighbours_nor_its_text() -> None:
    """Half an emoji, which no database can hold, is left out; everything around it is kept."""
    broken = json.dumps(event(message={"type": "text", "id": "1", "text": "ก\ud83dข"}))
    raw = f'{{"events":[{json.dumps(event(webhookEventId="a"))},{broken}]}}'.encode()
    first, second = arrivals(raw, NOW)
    assert first.id == "a"
    read = event_of(second).event
    assert read is not None
    assert read.body == Text("กข")
    assert second.raw.encode().decode() == second.raw


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"7", b"{}", b'{"events":null}', b'{"events":{}}', b"\xff", b"[" * 99_999]
)
def test_what_is_no_webhook_body_is_refused(raw: bytes) -> None:
    """No list of events: Malformed."""
    with pytest.raises(Malformed):
        receive(raw, NOW)


def test_no_events_are_no_arrivals() -> None:
    """The console's Verify button sends an empty list."""
    assert arrivals(body(), NOW) == []


@given(st.text())
def test_text_is_kept_code_point_for_code_point(text: str) -> None:
    """Everything but control characters comes through; tabs and line breaks do too."""
    kept = "".join(c for c in text if c in "\t\n" or not (ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0))
    assert said(message={"type": "text", "id": "1", "text": text}) == Text(kept)


def test_a_redelivery_is_seen() -> None:
    """LINE's second attempt has the same id and says that it is one."""
    assert event_of(one(deliveryContext={"isRedelivery": True})).is_redelivery


def test_what_was_blanked_is_no_event() -> None:
    """A stored event whose message was unsent, or is damaged, is nothing to answer."""
    for raw in ("{}", "", "[", "[]"):
        assert event_of(Arrival("a", USER, NOW, NOW, raw)).event is None


def test_the_sdk_reads_the_same() -> None:
    """line-bot-sdk's own parser agrees on id, time, chat, token and content of everything it knows."""
    from linebot.v3.webhook import WebhookParser

    events = [
        event(webhookEventId="1"),
        event(webhookEventId="2", source={"type": "group", "groupId": GROUP, "userId": USER}),
        event(webhookEventId="3", type="postback", postback={"data": "v=1&ข"}),
        event(webhookEventId="4", type="follow", follow={"isUnblocked": True}),
        event(webhookEventId="5", type="unsend", unsend={"messageId": "9"}),
    ]
    raw = body(*events)
    signature = base64.b64encode(hmac.digest(b"secret", raw, "sha256")).decode()
    theirs: Any = WebhookParser("secret").parse(raw.decode(), signature)
    ours = arrivals(raw, NOW)
    assert len(theirs) == len(ours) == 5
    for their, arrival in zip(theirs, ours, strict=True):
        incoming = event_of(arrival)
        assert incoming.event is not None
        assert arrival.id == their.webhook_event_id
        assert round(arrival.occurred_at.timestamp() * 1000) == their.timestamp
        assert arrival.chat_id == getattr(their.source, "group_id", None) or their.source.user_id
        match incoming.event.body:
            case Text(text):
                assert text == their.message.text
                assert incoming.event.message_id == their.message.id
                assert incoming.reply_token == their.reply_token
            case Postback(data):
                assert data == their.postback.data
            case Unsend(message_id):
                assert message_id == their.unsend.message_id
            case other:
                assert (other, their.type) == (Follow(), "follow")
