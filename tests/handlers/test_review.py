"""ตรวจ: who may decide, what was shown is what is decided, and a return opens the very answer."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from handlers.effects import Review
from handlers.events import Postback
from handlers.session import Session
from models.rules.office import Assignment, ReportKey, Role, Unit, UnitKind
from models.rules.standing import Decision, ReportState
from tests.handlers.small_office import Q1
from tests.handlers.stage import BANGKOK, Stage
from tests.handlers.talk import forged

COUNT, LIVING, OTHER = ReportKey(3, 2, Q1), ReportKey(3, 1, Q1), ReportKey(4, 1, Q1)


def office() -> Stage:
    """Two libraries that reported, and the coordinator of their division."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3, 4)
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    stage.sent(COUNT, "36", "เล่านิทาน 36 ครั้ง")
    stage.sent(LIVING, "yes", titles="12")
    stage.sent(OTHER, "in_progress")
    return stage


def warned(stage: Stage, key: ReportKey) -> None:
    """The newest version was sent although a check had warned."""
    newest = stage.versions[key][-1]
    data = {"question": "result", "result": "36", "target": "3", "times": "12"}
    stage.versions[key][-1] = replace(newest, warnings=(("many_times_target", data),), explanation="เปลี่ยนกิจกรรม")


def decisions(stage: Stage) -> list[tuple[ReportKey, Decision]]:
    return [(each.key, each.decision) for each in stage.done if isinstance(each, Review)]


def test_warnings_come_first() -> None:
    """The queue begins with what a check saw, and the report says what it was and what the reporter explained."""
    stage = office()
    warned(stage, LIVING)
    said = stage.says("อรุณี", "ตรวจ")[-1].text
    assert said.splitlines()[1].startswith("1. 2300-848 · ห้องสมุดสวนลุมพินี")
    assert "มีข้อสังเกต 1 ข้อ" in said
    shown = stage.says("อรุณี", "1")[-1].text
    assert "ข้อสังเกต: " in shown
    assert "คำอธิบาย: เปลี่ยนกิจกรรม" in shown


def test_the_only_one_is_opened_at_once() -> None:
    """Nothing is asked where one report waits, and no next one is offered; put aside, it comes again."""
    stage = office()
    stage.says("อรุณี", "ตรวจ")
    stage.taps("อรุณี", "รับรองทั้งหมด 3")
    stage.taps("อรุณี", "รับรอง 3 รายงาน")
    stage.sent(ReportKey(4, 2, Q1), "12")
    for _ in range(2):
        said = stage.says("อรุณี", "ตรวจ")[-1]
        assert said.text.startswith("2300-849 · ห้องสมุดบางบอน · ไตรมาส 1/2570\n")
        assert [each.label for each in said.buttons] == ["รับรอง", "ขอให้ปรับแก้", "เก็บไว้ก่อน"]
        stage.taps("อรุณี", "เก็บไว้ก่อน")
    stage.says("อรุณี", "ตรวจ")
    stage.taps("อรุณี", "รับรอง")
    assert decisions(stage) == [(ReportKey(4, 2, Q1), Decision.ACCEPTED)]


def test_all_without_warnings_at_once() -> None:
    """One question names the count; what was noted, and what came in meanwhile, is left to be read."""
    stage = office()
    warned(stage, LIVING)
    stage.says("อรุณี", "ตรวจ")
    assert "รับรอง 2 รายงาน" in stage.taps("อรุณี", "รับรองทั้งหมด 2")[-1].text
    stage.sent(COUNT, "40")  # she corrects it while the coordinator reads
    said = stage.says("อรุณี", "ยืนยัน")[-1].text
    assert decisions(stage) == [(OTHER, Decision.ACCEPTED)]
    assert "อีก 1 รายงานมีการเปลี่ยนแปลง" in said
    assert stage.versions[COUNT][-1].summary.state is ReportState.SUBMITTED
    assert stage.versions[OTHER][-1].summary.accepted_version == 1


