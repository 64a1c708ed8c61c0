"""The message to somebody whose pictures are lost, as it is stored in the outbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from bot.outgoing import Outgoing, compose
from bot.queue.seam import Arrival
from handlers.effects import Say


def lost_message(say: Say, chat_id: str, now: datetime, state: str, new_id: Callable[[], UUID]) -> Outgoing:
    """One push; `state` is that of a message stored now. Raises LimitExceeded when LINE would refuse the words."""
    # There is no event to answer: LINE gave the reply token long before the picture was found lost.
    arrival = Arrival(f"evidence:{new_id()}", chat_id, now, now, "{}", 0)
    (message,) = compose([say], arrival, "", now=now, may_push=True, new_id=new_id)
    message.state = state
    return message
