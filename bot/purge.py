"""Raw events and finished drafts go after a while; versions of reports and what still waits never do."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import structlog
from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql
from bot.database import writing
from bot.scheduler import claim, latest_daily
from bot.sql import Statement

AT = time(3, 30)
"""When few people write."""

PURGE_EVENTS = Statement("DELETE FROM webhook_event WHERE state = 'handled' AND received_at < ?")
PURGE_OUTGOING = Statement(
    "DELETE FROM outgoing_message WHERE (state IN ('sent', 'ambiguous') OR error = 'superseded') AND created_at < ?"
)
PURGE_SET_ASIDE = Statement(
    "UPDATE webhook_event SET payload = '{}' WHERE state = 'set_aside' AND received_at < ? AND payload <> '{}'"
)
PURGE_UNSENT = Statement(
    "UPDATE outgoing_message SET messages = '[]' WHERE state = 'set_aside' AND created_at < ? AND messages <> '[]'"
)
PURGE_BLANKED = (
    Statement("DELETE FROM webhook_event WHERE state = 'set_aside' AND payload = '{}' AND received_at < ?"),
    Statement("DELETE FROM outgoing_message WHERE state = 'set_aside' AND messages = '[]' AND created_at < ?"),
)
PURGE_SESSIONS = Statement(
    "UPDATE chat SET session = '{}' WHERE updated_at < ? AND CAST(session AS text) <> '{}'"  # jsonb on PostgreSQL
)
PURGE_DRAFTS = Statement("DELETE FROM draft WHERE finished_at < ? OR cancelled_at < ?")
PURGE_GROUPS = Statement("DELETE FROM group_chat WHERE chat_id IS NULL AND expires_at < ?")
PURGE_WRONG_CODES = Statement("DELETE FROM wrong_code WHERE at < ?")
PURGE_RUNS = Statement("DELETE FROM schedule_run WHERE fired_at < ?")
PURGE_REMINDERS = Statement("DELETE FROM reminder WHERE created_at < ?")
PURGE_NOTICES = Statement("DELETE FROM notice WHERE created_at < ?")

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
    for statement in (PURGE_SET_ASIDE, PURGE_UNSENT, PURGE_SESSIONS):
        await sql.run(connection, statement, before)
    rows = await sql.run(connection, PURGE_DRAFTS, before, before)
    for statement in PURGE_BLANKED:
        rows += await sql.run(connection, statement, before - timedelta(days=days))
    for statement in (
        *(PURGE_EVENTS, PURGE_OUTGOING, PURGE_WRONG_CODES, PURGE_GROUPS),
        *(PURGE_RUNS, PURGE_REMINDERS, PURGE_NOTICES),
    ):
        rows += await sql.run(connection, statement, before)
    return rows
