"""Why somebody may not report, in words that are complete, and what is kept all the same."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from handlers.context import Context
from handlers.facts import Facts
from handlers.report_gate import refusal
from handlers.session import Session
from models.rules.membership import Membership
from models.rules.office import ReportKey, Role
from models.rules.permissions import RefusalReason, Refused
from tests.handlers.small_office import Q1, office
from tests.handlers.stage import BANGKOK, Stage

DAYS = {
    RefusalReason.MEMBERSHIP_ENDED: date(2026, 12, 31),
    RefusalReason.NOT_OPEN_YET: date(2027, 3, 1),
    RefusalReason.CLOSED: date(2027, 1, 25),
}


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("reason", RefusalReason)
def test_every_refusal_is_a_whole_sentence(reason: RefusalReason, language: str) -> None:
    """Nothing unfilled, no name of the program's, and the day where one belongs to it."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    person = replace(stage.people["นภา"], language=language)
    context = Context(Session(), Facts(now=stage.now, office=office(), person=person))
    said = refusal(context, ReportKey(3, 2, Q1), Refused(reason, DAYS.get(reason)))
    for unfilled in ("–", "{", "}", "None", "_"):
        assert unfilled not in said, said
    assert len(said) > 15
    assert said != refusal(context, ReportKey(3, 2, Q1), Refused(RefusalReason.ROLE_MAY_NOT)) or (
        reason is RefusalReason.ROLE_MAY_NOT
    )
    if reason in DAYS:
        assert str(DAYS[reason].day) in said


@pytest.mark.parametrize(("language", "words"), [("ภาษาไทย", "สิ้นสุดเมื่อ 31 ธ.ค. 69"), ("English", "31 Dec 2026")])
@pytest.mark.parametrize("text", ["รายงาน", "สถานะ", "แก้ไข", "ขอถอน", "รายงาน 2300-849 ไตรมาส 1 36 ครั้ง"])
def test_an_ended_membership_is_told(text: str, language: str, words: str) -> None:
    """Whatever is asked for: since when, of which unit, and whom to turn to."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    stage.memberships["นภา"] = [Membership(1, 3, Role.REPORTER, date(2026, 10, 1), date(2026, 12, 31))]
    stage.says("นภา", language)
    said = "\n".join(each.text for each in stage.says("นภา", text))
    assert words in said
    assert "สวนลุมพินี" in said
    assert not stage.sessions["นภา"]


@pytest.mark.parametrize("text", ["36", "ในสวน", "ส่งรายงาน", "แก้ข้อ 9"])
def test_the_gate_closes_in_mid_draft(text: str) -> None:
    """Whatever is written after the closing day: the reason is told, the draft is kept, nothing is sent."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    for answer in ("รายงาน 2300-849", "36", "จัดกิจกรรมแล้ว"):
        stage.says("นภา", answer)
    stage.now = datetime(2027, 1, 26, 9, 0, tzinfo=BANGKOK)
    said = stage.says("นภา", text)[-1].text
    assert "ปิดรับรายงานแล้วเมื่อ 25 ม.ค. 70" in said
    assert "ร่างที่ทำไว้ยังอยู่" in said
    assert stage.versions == {}
    (draft,) = stage.drafts.values()
    assert draft.answers["result"] == "36"
    assert draft.answers["narrative"]["parts"][0][1] == "จัดกิจกรรมแล้ว"


@pytest.mark.parametrize(
    ("language", "wish", "asks"),
    [("ภาษาไทย", "ขอเปิดรายงาน", "กรุณาพิมพ์เหตุผลสั้น ๆ"), ("English", "ask to open", "type a short reason")],
)
def test_the_way_on_that_a_refusal_names_can_be_tapped(language: str, wish: str, asks: str) -> None:
    """After closing ขอเปิดรายงาน stands first among the buttons, once, and its tap asks the reason."""
    stage = Stage(now=datetime(2027, 1, 26, 9, 0, tzinfo=BANGKOK))
    stage.member("นภา", "นภา ใจดี", 3)
    stage.says("นภา", language)
    labels = [each.label for each in stage.says("นภา", "รายงาน 2300-849 ไตรมาส 1")[-1].buttons]
    assert labels[0] == wish
    assert len(labels) == len(set(labels)) == 3
    assert asks in stage.taps("นภา", wish)[-1].text


def test_the_draft_goes_on_when_the_round_is_opened_again() -> None:
    """An unlock (a later closing day) finds the answers where they were left."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    for answer in ("รายงาน 2300-849", "36", "จัดกิจกรรมแล้ว", "จบ"):
        stage.says("นภา", answer)
    stage.now = datetime(2027, 1, 26, 9, 0, tzinfo=BANGKOK)
    stage.says("นภา", "ส่งรายงาน")
    dates = replace(stage.office.rounds[Q1], closes=date(2027, 1, 31))
    stage.office = replace(stage.office, rounds={**stage.office.rounds, Q1: dates})
    stage.says("นภา", "รายงาน 2300-849")
    stage.says("นภา", "ทำต่อ")
    stage.says("นภา", "ส่งรายงาน")
    ((version,),) = stage.versions.values()
    assert (version.answer, version.summary.late) == ("36", True)
