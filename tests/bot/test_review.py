"""Reviews, requests and combining on real databases: what is stored, who is told, who is reminded."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from tortoise.connection import get_connection

from bot.office import read_office
from bot.review_due import reviewers_to_remind
from models.rules.office import Role
from models.tables.audit import AuditEntry
from models.tables.indicator import Activity, Target
from models.tables.organisation import Membership, Person
from models.tables.report import Report, ReportVersion, SubMeasureResult
from models.tables.review import Request, Review
from tests.town import Town, invitation, town

PAGES = Path(__file__).parents[1] / "transcripts"
LIBRARIES = PAGES / "libraries.yaml"
START = "2027-01-05T14:00:00+07:00"


async def coordinator(place: Town, name: str = "อรุณี", unit: str = "23040000") -> Person:
    """Somebody who coordinates a unit and what is below it, registered through the chat."""
    code = f"C{len(place.people):03}-2222-3333"
    await invitation(code, [unit], place.clock.now(), role=Role.COORDINATOR)
    for text in (code, f"{name} ประสานดี นักวิชาการ", "ถูกต้อง"):
        await place.says(name, text)
    return await Person.get(line_user_id=place.person(name).id)


async def reported(place: Town, name: str, value: str = "12") -> None:
    for text in ("รายงาน 2300-849", value, f"เล่านิทาน {value} ครั้ง", "จบ", "ส่งรายงาน"):
        await place.says(name, text)


def said(entries: list[dict[str, Any]]) -> str:
    return "\n".join(each["message"].get("text", "") for each in entries)


async def test_a_snapshot_is_what_was_accepted(database_url: str) -> None:
    """What is sent after a granted edit is newer than the snapshot, which stays until the newer one is accepted."""
    async with town(database_url, LIBRARIES, START) as place:
        await place.reporter("นภา", "LIB-01")
        await coordinator(place)
        await reported(place, "นภา")
        for text in ("ตรวจ", "1", "รับรอง"):
            await place.says("อรุณี", text)
        report = await Report.get()
        assert (report.state, report.version, report.accepted_version) == ("accepted", 1, 1)
        for text in ("แก้ไข", "นับซ้ำ"):
            await place.says("นภา", text)
        for text in ("คำขอ", "อนุมัติ 1", "7 วัน"):
            await place.says("อรุณี", text)
        for text in ("แก้ไข", "แก้ข้อ 1", "11", "แก้ 12 ครั้ง เป็น 11 ครั้ง", "ส่งรายงาน"):
            await place.says("นภา", text)
        report = await Report.get()
        assert (report.state, report.version, report.accepted_version) == ("submitted", 2, 1)
        for text in ("ตรวจ", "1", "รับรอง"):
            await place.says("อรุณี", text)
        report = await Report.get()
        assert (report.state, report.version, report.accepted_version) == ("accepted", 2, 2)
        assert [(each.version, each.decision) for each in await Review.all().order_by("at")] == [
            (1, "accepted"),
            (2, "accepted"),
        ]
        request = await Request.get()
        assert (request.kind, request.state, request.decided_by_id is not None) == ("edit", "used", True)  # type: ignore[attr-defined]  # Tortoise makes it
        actions = {each.action for each in await AuditEntry.all()}
        assert {"report.accepted", "request.ask", "request.granted"} <= actions


async def test_nobody_who_blocked_the_bot_is_pushed_to(database_url: str) -> None:
    """The return is kept, goes to a colleague who can be reached, and says so; with nobody left it says to call."""
    async with town(database_url, LIBRARIES, START) as place:
        await place.reporter("นภา", "LIB-01")
        await place.reporter("มานี", "LIB-01")
        await coordinator(place)
        await place.says("มานี", "สวัสดี")
        await reported(place, "นภา")
        await place.platform.unfollow(place.person("นภา").id)
        seen = place.platform.chat(place.person("มานี").id).last
        for text in ("ตรวจ", "1", "ขอให้ปรับแก้", "ผล"):
            await place.says("อรุณี", text)
        answer = said(await place.says("อรุณี", "ขอยืนยันตัวเลข"))
        assert "แจ้งมานี ทาง LINE" in answer
        assert "ขอยืนยันตัวเลข" in said(await place.answers("มานี", seen))
        for text in ("แก้ไข", "13", "แก้ 12 ครั้ง เป็น 13 ครั้ง", "ส่งรายงาน"):
            await place.says("มานี", text)
        assert (await Report.get()).state == "resubmitted"
        await place.platform.unfollow(place.person("มานี").id)
        for text in ("ตรวจ", "1", "ขอให้ปรับแก้", "ผล"):
            await place.says("อรุณี", text)
        assert "โทรศัพท์" in said(await place.says("อรุณี", "ขอยืนยันตัวเลข"))
        assert (await Report.get()).state == "returned"
        pushes = [each for each in place.platform.calls if each.endpoint == "push"]
        assert [each.body["to"] for each in pushes] == [place.person("มานี").id]


async def test_what_a_grant_writes(database_url: str) -> None:
    """A target row with its document, an activity row with its first day, a membership that has ended."""
    async with town(database_url, LIBRARIES, START) as place:
        await place.reporter("นภา", "LIB-01")
        await coordinator(place)
        for text in ("ขอเปลี่ยนเป้าหมาย", "48", "กท 1234/2570", "ผู้บริหารสั่ง"):
            await place.says("นภา", text)
        # 400 of 40 wants a word, and the word is that the activity changed.
        for text in ("รายงาน 2300-849", "400", "เล่านิทานออนไลน์ 400 ครั้ง", "จบ", "ขอเปลี่ยนกิจกรรม"):
            await place.says("นภา", text)
        for text in ("เล่านิทานออนไลน์", "พ.ย. 69", "ส่งรายงาน", "แจ้งย้าย", "ใช่"):
            await place.says("นภา", text)
        for _ in range(3):
            await place.says("อรุณี", "คำขอ")
            await place.says("อรุณี", "อนุมัติ 1")
        target = await Target.get(document_number="กท 1234/2570")
        assert target.value == Decimal(48)
        assert (target.valid_from.isoformat(), target.reason) == ("2027-01-05", "ผู้บริหารสั่ง")
        activity = await Activity.get()
        assert (activity.text, activity.valid_from.isoformat()) == ("เล่านิทานออนไลน์", "2026-11-01")
        assert {each.state for each in await Request.all()} == {"granted"}
        held = await Membership.get(role="reporter")
        assert held.valid_to is not None
        assert "สิ้นสุด" in said(await place.says("นภา", "รายงาน"))


async def test_a_new_line_account_takes_the_place_of_the_old(database_url: str) -> None:
    """Somebody of the same name registers anew: one tap lets them in and ends the duty of the old account."""
    async with town(database_url, LIBRARIES, START) as place:
        await coordinator(place)
        await invitation("5555-6666-7777", ["LIB-01"], place.clock.now(), needs_approval=True)
        for name in ("เก่า", "ใหม่"):
            for text in ("555566667777", "นภา ใจดี บรรณารักษ์", "ถูกต้อง"):
                await place.says(name, text)
            listed = said(await place.says("อรุณี", "อนุมัติ"))
            assert ("แทนบัญชี LINE เดิม" in listed) is (name == "ใหม่")
            await place.says("อรุณี", "1")
        old, new = await Membership.filter(role="reporter").order_by("id")
        assert old.valid_to is not None
        assert (new.valid_to, new.approved_at is not None) == (None, True)
        await place.look()
        (let_in,) = place.pushed("ใหม่")
        assert let_in.startswith("อนุมัติการลงทะเบียนแล้ว · ผู้รายงาน · ห้องสมุดสวนลุมพินี")
        assert "รายงานตัวชี้วัดใด" in said(await place.says("ใหม่", "รายงาน"))


async def test_who_is_reminded(database_url: str) -> None:
    """Coordinators and deputies for whom something waited too long, nobody else, nobody who blocked the bot."""
    async with town(database_url, LIBRARIES, START) as place:
        await place.reporter("นภา", "LIB-01")
        await coordinator(place, "อรุณี")
        deputy = await coordinator(place, "วิชัย")
        await coordinator(place, "ปิดกั้น")
        await coordinator(place, "ที่อื่น", "LIB-02")
        await Membership.filter(person=deputy).update(valid_to=place.clock.now().date() + timedelta(days=30))
        await reported(place, "นภา")
        await place.platform.unfollow(place.person("ปิดกั้น").id)
        connection = get_connection("default")
        office = await read_office(connection)
        after = timedelta(days=3)
        now = place.clock.now()
        assert await reviewers_to_remind(connection, office, now + timedelta(days=2), after) == ()
        found = await reviewers_to_remind(connection, office, now + timedelta(days=4), after)
        people = [await Person.get(line_user_id=place.person(name).id) for name in ("อรุณี", "วิชัย")]
        assert [(each.person_id, each.reports, each.requests, each.days) for each in found] == [
            (person.id, 1, 0, 4) for person in people
        ]
        for text in ("ตรวจ", "1", "รับรอง"):
            await place.says("อรุณี", text)
        assert await reviewers_to_remind(connection, office, now + timedelta(days=9), after) == ()


def seed_office(folder: Path) -> Path:
    """The seed's office with its 36 libraries: 828 titles and 316,259 views in the fourth quarter of 2564."""
    office: dict[str, Any] = yaml.safe_load((PAGES / "seed.yaml").read_text("utf-8"))
    codes = [f"LIB-{number:02}" for number in range(1, 37)]
    office["units"] += [
        {"code": code, "name": f"ห้องสมุดที่ {number}", "kind": "library", "parent": "23000000"}
        for number, code in enumerate(codes, 1)
    ]
    (indicator,) = office["indicators"]
    indicator["over_units"] = "count_met"
    indicator["sub_measures"] = [
        {"code": "titles", "label": "บรรณนิทัศน์ออนไลน์", "unit_of_measure": "ชื่อเรื่อง"},
        {"code": "views", "label": "การเข้าชมบรรณนิทัศน์ออนไลน์", "unit_of_measure": "ครั้ง"},
    ]
    office["assignments"].append({"indicator": "2300-848", "units": codes, "fiscal_year": 2564})
    office["results"] = [
        {
            "indicator": "2300-848",
            "unit": code,
            "fiscal_year": 2564,
            "quarter": 4,
            "result": "แล้ว",
            "narrative": "จัดทำบรรณนิทัศน์ออนไลน์",
            "sub_measures": ["titles=23", f"views={8784 if code == 'LIB-36' else 8785}"],
        }
        for code in codes
    ]
    path = folder / "office.yaml"
    path.write_text(yaml.safe_dump(office, allow_unicode=True), encoding="utf-8")
    return path


