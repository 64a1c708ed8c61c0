"""One sheet of a set-up workbook: its headings found, its rows read, every cell with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.setup.rows import Cell, Place, Problem, Row, Unreadable
from bot.setup.workbook_cells import MERGED, NO_VALUE, split, text_of
from bot.setup.workbook_sheets import NOT_READ, Sheet, column_of

MOST_ROWS = 20_000
"""In one sheet; 40 indicators of 36 libraries over three years are 17,280 past results."""
MOST_COLUMNS = 100
_HEADINGS_WITHIN = 5
"""The headings stand in one of the first rows."""


@dataclass(slots=True)
class _Heading:
    index: int
    name: str


class Table:
    """One sheet with its headings found."""

    def __init__(self, sheet: Worksheet, section: Sheet, place: Place, formulas: set[str]) -> None:
        self.sheet = sheet
        self.section = section
        self.place = place
        self.formulas = formulas
        self.headings: list[_Heading] = []
        self.first_row = 1
        self.filled, self.spread = _merged(sheet)

    def read_headings(self, problems: list[Problem]) -> None:
        """Find the headings and the first row after them; what is wrong with them joins `problems`."""
        if self.sheet.max_row > MOST_ROWS or self.sheet.max_column > MOST_COLUMNS:
            problems.append(
                Problem(
                    self.place,
                    f"ใหญ่เกินไป ใช้ได้ไม่เกิน {MOST_ROWS:,} แถว {MOST_COLUMNS} คอลัมน์ ให้ลบแถวและคอลัมน์ที่ว่างด้านท้าย",
                    f"is too large: at most {MOST_ROWS:,} rows, {MOST_COLUMNS} columns; delete empty ones",
                )
            )
            return
        heads = [number for number in range(1, _HEADINGS_WITHIN + 1) if self._is_heading(number)]
        if not heads:
            usable = ", ".join(heading.thai for heading in self.section.headings.values())
            problems.append(
                Problem(
                    self.place,
                    f"ไม่พบหัวคอลัมน์ใน {_HEADINGS_WITHIN} แถวแรก หัวที่ใช้ได้: {usable}",
                    f"has no column headings in its first rows; they are {', '.join(self.section.headings)}",
                )
            )
            return
        self.first_row = heads[-1] + 1
        names: dict[str, _Heading] = {}
        for index in range(1, self.sheet.max_column + 1):
            typed = [text for number in reversed(heads) if (text := _plain(self.sheet.cell(number, index)))]
            if typed and not typed[0].startswith(NOT_READ):
                found = self._heading(index, self._at(heads[-1], index), typed, names)
                if isinstance(found, Problem):
                    problems.append(found)
                else:
                    names[found.name] = found
        self.headings = list(names.values())

    def _heading(
        self, index: int, place: Place, typed: Sequence[str], names: Mapping[str, _Heading]
    ) -> _Heading | Problem:
        """The column that its headings name, the lowest first."""
        name = next((found for each in typed if (found := column_of(self.section, each))), None)
        shown = typed[0].splitlines()[0]
        if name is None:
            known = {label: each.thai for key, each in self.section.headings.items() for label in (key, each.thai)}
            near = difflib.get_close_matches(typed[0], known, n=1)
            return Problem(
                place,
                f"ไม่รู้จักหัวคอลัมน์ “{shown}” ใช้ได้: {known[near[0]] if near else ', '.join(dict.fromkeys(known.values()))}",
                f"the heading “{shown}” is not known; use {near[0] if near else ', '.join(self.section.headings)}, "
                "or begin it with # to leave the column out",
            )
        if name in names:
            return Problem(
                place,
                f"หัวคอลัมน์ “{shown}” มีซ้ำ ให้เหลือคอลัมน์เดียว",
                f"the heading “{shown}” stands here twice; keep one",
            )
        return _Heading(index, name)

    def _is_heading(self, number: int) -> bool:
        """At least two cells of the row, or its only one, name a column."""
        typed = [text for cell in self.sheet[number] if (text := _plain(cell))]
        known = sum(column_of(self.section, each) is not None for each in typed)
        return known >= min(2, max(len(typed), 1))

    def rows(self) -> Iterator[Row]:
        """The rows that hold anything; an empty one in between is passed over."""
        for number in range(self.first_row, self.sheet.max_row + 1):
            cells: dict[str, Cell] = {}
            empty: dict[str, Place] = {}
            comment = False
            for heading in self.headings:
                place = self._at(number, heading.index, heading.name)
                value = self._value(number, heading.index)
                if isinstance(value, str):
                    comment = comment or (not cells and value.startswith(NOT_READ))
                    parted = split(heading.name, value)
                    if not parted:
                        empty[heading.name] = place
                        continue
                    cells[heading.name] = Cell(place, parted)
                else:
                    cells[heading.name] = Cell(place, value)
            if cells and not comment:
                yield Row(self.section.section, self._at(number), cells, empty)

    def _value(self, row: int, index: int) -> str | Unreadable:
        row, index = self.filled.get((row, index), (row, index))
        if (row, index) in self.spread:
            return MERGED
        cell = self.sheet.cell(row, index)
        if cell.value is None and f"{get_column_letter(index)}{row}" in self.formulas:
            return NO_VALUE
        return text_of(cell)

    def _at(self, row: int, index: int = 0, name: str = "") -> Place:
        return Place(
            self.place.file,
            row,
            self.place.sheet,
            self.place.sheet_number,
            get_column_letter(index) if index else "",
            self.section.headings[name].thai if name else "",
        )


def _merged(sheet: Worksheet) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Cells that a merge hides → the one whose value they share; and the first cells of merges over columns.

    Merged downwards the value is meant for each row. Merged sideways nobody can say for which column.
    """
    filled: dict[tuple[int, int], tuple[int, int]] = {}
    spread: set[tuple[int, int]] = set()
    for merge in sheet.merged_cells.ranges:
        first = (merge.min_row, merge.min_col)
        if merge.min_col != merge.max_col:
            spread.add(first)
            continue
        for row in range(merge.min_row + 1, min(merge.max_row, MOST_ROWS) + 1):
            filled[row, merge.min_col] = first
    return filled, spread


def _plain(cell: Any) -> str:
    return cell.value.strip() if isinstance(cell.value, str) else ""
