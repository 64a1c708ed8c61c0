"""A chat's row: locked as a group of turns begins, saved as the chat's turn ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql, statements
from bot.apply import TurnOf, Writes
from bot.office import newest_revision
from bot.queue.seam import Arrival
from handlers.effects import ForgetPerson, SetReachable, Turn


@dataclass(slots=True)
class Chat:
    """A chat's row under lock, and as it is to be."""

    session: dict[str, Any]
    blocked_at: datetime | None
    unanswered_at: datetime | None


async def lock_chats(
    connection: BaseDBAsyncClient, arrivals: Sequence[Arrival], now: datetime, first: Sequence[sql.Rows]
) -> tuple[dict[str, Chat], dict[str, Any], int]:
    """The chats, locked, by id; the rows of the arrivals that the database has already, by id; the set-up's revision.

    What is to be written `first` may say of a chat that it was left without an answer.
    """
    chat_ids = sorted({each.chat_id for each in arrivals})
    locked, known, revisions = await sql.fetch_all(
        connection,
        (statements.LOCK_CHATS, [chat_ids]),
        (statements.EVENTS, [[each.id for each in arrivals]]),
        (statements.REVISION, []),
        after=[*first, (statements.ADD_CHAT, [(chat_id, "{}", now) for chat_id in chat_ids])],
    )
    chats = {
        row["id"]: Chat(
            session=sql.unpacked(row["session"]),
            blocked_at=sql.moment(row["blocked_at"], now.tzinfo),
            unanswered_at=sql.moment(row["unanswered_at"], now.tzinfo),
        )
        for row in locked
    }
    return chats, {row["id"]: row for row in known}, newest_revision(revisions)


def save_chat(writes: Writes, of: TurnOf, chat: Chat, turn: Turn, *, answered: bool) -> None:
    """As the turn leaves it; nothing where that is as it was."""
    session, blocked_at = turn.session.dump(), chat.blocked_at
    for effect in turn.effects:
        if isinstance(effect, SetReachable):
            blocked_at = None if effect.reachable else blocked_at or of.now
        elif isinstance(effect, ForgetPerson):
            session = {}
    unanswered_at = None if answered else chat.unanswered_at
    if (session, blocked_at, unanswered_at) != (chat.session, chat.blocked_at, chat.unanswered_at):
        writes.add(statements.SAVE_CHAT, sql.packed(session), blocked_at, unanswered_at, of.now, of.chat_id)
