"""คำขอ: what only a coordinator grants; who may ask, who may decide, and what a grant lets happen."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from handlers.decide import first_day
from handlers.effects import AddTarget, Ask, Decide, EndMembership, Submit
from handlers.events import Postback
from handlers.records import RequestKind
from handlers.session import Session
from models.rules.fiscal import Quarter
from models.rules.office import Assignment, QuarterDates, ReportKey, Role
from models.rules.standing import ReportState
from tests.handlers.small_office import Q1, Q2
from tests.handlers.stage import BANGKOK, Stage
from tests.handlers.talk import forged

COUNT, LIVING = ReportKey(3, 2, Q1), ReportKey(3, 1, Q1)
CLOSED = datetime(2027, 1, 27, 9, 0, tzinfo=BANGKOK)


def office(now: datetime = CLOSED) -> Stage:
    """A library and the coordinator of its division, after closing."""
    stage = Stage(now=now)
    stage.member("นภา", "นภา ใจดี", 3)
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    return stage


def done(stage: Stage, kind: type) -> list[object]:
    return [each for each in stage.done if isinstance(each, kind)]


def test_opened_until_a_day() -> None:
    """Asked with a reason, granted for days: it can be reported up to and including the last one, late."""
    stage = office()
    stage.says("นภา", "ขอเปิดรายงาน")
    stage.says("นภา", "ไฟฟ้าดับ")
    stage.says("อรุณี", "คำขอ")
    stage.taps("อรุณี", "อนุมัติ 1")
    stage.says("อรุณี", "๗ วัน")
    assert done(stage, Decide) == [Decide("request-1", granted=True, until=date(2027, 2, 3))]
    stage.now = datetime(2027, 2, 3, 20, 0, tzinfo=BANGKOK)
    for text in ("รายงาน 2300-849", "36", "เล่านิทาน 36 ครั้ง", "จบ", "ส่งรายงาน"):
        stage.says("นภา", text)
    (sent,) = done(stage, Submit)
    assert isinstance(sent, Submit)
    assert sent.late
    stage.now = datetime(2027, 2, 4, 8, 0, tzinfo=BANGKOK)
    assert "ขอเปิดรายงาน" in stage.says("นภา", "รายงาน 2300-848")[-1].text


def test_the_day_it_is_opened_until_is_the_day_that_is_shown() -> None:
    """In the list of สถานะ and on the card: the round's own closing day is over."""
    stage = office()
    for text in ("ขอเปิดรายงาน", "ไฟฟ้าดับ"):
        stage.says("นภา", text)
    stage.says("อรุณี", "คำขอ")
    stage.taps("อรุณี", "อนุมัติ 1")
    stage.says("อรุณี", "14")
    said = stage.says("นภา", "สถานะ")[-1]
    assert "ยังส่งได้ถึงวันพุธที่ 10 ก.พ. 70" in said.text
    cards = "\n".join(each.alt for each in said.cards)
    assert "ยังส่งได้ถึง 10 ก.พ. 70" in cards
    assert "25 ม.ค. 70" not in said.text + cards


def test_too_many_days_say_how_many_are_possible() -> None:
    """200 is a number of days, only too large; nothing is decided."""
    stage = office()
    for text in ("ขอเปิดรายงาน", "ไฟฟ้าดับ"):
        stage.says("นภา", text)
    stage.says("อรุณี", "คำขอ")
    stage.taps("อรุณี", "อนุมัติ 1")
    assert stage.says("อรุณี", "200")[-1].text.startswith("เปิดให้ได้ 1 ถึง 90 วัน")
    assert done(stage, Decide) == []


def test_a_day_that_no_calendar_has_is_said_to_be_none() -> None:
    """Not the way it is written is wrong."""
    said = office().says("อรุณี", "เลื่อนกำหนด ไตรมาส 1 เป็น 31 ก.พ. 70")[-1].text
    assert said.startswith("ไม่มีวันที่ “31 ก.พ. 70” ในปฏิทิน")


@pytest.mark.parametrize(
    ("which", "day", "in_hours"),
    [("", "8 ม.ค. 70", True), ("", "15 ม.ค. 70", False), ("วันตรวจ", "29 ม.ค. 70", False)],
)
def test_what_is_told_of_a_move_is_what_happens(which: str, day: str, in_hours: bool) -> None:
    """Only a day by which something has to be sent is told before people write, and only when it comes sooner."""
    stage = office(datetime(2027, 1, 5, 9, 0, tzinfo=BANGKOK))
    asked = f"เลื่อน{which or 'กำหนด'} ไตรมาส 1 เป็น {day}"
    stage.says("อรุณี", asked)
    said = stage.taps("อรุณี", "เลื่อนตามนี้")[-1].text
    assert ("ในเวลาทำการ" in said) is in_hours
    assert ("เมื่อพิมพ์เข้ามา" in said) is not in_hours


