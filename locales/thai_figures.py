"""What a narrative says in figures: counts with their units ("๑,๒๔๐ ครั้ง") and dates with their eras.

Read for the checks, which ask and never block, so everything here leans towards silence: what is approximate, planned,
somebody else's or a part of another word is marked as not clear, and what is not a count at all (a quarter, a list's
numbers, an address) is left out. Texts are compared in one form; `said` is that form, cut from the narrative.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from locales.dates import ENGLISH_MONTHS, THAI_MONTHS, THAI_MONTHS_SHORT, common_year
from locales.thai_number_words import SCALES

LONGEST = 100_000
"""Characters; in what is longer nothing is read."""
MOST = 80
"""Counts, or dates and names of months, in one narrative; one with more is a pasted table: nothing is read in it."""

Since = Literal["unsaid", "quarter", "year"]
Era = Literal["buddhist", "common", "unsaid"]


class Count(Struct, frozen=True):
    """A number with one of the declared units. `unit` is the canonical name."""

    value: Decimal
    unit: str
    said: str
    clear: bool = True
    """False: approximate, planned, a part, of somebody else, or perhaps the beginning of a longer word."""
    total: bool = False
    """A word such as รวม or ทั้งหมด stands beside it."""
    months: frozenset[int] | None = None
    """The calendar months of its own date range; empty when that is no whole month; None when it has none."""
    since: Since = "unsaid"
    """Words such as ไตรมาสนี้ (quarter) or สะสม (year)."""


class DateSaid(Struct, frozen=True):
    """A date, a month with its year, or a year."""

    said: str
    era: Era = "unsaid"
    """The era of a four-digit year; two digits do not say it."""
    possible: bool = True
    """False: 31 ก.พ., month 13, 1/31/2021 (a day stands before its month here), ค.ศ. 2564."""
    year: int | None = None
    """As written, when it has four digits."""
    labelled: bool = False
    """พ.ศ. or ค.ศ. stands before the year."""
    bare_year: bool = False
    """Neither day nor month stands beside the year: it may be a plan's or a target's (ภายในปี 2030)."""


def counts(text: str, units: Mapping[str, str]) -> tuple[Count, ...]:
    """Every count with one of the units (any name → its canonical name), in the order of the text. Never raises."""
    names = {_alike(name).strip(): canonical for name, canonical in units.items()}
    names.pop("", None)
    if not names or len(text) > LONGEST:
        return ()
    said, begins, found = _alike(text), 0, list[Count]()
    pattern = _counted(tuple(sorted(names, key=len, reverse=True)))
    matches = list(islice(pattern.finditer(said), MOST + 1))
    if len(matches) > MOST:
        return ()
    for match in matches:
        before = said[max(begins, match.start() - _BEFORE) : match.start()].rpartition("\n")[2]
        found += _read(match, before, said[match.end() : match.end() + _AFTER], names[match["unit"]])
        begins = match.end()
    return tuple(found)


def dates(text: str) -> tuple[DateSaid, ...]:
    """Every date and year, in the order of the text. Never raises."""
    if len(text) > LONGEST:
        return ()
    said, ends, read = _alike(text), 0, list[DateSaid]()
    found = [
        (match, reader) for pattern, reader in _READERS.items() for match in islice(pattern.finditer(said), MOST + 1)
    ]
    if len(found) > MOST:
        return ()
    for match, reader in sorted(found, key=lambda each: each[0].start()):
        before = said[max(ends, match.start() - 14) : match.start()].rpartition("\n")[2]
        if match.start() >= ends and (date_said := reader(match, before)) is not None:
            read.append(date_said)
            ends = match.end()
    return tuple(read)


_ALIKE: dict[int, str | None] = {
    **{ord(digit): str(value) for value, digit in enumerate("๐๑๒๓๔๕๖๗๘๙")},
    **{ord(digit): str(value) for value, digit in enumerate("０１２３４５６７８９")},
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\t"), " "),
    **dict.fromkeys(map(ord, "‐‑‒–—−"), "-"),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), None),
    ord("，"): ",",
    ord("\r"): "\n",
}
_ELSEWHERE = re.compile(r"(?:https?://|www\.)[^\s()]+|(?<![a-z0-9._-])[a-z0-9._-]++@[a-z0-9._-]+")


def _alike(text: str) -> str:
    """One form for digits, dashes, spaces, case and SARA AM; addresses are blanked."""
    text = text.translate(_ALIKE).lower().replace("ํา", "ำ").replace("เเ", "แ")
    return _ELSEWHERE.sub(" ", text) if "@" in text or "www." in text or "http" in text else text


# Counts

_BEFORE, _AFTER = 90, 48
_DIGITS = r"[0-9]*+(?:,[0-9]++)*+(?:\.[0-9]++)?+"
_NUMBER = rf"[0-9]{_DIGITS}"
_WELL_FORMED = re.compile(r"(?:0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,6})?")
# Thai writes no spaces: after its unit a count goes on with one of these words, or it was another word (ห้องสมุด).
_GOES_ON = (
    r"(?![ก-๛a-z])|(?=ได้|แล้ว|และ|คือ|ซึ่ง|ที่(?!\s*[0-9])|ใน|โดย|จาก|เป็น|ต่อ|ดัง|ดำเนิน|เพื่อ|ของ|มี|รวม|ทั้ง|คิด|ผ่าน|ร่วม|เข้า|เมื่อ|"
    r"ระหว่าง|ตั้งแต่|ครบ|ค่ะ|ครับ|จัด|ให้|ตาม|พร้อม|หรือ|กับ|ณ|ถึง|แบ่ง|ประกอบ|เท่า|พัฒนา|อยู่|ส่ง|ยัง|จะ|กระจาย|ไม่|แต่|เช่น|อาทิ|สำหรับ|ด้วย|ละ|"
    r"ขึ้นไป|กว่า|เศษ)"
)


@lru_cache(maxsize=256)
def _counted(names: tuple[str, ...]) -> re.Pattern[str]:
    """A number (or two: 30-36, 36/40) and one of the names, longest first; a Latin name also in its plain plural."""
    unit = "|".join(re.escape(name) for name in names)
    # The first digit comes before its lookbehinds, so that the search leaps from digit to digit.
    return re.compile(
        rf"[0-9](?<![0-9a-z_.,/:@#].)(?<![0-9a-z]-.){_DIGITS}(?P<first>)"
        rf"(?: ?(?:/|-|ถึง|จาก|หรือ|และ|,) ?(?P<second>{_NUMBER}))?"
        rf" ?(?:\([^()\n]{{1,40}}\) ?)?(?P<multiple>ร้อย|พัน|หมื่น|แสน|ล้าน)? ?"
        rf"(?P<unit>{unit})(?:(?<=[a-z])s)?(?P<whole>{_GOES_ON})?"
    )


_NOT_A_COUNT = re.compile(
    r"(?:(?:ครั้ง|ระยะ|ฉบับ|รุ่น|วัน|กลุ่ม|รอบ|ปี|สัปดาห์|เล่ม|ตอน|ชุด)ที่|(?:ไตรมาส|ไตรมาศ|ลำดับ|อันดับ|ชั้น|ข้อ|เลข|หน้า)(?:ที่)?|"
    r"พ\.?ศ\.?|ค\.?ศ\.?|เวลา|หมู่|ซอย|มาตรา|อายุ|โควิด|covid|โทร\.?|โทรศัพท์|เบอร์)[ -]*$"
)
_MAY_BE_OTHER = re.compile(
    r"เป้าหมาย|ประมาณ|กว่า|เกือบ|ราว|เฉลี่ย|อย่างน้อย|ไม่ต่ำ|ไม่เกิน|สูงสุด|เพิ่ม|อีก|เหลือ|ยังไม่|ไม่ได้|ขาด|ยกเลิก|จาก|ละ *$|"
    r"แผน|จะ|คาด|กำหนด|อยู่ระหว่าง|ต้อง|เช่น|อาทิ|[0-9] *(?:,|และ|หรือ) *$|"
    r"ประชุม|ทำความสะอาด|ไลฟ์|ถูกใจ|ไลก์|แชร์|เพจ|ผู้ติดตาม|โพสต์|ติดป้าย|ร่วมกับ|วิทยากร|เจ้าหน้าที่|บุคลากร|บรรณารักษ์|อาสาสมัคร|โรงเรียน|สถานศึกษา|หน่วยงาน|เครือข่าย|ภาคี|ชุมชน|บริษัท|สำนักงาน|มหาวิทยาลัย"
)
_IS_OTHER_AFTER = re.compile(
    r" ?(?:/|ต่อ(?!เนื่อง)|ละ|ขึ้นไป|กว่า|เศษ|โดยประมาณ|(?:ที่)?(?:ยัง)?ไม่|(?:ที่)?(?:ยัง)?อยู่ระหว่าง|หรือ|จะ|และอื่น|ฯลฯ|เป็นต้น)"
)
_TOTAL_BEFORE = re.compile(r"(?:รวม|ทั้งสิ้น|ทั้งหมด|สะสม)(?:เป็น|จำนวน|ทั้งสิ้น|ทั้งหมด| )*$")
_TOTAL_AFTER = re.compile(r" ?(?:รวม)?(?:ทั้งสิ้น|ทั้งหมด)(?! ?(?:จำนวน)? ?[0-9])")
_QUARTER_SAID = re.compile(r"ไตรมาส(?:ที่)? *([1-4])(?![0-9])")
_THIS_QUARTER = re.compile(r"(?:ไตรมาส|เดือน|รอบ|ครั้ง|สัปดาห์|วัน)นี้|ในไตรมาส")
_THE_YEAR = re.compile(r"สะสม|ต้นปี|ตลอดปี|ทั้งปี|ปีงบประมาณนี้")
_ANOTHER_TIME = re.compile(
    r"(?:ปี|ไตรมาส|เดือน|ครั้ง|รอบ)(?:ที่)?(?:แล้ว|ก่อน|ผ่านมา)|ปี(?:งบประมาณ)? *(?:พ\.?ศ\.? *)?[0-9]|เดือนละ|วันละ|ปีละ"
)
_TIME_FOLLOWS = re.compile(
    r" ?\(?(?:เมื่อ|ในช่วง|ในเดือน|ในวัน|ในไตรมาส|ในปี|ช่วง|ระหว่าง(?!ดำเนิน)|ตั้งแต่|เดือน|วันที่|ประจำเดือน|นับ)"
)


def _read(match: re.Match[str], before: str, after: str, unit: str) -> list[Count]:
    near, first = before[-30:], match.string[match.start() : match.end("first")]
    if _NOT_A_COUNT.search(near) or _is_a_year(first, near):
        return []
    time = before + (after.partition("\n")[0] if _TIME_FOLLOWS.match(after) else "")
    months = _months_of(time)
    if _ANOTHER_TIME.search(time):
        months = frozenset()
    clear = (
        match["whole"] is not None
        and match["second"] is None
        and not _MAY_BE_OTHER.search(near)
        and not _IS_OTHER_AFTER.match(after)
    )
    total = bool(_TOTAL_BEFORE.search(near) or _TOTAL_AFTER.match(after))
    since: Since = "quarter" if _THIS_QUARTER.search(time) else "year" if _THE_YEAR.search(time) else "unsaid"
    found = []
    for number in (first, match["second"]):
        if number is not None and _WELL_FORMED.fullmatch(number):
            value = Decimal(number.replace(",", "")).scaleb(SCALES.get(match["multiple"] or "", 0))
            found.append(Count(Decimal(f"{value:f}"), unit, match[0].strip(), clear, total, months, since))
    return found


def _is_a_year(number: str, near: str) -> bool:
    """2564 or 64 after a month or after ปี."""
    return _YEAR_LIKE.fullmatch(number) is not None and _TAKES_A_YEAR.search(near) is not None


# Months and dates

_MONTHS = {
    name: month + 1
    for month in range(12)
    for name in (
        THAI_MONTHS[month],
        THAI_MONTHS_SHORT[month].rstrip("."),
        ENGLISH_MONTHS[month].lower(),
        ENGLISH_MONTHS[month][:3].lower(),
    )
}
_ENGLISH_MONTH = "|".join(f"{name[:3].lower()}(?:{name[3:].lower()})?" for name in ENGLISH_MONTHS)
_MONTH = (
    r"(?:ม(?:กราคม|ีนาคม|ิถุนายน|\. ?ค|ี\. ?ค|ิ\. ?ย)|ก(?:ุมภาพันธ์|รกฎาคม|ันยายน|\. ?พ|\. ?ค|\. ?ย)|เม(?:ษายน|\. ?ย)|"
    r"พ(?:ฤษภาคม|ฤศจิกายน|\. ?ค|\. ?ย)|ส(?:ิงหาคม|\. ?ค)|ต(?:ุลาคม|\. ?ค)|ธ(?:ันวาคม|\. ?ค)|"
    rf"(?:{_ENGLISH_MONTH})(?![a-z]))"
)
_ERA = r"(?:พ\.? ?ศ\.?|พุทธศักราช|ค\.? ?ศ\.?|คริสต์ศักราช)"
_YEAR_OF = r"ปี(?:งบประมาณ|การศึกษา)?"
_YEAR_LIKE = re.compile(r"2[45][0-9]{2}|20[0-9]{2}|[67][0-9]")
_TAKES_A_YEAR = re.compile(rf"(?:{_MONTH}|{_YEAR_OF})\.? *$")
_MONTH_SAID = re.compile(rf"(?:(?<![0-9])(?P<day>[0-9]{{1,2}}) ?)?(?<![a-z])(?P<month>{_MONTH})")
_RANGE = re.compile(r"-|ถึง")
_MONTHS_OF_QUARTER = {1: frozenset((10, 11, 12)), **{n: frozenset(range(3 * n - 5, 3 * n - 2)) for n in (2, 3, 4)}}

# Each begins with a letter or digit of its own, so that the search leaps to it. The day is looked for backwards.
_MARKED = re.compile(
    r"[0-9](?<![0-9a-z/.-].)[0-9]{0,3}+(?P<mark>[/.-])(?P<second>[0-9]{1,2}+)(?P=mark)(?P<third>[0-9]{1,4}+)(?![0-9/-])"
)
_NAMED = re.compile(
    rf"(?P<month>{_MONTH})\.?(?: ?(?P<label>{_ERA}|ปี)? ?(?P<year>[0-9]{{4}}|[0-9]{{2}})(?![0-9]|[/,.][0-9]))?"
)
_YEARED = re.compile(rf"(?:{_YEAR_OF} ?(?P<label>{_ERA})?|(?P<era>{_ERA})) ?(?P<year>[0-9]{{4}})(?![0-9,])")
_DAY_BEFORE = re.compile(r"(?P<of>วันที่ ?)?(?<![0-9/.,])(?P<day>[0-9]{1,2}) ?(?:เดือน)? ?$")
_DOCUMENT_BEFORE = re.compile(r"(?:เลขที่|หนังสือ|กท) *$")
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _months_of(said: str) -> frozenset[int] | None:
    """The whole months that a text speaks of: "1 ต.ค.-30 ธ.ค." is three, "5 พ.ย." is none; None without any."""
    found = list(_MONTH_SAID.finditer(said))
    if not found:
        quarter = _QUARTER_SAID.search(said)
        return _MONTHS_OF_QUARTER[int(quarter[1])] if quarter else None
    first, last = found[0]["day"], found[-1]["day"]
    if (first and int(first) != 1) or (last and int(last) < 28):
        return frozenset()
    months: set[int] = set()
    for place, each in enumerate(found):
        month = _MONTHS[each["month"].replace(" ", "")]
        months.add(month)
        if place and _RANGE.search(said, found[place - 1].end(), each.start()):
            begins = _MONTHS[found[place - 1]["month"].replace(" ", "")]
            months |= {(begins + step - 1) % 12 + 1 for step in range((month - begins) % 12)}
    return frozenset(months)


def _marked(match: re.Match[str], before: str) -> DateSaid | None:
    """31/12/2563, 31-12-2563, 2021-01-31; not a version, an outline or a letter's number."""
    first, _, _ = match[0].partition(match["mark"])
    if _DOCUMENT_BEFORE.search(before):
        return None
    if len(first) == 4 and match["mark"] == "-":
        return _dated(match[0], int(match["third"]), int(match["second"]), first)
    # Only a slash makes a year of two digits: 1.2.64 is an outline.
    has_year = len(match["third"]) == 4 or (match["mark"] == "/" and len(match["third"]) == 2)
    if len(first) > 2 or not has_year:
        return None
    return _dated(match[0], int(first), int(match["second"]), match["third"])


