"""The page that started it all: four quarters, entered through signed webhooks, stored code point for code point."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from models.tables.report import ReportVersion
from tests.town import invitation, town
from tests.transcripts.page import header

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "tests" / "transcripts" / "seed.txt"
PUBLISHED = ROOT.parent / "shared" / "seed-indicator-2300-848.txt"
IN_TWELVE = ROOT / "tests" / "transcripts" / "seed_in_twelve.txt"
NARRATIVE = re.compile(r"ปราณี> (.{50,})")
RESULTS = [Decimal(0), Decimal(0), Decimal(36), Decimal(36)]
REASONS = ["in_progress", "activity_change", "", ""]
REGISTRATION = ("S33D23000848", "ปราณี ตั้งใจ นักวิชาการวัฒนธรรม", "ถูกต้อง")
EXPLANATION = "เปลี่ยนเป็นบรรณนิทัศน์ออนไลน์ตั้งแต่ไตรมาส 2 จึงทำได้ทุกแห่ง"


def narratives() -> list[str]:
    """The four narratives as the transcript types them."""
    return [text for text in NARRATIVE.findall(PAGE.read_text(encoding="utf-8")) if not text.startswith("รายงาน")]


def test_the_transcript_types_the_published_page() -> None:
    """The narratives of the project's own transcript are the published page's, where that is at hand."""
    typed = narratives()
    assert [len(each) for each in typed] == [57, 278, 548, 416]
    if PUBLISHED.exists():
        page = PUBLISHED.read_text(encoding="utf-8")
        published = [re.search(rf"รายงานผลฯ ไตรมาสที่ {number}\n\n(.+)\n", page) for number in (1, 2, 3, 4)]
        assert typed == [found[1] for found in published if found]


async def test_the_seed_is_stored_exactly(database_url: str) -> None:
    """Results 0, 0, 36, 36 and the full narratives of fiscal year 2564 are stored as typed, on both databases."""
    office = PAGE.parent / "seed.yaml"
    typed = narratives()
    answers = [("0.00", "1"), ("๐", "ขอเปลี่ยนกิจกรรม"), ("36 ห้อง", None), ("๓๖ แห่งค่ะ", None)]
    async with town(database_url, office, "2026-11-23T09:00:00+07:00") as place:
        await invitation("S33D-2300-0848", ["23000000"], place.clock.now())
        for text in REGISTRATION:
            await place.says("ปราณี", text)
        for quarter, (result, reason) in enumerate(answers, 1):
            await place.says("ปราณี", f"รายงาน ไตรมาส {quarter}")
            await place.says("ปราณี", result)
            if reason:
                await place.says("ปราณี", reason)
            await place.says("ปราณี", typed[quarter - 1])
            await place.says("ปราณี", "จบ")
            if quarter == 3:  # 36 of 3 wants a word of explanation
                await place.says("ปราณี", EXPLANATION)
            await place.says("ปราณี", "ยืนยัน")
        stored = await ReportVersion.all().select_related("report").order_by("report__quarter")
        assert [each.narrative for each in stored] == typed
        assert [each.result for each in stored] == RESULTS
        assert [each.zero_reason for each in stored] == REASONS
        assert [each.explanation for each in stored] == ["", "", EXPLANATION, ""]
        assert [(each.report.fiscal_year, each.report.quarter, each.report.number) for each in stored] == [
            (2564, quarter, 1) for quarter in (1, 2, 3, 4)
        ]
        assert all(each.message_ids for each in stored)
        card = (await place.says("ปราณี", "สถานะ"))[0]["message"]
        assert "36 ห้อง จากเป้าหมาย 3 ห้อง" in card["altText"]
        assert "ร้อยละ 1,200" in card["altText"]
        assert "ไตรมาส 1: 0 · ไตรมาส 2: 0 · ไตรมาส 3: 36 · ไตรมาส 4: 36" in card["altText"]


def typed_in_twelve() -> list[str]:
    """All that the person of that page does after registering, up to the end of the page."""
    registered, reports = IN_TWELVE.read_text(encoding="utf-8").split("# Quarter 1\n")
    assert len(re.findall(r"^ปราณี", registered, re.MULTILINE)) == len(REGISTRATION)
    acts = re.findall(r"^\S+?([>*~!]) (.+)$", reports, re.MULTILINE)
    assert {how for how, _ in acts} == {">"}  # a tap would count as a message of hers, too
    return [text for _, text in acts]


async def test_the_whole_seed_takes_twelve_messages(database_url: str) -> None:
    """Three messages a quarter store the published results and narratives exactly, on both databases."""
    page = header(IN_TWELVE.read_text(encoding="utf-8"))
    office, (code, unit) = IN_TWELVE.parent / page["office"][0], page["code"][0].split()
    texts = typed_in_twelve()
    assert len(texts) <= 12
    async with town(database_url, office, page["clock"][0]) as place:
        await invitation(code, [unit], place.clock.now())
        for text in (*REGISTRATION, *texts):
            await place.says("ปราณี", text)
        stored = await ReportVersion.all().select_related("report").order_by("report__quarter")
        assert [each.narrative for each in stored] == narratives()
        assert [each.result for each in stored] == RESULTS
        assert [each.zero_reason for each in stored] == REASONS
        assert [each.explanation for each in stored] == ["", "", EXPLANATION, ""]
        assert [(each.report.fiscal_year, each.report.quarter, each.version) for each in stored] == [
            (2564, quarter, 1) for quarter in (1, 2, 3, 4)
        ]
