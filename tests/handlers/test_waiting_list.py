"""Lists of what waits for a decision: one tap each, and whatever a colleague decides meanwhile."""

from __future__ import annotations

import pytest

from handlers.effects import Decide, TurnAway
from handlers.records import Invitation
from handlers.session import Session
from models.rules.office import Role
from tests.handlers.stage import CODE, Stage

DECIDED = "คำขอนี้มีผู้พิจารณาแล้ว"


def two_wait() -> Stage:
    """Two people who have asked both to be let in and to be released, and two coordinators of theirs."""
    stage = Stage()
    for name in ("อรุณี", "วิชัย"):
        stage.member(name, f"{name} ประสานดี", 2, role=Role.COORDINATOR)
    stage.invitations[CODE] = Invitation(1, (3,), Role.REPORTER, 99, None, needs_approval=True)
    for name in ("ชูใจ", "ปิติ"):
        stage.member(name, f"{name} ใจดี", 4)
        for text in ("แจ้งย้าย", "ใช่", CODE, "ถูกต้อง"):
            stage.says(name, text)
    return stage


@pytest.mark.parametrize("command", ["อนุมัติ", "คำขอ"])
def test_a_reason_for_what_a_colleague_has_decided(command: str) -> None:
    """It turns nobody away: what is so is said, and the list of the others stands again, with nothing held for them."""
    stage = two_wait()
    for text in (command, "ไม่อนุมัติ 1"):
        stage.says("วิชัย", text)
    for text in (command, "อนุมัติ 1"):
        stage.says("อรุณี", text)
    before = list(stage.done)
    said = stage.says("วิชัย", "นับซ้ำ")[-1].text
    assert said.startswith(f"{DECIDED}\nมี 1 ")
    assert "นับซ้ำ" not in said
    assert "ปิติ ใจดี" in said
    assert not [each for each in stage.done[len(before) :] if isinstance(each, Decide | TurnAway)]
    stage.says("อรุณี", "อนุมัติ 1")
    assert stage.says("วิชัย", "อนุมัติ 1")[-1].text.startswith(DECIDED)
    assert not Session.load(stage.sessions["วิชัย"]).conversation


def test_each_request_takes_one_tap() -> None:
    """Under each receipt the list of those that still wait stands again, until none is left."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3, 4, 5)
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    for name in ("สวนลุมพินี", "บางบอน", "ประเวศ"):
        for text in ("แจ้งย้าย", name, "ใช่"):
            if text != "ประเวศ":
                stage.says("นภา", text)
    stage.says("อรุณี", "คำขอ")
    said = stage.taps("อรุณี", "อนุมัติ 2")[0].text
    assert said.startswith("อนุมัติแล้ว: แจ้งสิ้นสุดหน้าที่ · ผู้รายงาน · ห้องสมุดบางบอน\nมี 2 คำขอรอพิจารณา\n1. ")
    assert "บางบอน" not in said.partition("\n")[2]
    stage.taps("อรุณี", "ไม่อนุมัติ 1")
    assert "มี 1 คำขอรอพิจารณา" in stage.says("อรุณี", "กรุณาโทรหารือ")[0].text
    stage.taps("อรุณี", "อนุมัติ 1")
    assert not Session.load(stage.sessions["อรุณี"]).conversation
    assert [each.granted for each in stage.desk.decided.values()] == [True, False, True]
