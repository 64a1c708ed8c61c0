"""The empty set-up workbook: headings in two languages, hints on every cell, lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # publishes no types

from bot.setup.choices import shown
from bot.setup.columns import DAYS, LEVELS, NEEDS_APPROVAL, SECTIONS, SUB_MEASURE, TYPES
from bot.setup.workbook_sheets import CODES, DATES, SHEETS, Heading, Sheet
from models.rules.office import Accumulation, Direction, OverQuarters, OverUnits, ResultKind, Role, UnitKind, ZeroReason

FILLED_ROWS = 2_000
"""Rows that are formatted and have lists; further rows are read all the same."""
_HEAD_ROWS = 2
_LONGEST_HINT = 255
_FONT = "Leelawadee UI"
"""Drawn on every Windows with Thai; elsewhere the office program takes its own Thai font."""

_CHOICES: Mapping[tuple[str, str], list[str]] = {
    ("units", "kind"): list(UnitKind),
    ("people", "role"): list(Role),
    ("people", "needs_approval"): list(NEEDS_APPROVAL),
    ("holidays", "kind"): list(DAYS),
    ("indicators", "kind"): list(ResultKind),
    ("indicators", "part_kind"): list(ResultKind),
    ("indicators", "type"): list(TYPES),
    ("indicators", "level"): list(LEVELS),
    ("indicators", "direction"): list(Direction),
    ("indicators", "accumulation"): list(Accumulation),
    ("indicators", "over_quarters"): list(OverQuarters),
    ("indicators", "over_units"): list(OverUnits),
    ("sub_measures", "accumulation"): list(Accumulation),
    ("results", "zero_reason"): list(ZeroReason),
}
_REFERENCES = {"parent": "units", "owner": "units", "unit": "units", "indicator": "indicators"}
"""Columns that name a code of another sheet, whose first column is offered as a list."""

REQUIRED: Mapping[str, tuple[str, ...]] = {name: each.required for name, each in SECTIONS.items()} | {
    "sub_measures": ("indicator", *SUB_MEASURE.required)  # a sheet of its own, so it names what it belongs to
}
"""Sheet → the columns that are marked with *."""

EXAMPLES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "units": (
        {"code": "23000000", "name": "สำนักวัฒนธรรม กีฬา และการท่องเที่ยว", "kind": "bureau"},
        {"code": "LIB-01", "name": "ห้องสมุดตัวอย่าง", "kind": "library", "parent": "23000000", "phone": "0 2123 4567"},
    ),
    "people": ({"name": "สมหญิง ใจดี", "position": "บรรณารักษ์ชำนาญการ", "role": "reporter", "units": "LIB-01, LIB-02"},),
    "indicators": (
        {
            "code": "2300-848",
            "order": "8",
            "name": "จำนวนห้องสมุดที่ได้รับการพัฒนาเป็นห้องสมุดมีชีวิต",
            "owner": "23000000",
            "unit_of_measure": "ห้อง",
            "other_names": "แห่ง",
            "kind": "count",
            "part_kind": "yes_no",
            "question": "พัฒนาเป็นห้องสมุดมีชีวิตแล้วหรือยัง",
            "accumulation": "cumulative",
            "over_quarters": "latest",
            "over_units": "count_met",
        },
    ),
    "sub_measures": (
        {
            "indicator": "2300-848",
            "code": "titles",
            "label": "จัดทำบรรณนิทัศน์ออนไลน์",
            "unit_of_measure": "ชื่อเรื่อง",
            "other_names": "เรื่อง",
        },
    ),
    "targets": (
        {
            "indicator": "2300-848",
            "unit": "23000000",
            "fiscal_year": "2570",
            "value": "3",
            "document_number": "กท 1234/2569",
        },
    ),
    "activities": ({"indicator": "2300-848", "unit": "23000000", "fiscal_year": "2570", "text": "จัดทำบรรณนิทัศน์ออนไลน์"},),
    "assignments": (
        {"indicator": "2300-848", "units": "ทุกห้องสมุด", "fiscal_year": "2570", "quarters": "1-4"},
        {"indicator": "2300-848", "units": "23000000", "fiscal_year": "2570", "quarters": "2, 4"},
    ),
    "rounds": ({"fiscal_year": "2570", "quarter": "2", "due": "16/4/2570"},),
    "holidays": ({"day": "11/1/2570", "name": "วันหยุดพิเศษ"}, {"day": "10/7/2570", "kind": "working"}),
    "results": (
        {
            "indicator": "2300-848",
            "unit": "LIB-01",
            "fiscal_year": "2569",
            "quarter": "4",
            "result": "แล้ว",
            "narrative": "จัดทำบรรณนิทัศน์ออนไลน์และเผยแพร่แล้ว",
            "sub_measures": "titles=324",
        },
    ),
    "criteria": (
        {"fiscal_year": "2569", "code": "2.1", "label": "เกณฑ์ที่ 1", "maximum": "100", "order": "1"},
        {"fiscal_year": "2569", "code": "2.2", "label": "เกณฑ์ที่ 2", "maximum": "100", "order": "2"},
    ),
    "evaluations": (
        {
            "indicator": "2300-848",
            "fiscal_year": "2569",
            "quarter": "4",
            "overall": "95",
            "scores": "2.1=95, 2.2=100",
            "comment": "เป็นไปตามเป้าหมาย",
        },
    ),
    "year_summaries": ({"indicator": "2300-848", "fiscal_year": "2569", "text": "ห้องสมุดได้รับการพัฒนาครบตามเป้าหมาย"},),
}

_GUIDE = (
    ("วิธีกรอก", "How to fill this in"),
    (
        "กรอกแผ่น หน่วยงาน และ ตัวชี้วัด ก่อน แผ่นอื่นเลือกรหัสจากสองแผ่นนี้",
        "Begin with the sheets units and indicators; the others choose their codes.",
    ),
    ("หัวคอลัมน์สีเข้มที่มี * ต้องกรอก", "Dark headings with * are required."),
    (
        "แถวสีเทาที่ขึ้นต้นด้วย # เป็นตัวอย่าง จะไม่ถูกนำเข้า ลบได้",
        "Grey rows beginning with # are examples; they are not imported and may be deleted.",
    ),
    (
        "วันที่: 1/10/2569, 2569-10-01, 1 ต.ค. 2569 หรือวันที่ของ Excel · ใช้เลขไทยได้",
        "Dates: 1/10/2569, 2026-10-01 or Excel's own; Thai digits are read.",
    ),
    (
        "การมอบหมาย: ทุกห้องสมุด หรือ ทุกห้องสมุดของ 23040000 หมายถึงทุกแห่งในแผ่น หน่วยงาน แถวที่ระบุรหัสใช้แทนกลุ่ม",
        "Assignments: all libraries, all libraries of CODE; a row with a unit's own code goes before its group.",
    ),
    (
        "ผลงานย้อนหลัง: ใส่อย่างน้อยหนึ่งปีที่ผ่านมา เพื่อให้ระบบตรวจความผิดปกติได้ตั้งแต่ปีแรก",
        "Past results: at least last year's, so that mistakes are noticed from the first year on.",
    ),
    (
        "ตรวจก่อน: python -m bot import ไฟล์.xlsx --dry-run แล้วนำเข้าโดยไม่ใส่ --dry-run นำเข้าซ้ำได้",
        "Check with --dry-run, then import. The same file can be imported again.",
    ),
    ("แผ่นหรือคอลัมน์ที่ชื่อขึ้นต้นด้วย # จะไม่ถูกอ่าน", "Sheets and columns whose names begin with # are not read."),
)


def write_template(path: Path) -> None:
    """Write the workbook; raises OSError. What stands there is replaced."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = _formats(book)
        _guide(book, formats)
        for sheet in SHEETS:
            _sheet(book, sheet, formats)


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": _FONT, "font_size": 11, "valign": "top", "text_wrap": True}
    head = {**base, "bold": True, "valign": "vcenter", "border": 1, "border_color": "#B7C4CF"}
    return {
        "title": book.add_format({**base, "bold": True, "font_size": 16, "font_color": "#0B4F6C"}),
        "text": book.add_format(base),
        "english": book.add_format({**base, "font_color": "#5B6770"}),
        "required": book.add_format({**head, "bg_color": "#0B4F6C", "font_color": "#FFFFFF"}),
        "optional": book.add_format({**head, "bg_color": "#DCE8EF", "font_color": "#12303F"}),
        "machine": book.add_format({**base, "font_size": 8, "font_color": "#8A949B", "italic": True, "bottom": 1}),
        "code": book.add_format({**base, "num_format": "@"}),
        "example": book.add_format(
            {**base, "num_format": "@", "font_color": "#8A949B", "italic": True, "bg_color": "#F4F5F6"}
        ),
    }


