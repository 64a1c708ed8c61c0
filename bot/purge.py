"""Raw events and finished drafts go after a while; versions of reports and what still waits never do."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import sql
from bot.database import writing


async def purge(now: datetime, days: int) -> int:
    """Delete what was finished more than `days` days before `now`; how many rows went.

    Raw events that were handled, drafts finished or cancelled, messages that were sent, wrong codes. What was set aside
    stays as a row, its words are blanked; so are the sessions of chats that have been silent as long. Reports, their
    versions, the audit trail and whatever waits stay.
    """
    before = now - timedelta(days=days)
    async with writing() as connection:
        for statement in (sql.PURGE_SET_ASIDE, sql.PURGE_UNSENT, sql.PURGE_SESSIONS):
            await sql.run(connection, statement, before)
        return (
            await sql.run(connection, sql.PURGE_EVENTS, before)
            + await sql.run(connection, sql.PURGE_OUTGOING, before)
            + await sql.run(connection, sql.PURGE_DRAFTS, before, before)
            + await sql.run(connection, sql.PURGE_WRONG_CODES, before)
        )
