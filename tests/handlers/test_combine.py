"""รวมผล again: what was sent or drafted before is said, with what differs now; a late library can still be added."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from models.rules.office import Assignment, Direction, OverUnits, ReportKey, ResultKind, Role, Target
from tests.handlers.small_office import Q1, Q2
from tests.handlers.stage import BANGKOK, Stage

OWNERS = ReportKey(1, 1, Q1)


def coordinator() -> Stage:
    """A coordinator whose second of three libraries has reported."""
    stage = Stage()
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    stage.sent(ReportKey(4, 1, Q1), "yes", titles="12")
    return stage


def says(stage: Stage, *texts: str) -> str:
    return [[each.text for each in stage.says("อรุณี", text)] for text in texts][-1][0]


def card(stage: Stage) -> str:
    """The round's first card, in words."""
    return stage.says("อรุณี", "สถานะ")[-1].cards[0].alt


def last(stage: Stage) -> str:
    return stage.said["อรุณี"].text


def test_a_late_library_is_added() -> None:
    """The owner's report was sent: its number, its state and what differs now; a correction is a word away."""
    stage = coordinator()
    says(stage, "รวมผล", "2300-848", "ส่งรายงาน")
    assert stage.versions[OWNERS][-1].summary.result == 1
    stage.sent(ReportKey(5, 1, Q1), "yes", titles="3")
    said = says(stage, "รวมผล", "2300-848")
    assert "ส่งแล้ว เลขที่ 1/2570-08 · รอตรวจ · ขณะนี้ต่างไป: ผล 1 ห้อง → 2 ห้อง; " in said
    assert "จัดทำบรรณนิทัศน์ออนไลน์ 12 ชื่อเรื่อง → 15 ชื่อเรื่อง; รายละเอียด" in said
    says(stage, "ส่งร่างนี้แทน", "ส่งรายงาน")
    newest = stage.versions[OWNERS][-1]
    assert newest.summary.version == 2
    assert (newest.summary.result, newest.sub_measures["titles"]) == (Decimal(2), Decimal(15))


def test_the_same_again_says_so() -> None:
    """What was sent and what is combined now agree: nothing is asked, also where the words were edited."""
    for edited in ((), ("แก้ข้อ 3", "สำนักพัฒนาแล้ว 1 แห่ง", "จบ")):
        stage = coordinator()
        says(stage, "รวมผล", "2300-848", *edited, "ส่งรายงาน")
        said = says(stage, "รวมผล", "2300-848")
        assert "ส่งแล้ว เลขที่ 1/2570-08 · รอตรวจ · ตรงกับผลรวมขณะนี้\nหากต้องแก้ พิมพ์ “แก้ไข 1/2570-08”" in said
        assert not stage.sessions["อรุณี"].get("conversation")


def test_a_stale_draft_is_said_to_be_stale() -> None:
    """ทำต่อ goes on with figures that no longer agree: it is said before, with the words that take the new ones."""
    stage = coordinator()
    says(stage, "รวมผล", "2300-848", "แก้ข้อ 3", "พัฒนาแล้ว 1 แห่ง", "จบ", "เก็บไว้ก่อน")
    stage.sent(ReportKey(5, 1, Q1), "yes", titles="3")
    said = says(stage, "รวมผล", "2300-848")
    assert "ร่างที่ทำค้างไว้ · ขณะนี้ต่างไป: ผล 1 ห้อง → 2 ห้อง; " in said
    assert "(“เริ่มใหม่” ใช้ผลรวมขณะนี้)" in said
    says(stage, "เริ่มใหม่")
    assert "1 ผล: 2 ห้อง" in last(stage)


def test_going_back_keeps_what_was_rolled_up() -> None:
    """A draft that waits is gone on with, begun anew or left: choosing the report again would lose the new figures."""
    stage = coordinator()
    says(stage, "รวมผล", "2300-848", "เก็บไว้ก่อน")
    says(stage, "รวมผล", "2300-848", "ย้อนกลับ")
    says(stage, "เริ่มใหม่")
    assert "1 ผล: 1 ห้อง" in last(stage)


def test_a_closed_round_is_said_to_be_closed() -> None:
    """After the closing day the preview does not say that the report can still be sent as any other."""
    stage = coordinator()
    stage.now = datetime(2027, 1, 28, 9, 0, tzinfo=BANGKOK)
    says(stage, "รวมผล", "2300-848")
    assert "ปิดรับ 25 ม.ค. 70 แล้ว รายงานนี้ส่งได้เป็นกรณีพิเศษ และจะบันทึกว่าล่าช้า" in last(stage)


