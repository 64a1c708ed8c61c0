"""Asking a JetStream consumer for one message after the other, without leaving one in the air.

nats-py's own way drops what the server hands out in the moment in which nobody asks any more, and until `ack_wait` is
over nobody else is given it, nor anything behind it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import msgspec
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError
from nats.js.api import Header, StatusCode
from nats.js.errors import APIError

_SAID_WITHIN = 0.5
"""Seconds after its end in which the server says of a question that nothing has come."""
_ON_ITS_WAY = 0.2
"""Seconds."""

Pull = Callable[[], Awaitable[Msg | None]]


class Pulls:
    """What asks the consumers of a stream. A question cannot be taken back, so it is listened to until its answer."""

    def __init__(self, stream: str, seconds: float) -> None:
        """`seconds` of one question: who asks waits so long for a message."""
        self._stream = stream
        self._seconds = seconds
        self._unanswered: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def of(self, client: Client, consumer: str) -> AsyncIterator[Pull]:
        """What waits for the next message, None when none came for a while; it raises NatsError.

        What is handed out after the end, or where a wait was cancelled, goes back to the stream.
        """
        inbox = client.new_inbox()
        asked = f"$JS.API.CONSUMER.MSG.NEXT.{self._stream}.{consumer}"
        request = msgspec.json.encode({"batch": 1, "expires": int(self._seconds * 1e9)})
        answered = asyncio.Event()
        answered.set()
        waiting: asyncio.Future[Msg] = asyncio.get_running_loop().create_future()
        waiting.cancel()

        async def handed_out(message: Msg) -> None:
            answered.set()
            if waiting.done():
                await given_back(message)
            else:
                waiting.set_result(message)

        async def pull() -> Msg | None:
            nonlocal waiting
            waiting = asyncio.get_running_loop().create_future()
            answered.clear()
            try:
                await client.publish(asked, request, reply=inbox)
                await asyncio.wait([waiting], timeout=self._seconds + _SAID_WITHIN)
            except asyncio.CancelledError:
                if waiting.done():
                    await given_back(waiting.result())
                raise
            finally:
                waiting.cancel()
            if waiting.cancelled():
                return None
            message = waiting.result()
            match _status(message):
                case None:
                    return message
                case StatusCode.REQUEST_TIMEOUT:
                    return None
                case _:
                    raise APIError.from_msg(message)

        subscription = await client.subscribe(inbox, cb=handed_out)
        try:
            yield pull
        finally:
            task = asyncio.create_task(self._end(subscription, answered))
            self._unanswered.add(task)
            task.add_done_callback(self._unanswered.discard)

    async def close(self) -> None:
        """Wait for the answers that are on their way: where something is to be handed out they come at once."""
        if self._unanswered:
            _, silent = await asyncio.wait(self._unanswered, timeout=_ON_ITS_WAY)
            for task in silent:
                task.cancel()
            await asyncio.gather(*silent, return_exceptions=True)

    async def _end(self, subscription: Subscription, answered: asyncio.Event) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(answered.wait(), self._seconds)
        with suppress(NatsError):
            await subscription.unsubscribe()


async def given_back(message: Msg) -> None:
    """Let the stream hand it to whoever asks next."""
    if _status(message) is None:
        with suppress(NatsError):
            await message.nak()


def _status(message: Msg) -> str | None:
    return (message.headers or {}).get(Header.STATUS)
