"""The loop between queue and conversations: take a group, have it handled in one commit, say what became of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

import structlog

from bot.durations import Durations
from bot.queue.seam import Arrival, Queue, Settled
from models.tables.chat import WebhookEvent

MOST = 32
"""Turns that share one commit. More would save it next to nothing, and who waits for it would wait twice as long."""
PATIENCE = 1.0
"""Seconds after which a person sees that their message is being worked on."""
_LOADING_SECONDS = 10
_SEEN_TO_BE_WAITING = 30.0
"""Seconds after which nobody watches the chat for the answer any more."""
_PAUSES = (0.1, 0.3, 1.0)
_RESTORE_EVERY = 3.0
_RESTORED_AT_ONCE = 500

_log = structlog.get_logger()

Handle = Callable[[Sequence[Arrival]], Awaitable[Mapping[str, Settled]]]
StartLoading = Callable[[str, int], Awaitable[None]]


class Worker:
    """Runs until its queue is closed, whatever a group does to it."""

    def __init__(
        self,
        queue: Queue,
        handle: Handle,
        start_loading: StartLoading,
        now: Callable[[], datetime],
    ) -> None:
        """`handle` commits a group and has its answers sent, or raises; `start_loading(chat_id, seconds)` may fail."""
        self._queue = queue
        self._handle = handle
        self._start_loading = start_loading
        self._now = now
        self.waited = Durations()
        """From the webhook to the turn, of first attempts."""
        self.settled: Counter[str] = Counter()
        """Turns by what became of them; `failed` when not even that could be stored."""
        self._failures = 0
        self._animations: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Handle groups until the queue hands out an empty one; no animation is waited for."""
        try:
            while group := await self._queue.take(MOST):
                try:
                    await self._turn(group)
                except Exception:  # noqa: BLE001 — logged, and the loop goes on
                    _log.exception("worker.stumbled", event_ids=[arrival.id for arrival in group])
                    await asyncio.sleep(_PAUSES[-1])
        finally:
            for animation in self._animations:
                animation.cancel()
            await asyncio.gather(*self._animations, return_exceptions=True)

    async def _turn(self, group: Sequence[Arrival]) -> None:
        patience = self._watch(group)
        try:
            outcomes = await self._handle(group)
        except Exception:  # noqa: BLE001 — logged, and the loop goes on
            _log.exception("worker.failed", event_ids=[arrival.id for arrival in group])
            self.settled["failed"] += len(group)
            await self._queue.fail(group)
            pause = _PAUSES[min(self._failures, len(_PAUSES) - 1)]
            self._failures += 1
            await asyncio.sleep(pause)
            return
        finally:
            for timer in patience:
                timer.cancel()
        self._failures = 0
        # Whatever was left unnamed is not known to be stored, and must not be taken for it.
        unnamed = [arrival for arrival in group if arrival.id not in outcomes]
        if unnamed:
            _log.error("worker.unnamed", event_ids=[arrival.id for arrival in unnamed])
            await self._queue.fail(unnamed)
        taken = {arrival.id for arrival in group}
        for settled in outcomes.values():
            self.settled[settled.value] += 1
        await self._queue.settle({name: settled for name, settled in outcomes.items() if name in taken})

    def _watch(self, group: Sequence[Arrival]) -> list[asyncio.TimerHandle]:
        """Timers that start the loading animation for whoever waits; groups and rooms have none."""
        loop = asyncio.get_running_loop()
        now = self._now()
        timers = []
        for arrival in group:
            age = (now - arrival.received_at).total_seconds()
            if not arrival.attempts:
                self.waited.add(age)
            if arrival.chat_id.startswith("U") and not arrival.attempts and age < _SEEN_TO_BE_WAITING:
                timers.append(loop.call_later(max(0.0, PATIENCE - age), self._animate, arrival))
        return timers

    def _animate(self, arrival: Arrival) -> None:
        task = asyncio.create_task(self._loading(arrival))
        self._animations.add(task)
        task.add_done_callback(self._animations.discard)

    async def _loading(self, arrival: Arrival) -> None:
        # A courtesy: a person whose answer comes without it has lost nothing.
        try:
            await self._start_loading(arrival.chat_id, _LOADING_SECONDS)
        except Exception as error:  # noqa: BLE001
            _log.info("worker.no_loading", event_id=arrival.id, error=error)


async def stored_arrivals(most: int = 1_000_000) -> list[Arrival]:
    """The events that the database holds and no turn has settled, oldest first; all of them unless told otherwise.

    They were left by a failed turn or a process that had too much to do, or put back by `python -m bot replay`.
    """
    rows = await WebhookEvent.filter(state="waiting").order_by("occurred_at", "id").limit(most)
    return [Arrival(row.id, row.chat_id, row.occurred_at, row.received_at, row.payload, row.attempts) for row in rows]


async def keep_restoring(queue: Queue, stop: asyncio.Event) -> None:
    """Take up stored arrivals at once and every three seconds, until `stop`: so a replay needs no restart.

    An arrival that the queue already has is left as it is, and one that was settled in between is found to be a
    duplicate when its turn comes.
    """
    while not stop.is_set():
        try:
            queue.restore(await stored_arrivals(_RESTORED_AT_ONCE))
        except Exception:  # noqa: BLE001 — logged, and the loop goes on
            _log.exception("worker.cannot_restore")
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _RESTORE_EVERY)
