"""Who tries, and what the actions of the table let people do: for each deed how it is done and who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from handlers.effects import (
    Approve,
    Ask,
    AskReminders,
    Decide,
    Effect,
    EndMembership,
    Evaluate,
    MoveRound,
    OfferGroup,
    PublishEvidence,
    Review,
    Say,
    Submit,
    TurnAway,
    Withdraw,
)
from handlers.records import Invitation
from models.rules.office import ReportKey, Role
from models.rules.permissions import Action
from models.rules.standing import ReportState
from tests.handlers.small_office import Q1
from tests.handlers.stage import BANGKOK, Stage

LUMPINI, BANG_BON, PRAWET, DIVISION, BUREAU = 3, 4, 5, 2, 1
COUNT, LIVING, OTHER, OWNERS = (
    ReportKey(LUMPINI, 2, Q1),
    ReportKey(LUMPINI, 1, Q1),
    ReportKey(BANG_BON, 1, Q1),
    ReportKey(BUREAU, 1, Q1),
)
OPEN, OVER = datetime(2027, 1, 5, 14, 0, tzinfo=BANGKOK), datetime(2027, 1, 27, 9, 0, tzinfo=BANGKOK)
BEGUN = date(2026, 10, 1)


@dataclass(frozen=True)
class Actor:
    """Somebody who tries. `role` None: nobody has given them a duty."""

    role: Role | None
    unit_id: int = 0
    begins: date = BEGUN
    ends: date | None = None
    approved: bool = True
    acting_for: str = ""
    registered: bool = True


ACTORS = {
    "stranger": Actor(None, registered=False),
    "person without a duty": Actor(None),
    "reporter": Actor(Role.REPORTER, LUMPINI),
    "reporter of another unit": Actor(Role.REPORTER, PRAWET),
    "reporter not let in yet": Actor(Role.REPORTER, LUMPINI, approved=False),
    "reporter who moved": Actor(Role.REPORTER, LUMPINI, ends=date(2026, 12, 31)),
    "deputy of the reporter": Actor(Role.REPORTER, LUMPINI, date(2027, 1, 4), date(2027, 1, 31), acting_for="นภา ใจดี"),
    "deputy whose days are over": Actor(
        Role.REPORTER, LUMPINI, date(2026, 12, 1), date(2027, 1, 4), acting_for="นภา ใจดี"
    ),
    "coordinator": Actor(Role.COORDINATOR, DIVISION),
    "coordinator of another unit": Actor(Role.COORDINATOR, PRAWET),
    "coordinator not let in yet": Actor(Role.COORDINATOR, DIVISION, approved=False),
    "coordinator who moved": Actor(Role.COORDINATOR, DIVISION, ends=date(2026, 12, 31)),
    "deputy of the coordinator": Actor(
        Role.COORDINATOR, DIVISION, date(2027, 1, 4), date(2027, 1, 31), acting_for="อรุณี ประสานดี"
    ),
    "deputy coordinator to come": Actor(Role.COORDINATOR, DIVISION, date(2027, 2, 1), acting_for="อรุณี ประสานดี"),
    "evaluator": Actor(Role.EVALUATOR, BUREAU),
    "evaluator of another unit": Actor(Role.EVALUATOR, PRAWET),
    "executive": Actor(Role.EXECUTIVE, BUREAU),
    "executive of another unit": Actor(Role.EXECUTIVE, PRAWET),
    "administrator": Actor(Role.ADMINISTRATOR, BUREAU),
}
REPORTERS = frozenset({"reporter", "deputy of the reporter"})
COORDINATORS = frozenset({"coordinator", "deputy of the coordinator"})
ELSEWHERE = frozenset({"coordinator of another unit"})
EVALUATORS = frozenset({"evaluator"})
OVERSEERS = COORDINATORS | EVALUATORS | {"executive", "administrator"}


def did(kind: type[Effect], **wanted: object) -> Callable[[Effect], bool]:
    """Whether an effect is of this kind, with these values."""
    return lambda each: isinstance(each, kind) and all(getattr(each, name) == of for name, of in wanted.items())


def shows(*words: str) -> Callable[[Effect], bool]:
    """Whether something is said, or shown on cards, in which all of these stand."""
    return lambda each: (
        isinstance(each, Say)
        and all(word in "\n".join((each.text, *(card.alt for card in each.cards))) for word in words)
    )


@dataclass(frozen=True)
class Deed:
    """Something that an action of the table lets people do. `by`: who shows how it is done; `also`: who else may."""

    action: Action
    script: tuple[str, ...]
    """Words, or `*` and a button's label."""
    done: Callable[[Effect], bool]
    by: str
    may: frozenset[str]
    now: datetime = OPEN
    before: Callable[[Stage], None] = field(default=lambda _: None)


