"""A workbook's cell as the text that its person sees: 36.0 is 36, a date is a date, a code keeps its zeros."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import Cell as Found

from bot.setup.rows import Unreadable
from bot.setup.workbook_sheets import LINED, LISTED

_SIGNIFICANT = 15
"""Decimal digits that Excel keeps of a number."""

ERROR_VALUE = Unreadable(
    "เป็นค่าผิดพลาดของ Excel (เช่น #N/A) ให้พิมพ์ค่าที่ถูกต้อง", "is one of Excel's error values; type the value itself"
)
NO_VALUE = Unreadable(
    "เป็นสูตรที่ยังไม่มีค่า ให้เปิดไฟล์ใน Excel แล้วบันทึก หรือวางเป็นค่า",
    "is a formula without a value yet; open and save the file in Excel, or paste the value",
)
TIME_OF_DAY = Unreadable("เป็นเวลา ไม่ใช่วันที่หรือข้อความ", "is a time of day, not a date or a text")
MERGED = Unreadable(
    "เป็นเซลล์ที่ผสานข้ามคอลัมน์ ให้ยกเลิกการผสาน (Unmerge)", "is merged over several columns; unmerge the cells"
)


def text_of(found: Any) -> str | Unreadable:
    """One cell's value as text, "" when it is empty."""
    value = found.value
    if value is None:
        return ""
    if isinstance(value, str):
        return ERROR_VALUE if found.data_type == "e" else value.replace("_x000D_", "").replace("\r\n", "\n").strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return TIME_OF_DAY
    if isinstance(value, int | float):
        return number_text(value, str(found.number_format or ""))
    return ERROR_VALUE


def number_text(value: float, shown_as: str) -> str:
    """A number as it is shown: without the float's own noise, percents as written, zeros of a format such as 00000."""
    exact = Decimal(f"{value:.{_SIGNIFICANT}g}")
    if not exact.is_finite():
        return str(value)
    if "%" in re.sub(r'"[^"]*"', "", shown_as):
        exact *= 100  # the person reads 90%, Excel keeps 0.9
    plain = f"{exact:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    if re.fullmatch("0{2,32}", shown_as) and plain.isdigit():
        return plain.zfill(len(shown_as))
    return plain


def is_formula(found: Found) -> bool:
    """Whether the cell holds a formula; asked of a workbook that was read with its formulas."""
    return found.data_type == "f"


def split(name: str, typed: str) -> str | tuple[str, ...]:
    """A column's text, or its texts when it holds several."""
    if name in LISTED:
        between = r"[,;\n]" if name != "sub_measures" else r",(?!\d{3}(?!\d))|[;\n]"
    elif name in LINED:
        between = r"[;\n]"
    else:
        return typed
    return tuple(part.strip() for part in re.split(between, typed) if part.strip())
