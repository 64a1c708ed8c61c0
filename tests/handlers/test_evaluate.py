"""ประเมิน and ผลประเมิน: criteria with their maximum, an overall score by itself, versions kept, absent is not zero."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from handlers.buttons import answer_button
from handlers.effects import Evaluate
from handlers.events import Postback
from handlers.session import Session
from models.rules.office import ReportKey, Role
from models.rules.standing import ReportState
from tests.handlers.small_office import Q1
from tests.handlers.stage import BANGKOK, Stage


def evaluator(role: Role = Role.EVALUATOR, unit: int = 1) -> Stage:
    """ปรีชา of the bureau, in quarter 2/2570, when quarter 1 has been reported."""
    stage = Stage(now=datetime(2027, 2, 1, 9, 0, tzinfo=BANGKOK))
    stage.member("ปรีชา", "ปรีชา ตรวจดี", unit, role=role)
    stage.sent(ReportKey(1, 1, Q1), "36", narrative="พัฒนาแล้ว 36 แห่ง " * 30)
    return stage


def says(stage: Stage, *texts: str) -> str:
    for each in texts:
        said = stage.says("ปรีชา", each)
    return "\n".join(each.text for each in said)


def stored(stage: Stage) -> list[Evaluate]:
    return [each for each in stage.done if isinstance(each, Evaluate)]


def test_a_quarter_is_scored_in_one_sitting() -> None:
    """What is evaluated stands first; each criterion says its maximum; the overall score is asked by itself."""
    stage = evaluator()
    first = says(stage, "ประเมิน 2300-848 ไตรมาส 1")
    assert "ผลงาน 36 ห้อง จากเป้าหมาย 3 ห้อง" in first
    assert "1/4 · " in first
    assert "เกณฑ์ 2.1 ความครบถ้วน ได้กี่คะแนน (เต็ม 100)" in first
    assert "เกณฑ์ 2.2 ได้กี่คะแนน (เต็ม 50)" in says(stage, "๙๕.๕ คะแนน")
    assert "คะแนนรวมของไตรมาสนี้" in says(stage, "50")
    assert "ความเห็นประกอบ" in says(stage, "95")
    preview = says(stage, "ครบถ้วน\nควรแนบหลักฐาน")
    assert preview.split("\n")[1:7] == [
        "2300-848 · ไตรมาส 1/2570 (ต.ค.–ธ.ค. 69)",
        "1 2.1 ความครบถ้วน: 95.5 จาก 100",
        "2 2.2: 50 จาก 50",
        "3 คะแนนรวม: 95",
        "4 ความเห็น: ครบถ้วน",
        "ควรแนบหลักฐาน",
    ]
    assert not stored(stage)
    receipt = says(stage, "ยืนยันค่ะ")
    (effect,) = stored(stage)
    scores = {1: Decimal("95.5"), 2: Decimal(50)}
    assert effect == Evaluate(1, Q1, 0, Decimal(95), scores, "ครบถ้วน\nควรแนบหลักฐาน")
    assert "ฉบับที่ 1" in receipt
    assert "ยังมีรอประเมิน 1 รายการ" in receipt


def test_skipped_is_not_zero() -> None:
    """ข้าม leaves a score out, 0 is a score, and nothing at all cannot be stored."""
    stage = evaluator()
    preview = says(stage, "ประเมิน 2300-848 ไตรมาส 1", "0", "ข้าม", "ข้าม", "ข้าม")
    assert "1 2.1 ความครบถ้วน: 0 จาก 100" in preview
    assert "2 2.2: – ยังไม่ประเมิน" in preview
    assert "3 คะแนนรวม: – ยังไม่ประเมิน" in preview
    says(stage, "บันทึกผลประเมิน")
    assert stored(stage) == [Evaluate(1, Q1, 0, None, {1: Decimal(0)}, "")]
    empty = says(evaluator(), "ประเมิน 2300-848 ไตรมาส 1", "ข้าม", "ข้าม", "ข้าม", "ข้าม")
    assert "ยังบันทึกไม่ได้" in empty


@pytest.mark.parametrize(("typed", "said"), [("101", "เกินคะแนนเต็ม 100"), ("ดี", "ยังไม่พบจำนวน"), ("-3", "ติดลบ")])
def test_a_score_that_cannot_be_is_asked_again(typed: str, said: str) -> None:
    """With the maximum, or with what was understood; the question stands."""
    again = says(evaluator(), "ประเมิน 2300-848 ไตรมาส 1", typed)
    assert said in again
    assert "เกณฑ์ 2.1" in again


@pytest.mark.parametrize("typed", ["95/100", "๙๕ เต็ม ๑๐๐", "95 จาก 100 คะแนน"])
def test_a_score_with_its_maximum_behind_it_is_that_score(typed: str) -> None:
    """Of another maximum it stays unclear."""
    assert "รับแล้ว: 95 คะแนน" in says(evaluator(), "ประเมิน 2300-848 ไตรมาส 1", typed)
    assert "พบหลายจำนวน" in says(evaluator(), "ประเมิน 2300-848 ไตรมาส 1", typed.replace("1", "2").replace("๑", "๒"))


def test_a_second_evaluation_is_a_further_version() -> None:
    """What stood is a tap away, the same again stores nothing, and a colleague's newer one is shown before that."""
    stage = evaluator()
    stage.apply_evaluation(Evaluate(1, Q1, 0, Decimal(80), {1: Decimal(90)}, "เดิม " * 200))
    assert "ประเมินไว้แล้วฉบับที่ 1" in says(stage, "ประเมิน 2300-848 ไตรมาส 1")
    stage.taps("ปรีชา", "ใช้ 90 เดิม")
    says(stage, "ข้าม")
    stage.taps("ปรีชา", "ใช้ 80 เดิม")
    stage.taps("ปรีชา", "ใช้คำตอบเดิม")
    assert "ไม่มีอะไรให้บันทึก" in stage.said["ปรีชา"].text
    assert "บันทึกผลประเมิน" not in [each.label for each in stage.said["ปรีชา"].buttons]
    says(stage, "แก้ข้อ 3", "85")
    stage.apply_evaluation(Evaluate(1, Q1, 1, Decimal(70), {}, ""))
    newer = says(stage, "ยืนยัน")
    assert "มีผู้บันทึก" in newer
    assert "คะแนนรวม 70" in newer
    assert not stored(stage)
    says(stage, "ทำต่อ", "ยืนยัน")
    assert [(each.base_version, each.overall) for each in stored(stage)] == [(2, Decimal(85))]


