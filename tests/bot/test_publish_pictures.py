"""A coordinator makes the pictures of a report public, and internal again; nobody else can."""

from __future__ import annotations

import asyncio
from pathlib import Path

from models.rules.office import Role
from models.tables.audit import AuditEntry
from models.tables.report import Evidence
from tests.town import Town, invitation, town

OFFICE = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"
PICTURE = (Path(__file__).parents[2] / "docs" / "pictures" / "card.png").read_bytes()


async def registered(place: Town, name: str, code: str, unit: str, role: Role) -> None:
    await invitation(code, [unit], place.clock.now(), role=role)
    for text in (code, f"{name} ใจดี เจ้าหน้าที่", "ถูกต้อง"):
        await place.says(name, text)


async def evidence(place: Town, count: int) -> list[bool]:
    """Whether each picture is public, once all are fetched."""
    async with asyncio.timeout(20):
        while len(found := await Evidence.all()) < count:  # noqa: ASYNC110 - the worker tells nobody
            await asyncio.sleep(0.05)
    return [each.public for each in found]


async def test_only_a_coordinator_publishes_pictures(database_url: str) -> None:
    """Internal at first; public for a coordinator's word alone; a correction carries the mark; ปิดรูป takes it back."""
    async with town(database_url, OFFICE, "2027-01-05T14:00:00+07:00") as place:
        await registered(place, "นภา", "7K4M-Q2XW-9TRB", "LIB-01", Role.REPORTER)
        await registered(place, "อรุณี", "2222-3333-4444", "23040000", Role.COORDINATOR)
        await place.says("นภา", "รายงาน 2300-849 ไตรมาส 1 36 ครั้ง เล่านิทานรวม 36 ครั้ง")
        before = place.platform.chat(place.person("นภา").id).last
        await place.platform.send_pictures(place.person("นภา").id, [PICTURE])
        await place.answers("นภา", before)
        await place.says("นภา", "ส่งเลย")
        assert await evidence(place, 1) == [False]
        refused = await place.says("นภา", "เปิดเผยรูป 1/2570-01")
        assert "ผู้ประสานงาน" in refused[0]["message"]["text"]
        assert await evidence(place, 1) == [False]
        unknown = await place.says("อรุณี", "เปิดเผยรูป 1/2570-09")
        assert "ไม่พบ" in unknown[0]["message"]["text"]
        done = await place.says("อรุณี", "เปิดเผยรูป ๑/๒๕๗๐-๐๑ ค่ะ")
        assert "เปิดเผยรูปแล้ว 1 รูป" in done[0]["message"]["text"]
        assert await evidence(place, 1) == [True]
        await place.says("นภา", "พิมพ์ผิด 35 ไม่ใช่ 36")
        await place.says("นภา", "แก้ 36 ครั้ง เป็น 35 ครั้ง")
        await place.says("นภา", "ส่งเลย")
        assert await evidence(place, 2) == [True, True]
        await place.says("อรุณี", "ปิดรูป 1/2570-01")
        newest = await Evidence.get(version__version=2)
        assert not newest.public
        assert await AuditEntry.filter(action="evidence.publish").count() == 2
