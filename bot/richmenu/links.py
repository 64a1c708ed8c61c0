"""Everybody has the menu of their duty: what is not so is found in the database and set right, as often as it takes.

There is no list of jobs. Who joined, was let in, ended or changed a duty, by a code, an import or a date, is found by
the same question, so nothing that fails or is killed on the way is lost: it is found again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import groupby
from typing import Any

import structlog
from tortoise.connection import get_connection

from bot import sql
from bot.backoff import backoff
from bot.database import writing
from bot.line.client import CallFailed
from bot.richmenu import statements
from bot.richmenu.client import USERS_AT_ONCE, RichMenuClient

BULK_FROM = 50
"""So many people who are to have the same menu are linked by one bulk call; LINE allows three an hour."""
LOOKS_EVERY = 30.0
"""Seconds between two looks that nobody asked for: an import, a duty that begins or ends with the day."""
DUTIES = frozenset({"person", "membership", "rich_menu_link"})
"""The tables that say whose menu is which: after a turn that wrote them it is worth looking."""
AT_ONCE = 10
_TAKEN_AT_ONCE = 500
_FIRST_DELAY, _LONGEST_DELAY = 5.0, 600.0

_log = structlog.get_logger()


class MenuLinks:
    """Sets right whose menu is not the one of their duty. `now` gives aware times in the office's zone."""

    def __init__(self, client: RichMenuClient, now: Callable[[], datetime]) -> None:
        self._client = client
        self._now = now
        self._woken = asyncio.Event()
        self._closed = asyncio.Event()

    def wake(self) -> None:
        """Look now: a turn changed somebody's duty."""
        self._woken.set()

    async def run(self) -> None:
        """Look until `close`. While LINE refuses or is away, less and less often."""
        failures = 0
        while not self._closed.is_set():
            self._woken.clear()
            try:
                await self.set_right()
                failures = 0
            except Exception as error:  # noqa: BLE001 - LINE or the database is away; what is due stays due
                failures += 1
                _log.warning("richmenu.not_linked", error=type(error).__name__, status=getattr(error, "status", None))
            # After a failure nobody's change makes the next try come sooner.
            pause = backoff(failures - 1, _FIRST_DELAY, _LONGEST_DELAY) if failures else LOOKS_EVERY
            with suppress(TimeoutError):
                await asyncio.wait_for((self._closed if failures else self._woken).wait(), pause)

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed.is_set()

    def close(self) -> None:
        """Let `run` end after the calls that are under way: what is left is found again by the next process."""
        self._closed.set()
        self._woken.set()

    async def set_right(self) -> int:
        """Link whoever is due; how many were. Raises CallFailed when LINE is away or refuses our token or rate."""
        connection = get_connection("default")
        day = self._now().date()
        rows = await sql.fetch(connection, statements.DUE_LINKS, day, day)
        due = [(str(row["chat_id"]), str(row["wanted"])) for row in rows]
        done = 0
        for menu_id, group in groupby(due, key=lambda each: each[1]):
            done += await self._group([chat_id for chat_id, _ in group], menu_id)
        return done + await self._leave(await sql.fetch(connection, statements.LEFT_LINKS))

    async def _group(self, chat_ids: Sequence[str], menu_id: str) -> int:
        for start in range(0, len(chat_ids), _TAKEN_AT_ONCE):
            some = chat_ids[start : start + _TAKEN_AT_ONCE]
            if len(some) < BULK_FROM or not await self._in_bulk(some, menu_id):
                await self._one_by_one(some, menu_id)
        _log.info("richmenu.linked", people=len(chat_ids), menu=menu_id)
        return len(chat_ids)

    async def _in_bulk(self, chat_ids: Sequence[str], menu_id: str) -> bool:
        """Whether one call did it: not where LINE had its three of this hour, or finds fault with one of the ids."""
        try:
            await self._client.link_many(chat_ids[:USERS_AT_ONCE], menu_id)
        except CallFailed as failed:
            if failed.status not in (400, 404, 429):
                raise
            return False
        await _save([(chat_id, menu_id, "") for chat_id in chat_ids])
        return True

    async def _one_by_one(self, chat_ids: Sequence[str], menu_id: str) -> None:
        """Link each by a call of its own; what was done is kept although another fails."""
        turns = asyncio.Semaphore(AT_ONCE)
        failures: list[CallFailed] = []

        async def one(chat_id: str) -> tuple[str, str, str] | None:
            async with turns:
                if failures or self._closed.is_set():
                    return None
                try:
                    await self._client.link(chat_id, menu_id)
                except CallFailed as failed:
                    if failed.status not in (400, 404):
                        failures.append(failed)
                        return None
                    # Somebody LINE does not know, or a menu that is gone: asked again when the menu is another one.
                    _log.warning("richmenu.refused", chat=chat_id, status=failed.status)
                    return chat_id, "", menu_id
                return chat_id, menu_id, ""

        rows = await asyncio.gather(*(one(chat_id) for chat_id in chat_ids))
        await _save([row for row in rows if row is not None])
        if failures:
            raise failures[0]

    async def _leave(self, rows: Sequence[Any]) -> int:
        """Take the menu from chats that are nobody's any more, and forget their ids."""
        for row in rows:
            with suppress(_Unknown):
                await self._unlinked(str(row["chat_id"]))
            async with writing() as connection:
                await sql.run(connection, statements.DROP_LINK, row["chat_id"])
        return len(rows)

    async def _unlinked(self, chat_id: str) -> None:
        try:
            await self._client.link(chat_id, "")
        except CallFailed as failed:
            if failed.status in (400, 404):
                raise _Unknown from failed
            raise


class _Unknown(Exception):
    """LINE does not know this person (any more)."""


async def _save(rows: Sequence[tuple[str, str, str]]) -> None:
    if rows:
        async with writing() as connection:
            await sql.write(connection, statements.SAVE_LINK, rows)
