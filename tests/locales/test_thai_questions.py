"""People's own questions, as they are typed in an idle moment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.thai_commands import Command, command
from locales.thai_questions import LONGEST, QUESTIONS, Intent, intent, likeliest
from tests.effort import little

REPORTER = (Command.REPORT, Command.STATUS, Command.HELP, Command.EDIT, Command.REGISTER)
COORDINATOR = (Command.REVIEW, Command.MISSING, Command.SUMMARY, Command.REPORT_FOR, Command.COMBINE)
ALL = (*REPORTER, *Intent, *COORDINATOR, Command.REQUESTS, Command.APPROVE, Command.EVALUATE, Command.EVALUATION)

ASKED = {
    Intent.DAYS_LEFT: "เหลือกี่วันคะ | ขอสอบถามค่ะ เหลืออีกกี่วันคะ | เหลือกี่วนั | เหลือเวลากี่วันครับ | days left?",
    Intent.DUE_WHEN: (
        "ครบกำหนดวันไหนคะ | ครบกำหนดวันใด | ต้องส่งเมื่อไร | ของห้องสมุดบางเขนครบกำหนดวันไหนคะ | the deadline | เปิดรับถึงวันไหนคะ"
    ),
    Intent.STILL_OPEN: "ยังส่งทันมั้ยคะ | เลยกำหนดแล้วส่งได้รึเปล่า | ปิดรับรึยัง | เลยกำหนดรึยังคะ",
    Intent.SENT_YET: "ส่งรึยังคะ | ส่งรายงานไปหรือยังคะ | ไตรมาส 1 ส่งหรือยัง | ส่งแล้วหรือยังค่ะ",
    Intent.WHAT_TO_DO: "ต้องทำอะไรบ้างคะ | แล้วต้องทำอะไรต่อ | ต้องทำอะไรมั่ง | ต้องส่งอะไรบ้างครับ",
    Intent.CORRECT: "แก้ที่ส่งไปแล้ว | แก้ที่ส่งไปแล้วได้ไหม | พิมพ์ผิดค่ะ | ส่งไปผิดครับ | ส่งไปแล้วแต่ผิดค่ะ",
    Intent.WITHDRAW: "ขอถอนค่ะ | ขอถอนรายงาน | ขอถอนรายงาน 2300-848 | ดึงรายงานกลับ | ยกเลิกที่ส่ง",
    Intent.MOVED: (
        "ย้ายห้องสมุดแล้วค่ะ | หนูย้ายห้องสมุดแล้วค่ะ | ไม่ได้อยู่ห้องสมุดนี้แล้วค่ะ | I've moved to another library | "
        "ดิฉันย้ายมาอยู่บางบอน | ลาคลอด | ดิฉันลาคลอดค่ะ | จะลาคลอดเดือนหน้าค่ะ"
    ),
    Intent.CONTACT: "ใครเป็นผู้ประสานงานคะ | ผู้ประสานงานคือใครคะ | ขอเบอร์ผู้ประสานงานหน่อยค่ะ | ลืมรหัสค่ะ | ขอรหัสใหม่หน่อยค่ะ",
    Intent.TARGET: "เป้าเท่าไหร่ | เป้าเท่าไร | ค่าเป้าหมายเท่าใดครับ | ได้กี่เปอร์เซ็นต์แล้ว | ตอนนี้ได้กี่เปอร์เซ็นต์แล้วคะ",
    Intent.LAST_RESULT: "ไตรมาสที่แล้วรายงานเท่าไหร่ | ไตรมาสก่อนได้เท่าไรคะ",
    Intent.WHAT_IS_COUNTED: "นับยังไงคะ | นับสะสมหรือเปล่าคะ | ตัวชี้วัดนี้คืออะไร",
    Intent.PICTURES: "แนบรูปได้มั้ยคะ | ต้องแนบรูปไหม",
    Intent.HOW_TO: "ใช้ยังไงคะ | ทำไงคะ | รายงานยังไง | ไม่เข้าใจค่ะ",
}

NOT_CLEAR = (
    "| 🙏 | 36 | วันนี้อากาศดี | กินข้าวหรือยัง | ไปไหนมา | ไม่ได้ย้ายห้องสมุดแล้ว | รายงน | ค่ะ | สวัสดีค่ะ | "
    "จัดกิจกรรมส่งเสริมการอ่านร่วมกับโรงเรียนในพื้นที่ มีผู้เข้าร่วมจำนวนมาก"
)

LIKELIEST = {
    Command.REPORT: "รายงน | ราย งาน ค่ะๆ | รานงาน | repot | reprot",
    Command.STATUS: "สถาณะ | สถานะะ | สะถานะ | staus",
    Command.HELP: "ชวยเหลือ | ช่วยเหลอ | ช่วยเหลือที | hlep",
    Command.REGISTER: "ลงทะเบยน | ลงทะเบีน | regsiter",
    Command.EDIT: "แก้ใข | แกไข",
    Intent.SENT_YET: "กินข้าวหรือยัง",
    Intent.MOVED: "ไม่ได้ย้ายห้องสมุดแล้ว",
    Intent.DAYS_LEFT: "เหลือเวลามากไหมกี่วันนะ",
}


@pytest.mark.parametrize(
    ("text", "meant"), [(text.strip(), meant) for meant, texts in ASKED.items() for text in texts.split("|")]
)
def test_intent(text: str, meant: Intent) -> None:
    """A question in one's own words, mistyped or with words around it, is understood."""
    assert intent(text) is meant
    assert likeliest(text, ALL)[0] is meant