def test_who_may_not_move_a_date_hears_who_may() -> None:
    """A coordinator of one library oversees only a part of the round; the division's coordinator is named."""
    stage = office()
    stage.member("ปราณี", "ปราณี ประสานดี", 5, role=Role.COORDINATOR)
    for who in ("ปราณี", "นภา"):
        said = stage.says(who, "เลื่อนกำหนด ไตรมาส 1 เป็น 15 ม.ค. 70")[-1].text
        assert said.endswith("ทั้งหมด: สมชาย รักอ่าน")
        assert not stage.sessions[who].get("conversation")


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.EXECUTIVE])
def test_help_names_a_coordinator_of_a_division_below(role: Role) -> None:
    """An evaluator and an executive belong to the bureau; whom to ask is in its division."""
    stage = office()
    stage.member("ธนา", "ธนา วัดผล", 1, role=role)
    assert "สมชาย รักอ่าน โทร. 0 2000 0001" in stage.says("ธนา", "ช่วยเหลือ")[-1].text


def test_what_was_returned_is_on_its_card_and_above_what_is_pending() -> None:
    """The reason stands first, the count of pending reports above those that it counts."""
    stage = office(datetime(2027, 1, 8, 9, 0, tzinfo=BANGKOK))
    stage.sent(LIVING, "yes", titles="3")
    stage.desk.set_state(stage, LIVING, ReportState.RETURNED, 1)
    said = stage.says("นภา", "สถานะ")[-1]
    lines = said.text.splitlines()
    assert lines[0].startswith("ขอให้ปรับแก้ · 2300-848")
    head = next(at for at, line in enumerate(lines) if line.startswith("มี 1 รายการรอรายงาน"))
    assert "2300-849" in "".join(lines[head:])
    assert "ขอให้ปรับแก้ ไตรมาส 1/2570" in said.cards[0].alt


def test_a_refusal_says_why() -> None:
    """Nothing is opened; whoever asked hears the reason, and may ask again."""
    stage = office()
    for text in ("ขอเปิดรายงาน", "ไฟฟ้าดับ"):
        stage.says("นภา", text)
    stage.says("อรุณี", "คำขอ")
    stage.taps("อรุณี", "ไม่อนุมัติ 1")
    stage.says("อรุณี", "ส่งข้อมูลส่วนกลางแล้ว")
    assert "ส่งข้อมูลส่วนกลางแล้ว" in stage.desk.told[-1].say.text
    said = stage.says("นภา", "รายงาน")[-1]
    assert said.text.startswith("ขณะนี้ไม่มีรายการที่เปิดรับรายงาน ไตรมาส 2/2570 เปิดรับวันจันทร์ที่ 1 มี.ค. 70")
    assert [each.label for each in said.buttons] == ["ขอเปิดรายงาน", "สถานะ", "ช่วยเหลือ"]
    stage.says("นภา", "ขอเปิดรายงาน")
    stage.says("นภา", "ไฟฟ้าดับอีก")
    assert len(stage.desk.requests) == 2


@pytest.mark.parametrize(("words", "kind"), [("แก้ไข", RequestKind.EDIT), ("ขอถอน", RequestKind.WITHDRAW)])
def test_what_was_accepted_is_asked_for(words: str, kind: RequestKind) -> None:
    """After acceptance แก้ไข and ขอถอน change nothing by themselves: they ask."""
    stage = office(datetime(2027, 1, 5, 14, 0, tzinfo=BANGKOK))
    stage.sent(COUNT, "36")
    stage.desk.set_state(stage, COUNT, ReportState.ACCEPTED, 1)
    stage.says("นภา", words)
    stage.says("นภา", "นับซ้ำ")
    (asked,) = done(stage, Ask)
    assert isinstance(asked, Ask)
    assert (asked.kind, asked.unit_id, asked.indicator_id, asked.quarter) == (kind, 3, 2, Q1)
    assert not stage.withdrawn
    stage.says("อรุณี", "คำขอ")
    stage.taps("อรุณี", "อนุมัติ 1")
    if kind is RequestKind.WITHDRAW:
        assert stage.withdrawn == {COUNT}
        return
    stage.says("อรุณี", "7 วัน")
    for text in ("แก้ไข", "แก้ข้อ 1", "35", "ส่งรายงาน"):
        stage.says("นภา", text)
    newest = stage.versions[COUNT][-1].summary
    assert (newest.version, newest.state) == (2, ReportState.SUBMITTED)


