"""What an import did: counts a section, old and new values, and the codes it made."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from locales.dates import amount

Progress = Callable[[int, int], None]
"""Told how many rows are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that was changed. `row` names section and key, "units:23000301"."""

    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Invited:
    """A code made for one person; it stands nowhere else. `units` are the units' names by their codes."""

    name: str
    position: str
    role: str
    units: Mapping[str, str]
    code: str


@dataclass(frozen=True, slots=True)
class Changes:
    """How many rows of each section were added and changed, and what changed."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    kept: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By section, the rows that differ from the file and stay as they are: somebody entered them in the chat."""
    differences: list[Difference] = field(default_factory=list)
    invitations: list[Invited] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)

    def differ(self, row: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Note each value of a row that is now another; both have the same columns."""
        self.differences.extend(Difference(row, name, _shown(before[name]), _shown(after[name])) for name in after)


def as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the audit trail keeps them."""
    return {
        name: value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
        for name, value in values.items()
    }


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return amount(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{name}={_shown(each)}" for name, each in value.items())
    return str(value)
