"""Corrections in one line. The unit of measure is ห้อง."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.thai_corrections import LONGEST_OF_TEXTS, NumberSwap, TextSwap, read_correction
from tests.effort import little

OLD_AND_NEW = """
พิมพ์ผิด 35 ไม่ใช่ 36
พิมพ์ผิดค่ะ 35 ไม่ใช่ 36 ค่ะ
ขอโทษค่ะ พิมพ์ผิด 35 ไม่ใช่ 36
พิมพ์ผิด, ๓๕ ไม่ใช่ ๓๖
35 ไม่ใช่ 36
35 ห้อง ไม่ใช่ 36 ห้องค่ะ
สามสิบห้า ไม่ใช่ สามสิบหก
พิมพ์ผิดค่ะ ต้องเป็น 35 ไม่ใช่ 36
ไม่ใช่ 36 ต้องเป็น 35
ไม่ใช่ 36 ค่ะ เป็น 35
ไม่ใช่36แต่เป็น35
ไม่ใช่ 36 ที่ถูกคือ 35 ครับ
แก้ 36 เป็น 35
แก้36เป็น35
แก้ไข ๓๖ เป็น ๓๕ ครับ
แก้ 36 ห้อง เป็น 35 ห้อง
แก้ 36 ห้อง เป็น สามสิบห้า
ขอแก้จาก 36 เป็น 35
เปลี่ยนจาก 36 เป็น 35
รบกวนแก้ตัวเลข 36 เป็น 35 นะคะ
35 not 36
typo, 35 not 36
not 36 but 35
not 36, should be 35
change 36 to 35
please change 36 to 35
correct 36 to 35
36 ผิด ที่ถูก 35
36 ห้องผิดค่ะ ที่ถูกคือ 35 ห้อง
36 ผิด เป็น 35
36 is wrong, should be 35
"""

NEW_ONLY = """
ขอแก้เป็น 35
ขอแก้เป็น 35 ห้องค่ะ
แก้เป็น ๓๕
เปลี่ยนเป็น 35
ขอแก้ตัวเลขเป็น สามสิบห้า
ต้องเป็น 35
ที่ถูกคือ 35
ที่ถูกต้องคือ 35 ห้อง
พิมพ์ผิด ที่ถูกต้องคือ 35 ห้อง
กรอกผิดค่ะ เป็น 35
should be 35
change to 35
make it 35
จริงๆ 35 ห้อง
จริง ๆ 35 ห้องค่ะ
จริง ๆ แล้ว 35
ลงผิดค่ะ เป็น 35
กรอกผิด 35 ห้อง
พิมพ์เลขผิด เป็น ๓๕
ที่ถูก 35
I meant 35
sorry, I meant 35
"""

TEXTS = {
    "แก้ ห้องสุด เป็น ห้องสมุด": TextSwap("ห้องสุด", "ห้องสมุด"),
    "ขอแก้ ห้องสุด เป็น ห้องสมุดค่ะ": TextSwap("ห้องสุด", "ห้องสมุด"),
    "แก้คำว่า บรรณานิทัศน์ เป็น บรรณนิทัศน์": TextSwap("บรรณานิทัศน์", "บรรณนิทัศน์"),
    "แก้ “พฤษภาคม” เป็น “มิถุนายน” ค่ะ": TextSwap("พฤษภาคม", "มิถุนายน"),
    'แก้"เข้าร่วมเป็นประจำ"เป็น"เข้าร่วม"': TextSwap("เข้าร่วมเป็นประจำ", "เข้าร่วม"),
    "เปลี่ยน ๑๕ พ.ค. เป็น ๑๖ พ.ค.": TextSwap("๑๕ พ.ค.", "๑๖ พ.ค."),
    "แก้ 324 ชื่อเรื่อง เป็น 325 ชื่อเรื่อง": TextSwap("324 ชื่อเรื่อง", "325 ชื่อเรื่อง"),
    'change "the room" to "the library"': TextSwap("the room", "the library"),
    "Change Titles to Books": TextSwap("Titles", "Books"),
    "replace “a” with “b”": TextSwap("a", "b"),
}

NONE = """
36
35 ห้อง
พิมพ์ผิด
พิมพ์ผิด 36
พิมพ์ผิด 36 คน
35 ห้องจริง ๆ
36 ผิด
จริง ๆ จัดทุกเดือน
ไม่ใช่ 36
เป็น 35
คือ 35
แก้ไข
แก้ข้อ 2
แก้ 2
แก้ 36 เป็น 36
แก้ 36 เป็น ห้อง
แก้ 36 เป็น ประมาณ 35
แก้ ก เป็น ข เป็น ค
แก้ไขปัญหาน้ำท่วมเป็นการเร่งด่วน
แก้ปัญหาเป็นระยะ
เปลี่ยนกิจกรรมเป็นการจัดทำบรรณนิทัศน์ออนไลน์
จึงขอเปลี่ยนกิจกรรมที่สนับสนุนตัวชี้วัดนี้เป็นการจัดทำบรรณนิทัศน์ออนไลน์
ขอเปลี่ยนกิจกรรม
ไม่ใช่ห้องสมุดนี้
ผู้เข้าร่วมไม่ใช่ 36 คน แต่เป็น 40 คน
change the room to a library
"""


@pytest.mark.parametrize("text", OLD_AND_NEW.strip().splitlines())
def test_one_number_for_another(text: str) -> None:
    """Each way of saying "35, not 36" names both numbers the right way round."""
    assert read_correction(text, ["ห้อง"]) == NumberSwap(Decimal(36), Decimal(35))


@pytest.mark.parametrize("text", NEW_ONLY.strip().splitlines())
def test_only_the_new_number(text: str) -> None:
    """Who names only the right number leaves open which one was wrong."""
    assert read_correction(text, ["ห้อง"]) == NumberSwap(None, Decimal(35))


@pytest.mark.parametrize(("text", "swap"), TEXTS.items())
def test_words_for_words(text: str, swap: TextSwap) -> None:
    """แก้ A เป็น B gives both as they were typed."""
    assert read_correction(text, ["ห้อง"]) == swap


@pytest.mark.parametrize("text", NONE.strip().splitlines())
def test_no_correction(text: str) -> None:
    """An answer, a command or content is no correction."""
    assert read_correction(text, ["ห้อง"]) is None


def test_several_lines_are_content() -> None:
    """A correction is one line."""
    assert read_correction("แก้ ห้องสุด เป็น ห้องสมุด\nจัดกิจกรรมแล้ว") is None


@given(st.integers(0, 999_999), st.integers(0, 999_999))
def test_any_two_numbers(old: int, new: int) -> None:
    """Any two different numbers are swapped, grouped or not; the same twice is nothing. 555 and its like are asked."""
    laughing = any(len(each) >= 3 and set(each) == {"5"} for each in (f"{old:,}", str(new)))
    expected = None if laughing or old == new else NumberSwap(Decimal(old), Decimal(new))
    assert read_correction(f"แก้ {old:,} เป็น {new}") == expected


@given(
    st.text(max_size=320)
    | st.lists(
        st.sampled_from(
            ["แก้", "เป็น", " ", "ไม่ใช่", "36", "ต้องเป็น", "พิมพ์ผิด", '"', "“", "”", "to", "ค่ะ", "not", "change "]
        ),
        max_size=30,
    ).map("".join)
)
def test_never_raises(text: str) -> None:
    """No text is an error, and what is swapped stands in the text."""
    found = read_correction(text)
    if isinstance(found, TextSwap):
        assert found.old in text
        assert found.new in text
        assert found.old != found.new


@pytest.mark.parametrize(
    "piece",
    ["แก้", "แก้ ", "เป็น", " เป็น ", "ไม่ใช่", "36 ", '"', "ก", "ค่ะ", "พิมพ์ผิด", " ", "ต้องเป็น ", "change ", "ผิด", "จริงๆ "],
)
@pytest.mark.parametrize("length", [80, LONGEST_OF_TEXTS, 20_000])
def test_quick(piece: str, length: int) -> None:
    """No text takes longer than 5 ms, counted as work beside work of known size: the machine is shared."""
    texts = [("แก้ " + piece * length)[:length], (piece * length)[: length - 1] + "x"]
    for text in texts:
        assert little(partial(read_correction, text))
