"""Raw events and finished drafts go after a while; versions of reports and what still waits never do."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import structlog
from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql
from bot.database import writing
from bot.scheduler import claim, latest_daily

AT = time(3, 30)
"""When few people write."""

_log = structlog.get_logger()


class Purge:
    """Once a day, and at the start where that day's was missed."""

    name = "purge"

    def __init__(self, days: int) -> None:
        self._days = days

    async def due(self, now: datetime) -> datetime | None:
        return latest_daily(AT, now)

    async def fire(self, due: datetime, now: datetime) -> None:
        async with writing() as connection:
            if await claim(connection, self.name, due, now):
                rows = await purge(connection, now, self._days)
                _log.info("purge.done", rows=rows)


async def purge(connection: BaseDBAsyncClient, now: datetime, days: int) -> int:
    """Delete what was finished more than `days` days before `now`; how many rows went.

    Raw events that were handled, drafts finished or cancelled, messages that were sent, wrong codes, groups' codes that
    nobody typed, reminders and notices. What was set aside stays as a row for as long again, its words are blanked; so
    are the sessions of chats that have been silent as long. Reports, their versions, the audit trail and whatever waits
    stay.
    """
    before = now - timedelta(days=days)
    for statement in (sql.PURGE_SET_ASIDE, sql.PURGE_UNSENT, sql.PURGE_SESSIONS):
        await sql.run(connection, statement, before)
    rows = await sql.run(connection, sql.PURGE_DRAFTS, before, before)
    for statement in sql.PURGE_BLANKED:
        rows += await sql.run(connection, statement, before - timedelta(days=days))
    for statement in (
        *(sql.PURGE_EVENTS, sql.PURGE_OUTGOING, sql.PURGE_WRONG_CODES, sql.PURGE_GROUPS),
        *(sql.PURGE_RUNS, sql.PURGE_REMINDERS, sql.PURGE_NOTICES),
    ):
        rows += await sql.run(connection, statement, before)
    return rows