def test_what_waits_is_offered() -> None:
    """ประเมิน alone lists the quarters that are over and have no score; a code typed chooses its own."""
    stage = evaluator()
    assert "1. 2300-848 ไตรมาส 1/2570" in says(stage, "ประเมิน")
    assert "2300-849 · ไตรมาส 1/2570" in says(stage, "2300-849")
    assert "ยังไม่ได้บันทึก" in says(stage, "ยกเลิก", "ใช่")
    says(stage, "ประเมิน")
    assert "2.1" in stage.taps("ปรีชา", "2300-848 1/2570")[0].text


def test_an_evaluators_status_says_what_to_type() -> None:
    """Each button names year and quarter, and what the first one types stands in the text, for LINE without buttons."""
    stage = evaluator()
    said = stage.says("ปรีชา", "สถานะ")[-1]
    assert [each.label for each in said.buttons][:2] == ["ประเมิน 848 1/2570", "ประเมิน 849 1/2570"]
    assert "เช่น ประเมิน 2300-848 ไตรมาส 1/2570" in said.text
    assert "2.1" in says(stage, "ประเมิน 2300-848 ไตรมาส 1/2570")


def test_only_what_is_settled_waits() -> None:
    """While the round is open what was accepted waits, and nothing else: neither what is unread nor what is missing."""
    stage = evaluator()
    stage.now = datetime(2027, 1, 5, 9, 0, tzinfo=BANGKOK)
    assert "ไม่มีรายการรอประเมิน" in says(stage, "สถานะ")
    for code in ("2300-848", "2300-849"):
        assert f"ผลงานของ {code} ไตรมาส 1/2570 ยังไม่ได้รับรอง" in says(stage, f"ประเมิน {code} ไตรมาส 1")
    stage.desk.set_state(stage, ReportKey(1, 1, Q1), ReportState.ACCEPTED, 1)
    assert "รอประเมิน 1 รายการ\n• 2300-848 จำนวนห้องสมุดเพื่อการเรียนรู้ที่ได้รับการพัฒนาเป็นห้องสมุดมีชีวิต: ไตรมาส 1/2570\n" in says(
        stage, "สถานะ"
    )
    assert "เกณฑ์ 2.1" in says(stage, "ประเมิน 2300-848 ไตรมาส 1")


def test_without_an_overall_score_it_still_waits() -> None:
    """Criteria alone are half an evaluation: the receipt and the list say so."""
    stage = evaluator()
    says(stage, "ประเมิน 2300-848 ไตรมาส 1", "95", "50", "ข้าม", "ข้าม")
    receipt = says(stage, "ยืนยัน")
    assert "ยังไม่มีคะแนนรวม จึงยังอยู่ในรายการรอประเมิน" in receipt
    assert "ยังมีรอประเมิน 2 รายการ" in receipt
    status = says(stage, "สถานะ")
    assert "รอประเมิน 2 รายการ" in status
    assert "ยังไม่มีคะแนนรวม" in status
    says(stage, "ประเมิน 2300-848 ไตรมาส 1", "95", "50", "95", "ข้าม", "ยืนยัน")
    assert "รอประเมิน 1 รายการ" in says(stage, "สถานะ")


