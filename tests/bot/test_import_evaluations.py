"""Criteria, evaluations and year summaries of a set-up: versions kept, absent is not zero, what was entered stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.setup.cells import pairs
from bot.setup.changes import Changes
from bot.setup.files import read_setup
from bot.setup.rows import WrongSetup
from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from models.tables.audit import AuditEntry
from models.tables.evaluation import Evaluation, EvaluationScore, YearSummary
from models.tables.organisation import Person
from tests.bot.rows import every_row
from tests.bot.workbooks import OFFICE, Sheets, write_workbook

AT = datetime(2027, 3, 31, 16, 59, tzinfo=UTC)
"""The last minute of quarter 2/2570 in Bangkok."""
CRITERIA: Sheets = {
    "เกณฑ์ประเมิน": [
        ["ปีงบประมาณ", "รหัสเกณฑ์", "ชื่อเกณฑ์", "คะแนนเต็ม", "ลำดับ"],
        [2570, 2.1, "ความครบถ้วน", 100, 1],
        [2570, "2.2", None, 100, 2],
    ]
}
HEADINGS: list[object] = ["indicator", "fiscal_year", "quarter", "overall", "scores", "comment", "evaluated_on"]
FILE: Sheets = {
    **OFFICE,
    **CRITERIA,
    "ผลประเมิน evaluations": [
        HEADINGS,
        ["2300-848", 2570, 1, 0, "2.1=100, 2.2=95.5", "ควรแนบหลักฐาน", "20/2/2570"],
        ["2300-849", "๒๕๗๐", 1, None, "2.1=0", None, None],
    ],
    "สรุปรายปี": [["indicator", "fiscal_year", "text"], ["2300-848", 2570, "พัฒนาครบทุกแห่ง"]],
}


async def _import(tmp_path: Path, sheets: Sheets = FILE) -> Changes:
    return await import_setup(read_setup(write_workbook(tmp_path / "setup.xlsx", sheets)), AT)


async def _versions(code: str) -> list[tuple[int, Decimal | None, dict[str, Decimal], str]]:
    found = []
    for each in await Evaluation.filter(indicator__code=code).order_by("version"):
        rows = await EvaluationScore.filter(evaluation=each).values_list("criterion__code", "score")
        found.append((each.version, each.overall, dict(rows), each.comment))
    return found


@pytest.mark.usefixtures("database")
async def test_absent_is_not_zero(tmp_path: Path) -> None:
    """An overall score of 0 is one, an empty cell is none, and a criterion that was not scored has no row."""
    await _import(tmp_path)
    scores = {"2.1": Decimal(100), "2.2": Decimal("95.5")}
    assert await _versions("2300-848") == [(1, Decimal(0), scores, "ควรแนบหลักฐาน")]
    assert await _versions("2300-849") == [(1, None, {"2.1": Decimal(0)}, "")]
    first = await Evaluation.get(indicator__code="2300-848")
    assert first.evaluated_at.date() == date(2027, 2, 20)
    assert (await YearSummary.get(indicator__code="2300-848", fiscal_year=2570)).text == "พัฒนาครบทุกแห่ง"


async def test_the_same_file_again_changes_nothing(sqlite_database: str, tmp_path: Path) -> None:
    """Nothing is added, and no version either."""
    await _import(tmp_path)
    before = await every_row()
    assert not await _import(tmp_path)
    assert await every_row() == before


async def test_what_differs_is_a_further_version(sqlite_database: str, tmp_path: Path) -> None:
    """What the file leaves empty stays, the old version too, and the audit trail tells old and new."""
    await _import(tmp_path)
    later: list[list[object]] = [HEADINGS, ["2300-848", 2570, 1, 95, "2.2=90", None, None]]
    summary: list[list[object]] = [["indicator", "fiscal_year", "text"], ["2300-848", 2570, "ครบ 36 แห่ง"]]
    changes = await _import(tmp_path, {**CRITERIA, "evaluations": later, "year_summaries": summary})
    assert changes.changed == {"evaluations": 1, "year_summaries": 1}
    first, second = await _versions("2300-848")
    assert first[2] == {"2.1": Decimal(100), "2.2": Decimal("95.5")}
    assert second == (2, Decimal(95), {"2.1": Decimal(100), "2.2": Decimal(90)}, "ควรแนบหลักฐาน")
    assert [each.text for each in await YearSummary.all().order_by("version")] == ["พัฒนาครบทุกแห่ง", "ครบ 36 แห่ง"]
    told = await AuditEntry.get(
        action="evaluations.import", subject="evaluations:2300-848 2570 1", before__not_isnull=True
    )
    assert (told.before, told.after) == (
        {"version": 1, "overall": "0.000000", "scores": {"2.1": "100.000000", "2.2": "95.500000"}},
        {"version": 2, "overall": "95.000000", "scores": {"2.1": "100.000000", "2.2": "90.000000"}},
    )


async def test_what_was_entered_in_the_chat_stays(sqlite_database: str, tmp_path: Path) -> None:
    """The file's other score is not taken, and the import says which row was left."""
    await _import(tmp_path)
    person = await Person.create(name="ปรีชา", created_at=AT)
    indicator_id = (await Evaluation.get(indicator__code="2300-849").values("indicator_id"))["indicator_id"]
    await Evaluation.create(
        indicator_id=indicator_id, fiscal_year=2570, quarter=1, version=2, overall=80, person=person, evaluated_at=AT
    )
    changes = await _import(
        tmp_path, {**CRITERIA, "evaluations": [HEADINGS, ["2300-849", 2570, 1, 70, None, None, None]]}
    )
    assert changes.kept == {"evaluations": ["evaluations:2300-849 2570 1"]}
    assert [each[1] for each in await _versions("2300-849")] == [None, Decimal(80)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param(["2300-848", 2570, 3, 95, None, None, None], r"column C .*3/2570 has not begun", id="to come"),
        pytest.param(["2300-848", 2570, 1, None, None, None, None], r"row 2: .*no score and no comment", id="nothing"),
        pytest.param(["2300-848", 2570, 1, -1, None, None, None], r"column D .*0 or more", id="below zero"),
        pytest.param(["2300-848", 2570, 1, 95, "2.1=101", None, None], r"column E .*2.1 .* 0 to 100", id="above"),
        pytest.param(["2300-848", 2570, 1, 95, "2.3=90", None, None], r"no criterion 2.3; .*2.1, 2.2", id="unknown"),
        pytest.param(["2300-848", 2569, 1, 95, "2.1=90", None, None], r"2569 has no criterion 2.1", id="other year"),
        pytest.param(["2300-999", 2570, 1, 95, None, None, None], r"2300-999 is not known", id="indicator"),
    ],
)
async def test_what_cannot_be_is_named(row: Sequence[object], said: str, sqlite_database: str, tmp_path: Path) -> None:
    """Sheet, row and column, and nothing of the file is kept."""
    before = await every_row()
    with pytest.raises(WrongSetup, match=said):
        await _import(tmp_path, {**OFFICE, **CRITERIA, "evaluations": [HEADINGS, row]})
    assert await every_row() == before


