"""Counts with units, and dates with eras, out of narratives as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.dates import amount
from locales.thai_figures import LONGEST, MOST, Count, counts, dates
from tests.effort import little

UNITS = {
    "ห้อง": "ห้อง",
    "แห่ง": "ห้อง",
    "ชื่อเรื่อง": "ชื่อเรื่อง",
    "เรื่อง": "ชื่อเรื่อง",
    "ครั้ง": "ครั้ง",
    "คน": "คน",
    "room": "ห้อง",
}

CLEAR = {
    "36 แห่ง": "36 ห้อง",
    "36แห่ง": "36 ห้อง",
    "จำนวน 828 ชื่อเรื่อง": "828 ชื่อเรื่อง",
    "828 เรื่อง": "828 ชื่อเรื่อง",
    "๑,๒๔๐ ครั้ง": "1240 ครั้ง",
    "３１６,２５９ ครั้ง": "316259 ครั้ง",
    "3.6 หมื่นครั้ง": "36000 ครั้ง",
    "๓.๖ หมื่น ครั้ง": "36000 ครั้ง",
    "1.2 ล้านคน": "1200000 คน",
    "36 (สามสิบหก) แห่ง": "36 ห้อง",
    "(36 แห่ง)": "36 ห้อง",
    "- 36 แห่ง": "36 ห้อง",
    "เป็นจำนวน 316,259 ครั้ง": "316259 ครั้ง",
    "36 แห่งแล้ว": "36 ห้อง",
    "36 แห่งที่เข้าร่วม": "36 ห้อง",
    "36\u200b แห่งค่ะ": "36 ห้อง",
    "36\u00a0แห่ง": "36 ห้อง",
    "36 แห่ง 324 ชื่อเรื่อง": "36 ห้อง, 324 ชื่อเรื่อง",
    "36 แห่ง\n324 ชื่อเรื่อง": "36 ห้อง, 324 ชื่อเรื่อง",
    "3 ครั้ง 85 คน": "3 ครั้ง, 85 คน",
    "36 rooms": "36 ห้อง",
    "36 Room.": "36 ห้อง",
    "0 ครั้ง": "0 ครั้ง",
    "2.50 ครั้ง": "2.50 ครั้ง",
}

NOT_CLEAR = {
    "2 ห้องสมุด": "2 ห้อง",
    "2 ห้องประชุม": "2 ห้อง",
    "36/40 แห่ง": "36 ห้อง, 40 ห้อง",
    "30-36 แห่ง": "30 ห้อง, 36 ห้อง",
    "36 หรือ 37 แห่ง": "36 ห้อง, 37 ห้อง",
    "ประมาณ 300 คน": "300 คน",
    "กว่า 300 คน": "300 คน",
    "300 คนขึ้นไป": "300 คน",
    "ครั้งละ 20 คน": "20 คน",
    "20 คน/ครั้ง": "20 คน",
    "20 คนต่อครั้ง": "20 คน",
    "9 ชื่อเรื่องละ": "9 ชื่อเรื่อง",
    "เพิ่มอีก 5 แห่ง": "5 ห้อง",
    "เป้าหมาย 3 ห้อง": "3 ห้อง",
    "จะจัด 3 ครั้ง": "3 ครั้ง",
    "แผน 3 ครั้ง": "3 ครั้ง",
    "เหลือ 4 แห่ง": "4 ห้อง",
    "4 แห่งยังไม่ได้ดำเนินการ": "4 ห้อง",
    "4 แห่ง อยู่ระหว่างดำเนินการ": "4 ห้อง",
    "วิทยากร 2 คน": "2 คน",
    "โรงเรียน 12 แห่ง": "12 ห้อง",
    "เฟซบุ๊กไลฟ์ 42 ครั้ง": "42 ครั้ง",
    "ประชุมคณะกรรมการ 20 ครั้ง": "20 ครั้ง",
    "เล่านิทาน 25 ครั้ง และอื่น ๆ": "25 ครั้ง",
}

NO_COUNT = (
    "ไตรมาส 3 ห้องสมุด",
    "ไตรมาสที่ 3 ครั้งนี้",
    "1. ห้องสมุด",
    "1) ห้องสมุด",
    "ครั้งที่ 3 คนเข้าร่วมมาก",
    "วันที่ 5 คนมาก",
    "เมื่อ 5 พ.ค. 64 คนมาก",
    "5 พฤศจิกายน 2564 คนมาก",
    "ปี 2564 คนมาก",
    "พ.ศ. 2564 คนมาก",
    "โควิด 19 ครั้งใหญ่",
    "COVID-19 ครั้งใหญ่",
    "31/12/2563 คนมาก",
    "โทร. 0 2123 4567 ต่อ 36",
    "โทร 02-123-4567 คน",
    "http://www.bangkok.go.th/36แห่ง",
    "www.bangkok.go.th/36 และ a36@example.org",
    "36 เล่ม",
    "36",
    "แห่ง",
    "36\nแห่ง",
    "1,40 ครั้ง",
    "007 ครั้ง",
    "",
)


def shown(found: tuple[Count, ...]) -> str:
    return ", ".join(f"{each.value} {each.unit}" for each in found)


@pytest.mark.parametrize(("text", "expected"), CLEAR.items())
def test_a_clear_count(text: str, expected: str) -> None:
    """A number with a declared unit is read under the unit's canonical name, here and in a sentence."""
    for said in (text, f"ดำเนินการได้ {text}", f"{text} เมื่อสิ้นไตรมาส"):
        found = counts(said, UNITS)
        assert shown(found) == expected
        assert all(each.clear for each in found)