def test_a_quarter_with_nothing_in_it_is_not_evaluated() -> None:
    """Quarter 3 without a year would be last year's, of which nothing is known: said, with the way to name a year."""
    stage = evaluator()
    said = says(stage, "ประเมิน 2300-848 ไตรมาส 3")
    assert "2300-848 ไม่มีผลงานของไตรมาส 3/2569 ให้ประเมิน" in said
    assert "ไตรมาส 1/2570" in said


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.EVALUATOR])
def test_only_evaluators_evaluate(role: Role) -> None:
    """Everybody else is told whose duty it is, and a button made by hand stores nothing."""
    stage = evaluator(role)
    assert "เป็นหน้าที่ของผู้ประเมิน" in says(stage, "ประเมิน 2300-848 ไตรมาส 1")
    forge(stage)
    assert not stored(stage)


def forge(stage: Stage) -> None:
    """The tap that would store, in a session as an evaluator would have it."""
    answers = {"indicator": 1, "quarter": "1/2570", "scores.2.1": "9", "scores.2.2": "", "overall": "", "comment": ""}
    session = Session("evaluate", "01FORGED", answers, asked="confirm", asked_at=stage.now)
    stage.sessions["ปรีชา"] = session.dump()
    stage.does("ปรีชา", Postback(answer_button("", session, True).data))


def test_a_forged_session_is_what_an_evaluator_would_have() -> None:
    """The forged tap above is refused for the role alone: for an evaluator it stores."""
    stage = evaluator()
    forge(stage)
    assert [each.scores for each in stored(stage)] == [{1: Decimal(9)}]


def test_an_evaluator_of_another_unit_is_refused() -> None:
    """A library's evaluator scores nothing of the bureau's."""
    stage = evaluator(unit=3)
    assert "ไม่ได้อยู่ในหน่วยงานที่ดูแล" in says(stage, "ประเมิน 2300-848 ไตรมาส 1")
    assert "ยังไม่มีตัวชี้วัด" in says(stage, "ประเมิน")


def test_a_quarter_to_come_is_not_evaluated() -> None:
    """And a code that does not exist names those that do."""
    stage = evaluator()
    assert "4/2571 ยังไม่เริ่ม" in says(stage, "ประเมิน 2300-848 ไตรมาส 4/2571")
    assert "ไม่พบตัวชี้วัด 9999-1" in says(stage, "ประเมิน 9999-1")


@pytest.mark.parametrize(
    ("role", "unit", "sees"),
    [
        (Role.REPORTER, 3, True),
        (Role.COORDINATOR, 2, True),
        (Role.EVALUATOR, 1, True),
        (Role.EXECUTIVE, 1, True),
        (Role.ADMINISTRATOR, 1, True),
    ],
)
def test_all_concerned_read_it(role: Role, unit: int, sees: bool) -> None:
    """Overall score, criteria with their maximum, comment; – where nothing was given."""
    stage = evaluator(role, unit)
    stage.apply_evaluation(Evaluate(1, Q1, 0, None, {1: Decimal(90)}, "ดีมาก"))
    text = says(stage, "ผลประเมิน 2300-848")
    rows = ["คะแนนรวม –", "• 2.1 ความครบถ้วน: 90 จาก 100", "• 2.2: – ยังไม่ประเมิน", "ความเห็น: ดีมาก"]
    assert (text.split("\n")[1:5] == rows) is sees
    assert "ยังไม่มีผลประเมินของ 2300-849" in says(stage, "ผลประเมิน 2300-849")
    assert "2300-848 · ไตรมาส 1/2570" in says(stage, "ผลประเมิน")


def test_who_is_not_concerned_sees_nothing() -> None:
    """A library without the indicator learns no more than that there is nothing for it."""
    stage = evaluator(Role.REPORTER, 5)
    stage.office = replace(stage.office, assignments=stage.office.assignments[:1])
    stage.apply_evaluation(Evaluate(1, Q1, 0, Decimal(90), {}, ""))
    assert "ยังไม่มีผลประเมิน" in says(stage, "ผลประเมิน 2300-848")


def test_the_newest_quarter_waits_first() -> None:
    """What was just settled is what is scored now; older ones that were left stand behind it."""
    stage = evaluator()
    stage.now = datetime(2027, 5, 10, 9, 0, tzinfo=BANGKOK)
    asked = says(stage, "ประเมิน")
    assert "1. 2300-848 ไตรมาส 2/2570\n2. 2300-849 ไตรมาส 2/2570\n3. 2300-848 ไตรมาส 1/2570" in asked
    says(stage, "เก็บไว้ก่อน")
    assert "• 2300-849 จำนวนกิจกรรมส่งเสริมการอ่าน: ไตรมาส 2/2570, 1/2570" in says(stage, "สถานะ")


