"""What a coordinator decides, told through the running bot: at once, then gathered, and never when it is so no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models.tables.organisation import Membership
from models.tables.reminder import Notice
from models.tables.report import Report
from tests.bot.test_review import coordinator, said
from tests.bot.test_told import LIBRARIES, START, on
from tests.town import Town, invitation, town

MORNING = "2027-01-06T09:00"
REPORTS = {"2300-849 · ห้องสมุดสวนลุมพินี": "849", "2300-848 · ห้องสมุดสวนลุมพินี": "848", "2300-848 · ห้องสมุดบางบอน": "บางบอน"}


async def three_reports(place: Town) -> None:
    """One reporter of two libraries has sent three, and a coordinator reads them the next morning."""
    await place.reporter("นภา", "LIB-01", "LIB-02")
    await coordinator(place)
    for text in (
        "รายงาน 2300-849 ไตรมาส 1 12 ครั้ง จัดกิจกรรมเล่านิทาน 12 ครั้ง",
        "ส่งรายงาน",
        *("รายงาน 2300-848 ไตรมาส 1", "สวนลุมพินี", "แล้ว", "12", "จัดมุมอ่านใหม่แล้ว", "จบ", "ส่งรายงาน"),
        *("รายงาน 2300-848 ไตรมาส 1", "บางบอน", "แล้ว", "12", "จัดมุมอ่านใหม่แล้ว", "จบ", "ส่งรายงาน"),
    ):
        await place.says("นภา", text)
    assert await Report.all().count() == 3
    on(place, MORNING)


async def returned(place: Town, *which: str) -> None:
    """The coordinator sends these back, one after the other."""
    for each in which or REPORTS:
        for text in ("ตรวจ", each, "ขอให้ปรับแก้", "ผล", f"ขอยืนยันตัวเลข {REPORTS[each]}"):
            if text != each or await Report.filter(state="submitted").count() > 1:
                await place.says("อรุณี", text)
            else:
                await place.says("อรุณี", "1")


async def later(place: Town, minutes: int) -> None:
    place.clock.forward(timedelta(minutes=minutes))
    await place.look()


def buttons(place: Town, name: str) -> list[str]:
    """The labels under the newest message of a chat."""
    *_, last = place.platform.chat(place.person(name).id).entries
    items: list[dict[str, Any]] = last["message"]["quickReply"]["items"]
    return [each["action"]["label"] for each in items]


async def test_three_returns_are_two_messages(database_url: str) -> None:
    """The first reaches the reporter at once, the others together after the coordinator paused, with their buttons."""
    async with town(database_url, LIBRARIES, START) as place:
        await three_reports(place)
        await returned(place)
        await place.look()
        (first,) = place.pushed("นภา")
        assert "ขอยืนยันตัวเลข 849" in first
        await later(place, 5)
        assert len(place.pushed("นภา")) == 1
        await later(place, 10)
        _, together = place.pushed("นภา")
        assert together.count("ขอให้ปรับแก้ ·") == 2
        assert "ขอยืนยันตัวเลข 848" in together
        assert "ขอยืนยันตัวเลข บางบอน" in together
        assert buttons(place, "นภา") == ["แก้ไข 1/2570-02", "แก้ไข 1/2570-03"]
        for _ in range(3):
            await later(place, 30)
        assert len(place.pushed("นภา")) == 2
        assert "ขอยืนยันตัวเลข บางบอน" in said(await place.says("นภา", "แก้ไข 1/2570-03"))


async def test_what_follows_rides_on_an_answer(database_url: str) -> None:
    """Whoever writes before it is pushed hears it with the answer, can tap it, and is pushed nothing more."""
    async with town(database_url, LIBRARIES, START) as place:
        await three_reports(place)
        await returned(place)
        answer = said(await place.says("นภา", "สวัสดี"))
        assert answer.count("ขอให้ปรับแก้ ·") == 2
        assert "แก้ไข 1/2570-03" in buttons(place, "นภา")
        await later(place, 30)
        assert len(place.pushed("นภา")) == 1
        assert "ขอให้ปรับแก้ ·" not in said(await place.says("นภา", "สวัสดี"))


@pytest.mark.parametrize("who", ["นภา", "มานี"])
async def test_what_was_corrected_meanwhile_is_not_told(database_url: str, who: str) -> None:
    """Neither a receipt nor a push says that a corrected report is to be corrected, whoever corrected it."""
    async with town(database_url, LIBRARIES, START) as place:
        await three_reports(place)
        await returned(place, *list(REPORTS)[:2])
        await place.reporter("มานี", "LIB-01")
        for text in ("แก้ไข 1/2570-02", "อยู่ระหว่างดำเนินการ"):
            await place.says(who, text)
        receipt = said(await place.says(who, "ส่งรายงาน"))
        assert "ฉบับที่ 2" in receipt
        assert "ขอให้ปรับแก้ ·" not in receipt + said(await place.says("นภา", "สวัสดี"))
        await later(place, 30)
        assert len(place.pushed("นภา")) == 1
        assert not await Notice.filter(told_at=None).exists()


async def test_after_an_hour_it_is_at_once_again(database_url: str) -> None:
    """Another sitting of the coordinator's begins anew."""
    async with town(database_url, LIBRARIES, START) as place:
        await three_reports(place)
        first, second, _ = REPORTS
        await returned(place, first)
        place.clock.forward(timedelta(hours=1, minutes=1))
        await returned(place, second)
        await place.look()
        for pushed, reason in zip(place.pushed("นภา"), ("849", "848"), strict=True):
            assert f"ขอยืนยันตัวเลข {reason}" in pushed


