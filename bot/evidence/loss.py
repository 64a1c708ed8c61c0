"""What somebody whose pictures are lost is told, and the message as it is stored in the outbox."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from bot.evidence.content import MOST_BYTES
from bot.outgoing import Outgoing, compose
from bot.queue.seam import Arrival
from handlers.effects import Say
from locales.catalog import words


def told_lost(language: str, reasons: Sequence[str]) -> Say:
    """What is said to the sender of lost pictures, once for all of them. `reasons` as in `Picture.reason`."""
    w = words(language)
    limit = MOST_BYTES // 2**20
    lines = [
        w(f"evidence-lost-{reason}", count=count, limit=limit) for reason, count in sorted(Counter(reasons).items())
    ]
    if set(reasons) != {"unsent"}:  # what somebody took back on purpose is not asked for again
        lines.append(w("evidence-lost-send-again"))
    return Say("\n".join(lines))


def lost_message(say: Say, chat_id: str, now: datetime, state: str, new_id: Callable[[], UUID]) -> Outgoing:
    """One push; `state` is that of a message stored now. Raises LimitExceeded when LINE would refuse the words."""
    # There is no event to answer: LINE gave the reply token long before the picture was found lost.
    arrival = Arrival(f"evidence:{new_id()}", chat_id, now, now, "{}", 0)
    (message,) = compose([say], arrival, "", now=now, may_push=True, new_id=new_id)
    message.state = state
    return message
