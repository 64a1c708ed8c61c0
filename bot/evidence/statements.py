"""The SQL of pictures, in the way of `bot.sql`: what a turn writes, and what the fetching of a picture writes."""

from __future__ import annotations

from bot.sql import Statement, insert

_OF_DRAFT = "unit_id = ? AND indicator_id = ? AND fiscal_year = ? AND quarter = ? AND version_id IS NULL"
_INTO_EVIDENCE = "INSERT INTO evidence (id, version_id, message_id, content_type, size, sha256, path, public)"
_AS_EVIDENCE = "SELECT id, version_id, message_id, content_type, size, sha256, path, FALSE FROM picture"
_JOINED_ID = "uuid(substr(CAST({0} AS text), 1, 19) || substr(CAST({1} AS text), 20))"
"""Half of each of two random ids (version 4, as both are): another row for the same file, with no id from outside."""
# The same picture sent twice is one evidence: the version and the sum of the bytes are unique.
_ONCE = "ON CONFLICT DO NOTHING"


class _Joining(Statement):
    """`uuid(…)` turns a text into an id on PostgreSQL; on SQLite an id is a text."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.sqlite = self.sqlite.replace("uuid(", "(")


# ── within a turn ───────────────────────────────────────────────────────────────────────────────────────────────────
ADD_PICTURE = insert(
    "picture",
    *("id", "unit_id", "indicator_id", "fiscal_year", "quarter", "chat_id", "message_id", "created_at", "state"),
    *("reason", "attempts", "content_type", "size", "width", "height", "sha256", "path"),
    then="ON CONFLICT (message_id) DO NOTHING",
)
DROP_PICTURE = Statement(f"UPDATE picture SET state = 'removed' WHERE message_id = ? AND {_OF_DRAFT}")  # noqa: S608
UNSEND_PICTURE = Statement(
    "UPDATE picture SET state = 'removed' WHERE chat_id = ? AND message_id = ? AND version_id IS NULL"
)
SUBMIT_PICTURES = Statement(f"UPDATE picture SET version_id = ? WHERE {_OF_DRAFT} AND state <> 'removed'")  # noqa: S608
ADD_EVIDENCE = Statement(f"{_INTO_EVIDENCE} {_AS_EVIDENCE} WHERE version_id = ? AND state = 'ready' {_ONCE}")
CARRY_EVIDENCE = _Joining(
    f"{_INTO_EVIDENCE} SELECT {_JOINED_ID.format('e.id', 'v.id')}, v.id, e.message_id, e.content_type, e.size,"  # noqa: S608
    " e.sha256, e.path, e.public FROM report_version v"
    " JOIN report_version b ON b.report_id = v.report_id AND b.version = v.version - 1"
    f" JOIN evidence e ON e.version_id = b.id WHERE v.id = ? {_ONCE}"
)
"""A correction has what the version before it had: the same files, each with a row of its own."""
FORGET_PICTURES = Statement("UPDATE picture SET chat_id = '' WHERE chat_id = ?")
COUNT_PICTURES = Statement(
    "SELECT unit_id, indicator_id, fiscal_year, quarter,"
    " CASE WHEN version_id IS NULL THEN state ELSE 'sent' END AS state, COUNT(*) AS pictures"
    " FROM picture WHERE unit_id IN ids(?) AND fiscal_year IN ids(?)"
    " AND (version_id IS NULL AND state <> 'removed' OR version_id IS NOT NULL AND state = 'waiting')"
    " GROUP BY unit_id, indicator_id, fiscal_year, quarter,"
    " CASE WHEN version_id IS NULL THEN state ELSE 'sent' END"
    " UNION ALL SELECT r.unit_id, r.indicator_id, r.fiscal_year, r.quarter, 'sent', COUNT(*) FROM report r"
    " JOIN report_version v ON v.report_id = r.id AND v.version = r.version JOIN evidence e ON e.version_id = v.id"
    " WHERE r.unit_id IN ids(?) AND r.fiscal_year IN ids(?)"
    " GROUP BY r.unit_id, r.indicator_id, r.fiscal_year, r.quarter"
)
"""Units and years, twice. What waits and was sent, with whichever version, will be the newest one's as well."""
NUMBERED_REPORT = Statement(
    "SELECT r.unit_id, r.indicator_id, r.fiscal_year, r.quarter, v.id AS version_id,"
    " (SELECT COUNT(*) FROM evidence e WHERE e.version_id = v.id) AS pictures"
    " FROM report r JOIN report_version v ON v.report_id = r.id AND v.version = r.version"
    " WHERE r.fiscal_year = ? AND r.quarter = ? AND r.number = ?"
)
PUBLISH = Statement("UPDATE evidence SET public = ? WHERE version_id = ?")
TURN_ORDER = (
    PUBLISH,
    ADD_PICTURE,
    DROP_PICTURE,
    UNSEND_PICTURE,
    SUBMIT_PICTURES,
    ADD_EVIDENCE,
    CARRY_EVIDENCE,
    FORGET_PICTURES,
)
"""For `bot.apply`: in this order, after the versions are written."""

