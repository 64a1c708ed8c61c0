"""A platform on a loopback port, a bot that only listens on another, and a clock that stands still."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.simulator.people import Person
from bot.simulator.platform import Platform

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
TOKEN = "a-channel-access-token"
MORNING = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=7)))
ANONG = "U" + "a1" * 16
BOONMEE = "U" + "b2" * 16


class StoppedClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self._now = MORNING

    def now(self) -> datetime:
        return self._now

    def move_to(self, moment: datetime, /) -> None:
        self._now = moment


@dataclass
class Listener:
    """A bot's webhook that keeps what it hears and answers with the statuses it was given, then 200."""

    statuses: list[int] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    signatures: list[str | None] = field(default_factory=list)

    async def hear(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.read())
        self.signatures.append(request.headers.get("x-line-signature"))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for body in self.bodies for event in json.loads(body)["events"]]


@dataclass
class World:
    """The platform, where it listens, the bot, and a client with the bot's own token."""

    platform: Platform
    url: str
    bot: Listener
    session: aiohttp.ClientSession

    async def call(self, path: str, body: Any = None, **headers: str) -> tuple[int, Any, dict[str, str]]:
        """POST (GET without a body) as the bot: status, decoded answer, headers in lower case."""
        sent = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json", **headers}
        data = None if body is None else io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        method = "GET" if body is None else "POST"
        async with self.session.request(method, self.url + path, data=data, headers=sent) as answer:
            return answer.status, await answer.json(), {name.lower(): held for name, held in answer.headers.items()}

    async def reply_token(self) -> str:
        """The token of a message that Anong writes now."""
        await self.platform.say(ANONG, "สวัสดี")
        token: str = self.bot.events[-1]["replyToken"]
        return token


@asynccontextmanager
async def line(**options: Any) -> AsyncIterator[World]:
    """A platform with two people; `options` go to `Platform`."""
    bot = Listener()
    application = web.Application()
    application.router.add_post("/callback", bot.hear)
    people = (Person("อนงค์", id=ANONG), Person("บุญมี", id=BOONMEE, language="en"))
    platform = Platform(channel_secret=SECRET, access_token=TOKEN, clock=StoppedClock(), people=people, **options)
    # The client closes last: a server's shutdown is seen as it is with connections open.
    async with (
        aiohttp.ClientSession() as session,
        TestServer(application) as bot_server,
        TestServer(platform.application()) as server,
    ):
        platform.callback_url = str(bot_server.make_url("/callback"))
        yield World(platform, str(server.make_url("")).rstrip("/"), bot, session)


def text(words: str) -> dict[str, Any]:
    """A text message object."""
    return {"type": "text", "text": words}