def test_a_target_with_its_document() -> None:
    """The new target is valid from the day it is granted, with number and reason."""
    stage = office()
    for text in ("ขอเปลี่ยนเป้าหมาย", "48", "กท 1234/2570", "ผู้บริหารสั่ง"):
        stage.says("นภา", text)
    stage.says("อรุณี", "คำขอ")
    stage.taps("อรุณี", "อนุมัติ 1")
    (change,) = done(stage, AddTarget)
    assert isinstance(change, AddTarget)
    assert (change.key.unit_id, str(change.value), change.document_number, change.reason) == (
        3,
        "48",
        "กท 1234/2570",
        "ผู้บริหารสั่ง",
    )
    assert change.valid_from == date(2027, 1, 27)


def test_only_a_number_to_reach_can_be_changed() -> None:
    """A library that answers yes or no has no target of its own: there is nothing to ask for."""
    stage = office()
    stage.member("มานะ", "มานะ อดทน", 5)
    said = stage.says("มานะ", "ขอเปลี่ยนเป้าหมาย")[-1].text
    assert "ไม่มี" in said
    assert not stage.sessions["มานะ"]


def test_buttons_of_a_choice_can_be_told_apart() -> None:
    """Three libraries of one person, and what they are asked about, differ by the library's name."""
    stage = office()
    stage.member("มานะ", "มานะ อดทน", 3, 4, 5)
    libraries = ["1. สวนลุมพินี", "2. บางบอน", "3. ประเวศ", "เก็บไว้ก่อน"]
    stage.says("มานะ", "แจ้งย้าย")
    assert [each.label for each in stage.said["มานะ"].buttons] == libraries
    stage.says("มานะ", "เก็บไว้ก่อน")
    stage.says("มานะ", "ขอเปิดรายงาน")
    assert [each.label for each in stage.said["มานะ"].buttons] == libraries


def test_a_duty_ends_after_one_question() -> None:
    """แจ้งย้าย asks once; one tap of the coordinator's ends it."""
    stage = office()
    stage.says("นภา", "แจ้งย้าย")
    stage.says("นภา", "ใช่")
    stage.says("อรุณี", "คำขอ")
    stage.taps("อรุณี", "อนุมัติ 1")
    (ended,) = done(stage, EndMembership)
    assert ended == EndMembership(stage.memberships["นภา"][0].id)
    assert "สิ้นสุด" in stage.says("นภา", "รายงาน")[-1].text


def test_the_end_of_a_duty_is_asked_for_once() -> None:
    """While a coordinator has not decided, that duty is no longer offered; without another it is said to be asked."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3, 4)
    for text in ("แจ้งย้าย", "บางบอน", "ใช่"):
        stage.says("นภา", text)
    assert "ห้องสมุดสวนลุมพินี สิ้นสุดแล้วใช่หรือไม่" in stage.says("นภา", "แจ้งย้าย")[0].text
    stage.says("นภา", "ใช่")
    assert stage.says("นภา", "แจ้งย้าย")[0].text == "ส่งคำขอไว้แล้ว รอผู้ประสานงานพิจารณา"
    assert len(stage.desk.requests) == 2


def test_duties_are_told_apart_by_their_units() -> None:
    """Whoever reports for several libraries chooses by a library's name: the role is the same everywhere."""
    stage = office()
    stage.member("มาลี", "มาลี สามแห่ง", 3, 4, 5)
    stage.says("มาลี", "แจ้งย้าย")
    stage.taps("มาลี", "2. บางบอน")
    assert "บางบอน" in stage.said["มาลี"].text


@pytest.mark.parametrize("role", Role)
def test_who_may_ask_and_decide(role: Role) -> None:
    """Reporters ask, coordinators decide, for the units below theirs."""
    stage = office()
    for text in ("ขอเปิดรายงาน", "ไฟฟ้าดับ"):
        stage.says("นภา", text)
    stage.member("ใคร", "ใคร คนหนึ่ง", 2, role=role)
    assert ("คำขอรอพิจารณา" in stage.says("ใคร", "คำขอ")[-1].text) is (role is Role.COORDINATOR)
    stage.member("ที่อื่น", "ที่อื่น ไกล", 5, role=role)
    assert "รอพิจารณา\n" not in stage.says("ที่อื่น", "คำขอ")[-1].text
    stage.says("ที่อื่น", "ขอเปิดรายงาน")
    asking = stage.sessions["ที่อื่น"].get("conversation") == "request"
    assert asking is (role is Role.REPORTER)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("question", ["request", "until", "answer"])
