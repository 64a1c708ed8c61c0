"""A stage for reminders: the stage of turns with something to report, and processes that look at the schedule."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import uuid4

from bot.line.client import LineClient
from bot.office import read_office, read_revision
from bot.queue.partitions import ALL
from bot.reminders.hours import Hours
from bot.reminders.schedule import Reminders
from bot.scheduler import Scheduler
from bot.turn_facts import Offices
from models.tables import indicator, organisation
from models.tables.audit import Installation
from models.tables.delivery import OutgoingMessage
from models.tables.reminder import Reminder
from models.tables.report import Report
from tests.bot.turn_scene import BANGKOK, Scene, scene


def at(text: str) -> datetime:
    """A moment in Bangkok."""
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def reminders(line: LineClient, *, reserve: int = 0, days: tuple[int, ...] = (-7, -1, 1)) -> Reminders:
    """The schedule as a fresh process has it."""
    return Reminders(line, Offices(read_revision, read_office), days=days, hours=Hours(), reserve=reserve)


async def look(stage: Scene, when: str, *, reserve: int = 0) -> None:
    """A process that has just started looks once at that moment; what it wrote is delivered."""
    stage.clock.move_to(at(when))
    schedule = reminders(stage.line, reserve=reserve)
    await Scheduler([schedule], lambda: at(when)).look(schedule)
    await deliver(stage)


async def deliver(stage: Scene) -> None:
    """What waits in the database goes out, as a process that starts takes it up."""
    await stage.outbox.close()
    stage.outbox = stage.new_outbox()
    stage.dispatcher = stage.new_dispatcher(stage.outbox)
    await stage.outbox.start()
    await stage.outbox.adopt(ALL)
    await stage.delivered()


async def report(unit_code: str, state: str = "submitted", quarter: int = 1) -> None:
    """A unit's report stands, or was sent back or withdrawn."""
    unit = await organisation.Unit.get(code=unit_code)
    one = await indicator.Indicator.get(code="2300-848")
    await Report.create(
        id=uuid4(),
        unit=unit,
        indicator=one,
        fiscal_year=2570,
        quarter=quarter,
        number=await Report.all().count() + 1,
        version=1,
        state=state,
    )


def pushes(stage: Scene) -> int:
    """The pushes that LINE took."""
    return len([call for call in stage.platform.calls if call.endpoint == "push" and call.status == 200])


async def rows() -> Sequence[tuple[str, str]]:
    """The reminders as stored: day and state, in order."""
    return [(f"{each.day:%m-%d}", each.state) for each in await Reminder.all().order_by("day", "person_id")]


async def waiting() -> int:
    """Messages that no process has sent yet."""
    return await OutgoingMessage.filter(state="waiting").count()


@asynccontextmanager
async def desk(people: int = 2, *, quota: int | None = 300) -> AsyncIterator[Scene]:
    """Each person reports 2300-848 for a library of their own, due on Monday 11 January 2027, closing on the 31st."""
    async with scene(people, quota=quota) as stage:
        await Installation.create(id=1, setup_revision=1)
        one = await indicator.Indicator.get(code="2300-848")
        for unit in await organisation.Unit.filter(kind="library"):
            await indicator.Assignment.create(indicator=one, unit=unit, fiscal_year=2570, quarters=[1, 2, 3, 4])
        try:
            yield stage
        finally:
            await stage.line.aclose()
