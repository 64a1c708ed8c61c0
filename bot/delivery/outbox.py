"""Delivery: what was committed goes to LINE, in order per chat, many chats at once, replies before pushes."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import datetime

import structlog

from bot.delivery.attempts import Attempts, Line
from bot.delivery.left_behind import LeftBehind
from bot.delivery.outgoing import Outgoing
from bot.delivery.results import Unwritten
from bot.gate import Gate
from bot.line.limits import Endpoint
from bot.queue.partitions import Alone, Partitions, partition_of

AT_ONCE = 100
"""Chats that are sent to at the same time."""
_FINISHED_WITHIN = 3.0
"""Seconds that what is on its way is given when its partition moves to another process."""

_log = structlog.get_logger()


class Outbox:
    """Sends what it is given, once it is committed, and remembers how that ended.

    `now` gives aware times: reply tokens live by it. `partitions` says which chats are this process's, `gate` when
    sending is paused, `behind` whether more of a chat's events wait for their turn.
    """

    def __init__(
        self,
        line: Line,
        now: Callable[[], datetime],
        *,
        partitions: Partitions | None = None,
        gate: Gate | None = None,
        behind: Callable[[str], bool] = lambda _chat_id: False,
    ) -> None:
        self._partitions = partitions or Alone()
        self._gate = gate or Gate()
        self._queues: dict[str, deque[Outgoing]] = {}
        self._ready: dict[Endpoint, deque[str]] = {"reply": deque(), "push": deque()}
        self._tasks: dict[asyncio.Task[None], str] = {}
        self._moved_away: set[str] = set()
        """Chats that became another process's in the middle of a step."""
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._probe_timer: asyncio.TimerHandle | None = None
        self._moved = asyncio.Event()
        self._beside: list[asyncio.Task[None]] = []
        self._closed = False
        self.unwritten = Unwritten()
        self.left_behind = LeftBehind(now, self._partitions, self._known, self.put)
        self.attempts = Attempts(
            line,
            now,
            self.unwritten,
            partitions=self._partitions,
            gate=self._gate,
            behind=behind,
            withhold=self._withhold,
        )

    @property
    def paused(self) -> str | None:
        """Why nothing is sent, for readiness and the operator; None while all is well."""
        return self._gate.paused

    @property
    def waiting(self) -> int:
        """How many messages are on their way."""
        return sum(map(len, self._queues.values()))

    @property
    def state_for_new(self) -> str:
        """The state in which a message is stored now: `sending` means it may have been tried when this process dies."""
        return "sending" if self._gate.open and not self._closed else "waiting"

    async def start(self) -> None:
        """Begin to write results, and to look for what others have written to be sent."""
        self._beside = [asyncio.create_task(self.unwritten.run()), asyncio.create_task(self.left_behind.run())]

    async def adopt(self, partitions: Collection[int]) -> None:
        """Take up what whoever held these partitions left behind."""
        while any(partition_of(chat_id) in partitions for chat_id in self._moved_away):
            self._moved.clear()
            await self._moved.wait()
        await self.left_behind.take_up(partitions)

    async def finish(self, partitions: Collection[int]) -> None:
        """Let what is on its way in these partitions end, for a few seconds, then let go of them."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_FINISHED_WITHIN):
                while any(partition_of(chat_id) in partitions for chat_id in self._queues):
                    self._moved.clear()
                    await self._moved.wait()
        self.lose(partitions)
        await self.unwritten.flush()

    def lose(self, partitions: Collection[int]) -> None:
        """These are another process's: what is left of them is in the database, and sent from there."""
        under_way = set(self._tasks.values())
        for chat_id in [each for each in self._queues if partition_of(each) in partitions]:
            if chat_id in under_way:
                self._moved_away.add(chat_id)
            else:
                self._forget(chat_id)

    def _forget(self, chat_id: str) -> None:
        self._moved_away.discard(chat_id)
        for ready in self._ready.values():
            with suppress(ValueError):
                ready.remove(chat_id)
        timer = self._timers.pop(chat_id, None)
        if timer is not None:
            timer.cancel()
        del self._queues[chat_id]

    def put(self, messages: Iterable[Outgoing]) -> None:
        """Send these, which are committed, after whatever else waits for their chats."""
        for message in messages:
            self.left_behind.seen(message.id)
            if not self._partitions.owns(message.chat_id):
                # The chat became another process's since: never tried, it is found there.
                message.state = "waiting"
                self.unwritten.note(message)
                continue
            queue = self._queues.get(message.chat_id)
            if queue is None:
                self._queues[message.chat_id] = deque((message,))
                self._ready[message.endpoint].append(message.chat_id)
            else:
                queue.append(message)
        self.wake()

    def _known(self) -> set[str]:
        """The ids of what is on its way here, or is not written yet."""
        return {message.id for queue in self._queues.values() for message in queue} | self.unwritten.messages

    def wake(self) -> None:
        """Send what can be sent."""
        while not self._closed and len(self._tasks) < AT_ONCE and (chat_id := self._next_chat()) is not None:
            task = asyncio.create_task(self._deliver(chat_id))
            self._tasks[task] = chat_id
            task.add_done_callback(self._finished)

    async def drain(self, timeout: float) -> bool:  # noqa: ASYNC109 - the caller says how long shutdown may take
        """Wait until everything is sent, sending is paused, or `timeout` seconds are over. Whether all is sent."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while self._queues and (self._gate.open or self._tasks):
                    self._moved.clear()
                    await self._moved.wait()
        return not self._queues

    async def close(self, within: float = 4.0) -> None:
        """Start nothing new, let what is being sent end, and write the results; where that cannot be, say so.

        `within` seconds: half of them for calls, which are broken off then as a kill would do it.
        """
        self._closed = True
        for timer in (*self._timers.values(), *filter(None, (self._probe_timer,))):
            timer.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within / 2)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self._withhold()
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        try:
            async with asyncio.timeout(within / 2):
                await self.unwritten.flush()
        except Exception as error:  # noqa: BLE001 - the database is away; what says `sending` is taken for doubtful
            _log.warning("outbox.not_written", error=type(error).__name__)

    def _next_chat(self) -> str | None:
        if not self._gate.open:
            loop = asyncio.get_running_loop()
            if loop.time() < self._gate.shut_until:
                self._probe_later(loop)
                return None
            if self._tasks:
                return None  # one probe at a time
        for ready in self._ready.values():
            if ready:
                return ready.popleft()
        return None

    def _probe_later(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._probe_timer is None:
            self._probe_timer = loop.call_at(self._gate.shut_until + 0.001, self._probe)

    def _probe(self) -> None:
        # Forgotten first: uvloop's timers come up to a millisecond early, and then another is needed.
        self._probe_timer = None
        self.wake()

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task)
        self._moved.set()
        self.wake()

    async def _deliver(self, chat_id: str) -> None:
        queue = self._queues[chat_id]
        try:
            delay = await self.attempts.step(queue)
        except Exception as error:  # noqa: BLE001 - the database is away; the message stays first
            _log.warning("outbox.step_failed", error=type(error).__name__)
            delay = 1.0
        if chat_id in self._moved_away:
            self._forget(chat_id)
        elif not queue:
            del self._queues[chat_id]
        elif delay:
            self._later(delay, chat_id)
        else:
            self._ready[queue[0].endpoint].append(chat_id)

    def _later(self, delay: float, chat_id: str) -> None:
        def again() -> None:
            del self._timers[chat_id]
            self._ready[self._queues[chat_id][0].endpoint].append(chat_id)
            self.wake()

        self._timers[chat_id] = asyncio.get_running_loop().call_later(delay, again)

    def _withhold(self) -> None:
        """Say of what was never tried that it was not."""
        for queue in self._queues.values():
            for message in queue:
                if message.state == "sending" and not message.attempts and not message.doubtful:
                    message.state = "waiting"
                    self.unwritten.note(message)
