"""Quarters as people type them, on 22 November 2026 (1/2570)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.thai_quarters import QuarterSaid, read_quarter
from models.rules.fiscal import Quarter

TODAY = Quarter(2570, 1)

READ = {
    (
        1,
        None,
    ): "1 | ๑ | Q1 | q 1 | ไตรมาส 1 | ไตรมาสที่ 1 | ไตรมาสแรก | ไตรมาสหนึ่ง | ต.ค.-ธ.ค. | ตุลาคม ถึง ธันวาคม",
    (2, None): "2 | ไตรมาส 2 นะคะ | ไตรมาสสอง | ม.ค. – มี.ค. | second quarter",
    (
        3,
        None,
    ): "3 | ไตรมาส 3 | ไตรมาสที่ ๓ | ไตรมาศ 3 | Q3 | สาม | ไตรมาสสามค่ะ | เม.ย.-มิ.ย. | เมย-มิย | Apr-Jun",
    (4, None): "4 | ไตรมาสสุดท้าย | ก.ค.-ก.ย. | ไตรมาส\u200b 4",
    (1, 2570): (
        "1/70 | 1/2570 | ไตรมาสที่ ๑/๒๕๗๐ | ไตรมาส 1 ปี 2570 | ไตรมาส 1 ปีงบประมาณ พ.ศ. 2570 | ไตรมาส 1 ของปี 70 | "
        "Q1/2027 | นี้ | ไตรมาสนี้ | ไตรมาสปัจจุบัน | this quarter | ต.ค.–ธ.ค. 2569 | ต.ค.-ธ.ค. 69 | 1 ต.ค. 69 – 31 ธ.ค. 69 | "
        "October to December 2026"
    ),
    (2, 2570): "2/70 | ม.ค.-มี.ค. 2570 | มกราคม-มีนาคม 70 | Jan-Mar 2027",
    (4, 2569): "ที่แล้ว | ไตรมาสที่แล้ว | ไตรมาสก่อน | ไตรมาสที่ผ่านมา | 4/2569 | last quarter | ก.ค.-ก.ย. 69",
}

NOT_READ = (
    "|0|5|36|370|3 70|555|ไตรมาส|ไตรมาส 5|1/1|1/2199|1/3000|ต.ค.-พ.ย.|พ.ย.-ม.ค.|แล้ว|แล้วค่ะ|ก่อน|"
    "ไตรมาส 1 และ 2|รายงานไตรมาส 3 ดำเนินการแล้ว|1 ต.ค. 68 – 31 ธ.ค. 69|2300-848|๓ ห้อง"
)


@pytest.mark.parametrize(
    ("text", "number", "fiscal_year"),
    [(text.strip(), *said) for said, texts in READ.items() for text in texts.split("|")],
)
def test_read(text: str, number: int, fiscal_year: int | None) -> None:
    """Each way of naming a quarter is understood; a year is fiscal beside a number, the calendar's beside months."""
    assert read_quarter(text, TODAY) == QuarterSaid(number, fiscal_year)


@pytest.mark.parametrize("text", NOT_READ.split("|"))
def test_not_read(text: str) -> None:
    """What names no single quarter is nothing."""
    assert read_quarter(text, TODAY) is None


@given(st.text(alphabet=st.characters(codec="utf-8")) | st.text(alphabet="ไตรมาสที่ 1234/๒๕๗๐-–ต.คธpQ"))
def test_never_raises(text: str) -> None:
    """No text is an error."""
    read_quarter(text, TODAY)


@given(st.integers(1, 4), st.integers(2500, 2599))
def test_what_we_print_we_read(number: int, fiscal_year: int) -> None:
    """The bot's own "1/2570" comes back as itself."""
    said = read_quarter(str(Quarter(fiscal_year, number)), TODAY)
    assert said == QuarterSaid(number, fiscal_year)
