"""What executives read: one card of all indicators, narrowed to a year, an indicator, a quarter or a unit."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from bot.line.limits import check
from bot.line.render import render
from handlers.effects import Evaluate
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey, Role
from models.rules.standing import ReportState
from tests.handlers.small_office import Q1
from tests.handlers.test_round_status import mark, says, seed


def test_an_executive_sees_one_card() -> None:
    """All indicators with result, target, percent and score, within eight rows; more stand on a second card."""
    said = says(seed(Role.EXECUTIVE), "สถานะ")
    assert [each.label for each in said.buttons] == ["สรุป", "สถานะ", "ช่วยเหลือ"]
    (card,) = said.cards
    assert card.rows[0].text.split("\n") == [
        "2300-801 จำนวนห้องสมุดเพื่อการเรียนรู้ที่ได้รับการพัฒนาเป็…",
        "33 ห้อง จากเป้าหมาย 3 (ร้อยละ 1,100) · จาก 33/36 หน่วยงาน · ยังไม่รับรอง 33 รายงาน",
        "ยังไม่ประเมิน",
    ]
    many = says(seed(Role.EXECUTIVE, indicators=9), "สถานะ")
    assert [len(each.rows) for each in many.cards] == [7, 4]
    check("reply", {"replyToken": "x", "messages": render([many])[0]})


def test_an_executive_reads_zero_not_reported_and_not_evaluated_apart() -> None:
    """A zero has its reason, an absent result is –, a score of 0 is a score; last year's score says so."""
    stage = seed(Role.EXECUTIVE, indicators=2)
    stage.versions.clear()
    stage.sent(ReportKey(1, 1, Q1), "0")
    versions = stage.versions[ReportKey(1, 1, Q1)]
    versions[-1] = replace(versions[-1], summary=replace(versions[-1].summary, zero_reason="activity_change"))
    stage.apply_evaluation(Evaluate(1, Q1, 0, Decimal(0), {}, ""))
    stage.apply_evaluation(Evaluate(2, Quarter(2569, 4), 0, Decimal(95), {}, ""))
    (card,) = says(stage, "สถานะ").cards
    zero, absent = (each.text.split("\n")[1:] for each in card.rows[:2])
    assert zero == [
        "0 ห้อง จากเป้าหมาย 3 (ร้อยละ 0) · ขอเปลี่ยนกิจกรรม · ยังไม่รับรอง 1 รายงาน",
        "ประเมินล่าสุด 0 (ไตรมาส 1/2570)",
    ]
    assert absent == ["– ยังไม่มีรายงาน (เป้าหมาย 3)", "ประเมินล่าสุด 95 (ไตรมาส 4/2569)"]


def test_one_indicator_is_shown_quarter_by_quarter() -> None:
    """With a code the executive's card has its four quarters, each with result and score."""
    stage = seed(Role.EXECUTIVE)
    stage.apply_evaluation(Evaluate(1, Q1, 0, Decimal(95), {}, ""))
    (card,) = says(stage, "สถานะ 2300-801").cards
    assert [each.text for each in card.rows[1:5]] == [
        "ไตรมาส 1: 33 ห้อง · จาก 33/36 หน่วยงาน · ยังไม่รับรอง 33 รายงาน · ประเมิน 95",
        *(f"ไตรมาส {each}: – ยังไม่มีรายงาน · ยังไม่ประเมิน" for each in (2, 3, 4)),
    ]
    check("reply", {"replyToken": "x", "messages": render([says(stage, "สถานะ 2300-801")])[0]})


def test_a_year_is_read_as_a_year() -> None:
    """The year before, on the card, in สรุป and in ผลประเมิน; its number is no indicator's code."""
    stage = seed(Role.EXECUTIVE)
    stage.apply_evaluation(Evaluate(1, Quarter(2569, 3), 0, Decimal(80), {}, ""))
    stage.apply_evaluation(Evaluate(1, Q1, 0, Decimal(95), {}, ""))
    for words in ("สถานะ ปี 2569", "สถานะ ปีงบประมาณ ๒๕๖๙", "สถานะ 2300-801 ปี 69", "status fy 2569"):
        (card,) = says(stage, words).cards
        assert card.title == "ตัวชี้วัด ปีงบประมาณ 2569"
        assert "ประเมินล่าสุด 80 (ไตรมาส 3/2569)" in card.alt
    for words in ("ผลประเมิน ปี 2569", "ผลประเมิน 2569", "ผลประเมิน ปีที่แล้ว"):
        said = says(stage, words).text
        assert "คะแนนรวม 80" in said
        assert "คะแนนรวม 95" not in said
    assert "ยังไม่มีผลประเมิน ปีงบประมาณ 2568" in says(stage, "ผลประเมิน ปี 2568").text
    summary = says(stage, "สรุป ปี 2570")
    assert "ไตรมาส 3/2570" not in summary.text
    assert "ไตรมาส 1/2570" in summary.text
    assert stage.taps("สมชาย", "เลขไทย")[0].text.startswith("สรุป")
    assert "๑/๒๕๗๐" in stage.said["สมชาย"].text


def test_an_evaluator_narrows_as_an_executive_does() -> None:
    """สถานะ alone is what waits; with a code, a quarter or a unit it is the result that is asked for."""
    stage = seed(Role.EVALUATOR)
    assert "33 ห้อง" in says(stage, "สถานะ 2300-801").cards[0].alt
    assert "ไตรมาส 1/2570" in says(stage, "สถานะ ไตรมาส 1").text
    assert "เฉพาะ ห้องสมุดแห่งที่ 46" in says(stage, "สถานะ ห้องสมุดแห่งที่ 46").text


def test_what_an_executive_narrows_is_said_of_it_alone() -> None:
    """Of a unit, of a quarter: not the card of everything again; of a report that was accepted nothing is open."""
    stage = seed(Role.EXECUTIVE)
    assert "เฉพาะ ห้องสมุดแห่งที่ 46" in says(stage, "สถานะ ห้องสมุดแห่งที่ 46").text
    quarter = says(stage, "สถานะ ไตรมาส 1")
    assert "ไตรมาส 1/2570" in quarter.text
    assert [card.rows[0].text for card in quarter.cards] == ["ส่งแล้ว 33 จาก 36 แห่ง"]
    for unit in range(11, 44):
        mark(stage, unit, state=ReportState.ACCEPTED)
    (card,) = says(stage, "สถานะ").cards
    assert "ยังไม่รับรอง" not in card.alt
