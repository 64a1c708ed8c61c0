"""Reports where the dialogues do not reach: the round closes in mid-draft, the message that chose is unsent."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.events import Unsend
from tests.handlers.stage import BANGKOK, Stage


def at_the_preview() -> Stage:
    """A reporter of one library has answered everything about 2300-849."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    for text in ("รายงาน", "2300-849", "36", "จัดกิจกรรมแล้ว", "จบ"):
        stage.says("นภา", text)
    return stage


def test_the_round_closes_in_mid_draft() -> None:
    """After the closing day the same confirmation sends nothing, says why, and keeps the draft."""
    stage = at_the_preview()
    stage.now = datetime(2027, 1, 26, 9, 0, tzinfo=BANGKOK)
    (said,) = stage.says("นภา", "ส่งรายงาน")
    assert said.text
    assert stage.versions == {}
    assert len(stage.drafts) == 1


def test_a_late_report_is_marked() -> None:
    """Between the due day and the closing day it can be sent, and is late."""
    stage = at_the_preview()
    stage.now += timedelta(days=10)
    stage.says("นภา", "ส่งรายงาน")
    ((version,),) = stage.versions.values()
    assert version.summary.late


def test_write_anew_is_no_narrative() -> None:
    """เขียนใหม่ where an answer is written anew already, or for the first time, is never kept as its text."""
    stage = at_the_preview()
    stage.says("นภา", "แก้ข้อ 2")
    assert stage.says("นภา", "เขียนใหม่ค่ะ")[-1].text.startswith("ตอบข้อนี้ใหม่ได้เลย\n")
    for text in ("เล่านิทาน 40 ครั้ง", "จบ", "ส่งรายงาน"):
        stage.says("นภา", text)
    ((version,),) = stage.versions.values()
    assert version.narrative == "เล่านิทาน 40 ครั้ง"


def test_the_message_that_chose_the_report_is_unsent() -> None:
    """The choice is asked again; nothing fails and nothing is sent."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    stage.says("นภา", "รายงาน")
    stage.says("นภา", "2300-849")
    assert stage.event is not None
    choice = stage.event.message_id
    for text in ("36", "จัดกิจกรรมแล้ว"):
        stage.says("นภา", text)
    assert stage.does("นภา", Unsend(choice))
    assert stage.sessions["นภา"]["asked"] == "indicator"
    assert stage.versions == {}


def test_strangers_learn_nothing_of_reports() -> None:
    """Who is not registered is never asked about a report."""
    stage = Stage()
    for text in ("รายงาน", "สถานะ", "แก้ไข", "ส่งรายงาน"):
        assert stage.says("คนนอก", text)
        assert not stage.sessions.get("คนนอก")


def test_a_new_figure_is_not_lost_by_sending() -> None:
    """A number typed at the preview is asked about until it is taken or dropped: sending drops nothing unseen."""
    stage = at_the_preview()
    stage.says("นภา", "310")
    for _ in range(2):
        assert "310 คือผลที่ถูกต้องใช่หรือไม่" in stage.says("นภา", "ส่งรายงาน")[-1].text
    assert stage.versions == {}
    stage.says("นภา", "คงผลเดิม")
    stage.says("นภา", "ส่งรายงาน")
    ((version,),) = stage.versions.values()
    assert version.answer == "36"
