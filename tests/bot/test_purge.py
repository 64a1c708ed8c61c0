"""What goes after ninety days, and what never does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import sql
from bot.database import writing
from bot.purge import PURGE_SESSIONS, PURGE_SET_ASIDE, PURGE_UNSENT, purge
from bot.queue.seam import Settled
from models.tables.audit import AuditEntry
from models.tables.chat import Chat, WebhookEvent
from models.tables.delivery import OutgoingMessage
from models.tables.organisation import WrongCode
from models.tables.report import Draft, ReportVersion
from tests.bot.turn_scene import NOW, scene

pytestmark = pytest.mark.usefixtures("database")


async def purged(days: int) -> int:
    """A purge of what is older than 90 days, so many days from now."""
    async with writing() as connection:
        return await purge(connection, NOW + timedelta(days=days), 90)


async def test_purge_leaves_versions_and_what_waits() -> None:
    """Handled events, finished drafts, sent messages and wrong codes go; versions, audit and waiting rows stay."""
    async with scene(2) as stage:
        await stage.turn("keep ก", "code X")
        assert await stage.turn("submit ก", "keep ข") == [Settled.HANDLED] * 2
        await stage.turn("bug")
        await stage.delivered()
        await stage.outbox.close()  # it would take up what waits after two seconds
        audited = await AuditEntry.all().count()
        await OutgoingMessage.all().limit(1).update(state="waiting")
        assert await purged(89) == 0
        assert await purged(91) > 0
        assert [each.state for each in await WebhookEvent.all()] == ["waiting"]
        assert (await Draft.get()).finished_at is None
        assert {each.state for each in await OutgoingMessage.all()} <= {"waiting"}
        assert await WrongCode.all().count() == 0
        assert await ReportVersion.all().count() == 1
        assert await AuditEntry.all().count() == audited


async def test_purge_blanks_what_was_set_aside() -> None:
    """A set-aside event stays to be counted, without its words; so does a silent chat, without its session."""
    async with scene(1) as stage:
        await stage.turn("bug")
        await WebhookEvent.all().update(state="set_aside")
        assert "bug" in (await WebhookEvent.get()).payload
        await purged(91)
        event = await WebhookEvent.get()
        assert (event.state, event.payload) == ("set_aside", "{}")
        assert [each.session for each in await Chat.all()] == [{}]
        await purged(181)
        assert await WebhookEvent.all().count() == 0


async def test_a_second_purge_writes_nothing_anew() -> None:
    """What is blank already is left alone, night after night."""
    async with scene(2) as stage:
        await stage.turn("ก", "bug")
        await stage.delivered()
        await WebhookEvent.all().update(state="set_aside")
        await OutgoingMessage.all().update(state="set_aside")
        await purged(91)
        before = NOW + timedelta(days=1)
        async with writing() as connection:
            for statement in (PURGE_SET_ASIDE, PURGE_UNSENT, PURGE_SESSIONS):
                assert await sql.run(connection, statement, before) == 0