async def test_a_request_that_a_colleague_decided_is_not_told(database_url: str) -> None:
    """Two coordinators: what one granted in the evening the other is neither pushed nor told; what waits still is."""
    async with town(database_url, LIBRARIES, START) as place:
        await place.reporter("นภา", "LIB-01")
        await place.reporter("มานี", "LIB-02")
        for name in ("อรุณี", "วิชัย"):
            await coordinator(place, name)
        on(place, "2027-02-01T20:00")
        for text in ("ขอเปิดรายงาน", "ลาป่วย"):
            await place.says("นภา", text)
        for text in ("คำขอ", "อนุมัติ 1", "7 วัน"):
            await place.says("อรุณี", text)
        assert "คำขอใหม่" not in said(await place.says("วิชัย", "สวัสดี"))
        on(place, "2027-02-02T08:30")
        await place.look()
        assert place.pushed("วิชัย") == []
        on(place, "2027-02-02T20:00")
        for name in ("นภา", "มานี"):
            for text in ("ขอเปลี่ยนเป้าหมาย", "48", "ข้าม", "ผู้บริหารสั่ง") if name == "นภา" else ("ขอเปิดรายงาน", "ลาป่วย"):
                await place.says(name, text)
        for text in ("คำขอ", "อนุมัติ 1"):
            await place.says("อรุณี", text)
        on(place, "2027-02-03T08:30")
        await place.look()
        assert [each.count("คำขอใหม่") for each in place.pushed("วิชัย")] == [1]


async def test_somebody_whom_a_colleague_let_in_is_not_told(database_url: str) -> None:
    """Who waits to be let in is told until one of the coordinators has done it, or until they have gone again."""
    async with town(database_url, LIBRARIES, START) as place:
        for name in ("อรุณี", "วิชัย"):
            await coordinator(place, name)
        await invitation("5555-6666-7777", ["LIB-01"], place.clock.now(), needs_approval=True)
        on(place, "2027-01-05T20:00")
        for name in ("ชูใจ", "ปิติ"):
            for text in ("555566667777", f"{name} ใจดี บรรณารักษ์", "ถูกต้อง"):
                await place.says(name, text)
        for text in ("อนุมัติ", "1"):
            await place.says("อรุณี", text)
        for text in ("ลบข้อมูลของฉัน", "ยืนยัน"):
            await place.says("ปิติ", text)
        assert "ผู้ขอเข้าร่วม" not in said(await place.says("วิชัย", "สวัสดี"))
        on(place, "2027-01-06T08:30")
        await place.look()
        assert place.pushed("วิชัย") == []


async def test_who_is_turned_away_hears_why_and_waits_no_longer(database_url: str) -> None:
    """At once, with the reason; the colleague hears nothing of it, and the same code lets them ask anew that day."""
    async with town(database_url, LIBRARIES, START) as place:
        for name in ("อรุณี", "วิชัย"):
            await coordinator(place, name)
        await invitation("5555-6666-7777", ["LIB-01"], place.clock.now(), needs_approval=True)
        on(place, "2027-01-05T20:00")
        asking = ("555566667777", "ชูใจ ใจดี บรรณารักษ์", "ถูกต้อง")
        for text in asking:
            await place.says("ชูใจ", text)
        for text in ("อนุมัติ", "ไม่อนุมัติ", "1", "เลือกหน่วยงานผิด"):
            answer = said(await place.says("อรุณี", text))
        assert answer.startswith("ไม่อนุมัติ: ชูใจ ใจดี · ห้องสมุดสวนลุมพินี")
        await place.look()
        (pushed,) = place.pushed("ชูใจ")
        assert "เหตุผล: เลือกหน่วยงานผิด" in pushed
        assert "ผู้ขอเข้าร่วม" not in said(await place.says("วิชัย", "สวัสดี"))
        assert "รออนุมัติ" not in said(await place.says("ชูใจ", "สถานะ"))
        for text in asking:
            await place.says("ชูใจ", text)
        assert "1. ชูใจ ใจดี" in said(await place.says("วิชัย", "อนุมัติ"))


async def test_a_review_reminder_is_no_longer_so_once_somebody_reviewed(database_url: str) -> None:
    """Without quota it waits for an answer; when a colleague has reviewed meanwhile, its count would be wrong."""
    async with town(database_url, LIBRARIES, START, monthly_quota=0) as place:
        await three_reports(place)
        await coordinator(place, "วิชัย")
        on(place, "2027-01-12T08:30")
        await place.look()
        assert await Notice.filter(kind="review", told_at=None).count() == 2
        for text in ("ตรวจ", "1", "รับรอง"):
            await place.says("อรุณี", text)
        assert "รายงานรอตรวจ นานที่สุด" not in said(await place.says("วิชัย", "สวัสดี"))


async def test_who_is_let_in_hears_of_it(database_url: str) -> None:
    """At once, in their own language, with the word that begins; a second unit a minute later comes with the rest."""
    async with town(database_url, LIBRARIES, START) as place:
        await coordinator(place)
        await invitation("5555-6666-7777", ["LIB-01", "LIB-02"], place.clock.now(), needs_approval=True)
        for text in ("English", "555566667777", "all of these units", "Choo Jaidee, librarian", "correct"):
            await place.says("ชูใจ", text)
        assert await Membership.filter(approved_at=None).count() == 2
        for text in ("อนุมัติ", "1", "อนุมัติ", "1"):
            await place.says("อรุณี", text)
        await place.look()
        (pushed,) = place.pushed("ชูใจ")
        assert pushed.startswith("You have been let in · ")
        assert buttons(place, "ชูใจ") == ["report"]
        answer = said(await place.says("ชูใจ", "hello"))
        assert "You have been let in · " in answer
        assert "ห้องสมุดบางบอน" in answer
