"""Reading a workbook: what people see is what is read, and what cannot be read is named by sheet, row and column."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.setup import workbook, workbook_table
from bot.setup.cells import WrongCell, day, quarters
from bot.setup.checked import Known, Setup, check_setup
from bot.setup.files import read_setup
from bot.setup.rows import WrongSetup
from bot.setup.workbook_cells import number_text
from tests.bot.workbooks import OFFICE, write_workbook


def _read(path: Path) -> Setup:
    return check_setup(read_setup(path), Known())


def _changed(path: Path, sheet: str, change: Callable[[Any], None]) -> Path:
    """The office's workbook with one sheet changed."""
    write_workbook(path, OFFICE)
    book = load_workbook(path)
    change(book[sheet])
    book.save(path)
    return path


def test_a_filled_workbook_reads_as_the_yaml_would(tmp_path: Path) -> None:
    """Codes typed as numbers, Thai digits, Thai words, groups of libraries and sub-measures all arrive."""
    setup = _read(write_workbook(tmp_path / "setup.xlsx", OFFICE))
    assert [entry.key[0] for entry in setup["units"]] == ["23000000", "LIB-01", "LIB-02"]
    assert {entry.values.get("parent") for entry in setup["units"]} == {None, "23000000"}
    indicator = setup["indicators"][0]
    assert indicator.values["other_names"] == ["แห่ง", "หลัง"]
    assert [each.key for each in indicator.within or ()] == [("titles",)]
    assert {entry.key: entry.values["quarters"] for entry in setup["assignments"]} == {
        ("2300-848", "LIB-01", 2570): [1, 2, 3, 4],
        ("2300-848", "LIB-02", 2570): [1, 2, 3, 4],
        ("2300-849", "LIB-01", 2570): [1, 2, 3, 4],
        ("2300-849", "LIB-02", 2570): [2, 4],
    }
    assert [entry.values["result"] for entry in setup["results"]] == ["แล้ว", "36"]
    assert setup["people"][0].values["units"] == ["LIB-01", "LIB-02"]


@pytest.mark.parametrize(
    ("value", "shown_as", "read"),
    [
        (36.0, "General", "36"),
        (0.1 + 0.2, "General", "0.3"),
        (1407.52, "#,##0.00", "1407.52"),
        (0.9, "0%", "90"),
        (0.575, "0.0%", "57.5"),
        (848, "0000", "0848"),
        (1e20, "General", "100000000000000000000"),
        (-3, "General", "-3"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value: float, shown_as: str, read: str) -> None:
    """Without the float's noise, percents as written, zeros of the cell's format."""
    assert number_text(value, shown_as) == read


@pytest.mark.parametrize(
    "typed",
    [
        "2569-10-01",
        "2026-10-01",
        "1/10/2569",
        "๑/๑๐/๒๕๖๙",
        "1 ต.ค. 2569",
        "๑ ตุลาคม พ.ศ. ๒๕๖๙",
        "01.10.2026",
        "1ตค 2569",
    ],
)
def test_a_day_is_read_in_many_forms(typed: str) -> None:
    """Day first, either era, Thai digits and months."""
    assert day(typed) == date(2026, 10, 1)


@pytest.mark.parametrize("typed", ["1/10/69", "31/2/2569", "2569", "10/2569", "1 ตุลา 2569", "1 ต.ค. 69", ""])
def test_a_day_that_may_be_another_is_refused(typed: str) -> None:
    """Years of two digits and days that do not exist are never guessed."""
    with pytest.raises(WrongCell):
        day(typed)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1-4", [1, 2, 3, 4]), ("๒, ๔", [2, 4]), ("3", [3]), ("ทุกไตรมาส", [1, 2, 3, 4]), ("1 – 2 4", [1, 2, 4])],
)
def test_quarters_are_read_from_one_cell(typed: str, read: list[int]) -> None:
    """Lists, ranges and all of them."""
    assert quarters(typed) == read


def test_real_dates_of_either_era(tmp_path: Path) -> None:
    """A date cell is its day, also where 1/10/2569 became the common era's year 2569."""

    def change(sheet: Any) -> None:
        sheet["E1"], sheet["E2"], sheet["E3"] = "เริ่มวันที่", datetime(2026, 10, 1), datetime(2569, 10, 1)  # noqa: DTZ001 - Excel's dates have no zone

    setup = _read(_changed(tmp_path / "setup.xlsx", "หน่วยงาน", change))
    assert [entry.values.get("valid_from") for entry in setup["units"]] == [date(2026, 10, 1), date(2026, 10, 1), None]


def test_several_faults_at_once_each_at_its_cell(tmp_path: Path) -> None:
    """Sheet, row, column and heading, in the workbook's order, in Thai and English."""

    def change(sheet: Any) -> None:
        sheet["C3"], sheet["D4"], sheet["B2"] = "ห้องสมด", 2300000, None
        sheet["A6"], sheet["B6"], sheet["C6"] = "X", "#N/A", "library"

    with pytest.raises(WrongSetup) as wrong:
        _read(_changed(tmp_path / "setup.xlsx", "หน่วยงาน", change))
    places = [(each.place.line, each.place.column, each.place.heading) for each in wrong.value.problems]
    assert places == [(2, "B", "ชื่อหน่วยงาน"), (3, "C", "ประเภท"), (4, "D", "อยู่ใต้รหัส"), (6, "B", "ชื่อหน่วยงาน")]
    assert "แผ่น/sheet “หน่วยงาน” แถว/row 3 คอลัมน์/column C (ประเภท)" in str(wrong.value)
    assert "did you mean 23000000" in str(wrong.value)


def test_a_code_that_lost_its_zeros_is_named(tmp_path: Path) -> None:
    """848 is not taken for 0848, but the error says which was meant and how to type it."""

    def change(sheet: Any) -> None:
        sheet["A3"], sheet["D4"] = "0848", 848

    with pytest.raises(WrongSetup, match=r"D .*parent 848 is not known; did you mean 0848\? Its zeros"):
        _read(_changed(tmp_path / "setup.xlsx", "หน่วยงาน", change))


def test_cells_merged_downwards_share_their_value(tmp_path: Path) -> None:
    """A code merged over its rows belongs to each; merged over columns it is refused."""
    down = _changed(tmp_path / "down.xlsx", "หน่วยงาน", lambda sheet: sheet.merge_cells("D3:D4"))
    assert [entry.values.get("parent") for entry in _read(down)["units"]] == [None, "23000000", "23000000"]
    across = _changed(tmp_path / "across.xlsx", "หน่วยงาน", lambda sheet: sheet.merge_cells("B3:C3"))
    with pytest.raises(WrongSetup, match="unmerge"):
        _read(across)


def test_blank_rows_comments_and_notes_are_passed_over(tmp_path: Path) -> None:
    """Empty rows in between and at the end, rows, columns and sheets that begin with #, Excel's own empty sheet."""

    def change(sheet: Any) -> None:
        sheet["A9"], sheet["B9"] = "# LIB-99", "ตัวอย่าง"
        sheet["A12"], sheet["B12"], sheet["C12"] = "LIB-03", "สาม", "library"
        sheet["E1"], sheet["E2"] = "# หมายเหตุ", "อะไรก็ได้"
        sheet["B400"] = "   "
        sheet.parent.create_sheet("# บันทึก").append(["อะไร", "ก็ได้"])
        sheet.parent.create_sheet("Sheet1")

    setup = _read(_changed(tmp_path / "setup.xlsx", "หน่วยงาน", change))
    assert [entry.key[0] for entry in setup["units"]] == ["23000000", "LIB-01", "LIB-02", "LIB-03"]


def test_a_formula_needs_its_value(tmp_path: Path) -> None:
    """A formula that was never calculated is a fault at its cell, not an empty one."""
    path = _changed(tmp_path / "setup.xlsx", "หน่วยงาน", lambda sheet: sheet.__setitem__("B3", "=A3"))
    with pytest.raises(WrongSetup, match=r"column B .*formula without a value"):
        _read(path)


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        ("หน่วยงาน", "B1", "ชื่อหนวยงาน", "ไม่รู้จักหัวคอลัมน์ .*use ชื่อหน่วยงาน"),
        ("หน่วยงาน", "D1", "รหัส", "stands here twice"),
    ],
)
def test_a_wrong_heading_is_named(sheet: str, cell: str, value: str, said: str, tmp_path: Path) -> None:
    """With the one that is meant."""
    path = _changed(tmp_path / "setup.xlsx", sheet, lambda found: found.__setitem__(cell, value))
    with pytest.raises(WrongSetup, match=said):
        _read(path)


