"""/healthz: the process lives. /readyz: it can do its work, and if not, why. For load balancers and operators."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from http import HTTPStatus

import structlog
from aiohttp import web
from tortoise.connection import get_connection

DATABASE_ANSWERS_WITHIN = 2.0
"""Seconds."""

_log = structlog.get_logger()

Reasons = Callable[[], Iterable[str]]


class Health:
    """The two routes. `reasons` says what else keeps the process from its work, as short fixed phrases without data."""

    def __init__(self, reasons: Reasons, *, needs_database: bool) -> None:
        """`needs_database`: not for a process that takes webhooks alone, which works while its queue does."""
        self._reasons = reasons
        self._needs_database = needs_database

    def routes(self) -> list[web.RouteDef]:
        """The two routes."""
        return [web.get("/healthz", self.alive), web.get("/readyz", self.ready)]

    async def alive(self, _request: web.Request) -> web.Response:
        """200 while the event loop turns."""
        return web.json_response({"alive": True})

    async def ready(self, _request: web.Request) -> web.Response:
        """200, or 503 with the reasons."""
        reasons = [*self._reasons()]
        if self._needs_database and not await _database_answers():
            reasons.insert(0, "database unreachable")
        status = HTTPStatus.SERVICE_UNAVAILABLE if reasons else HTTPStatus.OK
        return web.json_response({"ready": not reasons, "reasons": reasons}, status=status)


async def _database_answers() -> bool:
    try:
        async with asyncio.timeout(DATABASE_ANSWERS_WITHIN):
            await get_connection("default").execute_query("SELECT 1")
    except Exception as error:  # noqa: BLE001 — whatever it is, the answer is no
        _log.warning("health.database", error=error)
        return False
    return True
