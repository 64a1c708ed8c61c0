"""รวมผล again: what was sent or drafted before is said, with what differs now; a late library can still be added."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from models.rules.office import ReportKey, Role
from tests.handlers.small_office import Q1
from tests.handlers.stage import BANGKOK, Stage

OWNERS = ReportKey(1, 1, Q1)


def coordinator() -> Stage:
    """A coordinator whose second of three libraries has reported."""
    stage = Stage()
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    stage.sent(ReportKey(4, 1, Q1), "yes", titles="12")
    return stage


def says(stage: Stage, *texts: str) -> str:
    return [[each.text for each in stage.says("อรุณี", text)] for text in texts][-1][0]


def last(stage: Stage) -> str:
    return stage.said["อรุณี"].text


def test_a_late_library_is_added() -> None:
    """The owner's report was sent: its number, its state and what differs now; a correction is a word away."""
    stage = coordinator()
    says(stage, "รวมผล", "2300-848", "ส่งรายงาน")
    assert stage.versions[OWNERS][-1].summary.result == 1
    stage.sent(ReportKey(5, 1, Q1), "yes", titles="3")
    said = says(stage, "รวมผล", "2300-848")
    assert "ส่งแล้ว เลขที่ 1/2570-08 · รอตรวจ · ขณะนี้ต่างไป: ผล 1 ห้อง → 2 ห้อง; " in said
    assert "จัดทำบรรณนิทัศน์ออนไลน์ 12 ชื่อเรื่อง → 15 ชื่อเรื่อง; รายละเอียด" in said
    says(stage, "ส่งร่างนี้แทน", "ส่งรายงาน")
    newest = stage.versions[OWNERS][-1]
    assert newest.summary.version == 2
    assert (newest.summary.result, newest.sub_measures["titles"]) == (Decimal(2), Decimal(15))


def test_the_same_again_says_so() -> None:
    """What was sent and what is combined now agree, accepted or not."""
    stage = coordinator()
    says(stage, "รวมผล", "2300-848", "ส่งรายงาน")
    assert "ส่งแล้ว เลขที่ 1/2570-08 · รอตรวจ · ตรงกับผลรวมขณะนี้" in says(stage, "รวมผล", "2300-848")


def test_a_stale_draft_is_said_to_be_stale() -> None:
    """ทำต่อ goes on with figures that no longer agree: it is said before, with the words that take the new ones."""
    stage = coordinator()
    says(stage, "รวมผล", "2300-848", "แก้ข้อ 3", "พัฒนาแล้ว 1 แห่ง", "จบ", "เก็บไว้ก่อน")
    stage.sent(ReportKey(5, 1, Q1), "yes", titles="3")
    said = says(stage, "รวมผล", "2300-848")
    assert "ร่างที่ทำค้างไว้ · ขณะนี้ต่างไป: ผล 1 ห้อง → 2 ห้อง; " in said
    assert "(“เริ่มใหม่” ใช้ผลรวมขณะนี้)" in said
    says(stage, "เริ่มใหม่")
    assert "1 ผล: 2 ห้อง" in last(stage)


def test_a_closed_round_is_said_to_be_closed() -> None:
    """After the closing day the preview does not say that the report can still be sent as any other."""
    stage = coordinator()
    stage.now = datetime(2027, 1, 28, 9, 0, tzinfo=BANGKOK)
    says(stage, "รวมผล", "2300-848")
    assert "ปิดรับ 25 ม.ค. 70 แล้ว รายงานนี้ส่งได้เป็นกรณีพิเศษ และจะบันทึกว่าล่าช้า" in last(stage)


def test_the_quarter_that_is_over_comes_first() -> None:
    """In the second quarter the first is combined; the one under way stands behind it."""
    stage = coordinator()
    stage.now = datetime(2027, 3, 2, 9, 0, tzinfo=BANGKOK)
    says(stage, "รวมผล", "2300-848")
    assert [each.label for each in stage.said["อรุณี"].buttons][:2] == ["ไตรมาส 1/2570", "ไตรมาส 2/2570"]
