"""Numbers as people type them. The indicator's unit of measure is ห้อง, also called แห่ง, in English room."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.dates import amount
from locales.thai_numbers import LONGEST, NumberRead, NumberUnclear, read_number
from tests.effort import little

UNITS = ("ห้อง", "แห่ง", "room")

READ = {
    "36": (
        "36 | ๓๖ | ３６ | 36.00 | 36.00 ห้อง | 36 ห้อง | 36ห้อง | 36 ห้องค่ะ | 36 แห่งครับผม | ทำได้ 36 ห้อง | "
        "ได้ 36 ห้องแล้วครับ | รวม ๓๖ แห่ง | จำนวน 36 ห้อง | จำนวนห้อง 36 | 36. | 36 🙏 | 3\u200b6 | "
        "36 ห้อง 555 | 36 ห้องค่ะ 555 | 36 ค่ะ 5555 | "
        "36 rooms | total 36 | 36 ห้องเท่านั้น | สามสิบหก | สามสิบหกห้อง | ทำได้สามสิบหกห้องค่ะ | สาม สิบ หก | สามสิบหก 555 | "
        "36 (สามสิบหก) ห้อง | ๓๖ (สามสิบหก) | 36 ห้อง เรียบร้อยแล้ว | 36 ห้อง เท่าเดิม | ครบทั้ง 36 ห้อง | "
        "36 ห้องนะคะ ขอบคุณค่ะ | 36 ขอบคุณมากๆ ครับ | 36 (สะสม) | 36 ห้อง (สะสม) | 36 ห้องสะสมค่ะ | 36 ห้อง (รวม) | "
        "36 ห้องใช่ไหม | 36 ห้องใช่ไหมคะ? | สามสิบหกห้องเจ้าค่ะ | 36 ห้องพอดีเลยค่ะ | จัด 36 ห้อง | จัดกิจกรรม 36 ห้อง | "
        "จัดกิจกรรมสามสิบหกห้อง | รวม ๆ แล้ว 36 | รวมๆ แล้ว 36 | แก้เป็น 36 | ขอแก้เป็น 36 ห้อง | 36 ห้อง (สามสิบหกห้อง) | "
        "36 ห้อง (สามสิบหก) | 36.- | 36 (ห้อง)"
    ),
    "0": "0 | ๐ | 0 ห้อง | 0.00 | ศูนย์ | ศูนย์ห้องค่ะ",
    "0.5": "0.5 | ศูนย์จุดห้า",
    "3.14": "3.14 | สามจุดหนึ่งสี่ | 3 จุด 14",
    "10": "สิบ | ๑๐ | สิบห้อง",
    "11": "สิบเอ็ด | 11",
    "20": "ยี่สิบ | ยี่สิบแห่ง",
    "21": "ยี่สิบเอ็ด | ยี่สิบหนึ่ง",
    "100": "ร้อย | หนึ่งร้อย | 1 ร้อย",
    "101": "หนึ่งร้อยเอ็ด | ร้อยเอ็ด | หนึ่งร้อยหนึ่ง",
    "120": "ร้อยยี่สิบ | หนึ่งร้อยยี่สิบห้อง | ร้อย 20",
    "205": "สองร้อยห้า",
    "555": "ห้าร้อยห้าสิบห้า | ห้าร้อยห้าสิบห้าห้อง",
    "1200": "พันสองร้อย | หนึ่งพันสองร้อย | 1.2 พัน",
    "1250": "1,250.- | 1,250.- ห้อง | 1,250.-ค่ะ",
    "1407.52": "1,407.52 | ๑,๔๐๗.๕๒ | 1407.52 | 1,407.520000 | หนึ่งพันสี่ร้อยเจ็ดจุดห้าสอง",
    "2500": "2 พัน 500 | 2 พัน 5 ร้อย | สองพันห้าร้อย",
    "36000": "3.6 หมื่น | ๓.๖ หมื่น | สามจุดหกหมื่น | 36 พัน | 36,000 | สามหมื่นหกพัน",
    "1200000": "1.2 ล้าน | 1.2 ล้านห้อง | ล้านสองแสน | หนึ่งล้านสองแสน | 12 แสน",
    "2000000000000": "สองล้านล้าน | 2 ล้านล้าน",
    "316259": "สามแสนหนึ่งหมื่นหกพันสองร้อยห้าสิบเก้า | 316,259 | ๓๑๖,๒๕๙",
    "999999999": "เก้าร้อยเก้าสิบเก้าล้านเก้าแสนเก้าหมื่นเก้าพันเก้าร้อยเก้าสิบเก้า",
}

PERCENT = {
    "36": "36% | 36 % | ร้อยละ 36 | ร้อยละ ๓๖ ค่ะ | 36 เปอร์เซ็นต์ | 36 percent | ร้อยละสามสิบหก",
    "90": "ร้อยละเก้าสิบ | เก้าสิบเปอร์เซ็นต์ | ร้อยละ เก้าสิบ ค่ะ",
    "100": "ร้อยเปอร์เซ็นต์ | ร้อยละร้อย",
}

UNCLEAR = {
    "nothing": " | ค่ะ | 🙏 | ไม่รู้ | สามารถ | เรียบร้อย",
    "several": (
        "36 หรือ 37 | 36-40 | 30–40 | 36 ถึง 40 | 36 แห่ง 828 เรื่อง | 31/12/2563 | 36 555 | 1 407 | สามสิบถึงสี่สิบ | สองสาม | "
        "สองสามพัน | สี่สิบห้าสิบ | พันสอง | หนึ่งพันสอง | สองพันห้า | ล้านสาม | หมื่นห้า | ร้อยห้า | พันหนึ่ง | 2 พัน 5 | 36 (สามสิบเจ็ด) | "
        "3 พัน 555"
    ),
    "approximate": (
        "ประมาณ 36 | เกือบ 36 | มากกว่า 36 | 36 กว่าห้อง | ราว ๆ 36 | ไม่ต่ำกว่า 36 | 36+ | ~36 | about 36 | ประมาณสามสิบหก | "
        "สามสิบกว่าห้อง | หลายสิบ | น่าจะสามสิบ | ร่วม 40"
    ),
    "malformed": (
        "1,40 | 1.407,52 | 1,4077 | 1e5 | NaN | inf | 007 | .5 | ครึ่งห้อง | 2 ห้องครึ่ง | ล้านครึ่ง | 36² | ½ | ٣٦ | "
        "หกสาม | สิบร้อย | สามหก | สองสิบ | หนึ่งสิบ | ร้อยพัน | สิบสองพัน | 3.6 พัน 200 | 1.2 ล้าน 5 แสน | 1,40 พัน | 0x10 | 3^2"
    ),
    "negative": "-5 | −5 | ลบ 5 | ลบห้า | ติดลบ 5 ห้อง | ติดลบ | ติดลบสามห้อง | minus 5",
    "other_unit": (
        "36 คน | 36 (สะสม) คน | 36 คน (36) | 36 ชื่อเรื่อง | 14.32 น. | 36 แล้วแต่จะนับ | สามสิบหกคน | 36 จุด | 36 ศูนย์ | "
        "36 ล้านบาท | 36 สองแถว"
    ),
    "laughter": "555 | 5555 | 555555 | 555 ค่ะ | ๕๕๕ | 555 ห้อง",
    "not_yet": "- | – | ยังไม่มี | ยังไม่มีค่ะ | ไม่มี | อยู่ระหว่างดำเนินการ | ยังไม่ได้ดำเนินการครับ | none",
    "increment": "เพิ่มอีก 12 | อีก 12 ห้อง | เพิ่มขึ้น 12 | +12 | 12 more | เพิ่มอีกสิบสอง | อีกสิบสองห้องค่ะ | ไตรมาสนี้ 36 | "
    "ไตรมาสนี้ 36 ห้อง | เฉพาะไตรมาส 36 ห้อง | 36 this quarter",
    "same_as_before": (
        "เท่าเดิม | เท่าเดิมค่ะ | เหมือนเดิม | เท่ากับไตรมาสก่อน | เหมือนไตรมาสที่แล้ว | ไม่เปลี่ยน | ไม่เปลี่ยนแปลงครับ | คงเดิม | "
        "ยังเหมือนเดิม | same as before"
    ),
    "too_large": "1234567890123456789 | 1.1234567 | 999999999999999999 ล้าน | ล้านล้านล้านล้าน",
    "unclear": "ไม่ใช่ 36 | ห้องสมุดสาขา 36 | (36) | 36- | พันธุ์ที่ 5 | 36 ห้องสมุด | 36 ห้อง ตามแผน | 36 ห้องต่อเดือน",
}


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(text.strip(), meant) for meant, texts in table.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "value"), rows(READ))
def test_read(text: str, value: str) -> None:
    """One clear number is read exactly."""
    assert read_number(text, UNITS) == NumberRead(Decimal(value))


@pytest.mark.parametrize(("text", "value"), rows(PERCENT))
def test_percent(text: str, value: str) -> None:
    """A percent keeps its number and says that it is one."""
    assert read_number(text, UNITS) == NumberRead(Decimal(value), is_percent=True)


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
        ("36 ห้อง ตามแผน", ("36", "ห้อง ตามแผน")),
        ("ไตรมาสนี้ 36 ห้อง", ("36",)),
        ("36 ห้อง (สามสิบเจ็ดห้อง)", ("36", "37")),
        ("ไม่ใช่ 36", ("36", "ไม่ใช่")),
        ("เพิ่มอีก 12 ห้อง", ("12",)),
        ("เพิ่มอีกสิบสอง", ("12",)),
        ("ประมาณ 1,407.50", ("1407.5",)),
        ("๕๕๕", ("555",)),
        ("พันสอง", ("1200", "1002")),
        ("พันหนึ่ง", ("1000", "1100", "1001")),
        ("สองสามพัน", ("2000", "3000")),
        ("3 พัน 555", ("3000", "3555")),
        ("01/02/2563", ("1", "2", "2563")),
        ("หกสาม", ("หกสาม",)),
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


def test_a_unit_that_is_a_number_word() -> None:
    """Where things are counted in ล้านบาท or ศูนย์, these words are the unit of measure and no part of the number."""
    assert read_number("36 ล้านบาท", ["ล้านบาท"]) == NumberRead(Decimal(36))
    assert read_number("5 ศูนย์", ["ศูนย์"]) == NumberRead(Decimal(5))
    assert read_number("ศูนย์", ["ศูนย์"]) == NumberUnclear("nothing")


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


WORDS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")


def in_words(number: int) -> str:
    """A whole number as it stands on a Thai cheque."""
    if number >= 1_000_000:
        rest = number % 1_000_000
        return in_words(number // 1_000_000) + "ล้าน" + ("เอ็ด" if rest == 1 else in_words(rest) if rest else "")
    if number == 0:
        return "ศูนย์"
    said = ""
    for power, scale in enumerate(("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")):
        digit = number // 10**power % 10
        if digit:
            word = WORDS[digit]
            if power == 1:
                word = {1: "", 2: "ยี่"}.get(digit, word)
            elif power == 0 and digit == 1 and number > 1:
                word = "เอ็ด"
            said = word + scale + said
    return said


def is_said_for_two(number: int) -> bool:
    """Whether, in words, a bare 2 to 9 stands right behind พัน or more: สองพันห้า is 2,500 to most people."""
    above, below = divmod(number, 1_000_000)
    parts = [above, below] if above else [below]
    alone = bool(above) and 2 <= below <= 9
    return alone or any(part % 10 >= 2 and part % 1000 < 10 and part >= 1000 for part in parts)


@given(
    st.integers(0, 999_999_999) | st.integers(0, 9_999) | st.integers(0, 999).map(lambda each: each * 1_000_003),
    st.sampled_from(["", "ทำได้", "ทำได้ ", "จำนวน", "รวม "]),
    st.sampled_from(["", " ", " ห้อง", "ห้อง", " แห่ง"]),
    st.sampled_from(["", "ค่ะ", " ครับ", " นะคะ 🙏"]),
)
def test_every_number_in_words_comes_back(number: int, before: str, unit: str, particle: str) -> None:
    """Any whole number in words is read as itself; one that is also said for another is asked, with both."""
    found = read_number(f"{before}{in_words(number)}{unit}{particle}", UNITS)
    if is_said_for_two(number):
        assert isinstance(found, NumberUnclear)
        assert found.reason == "several"
        assert str(number) in found.seen
    else:
        assert found == NumberRead(Decimal(number))


@given(
    st.integers(1, 99_999),
    st.integers(0, 3),
    st.sampled_from([("พัน", 3), ("หมื่น", 4), ("แสน", 5), ("ล้าน", 6)]),
    st.sampled_from([{}, THAI, FULL_WIDTH]),
    st.sampled_from(["", " "]),
    st.sampled_from(["", " ห้อง", "ห้องค่ะ", " แห่งครับ"]),
)
def test_every_mixed_number_comes_back(  # noqa: PLR0917 - hypothesis fills them in this order
    digits: int, places: int, scale: tuple[str, int], written: dict[int, str], space: str, unit: str
) -> None:
    """Digits, with or without a point, before a scale in words ("3.6 หมื่น") are multiplied by it."""
    coefficient = Decimal(digits).scaleb(-places)
    text = f"{coefficient:f}".translate(written) + space + scale[0] + unit
    assert read_number(text, UNITS) == NumberRead(coefficient.scaleb(scale[1]))


@given(
    st.text(max_size=300)
    | st.text(alphabet="0123456789๐๑๒.,-+%e ห้องร้อยละ5", max_size=60)
    | st.lists(st.sampled_from([*"0123456789., ()-", *WORDS, "เอ็ด", "ยี่", "สิบ", "ร้อย", "พัน", "ล้าน", "จุด", "ศูนย์"])).map(
        "".join
    )
)
def test_never_raises(text: str) -> None:
    """No text is an error; what is read is finite and not negative, and what is offered back is a number."""
    found = read_number(text, UNITS)
    if isinstance(found, NumberRead):
        assert found.value.is_finite()
        assert found.value >= 0
    elif found.reason in {"several", "approximate", "increment", "laughter", "negative", "too_large"}:
        assert all(each.isascii() and Decimal(each) >= 0 for each in found.seen)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "5",
            "1,",
            "ค่ะ",
            " ",
            "จัดทำได้",
            "มี ",
            "ร้อยละ",
            "ๆ",
            "\u200b",
            "ํา",
            "1 ห้อง",
            "สอง",
            "ล้าน",
            "สองล้าน",
            "จุด",
            "ร้อย 1 ",
            "จัด",
            "(สะสม)",
            "1 ห้อง (",
        ),
        *("1 (", "5 555 ", "ﷺ", "ยี่สิบ", "หนึ่งพัน", "สิบ"),
    ],
)
@pytest.mark.parametrize("length", [LONGEST, 20_000])
def test_quick(piece: str, length: int) -> None:
    """No text takes longer than 5 ms, counted as work beside work of known size: the machine is shared."""
    text = (piece * length)[: length - 1] + "x"
    assert little(lambda: read_number(text, UNITS))
