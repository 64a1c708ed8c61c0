"""What reaches people unasked, through the running bot: reviews that wait, requests, a quota that is used up."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from bot.delivery.outgoing import unasked
from handlers.effects import Say
from models.tables.delivery import OutgoingMessage
from models.tables.organisation import Membership, Person
from models.tables.reminder import Notice, Reminder
from tests.bot.reminder_scene import at, deliver, desk, look, reminders, rows
from tests.bot.test_review import coordinator, reported, said
from tests.town import Town, invitation, town

LIBRARIES = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"
START = "2027-01-05T14:00:00+07:00"


def on(place: Town, text: str) -> None:
    """Move the town's clock."""
    place.clock.move_to(datetime.fromisoformat(text).replace(tzinfo=place.clock.timezone))


async def test_nobody_reviews(database_url: str) -> None:
    """The running scheduler reminds the coordinator and the deputy after three days, after three more, then not."""
    async with town(database_url, LIBRARIES, START) as place:
        await place.reporter("นภา", "LIB-01")
        await coordinator(place, "อรุณี")
        deputy = await coordinator(place, "วิชัย")
        await Membership.filter(person=deputy).update(valid_to=place.clock.now().date() + timedelta(days=7))
        await reported(place, "นภา")
        for day in ("07", "11", "12", "14"):
            on(place, f"2027-01-{day}T08:30")
            await place.look()
            await place.look()
        waits = "มี 1 รายงานรอตรวจ นานที่สุด {} วัน"
        assert [each.splitlines()[0] for each in place.pushed("อรุณี")] == [waits.format(5), waits.format(8)]
        assert [each.splitlines()[0] for each in place.pushed("วิชัย")] == [waits.format(5)]
        for text in ("ตรวจ", "1", "รับรอง"):
            await place.says("อรุณี", text)
        on(place, "2027-01-20T08:30")
        await place.look()
        assert len(place.pushed("อรุณี")) == 2


async def test_a_request_reaches_the_coordinator(database_url: str) -> None:
    """A push in working hours, one for all that came in; later ones of that day are told with the next answer."""
    async with town(database_url, LIBRARIES, START) as place:
        await place.reporter("นภา", "LIB-01")
        await place.reporter("มานี", "LIB-02")
        await coordinator(place)
        on(place, "2027-02-01T20:00")
        for name in ("นภา", "มานี"):
            for text in ("ขอเปิดรายงาน", "ลาป่วย"):
                await place.says(name, text)
        await place.look()
        assert place.pushed("อรุณี") == []
        for moment in ("2027-02-02T08:30", "2027-02-02T08:40"):
            on(place, moment)
            await place.look()
        new = "มีคำขอใหม่รอพิจารณา พิมพ์ “คำขอ”"
        assert place.pushed("อรุณี") == [new]
        await invitation("5555-6666-7777", ["LIB-01"], place.clock.now(), needs_approval=True)
        for text in ("555566667777", "ชูใจ ใจดี บรรณารักษ์", "ถูกต้อง"):
            await place.says("ชูใจ", text)
        on(place, "2027-02-02T09:00")
        await place.look()
        assert place.pushed("อรุณี") == [new]
        assert said(await place.says("อรุณี", "ขอบคุณ")).startswith("มีผู้ขอเข้าร่วมรออนุมัติ พิมพ์ “อนุมัติ”")
        assert "มีผู้ขอ" not in said(await place.says("อรุณี", "ขอบคุณ"))


async def test_who_blocked_the_bot_is_to_be_phoned(database_url: str) -> None:
    """A decision about somebody who cannot be reached says so, and by what name."""
    async with town(database_url, LIBRARIES, START) as place:
        await place.reporter("นภา", "LIB-01")
        await coordinator(place)
        for text in ("แจ้งย้าย", "ใช่"):
            await place.says("นภา", text)
        await place.platform.unfollow(place.person("นภา").id)
        await place.says("อรุณี", "คำขอ")
        answer = said(await place.says("อรุณี", "ไม่อนุมัติ 1"))
        answer = said(await place.says("อรุณี", "ยังไม่มีผู้แทน"))
        assert "ส่งข้อความถึงนภาทาง LINE ไม่ได้ กรุณาแจ้งทางโทรศัพท์" in answer
        assert place.pushed("นภา") == []


