"""Reminders on real databases and the fake LINE: once, in time, of what is pending, within the quota."""

from __future__ import annotations

import gc
from datetime import date, datetime, timedelta

import pytest
from tortoise.connection import get_connection

from bot.line.client import CallFailed
from bot.office import read_office
from bot.reminders.schedule import Day, Reminders
from bot.simulator.faults import Fault
from models.rules.fiscal import Quarter
from models.rules.office import Office
from models.tables import indicator, organisation
from models.tables.audit import Installation
from models.tables.chat import Chat
from models.tables.delivery import OutgoingMessage
from models.tables.reminder import Holiday, Notice, Reminder, ReminderPause, ScheduleRun
from models.tables.report import Report
from tests.bot.reminder_scene import at, deliver, desk, look, pushes, reminders, report, rows, waiting

pytestmark = pytest.mark.usefixtures("database")

WEEK_BEFORE, FRIDAY_BEFORE, DAY_AFTER = "2027-01-04T08:30", "2027-01-08T08:30", "2027-01-12T08:30"
DUE = date(2027, 1, 11)


async def planned_people(schedule: Reminders, now: datetime) -> tuple[tuple[Office, Day], list[int]]:
    """The office and the day as a run begins with them, and whom it is going to remind."""
    connection = get_connection("default")
    office = await read_office(connection)
    day = await schedule.day(connection, office, now)
    planned = await schedule.plan(connection, office, day)
    return (office, day), sorted(each.person_id for each in planned.sent if each.day == now.date())


async def test_three_reminders_of_a_round() -> None:
    """A week before the due day, the working day before it, the day after; who reported hears nothing more."""
    async with desk(2) as stage:
        day = at("2027-01-01T08:35")
        while day < at("2027-01-20T00:00"):
            await look(stage, day.isoformat()[:16])
            if day.date() == date(2027, 1, 5) and not await Report.exists():
                await report("L0")
            day += timedelta(hours=3)
        assert await rows() == [("01-04", "sent"), ("01-04", "sent"), ("01-08", "sent"), ("01-12", "sent")]
        assert [len(stage.heard(each)) for each in (0, 1)] == [1, 3]
        assert pushes(stage) == 4
        assert stage.heard(1)[0].splitlines()[:3] == [
            "มี 1 รายการรอรายงาน",
            "ไตรมาส 1/2570 ครบกำหนดวันจันทร์ที่ 11 ม.ค. 70 (เหลือ 7 วัน)",
            "• 2300-848 · หอ 1",
        ]
        assert "เกินกำหนด 1 วัน" in stage.heard(1)[2]


async def test_the_collector_has_everything_again() -> None:
    """What was kept from Python's collector while reminders were planned is its own after the run and after a plan."""
    async with desk(1) as stage:
        await look(stage, WEEK_BEFORE)
        assert pushes(stage) == 1
        assert gc.get_freeze_count() == 0
        await reminders(stage.line).plan_of(at(FRIDAY_BEFORE))
        assert gc.get_freeze_count() == 0


async def test_only_in_working_hours_of_working_days() -> None:
    """Neither at night nor on a Sunday nor on a day the office has off; the next working hour makes up for it, once."""
    async with desk(1) as stage:
        await Holiday.create(day=date(2027, 1, 5), name="วันหยุดพิเศษ")
        await look(stage, "2026-12-30T09:00")
        for closed in ("2027-01-04T08:29", "2027-01-04T16:30", "2027-01-05T10:00"):
            await look(stage, closed)
        assert pushes(stage) == 0
        await look(stage, "2027-01-06T10:00")
        await look(stage, "2027-01-06T11:00")
        assert await rows() == [("01-06", "sent")]
        await look(stage, "2027-01-10T10:00")
        assert pushes(stage) == 1


async def test_downtime_is_caught_up_once() -> None:
    """Down from before the first to after the second reminder: one comes, not two."""
    async with desk(1) as stage:
        await look(stage, "2026-12-30T09:00")
        await look(stage, "2027-01-11T09:00")
        await look(stage, "2027-01-11T15:00")
        assert await rows() == [("01-11", "sent")]
        await look(stage, DAY_AFTER)
        assert pushes(stage) == 2


async def test_a_clock_that_jumps_reminds_nobody_twice() -> None:
    """Into February and back: nothing is left to remind of there, and the day's reminder is there already."""
    async with desk(1) as stage:
        for moment in (WEEK_BEFORE, "2027-02-01T09:00", "2027-01-04T09:00", FRIDAY_BEFORE, WEEK_BEFORE, FRIDAY_BEFORE):
            await look(stage, moment)
        assert await rows() == [("01-04", "sent"), ("01-08", "sent")]
        assert pushes(stage) == 2


async def test_what_was_sent_back_or_withdrawn_is_pending() -> None:
    """A returned report and a withdrawn one are to be sent again; one that waits for review is not."""
    async with desk(4) as stage:
        for unit, state in (("L0", "returned"), ("L1", "withdrawn"), ("L2", "resubmitted"), ("L3", "accepted")):
            await report(unit, state)
        await look(stage, WEEK_BEFORE)
        assert [len(stage.heard(each)) for each in range(4)] == [1, 1, 0, 0]


