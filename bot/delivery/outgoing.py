"""One reply or push as it is stored and sent, the same bytes at every attempt; or a farewell to a group."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bot.line.limits import Endpoint, check
from bot.line.render import dumps, render
from bot.queue.seam import Arrival
from handlers.effects import Say

TOKEN_LIVES = timedelta(seconds=50)
"""A reply token lives about a minute from receipt (LINE's documentation); the rest is for the call itself."""


NOTHING = "[]"
_LONGEST_STORED_TOKEN = 100
NOT_STORED = "too long to be stored"
"""What the row of a longer reply token has in its place: it works until its process dies."""


@dataclass(slots=True, eq=False)
class Outgoing:
    """A row of `outgoing_message` on its way. `messages` is the JSON array as it leaves."""

    id: str
    chat_id: str
    event_id: str
    """The event that it answers; empty for what nobody asked for."""
    reply_token: str
    token_expires_at: datetime | None
    retry_key: UUID
    messages: str
    state: str
    created_at: datetime
    position: int = 0
    attempts: int = 0
    doubtful: bool = False
    """An earlier attempt may have arrived."""
    send_by: datetime | None = None
    """What was never tried by then is not sent."""
    held: bool = False
    """Its token died, and it has waited for a newer step that would supersede it."""

    def token_died(self, now: datetime) -> bool:
        """Whether it is a reply whose token can no longer be used, by this machine's clock."""
        return bool(self.reply_token) and self.token_expires_at is not None and now >= self.token_expires_at

    @property
    def received_at(self) -> datetime | None:
        """When the event came that this replies to; None for a push."""
        return self.token_expires_at - TOKEN_LIVES if self.token_expires_at is not None and self.reply_token else None

    @property
    def leaves(self) -> bool:
        """Whether it says nothing: it is the bot's leaving of a group or room, after what was said there."""
        return self.messages == NOTHING

    @property
    def endpoint(self) -> Endpoint:
        return "reply" if self.reply_token else "push"

    @property
    def stored_token(self) -> str:
        """The reply token as its row holds it."""
        return self.reply_token if len(self.reply_token) <= _LONGEST_STORED_TOKEN else NOT_STORED

    @property
    def body(self) -> bytes:
        """The request's body."""
        name, value = ("replyToken", self.reply_token) if self.reply_token else ("to", self.chat_id)
        return f'{{"{name}":{json.dumps(value)},"messages":{self.messages}}}'.encode()

    def row(self) -> tuple[Any, ...]:
        """As `ADD_OUTGOING` takes it."""
        return (
            *(self.id, self.chat_id, self.event_id, self.stored_token, self.token_expires_at, str(self.retry_key)),
            *(self.messages, self.state, self.created_at, self.position, self.attempts, "", ""),
            self.send_by,
        )


def unasked(
    say: Say, chat_id: str, *, now: datetime, new_id: Callable[[], UUID], send_by: datetime | None = None
) -> Outgoing:
    """One push that answers no event. What is not tried by `send_by` is not sent; None: whenever it can be.

    Raises LimitExceeded when LINE would refuse it, ValueError when it takes more than one call.
    """
    (messages,) = render([say])
    check("push", {"to": chat_id, "messages": messages})
    return Outgoing(
        id=str(new_id()),
        chat_id=chat_id,
        event_id="",
        reply_token="",
        token_expires_at=None,
        retry_key=new_id(),
        messages=dumps(messages).decode(),
        state="waiting",
        created_at=now,
        send_by=send_by,
    )


def leaving(arrival: Arrival, *, now: datetime, new_id: Callable[[], UUID]) -> Outgoing:
    """The bot leaves this group or room once what stands before it is sent; tried again like a push."""
    return Outgoing(
        id=str(new_id()),
        chat_id=arrival.chat_id,
        event_id=arrival.id,
        reply_token="",
        token_expires_at=None,
        retry_key=new_id(),
        messages=NOTHING,
        state="waiting",
        created_at=now,
        position=1,
    )


def compose(
    says: Sequence[Say],
    arrival: Arrival,
    reply_token: str,
    *,
    now: datetime,
    may_push: bool,
    new_id: Callable[[], UUID],
) -> list[Outgoing]:
    """The replies and pushes that say this: a first group with the reply token, further ones pushed.

    Raises LimitExceeded when something would be refused by LINE. To a group (`may_push` False) nothing is pushed:
    LINE counts every member.
    """
    made: list[Outgoing] = []
    for position, messages in enumerate(render(says)):
        token = reply_token if position == 0 else ""
        if not token and not may_push:
            break
        recipient = {"replyToken": token} if token else {"to": arrival.chat_id}
        check("reply" if token else "push", {**recipient, "messages": messages})
        made.append(
            Outgoing(
                id=str(new_id()),
                chat_id=arrival.chat_id,
                event_id=arrival.id,
                reply_token=token,
                token_expires_at=arrival.received_at + TOKEN_LIVES if token else None,
                retry_key=new_id(),
                messages=dumps(messages).decode(),
                state="waiting",
                created_at=now,
                position=position,
            )
        )
    return made
