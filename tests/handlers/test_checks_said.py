"""Each check's sentence as it is said in a dialogue, in Thai and in English, with the report's own figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from models.rules.checks import RULES
from models.rules.office import ReportKey, ResultKind, Role, Target
from tests.handlers.small_office import Q1, Q2
from tests.handlers.stage import BANGKOK, Stage

TALE = "จัดกิจกรรมเล่านิทานและอบรมอาสาสมัครห้องสมุด มีผู้ร่วม 85 คน เมื่อ 5 พ.ย. 69"
BEFORE, COUNTED, ASKED_OF_3 = ReportKey(3, 2, Q1), ReportKey(3, 2, Q2), "รายงาน 2300-849 ไตรมาส 2"


def ready(**changes: object) -> Stage:
    """In the second quarter's round a reporter of one library; the count's indicator may be changed."""
    stage = Stage(now=datetime(2027, 4, 5, 9, 0, tzinfo=BANGKOK))
    stage.member("นภา", "นภา ใจดี", 3)
    counted = replace(stage.office.indicators[2], **changes)
    stage.office = replace(stage.office, indicators={**stage.office.indicators, 2: counted})
    return stage


def aimed_at(stage: Stage, value: int | None) -> Stage:
    targets = () if value is None else (Target(3, 2, 2570, date(2026, 10, 1), Decimal(value)),)
    stage.office = replace(stage.office, targets=targets)
    return stage


def reported(stage: Stage, result: str, narrative: str = "เล่านิทาน", key: ReportKey = BEFORE) -> Stage:
    stage.sent(key, result, narrative)
    return stage


@dataclass(frozen=True)
class Case:
    """How the stage is set, what is answered (result, narrative), and what is then said."""

    stage: Callable[[], Stage]
    result: str
    narrative: str
    thai: str
    english: str


CASES = {
    "outside_scale": Case(
        lambda: ready(part_kind=ResultKind.SCALE, scale_min=Decimal(1), scale_max=Decimal(5)),
        "10",
        "ประเมินแล้ว",
        "10 ครั้ง อยู่นอกช่วง 1–5 ครั้ง ถูกต้องหรือไม่",
        "10 ครั้ง is outside the scale 1–5 ครั้ง.",
    ),
    "percent_in_count": Case(
        lambda: aimed_at(ready(), 2),
        "50",
        "จัดกิจกรรมแล้ว",
        "ตัวชี้วัดนี้นับเป็นจำนวน ค่าเป้าหมาย 2 ครั้ง แต่ผลคือ 50 ครั้ง พิมพ์เป็นร้อยละหรือไม่",
        "the target is 2 ครั้ง and the result 50 ครั้ง. Was a percentage typed?",
    ),
    "cumulative_falls": Case(
        lambda: reported(ready(), "36"),
        "30",
        "จัดกิจกรรมแล้ว",
        "ผลสะสมลดลง: ไตรมาส 1/2570 รายงาน 36 ครั้ง ครั้งนี้ 30 ครั้ง ถูกต้องหรือไม่",
        "The running total falls: quarter 1/2570 reported 36 ครั้ง, now 30 ครั้ง.",
    ),
    "narrative_disagrees": Case(
        ready,
        "35",
        "จัดกิจกรรมรวม 36 ครั้ง",
        "รายงาน 35 ครั้ง แต่รายละเอียดเขียนว่า “36 ครั้ง” จำนวนใดถูกต้อง",
        "35 ครั้ง is reported, but the details say “36 ครั้ง”.",
    ),
    "magnitude_jump": Case(
        lambda: aimed_at(reported(ready(), "1"), None),
        "1407",
        "จัดกิจกรรมแล้ว",
        "ผลต่างจากเดิมมาก: ไตรมาส 1/2570 รายงาน 1 ครั้ง ครั้งนี้ 1,407 ครั้ง ถูกต้องหรือไม่",
        "The result differs greatly: quarter 1/2570 reported 1 ครั้ง, now 1,407 ครั้ง.",
    ),
    "many_times_target": Case(
        lambda: aimed_at(ready(), 3),
        "36",
        "จัดกิจกรรมแล้ว",
        "ผล 36 ครั้ง เป็น 12 เท่าของค่าเป้าหมาย 3 ครั้ง เพราะเหตุใด",
        "The result 36 ครั้ง is 12 times the target of 3 ครั้ง.",
    ),
    "mixed_eras": Case(
        ready,
        "36",
        "เปิดเมื่อ 31/12/2563 และจัดงานเมื่อ 5 มกราคม ค.ศ. 2021",
        "ในรายละเอียดมีทั้ง พ.ศ. และ ค.ศ.: “31/12/2563” กับ “",
        "The details use both eras (พ.ศ. and ค.ศ.): “31/12/2563” and “",
    ),
    "narrative_repeats": Case(
        lambda: reported(ready(), "30", TALE),
        "36",
        TALE,
        "รายละเอียดเหมือนของไตรมาส 1/2570 รวมทั้งตัวเลขและวันที่ ยังเป็นปัจจุบันหรือไม่",
        "The details are those of quarter 1/2570, figures and dates included.",
    ),
}


def asked(case: Case, language: str = "ภาษาไทย") -> tuple[Stage, str]:
    """Walk to where the checks speak; the stage, and what was said there."""
    stage = case.stage()
    for text in (language, ASKED_OF_3, case.result, case.narrative):
        stage.says("นภา", text)
    said = stage.says("นภา", "จบ")
    return stage, "\n".join(each.text for each in said)


def test_every_rule_has_its_case() -> None:
    """A new rule brings its dialogue with it."""
    assert CASES.keys() == RULES.keys()


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_is_said_in_thai_and_its_word_kept(rule: str) -> None:
    """The sentence with this report's figures; what is then written is kept with the version, as is the warning."""
    stage, said = asked(CASES[rule])
    assert CASES[rule].thai in said
    assert stage.sessions["นภา"]["asked"] == "explanation"
    stage.says("นภา", "ตรวจกับทะเบียนแล้ว")
    stage.says("นภา", "ส่งรายงาน")
    version = stage.versions[COUNTED][-1]
    assert version.explanation == "ตรวจกับทะเบียนแล้ว"
    assert version.narrative == CASES[rule].narrative
    submitted = [each for each in stage.done if hasattr(each, "warnings")]
    assert [warning.rule for each in submitted for warning in each.warnings][:1] == [rule]


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_is_said_in_english(rule: str) -> None:
    """The same figures, and no Thai sentence around them."""
    stage, said = asked(CASES[rule], "English")
    assert CASES[rule].english in said
    assert CASES[rule].thai not in said
    assert "ถูกต้อง" not in said
    assert stage.sessions["นภา"]["asked"] == "explanation"