def sent(stage: Stage) -> None:
    """Three reports that wait to be reviewed."""
    stage.sent(COUNT, "36", "เล่านิทาน 36 ครั้ง")
    stage.sent(LIVING, "yes", titles="12")
    stage.sent(OTHER, "yes")


def accepted(stage: Stage) -> None:
    stage.sent(COUNT, "36")
    stage.desk.set_state(stage, COUNT, ReportState.ACCEPTED, 1)


def returned(stage: Stage) -> None:
    sent(stage)
    stage.says("อรุณี", "ตรวจ")
    for text in ("2300-849 · ห้องสมุดสวนลุมพินี", "ขอให้ปรับแก้", "ผล", "ขอตรวจสอบยอดสะสม"):
        stage.says("อรุณี", text)


Before = Callable[[Stage], None]


def asked(*texts: str, now: datetime = OVER, first: Before = lambda _: None) -> Before:
    """The reporter asks for something, and it waits to be decided."""

    def ask(stage: Stage) -> None:
        first(stage)
        stage.now = now
        for text in texts:
            stage.says("นภา", text)
        assert stage.desk.requests

    return ask


def waits_to_be_let_in(stage: Stage) -> None:
    stage.invitations["222233334444"] = Invitation(1, (LUMPINI,), Role.REPORTER, 2, None, needs_approval=True)
    for text in ("222233334444", "ปรีชา มาใหม่ บรรณารักษ์", "ถูกต้อง"):
        stage.says("ปรีชา", text)
    assert any(not each.approved for each in stage.memberships["ปรีชา"])


def with_pictures(stage: Stage) -> None:
    sent(stage)
    stage.sent_pictures = {"901": COUNT}


