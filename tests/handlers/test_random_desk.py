"""Whoever looks after a round talks at random, every command inside every conversation; each is answered."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from handlers.effects import Button
from handlers.events import Postback, Text
from handlers.session import Session
from tests.handlers.test_random_talk import LAST_DAY, within_limits
from tests.handlers.test_side_commands import OTHERS, SIDE, WALKS, full_desk

WHO = st.sampled_from(tuple(WALKS))
TYPED = (
    *(*SIDE, *OTHERS, *sorted({each for walks in WALKS.values() for walk in walks for each in walk})),
    *(
        "รับรอง",
        "ถัดไป",
        "ใช่",
        "ไม่",
        "ไตรมาส 1",
        "ไตรมาส 2",
        "2",
        "3",
        "7 วัน",
        "0",
        "ส่งรายงาน",
        "ยืนยัน",
        "ย้อนกลับ",
        "ข้าม",
        "ยกเลิก",
    ),
    *("ไว้ทีหลัง", "อ่านทั้งหมด", "แก้ข้อ 1", "ทำต่อ", "เริ่มใหม่", "ส่งร่างนี้แทน", "ลบข้อมูล", "2300-849", "1 ไม่ใช่ 2", "ภาษาไทย"),
)


class Desk(RuleBasedStateMachine):
    """A coordinator, an evaluator, an executive and a reporter, with something to do for each."""

    @initialize()
    def begin(self) -> None:
        self.stage = full_desk()
        self.shown: list[tuple[str, Button]] = []

    @rule(who=WHO, texts=st.lists(st.sampled_from(TYPED), min_size=1, max_size=6))
    def types(self, who: str, texts: list[str]) -> None:
        for each in texts:
            self.acts(who, Text(each))

    @rule(data=st.data(), who=WHO)
    def goes_through(self, data: st.DataObject, who: str) -> None:
        """A conversation as it is meant, with another word in between."""
        for each in data.draw(st.sampled_from(WALKS[who])):
            self.acts(who, Text(each))
            if data.draw(st.booleans()):
                self.acts(who, Text(data.draw(st.sampled_from((*SIDE, *OTHERS)))))

    @rule(data=st.data())
    def taps(self, data: st.DataObject) -> None:
        if self.shown:
            who, button = data.draw(st.sampled_from(self.shown[-12:]))
            self.acts(who, Postback(button.data))

    @rule(days=st.sampled_from((1, 4, 20, 60)))
    def time_passes(self, days: int) -> None:
        self.stage.now = min(self.stage.now + timedelta(days=days), LAST_DAY)

    def acts(self, who: str, body: Text | Postback) -> None:
        says = self.stage.does(who, body)
        assert says, (who, body, Session.load(self.stage.sessions[who]).asked)
        within_limits(says)
        self.shown.extend((who, each) for say in says for each in say.buttons if each.data)


Desk.TestCase.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestDesk = Desk.TestCase
