"""Dates, times and amounts as staff write them: พ.ศ. and Thai months in Thai, the common calendar in English.

In English a day carries the year ค.ศ. ("11 Jan 2027"): "11 Jan 2570" would be read as a mistake. A fiscal year is a
name, not a date, and stays พ.ศ. in both languages ("1/2570").
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Literal, get_args

from models.rules.fiscal import BUDDHIST_ERA, Quarter

Language = Literal["th", "en"]
DayStyle = Literal["short", "medium", "long", "weekday"]
"""short "11 ม.ค. 70", medium "11 ม.ค. 2570", long "11 มกราคม 2570", weekday "วันจันทร์ที่ 11 ม.ค. 70"."""

DAY_STYLES: tuple[DayStyle, ...] = get_args(DayStyle)

# A fixed offset rather than a zone name: Thailand has kept it since 1920, and small images carry no zone database.
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")

THAI_MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
THAI_MONTHS_SHORT = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_THAI_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(language: Language, value: date, style: DayStyle = "short") -> str:
    """A day in one of `DAY_STYLES`; a datetime is first moved to Bangkok.

    Raises ValueError for a style that does not exist and for a datetime without a time zone.
    """
    if style not in DAY_STYLES:
        raise ValueError(f"a day's style is one of {', '.join(DAY_STYLES)}, not {style!r}")
    value = _in_bangkok(value)
    month = _month(language, value.month, short=style != "long")
    year = _year(language, value.year, short=style in ("short", "weekday"))
    plain = f"{value.day} {month} {year}"
    if style != "weekday":
        return plain
    if language == "en":
        return f"{_ENGLISH_WEEKDAYS[value.weekday()]} {plain}"
    return f"วัน{_THAI_WEEKDAYS[value.weekday()]}ที่ {plain}"


def time(language: Language, value: datetime) -> str:
    """The time of day in Bangkok: "14.32 น.", in English "14:32". Raises ValueError without a time zone."""
    value = _aware(value)
    return f"{value:%H:%M}" if language == "en" else f"{value:%H.%M} น."


def months(language: Language, quarter: Quarter) -> str:
    """The months of a quarter with the calendar's year: "ต.ค.–ธ.ค. 69" for 1/2570."""
    first, last = quarter.first_day, quarter.last_day
    names = f"{_month(language, first.month, short=True)}–{_month(language, last.month, short=True)}"
    return f"{names} {_year(language, last.year, short=True)}"


def span(language: Language, first: date, last: date) -> str:
    """A range of days, "1 ต.ค.–31 ธ.ค. 69"; the year stands on both ends when they differ."""
    first, last = _in_bangkok(first), _in_bangkok(last)
    end = day(language, last)
    if first == last:
        return end
    if first.year != last.year:
        return f"{day(language, first)}–{end}"
    if first.month != last.month:
        return f"{first.day} {_month(language, first.month, short=True)}–{end}"
    return f"{first.day}–{end}"


def common_year(written: int) -> int | None:
    """The year ค.ศ. of a year written with four digits in either era; None for what is no year anybody writes of."""
    if 1900 <= written < 2157:
        return written
    return written - BUDDHIST_ERA if 2443 <= written < 2700 else None


def amount(value: Decimal | int) -> str:
    """An exact number with grouped thousands and no idle zeros: "1,407.52", 36.000000 → "36".

    Raises ValueError for what is not a finite number.
    """
    exact = Decimal(value)
    if not exact.is_finite():
        raise ValueError(f"{value} cannot be written as an amount")
    if not exact:
        return "0"  # minus zero too
    whole, _, part = f"{exact:,f}".partition(".")
    part = part.rstrip("0")
    return f"{whole}.{part}" if part else whole


def _in_bangkok(value: date) -> date:
    return _aware(value).date() if isinstance(value, datetime) else value


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a time without a time zone cannot be told to anyone")
    return value.astimezone(BANGKOK)


def _month(language: Language, month: int, *, short: bool) -> str:
    if language == "en":
        name = ENGLISH_MONTHS[month - 1]
        return name[:3] if short else name
    return (THAI_MONTHS_SHORT if short else THAI_MONTHS)[month - 1]


def _year(language: Language, year: int, *, short: bool) -> str:
    if language == "en":
        return str(year)
    return f"{(year + BUDDHIST_ERA) % 100:02d}" if short else str(year + BUDDHIST_ERA)
