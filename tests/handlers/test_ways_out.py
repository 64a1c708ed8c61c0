"""Every question says in its text how to leave it: LINE for PC shows no buttons."""

from __future__ import annotations

from datetime import datetime

import pytest

from models.rules.office import ReportKey, Role
from tests.handlers.small_office import Q1
from tests.handlers.stage import BANGKOK, Stage

CLOSED = datetime(2027, 1, 27, 9, 0, tzinfo=BANGKOK)
OUT = "เก็บไว้ก่อน"


def office(now: datetime) -> Stage:
    """A reporter of three libraries and a coordinator, for whom a report and a request wait."""
    stage = Stage(now=now)
    stage.member("มานะ", "มานะ อดทน", 3, 4, 5)
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    stage.sent(ReportKey(3, 1, Q1), "yes", titles="3")
    return stage


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("มานะ", ["ขอเปิดรายงาน"]),
        ("มานะ", ["ขอเปิดรายงาน", "1"]),
        ("มานะ", ["แจ้งย้าย"]),
        ("มานะ", ["รายงาน"]),
        ("มานะ", ["ขอเปลี่ยนเป้าหมาย"]),
        ("อรุณี", ["ตรวจ"]),
        ("อรุณี", ["ตรวจ", "1"]),
        ("อรุณี", ["ตรวจ", "1", "ขอให้ปรับแก้"]),
        ("อรุณี", ["คำขอ"]),
        ("อรุณี", ["คำขอ", "ไม่อนุมัติ 1"]),
        ("อรุณี", ["รายงานแทน"]),
    ],
    ids=lambda each: each if isinstance(each, str) else " ".join(each),
)
def test_every_question_can_be_left_by_its_own_words(who: str, words: list[str]) -> None:
    """Typed as it stands in the text, it leaves the question; what was sent and asked for stays."""
    stage = office(datetime(2027, 1, 8, 9, 0, tzinfo=BANGKOK) if words == ["รายงาน"] else CLOSED)
    if words[0] == "คำขอ":
        for each in ("ขอเปิดรายงาน", "1", "ไฟฟ้าดับ"):
            stage.says("มานะ", each)
    for each in words:
        said = stage.says(who, each)[-1]
    assert OUT in said.text.splitlines()[-1]
    assert OUT in [each.label for each in said.buttons]
    stage.says(who, OUT)
    assert not stage.sessions[who].get("conversation")
