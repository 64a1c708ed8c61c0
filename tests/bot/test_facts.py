"""What a conversation is told: read from real databases for a whole group."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tortoise.connection import get_connection

from bot.office import read_office, read_revision
from bot.turn_facts import GroupFacts, Offices, load, look_up
from handlers.needs import InvitationByCode, Need, ReportInFull, ReportsOf, StoredAboutMe
from models.rules.office import Role
from models.tables.audit import Installation
from models.tables.organisation import Invitation, Membership, Person, Unit, WrongCode
from models.tables.report import Draft
from tests.bot.turn_scene import CODE, NOW, QUARTER, Scene, key_of, scene

pytestmark = pytest.mark.usefixtures("database")


async def facts_of(stage: Scene) -> GroupFacts:
    """The facts of everybody on the stage."""
    connection = get_connection("default")
    return await load(connection, stage.chats, await read_office(connection), stage.clock.now())


async def test_each_sees_their_own() -> None:
    """Reports and drafts of one's own reporting units are there, those of others are not; decimals have no padding."""
    async with scene(2) as stage:
        await stage.turn("submit เรื่องยาว", "keep ร่าง")
        group = await facts_of(stage)
        first, second = (group.of(chat_id) for chat_id in stage.chats)
        assert list(first.reports) == [key_of(first)]
        report = first.reports[key_of(first)]
        assert (report.version, report.number, str(report.result), report.reporter_name) == (1, 1, "36", "คน 0")
        assert report.submitted_at.utcoffset() == timedelta(hours=7)
        assert (first.drafts, second.reports) == ({}, {})
        draft = second.drafts[key_of(second)]
        assert (draft.revision, draft.answers, draft.begun_by_name) == (1, {"narrative": "ร่าง"}, "คน 1")
        assert first.next_numbers == {QUARTER: 2}
        await stage.delivered()


async def test_memberships_that_ended_open_nothing() -> None:
    """A membership that ended within the year is told, one that is not approved yet too; neither opens reports."""
    async with scene(1) as stage:
        await stage.turn("submit ก")
        person, other = await Person.get(), await Unit.get(code="23000000")
        await Membership.create(person=person, unit=other, role="coordinator", valid_from=NOW.date())
        await Membership.filter(role="reporter").update(valid_to=NOW.date() - timedelta(days=1))
        told = (await facts_of(stage)).of(stage.chats[0])
        assert {(each.role, each.approved) for each in told.memberships} == {
            (Role.COORDINATOR, False),
            (Role.REPORTER, True),
        }
        assert told.reports == {}
        await stage.delivered()


async def test_cancelled_drafts_stay_a_week() -> None:
    """A cancelled draft can be taken up for seven days, a finished one never."""
    async with scene(1) as stage:
        await stage.turn("keep ก")
        await stage.turn("cancel")
        told = (await facts_of(stage)).of(stage.chats[0])
        assert told.drafts[key_of(told)].cancelled_at is not None
        stage.platform.forward(timedelta(days=8))
        assert (await facts_of(stage)).of(stage.chats[0]).drafts == {}
        await Draft.all().update(finished_at=NOW)
        assert (await facts_of(stage)).of(stage.chats[0]).drafts == {}
        await stage.delivered()


async def test_wrong_codes_of_the_last_two_hours() -> None:
    """Failed codes count for two hours, since five within one wait an hour more; for the chat that typed them."""
    async with scene(2) as stage:
        for minutes in (121, 119, 1):
            await WrongCode.create(chat_id=stage.chats[0], at=NOW - timedelta(minutes=minutes))
        group = await facts_of(stage)
        ages = [round((NOW - each) / timedelta(minutes=1)) for each in group.of(stage.chats[0]).failed_codes]
        assert ages == [119, 1]
        assert group.of(stage.chats[1]).failed_codes == ()


async def test_what_was_asked_for() -> None:
    """Every kind of need is answered, for several chats at once; what is not there is None or empty."""
    async with scene(2) as stage:
        await stage.turn("submit เรื่องยาว", "ข")
        group = await facts_of(stage)
        key, other = (key_of(group.of(chat_id)) for chat_id in stage.chats)
        asked: dict[str, frozenset[Need]] = {
            stage.chats[0]: frozenset((ReportInFull(key), InvitationByCode(CODE), StoredAboutMe())),
            stage.chats[1]: frozenset(
                (ReportInFull(other), InvitationByCode("X"), ReportsOf(frozenset((key.unit_id,)), 2570))
            ),
        }
        found = await look_up(get_connection("default"), asked, group)
        full, invitation = (found[stage.chats[0]][need] for need in (ReportInFull(key), InvitationByCode(CODE)))
        assert (full.narrative, full.answer, full.sub_measures) == ("เรื่องยาว", "36", {"titles": Decimal("828.5")})
        stored = await Invitation.get()
        assert (invitation.id, invitation.uses_left, invitation.role) == (stored.id, 1, Role.REPORTER)
        nothing = dict.fromkeys(("drafts", "notices", "pauses", "requests", "reviews"), 0)
        assert found[stage.chats[0]][StoredAboutMe()] == {"messages": 1, "reports": 1, **nothing}
        assert found[stage.chats[1]][ReportInFull(other)] is None
        assert found[stage.chats[1]][InvitationByCode("X")] is None
        assert [each.key for each in found[stage.chats[1]][ReportsOf(frozenset((key.unit_id,)), 2570)]] == [key]
        await stage.delivered()


async def test_office_is_read_again_after_an_import() -> None:
    """The set-up is kept until its revision grows."""
    async with scene(1):
        connection, offices = get_connection("default"), Offices(read_revision, read_office)
        first = await offices.current(connection)
        await Unit.create(code="NEW", name="ใหม่", kind="library")
        assert await offices.current(connection) is first
        await Installation.all().delete()
        await Installation.create(id=1, setup_revision=first.revision + 1)
        assert "NEW" in {unit.code for unit in (await offices.current(connection)).units.values()}


async def test_relevant_years() -> None:
    """The current fiscal year, the one before, and any with a round open today."""
    async with scene(1):
        office = await read_office(get_connection("default"))
        assert office.years_around(NOW.date()) == {2570, 2569}
        later = NOW.replace(year=2027, month=1)
        assert date(2027, 1, 1) == later.date()
        assert office.years_around(later.date()) == {2570, 2569}
