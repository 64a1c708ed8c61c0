"""Quarters as people type them, on 22 November 2026 (1/2570)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.thai_phrases import fold
from locales.thai_quarters import LONGEST, QuarterSaid, quarter_at_start, read_quarter, read_year
from models.rules.fiscal import Quarter
from tests.effort import little

TODAY = Quarter(2570, 1)

READ = {
    (1, None): (
        "1 | ๑ | Q1 | q 1 | ไตรมาส 1 | ไตรมาสที่ 1 | ไตรมาสแรก | ไตรมาสหนึ่ง | ไตรมาสที่หนึ่ง | ไตรมาสแรกของปี | ต.ค.-ธ.ค. | "
        "ตุลาคม ถึง ธันวาคม | ต.ค. พ.ย. ธ.ค. | ต.ค., พ.ย. และ ธ.ค."
    ),
    (2, None): "2 | ไตรมาส 2 นะคะ | ไตรมาสสอง | ม.ค. – มี.ค. | second quarter",
    (3, None): (
        "3 | ไตรมาส 3 | ไตรมาสที่ ๓ | ไตรมาศ 3 | ไตรมาศที่ ๓ | ไตมาส3 | Q3 | สาม | ไตรมาสสามค่ะ | "
        "ไตรมาส ที่ 3 | เม.ย.-มิ.ย. | เมย-มิย | "
        "เมษา-มิถุนา | เดือนเมษายนถึงมิถุนายน | Apr-Jun"
    ),
    (4, None): "4 | ไตรมาสสุดท้าย | ก.ค.-ก.ย. | ไตรมาส\u200b 4",
    (1, 2570): (
        "1/70 | 1/2570 | ไตรมาสที่ ๑/๒๕๗๐ | ไตรมาส 1 ปี 2570 | ไตรมาส 1 ปีงบประมาณ พ.ศ. 2570 | "
        "ไตรมาส 1 ของปี 70 | ไตรมาส 1 ปีนี้ | "
        "Q1/2027 | q1 fy2027 | ต.ค.–ธ.ค. 2569 | ต.ค.-ธ.ค. 69 | 1 ต.ค. 69 – 31 ธ.ค. 69 | "
        "ต.ค. พ.ย. ธ.ค. 69 | October to December 2026"
    ),
    (2, 2570): "2/70 | ม.ค.-มี.ค. 2570 | มกราคม-มีนาคม 70 | Jan-Mar 2027",
    (4, 2569): "4/2569 | ก.ค.-ก.ย. 69 | ไตรมาสสุดท้ายของปีงบประมาณ 2569 | ไตรมาส 4 ปีที่แล้ว",
}

RELATIVE = {
    (1, 2570): "นี้ | ไตรมาสนี้ | ไตรมาสนี้ค่ะ | ไตรมาสปัจจุบัน | ไตรมาสปัจจุบันนี้ | this quarter | current quarter",
    (4, 2569): "ที่แล้ว | ไตรมาสที่แล้ว | ไตรมาสก่อน | ไตรมาสก่อนหน้านี้ | ไตรมาสที่ผ่านมา | last quarter | the previous quarter",
}

NOT_READ = (
    "|0|5|36|370|3 70|555|ไตรมาส|ไตรมาส 5|1/1|1/2199|1/3000|ต.ค.-พ.ย.|พ.ย.-ม.ค.|แล้ว|แล้วค่ะ|ก่อน|"
    "ไตรมาส 1 และ 2|รายงานไตรมาส 3 ดำเนินการแล้ว|1 ต.ค. 68 – 31 ธ.ค. 69|2300-848|๓ ห้อง|ปีนี้|ไตรมาสหน้า"
)

AT_START = {
    "ไตรมาส 3 36 ห้อง": ("ไตรมาส 3", 3, None),
    "ไตรมาส 3 2570 ห้อง": ("ไตรมาส 3", 3, None),
    "ไตรมาสที่ ๓/๒๕๗๐ 36 ห้อง": ("ไตรมาสที่ 3/2570", 3, 2570),
    "ไตรมาส 3 ปี 70 36 ห้อง": ("ไตรมาส 3 ปี 70", 3, 2570),
    "Q3/70 36": ("q3/70", 3, 2570),
    "3/70 จัดกิจกรรม": ("3/70", 3, 2570),
    "ไตรมาสนี้ 36 ห้อง": ("ไตรมาสนี้", 1, 2570),
    "เม.ย.-มิ.ย. 36 ห้อง": ("เม.ย.-มิ.ย.", 3, None),
    "เม.ย.-มิ.ย. 70 36 ห้อง": ("เม.ย.-มิ.ย. 70", 3, 2570),
    "เม.ย.-มิ.ย. 70 ห้อง": ("เม.ย.-มิ.ย.", 3, None),
    "ไตรมาสสามจัดแล้ว": ("ไตรมาสสาม", 3, None),
    **dict.fromkeys(["ไตรมาส 36 ห้อง", "3 ห้อง", "3", "1/2/2570", "ไตรมาส 3-4 ห้อง", "จัดกิจกรรมไตรมาส 3", ""]),
}


@pytest.mark.parametrize(
    ("text", "number", "fiscal_year"),
    [(text.strip(), *said) for said, texts in READ.items() for text in texts.split("|")],
)
def test_read(text: str, number: int, fiscal_year: int | None) -> None:
    """Each way of naming a quarter is understood; a year is fiscal beside a number, the calendar's beside months."""
    assert read_quarter(text, TODAY) == QuarterSaid(number, fiscal_year)


