"""Rows to be sent that this process did not put there: others wrote them, or whoever held their chats left them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from tortoise.connection import get_connection

from bot import sql
from bot.delivery import statements
from bot.delivery.outgoing import NOT_STORED, Outgoing
from bot.queue.partitions import ALL, Partitions, partition_of

_LOOKS_EVERY = 2.0
"""Seconds between two looks for what other processes and the command line have written to be sent."""
_READ_AT_ONCE = 500
"""Messages that are read with their words by one statement, and rows that are looked through at a stretch."""
_MISSED_FOR = 15.0
"""Seconds after which a row that says `sending`, and is nothing this process knows of, is its own all the same."""

_log = structlog.get_logger()


class LeftBehind:
    """Finds them and puts them into the outbox; `known` are the ids of those that are there already."""

    def __init__(
        self,
        now: Callable[[], datetime],
        partitions: Partitions,
        known: Callable[[], set[str]],
        put: Callable[[Iterable[Outgoing]], None],
    ) -> None:
        self._now = now
        self._partitions = partitions
        self._known = known
        self._put = put
        self._put_meanwhile: set[str] = set()
        self._missed: dict[str, float] = {}
        """Rows that wait or are being sent and are not known here, since when (the loop's time)."""
        self._taking_up = asyncio.Lock()

    def seen(self, message_id: str) -> None:
        """It came into the outbox otherwise, perhaps while rows are read here."""
        self._put_meanwhile.add(message_id)

    async def run(self) -> None:
        """Look every two seconds, until cancelled."""
        while True:
            await asyncio.sleep(_LOOKS_EVERY)
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - the database is away
                _log.warning("outbox.cannot_look", error=type(error).__name__)

    async def look(self) -> None:
        """Take up what others have written for chats of this process: reminders, notices.

        So is, after a while, what a turn wrote whose commit succeeded without saying so: the database went away in it.
        """
        await self.take_up(ALL, sending_after=_MISSED_FOR)

    async def take_up(self, partitions: Collection[int], *, sending_after: float = 0.0) -> None:
        """Put what these partitions' chats have of it into the outbox; what says `sending` after so many seconds."""
        async with self._taking_up:
            known = self._put_meanwhile = self._known()
            at, connection = asyncio.get_running_loop().time(), get_connection("default")
            missed: dict[str, float] = {}
            for number, row in enumerate(await sql.fetch(connection, statements.UNDELIVERED), 1):
                if number % _READ_AT_ONCE == 0:
                    await asyncio.sleep(0)  # a city's reminders wait: whoever writes meanwhile goes first
                name, chat_id = str(row["id"]), row["chat_id"]
                if name not in known and partition_of(chat_id) in partitions and self._partitions.owns(chat_id):
                    missed[name] = self._missed.get(name, at) if row["state"] == "sending" else at - sending_after
            self._missed = missed
            due = [name for name, since in missed.items() if at - since >= sending_after]
            for start in range(0, len(due), _READ_AT_ONCE):
                rows = await sql.fetch(connection, statements.UNDELIVERED_IN_FULL, due[start : start + _READ_AT_ONCE])
                self._put([_restored(row, self._now()) for row in rows if str(row["id"]) not in known])


def _restored(row: Any, now: datetime) -> Outgoing:
    return Outgoing(
        id=str(row["id"]),
        chat_id=row["chat_id"],
        event_id=row["event_id"],
        reply_token=row["reply_token"],
        token_expires_at=now if row["reply_token"] == NOT_STORED else sql.moment(row["token_expires_at"], now.tzinfo),
        retry_key=UUID(str(row["retry_key"])),
        messages=row["messages"],
        state=row["state"],
        created_at=sql.moment(row["created_at"], now.tzinfo) or now,
        position=row["position"],
        attempts=row["attempts"],
        send_by=sql.moment(row["send_by"], now.tzinfo),
        doubtful=row["state"] == "sending",
    )
