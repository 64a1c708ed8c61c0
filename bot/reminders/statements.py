"""The SQL of reminders and notices: everybody at once, never a statement a person."""

from __future__ import annotations

from bot.sql import Statement, insert
from models.rules.reminders import OUTSTANDING

_REPORTERS = (
    "SELECT p.id, p.line_user_id, p.language, m.unit_id, s.snoozed_to, s.stopped_fiscal_year, s.stopped_quarter,"
    " s.asked_at FROM membership m JOIN person p ON p.id = m.person_id LEFT JOIN chat c ON c.id = p.line_user_id"
    " LEFT JOIN reminder_pause s ON s.person_id = p.id"
    " WHERE m.role IN texts(?) AND m.approved_at IS NOT NULL AND m.valid_from <= ?"
    " AND (m.valid_to IS NULL OR m.valid_to >= ?) AND p.line_user_id IS NOT NULL AND c.blocked_at IS NULL"
)
REPORTERS = Statement(f"{_REPORTERS} ORDER BY p.id, m.unit_id")
REPORTERS_AMONG = Statement(f"{_REPORTERS} AND p.id IN ids(?) ORDER BY p.id, m.unit_id")

_OUTSTANDING = ", ".join(f"'{each.value}'" for each in sorted(OUTSTANDING))
_STANDING = f"SELECT unit_id, indicator_id FROM report WHERE state NOT IN ({_OUTSTANDING})"  # noqa: S608 - our own words
STANDING = Statement(f"{_STANDING} AND fiscal_year = ? AND quarter = ?")
STANDING_OF = Statement(f"{_STANDING} AND fiscal_year = ? AND quarter = ? AND unit_id IN ids(?)")

LAST_RUN = Statement("SELECT MAX(due_at) AS due_at FROM schedule_run WHERE name = ? AND due_at < ?")
SNOOZED_UNTIL_NOW = Statement("SELECT person_id FROM reminder_pause WHERE snoozed_to <= ?")
REMINDED_ON = Statement("SELECT person_id FROM reminder WHERE day = ?")
_IS_LATE = (
    "(state = 'asked' OR EXISTS (SELECT 1 FROM outgoing_message o WHERE o.id = reminder.message_id"
    " AND o.state = 'set_aside' AND o.error = 'late'))"
)
"""Still to be written: what was not sent in time, and what a coordinator asked for."""
REMINDED = Statement(
    f"SELECT person_id, MAX(day) AS day FROM reminder WHERE day >= ? AND NOT {_IS_LATE} GROUP BY person_id"  # noqa: S608
)
"""On which day each was reminded last, whether there was quota for it or not."""
WROTE = Statement(
    "SELECT r.unit_id, v.person_id, MAX(v.submitted_at) AS at FROM report r JOIN report_version v ON v.report_id = r.id"
    " WHERE r.fiscal_year >= ? GROUP BY r.unit_id, v.person_id"
    " UNION ALL SELECT unit_id, holder_id, MAX(updated_at) FROM draft WHERE finished_at IS NULL"
    " AND cancelled_at IS NULL GROUP BY unit_id, holder_id"
)
OPENED = Statement(
    "SELECT unit_id, fiscal_year, quarter, until, decided_at FROM request"
    " WHERE kind = 'unlock' AND state = 'granted' AND until >= ? ORDER BY decided_at, id"
)
LATE = Statement(f"SELECT person_id, day FROM reminder WHERE day >= ? AND {_IS_LATE} ORDER BY day")  # noqa: S608
"""The last of a person is the newest. Grouped by person, SQLite would go through all reminders there ever were."""
TAKE_LATE = Statement(f"DELETE FROM reminder WHERE person_id IN ids(?) AND {_IS_LATE}")  # noqa: S608
ADD_REMINDER = insert(
    "reminder",
    *("id", "person_id", "day", "state", "message_id", "created_at"),
    then="ON CONFLICT (person_id, day) DO NOTHING",
)
ADDED = Statement("SELECT person_id FROM reminder WHERE id IN uuids(?)")
SNOOZED_ENOUGH = Statement("UPDATE reminder_pause SET snoozed_to = NULL WHERE snoozed_to <= ?")

