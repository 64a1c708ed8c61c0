"""Reading a set-up from an Excel workbook: the same rows as from YAML, each with its sheet, row and column."""

from __future__ import annotations

import difflib
import warnings
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.setup.rows import Cell, Place, Problem, Row, WrongSetup
from bot.setup.workbook_cells import is_formula
from bot.setup.workbook_sheets import NOT_READ, SHEETS, Sheet, sheet_of
from bot.setup.workbook_table import Table

LARGEST_FILE = 8 * 1024 * 1024
"""Bytes of the file."""
LARGEST_INSIDE = 48 * 1024 * 1024
"""Bytes of all that is packed in it: what unpacks to more is no set-up."""


def read_workbook(path: Path) -> tuple[Row, ...]:
    """The rows of a workbook's sheets, in its order. Raises WrongSetup when it is not one that can be read.

    What is wrong in one cell does not stop the reading: the cell says so when it is checked with the others.
    """
    _check_size(path)
    formulas = _formulas(path)
    book = _load(path, values=True)
    problems: list[Problem] = []
    tables = []
    for number, sheet in enumerate(book.worksheets, 1):
        place = Place(path.name, 0, sheet.title, number)
        section = _section(sheet, place, problems)
        if section is not None:
            tables.append(Table(sheet, section, place, formulas.get(sheet.title, set())))
    for table in tables:
        table.read_headings(problems)
    if problems:
        raise WrongSetup(problems)
    rows = [row for table in tables for row in table.rows()]
    if not tables:
        raise _wrong(
            Place(path.name, 0),
            "ไม่มีแผ่นที่นำเข้าได้ ให้เริ่มจาก python -m bot template",
            "has no sheet to import; begin with python -m bot template",
        )
    return _with_sub_measures(rows)


def _section(sheet: Worksheet, place: Place, problems: list[Problem]) -> Sheet | None:
    title = sheet.title.strip()
    if title.startswith(NOT_READ) or (sheet.sheet_state != "visible" and sheet_of(title) is None):
        return None
    found = sheet_of(title)
    if found is None:
        if sheet.max_row == 1 and sheet.max_column == 1 and sheet["A1"].value is None:
            return None  # Excel's own empty "Sheet1"
        names = {name: each.title for each in SHEETS for name in (each.thai, each.section, each.title)}
        near = difflib.get_close_matches(title, names, n=1, cutoff=0.5)
        right = names[near[0]] if near else ", ".join(each.title for each in SHEETS)
        problems.append(
            Problem(
                place,
                f"ไม่รู้จักแผ่นนี้ ใช้ชื่อ {right} หรือขึ้นต้นชื่อด้วย # ถ้าไม่ต้องนำเข้า",
                f"this sheet is not known; call it {right}, or begin its name with # to leave it out",
            )
        )
    elif sheet.sheet_state != "visible":
        problems.append(
            Problem(
                place,
                "แผ่นนี้ถูกซ่อนไว้ ให้เลิกซ่อน หรือขึ้นต้นชื่อด้วย # ถ้าไม่ต้องนำเข้า",
                "this sheet is hidden; unhide it, or begin its name with # to leave it out",
            )
        )
        return None
    return found


def _with_sub_measures(rows: list[Row]) -> tuple[Row, ...]:
    """The rows of the sub-measures' sheet moved into their indicators, as YAML has them."""
    within: dict[str, list[Row]] = {}
    kept: list[Row] = []
    for row in rows:
        if row.section == "sub_measures" and "indicator" in row.cells:
            own = {name: cell for name, cell in row.cells.items() if name != "indicator"}
            indicator = str(row.cells["indicator"].value)
            within.setdefault(indicator, []).append(Row("sub_measures", row.place, own, row.empty))
            if len(within[indicator]) == 1:
                kept.append(row)
        elif row.section == "sub_measures":
            place = row.empty.get("indicator", row.place)
            raise _wrong(place, "ต้องระบุรหัสตัวชี้วัด", "needs the indicator's code here")
        else:
            kept.append(row)
    indicators = {str(row.cells["code"].value) for row in kept if row.section == "indicators" and "code" in row.cells}
    found: list[Row] = []
    for row in kept:
        code = str(row.cells["code"].value) if row.section == "indicators" and "code" in row.cells else ""
        if row.section == "sub_measures":
            code = str(row.cells["indicator"].value)
            if code not in indicators:  # of an indicator that is set up already
                both = {"code": row.cells["indicator"], "sub_measures": Cell(row.place, tuple(within[code]))}
                found.append(Row("indicators", row.place, both))
        elif code in within:
            both = {**row.cells, "sub_measures": Cell(row.place, tuple(within[code]))}
            found.append(Row("indicators", row.place, both, row.empty))
        else:
            found.append(row)
    return tuple(found)


def _formulas(path: Path) -> dict[str, set[str]]:
    book = _load(path, values=False)
    return {
        sheet.title: {cell.coordinate for row in sheet.iter_rows() for cell in row if is_formula(cell)}
        for sheet in book.worksheets
    }


def _load(path: Path, *, values: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of extensions that it does not keep; nothing is written back
        try:
            return load_workbook(path, data_only=values, keep_links=False)
        except Exception as error:  # openpyxl raises whatever its XML reader or a missing part happens to raise
            raise _unreadable(path) from error


def _check_size(path: Path) -> None:
    """Refuse what is too large before it is unpacked."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            packed = file.read(4)
        inside = 0
        if packed == b"PK\x03\x04":
            with zipfile.ZipFile(path) as archive:
                inside = sum(each.file_size for each in archive.infolist())
    except FileNotFoundError:
        raise _wrong(Place(path.name, 0), "ไม่พบไฟล์", f"there is no such file: {path}") from None
    except (OSError, zipfile.BadZipFile):
        raise _unreadable(path) from None
    if packed != b"PK\x03\x04":
        raise _unreadable(path)
    if size > LARGEST_FILE or inside > LARGEST_INSIDE:
        raise _wrong(
            Place(path.name, 0),
            f"ไฟล์ใหญ่เกินไป ใช้ได้ไม่เกิน {LARGEST_FILE >> 20} MB ให้ลบรูปภาพและแถวที่ว่าง",
            f"the file is too large: at most {LARGEST_FILE >> 20} MB and {LARGEST_INSIDE >> 20} MB unpacked; "
            "delete pictures and empty rows",
        )


def _unreadable(path: Path) -> WrongSetup:
    return _wrong(
        Place(path.name, 0),
        "เปิดเป็นไฟล์ Excel ไม่ได้ ถ้ามีรหัสผ่านให้เอาออก แล้วบันทึกเป็น Excel Workbook (.xlsx)",
        "this is not a readable Excel workbook; take its password off and save it as Excel Workbook (.xlsx)",
    )


def _wrong(place: Place, thai: str, english: str) -> WrongSetup:
    return WrongSetup([Problem(place, thai, english)])
