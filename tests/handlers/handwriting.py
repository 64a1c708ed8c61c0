"""How people write the same thing: in digits of three kinds, in words, with particles, slips of the finger, pictures.

Whoever writes throws `dice` seeded by the test, so that the same seed writes the same dialogue.
"""

from __future__ import annotations

from random import Random

NUMBERS = {
    1: "หนึ่ง",
    12: "สิบสอง",
    21: "ยี่สิบเอ็ด",
    36: "สามสิบหก",
    48: "สี่สิบแปด",
    105: "หนึ่งร้อยห้า",
    240: "สองร้อยสี่สิบ",
}
"""Every number that is reported here, in words."""
PARTICLES = ("", "", "", "ค่ะ", " ค่ะ", "ครับ", " นะคะ", "จ้า", " 😊", "\u200b", "  ")
_DIGITS = {
    "thai": str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"),
    "wide": str.maketrans("0123456789", "０１２３４５６７８９"),
}


def number(dice: Random, value: int, units: tuple[str, ...]) -> str:
    """A number as it may be typed; each of these is that one number and no other."""
    digits = dice.choice((str(value), str(value).translate(_DIGITS["thai"]), str(value).translate(_DIGITS["wide"])))
    said = dice.choice((digits, digits, NUMBERS[value], f"{value}.00"))
    unit = dice.choice(("", *units, *(f" {each}" for each in units)))
    before = dice.choice(("", "", "ทำได้ ", "ได้ ", "รวม "))
    return before + said + unit + dice.choice(PARTICLES)


def unclear_number(dice: Random, value: int) -> str:
    """Something beside a number that must be asked again, never filed."""
    return dice.choice(
        (
            f"{value} คน",
            f"{value} หรือ {value + 1}",
            f"ประมาณ {value}",
            f"{value}-{value + 2}",
            f"-{value}",
            f"{value}.5",
            f"{value}%",
            "หกสาม",
            "1,40",
            "ยังนับไม่เสร็จ",
            "1e5",
        )
    )


def slip(dice: Random, text: str) -> str:
    """One slip of the finger: two neighbours swapped, one left out, or one struck twice."""
    place = dice.randrange(len(text) - 1)
    match dice.randrange(3):
        case 0:
            return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        case 1:
            return text[:place] + text[place + 1 :]
    return text[: place + 1] + text[place] + text[place + 1 :]


def dressed(dice: Random, text: str) -> str:
    """The same words with what people put around them."""
    return dice.choice(("", "", " ", "\u200b")) + text + dice.choice(PARTICLES)


def code(dice: Random, typed: str) -> str:
    """An invitation code of twelve, in groups or not, in either case."""
    groups = dice.choice(("", " ", "-")).join(typed[place : place + 4] for place in range(0, len(typed), 4))
    return dice.choice((groups, groups.lower(), f"ลงทะเบียน {groups}", f"{groups.lower()} ค่ะ"))