PUSHES = Statement(
    "SELECT state, COUNT(*) AS counted FROM outgoing_message WHERE state IN texts(?) AND created_at >= ?"
    " AND reply_token = '' GROUP BY state"
)

URGENT = Statement(
    "SELECT DISTINCT n.person_id FROM notice n WHERE n.told_at IS NULL AND n.urgent AND n.created_at >= ?"
    " AND (n.last_day IS NULL OR n.last_day >= ?)"
    " AND NOT EXISTS (SELECT 1 FROM notice t WHERE t.person_id = n.person_id AND t.urgent AND t.told_at >= ?)"
    " AND NOT EXISTS (SELECT 1 FROM notice d WHERE d.person_id = n.person_id AND d.kind = 'decided'"
    " AND d.told_at IS NULL AND d.created_at > ?)"
)
"""Who is to be pushed something: one such push a person and day, the rest waits for the next or rides on an answer.

Not while decisions about them still come in: those are told together.
"""
UNTOLD = Statement(
    "SELECT n.id, n.person_id, n.kind, n.data, n.subject, p.line_user_id, p.language, c.blocked_at"
    " FROM notice n JOIN person p ON p.id = n.person_id LEFT JOIN chat c ON c.id = p.line_user_id"
    " WHERE n.person_id IN ids(?) AND n.told_at IS NULL AND (n.last_day IS NULL OR n.last_day >= ?)"
    " ORDER BY n.created_at, n.id"
)
TELL = Statement("UPDATE notice SET told_at = ? WHERE id IN uuids(?) AND told_at IS NULL RETURNING id")
ADD_NOTICE = insert(
    "notice", "id", "person_id", "kind", "subject", "data", "urgent", "created_at", "last_day", "told_at"
)
FORGET_PENDING = Statement("DELETE FROM notice WHERE kind = 'pending' AND told_at IS NULL AND person_id IN ids(?)")
COORDINATORS = Statement(
    "SELECT DISTINCT m.person_id FROM membership m WHERE m.role = 'coordinator' AND m.approved_at IS NOT NULL"
    " AND m.valid_from <= ? AND (m.valid_to IS NULL OR m.valid_to >= ?)"
)

MOVE_ROUND = Statement(
    'UPDATE "round" SET opens = ?, due = ?, closes = ?, review = ?, evaluation = ?'
    " WHERE fiscal_year = ? AND quarter = ?"
)
NO_LONGER_SO = Statement("DELETE FROM notice WHERE kind = ? AND subject = ? AND told_at IS NULL")
"""What was decided, corrected or moved again meanwhile is told to nobody any more."""
LET_IN = Statement(
    "DELETE FROM notice WHERE kind = 'asked' AND told_at IS NULL"
    " AND subject = (SELECT 'member ' || person_id || ' ' || unit_id FROM membership WHERE id = ?)"
)
NO_MEMBER_ANY_MORE = Statement("DELETE FROM notice WHERE kind = 'asked' AND told_at IS NULL AND subject LIKE ?")


_WORDS = {
    "AN_OBJECT": ("'{}'", "'{}'::jsonb"),
    "AS_DAY": ("", "::date"),
    "AS_JSON": ("", "::jsonb"),
    "AS_TIME": ("", "::timestamptz"),
    "CLOSES_KNOWN": ("json_extract(data, '$.closes')", "data ->> 'closes'"),
    "DUE_KNOWN": ("json_extract(data, '$.due')", "data ->> 'due'"),
    "NEW_ID": ("lower(hex(randomblob(16)))", "gen_random_uuid()"),
    "UNTRUE": ("0", "false"),
    "TRULY": ("1", "true"),
}
"""What the two dialects write differently: our word → SQLite's text, PostgreSQL's."""


