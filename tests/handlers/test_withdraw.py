"""ขอถอน: what is taken back no longer counts, its versions stay, and sent again it keeps its number."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers.effects import Withdraw
from models.rules.office import ReportKey, Role
from tests.handlers.small_office import Q1
from tests.handlers.stage import BANGKOK, Stage

COUNT, LIVING = ReportKey(3, 2, Q1), ReportKey(3, 1, Q1)


def sent() -> Stage:
    """Two colleagues of one library, whose count was sent."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    stage.member("สมบัติ", "สมบัติ มั่นคง", 3)
    stage.sent(COUNT, "36")
    return stage


def test_withdrawn_and_sent_again() -> None:
    """The number stays, the version follows, and every version is kept."""
    stage = sent()
    stage.says("นภา", "ขอถอน")
    stage.says("นภา", "นับซ้ำ")
    stage.says("นภา", "ถอนรายงาน")
    assert stage.withdrawn == {COUNT}
    assert "ยังไม่รายงาน" in stage.says("นภา", "สถานะ 2300-849 ไตรมาส 1")[-1].text
    for text in ("รายงาน 2300-849", "35", "จัดกิจกรรมแล้ว", "จบ"):
        stage.says("นภา", text)
    receipt = stage.says("นภา", "ส่งรายงาน")[-1].text
    assert "1/2570-07 (ฉบับที่ 2)" in receipt
    assert stage.withdrawn == set()
    assert [(each.summary.version, each.answer) for each in stage.versions[COUNT]] == [(1, "36"), (2, "35")]


@pytest.mark.parametrize("text", ["ไม่ถอน", "ไม่", "ไว้ทีหลัง"])
def test_a_no_leaves_the_report(text: str) -> None:
    """Nothing is taken back before a clear yes."""
    stage = sent()
    for each in ("ขอถอน", "นับซ้ำ", text):
        said = stage.says("นภา", each)
    assert stage.withdrawn == set()
    assert said[-1].buttons
    assert not stage.sessions["นภา"]


def test_a_reason_is_asked_for() -> None:
    """The reason goes with it; a picture or a number is none."""
    stage = sent()
    stage.says("นภา", "ขอถอน")
    stage.says("นภา", "555")
    assert stage.sessions["นภา"]["asked"] == "reason"
    stage.says("นภา", "นับซ้ำสองครั้ง")
    stage.says("นภา", "ใช่")
    (effect,) = [each for each in stage.done if isinstance(each, Withdraw)]
    assert (effect.version, effect.reason) == (1, "นับซ้ำสองครั้ง")


def test_a_colleague_sends_a_newer_version_meanwhile() -> None:
    """What is taken back is the version that was shown: the newer one is shown first, and asked about anew."""
    stage = sent()
    stage.says("นภา", "ขอถอน")
    stage.says("นภา", "นับซ้ำ")
    for text in ("แก้ไข", "แก้ข้อ 1", "30", "ส่งรายงาน"):
        stage.says("สมบัติ", text)
    assert len(stage.versions[COUNT]) == 2
    said = stage.taps("นภา", "ถอนรายงาน")
    assert stage.withdrawn == set()
    assert "ข้อมูลมีการเปลี่ยนแปลงระหว่างนี้" in said[-1].text or "ปุ่มนี้" in said[-1].text
    assert "30 ครั้ง" in stage.says("นภา", "นับซ้ำเหมือนกัน")[-1].text
    stage.says("นภา", "ถอนรายงาน")
    (effect,) = [each for each in stage.done if isinstance(each, Withdraw)]
    assert effect.version == 2


def test_a_colleague_withdraws_first() -> None:
    """The second is told that nothing is there to be taken back."""
    stage = sent()
    for who in ("นภา", "สมบัติ"):
        stage.says(who, "ขอถอน")
        stage.says(who, "นับซ้ำ")
    stage.says("นภา", "ถอนรายงาน")
    said = stage.says("สมบัติ", "ถอนรายงาน")
    assert not [each for each in stage.done if isinstance(each, Withdraw)]
    assert said[-1].buttons


def test_after_the_round_nothing_is_withdrawn() -> None:
    """A closed round stays as it is; the words say whom to ask."""
    stage = sent()
    stage.says("นภา", "ขอถอน")
    stage.says("นภา", "นับซ้ำ")
    stage.now = datetime(2027, 1, 26, 9, 0, tzinfo=BANGKOK)
    said = stage.says("นภา", "ถอนรายงาน")
    assert stage.withdrawn == set()
    assert "ขอเปิดรายงาน" in said[-1].text


def test_of_several_sent_reports_one_is_chosen() -> None:
    """Only the chosen one is taken back."""
    stage = sent()
    stage.sent(LIVING, "yes")
    for text in ("ขอถอน", "1", "นับซ้ำ", "ถอนรายงาน"):
        stage.says("นภา", text)
    assert stage.withdrawn == {LIVING}


def test_an_open_correction_of_a_withdrawn_report_goes_on_as_a_new_version() -> None:
    """A colleague who was correcting sends version 2 of what was taken back."""
    stage = sent()
    for text in ("แก้ไข", "แก้ข้อ 1", "30"):
        stage.says("สมบัติ", text)
    for text in ("ขอถอน", "นับซ้ำ", "ถอนรายงาน"):
        stage.says("นภา", text)
    stage.says("สมบัติ", "ส่งรายงาน")
    assert [each.summary.version for each in stage.versions[COUNT]] == [1, 2]
    assert stage.versions[COUNT][-1].summary.number == 7


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.EXECUTIVE, Role.ADMINISTRATOR, Role.COORDINATOR])
def test_who_reports_nothing_is_offered_nothing_that_is_refused(role: Role) -> None:
    """Whoever has no report of their own hears why, and no button leads to another refusal or the same words again."""
    stage = Stage()
    stage.member("ปรีชา", "ปรีชา ตรวจดี", 2, role=role)
    (said,) = stage.says("ปรีชา", "ขอถอน")
    for each in said.buttons:
        (then,) = stage.taps("ปรีชา", each.label)
        assert then.text != said.text
        assert "คำขอนี้ส่งได้เฉพาะผู้รายงาน" not in then.text
        stage.said["ปรีชา"] = said
