"""สถานะ: narrowed by code and quarter, grouped by the day it is due."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from models.rules.office import QuarterDates, ReportKey, Role
from models.rules.standing import ReportState
from tests.handlers.small_office import Q1, Q2
from tests.handlers.stage import BANGKOK, Stage


def reporter(*units: int) -> Stage:
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", *(units or (3,)))
    return stage


def status(stage: Stage, rest: str = "") -> str:
    return stage.says("นภา", f"สถานะ {rest}".strip())[-1].text


def test_what_waits_stands_under_its_day() -> None:
    """Two rounds at once: each day is said once, the late one first, its reports below it."""
    stage = reporter(3, 4)
    stage.now = datetime(2027, 4, 5, 9, 0, tzinfo=BANGKOK)
    extended = QuarterDates(Q1, date(2026, 12, 1), date(2027, 1, 11), date(2027, 4, 30))
    stage.office = replace(stage.office, rounds={**stage.office.rounds, Q1: extended})
    lines = status(stage).split("\n")
    assert lines[0] == "มี 6 รายการรอรายงาน"
    assert [line.partition(" (")[0][:20] for line in lines].count("ไตรมาส 1/2570 เกินกำ") == 1
    late = next(place for place, line in enumerate(lines) if "1/2570" in line)
    open_now = next(place for place, line in enumerate(lines) if "2/2570" in line)
    assert late < open_now
    assert "เกินกำหนด 84 วัน ยังส่งได้ถึงวันศุกร์ที่ 30 เม.ย. 70" in lines[late]
    assert "ครบกำหนดวันจันทร์ที่ 12 เม.ย. 70 (เหลือ 7 วัน)" in lines[open_now]
    rows = ["• 2300-848, 2300-849 · ห้องสมุดสวนลุมพินี", "• 2300-848 · ห้องสมุดบางบอน"]
    assert lines[late + 1 : late + 3] == rows
    assert lines[open_now + 1 :][:2] == rows


def test_what_was_sent_alike_stands_on_one_line() -> None:
    """A library's name is said once for what stands the same; what stands otherwise has its own line."""
    stage = reporter(3, 4)
    for unit, indicator, answer in ((3, 1, "yes"), (3, 2, "12"), (4, 1, "yes")):
        stage.sent(ReportKey(unit, indicator, Q1), answer)
    lines = status(stage).split("\n")
    sent = lines.index("ส่งแล้ว 3 รายการ")
    assert lines[sent + 1 :][:2] == [
        "• 2300-848, 2300-849 · ห้องสมุดสวนลุมพินี: ทันกำหนด · รอตรวจ",
        "• 2300-848 · ห้องสมุดบางบอน: ทันกำหนด · รอตรวจ",
    ]


def test_a_quarter_that_only_began_is_not_asked_for() -> None:
    """In January the quarter before is pending; this one is said to be open, in a line, and counts nowhere."""
    stage = reporter(3)
    stage.member("สมชาย", "สมชาย รักอ่าน", 2, role=Role.COORDINATOR)
    begun = QuarterDates(Q2, date(2027, 1, 1), date(2027, 4, 12), date(2027, 4, 26))
    stage.office = replace(stage.office, rounds={**stage.office.rounds, Q2: begun})
    lines = status(stage).split("\n")
    assert lines[0] == "มี 2 รายการรอรายงาน"
    assert "ไตรมาส 2/2570 เปิดรับแล้ว ครบกำหนดวันจันทร์ที่ 12 เม.ย. 70" in lines
    assert [line for line in lines if "2/2570" in line and "เหลือ" in line] == []
    for words in ("สถานะ", "ใครยังไม่ส่ง", "สรุป", "แจ้งกลุ่ม"):
        assert "2/2570" not in stage.says("สมชาย", words)[-1].text
    assert "ไตรมาส 2/2570" in status(stage, "ไตรมาส 2")
    stage.now = datetime(2027, 1, 26, 9, 0, tzinfo=BANGKOK)
    assert "2/2570" in stage.says("สมชาย", "สถานะ")[-1].text


@pytest.mark.parametrize(
    ("rest", "shown", "hidden"),
    [
        ("2300-849", "2300-849", "2300-848"),
        ("๒๓๐๐-๘๔๘", "2300-848", "2300-849"),
        ("ไตรมาส 1", "36 ครั้ง · ส่ง 5 ม.ค. 70 ทันกำหนด", "ไตรมาส 2"),
        ("2300-848 ไตรมาส 1", "– ยังไม่รายงาน", "2300-849"),
        ("ไตรมาส 2/2570", "ไตรมาส 2/2570 (ม.ค.–มี.ค. 70)", "ไตรมาส 1"),
        ("Q4", "ไตรมาส 4/2569", "2570"),
    ],
)
def test_code_and_quarter_narrow_it(rest: str, shown: str, hidden: str) -> None:
    """Only what was asked for, in the text and on the cards."""
    stage = reporter()
    stage.sent(ReportKey(3, 2, Q1), "36")
    (said,) = stage.says("นภา", f"สถานะ {rest}")
    told = "\n".join([said.text, *(each.title + each.alt for each in said.cards)])
    assert shown in told
    assert hidden not in told


