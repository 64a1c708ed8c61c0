"""The SQL of a turn, in the way of `bot.sql`: chats and events, what a turn may know, and what it changes."""

from __future__ import annotations

from bot.sql import Statement, insert

# ── chats and their events ──────────────────────────────────────────────────────────────────────────────────────────
ADD_CHAT = insert("chat", "id", "session", "updated_at", then="ON CONFLICT (id) DO NOTHING")
LOCK_CHATS = Statement(
    "SELECT id, session, blocked_at, unanswered_at FROM chat WHERE id IN texts(?) ORDER BY id FOR UPDATE"
)
SAVE_CHAT = Statement("UPDATE chat SET session = ?, blocked_at = ?, unanswered_at = ?, updated_at = ? WHERE id = ?")
EVENTS = Statement("SELECT id, state, attempts FROM webhook_event WHERE id IN texts(?)")
_EVENT = ("id", "chat_id", "message_id", "occurred_at", "received_at", "payload", "state", "attempts", "error")
SAVE_EVENT = insert(
    "webhook_event",
    *_EVENT,
    then="ON CONFLICT (id) DO UPDATE SET state = excluded.state, attempts = excluded.attempts, error = excluded.error,"
    " payload = CASE WHEN excluded.payload = '{}' THEN excluded.payload ELSE webhook_event.payload END",
)
KEEP_EVENT = insert(
    "webhook_event",
    *_EVENT,
    then="ON CONFLICT (id) DO NOTHING",
)
"""An event that waits for its turn."""
UNSEND = Statement("UPDATE webhook_event SET payload = '{}' WHERE chat_id = ? AND message_id = ?")

