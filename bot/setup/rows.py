"""A set-up as it stands in a file: plain text cells, each with its place, whatever the file's format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read: "setup.yaml", line 12; or in a workbook its sheet, row (`line`) and column."""

    file: str
    line: int
    sheet: str = ""
    sheet_number: int = 0
    """Where the sheet stands in its workbook, so that problems come in the order in which they are looked for."""
    column: str = ""
    """The column's letters, "C"."""
    heading: str = ""

    def __str__(self) -> str:
        if not self.sheet:
            return f"{self.file}:{self.line}"
        where = f"{self.file}: แผ่น/sheet “{self.sheet}”"
        if self.line:
            where += f" แถว/row {self.line}"
        if self.column:
            where += f" คอลัมน์/column {self.column}"
        if self.heading:
            where += f" ({self.heading})"
        return where

    @property
    def order(self) -> tuple[str, int, int, int, str]:
        """Sorts places as they stand in the file; column Z comes before AA."""
        return self.file, self.sheet_number, self.line, len(self.column), self.column


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands in place of a value that the file's own reader could not give: why not, in Thai and English."""

    thai: str
    english: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: a text, a list of texts, or rows within a row (an indicator's sub-measures)."""

    place: Place
    value: str | tuple[str, ...] | tuple[Row, ...] | Unreadable


@dataclass(frozen=True, slots=True)
class Row:
    """One unit, indicator, target … of the section it stands in. A column that is absent was left empty."""

    section: str
    place: Place
    cells: Mapping[str, Cell]
    empty: Mapping[str, Place] = field(default_factory=dict)
    """Where an empty column would be filled in, for files that know."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what would be right; Thai and English."""

    place: Place
    thai: str
    english: str

    def __str__(self) -> str:
        return f"{self.place}: {self.thai} · {self.english}"


class WrongSetup(Exception):
    """The file cannot be imported; nothing of it was. `problems` are in the file's order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda each: each.place.order))
        super().__init__("\n".join(str(each) for each in self.problems))
