"""The seam between receiving webhook events and handling them: embedded for one process, JetStream for several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Protocol

from msgspec import Struct


class Arrival(Struct, frozen=True):
    """One webhook event as received. `chat_id` is the source's id, `raw` the event's own JSON text."""

    id: str
    chat_id: str
    occurred_at: datetime
    received_at: datetime
    raw: str
    attempts: int = 0


class Settled(Enum):
    """What became of an arrival."""

    HANDLED = "handled"
    DUPLICATE = "duplicate"
    RETRY = "retry"
    """Stored, but its turn failed: take it again after a pause, and nothing newer of its chat before it."""
    SET_ASIDE = "set_aside"
    DEFERRED = "deferred"
    """Not looked at: it touches what another turn of the group just wrote. Take it again at once."""


class Depth(Struct, frozen=True):
    """How much waits for its turn or has it, and when the oldest of it was received (None: nothing waits)."""

    events: int
    oldest: datetime | None


class Queue(Protocol):
    """One chat's arrivals in order, many chats at once."""

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Return once every arrival is durable; raise `Undurable` when that cannot be said."""

    async def take(self, most: int) -> Sequence[Arrival]:
        """Wait for a group: at least one arrival, at most `most`, at most one a chat, the oldest of each chat."""

    async def settle(self, outcomes: Mapping[str, Settled]) -> None:
        """Say what became of the taken arrivals, by arrival id; those of a chat may be taken again after this."""

    async def fail(self, arrivals: Sequence[Arrival]) -> None:
        """Nothing of the group was committed. What is durable all the same is taken again after a pause.

        For what is not, whoever put it hears `Undurable` and must not answer 200.
        """

    def restore(self, arrivals: Iterable[Arrival]) -> None:
        """Take up arrivals that the database holds and nobody has settled; those already here are left as they are."""

    def behind(self, chat_id: str) -> bool:
        """Whether more of this chat may be on its way through this process: as far as is known without asking."""

    async def depth(self) -> Depth:
        """How much is not settled yet."""

    async def close(self) -> None:
        """Hand out nothing more, and wait until what was taken is settled. `take` gives empty groups then."""


class Undurable(Exception):
    """The arrivals could not be made durable: answer LINE with 5xx, and it redelivers."""
