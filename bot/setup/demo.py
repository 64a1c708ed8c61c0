"""Demonstration data relative to a day: an office, its people, what was reported so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

from tortoise.backends.base.client import BaseDBAsyncClient

from bot.database import OFFICE_ZONE, writing
from bot.setup.demo_office import BUREAU, DEMO_UNITS, LIBRARIES, LIVING_LIBRARY, READERS, SATISFACTION, demo_rows
from bot.setup.demo_people import (
    COORDINATOR,
    DEMO_CODE,
    DEMO_CODE_UNITS,
    DEMO_CODE_USES,
    DEMO_PEOPLE,
    REPORTER,
    DemoPerson,
)
from bot.setup.invitations import invite
from bot.setup.write import import_setup
from models.rules.fiscal import Quarter
from models.rules.invitation_codes import code_hash, normalise
from models.rules.office import Role
from models.tables.audit import AuditEntry, Installation
from models.tables.indicator import Indicator, Round, SubMeasure
from models.tables.organisation import Invitation, Membership, Person, Unit
from models.tables.report import Report, ReportVersion, SubMeasureResult
from models.tables.review import Review

_ELSEWHERE = "เจ้าหน้าที่ห้องสมุด (ตัวอย่าง)"
"""Who reported for the libraries without a tab."""

_BUREAU_RESULTS = (0, 2, 4, 5)
"""The bureau's living libraries by quarter, counted from the year's beginning."""
_SILENT = {"23000303", "23000308"}
"""Libraries that let the closed quarter pass."""
_LIVING = set(list(LIBRARIES)[:5])
_EARLY = set(list(LIBRARIES)[4:7])
"""Libraries that have reported the open quarter already."""


class RealDatabase(Exception):
    """An office's own database: made-up reports have no place beside real ones. The sentence is for the person."""


