"""Delivery: what was committed goes to LINE, in order per chat, many chats at once, replies before pushes."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import structlog
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection

from bot import sql
from bot.backoff import backoff
from bot.database import writing
from bot.delivery import statements
from bot.delivery.outgoing import NOT_STORED, TOKEN_LIVES, Outgoing
from bot.durations import Durations
from bot.gate import Gate
from bot.line.client import Kind, Sent
from bot.line.limits import Endpoint
from bot.queue.partitions import ALL, Alone, Partitions, partition_of
from bot.reminders.refused import Refused, keep

AT_ONCE = 100
"""Chats that are sent to at the same time."""
PUSHES_TRIED = 10
"""A push without an answer is tried this often with its retry key, then set aside."""
RETRY_KEY_LIVES = timedelta(hours=24)
LATE = "late"
"""The error of a message whose `send_by` was over before it was tried: whoever wrote it may write it anew."""
_WRITE_AFTER = 0.2
"""Seconds that results wait for a group of turns to take them into its commit."""
_NEWER_STEPS_WITHIN = 0.5
"""Seconds that a push in a reply's place waits: after an outage a person's next turns follow at once."""
_HELD_AT_MOST = timedelta(minutes=1)
"""It waits longer while the queue has more of its chat, but no longer than this."""
_FIRST_DELAY, _LONGEST_DELAY = 0.5, 30.0
_LOOKS_EVERY = 2.0
"""Seconds between two looks for what other processes and the command line have written to be sent."""
_READ_AT_ONCE = 500
"""Messages that are read with their words by one statement, and rows that are looked through at a stretch."""
_MISSED_FOR = 15.0
"""Seconds after which a row that says `sending`, and is nothing this process knows of, is its own all the same."""
_SURE_AGAIN_WITHIN = 0.5
_FINISHED_WITHIN = 3.0
"""Seconds that what is on its way is given when its partition moves to another process."""

_log = structlog.get_logger()


class Line(Protocol):
    """What the outbox needs of `bot.line.client.LineClient`."""

    async def send(self, endpoint: Endpoint, body: bytes, retry_key: UUID | None) -> Sent:
        """Post a whole call's JSON; never raises for what LINE or the net does."""

    async def leave(self, chat_id: str) -> Sent:
        """Leave a group or room; never raises for what LINE or the net does."""