async def test_one_message_for_several_units_and_indicators() -> None:
    """Whoever reports for several libraries gets one message with everything, eight named and the rest counted."""
    async with desk(10) as stage:
        person = await organisation.Person.get(line_user_id=stage.chats[0])
        now = at(WEEK_BEFORE)
        for unit in await organisation.Unit.filter(code__in=[f"L{each}" for each in range(1, 10)]):
            await organisation.Membership.create(
                person=person, unit=unit, role="reporter", valid_from=date(2026, 10, 1), approved_at=now
            )
        await look(stage, WEEK_BEFORE)
        (said,) = stage.heard(0)
        assert said.startswith("มี 10 รายการรอรายงาน")
        assert said.count("•") == 8
        assert "และอีก 2 รายการ" in said
        assert pushes(stage) == 1


async def test_colleagues_see_it_on_their_next_answer() -> None:
    """A library of two costs one push a time: the other, who stopped an earlier quarter, hears for free and is next."""
    async with desk(2) as stage:
        other = await organisation.Person.get(line_user_id=stage.chats[1])
        asked = at("2026-10-12T10:00")
        await ReminderPause.create(person=other, stopped_fiscal_year=2569, stopped_quarter=4, asked_at=asked)
        await organisation.Membership.filter(person__line_user_id=stage.chats[1]).update(
            unit_id=(await organisation.Unit.get(code="L0")).id
        )
        await look(stage, WEEK_BEFORE)
        assert [len(stage.heard(each)) for each in (0, 1)] == [1, 0]
        beside = await Notice.all().values_list("person_id", "kind", "last_day")
        assert beside == [(2, "pending", date(2027, 1, 31))]
        await look(stage, FRIDAY_BEFORE)
        await look(stage, DAY_AFTER)
        assert await rows() == [("01-04", "sent"), ("01-08", "sent"), ("01-12", "sent")]
        assert await Reminder.all().order_by("day").values_list("person_id") == [(1,), (2,), (1,)]
        assert await Notice.filter(told_at=None).count() == 1


async def test_pending_is_read_again_as_the_message_is_written() -> None:
    """Whoever reports between the plan and the writing of their message is not reminded."""
    async with desk(2) as stage:
        schedule, now = reminders(stage.line), at(WEEK_BEFORE)
        planned, people = await planned_people(schedule, now)
        assert len(people) == 2
        await report("L0")
        assert await schedule.write(*planned, people, (), now) == (1, 0)
        assert len(await rows()) == 1


async def test_what_could_not_be_sent_in_time_is_looked_at_again() -> None:
    """LINE was away for hours: of two written reminders the one still needed is written anew, the other is not."""
    async with desk(2) as stage:
        schedule, now = reminders(stage.line), at(WEEK_BEFORE)
        stage.clock.move_to(now)
        assert await schedule.fire(now, now) == (2, 0)
        await report("L0")
        await look(stage, "2027-01-04T13:00")  # they are set aside as late at the end of this
        await look(stage, "2027-01-04T13:10")
        await look(stage, "2027-01-04T13:20")
        assert [len(stage.heard(each)) for each in (0, 1)] == [0, 1]
        assert pushes(stage) == 1
        assert await rows() == [("01-04", "sent")]


async def test_whoever_blocked_the_bot_is_left_alone() -> None:
    """No message is written for them, and they cost nothing."""
    async with desk(2) as stage:
        await Chat.create(id=stage.chats[0], blocked_at=at(WEEK_BEFORE), updated_at=at(WEEK_BEFORE))
        await look(stage, WEEK_BEFORE)
        assert await rows() == [("01-04", "sent")]
        assert [len(stage.heard(each)) for each in (0, 1)] == [0, 1]


async def test_snoozed_and_stopped() -> None:
    """Later is the day that was asked for, once; stopped holds for the quarter and not for the next one."""
    async with desk(2) as stage:
        people = [await organisation.Person.get(line_user_id=each) for each in stage.chats]
        asked = at("2027-01-03T10:00")
        await ReminderPause.create(person=people[0], snoozed_to=date(2027, 1, 6), asked_at=asked)
        await ReminderPause.create(person=people[1], stopped_fiscal_year=2570, stopped_quarter=1, asked_at=asked)
        for day in range(4, 8):
            await look(stage, f"2027-01-0{day}T09:00")
        assert [len(stage.heard(each)) for each in (0, 1)] == [1, 0]
        assert await rows() == [("01-06", "sent")]
        assert (await ReminderPause.get(person=people[0])).snoozed_to is None
        await indicator.Round.create(
            fiscal_year=2570, quarter=2, opens=date(2027, 3, 1), due=date(2027, 4, 12), closes=date(2027, 4, 26)
        )
        await Installation.all().update(setup_revision=2)
        await look(stage, "2027-04-05T09:00")
        assert [len(stage.heard(each)) for each in (0, 1)] == [2, 1]


