"""The role scheduler: what is due by time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

from aiohttp import web

from bot.line.client import LineClient, new_session
from bot.metrics.figures import schedule_figures
from bot.office import read_office, read_revision
from bot.purge import Purge
from bot.reminders.hours import Hours
from bot.reminders.review import ReviewReminders
from bot.reminders.schedule import reminders_of
from bot.running import RUNNING
from bot.scheduler import Scheduler
from bot.turn_facts import Offices


async def schedules(app: web.Application) -> AsyncIterator[None]:
    """What is due by time."""
    running = app[RUNNING]
    settings = running.settings
    session = new_session()
    client = LineClient.of(settings, session)
    offices = Offices(read_revision, read_office)
    schedules = (
        Purge(settings.purge_after_days),
        ReviewReminders(
            offices, hours=Hours(*settings.working_hours), after=timedelta(days=settings.review_reminder_after)
        ),
        reminders_of(settings, client, offices),
    )
    scheduler = running.scheduler = Scheduler(schedules, running.clock.now)
    running.metrics.join("schedules", schedule_figures(scheduler))
    scheduling = asyncio.create_task(scheduler.run())
    yield
    scheduler.close()
    await running.stopping.end(0.2, scheduling)
    await client.aclose()
    await session.close()