# ── while it is fetched ─────────────────────────────────────────────────────────────────────────────────────────────
WAITING = Statement(
    "SELECT p.id, p.chat_id, p.message_id, p.attempts, p.created_at,"
    " (SELECT MIN(e.id) FROM webhook_event e WHERE e.chat_id = p.chat_id AND e.message_id = p.message_id) AS event_id"
    " FROM picture p WHERE p.state = 'waiting' ORDER BY p.created_at, p.id LIMIT 1000"
)
KEPT = Statement(
    "UPDATE picture SET state = 'ready', attempts = ?, content_type = ?, size = ?, width = ?, height = ?, sha256 = ?,"
    " path = ? WHERE id = ? AND state = 'waiting'"
)
ADD_LATE_EVIDENCE = _Joining(
    f"{_INTO_EVIDENCE} SELECT CASE WHEN v.id = s.id THEN p.id ELSE {_JOINED_ID.format('p.id', 'v.id')} END, v.id,"  # noqa: S608
    " p.message_id, p.content_type, p.size, p.sha256, p.path, FALSE FROM picture p"
    " JOIN report_version s ON s.id = p.version_id"
    " JOIN report_version v ON v.report_id = s.report_id AND v.version >= s.version"
    f" WHERE p.id = ? AND p.state = 'ready' {_ONCE}"
)
"""Of the version it was sent with and of every newer one: a correction may have overtaken it."""
LOCK_REPORT = Statement(
    "SELECT id FROM report WHERE (unit_id, indicator_id, fiscal_year, quarter) ="
    " (SELECT unit_id, indicator_id, fiscal_year, quarter FROM picture WHERE id = ?) FOR UPDATE"
)
"""The report of a picture, before its evidence: a version stored in that very moment would not be seen."""
LOST = Statement("UPDATE picture SET state = 'failed', reason = ?, attempts = ? WHERE id = ? AND state = 'waiting'")
ATTEMPTED = Statement("UPDATE picture SET attempts = ? WHERE id = ? AND state = 'waiting'")
STATE = Statement("SELECT state FROM picture WHERE id = ?")
LANGUAGE = Statement("SELECT language FROM person WHERE line_user_id = ?")
REPORTS_OF = Statement(
    "SELECT p.id, p.fiscal_year, p.quarter, i.code, u.name, u.name_en FROM picture p"
    " JOIN indicator i ON i.id = p.indicator_id JOIN unit u ON u.id = p.unit_id WHERE p.id IN uuids(?)"
    " ORDER BY p.created_at, p.id"
)

# ── what is let go ──────────────────────────────────────────────────────────────────────────────────────────────────
REMOVED = Statement("SELECT id FROM picture WHERE state = 'removed' ORDER BY id LIMIT 200")
DELETE = Statement("DELETE FROM picture WHERE id = ? AND state = 'removed'")
ABANDON = Statement(
    "UPDATE picture SET state = 'removed' WHERE version_id IS NULL AND state <> 'removed' AND created_at < ?"
    " AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.unit_id = picture.unit_id AND d.indicator_id ="
    " picture.indicator_id AND d.fiscal_year = picture.fiscal_year AND d.quarter = picture.quarter"
    " AND d.finished_at IS NULL AND d.begun_at <= picture.created_at"
    " AND (d.cancelled_at IS NULL OR d.cancelled_at > ?))"
)
