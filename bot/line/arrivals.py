"""LINE's webhook body → arrivals to queue, and one arrival → the event as the conversations see it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Literal, cast

import msgspec
from msgspec import Struct

from bot.queue.seam import Arrival
from handlers.events import Body, Event, Follow, Joined, Media, Postback, Removed, Text, Unfollow, Unsend

_KINDS = frozenset({"sticker", "image", "video", "audio", "file", "location"})
# C0 and C1 controls except tab and line feed. PostgreSQL refuses NUL, and none of them can be seen or typed.
_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x09, 0x0A)}


class Malformed(Exception):
    """The body is not a webhook body at all: no JSON object with a list of events."""


class Received(Struct, frozen=True):
    """A webhook body taken apart: what can be queued, and how many events carried no id, time or source."""

    arrivals: tuple[Arrival, ...]
    ignored: int


class Incoming(Struct, frozen=True):
    """One arrival as the bot handles it. `event` is None when there is nothing to do with it.

    `reply_token` is empty when LINE gave none; `is_redelivery` tells LINE's second attempt.
    """

    event: Event | None
    reply_token: str
    is_redelivery: bool


class _Source(msgspec.Struct):
    type: str = ""
    userId: str = ""  # noqa: N815 — LINE's own names
    groupId: str = ""  # noqa: N815
    roomId: str = ""  # noqa: N815

    @property
    def chat_id(self) -> str:
        return {"user": self.userId, "group": self.groupId, "room": self.roomId}.get(self.type, "")


class _Envelope(msgspec.Struct):
    """What the queue needs to know of an event; the rest is read when its turn comes."""

    webhookEventId: str  # noqa: N815
    timestamp: int
    source: _Source


class _Body(msgspec.Struct):
    events: list[msgspec.Raw]


_decode_body = msgspec.json.Decoder(_Body).decode
_decode_envelope = msgspec.json.Decoder(_Envelope).decode
_decode_any = msgspec.json.Decoder().decode
_LONGEST_ID = 64
_LONGEST_CHAT_ID = 33
_LAST_TIMESTAMP = 253_402_214_400_000  # a day before the last one there is: a zone east of UTC is to hold it too


def receive(body: bytes, received_at: datetime) -> Received:
    """Take a webhook body apart, event by event: an odd one never loses its neighbours.

    `received_at` is aware. Raises Malformed when there is no list of events to look at.
    """
    try:
        raws = [bytes(raw) for raw in _decode_body(body).events]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raws = _patiently(body)
    read = [_arrival(raw, received_at) for raw in raws]
    found = tuple(arrival for arrival in read if arrival is not None)
    return Received(found, len(read) - len(found))


def _patiently(body: bytes) -> list[bytes]:
    """The events of a body that msgspec refuses whole: a lone surrogate's escape in one text is such a case."""
    try:
        events = _dict(json.loads(body)).get("events")
    except (ValueError, RecursionError):
        events = None
    if not isinstance(events, list):
        raise Malformed
    return [json.dumps(_without_surrogates(event), ensure_ascii=False).encode() for event in events]


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode(errors="ignore").decode()
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    return value


def arrivals(body: bytes, received_at: datetime) -> list[Arrival]:
    """The arrivals of a webhook body, in its order; raises as `receive` does."""
    return list(receive(body, received_at).arrivals)


def _arrival(raw: bytes, received_at: datetime) -> Arrival | None:
    """None when it has no id, time or chat: such an event can be neither ordered nor answered, nor kept apart."""
    try:
        envelope = _decode_envelope(raw)
        text = raw.decode()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    chat_id = envelope.source.chat_id
    well_formed = (
        0 < len(envelope.webhookEventId) <= _LONGEST_ID
        and 0 < len(chat_id) <= _LONGEST_CHAT_ID
        and 0 <= envelope.timestamp <= _LAST_TIMESTAMP
    )
    if not well_formed or _clean(envelope.webhookEventId + chat_id) != envelope.webhookEventId + chat_id:
        return None
    return Arrival(envelope.webhookEventId, chat_id, _moment(envelope.timestamp), received_at, text)


def event_of(arrival: Arrival) -> Incoming:
    """Read an arrival's own JSON. Whatever is unknown or not ours to answer becomes no event, never an error.

    An event in standby mode is another module's to answer, so it is none of ours.
    """
    try:
        data = _dict(_decode_any(arrival.raw))
    except (msgspec.DecodeError, RecursionError):
        data = {}
    source = _dict(data.get("source"))
    message = _dict(data.get("message"))
    body = None if data.get("mode") == "standby" else _body(_text(data, "type"), data, message)
    event = None
    if body is not None:
        event = Event(
            id=arrival.id,
            at=arrival.occurred_at,
            body=body,
            message_id=_text(message, "id")[:_LONGEST_ID],
            in_group=source.get("type") in ("group", "room"),
        )
    redelivered = _dict(data.get("deliveryContext")).get("isRedelivery") is True
    return Incoming(event, _text(data, "replyToken"), redelivered)


def _body(kind: str, data: dict[str, Any], message: dict[str, Any]) -> Body | None:
    match kind:
        case "message":
            return _message(message)
        case "postback":
            return Postback(_text(_dict(data.get("postback")), "data"))
        case "follow":
            return Follow()
        case "unfollow":
            return Unfollow()
        case "unsend":
            message_id = _text(_dict(data.get("unsend")), "messageId")[:_LONGEST_ID]
            return Unsend(message_id) if message_id else None
        case "join":
            return Joined()
        case "leave":
            return Removed()
        case _:
            return None


def _message(message: dict[str, Any]) -> Body:
    kind = _text(message, "type")
    if kind == "text":
        return _text_of(message)
    known = kind if kind in _KINDS else "other"
    together = _dict(message.get("imageSet"))
    total = together.get("total")
    return Media(
        cast("Literal['sticker', 'image', 'video', 'audio', 'file', 'location', 'other']", known),
        set_id=_text(together, "id"),
        set_total=total if type(total) is int and total > 0 else 0,  # not a bool, which is an int too
        external=_dict(message.get("contentProvider")).get("type") == "external",
    )


def _text_of(message: dict[str, Any]) -> Text:
    """A text without the mention of this bot, which is noted instead. Mentions count in UTF-16 units."""
    held, mentioned = _dict(message.get("mention")).get("mentionees"), False
    units = str(message.get("text") or "").encode("utf-16-le", "surrogatepass")
    mentions = [each for each in map(_dict, held if isinstance(held, list) else []) if each.get("isSelf") is True]
    for each in sorted(mentions, key=lambda each: str(each.get("index")).zfill(9), reverse=True):
        mentioned = True
        index, length = each.get("index"), each.get("length")
        if type(index) is int and type(length) is int and index >= 0 and length > 0:
            units = units[: 2 * index] + units[2 * (index + length) :]
    if not mentioned:
        return Text(_text(message, "text"))
    return Text(_clean(units.decode("utf-16-le", "ignore").strip()), mentioned=True)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    return _clean(value) if isinstance(value, str) else ""


def _clean(text: str) -> str:
    """Code point for code point, without what no database and no screen can hold."""
    return text if text.isprintable() else text.translate(_CONTROLS)


def _moment(milliseconds: int) -> datetime:
    # Integer arithmetic: a float would round the millisecond that orders two messages.
    seconds, rest = divmod(milliseconds, 1000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 1000)
