"""Names that are nearly what was typed, as a table; and what is too far or too short to be one."""

from __future__ import annotations

import pytest

from locales.near_names import near
from tests.effort import little

NAMES = (
    ("ห้องสมุดสวนลุมพินี", "สวนลุมพินี"),
    ("ห้องสมุดบางบอน", "บางบอน"),
    ("ห้องสมุดบางขุนเทียน", "บางขุนเทียน"),
    ("ห้องสมุดประเวศ", "ประเวศ"),
)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("สวนลุมพีนี", (0,)),
        ("สวนลุมพินิ ค่ะ", (0,)),
        ("ห้องสมุด สวนลุมพีนี", (0,)),
        ("สวนลุมภินี", (0,)),
        ("สวนลุม พินี", (0,)),
        ("บางบอม", (1,)),
        ("บางบน", (1,)),
        ("บางขุนเทียม", (2,)),
        ("ประเวส", (3,)),
        ("ห้องสมุดบางบอม", (1,)),
        ("บางกะปิ", ()),
        ("ประเภท", ()),
        ("จัดกิจกรรม", ()),
        ("ห้องสมุด", ()),
        ("บอน", ()),
        ("", ()),
    ],
)
def test_near_names(text: str, places: tuple[int, ...]) -> None:
    """One slip in a short name, two in a long one; another word is none."""
    assert near(text, NAMES) == places


def test_it_takes_little() -> None:
    """The words of a long message, each against the names of seventy units."""
    words = [f"สวนลุมพีนีที่ {number}" for number in range(24)]
    names = [(f"ห้องสมุดเพื่อการเรียนรู้แห่งที่ {number}", f"แห่งที่ {number}") for number in range(72)]
    assert little(lambda: [near(each, names) for each in words])