COUNT_REPORT = ("36", "เล่านิทาน 36 ครั้ง", "จบ", "ส่งรายงาน")
DEEDS = {
    "report": Deed(Action.REPORT, ("รายงาน 2300-849", *COUNT_REPORT), did(Submit, key=COUNT), "reporter", REPORTERS),
    "correct": Deed(
        Action.REPORT,
        ("แก้ไข 1/2570-07", "*แก้ข้อ 1", "35", "*แก้ข้อ 2", "นับใหม่", "จบ", "ส่งรายงาน"),
        did(Submit, key=COUNT),
        "reporter",
        REPORTERS,
        before=lambda stage: stage.sent(COUNT, "36"),
    ),
    "correct what was returned": Deed(
        Action.REPORT,
        ("แก้ไข 1/2570-07", "35", "แก้ 36 ครั้ง เป็น 35 ครั้ง", "ส่งรายงาน"),
        did(Submit, key=COUNT),
        "reporter",
        REPORTERS,
        OVER,
        returned,
    ),
    "withdraw": Deed(
        Action.REPORT,
        ("ขอถอน", "ส่งผิดไตรมาส", "ถอนรายงาน"),
        did(Withdraw, key=COUNT),
        "reporter",
        REPORTERS,
        before=lambda stage: stage.sent(COUNT, "36"),
    ),
    "ask to open": Deed(
        Action.REPORT, ("ขอเปิดรายงาน", "ไฟฟ้าดับ"), did(Ask, unit_id=LUMPINI), "reporter", REPORTERS, OVER
    ),
    "ask to edit what was accepted": Deed(
        Action.REPORT, ("แก้ไข", "นับซ้ำ"), did(Ask, unit_id=LUMPINI), "reporter", REPORTERS, before=accepted
    ),
    "report for a unit": Deed(
        Action.REPORT_FOR,
        ("รายงานแทน", "สวนลุมพินี", "2300-849", *COUNT_REPORT[:-1], "สมหญิง โทรแจ้ง", "ส่งรายงาน"),
        did(Submit, key=COUNT, on_behalf_of="สมหญิง โทรแจ้ง"),
        "coordinator",
        COORDINATORS,
    ),
    "combine": Deed(
        Action.REPORT_FOR,
        ("รวมผล", "2300-848", "ส่งรายงาน"),
        did(Submit, key=OWNERS),
        "coordinator",
        COORDINATORS,
        before=sent,
    ),
    "accept": Deed(
        Action.REVIEW,
        ("ตรวจ", "2300-849 · ห้องสมุดสวนลุมพินี", "*รับรอง"),
        did(Review),
        "coordinator",
        COORDINATORS,
        before=sent,
    ),
    "return": Deed(
        Action.REVIEW,
        ("ตรวจ", "2300-849 · ห้องสมุดสวนลุมพินี", "*ขอให้ปรับแก้", "*ผล", "*ขอตรวจสอบยอดสะสม"),
        did(Review),
        "coordinator",
        COORDINATORS,
        before=sent,
    ),
    "accept several": Deed(
        Action.REVIEW,
        ("ตรวจ", "*รับรองทั้งหมด 3", "*รับรอง 3 รายงาน"),
        did(Review),
        "coordinator",
        COORDINATORS,
        before=sent,
    ),
    "unlock": Deed(
        Action.GRANT,
        ("คำขอ", "*อนุมัติ 1", "*7 วัน"),
        did(Decide),
        "coordinator",
        COORDINATORS,
        OVER,
        asked("ขอเปิดรายงาน", "ไฟฟ้าดับ"),
    ),
    "refuse a request": Deed(
        Action.GRANT,
        ("คำขอ", "*ไม่อนุมัติ 1", "ส่งข้อมูลส่วนกลางแล้ว"),
        did(Decide),
        "coordinator",
        COORDINATORS,
        OVER,
        asked("ขอเปิดรายงาน", "ไฟฟ้าดับ"),
    ),
    "withdraw what was accepted": Deed(
        Action.GRANT,
        ("คำขอ", "*อนุมัติ 1"),
        did(Withdraw, key=COUNT),
        "coordinator",
        COORDINATORS,
        before=asked("ขอถอน", "ส่งผิดไตรมาส", now=OPEN, first=accepted),
    ),
    "end a duty": Deed(
        Action.GRANT,
        ("คำขอ", "*อนุมัติ 1"),
        did(EndMembership),
        "coordinator",
        COORDINATORS,
        before=asked("แจ้งย้าย", "ใช่", now=OPEN),
    ),
    "see the results of all": Deed(
        Action.SEE_ALL_STATUS,
        ("สรุป",),
        shows("สรุปการรายงานตัวชี้วัด", "2300-849: ส่งแล้ว 1/1"),
        "executive",
        OVERSEERS,
        before=sent,
    ),
    "see who is missing": Deed(
        Action.SEE_ALL_STATUS, ("ใครยังไม่ส่ง",), shows("• 2300-848 (2 แห่ง): บางบอน, ประเวศ"), "executive", OVERSEERS
    ),
    "see the round": Deed(
        Action.SEE_ROUND,
        ("สถานะ",),
        shows("2300-849: ส่งแล้ว 1/1", "ใครยังไม่ส่ง"),
        "coordinator",
        COORDINATORS | {"administrator"},
        before=sent,
    ),
    "let somebody in": Deed(
        Action.INVITE,
        ("อนุมัติ", "*3. ปรีชา มาใหม่"),
        did(Approve),
        "coordinator",
        COORDINATORS | {"administrator"},
        before=waits_to_be_let_in,
    ),
    "turn somebody away": Deed(
        Action.INVITE,
        ("อนุมัติ", "*ไม่อนุมัติ", "*3. ปรีชา มาใหม่", "เลือกหน่วยงานผิด"),
        did(TurnAway),
        "coordinator",
        COORDINATORS | {"administrator"},
        before=waits_to_be_let_in,
    ),
    "publish pictures": Deed(
        Action.PUBLISH_EVIDENCE,
        ("เปิดเผยรูป 1/2570-07",),
        did(PublishEvidence),
        "coordinator",
        COORDINATORS,
        before=with_pictures,
    ),
    "move a date": Deed(
        Action.MOVE_DATES,
        ("เลื่อนวันครบกำหนด ไตรมาส 1 เป็น 15 ม.ค. 70", "ใช่"),
        did(MoveRound),
        "coordinator",
        COORDINATORS | {"administrator"},
    ),
    "evaluate": Deed(
        Action.EVALUATE,
        ("ประเมิน 2300-848 ไตรมาส 1", "95", "45", "95", "ครบถ้วน", "บันทึก"),
        did(Evaluate),
        "evaluator",
        EVALUATORS,
        OVER,
        before=lambda stage: stage.sent(OWNERS, "2"),
    ),
    "have them reminded": Deed(
        Action.REMIND, ("เตือน", "*ส่งคำเตือน"), did(AskReminders), "coordinator", COORDINATORS | ELSEWHERE
    ),
    "link a group": Deed(
        Action.LINK_GROUP, ("เชื่อมกลุ่ม",), did(OfferGroup, unit_id=DIVISION), "coordinator", COORDINATORS
    ),
}