async def test_the_seeds_fourth_quarter(database_url: str, tmp_path: Path) -> None:
    """36 libraries are accepted at once and rolled up: 36, 828 titles, 316,259 views, as the page published them."""
    async with town(database_url, seed_office(tmp_path), "2026-11-23T09:00:00+07:00") as place:
        await coordinator(place, "ปราณี", "23000000")
        await place.says("ปราณี", "รวมผล")
        asked = said(await place.says("ปราณี", "ไตรมาส 4"))
        assert "รายงานแล้ว 36 จาก 36 หน่วยงาน" in asked
        assert "นับหน่วยงานที่ทำได้: 36 ห้อง" in asked
        # 36 of 3 wants its word of explanation, as in the published quarter.
        preview = said(await place.says("ปราณี", "เปลี่ยนกิจกรรมในไตรมาส 2"))
        assert "828 ชื่อเรื่อง" in preview
        assert "316,259 ครั้ง" in preview
        await place.says("ปราณี", "ส่งรายงาน")
        version = await ReportVersion.get(report__unit__code="23000000").select_related("report")
        assert version.result == Decimal(36)
        assert (version.report.quarter, version.report.state) == (4, "submitted")
        assert version.explanation == "เปลี่ยนกิจกรรมในไตรมาส 2"
        assert "บรรณนิทัศน์ออนไลน์ รวม 828 ชื่อเรื่อง" in version.narrative
        totals = await SubMeasureResult.filter(version=version).order_by("sub_measure__code").values_list("value")
        assert [each[0] for each in totals] == [Decimal(828), Decimal(316_259)]


@pytest.mark.parametrize("silent", [1, 3])
async def test_who_is_missing_is_named(database_url: str, tmp_path: Path, silent: int) -> None:
    """A library that did not report is in the summary and in the drafted narrative, never left out silently."""
    path = seed_office(tmp_path)
    office = yaml.safe_load(path.read_text("utf-8"))
    office["results"] = office["results"][silent:]
    path.write_text(yaml.safe_dump(office, allow_unicode=True), encoding="utf-8")
    async with town(database_url, path, "2026-11-23T09:00:00+07:00") as place:
        await coordinator(place, "ปราณี", "23000000")
        await place.says("ปราณี", "รวมผล")
        asked = said(await place.says("ปราณี", "ไตรมาส 4"))
        assert f"ยังไม่รายงาน {silent} หน่วยงาน: ห้องสมุดที่ 1" in asked
        await place.says("ปราณี", "ถูกต้องแล้ว")
        await place.says("ปราณี", "ส่งรายงาน")
        version = await ReportVersion.get(report__unit__code="23000000")
        assert version.result == 36 - silent
        assert f"ห้องสมุดที่ {silent}" in version.narrative.splitlines()[-1]
