"""The webhook answers bad input with the right status, loses nothing good, and logs nothing of a body."""

from __future__ import annotations

import asyncio
import base64
import hmac
import io
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.queue.embedded import EmbeddedQueue
from bot.queue.seam import Arrival, Settled
from bot.webhook import LARGEST_BODY, Webhook, signed
from tests import logged as log

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
USER = "U8e742f61d673b39c7fff3cecb7536ef0"
SAID = "ข้อความลับของผู้รายงาน"


def event(name: str, **changes: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "mode": "active",
        "timestamp": 1_795_312_800_123,
        "source": {"type": "user", "userId": USER},
        "webhookEventId": name,
        "deliveryContext": {"isRedelivery": False},
        "replyToken": "0f3779fba3b349968c5d07db31eab56f",
        "message": {"type": "text", "id": "1", "quoteToken": "q", "text": SAID},
    } | changes


def body(*events: Any) -> bytes:
    return json.dumps({"destination": USER, "events": events}, ensure_ascii=False).encode()


def sign(raw: bytes, secret: str = SECRET) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), raw, "sha256")).decode()


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged."""
    with log.logged(SECRET, level="debug") as text:
        yield text


class Bot:
    """The webhook on a loopback port, with a queue whose arrivals are handled as they come."""

    def __init__(self, url: str, webhook: Webhook) -> None:
        self.url = url
        self.webhook = webhook
        self.handled: list[str] = []
        self.outcome: Settled | None = Settled.HANDLED
        """None: nothing can be committed."""

    async def work(self, queue: EmbeddedQueue) -> None:
        while group := await queue.take(64):
            await self._end(queue, group)

    async def _end(self, queue: EmbeddedQueue, group: Sequence[Arrival]) -> None:
        if self.outcome is None:
            await queue.fail(group)
            return
        self.handled += [arrival.id for arrival in group]
        await queue.settle({arrival.id: self.outcome for arrival in group})

    async def post(self, raw: bytes, headers: dict[str, str] | None = None) -> int:
        headers = {"X-Line-Signature": sign(raw)} if headers is None else headers
        async with ClientSession() as session, session.post(self.url, data=raw, headers=headers) as answer:
            assert await answer.read() == b""
            return answer.status


@pytest.fixture
async def bot(logged: io.StringIO) -> AsyncIterator[Bot]:
    """A webhook, its queue and a worker."""
    queue = EmbeddedQueue()
    webhook = Webhook(SECRET, queue, lambda: datetime(2026, 11, 22, tzinfo=UTC))
    app = web.Application()
    app.router.add_post("/callback", webhook.handle)
    server = TestServer(app)
    await server.start_server()
    bot = Bot(str(server.make_url("/callback")), webhook)
    work = asyncio.create_task(bot.work(queue))
    yield bot
    await queue.close()
    await work
    await server.close()


def test_lines_own_vector() -> None:
    """Secret, body and signature from LINE's documentation."""
    raw = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    assert signed(SECRET.encode(), raw, "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=")
    assert not signed(SECRET.encode(), raw + b" ", "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=")


@pytest.mark.parametrize("name", ["x-line-signature", "X-Line-Signature", "X-LINE-SIGNATURE"])
async def test_a_signed_event_is_handled_before_the_200(bot: Bot, name: str) -> None:
    """The header's name comes in any case."""
    raw = body(event("a"))
    assert await bot.post(raw, {name: sign(raw)}) == 200
    assert bot.handled == ["a"]


async def test_the_consoles_verify_button_gets_its_200(bot: Bot) -> None:
    """No events is a webhook too."""
    assert await bot.post(body()) == 200


async def test_an_unsigned_body_is_400(bot: Bot) -> None:
    """No header at all: not LINE speaking."""
    assert await bot.post(body(event("a")), {}) == 400
    assert bot.handled == []


@pytest.mark.parametrize("signature", ["", "x", "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=", "ลายเซ็น"])
async def test_a_wrong_signature_is_401(bot: Bot, signature: str) -> None:
    """Whatever stands in the header, a non-ASCII text too."""
    assert await bot.post(body(event("a")), {"X-Line-Signature": signature}) == 401
    assert bot.handled == []


