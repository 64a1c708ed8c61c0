"""What an earlier release left in the database goes on: sessions in the middle of a dialogue, notices to be told."""

from __future__ import annotations

from typing import Any

from handlers.effects import Review
from handlers.records import Notice
from handlers.remind import ROUND
from models.rules.office import ReportKey, Role
from models.rules.standing import Decision
from tests.handlers.small_office import Q1
from tests.handlers.stage import Stage

COUNT, LIVING = ReportKey(3, 2, Q1), ReportKey(3, 1, Q1)


def reviewing(**changes: Any) -> Stage:
    """A coordinator who read version 1 of a report before the upgrade; the session as it was written then."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    stage.sent(COUNT, "36")
    stage.sent(LIVING, "yes", titles="12")
    stage.sessions["อรุณี"] = {
        "conversation": "review",
        "id": "an-event",
        "answers": {"report": [3, 2, "1/2570"]},
        "asked": "decision",
        "asked_at": stage.now.isoformat(),
        "offered": [],
        "held": [],
        "draft_revision": 0,
        "base_version": 1,
        **changes,
    }
    return stage


def accepted(stage: Stage) -> list[tuple[ReportKey, int]]:
    return [(each.key, each.version) for each in stage.done if isinstance(each, Review)]


def test_what_was_read_is_what_is_decided() -> None:
    """The version that stood there is accepted; one that came in during the upgrade is shown first."""
    stage = reviewing()
    assert stage.says("อรุณี", "รับรอง")[-1].text.startswith("รับรองแล้ว")
    assert accepted(stage) == [(COUNT, 1)]
    stage = reviewing()
    stage.sent(COUNT, "40")
    assert "มีฉบับใหม่" in stage.says("อรุณี", "รับรอง")[-1].text
    stage.says("อรุณี", "รับรอง")
    assert accepted(stage) == [(COUNT, 2)]


def test_another_report_opens_after_what_was_read() -> None:
    """Whoever goes back opens the other report, and no version of it is said to be newer."""
    stage = reviewing(base_version=3)
    stage.sent(COUNT, "37")
    stage.sent(COUNT, "38")
    stage.says("อรุณี", "ย้อนกลับ")
    said = stage.says("อรุณี", "848")[-1].text
    assert said.startswith("2300-848")
    stage.says("อรุณี", "รับรอง")
    (review,) = [each for each in stage.done if isinstance(each, Review)]
    assert (review.key, review.decision) == (LIVING, Decision.ACCEPTED)


def test_a_moved_date_is_told() -> None:
    """A notice of one date, with its name, is told as one with all that were moved."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    data = {"which": "due", "quarter": "1/2570", "before": "2027-01-08", "after": "2027-01-11"}
    stage.notices["นภา"] = (Notice("1", ROUND, data),)
    said = stage.says("นภา", "ช่วยเหลือ")[-1].text
    assert said.startswith("วันครบกำหนดไตรมาส 1/2570 เลื่อนจาก 8 ม.ค. 70 เป็นวันจันทร์ที่ 11 ม.ค. 70")
