"""One number out of a short Thai answer, strictly: whatever is not one clear number is asked again, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from locales.thai_number_words import NUMERAL, SCALES, WordsUnclear, in_digits, numeral, plain_digits
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


class NumberRead(Struct, frozen=True):
    """One clear number, 0 or more, exact. `is_percent`: a % or ร้อยละ stood beside it; the value is not divided."""

    value: Decimal
    is_percent: bool = False


class NumberUnclear(Struct, frozen=True):
    """Why the number has to be asked again, and what was seen, for saying it back.

    several: every number; other_unit and unclear: the number and the words beside it; approximate, increment, negative,
    laughter, too_large: the number, when there is one; these are plain ASCII digits. malformed: the text as typed.
    """

    reason: Reason
    seen: tuple[str, ...] = ()


def read_number(text: str, unit_names: Sequence[str] = ()) -> NumberRead | NumberUnclear:
    """Read the whole text as one number, with the unit of measure by one of its names or without. Never raises."""
    if len(text) > LONGEST:
        return NumberUnclear("unclear")
    units = _folded_units(unit_names)
    polite = without_tail(fold(text).replace("−", "-").rstrip(" ?!"), laughter=False)
    typed = without_tail(_THANKS.sub("", polite), laughter=False).strip(" \"'“”!?")
    typed = _BAHT.sub("", typed)
    if len(typed) > LONGEST:
        return NumberUnclear("unclear")  # one character can stand for many (ﷺ)
    # NFKC has already turned "36²" into 362 and "½" into 1⁄2.
    if any(unicodedata.category(char) == "No" for char in text) or any(_foreign_digit(char) for char in typed):
        return NumberUnclear("malformed", (text.strip(),))
    calm = _without_laughter(typed, units)
    said = in_digits(calm, units)
    if isinstance(said, WordsUnclear):
        return NumberUnclear(said.reason, said.seen)
    if calm != typed and calm.endswith(tuple(SCALES)):
        # "3 พัน 555" laughs at 3,000, or is 3,555.
        both = in_digits(calm, units), in_digits(typed, units)
        return NumberUnclear("several", _numbers(" ".join(each for each in both if isinstance(each, str))))
    return _read(_once(said, units), units, laughing=bool(_LAUGHING.search(calm)))


_TOKEN = re.compile(NUMERAL)
_THANKS = re.compile(r"(?<=\S) ?(?:ขอบคุณ|ขอบพระคุณ|ขอบใจ|thanks|thank you)(?:มาก ?ๆ?)?$")
_BAHT = re.compile(r"(?<=\d)\.-(?!\s*\d)")
_TWICE = re.compile(rf"({NUMERAL})([^()\d]{{0,60}})\( ?({NUMERAL})([^()\d]{{0,60}})\)")
_LAUGHING = re.compile(r"(?<![\d.,])5{3,}(?![\d.,]*\d)")
_LAUGHTER = re.compile(r"5{3,}")
_TAIL_OF_LAUGHTER = re.compile(r"(?<=[^\d\s.,/:+-])\s*5{3,}\+*$")
_EXPONENT = re.compile(r"[0-9]\s*e\s*[+-]?[0-9]|0x[0-9a-f]|\bnan\b|\binf(?:inity)?\b|[0-9]\s*[\^*]\s*[0-9]")
_NEGATIVE = re.compile(r"(?:^|\s)[-–—]\s*[.]?[0-9]|(?:^|\s|ติด)ลบ\s*[0-9]|\bminus\s*[0-9]")
_APPROXIMATE = re.compile(
    r"ประมาณ|เกือบ|มากกว่า|น้อยกว่า|กว่า|(?<!เรื่อง)ราว|เกิน|ไม่ถึง|อย่างน้อย|อย่างมาก|ไม่ต่ำ|คาดว่า|น่าจะ|สัก|แถว\s*ๆ|"
    r"เฉียด|หลาย|(?<!เข้า)ร่วม\s*[0-9]|"
    r"about|around|almost|nearly|approx|over|more than|less than|at least|up to|roughly|[~≈<>±]|[0-9]\s*\+"
)
_NEGATIVE_WORD = re.compile(r"ติดลบ.*|negative|minus")
_SOME = re.compile(r"(?:หลาย|นับ|เป็น|หลัก)(?:สิบ|ร้อย|พัน|หมื่น|แสน|ล้าน)|dozens|hundreds")
_INCREMENT = re.compile(
    r"เพิ่ม|อีก|บวก|^\+|(?:ไตรมาส|รอบ|งวด)นี้|เฉพาะไตรมาส|\bmore\b|additional|another|\bextra\b|this quarter"
)
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
_SAME = re.compile(
    r"(?:ยัง|ก็)?(?:คง)?(?:(?:เท่า|เหมือน|ตาม)(?:เดิม|กับ.*|ไตรมาส.*|ครั้ง.*|ของเดิม|ที่แล้ว|ก่อน)|คงเดิม|เดิม)(?:ทุกอย่าง|เลย)?"
    r"|(?:ยัง)?ไม่(?:มีการ|มีอะไร|ได้)?เปลี่ยน(?:แปลง)?.*|same.*|unchanged|no change"
)
_PERCENT_AFTER = re.compile(r"%|เปอร์เซ็?นต์?|เปอเซ็นต์?|percent|per cent|pct")
_PERCENT_BEFORE = re.compile(r"ร้อยละ\s*$")
_BEFORE = re.compile(
    r"(?:ทำได้|ทำแล้ว|จัดทำได้|จัดทำแล้ว|จัดทำ|จัดกิจกรรม|จัดได้|จัดแล้ว|จัดไป|จัด|ดำเนินการได้|ดำเนินการแล้ว|ดำเนินการ|แล้ว|ได้|มี|"
    r"รวมทั้งสิ้น|รวมทั้งหมด|รวมเป็น|รวม\s*ๆ|รวม|ทั้งสิ้น|ทั้งหมด|(?:ขอ)?(?:แก้ไข|แก้|เปลี่ยน|ปรับ)เป็น|"
    r"จำนวน|ยอดรวม|ยอดสะสม|ยอด|สะสม|ผลงาน|ผล|คือ|เป็น|ตอบ|เท่ากับ|เท่าเดิม|ขอตอบ|ครบ|ทั้ง|แค่|เพียง|"
    r"we have|we did|total|answer|it is|it's|is|[=:\s])*+"
)
_AFTER = re.compile(
    r"(?:แล้ว|เท่านั้น|พอดี|ถ้วน|รวม|ทั้งหมด|ทั้งสิ้น|สะสม|เรียบร้อย|เท่าเดิม|เหมือนเดิม|คงเดิม|เลย|ใช่(?:ไหม|มั้ย|มั๊ย|รึเปล่า|หรือเปล่า|หรือไม่)|"
    r"\((?:ยอด)?(?:สะสม|รวม|รวมทั้งหมด|รวมทั้งสิ้น|ทั้งหมด|ทั้งสิ้น|ถ้วน)\)|only|exactly|in total|total|cumulative|[.,\s])*+"
)


def _read(said: str, units: Sequence[str], *, laughing: bool) -> NumberRead | NumberUnclear:
    numbers = tuple(_TOKEN.findall(said))
    if _EXPONENT.search(said):
        return NumberUnclear("malformed", (said,))
    if not numbers:
        return NumberUnclear(_reason_without_number(said))
    if len(numbers) > 1:
        numbers = tuple(_TOKEN.findall(_without_units(said, units)))
        if len(numbers) != 1:
            seen = _numbers(" ".join(numbers))
            return NumberUnclear("several", seen) if len(seen) > 1 else NumberUnclear("malformed", (said,))
    number = numbers[0]
    value = numeral(number)
    seen = () if value is None else (plain_digits(value),)
    if _NEGATIVE.search(said):
        return NumberUnclear("negative", seen)
    before, _, after = said.partition(number)
    beside = f"{_without_units(before, units)} {number} {_without_units(after, units)}".strip()
    for reason, pattern in _REASONS_BESIDE:
        if pattern.search(beside):
            return NumberUnclear(reason, (said,) if reason == "malformed" else seen)
    if laughing and _LAUGHTER.fullmatch(number):
        return NumberUnclear("laughter", seen)
    if value is None:
        return NumberUnclear("malformed", (said,))
    return _with_words(before, value, after.strip(), units)


def _with_words(before: str, value: Decimal, after: str, units: Sequence[str]) -> NumberRead | NumberUnclear:
    is_percent, number = False, plain_digits(value)
    if found := _PERCENT_BEFORE.search(before):
        is_percent, before = True, before[: found.start()]
    if found := _PERCENT_AFTER.match(after):
        is_percent, after = True, after[found.end() :].lstrip()
    if bracketed := next((unit for unit in units if after.startswith(f"({unit})")), ""):
        after = bracketed + after[len(bracketed) + 2 :]
    if unit := next((unit for unit in units if after.startswith(unit) and _AFTER.fullmatch(after, len(unit))), ""):
        after = after[len(unit) :]
    elif unit := next((unit for unit in units if before.rstrip().endswith(unit)), ""):
        before = before.rstrip().removesuffix(unit)
    if not _BEFORE.fullmatch(before):
        return NumberUnclear("unclear", (number, before.strip()))
    if not _AFTER.fullmatch(after):
        words = after.strip(" .,")
        # Another unit only where the right one stands nowhere: "36 ครั้ง ตามแผน" has its unit.
        is_other = not unit and not words.startswith(tuple(units)) and any(char.isalpha() for char in words)
        return NumberUnclear("other_unit" if is_other else "unclear", (number, words))
    digits, _, places = number.partition(".")
    if len(digits) > MOST_DIGITS or len(places) > MOST_PLACES:
        return NumberUnclear("too_large", (number,))
    return NumberRead(Decimal(number), is_percent)


def _numbers(said: str) -> tuple[str, ...]:
    """Every number in plain digits, in order, each once; 01 of a date is 1, and what is malformed is left out."""
    typed = (each.lstrip("0") or "0" if each.isdigit() else each for each in _TOKEN.findall(said))
    values = (numeral(each) for each in typed)
    return tuple(dict.fromkeys(plain_digits(value) for value in values if value is not None))


def _once(said: str, units: Sequence[str]) -> str:
    """Official Thai writes a number twice, "36 ครั้ง (สามสิบหกครั้ง)": the same number is one."""
    found = _TWICE.search(said)
    if found is None or found[1].replace(",", "") != found[3].replace(",", ""):
        return said
    if found[4].strip() not in {"", found[2].strip(), *units}:
        return said
    return f"{said[: found.end(2)]}{said[found.end() :]}"


def _reason_without_number(said: str) -> Reason:
    words = said.replace(" ", "").strip(".,")
    if _NOT_YET.fullmatch(words) or _NOT_YET.fullmatch(said):
        return "not_yet"
    if _SAME.fullmatch(words) or _SAME.fullmatch(said):
        return "same_as_before"
    if _HALF.search(said):
        return "malformed"
    if _NEGATIVE_WORD.fullmatch(words):
        return "negative"
    return "approximate" if _SOME.search(said) else "nothing"


def _without_laughter(said: str, units: Sequence[str]) -> str:
    shorter = _TAIL_OF_LAUGHTER.sub("", said)
    if shorter == said or not _TOKEN.search(str(in_digits(shorter, units))):
        return said
    return without_tail(shorter, laughter=False)


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