# ── facts ───────────────────────────────────────────────────────────────────────────────────────────────────────────
PEOPLE = Statement(
    "SELECT id, line_user_id, name, position, language, notice_acknowledged_at, shared_account"
    " FROM person WHERE line_user_id IN texts(?)"
)
MEMBERSHIPS = Statement(
    "SELECT m.id, m.person_id, m.unit_id, m.role, m.valid_from, m.valid_to, m.approved_at, a.name AS acting_for"
    " FROM membership m LEFT JOIN person a ON a.id = m.acting_for_id"
    " WHERE m.person_id IN (SELECT p.id FROM person p WHERE p.line_user_id IN texts(?))"
    " AND (m.valid_to IS NULL OR m.valid_to >= ?) ORDER BY m.id"
)
_SUMMARY = (
    "SELECT r.id, r.unit_id, r.indicator_id, r.fiscal_year, r.quarter, r.number, r.version, r.state, v.result,"
    " v.zero_reason, v.submitted_at, v.late, v.reporter_name, v.message_ids, r.accepted_version, v.on_behalf_of"
)
_AS_IT_IS = "FROM report r JOIN report_version v ON v.report_id = r.id AND v.version = r.version"
REPORTS = Statement(f"{_SUMMARY} {_AS_IT_IS} WHERE r.unit_id IN ids(?) AND r.fiscal_year IN ids(?)")
_IN_FULL = (
    "SELECT r.unit_id, r.indicator_id, r.fiscal_year, r.quarter, r.number, v.version, r.state, v.id AS version_id,"
    " v.answer, v.result, v.zero_reason, v.narrative, v.explanation, v.submitted_at, v.late, v.reporter_name,"
    " v.message_ids, r.accepted_version, v.on_behalf_of FROM report r JOIN report_version v ON v.report_id = r.id"
)
FULL_REPORTS = Statement(
    f"{_IN_FULL} AND v.version = r.version"
    " WHERE r.unit_id IN ids(?) AND r.indicator_id IN ids(?) AND r.fiscal_year IN ids(?)"
)
ALL_VERSIONS = Statement(
    f"{_IN_FULL} WHERE r.unit_id IN ids(?) AND r.indicator_id IN ids(?) AND r.fiscal_year IN ids(?) ORDER BY v.version"
)
PARTS = Statement(
    f"{_IN_FULL} AND v.version = r.version JOIN indicator i ON i.id = r.indicator_id"
    " WHERE r.indicator_id IN ids(?) AND r.fiscal_year IN ids(?) AND r.unit_id <> i.owner_id"
    " AND r.state <> 'withdrawn' ORDER BY r.number"
)
WARNINGS = Statement("SELECT version_id, rule, data FROM report_warning WHERE version_id IN uuids(?) ORDER BY rule")
OPENINGS = Statement(
    "SELECT unit_id, indicator_id, fiscal_year, quarter, kind, until FROM request"
    " WHERE unit_id IN ids(?) AND state = 'granted' AND kind IN ('unlock', 'edit') AND until >= ? ORDER BY at"
)
REVIEW_QUEUE = Statement(
    f"{_SUMMARY}, v.person_id, (SELECT COUNT(*) FROM report_warning w WHERE w.version_id = v.id) AS warnings"  # noqa: S608 - our own words
    f" {_AS_IT_IS} WHERE r.unit_id IN ids(?) AND r.fiscal_year IN ids(?) AND r.state IN ('submitted', 'resubmitted')"
    " ORDER BY v.submitted_at, r.number"
)
LAST_RETURNS = Statement(
    "SELECT r.unit_id, r.indicator_id, r.fiscal_year, r.quarter, w.version, w.reason, w.question, w.at,"
    " p.name AS coordinator FROM report r JOIN review w ON w.report_id = r.id JOIN person p ON p.id = w.person_id"
    " WHERE r.unit_id IN ids(?) AND r.fiscal_year IN ids(?) AND w.decision = 'returned' ORDER BY w.at"
)
_RECIPIENT = (
    "SELECT p.id AS person_id, p.name, p.language,"
    " (p.line_user_id IS NOT NULL AND c.id IS NOT NULL AND c.blocked_at IS NULL) AS reachable"
)
REPORTERS_OF = Statement(
    f"{_RECIPIENT}, m.unit_id FROM membership m JOIN person p ON p.id = m.person_id"
    " LEFT JOIN chat c ON c.id = p.line_user_id WHERE m.unit_id IN ids(?) AND m.role = 'reporter'"
    " AND m.approved_at IS NOT NULL AND m.valid_from <= ? AND (m.valid_to IS NULL OR m.valid_to >= ?) ORDER BY m.id"
)
AUTHORS_OF = Statement(
    f"{_RECIPIENT}, r.unit_id, r.indicator_id, r.fiscal_year, r.quarter FROM report r"
    " JOIN report_version v ON v.report_id = r.id AND v.version = r.version JOIN person p ON p.id = v.person_id"
    " LEFT JOIN chat c ON c.id = p.line_user_id WHERE r.unit_id IN ids(?) AND r.fiscal_year IN ids(?)"
)
COORDINATORS = Statement(
    "SELECT m.id, m.person_id, m.unit_id, m.role, m.valid_from, m.valid_to, m.approved_at, '' AS acting_for,"
    " c.id AS chat_id, p.language FROM membership m JOIN person p ON p.id = m.person_id"
    " JOIN chat c ON c.id = p.line_user_id WHERE m.role = 'coordinator' AND m.approved_at IS NOT NULL"
    " AND m.valid_from <= ? AND (m.valid_to IS NULL OR m.valid_to >= ?) AND c.blocked_at IS NULL ORDER BY m.id"
)
WAITING_REQUESTS = Statement(
    f"{_RECIPIENT}, q.id, q.kind, q.unit_id, q.indicator_id, q.fiscal_year, q.quarter, q.reason, q.data, q.at"
    " FROM request q JOIN person p ON p.id = q.person_id LEFT JOIN chat c ON c.id = p.line_user_id"
    " WHERE q.unit_id IN ids(?) AND q.state = 'waiting' ORDER BY q.at"
)
SUB_MEASURES = Statement(
    "SELECT s.version_id, m.code, s.value FROM sub_measure_result s JOIN sub_measure m ON m.id = s.sub_measure_id"
    " WHERE s.version_id IN uuids(?) ORDER BY m.id"
)
DRAFTS = Statement(
    "SELECT d.unit_id, d.indicator_id, d.fiscal_year, d.quarter, d.answers, d.revision, d.base_version, d.begun_by_id,"
    " b.name AS begun_by_name, d.begun_at, d.holder_id, h.name AS holder_name, d.updated_at, d.cancelled_at"
    " FROM draft d JOIN person b ON b.id = d.begun_by_id JOIN person h ON h.id = d.holder_id"
    " WHERE d.unit_id IN ids(?) AND d.finished_at IS NULL AND (d.cancelled_at IS NULL OR d.cancelled_at > ?)"
)
WRONG_CODES = Statement("SELECT chat_id, at FROM wrong_code WHERE chat_id IN texts(?) AND at > ? ORDER BY at")
HIGHEST_NUMBERS = Statement(
    "SELECT q.fiscal_year, q.quarter, (SELECT MAX(r.number) FROM report r WHERE r.fiscal_year = q.fiscal_year"
    ' AND r.quarter = q.quarter) AS highest FROM "round" q WHERE q.fiscal_year IN ids(?)'
)
INVITATIONS = Statement(
    "SELECT id, code_hash, role, uses_allowed, uses, expires_at, needs_approval, valid_to, name, position"
    " FROM invitation WHERE code_hash IN texts(?)"
)
INVITATION_UNITS = Statement(
    "SELECT invitation_id, unit_id FROM invitation_unit WHERE invitation_id IN ids(?) ORDER BY id"
)
LINKED_GROUPS = Statement("SELECT chat_id, unit_id FROM group_chat WHERE chat_id IN texts(?)")
GROUP_OFFER = Statement("SELECT id, unit_id FROM group_chat WHERE code_hash = ? AND chat_id IS NULL AND expires_at > ?")
GROUPS_OFFERED = Statement("SELECT COUNT(*) AS offered FROM group_chat WHERE chat_id IS NULL AND expires_at > ?")
EVALUATIONS = Statement(
    "SELECT e.id, e.indicator_id, e.fiscal_year, e.quarter, e.version, e.overall, e.comment, e.evaluated_at"
    " FROM evaluation e"
    " WHERE e.indicator_id IN ids(?) AND e.fiscal_year IN ids(?) AND e.version = (SELECT MAX(n.version) FROM evaluation"
    " n WHERE n.indicator_id = e.indicator_id AND n.fiscal_year = e.fiscal_year AND n.quarter = e.quarter)"
    " ORDER BY e.fiscal_year, e.quarter"
)
EVALUATION_SCORES = Statement(
    "SELECT s.evaluation_id, c.code, s.score FROM evaluation_score s JOIN criterion c ON c.id = s.criterion_id"
    " WHERE s.evaluation_id IN uuids(?)"
)
COUNT_MESSAGES = Statement(
    "SELECT chat_id, COUNT(*) AS kept FROM webhook_event WHERE chat_id IN texts(?) AND payload <> '{}' GROUP BY chat_id"
)
COUNT_VERSIONS = Statement(
    "SELECT person_id, COUNT(*) AS kept FROM report_version WHERE person_id IN ids(?) GROUP BY person_id"
)
COUNT_DRAFTS = Statement(
    "SELECT holder_id, COUNT(*) AS kept FROM draft WHERE holder_id IN ids(?) AND finished_at IS NULL GROUP BY holder_id"
)
COUNT_ABOUT = Statement(
    "SELECT p.id, (SELECT COUNT(*) FROM review w WHERE w.person_id = p.id) AS reviews,"
    " (SELECT COUNT(*) FROM request q WHERE q.person_id = p.id) AS requests,"
    " (SELECT COUNT(*) FROM notice n WHERE n.person_id = p.id AND n.told_at IS NULL) AS notices,"
    " (SELECT COUNT(*) FROM reminder_pause s WHERE s.person_id = p.id"
    " AND (s.snoozed_to IS NOT NULL OR s.stopped_quarter IS NOT NULL)) AS pauses"
    " FROM person p WHERE p.id IN ids(?)"
)
RECIPIENTS = Statement(
    "SELECT p.id, c.id AS chat_id, EXISTS (SELECT 1 FROM notice n WHERE n.person_id = p.id AND n.kind = 'decided'"
    " AND n.created_at > ?) AS told FROM person p JOIN chat c ON c.id = p.line_user_id"
    " WHERE p.id IN ids(?) AND c.blocked_at IS NULL"
)

