"""A deputy, through the whole bot: a code of one's own, reports on behalf of another, and the duty's end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from bot.setup.invitations import Deputy, invite
from models.rules.office import Role
from models.tables.organisation import Invitation, Membership, Person
from models.tables.report import ReportVersion
from tests.town import Town, town

OFFICE = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"
START = "2027-01-05T14:00:00+07:00"
LAST = date(2027, 1, 8)
CODE = "7K4M2QXW9TRB"


async def _heard(place: Town, *texts: str) -> str:
    """What the bot answers the deputy on the last of these messages."""
    said = [await place.says("มานี", text) for text in texts]
    return "\n".join(str(each["message"]) for each in said[-1])


async def _appointed(place: Town) -> None:
    """The reporter of LIB-01 is away; the code of the deputy is made."""
    await place.reporter("นภา ใจดี", "LIB-01")
    deputy = Deputy("นภา ใจดี", LAST)
    await invite(
        *(["LIB-01"], Role.REPORTER),
        uses=1,
        expires_at=None,
        needs_approval=False,
        at=place.clock.now(),
        deputy=deputy,
        code=CODE,
    )


async def test_a_deputy_reports_until_the_duty_ends(database_url: str) -> None:
    """Who joins with the code reports on behalf of the person named, up to the last day and no longer."""
    async with town(database_url, OFFICE, START) as place:
        await _appointed(place)
        await _heard(place, CODE, "มานี มีนา บรรณารักษ์", "ถูกต้อง")
        principal = await Person.get(name="นภา ใจดี")
        duty = await Membership.get(person__name="มานี มีนา").prefetch_related("acting_for")
        assert (duty.valid_to, duty.acting_for) == (LAST, principal)

        receipt = await _heard(place, "รายงาน", "2300-849", "12", "จัดกิจกรรม 12 ครั้ง", "จบ", "ส่งรายงาน")
        assert "ปฏิบัติหน้าที่แทน นภา ใจดี" in receipt
        version = await ReportVersion.get()
        assert (version.reporter_name, version.on_behalf_of) == ("มานี มีนา", "นภา ใจดี")

        place.clock.move_to(datetime.fromisoformat("2027-01-08T23:50:00+07:00"))
        assert "2300-848" in await _heard(place, "รายงาน")  # what is left to report
        await _heard(place, "เก็บไว้ก่อน")
        place.clock.move_to(datetime.fromisoformat("2027-01-09T00:10:00+07:00"))
        ended = await _heard(place, "รายงาน")
        assert "หน้าที่ผู้รายงานของห้องสมุดสวนลุมพินี สิ้นสุดเมื่อ 8 ม.ค. 70" in ended
        assert await ReportVersion.all().count() == 1


async def test_the_code_ends_with_the_duty(sqlite_url: str) -> None:
    """A code that nobody used lets nobody in once the duty is over, although no day was set for the code itself."""
    async with town(sqlite_url, OFFICE, START) as place:
        await _appointed(place)
        place.clock.move_to(datetime.fromisoformat("2027-01-09T00:10:00+07:00"))
        assert "หมดอายุ" in await _heard(place, CODE)
        expires_at = (await Invitation.get()).expires_at
        assert expires_at is not None
        assert expires_at.astimezone(place.clock.timezone).date() == LAST
        assert expires_at < place.clock.now() - timedelta(minutes=10)


async def test_a_deputy_who_is_appointed_stays(database_url: str) -> None:
    """A code of one's own on the deputy's first day is not "already registered": the duty no longer ends."""
    async with town(database_url, OFFICE, START) as place:
        await _appointed(place)
        await _heard(place, CODE, "มานี มีนา บรรณารักษ์", "ถูกต้อง")
        own = "8K4M2QXW9TRB"
        await invite(
            *(["LIB-01"], Role.REPORTER), uses=1, expires_at=None, needs_approval=False, at=place.clock.now(), code=own
        )
        await _heard(place, own, "ถูกต้อง")
        duty = await Membership.get(person__name="มานี มีนา").prefetch_related("acting_for")
        assert (duty.valid_to, duty.acting_for) == (None, None)
        assert "ไว้แล้ว" in await _heard(place, CODE)  # the deputy's code adds nothing to that

        place.clock.move_to(datetime.fromisoformat("2027-01-09T00:10:00+07:00"))
        assert "2300-848" in await _heard(place, "รายงาน")
