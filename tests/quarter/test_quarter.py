"""A whole quarter on a frozen clock: what it costs, that everybody hears each thing once, and the transcript of it.

`--write-transcripts` writes the transcripts anew.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, time
from pathlib import Path

import pytest

from models.tables.delivery import OutgoingMessage
from models.tables.report import Report
from tests.quarter.closing import closed_to_evaluated
from tests.quarter.round import COORDINATOR, FOLDER, LOOKS_AT, Round, habits, opened

OPENED, CLOSED = date(2026, 12, 1), date(2027, 1, 26)
BLOCKED = ("กนก รักอ่าน", "โกศล ใจดี", "อุไร รักอ่าน")
"""They block the bot in December and never come back."""
WRITES_IN_VAIN, STOPS, LATER, IN_MID_REPORT = "สมชาย ใจดี", "วารี ใจดี", "สุรชัย ใจดี", "ไพโรจน์ ใจดี"
QUOTA = 300
"""Thailand's free plan, messages a month."""


async def begun(held: Round) -> None:
    """December: who needs no reminder reports, and three people block the bot."""
    await held.until(OPENED, date(2026, 12, 14))
    for name in BLOCKED:
        await held.place.platform.unfollow(held.place.person(name).id)
    held.say(f"บล็อกบอต: {', '.join(BLOCKED)}")
    await held.until(date(2026, 12, 15), date(2027, 1, 3))


@pytest.mark.line_refuses("Invalid reply token")  # LINE delivers a message of yesterday, whose token has died
async def test_a_usual_quarter(sqlite_url: str, request: pytest.FixtureRequest) -> None:
    """Habits of the file, holidays, a day of downtime, a kill in mid-send, blocked people: at most a push a report."""
    async with opened(sqlite_url, habits(), monthly_quota=QUOTA) as held:
        await begun(held)
        # Monday 4 January is the day of the first reminder, and the bot is down all day.
        await held.down(WRITES_IN_VAIN, "เหลือกี่วัน")
        held.at(date(2027, 1, 5), LOOKS_AT)
        taken = await held.killed_in_mid_send(12)
        held.say(f"ระบบกลับมา ส่งคำเตือนที่ค้าง แล้วถูกปิดกะทันหันเมื่อ LINE รับไปแล้ว {taken} คน · เริ่มใหม่อีกครั้ง")
        await held.back()
        await held.look()
        held.at(held.today, time(9, 15))
        await held.answer(LATER, "เตือนพรุ่งนี้")
        await held.answer(STOPS, "หยุดเตือน")
        await held.answer(IN_MID_REPORT, "รายงาน 2300-849 ไตรมาส 1")
        await held.write()
        # The second reminder comes on Thursday: Friday was made a holiday. It disturbs no report that is under way.
        await held.until(date(2027, 1, 6), date(2027, 1, 7))
        for words in ("12", "จัดกิจกรรมเล่านิทาน 12 ครั้ง", "จบ", "ส่งรายงาน"):
            await held.answer(IN_MID_REPORT, words)
        held.sent.add((held.of(IN_MID_REPORT).library, "2300-849"))
        await held.until(date(2027, 1, 8), CLOSED)
        assert len({library for library, _ in held.sent}) == 35
        await closed_to_evaluated(held)
        await ended(held, "usual", request)
        assert not held.reminded_on.keys() & {*BLOCKED}
        assert held.reminded_on[STOPS] == [date(2027, 1, 5)]
        assert held.reminded_on[LATER][:2] == [date(2027, 1, 5), date(2027, 1, 6)]
        assert held.cost <= 1.0


async def test_everyone_late(sqlite_url: str, request: pytest.FixtureRequest) -> None:
    """Nobody reports before the third reminder, after the due day: three pushes a library, at most one a report."""
    async with opened(sqlite_url, habits(lambda _: "third"), monthly_quota=QUOTA) as held:
        await held.until(OPENED, CLOSED)
        await ended(held, "everyone_late", request)
        assert {len(days) for days in held.contacts.values()} == {3}
        assert len(held.sent) == 108
        assert held.cost <= 1.0


async def test_a_quota_that_runs_out(sqlite_url: str, request: pytest.FixtureRequest) -> None:
    """With 60 messages a month the nearest due go first, the coordinator is told, and LINE refuses nothing."""
    async with opened(sqlite_url, habits(), monthly_quota=60) as held:
        await held.until(OPENED, CLOSED)
        await ended(held, "small_quota", request)
        assert held.pushes <= 60
        refused = [each for each in held.place.platform.calls if each.endpoint == "push" and each.status == 429]
        assert refused == []
        chat = held.place.platform.chat(held.place.person(COORDINATOR).id)
        assert any("โควตา" in entry["message"]["text"] for entry in chat.entries)


async def ended(held: Round, name: str, request: pytest.FixtureRequest) -> None:
    """What every quarter ends with: nobody reminded twice on a day, nothing left behind, all stored, a figure."""
    held.say(
        f"ปิดรอบ · {held.reports} รายงาน จาก {len(held.reported)} แห่ง"
        f" · ส่งเอง {held.pushes} ครั้ง · {held.cost:.2f} ครั้งต่อรายงาน"
    )
    assert all(most == 1 for days in held.reminded_on.values() for most in Counter(days).values())
    assert await Report.all().count() == held.reports
    assert held.running.outbox is not None
    await held.running.outbox.unwritten.flush()  # what became of the last messages is written a little later
    left = await OutgoingMessage.filter(state__in=["waiting", "sending"]).values("state", "error", "created_at")
    assert left == []
    path: Path = FOLDER / f"{name}.txt"
    text = "\n".join(held.lines) + "\n"
    if request.config.getoption("--write-transcripts"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text("utf-8")
