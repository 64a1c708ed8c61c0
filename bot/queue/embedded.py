"""The queue of a single process: in memory, because an arrival is durable once its turn is committed.

What waits longer than for the next group is stored beside the turns of this one (`overflow`): LINE has its 200 within
one commit however much there is to do.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from msgspec.structs import replace

from bot.queue.seam import Arrival, Depth, Settled, Undurable

PAUSES = (0.3, 1.0)
"""Seconds before an arrival is tried a second time, and every time after that.

Three attempts stay under two seconds together: what the same person sends meanwhile waits behind them, and LINE waits
two seconds for its 200.
"""

SOON = 128
"""A few of the worker's groups: behind no more than these, what comes now has its turn soon enough to wait for it."""


@dataclass(slots=True)
class _Entry:
    """One arrival, and the requests that wait to hear that it is durable."""

    arrival: Arrival
    waiters: list[asyncio.Future[None]] = field(default_factory=list)
    durable: bool = False
    """Its event is stored: nobody has to be told when its turn fails once more, and it is never dropped."""
    failures: int = 0


@dataclass(slots=True)
class _Chat:
    """One chat's arrivals, oldest first; at most one of them is taken at a time."""

    waiting: list[tuple[datetime, str]] = field(default_factory=list)
    taken: str = ""
    pause: asyncio.TimerHandle | None = None

    @property
    def idle(self) -> bool:
        return not self.waiting and not self.taken and self.pause is None


