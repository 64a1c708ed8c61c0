"""What the public pages show: what was accepted, and nothing else."""

from __future__ import annotations

import json
import re
from html import unescape
from uuid import uuid4

import pytest

from models.tables.evaluation import Criterion, YearSummary
from models.tables.indicator import Indicator
from models.tables.report import Report, ReportVersion
from tests.bot.pages.reading_room import OFFICE, evaluated, read, reading_room, sent, set_up

INDICATOR = "/indicators/2570/2300-848"
BUREAU = "23000000"


def shown(page: str) -> str:
    """A page's text: without its head and tags, each run of blanks one blank."""
    return said(page.split("<main", 1)[1].partition(">")[2])


def said(markup: str) -> str:
    """What a reader sees of a piece of a page."""
    return " ".join(unescape(re.sub(r'<span class="unseen".*?</span>|<[^>]+>', " ", markup)).split())


def cells(page: str, table: str = "quarters") -> list[list[str]]:
    """The rows of a table's body."""
    body = page.split(f'<table class="{table}">', 1)[1].split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>") if "<t" in row]
    return [[said(cell) for cell in row] for row in rows]


async def test_an_indicators_page_shows_every_field(database: str) -> None:
    """Target, result, percent, type, level, evaluation, the four quarters, texts, strategy, projects and links."""
    await set_up()
    await sent(BUREAU, 1, "0", zero_reason="in_progress", narrative="อยู่ระหว่างประสานงาน")
    await sent(BUREAU, 2, "36", narrative="1. จัดทำ 324 เรื่อง 2. ประชาสัมพันธ์", titles="324")
    await evaluated(1, "95", "95", "100")
    await Criterion.filter(code="2.1").update(label="ความครบถ้วน")
    await YearSummary.create(
        id=uuid4(),
        indicator=await Indicator.get(code="2300-848"),
        fiscal_year=2570,
        version=1,
        text="สรุปทั้งปี",
        at="2027-01-20T00:00:00Z",
    )
    async with reading_room() as visitor:
        page = await read(visitor, INDICATOR)
    text = shown(page)
    for fact in (
        "08. จำนวนห้องสมุดที่ได้รับการพัฒนาเป็นห้องสมุดมีชีวิต",
        "รหัสตัวชี้วัด 2300-848",
        "ค่าเป้าหมาย ( ห้อง ) 5",
        "ผลงานที่ทำได้ ( ห้อง ) 36",
        "ร้อยละ 720 ของเป้าหมาย",
        "ตัวชี้วัดเชิงยุทธศาสตร์",
        "ตัวชี้วัดระดับผลผลิต (output)",
        "สยป. ตรวจประเมินตัวชี้วัด ไตรมาสที่ 1: 95",
        "อยู่ระหว่างประสานงาน",
        "เหตุที่ผลเป็นศูนย์: อยู่ระหว่างดำเนินการ",
        "1. จัดทำ 324 เรื่อง 2. ประชาสัมพันธ์",
        "สรุปผลการดำเนินงาน สรุปทั้งปี",
        "ห้องสมุดมีชีวิต หมายถึง",
        "ด้าน ด้านที่ ๓ - มหานครสำหรับทุกคน",
        "ผลงานแต่ละไตรมาสนับสะสมตั้งแต่ต้นปีงบประมาณ",
        "2.1 ความครบถ้วน (คะแนนเต็ม 100) 2.2 (คะแนนเต็ม 100)",
        "บรรณนิทัศน์ ( เรื่อง · สะสม) – 324 – –",
        "โครงการห้องสมุดมีชีวิต",
        "ข้อมูลที่รับรองแล้ว ณ วันที่ 20 มกราคม 2570",
        "เพิ่มเป้าหมาย",
    ):
        assert fact in text, fact
    assert cells(page) == [
        ["1", "0", "3", "95", "95 / 100"],
        ["2", "36", "5", "–", "–"],
        ["3", "–", "5", "–", "–"],
        ["4", "–", "5", "–", "–"],
    ]
    assert 'href="https://data.example/city"' in page
    assert 'href="javascript' not in page
    assert "สมหญิง" not in page  # who reported is the office's own matter


async def test_what_is_not_reported_is_never_zero(database: str) -> None:
    """An indicator without any report has a page with dashes, and null in JSON."""
    await set_up()
    async with reading_room() as visitor:
        page = await read(visitor, INDICATOR)
        document = json.loads(await read(visitor, f"{INDICATOR}.json"))
    assert "ยังไม่มีผลที่รับรองในปีงบประมาณนี้" in page
    assert [row[1] for row in cells(page)] == ["–"] * 4
    assert document["result"] is None
    assert [each["result"] for each in document["quarters"]] == [None] * 4


