"""เตือน: what it costs is said first, one tap confirms, and nobody but a coordinator may."""

from __future__ import annotations

import pytest

from handlers.effects import AskReminders, Say
from handlers.events import Postback
from handlers.session import Session
from models.rules.office import Role
from tests.handlers.small_office import Q1
from tests.handlers.stage import Stage
from tests.handlers.talk import forged


def stage_with(role: Role) -> Stage:
    stage = Stage()
    stage.member("ใคร", "ใคร สักคน", 3 if role is Role.REPORTER else 1, role=role)
    return stage


def asked(stage: Stage) -> list[AskReminders]:
    return [each for each in stage.done if isinstance(each, AskReminders)]


def test_the_cost_is_said_and_one_tap_confirms() -> None:
    """Under ใครยังไม่ส่ง and in the question: so many messages, so many left; then they are to be reminded."""
    stage = stage_with(Role.COORDINATOR)
    said: Say = stage.says("ใคร", "ใครยังไม่ส่ง")[-1]
    assert "เตือนผู้ที่ยังไม่ส่ง ใช้ 3 ข้อความ" in said.text
    assert "เตือน" in [each.label for each in said.buttons]
    question = stage.says("ใคร", "เตือน")[-1]
    assert question.text.splitlines()[:2] == [
        "ส่งคำเตือนไตรมาส 1/2570 ถึง 3 คน ของ 2 แห่ง ใช้ 3 ข้อความ",
        "เดือนนี้เหลือสำหรับเตือน 188 ข้อความ",
    ]
    assert question.text.splitlines()[2] == ("อีก 1 แห่งเตือนไม่ได้ (ยังไม่มีผู้ลงทะเบียน หยุดเตือนไว้ หรือเตือนวันนี้แล้ว): ประเวศ")
    assert asked(stage) == []
    assert "จะเตือน 3 คน" in stage.taps("ใคร", "ส่งคำเตือน")[-1].text
    assert asked(stage) == [AskReminders((7, 8, 9), (Q1,))]


def test_no_is_no() -> None:
    """ไม่ส่ง, typed or tapped, reminds nobody."""
    stage = stage_with(Role.COORDINATOR)
    stage.says("ใคร", "เตือน")
    assert stage.says("ใคร", "ไม่ส่ง")[-1].text.startswith("ไม่ได้ส่งคำเตือน")
    assert asked(stage) == []


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.COORDINATOR])
def test_nobody_else_may(role: Role) -> None:
    """Neither by the word, nor by the button under the list, nor by a forged tap."""
    stage = stage_with(role)
    assert stage.says("ใคร", "เตือน")[-1].text.startswith("การส่งคำเตือนเป็นหน้าที่ของผู้ประสานงาน")
    assert "เตือน" not in [each.label for each in stage.says("ใคร", "ใครยังไม่ส่ง")[-1].buttons]
    session = Session("remind_missing", "01FORGED", {}, "sure", stage.now)
    stage.sessions["ใคร"] = session.dump()
    stage.does("ใคร", Postback(forged(session, value=True)))
    assert asked(stage) == []


def test_a_tap_again_reminds_nobody_again() -> None:
    """The button of a question that was answered is stale."""
    stage = stage_with(Role.COORDINATOR)
    (question,) = stage.says("ใคร", "เตือน")
    (button,) = [each for each in question.buttons if each.label == "ส่งคำเตือน"]
    found = []
    for _ in range(2):
        stage.does("ใคร", Postback(button.data))
        found.append(len(asked(stage)))
    assert found == [1, 0]
