"""Groups through the whole bot: linked by a code, called by name, left politely, never pushed to."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.simulator.events import source
from models.rules.office import Role
from models.tables.chat import GroupChat, WebhookEvent
from tests.town import ANSWERED_WITHIN, Town, town

OFFICE = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"
START = "2027-01-08T14:00:00+07:00"
GROUP, OTHER, ROOM = (kind + digit * 32 for kind, digit in (("C", "1"), ("C", "2"), ("R", "3")))


def texts(entries: Iterable[dict[str, Any]]) -> list[str]:
    return [each["message"]["text"] for each in entries if each["from"] == "bot" and each["kind"] == "message"]


async def said(place: Town, chat_id: str, *written: str, **further: Any) -> list[str]:
    """Somebody writes in a group; all that the bot then says there, up to its first answer."""
    chat = place.platform.chat(chat_id)
    before = chat.last
    for text in written:
        event = place.platform.make.text(source(place.person("สมศรี").id, chat_id), text, **further)
        assert await place.platform.send_events([event]) == 200
    return texts(await chat.wait_for_reply(before, ANSWERED_WITHIN))


async def left(place: Town, chat_id: str) -> None:
    async with asyncio.timeout(3 * ANSWERED_WITHIN):
        while place.platform.people.reaches(chat_id):  # noqa: ASYNC110 - leaving is told to nobody
            await asyncio.sleep(0.02)


async def test_a_group_is_linked_and_called(database_url: str) -> None:
    """The code comes one-to-one and works once; called by its name the bot shows the round; chatter stays its own."""
    async with town(database_url, OFFICE, START) as place:
        await place.reporter("อรุณี", "23040000", role=Role.COORDINATOR)
        offer = (await place.says("อรุณี", "เชื่อมกลุ่ม"))[-1]["message"]["text"]
        found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", offer)
        assert found is not None
        await place.platform.invite(place.person("สมศรี").id, GROUP)
        assert "พิมพ์รหัสเชื่อมกลุ่ม" in texts(await place.platform.chat(GROUP).wait_for_reply(0, ANSWERED_WITHIN))[-1]
        assert "เชื่อมกลุ่มนี้กับกลุ่มงานพัฒนาห้องสมุดประชาชนแล้ว" in (await said(place, GROUP, found[0].lower()))[-1]
        # Chatter gets no answer: of two messages only the command's comes.
        assert len(await said(place, GROUP, "ใครไปประชุมบ้างครับ", "สถานะ")) == 1
        mention = {"mentionees": [{"index": 0, "length": 7, "type": "user", "isSelf": True}]}
        shown = (await said(place, GROUP, "@รายงาน ใครส่งแล้วบ้าง", mention=mention))[-1]
        assert "2300-848: ส่งแล้ว 0/2" in shown
        assert "อรุณี" not in shown
        assert "แชตส่วนตัว" in (await said(place, GROUP, "ลงทะเบียน"))[-1]
        stored = await GroupChat.get()
        assert (stored.chat_id, stored.linked_at is not None) == (GROUP, True)
        assert found[0].replace("-", "") not in stored.code_hash
        # What people say to each other is not kept.
        payloads = await WebhookEvent.filter(chat_id=GROUP).values("payload")
        assert {each["payload"] for each in payloads} == {"{}"}
        assert not [each for each in place.platform.calls if each.endpoint == "push"]
        assert "ยกเลิกการเชื่อมกลุ่มแล้ว" in (await said(place, GROUP, "ยกเลิกเชื่อมกลุ่ม"))[-1]
        await left(place, GROUP)
        assert not await GroupChat.all().exists()


async def test_who_is_taken_out_has_to_be_linked_anew(database_url: str) -> None:
    """A room that is linked, loses a member and then the bot: its link ends, and brought in again the bot leaves."""
    async with town(database_url, OFFICE, START) as place:
        await place.reporter("อรุณี", "23040000", role=Role.COORDINATOR)
        offer = (await place.says("อรุณี", "เชื่อมกลุ่ม"))[-1]["message"]["text"]
        found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", offer)
        assert found is not None
        somsri, nida = place.person("สมศรี").id, place.person("นิดา").id
        await place.platform.invite(somsri, ROOM, [nida])
        await place.platform.chat(ROOM).wait_for_reply(0, ANSWERED_WITHIN)
        assert "แล้ว" in (await said(place, ROOM, found[0]))[-1]
        assert await place.platform.member_leaves(nida, ROOM) == 200
        assert "2300-848: ส่งแล้ว 0/2" in (await said(place, ROOM, "สรุป"))[-1]
        assert await place.platform.remove(somsri, ROOM) == 200
        assert not await GroupChat.all().exists()
        before = place.platform.chat(ROOM).last
        await place.platform.invite(somsri, ROOM)
        answer = texts(await place.platform.chat(ROOM).wait_for_reply(before, ANSWERED_WITHIN))[-1]
        assert "ยังไม่ได้เชื่อม" in answer
        await left(place, ROOM)


async def test_a_group_without_a_code_is_left(database_url: str) -> None:
    """A group and a room: it says why, then leaves, in that order."""
    async with town(database_url, OFFICE, START) as place:
        for chat_id in (OTHER, ROOM):
            await place.platform.invite(place.person("สมศรี").id, chat_id)
            chat = place.platform.chat(chat_id)
            await left(place, chat_id)
            assert "ขอออกจากกลุ่ม" in texts(chat.entries)[-1]
        ends = [each.endpoint for each in place.platform.calls if each.endpoint in {"reply", "push", "leave"}]
        assert ends == ["reply", "leave", "reply", "leave"]
