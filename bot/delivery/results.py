"""What became of messages, until it is written: taken along by a group of turns, or in a transaction of its own."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import structlog
from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql
from bot.database import writing
from bot.delivery import statements
from bot.delivery.outgoing import Outgoing
from bot.reminders.refused import Refused, keep

_WRITE_AFTER = 0.2
"""Seconds that results wait for a group of turns to take them into its commit."""

_log = structlog.get_logger()


class Results:
    """What became of messages, not written yet: the newest state of each, and chats left without an answer."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[Any, ...]] = {}
        self.unanswered: dict[str, datetime] = {}
        self.refused: dict[str, Refused] = {}
        """Pushes that nobody asked for and that the quota did not reach for."""

    def __bool__(self) -> bool:
        return bool(self.rows or self.unanswered or self.refused)

    async def write(self, connection: BaseDBAsyncClient) -> None:
        """Write them in the caller's transaction."""
        await sql.write_all(connection, self.rows_to_write())
        await self.keep_refused(connection)

    def rows_to_write(self) -> list[sql.Rows]:
        """All but what the quota refused."""
        messages = [self.rows[name] for name in sorted(self.rows)]
        chats = [(self.unanswered[chat_id], chat_id) for chat_id in sorted(self.unanswered)]
        return [
            (statement, rows)
            for statement, rows in ((statements.SAVE_OUTGOING, messages), (statements.UNANSWERED, chats))
            if rows
        ]

    async def keep_refused(self, connection: BaseDBAsyncClient) -> None:
        """What the quota refused becomes a notice."""
        if self.refused:
            await keep(connection, self.refused)


class Unwritten:
    """The results that are still to be written, and what writes them."""

    def __init__(self) -> None:
        self._results = Results()
        self._there_are = asyncio.Event()
        self._flushing = asyncio.Lock()
        self._to_mark: list[Outgoing] = []
        self._marking = asyncio.Lock()

    @property
    def messages(self) -> set[str]:
        """The ids of the messages they are of."""
        return set(self._results.rows)

    def note(self, message: Outgoing, error: str = "", request_id: str = "", at: datetime | None = None) -> None:
        """The message's state is to be written; `at`: it is done with since then."""
        row = (message.state, message.stored_token, message.attempts, at, request_id[:100], error, message.id)
        self._results.rows[message.id] = row
        self._there_are.set()

    def unanswered(self, chat_id: str, at: datetime) -> None:
        """The chat was left without an answer."""
        self._results.unanswered[chat_id] = at

    def refused(self, message: Outgoing, at: datetime) -> None:
        """The quota did not reach for this push, which nobody asked for."""
        self._results.refused[message.id] = Refused.of(message, at)

    def take(self) -> Results:
        """What is to be written; the caller writes it in its transaction, or gives it back."""
        taken, self._results = self._results, Results()
        self._there_are.clear()
        return taken

    def give_back(self, results: Results) -> None:
        """The transaction failed: these are still to be written. What came since is newer."""
        if results:
            self._results.rows = {**results.rows, **self._results.rows}
            self._results.unanswered = {**results.unanswered, **self._results.unanswered}
            self._results.refused = {**results.refused, **self._results.refused}
            self._there_are.set()

    async def flush(self) -> None:
        """Write the results now, in a transaction of their own."""
        async with self._flushing:
            results = self.take()
            if not results:
                return
            try:
                async with writing() as connection:
                    await results.write(connection)
            except BaseException:
                self.give_back(results)
                raise

    async def run(self) -> None:
        """Write what no group of turns took along. Shielded: a transaction is never cancelled half-way."""
        while True:
            await self._there_are.wait()
            await asyncio.sleep(_WRITE_AFTER)
            try:
                await asyncio.shield(asyncio.ensure_future(self.flush()))
            except Exception as error:  # noqa: BLE001 - the database is away; the results stay here
                _log.warning("outbox.not_written", error=type(error).__name__)
                await asyncio.sleep(1)

    async def mark_sending(self, message: Outgoing) -> None:
        """Commit that a reply is about to be tried, together with the others that are: a restart must not push it."""
        self._to_mark.append(message)
        async with self._marking:
            if message not in self._to_mark:
                return
            batch, self._to_mark = self._to_mark, []
            rows = [("sending", each.stored_token, each.attempts, None, "", "", each.id) for each in batch]
            try:
                async with writing() as connection:
                    await sql.write(connection, statements.SAVE_OUTGOING, rows)
            except BaseException:
                self._to_mark = [each for each in batch if each is not message] + self._to_mark
                raise
            for each in batch:
                each.state = "sending"
                self._results.rows.pop(each.id, None)