@pytest.mark.parametrize(("text", "expected"), NOT_CLEAR.items())
def test_a_count_that_may_mean_something_else(text: str, expected: str) -> None:
    """Approximate, planned, partial, somebody else's, or the beginning of a longer word: read, and marked."""
    found = counts(text, UNITS)
    assert shown(found) == expected
    assert not any(each.clear for each in found)


@pytest.mark.parametrize("text", NO_COUNT)
def test_no_count(text: str) -> None:
    """Quarters, dates, list numbers, telephone numbers, addresses and malformed numbers are no counts."""
    assert counts(text, UNITS) == ()


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("ทั้ง 36 แห่ง", False),
        ("รวมจำนวน 36 แห่ง", True),
        ("รวมทั้งสิ้น 36 แห่ง", True),
        ("36 แห่ง ทั้งหมด", True),
        ("จัดที่ 36 แห่ง", False),
        ("36 แห่ง รวมทั้งสิ้น 85 คน", False),
    ],
)
def test_a_total_says_so(text: str, total: bool) -> None:
    """รวม, ทั้งสิ้น and the like beside a count make it the whole; ทั้ง alone names what is known anyway."""
    assert counts(text, UNITS)[0].total is total


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("จำนวน 36 ครั้ง", None),
        ("ต.ค.–ธ.ค. 69 จัด 36 ครั้ง", {10, 11, 12}),
        ("1 ต.ค. 69 ถึง 31 ธ.ค. 69 จัด 36 ครั้ง", {10, 11, 12}),
        ("ตั้งแต่เดือนพฤศจิกายนจนถึงเดือนกุมภาพันธ์ รวม 36 ครั้ง", {11, 12, 1, 2}),
        ("เดือนตุลาคมและธันวาคม รวม 36 ครั้ง", {10, 12}),
        ("5 พ.ย. 69 จัด 36 ครั้ง", set()),
        ("36 ครั้ง เมื่อ 5, 12 และ 19 พ.ย. 69", set()),
        ("36 ครั้ง (ในเดือนพฤศจิกายน)", {11}),
        ("36 ครั้ง จัดทำสื่อเผยแพร่ระหว่างพฤษภาคม – กันยายน", None),
        ("ไตรมาสที่ 3 จัด 36 ครั้ง", {4, 5, 6}),
        ("ไตรมาส 1 จัด 36 ครั้ง", {10, 11, 12}),
        ("ปีที่แล้ว 36 ครั้ง", set()),
        ("เดือนตุลาคมจัดนิทรรศการ\nรวม 36 ครั้ง", None),
        ("from May to June 36 rooms", {5, 6}),
    ],
)
def test_a_count_with_its_own_months(text: str, months: set[int] | None) -> None:
    """The whole months of a count's own date range, on its own line and beside it."""
    assert counts(text, UNITS)[0].months == months