async def test_only_the_accepted_version_is_shown(database: str) -> None:
    """A newer version that waits is named but not shown; what was never accepted or was taken back is not there."""
    await set_up()
    await sent(BUREAU, 1, "7", narrative="ฉบับที่รับรอง")
    await sent(BUREAU, 1, "9", version=2, accepted=False, narrative="ฉบับที่รอ")
    await sent(BUREAU, 2, "11", accepted=False, narrative="ยังไม่รับรอง")
    await sent(BUREAU, 3, "13", narrative="ถอนแล้ว")
    await Report.filter(quarter=3).update(state="withdrawn")
    async with reading_room() as visitor:
        page = await read(visitor, INDICATOR)
        everything = page + await read(visitor, f"{INDICATOR}.json") + await read(visitor, f"{INDICATOR}.csv")
        unit = await read(visitor, f"/units/{BUREAU}/2570")
    assert [row[1] for row in cells(page)] == ["7", "–", "–", "–"]
    assert cells(unit)[0] == ["7", "–", "–", "–"]
    assert "ไตรมาสที่ 1 มีฉบับใหม่กว่า (ฉบับที่ 2) ซึ่งยังไม่ได้รับรอง" in page
    assert not re.search("ฉบับที่รอ|ยังไม่รับรอง<|ถอนแล้ว", everything)


async def test_the_libraries_behind_the_number(database: str) -> None:
    """Each unit with what it answered; without a report of the owner's own they are combined by the rule."""
    await set_up(OFFICE.replace("over_units: sum", "over_units: sum\n    accumulation: per_quarter"))
    await sent("23000301", 1, "1", answer="yes")
    await sent("23000302", 1, "0", answer="in_progress", zero_reason="in_progress")
    await sent("23000301", 1, "120", code="2300-849")
    await sent("23000302", 1, "80", code="2300-849")
    await sent("23000301", 2, "130", code="2300-849")
    async with reading_room() as visitor:
        living = await read(visitor, INDICATOR)
        readers = await read(visitor, "/indicators/2570/2300-849")
    assert cells(living, "units") == [
        ["ห้องสมุดสวนมะลิ", "แล้ว", "–", "–", "–"],
        ["ห้องสมุดริมน้ำเย็น", "อยู่ระหว่างดำเนินการ", "–", "–", "–"],
    ]
    assert "รวมที่ดำเนินการแล้ว 1 – – –" in shown(living)
    assert "รวมที่ดำเนินการแล้ว" not in readers
    assert "นับเฉพาะไตรมาสนั้น" in readers
    assert [row[1] for row in cells(living)] == ["–"] * 4  # the bureau reports itself, and has not
    assert [row[1] for row in cells(readers)] == ["200", "130", "–", "–"]
    assert "ไตรมาสที่ 2: รวมจาก 1 แห่ง ใน 2 แห่ง" in readers


async def test_what_the_owner_combined_stands_beside_what_is_combined_here(database: str) -> None:
    """One quarter was sent as the owner's report; the others keep what the libraries' accepted reports make."""
    await set_up(OFFICE.replace("over_units: sum", "over_units: sum\n    accumulation: per_quarter"))
    for quarter in (1, 2):
        await sent("23000301", quarter, "120", code="2300-849")
        await sent("23000302", quarter, "80", code="2300-849")
    await sent(BUREAU, 2, "199", code="2300-849")
    async with reading_room() as visitor:
        page = await read(visitor, "/indicators/2570/2300-849")
    assert [row[1] for row in cells(page)] == ["200", "199", "–", "–"]
    assert "ไตรมาสที่ 1: รวมจาก 2 แห่ง ใน 2 แห่ง" in page
    assert "ไตรมาสที่ 2: รวมจาก" not in page


async def test_a_units_page(database: str) -> None:
    """All indicators of a unit with progress, its place in the tree, the year switch."""
    await set_up(
        OFFICE.replace("rounds:", '  - {indicator: 2300-849, units: ["23000301"], fiscal_year: 2571}\nrounds:')
    )
    await sent(BUREAU, 1, "6")
    async with reading_room() as visitor:
        page = await read(visitor, f"/units/{BUREAU}/2570")
        division = await read(visitor, "/units/23000300/2570")
        library = await read(visitor, "/units/23000301/2570?lang=en")
    text = shown(page)
    assert "มี 2 ตัวชี้วัด" in text
    assert "ร้อยละ 200 ของเป้าหมาย" in text
    assert "2300-848 · ผลทั้งปี: ไตรมาสล่าสุดที่รับรองแล้ว ค่าเป้าหมาย ( ห้อง ) 5" in text
    assert library.count("Target") == 1  # none was set for the one that is answered yes or no
    assert f'href="/units/{BUREAU}/2569"' in page
    assert 'href="/units/23000300/2570"' in page
    assert "ห้องสมุดสวนมะลิ" in division
    assert 'href="/units/23000300/2571"' in division  # it has none of its own, and is there in its libraries' years
    assert "Living libraries" in library
    assert "2 indicators" in library


