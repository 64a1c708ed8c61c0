"""Whole reports in one message, on 22 November 2026 (1/2570)."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.one_message import LONGEST_HEAD, ReportSaid, read_report
from locales.thai_numbers import NumberRead, read_number
from locales.thai_quarters import QuarterSaid
from models.rules.fiscal import Quarter
from tests.effort import little

TODAY = Quarter(2570, 1)
CODES = {"2300-848": ("ห้อง", "แห่ง", "room"), "2300-849": ("ชื่อเรื่อง", "เรื่อง")}
C = "2300-848"
Q3 = QuarterSaid(3)

REPORTS = {
    "รายงาน 2300-848 ไตรมาส 3 36 ห้อง จัดกิจกรรมแล้ว": ReportSaid(C, Q3, "36 ห้อง", "จัดกิจกรรมแล้ว"),
    "รายงาน2300-848ไตรมาส๓ ๓๖ ห้องค่ะ จัดทำ ๓ ครั้ง\nบรรทัดสอง ": ReportSaid(C, Q3, "๓๖ ห้องค่ะ", "จัดทำ ๓ ครั้ง\nบรรทัดสอง "),
    "รายงาน ๒๓๐๐-๘๔๘ ไตรมาสที่ ๓/๒๕๗๐ ๓๖ แห่ง\nก\n\nข": ReportSaid(C, QuarterSaid(3, 2570), "๓๖ แห่ง", "ก\n\nข"),
    "รายงาน 2300-848": ReportSaid(C, None),
    "รายงาน ไตรมาส 3": ReportSaid(None, Q3),
    "ส่งรายงาน 2300-848 ไตรมาส 3 36 ห้อง": ReportSaid(C, Q3, "36 ห้อง"),
    "รายงาน 2300-848 36 ห้อง": ReportSaid(C, None, "36 ห้อง"),
    "รายงาน 2300-848 3 ห้อง จัดแล้ว": ReportSaid(C, None, "3 ห้อง", "จัดแล้ว"),
    "รายงาน 2300-848 ไตรมาส 3\n36\nจัดกิจกรรม": ReportSaid(C, Q3, "36", "จัดกิจกรรม"),
    "รายงาน 2300-848 ไตรมาส 3 1,407.52": ReportSaid(C, Q3, "1,407.52"),
    "รายงาน 2300-848 ไตรมาสนี้ ทำได้ 36 ห้อง จัดแล้ว": ReportSaid(
        C, QuarterSaid(1, 2570, relative=True), "ทำได้ 36 ห้อง", "จัดแล้ว"
    ),
    "รายงาน 2300-848 เม.ย.-มิ.ย. 70 36 ห้อง จัดแล้ว": ReportSaid(C, QuarterSaid(3, 2570), "36 ห้อง", "จัดแล้ว"),
    "รายงาน 2300-848 เม.ย.-มิ.ย. 36 ห้อง จัดแล้ว": ReportSaid(C, Q3, "36 ห้อง", "จัดแล้ว"),
    "รายงาน 2300-848 ไตรมาส 3 สามสิบหกห้อง จัดแล้ว": ReportSaid(C, Q3, "สามสิบหกห้อง", "จัดแล้ว"),
    "รายงาน 2300-848 ไตรมาส 3 3.6 หมื่น ห้อง จัดแล้ว": ReportSaid(C, Q3, "3.6 หมื่น ห้อง", "จัดแล้ว"),
    "รายงาน 2300-848 ไตรมาส 3 ร้อยละ 90 จัดแล้ว": ReportSaid(C, Q3, "ร้อยละ 90", "จัดแล้ว"),
    "รายงาน 2300-848 ไตรมาส 3 36 ห้อง ค่ะ จัดแล้ว": ReportSaid(C, Q3, "36 ห้อง ค่ะ", "จัดแล้ว"),
    "รายงาน 2300-848: ไตรมาส 3: 36 ห้อง: จัดแล้ว": ReportSaid(C, Q3, "36 ห้อง", "จัดแล้ว"),
    "\u200bรายงาน 2300-848 ไตรมาส 3 36 ห้อง 🙏 จัดแล้ว": ReportSaid(C, Q3, "36 ห้อง", "🙏 จัดแล้ว"),
    "รายงาน 2300-848 ไตรมาส 3 🎉 จัดแล้ว": ReportSaid(C, Q3, None, "🎉 จัดแล้ว"),
    "รายงาน 2300-848 ไตรมาส 3 36 ห้อง 828 เรื่อง": ReportSaid(C, Q3, "36 ห้อง", "828 เรื่อง"),
    "รายงาน 2300-848 ไตรมาส 3 36 ห้อง\n- 3 กิจกรรม": ReportSaid(C, Q3, "36 ห้อง", "- 3 กิจกรรม"),
    "รายงานไตรมาส 3 12 เรื่อง จัดทำแล้ว": ReportSaid(None, Q3, "12 เรื่อง", "จัดทำแล้ว"),
    "รายงานตัวชี้วัด 2300-848 ไตรมาส 3 5 ห้อง ok": ReportSaid(C, Q3, "5 ห้อง", "ok"),
    "รายงานผล 2300-848 ไตรมาส 3 5 ห้อง ok": ReportSaid(C, Q3, "5 ห้อง", "ok"),
    "รายงาน 2300-999 ไตรมาส 3 36 ห้อง จัดแล้ว": ReportSaid("2300-999", Q3, "36 ห้อง", "จัดแล้ว"),
    "Report 2300-848 Q3 36 rooms We did it": ReportSaid(C, Q3, "36 rooms", "We did it"),
    "report: 2300-848 q3/70 36 rooms": ReportSaid(C, QuarterSaid(3, 2570), "36 rooms"),
    # A number alone is no year, and the code may follow the quarter.
    "รายงาน 2300-849 ไตรมาส 2 50": ReportSaid("2300-849", QuarterSaid(2), "50"),
    "รายงาน 2300-849 ไตรมาส 2 50 ค่ะ": ReportSaid("2300-849", QuarterSaid(2), "50 ค่ะ"),
    "รายงาน 2300-849 ไตรมาส 2/70 50": ReportSaid("2300-849", QuarterSaid(2, 2570), "50"),
    "รายงาน 2300-849 ไตรมาส 2 ปี 70 50": ReportSaid("2300-849", QuarterSaid(2, 2570), "50"),
    "รายงาน 2300-849 ไตรมาส 2 2570 50 เรื่อง": ReportSaid("2300-849", QuarterSaid(2, 2570), "50 เรื่อง"),
    "รายงาน 2300-849 ไตรมาส 2 2570 เรื่อง": ReportSaid("2300-849", QuarterSaid(2), "2570 เรื่อง"),
    "รายงาน 2300-849 ไตรมาส 2 1250": ReportSaid("2300-849", QuarterSaid(2), "1250"),
    "รายงาน ไตรมาส 3 2300-848 36 ห้อง จัดแล้ว": ReportSaid(C, Q3, "36 ห้อง", "จัดแล้ว"),
    "รายงาน เม.ย.-มิ.ย. 2300-848 36 ห้อง จัดแล้ว": ReportSaid(C, Q3, "36 ห้อง", "จัดแล้ว"),
    "รายงาน ไตรมาส 3 2300-849 36 ห้อง จัดแล้ว": ReportSaid("2300-849", Q3, None, "36 ห้อง จัดแล้ว"),
    "รายงาน 849 ไตรมาส 3 36 เรื่อง จัดทำแล้ว": ReportSaid("2300-849", Q3, "36 เรื่อง", "จัดทำแล้ว"),
    # What is not one clear number with its unit is left where it stands, to be asked.
    "รายงาน 2300-848 ไตรมาส 3 36 จัดกิจกรรม": ReportSaid(C, Q3, None, "36 จัดกิจกรรม"),
    "รายงาน 2300-848 ไตรมาส 3 36 หรือ 37 ห้อง": ReportSaid(C, Q3, None, "36 หรือ 37 ห้อง"),
    "รายงาน 2300-848 ไตรมาส 3 36 ห้อง หรือ 37 ห้อง": ReportSaid(C, Q3, None, "36 ห้อง หรือ 37 ห้อง"),
    "รายงาน 2300-848 ไตรมาส 3 36-40 ห้อง": ReportSaid(C, Q3, None, "36-40 ห้อง"),
    "รายงาน 2300-848 ไตรมาส 3 ประมาณ 36 ห้อง": ReportSaid(C, Q3, None, "ประมาณ 36 ห้อง"),
    "รายงาน 2300-848 ไตรมาส 3 36 ห้องสมุด": ReportSaid(C, Q3, None, "36 ห้องสมุด"),
    "รายงาน 2300-848 ไตรมาส 3 จัดกิจกรรม 3 ครั้ง": ReportSaid(C, Q3, None, "จัดกิจกรรม 3 ครั้ง"),
    "รายงาน 2300-848 ไตรมาส 3 จัดกิจกรรม 3 ห้อง ร่วมกับชุมชน": ReportSaid(C, Q3, None, "จัดกิจกรรม 3 ห้อง ร่วมกับชุมชน"),
}

ANSWERS = {C: ("แล้ว", "อยู่ระหว่างดำเนินการ", "ไม่ได้ดำเนินการ", "done", "not done")}

ANSWERED = {
    "รายงาน 2300-848 ไตรมาส 3 แล้ว จัดทำ บรรณนิทัศน์ ": ReportSaid(C, Q3, "แล้ว", "จัดทำ บรรณนิทัศน์ "),
    "รายงาน 2300-848 ไตรมาส 3 แล้วค่ะ": ReportSaid(C, Q3, "แล้วค่ะ"),
    "รายงาน 2300-848 ไตรมาส 3\nแล้ว\nจัดทำ\n\nข": ReportSaid(C, Q3, "แล้ว", "จัดทำ\n\nข"),
    "รายงาน 2300-848 ไตรมาส 3 อยู่ระหว่าง ดำเนินการ: ก ข": ReportSaid(C, Q3, "อยู่ระหว่าง ดำเนินการ", "ก ข"),
    "รายงาน ไตรมาส 3 2300-848 ไม่ได้ดำเนินการ เพราะฝนตก": ReportSaid(C, Q3, "ไม่ได้ดำเนินการ", "เพราะฝนตก"),
    "report 2300-848 q3 Not done because of rain": ReportSaid(C, Q3, "Not done", "because of rain"),
    "รายงาน 2300-848 ไตรมาส 3 36 ห้อง จัดแล้ว": ReportSaid(C, Q3, "36 ห้อง", "จัดแล้ว"),
    # No word of the narrative is cut apart, and other indicators do not have these answers.
    "รายงาน 2300-848 ไตรมาส 3 แล้วเสร็จทุกแห่ง": ReportSaid(C, Q3, None, "แล้วเสร็จทุกแห่ง"),
    "รายงาน 2300-848 ไตรมาส 3 ไม่ได้ จัดทำ": ReportSaid(C, Q3, None, "ไม่ได้ จัดทำ"),
    "รายงาน 2300-849 ไตรมาส 3 แล้ว จัดทำ": ReportSaid("2300-849", Q3, None, "แล้ว จัดทำ"),
}

NONE = [
    "",
    "รายงาน",
    "รายงานเลย",
    "36 ห้อง",
    "2300-848 ไตรมาส 3 36 ห้อง",
    "รายงานผลฯ ไตรมาสที่ 3 ดำเนินการพัฒนาห้องสมุดแล้ว",
    "รายงานผลฯ ไตรมาสที่ 3 36 ห้อง ดำเนินการพัฒนาห้องสมุดแล้ว",
    "รายงานผล ไตรมาสที่ 3 ดำเนินการพัฒนาห้องสมุดแล้วเรียบร้อย",
    "รายงานผลการดำเนินงาน 2300-848",
    "รายงานประจำไตรมาส 3 ของห้องสมุด",
    "รายงานการประชุม 36 ห้อง",
    "รายงาน 230 ไตรมาส 3 36 ห้อง",
    "รายงานไตรมาส 3 ส่งหรือยัง",
    "รายงานไตรมาส 3 ครบกำหนดวันไหน",
    "รายงาน 2300-848 ส่งแล้วหรือยังคะ",
    "รายงานไตรมาส 3 ให้หน่อย",
    "จัดทำรายงาน 2300-848 ไตรมาส 3 36 ห้อง",
    "reporting 2300-848 Q3 36 rooms",
    "สถานะ 2300-848 ไตรมาส 3",
]


@pytest.mark.parametrize(("text", "said"), REPORTS.items())
def test_report(text: str, said: ReportSaid) -> None:
    """Each part is taken where it is clear; the rest is the narrative as typed."""
    assert read_report(text, CODES, TODAY) == said


@pytest.mark.parametrize(("text", "said"), ANSWERED.items())
def test_answered_in_words(text: str, said: ReportSaid) -> None:
    """Where a question is answered in words, the first words that are wholly an answer take the number's place."""
    assert read_report(text, CODES, TODAY, ANSWERS) == said


