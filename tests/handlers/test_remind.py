"""Reminders and notices in words: what is listed, what rides on an answer, what is not said twice."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from handlers.context import Context
from handlers.effects import Say, SetReminders
from handlers.facts import Facts
from handlers.records import Notice, Person
from handlers.remind import PENDING, reminder
from handlers.session import Session
from models.rules.office import Assignment, Office, ReportKey, Role
from tests.handlers.small_office import Q1, office
from tests.handlers.stage import Stage


def three_each() -> Office:
    """Each library reports two indicators, and there are eleven libraries."""
    small = office()
    units = {
        number: replace(small.units[3], id=number, code=f"L{number}", name=f"แห่งที่ {number}") for number in range(3, 14)
    }
    assignments = [Assignment(unit, one, 2570, frozenset({1})) for unit in units for one in (1, 2)]
    return replace(small, units={**small.units, **units}, assignments=tuple(assignments))


def reminded(units: int) -> Say:
    stage = Stage(office=three_each())
    context = Context(Session(), Facts(now=stage.now, office=stage.office, person=Person(1, "นภา", "")))
    return reminder(context, [ReportKey(3 + unit, one, Q1) for unit in range(units) for one in (1, 2)])


def test_everything_pending_is_listed_by_library() -> None:
    """Fourteen reports of seven libraries are seven lines, none left out; eleven have a button beside the usual two."""
    said = reminded(7)
    assert said.text.startswith("มี 14 รายการรอรายงาน")
    assert said.text.count("• 2300-848, 2300-849 ·") == 7
    assert "และอีก" not in said.text
    assert [each.label for each in said.buttons[-2:]] == ["เตือนพรุ่งนี้", "หยุดเตือน"]
    assert len(said.buttons) == 13


def test_what_does_not_fit_is_counted_by_report() -> None:
    """Eight libraries in full; of the ninth and tenth it is said how many reports wait."""
    said = reminded(10)
    assert said.text.count("•") == 8
    assert "และอีก 4 รายการ" in said.text


def riding(stage: Stage) -> None:
    stage.notices["นภา"] = (Notice("1", PENDING, {}),)


def test_a_missed_reminder_is_not_said_beside_what_says_it_already() -> None:
    """สถานะ lists what is pending and a receipt counts it; another answer has the line, overdue once it is."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    riding(stage)
    assert "ยังมี" not in stage.says("นภา", "สถานะ")[-1].text
    riding(stage)
    assert stage.says("นภา", "ช่วยเหลือ")[-1].text.startswith("ยังมี 2 รายการรอรายงาน ครบกำหนดวันจันทร์ที่ 11 ม.ค. 70")
    stage.now = stage.now.replace(day=12)
    riding(stage)
    assert stage.says("นภา", "ช่วยเหลือ")[-1].text.startswith("ยังมี 2 รายการรอรายงาน เกินกำหนดแล้ว\n")
    riding(stage)
    for words in ("รายงาน 2300-849", "5", "จัดกิจกรรมแล้ว", "จบ"):
        stage.says("นภา", words)
    receipt = stage.says("นภา", "ส่งรายงาน")[-1].text
    assert "ส่งรายงานแล้ว" in receipt
    assert receipt.count("รายการรอรายงาน") == 1
    assert stage.notices["นภา"] == ()


def test_who_is_never_reminded_has_nothing_to_stop() -> None:
    """A coordinator who reports for no unit is told so, and nothing is kept; a reporter's stop is."""
    stage = Stage()
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    stage.member("นภา", "นภา ใจดี", 3)
    for words in ("หยุดเตือน", "เตือนพรุ่งนี้"):
        assert stage.says("อรุณี", words)[-1].text.startswith("การเตือนให้รายงานมีเฉพาะผู้รายงาน")
        assert not [each for each in stage.done if isinstance(each, SetReminders)]
    stage.says("นภา", "เตือนพรุ่งนี้")
    assert [each for each in stage.done if isinstance(each, SetReminders)] == [SetReminders(date(2027, 1, 6))]