def _in_both(text: str) -> Statement:
    """A statement with words of `_WORDS` in it."""
    made = Statement(text)
    for word, (sqlite, postgres) in _WORDS.items():
        made.sqlite, made.postgres = made.sqlite.replace(word, sqlite), made.postgres.replace(word, postgres)
    return made


ADD_ROUND_NOTICES = _in_both(
    "INSERT INTO notice (id, person_id, kind, subject, data, urgent, created_at)"
    " SELECT NEW_ID, person_id, 'round', ?, ?AS_JSON, UNTRUE, ?AS_TIME FROM"
    " (SELECT DISTINCT m.person_id FROM membership m JOIN person p ON p.id = m.person_id"
    " LEFT JOIN assignment a ON a.unit_id = m.unit_id AND a.fiscal_year = ?"
    " WHERE p.line_user_id IS NOT NULL AND m.approved_at IS NOT NULL AND (m.valid_to IS NULL OR m.valid_to >= ?)"
    " AND m.person_id <> ? AND m.role = ? AND (m.role <> 'reporter' OR CAST(a.quarters AS TEXT) LIKE ?)"
    " AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.person_id = m.person_id AND n.kind = 'round' AND n.subject = ?"
    " AND n.told_at IS NULL)) AS concerned",
)
"""What the dates were when a person last knew them: of several moves the first has it, and stays until it is told."""
SOONER_THAN_KNOWN = _in_both(
    "UPDATE notice SET urgent = COALESCE(DUE_KNOWN > ?, UNTRUE) OR COALESCE(CLOSES_KNOWN > ?, UNTRUE)"
    " WHERE kind = 'round' AND subject LIKE ? AND told_at IS NULL",
)
"""Pushed where a date that people plan by is sooner than what they know, however it came about."""
ADD_PENDING_BESIDE = _in_both(
    "INSERT INTO notice (id, person_id, kind, subject, data, urgent, created_at, last_day)"
    " SELECT NEW_ID, person_id, 'pending', '', AN_OBJECT, UNTRUE, ?AS_TIME, ?AS_DAY FROM"
    " (SELECT DISTINCT m.person_id FROM membership m JOIN person p ON p.id = m.person_id"
    " LEFT JOIN reminder_pause s ON s.person_id = m.person_id"
    " WHERE m.unit_id IN ids(?) AND m.role IN texts(?) AND m.approved_at IS NOT NULL AND m.valid_from <= ?"
    " AND (m.valid_to IS NULL OR m.valid_to >= ?) AND p.line_user_id IS NOT NULL"
    " AND (s.stopped_quarter IS NULL OR s.stopped_fiscal_year * 10 + s.stopped_quarter < ?)"
    " AND (SELECT COUNT(*) FROM reminder r WHERE r.person_id = m.person_id AND r.day = ?) = 0"
    " AND (SELECT COUNT(*) FROM notice n WHERE n.person_id = m.person_id AND n.kind = 'pending'"
    " AND n.told_at IS NULL) = 0) AS beside",
)
"""Colleagues of those who were reminded see on their next answer what is pending.

Counted, not NOT EXISTS: PostgreSQL keeps the plan that it made while both tables were empty, and would go through all
of the day's reminders for every chunk of people.
"""
ADD_ASKED = _in_both(
    "INSERT INTO notice (id, person_id, kind, subject, data, urgent, created_at)"
    " SELECT NEW_ID, person_id, 'asked', ?, ?AS_JSON, TRULY, ?AS_TIME FROM"
    " (SELECT DISTINCT m.person_id FROM membership m WHERE m.role = 'coordinator' AND m.unit_id = ?"
    " AND m.approved_at IS NOT NULL AND m.valid_from <= ? AND (m.valid_to IS NULL OR m.valid_to >= ?)"
    " AND m.person_id <> ? AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.person_id = m.person_id"
    " AND n.kind = 'asked' AND n.subject = ? AND n.told_at IS NULL)) AS concerned",
)
"""Something waits for the coordinators of a unit, each thing once."""
REVIEW_TOLD = Statement("SELECT DISTINCT person_id FROM notice WHERE kind = 'review' AND created_at > ?")

