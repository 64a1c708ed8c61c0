"""Demonstration data relative to a day: an office, its people, what was reported so far."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo

from tortoise.backends.base.client import BaseDBAsyncClient

from bot.database import OFFICE_ZONE, writing
from bot.evidence.store import Store
from bot.setup.demo_office import DEMO_UNITS, demo_rows
from bot.setup.demo_people import (
    COLLEAGUE,
    COORDINATOR,
    DEMO_CODE_USES,
    DEMO_CODES,
    DEMO_PEOPLE,
    REPORTER,
    STRANGER,
    DemoCode,
    DemoPerson,
)
from bot.setup.demo_pictures import add_pictures
from bot.setup.demo_reports import DemoReports
from bot.setup.invitations import invite
from bot.setup.write import import_setup
from models.rules.fiscal import Quarter
from models.rules.invitation_codes import code_hash, normalise
from models.rules.office import Role
from models.tables.audit import AuditEntry, Installation
from models.tables.indicator import Round
from models.tables.organisation import Invitation, Membership, Person, Unit

_ELSEWHERE = "เจ้าหน้าที่ห้องสมุด (ตัวอย่าง)"
"""Who reported for the libraries without a tab."""
_FILLED = "demo.fill"
_FIRST_FILLED = {"people": [REPORTER.id, COLLEAGUE.id, COORDINATOR.id, STRANGER.id]}
"""What an entry of the audit trail meant before it named the people."""


class RealDatabase(Exception):
    """An office's own database: made-up reports have no place beside real ones. The sentence is for the person."""


async def fill_demo(today: date, *, store: Store | None = None, refuse: bool = False) -> bool:
    """Fill the open, migrated database; says whether anything was added. `today` is a day in the office's zone.

    The quarter of `today` is open, and the year of the one before is accepted and evaluated up to that; its pictures
    go into `store`, where there is one. Run again it adds nothing and keeps what was reported.
    Where an office has units of its own nothing is added; with `refuse` that raises. Raises RealDatabase.
    """
    if await Installation.filter(channel="real").exists():
        raise RealDatabase(
            "ฐานข้อมูลนี้ใช้งานจริงอยู่ จึงไม่เพิ่มข้อมูลตัวอย่าง · This database serves a real channel; no demonstration data"
        )
    if await _has_an_office_of_its_own():
        if refuse:
            raise RealDatabase(
                "ฐานข้อมูลนี้มีหน่วยงานที่นำเข้าไว้แล้ว จึงไม่เพิ่มข้อมูลตัวอย่าง หากต้องการทดลอง โปรดตั้ง DATABASE_URL เป็นฐานข้อมูลใหม่ · "
                "This database holds units of your own, so no demonstration data were added; "
                "to try the demonstration, set DATABASE_URL to a new database"
            )
        return False
    at = datetime.combine(today, time(), ZoneInfo(OFFICE_ZONE))
    rounds = [Quarter(row["fiscal_year"], row["quarter"]) for row in await Round.all().values("fiscal_year", "quarter")]
    changes = await import_setup(demo_rows(today, rounds), at)
    peopled = await _people_and_reports(today, at)
    if peopled and store is not None:
        await add_pictures(store, Quarter.of(today).previous, at)
    invited = [await _invitation(each, at) for each in DEMO_CODES]
    return bool(changes) or peopled or any(invited)


async def _has_an_office_of_its_own() -> bool:
    """Whether there are units that the demonstration did not make: it makes all of its own at once, or none."""
    codes = {row["code"] for row in await Unit.all().values("code")}
    return bool(codes) and codes != DEMO_UNITS


async def _people_and_reports(today: date, at: datetime) -> bool:
    async with writing() as connection:
        # The audit trail says who was made ever: who asked to be forgotten stays forgotten.
        filled = await AuditEntry.filter(action=_FILLED).using_db(connection)
        made = {each for entry in filled for each in (entry.after or _FIRST_FILLED)["people"]}
        newcomers = [each for each in DEMO_PEOPLE if each.id not in made]
        if not newcomers:
            return False
        units = {each.code: each for each in await Unit.all().using_db(connection)}
        people = {
            each.id: await _person(connection, each, each.role, units, at)
            for each in newcomers
            if each.role is not None
        }
        if not filled:
            elsewhere = await Person.create(name=_ELSEWHERE, created_at=at, using_db=connection)
            await DemoReports(connection, people[REPORTER.id], elsewhere, people[COORDINATOR.id], units).write(today)
        await AuditEntry.create(
            id=uuid4(),
            at=at,
            action=_FILLED,
            subject="demo",
            after={"people": [each.id for each in newcomers]},
            using_db=connection,
        )
    return True


async def _person(
    connection: BaseDBAsyncClient, demo: DemoPerson, role: Role, units: dict[str, Unit], at: datetime
) -> Person:
    person, _ = await Person.get_or_create(
        line_user_id=demo.id,
        defaults={
            "name": demo.name,
            "position": demo.position,
            "shared_account": demo.shared,
            "created_at": at,
            "notice_acknowledged_at": at,
        },
        using_db=connection,
    )
    for code in demo.units:
        await Membership.get_or_create(
            person=person,
            unit=units[code],
            role=role.value,
            defaults={"valid_from": Quarter.of(at.date()).previous.year_begins, "approved_at": at},
            using_db=connection,
        )
    return person


async def _invitation(demo: DemoCode, at: datetime) -> bool:
    if await Invitation.filter(code_hash=code_hash(normalise(demo.code) or "")).exists():
        return False
    await invite(
        demo.units,
        Role.REPORTER,
        uses=DEMO_CODE_USES,
        expires_at=None,
        needs_approval=demo.needs_approval,
        at=at,
        code=demo.code,
    )
    return True