async def test_a_signature_of_another_channel_or_another_body_is_401(bot: Bot) -> None:
    """The raw bytes count: the same JSON with one blank more is another body."""
    raw = body(event("a"))
    assert await bot.post(raw, {"X-Line-Signature": sign(raw, "another secret")}) == 401
    assert await bot.post(raw + b" ", {"X-Line-Signature": sign(raw)}) == 401


async def test_over_one_mebibyte_is_413(bot: Bot) -> None:
    """With a length given and without one; exactly one mebibyte is still read."""
    raw = body(event("a"))
    full = raw + b" " * (LARGEST_BODY - len(raw))

    async def chunks(whole: bytes) -> AsyncIterator[bytes]:
        yield whole[: len(raw)]
        yield whole[len(raw) :]

    async def post(whole: bytes, data: Any) -> int:
        headers = {"X-Line-Signature": sign(whole)}
        async with ClientSession() as session, session.post(bot.url, data=data, headers=headers) as answer:
            return answer.status

    assert await post(full, io.BytesIO(full)) == 200
    assert await post(full + b" ", io.BytesIO(full + b" ")) == 413
    assert await post(full, chunks(full)) == 200
    assert await post(full + b" ", chunks(full + b" ")) == 413
    assert bot.handled == ["a", "a"]


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"{}", b'{"events":7}', b"\xff\xfe", SAID.encode()])
async def test_a_signed_body_that_is_no_webhook_is_400(bot: Bot, raw: bytes) -> None:
    """Malformed JSON, or JSON without a list of events."""
    assert await bot.post(raw) == 400


async def test_unknown_types_are_200_and_kept(bot: Bot) -> None:
    """What LINE invents tomorrow is taken in like everything else."""
    raw = body(
        event("a", type="membershipOfTomorrow"),
        event("b", message={"type": "hologram", "id": "1"}),
        event("c", mode="ofTomorrow"),
    )
    assert await bot.post(raw) == 200
    assert sorted(bot.handled) == ["a", "b", "c"]


async def test_one_bad_event_among_good_ones_loses_none_of_them(bot: Bot, logged: io.StringIO) -> None:
    """The good ones are handled, the bad ones counted and logged as a number."""
    raw = body(event("a"), {"type": SAID}, event("b", source={"type": "elsewhere"}), event("c"))
    assert await bot.post(raw) == 200
    assert sorted(bot.handled) == ["a", "c"]
    assert bot.webhook.ignored == 2
    assert [line["events"] for line in log.lines(logged) if line["event"] == "webhook.ignored"] == [2]


async def test_what_is_not_durable_is_503_and_handled_when_it_comes_again(bot: Bot) -> None:
    """LINE delivers again after a 503, and only then has the bot taken the event."""
    bot.outcome = None
    assert await bot.post(body(event("a"))) == 503
    bot.outcome = Settled.HANDLED
    assert await bot.post(body(event("a", deliveryContext={"isRedelivery": True}))) == 200
    assert bot.handled == ["a"]


async def test_nothing_of_a_body_is_logged(bot: Bot, logged: io.StringIO) -> None:
    """Neither what was said nor by whom, whatever became of the call; the event's id is."""
    good = body(event("01KAMVQ2E8N5V5C5V5C5V5C5V5"))
    await bot.post(good)
    await bot.post(good, {})
    await bot.post(good, {"X-Line-Signature": "wrong"})
    await bot.post(good + b"{")
    await bot.post(body({"type": SAID, "source": {"userId": USER}}))
    bot.outcome = None
    await bot.post(good)
    text = logged.getvalue()
    for forbidden in (SAID, json.dumps(SAID)[1:-1], USER, SECRET, sign(good), "0f3779fba3b349968c5d07db31eab56f"):
        assert forbidden not in text
    assert "01KAMVQ2E8N5V5C5V5C5V5C5V5" in text
    statuses = [json.loads(line).get("status") for line in text.splitlines()]
    assert [status for status in statuses if status] == [400, 401, 400]