@pytest.mark.parametrize(
    ("text", "since"),
    [("ไตรมาสนี้ 36 ครั้ง", "quarter"), ("ยอดสะสม 36 ครั้ง", "year"), ("จัด 36 ครั้ง", "unsaid")],
)
def test_a_count_says_since_when(text: str, since: str) -> None:
    """ไตรมาสนี้ and สะสม say what is counted."""
    assert counts(text, UNITS)[0].since == since


DATES = {
    "31/12/2563": "31/12/2563 buddhist",
    "๓๑/๑๒/๒๕๖๓": "31/12/2563 buddhist",
    "31-12-2563": "31-12-2563 buddhist",
    "31.12.2563": "31.12.2563 buddhist",
    "31/12/63": "31/12/63 unsaid",
    "1/31/2021": "1/31/2021 common impossible",
    "31/1/2021": "31/1/2021 common",
    "2021-01-31": "2021-01-31 common",
    "15/13/2564": "15/13/2564 buddhist impossible",
    "0/1/2564": "0/1/2564 buddhist impossible",
    "31 ก.พ. 2564": "31 ก.พ. 2564 buddhist impossible",
    "30 ก.พ.": "30 ก.พ. unsaid impossible",
    "28–31 ก.พ. 64": "31 ก.พ. 64 unsaid impossible",
    "31 เมษายน": "31 เมษายน unsaid impossible",
    "32 ม.ค.": "32 ม.ค. unsaid impossible",
    "วันที่ 45 มกราคม": "45 มกราคม unsaid impossible",
    "29 ก.พ. 2564": "29 ก.พ. 2564 buddhist impossible",
    "29 ก.พ. 2567": "29 ก.พ. 2567 buddhist",
    "29 ก.พ.": "29 ก.พ. unsaid",
    "5 เดือนพฤษภาคม พ.ศ. 2564": "5 พฤษภาคม พ.ศ. 2564 buddhist labelled",
    "ธ.ค. 63 ม.ค. 64": "ธ.ค. 63 unsaid, ม.ค. 64 unsaid",
    "พฤษภาคม – มิถุนายน 2564": "มิถุนายน 2564 buddhist",
    "12 ธันวาคม 2026": "12 ธันวาคม 2026 common",
    "5 Jan 2027": "5 jan 2027 common",
    "31 February": "31 february unsaid impossible",
    "ปี 2564": "ปี 2564 buddhist",
    "ปีงบประมาณ พ.ศ. 2564": "ปีงบประมาณ พ.ศ. 2564 buddhist labelled",
    "พ.ศ. 2564 (ค.ศ. 2021)": "พ.ศ. 2564 buddhist labelled, ค.ศ. 2021 common labelled",
    "ค.ศ. 2564": "ค.ศ. 2564 buddhist impossible labelled",
    "มีความ": "",
    "เดือนพฤษภาคม": "",
    "คะแนน 95/100": "",
    "ไตรมาส 1/2570": "",
    "รุ่น 1.2.63": "",
    "IP 10.10.10.10": "",
    "02-12-3456-7": "",
    "หนังสือเลขที่ 45/13/2564": "",
    "http://a.th/2021/13/45": "",
    "ได้ 2,563 คน": "",
    "ISO 9001:2015": "",
    "dismay 2021": "",
    "ระบบ Windows ปี 2019": "",
    "may be": "",
    "": "",
}


