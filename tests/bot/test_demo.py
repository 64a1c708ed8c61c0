"""Demonstration data: there, relative to the day, and never twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tortoise import Tortoise
from tortoise.connection import get_connection

from bot.database import OFFICE_ZONE
from bot.evidence.store import Store
from bot.office import read_office
from bot.pages.reading import read_indicator_page
from bot.setup.demo import RealDatabase, fill_demo
from bot.setup.demo_office import LIVING_LIBRARY, READERS
from bot.setup.demo_people import DEMO_CODES, DEMO_GROUPS, DEMO_PEOPLE, EVALUATOR, EXECUTIVE, REPORTER, STRANGER
from models.rules.fiscal import Quarter
from models.rules.membership import Membership as Duty
from models.rules.office import OverUnits, Role
from models.rules.permissions import reportable
from models.tables.audit import AuditEntry, Installation
from models.tables.organisation import Membership, Person, Unit
from models.tables.report import Evidence, Report

TODAY = date(2026, 11, 22)


async def _counts() -> dict[str, int]:
    apps = Tortoise.apps
    assert apps is not None
    return {name: await model.all().count() for name, model in apps["models"].items()}


@pytest.mark.usefixtures("database")
async def test_twice_is_once() -> None:
    """The second run adds nothing to any table, and says so."""
    assert await fill_demo(TODAY)
    first = await _counts()
    assert not await fill_demo(TODAY)
    assert await _counts() == first


@pytest.mark.parametrize(
    "today",
    [
        pytest.param(date(2026, 11, 22), id="in the middle of a quarter"),
        pytest.param(date(2026, 10, 1), id="on the first day of a fiscal year"),
        pytest.param(date(2027, 1, 12), id="while the quarter before would still be open"),
        pytest.param(date(2027, 9, 30), id="on the last day of a fiscal year"),
    ],
)
async def test_one_quarter_is_open_and_the_one_before_is_closed(today: date, sqlite_database: str) -> None:
    """Whatever the day, the reporter of three libraries may report this quarter and only this one."""
    await fill_demo(today)
    office = await read_office(get_connection("default"))
    person = await Person.get(line_user_id=REPORTER.id)
    duties = [
        Duty(each["id"], each["unit_id"], Role(each["role"]), each["valid_from"])
        for each in await Membership.filter(person=person).values("id", "unit_id", "role", "valid_from")
    ]
    keys = reportable(office, duties, today)
    assert {key.quarter for key in keys} == {Quarter.of(today)}
    assert [office.units[key.unit_id].code for key in keys] == [code for code in REPORTER.units for _ in range(3)]
    assert office.rounds[Quarter.of(today).previous].closes < today
    assert await Report.all().count() >= 30


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 1, 12), date(2027, 9, 30)])
async def test_a_new_user_sees_full_pages(today: date, sqlite_database: str, tmp_path: Path) -> None:
    """Every closed quarter is accepted and scored, with sub-measures and a public picture; a year is summed up."""
    assert await fill_demo(today, store=await Store.open(str(tmp_path)))
    past = Quarter.of(today).previous
    connection = get_connection("default")
    page = await read_indicator_page(connection, LIVING_LIBRARY, past.fiscal_year, ZoneInfo(OFFICE_ZONE), in_full=False)
    readers = await read_indicator_page(connection, READERS, past.fiscal_year, ZoneInfo(OFFICE_ZONE), in_full=False)
    assert page is not None
    assert readers is not None
    closed = page.quarters[: past.number]
    assert all(each.accepted and each.evaluation and each.evaluation.overall is not None for each in closed)
    assert [each.result for each in page.quarters[past.number :]] == [None] * (4 - past.number)
    assert set(page.sub_measures[0].values) == {row.quarter for row in closed}
    assert len(page.pictures) == 1
    assert await Evidence.all().count() == 2
    assert bool(page.summary) == (past.number == 4)
    reported = [sum(bool(row.accepted.get(each.quarter)) for row in page.units) for each in closed]
    assert reported == [12] * (past.number - 1) + [10]
    for index, each in enumerate(closed[:-1]):  # libraries that said yes are what the bureau counted
        assert each.result == sum(int(row.accepted[each.quarter].result) for row in page.units), index
    course = [each.result for each in readers.quarters[: past.number] if each.result is not None]
    assert len(course) == past.number
    assert course[:-1] == sorted(course[:-1])  # the last lacks the silent ones


@pytest.mark.usefixtures("database")
async def test_a_later_run_keeps_what_is_there() -> None:
    """A quarter later new rounds and assignments come, and no report, round or person changes."""
    await fill_demo(TODAY)
    before = await Report.all().order_by("id").values()
    assert await fill_demo(date(2027, 11, 22))
    assert await Report.all().order_by("id").values() == before
    assert await Person.all().count() == len(DEMO_PEOPLE)


@pytest.mark.usefixtures("database")
async def test_every_indicator_combines_to_a_figure() -> None:
    """A mean over libraries has its weights, so no combined result of the demonstration is a dash for want of them."""
    await fill_demo(TODAY)
    office = await read_office(get_connection("default"))
    weighted = {each.id for each in office.indicators.values() if each.over_units is OverUnits.WEIGHTED_MEAN}
    assert weighted
    assert [each for each in office.assignments if each.indicator_id in weighted and not each.weight] == []


@pytest.mark.usefixtures("database")
async def test_people_that_came_with_an_upgrade_are_added() -> None:
    """Of a demonstration filled before it named its people only newer ones come; who was forgotten stays so."""
    await fill_demo(TODAY)
    await Person.filter(line_user_id=REPORTER.id).update(line_user_id=None, name="")
    for newer in (EVALUATOR, EXECUTIVE):
        person = await Person.get(line_user_id=newer.id)
        await Membership.filter(person=person).delete()
        await person.delete()
    await AuditEntry.filter(action="demo.fill").update(after=None)
    reports = await Report.all().count()
    assert await fill_demo(TODAY)
    held = await Membership.filter(person__line_user_id__in=[EVALUATOR.id, EXECUTIVE.id]).values_list("role", flat=True)
    assert sorted(str(each) for each in held) == ["evaluator", "executive"]
    assert not await Person.filter(line_user_id=REPORTER.id).exists()
    assert await Report.all().count() == reports
    assert not await fill_demo(TODAY)


@pytest.mark.usefixtures("database")
async def test_each_role_has_somebody() -> None:
    """A new user can try every role but the one of the command line, a shared phone, and somebody without any."""
    await fill_demo(TODAY)
    roles = await Membership.all().values_list("role", flat=True)
    assert {str(each) for each in roles} == {each.value for each in Role} - {Role.ADMINISTRATOR.value}
    assert await Person.filter(shared_account=True).count() == 1
    assert [each.name for each in DEMO_PEOPLE if each.role is None] == ["ผู้มาใหม่"]


def test_the_readme_names_what_is_on_the_screen() -> None:
    """Each tab of the simulator stands in the README's first steps under its own name, and the stranger's code too."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert [each.name for each in (*DEMO_PEOPLE, *DEMO_GROUPS) if f"\n| {each.name} |" not in readme] == []
    for each in DEMO_CODES:
        assert each.code in readme
        assert each.code in STRANGER.note


