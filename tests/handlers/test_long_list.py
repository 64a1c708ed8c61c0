"""Lists that may be long: ten rows at once, and words that stand in several of the rows narrow them."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace

from handlers.effects import Ask
from handlers.records import RequestKind
from models.rules.office import Assignment, ReportKey
from models.rules.standing import ReportState
from tests.handlers.small_office import Q1, Q2
from tests.handlers.stage import BANGKOK, Stage


def many_accepted() -> Stage:
    """A reporter of twelve libraries, each with two accepted reports of two quarters."""
    stage = Stage(now=datetime(2027, 5, 4, 9, 0, tzinfo=BANGKOK))
    first = stage.office.units[3]
    made = {
        each: replace(first, id=each, code=f"LIB-{each}", name=f"ห้องสมุด{NAMES[each - 11]}") for each in range(11, 23)
    }
    duties = tuple(Assignment(unit, each, 2570, frozenset({1, 2, 3, 4})) for unit in made for each in (1, 2))
    stage.office = replace(stage.office, units={**stage.office.units, **made}, assignments=duties)
    stage.member("นภา", "นภา ใจดี", *made)
    for unit in made:
        for indicator, answer in ((1, "yes"), (2, "12")):
            for quarter in (Q1, Q2):
                key = ReportKey(unit, indicator, quarter)
                stage.sent(key, answer)
                (sent,) = stage.versions[key]
                accepted = replace(sent.summary, state=ReportState.ACCEPTED, accepted_version=1)
                stage.versions[key] = [replace(sent, summary=accepted)]
    return stage


NAMES = (
    "สวนมะลิ",
    "คลองบัว",
    "ลานจำปี",
    "สะพานไม้",
    "แสงตะวัน",
    "น้ำเย็น",
    "ร่มไทร",
    "ดอนแก้ว",
    "ปลาทอง",
    "บ้านพลู",
    "พิกุล",
    "ทุ่งครุ",
)


@pytest.mark.parametrize(
    ("words", "kind"), [("ขอแก้ที่รับรองแล้ว", RequestKind.EDIT), ("ขอถอนที่รับรองแล้ว", RequestKind.WITHDRAW)]
)
def test_of_many_accepted_the_newest_ten_are_offered(words: str, kind: RequestKind) -> None:
    """Words that stand in several rows narrow the list, those of one row choose it, nothing repeats all of it."""
    stage = many_accepted()
    (first,) = stage.says("นภา", words)
    assert len([each for each in first.text.splitlines() if "ไตรมาส 2/2570" in each]) == 10
    assert "ไตรมาส 1/2570" not in first.text
    assert "มีอีก 38 รายการ" in first.text
    assert len(first.buttons) <= 13
    wrong = stage.says("นภา", "ไม่รู้เหมือนกัน")[0].text
    assert len(wrong.splitlines()) <= len(first.text.splitlines()) + 1
    assert "(ตรงกับ “848” 24 รายการ)" in stage.says("นภา", "848")[0].text
    narrowed = stage.says("นภา", "848 ไตรมาส 1/2570")[0]
    assert "(ตรงกับ “848 ไตรมาส 1/2570” 12 รายการ)" in narrowed.text
    assert "2300-849" not in narrowed.text
    assert len(stage.taps("นภา", "แสดงทุกรายการ")[0].text.splitlines()) == len(first.text.splitlines())
    assert "พิกุล · ไตรมาส 1/2570" in stage.says("นภา", "849 พิกุล ไตรมาส 1/2570")[0].text
    stage.says("นภา", "นับซ้ำ")
    (asked,) = [each for each in stage.done if isinstance(each, Ask)]
    assert (asked.kind, asked.unit_id, asked.indicator_id, asked.quarter) == (kind, 21, 2, Q1)


def test_a_button_of_the_list_before_it_was_narrowed_means_its_row() -> None:
    """The ten that stood there first can be tapped still."""
    stage = many_accepted()
    stage.says("นภา", "ขอแก้ที่รับรองแล้ว")
    above = stage.said["นภา"]
    stage.says("นภา", "849 ไตรมาส 1/2570")
    stage.said["นภา"] = above
    label = next(each.label for each in above.buttons if "848" in each.label)
    assert "2300-848 · ห้องสมุดสวนมะลิ · ไตรมาส 2/2570" in stage.taps("นภา", label)[0].text