@pytest.mark.parametrize(
    ("text", "number", "fiscal_year"),
    [(text.strip(), *said) for said, texts in RELATIVE.items() for text in texts.split("|")],
)
def test_read_from_today(text: str, number: int, fiscal_year: int) -> None:
    """What is said from today is marked as such: with several rounds open it is asked back."""
    assert read_quarter(text, TODAY) == QuarterSaid(number, fiscal_year, relative=True)


@pytest.mark.parametrize(("text", "found"), AT_START.items())
def test_at_the_start(text: str, found: tuple[str, int, int | None] | None) -> None:
    """A quarter before something else ends where the result begins: 36 is no year."""
    said = fold(text)
    read = quarter_at_start(said, TODAY, ["ห้อง"])
    assert (read and (said[: read[1]], read[0].number, read[0].fiscal_year)) == found


@pytest.mark.parametrize("text", NOT_READ.split("|"))
def test_not_read(text: str) -> None:
    """What names no single quarter is nothing."""
    assert read_quarter(text, TODAY) is None


@given(st.text(alphabet=st.characters(codec="utf-8")) | st.text(alphabet="ไตรมาสที่ 1234/๒๕๗๐-–ต.คธpQ"))
def test_never_raises(text: str) -> None:
    """No text is an error, and what stands at a start ends within it."""
    read_quarter(text, TODAY)
    read = quarter_at_start(text, TODAY, ["ห้อง"])
    assert read is None or 0 < read[1] <= len(text)


@given(st.integers(1, 4), st.integers(2500, 2599))
def test_what_we_print_we_read(number: int, fiscal_year: int) -> None:
    """The bot's own "1/2570" comes back as itself."""
    said = read_quarter(str(Quarter(fiscal_year, number)), TODAY)
    assert said == QuarterSaid(number, fiscal_year)


@pytest.mark.parametrize("piece", ["ไตรมาส", "ที่ ", "1", "ต.ค.", "ต.ค. ", " ", "ปี", "1/", "-", "ของ ", "เดือน"])
@pytest.mark.parametrize("length", [LONGEST, 20_000])
def test_quick(piece: str, length: int) -> None:
    """No text takes longer than 5 ms, counted as work beside work of known size: the machine is shared."""
    text = (piece * length)[: length - 1] + "x"
    assert little(lambda: (read_quarter(text, TODAY), quarter_at_start(text, TODAY)))


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("ปี 2569", 2569),
        ("ปีงบประมาณ ๒๕๖๙ ค่ะ", 2569),
        ("ปีงบ 69", 2569),
        ("พ.ศ. 2569", 2569),
        ("fiscal year 2026", 2569),
        ("ปีนี้", 2570),
        ("ปีที่แล้ว", 2569),
        ("ปีงบประมาณก่อน", 2569),
        ("ปี", None),
        ("2569", None),
        ("69", None),
        ("ไตรมาส 1 ปี 2569", None),
        ("ปี 2569 ดีมาก", None),
        ("ปี 256", None),
        ("", None),
    ],
)
def test_a_year(text: str, year: int | None) -> None:
    """Named as one, and nothing beside it; a bare number is none."""
    assert read_year(text, TODAY) == year
