"""LINE as a process of its own, in both directions: it delivers webhooks and takes the calls that answer them.

Bare protocols on one loop, because what is measured must not wait for what measures. Run as `python -m bench.line`:
the port it listens on is its first line, then each line of its input is a `Load` and each line of its output a
`Measured`, both as JSON. A person is one chat: their texts are sent one after another, the next when the one before
has its 200 and its answer.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any, cast

import msgspec

from bot.simulator.state import TokenBucket

SECRET, TOKEN = "5e" * 16, "token-of-the-bench"
GIVEN_UP = 20.0
"""Seconds after which an answer is taken to be missing."""
REDELIVERED = 20
"""One event in so many is delivered a second time."""

_decode = msgspec.json.decode
_encode = msgspec.json.encode
_ACCEPTED = _encode({"sentMessages": [{"id": "461230966842064897", "quoteToken": "q"}]})
_LIMITED = b'{"message":"The API rate limit has been exceeded. Try again later."}'
PUSHES_PER_SECOND = 2_000
"""LINE's rate limit of the push endpoint."""
QUOTA = 1_000_000
"""Pushes a month: more than anybody measures."""
_ENDPOINTS = {b"/v2/bot/message/reply": "replyToken", b"/v2/bot/message/push": "to"}


class Person(msgspec.Struct):
    """A chat and what is typed in it, in order."""

    chat_id: str
    texts: list[str]


class Load(msgspec.Struct):
    """One run. `redeliver`: whether every twentieth event is delivered again after its answer."""

    ports: list[int]
    people: list[Person]
    in_flight: int
    delay_s: float = 0.0
    """What LINE takes to answer a call."""
    redeliver: bool = False
    every_s: float = 0.0
    """Seconds between two events that are delivered whatever became of those before, each person's in their order;
    0: the next as soon as one is answered. Then `in_flight` is how many connections there are to begin with."""
    seconds: float = 0.0
    """How long events are delivered so."""


class Measured(msgspec.Struct):
    """What became of a run; times in seconds."""

    seconds: float
    turns: list[float]
    """From delivering an event until it had its 200 and the call that answers it had its own."""
    acknowledged: list[float]
    """From delivering until the 200; the redeliveries included."""
    events: int = 0
    redelivered: int = 0
    replies: int = 0
    pushes: int = 0
    twice: int = 0
    """Reply tokens that were used a second time."""
    missing: int = 0
    """Events without an answer."""
    drained_s: float = 0.0
    """From the last delivery of a steady load to the last answer."""
    statuses: dict[str, int] = {}
    """Answers to a webhook call by status; 0 is none."""
    last: str = ""
    """The text of one answer, for a look at what was measured."""

    @property
    def void(self) -> str:
        """Why this run does not count; empty when it does."""
        faults = {
            "tokens used twice": self.twice,
            "events without an answer": self.missing,
            "statuses that are not 2xx": sum(n for status, n in self.statuses.items() if not status.startswith("2")),
            "answers pushed": self.pushes,
            "replies too few or too many": abs(self.replies - self.events),
        }
        return ", ".join(f"{count} {fault}" for fault, count in faults.items() if count)


class Pushed(msgspec.Struct):
    """What came of pushes since LINE began; `GET /pushes` asks."""

    accepted: int = 0
    people: int = 0
    """To how many different people."""
    limited: int = 0
    """Calls that were refused by the rate limit."""


