"""Pushes that LINE refused because the month's quota is used up: they ride on the person's next answer instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql
from bot.delivery.outgoing import Outgoing
from bot.reminders import statements


@dataclass(frozen=True, slots=True)
class Refused:
    """A push that nobody asked for, when it was written and when it was refused."""

    message_id: str
    words: str
    written_at: datetime
    at: datetime

    @classmethod
    def of(cls, message: Outgoing, at: datetime) -> Refused:
        return cls(message.id, words_of(message.messages), message.created_at, at)


def words_of(messages: str) -> str:
    """What the messages of a call say; of a card its text for those who cannot see it."""
    read: list[dict[str, Any]] = msgspec.json.decode(messages)
    said = (each.get("text") or each.get("altText") or "" for each in read)
    return "\n".join(each for each in said if each)


async def keep(connection: BaseDBAsyncClient, refused: Mapping[str, Refused]) -> None:
    """In the caller's transaction: a reminder becomes one that was left out, anything else is kept word for word."""
    found = [refused[each] for each in sorted(refused)]
    await sql.write_all(
        connection,
        (
            (statements.KEEP_WORDS, [(sql.packed({"text": it.words}), it.at, it.message_id) for it in found]),
            (statements.UNTELL, [(False, it.written_at, it.message_id) for it in found]),
            (statements.KEEP_PENDING, [(it.at, it.message_id) for it in found]),
            (statements.DROP_REMINDER, [(it.message_id,) for it in found]),
        ),
    )
