"""ใช้คำตอบเดิม: an old answer that is kept after going back is the old answer, with all that belongs to it."""

from __future__ import annotations

import pytest

from handlers.events import Unsend
from handlers.records import Invitation
from handlers.session import Session
from models.rules.office import Role
from tests.handlers.stage import CODE, Stage
from tests.handlers.test_side_commands import full_desk


def at_the_preview(*answers: str) -> Stage:
    """A reporter of a count has answered everything."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    for text in ("รายงาน 2300-849 ไตรมาส 1", *answers):
        stage.says("นภา", text)
    assert Session.load(stage.sessions["นภา"]).asked == "confirm"
    return stage


def test_the_reason_of_a_zero_is_kept_with_the_zero() -> None:
    """Kept as it was, the result does not ask for its reason again."""
    stage = at_the_preview("0", "ไม่มีแผนไตรมาสนี้", "ยังไม่ได้จัด", "จบ")
    before = Session.load(stage.sessions["นภา"]).answers
    stage.says("นภา", "แก้ข้อ 1")
    preview = stage.says("นภา", "ใช้คำตอบเดิม")[-1].text
    assert "ไม่มีแผนไตรมาสนี้" in preview
    assert Session.load(stage.sessions["นภา"]).answers == before


def test_a_kept_answer_still_comes_from_its_message() -> None:
    """Taken back afterwards, the message takes its answer along."""
    stage = at_the_preview("36", "จัดกิจกรรมแล้ว", "จบ")
    (message,) = Session.load(stage.sessions["นภา"]).answers["_messages"]["result"]
    stage.says("นภา", "แก้ข้อ 1")
    stage.says("นภา", "ใช้คำตอบเดิม")
    stage.does("นภา", Unsend(message))
    assert "result" not in Session.load(stage.sessions["นภา"]).answers


@pytest.mark.parametrize(("language", "shared"), [("ภาษาไทย", "ใช้บัญชีกลาง"), ("English", "shared account")])
def test_a_shared_account_stays_one(language: str, shared: str) -> None:
    """Its name is no person's: kept, it is not taken apart, and nobody's position is asked for."""
    stage = Stage()
    stage.invitations[CODE] = Invitation(1, (3,), Role.REPORTER, 1, None, needs_approval=False)
    stage.says("ใหม่", CODE)
    stage.says("ใหม่", language)
    first = stage.says("ใหม่", shared)[-1].text
    stage.says("ใหม่", "ย้อนกลับ")
    stage.taps("ใหม่", stage.said["ใหม่"].buttons[0].label)
    assert stage.said["ใหม่"].text == first


def test_what_was_skipped_can_be_kept_skipped() -> None:
    """An optional answer that was left out is kept as that, not refused for being no words."""
    stage = full_desk()
    for text in ("ประเมิน 2300-848 ไตรมาส 1", "95", "50", "95", "ข้าม"):
        asked = stage.says("ปรีชา", text)[-1].text
    stage.says("ปรีชา", "ย้อนกลับ")
    assert stage.says("ปรีชา", "ใช้คำตอบเดิม")[-1].text == asked