class _Calls(asyncio.Protocol):
    """The Messaging API on one connection: calls are answered in order, each after the delay."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._read = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop has a class of its own

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head = self._read[:end]
            length = _content_length(head)
            if len(self._read) < end + 4 + length:
                return
            body, self._read = self._read[end + 4 : end + 4 + length], self._read[end + 4 + length :]
            self._called(head.split(b" ", 2)[1], body)

    def _called(self, path: bytes, body: bytes) -> None:
        field = _ENDPOINTS.get(path)
        if field is None:
            self._answer(b"200 OK", self._line.told(path))
            return
        call = _decode(body)
        if field == "to" and not self._line.rate.take():
            self._line.pushed.limited += 1
            self._answer(b"429 Too Many Requests", _LIMITED)
            return
        accepted = self._line.called(field, call[field], call["messages"])
        status, said = (
            (b"200 OK", _ACCEPTED) if accepted else (b"400 Bad Request", b'{"message":"Invalid reply token"}')
        )

        def answer() -> None:
            self._answer(status, said)
            self._line.answered(call[field])

        if self._line.delay:
            asyncio.get_running_loop().call_later(self._line.delay, answer)
        else:
            answer()

    def _answer(self, status: bytes, body: bytes) -> None:
        head = (
            b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nx-line-request-id: bench\r\nContent-Length: %d\r\n\r\n"
        )
        self._transport.write(head % (status, len(body)) + body)


class _Webhook(asyncio.Protocol):
    """One kept connection to the bot; a call at a time."""

    def __init__(self) -> None:
        self._read = b""
        self._status: asyncio.Future[int] | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop has a class of its own

    def data_received(self, data: bytes) -> None:
        self._read += data
        end = self._read.find(b"\r\n\r\n")
        if end >= 0 and len(self._read) >= end + 4 + _content_length(self._read[:end]):
            status, self._read = int(self._read[9:12]), b""
            self._told(status)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self._told(0)

    def _told(self, status: int) -> None:
        if self._status is not None and not self._status.done():
            self._status.set_result(status)

    async def call(self, body: bytes) -> int:
        """Post one webhook body; the status, 0 for a connection that broke."""
        if self._transport.is_closing():
            return 0
        self._status = asyncio.get_running_loop().create_future()
        signature = base64.b64encode(hmac.digest(SECRET.encode(), body, "sha256"))
        self._transport.write(
            b"POST /callback HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nx-line-signature: %b\r\n"
            b"User-Agent: LineBotWebhook/2.0\r\nContent-Length: %d\r\n\r\n%b" % (signature, len(body), body)
        )
        return await self._status


def _content_length(head: bytes) -> int:
    at = head.lower().find(b"content-length:")
    return int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


class Line:
    """The platform during one run."""

    def __init__(self) -> None:
        self.delay = 0.0
        self.measured = Measured(0.0, [], [])
        self.rate = TokenBucket(PUSHES_PER_SECOND)
        self.pushed = Pushed()
        self._pushed_to: set[str] = set()
        self._answers: dict[str, asyncio.Future[None]] = {}
        self._used: set[str] = set()
        self._number = time.time_ns() // 1_000_000 * 1_000_000
        """Event ids and message ids: later runs have higher ones."""

    def called(self, field: str, recipient: str, messages: list[dict[str, Any]]) -> bool:
        """Note a call; whether LINE takes it."""
        if field == "to":
            self.measured.pushes += 1
            self.pushed.accepted += 1
            self._pushed_to.add(recipient)
            return True
        if recipient in self._used:
            self.measured.twice += 1
            return False
        self._used.add(recipient)
        self.measured.replies += 1
        self.measured.last = str(messages[-1].get("text", ""))
        return recipient in self._answers

    def told(self, path: bytes) -> bytes:
        """What is answered to a question: the month's quota and its use, and to the bench what was pushed."""
        if path == b"/v2/bot/message/quota":
            return _encode({"type": "limited", "value": QUOTA})
        if path == b"/v2/bot/message/quota/consumption":
            return _encode({"totalUsage": self.pushed.accepted})
        if path == b"/pushes":
            self.pushed.people = len(self._pushed_to)
            return _encode(self.pushed)
        return b"{}"

    def answered(self, recipient: str) -> None:
        """The call's answer has left."""
        waiting = self._answers.get(recipient)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)

    async def run(self, load: Load) -> Measured:
        """Deliver a load; returns when the last answer is there or given up."""
        self.delay = load.delay_s
        self.measured = Measured(0.0, [], [])
        self._answers, self._used = {}, set()
        connections = deque([await self._connect(load.ports[n % len(load.ports)]) for n in range(load.in_flight)])
        begun = time.perf_counter()
        people = deque(load.people)
        if load.every_s:
            await self._steadily(load, connections)
        else:
            await asyncio.gather(*(self._slot(load, people, each) for each in connections))
        self.measured.seconds = time.perf_counter() - begun
        for each in connections:
            each._transport.close()  # noqa: SLF001 - the run's own
        return self.measured

    async def _steadily(self, load: Load, free: deque[_Webhook]) -> None:
        """Events at a steady pace, round and round the people, whether the bot keeps up or not."""
        rounds = zip(*(each.texts for each in load.people), strict=True)
        texts = [(load.people[n].chat_id, text) for each in rounds for n, text in enumerate(each)]
        begun, turns = time.perf_counter(), []
        for number, (chat_id, text) in enumerate(texts):
            due = begun + number * load.every_s
            if due > begun + load.seconds:
                break
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            turns.append(asyncio.create_task(self._steady(load, free, chat_id, text)))
            if number % 8 == 0:
                await asyncio.sleep(0)
        delivered = time.perf_counter()
        await asyncio.gather(*turns)
        self.measured.drained_s = time.perf_counter() - delivered

    async def _steady(self, load: Load, free: deque[_Webhook], chat_id: str, text: str) -> None:
        webhook = free.popleft() if free else await self._connect(load.ports[0])
        await self._turn(load, webhook, chat_id, text, lambda: free.append(webhook))

    async def _connect(self, port: int) -> _Webhook:
        _, webhook = await asyncio.get_running_loop().create_connection(_Webhook, "127.0.0.1", port)
        return webhook

    async def _slot(self, load: Load, people: deque[Person], webhook: _Webhook) -> None:
        """One of the turns in flight: a person's texts, then the next person's."""
        while people:
            person = people.popleft()
            for text in person.texts:
                await self._turn(load, webhook, person.chat_id, text)

    async def _turn(
        self,
        load: Load,
        webhook: _Webhook,
        chat_id: str,
        text: str,
        acknowledged: Callable[[], None] = lambda: None,
    ) -> None:
        loop = asyncio.get_running_loop()
        self._number += 1
        token = f"{self._number:032x}"
        event = _event(self._number, token, chat_id, text)
        answer = self._answers[token] = loop.create_future()
        self.measured.events += 1
        again = load.redeliver and self.measured.events % REDELIVERED == 0
        begun = time.perf_counter()
        await self._deliver(webhook, event)
        acknowledged()
        try:
            async with asyncio.timeout(load.seconds + GIVEN_UP):
                await answer
        except TimeoutError:
            self.measured.missing += 1
        else:
            self.measured.turns.append(time.perf_counter() - begun)
        if again:
            self.measured.redelivered += 1
            await self._deliver(webhook, event.replace(b'"isRedelivery":false', b'"isRedelivery":true'))

    async def _deliver(self, webhook: _Webhook, body: bytes) -> None:
        begun = time.perf_counter()
        status = str(await webhook.call(body))
        self.measured.acknowledged.append(time.perf_counter() - begun)
        self.measured.statuses[status] = self.measured.statuses.get(status, 0) + 1


def _event(number: int, token: str, chat_id: str, text: str) -> bytes:
    """A webhook body with one text message, as LINE writes it."""
    return _encode(
        {
            "destination": "U" + "0" * 32,
            "events": [
                {
                    "type": "message",
                    "message": {"type": "text", "id": str(number), "quoteToken": "q", "text": text},
                    "webhookEventId": f"{number:026d}",
                    "deliveryContext": {"isRedelivery": False},
                    "timestamp": time.time_ns() // 1_000_000,
                    "source": {"type": "user", "userId": chat_id},
                    "replyToken": token,
                    "mode": "active",
                }
            ],
        }
    )


async def _main() -> None:
    line = Line()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Calls(line), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    decode: Callable[[bytes], Load] = msgspec.json.Decoder(Load).decode
    while order := await asyncio.to_thread(sys.stdin.buffer.readline):
        print(_encode(await line.run(decode(order))).decode(), flush=True)


if __name__ == "__main__":
    import uvloop

    uvloop.run(_main())
