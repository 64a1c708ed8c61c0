"""Whether anybody has committed anything: a mark that stays the same only as long as nobody has.

What was read after a mark was taken is still true when a later mark is equal, so a page that was asked for again and
again needs no look at its tables.
"""

from __future__ import annotations

from bot import sql
from bot.database import reader, watching
from bot.sql import Statement

# The snapshot names the transactions that it does not see: two that are equal see the same. A server that takes over
# after another one counts on from where that one was, so it is named by its start as well. One that only follows
# another names none of those under way, so its snapshots say nothing.
_SNAPSHOT = Statement(
    "SELECT CASE WHEN pg_is_in_recovery() THEN ''"
    " ELSE CONCAT(pg_postmaster_start_time(), ' ', pg_current_snapshot()) END AS said"
)


def mark_at_hand() -> str:
    """SQLite's mark, at once: it lies in memory that all its processes share. Empty on PostgreSQL."""
    connection = watching()
    # All rows: a statement that is not at its end would hold the state that it saw.
    return "" if connection is None else str(connection.execute("PRAGMA data_version").fetchall()[0][0])


async def mark_asked() -> str:
    """PostgreSQL's mark, which takes a question. Empty where it cannot be told."""
    return str((await sql.fetch(reader(), _SNAPSHOT))[0]["said"])