def test_a_library_that_falls_back_from_yes_is_asked() -> None:
    """A yes that becomes work in progress is asked about in words, without figures."""
    stage = reported(ready(), "yes", key=ReportKey(3, 1, Q1))
    for text in ("รายงาน 2300-848 ไตรมาส 2", "กำลังทำ", "12", "ปรับปรุงพื้นที่"):
        stage.says("นภา", text)
    said = stage.says("นภา", "จบ")
    assert "ไตรมาส 1/2570 รายงานว่าดำเนินการแล้ว แต่ครั้งนี้ยังไม่แล้วเสร็จ" in said[-1].text


def test_a_changed_activity_is_asked_by_name_and_month() -> None:
    """ขอเปลี่ยนกิจกรรม as the explanation: what, since when (a month, not "soon"), and both are kept."""
    stage, _ = asked(CASES["many_times_target"])
    asked_what = stage.taps("นภา", "ขอเปลี่ยนกิจกรรม")[-1].text
    assert asked_what.startswith("4/5 · ")  # result, narrative, explanation, and now these two
    assert "กิจกรรมใหม่คืออะไร" in asked_what
    asked_since = stage.says("นภา", "ห้องสมุดเคลื่อนที่")[-1].text
    assert "5/5 · " in asked_since
    assert "เริ่มเดือนใด" in asked_since
    assert "ยังไม่พบชื่อเดือน" in stage.says("นภา", "เร็ว ๆ นี้")[-1].text
    preview = stage.says("นภา", "พ.ค. 70")[-1].text
    assert "ห้องสมุดเคลื่อนที่" in preview
    assert "พ.ค. 70" in preview
    stage.says("นภา", "ส่งรายงาน")
    assert stage.versions[COUNTED][-1].explanation == "ขอเปลี่ยนกิจกรรมเป็น ห้องสมุดเคลื่อนที่ เริ่ม พ.ค. 70"


@pytest.mark.parametrize(("label", "result"), [("36 ครั้ง", "36"), ("ถูกต้องแล้ว", "35")])
def test_both_numbers_are_offered(label: str, result: str) -> None:
    """The narrative's number becomes the result by one tap; the result may stand as well."""
    stage, _ = asked(CASES["narrative_disagrees"])
    stage.taps("นภา", label)
    stage.says("นภา", "ส่งรายงาน")
    assert stage.versions[COUNTED][-1].answer == result


def test_a_mended_figure_takes_its_explanation_along() -> None:
    """Once nothing warns any more, the word about it is not kept."""
    stage, _ = asked(CASES["narrative_disagrees"])
    stage.says("นภา", "นับเฉพาะที่จัดเอง")
    stage.says("นภา", "แก้ 35 เป็น 36")
    stage.says("นภา", "ส่งรายงาน")
    version = stage.versions[COUNTED][-1]
    assert (version.answer, version.explanation) == ("36", "")


def test_what_was_confirmed_is_not_asked_again_before_it_is_changed() -> None:
    """A version confirmed without words opens at its preview, or at the answer a return is about; new figures ask."""
    stage, _ = asked(CASES["narrative_disagrees"])
    stage.taps("นภา", "ถูกต้องแล้ว")
    stage.says("นภา", "ส่งรายงาน")
    assert "3 คำอธิบาย: ยืนยันว่าถูกต้อง" in stage.says("นภา", "แก้ไข")[-1].text
    stage.says("นภา", "เก็บไว้ก่อน")
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    for text in ("ตรวจ", "1", "ขอให้ปรับแก้", "ผล", "ขอตรวจสอบยอดสะสม"):
        stage.says("อรุณี", text)
    stage.says("นภา", "แก้ไข")
    assert stage.sessions["นภา"]["asked"] == "result"
    assert "ขอตรวจสอบหนึ่งจุด" in stage.says("นภา", "34")[-1].text


def test_a_plausible_report_passes_without_a_word() -> None:
    """More than last quarter, a narrative that fits: the preview follows at once."""
    stage = reported(ready(), "20")
    for text in (ASKED_OF_3, "36", "จัดกิจกรรมรวม 36 ครั้ง"):
        stage.says("นภา", text)
    assert "ตรวจก่อนส่ง" in stage.says("นภา", "จบ")[-1].text
