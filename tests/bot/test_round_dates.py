"""Dates of rounds by import: the default rule as set, the office's own holidays, and who hears of a change."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tortoise.connection import get_connection

from bot import sql
from bot.office import read_office
from bot.reminders.rounds import round_notices
from bot.setup.rows import WrongSetup
from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from handlers import records
from handlers.context import Context
from handlers.facts import Facts
from handlers.records import Person
from handlers.remind import notice_lines
from handlers.session import Session
from models.rules.deadlines import DefaultRule, RoundDay, moved
from models.rules.fiscal import Quarter
from models.rules.office import QuarterDates
from models.tables import indicator, organisation
from models.tables.audit import AuditEntry
from models.tables.reminder import Holiday, Notice
from tests.bot.reminder_scene import at, deliver, desk, pushes, rows
from tests.bot_process import BotProcess

NOW = at("2027-01-05T10:00")
Q1 = Quarter(2570, 1)

pytestmark = pytest.mark.usefixtures("database")

OFFICE = """
units:
  - {code: "23000000", name: สวท., kind: bureau}
indicators:
  - {code: 2300-848, name: ห้องสมุดมีชีวิต, owner: "23000000", unit_of_measure: ห้อง, kind: count}
assignments:
  - {indicator: 2300-848, units: ["23000000"], fiscal_year: 2570}
"""


async def brought(text: str, rule: DefaultRule | None = None) -> Any:
    """Import a YAML text."""
    return await import_setup(parse_yaml(text, "test.yaml"), NOW, rule=rule)


async def test_holidays_of_the_file_move_its_rounds() -> None:
    """A cabinet decision moves the due day of a round that nobody set; one that is worked all the same keeps it."""
    await brought(
        OFFICE
        + """
holidays:
  - {day: 2027-01-11, name: วันหยุดพิเศษ}
  - {day: 2027-07-10, kind: วันทำการ}