@pytest.mark.parametrize(("text", "expected"), DATES.items())
def test_dates(text: str, expected: str) -> None:
    """Each date with its era, and whether there is such a day."""
    found = [
        " ".join(
            [each.said, each.era, *["impossible"] * (not each.possible), *["labelled"] * each.labelled],
        )
        for each in dates(text)
    ]
    assert ", ".join(found) == expected


@pytest.mark.parametrize(
    ("text", "bare"),
    [("ภายในปี 2030", True), ("พ.ศ. 2570", True), ("5 พ.ย. 2569", False), ("พ.ย. 2569", False), ("1/2/2570", False)],
)
def test_a_year_by_itself_says_so(text: str, bare: bool) -> None:
    """A year without day or month may be a plan's."""
    assert [each.bare_year for each in dates(text)] == [bare]


def test_a_pasted_table_is_left_alone() -> None:
    """Where there are more counts or dates than anybody tells, nothing is read, rather than the first of them."""
    assert len(counts("1 คน " * MOST, UNITS)) == MOST
    assert counts("1 คน " * (MOST + 1), UNITS) == ()
    assert len(dates("1/1/2564 " * MOST)) == MOST
    assert dates("1/1/2564 " * (MOST + 1)) == ()
    assert counts("1 คน" + " " * LONGEST, UNITS) == ()
    assert dates("1/1/2564" + " " * LONGEST) == ()


def test_without_units_there_are_no_counts() -> None:
    """No unit declared, or an empty one: nothing is read."""
    assert counts("36 แห่ง", {}) == ()
    assert counts("36 แห่ง", {"": "ห้อง", " ": "ห้อง"}) == ()


@given(st.integers(0, 999_999_999), st.sampled_from(sorted(UNITS)), st.booleans(), st.sampled_from(["", " "]))
def test_any_number_is_read_back(number: int, unit: str, thai: bool, space: str) -> None:
    """Any number, in either digits and with commas, beside any of the units."""
    digits = amount(number).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) if thai else amount(number)
    found = counts(f"ดำเนินการ {digits}{space}{unit} ตามวัตถุประสงค์", UNITS)
    assert [(each.value, each.unit, each.clear) for each in found] == [(Decimal(number), UNITS[unit], True)]


_PIECES = st.sampled_from(
    [*UNITS, "1", "36", "๓", ",", ".", "/", "-", " ", "\n", "(", ")", "ล้าน", "ก.พ.", "มกราคม", "may", "2564", "2021"]
)
_TEXTS = st.text(max_size=60) | st.lists(_PIECES | st.text(max_size=3), max_size=30).map("".join)


@given(_TEXTS, st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4))
def test_never_raises(text: str, units: dict[str, str]) -> None:
    """Whatever the text and the units."""
    for each in (UNITS, units):
        assert all(found.value.is_finite() and found.unit in each.values() for found in counts(text, each))
    assert all(found.said for found in dates(text))


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "1",
            "1 ",
            "1,",
            "1.",
            "1/1",
            "1-",
            "1 (",
            "(1 ",
            "ม.ค. ",
            "1 ม.ค. 64 ",
            "ปี",
            "a.",
            "a@",
            "http",
            "www.",
            "ก",
            "๑",
        ),
        *("1 คน ", "36 และ 37 แห่ง ", "พ.ค. – มิ.ย. จำนวน 5 คน ", "ํ", "\n", "ในเดือนพฤษภาคมจัดกิจกรรมส่งเสริมการอ่าน 12 ครั้ง "),
        "ส่งเสริมการอ่านและการเรียนรู้ตลอดชีวิต " * 8 + "ระหว่าง พ.ค. – ก.ย. 2564 รวม 12 ครั้ง ",
    ],
)
def test_no_text_is_slow(piece: str) -> None:
    """20,000 characters of anything take less than 5 ms to read, counts and dates each."""
    text = (piece * 20_000)[:20_000]
    counts(text[:50], UNITS)  # the pattern of these units is made once
    for read in (lambda: counts(text, UNITS), lambda: dates(text)):
        assert little(read)