def test_a_no_accepts_nothing() -> None:
    """รับทราบ is no consent, and a no leaves everything as it is."""
    stage = office()
    stage.says("อรุณี", "ตรวจ")
    stage.taps("อรุณี", "รับรองทั้งหมด 3")
    for text in ("รับทราบ", "ค่ะ", "ยังไม่รับรอง"):
        stage.says("อรุณี", text)
        assert decisions(stage) == []


def test_what_is_decided_is_what_was_shown() -> None:
    """A newer version that came in meanwhile is shown first; the tap on the old one decides nothing."""
    stage = office()
    stage.says("อรุณี", "ตรวจ")
    stage.says("อรุณี", "2300-849 · ห้องสมุดสวนลุมพินี")
    stage.sent(COUNT, "40")
    said = stage.taps("อรุณี", "รับรอง")[-1].text
    assert decisions(stage) == []
    assert "มีฉบับใหม่" in said
    assert "40 ครั้ง" in said
    stage.says("อรุณี", "ขอให้ปรับแก้")
    stage.sent(COUNT, "41")
    said = stage.says("อรุณี", "ผล")[-1].text
    assert "มีฉบับใหม่" in said
    assert "41 ครั้ง" in said
    stage.sent(COUNT, "42")
    said = stage.says("อรุณี", "รับรอง")[-1].text
    assert "มีฉบับใหม่" in said
    assert "42 ครั้ง" in said
    stage.says("อรุณี", "รับรอง")
    found = [each for each in stage.done if isinstance(each, Review)]
    assert [(each.key, each.version) for each in found] == [(COUNT, 4)]


def test_another_report_after_going_back() -> None:
    """The version that was shown is that of one report: another one, with more versions, opens at once."""
    stage = office()
    stage.sent(COUNT, "40")
    stage.says("อรุณี", "ตรวจ")
    assert "2300-848" in stage.says("อรุณี", "2300-848 · ห้องสมุดบางบอน")[-1].text
    stage.says("อรุณี", "ย้อนกลับ")
    said = stage.says("อรุณี", "2300-849 · ห้องสมุดสวนลุมพินี")[-1].text
    assert said.startswith("2300-849 · ห้องสมุดสวนลุมพินี")
    assert "มีฉบับใหม่" not in said


def test_an_old_choice_outside_the_narrowed_list_is_kept() -> None:
    """ใช้คำตอบเดิม after ย้อนกลับ opens the report again, whatever the list was narrowed to."""
    stage = office()
    for text in ("ตรวจ 849", "ย้อนกลับ", "บางบอน"):
        said = stage.says("อรุณี", text)[-1]
    assert said.text.startswith("2300-848 · ห้องสมุดบางบอน")
    stage.says("อรุณี", "ย้อนกลับ")
    assert stage.says("อรุณี", "ใช้คำตอบเดิม")[-1].text == said.text


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("ตรวจ 2300-849", "2300-849 · ห้องสมุดสวนลุมพินี"),
        ("ตรวจ 849", "2300-849 · ห้องสมุดสวนลุมพินี"),
        ("ตรวจ บางบอน", "2300-848 · ห้องสมุดบางบอน"),
        ("ตรวจ 848 สวนลุม", "2300-848 · ห้องสมุดสวนลุมพินี"),
        ("ตรวจ สวนลุม 2300-848 ไตรมาส 1", "2300-848 · ห้องสมุดสวนลุมพินี"),
        ("ตรวจ ไตรมาส ๑ ปี ๒๕๗๐", "มี 3 รายงานรอตรวจ ตรงกับ “1/2570” 3 รายงาน"),
        ("ตรวจ สวนลุม", "มี 3 รายงานรอตรวจ ตรงกับ “ห้องสมุดสวนลุมพินี” 2 รายงาน"),
        ("ตรวจ ไตรมาส 4/2569", "มี 3 รายงานรอตรวจ ไม่มีรายงานที่ตรงกับ “4/2569”"),
        ("ตรวจ 2300-999", "ไม่พบตัวชี้วัด 2300-999"),
        ("ตรวจ ดาวอังคาร", "ไม่พบหน่วยงาน “ดาวอังคาร”"),
        ("รับรองทั้งหมด", "มี 3 รายงานรอตรวจ จะตรวจรายงานใด"),
    ],
)
def test_the_queue_is_narrowed_by_what_is_typed(text: str, opens: str) -> None:
    """A code, a unit, a quarter, or several of them; the only report that fits is opened, and none is said."""
    stage = office()
    said = stage.says("อรุณี", text)[-1].text
    assert said.startswith(opens), said