def test_an_unknown_code_names_the_known_ones() -> None:
    """One's own codes, to be typed again."""
    assert status(reporter(), "9999-1") == "ไม่พบตัวชี้วัด 9999-1 ที่มีคือ 2300-848, 2300-849"


def test_a_coordinator_sees_counts_of_all_below() -> None:
    """How many of how many have been sent, late ones among them, for the open round."""
    stage = Stage()
    stage.member("สมชาย", "สมชาย รักอ่าน", 2, role=Role.COORDINATOR)
    stage.sent(ReportKey(3, 1, Q1), "yes")
    said = stage.says("สมชาย", "สถานะ")[-1]
    assert [card.rows[0].text for card in said.cards] == ["ส่งแล้ว 1 จาก 3 แห่ง", "ส่งแล้ว 0 จาก 1 แห่ง"]
    assert "• 2300-848: ส่งแล้ว 1/3\n• 2300-849: ส่งแล้ว 0/1\n" in said.text
    assert str(Q2) not in said.text


def closed() -> Stage:
    """The round has closed, its reports are being reviewed; one of the two was sent."""
    stage = reporter(3)
    dates = replace(stage.office.rounds[Q1], review=date(2027, 2, 8), evaluation=date(2027, 2, 22))
    stage.office = replace(stage.office, rounds={**stage.office.rounds, Q1: dates})
    stage.sent(ReportKey(3, 2, Q1), "36")
    stage.desk.set_state(stage, ReportKey(3, 2, Q1), ReportState.ACCEPTED, 1)
    stage.now = datetime(2027, 1, 28, 9, 0, tzinfo=BANGKOK)
    return stage


@pytest.mark.parametrize("words", ["สถานะ", "รายงาน", "แก้ไข", "ยังส่งได้ไหม", "เหลือกี่วัน", "รายงาน 2300-848 ไตรมาส 1"])
def test_after_closing_it_can_be_asked_to_be_opened(words: str) -> None:
    """Wherever somebody learns that it is too late, asking is a word and a tap away."""
    stage = closed()
    if words == "แก้ไข":
        stage.versions.clear()
    assert "“ขอเปิดรายงาน”" in stage.says("นภา", words)[-1].text
    assert stage.taps("นภา", "ขอเปิดรายงาน")[-1].text.startswith("ขอเปิดรายงาน ห้องสมุดสวนลุมพินี")


def test_what_is_under_review_stays_in_sight() -> None:
    """Until the round is evaluated a reporter sees what was accepted and what was missed; then neither."""
    stage = closed()
    said = status(stage)
    assert "• 2300-849 · ห้องสมุดสวนลุมพินี: ทันกำหนด · รับรองแล้ว" in said
    assert "ไตรมาส 1/2570 ปิดรับแล้ว ยังไม่ได้ส่ง 1 รายการ" in said
    stage.now = datetime(2027, 2, 23, 9, 0, tzinfo=BANGKOK)
    later = status(stage)
    assert "รับรองแล้ว" not in later
    assert "ยังไม่ได้ส่ง" not in later


def test_an_executive_taps_what_the_card_names() -> None:
    """สรุป stands in the text and under it."""
    stage = Stage()
    stage.member("วิภา", "วิภา บริหารดี", 1, role=Role.EXECUTIVE)
    stage.says("วิภา", "สถานะ")
    assert stage.taps("วิภา", "สรุป")[-1].text.startswith("สรุปการรายงานตัวชี้วัด")


@pytest.mark.parametrize(
    ("language", "how"), [("ภาษาไทย", "พิมพ์ “แก้ไข” เพื่อปรับแก้"), ("English", "Type “edit” to correct it.")]
)
def test_how_to_correct_is_said_once(language: str, how: str) -> None:
    """Several reports that were sent back stand with their reasons, and one line says what to type."""
    stage = reporter(3)
    stage.says("นภา", language)
    for indicator in (1, 2):
        stage.sent(ReportKey(3, indicator, Q1), "yes" if indicator == 1 else "36", titles="12")
        stage.desk.set_state(stage, ReportKey(3, indicator, Q1), ReportState.RETURNED, None)
    rows = status(stage).splitlines()
    assert rows.count(how) == 1
    assert len([row for row in rows if row.startswith(("ขอให้ปรับแก้ ·", "To be corrected ·"))]) == 2
