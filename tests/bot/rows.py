"""A row in every table, for the tests that move them about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from tortoise import Tortoise

from models.tables.audit import AuditEntry, Installation
from models.tables.chat import Chat, GroupChat, WebhookEvent
from models.tables.delivery import OutgoingMessage, PartitionLease, Process
from models.tables.evaluation import Criterion, Evaluation, EvaluationScore, YearSummary
from models.tables.indicator import Activity, Assignment, Indicator, Round, SubMeasure, Target
from models.tables.organisation import Invitation, InvitationUnit, Membership, Person, Unit, WrongCode
from models.tables.reminder import Holiday, Notice, Reminder, ReminderPause, ScheduleRun
from models.tables.report import Draft, Evidence, Picture, Report, ReportVersion, ReportWarning, SubMeasureResult
from models.tables.review import Request, Review
from models.tables.richmenu import RichMenu, RichMenuLink

AT = datetime(2026, 11, 22, 2, 3, 4, 567890, tzinfo=UTC)
DAY = date(2026, 10, 1)
CHAT = "U" + "0" * 32


def _id(number: int) -> UUID:
    return UUID(int=number)


async def fill_every_table() -> None:
    """One row a table at least, none of them bare."""
    await Installation.create(id=1, setup_revision=7, channel="simulator")
    bureau = await Unit.create(code="23000000", name="สำนักวัฒนธรรม", kind="bureau")
    unit = await Unit.create(code="23000301", name="ห้องสมุด", kind="library", parent=bureau, valid_from=DAY)
    person = await Person.create(line_user_id=CHAT, name="สมหญิง", created_at=AT)
    invitation = await Invitation.create(
        code_hash="0" * 64, role="reporter", name="นภา ใจดี", acting_for=person, valid_to=DAY, created_at=AT
    )
    await InvitationUnit.create(invitation=invitation, unit=unit)
    await Membership.create(
        person=person, unit=unit, role="reporter", valid_from=DAY, invitation=invitation, acting_for=person
    )
    await WrongCode.create(chat_id=CHAT, at=AT)
    await Process.create(id="one of two", seen_until=AT)
    await PartitionLease.create(id=7, owner="one of two", until=AT)
    indicator = await Indicator.create(
        code="2300-848",
        name="จำนวนห้องสมุด",
        owner=bureau,
        unit_of_measure="ห้อง",
        other_names=["แห่ง"],
        kind="count",
        part_kind="yes_no",
        weight=Decimal("0.000001"),
        strategy=["ด้านที่ ๓"],
    )
    titles = await SubMeasure.create(indicator=indicator, code="titles", label="ชื่อเรื่อง", unit_of_measure="เรื่อง")
    about: dict[str, Any] = {"indicator": indicator, "unit": unit, "fiscal_year": 2570}
    await Target.create(**about, valid_from=DAY, value=Decimal("123456789012345678.123456"))
    await Activity.create(**about, valid_from=DAY, text="บรรณนิทัศน์ออนไลน์", reason="โควิด 19")
    await Assignment.create(**about, quarters=[1, 3], weight=Decimal("120.5"))
    await Round.create(fiscal_year=2570, quarter=1, opens=DAY, due=DAY, closes=DAY, reminders=[-7, 1])
    report = await Report.create(
        id=_id(1), **about, quarter=1, number=1, version=1, state="accepted", accepted_version=1
    )
    version = await ReportVersion.create(
        id=_id(2),
        report=report,
        version=1,
        answer="yes",
        result=Decimal(1),
        narrative="บรรทัดหนึ่ง\nบรรทัดสอง; “ๆ”",
        submitted_at=AT,
        late=False,
        person=person,
        reporter_name="สมหญิง",
        message_ids=["1", "2"],
    )
    await SubMeasureResult.create(id=_id(3), version=version, sub_measure=titles, value=Decimal(324))
    await ReportWarning.create(id=_id(4), version=version, rule="cumulative_falls", data={"previous": "36"})
    await Evidence.create(
        id=_id(5), version=version, message_id="3", content_type="image/jpeg", size=1, sha256="0" * 64, path="a"
    )
    await Picture.create(
        id=_id(5),
        unit=unit,
        indicator=indicator,
        fiscal_year=2570,
        quarter=1,
        version=version,
        chat_id=CHAT,
        message_id="3",
        state="ready",
        created_at=AT,
        path="a",
    )
    await Review.create(
        id=_id(10),
        report=report,
        version=1,
        decision="returned",
        reason="จำนวนไม่ตรง",
        question="result",
        person=person,
        at=AT,
    )
    await Request.create(
        id=_id(11),
        kind="unlock",
        **about,
        quarter=1,
        person=person,
        reason="ไฟฟ้าดับ",
        data={"month": "พ.ค. 70"},
        state="granted",
        until=DAY,
        at=AT,
        decided_by=person,
        decided_at=AT,
        answer="เปิดให้แล้ว",
    )
    await Draft.create(
        id=_id(6),
        **about,
        quarter=1,
        answers={"result": "36"},
        revision=2,
        begun_by=person,
        begun_at=AT,
        holder=person,
        updated_at=AT,
    )
    criterion = await Criterion.create(fiscal_year=2570, code="2.1", label="ความครบถ้วน", maximum=Decimal(100), order=1)
    of_quarter: dict[str, Any] = {"indicator": indicator, "fiscal_year": 2570, "version": 1, "person": person}
    evaluation = await Evaluation.create(id=_id(10), **of_quarter, quarter=1, overall=Decimal("0.5"), evaluated_at=AT)
    await EvaluationScore.create(id=_id(11), evaluation=evaluation, criterion=criterion, score=Decimal(95))
    await YearSummary.create(id=_id(12), **of_quarter, text="ดำเนินการครบถ้วน", at=AT)
    await GroupChat.create(unit=unit, code_hash="1" * 64, expires_at=AT, linked_by=person, chat_id="C" + "0" * 32)
    await Reminder.create(id=_id(13), person=person, day=DAY, state="sent", message_id=_id(7), created_at=AT)
    await ReminderPause.create(person=person, snoozed_to=DAY, stopped_fiscal_year=2570, stopped_quarter=1, asked_at=AT)
    await Notice.create(id=_id(14), person=person, kind="round", data={"due": "2027-01-15"}, urgent=True, created_at=AT)
    await ScheduleRun.create(name="purge", due_at=AT, fired_at=AT)
    await Holiday.create(day=DAY, name="วันหยุดพิเศษ", working=True)
    await RichMenu.create(id="reporter", name="raingan reporter 0", rich_menu_id="richmenu-0")
    await RichMenuLink.create(id=CHAT, rich_menu_id="richmenu-0", refused="richmenu-1")
    await Chat.create(id=CHAT, session={"conversation": "report"}, updated_at=AT)
    await WebhookEvent.create(
        id="01", chat_id=CHAT, occurred_at=AT, received_at=AT, payload='{"ข้อ":"ความ"}', state="waiting"
    )
    await OutgoingMessage.create(
        id=_id(7), chat_id=CHAT, retry_key=_id(8), messages="[]", state="waiting", created_at=AT, send_by=AT
    )
    await AuditEntry.create(id=_id(9), at=AT, action="setup.add", subject="units:23000301", after={"name": "ห้องสมุด"})


async def every_row() -> dict[str, list[dict[str, Any]]]:
    """Table → its rows as values, in order of their keys."""
    apps = Tortoise.apps
    assert apps is not None
    return {name: list(await model.all().order_by("id").values()) for name, model in sorted(apps["models"].items())}
