"""What people may send at random: sense, near sense and nonsense, and what fits each question."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from handlers.buttons import moment
from handlers.events import Media
from handlers.session import Session
from tests.handlers.stage import CODE

LONG = "กิจกรรมส่งเสริมการอ่าน " * 900
COMMANDS = (
    *("รายงาน", "รายงานค่ะ", "รายงาน 2300-849", "รายงาน ไตรมาส 2", "รายงาน 9999-999", "สถานะ", "สถานะ 2300-848"),
    *("สถานะ ไตรมาส 1", "สถานะ 0000-1", "ช่วยเหลือ", "ช่วยด้วยค่ะ", "ย้อนกลับ", "แก้ไข", "แก้ข้อ 1", "แก้ข้อ ๓", "แก้ข้อ 99"),
    *("ข้าม", "ยกเลิก", "ยกเลิกค่ะ", "ใช่", "ไม่", "ไว้ทีหลัง", "จบ", "จบแล้วค่ะ", "อ่านทั้งหมด", "รับทราบ", "ค่ะ", "สวัสดีครับ"),
    *("ขอบคุณค่ะ", "ส่งรายงาน", "ยืนยัน", "ข้อมูลของฉัน", "ลบข้อมูลของฉัน", "ลบข้อมูล", "ลงทะเบียน", f"ลงทะเบียน {CODE}"),
    *(
        "อนุมัติ",
        "ขอถอน",
        "ถอนรายงาน",
        "ไม่ถอน",
        "พิมพ์ผิด 35 ไม่ใช่ 36",
        "พิมพ์ผิด",
        "35 ไม่ใช่ 36 ค่ะ",
        "แก้ 36 เป็น 35",
        "แก้ 12 เป็น 20",
    ),
    *("แก้ ครั้ง เป็น รอบ", "แก้ “นิทาน” เป็น “หนังสือ”", "แก้ เป็น", "แก้ข้อ 2 เป็น 5", "ดูก่อนส่ง", "ใช้ข้อความไตรมาสก่อน"),
    *("รายงาน 2300-849 ไตรมาส 1 36 ครั้ง เล่านิทาน 36 ครั้ง", "รายงาน 2300-848 ไตรมาส ๒ พัฒนาห้องสมุดแล้วทั้งแห่ง ตามแผนปี 2570"),
    *(
        "รายงาน 2300-849 20",
        "รายงาน ไตรมาส 2 48 ครั้ง จัดกิจกรรม 40 ครั้ง",
        "รายงาน 9999-9 36 ครั้ง ก",
        "รายงาน 2300-849 ประมาณ 30 ครั้ง",
    ),
    *("เหลือกี่วัน", "ส่งหรือยัง", "ต้องทำอะไรบ้าง", "แก้ที่ส่งไปแล้ว", "ย้ายห้องสมุดแล้ว", "แนบรูปได้ไหม", "เป้าหมายเท่าไหร่", "นับอะไรบ้าง"),
    *("ใช้ข้อความห้องสมุดก่อน", "ถูกต้องแล้ว", "ขอเปลี่ยนกิจกรรม", "แก้รายละเอียด", "แก้ตัวเลข", "เริ่มใหม่", "ไม่ทำต่อ", "เริ่มจากฉบับที่ส่ง"),
    *("English", "ภาษาไทย", "report", "status", "back", "submit", "cancel", "ดูตัวอย่าง", "ยังไม่มี", "ทำต่อ"),
)
ANSWERS = (
    *("แล้ว", "อยู่ระหว่างดำเนินการ", "ไม่ได้ดำเนินการ", "36", "๓๖ ครั้งค่ะ", "0", "0.5", "-3", "40%", "ประมาณ 30", "3 หรือ 4"),
    *(
        "1,240",
        "9" * 18,
        "9" * 400,
        "1e9",
        "เท่าเดิม",
        "เพิ่มอีก 2",
        "½",
        "2",
        "LIB-02",
        "บางบอน",
        "ห้องสมุด",
        "Q1",
        "ไตรมาสนี้",
    ),
    *("2300-848", "เทสต์ ทดสอบ บรรณารักษ์", "ถูกต้อง", "ใช้บัญชีกลาง", "ทุกแห่ง", CODE.lower(), "7K4M-Q2XW-9TRA", "AAAAAAAAAAAA"),
)
JUNK = (
    *(
        "",
        " ",
        "\n\n",
        "\u200b",
        "\u200b\u200d\ufeff",
        "😀",
        "👨‍👩‍👧‍👦" * 40,
        "ๆๆๆ",
        "5555",
        "\x00ก\x00",
        "่้๊๋",
        "{ $x }",
        "[]",
    ),
    *("<b>&amp;", "a" * 5000, LONG[:19_999], LONG, "😀" * 10_000, "\u202eกลับหลัง", "ก\u0e4d\u0e32"),
)
TEXTS = st.one_of(
    st.sampled_from(COMMANDS),
    st.sampled_from(ANSWERS),
    st.sampled_from(JUNK),
    st.text(st.characters(codec="utf-8"), max_size=40),
    st.just("รายงาน"),
)
GOOD_ANSWERS: dict[str, tuple[str, ...]] = {
    "code": (CODE,),
    "draft": ("1",),
    "sent": ("1",),
    "unit": ("1", "2", "บางบอน"),
    "indicator": ("2300-848", "2300-849"),
    "quarter": ("ไตรมาส 1", "ไตรมาส 2"),
    "resume": ("ทำต่อ",),
    "newer": ("ใช้ฉบับนี้", "1"),
    "result": ("แล้ว", "36", "0", "20", "ไม่ได้ดำเนินการ"),
    "zero_reason": ("1", "2"),
    "narrative": ("จัดกิจกรรมเล่านิทาน ๓ ครั้ง", "มีผู้ร่วม 85 คน", "จบ", "จบ", LONG[:4000]),
    "explanation": ("นับซ้ำในไตรมาสก่อน", "ถูกต้องแล้ว", "ขอเปลี่ยนกิจกรรม", "20 ครั้ง"),
    "activity": ("เล่านิทานสัญจร",),
    "activity_month": ("พ.ค. 70",),
    "reason": ("ตัวเลขยังไม่ครบ",),
    "sure": ("ถอนรายงาน", "ถอนรายงาน", "ไม่ถอน"),
    "reporter_name": ("นภา ใจดี",),
    "confirm": ("ส่งรายงาน", "แก้ข้อ 1", "แก้ข้อ 2"),
    "name": ("มานี มีนา บรรณารักษ์", "มานี มีนา"),
    "position": ("บรรณารักษ์",),
    "correct": ("ถูกต้อง",),
    "erase": ("ไม่ลบ", "ลบข้อมูล"),
}
"""Question → answers that mostly fit it; any other question counts things."""

_VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 6),
    st.sampled_from(("", "yes", "36", "2570/1", "2570/4", "mine", "afresh", "continue", "erase", "taken")),
    st.sampled_from(
        ([1], [[1]], [3, 4], [9, 9], {}, {"text": "ก"}, {"parts": [["1", "ก"]], "done": True}, {"done": True})
    ),
    st.sampled_from(({"parts": [[1, 2]], "done": True}, {"parts": [], "done": True}, {"do": "later"}, {"do": []})),
    st.sampled_from(({"do": "cancel"}, {"do": "continue"}, {"do": "held"}, {"answers": {"unit": 4}}, {"answers": []})),
)
_QUESTIONS = st.sampled_from(
    ("unit", "indicator", "quarter", "result", "narrative", "confirm", "draft", "pictures", "_messages", "_sets", "x")
)
VALUES: st.SearchStrategy[Any] = st.one_of(
    _VALUES,
    st.builds(lambda do, q: {"do": do, "q": q}, st.sampled_from(("edit", "restore", "set")), _QUESTIONS),
    st.builds(lambda q, v: {"do": "set", "q": q, "v": v}, _QUESTIONS, _VALUES),
)
JUNK_POSTBACKS = st.sampled_from(
    (
        "",
        "{",
        "null",
        "[]",
        '["a"]',
        '["a","","","",null]',
        '["c",1]',
        '["c",""]',
        "[" * 100_000,
        '["a",1,2,3,4]',
        "NaN",
    )
)

PICTURES = st.one_of(
    st.builds(Media, st.just("image"), st.sampled_from(("", "", "set-1", "set-2")), st.integers(0, 4)),
    st.builds(Media, st.just("image"), external=st.just(True)),
)
"""One alone, one of a set that may never be whole, one that lies outside of LINE."""


def forged(session: Session, value: Any) -> str:
    """The data of a button that was never shown, fresh in this session."""
    return json.dumps(["a", session.id, session.asked, moment(session), value])
