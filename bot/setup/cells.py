"""Reading one cell: its text as a date, a number, a choice. Each reader says what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from models.rules.fiscal import BUDDHIST_ERA


class WrongCell(Exception):
    """What would be right: in Thai, in English."""

    def __init__(self, thai: str, english: str) -> None:
        self.thai, self.english = thai, english
        super().__init__(english)


Reader = Callable[[Any], Any]
"""A cell's value → the table's value; raises WrongCell."""


def text(value: Any) -> str:
    """One text, blanks at its ends removed."""
    if not isinstance(value, str):
        raise WrongCell("ต้องเป็นข้อความเดียว ไม่ใช่รายการ", "has to be one text, not a list")
    return value.strip().replace("\0", "")


def code(longest: int) -> Reader:
    """A code of at most `longest` letters, without blanks."""

    def read(value: Any) -> str:
        found = text(value)
        if not found or len(found) > longest or re.search(r"\s", found):
            raise WrongCell(
                f"ต้องเป็นรหัสไม่เกิน {longest} ตัวอักษร ไม่มีช่องว่าง",
                f"has to be a code of at most {longest} letters, no blanks",
            )
        return found

    return read


def short(longest: int) -> Reader:
    """A text of at most `longest` letters."""

    def read(value: Any) -> str:
        found = text(value)
        if len(found) > longest:
            raise WrongCell(f"ต้องไม่เกิน {longest} ตัวอักษร", f"has to be at most {longest} letters")
        return found

    return read


def texts(value: Any) -> list[str]:
    """A list of texts; one text is a list of one."""
    if isinstance(value, str):
        return [text(value)]
    return [text(each) for each in value]


def whole(least: int, most: int) -> Reader:
    """A whole number within bounds."""

    def read(value: Any) -> int:
        found = text(value)
        if not re.fullmatch(r"\d{1,9}", found) or not least <= int(found) <= most:
            raise WrongCell(f"ต้องเป็นจำนวนเต็ม {least}–{most}", f"has to be a whole number from {least} to {most}")
        return int(found)

    return read


def decimal(value: Any) -> Decimal:
    """A number such as 3, 0.5 or 1,200; at most 18 digits before the point and 6 after it."""
    try:
        found = Decimal(re.sub(r"(?<=\d),(?=\d{3})", "", text(value)))
        in_range = found.is_finite() and abs(found) < Decimal(10) ** 18 and found == found.quantize(Decimal("0.000001"))
    except InvalidOperation:
        in_range = False
    if not in_range:
        raise WrongCell("ต้องเป็นตัวเลข เช่น 3 หรือ 0.5", "has to be a number such as 3 or 0.5")
    return found.quantize(Decimal("0.000001"))


def day(value: Any) -> date:
    """A date as YYYY-MM-DD; a year from 2400 on is of the Buddhist era."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text(value))
    try:
        year, month, number = map(int, found.groups()) if found else (0, 0, 0)
        return date(year - BUDDHIST_ERA if year >= 2400 else year, month, number)
    except ValueError:
        raise WrongCell(
            "ต้องเป็นวันที่แบบ 2569-10-01 (พ.ศ.) หรือ 2026-10-01 (ค.ศ.)", "has to be a date such as 2026-10-01 or 2569-10-01"
        ) from None


def quarters(value: Any) -> list[int]:
    """Quarters of a year, in order."""
    read = whole(1, 4)
    found = sorted({read(each) for each in texts(value)})
    if not found:
        raise WrongCell("ต้องมีอย่างน้อยหนึ่งไตรมาส", "has to name at least one quarter")
    return found


def choice(kinds: type[StrEnum] | Iterable[str]) -> Reader:
    """One of these words."""
    allowed = [str(each) for each in kinds]

    def read(value: Any) -> str:
        found = text(value)
        if found not in allowed:
            raise WrongCell(f"ต้องเป็น {', '.join(allowed)}", f"has to be one of {', '.join(allowed)}")
        return found

    return read
