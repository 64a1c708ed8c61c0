"""Everything in one message, and a mistake said after the receipt: what is filled in, and what is asked next."""

from __future__ import annotations

import pytest

from models.rules.office import ReportKey
from tests.handlers.small_office import Q1
from tests.handlers.stage import Stage

TALE = "เล่านิทาน 30 ครั้ง และอบรมอาสาสมัคร 6 ครั้ง"
COUNT, LIVING = ReportKey(3, 2, Q1), ReportKey(3, 1, Q1)


def reporter(*units: int) -> Stage:
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", *(units or (3,)))
    return stage


def asked(stage: Stage) -> str:
    return str(stage.sessions["นภา"].get("asked", ""))


@pytest.mark.parametrize(
    ("units", "text", "question", "known"),
    [
        ((3,), f"รายงาน 2300-849 ไตรมาส 1 36 ครั้ง {TALE}", "confirm", {"result": "36"}),
        ((3,), f"รายงาน 2300-849 ไตรมาสที่ ๑ ๓๖ ครั้ง\n{TALE}", "confirm", {"result": "36"}),
        ((3,), "รายงาน 2300-849 36 ครั้ง", "narrative", {"result": "36"}),
        ((3, 4), f"รายงาน 2300-849 36 ครั้ง {TALE}", "confirm", {"unit": 3, "result": "36"}),
        ((3, 4), f"รายงาน 2300-848 ไตรมาส 1 {TALE}", "unit", {}),
        ((3,), f"รายงาน 2300-848 ไตรมาส 1 {TALE}", "result", {}),
        ((3,), "รายงาน 2300-848 ไตรมาส 1 36 ห้อง", "result", {}),
        ((3,), f"รายงาน 2300-849 ไตรมาส 1 ประมาณ 36 ครั้ง {TALE}", "result", {}),
    ],
)
def test_one_message_fills_what_it_can(
    units: tuple[int, ...], text: str, question: str, known: dict[str, object]
) -> None:
    """The rest is asked: a unit among several, an answer of yes or no, a number that is not one clear number."""
    stage = reporter(*units)
    assert stage.says("นภา", text)
    assert asked(stage) == question
    assert known.items() <= stage.sessions["นภา"]["answers"].items()


@pytest.mark.parametrize(
    ("text", "question", "unit"),
    [
        ("รายงาน บางบอน", "result", 4),
        ("รายงานห้องสมุดบางบอน", "result", 4),
        ("รายงาน 2300-848 บางบอน", "result", 4),
        ("รายงาน ไตรมาส 1 LIB-02", "result", 4),
        ("รายงาน 2300-848 ไตรมาส 1 บางบอน", "result", 4),
        ("รายงาน บางบอน 2300-848 ไตรมาส ๑", "result", 4),
        ("รายงาน 2300-849 ไตรมาส 1 36 ครั้ง สวนลุมพินี", "narrative", 3),
        ("รายงาน 2300-849 สวนลุมพินี ไตรมาส 1 36 ครั้ง", "narrative", 3),
        ("รายงาน 2300-849 ไตรมาส 1 สวนลุมพินี 36 ครั้ง", "narrative", 3),
        ("รายงาน 2300-848 ไตรมาส 1 ห้องสมุด", "unit", None),
    ],
)
def test_a_unit_named_with_the_report_is_the_unit(text: str, question: str, unit: int | None) -> None:
    """Wherever its name stands before the narrative, it chooses the unit and never becomes the narrative."""
    stage = reporter(3, 4)
    assert stage.says("นภา", text)
    answers = stage.sessions["นภา"]["answers"]
    assert "narrative" not in answers
    assert answers.get("unit") == unit
    assert asked(stage) == question


