"""The import command as a process of its own beside the running bot, while somebody is in the middle of a report."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from bot.database import writing
from bot.setup import write
from bot.setup.files import read_setup
from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from models.tables.indicator import Assignment
from models.tables.report import Draft, Report, ReportVersion
from tests.bot.workbooks import OFFICE, write_workbook
from tests.town import Town, invitation, town

LIBRARIES = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"
NARRATIVE = "จัดกิจกรรมส่งเสริมการอ่านทุกวันเสาร์ มีผู้เข้าร่วมทุกครั้ง"
COLUMNS = ["indicator", "unit", "fiscal_year", "quarter", "result", "narrative"]
PAST = [
    ["2300-849", unit, year, quarter, 7, "เดิม"]
    for unit in ("LIB-01", "LIB-02")
    for year in range(2501, 2570)
    for quarter in (1, 2, 3, 4)
]
THEIRS = ["2300-849", "LIB-01", 2570, 1, 99, "จากไฟล์"]
"""The very report that is under way in the chat."""


@pytest.mark.parametrize("first", ["import", "person"])
async def test_the_persons_report_is_never_covered(first: str, database_url: str, tmp_path: Path) -> None:
    """Every message is answered meanwhile; the confirmed version counts, and the same file again leaves it."""
    file = write_workbook(tmp_path / "past.xlsx", {"results": [COLUMNS, *PAST, THEIRS]})
    async with town(database_url, LIBRARIES, "2026-12-10T09:00:00+07:00") as place:
        await invitation("7K3M-Q2XD-9FHA", ["LIB-01"], place.clock.now())
        for text in ("สวัสดี", "ลงทะเบียน 7K3M-Q2XD-9FHA", "รับทราบ", "สมหญิง ใจดี บรรณารักษ์", "ยืนยัน"):
            await place.says("สมหญิง", text)
        for text in ("รายงาน 2300-849", "12", NARRATIVE, "จบ"):
            await place.says("สมหญิง", text)
        await place.reporter("นภา", "LIB-02")
        for text in ("รายงาน 2300-848", "แล้ว", "12"):
            await place.says("นภา", text)
        importing = place.command("import", str(file))
        ended = asyncio.create_task(importing.wait())
        if first == "person":
            await _confirm(place)
        told = 0
        while not ended.done():  # a colleague's turns meet the import's transaction
            await place.says("นภา", "จัดทำบรรณนิทัศน์แล้ว")
            told += 1
            await asyncio.sleep(0.02)
        if first == "import":
            await _confirm(place)
        output = importing.said.decode()
        assert await ended == 0, output
        assert len((await Draft.get(unit__code="LIB-02")).answers["narrative"]["parts"]) == told
        assert f"added {len(PAST) + (first == 'import')}," in output
        await _assert_the_persons_counts()

        again = await import_setup(read_setup(file), place.clock.now())
        assert (bool(again), len(again.kept["results"])) == (False, 1)
        await _assert_the_persons_counts()


async def _confirm(place: Town) -> None:
    """The confirmation. Who is told that the file brought a version meanwhile has the choice, and sends theirs."""
    said = str(await place.says("สมหญิง", "ส่งรายงาน"))
    if "จะใช้ฉบับใด" in said:
        await place.says("สมหญิง", "ส่งร่างนี้แทน")
        said = str(await place.says("สมหญิง", "ส่งรายงาน"))
    assert "ส่งรายงานแล้ว" in said


async def _assert_the_persons_counts() -> None:
    report = await Report.get(unit__code="LIB-01", indicator__code="2300-849", fiscal_year=2570, quarter=1)
    newest = await ReportVersion.get(report=report, version=report.version).prefetch_related("person")
    assert (newest.answer, newest.result, newest.person.name) == ("12", Decimal(12), "สมหญิง ใจดี")
    assert newest.narrative.startswith(NARRATIVE)


@pytest.mark.usefixtures("database")
async def test_another_import_after_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is checked before the write lock is taken; what another one brought by then is seen all the same."""
    at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    await import_setup(read_setup(write_workbook(tmp_path / "setup.xlsx", OFFICE)), at)

    @asynccontextmanager
    async def another_first() -> AsyncIterator[BaseDBAsyncClient]:
        monkeypatch.undo()
        more = "units: [{code: LIB-03, name: ห้องสมุดสาม, kind: library, parent: 23000000}]"
        await import_setup(parse_yaml(more, "more.yaml"), at)
        async with writing() as connection:
            yield connection

    monkeypatch.setattr(write, "writing", another_first)
    text = "assignments: [{indicator: 2300-849, units: ทุกห้องสมุด, fiscal_year: 2571}]"
    await import_setup(parse_yaml(text, "setup.yaml"), at)
    assert await Assignment.filter(fiscal_year=2571).count() == 3
