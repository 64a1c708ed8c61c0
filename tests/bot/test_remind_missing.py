"""A coordinator has those reminded that have not sent: through the plan, in working hours, nobody twice a day."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest

from models.tables.audit import AuditEntry, Installation
from models.tables.indicator import Round
from models.tables.reminder import Reminder
from tests.bot.reminder_scene import report
from tests.bot.test_review import coordinator, reported, said
from tests.bot.test_told import on
from tests.town import Town, town

LIBRARIES = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"


async def confirmed(place: Town) -> str:
    """The coordinator asks for it and confirms; what was said to that."""
    await place.says("อรุณี", "เตือน")
    return said(await place.says("อรุณี", "ส่งคำเตือน"))


async def test_those_that_have_not_sent_are_reminded(database_url: str) -> None:
    """Each library's one person, of what is pending when it goes out; asked again that day, nobody is left."""
    async with town(database_url, LIBRARIES, "2027-01-05T14:00:00+07:00", monthly_quota=40) as place:
        for name, library in (("นภา", "LIB-01"), ("มานี", "LIB-02"), ("ชูใจ", "LIB-02")):
            await place.reporter(name, library)
        await coordinator(place)
        assert "เตือนผู้ที่ยังไม่ส่ง ใช้ 2 ข้อความ" in said(await place.says("อรุณี", "ใครยังไม่ส่ง"))
        question = "ยังไม่ทราบ"
        async with asyncio.timeout(10):
            while "ยังไม่ทราบ" in question:  # LINE is asked for the quota beside the turn that wants to know
                question = said(await place.says("อรุณี", "เตือน"))
        assert "เดือนนี้เหลือสำหรับเตือน 10 ข้อความ" in question
        assert "จะเตือน 2 คน" in await confirmed(place)
        assert place.pushed("นภา") == []
        await report("LIB-02")
        on(place, "2027-01-05T14:10")
        await place.look()
        assert [len(place.pushed(each)) for each in ("นภา", "มานี", "ชูใจ")] == [1, 0, 0]
        assert place.pushed("นภา")[0].startswith("มี 2 รายการรอรายงาน")
        assert "วันนี้ไม่มีผู้ที่เตือนเพิ่มได้" in said(await place.says("อรุณี", "เตือน"))
        on(place, "2027-01-05T14:20")
        await place.look()
        assert len(place.pushed("นภา")) == 1
        entry = await AuditEntry.get(action="reminders.ask")
        assert entry.after == {"people": 2, "quarters": ["1/2570"]}


@pytest.mark.parametrize("day", ["2027-03-03", "2027-04-01"])
async def test_before_the_days_of_reminding_a_coordinator_may_ask(database_url: str, day: str) -> None:
    """The round is open and the first reminder weeks away: who has not sent is told, what it costs, and it is sent."""
    async with town(database_url, LIBRARIES, f"{day}T14:00:00+07:00") as place:
        await place.reporter("นภา", "LIB-01")
        await coordinator(place)
        assert "เตือนผู้ที่ยังไม่ส่ง ใช้ 1 ข้อความ" in said(await place.says("อรุณี", "ใครยังไม่ส่ง"))
        assert "อีก 1 แห่งเตือนไม่ได้" in said(await place.says("อรุณี", "เตือน"))
        assert "จะเตือน 1 คน" in said(await place.says("อรุณี", "ส่งคำเตือน"))
        on(place, f"{day}T14:10")
        await place.look()
        (pushed,) = place.pushed("นภา")
        assert "ไตรมาส 2/2570 ครบกำหนด" in pushed


async def test_outside_of_working_hours_it_waits(database_url: str) -> None:
    """Said when it will be sent, and sent then, once; who reported meanwhile hears nothing."""
    async with town(database_url, LIBRARIES, "2027-01-08T20:00:00+07:00") as place:
        await place.reporter("นภา", "LIB-01")
        await place.reporter("มานี", "LIB-02")
        await coordinator(place)
        answer = await confirmed(place)
        assert "ขณะนี้นอกเวลาทำการ จะส่งวันจันทร์ที่ 11 ม.ค. 70 เวลา 08.30 น." in answer
        await reported(place, "นภา")
        await report("LIB-01")
        await place.look()
        assert place.pushed("มานี") == []
        for moment in ("2027-01-11T08:30", "2027-01-11T08:40"):
            on(place, moment)
            await place.look()
        assert [len(place.pushed(each)) for each in ("นภา", "มานี")] == [0, 1]
        assert await Reminder.all().values_list("state") == [("sent",)]


async def test_what_closes_before_it_is_sent_is_not_sent(database_url: str) -> None:
    """Asked for on the evening of the closing day, for the next morning: nobody hears of the next quarter."""
    async with town(database_url, LIBRARIES, "2027-01-25T17:00:00+07:00") as place:
        await Round.filter(fiscal_year=2570, quarter=2).update(opens=date(2027, 1, 1))
        await Installation.all().update(setup_revision=99)
        await place.reporter("นภา", "LIB-01")
        await place.reporter("มานี", "LIB-02")
        await coordinator(place)
        assert "จะเตือน 2 คน" in await confirmed(place)
        await place.says("มานี", "เตือนพรุ่งนี้")
        for moment in ("2027-01-26T08:30", "2027-01-26T08:40"):
            on(place, moment)
            await place.look()
        assert [place.pushed(each) for each in ("นภา", "มานี")] == [[], []]
