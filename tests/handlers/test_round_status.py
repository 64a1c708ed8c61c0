"""สถานะ, ใครยังไม่ส่ง and สรุป for whoever looks after several units: nothing is counted twice, nobody is named."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bot.line.limits import check, label
from bot.line.render import render
from handlers.buttons import command_button
from handlers.effects import Say
from handlers.events import Postback
from handlers.records import ReturnedReport
from models.rules.office import Assignment, Indicator, OverUnits, ReportKey, ResultKind, Role, Target, Unit, UnitKind
from models.rules.standing import ReportState
from tests.handlers.small_office import Q1, Q2
from tests.handlers.stage import BANGKOK, Stage

OVERSEERS = (Role.COORDINATOR, Role.ADMINISTRATOR, Role.EVALUATOR, Role.EXECUTIVE)
NAME = "สมชาย รักอ่าน"


def seed(role: Role = Role.COORDINATOR, libraries: int = 36, indicators: int = 1) -> Stage:
    """36 libraries; 30 are done in time, 2 late, 1 is to correct and 3 have not sent."""
    stage = Stage(now=datetime(2027, 1, 8, 14, 0, tzinfo=BANGKOK))
    stage.member("สมชาย", NAME, 1, role=role)
    units = {1: stage.office.units[1], 2: stage.office.units[2]}
    units |= {
        number: Unit(number, f"LIB-{number:02}", f"ห้องสมุดแห่งที่ {number}", UnitKind.LIBRARY, 2)
        for number in range(11, 11 + libraries)
    }
    first = replace(stage.office.indicators[1], over_units=OverUnits.COUNT_MET, sub_measures=())
    made = {each: replace(first, id=each, code=f"2300-{800 + each}", order=each) for each in range(1, indicators + 1)}
    duties = tuple(
        Assignment(unit, each, 2570, frozenset({1, 2, 3, 4})) for each in made for unit in units if unit not in {1, 2}
    )
    targets = tuple(Target(1, each, 2570, date(2026, 10, 1), Decimal(3)) for each in made)
    stage.office = replace(stage.office, units=units, indicators=made, assignments=duties, targets=targets)
    for unit in range(11, 11 + libraries - 3):
        stage.sent(ReportKey(unit, 1, Q1), "yes")
    mark(stage, 11, state=ReportState.RETURNED)
    for unit in (12, 13):
        mark(stage, unit, late=True)
    return stage


def mark(stage: Stage, unit: int, **changes: object) -> None:
    versions = stage.versions[ReportKey(unit, 1, Q1)]
    versions[-1] = replace(versions[-1], summary=replace(versions[-1].summary, **changes))


def says(stage: Stage, text: str) -> Say:
    (said,) = stage.says("สมชาย", text)
    return said


def test_the_round_at_a_glance() -> None:
    """In time, late, to correct and missing make up all; the combined result stands against the target."""
    said = says(seed(), "สถานะ")
    rows = said.text.split("\n")
    assert rows[0] == "ข้อมูล ณ 8 ม.ค. 70 14.00 น."
    assert rows[1].endswith("ครบกำหนด 11 ม.ค. 70 (เหลือ 3 วัน)")
    (card,) = said.cards
    assert [row.text for row in card.rows] == ["ส่งแล้ว 33 จาก 36 แห่ง", "ผลรวม 33 ห้อง จากเป้าหมาย 3 ห้อง"]
    counts = {each.label: each.value for each in card.cells}
    assert counts == {"ทันกำหนด": "30", "ล่าช้า": "2", "ปรับแก้": "1", "ยังไม่ส่ง": "3"}
    assert card.share == Decimal(33) / 36
    told = "ส่งแล้ว 33/36 (ทันกำหนด 30 · ล่าช้า 2 · ปรับแก้ 1 · ยังไม่ส่ง 3)\n  ผลรวม 33 ห้อง จากเป้าหมาย 3 ห้อง"
    assert card.alt == f"ไตรมาส 1/2570 • 2300-801: {told}"


def test_who_is_missing_stands_by_name() -> None:
    """Exactly those three, and the text for the group names them and nobody else."""
    said = says(seed(), "ใครยังไม่ส่ง")
    names = ", ".join(f"ห้องสมุดแห่งที่ {each}" for each in (44, 45, 46))
    row = f"• 2300-801 (3 แห่ง): {names}"
    assert [line for line in said.text.split("\n") if line.startswith("•")] == [row]
    (copied,) = [each.copy for each in said.buttons if each.copy]
    assert [line for line in copied.split("\n") if line.startswith("•")] == [row]
    assert "ครบกำหนด 11 ม.ค. 70" in copied


def test_no_library_is_lost_from_the_text_for_the_group() -> None:
    """All 36 by their short names under what they owe, the codes once; what is too long for one button is on two."""
    stage = seed()
    stage.versions.clear()
    names = [f"ห้องสมุดเพื่อการเรียนรู้{chr(ord('ก') + number % 6)}าน{chr(ord('ก') + number // 6)}อม" for number in range(36)]
    units = dict(stage.office.units)
    units |= {number: replace(units[number], name=name) for number, name in enumerate(names, 11)}
    stage.office = replace(stage.office, units=units)
    for words in ("ใครยังไม่ส่ง", "แจ้งกลุ่ม"):
        said = says(stage, words)
        (copied,) = [each.copy for each in said.buttons if each.copy]
        assert len(said.text.split("\n")) < 10
        assert all(name.removeprefix("ห้องสมุดเพื่อการเรียนรู้") in copied for name in names)
        assert "2300-801 (36 แห่ง)" in copied
        assert copied.endswith("พิมพ์ “รายงาน” ในแชตกับบอต เพื่อเริ่มหรือทำต่อ")
    units |= {each.id: replace(each, name=f"{each.name} ชื่อเดิม{each.name}") for each in units.values() if each.id >= 11}
    stage.office = replace(stage.office, units=units)
    said = says(stage, "แจ้งกลุ่ม")
    buttons = [each for each in said.buttons if each.copy]
    assert [each.label for each in buttons] == ["คัดลอกแจ้งกลุ่ม 1/2", "คัดลอกแจ้งกลุ่ม 2/2"]
    assert "".join(each.copy for each in buttons).count("ชื่อเดิม") == 36
    check("reply", {"replyToken": "x", "messages": render([said])[0]})


def test_thai_digits_keep_what_was_narrowed() -> None:
    """The button for Thai digits, and the words typed at once, ask for the same unit, code and quarter."""
    stage = seed(indicators=2)
    digits = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    for words in ("สรุป ห้องสมุดแห่งที่ 46", "สรุป 2300-802 ไตรมาส 2", "สรุป ห้องสมุดแห่งที่ 46 2300-801 ไตรมาส 2/2570"):
        plain = says(stage, words).text
        assert stage.taps("สมชาย", "เลขไทย")[0].text == plain.translate(digits)
        assert stage.taps("สมชาย", "เลขอารบิก")[0].text == plain
        assert says(stage, f"{words} เลขไทย").text == plain.translate(digits)


def test_the_owner_is_no_unit_that_has_to_send() -> None:
    """The bureau's own result is made of the libraries': for the executive above it 36 are to send, not 37."""
    stage = seed(Role.EXECUTIVE)
    duty = Assignment(1, 1, 2570, frozenset({1, 2, 3, 4}))
    stage.office = replace(stage.office, assignments=(*stage.office.assignments, duty))
    assert "33/36" in says(stage, "สรุป").text
    missing = says(stage, "ใครยังไม่ส่ง").text
    assert "ยังส่งไม่ครบ 3 จาก 36 แห่ง" in missing
    assert "สำนักวัฒนธรรม" not in missing


def test_one_unit_is_not_held_against_the_target_of_all() -> None:
    """Narrowed to a library its own report stands there, and nothing of what waits elsewhere."""
    said = says(seed(), "สถานะ ห้องสมุดแห่งที่ 12").text
    assert "• 2300-801: ดำเนินการแล้ว · ส่ง" in said
    assert said.count("ห้องสมุดแห่งที่ 12") == 1, "the unit stands once, above its reports"
    assert "ล่าช้า · รอตรวจ" in said
    assert "เป้าหมาย" not in said
    assert "รายงานรอตรวจ" not in said


def test_a_unit_is_asked_for_beside_an_open_question() -> None:
    """สถานะ with a name is answered at any question but those that take free text, and the question stands again."""
    stage = seed()
    stage.says("สมชาย", "ตรวจ")
    asked = stage.sessions["สมชาย"]["asked"]
    said = stage.says("สมชาย", "สถานะ ห้องสมุดแห่งที่ 46")
    assert "เฉพาะ ห้องสมุดแห่งที่ 46" in said[0].text
    assert len(said) > 1
    assert stage.sessions["สมชาย"]["asked"] == asked


@pytest.mark.parametrize("indicators", [1, 9, 40])
def test_a_summary_is_short_and_names_nobody(indicators: int) -> None:
    """At most 15 lines with the time, no personal name, and the same in Thai digits; the copy fits LINE's clipboard."""
    stage = seed(indicators=indicators)
    said = says(stage, "สรุป")
    lines = said.text.split("\n")
    assert len(lines) <= 15
    assert lines[1].startswith("ข้อมูล ณ 8 ม.ค. 70")
    assert not [each.name for each in stage.people.values() if each.name in said.text or "สมบัติ" in said.text]
    check("reply", {"replyToken": "x", "messages": render([said])[0]})
    thai = stage.taps("สมชาย", "เลขไทย")[0].text
    assert not any(each.isascii() and each.isdigit() for each in thai)
    digits = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    assert thai.translate(digits) == said.text
    assert stage.taps("สมชาย", "เลขอารบิก")[0].text == said.text
    assert says(stage, "เลขไทย").text == thai
    assert says(stage, "เลขอารบิก").text == said.text


