"""The SQL of pictures, in the way of `bot.sql`: what a turn writes, and what the fetching of a picture writes."""

from __future__ import annotations

from bot.sql import Statement, insert

_OF_DRAFT = "unit_id = ? AND indicator_id = ? AND fiscal_year = ? AND quarter = ? AND version_id IS NULL"
_INTO_EVIDENCE = "INSERT INTO evidence (id, version_id, message_id, content_type, size, sha256, path, public)"
_AS_EVIDENCE = "SELECT id, version_id, message_id, content_type, size, sha256, path, FALSE FROM picture"
# The same picture sent twice is one evidence: the version and the sum of the bytes are unique.
_ONCE = "ON CONFLICT DO NOTHING"

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
FORGET_PICTURES = Statement("UPDATE picture SET chat_id = '' WHERE chat_id = ?")
COUNT_PICTURES = Statement(
    "SELECT unit_id, indicator_id, fiscal_year, quarter, state, version_id IS NOT NULL AS sent, COUNT(*) AS pictures"
    " FROM picture WHERE unit_id IN ids(?) AND fiscal_year IN ids(?) AND state <> 'removed'"
    " GROUP BY unit_id, indicator_id, fiscal_year, quarter, state, version_id IS NOT NULL"
)
TURN_ORDER = (ADD_PICTURE, DROP_PICTURE, UNSEND_PICTURE, SUBMIT_PICTURES, ADD_EVIDENCE, FORGET_PICTURES)
"""For `bot.apply`: in this order, after the versions are written."""

# ── while it is fetched ─────────────────────────────────────────────────────────────────────────────────────────────
WAITING = Statement(
    "SELECT id, chat_id, message_id, attempts, created_at FROM picture WHERE state = 'waiting'"
    " ORDER BY created_at, id LIMIT 1000"
)
KEPT = Statement(
    "UPDATE picture SET state = 'ready', attempts = ?, content_type = ?, size = ?, width = ?, height = ?, sha256 = ?,"
    " path = ? WHERE id = ? AND state = 'waiting'"
)
ADD_LATE_EVIDENCE = Statement(f"{_INTO_EVIDENCE} {_AS_EVIDENCE} WHERE id = ? AND version_id IS NOT NULL {_ONCE}")
LOST = Statement("UPDATE picture SET state = 'failed', reason = ?, attempts = ? WHERE id = ? AND state = 'waiting'")
ATTEMPTED = Statement("UPDATE picture SET attempts = ? WHERE id = ? AND state = 'waiting'")
STATE = Statement("SELECT state FROM picture WHERE id = ?")
LANGUAGE = Statement("SELECT language FROM person WHERE line_user_id = ?")

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
