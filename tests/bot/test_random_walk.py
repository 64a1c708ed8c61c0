"""People talk to the whole bot at random, LINE delivers as badly as it may, and the bot is restarted in between."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.running import RUNNING
from bot.simulator.events import source
from handlers.report_preview import EXCERPT
from handlers.report_questions import first_words
from handlers.session import Session
from locales.catalog import words
from models.tables.chat import Chat, WebhookEvent
from models.tables.delivery import OutgoingMessage
from models.tables.report import Report, ReportVersion
from tests.handlers.talk import ANSWERS, COMMANDS, GOOD_ANSWERS, JUNK
from tests.town import Town, town
from tests.transcripts.page import actions

OFFICE = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"
START = "2027-01-05T14:00:00+07:00"
PEOPLE = {"นภา": ("LIB-01",), "สมบัติ": ("LIB-01",), "อร": ("LIB-01", "LIB-02"), "คนนอก": ()}
STEPS = 100
SENSE = 0.9
"""How often somebody writes what fits the question: at less, no report is ever sent."""
LANGUAGES = ("th", "en")
PREVIEWS = tuple(words(each)("report-preview-how", places="|").split("|")[0] for each in LANGUAGES)
"""How the line that ends every preview begins."""
RECEIPT = re.compile(
    r"(?:ส่งรายงานแล้ว · เลขที่|Sent · no\.) (?P<quarter>\d)/(?P<year>\d+)-(?P<number>\d+)"
    r"(?: \((?:ฉบับที่|version) (?P<version>\d+)\))?\n"
)
YES_NO = {"yes": "report-yes", "in_progress": "report-choice-in-progress", "no": "report-no"}


class Walk:
    """One walk: its dice decide everything."""

    def __init__(self, place: Town, seed: int) -> None:
        self.place = place
        self.dice = random.Random(seed)
        self.sent: list[dict[str, Any]] = []
        self.to_answer: dict[str, str] = {}
        """Event → chat of everything that wants an answer: what is written, tapped or shown to the bot."""
        self.taken_back: dict[str, str] = {}
        """Event → chat of everything that may have one: a message was taken back."""
        self.asked: dict[str, str] = {}
        """Chat → the question that stood there when the step began; empty while nothing is under way."""

    def text(self, name: str) -> str:
        if self.dice.random() < SENSE:
            asked = self.asked.get(self.place.person(name).id, "")
            return self.dice.choice(GOOD_ANSWERS.get(asked, ("12", "20")) if asked else ("รายงาน",))
        return self.dice.choice(self.dice.choice((COMMANDS, ANSWERS, JUNK)))

    def event(self, name: str) -> dict[str, Any]:
        """Something a person does."""
        make, where = self.place.platform.make, source(self.place.person(name).id)
        self.place.clock.forward(timedelta(milliseconds=50))
        shown = self.buttons(name)
        match self.dice.randrange(24):
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
        return make.text(where, self.text(name) or "-")

    def buttons(self, name: str) -> list[str]:
        chat = self.place.platform.chat(self.place.person(name).id)
        said = [each["message"] for each in chat.entries if each["from"] == "bot" and each["kind"] == "message"]
        return [action["data"] for message in said for action in actions(message) if "data" in action]

    async def finish(self, name: str) -> None:
        """Wherever the walk has led, answers that fit lead to a report that is sent."""
        for _ in range(60):
            if await ReportVersion.exists():
                return
            chat = await Chat.get(id=self.place.person(name).id)
            asked = Session.load(chat.session).asked
            text = self.dice.choice(GOOD_ANSWERS[asked]) if asked else "รายงาน"
            self.place.clock.forward(timedelta(seconds=5))
            assert await self.place.says(name, text)

    async def step(self) -> None:
        """A body with a few events, some of them delivered twice, late or out of order; at times a restart."""
        self.asked = {chat.id: Session.load(chat.session).asked for chat in await Chat.all()}
        events = [self.event(self.dice.choice(list(PEOPLE))) for _ in range(self.dice.choice((1, 1, 1, 2, 4)))]
        self.sent += [each for each in events if "message" in each]
        for each in events:
            kept = self.taken_back if each["type"] == "unsend" else self.to_answer
            kept[each["webhookEventId"]] = each["source"]["userId"]
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
        await settled(self.place)  # the clock is not moved under an answer on its way: its token would die


async def settled(place: Town) -> None:
    """Wait until no event waits, and every answer is sent and written down as such."""
    outbox = place.bot.app[RUNNING].outbox
    assert outbox is not None
    async with asyncio.timeout(20):
        while await WebhookEvent.filter(state="waiting").exists():  # noqa: ASYNC110 - it happens in the bot
            await asyncio.sleep(0.05)
        # Again and again: who sent a picture that LINE has lost is told whenever that is found.
        while await OutgoingMessage.filter(state__in=("waiting", "sending")).exists():
            assert await outbox.drain(20)
            await outbox.unwritten.flush()


@pytest.mark.parametrize("seed", range(4))
async def test_a_random_walk_keeps_every_word(sqlite_url: str, seed: int) -> None:
    """No turn fails, every message and tap is answered once, versions count up, what is stored was confirmed."""
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
            await walk.finish("นภา")
        assert [each for each in logs if each["log_level"] in {"error", "critical"}] == []
        assert await WebhookEvent.exclude(state="handled").count() == 0
        for report in await Report.all():
            versions = await ReportVersion.filter(report_id=report.id).order_by("version")
            assert [each.version for each in versions] == list(range(1, report.version + 1))
            for each in versions:
                assert each.narrative.strip()
                assert len(set(each.message_ids)) == len(each.message_ids)
        await everything_was_answered(place, walk)
        await what_is_stored_was_confirmed(place)


async def everything_was_answered(place: Town, walk: Walk) -> None:
    """Each event that wants an answer has one, in its own chat; LINE took every answer, and took it once.

    Beside them the bot speaks of a message that was taken back, and of a picture that LINE no longer has: a push that
    answers no event.
    """
    rows = await OutgoingMessage.all()
    assert [(row.state, row.error) for row in rows if row.state != "sent"] == []
    # Who had everything deleted left no chat behind, but that there was an answer.
    asked = walk.to_answer | walk.taken_back
    answers = Counter(
        (row.event_id, row.chat_id or asked[row.event_id]) for row in rows if row.event_id and row.position == 0
    )
    assert {each: answers[each] for each in walk.to_answer.items()} == dict.fromkeys(walk.to_answer.items(), 1)
    assert {event_id for event_id, _ in answers} <= asked.keys()
    assert set(answers.values()) == {1}
    taken = [call for call in place.platform.calls if call.endpoint in {"reply", "push"} and call.status == 200]
    assert len(taken) == len(rows)
    tokens = [call.body["replyToken"] for call in taken if call.endpoint == "reply"]
    assert len(set(tokens)) == len(tokens)


async def what_is_stored_was_confirmed(place: Town) -> None:
    """Each version has one receipt, in the chat of its person, and the preview last shown there says what is stored."""
    versions = await ReportVersion.all().prefetch_related("report__indicator", "person")
    assert versions
    confirmed = {
        receipt: (person.id, preview)
        for person in place.people.values()
        for receipt, preview in receipts(place, person.id)
    }
    assert len(confirmed) == len(versions)
    for version in versions:
        report = version.report
        told = (report.fiscal_year, report.quarter, report.number, version.version)
        chat_id, preview = confirmed[told]
        assert version.person.line_user_id in (chat_id, None), "None: they had their data deleted since"
        results = [words(each)("report-preview-result", place="1", result=result(version, each)) for each in LANGUAGES]
        assert set(results) & set(preview.splitlines()), (preview, results)
        narrative = version.narrative
        assert (narrative if len(narrative) <= EXCERPT else first_words(narrative, EXCERPT)) in preview


def receipts(place: Town, chat_id: str) -> list[tuple[tuple[int, int, int, int], str]]:
    """Every receipt in a chat as (year, quarter, number, version), with the preview that was shown last before it."""
    found, preview = [], ""
    for entry in place.platform.chat(chat_id).entries:
        text = entry.get("message", {}).get("text", "") if entry["from"] == "bot" else ""
        if any(each in text for each in PREVIEWS):
            preview = text
        elif said := RECEIPT.match(text):
            place_of_it = (int(said["year"]), int(said["quarter"]), int(said["number"]))
            found.append(((*place_of_it, int(said["version"] or 1)), preview))
    return found


def result(version: ReportVersion, language: str) -> str:
    """A stored result in words."""
    w, indicator = words(language), version.report.indicator
    if indicator.part_kind == "yes_no":
        assert version.result == (version.answer == "yes")
        return w(YES_NO[version.answer])
    return w("report-amount", value=Decimal(f"{version.result.normalize():f}"), measure=indicator.unit_of_measure)
