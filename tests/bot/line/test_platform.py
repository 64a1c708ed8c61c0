"""What is rendered is taken by the fake LINE platform, whose rules were written apart from ours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest
from aiohttp.test_utils import TestServer
from msgspec.structs import replace

from bot.clock import Clock
from bot.line.client import Kind, LineClient, Quota, new_session
from bot.line.render import render
from bot.simulator.faults import Fault
from bot.simulator.people import Person
from bot.simulator.platform import BOT_ID, Platform
from handlers.effects import Button, CardRow, Say
from tests.bot.line.test_cards import CARD, LONG_NAME

KEY = UUID("12345678-1234-5678-1234-567812345678")
PERSON = "U" + "1" * 32

LONG_CARD = replace(
    CARD,
    title=LONG_NAME,
    rows=tuple(CardRow(LONG_NAME) for _ in range(5)),
    alt=LONG_NAME * 6,
    buttons=(Button(LONG_NAME, "d" * 300), Button("แก้", "e", fill_in="12"), Button("หน้า", uri="https://example.th/")),
)
SAYS = [
    pytest.param([Say("สวัสดี")], id="text"),
    pytest.param([Say(buttons=tuple(Button(LONG_NAME, str(n)) for n in range(20)), cards=(CARD,))], id="13 buttons"),
    pytest.param([Say("ข้อความ", cards=(CARD,) * 14)], id="two carousels"),
    pytest.param([Say(cards=(LONG_CARD,))], id="long names"),
    pytest.param([Say(cards=(replace(CARD, share=None), replace(CARD, share=Decimal(0))))], id="no bar"),
    pytest.param([Say("จัดทำบรรณนิทัศน์ออนไลน์ " * 1_000)], id="long text"),
]


@pytest.fixture
async def platform() -> Platform:
    """A platform with one person."""
    return Platform(
        channel_secret="secret",
        access_token="token",
        clock=Clock(datetime(2027, 1, 5, tzinfo=UTC), UTC),
        people=[Person("นภา", id=PERSON)],
    )


@pytest.fixture
async def client(platform: Platform) -> AsyncIterator[LineClient]:
    """A client of `platform` over HTTP."""
    async with TestServer(platform.application()) as server, new_session() as session:
        made = LineClient(session, api_base_url=str(server.make_url("/")), access_token="token")
        yield made
        await made.aclose()


def _push(messages: list[dict[str, Any]]) -> bytes:
    return msgspec.json.encode({"to": PERSON, "messages": messages})


@pytest.mark.parametrize("says", SAYS)
async def test_the_platform_takes_and_shows_what_is_rendered(
    platform: Platform, client: LineClient, says: list[Say]
) -> None:
    """Every group is accepted, and the chat holds each message as it was made."""
    groups = render(says)
    for group in groups:
        sent = await client.send("push", _push(group), None)
        assert (sent.kind, sent.message) == (Kind.ACCEPTED, "")
        assert sent.request_id
    shown = [entry["message"] for entry in platform.chat(PERSON).entries]
    assert [message["type"] for message in shown] == [message["type"] for group in groups for message in group]


async def test_a_push_whose_answer_was_lost_is_known_by_its_key(platform: Platform, client: LineClient) -> None:
    """The second try is told that the first one arrived, and the person reads it once."""
    platform.faults.add("push", Fault(reset=True, after_accepting=True))
    body = _push(render([Say("สวัสดี")])[0])
    assert (await client.send("push", body, KEY)).kind is Kind.AMBIGUOUS
    assert (await client.send("push", body, KEY)).kind is Kind.ALREADY_ACCEPTED
    assert len(platform.chat(PERSON).entries) == 1


@pytest.mark.line_refuses("Invalid reply token")
async def test_a_made_up_reply_token_is_invalid(client: LineClient) -> None:
    """The platform answers as LINE does, and the client understands it."""
    body = msgspec.json.encode({"replyToken": "0" * 32, "messages": render([Say("สวัสดี")])[0]})
    assert (await client.send("reply", body, KEY)).kind is Kind.INVALID_TOKEN


async def test_the_quota_of_the_month_runs_out(platform: Platform, client: LineClient) -> None:
    """300 pushes are taken; the next one is told apart from a rate limit."""
    assert await client.quota() == Quota(300, 0)
    body = _push(render([Say("สวัสดี")])[0])
    kinds = [(await client.send("push", body, None)).kind for _ in range(301)]
    assert kinds == [Kind.ACCEPTED] * 300 + [Kind.QUOTA_USED_UP]
    assert await client.quota() == Quota(300, 300)


async def test_what_goes_through_the_sdk_is_understood(client: LineClient) -> None:
    """The SDK and the platform read each other's account and loading animation."""
    assert (await client.bot_info()).user_id == BOT_ID
    await client.start_loading(PERSON, 5)