@pytest.mark.parametrize("meant", list(Intent))
@pytest.mark.parametrize("around", ["{}", "{}คะ", "{} ครับ", "สอบถาม {}", "ขอสอบถามค่ะ {}คะ", "{} 🙏"])
def test_every_phrase_of_the_table(meant: Intent, around: str) -> None:
    """Each phrase means its own intent, and none of them is a command."""
    for phrase in QUESTIONS[meant].split("|"):
        assert intent(around.format(phrase)) is meant, phrase
        assert command(phrase) is None, phrase


@pytest.mark.parametrize("text", NOT_CLEAR.split("|"))
def test_not_clear(text: str) -> None:
    """In doubt there is no intent: the likeliest are offered instead."""
    assert intent(text) is None


@pytest.mark.parametrize(
    ("text", "meant"), [(text.strip(), meant) for meant, texts in LIKELIEST.items() for text in texts.split("|")]
)
def test_likeliest(text: str, meant: Intent | Command) -> None:
    """A mistyped command or a question in other words is offered first."""
    assert likeliest(text, ALL)[0] is meant


@given(
    st.text(max_size=200) | st.sampled_from([phrase for each in QUESTIONS.values() for phrase in each.split("|")]),
    st.integers(1, 5),
)
def test_always_as_many_as_asked_for(text: str, most: int) -> None:
    """Whatever was typed, so many different meanings are offered, never nothing, and no text is an error."""
    intent(text)
    offered = likeliest(text, ALL, most)
    assert set(likeliest(text, COORDINATOR, most)) <= set(COORDINATOR)
    assert len(offered) == len(set(offered)) == most
    assert {Command.BACK, Command.CONFIRM, Command.CANCEL, Command.SKIP}.isdisjoint(offered)


def test_one_answer_is_offered_once() -> None:
    """What leads to the same place is not offered twice."""
    offered = likeliest("แก้ที่ส่งไปแล้ว", ALL, 6)
    assert not {Intent.CORRECT, Command.EDIT} <= set(offered)


@pytest.mark.parametrize("piece", ["เหลือกี่วัน", "ส่งหรือยัง", "ขอสอบถาม", "ก", "ค่ะ", "รึยัง", " ", "x", "\u200b", "ไหม"])
@pytest.mark.parametrize("length", [LONGEST, 20_000])
def test_quick(piece: str, length: int) -> None:
    """No text takes longer than 5 ms, counted as work beside work of known size: the machine is shared."""
    text = (piece * length)[:length]
    assert little(lambda: (intent(text), likeliest(text, ALL)))


def test_two_questions_in_one_message_are_both_offered() -> None:
    """A command within a longer message counts as a question does, and what begins with รายงาน may be a report."""
    both = likeliest("ครบกำหนดวันไหนคะ แล้วใครยังไม่ส่ง", ALL, 2)
    assert set(both) == {Intent.DUE_WHEN, Command.MISSING}
    assert likeliest("รายงาน 849 สวนมะลิ ๑๒๐ คน จัดกิจกรรมส่งเสริมการอ่าน มีผู้เข้าร่วม 120 คน", ALL)[0] is Command.REPORT


@pytest.mark.parametrize(
    "words", ["ใครยังไม่ส่งบ้างคะ", "ใครยังไม่ได้รายงานบ้าง", "ห้องสมุดไหนยังไม่ส่งคะ", "who has not reported yet?"]
)
def test_who_is_missing_as_people_ask(words: str) -> None:
    """The way it is said aloud is the command, too."""
    said = command(words)
    assert said is not None
    assert said.command is Command.MISSING
