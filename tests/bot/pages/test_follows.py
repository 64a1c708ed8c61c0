"""What is done in the chat stands on the pages at once, each kind of change by itself; nothing else changes them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import aiohttp
from yarl import URL

from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from models.rules.office import Role
from models.tables.report import Evidence
from tests.bot.pages.test_published import shown
from tests.town import Town, town

PICTURE = (Path(__file__).parents[3] / "docs" / "pictures" / "card.png").read_bytes()
BUREAU, CODE = "23000000", "2300-849"
INDICATOR, UNIT = f"/indicators/2570/{CODE}", f"/units/{BUREAU}/2570"
EVERYWHERE = (INDICATOR, UNIT, f"{INDICATOR}.json", f"{UNIT}.json", f"{INDICATOR}.csv")
OFFICE = f"""
units:
  - {{code: "{BUREAU}", name: สำนักวัฒนธรรม กีฬา และการท่องเที่ยว, kind: bureau, phone: 0 2000 0000}}
indicators:
  - {{code: {CODE}, order: 9, name: จำนวนกิจกรรมส่งเสริมการอ่าน, owner: "{BUREAU}", unit_of_measure: ครั้ง, kind: count}}
targets:
  - {{indicator: {CODE}, unit: "{BUREAU}", fiscal_year: 2570, value: 40}}
assignments:
  - {{indicator: {CODE}, units: ["{BUREAU}"], fiscal_year: 2570}}
rounds:
  - {{fiscal_year: 2570, quarter: 1, opens: 2026-12-01}}
criteria:
  - {{fiscal_year: 2570, code: "2.1", label: ความครบถ้วน, maximum: 100}}
"""


class Reader:
    """Somebody who has every page open, and looks again with the ETag of what they have."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session
        self.have: dict[str, tuple[str, str]] = {}

    async def look(self) -> dict[str, str]:
        """What has changed since the last look: address → its new text."""
        changed = {}
        for path in EVERYWHERE:
            tag, before = self.have.get(path, ("", ""))
            async with self.session.get(path, headers={"If-None-Match": tag}) as answer:
                if answer.status == 304:
                    continue
                assert answer.status == 200, (path, answer.status)
                text = await answer.text()
            assert answer.headers["ETag"] != tag
            self.have[path] = (answer.headers["ETag"], text)
            if text != before:  # the ETag is that of the whole page, of which a format may not show everything
                changed[path] = text
        return changed

    async def sees(self, fact: str, *paths: str) -> None:
        """These pages have changed, and no other; the first says the fact."""
        changed = await self.look()
        assert set(changed) == set(paths)
        assert fact in shown(changed[paths[0]])


async def say(place: Town, name: str, *texts: str) -> None:
    for text in texts:
        await place.says(name, text)


async def evidence(count: int) -> Sequence[Evidence]:
    """The pictures that were submitted, once all are fetched."""
    async with asyncio.timeout(20):
        while len(found := await Evidence.all()) < count:  # noqa: ASYNC110 - the worker tells nobody
            await asyncio.sleep(0.05)
    return found


async def test_pages_follow_what_is_done(database_url: str, tmp_path: Path) -> None:
    """Sent: nothing yet. Accepted, published, hidden, evaluated, granted, sent anew, renamed, withdrawn: at once."""
    office = tmp_path / "office.yaml"
    office.write_text(OFFICE, "utf-8")
    async with town(database_url, office, "2027-01-05T14:00:00+07:00") as place:
        for name, role in (("นภา", Role.REPORTER), ("อรุณี", Role.COORDINATOR), ("ปรีชา", Role.EVALUATOR)):
            await place.reporter(name, BUREAU, role=role)
        async with aiohttp.ClientSession(URL(str(place.bot.make_url("/")))) as session:
            reader = Reader(session)
            await reader.look()
            await reported(place)
            assert await reader.look() == {}
            await say(place, "อรุณี", "ตรวจ", "1", "รับรอง")
            await reader.sees("เล่านิทานรวม 12 ครั้ง", *EVERYWHERE)
            await published(place, reader)
            await evaluated(place, reader)
            await granted(place, reader)
            await sent_anew(place, reader)
            await import_setup(parse_yaml(OFFICE.replace("จำนวนกิจกรรม", "กิจกรรม"), "office.yaml"), place.clock.now())
            await reader.sees("09. กิจกรรมส่งเสริมการอ่าน", *EVERYWHERE)
            await say(place, "นภา", "ขอถอน", "ส่งผิดหน่วยงาน")
            await say(place, "อรุณี", "คำขอ", "อนุมัติ 1")
            await reader.sees("ยังไม่มีผลที่รับรองในปีงบประมาณนี้", *EVERYWHERE)


