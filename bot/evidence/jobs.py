"""Fetching pictures: each waiting row is a job, tried until LINE gives the picture or says that it never will.

A job lives in the database alone. Whatever stops this process, the next one fetches again: the names in the store
follow from the row, and only a row that still waits is changed, so nothing happens twice.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import structlog
from tortoise.connection import get_connection

from bot import sql
from bot.backoff import backoff
from bot.database import writing
from bot.delivery.outbox import Outbox
from bot.delivery.statements import ADD_OUTGOING
from bot.evidence import statements
from bot.evidence.content import ContentClient, Fetched, Outcome
from bot.evidence.letting_go import abandon, let_go
from bot.evidence.loss import Tell, lost_message, told_by_report
from bot.evidence.names import picture_name, thumbnail_name
from bot.evidence.picture import CONTENT_TYPE, Cleaned, NotAPicture, clean
from bot.evidence.store import Store, StoreUnavailable
from bot.gate import Gate
from bot.queue.partitions import Alone, Partitions

AT_ONCE = 4
"""Pictures being fetched at the same time, each up to 10 MiB in memory."""
GIVE_UP_AFTER = timedelta(days=3)
"""LINE keeps content "for a certain period": what it has not given by then is taken for expired."""
LOOKS_EVERY = 2.0
"""Seconds between two looks for work that nobody called out."""
_FIRST_DELAY, _LONGEST_DELAY = 1.0, 300.0
_ABANDONS_EVERY = 3600.0
_CLEANED_AT_ONCE = 1  # unpacked, a picture of 50 megapixels takes 150 MB

_FINAL = {Outcome.UNSENT: "unsent", Outcome.EXPIRED: "expired", Outcome.TOO_LARGE: "too_large"}

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Job:
    id: str
    event_id: str
    """For the log alone; empty when the event has been purged."""
    chat_id: str
    message_id: str
    attempts: int
    created_at: datetime


class EvidenceWorker:
    """Runs until it is closed. `now` gives aware times; what is said about a lost picture leaves through `outbox`."""

    def __init__(
        self,
        content: ContentClient,
        store: Store,
        outbox: Outbox,
        now: Callable[[], datetime],
        tell: Tell,
        *,
        partitions: Partitions | None = None,
        gate: Gate | None = None,
        first_delay: float = _FIRST_DELAY,
        new_id: Callable[[], UUID] = uuid4,
    ) -> None:
        """`first_delay`: seconds before the second try, doubled from try to try. `gate` says when LINE refuses us.

        `partitions`: whose pictures are fetched by this process.
        """
        self._content = content
        self._store = store
        self._outbox = outbox
        self._now = now
        self._tell = tell
        self._partitions = partitions or Alone()
        self._gate = gate or Gate()
        self._first_delay = first_delay
        self._new_id = new_id
        self._not_before: dict[str, float] = {}
        self._chats: dict[str, asyncio.Task[None]] = {}
        self._fetching = asyncio.Semaphore(AT_ONCE)
        self._cleaning = asyncio.Semaphore(_CLEANED_AT_ONCE)
        self._woken = asyncio.Event()
        self._closed = asyncio.Event()
        self._store_refused = ""
        self._abandons_at = 0.0

    def reasons(self) -> list[str]:
        """Why pictures do not come in, for /readyz; empty while all is well."""
        paused = [f"pictures paused: {self._gate.paused}"] if self._gate.paused else []
        return [*paused, *([f"storage: {self._store_refused}"] if self._store_refused else [])]

    def wake(self) -> None:
        """Look for work now: a turn has just committed some."""
        self._woken.set()

    async def run(self) -> None:
        """Fetch what waits, let go of what was removed, until `close`."""
        while not self._closed.is_set():
            self._woken.clear()
            try:
                await self._start_what_is_due()
                await self._let_go()
            except StoreUnavailable as error:
                self._store_refused = str(error)
            except Exception:  # noqa: BLE001 - the database is away; the jobs stay
                _log.exception("evidence.stumbled")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), self._pause())

    async def close(self) -> None:
        """Start nothing new, break off what LINE is still sending, and let the rest end."""
        self._closed.set()
        self._woken.set()
        while self._chats:
            await asyncio.wait(self._chats.values())

    async def _let_go(self) -> None:
        at = asyncio.get_running_loop().time()
        if at >= self._abandons_at:
            await abandon(self._now())
            self._abandons_at = at + _ABANDONS_EVERY
        if await let_go(self._store):
            self._store_refused = ""  # it may have been a delete that failed, and no picture comes to say it is well

    def _pause(self) -> float:
        """Seconds until the next look: sooner when a job's next try comes sooner."""
        now = asyncio.get_running_loop().time()
        later = [at - now for at in (*self._not_before.values(), self._gate.shut_until) if at > now]
        return max(0.01, min([LOOKS_EVERY, *later]))

    async def _start_what_is_due(self) -> None:
        at = asyncio.get_running_loop().time()
        if not self._gate.open and (at < self._gate.shut_until or self._chats):
            return
        rows = await sql.fetch(get_connection("default"), statements.WAITING)
        if self._closed.is_set():
            return
        jobs = [_job(row, self._now()) for row in rows if self._partitions.holds(row["chat_id"])]
        waiting = {job.id for job in jobs}
        self._not_before = {name: time for name, time in self._not_before.items() if name in waiting}
        by_chat: defaultdict[str, list[_Job]] = defaultdict(list)
        for job in jobs:
            if job.chat_id not in self._chats and self._not_before.get(job.id, 0.0) <= at:
                by_chat[job.chat_id].append(job)
        # While LINE refuses our token, one probe at a time.
        most_chats, most_jobs = (None, None) if self._gate.open else (1, 1)
        for chat_id, found in list(by_chat.items())[:most_chats]:
            task = asyncio.create_task(self._chat(chat_id, found[:most_jobs]))
            self._chats[chat_id] = task
            task.add_done_callback(partial(self._chat_done, chat_id))

    def _chat_done(self, chat_id: str, _task: asyncio.Task[None]) -> None:
        del self._chats[chat_id]
        self._woken.set()

    async def _chat(self, chat_id: str, jobs: Sequence[_Job]) -> None:
        """One try for each of a chat's pictures; those that are lost are told of in one message."""
        reasons = await asyncio.gather(*(self._one(job) for job in jobs))
        lost = [(job, reason) for job, reason in zip(jobs, reasons, strict=True) if reason]
        if not lost:
            return
        try:
            await self._record_lost(chat_id, lost)
        except Exception as error:  # noqa: BLE001 - the database is away; they are found lost again
            _log.warning("evidence.not_recorded", error=type(error).__name__)
            for job, _ in lost:
                self._later(job)

    async def _one(self, job: _Job) -> str:
        """One try. The reason when the picture is lost for good, empty when it is kept or will be tried again."""
        try:
            async with self._fetching:
                fetched = await self._unless_closed(job)
                if fetched is None:
                    return ""
                _log.info(
                    "evidence.fetched",
                    event_id=job.event_id,
                    picture_id=job.id,
                    outcome=fetched.outcome.value,
                    status=fetched.status,
                    request_id=fetched.request_id,
                )
                return await self._after(job, fetched)
        except StoreUnavailable as error:
            self._store_refused = str(error)
            _log.warning("evidence.not_stored", event_id=job.event_id, picture_id=job.id, error=str(error))
        except Exception as error:  # noqa: BLE001 - the database is away; the job stays
            _log.warning("evidence.failed", event_id=job.event_id, picture_id=job.id, error=type(error).__name__)
        self._later(job)
        return ""

    async def _unless_closed(self, job: _Job) -> Fetched | None:
        """What LINE gives, or None when closing comes first: then the next process fetches it."""
        fetching = asyncio.ensure_future(self._content.fetch(job.message_id))
        closing = asyncio.ensure_future(self._closed.wait())
        await asyncio.wait({fetching, closing}, return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()
        if not fetching.done():
            fetching.cancel()
        await asyncio.gather(fetching, closing, return_exceptions=True)
        return None if fetching.cancelled() else fetching.result()

    async def _after(self, job: _Job, fetched: Fetched) -> str:
        if fetched.outcome is Outcome.UNAUTHORISED:
            self._gate.refused(f"LINE answered {fetched.status}", asyncio.get_running_loop().time())
            return ""
        if fetched.status:
            self._gate.answered()
        if fetched.outcome is Outcome.HERE:
            return await self._keep(job, fetched.data)
        if fetched.outcome in _FINAL:
            return _FINAL[fetched.outcome]
        if self._now() - job.created_at > GIVE_UP_AFTER:
            return "expired"
        self._later(job)
        async with writing() as connection:
            await sql.run(connection, statements.ATTEMPTED, job.attempts + 1, job.id)
        return ""

    async def _keep(self, job: _Job, data: bytes) -> str:
        """Clean and store a picture, then say so in its row; a row removed meanwhile leaves nothing behind."""
        try:
            async with self._cleaning:
                cleaned = await asyncio.to_thread(clean, data)
        except NotAPicture as fault:
            _log.info("evidence.not_a_picture", event_id=job.event_id, picture_id=job.id, error=str(fault))
            return "not_a_picture"
        await self._store.put(picture_name(job.id), cleaned.data)
        await self._store.put(thumbnail_name(job.id), cleaned.thumbnail)
        self._store_refused = ""
        async with writing() as connection:
            # The report first, as a turn does that submits it: the two wait for each other, and never in a circle.
            await sql.fetch(connection, statements.LOCK_REPORT, job.id)
            kept = await sql.run(connection, statements.KEPT, *_row(job, cleaned))
            # Submitted while it was on its way: it becomes evidence only now.
            await sql.run(connection, statements.ADD_LATE_EVIDENCE, job.id)
        if not kept:
            await self._dispose(job)
        return ""

    async def _dispose(self, job: _Job) -> None:
        """Nobody wants it any more, unless another process kept it in this very moment: then it is the same file."""
        rows = await sql.fetch(get_connection("default"), statements.STATE, job.id)
        if not rows or rows[0]["state"] == "removed":
            await self._store.delete(picture_name(job.id))
            await self._store.delete(thumbnail_name(job.id))

    def _later(self, job: _Job) -> None:
        delay = backoff(job.attempts, self._first_delay, _LONGEST_DELAY)
        self._not_before[job.id] = asyncio.get_running_loop().time() + delay

    async def _record_lost(self, chat_id: str, lost: Sequence[tuple[_Job, str]]) -> None:
        """Store that they are lost together with the message that says so."""
        message = None
        async with writing() as connection:
            told = {
                job.id: reason
                for job, reason in lost
                if await sql.run(connection, statements.LOST, reason, job.attempts + 1, job.id)
            }
            # In a group LINE counts every member, and a forgotten person has no chat.
            if told and chat_id.startswith("U"):
                say = await told_by_report(connection, chat_id, told, self._tell)
                message = lost_message(say, chat_id, self._now(), self._outbox.state_for_new, self._new_id)
                await sql.write(connection, ADD_OUTGOING, [message.row()])
        if message is not None:
            self._outbox.put([message])


def _job(row: Any, now: datetime) -> _Job:
    created_at = sql.moment(row["created_at"], now.tzinfo) or now
    return _Job(str(row["id"]), row["event_id"] or "", row["chat_id"], row["message_id"], row["attempts"], created_at)


def _row(job: _Job, cleaned: Cleaned) -> tuple[Any, ...]:
    """As `statements.KEPT` takes it."""
    return (
        *(job.attempts + 1, CONTENT_TYPE, len(cleaned.data), cleaned.width, cleaned.height),
        *(hashlib.sha256(cleaned.data).hexdigest(), picture_name(job.id), job.id),
    )