# ── what a turn changes, checked under lock and then written ────────────────────────────────────────────────────────
LOCK_DRAFTS = Statement(
    "SELECT id, unit_id, indicator_id, fiscal_year, quarter, revision, finished_at, cancelled_at FROM draft"
    " WHERE unit_id IN ids(?) AND fiscal_year IN ids(?) ORDER BY id FOR UPDATE"
)
LOCK_REPORTS = Statement(
    "SELECT id, unit_id, indicator_id, fiscal_year, quarter, number, version, state FROM report"
    " WHERE unit_id IN ids(?) AND fiscal_year IN ids(?) ORDER BY id FOR UPDATE"
)
LOCK_INVITATIONS = Statement(
    "SELECT id, role, uses_allowed, uses, expires_at, needs_approval, valid_to, acting_for_id FROM invitation"
    " WHERE id IN ids(?) ORDER BY id FOR UPDATE"
)
LOCK_WAITING = Statement(
    "SELECT id FROM membership WHERE id IN ids(?) AND approved_at IS NULL AND (valid_to IS NULL OR valid_to >= ?)"
    " ORDER BY id FOR UPDATE"
)
LOCK_REQUESTS = Statement("SELECT id, state FROM request WHERE id IN uuids(?) ORDER BY id FOR UPDATE")
ADD_PERSON = insert(
    "person", "line_user_id", "name", "position", "language", "notice_acknowledged_at", "shared_account", "created_at"
)
SAVE_PERSON = Statement(
    "UPDATE person SET name = ?, position = ?, language = ?, shared_account = ?,"
    " notice_acknowledged_at = COALESCE(notice_acknowledged_at, ?)"
    " WHERE id = ?"
)
REVISION = Statement("SELECT setup_revision FROM installation")
RAISE_REVISION = Statement("UPDATE installation SET setup_revision = setup_revision + ? WHERE id = 1")
WAITING_MEMBERS = Statement(
    "SELECT m.id, m.unit_id, m.role, p.id AS person_id, p.name, p.position, p.language,"
    " (SELECT MIN(h.id) FROM membership h JOIN person q"
    " ON q.id = h.person_id WHERE h.unit_id = m.unit_id AND h.role = m.role AND h.approved_at IS NOT NULL"
    " AND (h.valid_to IS NULL OR h.valid_to >= ?) AND q.id <> p.id AND q.name = p.name AND q.name <> ''"
    " AND NOT q.shared_account) AS same_person FROM membership m JOIN person p ON p.id = m.person_id"
    " WHERE m.unit_id IN ids(?) AND m.approved_at IS NULL AND (m.valid_to IS NULL OR m.valid_to >= ?) ORDER BY m.id"
)
APPROVE = Statement("UPDATE membership SET approved_at = ? WHERE id = ? AND approved_at IS NULL")
USE_INVITATION = Statement("UPDATE invitation SET uses = uses + 1 WHERE id = ?")
ADD_MEMBERSHIP = insert(
    "membership",
    "person_id",
    "unit_id",
    "role",
    "valid_from",
    "invitation_id",
    "approved_at",
    "valid_to",
    "acting_for_id",
    # Begun twice on one day: the later duty is the longer one, see `held_until`.
    then="ON CONFLICT (person_id, unit_id, role, valid_from) DO UPDATE SET invitation_id = excluded.invitation_id,"
    " approved_at = excluded.approved_at, valid_to = excluded.valid_to, acting_for_id = excluded.acting_for_id",
)
ADD_WRONG_CODE = insert("wrong_code", "chat_id", "at")
SAVE_DRAFT = insert(
    "draft",
    *("id", "unit_id", "indicator_id", "fiscal_year", "quarter", "answers", "revision", "base_version"),
    *("begun_by_id", "begun_at", "holder_id", "updated_at"),
)
CONTINUE_DRAFT = Statement(
    "UPDATE draft SET answers = ?, revision = ?, base_version = ?, holder_id = ?, updated_at = ?, cancelled_at = NULL"
    " WHERE id = ?"
)
BEGIN_DRAFT_AGAIN = Statement(
    "UPDATE draft SET answers = ?, revision = ?, base_version = ?, begun_by_id = ?, begun_at = ?, holder_id = ?,"
    " updated_at = ?, cancelled_at = NULL, finished_at = NULL WHERE id = ?"
)
CANCEL_DRAFT = Statement("UPDATE draft SET cancelled_at = ?, revision = ?, updated_at = ? WHERE id = ?")
FINISH_DRAFT = Statement("UPDATE draft SET finished_at = ?, updated_at = ? WHERE id = ?")
ADD_REPORT = insert("report", "id", "unit_id", "indicator_id", "fiscal_year", "quarter", "number", "version", "state")
RAISE_REPORT = Statement("UPDATE report SET version = ?, state = ? WHERE id = ?")
WITHDRAW_REPORT = Statement("UPDATE report SET state = ?, accepted_version = NULL WHERE id = ?")
RETURN_REPORT = Statement("UPDATE report SET state = 'returned' WHERE id = ?")
ACCEPT_REPORT = Statement("UPDATE report SET state = 'accepted', accepted_version = ? WHERE id = ?")
ADD_REVIEW = insert("review", "id", "report_id", "version", "decision", "reason", "question", "person_id", "at")
USE_EDITS = Statement(
    "UPDATE request SET state = 'used' WHERE kind = 'edit' AND state = 'granted' AND unit_id = ?"
    " AND indicator_id = ? AND fiscal_year = ? AND quarter = ?"
)
"""What was let be changed is accepted again: another change is asked for anew."""
ADD_REQUEST = insert(
    "request",
    *("id", "kind", "unit_id", "indicator_id", "fiscal_year", "quarter", "person_id", "reason", "data", "state", "at"),
    "answer",
)
DECIDE_REQUEST = Statement(
    "UPDATE request SET state = ?, until = ?, decided_by_id = ?, decided_at = ?, answer = ? WHERE id = ?"
)
ADD_ACTIVITY = insert(
    "activity",
    *("unit_id", "indicator_id", "fiscal_year", "valid_from", "text", "document_number", "reason"),
    then="ON CONFLICT (indicator_id, unit_id, fiscal_year, valid_from)"
    " DO UPDATE SET text = excluded.text, document_number = excluded.document_number, reason = excluded.reason",
)
ADD_TARGET = insert(
    "target",
    *("unit_id", "indicator_id", "fiscal_year", "valid_from", "value", "text", "document_number", "reason"),
    then="ON CONFLICT (indicator_id, unit_id, fiscal_year, valid_from) DO UPDATE SET value = excluded.value,"
    " text = excluded.text, document_number = excluded.document_number, reason = excluded.reason",
)
END_MEMBERSHIP = Statement("UPDATE membership SET valid_to = ? WHERE id = ? AND (valid_to IS NULL OR valid_to > ?)")
ADD_VERSION = insert(
    "report_version",
    *("id", "report_id", "version", "answer", "result", "zero_reason", "narrative", "explanation", "submitted_at"),
    *("late", "person_id", "reporter_name", "reporter_position", "on_behalf_of", "message_ids"),
)
ADD_SUB_MEASURE = insert("sub_measure_result", "id", "version_id", "sub_measure_id", "value")
ADD_WARNING = insert("report_warning", "id", "version_id", "rule", "data")
ADD_GROUP = insert("group_chat", "unit_id", "code_hash", "expires_at", "linked_by_id")
UNLINK_GROUP = Statement("DELETE FROM group_chat WHERE chat_id = ?")
LINK_GROUP = Statement("UPDATE group_chat SET chat_id = ?, linked_at = ? WHERE id = ? AND chat_id IS NULL")
# No row is locked for these: two who evaluate the same quarter at once meet at the unique key, and one is asked again.
ADD_EVALUATION = insert(
    "evaluation",
    *("id", "indicator_id", "fiscal_year", "quarter", "version", "overall", "comment", "person_id", "evaluated_at"),
)
ADD_EVALUATION_SCORE = insert("evaluation_score", "id", "evaluation_id", "criterion_id", "score")
ADD_AUDIT = insert("audit_entry", "id", "at", "actor_id", "action", "subject", "before", "after")
CHANGE_ORDER = (
    *(SAVE_PERSON, USE_INVITATION, ADD_MEMBERSHIP, APPROVE, RAISE_REVISION, ADD_WRONG_CODE),
    *(SAVE_DRAFT, CONTINUE_DRAFT, BEGIN_DRAFT_AGAIN, CANCEL_DRAFT, FINISH_DRAFT),
    *(ADD_REPORT, RAISE_REPORT, WITHDRAW_REPORT, ADD_VERSION, ADD_SUB_MEASURE, ADD_WARNING),
    *(RETURN_REPORT, ACCEPT_REPORT, ADD_REVIEW, USE_EDITS, ADD_REQUEST, DECIDE_REQUEST),
    *(ADD_ACTIVITY, ADD_TARGET, END_MEMBERSHIP),
    *(ADD_GROUP, UNLINK_GROUP, LINK_GROUP),
    *(ADD_EVALUATION, ADD_EVALUATION_SCORE),
)
"""How a group of turns writes them; ADD_PERSON goes before, the others need its id."""

