"""The page that started it all, told in the chat, accepted, evaluated and read: every fact of the published one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import aiohttp
import pytest

from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from models.rules.office import Role
from tests.bot.pages.test_published import cells, shown
from tests.bot.test_seed import IN_TWELVE, PUBLISHED, REGISTRATION, narratives, typed_in_twelve
from tests.town import Town, invitation, town

CRITERIA = """
criteria:
  - {fiscal_year: 2564, code: "2.1", maximum: 100, order: 1}
  - {fiscal_year: 2564, code: "2.2", maximum: 100, order: 2}
"""
SCORES = {1: ("95", "100", "95"), 2: ("0", "0", "0"), 3: ("0", "0", "0")}
"""By quarter: 2.1, 2.2 and the overall score."""
"""Quarter 4's zeros on the published page are its way of saying "not evaluated": its latest round is quarter 3."""
FROM_THE_SET_UP = (
    "08.",
    "จำนวนห้องสมุดเพื่อการเรียนรู้ที่ได้รับการพัฒนาเป็นห้องสมุดมีชีวิตที่มีความทันสมัยสอดคล้องกับความต้องการของประชาชน",
    "2300-848",
    "ตัวชี้วัดเชิงยุทธศาสตร์",
    "ตัวชี้วัดระดับผลผลิต (output)",
    "ผลงานเทียบกับเป้าหมายรายไตรมาส",
    "สรุปผลการดำเนินงาน",
    "ห้องสมุดมีชีวิต หมายถึง ห้องสมุดที่มีพื้นที่ให้บริการกิจกรรมที่หลากหลาย",
    "ศักยภาพในการเรียนรู้ของแต่ละบุคคล",
    "นับจำนวนห้องสมุดเพื่อการเรียนรู้ที่ได้รับการพัฒนาเป็นห้องสมุดมีชีวิต",
    "ด้านที่ ๓ - มหานครสำหรับทุกคน : Bangkok as a City for All",
    "๓.๓.๓ ประชาชนมีโอกาสศึกษาตลอดชีวิต%",
    "๓.๓.๓.๒ พัฒนากระบวนการเรียนรู้ตามอัธยาศัยที่มีประสิทธิภาพในพื้นที่กรุงเทพมหานคร",
    "โครงการ/กิจกรรมที่สนับสนุนตัวชี้วัด",
    "ฐานข้อมูลประกอบตัวชี้วัดการพัฒนาเมือง",
)
SITE = re.compile(
    # What belongs to that web site or to its table, not to the indicator: navigation, headings of its own wording,
    # bare figures (held as cells below), and the gauge of which DOMAIN says that it is inferred.
    r"รายละเอียดตัวชี้วัด|Back Home|รายละเอียดตัวชี้วัดฯ : พิมพ์ข้อมูล|ไตรมาสที่|\(1 - 4\)|\*.*\*|\(.{1,4}\)|[\d. /]+"
    "|นิยาม.*|วิธีการ.*|สนับสนุนยุทธศาสตร์.*"
)


def published() -> Iterator[str]:
    """The facts of the published page, line by line, as they read here."""
    for line in PUBLISHED.read_text(encoding="utf-8").splitlines():
        found = line.strip().lstrip(":")
        if not found or SITE.fullmatch(found):
            continue
        if named := re.fullmatch(r"(\d+\.) (.+) : (\S+)", found):
            yield from named.groups()
        elif measured := re.fullmatch(r"(ค่าเป้าหมาย|ผลงานที่ทำได้) (\S+) : (\S+)", found):
            yield f"{measured[1]} ( {measured[2]} ) {measured[3]}"
        elif criteria := re.fullmatch(r"\(\* (.+) \*\)", found):
            yield criteria[1]
        elif latest := re.fullmatch(r"\*\*\* (สยป\. ตรวจประเมินตัวชี้วัด) : (ไตรมาสที่ \d: \d+)", found):
            yield from latest.groups()
        else:
            yield found.removeprefix("ประเภทตัวชี้วัด : ").removeprefix("(").removesuffix("(output))") or found


async def told_accepted_and_evaluated(place: Town) -> None:
    """The four quarters, their acceptance and their scores through signed webhooks, by three people."""
    await import_setup(parse_yaml(CRITERIA, "criteria.yaml"), place.clock.now())
    await invitation("S33D-2300-0848", ["23000000"], place.clock.now())
    for text in (*REGISTRATION, *typed_in_twelve()):
        await place.says("ปราณี", text)
    await place.reporter("อรุณี", "23000000", role=Role.COORDINATOR)
    await place.reporter("ปรีชา", "23000000", role=Role.EVALUATOR)
    for _ in SCORES.keys() | {4}:
        for text in ("ตรวจ", "1", "รับรอง"):
            await place.says("อรุณี", text)
    for quarter, scores in SCORES.items():
        for text in (f"ประเมิน 2300-848 ไตรมาส {quarter}/2564", *scores, "ข้าม", "ยืนยัน"):
            await place.says("ปรีชา", text)


async def test_the_seeds_page_holds_every_fact(database_url: str) -> None:
    """Name, target, result, type, evaluation, quarters, narratives, definition, method and strategy are all there."""
    async with town(database_url, IN_TWELVE.parent / "seed.yaml", "2026-11-23T09:00:00+07:00") as place:
        await told_accepted_and_evaluated(place)
        async with aiohttp.ClientSession(str(place.bot.make_url("/"))) as session:
            async with session.get("/indicators/2564/2300-848") as answer:
                assert answer.status == 200
                page = await answer.text()
            async with session.get("/indicators/2564/2300-848.json") as answer:
                document = json.loads(await answer.text())
    text = shown(page)
    missing = [fact for fact in (*FROM_THE_SET_UP, *narratives()) if " ".join(fact.split()) not in text]
    assert missing == []
    assert "ค่าเป้าหมาย ( ห้อง ) 3 ผลงานที่ทำได้ ( ห้อง ) 36" in text
    assert "ร้อยละ 1,200 ของเป้าหมาย" in text
    assert "สยป. ตรวจประเมินตัวชี้วัด ไตรมาสที่ 3: 0" in text
    assert cells(page) == [
        ["1", "0", "3", "95", "95 / 100"],
        ["2", "0", "3", "0", "0 / 0"],
        ["3", "36", "3", "0", "0 / 0"],
        ["4", "36", "3", "–", "–"],
    ]
    assert [each["report"]["narrative"] for each in document["quarters"]] == narratives()
    if PUBLISHED.exists():
        facts = list(published())
        assert len(facts) > 15
        assert [fact for fact in facts if " ".join(fact.split()) not in text] == []


@pytest.mark.parametrize("pages", ["on", "off"])
async def test_a_setting_closes_the_pages(sqlite_url: str, pages: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """PUBLIC_PAGES=off: there are no such addresses, and the chat goes on."""
    monkeypatch.setenv("PUBLIC_PAGES", pages)
    async with town(sqlite_url, IN_TWELVE.parent / "seed.yaml", "2026-11-23T09:00:00+07:00") as place:
        async with aiohttp.ClientSession(str(place.bot.make_url("/"))) as session:
            for path in ("/indicators/2564/2300-848", "/units/23000000/2564.json", "/openapi.json"):
                async with session.get(path) as answer:
                    assert answer.status == (200 if pages == "on" else 404)
        assert await place.says("ปราณี", "สวัสดี")
