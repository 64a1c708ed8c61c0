"""What turns leave in the tables, on both databases."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.queue.seam import Settled
from models.tables.audit import AuditEntry
from models.tables.chat import Chat, WebhookEvent
from models.tables.organisation import Invitation, Membership, Person, WrongCode
from models.tables.report import Draft, Report, ReportVersion, ReportWarning, SubMeasureResult
from tests.bot.turn_scene import NOW, scene

pytestmark = pytest.mark.usefixtures("database")

NARRATIVE = "พัฒนาห้องสมุด ๓๖ แห่ง\n\tครบถ้วน 😀 " + "ก็" * 5_000


async def test_report_is_stored_exactly() -> None:
    """Every field of a submission is stored, the narrative code point for code point, and its draft is finished."""
    async with scene(1) as stage:
        await stage.turn("keep ก")
        await stage.turn("submit " + NARRATIVE)
        await stage.turn("submit แก้แล้ว")
        report = await Report.get()
        assert (report.version, report.number, report.state) == (2, 1, "submitted")
        first, second = await ReportVersion.all().order_by("version")
        assert (first.narrative, second.narrative) == (NARRATIVE, "แก้แล้ว")
        assert (first.result, first.answer, first.late) == (Decimal(36), "36", False)
        assert first.submitted_at.date() == NOW.date()
        assert [each.value for each in await SubMeasureResult.all()] == [Decimal("828.5")] * 2
        assert [(each.rule, each.data) for each in await ReportWarning.all()] == [("falling", {"before": "40"})] * 2
        event = await WebhookEvent.filter(payload__contains="แก้แล้ว").get()
        assert second.message_ids == [event.message_id]
        assert (await Draft.get()).finished_at is not None
        await stage.delivered()


async def test_draft_begins_again_after_its_report() -> None:
    """A draft for a correction takes the finished one's row, from revision 1, with its new author."""
    async with scene(2, shared=True) as stage:
        await stage.turn("keep ก")
        await stage.turn("submit ก")
        (arrival,) = await stage.says("keep ข", of=lambda _: 1)
        await stage.dispatcher.handle([arrival])
        draft = await Draft.get().select_related("begun_by")
        assert (draft.revision, draft.finished_at, draft.begun_by.name) == (1, None, "คน 1")
        await stage.delivered()


async def test_every_change_is_audited_without_narratives() -> None:
    """The trail says who changed what, and holds no text of a report and no LINE id."""
    async with scene(1) as stage:
        for text in ("keep ความลับ", "cancel", "submit ความลับ", "name สมหญิง"):
            await stage.turn(text)
        person = await Person.get()
        trail = await AuditEntry.all().order_by("at")
        assert [each.action for each in trail] == ["draft.keep", "draft.cancel", "report.submit", "person.save"]
        assert {each.actor_id for each in trail} == {person.id}
        assert trail[2].subject == "report L0 2300-848 1/2570"
        assert trail[2].after == {"version": 1, "number": 1, "result": "36", "late": False}
        assert trail[3].after == {"name": "สมหญิง", "notice_acknowledged": True}
        written = repr([(each.subject, each.before, each.after) for each in trail])
        assert "ความลับ" not in written
        assert stage.chats[0] not in written
        await stage.delivered()


async def test_someone_new_joins() -> None:
    """A stranger with a code becomes a person with a membership, in one turn."""
    async with scene(2) as stage:
        await Membership.all().delete()
        await Person.all().delete()
        assert await stage.turn("code 7K3MQ2XD9FHA", "code WRONG") == [Settled.HANDLED] * 2
        person = await Person.get()
        member = await Membership.get()
        assert (person.line_user_id, person.name, member.role) == (stage.chats[0], "ใหม่", "reporter")
        assert member.approved_at is not None
        assert (await Invitation.get()).uses == 1
        assert (await WrongCode.get()).chat_id == stage.chats[1]
        joined = await AuditEntry.get(action="membership.join")
        assert (joined.actor_id, joined.subject) == (person.id, f"person {person.id}")
        await stage.delivered()


async def test_approval_is_awaited_where_the_invitation_says_so() -> None:
    """A membership by such an invitation is stored without its approval."""
    async with scene(1) as stage:
        await Membership.all().delete()
        await Invitation.all().update(needs_approval=True)
        await stage.turn("code 7K3MQ2XD9FHA")
        assert (await Membership.get()).approved_at is None
        await stage.delivered()


async def test_expired_invitation_is_not_used() -> None:
    """The expiry is checked again where the invitation is used, whatever the conversation thought."""
    async with scene(1) as stage:
        stage.platform.forward(timedelta(days=10))
        assert await stage.turn("code 7K3MQ2XD9FHA") == [Settled.RETRY]
        assert (await Invitation.get()).uses == 0


async def test_unfollow_and_follow() -> None:
    """Who blocks the bot is not pushed to until they come back."""
    async with scene(1) as stage:
        await stage.platform.unfollow(stage.chats[0])
        await stage.dispatcher.handle(stage.caught[-1:])
        assert (await Chat.get()).blocked_at is not None
        await stage.platform.follow(stage.chats[0])
        await stage.dispatcher.handle(stage.caught[-1:])
        assert (await Chat.get()).blocked_at is None


async def test_unsent_message_is_blanked() -> None:
    """The stored raw message is emptied, its neighbours stay."""
    async with scene(1) as stage:
        await stage.turn("ความลับ")
        await stage.turn("อื่น")
        message_id = (await WebhookEvent.filter(payload__contains="ความลับ").get()).message_id
        await stage.platform.unsend(stage.chats[0], message_id)
        await stage.dispatcher.handle(stage.caught[-1:])
        assert sorted(each.payload == "{}" for each in await WebhookEvent.all()) == [False, False, True]
        assert await WebhookEvent.filter(payload__contains="ความลับ").count() == 0
        await stage.delivered()


async def test_forgotten_person_leaves_the_versions() -> None:
    """Name, LINE id, session, raw messages and memberships go; the submitted version stays as the office's record."""
    async with scene(1) as stage:
        await stage.turn("name สมหญิง")
        await stage.turn("submit เรื่อง")
        await stage.delivered()
        await stage.turn("forget")
        await stage.delivered()
        person = await Person.get()
        assert (person.line_user_id, person.name, person.position) == (None, "", "")
        assert await Chat.all().count() == 0
        assert {(each.chat_id, each.message_id) for each in await WebhookEvent.all()} == {("", "")}
        assert {each.payload for each in await WebhookEvent.all()} == {"{}"}
        assert (await Membership.get()).valid_to == (NOW - timedelta(days=1)).date()
        assert (await ReportVersion.get()).narrative == "เรื่อง"
        assert "สมหญิง" not in repr([each.after for each in await AuditEntry.all()])
        assert stage.heard(0)[-1] == "forgotten"
