"""Which quarter a person means: "ไตรมาสที่ ๓", "q3", "1/70", "เม.ย.-มิ.ย.", "ที่แล้ว".

A year beside a quarter's number is fiscal; beside months it is the calendar's (ต.ค.–ธ.ค. 2569 = 1/2570). Two digits
are พ.ศ. (70 → 2570), and a four-digit year below 2157 is ค.ศ. (พ.ศ. 2700).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from locales.dates import ENGLISH_MONTHS, THAI_MONTHS, THAI_MONTHS_SHORT, common_year
from locales.thai_commands import QUARTER_WORD
from locales.thai_phrases import fold, without_tail
from models.rules.fiscal import BUDDHIST_ERA, Quarter

LONGEST = 120
"""Characters; what is longer is a sentence and names no single quarter."""


class QuarterSaid(Struct, frozen=True):
    """A quarter's number, 1 to 4, and its fiscal year (พ.ศ.) where one was said or follows from the words.

    `relative`: it was said from today (นี้, ที่แล้ว, this, last); with several rounds open it may mean another.
    """

    number: int
    fiscal_year: int | None = None
    relative: bool = False


def read_quarter(text: str, today_quarter: Quarter) -> QuarterSaid | None:
    """The quarter that the whole text names; None for anything else. `today_quarter` gives นี้ and ที่แล้ว a meaning.

    A bare number from 1 to 4 is the quarter of that number, never a place in a list.
    """
    if len(text) > LONGEST:
        return None
    said = without_tail(fold(text)).strip(" \"'“”()!?,;:")
    said = re.sub(r"\s*ของ\s*(?=ปี)", " ", said)
    if found := _OF_A_YEAR.search(said):
        years = {"": None, "นี้": today_quarter.fiscal_year}
        year = years.get(found[1], today_quarter.fiscal_year - 1)
        named = _by_number(said[: found.start()].rstrip())
        return QuarterSaid(named.number, year) if named and named.fiscal_year is None else None
    return _by_position(said, today_quarter) or _by_number(said) or _by_months(said)


def read_year(text: str, today_quarter: Quarter) -> int | None:
    """The fiscal year (พ.ศ.) that the whole text names, "ปี 2569", "ปีงบประมาณ ๖๙", "ปีที่แล้ว"; None for anything else."""
    said = without_tail(fold(text[:LONGEST]))
    if found := _OF_A_YEAR.fullmatch(said):
        return {"": None, "นี้": today_quarter.fiscal_year}.get(found[1], today_quarter.fiscal_year - 1)
    found = _YEAR_ALONE.fullmatch(said)
    return _buddhist(found["year"]) if found else None


def quarter_at_start(said: str, today_quarter: Quarter, units: Sequence[str] = ()) -> tuple[QuarterSaid, int] | None:
    """The quarter that a folded text begins with, named as one (ไตรมาส 3, Q3, 3/70, เม.ย.-มิ.ย.), and where it ends.

    A bare number is none here, and a year of two digits needs its slash or word: "ไตรมาส 3 36" goes on with a result.
    One of four, and any beside months, may stand bare, unless it is far from today's or a folded unit follows it.
    """
    head = said[:LONGEST]
    for pattern in (_BEGINS_RELATIVE, _BEGINS_NUMBERED, _BEGINS_WITH_MONTHS):
        found = pattern.match(head)
        if not found:
            continue
        end = found.end()
        if year := found.groupdict().get("bare"):
            near = abs((_buddhist(year) or 0) - today_quarter.fiscal_year) <= 5
            if not near or head[end:].lstrip().startswith(tuple(units)):
                end = found.start("bare")
        quarter = read_quarter(head[:end], today_quarter)
        return (quarter, len(head[:end].rstrip())) if quarter else None
    return None


_QUARTER = rf"(?:(?:ราย)?{QUARTER_WORD}\s*(?:ที่)?\s*\.?\s*)"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_YEAR_WORDS = r"(?:ปี\s*งบประมาณ|ปี\s*งบ|ปี|fiscal year|fy)?\s*(?:พ\.?\s*ศ\.?|ค\.?\s*ศ\.?|b\.?e\.?)?\s*"
_YEAR_WORD = r"(?:(?:ปี\s*งบประมาณ|ปี\s*งบ|ปี|fiscal year|fy)\s*(?:พ\.?\s*ศ\.?|ค\.?\s*ศ\.?)?|พ\.?\s*ศ\.?|ค\.?\s*ศ\.?)\s*"
_YEAR_ALONE = re.compile(_YEAR_WORD + _YEAR)
_NUMBERS = {"1": 1, "2": 2, "3": 3, "4": 4, "หนึ่ง": 1, "แรก": 1, "สอง": 2, "สาม": 3, "สี่": 4, "สุดท้าย": 4}
_ENGLISH_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": 4,
}
_ORDINALS = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_NUMBER = "(?P<number>" + "|".join((*_NUMBERS, *_ENGLISH_NUMBERS)) + ")"

_NUMBERED = re.compile(
    rf"{_QUARTER}?{_NUMBER}(?:\s*(?:/|ของ|of)?\s*{_YEAR_WORDS}{_YEAR})?"
    rf"|(?P<ordinal>{'|'.join((*_ORDINALS, *_ENGLISH_NUMBERS))}) quarter"
    rf"(?: (?:of )?{_YEAR_WORDS}(?P<ordinal_year>\d{{4}}|\d{{2}}))?"
)
# 3 70 and 370 say too little: a year beside a bare number wants a slash or the word.
_JOINED = re.compile(r"\d\s*\d{2,4}")

_OF_A_YEAR = re.compile(r"ปี(?:งบประมาณ|งบ)?(นี้|ที่แล้ว|ก่อน|)$")
_CURRENT = re.compile(rf"{_QUARTER}?\s*(?:ปัจจุบันนี้|ปัจจุบัน|นี้)|(?:this|current) quarter")
_PREVIOUS = re.compile(
    rf"{_QUARTER}?\s*(?:ที่แล้ว|ที่ผ่านมา|ที่ผ่านไป|ก่อนหน้านี้|ก่อนหน้า)|{_QUARTER}\s*(?:ก่อน|แล้ว|ผ่านมา)"
    r"|(?:the )?(?:last|previous) quarter"
)

_SEPARATOR = r"\s*(?:-|–|—|−|~|ถึง|จนถึง|to|until)\s*"


def _month_names() -> dict[str, int]:
    names: dict[str, int] = {}
    for month in range(12):
        long, short = THAI_MONTHS[month], THAI_MONTHS_SHORT[month]
        english = ENGLISH_MONTHS[month].casefold()
        for name in (long, short, short.rstrip("."), short.replace(".", ""), english, english[:3], english[:3] + "."):
            names[name] = month + 1
        names[long.removesuffix("คม").removesuffix("ยน").removesuffix("พันธ์")] = month + 1
    return names


_MONTHS = _month_names()
_MONTH = "|".join(re.escape(name) for name in sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?:\d{1,2}\s*)?"
# "ต.ค. พ.ย. ธ.ค." names all three; the one between is not looked at more closely.
_BETWEEN = rf"(?:{_SEPARATOR}|\s*[,\s]\s*(?:{_MONTH})\s*(?:[,\s]|และ|and)\s*)"
_SPAN = re.compile(
    rf"(?:{_QUARTER}|เดือน|ช่วง|ช่วงเดือน)?\s*{_DAY}(?P<first>{_MONTH})\s*(?P<first_year>\d{{4}}|\d{{2}})?"
    rf"{_BETWEEN}(?:เดือน)?{_DAY}(?P<last>{_MONTH})\s*{_YEAR_WORDS}{_YEAR}?"
)
_BEGINS_RELATIVE = re.compile(
    rf"{_QUARTER}\s*(?:ปัจจุบันนี้|ปัจจุบัน|นี้|ที่แล้ว|ที่ผ่านมา|ก่อนหน้านี้|ก่อนหน้า|ก่อน)(?![ก-๎])"
    r"|(?:this|current|the last|last|previous) quarter\b"
)
_BEGINS_NUMBERED = re.compile(
    rf"(?:{_QUARTER}{_NUMBER}(?![\d.,]*\d)(?:\s*(?:/\s*|(?:ของ|of)?\s*{_YEAR_WORD})(?:\d{{4}}|\d{{2}})|\s+(?P<bare>\d{{4}})(?![\d.,-]))?"
    rf"|[1-4]\s*/\s*(?:\d{{4}}|\d{{2}}))(?!\d|/|-\d|\s*/)"
)
_BEGINS_WITH_MONTHS = re.compile(_SPAN.pattern.replace("?P<year>", "?P<bare>") + r"(?!\d)")


def _by_position(said: str, today: Quarter) -> QuarterSaid | None:
    if _CURRENT.fullmatch(said):
        return QuarterSaid(today.number, today.fiscal_year, relative=True)
    if _PREVIOUS.fullmatch(said):
        return QuarterSaid(today.previous.number, today.previous.fiscal_year, relative=True)
    return None


def _by_number(said: str) -> QuarterSaid | None:
    found = _NUMBERED.fullmatch(said)
    if not found or _JOINED.fullmatch(said):
        return None
    number = found["number"] or found["ordinal"]
    year = found["year"] or found["ordinal_year"]
    which = {**_NUMBERS, **_ENGLISH_NUMBERS, **_ORDINALS}[number]
    if year is None:
        return QuarterSaid(which)
    fiscal_year = _buddhist(year)
    return QuarterSaid(which, fiscal_year) if fiscal_year else None


def _by_months(said: str) -> QuarterSaid | None:
    found = _SPAN.fullmatch(said)
    if not found:
        return None
    first, last = _MONTHS[found["first"]], _MONTHS[found["last"]]
    if first not in (1, 4, 7, 10) or last != first + 2:
        return None
    number = {10: 1, 1: 2, 4: 3, 7: 4}[first]
    year = found["year"] or found["first_year"]
    if year is None:
        return QuarterSaid(number)
    calendar_year = _buddhist(year)
    if not calendar_year or (found["first_year"] and found["year"] and _buddhist(found["first_year"]) != calendar_year):
        return None
    return QuarterSaid(number, calendar_year + (1 if number == 1 else 0))


def _buddhist(year: str) -> int | None:
    if len(year) == 2:
        return 2500 + int(year)
    common = common_year(int(year))
    return None if common is None else common + BUDDHIST_ERA