"""
    )
    office = await read_office(get_connection("default"))
    assert [office.rounds[Quarter(2570, number)].due for number in (1, 3)] == [date(2027, 1, 12), date(2027, 7, 10)]
    assert office.rounds[Quarter(2570, 4)].due == date(2027, 10, 11)
    assert not office.working_days.works(date(2027, 1, 11))
    assert office.working_days.works(date(2027, 7, 10))
    assert await AuditEntry.filter(subject__startswith="holidays:").count() == 2
    await brought("holidays:\n  - {day: 2027-01-11, kind: working}\n")
    assert (await Holiday.get(day=date(2027, 1, 11))).working


async def test_the_default_rule_is_a_setting() -> None:
    """Due on the 5th, closing a week later, review and evaluation from there."""
    await brought(OFFICE, DefaultRule(5, 7, 1, 2))
    dates = (await read_office(get_connection("default"))).rounds[Q1]
    assert (dates.due, dates.closes) == (date(2027, 1, 5), date(2027, 1, 12))
    assert (dates.review, dates.evaluation) == (date(2027, 1, 13), date(2027, 1, 14))


async def test_a_round_has_reminders_of_its_own() -> None:
    """The column takes days before and after; a dash is none at all, and what is no day is refused at its place."""
    await brought(OFFICE + 'rounds:\n  - {fiscal_year: 2570, quarter: 1, reminders: "-10, -๓, 2"}\n')
    assert (await indicator.Round.get(quarter=1)).reminders == [-10, -3, 2]
    await brought('rounds:\n  - {fiscal_year: 2570, quarter: 1, reminders: "-"}\n')
    assert (await read_office(get_connection("default"))).rounds[Q1].reminders == ()
    with pytest.raises(WrongSetup, match="days such as -7, -1, 1"):
        await brought("rounds:\n  - {fiscal_year: 2570, quarter: 1, reminders: soon}\n")


async def heard() -> dict[str, list[str]]:
    """What each person would be told of the dates today, in Thai."""
    office = await read_office(get_connection("default"))
    context = Context(Session(), Facts(now=NOW, office=office, person=Person(0, "", "")))
    found: dict[str, list[str]] = {}
    for each in await Notice.filter(told_at=None).prefetch_related("person").order_by("person_id", "created_at"):
        notice = records.Notice(str(each.id), each.kind, each.data, each.subject)
        found.setdefault(each.person.name, []).extend(notice_lines(context, [notice], ()))
    return found


async def test_those_it_concerns_hear_of_an_imported_change() -> None:
    """Reporters of assigned units and coordinators, once each; of two changes the sum; sooner is urgent."""
    async with desk(3) as _:
        await organisation.Membership.filter(person__name="คน 2").update(role="executive")
        await brought("rounds:\n  - {fiscal_year: 2570, quarter: 1, due: 2027-01-15}\n")
        found = await Notice.all().prefetch_related("person").order_by("person_id")
        assert [(each.person.name, each.urgent) for each in found] == [("คน 0", False), ("คน 1", False)]
        later = ["วันครบกำหนดไตรมาส 1/2570 เลื่อนจาก 11 ม.ค. 70 เป็นวันศุกร์ที่ 15 ม.ค. 70"]
        assert await heard() == {"คน 0": later, "คน 1": later}
        await brought("rounds:\n  - {fiscal_year: 2570, quarter: 1, due: 2027-01-08}\n")
        assert all(each.urgent for each in await Notice.all())
        sooner = ["วันครบกำหนดไตรมาส 1/2570 เลื่อนจาก 11 ม.ค. 70 เป็นวันศุกร์ที่ 8 ม.ค. 70"]
        assert await heard() == {"คน 0": sooner, "คน 1": sooner}
        changed = await AuditEntry.filter(subject="rounds:1/2570").order_by("at")
        assert {each.action for each in changed} == {"setup.change"}


async def test_a_date_that_is_moved_again_loses_no_other() -> None:
    """Due day, then closing day, before anybody was told: both are said; moved back, neither is, nor urgent."""
    async with desk(1) as _:
        for moved_to in ("due: 2027-01-08", "closes: 2027-02-05", "due: 2027-01-09"):
            await brought(f"rounds:\n  - {{fiscal_year: 2570, quarter: 1, {moved_to}}}\n")
        # The ninth is later than the eighth, but sooner than the eleventh, which is what is known.
        assert [each.urgent for each in await Notice.all()] == [True]
        assert await heard() == {
            "คน 0": [
                "วันครบกำหนดไตรมาส 1/2570 เลื่อนจาก 11 ม.ค. 70 เป็นวันเสาร์ที่ 9 ม.ค. 70",
                "วันปิดรับไตรมาส 1/2570 เลื่อนจาก 31 ม.ค. 70 เป็นวันศุกร์ที่ 5 ก.พ. 70",
            ]
        }
        await brought("rounds:\n  - {fiscal_year: 2570, quarter: 1, due: 2027-01-11, closes: 2027-01-31}\n")
        assert [each.urgent for each in await Notice.all()] == [False]
        assert await heard() == {"คน 0": []}


async def test_dates_that_are_over_are_no_news() -> None:
    """Who writes only after both the old and the new day is not told of the move any more."""
    async with desk(1) as _:
        await brought("rounds:\n  - {fiscal_year: 2570, quarter: 1, opens: 2026-10-05}\n")
        assert await heard() == {"คน 0": []}


@pytest.mark.parametrize(
    ("moved", "told"),
    [("due", {"คน 0", "คน 1"}), ("closes", {"คน 0", "คน 1"}), ("review", {"คน 1"}), ("evaluation", {"คน 1", "คน 2"})],
)
async def test_a_date_is_told_to_whoever_has_something_to_do_by_it(moved: str, told: set[str]) -> None:
    """A reporter, a coordinator, an evaluator and an executive: the evaluation date concerns the second and third."""
    async with desk(4) as _:
        for name, role in (("คน 1", "coordinator"), ("คน 2", "evaluator"), ("คน 3", "executive")):
            await organisation.Membership.filter(person__name=name).update(role=role)
        dates = {"review": "2027-02-05", "evaluation": "2027-02-20"}
        written = ", ".join(f"{name}: {day}" for name, day in dates.items())
        await brought(f"rounds:\n  - {{fiscal_year: 2570, quarter: 1, {written}}}\n")
        await Notice.all().delete()
        later = {"due": "2027-01-15", "closes": "2027-02-01", "review": "2027-02-10", "evaluation": "2027-02-25"}[moved]
        await brought(f"rounds:\n  - {{fiscal_year: 2570, quarter: 1, {moved}: {later}}}\n")
        assert {each.person.name for each in await Notice.all().prefetch_related("person")} == told


async def test_an_evaluator_hears_when_a_move_takes_the_evaluation_along() -> None:
    """The due day is moved, the dates after it keep their distance: each hears of the day that is theirs."""
    async with desk(2) as _:
        await organisation.Membership.filter(person__name="คน 1").update(role="evaluator")
        before = QuarterDates(Q1, date(2026, 10, 1), date(2027, 1, 11), date(2027, 1, 31), None, date(2027, 2, 20))
        after = moved(before, RoundDay.DUE, date(2027, 1, 15))
        connection = get_connection("default")
        old, new = ({each: getattr(dates, each.value) for each in RoundDay} for dates in (before, after))
        for statement, told in round_notices(Q1, old, new, NOW):
            await sql.run(connection, statement, *told)
        await indicator.Round.filter(quarter=1).update(due=after.due, closes=after.closes, evaluation=after.evaluation)
        assert await heard() == {
            "คน 0": ["วันครบกำหนดไตรมาส 1/2570 เลื่อนจาก 11 ม.ค. 70 เป็นวันศุกร์ที่ 15 ม.ค. 70"],
            "คน 1": ["วันประเมินไตรมาส 1/2570 เลื่อนจาก 20 ก.พ. 70 เป็นวันพุธที่ 24 ก.พ. 70"],
        }


async def test_two_processes_remind_each_person_once(database: str, tmp_path: Path) -> None:
    """`python -m bot remind` twice at the same time on one database: each person gets one message."""
    async with desk(4) as stage:
        settings = {
            "LINE_CHANNEL_SECRET": "5e" * 16,
            "LINE_CHANNEL_ACCESS_TOKEN": "token",
            "LINE_API_BASE_URL": stage.line._base,
            "DATABASE_URL": database,
            "SIMULATED_NOW": "2027-01-04T09:00:00+07:00",
        }
        stage.clock.move_to(at("2027-01-04T09:00"))
        processes = [
            BotProcess(*words, folder=tmp_path, settings=settings)
            for words in (("remind",), ("remind",), ("remind", "--plan"))
        ]
        codes = [await each.wait() for each in processes]
        said = [each.said.decode() for each in processes]
        assert codes == [0, 0, 0], said
        assert "โควตาเดือนนี้ 300" in said[2]
        assert "left out 0" in said[2]
        assert await rows() == [("01-04", "sent")] * 4
        await deliver(stage)
        assert [len(stage.heard(each)) for each in range(4)] == [1, 1, 1, 1]
        assert pushes(stage) == 4
