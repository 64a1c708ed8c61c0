"""The fake LINE inside another application, as the simulator has it in the bot's own."""

from __future__ import annotations

import io

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.simulator.people import Person
from bot.simulator.platform import Platform
from tests.bot.simulator.loopback import ANONG, SECRET, TOKEN, StoppedClock, text


async def test_routes_in_another_application() -> None:
    """The routes keep LINE's own body limit and answers, whatever the application around them allows."""
    platform = Platform(
        channel_secret=SECRET, access_token=TOKEN, clock=StoppedClock(), people=[Person("อนงค์", id=ANONG)]
    )
    application = web.Application(client_max_size=1024)
    application.add_routes(platform.routes())
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    body = io.BytesIO(b" " * 100_000 + b'{"to": "%s", "messages": [{"type": "text", "text": "a"}]}' % ANONG.encode())
    async with TestServer(application) as server, aiohttp.ClientSession() as session:
        async with session.post(server.make_url("/v2/bot/message/push"), data=body, headers=headers) as answer:
            assert answer.status == 200
        said = await platform.chat(ANONG).wait_for_reply()
        assert said[0]["message"] == {**text("a"), "id": said[0]["message"]["id"]}
    await platform.close()
    await platform.close()
