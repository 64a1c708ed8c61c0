"""Reading one cell: its text as a date, a number, a choice. Each reader says what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from bot.setup.choices import chosen
from locales.dates import THAI_MONTHS, THAI_MONTHS_SHORT
from models.rules.fiscal import BUDDHIST_ERA


class WrongCell(Exception):
    """What would be right: in Thai, in English."""

    def __init__(self, thai: str, english: str) -> None:
        self.thai, self.english = thai, english
        super().__init__(english)


_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_BUDDHIST_FROM = 2400
"""Years from here on are of the Buddhist era; no office reports on the common era's year 2400."""
_MONTHS = {name.replace(".", ""): 1 + at % 12 for at, name in enumerate((*THAI_MONTHS, *THAI_MONTHS_SHORT))}
_ALL_QUARTERS = {"ทุกไตรมาส", "all"}

Reader = Callable[[Any], Any]
"""A cell's value → the table's value; raises WrongCell."""


def text(value: Any) -> str:
    """One text, blanks at its ends removed."""
    if not isinstance(value, str):
        raise WrongCell("ต้องเป็นข้อความเดียว ไม่ใช่รายการ", "has to be one text, not a list")
    return value.strip().replace("\0", "")


def code(longest: int) -> Reader:
    """A code of at most `longest` letters, without blanks; Thai digits become the usual ones."""

    def read(value: Any) -> str:
        found = text(value).translate(_DIGITS)
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


def codes(value: Any) -> list[str]:
    """A list of codes or of groups of units; Thai digits become the usual ones."""
    return [each.translate(_DIGITS) for each in texts(value) if each]


def whole(least: int, most: int) -> Reader:
    """A whole number within bounds."""

    def read(value: Any) -> int:
        found = text(value)
        if not re.fullmatch(r"\d{1,9}", found) or not least <= int(found) <= most:
            raise WrongCell(f"ต้องเป็นจำนวนเต็ม {least}–{most}", f"has to be a whole number from {least} to {most}")
        return int(found)

    return read


def offsets(value: Any) -> list[int]:
    """Days before (-7) and after (1) another day: a list, or "-7, -1, 1"; none at all is "-"."""
    parts = [part for typed in texts(value) for part in re.split(r"[,;\s]+", typed.translate(_DIGITS)) if part]
    if parts in (["-"], ["–"]):
        return []
    found = [part.replace("–", "-").replace("−", "-") for part in parts]
    if not found or not all(re.fullmatch(r"[+-]?\d{1,2}", part) for part in found):
        raise WrongCell("ต้องเป็นจำนวนวัน เช่น -7, -1, 1", "has to be days such as -7, -1, 1")
    return sorted({int(part) for part in found})


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
    """A date as YYYY-MM-DD, DD/MM/YYYY or "1 ต.ค. 2569"; a year from 2400 on is of the Buddhist era."""
    found = text(value).translate(_DIGITS)
    try:
        year, month, number = _year_month_day(found)
        return date(year - BUDDHIST_ERA if year >= _BUDDHIST_FROM else year, month, number)
    except ValueError:
        raise WrongCell(
            "ต้องเป็นวันที่แบบ 2569-10-01, 1/10/2569 หรือ 1 ต.ค. 2569", "has to be a date such as 2026-10-01 or 2569-10-01"
        ) from None


def _year_month_day(typed: str) -> tuple[int, int, int]:
    """Raises ValueError. A year of two digits is refused: 69 may be of either era."""
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", typed):
        return int(found[1]), int(found[2]), int(found[3])
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", typed):
        return int(found[3]), int(found[2]), int(found[1])
    if found := re.fullmatch(r"(\d{1,2})\s*([ก-๙.]+?)\s*(?:พ\.?ศ\.?)?\s*(\d{4})", typed):
        return int(found[3]), _MONTHS.get(found[2].replace(".", ""), 0), int(found[1])
    raise ValueError(typed)


def quarters(value: Any) -> list[int]:
    """Quarters of a year, in order: a list of numbers, "1, 3", "1-4" or ทุกไตรมาส."""
    read = whole(1, 4)
    found: set[int] = set()
    for typed in texts(value):
        if typed.casefold() in _ALL_QUARTERS:
            found.update((1, 2, 3, 4))
            continue
        for part in re.split(r"[,;\s]+", re.sub(r"\s*[-–—]\s*", "-", typed)):
            first, _, last = part.partition("-")
            if part:
                found.update(range(read(first), read(last or first) + 1))
    if not found:
        raise WrongCell(
            "ต้องมีอย่างน้อยหนึ่งไตรมาส เช่น 1, 3 หรือ 1-4", "has to name at least one quarter, such as 1, 3 or 1-4"
        )
    return sorted(found)


def pairs(value: Any) -> dict[str, Decimal]:
    """Codes with their numbers: a list of "titles=1,200", or one text with commas between them."""
    found: dict[str, Decimal] = {}
    for each in (part for typed in texts(value) for part in re.split(r"[,;\n](?=[^,;=\n]+=)", typed)):
        name, sign, number = each.partition("=")
        if not sign or not name.strip():
            raise WrongCell("ต้องเป็น รหัส=จำนวน เช่น titles=324", "has to be code=number, such as titles=324")
        found[name.strip()] = decimal(number)
    return found


def choice(kinds: type[StrEnum] | Iterable[str]) -> Reader:
    """One of these words, or its Thai."""
    allowed = [str(each) for each in kinds]

    def read(value: Any) -> str:
        found = chosen(text(value), allowed)
        if found is None:
            raise WrongCell(f"ต้องเป็น {', '.join(allowed)}", f"has to be one of {', '.join(allowed)}")
        return found

    return read
