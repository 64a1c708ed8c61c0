"""Through the whole bot: a person's messages keep their order, and one older than its question is not its answer."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.simulator.events import source
from models.tables.report import Draft
from tests.town import Town, town
from tests.transcripts.page import tappable

OFFICE = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"
START = "2027-01-05T14:00:00+07:00"


async def at_the_narrative(place: Town, name: str) -> str:
    """A reporter of LIB-02 in mid-report; their LINE id."""
    person = await place.reporter(name, "LIB-02")
    for text in ("รายงาน", "แล้ว", "12"):
        await place.says(name, text)
    return person.id


def texts(place: Town, person: str, words: list[str]) -> list[dict[str, Any]]:
    """Messages of one person, ten milliseconds after one another."""
    made = []
    for word in words:
        place.clock.forward(timedelta(milliseconds=10))
        made.append(place.platform.make.text(source(person), word))
    return made


async def answered(place: Town, person: str, messages: int) -> None:
    """Wait until the bot has said so much in all."""
    async with asyncio.timeout(10):
        while len([each for each in place.platform.chat(person).entries if each["from"] == "bot"]) < messages:  # noqa: ASYNC110 - it happens in the bot
            await asyncio.sleep(0.02)


async def narrative() -> list[str]:
    """The texts of the only draft."""
    draft = await Draft.get()
    return [text for _, text in draft.answers["narrative"]["parts"]]


async def test_many_at_once_keep_their_order(database_url: str) -> None:
    """Twelve messages in one body, then twelve bodies under way at once: the narrative has them as they were sent."""
    async with town(database_url, OFFICE, START) as place:
        person = await at_the_narrative(place, "นภา")
        before = len([each for each in place.platform.chat(person).entries if each["from"] == "bot"])
        first = [f"ก {number}" for number in range(12)]
        place.clock.forward(timedelta(seconds=5))
        assert await place.platform.send_events(texts(place, person, first)) == 200
        await answered(place, person, before + 12)
        assert await narrative() == first
        second = [f"ข {number}" for number in range(12)]
        events = texts(place, person, second)
        assert await asyncio.gather(*(place.platform.send_events([each]) for each in events)) == [200] * 12
        await answered(place, person, before + 24)
        assert await narrative() == [*first, *second]


async def test_a_message_older_than_its_question_waits_for_a_tap(database_url: str) -> None:
    """What was typed before the question could be read is not filed; one tap files it, code point for code point."""
    async with town(database_url, OFFICE, START) as place:
        person = await place.reporter("นภา", "LIB-02")
        for text in ("รายงาน", "แล้ว"):
            await place.says("นภา", text)
        early = "จัดกิจกรรมเล่านิทาน ๓ ครั้ง"
        place.clock.forward(timedelta(seconds=5))
        events = texts(place, person.id, ["12", early])
        place.clock.forward(timedelta(seconds=1))
        chat = place.platform.chat(person.id)
        said = len([each for each in chat.entries if each["from"] == "bot"])
        assert await place.platform.send_events(events) == 200
        await answered(place, person.id, said + 2)
        assert "narrative" not in (await Draft.get()).answers
        button = tappable(place, "นภา", "ใช้ข้อความนี้", oldest=False)
        place.clock.forward(timedelta(seconds=5))
        await place.platform.tap(person.id, button["data"])
        await answered(place, person.id, said + 3)
        assert await narrative() == [early]
