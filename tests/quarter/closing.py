"""What follows closing, all of it written in chats: an unlock, a report by telephone, review, combining, evaluation."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

from models.rules.office import Role
from models.tables.evaluation import Evaluation
from models.tables.report import Report, ReportVersion
from tests.quarter.round import COORDINATOR, Round, words_of
from tests.transcripts.page import tappable

EVALUATOR = "ปรีชา ตรวจดี"
LATECOMER, LIBRARY = "โกศล รักอ่าน", "ห้องสมุดเพื่อการเรียนรู้หัวตะเข้น้อย"
BUREAU = "23000000"
FIRST_DAY = date(2027, 1, 27)
BEFORE_REVIEW = ("ขอเปิดรายงาน", "บรรณารักษ์ลาป่วย")


async def says(held: Round, name: str, words: str) -> str:
    """Somebody types; everything that is answered stands in the transcript."""
    return told(held, name, words, [each["message"] for each in await held.place.says(name, words)])


async def taps(held: Round, name: str, label: str) -> str:
    """Somebody taps a button under the newest message, which may have been pushed."""
    place = held.place
    person = place.person(name)
    button = tappable(place, name, label, oldest=False)
    before = place.platform.chat(person.id).last
    place.clock.forward(timedelta(seconds=5))
    assert await place.platform.tap(person.id, button["data"], display_text=button.get("displayText")) == 200
    return told(held, name, f"[{label}]", [each["message"] for each in await place.answers(name, before)])


def told(held: Round, name: str, did: str, messages: list[dict[str, object]]) -> str:
    text = "\n".join(words_of(each) for each in messages)
    held.say(f"← {name}: {did}")
    held.lines.extend(f"    | {line}".rstrip() for line in text.splitlines())
    held.note()
    return text


async def closed_to_evaluated(held: Round) -> None:
    """The coordinator's two days and the evaluator's one."""
    held.at(FIRST_DAY, time(9, 0))
    await latecomers(held)
    await reviewed(held)
    held.at(FIRST_DAY + timedelta(days=1), time(9, 0))
    await corrected(held)
    await combined(held)
    held.at(FIRST_DAY + timedelta(days=5), time(13, 0))
    await evaluated(held)
    held.at(held.today, time(16, 20))
    await held.delivered()
    held.note()


async def latecomers(held: Round) -> None:
    """A library that never sent is let in for one report, telephones another through, and owes the third."""
    for words in BEFORE_REVIEW:
        await says(held, LATECOMER, words)
    await says(held, COORDINATOR, "คำขอ")
    await taps(held, COORDINATOR, "อนุมัติ 1")
    await taps(held, COORDINATOR, "7 วัน")
    await held.delivered()
    held.note()
    await says(held, LATECOMER, "รายงาน 2300-849 ไตรมาส 1 12 ครั้ง จัดกิจกรรมเล่านิทาน 12 ครั้ง")
    assert "ล่าช้า" in await says(held, LATECOMER, "ส่งรายงาน")
    await says(held, COORDINATOR, "รายงานแทน")
    for words in (LIBRARY, "2300-848", "ไตรมาส 1", "แล้ว", "จัดมุมอ่านใหม่แล้ว", "จบ", LATECOMER, "ส่งรายงาน"):
        await says(held, COORDINATOR, words)
    held.sent |= {("L26", "2300-849"), ("L26", "2300-848")}
    held.reported["L26"] = LATECOMER


async def reviewed(held: Round) -> None:
    """Two are returned with a reason; all others are accepted at once, but for what the coordinator sent herself."""
    await says(held, COORDINATOR, "ตรวจ")
    await taps(held, COORDINATOR, "1. 848 สวนมะลิ")
    await taps(held, COORDINATOR, "ขอให้ปรับแก้")
    await taps(held, COORDINATOR, "รายละเอียด")
    await taps(held, COORDINATOR, "ขอวันที่และจำนวน")
    await says(held, COORDINATOR, "ตรวจ")
    await says(held, COORDINATOR, "2300-850 · ห้องสมุดเพื่อการเรียนรู้ริมน้ำเย็น")
    await taps(held, COORDINATOR, "ขอให้ปรับแก้")
    await taps(held, COORDINATOR, "ผล")
    await says(held, COORDINATOR, "นับซ้ำกับไตรมาสก่อนหรือไม่ ขอตรวจสอบ")
    await held.delivered()
    held.note()
    await says(held, COORDINATOR, "ตรวจ")
    await taps(held, COORDINATOR, f"รับรองทั้งหมด {held.reports - 3}")
    await taps(held, COORDINATOR, f"รับรอง {held.reports - 3} รายงาน")
    await accepted_one_by_one(held, 1)
    assert await Report.filter(state="accepted").count() == held.reports - 2


async def accepted_one_by_one(held: Round, count: int) -> None:
    """What was corrected, and what the coordinator sent herself, is opened before it is accepted."""
    await says(held, COORDINATOR, "ตรวจ")
    for left in reversed(range(count)):
        if left:  # the last one is opened at once
            await says(held, COORDINATOR, "1")
        await taps(held, COORDINATOR, "รับรอง")
        if left:
            await taps(held, COORDINATOR, "ตรวจต่อ")


async def corrected(held: Round) -> None:
    """Each button opens the very answer, although the round has closed; what comes back is accepted."""
    await taps(held, "นภา รักอ่าน", "แก้ไข")
    for words in ("จัดมุมอ่านใหม่เมื่อ 15 ธ.ค. 69 จำนวน 1 มุม", "จบ", "ส่งรายงาน"):
        await says(held, "นภา รักอ่าน", words)
    await taps(held, "ปราณี ใจดี", "แก้ไข")
    for words in ("1,180", "แก้ 1,240 คน เป็น 1,180 คน", "ส่งรายงาน"):
        await says(held, "ปราณี ใจดี", words)
    await accepted_one_by_one(held, 2)
    assert await Report.filter(state="accepted").count() == held.reports


async def combined(held: Round) -> None:
    """The bureau's three reports are rolled up, one of them edited, submitted and accepted."""
    for code in ("2300-848", "2300-849", "2300-850"):
        if code == "2300-848":
            for words in ("รวมผล", code, "ไตรมาส 1"):
                await says(held, COORDINATOR, words)
        else:
            await says(held, COORDINATOR, f"รวมผล {code} ไตรมาส 1")
        if code == "2300-850":
            await taps(held, COORDINATOR, "แก้ข้อ 2")
            await says(held, COORDINATOR, "แก้ รวมทั้งสิ้น เป็น ทุกประเภทรวม")
        assert "ส่งรายงานแล้ว" in await says(held, COORDINATOR, "ส่งรายงาน")
        held.sent.add((BUREAU, code))
    await accepted_one_by_one(held, 3)
    stored = await ReportVersion.filter(report__unit__code=BUREAU).order_by("report__indicator__code")
    assert [each.result for each in stored] == [Decimal(36), Decimal(36 * 12), Decimal(35 * 1_240 - 60)]
    assert f"หน่วยงานที่ยังไม่รายงาน ได้แก่ {LIBRARY}" in stored[2].narrative
    assert "ผู้ใช้บริการห้องสมุด ทุกประเภทรวม 43,340 คน" in stored[2].narrative


async def evaluated(held: Round) -> None:
    """Each indicator is scored: the criteria, the whole by itself, a comment."""
    await held.place.reporter(EVALUATOR, BUREAU, role=Role.EVALUATOR)
    await says(held, EVALUATOR, "สถานะ")
    await taps(held, EVALUATOR, "ประเมิน 848 1/2570")
    for words in ("95", "90", "95", "ครบถ้วน", "ยืนยัน"):
        await says(held, EVALUATOR, words)
    for code in ("2300-849", "2300-850"):
        for words in (f"ประเมิน {code} ไตรมาส 1", "100", "ข้าม", "90", "ข้าม", "ยืนยัน"):
            await says(held, EVALUATOR, words)
    await says(held, COORDINATOR, "ผลประเมิน 2300-848")
    assert await Evaluation.all().count() == 3