@pytest.mark.usefixtures("database")
async def test_a_database_of_a_real_channel_is_refused() -> None:
    """Made-up reports never come to stand beside real ones."""
    await Installation.create(id=1, channel="real")
    with pytest.raises(RealDatabase):
        await fill_demo(TODAY)
    assert await Person.all().count() == 0


@pytest.mark.parametrize(
    "codes",
    [
        pytest.param(["LIB-01"], id="an office of one's own"),
        pytest.param(["23000000"], id="the real bureau, whose code the demonstration has too"),
    ],
)
async def test_units_of_ones_own_are_left_alone(codes: list[str], sqlite_database: str) -> None:
    """Where an office was imported before, the simulator goes without the demonstration, and the command refuses."""
    for code in codes:
        await Unit.create(code=code, name="หน่วยงานจริง", kind="library")
    before = await _counts()
    assert not await fill_demo(TODAY)
    with pytest.raises(RealDatabase, match="DATABASE_URL"):
        await fill_demo(TODAY, refuse=True)
    assert await _counts() == before


@pytest.mark.usefixtures("database")
async def test_an_office_imported_beside_the_demonstration_is_left_alone() -> None:
    """Its units end the demonstration's growing: a quarter later nothing of it is added or changed back."""
    assert await fill_demo(TODAY)
    await Unit.create(code="LIB-01", name="หน่วยงานจริง", kind="library")
    before = await _counts()
    assert not await fill_demo(date(2027, 11, 22))
    assert await _counts() == before