async def reported(place: Town) -> None:
    await place.says("นภา", f"รายงาน {CODE} ไตรมาส 1 12 ครั้ง เล่านิทานรวม 12 ครั้ง")
    before = place.platform.chat(place.person("นภา").id).last
    await place.platform.send_pictures(place.person("นภา").id, [PICTURE])
    await place.answers("นภา", before)
    await say(place, "นภา", "ส่งเลย")
    await evidence(1)


async def published(place: Town, reader: Reader) -> None:
    """Evidence is shown and hidden again."""
    await say(place, "อรุณี", "เปิดเผยรูป 1/2570-01")
    await reader.sees("ภาพหลักฐาน", INDICATOR, f"{INDICATOR}.json")
    await say(place, "อรุณี", "ปิดรูป 1/2570-01")
    changed = await reader.look()
    assert set(changed) == {INDICATOR, f"{INDICATOR}.json"}
    assert "/pictures/" not in "".join(changed.values())


async def evaluated(place: Town, reader: Reader) -> None:
    """A quarter is scored, and scored again."""
    for overall in ("95", "0"):
        await say(place, "ปรีชา", f"ประเมิน {CODE} ไตรมาส 1", "90", overall, "ข้าม", "ยืนยัน")
        await reader.sees(
            f"สยป. ตรวจประเมินตัวชี้วัด ไตรมาสที่ 1: {overall}", INDICATOR, f"{INDICATOR}.json", f"{INDICATOR}.csv"
        )


async def granted(place: Town, reader: Reader) -> None:
    """A target is changed by a coordinator's word."""
    await say(place, "นภา", "ขอเปลี่ยนเป้าหมาย", "48", "กท 1234/2570", "ผู้บริหารสั่ง")
    assert await reader.look() == {}
    await say(place, "อรุณี", "คำขอ", "อนุมัติ 1")
    await reader.sees("กท 1234/2570", *EVERYWHERE)


async def sent_anew(place: Town, reader: Reader) -> None:
    """A granted edit is newer than the snapshot, brings an activity, and is accepted."""
    await say(place, "นภา", "แก้ไข", "นับซ้ำ")
    await say(place, "อรุณี", "คำขอ", "อนุมัติ 1", "7 วัน")
    await reader.look()
    await say(place, "นภา", "แก้ไข", "แก้ข้อ 1", "480", "แก้ 12 ครั้ง เป็น 480 ครั้ง", "ขอเปลี่ยนกิจกรรม")
    await say(place, "นภา", "เล่านิทานออนไลน์", "พ.ย. 69", "ส่งรายงาน")
    await reader.sees("ไตรมาสที่ 1 มีฉบับใหม่กว่า (ฉบับที่ 2)", INDICATOR, f"{INDICATOR}.json", f"{UNIT}.json")
    await say(place, "อรุณี", "คำขอ", "อนุมัติ 1")
    await reader.sees("กิจกรรม เล่านิทานออนไลน์", INDICATOR, f"{INDICATOR}.json", f"{UNIT}.json")
    await say(place, "อรุณี", "ตรวจ", "1", "รับรอง")
    await reader.sees("ผลงานที่ทำได้ ( ครั้ง ) 480", *EVERYWHERE)
