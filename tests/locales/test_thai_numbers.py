"""Numbers as people type them. The indicator's unit of measure is ห้อง, also called แห่ง, in English room."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.dates import amount
from locales.thai_numbers import LONGEST, NumberRead, NumberUnclear, read_number

UNITS = ("ห้อง", "แห่ง", "room")

READ = {
    "36": (
        "36 | ๓๖ | ３６ | 36.00 | 36 ห้อง | 36ห้อง | 36 ห้องค่ะ | 36 แห่งครับผม | ทำได้ 36 ห้อง | ได้ 36 ห้องแล้วครับ | "
        "รวม ๓๖ แห่ง | จำนวน 36 ห้อง | จำนวนห้อง 36 | 36. | 36 🙏 | 3\u200b6 | 36 ห้อง 555 | 36 ค่ะ 5555 | "
        "36 rooms | total 36 | 36 ห้องเท่านั้น"
    ),
    "0": "0 | ๐ | 0 ห้อง | 0.00",
    "1407.52": "1,407.52 | ๑,๔๐๗.๕๒ | 1407.52 | 1,407.520000",
    "36000": "3.6 หมื่น | 36 พัน | 36,000",
    "1200000": "1.2 ล้าน | 1.2 ล้านห้อง",
}

PERCENT = "36% | 36 % | ร้อยละ 36 | ร้อยละ ๓๖ ค่ะ | 36 เปอร์เซ็นต์ | 36 percent"

UNCLEAR = {
    "nothing": " | ค่ะ | 🙏 | ไม่รู้",
    "several": "36 หรือ 37 | 36-40 | 36 ถึง 40 | 36 แห่ง 828 เรื่อง | 31/12/2563 | 36 555 | 1 407",
    "approximate": "ประมาณ 36 | เกือบ 36 | มากกว่า 36 | 36 กว่าห้อง | ราว ๆ 36 | ไม่ต่ำกว่า 36 | 36+ | ~36 | about 36",
    "malformed": "1,40 | 1.407,52 | 1,4077 | 1e5 | NaN | inf | 007 | .5 | ครึ่งห้อง | 2 ห้องครึ่ง | 36² | ½ | ٣٦",
    "negative": "-5 | −5 | ลบ 5 | ติดลบ 5 ห้อง",
    "other_unit": "36 คน | 36 ห้องสมุด | 36 ชื่อเรื่อง | 14.32 น. | 36 แล้วแต่จะนับ",
    "laughter": "555 | 5555 | 555555 | 555 ค่ะ | ๕๕๕ | 555 ห้อง",
    "not_yet": "- | – | ยังไม่มี | ยังไม่มีค่ะ | ไม่มี | อยู่ระหว่างดำเนินการ | ยังไม่ได้ดำเนินการครับ | none",
    "increment": "เพิ่มอีก 12 | อีก 12 ห้อง | เพิ่มขึ้น 12 | +12 | 12 more",
    "same_as_before": "เท่าเดิม | เท่าเดิมค่ะ | เหมือนเดิม | เท่ากับไตรมาสก่อน | same as before",
    "too_large": "1234567890123456789 | 1.1234567 | 999999999999999999 ล้าน",
    "unclear": "ไม่ใช่ 36 | ห้องสมุดสาขา 36 | (36)",
}


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(text.strip(), meant) for meant, texts in table.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "value"), rows(READ))
def test_read(text: str, value: str) -> None:
    """One clear number is read exactly."""
    assert read_number(text, UNITS) == NumberRead(Decimal(value))


@pytest.mark.parametrize("text", PERCENT.split("|"))
def test_percent(text: str) -> None:
    """A percent keeps its number and says that it is one."""
    assert read_number(text, UNITS) == NumberRead(Decimal(36), is_percent=True)


@pytest.mark.parametrize(("text", "reason"), rows(UNCLEAR))
def test_unclear(text: str, reason: str) -> None:
    """Everything else is asked again, for a named reason."""
    found = read_number(text, UNITS)
    assert isinstance(found, NumberUnclear)
    assert found.reason == reason


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("36 หรือ 37", ("36", "37")),
        ("36 คนค่ะ", ("36", "คน")),
        ("ไม่ใช่ 36", ("36", "ไม่ใช่")),
        ("เพิ่มอีก 12 ห้อง", ("12",)),
    ],
)
def test_what_was_seen_is_said_back(text: str, seen: tuple[str, ...]) -> None:
    """The question that asks again can show what was understood."""
    found = read_number(text, UNITS)
    assert isinstance(found, NumberUnclear)
    assert found.seen == seen


def test_a_unit_with_a_number_in_its_name() -> None:
    """Units are free text on real pages: the 2 of "อย่างน้อย 2 ครั้ง/ปี" is not a second answer."""
    assert read_number("3 อย่างน้อย 2 ครั้ง/ปี", ["อย่างน้อย 2 ครั้ง/ปี"]) == NumberRead(Decimal(3))


THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@given(
    st.decimals(min_value=0, max_value=10**15, places=2).filter(lambda value: set(amount(value)) != {"5"}),
    st.booleans(),
    st.sampled_from([{}, THAI, FULL_WIDTH]),
    st.sampled_from(["", "ทำได้ ", "จำนวน ", "รวม", "\u200b"]),
    st.sampled_from(["", " ", " ห้อง", "ห้อง", " แห่ง"]),
    st.sampled_from(["", "ค่ะ", " ครับ", " นะคะ 🙏", " ค่ะ 555"]),
)
def test_every_number_comes_back(  # noqa: PLR0917 - hypothesis fills them in this order
    value: Decimal, grouped: bool, digits: dict[int, str], before: str, unit: str, particle: str
) -> None:
    """Any number, in any digits, grouped or not, with words and particles around it, is read as itself."""
    written = amount(value) if grouped else amount(value).replace(",", "")
    assert read_number(f"{before}{written.translate(digits)}{unit}{particle}", UNITS) == NumberRead(value)


@given(st.text(max_size=300) | st.text(alphabet="0123456789๐๑๒.,-+%e ห้องร้อยละ5", max_size=60))
def test_never_raises(text: str) -> None:
    """No text is an error, and what is read is finite and not negative."""
    found = read_number(text, UNITS)
    if isinstance(found, NumberRead):
        assert found.value.is_finite()
        assert found.value >= 0


@pytest.mark.parametrize("piece", ["5", "1,", "ค่ะ", " ", "จัดทำได้", "มี ", "ร้อยละ", "ๆ", "\u200b", "ํา", "1 ห้อง"])
@pytest.mark.parametrize("length", [LONGEST, 20_000])
def test_quick(piece: str, length: int) -> None:
    """No text takes longer than 5 ms; the best of five runs, for the machine is shared."""
    text = (piece * length)[: length - 1] + "x"
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        read_number(text, UNITS)
        taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.005