def test_the_next_is_a_tap_away() -> None:
    """After a decision the next report opens by its code and unit, tapped or typed."""
    stage = office()
    stage.says("อรุณี", "ตรวจ 849")
    said = stage.says("อรุณี", "รับรอง")[-1]
    following, more, *_ = [each.label for each in said.buttons]
    assert more == "ตรวจต่อ"
    tapped = stage.taps("อรุณี", following)[-1].text
    assert tapped.splitlines()[1].startswith("เลขที่")
    stage.says("อรุณี", "เก็บไว้ก่อน")
    assert stage.says("อรุณี", following)[-1].text == tapped


def test_another_coordinator_is_faster() -> None:
    """The second hears that it changed, and nothing is decided twice."""
    stage = office()
    stage.member("วิชัย", "วิชัย แทนงาน", 2, role=Role.COORDINATOR)
    for who in ("อรุณี", "วิชัย"):
        stage.says(who, "ตรวจ")
        stage.says(who, "1")
    stage.says("อรุณี", "รับรอง")
    said = stage.says("วิชัย", "รับรอง")[-1].text
    assert decisions(stage) == []
    assert "เปลี่ยนแปลง" in said


def test_a_return_reaches_the_reporter_and_opens_the_answer() -> None:
    """The reason is required; the push names it; its button asks the very question, also after closing."""
    stage = office()
    stage.says("อรุณี", "ตรวจ")
    for text in ("2300-849 · ห้องสมุดสวนลุมพินี", "ขอให้ปรับแก้", "ผล"):
        stage.says("อรุณี", text)
    stage.says("อรุณี", "555")
    assert decisions(stage) == []
    receipt = stage.says("อรุณี", "ขอตรวจสอบยอดสะสม")[-1].text
    assert "ส่วน: ผล · เหตุผล: ขอตรวจสอบยอดสะสม" in receipt
    assert decisions(stage) == [(COUNT, Decision.RETURNED)]
    (told,) = stage.desk.told
    assert told.person_id == stage.people["นภา"].id
    assert "เหตุผล: ขอตรวจสอบยอดสะสม" in told.say.text
    assert "อรุณี ประสานดี" in told.say.text
    (button,) = told.say.buttons
    assert button.fill_in == "36"
    stage.now = datetime(2027, 2, 3, 9, 0, tzinfo=BANGKOK)
    stage.does("นภา", Postback(button.data))
    assert stage.sessions["นภา"]["asked"] == "result"
    for text in ("35", "แก้ 36 ครั้ง เป็น 35 ครั้ง", "ส่งรายงาน"):
        stage.says("นภา", text)
    newest = stage.versions[COUNT][-1].summary
    assert (newest.version, newest.state, newest.late) == (2, ReportState.RESUBMITTED, False)
    stage.says("อรุณี", "ตรวจ")
    shown = stage.says("อรุณี", "2300-849 · ห้องสมุดสวนลุมพินี")[-1].text
    assert "(เดิม: 36 ครั้ง)" in shown
    assert "ที่ขอให้ปรับแก้ไว้: ขอตรวจสอบยอดสะสม" in shown


def test_the_button_works_in_mid_report() -> None:
    """Another report under way is kept as a draft; the returned one is opened all the same, by number too."""
    stage = office()
    stage.says("อรุณี", "ตรวจ")
    for text in ("2300-849 · ห้องสมุดสวนลุมพินี", "ส่งกลับแก้ไข", "ทั้งรายงาน", "ขอรายละเอียดเพิ่ม"):
        stage.says("อรุณี", text)
    for text in ("แก้ไข 1/2570-99", "เก็บไว้ก่อน"):
        stage.says("นภา", text)
    stage.says("นภา", "รายงาน ไตรมาส 1")
    stage.says("นภา", "แก้ไข เลขที่ ๑/๒๕๗๐-๐๗")
    assert stage.sessions["นภา"]["asked"] == "confirm"
    assert stage.sessions["นภา"]["answers"]["indicator"] in {1, 2}


