"""Thai number words, and digits beside ร้อย, พัน, หมื่น, แสน or ล้าน, as plain digits: a small strict grammar.

"สามสิบหก" is 36, "ร้อยยี่สิบ" 120, "3.6 หมื่น" 36000, "2 พัน 500" 2500. A last bare digit after พัน or more is said
for two numbers ("พันสอง" is 1,200 to most and 1,002 on paper): both are handed back. What no rule builds is malformed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

Kind = Literal["digits", "word", "yi", "ed", "scale", "point"]

NUMERAL = r"[.,]?[0-9](?:[0-9.,]*[0-9])?"
"""Digits with whatever points and commas stand inside them, well formed or not."""
WELL_FORMED = re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")


class WordsUnclear(Struct, frozen=True):
    """Number words that are no number (malformed) or more than one (several); `seen`: the numbers, in plain digits."""

    reason: Literal["malformed", "several"]
    seen: tuple[str, ...] = ()


class _Piece(Struct, frozen=True):
    kind: Kind
    value: Decimal | None
    """A digit's or numeral's value (None: malformed); a scale's power of ten."""
    start: int
    end: int


_DIGITS = {
    "ศูนย์": 0,
    "หนึ่ง": 1,
    "นึง": 1,
    "สอง": 2,
    "สาม": 3,
    "สี่": 4,
    "ห้า": 5,
    "หก": 6,
    "เจ็ด": 7,
    "แปด": 8,
    "เก้า": 9,
}
SCALES = {"สิบ": 1, "ร้อย": 2, "พัน": 3, "หมื่น": 4, "แสน": 5, "ล้าน": 6}
"""Powers of ten."""
_MILLION = 6
_LONGEST_RANGE = 12
"""Words; nobody says a range in more, and trying every place to part a text takes time."""
_MARKS = "ะ-ฺๅ-๎"  # a word cannot end before one of these: สามารถ holds no สาม
_ONES = "|".join(word for word in _DIGITS if word != "ศูนย์")
_PIECE = re.compile(
    rf"(?P<digits>{NUMERAL})"
    # ศูนย์ is also a centre: "ศูนย์เยาวชน" is not 0.
    rf"|(?:(?P<word>{_ONES}|ศูนย์(?=\s*(?:จุด|ศูนย์|{_ONES}|[^ก-๎]|$)))"
    rf"|(?P<yi>ยี่)(?=\s*สิบ)|(?P<ed>เอ็ด)"
    rf"|(?P<scale>สิบ|ร้อย(?!\s*ละ)|พัน(?!ธ)|หมื่น|แสน|ล้าน)|(?P<point>จุด)(?=\s*(?:ศูนย์|{_ONES}|[0-9])))"
    rf"(?![{_MARKS}])"
)
# Thai writes no spaces: number words begin a text, follow something that is not Thai, or follow one of these.
# fmt: off
_OPENS = (
    "ได้", "แล้ว", "มี", "รวม", "เป็น", "สิ้น", "หมด", "จำนวน", "ยอด", "สะสม", "ผล", "ผลงาน", "คือ", "ตอบ", "กับ",
    "ละ", "ประมาณ", "เกือบ", "กว่า", "ราว", "ถึง", "หรือ", "และ", "เพิ่ม", "อีก", "ขึ้น", "บวก", "ลบ", "สัก", "แค่",
    "เพียง", "เกิน", "น้อย", "ใช่", "จาก", "ๆ", "ร่วม", "เฉียด", "แก้", "ต้อง", "จัด", "กิจกรรม", "จัดทำ", "ดำเนินการ", "ห้อง",
    "แห่ง", "คน", "เรื่อง", "ครั้ง", "ครบ", "ทั้ง", "จะ", "ว่า",
)
# fmt: on
_NEVER_BESIDE: frozenset[tuple[Kind, Kind]] = frozenset(
    {
        ("digits", "digits"),
        ("digits", "word"),
        ("digits", "yi"),
        ("digits", "ed"),
        ("word", "digits"),
        ("ed", "digits"),
        ("ed", "word"),
    }
)


