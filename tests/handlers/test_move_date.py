"""เลื่อนกำหนด: what to type is said and works, so many days later too; what is in the way is shown."""

from __future__ import annotations

import pytest
import regex

from handlers.effects import MoveRound
from handlers.events import Text
from models.rules.office import Role
from tests.handlers.small_office import Q1
from tests.handlers.stage import Stage


def a_coordinator() -> Stage:
    stage = Stage()
    stage.member("อรุณี", "อรุณี ประสานดี", 1, role=Role.COORDINATOR)
    stage.member("นภา", "นภา ใจดี", 3)
    return stage


@pytest.mark.parametrize(
    "words",
    ["เลื่อนกำหนด", "เลื่อนวันปิดรับ", "เลื่อนวันเปิดรับไตรมาส 2", "เลื่อนกำหนดส่งเป็นพรุ่งนี้", "เลื่อนกำหนด ไตรมาส 7", "move due day"],
)
def test_the_example_can_be_typed(words: str) -> None:
    """Whatever is left out, the dates are shown with an example, and typing that leads to the question."""
    stage = a_coordinator()
    said = stage.says("อรุณี", words)[-1].text
    assert said.startswith("กำหนดไตรมาส ")
    assert "• วันครบกำหนด: วัน" in said
    example = regex.search("“(.*?)”", said)
    assert example is not None
    assert "ตอบ: เลื่อนตามนี้ / ไม่เลื่อน" in stage.says("อรุณี", example[1])[-1].text


def test_the_english_example_can_be_typed() -> None:
    """The same in English."""
    stage = a_coordinator()
    stage.says("อรุณี", "English")
    example = regex.search("“(.*?)”", stage.says("อรุณี", "move closing day")[-1].text)
    assert example is not None
    assert "→" in stage.says("อรุณี", example[1])[-1].text


def test_so_many_days_later() -> None:
    """Counted from the date that is moved, those after it go along; a day off is marked, and another can be typed."""
    stage = a_coordinator()
    question = stage.says("อรุณี", "เลื่อนกำหนดออกไป 5 วัน")[-1].text
    assert "• วันครบกำหนด: 11 ม.ค. 70 → วันเสาร์ที่ 16 ม.ค. 70 (วันหยุด)" in question
    assert "• วันปิดรับ: 25 ม.ค. 70 → วันเสาร์ที่ 30 ม.ค. 70 (วันหยุด)" in question
    stage.says("อรุณี", "เลื่อนกำหนดออกไป 4 วัน")
    stage.says("อรุณี", "เลื่อนตามนี้")
    (effect,) = [each for each in stage.done if isinstance(each, MoveRound)]
    assert (effect.after.due - effect.before.due).days == 4
    assert (effect.after.closes - effect.before.closes).days == 4


def test_what_is_in_the_way_is_shown() -> None:
    """A closing day before the due day: the dates stand below the refusal, and nothing is moved."""
    stage = a_coordinator()
    said = stage.says("อรุณี", "เลื่อนวันปิดรับ ไตรมาส 1 เป็น 8 ม.ค. 70")[-1].text
    assert said.splitlines()[1:3] == [f"กำหนดไตรมาส {Q1}", "• วันเปิดรับ: วันอังคารที่ 1 ธ.ค. 69"]
    assert not stage.sessions["อรุณี"].get("conversation")


def test_a_reporter_who_asks_is_told_whose_it_is() -> None:
    """ขอเลื่อนกำหนดส่ง without a day is a wish like any other: it names who may."""
    stage = a_coordinator()
    stage.does("นภา", Text("ขอเลื่อนกำหนดส่ง"))
    assert stage.said["นภา"].text.startswith("การเลื่อนกำหนดมีผลกับทุกหน่วยงาน")


def test_a_date_is_moved_beside_a_choice() -> None:
    """At a question with choices the words are no answer: they lead to the dates, or to what is missing."""
    stage = a_coordinator()
    stage.says("อรุณี", "รายงานแทน")
    said = [each.text for each in stage.says("อรุณี", "เลื่อนกำหนด")]
    assert said[0].startswith("กำหนดไตรมาส ")
    assert "รายงานของหน่วยงานใด" in said[-1]
    assert "ตอบ: เลื่อนตามนี้ / ไม่เลื่อน" in stage.says("อรุณี", "เลื่อนกำหนด ไตรมาส 1 เป็น 15 ม.ค. 70")[-1].text


def test_a_reporters_choice_is_not_left_for_a_date() -> None:
    """Who may not move dates is asked the same question again."""
    stage = a_coordinator()
    stage.says("นภา", "รายงาน 2300-848")
    assert "2300-848" in stage.says("นภา", "เลื่อนกำหนด ไตรมาส 1 เป็น 15 ม.ค. 70")[-1].text
    assert "รับแล้ว: ดำเนินการแล้ว" in stage.says("นภา", "แล้ว")[-1].text