async def test_a_librarys_own_reports_are_on_its_page(database: str) -> None:
    """What it wrote, why a result is zero, when that was accepted, its activities and targets; no other's."""
    await set_up(
        OFFICE
        + """
activities:
  - {indicator: 2300-849, unit: "23000301", fiscal_year: 2570, valid_from: 2026-10-01, text: เล่านิทาน}
  - {indicator: 2300-849, unit: "23000301", fiscal_year: 2570, valid_from: 2026-12-01, text: เล่านิทานออนไลน์,
     document_number: กท 12/2570, reason: น้ำท่วม}
  - {indicator: 2300-849, unit: "23000302", fiscal_year: 2570, valid_from: 2026-10-01, text: ตอบปัญหา}
"""
    )
    await sent("23000301", 1, "0", code="2300-849", zero_reason="prevented", narrative="น้ำท่วมห้องสมุด")
    await sent("23000301", 1, "5", code="2300-849", version=2, accepted=False, narrative="ฉบับที่รอ")
    await sent("23000302", 1, "80", code="2300-849", narrative="จัดแข่งขันตอบปัญหา")
    async with reading_room() as visitor:
        library = shown(await read(visitor, "/units/23000301/2570"))
        everything = await read(visitor, "/units/23000301/2570") + await read(visitor, "/units/23000301/2570.csv")
        found = json.loads(await read(visitor, "/units/23000301/2570.json"))["indicators"][1]
        units = json.loads(await read(visitor, "/indicators/2570/2300-849.json"))["units"]
    for fact in (
        "รายงานผลฯ ไตรมาสที่ 1 (ต.ค.–ธ.ค. 69) เหตุที่ผลเป็นศูนย์: มีเหตุให้ไม่ได้ดำเนินการ น้ำท่วมห้องสมุด รับรองเมื่อ 20 ม.ค. 2570",
        "ตั้งแต่ 1 ธันวาคม 2569: กิจกรรม เล่านิทานออนไลน์ · เลขที่หนังสือ กท 12/2570 · เหตุผล น้ำท่วม",
        "ไตรมาสที่ 1 มีฉบับใหม่กว่า (ฉบับที่ 2)",
    ):
        assert fact in library, fact
    assert not re.search("ตอบปัญหา|ฉบับที่รอ", everything)
    assert found["quarters"][0]["report"]["narrative"] == "น้ำท่วมห้องสมุด"
    assert [each["text"] for each in found["activities"]] == ["เล่านิทาน", "เล่านิทานออนไลน์"]
    told = [each["quarters"][0]["report"]["narrative"] for each in units]
    assert told == ["น้ำท่วมห้องสมุด", "จัดแข่งขันตอบปัญหา"]


async def test_where_nothing_is_due_nothing_is_missing(database: str) -> None:
    """A quarter in which nobody has to report says so instead of "not reported", on each page and in JSON."""
    await set_up(
        OFFICE.replace(
            '{indicator: 2300-849, units: ["23000301", "23000302"], fiscal_year: 2570}',
            '{indicator: 2300-849, units: ["23000301"], fiscal_year: 2570, quarters: [2, 4]}\n'
            '  - {indicator: 2300-849, units: ["23000302"], fiscal_year: 2570, quarters: [4]}',
        )
    )
    await sent("23000301", 1, "3", code="2300-849")
    async with reading_room() as visitor:
        page = await read(visitor, "/indicators/2570/2300-849")
        library = await read(visitor, "/units/23000302/2570")
        found = json.loads(await read(visitor, "/indicators/2570/2300-849.json"))
    assert [row[1] for row in cells(page)] == ["3", "–", "ไม่ต้องรายงาน", "–"]  # one reported without being asked
    assert "ไตรมาสที่ 3 ไม่ต้องรายงาน ไม่มีเป้าหมาย" in page
    assert "(เม.ย.–มิ.ย. 70) ไม่ต้องรายงานในไตรมาสนี้" in shown(page)
    assert cells(page, "units") == [
        ["ห้องสมุดสวนมะลิ", "3", "–", "ไม่ต้องรายงาน", "–"],
        ["ห้องสมุดริมน้ำเย็น", *["ไม่ต้องรายงาน"] * 3, "–"],
    ]
    assert "1 2 3 4 ไม่ต้องรายงาน ไม่ต้องรายงาน ไม่ต้องรายงาน –" in shown(library)
    assert [each["due"] for each in found["quarters"]] == [False, True, False, True]
    assert [each["due"] for each in found["units"][1]["quarters"]] == [False, False, False, True]


@pytest.mark.parametrize("language", ["", "?lang=en"])
async def test_a_narrative_of_any_length_is_shown_whole(sqlite_database: str, language: str) -> None:
    """Twenty thousand characters come out as they were typed."""
    await set_up()
    long = "ดำเนินการจัดกิจกรรมส่งเสริมการอ่าน " * 600
    await sent(BUREAU, 1, "1", narrative=long)
    async with reading_room() as visitor:
        page = await read(visitor, f"{INDICATOR}{language}")
    assert long.strip() in page
    assert (await ReportVersion.get()).narrative == long