def in_digits(said: str, units: Sequence[str] = ()) -> str | WordsUnclear:
    """A folded text with its number words in plain digits. `units`: names that are no number words (ล้านบาท)."""
    masked = said
    for unit in units:
        masked = masked.replace(unit, "\ue000" * len(unit))
    written, seen, reason, place = "", list[str](), "", 0
    for run in _runs(masked):
        if run[0].kind == "digits" and len(run) == 1:
            seen += [plain_digits(run[0].value)] if run[0].value is not None else []
            continue
        values = _values(run) or _from_to(run)
        if len(values) != 1:
            reason = "malformed" if not values or reason == "malformed" else "several"
        seen += [plain_digits(value) for value in values]
        if values:
            written += f"{said[place : run[0].start]} {plain_digits(values[0])} "
            place = run[-1].end
    if reason == "malformed":
        return WordsUnclear("malformed", (said,))
    if reason:
        return WordsUnclear("several", tuple(dict.fromkeys(seen)))
    return re.sub(r" +", " ", written + said[place:]).strip()


def plain_digits(value: Decimal) -> str:
    """ASCII digits without groups, exponent or idle zeros, exact."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def numeral(text: str) -> Decimal | None:
    """The value of digits as typed; None when they are malformed (1,40)."""
    return Decimal(text.replace(",", "")) if WELL_FORMED.fullmatch(text) else None


def _runs(said: str) -> list[list[_Piece]]:
    runs: list[list[_Piece]] = []
    for found in _PIECE.finditer(said):
        piece = _piece(found)
        last = runs[-1][-1] if runs else None
        if last and not said[last.end : piece.start].strip() and (last.kind, piece.kind) not in _NEVER_BESIDE:
            runs[-1].append(piece)
        elif piece.kind == "digits" or (piece.kind not in {"ed", "point"} and _opens(said[: piece.start])):
            runs.append([piece])
    return runs


def _piece(found: re.Match[str]) -> _Piece:
    text = found[0]
    if found["digits"]:
        return _Piece("digits", numeral(text), *found.span())
    if found["word"]:
        return _Piece("word", Decimal(_DIGITS[text]), *found.span())
    if found["scale"]:
        return _Piece("scale", Decimal(SCALES[text]), *found.span())
    kind: Kind = "yi" if found["yi"] else "ed" if found["ed"] else "point"
    return _Piece(kind, Decimal({"yi": 2, "ed": 1, "point": 0}[kind]), *found.span())


def _opens(before: str) -> bool:
    nearest = before.rstrip()
    if nearest and nearest[-1].isdigit():
        return False  # "36 ศูนย์" counts centres
    return nearest != before or not nearest or not "ก" <= nearest[-1] <= "๎" or nearest.endswith(_OPENS)


def _values(run: Sequence[_Piece]) -> tuple[Decimal, ...]:
    """What a run can mean: one value, two or three where people differ, none when it is malformed."""
    if any(piece.value is None for piece in run):
        return ()
    if any(_is_fraction(piece) for piece in run) and any(piece.kind != "scale" for piece in run[1:]):
        return ()  # "1.2 ล้าน 5 แสน"
    point = next((place for place, piece in enumerate(run) if piece.kind == "point"), None)
    if point is not None:
        return _with_fraction(run[:point], run[point + 1 :])
    millions = [place for place, piece in enumerate(run) if _is_million(piece)]
    if not millions:
        return _below_a_million(run)
    first, last = millions[0], millions[-1]
    if not all(_is_million(piece) for piece in run[first : last + 1]):
        return ()  # "หนึ่งล้านสองล้าน"
    factor = Decimal(10) ** (_MILLION * len(millions))
    whole = [value * factor for value in (_below_a_million(run[:first]) if first else (Decimal(1),))]
    rest = run[last + 1 :]
    if not rest:
        return tuple(whole)
    if len(whole) != 1 or not whole[0]:
        return ()
    return _below_a_million(rest, whole[0], power=_MILLION, bare=not first)


def _is_fraction(piece: _Piece) -> bool:
    return piece.kind == "digits" and piece.value is not None and piece.value != piece.value.to_integral_value()


def _is_million(piece: _Piece) -> bool:
    return piece.kind == "scale" and piece.value == _MILLION


def _below_a_million(
    run: Sequence[_Piece], total: Decimal = Decimal(0), power: int | None = None, *, bare: bool = False
) -> tuple[Decimal, ...]:
    """Coefficients and falling scales after `total`; `power`: the last scale, `bare`: it had no coefficient."""
    waiting: _Piece | None = None
    for place, piece in enumerate(run):
        if piece.kind == "scale":
            step = int(piece.value or 0)
            coefficient = _coefficient(waiting, step, leading=power is None)
            if coefficient is None or (power is not None and coefficient.scaleb(step) >= Decimal(10) ** power):
                return ()
            bare = waiting is None and step > 1 and power is None
            total, power, waiting = total + coefficient.scaleb(step), step, None
        elif waiting is not None:
            return ()
        elif piece.kind == "ed":
            return (total + 1,) if power is not None and place + 1 == len(run) else ()
        else:
            waiting = piece
    if waiting is None:
        return (total,)
    return _with_ones(total, waiting, power, bare=bare)


def _coefficient(waiting: _Piece | None, step: int, *, leading: bool) -> Decimal | None:
    """What stands before a scale: a digit or numeral; nothing before สิบ or the first scale (ร้อยยี่สิบ)."""
    if waiting is None:
        return Decimal(1) if leading or step == 1 else None
    value = waiting.value
    if not value or (step == 1) != (waiting.kind == "yi" or (step == 1 and waiting.kind == "word" and value > 2)):
        return None
    return value


def _with_ones(total: Decimal, ones: _Piece, power: int | None, *, bare: bool) -> tuple[Decimal, ...]:
    value = ones.value or Decimal(0)
    if power is None:
        return (value,) if ones.kind != "yi" else ()
    if not value or value >= Decimal(10) ** power or value != value.to_integral_value():
        return ()
    if power == 1:
        return (total + value,) if ones.kind == "word" else ()
    if value >= 10 or (power == 2 and not bare):
        return (total + value,)
    shifted = total + value.scaleb(power - 1)
    if bare and value == 1:  # "ร้อยหนึ่ง" is also just a hundred
        return (total, total + value) if power == 2 else (total, shifted, total + value)
    return shifted, total + value


def _with_fraction(before: Sequence[_Piece], after: Sequence[_Piece]) -> tuple[Decimal, ...]:
    whole = _values(before)
    scales = next((place for place, piece in enumerate(after) if piece.kind == "scale"), len(after))
    places = "".join(plain_digits(piece.value or Decimal(0)) for piece in after[:scales])
    kinds = {piece.kind for piece in after[:scales]}
    if not whole or whole[-1] != whole[-1].to_integral_value() or kinds not in ({"word"}, {"digits"}):
        return ()
    if "." in places or (kinds == {"digits"} and len(after[:scales]) != 1):
        return ()
    powers = [int(piece.value or 0) for piece in after[scales:]]
    if any(piece.kind != "scale" for piece in after[scales:]) or powers[:1] == [1]:
        return ()
    if any(power != _MILLION for power in powers[1:]):
        return ()
    # Before a point the last digit is certain to be the ones.
    return (Decimal(f"{plain_digits(whole[-1])}.{places}").scaleb(sum(powers)),)


def _from_to(run: Sequence[_Piece]) -> tuple[Decimal, ...]:
    """สองสาม, สี่สิบห้าสิบ, สองสามพัน: two neighbours said together are a range. Empty when it is not one."""
    if len(run) > _LONGEST_RANGE:
        return ()
    for place in range(1, len(run)):
        first, second = _values(run[:place]), _values(run[place:])
        if len(first) != 1 or len(second) != 1 or not first[0] or {piece.kind for piece in run} & {"digits", "point"}:
            continue
        low, high = first[0], second[0]
        if place == 1 and low < 10:
            low = low.scaleb(high.adjusted())
        step = Decimal(10) ** low.adjusted()
        if high - low == step and not low % step:
            return low, high
    return ()
