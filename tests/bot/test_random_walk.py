"""People talk to the whole bot at random, LINE delivers as badly as it may, and the bot is restarted in between."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.simulator.events import source
from models.tables.chat import WebhookEvent
from models.tables.report import Report, ReportVersion
from tests.handlers.talk import ANSWERS, COMMANDS, GOOD_ANSWERS, JUNK
from tests.town import Town, town
from tests.transcripts.page import actions

OFFICE = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"
START = "2027-01-05T14:00:00+07:00"
PEOPLE = {"นภา": ("LIB-01",), "สมบัติ": ("LIB-01",), "อร": ("LIB-01", "LIB-02"), "คนนอก": ()}
STEPS = 60
SENSE = [text for answers in GOOD_ANSWERS.values() for text in answers]
"""What fits some question; at random it is often enough the one that is asked."""


class Walk:
    """One walk: its dice decide everything."""

    def __init__(self, place: Town, seed: int) -> None:
        self.place = place
        self.dice = random.Random(seed)
        self.sent: list[dict[str, Any]] = []

    def text(self) -> str:
        return self.dice.choice(self.dice.choice((COMMANDS, ANSWERS, SENSE, SENSE, SENSE, JUNK)))

    def event(self, name: str) -> dict[str, Any]:
        """Something a person does."""
        make, where = self.place.platform.make, source(self.place.person(name).id)
        self.place.clock.forward(timedelta(milliseconds=50))
        shown = self.buttons(name)
        match self.dice.randrange(12):
            case 0:
                return make.sticker(where)
            case 1:
                return make.media(where, "image")
            case 2 if self.sent:
                old = self.dice.choice(self.sent)
                return make.unsend(where, str(old.get("message", {}).get("id", "1")))
            case 3 | 4 | 5 | 6 if shown:
                newest = self.dice.random() < 0.8
                return make.postback(where, self.dice.choice(shown[-4:] if newest else shown))
            case 7:
                return make.postback(where, self.dice.choice(("", "{", '["a","","","",null]', '["c","ส่งรายงาน"]')))
        return make.text(where, self.text() or "-")

    def buttons(self, name: str) -> list[str]:
        chat = self.place.platform.chat(self.place.person(name).id)
        said = [each["message"] for each in chat.entries if each["from"] == "bot" and each["kind"] == "message"]
        return [action["data"] for message in said for action in actions(message) if "data" in action]

    async def step(self) -> None:
        """A body with a few events, some of them delivered twice, late or out of order; at times a restart."""
        events = [self.event(self.dice.choice(list(PEOPLE))) for _ in range(self.dice.choice((1, 1, 1, 2, 4)))]
        self.sent += [each for each in events if "message" in each]
        self.place.clock.forward(timedelta(seconds=self.dice.choice((1, 5, 40))))
        bodies = [events]
        if self.dice.random() < 0.2:
            self.dice.shuffle(events)
        if self.dice.random() < 0.2:
            bodies = [[each] for each in events]
        if self.dice.random() < 0.2:
            bodies.append(events)
        statuses = await asyncio.gather(*(self.place.platform.send_events(each) for each in bodies))
        assert set(statuses) == {200}
        if self.dice.random() < 0.2 and self.sent:
            assert await self.place.platform.redeliver(str(self.dice.choice(self.sent)["webhookEventId"])) == 200
        if self.dice.random() < 0.05:
            await self.place.restart()


async def settled() -> None:
    """Wait until no event waits."""
    async with asyncio.timeout(20):
        while await WebhookEvent.filter(state="waiting").exists():  # noqa: ASYNC110 - it happens in the bot
            await asyncio.sleep(0.05)
    await asyncio.sleep(0.2)  # the last answers are on their way


@pytest.mark.parametrize("seed", range(4))
async def test_a_random_walk_keeps_every_word(sqlite_url: str, seed: int) -> None:
    """No turn fails, every message and tap is answered once, versions count up, no message is stored twice."""
    async with town(sqlite_url, OFFICE, START) as place:
        for name, units in PEOPLE.items():
            if units:
                await place.reporter(name, *units)
            else:
                place.person(name)
        walk = Walk(place, seed)
        with capture_logs() as logs:
            for _ in range(STEPS):
                await walk.step()
            await settled()
        assert [each for each in logs if each["log_level"] in {"error", "critical"}] == []
        assert await WebhookEvent.exclude(state="handled").count() == 0
        for report in await Report.all():
            versions = await ReportVersion.filter(report_id=report.id).order_by("version")
            assert [each.version for each in versions] == list(range(1, report.version + 1))
            for each in versions:
                assert each.narrative.strip()
                assert len(set(each.message_ids)) == len(each.message_ids)
        answered_once(place)


def answered_once(place: Town) -> None:
    """No reply token was taken twice by LINE, and nothing was pushed that a reply had said."""
    taken = [
        call.body["replyToken"] for call in place.platform.calls if call.endpoint == "reply" and call.status == 200
    ]
    assert len(set(taken)) == len(taken)
    keys = [call for call in place.platform.calls if call.endpoint == "push" and call.status == 200]
    assert len(keys) <= len(place.platform.calls) // 3, "a push is for a token that died"