@pytest.mark.parametrize("role", Role)
def test_who_may_review(role: Role) -> None:
    """The table says it: coordinators alone, each only for the units below theirs."""
    stage = office()
    stage.member("ใคร", "ใคร คนหนึ่ง", 2, role=role)
    said = stage.says("ใคร", "ตรวจ")[-1].text
    assert ("รอตรวจ จะตรวจรายงานใด" in said) is (role is Role.COORDINATOR)
    stage.member("ที่อื่น", "ที่อื่น ไกล", 5, role=role)
    assert "จะตรวจรายงานใด" not in stage.says("ที่อื่น", "ตรวจ")[-1].text


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("report", [3, 2, "1/2570"]),
        ("report", "all"),
        ("decision", "accepted"),
        ("sure", True),
        ("reason", "ก"),
    ],
)
def test_a_forged_tap_decides_nothing(role: Role, question: str, value: object) -> None:
    """A session and a postback as if she were reviewing: whoever has not the duty, or another unit, gets nowhere."""
    stage = office()
    stage.member("ใคร", "ใคร คนหนึ่ง", 5, role=role)
    answers = {"report": [3, 2, "1/2570"], "decision": "returned", "question": "result"}
    given = {name: each for name, each in answers.items() if name != question} | {"shown": 1}
    session = Session("review", "01FORGED", given, question, stage.now)
    stage.sessions["ใคร"] = session.dump()
    stage.does("ใคร", Postback(forged(session, value)))
    assert decisions(stage) == []
    assert all(each[-1].summary.state is ReportState.SUBMITTED for each in stage.versions.values())


def test_a_change_of_activity_becomes_a_request() -> None:
    """ขอเปลี่ยนกิจกรรม as a zero's reason is asked of the coordinator once, who names the activity and grants it."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    for text in ("รายงาน 2300-849", "0", "ขอเปลี่ยนกิจกรรม", "เปลี่ยนเป็นออนไลน์ตั้งแต่ พ.ค.", "จบ", "ส่งรายงาน"):
        stage.says("นภา", text)
    assert len(stage.desk.requests) == 1
    for text in ("แก้ไข", "แก้รายละเอียด", "เปลี่ยนเป็นออนไลน์แล้ว", "จบ", "ส่งรายงาน"):
        stage.says("นภา", text)
    assert len(stage.versions[COUNT]) == 2
    assert len(stage.desk.requests) == 1
    stage.says("อรุณี", "คำขอ")
    stage.taps("อรุณี", "อนุมัติ 1")
    stage.says("อรุณี", "จัดทำบรรณนิทัศน์ออนไลน์")
    (change,) = stage.desk.changes
    assert (change.key, getattr(change, "text", "")) == (COUNT, "จัดทำบรรณนิทัศน์ออนไลน์")
    assert Decimal(0) == stage.versions[COUNT][-1].summary.result


def test_ones_own_and_corrected_reports_are_opened_first() -> None:
    """What she sent herself and what was corrected is marked and never accepted unseen; zeros are counted."""
    stage = office()
    for text in ("รายงานแทน", "LIB-03", "ไม่ได้ดำเนินการ", "1", "12", "ปิดซ่อมอาคาร", "จบ", "มานี มีนา", "ส่งรายงาน"):
        stage.says("อรุณี", text)
    newest = stage.versions[LIVING][-1]
    stage.versions[LIVING][-1] = replace(newest, summary=replace(newest.summary, state=ReportState.RESUBMITTED))
    rows = stage.says("อรุณี", "ตรวจ")[-1].text.splitlines()
    assert rows[1] == "1. 2300-848 · ห้องสมุดสวนลุมพินี · ไตรมาส 1/2570 · ดำเนินการแล้ว · ส่งแก้แล้ว"
    assert [row for row in rows if "ผู้ตรวจส่งเอง" in row] == [
        "4. 2300-848 · ห้องสมุดประเวศ · ไตรมาส 1/2570 · ไม่ได้ดำเนินการ · ผู้ตรวจส่งเอง"
    ]
    asked = stage.says("อรุณี", "รับรองทั้งหมด")[-1].text
    assert "รับรอง 2 รายงาน" in asked
    assert "ผลเป็นศูนย์ 1 รายงาน" in asked
    assert "อีก 2 รายงานต้องเปิดดูก่อน" in asked
    stage.says("อรุณี", "ใช่")
    assert sorted(key for key, _ in decisions(stage)) == sorted((COUNT, OTHER))
    stage.says("อรุณี", "ตรวจ")
    stage.says("อรุณี", "ประเวศ")
    stage.says("อรุณี", "รับรอง")
    assert decisions(stage) == [(ReportKey(5, 1, Q1), Decision.ACCEPTED)]


def test_whatever_waits_can_be_named() -> None:
    """Beyond the ten that are listed a unit's name finds its report; the number of a row that is not there does not."""
    stage = Stage()
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    units = {
        number: Unit(number, f"LIB-{number}", f"ห้องสมุดสาขา {number}", UnitKind.LIBRARY, 2) for number in range(20, 36)
    }
    duties = tuple(Assignment(each, 2, 2570, frozenset({1})) for each in units)
    stage.office = replace(stage.office, units=stage.office.units | units, assignments=duties)
    for each in units:
        stage.sent(ReportKey(each, 2, Q1), "12")
    said = stage.says("อรุณี", "ตรวจ")[-1].text
    assert "10. 2300-849 · ห้องสมุดสาขา 29" in said
    assert "ห้องสมุดสาขา 30" not in said
    assert "ไม่ตรงกับตัวเลือก" in stage.says("อรุณี", "12")[-1].text
    assert "2300-849 · ห้องสมุดสาขา 34" in stage.says("อรุณี", "สาขา 34")[-1].text
    stage.says("อรุณี", "รับรอง")
    assert decisions(stage) == [(ReportKey(34, 2, Q1), Decision.ACCEPTED)]
    stage.says("อรุณี", "ตรวจ")
    assert len(stage.says("อรุณี", "2300-849")[-1].buttons) <= 13


