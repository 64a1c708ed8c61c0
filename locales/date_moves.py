"""เลื่อนกำหนด ไตรมาส 1 เป็น 15 ม.ค. 70: which date of which quarter is to be another day. Never raises."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import regex

from locales.dates import ENGLISH_MONTHS, THAI_MONTHS, THAI_MONTHS_SHORT, common_year
from locales.thai_phrases import fold, without_tail
from locales.thai_quarters import QuarterSaid, read_quarter
from models.rules.fiscal import BUDDHIST_ERA, Quarter

LONGEST = 120
_WHICH = {
    "opens": "วันเปิดรับ|เปิดรับ|opening",
    "due": "กำหนดส่ง|วันครบกำหนด|ครบกำหนด|กำหนด|due",
    "closes": "วันปิดรับ|ปิดรับ|closing",
    "review": "วันตรวจ|กำหนดตรวจ|review",
    "evaluation": "วันประเมิน|กำหนดประเมิน|evaluation",
}
_NAMES = {name: which for which, names in _WHICH.items() for name in names.split("|")}
_NAME = "|".join(sorted(_NAMES, key=len, reverse=True))
_THAI = regex.compile(
    rf"(?:ขอ)?เลื่อน(?P<which>{_NAME})\s*(?:ของ)?\s*(?P<quarter>.*?)"
    r"\s*(?:(?:ไปเป็น|เป็น|ออกไปอีก|ออกไป|ไปอีก|ไป|อีก)\s*(?:วัน(?:\w*ที่)?)?\s*(?P<day>.+))?"
)
_ENGLISH = regex.compile(
    rf"move (?:the )?(?P<which>{_NAME})(?: date| day)?(?: (?:of|for))?\s*(?P<quarter>.*?)\s*(?:(?:to|by) (?P<day>.+))?"
)
_LATER = regex.compile(r"(\d{1,3})\s*(?:วัน|days?)")
_NAMES_A_QUARTER = regex.compile(r"ไตรมาส.*|q\s?\d+|quarter.*")
_MONTHS = {
    name.casefold().replace(".", ""): 1 + at % 12
    for at, name in enumerate(
        (*THAI_MONTHS, *THAI_MONTHS_SHORT, *ENGLISH_MONTHS, *(each[:3] for each in ENGLISH_MONTHS))
    )
}
_NAMED = regex.compile(r"(\d{1,2})\s*([ก-๙a-z.]+?)\s*(?:พ\.?ศ\.?\s*)?(\d{4}|\d{2})?")
_MARKED = regex.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_ISO = regex.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class DateMove:
    """`which`: opens, due, closes, review or evaluation. `quarter` None: not said, or none that there is.

    Either `day` is known or by how many days it is to be `later`; where neither is, it has to be asked for.
    """

    which: str
    quarter: QuarterSaid | None
    day: date | None
    said: str = field(default="", compare=False)
    """The day as it was written; empty where nothing like a date was."""
    later: int | None = None


def read_move(text: str, today: date) -> DateMove | None:
    """What is to be moved where; None when the text asks for nothing of the kind. A day without a year is to come."""
    if len(text) > LONGEST:
        return None
    said = without_tail(fold(text))
    found = _THAI.fullmatch(said) or _ENGLISH.fullmatch(said)
    if found is None:
        return None
    which, named, day = _NAMES[found["which"]], found["quarter"], found["day"] or ""
    quarter = read_quarter(named, Quarter.of(today)) if named else None
    if named and quarter is None:
        return DateMove(which, None, None) if _NAMES_A_QUARTER.fullmatch(named) else None
    if later := _LATER.fullmatch(day.strip()):
        return DateMove(which, quarter, None, day, int(later[1]))
    return DateMove(which, quarter, read_day(day, today), day if regex.search(r"\d", day) else "")


def read_day(said: str, today: date) -> date | None:
    """A day as people write it: 15 ม.ค. 70, 15/1/2570, 2027-01-15. Two digits of a year are of the Buddhist era."""
    said = said.strip()
    try:
        if found := _ISO.fullmatch(said):
            return _on(int(found[3]), int(found[2]), found[1])
        if found := _MARKED.fullmatch(said):
            return _on(int(found[1]), int(found[2]), found[3])
        found = _NAMED.fullmatch(said)
        month = _MONTHS.get(found[2].replace(".", ""), 0) if found else 0
        if found is None or not month:
            return None
        if found[3]:
            return _on(int(found[1]), month, found[3])
        this_year = date(today.year, month, int(found[1]))
        return this_year if this_year >= today else date(today.year + 1, month, int(found[1]))
    except ValueError:
        return None


def _on(day: int, month: int, year: str) -> date | None:
    written = int(year) if len(year) == 4 else 2500 + int(year)
    common = common_year(written) if len(year) == 4 else written - BUDDHIST_ERA
    return None if common is None else date(common, month, day)
