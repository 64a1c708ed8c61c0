"""What the page's tests stand on: the real platform, and a bot that answers from a list."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.clock import Clock
from bot.simulator.page import routes
from bot.simulator.people import Person
from bot.simulator.platform import Platform

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
TOKEN = "a-channel-access-token"
BANGKOK = ZoneInfo("Asia/Bangkok")
NAPA = "U" + "a1" * 16
SOMCHAI = "U" + "b2" * 16
HOSTILE = '<img src=x onerror="document.title=1"><b>หนา</b>'


def text(words: str, *labels: str) -> dict[str, Any]:
    """A text message, with a quick reply for each label."""
    items = [
        {"type": "action", "action": {"type": "postback", "label": label, "data": label, "displayText": label}}
        for label in labels
    ]
    return {"type": "text", "text": words, **({"quickReply": {"items": items}} if items else {})}


def row(name: str, value: str) -> dict[str, Any]:
    """A row of a card: name left, value right."""
    return {
        "type": "box",
        "layout": "horizontal",
        "margin": "md",
        "contents": [
            {"type": "text", "text": name, "size": "sm", "flex": 3, "wrap": True},
            {"type": "text", "text": value, "size": "sm", "flex": 2, "align": "end", "weight": "bold", "wrap": True},
        ],
    }


def bubble() -> dict[str, Any]:
    """A card with eight rows, a bar of 70 percent and three buttons."""
    bar = {"type": "box", "layout": "vertical", "width": "70%", "height": "8px", "backgroundColor": "#06763A"}
    track = {"type": "box", "layout": "horizontal", "backgroundColor": "#E0E5EC", "margin": "lg"}
    edit = {"type": "postback", "label": "แก้ไข", "data": "edit", "inputOption": "openKeyboard", "fillInText": "๑๒ เรื่อง"}
    actions: list[dict[str, Any]] = [
        {"type": "postback", "label": "ส่งรายงาน", "data": "send", "displayText": "ส่งรายงาน"},
        edit,
        {"type": "uri", "label": "พิมพ์", "uri": "https://example.org/print"},
    ]
    title = {"type": "text", "text": HOSTILE, "wrap": True, "color": "#1D3A5F", "weight": "bold"}
    rows = [row(f"ข้อที่ {number} ผู้ใช้บริการห้องสมุด", "1,240 คน") for number in range(1, 9)]
    return {
        "type": "bubble",
        "body": {
            "type": "box",
            "layout": "vertical",
            "contents": [title, *rows, {**track, "contents": [{**bar, "contents": []}]}],
        },
        "footer": {
            "type": "box",
            "layout": "vertical",
            "contents": [{"type": "button", "style": "primary", "action": action} for action in actions],
        },
    }


@dataclass
class Stage:
    """The platform with a browser before it and a scripted bot behind it."""

    platform: Platform
    answers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    heard: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    async def callback(self, request: web.Request) -> web.Response:
        """The bot: answers a text or a postback's data with the messages on its list."""
        for event in (await request.json())["events"]:
            self.heard.append(event)
            said = event.get("postback", {}).get("data") or event.get("message", {}).get("text")
            if messages := self.answers.get(said):
                await self.call("message/reply", {"replyToken": event["replyToken"], "messages": messages})
        return web.Response()

    async def call(self, endpoint: str, body: dict[str, Any]) -> None:
        """Call the Messaging API as the bot; it must be taken."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.post(f"{self.url}/v2/bot/{endpoint}", json=body) as answer,
        ):
            assert answer.status < 300, await answer.text()

    async def push(self, *messages: dict[str, Any], to: str = NAPA) -> None:
        """The bot says something of its own accord."""
        await self.call("message/push", {"to": to, "messages": list(messages)})

    def texts(self) -> list[str]:
        """What people wrote, in the order in which the bot heard it."""
        return [event["message"]["text"] for event in self.heard if event["type"] == "message"]


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    """A platform with two people, its page and its bot on one loopback port; 5 January 2570, 14.32."""
    platform = Platform(
        channel_secret=SECRET,
        access_token=TOKEN,
        clock=Clock(datetime(2027, 1, 5, 14, 32, tzinfo=BANGKOK), BANGKOK),
        people=(
            Person("นภา ใจดี", "ผู้รายงาน 3 ห้องสมุด", id=NAPA),
            Person("สมชาย รักอ่าน", "เพื่อนร่วมงาน", id=SOMCHAI),
        ),
    )
    built = Stage(platform)
    application = platform.application()
    application.add_routes([*routes(), web.post("/callback", built.callback)])
    async with TestServer(application) as server:
        built.url = str(server.make_url("")).rstrip("/")
        platform.callback_url = f"{built.url}/callback"
        yield built