async def test_a_maximum_is_above_zero(sqlite_database: str) -> None:
    """A criterion of at most 0 could score nothing."""
    text = "criteria: [{fiscal_year: 2570, code: 2.1, maximum: 0}]"
    with pytest.raises(WrongSetup, match="above 0"):
        await import_setup(parse_yaml(text, "setup.yaml"), AT)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("scores", ['"2.1=๙๕, 2.2=100"', '["2.1=95", "2.2=100"]', '"2.1=95; 2.2=100"'])
async def test_a_yaml_file_has_its_scores_in_one_text_or_a_list(tmp_path: Path, scores: str) -> None:
    """As docs/import.md writes them, "2.1=95, 2.2=100"."""
    await _import(tmp_path, {**OFFICE, **CRITERIA})
    row = f"{{indicator: 2300-848, fiscal_year: 2570, quarter: 1, scores: {scores}}}"
    await import_setup(parse_yaml(f"evaluations:\n  - {row}\n", "office.yaml"), AT)
    assert await _versions("2300-848") == [(1, None, {"2.1": Decimal(95), "2.2": Decimal(100)}, "")]


def test_a_comma_inside_a_number_stands_between_no_two() -> None:
    """The seed's counts in one text; a mapping is refused with the form that is read."""
    assert pairs("titles=828, views=316,259") == {"titles": Decimal(828), "views": Decimal(316259)}
    with pytest.raises(WrongSetup) as wrong:
        parse_yaml("evaluations:\n  - {indicator: 2300-848, scores: {2.1: 95}}\n", "office.yaml")
    assert "2.1=95, 2.2=100" in str(wrong.value)