class Results:
    """What became of messages, not written yet: the newest state of each, and chats left without an answer."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[Any, ...]] = {}
        self.unanswered: dict[str, datetime] = {}
        self.refused: dict[str, Refused] = {}
        """Pushes that nobody asked for and that the quota did not reach for."""

    def __bool__(self) -> bool:
        return bool(self.rows or self.unanswered or self.refused)

    async def write(self, connection: BaseDBAsyncClient) -> None:
        """Write them in the caller's transaction."""
        await sql.write_all(connection, self.rows_to_write())
        await self.keep_refused(connection)

    def rows_to_write(self) -> list[sql.Rows]:
        """All but what the quota refused."""
        messages = [self.rows[name] for name in sorted(self.rows)]
        chats = [(self.unanswered[chat_id], chat_id) for chat_id in sorted(self.unanswered)]
        return [
            (statement, rows)
            for statement, rows in ((statements.SAVE_OUTGOING, messages), (statements.UNANSWERED, chats))
            if rows
        ]

    async def keep_refused(self, connection: BaseDBAsyncClient) -> None:
        """What the quota refused becomes a notice."""
        if self.refused:
            await keep(connection, self.refused)


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
        self._line = line
        self._now = now
        self._partitions = partitions or Alone()
        self._gate = gate or Gate()
        self._behind = behind
        self._queues: dict[str, deque[Outgoing]] = {}
        self._ready: dict[Endpoint, deque[str]] = {"reply": deque(), "push": deque()}
        self._tasks: dict[asyncio.Task[None], str] = {}
        self._moved_away: set[str] = set()
        """Chats that became another process's in the middle of a step."""
        self._put_meanwhile: set[str] = set()
        self._missed: dict[str, float] = {}
        """Rows that wait or are being sent and are not known here, since when (the loop's time)."""
        self._taking_up = asyncio.Lock()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._probe_timer: asyncio.TimerHandle | None = None
        self._results = Results()
        self._to_mark: list[Outgoing] = []
        self._marking = asyncio.Lock()
        self._flushing = asyncio.Lock()
        self._have_results = asyncio.Event()
        self._moved = asyncio.Event()
        self._beside: list[asyncio.Task[None]] = []
        self._closed = False
        self.ended: Counter[str] = Counter()
        """Messages that are done with, by their last state."""
        self.whole = Durations()
        """From the webhook to LINE's acceptance of the reply."""

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
        self._beside = [asyncio.create_task(self._write_results()), asyncio.create_task(self._keep_looking())]

    async def adopt(self, partitions: Collection[int]) -> None:
        """Take up what whoever held these partitions left behind."""
        while any(partition_of(chat_id) in partitions for chat_id in self._moved_away):
            self._moved.clear()
            await self._moved.wait()
        await self._take_up(["waiting", "sending"], partitions)

    async def look(self) -> None:
        """Take up what others have written for chats of this process: reminders, notices.

        So is, after a while, what a turn wrote whose commit succeeded without saying so: the database went away in it.
        """
        await self._take_up(["waiting", "sending"], ALL, sending_after=_MISSED_FOR)

    async def _take_up(self, states: list[str], partitions: Collection[int], *, sending_after: float = 0.0) -> None:
        async with self._taking_up:
            known = {message.id for queue in self._queues.values() for message in queue} | set(self._results.rows)
            self._put_meanwhile = known
            at, connection = asyncio.get_running_loop().time(), get_connection("default")
            missed: dict[str, float] = {}
            for number, row in enumerate(await sql.fetch(connection, statements.UNDELIVERED, states), 1):
                if number % _READ_AT_ONCE == 0:
                    await asyncio.sleep(0)  # a city's reminders wait: whoever writes meanwhile goes first
                name, chat_id = str(row["id"]), row["chat_id"]
                if name not in known and partition_of(chat_id) in partitions and self._partitions.owns(chat_id):
                    missed[name] = self._missed.get(name, at) if row["state"] == "sending" else at - sending_after
            self._missed = missed
            due = [name for name, since in missed.items() if at - since >= sending_after]
            for start in range(0, len(due), _READ_AT_ONCE):
                rows = await sql.fetch(connection, statements.UNDELIVERED_IN_FULL, due[start : start + _READ_AT_ONCE])
                self.put([_restored(row, self._now()) for row in rows if str(row["id"]) not in known])

    async def finish(self, partitions: Collection[int]) -> None:
        """Let what is on its way in these partitions end, for a few seconds, then let go of them."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_FINISHED_WITHIN):
                while any(partition_of(chat_id) in partitions for chat_id in self._queues):
                    self._moved.clear()
                    await self._moved.wait()
        self.lose(partitions)
        await self.flush()

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

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(_LOOKS_EVERY)
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - the database is away
                _log.warning("outbox.cannot_look", error=type(error).__name__)

    def put(self, messages: Iterable[Outgoing]) -> None:
        """Send these, which are committed, after whatever else waits for their chats."""
        for message in messages:
            self._put_meanwhile.add(message.id)
            if not self._partitions.owns(message.chat_id):
                # The chat became another process's since: never tried, it is found there.
                message.state = "waiting"
                self._record(message)
                continue
            queue = self._queues.get(message.chat_id)
            if queue is None:
                self._queues[message.chat_id] = deque((message,))
                self._ready[message.endpoint].append(message.chat_id)
            else:
                queue.append(message)
        self.wake()

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
                await self.flush()
        except Exception as error:  # noqa: BLE001 - the database is away; what says `sending` is taken for doubtful
            _log.warning("outbox.not_written", error=type(error).__name__)

    def take_results(self) -> Results:
        """What is to be written; the caller writes it in its transaction, or gives it back."""
        taken, self._results = self._results, Results()
        self._have_results.clear()
        return taken

    def give_back(self, results: Results) -> None:
        """The transaction failed: these are still to be written. What came since is newer."""
        if results:
            self._results.rows = {**results.rows, **self._results.rows}
            self._results.unanswered = {**results.unanswered, **self._results.unanswered}
            self._results.refused = {**results.refused, **self._results.refused}
            self._have_results.set()

    async def flush(self) -> None:
        """Write the results now, in a transaction of their own."""
        async with self._flushing:
            results = self.take_results()
            if not results:
                return
            try:
                async with writing() as connection:
                    await results.write(connection)
            except BaseException:
                self.give_back(results)
                raise

    async def _write_results(self) -> None:
        """Write what no group of turns took along. Shielded: a transaction is never cancelled half-way."""
        while True:
            await self._have_results.wait()
            await asyncio.sleep(_WRITE_AFTER)
            try:
                await asyncio.shield(asyncio.ensure_future(self.flush()))
            except Exception as error:  # noqa: BLE001 - the database is away; the results stay here
                _log.warning("outbox.not_written", error=type(error).__name__)
                await asyncio.sleep(1)

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
        if self._probe_timer is None or self._probe_timer.when() <= loop.time():
            self._probe_timer = loop.call_at(self._gate.shut_until + 0.001, self.wake)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task)
        self._moved.set()
        self.wake()

    async def _deliver(self, chat_id: str) -> None:
        """One step with the first message of a chat: an attempt, or a decision not to make one."""
        queue = self._queues[chat_id]
        try:
            delay = await self._step(queue)
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

    async def _step(self, queue: deque[Outgoing]) -> float:
        """Seconds until the chat's next step."""
        message, now = queue[0], self._now()
        if not self._partitions.holds(message.chat_id):
            return _SURE_AGAIN_WITHIN
        if message.token_died(now):
            if message.doubtful:
                return self._end(queue, "ambiguous", "ambiguous", unanswered=True)
            # By our clock, or that of the machine that took the event: LINE knows better, and its answer is free.
            if message.attempts or _is_superseded(queue):
                return self._push_instead(queue)
        if not message.reply_token and await self._given_up(queue, now):
            return 0.0
        if message.state == "waiting" and (message.reply_token or message.send_by is not None):
            await self._mark_sending(message)
        message.attempts += 1
        sent = await self._called(message)
        _log.info(
            "outbox.sent",
            event_id=message.event_id,
            outgoing_id=message.id,
            endpoint=message.endpoint,
            outcome=sent.kind.value,
            status=sent.status,
            request_id=sent.request_id,
        )
        return self._after(queue, sent)

    async def _given_up(self, queue: deque[Outgoing], now: datetime) -> bool:
        """Whether the push that is first is not worth sending any more; it is set aside then."""
        message = queue[0]
        why, unanswered = "", False
        if _is_superseded(queue) and now - message.created_at > TOKEN_LIVES:
            why = "superseded"
        elif now - message.created_at > RETRY_KEY_LIVES:
            why, unanswered = "too old", True
        else:
            rows = await sql.fetch(get_connection("default"), statements.BLOCKED, message.chat_id)
            if rows and rows[0]["blocked_at"] is not None:
                why = "blocked"
            elif message.send_by is not None and message.state == "waiting" and now > message.send_by:
                why = LATE
        if why:
            self._end(queue, "set_aside", why, unanswered=unanswered)
        return bool(why)

    async def _called(self, message: Outgoing) -> Sent:
        if message.leaves:
            return await self._line.leave(message.chat_id)
        key = None if message.reply_token else message.retry_key
        return await self._line.send(message.endpoint, message.body, key)

    def _after(self, queue: deque[Outgoing], sent: Sent) -> float:
        message = queue[0]
        self._heed(sent)
        match sent.kind:
            case Kind.ACCEPTED | Kind.ALREADY_ACCEPTED:
                return self._end(queue, "sent", "", sent)
            case Kind.INVALID_TOKEN if message.reply_token:
                if message.doubtful:  # spent by the attempt whose answer was lost: it arrived
                    return self._end(queue, "sent", "", sent)
                message.token_expires_at, message.state = self._now(), "waiting"
                self._record(message)
                return self._push_instead(queue)
            case Kind.AMBIGUOUS:
                return self._after_silence(queue, sent)
            case Kind.UNREACHABLE | Kind.RATE_LIMITED:
                return backoff(message.attempts - 1, _FIRST_DELAY, _LONGEST_DELAY)
            case Kind.UNAUTHORISED:
                if not message.doubtful:
                    message.state = "waiting"
                    self._record(message)
                return 0.0
            case _:
                if sent.kind is Kind.QUOTA_USED_UP and not message.event_id:
                    self._results.refused[message.id] = Refused.of(message, self._now())
                reason = f"{sent.kind.value} {sent.status}: {sent.message}"
                return self._end(queue, "set_aside", reason, sent, unanswered=True)

    def _after_silence(self, queue: deque[Outgoing], sent: Sent) -> float:
        """LINE may have taken it: a reply is tried on its own token while that lives, a push with its retry key."""
        message = queue[0]
        message.doubtful = True
        delay = backoff(message.attempts - 1, _FIRST_DELAY, _LONGEST_DELAY)
        if message.reply_token:
            expires = message.token_expires_at
            if expires is not None and self._now() + timedelta(seconds=delay) >= expires:
                return self._end(queue, "ambiguous", "ambiguous", sent, unanswered=True)
        elif message.attempts >= PUSHES_TRIED:
            return self._end(queue, "set_aside", "no answer", sent, unanswered=True)
        return delay

    def _heed(self, sent: Sent) -> None:
        """Let the gate know, and when it shuts, say of what was never tried that it was not."""
        was_open, at = self._gate.open, asyncio.get_running_loop().time()
        if sent.kind is Kind.UNAUTHORISED:
            self._gate.refused(f"LINE answered {sent.status}", at)
        elif sent.kind in (Kind.AMBIGUOUS, Kind.UNREACHABLE):
            self._gate.unanswered(at)
        else:
            self._gate.answered()
        if was_open and not self._gate.open:
            _log.error("outbox.paused", status=sent.status, request_id=sent.request_id)
            self._withhold()
        elif self._gate.open and not was_open:
            _log.info("outbox.resumed")

    def _withhold(self) -> None:
        for queue in self._queues.values():
            for message in queue:
                if message.state == "sending" and not message.attempts and not message.doubtful:
                    message.state = "waiting"
                    self._record(message)

    def _push_instead(self, queue: deque[Outgoing]) -> float:
        """The token died unused. State matters, not history: of several steps only the newest is pushed."""
        message = queue[0]
        if _is_superseded(queue):
            return self._end(queue, "set_aside", "superseded")
        more_to_come = self._behind(message.chat_id) and self._now() - message.created_at < _HELD_AT_MOST
        if not message.held or more_to_come:
            message.held = True
            return _NEWER_STEPS_WITHIN
        if not message.chat_id.startswith("U"):
            return self._end(queue, "set_aside", "a group is not pushed to", unanswered=True)
        message.reply_token, message.token_expires_at = "", None
        message.attempts, message.state = 0, "sending"
        self._record(message)
        return 0.0

    def _end(
        self, queue: deque[Outgoing], state: str, error: str, sent: Sent | None = None, *, unanswered: bool = False
    ) -> float:
        message = queue.popleft()
        message.state = state
        self.ended[state] += 1
        if state == "sent" and message.received_at is not None:
            self.whole.add((self._now() - message.received_at).total_seconds())
        elif state != "sent":
            why = error.partition(":")[0]  # what follows it is LINE's own sentence
            _log.log(
                logging.WARNING if unanswered else logging.INFO,
                "outbox.undelivered",
                event_id=message.event_id,
                outgoing_id=message.id,
                endpoint=message.endpoint,
                state=state,
                why=why,
            )
        self._record(message, error, sent.request_id if sent else "", self._now())
        if unanswered:
            self._results.unanswered[message.chat_id] = self._now()
        return 0.0

    def _record(self, message: Outgoing, error: str = "", request_id: str = "", at: datetime | None = None) -> None:
        row = (message.state, message.stored_token, message.attempts, at, request_id[:100], error, message.id)
        self._results.rows[message.id] = row
        self._have_results.set()

    async def _mark_sending(self, message: Outgoing) -> None:
        """Commit that a reply is about to be tried, together with the others that are: a restart must not push it."""
        self._to_mark.append(message)
        async with self._marking:
            if message not in self._to_mark:
                return
            batch, self._to_mark = self._to_mark, []
            rows = [("sending", each.stored_token, each.attempts, None, "", "", each.id) for each in batch]
            try:
                async with writing() as connection:
                    await sql.write(connection, statements.SAVE_OUTGOING, rows)
            except BaseException:
                self._to_mark = [each for each in batch if each is not message] + self._to_mark
                raise
            for each in batch:
                each.state = "sending"
                self._results.rows.pop(each.id, None)


def _is_superseded(queue: deque[Outgoing]) -> bool:
    """Whether a newer step of the same chat waits behind the first message. What answers no event is no step."""
    first = queue[0].event_id
    return bool(first) and any(each.event_id not in ("", first) for each in queue)


def _restored(row: Any, now: datetime) -> Outgoing:
    return Outgoing(
        id=str(row["id"]),
        chat_id=row["chat_id"],
        event_id=row["event_id"],
        reply_token=row["reply_token"],
        token_expires_at=now if row["reply_token"] == NOT_STORED else sql.moment(row["token_expires_at"], now.tzinfo),
        retry_key=UUID(str(row["retry_key"])),
        messages=row["messages"],
        state=row["state"],
        created_at=sql.moment(row["created_at"], now.tzinfo) or now,
        position=row["position"],
        attempts=row["attempts"],
        send_by=sql.moment(row["send_by"], now.tzinfo),
        doubtful=row["state"] == "sending",
    )