def labels(stage: Stage) -> list[str]:
    return [each.label for each in stage.said["อรุณี"].buttons]


def test_buttons_of_the_queue_can_be_told_apart() -> None:
    """Two reports of one library differ by their code; what all have in common stands on none."""
    stage = office()
    stage.says("อรุณี", "ตรวจ")
    assert labels(stage)[:3] == ["1. 849 สวนลุมพินี", "2. 848 สวนลุมพินี", "3. 848 บางบอน"]


def test_an_owners_report_does_not_lengthen_the_libraries_labels() -> None:
    """Beside the bureau's report in the queue the libraries still go by their short names."""
    stage = office()
    stage.sent(ReportKey(1, 1, Q1), "2")
    stage.says("อรุณี", "ตรวจ")
    assert {"2. 848 สวนลุมพินี", "3. 848 บางบอน"} < set(labels(stage))


def test_words_narrow_the_queue() -> None:
    """A code, a unit or a mark: one row is opened, several are listed, and only these are accepted together."""
    stage = office()
    stage.sent(ReportKey(5, 1, Q1), "yes", titles="3")
    stage.says("อรุณี", "ตรวจ")
    said = stage.says("อรุณี", "2300-848")[-1].text
    assert said.startswith("มี 4 รายงานรอตรวจ ตรงกับ “2300-848” 3 รายงาน")
    assert labels(stage) == ["1. สวนลุมพินี", "2. บางบอน", "3. ประเวศ", "รับรองทั้งหมด 3", "แสดงทุกรายการ", "เก็บไว้ก่อน"]
    assert "รับรอง 3 รายงาน" in stage.taps("อรุณี", "รับรองทั้งหมด 3")[-1].text
    stage.says("อรุณี", "ย้อนกลับ")
    assert "ตรงกับ" not in stage.taps("อรุณี", "แสดงทุกรายการ")[-1].text
    assert "เลขที่ 1/2570-07" in stage.says("อรุณี", "848 ประเวศ")[-1].text
    stage.says("อรุณี", "ย้อนกลับ")
    assert "ไม่ตรงกับตัวเลือก" in stage.says("อรุณี", "ห้องสมุดที่ไม่มี")[-1].text
