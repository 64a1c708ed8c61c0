"""Workbooks for the tests, as a person would fill them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Sheets = Mapping[str, Sequence[Sequence[Any]]]
"""Sheet title → its rows, the headings first."""

OFFICE: Sheets = {
    "หน่วยงาน": [
        ["รหัส", "ชื่อหน่วยงาน", "ประเภท", "อยู่ใต้รหัส"],
        [23000000, "สำนัก", "สำนัก", None],
        ["LIB-01", "ห้องสมุดหนึ่ง", "ห้องสมุด · library", 23000000.0],
        ["LIB-02", "ห้องสมุดสอง", "library", "๒๓๐๐๐๐๐๐"],
    ],
    "ตัวชี้วัด": [
        ["รหัส", "ชื่อตัวชี้วัด", "เจ้าของ", "หน่วยนับ", "ชื่ออื่นของหน่วยนับ", "ผลงานของเจ้าของ", "คำตอบของหน่วยย่อย"],
        ["2300-848", "ห้องสมุดมีชีวิต", 23000000, "ห้อง", "แห่ง, หลัง", "count", "yes_no"],
        ["2300-849", "กิจกรรม", 23000000, "ครั้ง", None, "จำนวนนับ", None],
    ],
    "sub_measures": [
        ["indicator", "code", "label", "unit_of_measure"],
        ["2300-848", "titles", "บรรณนิทัศน์", "ชื่อเรื่อง"],
    ],
    "การมอบหมาย": [
        ["รหัสตัวชี้วัด", "หน่วยงาน", "ปีงบประมาณ", "ไตรมาส"],
        ["2300-848", "ทุกห้องสมุด", 2570.0, "1-4"],
        ["2300-849", "ทุกห้องสมุดของ 23000000", "๒๕๗๐", None],
        ["2300-849", "LIB-02", 2570, "2, ๔"],
    ],
    "ผลงานย้อนหลัง": [
        ["indicator", "unit", "fiscal_year", "quarter", "result", "narrative", "sub_measures", "reporter"],
        ["2300-848", "LIB-01", 2569, 4, "แล้ว", "ทำแล้ว", "titles=1,324", "สมหญิง"],
        ["2300-849", "LIB-01", 2569, 4, 36.0, None, None, None],
    ],
    "ผู้ใช้งาน": [
        ["ชื่อ–สกุล", "ตำแหน่ง", "บทบาท", "หน่วยงาน"],
        ["สมหญิง ใจดี", "บรรณารักษ์", "ผู้รายงาน", "LIB-01, LIB-02"],
    ],
}


def write_workbook(path: Path, sheets: Sheets) -> Path:
    """A workbook with these sheets at `path`; a value keeps its type."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