@pytest.mark.parametrize(
    ("text", "meant", "kept"),
    [
        ("รายงาน สวนลุมพีนี", 3, {}),
        ("รายงาน ห้องสมุดสวนลุมพินิ", 3, {}),
        ("รายงาน 2300-848 ไตรมาส 1 บางบอม", 4, {"indicator": 1, "quarter": "1/2570"}),
        ("รายงาน บางบน 2300-848 ไตรมาส ๑", 4, {"indicator": 1, "quarter": "1/2570"}),
        (f"รายงาน สวนลุมพีนี 2300-848 ไตรมาส 1 {TALE}", 3, {"indicator": 1, "narrative": TALE}),
        ("รายงาน 2300-848 บางบอม ไตรมาส 1 แล้ว", 4, {"said": "แล้ว"}),
    ],
)
def test_a_misspelt_unit_is_asked_back(text: str, meant: int, kept: dict[str, object]) -> None:
    """It is offered first and never chosen; the name is no narrative, and all else that was said is kept."""
    stage = reporter(3, 4)
    (said,) = stage.says("นภา", text)
    answers = stage.sessions["นภา"]["answers"]
    assert asked(stage) == "unit"
    assert "unit" not in answers
    known = {**answers, **({"narrative": answers["narrative"]["parts"][0][1]} if "narrative" in answers else {})}
    assert kept.items() <= known.items()
    assert ("narrative" in kept) is ("narrative" in answers)
    assert "หมายถึงหน่วยงานใด" in said.text
    name = stage.office.units[meant].name
    assert said.buttons[0].label == name
    stage.taps("นภา", name)
    assert stage.sessions["นภา"]["answers"]["unit"] == meant


def test_the_one_unit_of_a_person_needs_no_question() -> None:
    """Its misspelt name is no narrative; the report can only be that unit's, which the next question says."""
    stage = reporter(3)
    said = stage.says("นภา", "รายงาน 2300-849 ไตรมาส 1 สวนลุมพีนี 36 ครั้ง")[-1]
    answers = stage.sessions["นภา"]["answers"]
    assert (asked(stage), answers["result"], "narrative" in answers) == ("narrative", "36", False)
    assert "ห้องสมุดสวนลุมพินี" in said.text


@pytest.mark.parametrize(
    "text",
    [
        "รายงาน 2300-849 ไตรมาส 1 36 ครั้ง บางบอมร่วมจัดเล่านิทาน 36 ครั้ง",
        "รายงาน 2300-849 ไตรมาส 1 36 ครั้ง ประเวสและบางกะปิร่วมจัดเล่านิทาน",
        "รายงาน 2300-849 ไตรมาส 1 36 ครั้ง สวนลุมพีนี จัดเล่านิทาน 36 ครั้ง",
    ],
)
def test_what_only_looks_like_a_unit_stays_in_the_narrative(text: str) -> None:
    """Behind the number every word is the narrative, to the letter."""
    stage = reporter(3, 4)
    stage.says("นภา", text)
    parts = stage.sessions["นภา"]["answers"]["narrative"]["parts"]
    assert parts[0][1] == text.partition("ครั้ง ")[2]


def test_a_narrative_may_begin_with_the_unit() -> None:
    """The name chooses the unit, and the narrative stays as it was typed."""
    stage = reporter(3, 4)
    said = stage.says("นภา", f"รายงาน 2300-849 ไตรมาส 1 36 ครั้ง ห้องสมุดสวนลุมพินี {TALE}")
    assert f"ห้องสมุดสวนลุมพินี {TALE}" in said[-1].text
    assert stage.sessions["นภา"]["answers"]["unit"] == 3


def test_another_ones_unit_is_refused_and_not_told_as_work() -> None:
    """Nobody reports for a unit that is not theirs: nothing begins, nothing is stored."""
    stage = reporter(3, 4)
    said = stage.says("นภา", "รายงาน 2300-848 ไตรมาส 1 ประเวศ")
    assert "ไม่ได้เป็นผู้รายงานของหน่วยงานนี้" in said[-1].text
    assert stage.drafts == {}


def test_one_message_waits_for_the_unit() -> None:
    """What was said with the command stands once the unit is chosen."""
    stage = reporter(3, 4)
    stage.says("นภา", f"รายงาน 2300-848 ไตรมาส 1 {TALE}")
    stage.says("นภา", "บางบอน")
    stage.says("นภา", "แล้ว")
    preview = stage.says("นภา", "12")[-1].text
    assert TALE in preview
    assert "ห้องสมุดบางบอน" in preview


