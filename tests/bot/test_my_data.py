"""ข้อมูลของฉัน and ลบข้อมูลของฉัน know of reminders, notices and requests as well."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from models.tables.organisation import Person
from models.tables.reminder import Notice, Reminder, ReminderPause
from models.tables.review import Request
from tests.bot.test_review import said
from tests.town import town

LIBRARIES = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"


async def test_reminders_and_requests_are_a_persons_data(database_url: str) -> None:
    """They are counted; erasing takes the wishes, notices and reminders away and leaves the request as a record."""
    async with town(database_url, LIBRARIES, "2027-02-01T14:00:00+07:00") as place:
        await place.reporter("นภา", "LIB-01")
        for text in ("ขอเปิดรายงาน", "ไฟฟ้าดับ", "หยุดเตือน"):
            await place.says("นภา", text)
        person = await Person.get(name="นภา")
        now = place.clock.now()
        await Reminder.create(id=f"{1:032}", person=person, day=date(2027, 1, 8), state="dropped", created_at=now)
        answer = said(await place.says("นภา", "ข้อมูลของฉัน"))
        assert "การตรวจ: 0 · คำขอ: 1 · เรื่องที่รอแจ้ง: 0 · การเลื่อนหรือหยุดเตือน: 1" in answer
        await Notice.create(id=f"{2:032}", person=person, kind="kept", data={"text": "ขอให้ปรับแก้"}, created_at=now)
        question = said(await place.says("นภา", "ลบข้อมูลของฉัน"))
        assert "คำขอและผลการตรวจเป็นบันทึกของหน่วยงาน จะคงอยู่โดยไม่มีชื่อ" in question
        await place.says("นภา", "ลบข้อมูลเลย")
        left = [await each.all().count() for each in (ReminderPause, Notice, Reminder, Request)]
        assert left == [0, 0, 0, 1]
        assert (await Person.get(id=person.id)).name == ""
