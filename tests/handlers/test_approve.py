"""อนุมัติ where many wait: a code for the staff's whole group lets them in one tap after the other."""

from __future__ import annotations

from handlers.effects import Tell, TurnAway
from handlers.records import Invitation
from handlers.session import Session
from models.rules.office import Role
from tests.handlers.stage import CODE, Stage

MANY = 12


def asked_by_many() -> Stage:
    """Twelve people have typed the group's code, and nobody has looked yet."""
    stage = Stage()
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    stage.invitations[CODE] = Invitation(1, (3,), Role.REPORTER, 99, None, needs_approval=True)
    for number in range(1, MANY + 1):
        for text in (CODE, f"สมหญิง คนที่{number} บรรณารักษ์", "ถูกต้อง"):
            stage.says(f"คน {number}", text)
    return stage


def test_each_takes_one_tap() -> None:
    """The list stands again under each receipt, ten at a time, until all are in; each is told."""
    stage = asked_by_many()
    first = stage.says("อรุณี", "อนุมัติ")[-1]
    assert "(อีก 2 คนจะแสดงถัดไป)" in first.text
    assert len([each for each in first.buttons if "สมหญิง" in each.label]) == 10
    for number in range(1, MANY):
        said = stage.taps("อรุณี", f"1. สมหญิง คนที่{number}")[-1].text
        assert said.startswith(f"อนุมัติแล้ว: สมหญิง คนที่{number} · ")
        assert f"1. สมหญิง คนที่{number + 1} " in said
    stage.taps("อรุณี", f"1. สมหญิง คนที่{MANY}")
    assert not Session.load(stage.sessions["อรุณี"]).conversation
    assert all(each.approved for number in range(1, MANY + 1) for each in stage.memberships[f"คน {number}"])
    people = [stage.people[f"คน {number}"].id for number in range(1, MANY + 1)]
    assert [each.person_id for each in stage.desk.told] == people


def test_a_button_of_an_earlier_list_lets_in_whom_it_names() -> None:
    """The rows have moved up, the button still means its person; tapped again it changes nothing."""
    stage = asked_by_many()
    stage.says("อรุณี", "อนุมัติ")
    third = stage.said["อรุณี"]
    stage.taps("อรุณี", "1. สมหญิง คนที่1")
    for _ in range(2):
        stage.said["อรุณี"] = third
        stage.taps("อรุณี", "3. สมหญิง คนที่3")
    approved = [number for number in range(1, MANY + 1) if stage.memberships[f"คน {number}"][0].approved]
    assert approved == [1, 3]
    assert len([each for each in stage.desk.told if isinstance(each, Tell)]) == 2


def test_a_coordinator_can_say_no_with_a_reason() -> None:
    """Whoever is refused hears why and from whom, waits no longer, and the list goes on; a reason there must be."""
    stage = asked_by_many()
    stage.says("อรุณี", "อนุมัติ")
    assert "เลือกคำขอที่ไม่อนุมัติ" in stage.taps("อรุณี", "ไม่อนุมัติ")[-1].text
    assert "ไม่อนุมัติ สมหญิง คนที่2 · ห้องสมุดสวนลุมพินี" in stage.taps("อรุณี", "2. สมหญิง คนที่2")[-1].text
    stage.says("อรุณี", "2")
    assert not [each for each in stage.done if isinstance(each, TurnAway)]
    said = stage.says("อรุณี", "ไม่พบชื่อในหน่วยงานนี้")[-1].text
    assert said.startswith("ไม่อนุมัติ: สมหญิง คนที่2 · ")
    assert f"มี {MANY - 1} คำขอลงทะเบียนรออนุมัติ" in said
    assert "คนที่2 (" not in said
    (refused,) = stage.memberships["คน 2"]
    assert (refused.approved, refused.ended(stage.now.date())) == (False, True)
    (told,) = stage.desk.told
    assert told.person_id == stage.people["คน 2"].id
    assert "เหตุผล: ไม่พบชื่อในหน่วยงานนี้\nผู้ประสานงาน: อรุณี ประสานดี" in told.say.text
    assert "ของห้องสมุดสวนลุมพินี ไม่ได้รับอนุมัติ" in stage.says("คน 2", "สถานะ")[0].text
    assert stage.taps("อรุณี", "1. สมหญิง คนที่1")[-1].text.startswith("อนุมัติแล้ว: สมหญิง คนที่1 · ")
    stage.says("อรุณี", "เก็บไว้ก่อน")
    assert f"มี {MANY - 2} คำขอลงทะเบียนรออนุมัติ" in stage.says("อรุณี", "อนุมัติ")[-1].text


def test_a_button_that_lets_in_turns_nobody_away() -> None:
    """While it is asked who is refused, a row of the list above is no answer; อนุมัติ goes back to that list."""
    stage = asked_by_many()
    stage.says("อรุณี", "อนุมัติ")
    above = stage.said["อรุณี"]
    stage.taps("อรุณี", "ไม่อนุมัติ")
    stage.said["อรุณี"] = above
    stage.taps("อรุณี", "1. สมหญิง คนที่1")
    assert Session.load(stage.sessions["อรุณี"]).asked == "refused"
    assert "จะอนุมัติผู้ใด" in stage.says("อรุณี", "อนุมัติ")[-1].text
    assert stage.desk.told == []


def test_the_words_of_the_requests_are_understood_here_too() -> None:
    """อนุมัติ 2 and ไม่อนุมัติ 2 mean the second person; in the list of those to be refused อนุมัติ 2 means nobody."""
    stage = asked_by_many()
    stage.says("อรุณี", "อนุมัติ")
    assert stage.says("อรุณี", "อนุมัติ 2")[-1].text.startswith("อนุมัติแล้ว: สมหญิง คนที่2 ")
    assert "จะไม่อนุมัติ สมหญิง คนที่3 " in stage.says("อรุณี", "ไม่อนุมัติ ๒")[-1].text
    assert stage.says("อรุณี", "เลือกหน่วยงานผิด")[-1].text.startswith("ไม่อนุมัติ: สมหญิง คนที่3 ")
    stage.says("อรุณี", "ไม่อนุมัติ")
    assert "ไม่ตรงกับตัวเลือก" in stage.says("อรุณี", "อนุมัติ 2")[-1].text
    assert [number for number in range(1, MANY + 1) if stage.memberships[f"คน {number}"][0].approved] == [2]