async def test_a_round_has_days_of_its_own() -> None:
    """The column reminders of a round takes the place of the usual days."""
    async with desk(1) as stage:
        await indicator.Round.all().update(reminders=[-3])
        for day in range(4, 16):
            await look(stage, f"2027-01-{day:02}T09:00")
        assert await rows() == [("01-08", "sent")]


async def test_the_quota_goes_to_the_nearest_due_day() -> None:
    """Two pushes for two people and three days: the day before gets them, and the coordinator hears of it once."""
    async with desk(3, quota=5) as stage:
        await organisation.Membership.filter(person__line_user_id=stage.chats[2]).update(role="coordinator")
        await look(stage, WEEK_BEFORE, reserve=3)
        assert await rows() == [("01-04", "dropped"), ("01-04", "dropped")]
        assert pushes(stage) == 1
        assert sorted([each.kind for each in await Notice.all()]) == ["pending", "pending", "quota"]
        await look(stage, "2027-01-04T08:40", reserve=3)
        await look(stage, "2027-01-04T08:50", reserve=3)
        assert [len(stage.heard(each)) for each in range(3)] == [0, 0, 1]
        short = "โควตาข้อความของเดือนนี้เหลือสำหรับเตือน 2 ข้อความ หากไม่มีใครส่งเพิ่มจะงดเตือน 4 ครั้ง"
        assert short in stage.heard(2)[0]
        await look(stage, FRIDAY_BEFORE, reserve=2)
        await look(stage, DAY_AFTER, reserve=2)
        assert [row for row in await rows() if row[1] == "sent"] == [("01-08", "sent"), ("01-08", "sent")]
        assert await Notice.filter(kind="quota").count() == 1


async def test_the_coordinator_hears_two_weeks_before() -> None:
    """In December it is known that January will not do: said then, once, and not again in January."""
    async with desk(3, quota=5) as stage:
        await organisation.Membership.filter(person__line_user_id=stage.chats[2]).update(role="coordinator")
        await look(stage, "2026-12-18T08:30", reserve=3)
        assert pushes(stage) == 0
        for moment in ("2026-12-29T08:30", "2026-12-30T08:30", WEEK_BEFORE):
            await look(stage, moment, reserve=3)
        assert [len(stage.heard(each)) for each in range(3)] == [0, 0, 1]
        short = "โควตาข้อความของเดือนหน้ามีสำหรับเตือน 2 ข้อความ หากไม่มีใครส่งเพิ่มจะงดเตือน 4 ครั้ง"
        assert stage.heard(2)[0].startswith(short)


async def test_without_an_answer_about_the_quota_nothing_is_sent() -> None:
    """LINE does not say what is left: the moment stays unclaimed, and the next look tries again."""
    async with desk(1) as stage:
        stage.platform.faults.add("quota", Fault(status=500))
        with pytest.raises(CallFailed):
            await look(stage, WEEK_BEFORE)
        assert await ScheduleRun.filter(name="remind").count() == 0
        await look(stage, WEEK_BEFORE)
        assert pushes(stage) == 1


async def test_an_urgent_notice_does_not_wait_for_a_message() -> None:
    """It comes with the day's reminder where there is one, else alone, and is told once."""
    async with desk(2) as stage:
        people = [await organisation.Person.get(line_user_id=each) for each in stage.chats]
        data = {"quarter": str(Quarter(2570, 1)), "due": "2027-01-15"}
        for place, person in enumerate(people):
            await Notice.create(
                id=f"{place:032}", person=person, kind="round", data=data, urgent=True, created_at=at(WEEK_BEFORE)
            )
        await report("L0")
        for moment in (WEEK_BEFORE, "2027-01-04T08:40", "2027-01-05T08:40"):
            await look(stage, moment)
        assert [len(stage.heard(each)) for each in (0, 1)] == [1, 1]
        assert stage.heard(0) == ["วันครบกำหนดไตรมาส 1/2570 เลื่อนจาก 15 ม.ค. 70 เป็นวันจันทร์ที่ 11 ม.ค. 70"]
        assert stage.heard(1)[0].startswith(f"{stage.heard(0)[0]}\nมี 1 รายการรอรายงาน")


async def test_a_process_that_dies_between_two_transactions() -> None:
    """Some people are reminded, the moment is not claimed: the next look does the rest, and nobody twice."""
    async with desk(5) as stage:
        schedule, now = reminders(stage.line), at(WEEK_BEFORE)
        stage.clock.move_to(now)
        planned, people = await planned_people(schedule, now)
        assert await schedule.write(*planned, people[:2], (), now) == (2, 0)
        await look(stage, WEEK_BEFORE)
        assert len(await rows()) == 5
        assert pushes(stage) == 5


async def test_a_killed_sender_reminds_nobody_twice() -> None:
    """The messages are rows: a process that dies before it sent them leaves them to the next."""
    async with desk(2) as stage:
        schedule, now = reminders(stage.line), at(WEEK_BEFORE)
        stage.clock.move_to(now)
        await schedule.fire(now, now)
        assert await waiting() == 2
        await deliver(stage)
        await deliver(stage)
        assert pushes(stage) == 2
        assert await OutgoingMessage.filter(state="sent").count() == 2
        assert await Reminder.all().count() == 2
