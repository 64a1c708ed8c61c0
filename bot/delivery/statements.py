"""The SQL of messages on their way, in the way of `bot.sql`."""

from __future__ import annotations

from bot.sql import Statement, insert

ADD_OUTGOING = insert(
    "outgoing_message",
    *("id", "chat_id", "event_id", "reply_token", "token_expires_at", "retry_key", "messages", "state"),
    *("created_at", "position", "attempts", "request_id", "error", "send_by"),
)
SAVE_OUTGOING = Statement(
    "UPDATE outgoing_message SET state = ?, reply_token = ?, attempts = ?, finished_at = ?, request_id = ?, error = ?"
    " WHERE id = ?"
)
UNDELIVERED = Statement(
    "SELECT id, chat_id, state FROM outgoing_message WHERE state IN ('waiting', 'sending')"
    " ORDER BY created_at, position"
)
UNDELIVERED_IN_FULL = Statement(
    "SELECT id, chat_id, event_id, reply_token, token_expires_at, retry_key, messages, state, attempts, created_at,"
    " position, send_by FROM outgoing_message WHERE id IN uuids(?) AND state IN ('waiting', 'sending')"
    " ORDER BY created_at, position"
)
UNANSWERED = Statement("UPDATE chat SET unanswered_at = ? WHERE id = ? AND unanswered_at IS NULL")
"""Who can be told something, where, and whether anything was decided for them since a moment."""
BLOCKED = Statement("SELECT blocked_at FROM chat WHERE id = ?")
