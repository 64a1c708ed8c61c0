"""ยืนยัน confirms wherever it is asked whether somebody is sure; what only acknowledges never does."""

from __future__ import annotations

import copy

import pytest

from handlers.events import Media
from handlers.session import Session
from tests.handlers.stage import Stage
from tests.handlers.test_side_commands import full_desk

SURE = {
    "preview": ("นภา", ("รายงาน", "บางบอน", "2300-848", "แล้ว", "12", "พัฒนาแล้ว 12 ชื่อเรื่อง", "จบ")),
    "withdraw": ("นภา", ("ขอถอน", "ส่งผิดไตรมาส")),
    "moved": ("นภา", ("แจ้งย้าย", "1")),
    "forget": ("นภา", ("ลบข้อมูลของฉัน",)),
    "accept several": ("อรุณี", ("ตรวจ", "รับรองทั้งหมด")),
    "move a date": ("อรุณี", ("เลื่อนวันครบกำหนด ไตรมาส 1 เป็น 15 ม.ค. 70",)),
    "have them reminded": ("อรุณี", ("เตือน",)),
    "evaluate": ("ปรีชา", ("ประเมิน 2300-848 ไตรมาส 1", "95", "50", "95", "ครบถ้วน")),
}
"""Who → what they type, up to the question whether they are sure."""


def before(deed: str, language: str) -> tuple[Stage, str]:
    stage = full_desk()
    who, typed = SURE[deed]
    for each in (*typed, language):
        stage.says(who, each)
    assert Session.load(stage.sessions[who]).conversation, stage.said[who].text
    return stage, who


@pytest.mark.parametrize("language", ["ภาษาไทย", "English"])
@pytest.mark.parametrize("deed", SURE)
def test_confirmed(deed: str, language: str) -> None:
    """The fixed word of either language ends the conversation with its deed; acknowledging leaves it where it stood."""
    stage, who = before(deed, language)
    asked = Session.load(stage.sessions[who])
    for each in ("ค่ะ", "ครับ", "รับทราบ", "รับทราบค่ะ", "ทราบแล้ว", "noted"):
        stage.says(who, each)
        now = Session.load(stage.sessions[who])
        assert (now.conversation, now.asked) == (asked.conversation, asked.asked), each
    stage.does(who, Media("sticker"))
    assert Session.load(stage.sessions[who]).asked == asked.asked
    for each in ("ยืนยัน", "ยืนยันค่ะ", "confirm"):
        beside = copy.deepcopy(stage)
        beside.says(who, each)
        assert not Session.load(beside.sessions[who]).conversation, beside.said[who].text