# ── pushes that LINE refused because the month's quota is used up ───────────────────────────────────────────────────
KEEP_WORDS = _in_both(
    "INSERT INTO notice (id, person_id, kind, subject, data, urgent, created_at)"
    " SELECT NEW_ID, p.id, 'kept', '', ?AS_JSON, UNTRUE, ?AS_TIME FROM outgoing_message o"
    " JOIN person p ON p.line_user_id = o.chat_id WHERE o.id = ?"
    " AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.message_id = o.id)",
)
UNTELL = Statement(
    "UPDATE notice SET told_at = NULL, urgent = ? WHERE told_at = ?"
    " AND person_id IN (SELECT person_id FROM reminder WHERE message_id = ?)"
)
"""What stood at the head of a reminder was not told either."""
KEEP_PENDING = _in_both(
    "INSERT INTO notice (id, person_id, kind, subject, data, urgent, created_at)"
    " SELECT NEW_ID, r.person_id, 'pending', '', AN_OBJECT, UNTRUE, ?AS_TIME FROM reminder r WHERE r.message_id = ?"
    " AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.person_id = r.person_id AND n.kind = 'pending'"
    " AND n.told_at IS NULL)",
)
DROP_REMINDER = Statement("UPDATE reminder SET state = 'dropped', message_id = NULL WHERE message_id = ?")
STOPPED = Statement(
    "SELECT DISTINCT p.name, s.stopped_fiscal_year, s.stopped_quarter FROM reminder_pause s"
    " JOIN person p ON p.id = s.person_id JOIN membership m ON m.person_id = p.id"
    " WHERE m.unit_id IN ids(?) AND s.stopped_quarter IS NOT NULL AND m.role IN texts(?) AND m.approved_at IS NOT NULL"
    " AND m.valid_from <= ? AND (m.valid_to IS NULL OR m.valid_to >= ?) ORDER BY p.name"
)

# ── in a turn ───────────────────────────────────────────────────────────────────────────────────────────────────────
NOTICES = Statement(
    "SELECT id, person_id, kind, data, subject FROM notice"
    " WHERE person_id IN (SELECT p.id FROM person p WHERE p.line_user_id IN texts(?)) AND told_at IS NULL"
    " AND (last_day IS NULL OR last_day >= ?) ORDER BY created_at, id"
)
TOLD = Statement("UPDATE notice SET told_at = ? WHERE id = ?")
SET_REMINDERS = insert(
    "reminder_pause",
    *("person_id", "snoozed_to", "stopped_fiscal_year", "stopped_quarter", "asked_at"),
    then="ON CONFLICT (person_id) DO UPDATE SET snoozed_to = excluded.snoozed_to,"
    " stopped_fiscal_year = excluded.stopped_fiscal_year, stopped_quarter = excluded.stopped_quarter,"
    " asked_at = excluded.asked_at",
)
FORGET_PAUSE = Statement("DELETE FROM reminder_pause WHERE person_id = ?")
FORGET_REMINDERS = Statement("DELETE FROM reminder WHERE person_id = ?")
FORGET_NOTICES = Statement("DELETE FROM notice WHERE person_id = ?")
TURN_ORDER = (
    *(SET_REMINDERS, TOLD, MOVE_ROUND, NO_LONGER_SO, LET_IN, NO_MEMBER_ANY_MORE),
    *(ADD_ROUND_NOTICES, SOONER_THAN_KNOWN, ADD_ASKED, ADD_NOTICE, ADD_REMINDER),
)
"""How a group of turns writes them."""
FORGET_ORDER = (FORGET_PAUSE, FORGET_REMINDERS, FORGET_NOTICES)
