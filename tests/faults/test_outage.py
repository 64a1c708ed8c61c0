"""The web role needs its queue alone: what PostgreSQL missed is handled once, and people are told once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.app import make_app
from bot.clock import Clock
from bot.running import RUNNING, WEB
from bot.settings import read_settings
from bot.simulator.people import Chat, Entry, Person
from bot.simulator.platform import Platform
from models.tables.chat import WebhookEvent
from models.tables.report import Draft
from tests.faults.city import SECRET, TOKEN, Process, city
from tests.nats import Nats, nats_server

DOWN = timedelta(minutes=5)


async def ready(port: int) -> tuple[int, list[str]]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/readyz") as answer:
        return answer.status, (await answer.json())["reasons"]


def messages(chat: Chat, after: int) -> list[Entry]:
    """What the bot said since that entry."""
    return [each for each in chat.after(after) if each["from"] == "bot" and each["kind"] == "message"]


@pytest.mark.line_refuses("Invalid reply token", "monthly limit")
async def test_five_minutes_without_postgresql(
    postgres_url: str, postgres_process: Any, nats: Nats, tmp_path: Path
) -> None:
    """LINE gets its 200s, each line is filed once, one push says where its person stands; without quota it waits."""
    async with city(postgres_url, tmp_path, 2, nats.url, roles=("web", "worker"), quota=1) as found:
        web, worker = sorted(found.processes, key=lambda each: each.role != "web")
        chats = [found.platform.chat(writer.person.id) for writer in found.writers]
        await found.settled()
        await asyncio.to_thread(postgres_process.stop)
        before = [chat.last for chat in chats]
        try:
            for writer in found.writers:
                await found.write(writer, 5, 0.05)
            assert [line for writer in found.writers for line in writer.firsts] == [
                line for writer in found.writers for line in writer.lines
            ]
            assert await ready(web.port) == (200, [])
            assert await _not_ready(worker) == ["database unreachable"]
            found.pass_time(DOWN)
        finally:
            await asyncio.to_thread(postgres_process.start)
        await found.settled()
        said = [messages(chat, last) for chat, last in zip(chats, before, strict=True)]
        told, untold = (0, 1) if said[0] else (1, 0)
        (push,) = said[told]
        assert push["via"] == "push"
        assert "รับแล้ว 5 ข้อความ" in push["message"]["text"]
        assert said[untold] == []
        for writer in found.writers:
            draft = await Draft.get(unit__code=writer.unit)
            assert [text for _, text in draft.answers["narrative"]["parts"]] == writer.lines
        assert not await WebhookEvent.exclude(state="handled").exists()
        answer = await found.asked(found.writers[untold], "ขอบคุณ")
        assert "รับแล้ว 5 ข้อความ" in answer
        await found.settled()
        assert messages(chats[told], before[told]) == [push]


async def _not_ready(process: Process) -> list[str]:
    status, reasons = await ready(process.port)
    assert status == 503
    return reasons


async def test_without_its_queue_the_web_role_refuses_and_says_so(tmp_path: Path) -> None:
    """No database at all. NATS gone: 503 within LINE's two seconds, and not ready; back again: 200, and ready."""
    clock = Clock(None, read_settings(_env_file=None).timezone)
    person = Person("นภา")
    platform = Platform(channel_secret=SECRET, access_token=TOKEN, clock=clock, people=[person])
    with nats_server(tmp_path / "nats") as server:
        settings = read_settings(
            _env_file=None,
            line_channel_secret=SECRET,
            line_channel_access_token=TOKEN,
            database_url="postgres://nobody@127.0.0.1:1/raingan",
            nats_url=server.url,
            storage_dir=str(tmp_path / "storage"),
        )
        bot = TestServer(make_app(settings, clock, roles=frozenset({WEB})))
        await bot.start_server()
        platform.callback_url = str(bot.make_url("/callback"))

        async def is_ready(*reasons: str) -> None:
            async with asyncio.timeout(30):
                while await ready(bot.port or 0) != (503 if reasons else 200, list(reasons)):  # noqa: ASYNC110
                    await asyncio.sleep(0.05)

        await is_ready()
        assert await platform.say(person.id, "หนึ่ง") == 200
        server.kill()
        await is_ready("queue unreachable")
        assert await platform.say(person.id, "สอง") == 503
        assert platform.deliveries[-1].seconds < 2
        server.start()
        await is_ready()
        assert await platform.redeliver(*platform.deliveries[-1].event_ids) == 200
        assert (await bot.app[RUNNING].queue.depth()).events == 2
        await bot.close()
        await platform.close()