def test_a_code_a_quarter_and_a_unit_narrow_it() -> None:
    """Each alone and together; a name that no unit has is no command."""
    stage = seed(indicators=2)
    assert "2300-801" not in says(stage, "สถานะ 2300-802").text
    assert "ไตรมาส 2/2570" in says(stage, "สรุป ไตรมาส 2/2570").text
    one = says(stage, "สถานะ ห้องสมุดแห่งที่ 46 ไตรมาส 1").text
    assert "เฉพาะ ห้องสมุดแห่งที่ 46" in one
    assert "• 2300-801: – ยังไม่รายงาน" in one
    assert "46" not in says(stage, "สรุป ห้องสมุดแห่งที่ 46").text.partition("แห่งที่ 46")[2]
    assert "ไม่พบหน่วยงาน “ห้องสมุดบนดวงจันทร์”" in says(stage, "สถานะ ห้องสมุดบนดวงจันทร์").text
    whole = says(stage, "สถานะ กลุ่มงานพัฒนาห้องสมุดประชาชน 2300-801").text
    assert "33/36" in whole


@pytest.mark.parametrize(
    ("day", "says_next"),
    [(26, "ปิดรับแล้ว 25 ม.ค. 70 · ตรวจรายงานภายใน 1 ก.พ. 70 (เหลือ 6 วัน)"), (40, "· ประเมินภายใน 15 ก.พ. 70 (เหลือ 6 วัน)")],
)
def test_a_closed_round_stays_until_it_is_evaluated(day: int, says_next: str) -> None:
    """With how long is left for it; nobody is asked to send what is not taken any more, and then it goes."""
    stage = seed()
    rounds = stage.office.rounds
    rounds[Q1] = replace(rounds[Q1], review=date(2027, 2, 1), evaluation=date(2027, 2, 15))
    rounds[Q2] = replace(rounds[Q2], opens=Q2.first_day)
    stage.now = datetime(2027, 1, 1, 14, 0, tzinfo=BANGKOK) + timedelta(days=day - 1)
    for words in ("สถานะ", "สรุป", "ใครยังไม่ส่ง"):
        said = says(stage, words)
        assert says_next in said.text
        assert "ไตรมาส 2" not in said.text
    assert not [each.copy for each in said.buttons if each.copy]
    assert "ห้องสมุด" not in says(stage, "แจ้งกลุ่ม").text
    stage.now = datetime(2027, 2, 16, 14, 0, tzinfo=BANGKOK)
    assert "ไตรมาส 1" not in says(stage, "สถานะ").text


