"""The same data as JSON, CSV and XLSX: described, exact, and never computed by a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import openpyxl
import pytest
from openapi_schema_validator import OAS31Validator

from bot.pages.openapi import FORMATS, document
from models.tables.indicator import Indicator
from tests.bot.pages.reading_room import BASE, evaluated, read, reading_room, sent, set_up

INDICATOR, BUREAU = "/indicators/2570/2300-848", "23000000"
DANGEROUS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", " =HYPERLINK(1)", "＝1+1", "=cmd|' /C calc'!A0")


async def filled() -> None:
    """An office in which something of everything was accepted."""
    await set_up()
    await sent(BUREAU, 1, "0", zero_reason="in_progress", narrative="เริ่ม")
    await sent(BUREAU, 2, "1234567.123456", narrative="หนึ่ง\nสอง", titles="324")
    await sent("23000301", 1, "1", answer="yes")
    await sent("23000302", 1, "0", answer="in_progress", zero_reason="in_progress")
    await sent("23000301", 1, "40", code="2300-849")
    await evaluated(1, "95", "95", "100")
    await evaluated(2, None, "0")


def schema(name: str) -> dict[str, Any]:
    """One of the document's schemas with the others at hand."""
    described = document(BASE, "1")
    return {"$ref": f"#/components/schemas/{name}", "components": described["components"]}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (INDICATOR, "Indicator"),
        ("/indicators/2570/2300-849", "Indicator"),
        (f"/units/{BUREAU}/2570", "Unit"),
        ("/units/23000301/2570", "Unit"),
    ],
)
async def test_json_is_as_described(database: str, path: str, name: str) -> None:
    """Each document fits its schema in the OpenAPI document, and the schema is not one that accepts anything."""
    await filled()
    async with reading_room() as visitor:
        found = json.loads(await read(visitor, f"{path}.json"))
    validator = OAS31Validator(schema(name))
    assert [error.message for error in validator.iter_errors(found)] == []
    assert list(validator.iter_errors({**found, "fiscal_year": "2570"}))
    assert list(validator.iter_errors({key: value for key, value in found.items() if key != "code"}))


async def test_json_is_exact(sqlite_database: str) -> None:
    """Decimals keep all their digits; what is absent is null; zero is zero."""
    await filled()
    async with reading_room() as visitor:
        text = await read(visitor, f"{INDICATOR}.json")
        missing = json.loads(await read(visitor, "/indicators/2570/2300-84.json", 404))
    found = json.loads(text)
    assert '"result":1234567.123456,' in text
    assert [each["result"] for each in found["quarters"]] == [0, 1234567.123456, None, None]
    assert [each["evaluation"] and each["evaluation"]["overall"] for each in found["quarters"]] == [
        95,
        None,
        None,
        None,
    ]
    assert found["quarters"][1]["sub_measures"][0]["value"] == 324
    assert found["units"][0]["quarters"][0]["report"]["answer"] == "yes"
    assert missing["nearest"][0] == "2300-848"


async def test_every_described_address_answers(sqlite_database: str) -> None:
    """The OpenAPI document lists each format of both pages, and each gives the type it says."""
    await filled()
    async with reading_room() as visitor:
        described = json.loads(await read(visitor, "/openapi.json"))
        for path, operation in described["paths"].items():
            ending = path.rpartition("}")[2]
            assert ending in FORMATS
            address = path.format(fiscal_year=2570, code="2300-848", unit_code=BUREAU)
            async with visitor.get(address) as answer:
                assert answer.status == 200, address
                assert answer.content_type in operation["get"]["responses"]["200"]["content"]
                assert answer.headers["ETag"].startswith('W/"')


async def test_csv_has_a_row_a_quarter_and_unit(sqlite_database: str) -> None:
    """Twelve rows under Thai headings; an absent result is an empty cell."""
    await filled()
    async with reading_room() as visitor:
        text = await read(visitor, f"{INDICATOR}.csv")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert len(rows) == 12
    assert [row["ผลงาน"] for row in rows[:4]] == ["0", "1234567.123456", "", ""]
    assert [(row["หน่วยงาน"], row["คำตอบ"]) for row in rows[4:12:4]] == [
        ("ห้องสมุดสวนมะลิ", "แล้ว"),
        ("ห้องสมุดริมน้ำเย็น", "อยู่ระหว่างดำเนินการ"),
    ]
    assert rows[1]["รายงานผลการดำเนินงาน"] == "หนึ่ง\nสอง"
    assert [(row["2.1"], row["2.2"], row["บรรณนิทัศน์ (เรื่อง)"]) for row in rows[:3]] == [
        ("95", "100", ""),
        ("0", "", "324"),
        ("", "", ""),
    ]
    assert [row["สถานะ"] for row in rows[1:5]] == ["รับรองแล้ว", *["ยังไม่มีรายงานที่รับรอง"] * 2, "รับรองแล้ว"]


