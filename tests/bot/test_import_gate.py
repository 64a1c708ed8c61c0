"""Past results ask the gate: only what its unit was to report, and only of quarters that have begun."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.setup.changes import Changes
from bot.setup.files import read_setup
from bot.setup.rows import WrongSetup
from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from models.tables.report import Report
from tests.bot.rows import every_row
from tests.bot.workbooks import OFFICE, write_workbook

AT = datetime(2027, 3, 31, 16, 59, tzinfo=UTC)
"""The last minute of quarter 2/2570 in Bangkok."""


async def _office(tmp_path: Path) -> Changes:
    return await import_setup(read_setup(write_workbook(tmp_path / "setup.xlsx", OFFICE)), AT)


def _result(indicator: str, unit: str, year: int, quarter: int) -> list[object]:
    return [indicator, unit, year, quarter, "1"]


@pytest.mark.parametrize(
    ("result", "said"),
    [
        pytest.param(
            ("2300-848", "23000000", 2570, 1), r"column A .*is not assigned 2300-848 .*assigned: –", id="unit"
        ),
        pytest.param(("2300-850", "LIB-01", 2570, 1), r"column A .*assigned: 2300-848, 2300-849", id="indicator"),
        pytest.param(
            ("2300-849", "LIB-02", 2570, 1), r"column D .*2300-849 of 2570 in the quarters 2, 4", id="quarter"
        ),
        pytest.param(
            ("2300-848", "LIB-03", 2570, 2), r"column B .*LIB-03 did not exist in quarter 2/2570", id="closed"
        ),
        pytest.param(("2300-848", "LIB-01", 2570, 3), r"column D .*3/2570 has not begun; .* up to 2/2570", id="future"),
        pytest.param(("2300-848", "LIB-01", 2571, 1), r"column D .*1/2571 has not begun", id="a year to come"),
    ],
)
async def test_what_the_gate_refuses_is_named(
    result: tuple[str, str, int, int], said: str, sqlite_database: str, tmp_path: Path
) -> None:
    """Sheet, row, column and what would be right; nothing of the file is kept."""
    before = await every_row()
    more = {
        **OFFICE,
        "หน่วยงาน": [
            [*OFFICE["หน่วยงาน"][0], "valid_to"],
            *OFFICE["หน่วยงาน"][1:],
            ["LIB-03", "สาม", "library", 23000000, "2569-12-31"],
        ],
        "ตัวชี้วัด": [*OFFICE["ตัวชี้วัด"], ["2300-850", "อื่น", 23000000, "ครั้ง", None, "count", None]],
        "ผลงานย้อนหลัง": [*OFFICE["ผลงานย้อนหลัง"], _result(*result)],
    }
    with pytest.raises(WrongSetup, match=rf"“ผลงานย้อนหลัง” แถว/row 4 คอลัมน์/{said}"):
        await import_setup(read_setup(write_workbook(tmp_path / "setup.xlsx", more)), AT)
    assert await every_row() == before


async def test_what_the_gate_lets_pass(sqlite_database: str, tmp_path: Path) -> None:
    """What is due, and every unit of a year in which nothing is assigned: history from before the office was set up."""
    rows = [
        OFFICE["ผลงานย้อนหลัง"][0][:5],
        _result("2300-848", "LIB-01", 2570, 2),
        _result("2300-849", "LIB-02", 2570, 2),
        _result("2300-848", "23000000", 2569, 1),
    ]
    file = write_workbook(tmp_path / "setup.xlsx", {**OFFICE, "ผลงานย้อนหลัง": rows})
    assert (await import_setup(read_setup(file), AT)).added["results"] == 3


async def test_the_assignment_may_come_in_the_same_file(sqlite_database: str, tmp_path: Path) -> None:
    """The office that is asked is the one which the import makes."""
    await _office(tmp_path)
    text = "results: [{indicator: 2300-849, unit: LIB-02, fiscal_year: 2570, quarter: 1, result: 5}]"
    with pytest.raises(WrongSetup, match=r"setup\.yaml:1: .*mend the quarter, or the assignment"):
        await import_setup(parse_yaml(text, "setup.yaml"), AT)
    text += "\nassignments: [{indicator: 2300-849, unit: LIB-02, fiscal_year: 2570, quarters: 1-4}]"
    await import_setup(parse_yaml(text, "setup.yaml"), AT)
    assert await Report.filter(unit__code="LIB-02", fiscal_year=2570).count() == 1


async def test_the_same_file_after_the_assignment_went(sqlite_database: str, tmp_path: Path) -> None:
    """What is stored is not refused later: the same file again changes nothing."""
    await _office(tmp_path)
    text = "results: [{indicator: 2300-849, unit: LIB-02, fiscal_year: 2570, quarter: 2, result: 5}]"
    await import_setup(parse_yaml(text, "setup.yaml"), AT)
    without = "assignments: [{indicator: 2300-849, unit: LIB-02, fiscal_year: 2570, quarters: 4}]"
    await import_setup(parse_yaml(without, "setup.yaml"), AT)
    assert not await import_setup(parse_yaml(text, "setup.yaml"), AT)