def test_sheets_that_are_unknown_hidden_or_without_headings(tmp_path: Path) -> None:
    """All three are named at once; nothing is passed over in silence."""
    path = write_workbook(
        tmp_path / "setup.xlsx", {"หน่วยงน": [["รหัส"]], "ตัวชี้วัด": [["รหัส", "ชื่อตัวชี้วัด"]], "units": [[1, 2], [3, 4]]}
    )
    book = load_workbook(path)
    book["ตัวชี้วัด"].sheet_state = "hidden"
    book.save(path)
    with pytest.raises(WrongSetup) as wrong:
        _read(path)
    said = str(wrong.value)
    assert len(wrong.value.problems) == 3
    assert "call it หน่วยงาน units" in said
    assert "is hidden" in said
    assert "no column headings" in said


@pytest.mark.parametrize("suffix", [".xlsm", ".xls", ".csv", ".ods", ".txt", ".numbers"])
def test_other_kinds_of_files_are_refused_kindly(suffix: str, tmp_path: Path) -> None:
    """What it is and what to save it as."""
    with pytest.raises(WrongSetup, match="save it as Excel Workbook"):
        read_setup(tmp_path / f"setup{suffix}")


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """Nothing, an encrypted file, a renamed text, a broken or an empty archive: a sentence each."""
    path = tmp_path / "setup.xlsx"
    with pytest.raises(WrongSetup, match="no such file"):
        read_setup(path)
    for content in (b"", b"\xd0\xcf\x11\xe0encrypted", b"code,name", b"PK\x03\x04broken"):
        path.write_bytes(content)
        with pytest.raises(WrongSetup, match="not a readable Excel workbook"):
            read_setup(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(WrongSetup, match="not a readable Excel workbook"):
        read_setup(path)
    Workbook().save(path)
    with pytest.raises(WrongSetup, match="no sheet to import"):
        read_setup(path)


def test_what_unpacks_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    """A small archive that holds zeros without end is refused by what it says it holds."""
    path = tmp_path / "setup.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (workbook.LARGEST_INSIDE + 1))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(WrongSetup, match="too large"):
        read_setup(path)


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    """A cell far below means rows that nobody filled in."""
    far = f"A{workbook_table.MOST_ROWS + 1}"
    path = _changed(tmp_path / "setup.xlsx", "หน่วยงาน", lambda sheet: sheet.__setitem__(far, "LIB-03"))
    with pytest.raises(WrongSetup, match="at most 20,000 rows"):
        read_setup(path)