async def test_a_workbook_tells_what_the_page_tells(sqlite_database: str) -> None:
    """Beside the quarters a sheet with definition, strategy, projects, links, targets and why they were changed."""
    await filled()
    async with reading_room() as visitor:
        async with visitor.get(f"{INDICATOR}.xlsx") as answer:
            book = openpyxl.load_workbook(io.BytesIO(await answer.read()))
        async with visitor.get("/units/23000301/2570.xlsx?lang=en") as answer:
            units = openpyxl.load_workbook(io.BytesIO(await answer.read()))
    assert book.sheetnames == ["รายไตรมาส", "รายละเอียด"]
    told = [[cell for cell in row if cell is not None] for row in book["รายละเอียด"].iter_rows(values_only=True)]
    for row in (
        ["รหัสตัวชี้วัด", "2300-848"],
        ["ผลงานที่ทำได้", 1234567.123456],
        ["นิยาม หรือความหมายของตัวชี้วัด", "ห้องสมุดมีชีวิต หมายถึง ห้องสมุดที่มีพื้นที่หลากหลาย"],
        ["สนับสนุนยุทธศาสตร์กรุงเทพมหานคร", "๓.๓ - การศึกษาสำหรับทุกคน"],
        ["โครงการ/กิจกรรมที่สนับสนุนตัวชี้วัด", "โครงการห้องสมุดมีชีวิต"],
        ["ฐานข้อมูลประกอบตัวชี้วัดการพัฒนาเมือง", "ฐานข้อมูลเมือง", "https://data.example/city"],
        ["ค่าเป้าหมาย", 5, "ตั้งแต่ 1 กุมภาพันธ์ 2570", "เพิ่มเป้าหมาย"],
    ):
        assert row in told, row
    assert ["Part of", "23000300 กลุ่มงานพัฒนาห้องสมุดประชาชน"] in [
        [cell for cell in row if cell is not None] for row in units["Details"].iter_rows(values_only=True)
    ]


def opened(book: bytes) -> Any:
    """The first sheet of a workbook."""
    return openpyxl.load_workbook(io.BytesIO(book)).active


@pytest.mark.parametrize("text", DANGEROUS)
async def test_no_cell_is_a_formula(sqlite_database: str, text: str) -> None:
    """A name or narrative that looks like a formula is text in both kinds of sheet."""
    await set_up()
    await sent(BUREAU, 1, "-5", narrative=text)
    await Indicator.filter(code="2300-848").update(name=text, unit_of_measure=text)
    async with reading_room() as visitor:
        rows = list(csv.reader(io.StringIO((await read(visitor, f"{INDICATOR}.csv")).lstrip("\ufeff"))))
        async with visitor.get(f"{INDICATOR}.xlsx") as answer:
            book = openpyxl.load_workbook(io.BytesIO(await answer.read()))
    for row in rows[1:]:
        assert all(cell == "-5" or not re.match(r"\s*[=+\-@＝＋－＠]", cell) for cell in row), row
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert text in [cell.value for cell in cells]
    assert -5 in [cell.value for cell in cells]


async def test_a_sheet_cuts_no_narrative(sqlite_database: str) -> None:
    """What is longer than Excel's cell goes on in the next one."""
    await set_up()
    long = "".join(chr(0x0E01 + number % 40) for number in range(70_000))
    await sent(BUREAU, 1, "1", narrative=long)
    async with reading_room() as visitor, visitor.get(f"{INDICATOR}.xlsx") as answer:
        sheet = opened(await answer.read())
    last = [cell.value for cell in sheet[1]].index("รายงานผลการดำเนินงาน")
    assert "".join(str(cell.value) for cell in sheet[2][last:]) == long
