"""A long question beside which something else was asked is put again in a few lines, with everything it can be told."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from handlers.effects import Say
from handlers.events import Media
from handlers.session import Session
from models.rules.office import Assignment, ReportKey, Role, Unit, UnitKind
from tests.handlers.small_office import Q1
from tests.handlers.stage import Stage

FEW = 8
SIDE = ("สถานะ", "ใครยังไม่ส่ง", "สรุป", "ช่วยเหลือ", "ข้อมูลของฉัน", "สวัสดี", "ขอบคุณ", "รับทราบ", "สถานะ 9999-999")
LIBRARIES = range(101, 113)


def long_queue() -> Stage:
    """Twelve libraries have sent, a coordinator reads."""
    stage = Stage()
    office = stage.office
    units = {each: Unit(each, f"LIB-{each}", f"ห้องสมุดที่ {each}", UnitKind.LIBRARY, 2) for each in LIBRARIES}
    further = tuple(Assignment(each, 1, 2570, frozenset({1, 2, 3, 4})) for each in LIBRARIES)
    stage.office = replace(office, units={**office.units, **units}, assignments=(*office.assignments, *further))
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    for each in LIBRARIES:
        stage.sent(ReportKey(each, 1, Q1), "yes", titles="12")
    return stage


def choices(say: Say) -> list[str]:
    """The question's own buttons."""
    return [each.label for each in say.buttons if each.label.startswith(("1", "2", "3", "รับรองทั้งหมด"))]


@pytest.mark.parametrize("command", SIDE)
def test_a_long_list_is_put_again_in_a_few_lines(command: str) -> None:
    """Every choice is still in the text, with the number that takes it, and can be tapped."""
    stage = long_queue()
    full = stage.says("อรุณี", "ตรวจ")[-1]
    again = stage.says("อรุณี", command)[-1]
    assert len(full.text.splitlines()) > 10
    assert len(again.text.splitlines()) <= FEW
    assert choices(again) == choices(full)
    for label in choices(full):
        assert label in again.text
    assert "11. รับรองทั้งหมด 12" in again.text
    stage.says("อรุณี", "3")
    assert Session.load(stage.sessions["อรุณี"]).answers["report"] == [103, 1, "1/2570"]


def test_a_sticker_is_a_side_remark_too() -> None:
    """It is answered, and the list is not repeated."""
    stage = long_queue()
    stage.says("อรุณี", "ตรวจ")
    assert len(stage.does("อรุณี", Media("sticker"))[-1].text.splitlines()) <= FEW


def test_what_reads_anew_stands_in_full() -> None:
    """A list in another language, one that was narrowed, and the step behind a stale button are not the ones above."""
    stage = long_queue()
    old = stage.says("อรุณี", "ตรวจ")[-1]
    assert len(stage.says("อรุณี", "English")[-1].text.splitlines()) > 10
    stage.says("อรุณี", "ภาษาไทย")
    assert "3. 2300-848 · ห้องสมุดที่ 112 · ไตรมาส" in stage.says("อรุณี", "ที่ 11")[-1].text
    for text in ("เก็บไว้ก่อน", "ตรวจ", "สถานะ"):
        stage.says("อรุณี", text)
    stage.said["อรุณี"] = old
    stale = stage.taps("อรุณี", "1. 01")[-1].text
    assert "ปุ่มนี้เป็นของขั้นตอนก่อนหน้า" in stale
    assert len(stale.splitlines()) > 10


def test_a_short_question_stays_as_it_was() -> None:
    """What takes a few lines anyway is repeated as it was asked."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    asked = stage.says("นภา", "รายงาน 2300-849 ไตรมาส 1")[-1].text
    assert stage.says("นภา", "สถานะ")[-1].text == asked