def test_a_forged_grant_grants_nothing(role: Role, question: str) -> None:
    """A session and a tap as if they were deciding: nobody of another unit gets anywhere."""
    stage = office()
    for text in ("ขอเปิดรายงาน", "ไฟฟ้าดับ"):
        stage.says("นภา", text)
    stage.member("ใคร", "ใคร คนหนึ่ง", 5, role=role)
    values = {
        "request": {"answers": {"request": "request-1", "granted": True}},
        "until": "2027-12-31",
        "answer": "ก",
    }
    answers = {"request": "request-1", "granted": question != "answer"} if question != "request" else {}
    session = Session("requests", "01FORGED", answers, question, stage.now)
    stage.sessions["ใคร"] = session.dump()
    stage.does("ใคร", Postback(forged(session, values[question])))
    assert done(stage, Decide) == []


@pytest.mark.parametrize("role", Role)
def test_a_forged_report_for_another(role: Role) -> None:
    """Nobody but a coordinator above writes for a unit, whatever their session says."""
    stage = office(datetime(2027, 1, 5, 14, 0, tzinfo=BANGKOK))
    stage.member("ใคร", "ใคร คนหนึ่ง", 4, role=role)
    answers = {"behalf": "unit", "unit": 3, "indicator": 2, "quarter": "1/2570"}
    session = Session("report", "01FORGED", answers, "result", stage.now)
    stage.sessions["ใคร"] = session.dump()
    stage.does("ใคร", Postback(forged(session, "99")))
    assert stage.drafts == {}
    for text in ("99", "เล่านิทาน 99 ครั้ง", "จบ", "ใคร", "ส่งรายงาน"):
        stage.says("ใคร", text)
    assert stage.versions == {}


def test_a_coordinator_reports_for_a_unit() -> None:
    """It bears her name and that of whoever told her; a colleague's draft goes on under her hand, not as hers."""
    stage = office(datetime(2027, 1, 5, 14, 0, tzinfo=BANGKOK))
    for text in ("รายงาน 2300-849", "36"):
        stage.says("นภา", text)
    for text in ("รายงานแทน", "สวนลุมพินี", "2300-849", "ทำต่อ", "เล่านิทาน 36 ครั้ง", "จบ", "นภา ใจดี", "ส่งรายงาน"):
        stage.says("อรุณี", text)
    (sent,) = done(stage, Submit)
    assert isinstance(sent, Submit)
    assert (sent.key, sent.reporter_name, sent.on_behalf_of) == (COUNT, "อรุณี ประสานดี", "นภา ใจดี")
    assert stage.versions[COUNT][-1].answer == "36"


def test_a_bare_quarter_is_the_one_that_was_asked_about() -> None:
    """A coordinator may enter last year's quarters too: of one number that on offer is meant, of two it is asked."""
    stage = office(datetime(2027, 1, 5, 14, 0, tzinfo=BANGKOK))
    last_year = Quarter(2569, 1)
    dates = QuarterDates(last_year, date(2025, 12, 1), date(2026, 1, 12), date(2026, 1, 26))
    second = replace(stage.office.rounds[Q2], opens=date(2027, 1, 1))
    stage.office = replace(
        stage.office,
        rounds={**stage.office.rounds, last_year: dates, Q2: second},
        assignments=(*stage.office.assignments, Assignment(3, 2, 2569, frozenset({1}))),
    )
    for text in ("รายงานแทน", "สวนลุมพินี", "2300-849"):
        stage.says("อรุณี", text)
    which = stage.says("อรุณี", "ไตรมาส 1")[-1]
    assert "หมายถึงไตรมาสใด คำนี้ตรงกับมากกว่าหนึ่งไตรมาส" in which.text
    assert [each.label for each in which.buttons] == ["ไตรมาส 1/2569", "ไตรมาส 1/2570"]
    stage.sent(ReportKey(3, 2, last_year), "36")
    stage.says("อรุณี", "ไตรมาส 1")
    assert stage.sessions["อรุณี"]["answers"]["quarter"] == "1/2570"