async def fill_demo(today: date, *, refuse: bool = False) -> bool:
    """Fill the open, migrated database; says whether anything was added. `today` is a day in the office's zone.

    The quarter of `today` is open and the one before is closed. Run again it adds nothing and keeps what was reported.
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
    invited = await _invitation(at)
    return bool(changes) or peopled or invited


async def _has_an_office_of_its_own() -> bool:
    """Whether there are units that the demonstration did not make: it makes all of its own at once, or none."""
    codes = {row["code"] for row in await Unit.all().values("code")}
    return bool(codes) and codes != DEMO_UNITS


async def _people_and_reports(today: date, at: datetime) -> bool:
    async with writing() as connection:
        # The one without a LINE account marks that all of them were made: who asked to be forgotten stays forgotten.
        if await Person.filter(name=_ELSEWHERE, line_user_id__isnull=True).using_db(connection).exists():
            return False
        elsewhere = await Person.create(name=_ELSEWHERE, created_at=at, using_db=connection)
        units = {each.code: each for each in await Unit.all().using_db(connection)}
        people = {
            each.id: await _person(connection, each, each.role, units, at)
            for each in DEMO_PEOPLE
            if each.role is not None
        }
        await _Reports(connection, people[REPORTER.id], elsewhere, people[COORDINATOR.id], units).write(today)
        await AuditEntry.create(id=uuid4(), at=at, action="demo.fill", subject="demo", using_db=connection)
    return True


async def _person(
    connection: BaseDBAsyncClient, demo: DemoPerson, role: Role, units: dict[str, Unit], at: datetime
) -> Person:
    person, _ = await Person.get_or_create(
        line_user_id=demo.id,
        defaults={
            "name": demo.name,
            "position": demo.position,
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


async def _invitation(at: datetime) -> bool:
    if await Invitation.filter(code_hash=code_hash(normalise(DEMO_CODE) or "")).exists():
        return False
    await invite(
        DEMO_CODE_UNITS,
        Role.REPORTER,
        uses=DEMO_CODE_USES,
        expires_at=None,
        needs_approval=False,
        at=at,
        code=DEMO_CODE,
    )
    return True


@dataclass(frozen=True, slots=True)
class _Result:
    unit: str
    indicator: str
    quarter: Quarter
    day: date
    answer: str
    result: Decimal
    narrative: str
    zero_reason: str = ""
    titles: int | None = None


class _Reports:
    def __init__(
        self,
        connection: BaseDBAsyncClient,
        reporter: Person,
        elsewhere: Person,
        coordinator: Person,
        units: dict[str, Unit],
    ) -> None:
        self.connection = connection
        self.reporter = reporter
        self.elsewhere = elsewhere
        self.coordinator = coordinator
        self.units = units

    async def write(self, today: date) -> None:
        if await Report.all().using_db(self.connection).exists():
            return
        indicators = {each.code: each for each in await Indicator.all().using_db(self.connection)}
        titles = await SubMeasure.get(
            indicator_id=indicators[LIVING_LIBRARY].id, code="titles", using_db=self.connection
        )
        numbers: dict[Quarter, int] = {}
        for each in _results(today):
            numbers[each.quarter] = numbers.get(each.quarter, 0) + 1
            accepted = each.quarter < Quarter.of(today)
            report = await Report.create(
                id=uuid4(),
                unit=self.units[each.unit],
                indicator=indicators[each.indicator],
                fiscal_year=each.quarter.fiscal_year,
                quarter=each.quarter.number,
                number=numbers[each.quarter],
                version=1,
                state="accepted" if accepted else "submitted",
                accepted_version=1 if accepted else None,
                using_db=self.connection,
            )
            person = self.reporter if each.unit in REPORTER.units else self.elsewhere
            version = await ReportVersion.create(
                id=uuid4(),
                report=report,
                version=1,
                answer=each.answer,
                result=each.result,
                zero_reason=each.zero_reason,
                narrative=each.narrative,
                submitted_at=datetime.combine(each.day, time(10, 30), ZoneInfo(OFFICE_ZONE)),
                late=False,
                person=person,
                reporter_name=person.name,
                reporter_position=person.position,
                using_db=self.connection,
            )
            if accepted:
                await Review.create(
                    id=uuid4(),
                    report=report,
                    version=1,
                    decision="accepted",
                    person=self.coordinator,
                    at=datetime.combine(each.day + timedelta(days=1), time(14), ZoneInfo(OFFICE_ZONE)),
                    using_db=self.connection,
                )
            if each.titles is not None:
                await SubMeasureResult.create(
                    id=uuid4(),
                    version=version,
                    sub_measure=titles,
                    value=Decimal(each.titles),
                    using_db=self.connection,
                )


def _results(today: date) -> Iterator[_Result]:
    """What was reported: nearly all of the closed quarter, a little of the open one."""
    current = Quarter.of(today)
    past = current.previous
    for number in range(1, past.number + 1):
        yield _of_bureau(Quarter(past.fiscal_year, number))
    for order, unit in enumerate(LIBRARIES):
        if unit not in _SILENT:
            yield from _quarter(unit, order, past, past.last_day - timedelta(days=3), begun=0)
    if today > current.first_day + timedelta(days=3):
        for order, unit in enumerate(LIBRARIES):
            if unit in _EARLY:
                begun = 0 if current.number == 1 else 100
                yield from list(_quarter(unit, order, current, today - timedelta(days=2), begun=begun))[:2]


def _of_bureau(quarter: Quarter) -> _Result:
    """What the bureau made of its libraries' reports, so that its page shows a year's course."""
    done = _BUREAU_RESULTS[quarter.number - 1]
    titles = done * 12
    return _Result(
        BUREAU,
        LIVING_LIBRARY,
        quarter,
        quarter.last_day - timedelta(days=1),
        answer=str(done),
        result=Decimal(done),
        zero_reason="" if done else "in_progress",
        narrative="อยู่ระหว่างจัดทำหนังสือประสานงานกับหน่วยงานร่วมจัดกิจกรรม"
        if not done
        else "ดำเนินการพัฒนาห้องสมุดเพื่อการเรียนรู้ให้เป็นห้องสมุดมีชีวิตผ่านการจัดทำบรรณนิทัศน์ออนไลน์ ดังนี้\n"
        f"1. ห้องสมุด {done} แห่ง จัดทำบรรณนิทัศน์ออนไลน์ รวมจำนวน {titles} ชื่อเรื่อง\n"
        "2. ประชาสัมพันธ์ผ่านเว็บไซต์และสื่อสังคมออนไลน์ของห้องสมุด",
        titles=titles,
    )


def _quarter(unit: str, order: int, quarter: Quarter, day: date, begun: int) -> Iterator[_Result]:
    done = unit in _LIVING
    yield _Result(
        unit,
        LIVING_LIBRARY,
        quarter,
        day,
        answer="yes" if done else "in_progress",
        result=Decimal(1 if done else 0),
        zero_reason="" if done else "in_progress",
        narrative="จัดทำบรรณนิทัศน์ออนไลน์และเผยแพร่ทางสื่อสังคมออนไลน์ของห้องสมุดแล้ว"
        if done
        else "อยู่ระหว่างจัดทำหนังสือประสานงานกับหน่วยงานร่วมจัดกิจกรรม",
        titles=9 + order + begun // 10 if done else 0,
    )
    readers = 120 + 15 * order + begun
    yield _Result(
        unit,
        READERS,
        quarter,
        day,
        answer=str(readers),
        result=Decimal(readers),
        narrative="จัดกิจกรรมเล่านิทานและกิจกรรมส่งเสริมการอ่านทุกวันเสาร์ มีผู้ลงชื่อเข้าร่วมตามจำนวนที่รายงาน",
    )
    satisfied = Decimal("82.5") + order
    yield _Result(
        unit,
        SATISFACTION,
        quarter,
        day,
        answer=str(satisfied),
        result=satisfied,
        narrative="สำรวจความพึงพอใจด้วยแบบสอบถามที่จุดบริการและทางออนไลน์",
    )