def test_the_quarter_that_is_over_comes_first() -> None:
    """In the second quarter the first is combined; the one under way stands behind it."""
    stage = coordinator()
    stage.now = datetime(2027, 3, 2, 9, 0, tzinfo=BANGKOK)
    says(stage, "รวมผล", "2300-848")
    assert [each.label for each in stage.said["อรุณี"].buttons][:2] == ["ไตรมาส 1/2570", "ไตรมาส 2/2570"]


def test_each_quarter_says_how_much_there_is() -> None:
    """So the one that is meant is seen; one without any report stands behind, and a number typed is the quarter's."""
    stage = coordinator()
    stage.now = datetime(2027, 3, 2, 9, 0, tzinfo=BANGKOK)
    asked = says(stage, "รวมผล 2300-848")
    assert "• ไตรมาส 1/2570 · รายงานแล้ว 1/3\n• ไตรมาส 2/2570 · รายงานแล้ว 0/3" in asked
    assert "รวมผล 2300-848 ไตรมาส 2/2570" in says(stage, "2")


def test_an_early_report_does_not_lead_the_quarter_under_way() -> None:
    """While one library has reported the quarter that still runs, the one that is over is combined."""
    stage = coordinator()
    stage.now = datetime(2027, 3, 2, 9, 0, tzinfo=BANGKOK)
    stage.sent(ReportKey(4, 1, Q2), "yes", titles="12")
    says(stage, "รวมผล 2300-848")
    assert [each.label for each in stage.said["อรุณี"].buttons][:2] == ["ไตรมาส 1/2570", "ไตรมาส 2/2570"]


def test_a_long_name_does_not_fill_the_list() -> None:
    """The code tells which indicator it is; the whole name can still be typed."""
    stage = coordinator()
    name = "จำนวนห้องสมุดเพื่อการเรียนรู้ที่ได้รับการพัฒนาเป็นห้องสมุดมีชีวิตที่มีความทันสมัยสอดคล้องกับความต้องการของประชาชน"
    duties = (*stage.office.assignments, Assignment(4, 2, 2570, frozenset({1})))
    indicators = {**stage.office.indicators, 1: replace(stage.office.indicators[1], name=name)}
    stage.office = replace(stage.office, indicators=indicators, assignments=duties)
    row = next(each for each in says(stage, "รวมผล").split("\n") if each.startswith("1. 2300-848 "))
    assert row.endswith("…")
    assert len(row) < 100
    assert "รวมผล 2300-848 ไตรมาส 1/2570" in says(stage, name)


def percentages(over: OverUnits = OverUnits.WEIGHTED_MEAN, kind: ResultKind = ResultKind.PERCENT) -> Stage:
    """Two of three libraries reported a percentage; only one of them has a weight."""
    stage = coordinator()
    stage.versions.clear()
    indicator = replace(stage.office.indicators[1], over_units=over, kind=kind, part_kind=kind, sub_measures=())
    indicator = replace(indicator, unit_of_measure="ร้อยละ")
    weights = {3: Decimal(3), 4: Decimal(4)}
    duties = tuple(Assignment(unit, 1, 2570, frozenset({1, 2, 3, 4}), weights.get(unit)) for unit in (3, 4, 5))
    stage.office = replace(stage.office, indicators={1: indicator}, assignments=duties, targets=())
    stage.sent(ReportKey(3, 1, Q1), "90")
    stage.sent(ReportKey(5, 1, Q1), "80")
    return stage


def test_a_mean_is_said_as_a_percentage_of_two_decimals() -> None:
    """In the summary, the draft and its narrative alike: what is sent is what was shown."""
    stage = percentages()
    stage.sent(ReportKey(4, 1, Q1), "91.5")
    said = says(stage, "รวมผล")
    assert "ค่าเฉลี่ยถ่วงน้ำหนัก: ร้อยละ 90.86" in said
    preview = last(stage)
    assert "1 ผล: ร้อยละ 90.86\n" in preview
    assert "เฉลี่ยถ่วงน้ำหนัก ร้อยละ 90.86\n" in preview
    says(stage, "ส่งรายงาน")
    assert stage.versions[OWNERS][-1].summary.result == Decimal("90.86")
    assert "  เฉลี่ย ร้อยละ 90.86" in card(stage)


