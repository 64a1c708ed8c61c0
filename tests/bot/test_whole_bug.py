"""A bug in a conversation, and a person who blocks the bot, through the whole bot."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.conversations import Conversations
from bot.simulator.faults import Fault
from handlers import reception
from handlers.effects import Asks, Turn
from handlers.events import Event, Text
from handlers.facts import Facts
from handlers.session import Session
from models.tables.chat import Chat, WebhookEvent
from models.tables.delivery import OutgoingMessage
from models.tables.report import Draft
from tests.town import Town, town

OFFICE = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"
START = "2027-01-05T14:00:00+07:00"
BROKEN = "ข้อความที่ทำให้พัง"


def breaking(session: Session, event: Event, facts: Facts) -> Turn | Asks:
    """The project's own conversations with one text that raises."""
    if isinstance(event.body, Text) and event.body.text == BROKEN:
        raise ZeroDivisionError(BROKEN)
    return reception.receive(session, event, facts)


@pytest.mark.line_refuses("Invalid reply token")
async def test_a_bug_is_an_apology_and_a_replay_mends_it(database_url: str) -> None:
    """The next event is handled all the same; `replay` lists the event without its text and has it handled later."""
    async with town(database_url, OFFICE, START) as place:
        await place.bot.close()
        ours = Conversations.ours()
        place.conversations = Conversations(breaking, ours.apology, ours.reminder_of_step)
        await place.start()
        person = await place.reporter("นภา", "LIB-02")
        for text in ("รายงาน", "แล้ว", "12"):
            await place.says("นภา", text)
        said = await place.says("นภา", BROKEN)
        assert said[0]["message"]["text"].startswith("ขออภัย")
        await place.says("นภา", "จัดกิจกรรมแล้ว")
        assert len((await Draft.get()).answers["narrative"]["parts"]) == 1

        listing = place.command("replay", "--list")
        await listing.wait()
        listed = listing.said.decode()
        (event,) = await WebhookEvent.filter(state="set_aside")
        assert event.id in listed
        assert BROKEN not in listed
        assert person.id not in listed

        await place.bot.close()
        place.conversations = None
        assert await place.command("replay", event.id).wait() == 0
        chat = place.platform.chat(person.id)
        before = chat.last
        await place.start()
        await chat.wait_for_reply(before, timeout=10)
        assert await WebhookEvent.filter(state="set_aside").count() == 0
        assert await WebhookEvent.filter(id=event.id, state="handled").count() == 1


async def test_unfollowing_stops_pushes(sqlite_url: str) -> None:
    """Who has blocked the bot is sent nothing; following again brings the answer and the report under way."""
    async with town(sqlite_url, OFFICE, START) as place:
        person = await place.reporter("นภา", "LIB-02")
        for text in ("รายงาน", "แล้ว"):
            await place.says("นภา", text)
        calls = len(place.platform.calls)
        assert await place.platform.unfollow(person.id) == 200
        await place.restart()
        assert [
            each.endpoint for each in list(place.platform.calls)[calls:] if each.endpoint in {"reply", "push"}
        ] == []
        before = place.platform.chat(person.id).last
        await place.platform.follow(person.id)
        await place.answers("นภา", before)
        said = await place.says("นภา", "12")
        assert "3/3" in said[0]["message"]["text"]


async def test_a_push_that_waits_is_not_sent_after_unfollowing(sqlite_url: str) -> None:
    """An answer whose reply token died waits to be pushed; the person has blocked the bot by then, so it is not."""
    async with town(sqlite_url, OFFICE, START) as place:
        person = await place.reporter("นภา", "LIB-02")
        place.platform.faults.add("reply", *[Fault(status=429, body={"message": "busy"})] * 50)
        assert await place.platform.say(person.id, "รายงาน") == 200
        await until(lambda: said(place, "reply"))
        assert await place.platform.unfollow(person.id) == 200
        await until(lambda: Chat.filter(blocked_at__isnull=False))
        place.clock.forward(timedelta(minutes=5))
        kept = await until(lambda: OutgoingMessage.filter(state="set_aside"))
        assert [each.error for each in kept] == ["blocked"]
        assert await said(place, "push") == []
        place.platform.calls.clear()  # the refusals were meant


async def said(place: Town, endpoint: str) -> list[Any]:
    """The bot's calls of an endpoint."""
    return [each for each in place.platform.calls if each.endpoint == endpoint]


async def until(looked_for: Callable[[], Awaitable[list[Any]]]) -> list[Any]:
    """Look again and again until something is found; what was found."""
    async with asyncio.timeout(10):
        while not (found := await looked_for()):  # noqa: ASYNC110 - it happens in the bot
            await asyncio.sleep(0.02)
    return found
