"""A command beside a conversation: whoever asks, at whichever question, is answered, and the question stands again."""

from __future__ import annotations

import copy
from datetime import datetime

import pytest
from msgspec.structs import replace

from handlers.records import Notice
from handlers.session import Session
from models.rules.office import Assignment, ReportKey, Role
from models.rules.standing import ReportState
from tests.handlers.small_office import Q1
from tests.handlers.stage import BANGKOK, Stage

SIDE = (
    *("ช่วยเหลือ", "ข้อมูลของฉัน", "สถานะ", "สถานะ 2300-848", "สถานะ ไตรมาส 1", "ใครยังไม่ส่ง", "ใครยังไม่ส่ง 2300-849"),
    *("สรุป", "สรุป ไตรมาส 1", "แจ้งกลุ่ม", "ผลประเมิน", "ผลประเมิน 2300-848", "เชื่อมกลุ่ม", "เตือนพรุ่งนี้", "หยุดเตือน", "สวัสดี"),
)
"""What is answered beside a conversation."""
OTHERS = (
    *(
        "ตรวจ",
        "คำขอ",
        "อนุมัติ",
        "รวมผล",
        "รายงานแทน",
        "ประเมิน",
        "ประเมิน 2300-848 ไตรมาส 1",
        "รายงาน",
        "แก้ไข",
        "แก้ไข 1/2570-07",
    ),
    *("ขอเปิดรายงาน", "ขอถอน", "ขอเปลี่ยนเป้าหมาย", "แจ้งย้าย", "ลบข้อมูลของฉัน", "English", "เปิดเผยรูป 1/2570-07", "ส่งหรือยัง"),
)
"""What may lead elsewhere."""
WALKS = {
    "อรุณี": (
        ("ตรวจ", "1", "ขอให้ปรับแก้", "1"),
        ("ตรวจ", "รับรองทั้งหมด"),
        ("อนุมัติ",),
        ("คำขอ", "ไม่อนุมัติข้อ 1"),
        ("คำขอ", "อนุมัติข้อ 1"),
        ("รายงานแทน", "บางบอน", "แล้ว", "12", "พัฒนาแล้ว", "จบ", "มานี โทรแจ้ง"),
        ("รวมผล", "2300-848"),
        ("ลบข้อมูลของฉัน",),
    ),
    "นภา": (
        ("รายงาน", "2300-848", "แล้ว", "12", "พัฒนาแล้ว", "จบ"),
        ("แก้ไข", "1"),
        ("แจ้งย้าย",),
        ("ขอเปลี่ยนเป้าหมาย", "50"),
    ),
    "ปรีชา": (("ประเมิน 2300-848 ไตรมาส 1", "95", "50", "95", "ครบถ้วน"), ("ประเมิน",)),
    "วิภา": (("ลบข้อมูลของฉัน",),),
}
"""Who → what they type, from the first word to the last question of a conversation."""
ROUTES = [(who, walk[:length]) for who, walks in WALKS.items() for walk in walks for length in range(1, len(walk) + 1)]


def full_desk() -> Stage:
    """Something waits for everybody: reports, corrections, requests, people to be let in, an owner's report."""
    stage = Stage(now=datetime(2027, 1, 8, 14, 0, tzinfo=BANGKOK))
    further = Assignment(4, 2, 2570, frozenset({1, 2, 3, 4}))
    stage.office = replace(stage.office, assignments=(*stage.office.assignments, further))
    stage.member("นภา", "นภา ใจดี", 3, 4)
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    stage.member("ปรีชา", "ปรีชา ตรวจดี", 1, role=Role.EVALUATOR)
    stage.member("วิภา", "วิภา บริหารดี", 1, role=Role.EXECUTIVE)
    stage.member("มานี", "มานี มีนา", 5)
    stage.memberships["มานี"] = [replace(each, approved=False) for each in stage.memberships["มานี"]]
    stage.sent(ReportKey(3, 2, Q1), "36", "เล่านิทาน 36 ครั้ง")
    stage.sent(ReportKey(5, 1, Q1), "yes", titles="12")
    stage.sent(ReportKey(1, 1, Q1), "2", titles="12")
    stage.desk.set_state(stage, ReportKey(1, 1, Q1), ReportState.ACCEPTED, 1)
    stage.says("นภา", "ขอเปลี่ยนเป้าหมาย")
    for each in ("1", "50", "กท 1/2570", "เพิ่มงบประมาณ"):
        stage.says("นภา", each)
    return stage


@pytest.mark.parametrize(("who", "typed"), ROUTES, ids=lambda each: each if isinstance(each, str) else "-".join(each))
def test_the_question_stands_again(who: str, typed: tuple[str, ...]) -> None:
    """At each question of each conversation each command is answered within the look-ups that the shell allows."""
    stage = full_desk()
    for each in typed:
        stage.says(who, each)
    before = Session.load(stage.sessions[who])
    assert before.conversation, "the walk ends at a question"
    for command in SIDE:
        beside = copy.deepcopy(stage)
        assert beside.says(who, command), command
        after = Session.load(beside.sessions[who])
        assert (after.conversation, after.asked, after.answers) == (before.conversation, before.asked, before.answers)
    for command in OTHERS:
        beside = copy.deepcopy(stage)
        assert beside.says(who, command), command


@pytest.mark.parametrize(("who", "typed"), ROUTES, ids=lambda each: each if isinstance(each, str) else "-".join(each))
def test_a_language_is_confirmed_in_itself(who: str, typed: tuple[str, ...]) -> None:
    """At each question English is confirmed in English, and Thai in Thai."""
    stage = full_desk()
    for each in typed:
        stage.says(who, each)
    for command, done in (("English", "The language is English now."), ("ภาษาไทย", "เปลี่ยนเป็นภาษาไทยแล้ว")):
        assert any(done in each.text for each in stage.says(who, command)), command


def test_what_rides_on_it_is_in_the_new_language() -> None:
    """A notice at the head of the answer to English is in English."""
    stage = full_desk()
    stage.notices["อรุณี"] = (Notice("1", "asked", {"what": "requests"}),)
    (said,) = stage.says("อรุณี", "English")
    assert said.text.startswith("A new request waits")
    assert not stage.notices["อรุณี"]


def test_a_command_is_heard_where_the_question_has_moved_on() -> None:
    """A colleague's draft came up meanwhile: whoever asks for something else gets it, and no word about an answer."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3, 4)
    stage.member("สมบัติ", "สมบัติ มั่นคง", 3)
    stage.says("นภา", "รายงาน")
    for each in ("รายงาน 2300-849 ไตรมาส 1", "36"):
        stage.says("สมบัติ", each)
    said = stage.says("นภา", "สถานะ")
    assert said[0].text.startswith("มี 3 รายการรอรายงาน")
    assert "ข้อมูลมีการเปลี่ยนแปลง" not in said[-1].text
    assert Session.load(stage.sessions["นภา"]).asked == "draft"
    assert said[-1].text.startswith("มีร่างที่ยังไม่ได้ส่ง 1 รายการ")
