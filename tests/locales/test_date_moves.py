"""Which date of which quarter people want moved, and to which day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.date_moves import DateMove, read_move
from locales.thai_quarters import QuarterSaid

TODAY = date(2027, 1, 5)
FIFTEENTH = date(2027, 1, 15)


@pytest.mark.parametrize(
    ("text", "which", "quarter", "day"),
    [
        ("เลื่อนกำหนด ไตรมาส 1 เป็น 15 ม.ค. 70", "due", QuarterSaid(1), FIFTEENTH),
        ("เลื่อนกำหนดไตรมาส ๑ เป็น ๑๕ ม.ค. ๗๐ ค่ะ", "due", QuarterSaid(1), FIFTEENTH),
        ("ขอเลื่อนกำหนดส่งของไตรมาส 1/2570 ไปเป็นวันที่ 15 มกราคม 2570", "due", QuarterSaid(1, 2570), FIFTEENTH),
        ("เลื่อนวันครบกำหนด เป็น 15/1/2570", "due", None, FIFTEENTH),
        ("เลื่อนวันปิดรับ ไตรมาส 1 เป็น 15/1/70", "closes", QuarterSaid(1), FIFTEENTH),
        ("เลื่อนวันเปิดรับ ไตรมาส 1 เป็น 2027-01-15", "opens", QuarterSaid(1), FIFTEENTH),
        ("เลื่อนวันตรวจ ไตรมาส 1 เป็น 15 ม.ค.", "review", QuarterSaid(1), FIFTEENTH),
        ("เลื่อนวันประเมิน ไตรมาส 1 เป็น 4 ม.ค.", "evaluation", QuarterSaid(1), date(2028, 1, 4)),
        ("move due date Q1 to 15 Jan 2027", "due", QuarterSaid(1), FIFTEENTH),
        ("move the closing date of Q1/2570 to 15 January 2027", "closes", QuarterSaid(1, 2570), FIFTEENTH),
        ("เลื่อนกำหนด ไตรมาส 1 เป็น 31 ก.พ. 70", "due", QuarterSaid(1), None),
        ("เลื่อนกำหนด ไตรมาส 1 เป็น 15", "due", QuarterSaid(1), None),
        ("เลื่อนกำหนดส่งไตรมาส 1 เป็นวันศุกร์ที่ 15 มกราคม 2570", "due", QuarterSaid(1), FIFTEENTH),
        ("เลื่อนวันปิดรับเป็นวันที่ ๑๕ ม.ค. ๗๐", "closes", None, FIFTEENTH),
        ("move closing day 1/2570 to 15 Jan 2027", "closes", QuarterSaid(1, 2570), FIFTEENTH),
        ("เลื่อนกำหนด", "due", None, None),
        ("ขอเลื่อนกำหนดส่งค่ะ", "due", None, None),
        ("เลื่อนวันปิดรับไตรมาส 1", "closes", QuarterSaid(1), None),
        ("เลื่อนกำหนดเป็นพรุ่งนี้", "due", None, None),
        ("เลื่อนกำหนด ไตรมาส 7 เป็น 8 ม.ค. 70", "due", None, None),
    ],
)
def test_what_is_moved(text: str, which: str, quarter: QuarterSaid | None, day: date | None) -> None:
    """In Thai and English, in either era, with Thai digits; a day that does not exist is no day."""
    assert read_move(text, TODAY) == DateMove(which, quarter, day)


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("เลื่อนกำหนดออกไป 7 วัน", 7),
        ("เลื่อนกำหนด ไตรมาส 1 อีก ๓ วัน", 3),
        ("ขอเลื่อนกำหนดส่งออกไปอีก 10 วันครับ", 10),
        ("move due day by 7 days", 7),
    ],
)
def test_by_how_many_days(text: str, later: int) -> None:
    """So many days later than it is now, in Thai and English."""
    found = read_move(text, TODAY)
    assert found is not None
    assert (found.which, found.day, found.later) == ("due", None, later)


@pytest.mark.parametrize(
    "text",
    [
        "เลื่อนกิจกรรมเป็น 15 ม.ค. 70",
        "กำหนดส่งวันไหน",
        "ขอเลื่อนส่ง",
        "เลื่อนกำหนด ห้องสมุด เป็น 15 ม.ค.",
        "",
        "เลื่อนกำหนดการจัดกิจกรรมเป็นเดือนหน้า",
    ],
)
def test_what_is_something_else(text: str) -> None:
    """Content and questions are not taken for it."""
    assert read_move(text, TODAY) is None


@given(st.text(alphabet="เลื่อนกำหนดไตรมาสเป็นม.ค. 0123456789๐๑/-\n", max_size=130))
def test_never_raises(text: str) -> None:
    """Whatever is typed behind the words, an answer comes."""
    read_move(f"เลื่อนกำหนด {text}", TODAY)
    read_move(text, TODAY)