def test_a_coordinator_corrects_what_she_sent() -> None:
    """By its number, told or combined, sent back by a deputy or not; without a number she hears how."""
    stage = office(datetime(2027, 1, 5, 14, 0, tzinfo=BANGKOK))
    for text in ("รายงานแทน", "สวนลุมพินี", "2300-849", "36", "เล่านิทาน 36 ครั้ง", "จบ", "นภา ใจดี", "ส่งรายงาน"):
        stage.says("อรุณี", text)
    assert "หากต้องแก้ พิมพ์ “แก้ไข 1/2570-01”" in stage.said["อรุณี"].text
    assert "1 ผล: 36 ครั้ง" in stage.taps("อรุณี", "แก้ไข 1/2570-01")[-1].text
    for text in ("แก้ข้อ 1", "40", "ส่งรายงาน"):
        stage.says("อรุณี", text)
    (sent,) = done(stage, Submit)
    assert isinstance(sent, Submit)
    assert (sent.key, sent.answer, sent.on_behalf_of, sent.base_version) == (COUNT, "40", "นภา ใจดี", 1)
    stage.member("วิชัย", "วิชัย แทนงาน", 2, role=Role.COORDINATOR)
    for text in ("ตรวจ", "1", "ขอให้ปรับแก้", "1", "ขอยืนยันตัวเลข"):
        stage.says("วิชัย", text)
    assert "ขอยืนยันตัวเลข" in stage.says("อรุณี", "แก้ไข 1/2570-01")[-1].text
    stage.sessions.clear()
    for text in ("แก้ไข", "ขอถอน"):
        assert "แก้ไข 1/2570-07" in stage.says("อรุณี", text)[-1].text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("พ.ค. 70", date(2027, 5, 1)),
        ("เดือนพฤษภาคม ๒๕๗๐", date(2027, 5, 1)),
        ("May 2027", date(2027, 5, 1)),
        ("พ.ย.", date(2026, 11, 1)),
        ("ก.พ.", date(2027, 2, 1)),
        ("เดือนหน้า", date(2027, 1, 1)),
    ],
)
def test_the_first_day_of_a_month(said: str, expected: date) -> None:
    """As people write it; without a year the report's fiscal year, unread the current month."""
    assert first_day(said, Q1, date(2027, 1, 27)) == expected


def test_yes_takes_the_one_choice_that_is_asked_back() -> None:
    """ไม่อนุมัติ of the only request is asked back as a question, and ใช่ค่ะ answers it; a bare ค่ะ does not."""
    stage = office()
    for text in ("ขอเปิดรายงาน", "ไฟฟ้าดับ"):
        stage.says("นภา", text)
    stage.says("อรุณี", "คำขอ")
    assert "หมายถึงข้อนี้ใช่หรือไม่" in stage.says("อรุณี", "ไม่อนุมัติค่ะ")[-1].text
    assert "กรุณาระบุเหตุผล" not in stage.says("อรุณี", "ค่ะ")[-1].text
    stage.says("อรุณี", "ไม่อนุมัติค่ะ")
    assert "กรุณาระบุเหตุผล" in stage.says("อรุณี", "ใช่ค่ะ")[-1].text


def test_whoever_asks_reads_what_was_asked() -> None:
    """The receipt has the new target, the document and the reason, as the coordinator will read them."""
    stage = office(datetime(2026, 12, 1, 9, 0, tzinfo=BANGKOK))
    for text in ("ขอเปลี่ยนเป้าหมาย", "500", "กท 0101/23"):
        stage.says("นภา", text)
    receipt = stage.says("นภา", "ผู้ใช้บริการมากขึ้น")[-1].text
    assert "500 ครั้ง ตามหนังสือ กท 0101/23\nเหตุผล: ผู้ใช้บริการมากขึ้น" in receipt
    asked_for = receipt.splitlines()[0].removeprefix("ส่งคำขอแล้ว: ")
    assert asked_for in stage.says("อรุณี", "คำขอ")[-1].text


def test_a_refusal_is_receipted_with_its_reason() -> None:
    """Whoever refuses sees the very words that go out."""
    stage = office()
    for text in ("ขอเปิดรายงาน", "ไฟฟ้าดับ"):
        stage.says("นภา", text)
    for text in ("คำขอ", "ไม่อนุมัติ 1"):
        stage.says("อรุณี", text)
    assert "เหตุผลที่แจ้ง: ส่งส่วนกลางแล้ว" in stage.says("อรุณี", "ส่งส่วนกลางแล้ว")[-1].text


def test_a_document_that_is_skipped_is_none() -> None:
    """ข้าม is no document's number: neither in the receipt nor with the target that is granted."""
    stage = office(datetime(2026, 12, 1, 9, 0, tzinfo=BANGKOK))
    for text in ("ขอเปลี่ยนเป้าหมาย", "500", "ข้าม"):
        stage.says("นภา", text)
    assert "ตามหนังสือ" not in stage.says("นภา", "ผู้ใช้บริการมากขึ้น")[-1].text
    stage.says("อรุณี", "คำขอ")
    stage.taps("อรุณี", "อนุมัติ 1")
    (granted,) = done(stage, AddTarget)
    assert isinstance(granted, AddTarget)
    assert granted.document_number == ""