def test_what_the_units_reported_is_evaluated_where_the_owner_sent_nothing() -> None:
    """Not "no result": what the units' reports make, of how many, and how many of these are not accepted."""
    stage = evaluator()
    stage.sent(ReportKey(3, 2, Q1), "12")
    said = says(stage, "ประเมิน 2300-849 ไตรมาส 1")
    assert "ผลงาน 12 ครั้ง · รวมจาก 1/1 หน่วยงาน · ยังไม่รับรอง 1 รายงาน\n" in said
    says(stage, "เก็บไว้ก่อน")
    stage.versions.clear()
    assert "ยังไม่มีผลงานของไตรมาสนี้" in says(stage, "ประเมิน 2300-849 ไตรมาส 1")


def test_a_zero_is_evaluated_with_its_reason() -> None:
    """The seed's first quarter was 0 because work was under way, and scored 95: the reason stands beside the zero."""
    stage = evaluator()
    newest = stage.versions[ReportKey(1, 1, Q1)]
    summary = replace(newest[-1].summary, result=Decimal(0), zero_reason="in_progress", state=ReportState.ACCEPTED)
    newest[-1] = replace(newest[-1], summary=summary)
    assert "ผลงาน 0 ห้อง (อยู่ระหว่างดำเนินการ) จากเป้าหมาย 3 ห้อง\n" in says(stage, "ประเมิน 2300-848 ไตรมาส 1")


@pytest.mark.parametrize("words", ["ไม่ประเมิน", "ยังไม่ประเมินค่ะ", "ไม่ให้คะแนน", "ข้าม"])
def test_not_evaluated_in_words_is_no_score(words: str) -> None:
    """Whoever types that it is not evaluated has skipped it; it is stored as absent, not as zero."""
    stage = evaluator()
    assert "เกณฑ์ 2.2" in says(stage, "ประเมิน 2300-848 ไตรมาส 1", words)
    assert "1 2.1 ความครบถ้วน: – ยังไม่ประเมิน" in says(stage, "50", "95", "ไม่มี")
    says(stage, "บันทึก")
    assert stored(stage) == [Evaluate(1, Q1, 0, Decimal(95), {2: Decimal(50)}, "")]


def test_the_receipt_says_how_to_correct_and_what_comes_next() -> None:
    """A further version is typed as the receipt says; what still waits is a tap away. แก้ไข says how, too."""
    stage = evaluator()
    receipt = says(stage, "ประเมิน 2300-848 ไตรมาส 1", "95", "50", "95", "ข้าม", "บันทึก")
    assert "หากต้องแก้ พิมพ์ “ประเมิน 2300-848 ไตรมาส 1/2570”" in receipt
    assert stage.said["ปรีชา"].buttons[0].label == "ประเมิน 849 1/2570"
    assert "ประเมินไว้แล้วฉบับที่ 1" in says(stage, "ประเมิน 2300-848 ไตรมาส 1/2570")
    says(stage, "เก็บไว้ก่อน")
    assert "ฉบับถัดไป" in says(stage, "แก้ไข")
    assert "รอประเมิน 1 รายการ" in says(stage, "แก้ไขผลประเมิน")


def test_a_long_comment_stands_whole_where_it_is_asked_for() -> None:
    """Among others its beginning, with the words that show all of it; alone every letter."""
    stage = evaluator()
    long = "ควรแนบหลักฐานเพิ่ม " * 200
    stage.apply_evaluation(Evaluate(1, Q1, 0, Decimal(80), {}, long))
    stage.apply_evaluation(Evaluate(2, Q1, 0, Decimal(90), {}, "ครบ\nดี"))
    several = says(stage, "ผลประเมิน")
    assert len(several) < 700
    assert "พิมพ์ “ผลประเมิน 2300-848 ไตรมาส 1/2570”" in several
    assert "ความเห็น: ครบ\nดี" in several
    assert long in says(stage, "ผลประเมิน 2300-848 ไตรมาส 1/2570")


@pytest.mark.parametrize("said", ["848", "2300-848", "๘๔๘", "จำนวนห้องสมุดเพื่อการเรียนรู้ที่ได้รับการพัฒนาเป็นห้องสมุดมีชีวิต"])
def test_an_indicator_is_chosen_by_what_it_is_called(said: str) -> None:
    """By its code, the end of it or its name, as at every other question for an indicator."""
    stage = evaluator()
    stage.now = stage.now.replace(month=1, day=27)
    assert "เกณฑ์ 2.1" in says(stage, "ประเมิน", said)
