"""รายงานแทน with what was typed along: a unit's name or code, an indicator's code, a quarter."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from handlers.session import Session
from models.rules.office import Role
from tests.handlers.stage import Stage

WHOLE = {"unit": 3, "indicator": 2, "quarter": "1/2570"}


def office() -> Stage:
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    stage.member("ปราณี", "ปราณี ประสานดี", 5, role=Role.COORDINATOR)
    return stage


def known(stage: Stage, who: str = "อรุณี") -> dict[str, Any]:
    """What the report under way is about."""
    answers = Session.load(stage.sessions[who]).answers
    return {name: answers[name] for name in ("unit", "indicator", "quarter") if name in answers}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("รายงานแทน LIB-02", {"unit": 4, "indicator": 1, "quarter": "1/2570"}),
        ("รายงานแทน บางบอนค่ะ", {"unit": 4, "indicator": 1, "quarter": "1/2570"}),
        ("รายงานแทนห้องสมุดบางบอน", {"unit": 4, "indicator": 1, "quarter": "1/2570"}),
        ("report for lib-02", {"unit": 4, "indicator": 1, "quarter": "1/2570"}),
        ("รายงานแทน สวนลุมพินี", {"unit": 3}),
        ("รายงานแทน สวนลุมพินี 2300-849", WHOLE),
        ("รายงานแทน LIB-01 2300-849 ไตรมาส 1", WHOLE),
        ("รายงานแทน 2300-849 ไตรมาสที่ ๑", WHOLE),
        ("รายงานแทน 849", WHOLE),
    ],
)
def test_what_is_typed_along_is_known(text: str, found: dict[str, Any]) -> None:
    """Only the rest is asked, for that unit and no other."""
    stage = office()
    stage.says("อรุณี", text)
    assert known(stage) == found


@pytest.mark.parametrize(("text", "said"), [("หนองจอก", "“หนองจอก” ไม่ตรง"), ("ห้องสมุด", "รายงานของหน่วยงานใด")])
def test_what_names_no_unit_or_several_is_asked(text: str, said: str) -> None:
    """The list of units stands below, and nothing is chosen."""
    stage = office()
    answer = stage.says("อรุณี", f"รายงานแทน {text}")[-1].text
    assert answer.startswith(said)
    assert "3. ห้องสมุดประเวศ" in answer
    assert known(stage) == {}


def test_beside_an_open_question() -> None:
    """A unit in sight begins its report; at a question for free text the same words are content."""
    stage = office()
    stage.says("อรุณี", "รายงานแทน สวนลุมพินี 849")
    stage.says("อรุณี", "รายงานแทน บางบอน")
    assert known(stage)["unit"] == 4
    for text in ("แล้ว", "12", "รายงานแทน ประเวศ"):
        stage.says("อรุณี", text)
    answers = Session.load(stage.sessions["อรุณี"]).answers
    assert (answers["unit"], answers["narrative"]["parts"][0][1]) == (4, "รายงานแทน ประเวศ")


@pytest.mark.parametrize("who", ["นภา", "ปราณี"])
def test_only_for_units_below(who: str) -> None:
    """A reporter and a coordinator of another unit do not get there by naming the unit."""
    stage = office()
    stage.says(who, "รายงานแทน สวนลุมพินี 2300-849")
    assert known(stage, who).get("unit") != 3


def test_an_unknown_code_is_said_to_be() -> None:
    """Which codes there are is said, and nothing begins."""
    assert office().says("อรุณี", "รายงานแทน 9999-999")[-1].text.startswith("ไม่พบตัวชี้วัด 9999-999")


@pytest.mark.parametrize("text", ["สถานะ", "ต้องทำอะไรบ้าง"])
def test_ones_own_status_stays_ones_own(text: str) -> None:
    """Beside a report for another unit whoever reports too sees what they owe themselves, not what that unit does."""
    stage = office()
    stage.memberships["ปราณี"] += [replace(stage.memberships["อรุณี"][0], id=99)]
    stage.memberships["ปราณี"] += [replace(stage.memberships["นภา"][0], id=98, unit_id=5)]
    alone = stage.says("ปราณี", text)[0].text
    stage.says("ปราณี", "รายงานแทน สวนลุมพินี 2300-849")
    assert "ห้องสมุดประเวศ" in alone
    assert stage.says("ปราณี", text)[0].text == alone