@pytest.mark.parametrize("text", NONE)
def test_no_report(text: str) -> None:
    """A command alone, a pasted heading, a question and content are no report in one message."""
    assert read_report(text, CODES, TODAY) is None


@given(
    st.integers(0, 9_999).filter(lambda number: number not in {555, 5555}),
    st.sampled_from(["", "ค่ะ", " ครับ"]),
    st.sampled_from([" ", "\n", "  "]),
    st.text(min_size=1).filter(lambda text: text[0].isalpha() and not text.isspace()),
)
def test_the_narrative_is_kept_code_point_for_code_point(number: int, particle: str, gap: str, narrative: str) -> None:
    """Whatever follows the number is the narrative, unchanged."""
    said = read_report(f"รายงาน 2300-848 ไตรมาส 3 {number} ห้อง{particle}{gap}“{narrative}", CODES, TODAY)
    assert said is not None
    assert said.quarter == Q3
    assert said.number_text is not None
    assert read_number(said.number_text, CODES[C]) == NumberRead(Decimal(number))
    assert said.narrative == f"“{narrative}"


PIECES = [
    "รายงาน",
    " ",
    "2300-848",
    "ไตรมาส",
    "3",
    "/70",
    "36",
    " ห้อง",
    "\n",
    "จัด",
    "ค่ะ",
    "🙏",
    "\u200b",
    "ํา",
    "ﷺ",
    "ผลฯ",
    "-",
    "ก",
    "แล้ว ",
]


@given(st.text(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_never_raises(text: str) -> None:
    """No text is an error, and the narrative is always the end of the message."""
    for each in (text, f"รายงาน 2300-848 {text}"):
        said = read_report(each, CODES, TODAY, ANSWERS)
        if said is not None:
            assert said.code or said.quarter
            assert each.endswith(said.narrative or "")
            assert (said.number_text or "") in each


@pytest.mark.parametrize("piece", [*PIECES, "36 ห้อง ", "   ", "x ", "1,", "ต.ค.-", "สองล้าน", "เหลือกี่วัน"])
@pytest.mark.parametrize("length", [LONGEST_HEAD, 20_000])
def test_quick(piece: str, length: int) -> None:
    """No text takes longer than 5 ms, counted as work beside work of known size: the machine is shared."""
    for opening in ("", "รายงาน", "รายงานไตรมาส", "รายงาน 2300-848 ไตรมาส 3 "):
        text = (opening + piece * length)[:length]
        assert little(partial(read_report, text, CODES, TODAY, ANSWERS))
