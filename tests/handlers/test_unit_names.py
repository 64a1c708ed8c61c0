"""Units as people name them behind a command: without the office's long words, with a slip, or of many by a number."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace

from bot.line.limits import check
from bot.line.render import render
from models.rules.office import Assignment, Role
from tests.handlers.stage import BANGKOK, Stage
from tests.handlers.test_round_status import NAME, says

LONG = "ห้องสมุดเพื่อการเรียนรู้"


def long_named() -> Stage:
    """Libraries as the office's list calls them."""
    stage = Stage(now=datetime(2027, 1, 8, 14, 0, tzinfo=BANGKOK))
    units = {each.id: replace(each, name=each.name.replace("ห้องสมุด", LONG)) for each in stage.office.units.values()}
    stage.office = replace(stage.office, units=units)
    stage.member("สมชาย", NAME, 2, role=Role.COORDINATOR)
    return stage


@pytest.mark.parametrize("said", ["สวนลุมพินี", "ห้องสมุดสวนลุมพินี", "หอสมุดสวนลุมพินี", f"{LONG}สวนลุมพินี", "LIB-01"])
@pytest.mark.parametrize("command", ["สถานะ {}", "สรุป {}", "ใครยังไม่ส่ง {} ไตรมาส 1"])
def test_a_library_is_found_by_what_people_call_it(command: str, said: str) -> None:
    """Without the long words of the office's list, with them, or with the short word for a library."""
    shown = says(long_named(), command.format(said)).text
    assert "สวนลุมพินี" in shown
    assert "บางบอน" not in shown
    assert "ไม่พบ" not in shown


@pytest.mark.parametrize("said", ["สวนลุมพนี", "ห้องสมุดสวนลุมพนี", f"{LONG}สวนลุมพนี"])
@pytest.mark.parametrize("command", ["สถานะ {}", "สรุป {} 2300-848", "ใครยังไม่ส่ง {} ไตรมาส 1", "รายงานแทน {} 2300-848"])
def test_a_misspelt_library_is_asked_back(command: str, said: str) -> None:
    """With the command as it should read, to be tapped or typed; nothing is chosen for anybody."""
    stage = long_named()
    asked = says(stage, command.format(said))
    right = command.format("สวนลุมพินี")
    assert asked.text == f"ไม่พบหน่วยงาน “{said}” หมายถึงหน่วยงานใด\nตอบ: {right}"
    stage.taps("สมชาย", right)
    shown = stage.said["สมชาย"].text
    assert "สวนลุมพินี" in shown
    assert "ไม่พบ" not in shown


def test_a_misspelt_library_is_asked_back_beside_an_open_question() -> None:
    """The question stands again under it, as it does under a name without a slip."""
    stage = long_named()
    stage.member("นภา", "นภา ใจดี", 3)
    for text in ("แจ้งย้าย", "ใช่"):
        stage.says("นภา", text)
    says(stage, "คำขอ")
    beside, question = stage.says("สมชาย", "สถานะ สวนลุมพนี")
    assert beside.text.endswith("หมายถึงหน่วยงานใด\nตอบ: สถานะ สวนลุมพินี")
    assert question.text.startswith("มี 1 คำขอรอพิจารณา")
    assert f"เฉพาะ {LONG}สวนลุมพินี" in stage.taps("สมชาย", "สถานะ สวนลุมพินี")[0].text


def test_only_units_in_sight_are_asked_back() -> None:
    """A reporter of one library hears no name of another; what is near to nothing is said to be unknown."""
    stage = long_named()
    stage.member("นภา", "นภา ใจดี", 4)
    (said,) = stage.says("นภา", "สถานะ สวนลุมพนี")
    assert "สวนลุมพินี" not in said.text
    assert "สถานะ บางบอน" in stage.says("นภา", "สถานะ บางบอม")[0].text
    assert "หมายถึงหน่วยงานใด" not in says(stage, "สถานะ ห้องสมุดบนดวงจันทร์").text


def test_thirty_six_libraries_are_asked_for_in_few_lines() -> None:
    """Beside one another by their short names; a number, a name, or a part of it as it stands says which."""
    stage = long_named()
    first = stage.office.units[3]
    more = {each: replace(first, id=each, code=f"LIB-{each}", name=f"{LONG}บ้าน{each}ไร่") for each in range(11, 44)}
    duties = tuple(Assignment(each, 1, 2570, frozenset({1, 2, 3, 4})) for each in more)
    units, assignments = {**stage.office.units, **more}, (*stage.office.assignments, *duties)
    stage.office = replace(stage.office, units=units, assignments=assignments)
    asked = says(stage, "รายงานแทน")
    assert len(asked.text.splitlines()) <= 3
    assert "1. สวนลุมพินี / 2. บางบอน / " in asked.text
    assert "36. บ้าน43ไร่" in asked.text
    check("reply", {"replyToken": "x", "messages": render([asked])[0]})
    for said in ("5", "บ้าน12ไร่", "ห้องสมุดบ้าน12ไร่", f"{LONG}บ้าน12ไร่", "LIB-12"):
        says(stage, "รายงานแทน")
        assert f"{LONG}บ้าน12ไร่" in says(stage, said).text
        says(stage, "เก็บไว้ก่อน")


def test_the_end_of_a_code_behind_a_name() -> None:
    """As before it: 849 for 2300-849."""
    stage = long_named()
    assert "2300-849" not in says(stage, "สถานะ สวนลุมพินี 848").text
    assert "ตอบ: รายงานแทน สวนลุมพินี 848" in says(stage, "รายงานแทน สวนลุมพนี 848").text