# ── forgetting a person: the office's versions stay ─────────────────────────────────────────────────────────────────
FORGET_PERSON = Statement("UPDATE person SET line_user_id = NULL, name = '', position = '' WHERE id = ?")
END_MEMBERSHIPS = Statement(
    "UPDATE membership SET valid_to = ? WHERE person_id = ? AND (valid_to IS NULL OR valid_to > ?)"
)
FORGET_INVITATIONS = Statement(
    "UPDATE invitation SET name = '', position = ''"
    " WHERE id IN (SELECT invitation_id FROM membership WHERE person_id = ?)"
)
"""Name and position that a set-up file gave with the code the person joined with."""
FORGET_EVENTS = Statement("UPDATE webhook_event SET payload = '{}', chat_id = '', message_id = '' WHERE chat_id = ?")
FORGET_CHAT = Statement("DELETE FROM chat WHERE id = ?")
FORGET_OUTGOING = Statement(
    "UPDATE outgoing_message SET messages = '[]', chat_id = ''"
    " WHERE chat_id = ? AND state NOT IN ('waiting', 'sending')"
)
FORGET_WRONG_CODES = Statement("DELETE FROM wrong_code WHERE chat_id = ?")
FORGET_AUDIT = Statement("UPDATE audit_entry SET before = NULL, after = NULL WHERE subject = ?")
FORGET_ORDER = (
    *(FORGET_EVENTS, FORGET_OUTGOING, FORGET_WRONG_CODES, FORGET_AUDIT, FORGET_CHAT),
    *(END_MEMBERSHIPS, FORGET_INVITATIONS, FORGET_PERSON),
)