def test_a_coordinators_year_is_told_in_words() -> None:
    """Four quarters of many indicators are more cards than LINE shows; the quarters to come are left out."""
    said = says(seed(indicators=9), "สถานะ ปี 2570")
    assert not said.cards
    assert "  ผลรวม 33 ห้อง จากเป้าหมาย 3 ห้อง" in said.text.split("\n")
    assert "ไตรมาส 2/2570" in said.text
    assert "ไตรมาส 3/2570" not in said.text
    check("reply", {"replyToken": "x", "messages": render([said])[0]})


@pytest.mark.parametrize("under_way", ["ตรวจ", "รายงานแทน"])
def test_beside_an_open_question_its_buttons_stay(under_way: str) -> None:
    """เลขไทย and the clipboard are a tap away, behind the question's own; what was under way goes on."""
    stage = seed(libraries=8)
    own = [each.label for each in stage.says("สมชาย", under_way)[-1].buttons]
    stage.says("สมชาย", "สรุป")
    shown = render([stage.said["สมชาย"]])[0][-1]["quickReply"]["items"]
    assert [each["action"]["label"] for each in shown][: len(own)] == [label(each) for each in own]
    assert "clipboard" in [each["action"]["type"] for each in shown]
    assert stage.taps("สมชาย", "เลขไทย")[0].text.startswith("สรุป")
    assert stage.sessions["สมชาย"]["conversation"]


