"""Short answers as people type them: what is a command, a yes, a choice, and what is content."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.thai_commands import PHRASES, Command, Said, command
from locales.thai_phrases import Several, match, plain, yes_or_no
from tests.effort import little

COMMANDS = {
    "ลงทะเบียน": Said(Command.REGISTER),
    "ลงทะเบียน LIB-7K4M ค่ะ": Said(Command.REGISTER, "lib-7k4m"),
    "register lib 7k4m": Said(Command.REGISTER, "lib 7k4m"),
    "รายงาน": Said(Command.REPORT),
    "รายงานเลยค่ะ": Said(Command.REPORT),
    "\u200bรายงาน \ufeff": Said(Command.REPORT),
    "รายงานครับบบ 🙏🏻": Said(Command.REPORT),
    "ส่งรายงานใหม่": Said(Command.REPORT),
    "รายงาน 2300-848": Said(Command.REPORT, "2300-848"),
    "รายงาน 849": Said(Command.REPORT, "849"),
    "สถานะ ๘๔๙ ค่ะ": Said(Command.STATUS, "849"),
    "สถานะ 849 ไตรมาส 2": Said(Command.STATUS, "849 ไตรมาส 2"),
    "รายงาน ไตรมาส 1 2300-848": Said(Command.REPORT, "ไตรมาส 1 2300-848"),
    "รายงาน 2300-848 ไตรมาส 2 2570": Said(Command.REPORT, "2300-848 ไตรมาส 2 2570"),
    "รายงาน 2300-848 ไตรมาส 2 ปี 70": Said(Command.REPORT, "2300-848 ไตรมาส 2 ปี 70"),
    "รายงาน 2300-848 ไตรมาส ๓": Said(Command.REPORT, "2300-848 ไตรมาส 3"),
    "รายงานไตรมาสที่ 3/2570 ครับ": Said(Command.REPORT, "ไตรมาสที่ 3/2570"),
    "Report Q3": Said(Command.REPORT, "q3"),
    "สถานะ": Said(Command.STATUS),
    "สถานะ 2300-848 ไตรมาส 2": Said(Command.STATUS, "2300-848 ไตรมาส 2"),
    "รายงานไตมาส 3": Said(Command.REPORT, "ไตมาส 3"),
    "สถานะ ไตรมาสปัจจุบัน": Said(Command.STATUS, "ไตรมาสปัจจุบัน"),
    "status 2/70": Said(Command.STATUS, "2/70"),
    "ช่วยเหลือด้วยค่ะ": Said(Command.HELP),
    "HELP!": Said(Command.HELP),
    "วิธีใช้": Said(Command.HELP),
    "ติดต่อผู้ประสานงาน": Said(Command.HELP),
    "ย้อนกลับ": Said(Command.BACK),
    "แก้ไข": Said(Command.EDIT),
    "เเก้ไขค่ะ": Said(Command.EDIT),
    "แก้ข้อ ๒": Said(Command.EDIT, "2"),
    "แก้ไขข้อที่ 2 ค่ะ": Said(Command.EDIT, "2"),
    "edit 2": Said(Command.EDIT, "2"),
    "ข้ามค่ะ": Said(Command.SKIP),
    "ยกเลิก": Said(Command.CANCEL),
    "ยืนยันครับ": Said(Command.CONFIRM),
    "ส่งเลย": Said(Command.CONFIRM),
    "ส่ง รายงาน": Said(Command.CONFIRM),
    "submit": Said(Command.CONFIRM),
    "จบ": Said(Command.DONE),
    '"จบ"': Said(Command.DONE),
    "จบแล้วค่ะ 555": Said(Command.DONE),
    "เก็บไว้ก่อน": Said(Command.LATER),
    "ไว้ทีหลังนะคะ": Said(Command.LATER),
    "English": Said(Command.LANGUAGE, "en"),
    "ภาษาอังกฤษ": Said(Command.LANGUAGE, "en"),
    "ไทย": Said(Command.LANGUAGE, "th"),
    "ข้อมูลของฉัน": Said(Command.MY_DATA),
    "my data": Said(Command.MY_DATA),
    "ลบข้อมูลของฉัน": Said(Command.FORGET_ME),
    "รับทราบค่ะ": Said(Command.ACKNOWLEDGE),
    "ค่ะ": Said(Command.ACKNOWLEDGE),
    "ok": Said(Command.ACKNOWLEDGE),
    "อ่านทั้งหมด": Said(Command.READ_ALL),
    "สวัสดีค่ะ": Said(Command.GREETING),
    "ขอบคุณมากๆ นะคะ 🙏": Said(Command.THANKS),
}

CONTENT = [
    "",
    "🙏",
    "555",
    "ยกเลิกกิจกรรมเนื่องจากฝนตก",
    "จบโครงการแล้ว มีผู้เข้าร่วม 30 คน",
    "รายงานผลฯ ไตรมาสที่ 3 ดำเนินการพัฒนาห้องสมุดแล้ว",
    "รายงาน 2300-848 ไตรมาส 3 36 ห้อง จัดกิจกรรมแล้ว",
    "รายงาน 2300-848 ไตรมาส 2 50",
    "รายงาน ไตรมาส 2 500",
    "รายงาน ไตรมาส 2 1250",
    "รายงาน 36",
    "สถานะการดำเนินงานของห้องสมุด",
    "ลงทะเบียนผู้เข้าร่วมโครงการ 30 คน",
    "แก้ไขปัญหาน้ำท่วมห้องสมุด",
    "ข้ามถนน",
    "ส่งรายงานให้สำนักงานเขตแล้ว",
    "ขอบคุณวิทยากรทุกท่าน",
    "edition 2",
    "reporting",
    "ไทยและอังกฤษ",
    "36",
]


@pytest.mark.parametrize(("text", "said"), COMMANDS.items())
def test_command(text: str, said: Said) -> None:
    """A message that is wholly a command is one, however it was typed."""
    assert command(text) == said


@pytest.mark.parametrize("text", CONTENT)
def test_content(text: str) -> None:
    """A message that only begins like a command is content."""
    assert command(text) is None


@pytest.mark.parametrize("particle", ["ค่ะ", " ครับ", "คับ", "นะคะ", " จ้าาา", " ครับผม", "ค่ะ!", " 🙏"])
@pytest.mark.parametrize("which", list(PHRASES))
def test_particles_change_no_command(which: Command, particle: str) -> None:
    """Politeness after any phrase of the table leaves the command what it is."""
    for phrase in PHRASES[which].split("|"):
        assert command(f"{phrase}{particle}") == Said(which), phrase


def test_no_phrase_means_two_things() -> None:
    """Each phrase of the table stands under one command only."""
    for which, phrases in PHRASES.items():
        for phrase in phrases.split("|"):
            assert command(phrase) == Said(which), phrase


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *(
            (text, True)
            for text in [
                "ใช่",
                "ใช่ค่ะ",
                "ใช่แล้ว",
                "ใช่ๆ",
                "ถูกต้อง",
                "ถูกต้องครับ",
                "ถูก",
                "โอเค",
                "โอเคค่ะ",
                "OK",
                "ตกลง",
                "Yes",
                "ได้เลย",
            ]
        ),
        ("ใช่ ถูกต้องค่ะ", True),
        ("ใช่ค่ะ 5555", True),
        *((text, False) for text in ["ไม่", "ไม่ใช่", "ไม่ใช่ค่ะ", "ไม่ถูกต้อง", "ไม่ถูก", "ผิด", "ยังไม่ถูกต้อง", "no", "เปล่าค่ะ"]),
        ("ไม่ ใช่", False),
        ("not correct", False),
        *((text, None) for text in ["รับทราบ", "ค่ะ", "ครับ", "ใช่ไหม", "36", "ไม่แน่ใจ", "🙏", "ถูกทั้งคู่"]),
        ("ใช่ แต่ขอแก้", None),
        ("ใช่ ผิด", None),
        ("", None),
    ],
)
def test_yes_or_no(text: str, answer: bool | None) -> None:
    """Consent and refusal in their forms; acknowledgement is not consent."""
    assert yes_or_no(text) is answer


RESULT = [["แล้ว", "done"], ["อยู่ระหว่างดำเนินการ", "in progress"], ["ไม่ได้ดำเนินการ", "not done"]]
LIBRARIES = [["ห้องสมุดสวนลุมพินี"], ["ห้องสมุดบางเขน"], ["ห้องสมุดบางแค"]]


@pytest.mark.parametrize(
    ("text", "options", "found"),
    [
        ("แล้วค่ะ", RESULT, 0),
        ("Done", RESULT, 0),
        ("อยู่ระหว่างดําเนินการ", RESULT, 1),
        ("อยู่ระหว่าง", RESULT, 1),
        ("ไม่ได้ ดำเนินการครับ", RESULT, 2),
        ("ไม่ได้", RESULT, 2),
        ("not done", RESULT, 2),
        ("ดำเนินการ", RESULT, Several((1, 2))),
        ("ได้ดำเนินการ", RESULT, None),
        ("ยังไม่แล้วเสร็จ", RESULT, None),
        ("ดำเนินการแล้ว", RESULT, None),
        ("แล", [*RESULT, ["แลก"]], Several((0, 3))),
        ("2", RESULT, None),
        ("", RESULT, None),
        ("ลุมพินี", LIBRARIES, 0),
        ("บาง", LIBRARIES, Several((1, 2))),
        ("บางเขนค่ะ", LIBRARIES, 1),
        ("ห้องสมุด", LIBRARIES, Several((0, 1, 2))),
        ("848", [["2300-848"], ["2300-849"]], 0),
    ],
)
def test_match(text: str, options: list[list[str]], found: int | Several | None) -> None:
    """A choice by its name or an unambiguous part of it; negation is never overlooked."""
    assert match(text, options) == found


@pytest.mark.parametrize(("text", "found"), [("2", 1), ("ข้อ ๓", 2), ("ข้อที่ 1 ค่ะ", 0), ("4", None), ("0", None)])
def test_match_by_place(text: str, found: int | None) -> None:
    """Where the question allows it, a number is a place in the list."""
    assert match(text, RESULT, numbered=len(RESULT)) == found


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("  ๓๖  ห้อง ", "36 ห้อง"),
        ("ＬＩＢ", "lib"),
        ("นํ้า", "น้ำ"),
        ("ดําเนินการ", "ดำเนินการ"),
        ("เเล้ว", "แล้ว"),
        ("แล้\u200bว", "แล้ว"),
        ("แล้วค่ะ 555", "แล้ว"),
        ("แล้วนะครับ!!", "แล้ว"),
        ("แล้วเจ้าค่ะ", "แล้ว"),
        ("(แล้ว)", "แล้ว"),
        ("555", "555"),
        ("ค่ะ", "ค่ะ"),
        ("12.555", "12.555"),
    ],
)
def test_plain(typed: str, compared: str) -> None:
    """Two ways of typing the same compare as the same."""
    assert plain(typed) == compared


@given(st.text() | st.text(alphabet="ใช่ไม่ค่ะครับ5ๆ. แก้ข้อ12รายงานอำํเ🙏"))
def test_never_raises(text: str) -> None:
    """No text is an error."""
    plain(text)
    command(text)
    yes_or_no(text)
    match(text, RESULT, numbered=len(RESULT))


def test_long_text_is_no_label() -> None:
    """What stands far behind a label, or far before one, keeps the text from being it."""
    for text in ("แล้ว" + " " * 5000 + "ก", "ก" + " " * 5000 + "แล้ว", "แล้ว" + "ก" * 5000, "แล้ว" * 2000):
        assert plain(text) != "แล้ว"
    assert plain(" " * 5000 + "แล้ว" + " " * 5000) == "แล้ว"


PIECES = ["ﷺ", "555 ", "ครับ ", "ค่ะ", "นะ ค่ะ! 555 ", "ฮ่า ", "ๆ", "ใช่ ", "y,", "🙏", "\u200b", "ํา", " ", "ก ", "แล้ว"]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("length", [200, 400, 20_000])
def test_quick(piece: str, length: int) -> None:
    """No text takes longer than 5 ms, counted as work beside work of known size: the machine is shared."""
    for text in ((piece * length)[:length], (piece * length)[: length - 1] + "x"):
        assert little(partial(plain, text))
        assert little(partial(command, text))
        assert little(partial(yes_or_no, text))


@pytest.mark.parametrize("piece", PIECES)
def test_quick_match(piece: str) -> None:
    """Among forty options with long names no text takes longer than 5 ms."""
    options = [[f"{number} {(piece * 300)[:295]}"] for number in range(40)]
    for text in ((piece * 300)[:300], (piece * 300)[:290]):
        assert little(partial(match, text, options, numbered=len(options)))
