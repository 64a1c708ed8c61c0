"""What a person did, as the conversations see it. The shell translates LINE's webhook events into these."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct


class Text(Struct, frozen=True):
    text: str
    mentioned: bool = False
    """The bot was called by its name (LINE's mention with isSelf); the mention itself is not in `text`."""


class Postback(Struct, frozen=True):
    """A tapped button; `data` is what `handlers.buttons` wrote into it."""

    data: str


class Follow(Struct, frozen=True):
    pass


class Unfollow(Struct, frozen=True):
    pass


class Unsend(Struct, frozen=True):
    """The person took the message `message_id` back."""

    message_id: str


class Joined(Struct, frozen=True):
    """The bot was added to a group or room."""


class Removed(Struct, frozen=True):
    """The bot is in this group or room no more."""


class Media(Struct, frozen=True):
    """Something that carries no words: LINE's own message type."""

    kind: Literal["sticker", "image", "video", "audio", "file", "location", "other"]
    set_id: str = ""
    """The same for pictures chosen together in the album; empty for one alone."""
    set_total: int = 0
    """How many pictures the set has; 0 where LINE does not say, as some of its apps do not."""
    external: bool = False
    """Its content lies with somebody else than LINE (an app that shared it): LINE does not hand it out."""


Body = Text | Postback | Follow | Unfollow | Unsend | Joined | Removed | Media


class Event(Struct, frozen=True):
    """One webhook event.

    `id` is LINE's webhookEventId (a ULID), `at` LINE's timestamp (aware), `message_id` empty unless it is a message.
    `in_group` tells a group or room from a one-to-one chat.
    """

    id: str
    at: datetime
    body: Body
    message_id: str = ""
    in_group: bool = False
