"""Corrections in one line: "พิมพ์ผิด 35 ไม่ใช่ 36", "แก้ 36 เป็น 35", "แก้ ห้องสุด เป็น ห้องสมุด".

A correction is a whole, short message of one line. Content may sound like one ("แก้ไขปัญหาน้ำท่วมเป็นการเร่งด่วน"), so words
without quotation marks need their spaces: แก้ A เป็น B.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex
from msgspec import Struct

from locales.thai_numbers import NumberRead, read_number
from locales.thai_phrases import fold, plain, without_tail

LONGEST_OF_NUMBERS = 80
LONGEST_OF_TEXTS = 300
"""Characters of the whole message."""


class NumberSwap(Struct, frozen=True):
    """A number in place of another; `old` is None when only the new one was said."""

    old: Decimal | None
    new: Decimal


class TextSwap(Struct, frozen=True):
    """Words in place of others, both code point for code point as typed, without their quotation marks."""

    old: str
    new: str


def read_correction(text: str, unit_names: Sequence[str] = ()) -> NumberSwap | TextSwap | None:
    """The correction that the whole text is, or None. `unit_names` may stand beside a number. Never raises."""
    typed = text.strip()
    if not typed or len(typed) > LONGEST_OF_TEXTS or _LINE_ENDS.search(typed):
        return None
    return _numbers(typed, unit_names) or _texts(typed, unit_names)


_LINE_ENDS = regex.compile(r"[\r\n\u2028\u2029]")
_WRONG = (
    r"(?:(?:ขอโทษ|ขออภัย|อุ๊ย|โทษที)?(?:ค่ะ|คะ|ครับ)?\s*"
    r"(?:(?:พิมพ์|กรอก|ใส่|คีย์|ส่ง|ตอบ|รายงาน|กด|บอก|ลง)?(?:ตัวเลข|เลข|จำนวน|ข้อมูล)?(?:ไป)?ผิด"
    r"|sorry|typo|wrong|mistake|i mistyped)"
    r"(?:ไป|แล้ว)?(?:ค่ะ|คะ|ครับ)?\s*[,:.;]?\s*)"
)
_POLITE = r"(?:นะ)?(?:ค่ะ|คะ|ครับ|คับ)?\s*[,;]?\s*"
_OLD = r"(?P<old>\S.{0,38}?)"
_NEW = r"(?P<new>\S.{0,38}?)"
_CHANGE = (
    r"(?:(?:รบกวน|ช่วย|ขอ)?(?:ช่วย)?(?:แก้ไข|แก้|เปลี่ยน|ปรับ)(?:ตัวเลข|จำนวน|ผลงาน|ผล|ยอด|เลข)?(?:จาก)?"
    r"|please change|change|correct)"
)
_SHOULD = r"(?:ที่ถูกต้อง|ที่ถูก|ที่จริง|จริงๆ|จริง ๆ|ความจริง|แต่)?\s*(?:ต้องเป็น|ควรเป็น|ต้อง|คือ|เป็น|should be|it is|it's|but)"
# "เป็น 35" alone is an answer, not a correction.
_SURELY = (
    r"(?:(?:ที่ถูกต้อง|ที่ถูก|ที่จริง|จริง ?ๆ)(?:\s*แล้ว)?\s*(?:ต้องเป็น|คือ|เป็น)?|ต้องเป็น|ควรเป็น"
    r"|should be|i meant(?: to (?:say|type))?)"
)
_OF_NUMBERS = tuple(
    regex.compile(pattern)
    for pattern in (
        rf"{_WRONG}?(?:{_SHOULD}\s*)?{_NEW}\s*{_POLITE}(?:ไม่ใช่|not)\s*{_OLD}",
        rf"{_WRONG}?(?:ไม่ใช่|not)\s*{_OLD}\s*{_POLITE}{_SHOULD}\s*{_NEW}",
        rf"{_WRONG}?{_CHANGE}\s*{_OLD}\s*(?:เป็น|to|->|→|=>)\s*{_NEW}",
        rf"{_WRONG}?(?:{_CHANGE}\s*(?:ให้)?(?:เป็น|to)|{_SURELY}|make it)\s*{_NEW}",
        rf"{_WRONG}{_SHOULD}\s*{_NEW}",
        rf"{_OLD}\s*{_POLITE}(?:ผิด|is wrong|wrong)\s*{_POLITE}(?:{_SURELY}|{_SHOULD})\s*{_NEW}",
    )
)
# "พิมพ์ผิด 36" may name the wrong number; with its unit it is how one answers.
_WRONG_THEN_COUNT = regex.compile(rf"{_WRONG}{_NEW}")
_QUOTED = r"[\"“”‘’'«](?P<{0}>[^\"“”‘’«»]{{1,200}}?)[\"“”‘’'»]"
_OPENING = r"(?:รบกวน|ช่วย|ขอ)?(?:ช่วย)?(?:แก้ไข|แก้|เปลี่ยน)"
_OF_TEXTS = tuple(
    regex.compile(pattern, regex.IGNORECASE)
    for pattern in (
        rf"{_OPENING}\s*(?:คำว่า|คำ|ข้อความ|จาก)?\s*{_QUOTED.format('old')}\s*(?:ให้)?เป็น\s*(?:คำว่า)?\s*{_QUOTED.format('new')}",
        rf"(?:please )?(?:change|correct|replace)\s+{_QUOTED.format('old')}\s+(?:to|with|by)\s+{_QUOTED.format('new')}",
        rf"{_OPENING}\s*(?:คำว่า|ข้อความ|จาก|\s)\s*(?P<old>\S(?:.*\S)?)\s+เป็น\s+(?:คำว่า\s*)?(?P<new>\S.*)",
        r"(?:please )?(?:change|correct|replace)\s+(?P<old>\S+)\s+(?:to|with)\s+(?P<new>\S+)",
    )
)
_BECOMES = regex.compile(r"\s(?:เป็น|to|with)\s")
_POLITE_END = regex.compile(r"\s*(?:นะ)?(?:ค่ะ|คะ|ครับ|คับ)$")


def _numbers(typed: str, unit_names: Sequence[str]) -> NumberSwap | None:
    if len(typed) > LONGEST_OF_NUMBERS:
        return None
    said = without_tail(fold(typed)).strip(" .!")
    for pattern in _OF_NUMBERS:
        found = pattern.fullmatch(said)
        if not found:
            continue
        new = _number(found["new"], unit_names)
        old = _number(found["old"], unit_names) if "old" in pattern.groupindex else None
        if new is not None and new != old and (old is not None or "old" not in pattern.groupindex):
            return NumberSwap(old, new)
    found = _WRONG_THEN_COUNT.fullmatch(said)
    new = _number(found["new"], unit_names) if found and _number(found["new"], ()) is None else None
    return NumberSwap(None, new) if new is not None else None


def _number(said: str, unit_names: Sequence[str]) -> Decimal | None:
    read = read_number(said, unit_names)
    return read.value if isinstance(read, NumberRead) else None


def _texts(typed: str, unit_names: Sequence[str]) -> TextSwap | None:
    for pattern in _OF_TEXTS:
        found = pattern.fullmatch(_POLITE_END.sub("", typed))
        if not found:
            continue
        old, new = found["old"].strip(), found["new"].strip()
        # Two places to split the message at are two corrections.
        unquoted = typed[found.start("old") - 1] not in "\"“”‘’'«"
        if unquoted and len(_BECOMES.findall(typed)) != 1:
            return None
        if not plain(old) or not plain(new) or old == new or _number(old, unit_names) is not None:
            return None
        if old.replace(",", "").isdecimal():  # 555: a number that is asked about, or laughter, but no words
            return None
        return TextSwap(old, new)
    return None