def _guide(book: Any, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet("# คำแนะนำ")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 2)
    sheet.set_column(1, 2, 62)
    for row, (thai, english) in enumerate(_GUIDE, 1):
        sheet.write_string(row, 1, thai, formats["title" if row == 1 else "text"])
        sheet.write_string(row, 2, english, formats["title" if row == 1 else "english"])
        sheet.set_row(row, 30 if row == 1 else 36)


def _sheet(book: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    page = book.add_worksheet(sheet.title)
    page.freeze_panes(_HEAD_ROWS, 1)
    page.set_row(0, 40)
    page.set_row(1, 13)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, _HEAD_ROWS - 1)
    for index, (name, heading) in enumerate(sheet.headings.items()):
        required = name in REQUIRED[sheet.section]
        mark = " *" if required else ""
        page.set_column(index, index, heading.width, formats["code" if name in CODES | DATES else "text"])
        page.write_string(
            0, index, f"{heading.thai}{mark}\n{heading.english}", formats["required" if required else "optional"]
        )
        page.write_string(1, index, name, formats["machine"])
        _validate(page, sheet, index, name, heading)
        for row, example in enumerate(EXAMPLES[sheet.section], _HEAD_ROWS):
            choices = _CHOICES.get((sheet.section, name), [])
            value = example.get(name, "")
            value = shown(value) if value in choices else value
            page.write_string(row, index, f"# {value}" if index == 0 else value, formats["example"])


def _validate(page: Any, sheet: Sheet, index: int, name: str, heading: Heading) -> None:
    """A list of choices or codes where there is one, and the hint that shows when the cell is entered.

    What is not in the list is warned of, not refused: the import says better what is wrong.
    """
    rule: dict[str, Any] = {"validate": "any"}
    choices = _CHOICES.get((sheet.section, name))
    if choices is not None:
        rule = {"validate": "list", "source": [shown(each) for each in choices], "error_type": "warning"}
    elif name in _REFERENCES:
        other = next(each for each in SHEETS if each.section == _REFERENCES[name])
        first = _HEAD_ROWS + 1 + len(EXAMPLES[other.section])
        rule = {"validate": "list", "source": f"='{other.title}'!$A${first}:$A${FILLED_ROWS}", "error_type": "warning"}
    elif name == "quarter":
        rule = {"validate": "list", "source": ["1", "2", "3", "4"], "error_type": "warning"}
    if heading.hint:
        rule |= {"input_title": heading.thai[:32], "input_message": heading.hint[:_LONGEST_HINT]}
    if len(rule) > 1:
        page.data_validation(_HEAD_ROWS, index, FILLED_ROWS, index, rule)