def test_one_message_with_an_unknown_code_names_it() -> None:
    """A code that does not exist begins nothing; the answer does not pretend to have understood."""
    stage = reporter()
    (said,) = stage.says("นภา", f"รายงาน 9999-9 ไตรมาส 1 36 ครั้ง {TALE}")
    assert said.buttons
    assert asked(stage) == ""
    assert stage.drafts == {}


def test_one_message_for_what_was_sent_asks_which_holds() -> None:
    """Both versions are shown; the new one goes the way of every correction, under the same number."""
    stage = reporter()
    stage.sent(COUNT, "30")
    said = stage.says("นภา", f"รายงาน 2300-849 ไตรมาส 1 36 ครั้ง {TALE}")
    assert asked(stage) == "newer"
    assert "ฉบับที่ส่งแล้ว: 30 ครั้ง" in said[-1].text
    assert "ร่างนี้: 36 ครั้ง" in said[-1].text
    assert "1/2570-07" in stage.taps("นภา", "ส่งร่างนี้แทน")[-1].text
    stage.says("นภา", "ส่งรายงาน")
    assert [(each.answer, each.summary.number) for each in stage.versions[COUNT]] == [("30", 7), ("36", 7)]


def test_one_message_beside_a_draft_asks_first() -> None:
    """A draft of the same report: going on with it takes what was just said on top."""
    stage = reporter()
    for text in ("รายงาน 2300-849", "20", "จัดกิจกรรมแล้ว", "ไว้ทีหลัง"):
        stage.says("นภา", text)
    stage.says("นภา", f"รายงาน 2300-849 ไตรมาส 1 36 ครั้ง {TALE}")
    assert asked(stage) in {"draft", "resume"}
    stage.says("นภา", "ทำต่อ")
    assert stage.sessions["นภา"]["answers"]["result"] == "36"


@pytest.mark.parametrize(
    "text", ["พิมพ์ผิด 35 ไม่ใช่ 36", "35 ไม่ใช่ 36 ค่ะ", "แก้ 36 เป็น 35", "ขอแก้ผลเป็น 35", "พิมพ์ผิดค่ะ ๓๕ ครั้ง ไม่ใช่ ๓๖"]
)
def test_a_slip_after_the_receipt_opens_the_sent_version(text: str) -> None:
    """The new number is filled in, and nothing is sent before it is confirmed."""
    stage = reporter()
    stage.sent(COUNT, "36")
    said = stage.says("นภา", text)
    assert "35 ครั้ง" in said[-1].text
    assert asked(stage) == "confirm"
    assert len(stage.versions[COUNT]) == 1
    stage.says("นภา", "ส่งเลย")
    assert stage.versions[COUNT][-1].answer == "35"


def test_a_slip_finds_the_report_of_that_number() -> None:
    """Of several sent reports the one with the old number is meant, though another was sent later."""
    stage = reporter(3, 4)
    stage.sent(COUNT, "36")
    stage.sent(LIVING, "yes", titles="36")
    stage.says("นภา", "พิมพ์ผิด 35 ไม่ใช่ 36")
    assert stage.sessions["นภา"]["answers"]["indicator"] == COUNT.indicator_id


def test_a_slip_in_a_number_that_was_never_sent_is_no_slip() -> None:
    """Nothing is opened with a number that nobody reported; the person is asked what is meant."""
    stage = reporter()
    stage.sent(COUNT, "36")
    (said,) = stage.says("นภา", "พิมพ์ผิด 35 ไม่ใช่ 99")
    assert said.buttons
    assert stage.sessions["นภา"].get("answers", {}).get("result") != "35"


def test_a_slip_beside_somebodys_draft_asks_first() -> None:
    """A draft of that report is there already: it is told before anything is changed."""
    stage = reporter()
    stage.member("สมบัติ", "สมบัติ มั่นคง", 3)
    stage.sent(COUNT, "36")
    for text in ("แก้ไข", "แก้ข้อ 1", "40", "ไว้ทีหลัง"):
        stage.says("สมบัติ", text)
    stage.says("นภา", "พิมพ์ผิด 35 ไม่ใช่ 36")
    assert asked(stage) == "resume"