def _named(match: re.Match[str], before: str) -> DateSaid | None:
    """31 ก.พ. 2564, ก.พ. 64, 5 Jan 2027; a month alone is no date."""
    is_word = match["month"].isascii() and before[-1:].isalpha()
    day = _DAY_BEFORE.search(before)
    if is_word or not (day or match["year"]):
        return None
    number = int(day["day"]) if day else 1
    # "ผลงาน 36 ก.ย." is no day; 32 may be a slip of the finger, and after วันที่ every number is a day.
    if day and not day["of"] and not 0 < number <= 32:
        day, number = None, 1
    said = ((day["day"] + " ") if day else "") + match[0].rstrip(" ,")
    label = (match["label"] or "").removeprefix("ปี")
    return _dated(said, number, _MONTHS[match["month"].replace(" ", "")], match["year"] or "", label)


def _yeared(match: re.Match[str], before: str) -> DateSaid | None:
    """ปี 2564, ปีงบประมาณ พ.ศ. 2564, ค.ศ. 2021; not the year in a product's name (Windows ปี 2019)."""
    if before.rstrip()[-1:].isascii() and before.rstrip()[-1:].isalpha():
        return None
    return replace(_dated(match[0], 1, 1, match["year"], match["label"] or match["era"] or ""), bare_year=True)


_READERS = {_MARKED: _marked, _NAMED: _named, _YEARED: _yeared}


def _dated(said: str, day: int, month: int, year: str, label: str = "") -> DateSaid:
    era, common = _era_of(year)
    contradicted = (label[:1] == "พ" and era == "common") or (label[:1] == "ค" and era == "buddhist")
    possible = not contradicted and 1 <= month <= 12 and 1 <= day <= _LONGEST_MONTHS[month - 1]
    if possible and common is not None and (day, month) == (29, 2):
        possible = isleap(common)
    return DateSaid(said, era, possible, int(year) if len(year) == 4 else None, bool(label))


def _era_of(year: str) -> tuple[Era, int | None]:
    """The era of a year as written, and its year ค.ศ."""
    common = common_year(int(year)) if len(year) == 4 else None
    if common is None:
        return "unsaid", None
    return "common" if common == int(year) else "buddhist", common