async def test_what_is_decided_at_once_is_not_told(database_url: str) -> None:
    """A coordinator who grants a request before anybody told them of it hears no more of it."""
    async with town(database_url, LIBRARIES, START) as place:
        await place.reporter("นภา", "LIB-01")
        await coordinator(place)
        for text in ("แจ้งย้าย", "ใช่"):
            await place.says("นภา", text)
        answers = [said(await place.says("อรุณี", text)) for text in ("คำขอ", "อนุมัติ 1")]
        assert not any("มีคำขอใหม่" in each for each in answers)
        on(place, "2027-01-06T08:30")
        await place.look()
        assert place.pushed("อรุณี") == []


@pytest.mark.line_refuses("monthly limit")
async def test_a_return_without_quota_is_told_with_the_next_answer(database_url: str) -> None:
    """LINE refuses the push: the same words stand at the head of the reporter's next answer, once."""
    async with town(database_url, LIBRARIES, START, monthly_quota=0) as place:
        await place.reporter("นภา", "LIB-01")
        await coordinator(place)
        await reported(place, "นภา")
        for text in ("ตรวจ", "1", "ขอให้ปรับแก้", "1", "นับซ้ำ"):
            await place.says("อรุณี", text)
        await place.look()
        assert place.pushed("นภา") == []
        answer = said(await place.says("นภา", "สวัสดี"))
        assert "ขอให้ปรับแก้" in answer
        assert "นับซ้ำ" in answer
        assert "นับซ้ำ" not in said(await place.says("นภา", "สวัสดี"))
        assert await OutgoingMessage.filter(state="set_aside").count() == 1


@pytest.mark.usefixtures("database")
@pytest.mark.line_refuses("monthly limit")
async def test_a_reminder_that_line_refuses_was_left_out() -> None:
    """The quota went on something else: it is not tried for ever, it rides on the next answer, and its notices do."""
    async with desk(1, quota=3) as stage:
        person = await Person.get(line_user_id=stage.chats[0])
        data = {"quarter": "1/2570", "due": "2027-01-15"}
        now = at("2027-01-04T08:30")
        await Notice.create(id=f"{1:032}", person=person, kind="round", data=data, urgent=True, created_at=now)
        stage.clock.move_to(now)
        assert await reminders(stage.line).fire(now, now) == (1, 0)
        body = {"to": stage.chats[0], "messages": [{"type": "text", "text": "จากที่อื่น"}]}
        for _ in range(3):
            await stage.line.send("push", msgspec.json.encode(body), uuid4())
        await deliver(stage)
        assert await rows() == [("01-04", "dropped")]
        assert await Reminder.filter(message_id=None).count() == 1
        assert sorted(await Notice.filter(told_at=None).values_list("kind")) == [("pending",), ("round",)]
        for moment in ("2027-01-04T08:40", "2027-01-04T09:20"):
            await look(stage, moment)
        assert await OutgoingMessage.all().count() == 1


@pytest.mark.usefixtures("database")
async def test_what_is_told_at_once_counts(database_url: str) -> None:
    """A push of a return is taken off what is left for reminders, before LINE's own count has it and after."""
    assert database_url
    async with desk(1, quota=100) as stage:
        now = at("2027-01-04T08:30")
        stage.clock.move_to(now)
        schedule = reminders(stage.line, reserve=30)
        assert (await schedule.plan_of(now))[1].left == 70
        told = unasked(Say("ขอให้ปรับแก้"), stage.chats[0], now=now, new_id=uuid4)
        await OutgoingMessage.create(
            id=told.id,
            chat_id=told.chat_id,
            retry_key=told.retry_key,
            messages=told.messages,
            state="waiting",
            created_at=now,
        )
        assert (await schedule.plan_of(now))[1].left == 69
        await deliver(stage)
        assert (await schedule.plan_of(now))[1].left == 69
