"""A set-up as it stands in a file: plain text cells, each with its place, whatever the file's format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read: "setup.yaml", line 12."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: a text, a list of texts, or rows within a row (an indicator's sub-measures)."""

    place: Place
    value: str | tuple[str, ...] | tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One unit, indicator, target … of the section it stands in. A column that is absent was left empty."""

    section: str
    place: Place
    cells: Mapping[str, Cell]


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
        self.problems = tuple(sorted(problems, key=lambda each: (each.place.file, each.place.line)))
        super().__init__("\n".join(str(each) for each in self.problems))
