"""The queue of several processes: a NATS JetStream work queue with a subject for each partition of the chats.

Who puts needs NATS alone. Who takes holds partitions (`bot.queue.leases`) and pulls one event of each at a time, so
that a person's events keep their order across processes; an event leaves the stream once it is settled.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

import msgspec
import structlog
from msgspec.structs import replace
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig
from nats.js.errors import NotFoundError

from bot.queue.embedded import PAUSES
from bot.queue.partitions import partition_of
from bot.queue.pulling import Pull, Pulls, given_back
from bot.queue.seam import Arrival, Depth, Settled, Undurable
from bot.queue.stream import make_stream

STREAM = "RAINGAN"
ACKNOWLEDGED_WITHIN = 1.5
"""Seconds for the stream to say that it has an event: LINE waits two for its 200."""
ACK_WAIT = 5.0
"""Seconds after which NATS hands an event to somebody else, unless its holder says that it is still at it."""
PULLS_FOR = 5.0
"""Seconds of one pull: as long may an event wait after NATS came back."""
_TRIES_AGAIN_AFTER = 0.5
_LOOKS_EVERY = 2.0
"""Seconds from one look at the stream to the next: as long may readiness be wrong where nobody writes."""
_SPREADS_EVERY = 60.0
"""Seconds between two tries to keep the stream three times, while the cluster is not whole."""

_log = structlog.get_logger()
_encoder, _decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Arrival)


@dataclass(slots=True)
class _Taken:
    """An arrival on its way through this process; `ended` once it is settled for good, False when it is put back."""

    arrival: Arrival
    ended: asyncio.Future[bool]
    failures: int = 0


class JetStreamQueue:
    """`bot.queue.seam.Queue` over NATS JetStream."""

    def __init__(
        self, url: str, *, stream: str = STREAM, pauses: tuple[float, ...] = PAUSES, ack_wait: float = ACK_WAIT
    ) -> None:
        """`url`: one address or several with commas between them. `pauses` in seconds; the last one repeats."""
        self._servers = [each.strip() for each in url.split(",")]
        self._stream = stream
        self._pauses = pauses
        self._ack_wait = ack_wait
        self._client = Client()
        self._jetstream: JetStreamContext | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._answers = False
        """Whether the stream answered when it was last asked for anything."""
        self._pulls = Pulls(stream, PULLS_FOR)
        self._feeds: dict[int, asyncio.Task[None]] = {}
        self._gates: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        """One arrival of a partition at a time, wherever it comes from."""
        self._left: dict[int, int] = defaultdict(int)
        """How many events of a partition the stream held behind the one it handed out last."""
        self._restoring: dict[str, asyncio.Task[None]] = {}
        self._taken: dict[str, _Taken] = {}
        self._ready: dict[str, None] = {}
        self._arrived = asyncio.Event()
        self._closed = False

    async def open(self) -> None:
        """Begin to connect, which goes on until it succeeds: a server that is away stops no start."""
        self._connecting = asyncio.create_task(self._connect())

    @property
    def connected(self) -> bool:
        """Whether events can be put now."""
        return self._answers and self._client.is_connected

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Return once the stream has every arrival; raise Undurable when that cannot be said within 1.5 seconds."""
        jetstream = self._jetstream
        if self._closed or jetstream is None or not self._client.is_connected:
            raise Undurable
        by_partition: dict[int, list[Arrival]] = defaultdict(list)
        for arrival in sorted(arrivals, key=lambda each: (each.occurred_at, each.id)):
            by_partition[partition_of(arrival.chat_id)].append(arrival)
        try:
            async with asyncio.timeout(ACKNOWLEDGED_WITHIN):
                await asyncio.gather(*(self._put(jetstream, number, each) for number, each in by_partition.items()))
        except (NatsError, TimeoutError, OSError) as error:
            self._answers = False
            _log.warning("queue.cannot_put", error=type(error).__name__)
            raise Undurable from error
        self._answers = True

    async def _put(self, jetstream: JetStreamContext, partition: int, arrivals: Sequence[Arrival]) -> None:
        for arrival in arrivals:
            await jetstream.publish(
                f"{self._stream}.{partition}",
                _encoder.encode(arrival),
                timeout=ACKNOWLEDGED_WITHIN,
                headers={"Nats-Msg-Id": arrival.id},
            )

    def assign(self, partitions: Collection[int]) -> None:
        """Begin to hand out what these hold: they are this process's now."""
        for partition in partitions:
            if partition not in self._feeds and not self._closed:
                self._feeds[partition] = asyncio.create_task(self._feed(partition))

    async def withdraw(self, partitions: Collection[int], *, at_once: bool = False) -> None:
        """Hand out nothing more of these, and wait for what was taken; `at_once`: they are somebody else's already."""
        feeds = [self._feeds.pop(each) for each in partitions if each in self._feeds]
        for taken in list(self._taken.values()):
            if partition_of(taken.arrival.chat_id) in partitions and (at_once or taken.arrival.id in self._ready):
                self._put_back(taken)
        for feed in feeds:
            feed.cancel()
        if feeds:
            await asyncio.wait(feeds)

    def restore(self, arrivals: Iterable[Arrival]) -> None:
        """Take up those stored arrivals whose partition is held here; the others are another process's."""
        for arrival in sorted(arrivals, key=lambda each: (each.occurred_at, each.id)):
            held = partition_of(arrival.chat_id) in self._feeds
            if held and arrival.id not in self._taken and arrival.id not in self._restoring and not self._closed:
                task = self._restoring[arrival.id] = asyncio.create_task(self._restored(arrival))
                task.add_done_callback(partial(self._no_longer_restoring, arrival.id))

    def _no_longer_restoring(self, arrival_id: str, _task: asyncio.Task[None]) -> None:
        del self._restoring[arrival_id]

    async def take(self, most: int) -> Sequence[Arrival]:
        """Wait for a group: at most one arrival a partition; empty once the queue is closed."""
        while not self._closed:
            if self._ready:
                names = list(self._ready)[:most]
                for name in names:
                    del self._ready[name]
                return [self._taken[name].arrival for name in names]
            self._arrived.clear()
            await self._arrived.wait()
        return ()

    async def settle(self, outcomes: Mapping[str, Settled]) -> None:
        """Say what became of the taken arrivals, by arrival id."""
        for name, settled in outcomes.items():
            taken = self._taken.get(name)
            if taken is None:
                continue  # its partition is somebody else's by now, who finds it handled
            match settled:
                case Settled.HANDLED | Settled.DUPLICATE | Settled.SET_ASIDE:
                    taken.ended.set_result(True)
                    del self._taken[name]
                case Settled.RETRY:
                    taken.arrival = replace(taken.arrival, attempts=taken.arrival.attempts + 1)
                    self._again(taken)
                case Settled.DEFERRED:
                    self._offer(taken)

    async def fail(self, arrivals: Sequence[Arrival]) -> None:
        """Nothing of the group was committed; the stream still has it, and it is taken again after a pause."""
        for arrival in arrivals:
            taken = self._taken.get(arrival.id)
            if taken is not None:
                self._again(taken)

    async def close(self) -> None:
        """Hand out nothing more, wait for what was taken, and leave the rest to the stream."""
        self._closed = True
        self._arrived.set()
        await self.withdraw(list(self._feeds))
        for task in list(self._restoring.values()):
            task.cancel()
        await self._pulls.close()
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.wait([self._connecting])
        # One that never came to be connected has nothing to close, and nats-py asserts that it has.
        if self._client.is_connected or self._client.is_reconnecting:
            with suppress(NatsError, TimeoutError, OSError):
                await self._client.close()

    def behind(self, chat_id: str) -> bool:
        """Whether the chat's partition has something taken, or had more behind it when that was handed out."""
        partition = partition_of(chat_id)
        return self._gates[partition].locked() or self._left[partition] > 0

    async def depth(self) -> Depth:
        """What the stream holds, whichever process it waits for. Raises NatsError or TimeoutError."""
        if self._jetstream is None:
            raise TimeoutError
        state = (await self._jetstream.stream_info(self._stream)).state
        if not state.messages:
            return Depth(0, None)
        with suppress(NotFoundError, msgspec.MsgspecError):  # handled in this very moment, or not ours
            first = await self._jetstream.get_msg(self._stream, seq=state.first_seq)
            return Depth(state.messages, _decoder.decode(first.data or b"").received_at)
        return Depth(state.messages, None)

    # ── connection ──────────────────────────────────────────────────────────────────────────────────────────────────
    async def _connect(self) -> None:
        while self._jetstream is None:
            try:
                if not self._client.is_connected:
                    self._client = Client()
                    await self._client.connect(
                        self._servers,
                        name="raingan",
                        error_cb=_noted,
                        reconnect_time_wait=1,
                        max_reconnect_attempts=-1,
                        ping_interval=5,
                        connect_timeout=2,
                    )
                jetstream = self._client.jetstream(timeout=5)
                spread = await make_stream(jetstream, self._stream)
                self._jetstream = jetstream
            except (NatsError, TimeoutError, OSError) as error:
                _log.warning("queue.cannot_connect", error=type(error).__name__)
                await asyncio.sleep(_TRIES_AGAIN_AFTER)
        self._answers = True
        _log.info("queue.connected")
        await self._watch(jetstream, spread=spread)

    async def _watch(self, jetstream: JetStreamContext, *, spread: bool) -> None:
        """Know whether the stream answers, also where nobody writes; make it anew when it is gone, spread it later."""
        spreads_at = time.monotonic() + _SPREADS_EVERY
        while True:
            await asyncio.sleep(_LOOKS_EVERY)
            try:
                async with asyncio.timeout(ACKNOWLEDGED_WITHIN):
                    await jetstream.stream_info(self._stream)
                if not spread and time.monotonic() >= spreads_at:
                    spreads_at = time.monotonic() + _SPREADS_EVERY
                    spread = await make_stream(jetstream, self._stream)
                self._answers = True
            except NotFoundError:
                _log.error("queue.stream_gone")
                with suppress(NatsError, TimeoutError, OSError):
                    spread = await make_stream(jetstream, self._stream)
            except (NatsError, TimeoutError, OSError):
                self._answers = False

    # ── from the stream to the worker ───────────────────────────────────────────────────────────────────────────────
    async def _feed(self, partition: int) -> None:
        """Pull one event after the other, each when the one before it is settled, until it is withdrawn."""
        me = asyncio.current_task()
        while self._feeds.get(partition) is me:
            try:
                async with self._pulling(partition) as pull:
                    message = None
                    while self._feeds.get(partition) is me:
                        message = message or await pull()
                        if message is None:
                            continue
                        self._left[partition] = message.metadata.num_pending or 0
                        ended, settled = await self._through(partition, message), message
                        message = None
                        if ended and self._feeds.get(partition) is me:
                            message = await self._next(settled, pull)
                        elif ended:
                            await settled.ack_sync(timeout=self._ack_wait)
                    if message is not None:  # withdrawn while it waited for an answer that came all the same
                        await given_back(message)
            except (NatsError, TimeoutError, OSError) as error:
                _log.info("queue.cannot_pull", error=type(error).__name__)
                await asyncio.sleep(_TRIES_AGAIN_AFTER)

    @asynccontextmanager
    async def _pulling(self, partition: int) -> AsyncIterator[Pull]:
        """A pull for the next message, None when there was none for a while. Raises NatsError."""
        while self._jetstream is None:  # noqa: ASYNC110 - it is made once, by a task that has no one else to tell
            await asyncio.sleep(0.05)
        jetstream, name = self._jetstream, f"partition-{partition}"
        config = ConsumerConfig(
            durable_name=name,
            filter_subject=f"{self._stream}.{partition}",
            ack_policy=AckPolicy.EXPLICIT,
            ack_wait=self._ack_wait,
            max_ack_pending=1,
            max_deliver=-1,
        )
        await jetstream.add_consumer(self._stream, config)
        async with self._pulls.of(self._client, name) as pull:
            yield pull

    async def _next(self, message: Msg, pull: Pull) -> Msg | None:
        """What comes behind a message, asked for while the stream hears that this one is settled: it waits for that.

        If the acknowledgement is lost, the event comes again and the database knows it.
        """
        acknowledged = asyncio.ensure_future(message.ack_sync(timeout=self._ack_wait))
        found = None
        try:
            await asyncio.sleep(0)  # it is under way before anything can break this off
            found = await pull()
            await acknowledged
        except BaseException:
            acknowledged.cancel()
            if found is not None:
                await given_back(found)
            await asyncio.gather(acknowledged, return_exceptions=True)
            raise
        return found  # nothing is awaited in between: it would be lost where this is broken off

    async def _through(self, partition: int, message: Msg) -> bool:
        """One message from here until it is settled: whether for good. It goes back to the stream when not."""
        try:
            arrival = _decoder.decode(message.data)
        except msgspec.MsgspecError:
            _log.error("queue.unreadable", partition=partition)
            await message.term()
            return False
        still_at_it = asyncio.create_task(_still_at_it(message, self._ack_wait / 3))
        ended = False
        try:
            async with self._gates[partition]:
                ended = await self._handled(arrival)
        finally:
            still_at_it.cancel()
            if not ended:
                with suppress(NatsError):
                    await message.nak()
        return ended

    async def _restored(self, arrival: Arrival) -> None:
        partition = partition_of(arrival.chat_id)
        async with self._gates[partition]:
            if partition in self._feeds:  # else it became another process's while this waited
                await self._handled(arrival)

    async def _handled(self, arrival: Arrival) -> bool:
        """Offer it to the worker; whether it was settled for good."""
        ended: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        taken = self._taken[arrival.id] = _Taken(arrival, ended)
        self._offer(taken)
        # Shielded: what a worker has taken is waited for, even when its partition is being given up.
        try:
            return await asyncio.shield(ended)
        except asyncio.CancelledError:
            await asyncio.wait([ended])
            if not ended.result():
                raise
            return True

    def _offer(self, taken: _Taken) -> None:
        if self._closed:
            self._put_back(taken)
            return
        self._ready[taken.arrival.id] = None
        self._arrived.set()

    def _again(self, taken: _Taken) -> None:
        """Offer it once more after a pause, or leave it to the stream where its partition is no longer held here."""
        if partition_of(taken.arrival.chat_id) not in self._feeds:
            self._put_back(taken)
            return
        seconds = self._pauses[min(taken.failures, len(self._pauses) - 1)]
        taken.failures += 1
        asyncio.get_running_loop().call_later(seconds, self._offer_again, taken)

    def _offer_again(self, taken: _Taken) -> None:
        if self._taken.get(taken.arrival.id) is taken:
            self._offer(taken)

    def _put_back(self, taken: _Taken) -> None:
        self._taken.pop(taken.arrival.id, None)
        self._ready.pop(taken.arrival.id, None)
        if not taken.ended.done():
            taken.ended.set_result(False)


async def _still_at_it(message: Msg, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        with suppress(NatsError):
            await message.in_progress()


async def _noted(error: Exception) -> None:
    _log.info("queue.nats", error=type(error).__name__)
