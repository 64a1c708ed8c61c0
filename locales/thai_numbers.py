"""One number out of a short Thai answer, strictly: whatever is not one clear number is asked again, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from locales.thai_phrases import fold, without_tail

Reason = Literal[
    "nothing",
    "several",
    "approximate",
    "malformed",
    "negative",
    "other_unit",
    "laughter",
    "not_yet",
    "increment",
    "same_as_before",
    "too_large",
    "unclear",
]

LONGEST = 200
"""Characters; what is longer is a narrative, not a number."""
MOST_DIGITS = 18
"""Before the point."""
MOST_PLACES = 6
"""After the point, idle zeros aside."""


@dataclass(frozen=True, slots=True)
class NumberRead:
    """One clear number, 0 or more, exact. `is_percent`: a % or ร้อยละ stood beside it; the value is not divided."""

    value: Decimal
    is_percent: bool = False


@dataclass(frozen=True, slots=True)
class NumberUnclear:
    """Why the number has to be asked again, and what was seen, for saying it back.

    several: every number; other_unit: the number and the words beside it; unclear: the number and the words before it;
    approximate, increment, negative, laughter, malformed, too_large: the number as typed, when there is one.
    """

    reason: Reason
    seen: tuple[str, ...] = ()


def read_number(text: str, unit_names: Sequence[str] = ()) -> NumberRead | NumberUnclear:
    """Read the whole text as one number, with the unit of measure by one of its names or without. Never raises."""
    if len(text) > LONGEST:
        return NumberUnclear("unclear")
    said = _without_laughter(without_tail(fold(text).replace("−", "-"), laughter=False)).strip(" \"'“”!")
    # NFKC has already turned "36²" into 362 and "½" into 1⁄2.
    if any(unicodedata.category(char) == "No" for char in text) or any(_foreign_digit(char) for char in said):
        return NumberUnclear("malformed", (text.strip(),))
    return _read(said, _folded_units(unit_names))


_TOKEN = re.compile(r"[.,]?[0-9](?:[0-9.,]*[0-9])?")
_WELL_FORMED = re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_LAUGHTER = re.compile(r"5{3,}")
_TAIL_OF_LAUGHTER = re.compile(r"(?<=[^\d\s.,/:+-])\s*5{3,}\+*$")
_EXPONENT = re.compile(r"[0-9]\s*e\s*[+-]?[0-9]|0x[0-9a-f]|\bnan\b|\binf(?:inity)?\b|[0-9]\s*[\^*]\s*[0-9]")
_NEGATIVE = re.compile(r"(?:^|\s)[-–—]\s*[.]?[0-9]|(?:^|\s|ติด)ลบ\s*[0-9]|\bminus\s*[0-9]")
_APPROXIMATE = re.compile(
    r"ประมาณ|เกือบ|มากกว่า|น้อยกว่า|กว่า|ราว|เกิน|ไม่ถึง|อย่างน้อย|อย่างมาก|ไม่ต่ำ|คาดว่า|น่าจะ|สัก|แถว|"
    r"about|around|almost|nearly|approx|over|more than|less than|at least|up to|roughly|[~≈<>±]|[0-9]\s*\+"
)
_INCREMENT = re.compile(r"เพิ่ม|อีก|บวก|^\+|\bmore\b|additional|another|\bextra\b")
_HALF = re.compile(r"ครึ่ง|\bhalf\b")
_REASONS_BESIDE: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    ("approximate", _APPROXIMATE),
    ("increment", _INCREMENT),
    ("malformed", _HALF),
)
_NOT_YET = re.compile(
    r"[-–—]+|ยังไม่.*|ไม่มี.*|ไม่ได้(?:ทำ|ดำเนินการ|จัด).*|(?:อยู่)?ระหว่าง.*|(?:กำลัง|รอ)(?:ดำเนินการ|ทำ).*|"
    r"none|nothing|not yet.*|n/?a|in progress.*|nil"
)
_SAME = re.compile(r"(?:ยัง)?(?:เท่า|เหมือน|คง)(?:เดิม|กับ.*|ไตรมาส.*|ครั้ง.*|ที่แล้ว)|same.*|unchanged")
_PERCENT_AFTER = re.compile(r"%|เปอร์เซ็?นต์?|เปอเซ็นต์?|percent|per cent|pct")
_PERCENT_BEFORE = re.compile(r"ร้อยละ\s*$")
_BEFORE = re.compile(
    r"(?:ทำได้|ทำแล้ว|จัดทำได้|จัดทำแล้ว|จัดทำ|ดำเนินการได้|ดำเนินการแล้ว|ได้|มี|รวมทั้งสิ้น|รวมทั้งหมด|รวมเป็น|รวม|ทั้งสิ้น|ทั้งหมด|"
    r"จำนวน|ยอดรวม|ยอดสะสม|ยอด|สะสม|ผลงาน|ผล|คือ|เป็น|ตอบ|เท่ากับ|ขอตอบ|we have|we did|total|answer|it is|it's|is|[=:\s])*+"
)
_AFTER = re.compile(r"(?:แล้ว|เท่านั้น|พอดี|ถ้วน|รวม|ทั้งหมด|ทั้งสิ้น|only|exactly|in total|total|[.,\s])*+")
_MULTIPLES = {"ร้อย": 2, "พัน": 3, "หมื่น": 4, "แสน": 5, "ล้าน": 6}
_MULTIPLE = re.compile(r"(ร้อย|พัน|หมื่น|แสน|ล้าน)(?!ละ)(ล้าน)?")


def _read(said: str, units: Sequence[str]) -> NumberRead | NumberUnclear:
    numbers = tuple(_TOKEN.findall(said))
    if _EXPONENT.search(said):
        return NumberUnclear("malformed", (said,))
    if not numbers:
        return NumberUnclear(_reason_without_number(said))
    if len(numbers) > 1:
        numbers = tuple(_TOKEN.findall(_without_units(said, units)))
        if len(numbers) != 1:
            return NumberUnclear("several", numbers)
    number = numbers[0]
    if _NEGATIVE.search(said):
        return NumberUnclear("negative", (number,))
    before, _, after = said.partition(number)
    beside = f"{_without_units(before, units)} {number} {_without_units(after, units)}".strip()
    for reason, pattern in _REASONS_BESIDE:
        if pattern.search(beside):
            return NumberUnclear(reason, (number,))
    if _LAUGHTER.fullmatch(number):
        return NumberUnclear("laughter", (number,))
    if not _WELL_FORMED.fullmatch(number):
        return NumberUnclear("malformed", (number,))
    return _with_words(before, number, after.strip(), units)


def _with_words(before: str, number: str, after: str, units: Sequence[str]) -> NumberRead | NumberUnclear:
    is_percent = False
    value = Decimal(number.replace(",", ""))
    if found := _PERCENT_BEFORE.search(before):
        is_percent, before = True, before[: found.start()]
    if found := _MULTIPLE.match(after):
        value = value.scaleb(sum(_MULTIPLES[word] for word in found.groups() if word))
        after = after[found.end() :].lstrip()
    if found := _PERCENT_AFTER.match(after):
        is_percent, after = True, after[found.end() :].lstrip()
    if unit := next((unit for unit in units if after.startswith(unit) and _AFTER.fullmatch(after, len(unit))), ""):
        after = after[len(unit) :]
    elif unit := next((unit for unit in units if before.rstrip().endswith(unit)), ""):
        before = before.rstrip().removesuffix(unit)
    if not _BEFORE.fullmatch(before):
        return NumberUnclear("unclear", (number, before.strip()))
    if not _AFTER.fullmatch(after):
        return NumberUnclear("other_unit", (number, after.strip(" .,")))
    # Decimal's own normalise would round to its context; the text is exact.
    digits, _, places = f"{value:f}".partition(".")
    if len(digits) > MOST_DIGITS or len(places.rstrip("0")) > MOST_PLACES:
        return NumberUnclear("too_large", (number,))
    return NumberRead(Decimal(f"{value:f}"), is_percent)  # 3.6 หมื่น is 36000, not 3.6E+4


def _reason_without_number(said: str) -> Reason:
    words = said.replace(" ", "").strip(".,")
    if _NOT_YET.fullmatch(words) or _NOT_YET.fullmatch(said):
        return "not_yet"
    if _SAME.fullmatch(words) or _SAME.fullmatch(said):
        return "same_as_before"
    if _HALF.search(said):
        return "malformed"
    return "nothing"


def _without_laughter(said: str) -> str:
    shorter = _TAIL_OF_LAUGHTER.sub("", said)
    return without_tail(shorter, laughter=False) if _TOKEN.search(shorter) else said


def _without_units(said: str, units: Sequence[str]) -> str:
    for unit in units:
        said = said.replace(unit, " ")
    return said


def _foreign_digit(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char) in ("Nd", "Nl", "No")


def _folded_units(unit_names: Sequence[str]) -> list[str]:
    """Longest first; a Latin name also in its plain plural."""
    names = {folded for name in unit_names if (folded := fold(name))}
    names |= {f"{name}s" for name in names if name.isascii() and name[-1].isalpha()}
    return sorted(names, key=len, reverse=True)