def test_the_narrative_says_who_is_left_out_and_why() -> None:
    """A library without a weight reported and is not in the mean: the published narrative says so."""
    stage = percentages()
    said = says(stage, "รวมผล")
    assert "ไม่มีค่าน้ำหนัก จึงไม่ได้นับ 1 หน่วยงาน: ประเวศ" in said
    preview = last(stage)
    assert "หน่วยงานที่รายงานแล้วแต่ไม่ได้นับรวม เพราะไม่มีค่าน้ำหนัก ได้แก่ ห้องสมุดประเวศ" in preview
    assert "หน่วยงานที่ยังไม่รายงาน ได้แก่ ห้องสมุดบางบอน" in preview


@pytest.mark.parametrize(
    ("over", "direction", "said"),
    [
        (OverUnits.SUM, Direction.UP, "หน่วยงานที่มีผลเป็นศูนย์ ได้แก่ ห้องสมุดบางบอน"),
        (OverUnits.SUM, Direction.DOWN, ""),
        (OverUnits.COUNT_MET, Direction.UP, "หน่วยงานที่ผลไม่เป็นไปตามค่าเป้าหมาย ได้แก่ ห้องสมุดบางบอน"),
    ],
)
def test_exceptions_are_named_by_what_they_are(over: OverUnits, direction: Direction, said: str) -> None:
    """A zero in a sum, a target that was not met; where the less the better, a zero is none."""
    stage = percentages(over, ResultKind.DECIMAL)
    indicator = replace(stage.office.indicators[1], direction=direction)
    targets = tuple(Target(unit, 1, 2570, Q1.first_day, Decimal(50)) for unit in (3, 4, 5))
    stage.office = replace(stage.office, indicators={1: indicator}, targets=targets)
    stage.sent(ReportKey(4, 1, Q1), "0")
    says(stage, "รวมผล")
    found = [each for each in last(stage).split("\n") if "ได้แก่" in each]
    assert found == ([said] if said else [])


def test_a_no_without_a_reason_is_an_exception_too() -> None:
    """An imported ไม่ได้ดำเนินการ bears no reason; it is named all the same."""
    stage = coordinator()
    stage.sent(ReportKey(5, 1, Q1), "no")
    says(stage, "รวมผล", "2300-848")
    assert "หน่วยงานที่ไม่ได้ดำเนินการ ได้แก่ ห้องสมุดประเวศ" in last(stage)
    assert "จัดทำบรรณนิทัศน์ออนไลน์ รวม 12 ชื่อเรื่อง จาก 1 หน่วยงานที่แจ้งจำนวน" in last(stage)


def test_a_report_that_came_later_is_marked_in_the_status() -> None:
    """The result as it would be now, as it was sent, and how many reports came since; รวมผล is a tap away."""
    stage = coordinator()
    says(stage, "รวมผล", "2300-848", "ส่งรายงาน")
    assert "ส่งไว้แล้ว" not in card(stage)
    stage.now += timedelta(hours=1)
    stage.sent(ReportKey(5, 1, Q1), "yes", titles="3")
    assert "  ผลรวม 2 ห้อง จากเป้าหมาย 3 ห้อง · ส่งไว้แล้ว 1 ห้อง ก่อนได้รับอีก 1 รายงาน" in card(stage)
    said = says(stage, "สถานะ")
    assert "ได้รับรายงานเพิ่มหลังส่งผลรวมของ 2300-848 1/2570" in said
    assert "รวมผล" in [each.label for each in stage.said["อรุณี"].buttons]
    says(stage, "รวมผล", "2300-848", "ส่งร่างนี้แทน", "ส่งรายงาน")
    assert "ส่งไว้แล้ว" not in card(stage)


def test_edited_words_can_be_taken_over() -> None:
    """The new draft has the new figures; the words that were edited before are a tap away instead of typed again."""
    stage = coordinator()
    says(stage, "รวมผล", "2300-848", "แก้ข้อ 3", "สำนักพัฒนาแล้ว 1 แห่ง", "จบ", "ส่งรายงาน")
    stage.sent(ReportKey(5, 1, Q1), "yes", titles="3")
    says(stage, "รวมผล", "2300-848", "ส่งร่างนี้แทน", "แก้ข้อ 3")
    said = stage.taps("อรุณี", "ใช้ข้อความที่ส่งไว้")[-1].text
    assert "สำนักพัฒนาแล้ว 1 แห่ง" in said
    assert "ตัวเลขที่เปลี่ยนไป: ผล 1 ห้อง → 2 ห้อง; จัดทำบรรณนิทัศน์ออนไลน์ 12 ชื่อเรื่อง → 15 ชื่อเรื่อง" in said