class EmbeddedQueue:
    """`bot.queue.seam.Queue` within one event loop.

    A group is whatever waits when the worker comes back: no window is kept open for it, so an idle bot answers at
    once, and a busy one gathers while the group before commits.
    """

    def __init__(self, pauses: tuple[float, ...] = PAUSES) -> None:
        """`pauses` in seconds; the last one repeats."""
        self._pauses = pauses
        self._entries: dict[str, _Entry] = {}
        self._unstored: dict[str, _Entry] = {}
        """Of these the database knows nothing yet."""
        self._chats: dict[str, _Chat] = {}
        self._ready: dict[str, None] = {}  # the chats that have something to take, longest waiting first
        self._arrived = asyncio.Event()
        self._settled = asyncio.Event()
        self._closed = False

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Return once every arrival is durable; raise Undurable when that cannot be said.

        One that is already here (LINE delivers twice at times) is waited for, not queued again.
        """
        if self._closed:
            raise Undurable
        waiters = []
        for arrival in arrivals:
            entry = self._entries.get(arrival.id) or self._add(arrival)
            if not entry.durable:
                waiter = asyncio.get_running_loop().create_future()
                entry.waiters.append(waiter)
                waiters.append(waiter)
        outcomes = await asyncio.gather(*waiters, return_exceptions=True)
        if any(isinstance(outcome, BaseException) for outcome in outcomes):
            raise Undurable

    def restore(self, arrivals: Iterable[Arrival]) -> None:
        """Queue arrivals that the database already holds; those already here are left as they are."""
        for arrival in arrivals:
            if not self._closed and arrival.id not in self._entries:
                self._answer(self._add(arrival))

    def overflow(self, besides: Collection[str]) -> Sequence[Arrival]:
        """What waits and is stored nowhere, once more is here than has its turn soon; none of the chats `besides`.

        Of a chat it is all or nothing, so that what LINE is not told to be kept is never older than what it is.
        """
        if self._closed or len(self._entries) <= SOON:
            return ()
        arrivals = [entry.arrival for entry in self._unstored.values()]
        return [each for each in arrivals if each.chat_id not in besides and each.id != self._chats[each.chat_id].taken]

    def stored(self, arrivals: Iterable[Arrival]) -> None:
        """These wait in the database now: whoever put them may go."""
        for arrival in arrivals:
            if (entry := self._entries.get(arrival.id)) is not None:
                self._answer(entry)

    async def take(self, most: int) -> Sequence[Arrival]:
        """Wait for a group: one arrival a chat, the oldest of each; empty once the queue is closed."""
        while not self._closed:
            if self._ready:
                chat_ids = list(self._ready)[:most]
                return [self._take_from(chat_id) for chat_id in chat_ids]
            self._arrived.clear()
            await self._arrived.wait()
        return ()

    async def settle(self, outcomes: Mapping[str, Settled]) -> None:
        """Say what became of the taken arrivals, by arrival id."""
        for arrival_id, settled in outcomes.items():
            entry = self._entries[arrival_id]
            match settled:
                case Settled.DEFERRED:
                    self._put_back(entry, pause=False)
                case Settled.RETRY:
                    entry.arrival = replace(entry.arrival, attempts=entry.arrival.attempts + 1)
                    self._answer(entry)
                    self._put_back(entry, pause=True)
                case Settled.HANDLED | Settled.DUPLICATE | Settled.SET_ASIDE:
                    self._answer(entry)
                    self._forget(entry)
        self._settled.set()

    async def fail(self, arrivals: Sequence[Arrival]) -> None:
        """Nothing of the group was committed: who put these is told, and what the database holds is tried again.

        What waits behind a failed arrival of the same chat fails with it: LINE delivers it again as well, and nobody's
        second message is handled before their first.
        """
        for arrival in arrivals:
            entry = self._entries[arrival.id]
            if entry.durable:
                self._put_back(entry, pause=True)
                continue
            self._refuse(entry)
            for _, waiting in list(self._chats[arrival.chat_id].waiting):
                self._refuse(self._entries[waiting])
            self._forget(entry)
        self._settled.set()

    def behind(self, chat_id: str) -> bool:
        """Whether something of this chat waits or is taken."""
        return chat_id in self._chats

    async def depth(self) -> Depth:
        """How much is waiting or taken."""
        oldest = min((entry.arrival.received_at for entry in self._entries.values()), default=None)
        return Depth(len(self._entries), oldest)

    async def close(self) -> None:
        """Hand out nothing more, refuse what was not taken yet, and wait until what was taken is settled."""
        self._closed = True
        self._arrived.set()
        for chat in self._chats.values():
            if chat.pause is not None:
                chat.pause.cancel()
                chat.pause = None
            for _, waiting in list(chat.waiting):
                self._refuse(self._entries[waiting])
        while any(chat.taken for chat in self._chats.values()):
            self._settled.clear()
            await self._settled.wait()

    def __len__(self) -> int:
        """How many arrivals are waiting or taken."""
        return len(self._entries)

    def _add(self, arrival: Arrival) -> _Entry:
        entry = self._entries[arrival.id] = self._unstored[arrival.id] = _Entry(arrival)
        self._wait(entry)
        return entry

    def _wait(self, entry: _Entry) -> None:
        chat_id = entry.arrival.chat_id
        chat = self._chats.setdefault(chat_id, _Chat())
        heapq.heappush(chat.waiting, (entry.arrival.occurred_at, entry.arrival.id))
        self._offer(chat_id, chat)

    def _offer(self, chat_id: str, chat: _Chat) -> None:
        if chat.waiting and not chat.taken and chat.pause is None:
            self._ready[chat_id] = None
            self._arrived.set()

    def _take_from(self, chat_id: str) -> Arrival:
        del self._ready[chat_id]
        chat = self._chats[chat_id]
        _, chat.taken = heapq.heappop(chat.waiting)
        return self._entries[chat.taken].arrival

    def _put_back(self, entry: _Entry, *, pause: bool) -> None:
        chat = self._chats[entry.arrival.chat_id]
        chat.taken = ""
        if pause and not self._closed:
            seconds = self._pauses[min(entry.failures, len(self._pauses) - 1)]
            entry.failures += 1
            chat.pause = asyncio.get_running_loop().call_later(seconds, self._resume, entry.arrival.chat_id)
        self._wait(entry)
        if self._closed:
            self._refuse(entry)

    def _resume(self, chat_id: str) -> None:
        chat = self._chats[chat_id]
        chat.pause = None
        self._offer(chat_id, chat)

    def _answer(self, entry: _Entry) -> None:
        entry.durable = True
        self._unstored.pop(entry.arrival.id, None)
        for waiter in entry.waiters:
            if not waiter.done():
                waiter.set_result(None)
        entry.waiters.clear()

    def _refuse(self, entry: _Entry) -> None:
        """Drop an arrival that nothing durable is known of. What the database holds stays and waits for its turn."""
        if entry.durable:
            return
        for waiter in entry.waiters:
            if not waiter.done():
                waiter.set_exception(Undurable())
        entry.waiters.clear()
        chat = self._chats[entry.arrival.chat_id]
        key = (entry.arrival.occurred_at, entry.arrival.id)
        if key in chat.waiting:
            chat.waiting.remove(key)
            heapq.heapify(chat.waiting)
            del self._entries[entry.arrival.id]
            self._unstored.pop(entry.arrival.id, None)
            if not chat.waiting:
                self._ready.pop(entry.arrival.chat_id, None)

    def _forget(self, entry: _Entry) -> None:
        del self._entries[entry.arrival.id]
        self._unstored.pop(entry.arrival.id, None)
        chat_id = entry.arrival.chat_id
        chat = self._chats[chat_id]
        chat.taken = ""
        if chat.idle:
            del self._chats[chat_id]
        else:
            self._offer(chat_id, chat)
