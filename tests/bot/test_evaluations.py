"""Evaluations through the whole bot: two evaluators at once, and what is read of thousands."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from models.rules.office import Role
from models.tables.audit import AuditEntry
from models.tables.evaluation import Evaluation, EvaluationScore
from tests.town import town

OFFICE = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"
START = "2027-02-01T09:00:00+07:00"


async def test_two_evaluators_at_once(database_url: str) -> None:
    """Both confirm at the same moment: one version is stored, the other evaluator is shown it before theirs follows."""
    async with town(database_url, OFFICE, START) as place:
        people = ("ปรีชา", "วิไล")
        for name in people:
            await place.reporter(name, "23000000", role=Role.EVALUATOR)
        for text in ("ประเมิน 2300-848 ไตรมาส 1", "90", "ข้าม", "0", "ข้าม"):
            for name in people:
                await place.says(name, text)
        before = {name: place.platform.chat(place.person(name).id).last for name in people}
        place.clock.forward(timedelta(seconds=5))
        await asyncio.gather(*(place.platform.say(place.person(name).id, "ยืนยัน") for name in people))
        said = [str((await place.answers(name, before[name]))[-1]["message"]) for name in people]
        assert sorted("บันทึกผลประเมินแล้ว" in each for each in said) == [False, True]
        second = people["บันทึกผลประเมินแล้ว" in said[0]]  # of those two
        assert "มีผู้บันทึกผลประเมินนี้ระหว่างที่ทำอยู่" in said[people.index(second)]
        assert "เหมือนฉบับ" in str((await place.says(second, "ทำต่อ"))[-1]["message"])
        await place.says(second, "แก้ข้อ 3")
        await place.says(second, "50")
        await place.says(second, "ยืนยัน")
        stored = [(each.version, each.overall) for each in await Evaluation.all().order_by("version")]
        assert stored == [(1, Decimal(0)), (2, Decimal(50))]
        assert await EvaluationScore.all().values_list("score", flat=True) == [Decimal(90), Decimal(90)]
        entry = await AuditEntry.filter(action="evaluation.enter").order_by("at").first()
        assert entry is not None
        assert entry.after == {"version": 1, "overall": "0", "scores": {"2.1": "90"}}