def test_an_evaluator_sees_what_waits() -> None:
    """Quarters that are settled and have no score, a tap each; while a round is open nothing waits."""
    stage = seed(Role.EVALUATOR)
    assert "2300-801" not in says(stage, "สถานะ").text
    stage.now = datetime(2027, 1, 27, 14, 0, tzinfo=BANGKOK)
    assert "• 2300-801 จำนวนห้องสมุด" in says(stage, "สถานะ").text
    assert "เกณฑ์ 2.1" in stage.taps("สมชาย", "ประเมิน 801 1/2570")[0].text


@pytest.mark.parametrize("words", ["ใครยังไม่ส่ง", "สรุป", "สรุป เลขไทย", "สถานะ"])
@pytest.mark.parametrize("role", [Role.REPORTER, *OVERSEERS])
def test_what_a_reporter_may_not_see(role: Role, words: str) -> None:
    """Typed or by a button made by hand, a library's reporter sees the library's own reports and no other's."""
    stage = seed(role)
    stage.member("สมชาย", NAME, 46, role=role)
    for said in (stage.says("สมชาย", words), stage.does("สมชาย", Postback(command_button("", words).data))):
        told = "\n".join([*(each.text for each in said), *(card.alt for each in said for card in each.cards)])
        assert "ห้องสมุดแห่งที่ 45" not in told
        assert "/36" not in told


def test_somebody_with_two_roles_sees_both() -> None:
    """One's own library first, then the round, looked up at once."""
    stage = seed()
    stage.memberships["สมชาย"] += [replace(stage.memberships["สมชาย"][0], id=99, unit_id=11, role=Role.REPORTER)]
    why = ReturnedReport(1, "ขาดจำนวนผู้ร่วม", "narrative", "อรุณี", stage.now)
    stage.returns[ReportKey(11, 1, Q1)] = why
    said = says(stage, "สถานะ")
    back = "ขอให้ปรับแก้ · 2300-801 · ห้องสมุดแห่งที่ 11 · ไตรมาส 1/2570\nเหตุผล: ขาดจำนวนผู้ร่วม (อรุณี)"
    assert back in said.text
    assert [card.rows[0].text for card in said.cards][-1] == "ส่งแล้ว 33 จาก 36 แห่ง"


def test_a_reporter_sees_how_the_report_stands() -> None:
    """In time or late, with the coordinator, accepted or to be corrected."""
    stage = seed()
    for unit, state, shown in (
        (12, ReportState.SUBMITTED, "ล่าช้า · รอตรวจ"),
        (14, ReportState.ACCEPTED, "ทันกำหนด · รับรองแล้ว"),
        (15, ReportState.RESUBMITTED, "ทันกำหนด · ส่งแก้แล้ว รอตรวจ"),
    ):
        mark(stage, unit, state=state)
        stage.member("นภา", "นภา ใจดี", unit)
        assert f"• 2300-801 · ห้องสมุดแห่งที่ {unit}: {shown}" in stage.says("นภา", "สถานะ")[0].text
        assert shown.split(" · ")[1] in stage.says("นภา", "สถานะ ไตรมาส 1")[0].text


def test_a_count_of_its_own_is_combined_too() -> None:
    """A sum of what the units counted."""
    stage = seed()
    count = Indicator(1, "2300-801", 1, "กิจกรรม", 1, "ครั้ง", ResultKind.COUNT, ResultKind.COUNT)
    stage.office = replace(stage.office, indicators={1: count})
    stage.sent(ReportKey(46, 1, Q1), "7")
    assert "ผลรวม 40 ครั้ง" in says(stage, "สถานะ").cards[0].alt


@pytest.mark.parametrize("role", OVERSEERS)
def test_status_says_where_all_can_read_it(role: Role) -> None:
    """Whoever looks after units is told the bureau's public page; where there are no pages nothing is said of them."""
    stage = seed(role)
    assert "ผลที่รับรองแล้ว:" not in stage.says("สมชาย", "สถานะ")[-1].text
    stage.office = replace(stage.office, pages={1: "https://raingan.example/units/23000000"})
    said = stage.says("สมชาย", "สถานะ")[-1].text
    assert said.endswith("ผลที่รับรองแล้ว: https://raingan.example/units/23000000/2570")
    stage.says("สมชาย", "English")
    said = stage.says("สมชาย", "status")[-1].text
    assert said.endswith("What was accepted: https://raingan.example/units/23000000/2570?lang=en")


def test_a_reminder_to_all_is_not_offered_for_one() -> None:
    """What it takes is said of everybody who has not sent, so it stands under the whole list only."""
    stage = seed()
    assert "เตือนผู้ที่ยังไม่ส่ง" in says(stage, "ใครยังไม่ส่ง").text
    assert "เตือน" not in says(stage, "ใครยังไม่ส่ง ห้องสมุดแห่งที่ 46").text
