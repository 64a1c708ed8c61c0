"""One question to the database for all who ask it at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


class Shared:
    """Answers that many wait for, found out once.

    Who asks while a question is under way waits for the next one, which sees everything that was stored before they
    asked; nobody gets an answer that is older than their own question.
    """

    def __init__(self) -> None:
        self._under_way: dict[str, asyncio.Task[str]] = {}
        self._next: dict[str, asyncio.Task[str]] = {}

    async def ask(self, name: str, find_out: Callable[[], Awaitable[str]]) -> str:
        """What `find_out` says; `name` tells one question from another. Raises what it raises, to all who waited."""
        before = self._under_way.get(name)
        if before is None:
            task = self._start(name, find_out)
        elif name in self._next:
            task = self._next[name]
        else:
            task = self._next[name] = asyncio.create_task(self._afterwards(before, name, find_out))
        return await asyncio.shield(task)

    def _start(self, name: str, find_out: Callable[[], Awaitable[str]]) -> asyncio.Task[str]:
        async def found_out() -> str:
            try:
                return await find_out()
            finally:
                del self._under_way[name]
                self._next.pop(name, None)  # it begins now: who comes from here on waits for another

        task = self._under_way[name] = asyncio.create_task(found_out())
        return task

    async def _afterwards(self, before: asyncio.Task[str], name: str, find_out: Callable[[], Awaitable[str]]) -> str:
        await asyncio.wait((before,))
        # Somebody may have come in between and asked already: after us, so that answer is as good.
        return await (self._under_way.get(name) or self._start(name, find_out))
