"""Webhook events exactly as LINE writes them. Source: developers.line.biz, "Webhook Event Objects"."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from bot.simulator.counting import utf16_units
from bot.simulator.ulid import UlidMaker

Event = dict[str, Any]
MediaKind = Literal["image", "audio", "video", "file", "location"]

_MEDIA: dict[str, dict[str, Any]] = {
    "image": {"contentProvider": {"type": "line"}},
    "audio": {"contentProvider": {"type": "line"}, "duration": 4200},
    "video": {"contentProvider": {"type": "line"}, "duration": 12000},
    "file": {"fileName": "รายงาน.pdf", "fileSize": 48213},
    "location": {
        "title": "หอสมุดแห่งชาติ",
        "address": "ถนนสามเสน แขวงวชิรพยาบาล เขตดุสิต กรุงเทพมหานคร 10300",
        "latitude": 13.7727,
        "longitude": 100.5037,
    },
}
_QUOTABLE = frozenset({"text", "sticker", "image", "video"})


def new_message_id() -> str:
    """A message id: 18 digits, unlike any of an earlier run of the simulator."""
    return str(10**17 + secrets.randbelow(9 * 10**17))


def source(user_id: str, chat_id: str | None = None) -> dict[str, str]:
    """The `source` of an event: a person alone, or in the group (C…) or room (R…) `chat_id`."""
    if chat_id is None or chat_id == user_id:
        return {"type": "user", "userId": user_id}
    if chat_id.startswith("C"):
        return {"type": "group", "groupId": chat_id, "userId": user_id}
    return {"type": "room", "roomId": chat_id, "userId": user_id}


def _nobody(chat_id: str) -> dict[str, str]:
    """The `source` of what nobody in particular did in a group or room."""
    return {key: value for key, value in source("", chat_id).items() if key != "userId"}


def mention(text: str, names: Mapping[str, str], bot_id: str) -> dict[str, Any]:
    """What a group's text carries beside it: each @name in it as if picked from LINE's list, and @All.

    `names`: name → user id, the bot's among them. Empty when nobody is mentioned. Places count in UTF-16 units.
    """
    longest_first = sorted([*names, "All"], key=len, reverse=True)
    mentionees = []
    for found in re.finditer(f"@({'|'.join(map(re.escape, longest_first))})", text):
        place = {"index": utf16_units(text[: found.start()]), "length": utf16_units(found[0])}
        if found[1] in names:
            user_id = names[found[1]]
            mentionees.append({**place, "type": "user", "userId": user_id, "isSelf": user_id == bot_id})
        else:
            mentionees.append({**place, "type": "all"})
    return {"mention": {"mentionees": mentionees}} if mentionees else {}


def chat_id_of(event: Event) -> str | None:
    """The chat an event belongs to; None when it has no source."""
    held = event.get("source") or {}
    found = held.get("groupId") or held.get("roomId") or held.get("userId")
    return found if isinstance(found, str) else None


class EventMaker:
    """Makes events; making one changes nothing on the platform."""

    def __init__(self, now: Callable[[], datetime], new_reply_token: Callable[[], str]) -> None:
        self._now = now
        self._new_reply_token = new_reply_token
        self._ulids = UlidMaker()

    def event(self, kind: str, where: dict[str, str], *, replies: bool, **further: Any) -> Event:
        """An event of any `kind` from the source `where`; `replies`: it carries a reply token."""
        at = self._now()
        return {
            "type": kind,
            **further,
            "webhookEventId": self._ulids.make(at),
            "deliveryContext": {"isRedelivery": False},
            "timestamp": int(at.timestamp() * 1000),
            "source": where,
            **({"replyToken": self._new_reply_token()} if replies else {}),
            "mode": "active",
        }

    def message(self, where: dict[str, str], kind: str, **content: Any) -> Event:
        """A message event of any message type."""
        message = {"type": kind, "id": new_message_id(), **content}
        if kind in _QUOTABLE:
            message["quoteToken"] = secrets.token_urlsafe(32)
        message["markAsReadToken"] = secrets.token_urlsafe(48)
        return self.event("message", where, replies=True, message=message)

    def text(self, where: dict[str, str], text: str, **further: Any) -> Event:
        """A text message; `further` may hold emojis, mention, quotedMessageId."""
        return self.message(where, "text", text=text, **further)

    def sticker(self, where: dict[str, str]) -> Event:
        """A sticker with keywords."""
        return self.message(
            where,
            "sticker",
            packageId="446",
            stickerId="1988",
            stickerResourceType="ANIMATION",
            keywords=["Thank you", "Happy"],
        )

    def media(self, where: dict[str, str], kind: MediaKind, **further: Any) -> Event:
        """An image, sound, film, file or place; raises KeyError for anything else. `further` may hold imageSet."""
        return self.message(where, kind, **_MEDIA[kind], **further)

    def images(self, where: dict[str, str], number: int) -> list[Event]:
        """Images chosen together: each says which set it belongs to, its place in it from 1, and how many there are."""
        if number == 1:
            return [self.media(where, "image")]
        name = secrets.token_hex(32).upper()
        sets = [{"id": name, "index": index, "total": number} for index in range(1, number + 1)]
        return [self.media(where, "image", imageSet=each) for each in sets]

    def postback(self, where: dict[str, str], data: str, params: dict[str, str] | None = None) -> Event:
        """A tapped postback action; `params` of a datetimepicker."""
        postback: dict[str, Any] = {"data": data}
        if params is not None:
            postback["params"] = params
        return self.event("postback", where, replies=True, postback=postback)

    def unsend(self, where: dict[str, str], message_id: str) -> Event:
        """A message taken back."""
        return self.event("unsend", where, replies=False, unsend={"messageId": message_id})

    def follow(self, where: dict[str, str], *, unblocked: bool) -> Event:
        """The bot added as a friend, or unblocked."""
        return self.event("follow", where, replies=True, follow={"isUnblocked": unblocked})

    def unfollow(self, where: dict[str, str]) -> Event:
        """The bot blocked."""
        return self.event("unfollow", where, replies=False)

    def join(self, chat_id: str) -> Event:
        """The bot brought into a group or room."""
        return self.event("join", _nobody(chat_id), replies=True)

    def leave(self, chat_id: str) -> Event:
        """The bot taken out of a group or room, or gone by itself."""
        return self.event("leave", _nobody(chat_id), replies=False)

    def member_joined(self, chat_id: str, user_id: str) -> Event:
        """Somebody come into a group or room that the bot is in."""
        return self.event("memberJoined", _nobody(chat_id), replies=True, joined={"members": [source(user_id)]})

    def member_left(self, chat_id: str, user_id: str) -> Event:
        """Somebody gone from a group or room that the bot is in."""
        return self.event("memberLeft", _nobody(chat_id), replies=False, left={"members": [source(user_id)]})
