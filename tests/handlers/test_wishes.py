"""Questions in people's own words: each has an answer, and what is offered is understood when it is tapped."""

from __future__ import annotations

import pytest

from locales.catalog import words
from locales.thai_commands import Command, command
from locales.thai_questions import QUESTIONS, Intent, intent
from models.rules.office import ReportKey, Role
from tests.handlers.small_office import Q1
from tests.handlers.stage import Stage

LABELS = [
    *Intent,
    *(Command(each) for each in ("report", "status", "help", "edit", "register", "my_data", "forget_me")),
]


def reporter(language: str = "ภาษาไทย") -> Stage:
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    stage.sent(ReportKey(3, 2, Q1), "36")
    stage.says("นภา", language)
    return stage


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("meant", LABELS)
def test_every_label_is_understood_again(meant: Intent | Command, language: str) -> None:
    """What the bot offers as "do you mean …" leads to the same place when it is typed or tapped."""
    label = words(language)(f"wish-{meant.value.replace('_', '-')}")
    said = command(label)
    found = said.command if said is not None else intent(label)
    # How the bot is used and whom to ask are answered by ช่วยเหลือ; correcting by แก้ไข.
    same = {Intent.HOW_TO: Command.HELP, Intent.CONTACT: Command.HELP, Intent.CORRECT: Command.EDIT}
    assert isinstance(meant, Intent | Command)
    assert found in {meant, same.get(meant) if isinstance(meant, Intent) else None}


@pytest.mark.parametrize("language", ["ภาษาไทย", "English"])
@pytest.mark.parametrize("meant", Intent)
def test_every_question_is_answered(meant: Intent, language: str) -> None:
    """In idle moments each phrase of a table gets words and a way on, and never "do you mean"."""
    unsure = reporter(language).says("นภา", "ฝนตกหนักมากเลยวันนี้")[-1].text.split("\n", 1)[0]
    for phrase in QUESTIONS[meant].split("|"):
        stage = reporter(language)
        said = stage.says("นภา", phrase)
        assert said[-1].text, phrase
        assert said[-1].buttons or stage.sessions["นภา"], phrase
        assert not said[-1].text.startswith(unsure), phrase


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("เหลือกี่วันคะ", "เหลือ 6 วัน"),
        ("ครบกำหนดวันไหน", "วันจันทร์ที่ 11 ม.ค. 70"),
        ("ต้องทำอะไรบ้าง", "2300-848 · ห้องสมุดสวนลุมพินี"),
        ("ย้ายห้องสมุดแล้ว", "0 2000 0001"),
        ("ขอเบอร์ผู้ประสานงาน", "สมชาย รักอ่าน"),
        ("แนบรูปได้ไหม", "ส่งรูปได้ระหว่างทำรายงาน"),
        ("แก้ที่ส่งไปแล้ว", "1/2570-07"),
        ("ขอถอน", "กรุณาพิมพ์เหตุผลสั้น ๆ"),
    ],
)
def test_the_answer_is_to_the_question(text: str, expected: str) -> None:
    """Days, phone numbers and reports as they are in this office."""
    assert expected in "\n".join(each.text for each in reporter().says("นภา", text))


@pytest.mark.parametrize("text", ["ฝนตกหนักมากเลยวันนี้", "รายงน", "asdf", "๑๒๓", "???", "555", "ก"])
def test_what_is_not_understood_offers_three(text: str) -> None:
    """Three meanings in words and as buttons, each of which does something."""
    (said,) = reporter().says("นภา", text)
    assert len(said.buttons) == 3
    for button in said.buttons:
        stage = reporter()
        stage.says("นภา", text)
        answer = stage.taps("นภา", button.label)
        assert answer
        assert answer[-1].text != said.text


@pytest.mark.parametrize(
    ("role", "text", "first", "all_of"),
    [
        (Role.COORDINATOR, "รับรองทั้งมด", "ตรวจ", None),
        (Role.COORDINATOR, "ใครยังไม่ได้สง", "ใครยังไม่ส่ง", None),
        (Role.COORDINATOR, "ฝนตกหนักมากเลยวันนี้", None, ("ตรวจ", "สถานะ", "ใครยังไม่ส่ง")),
        (Role.EVALUATOR, "๑๒๓", None, ("ประเมิน", "สถานะ", "ผลประเมิน")),
        (Role.EVALUATOR, "ประเมน", "ประเมิน", None),
        (Role.EXECUTIVE, "๑๒๓", None, ("สถานะ", "ผลประเมิน", "เหลือกี่วัน")),
        (Role.ADMINISTRATOR, "๑๒๓", None, ("สถานะ", "ใครยังไม่ส่ง", "สรุป")),
    ],
)
def test_what_is_offered_is_what_they_may_do(role: Role, text: str, first: str | None, all_of: tuple[str, ...]) -> None:
    """Whoever has no report to give is not offered รายงาน, and what their duty is about comes first."""
    stage = reporter()
    stage.member("ใคร", "ใคร คนหนึ่ง", 2, role=role)
    labels = [each.label for each in stage.says("ใคร", text)[-1].buttons]
    assert labels[0] == first or tuple(labels) == all_of
    assert "รายงาน" not in labels


def test_in_a_report_a_sentence_is_an_answer() -> None:
    """What sounds like a question but tells something stays the person's own narrative."""
    stage = reporter()
    told = "ย้ายห้องสมุดไปชั้นสองแล้ว ผู้ใช้บริการพอใจ เหลือจัดป้ายอีกสองวัน"
    for text in ("รายงาน 2300-848", "แล้ว", "12", told):
        stage.says("นภา", text)
    assert stage.sessions["นภา"]["answers"]["narrative"]["parts"][0][1] == told
