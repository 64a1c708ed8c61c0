"""Groups of units in a set-up: "ทุกห้องสมุด", "all libraries of 23040000" stand for the libraries that there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

_GROUP = re.compile(r"(?:ทุกห้องสมุด|ห้องสมุดทั้งหมด|all libraries)(?:\s*(?:ของ|of)\s*(\S+))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """What is known of a unit, from the tables or from the file."""

    kind: str
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


def is_group(text: str) -> bool:
    """Whether a text means several units rather than one code."""
    return _GROUP.fullmatch(text.strip()) is not None


def within(text: str) -> str | None:
    """The code of the unit that a group lies in, if it names one."""
    found = _GROUP.fullmatch(text.strip())
    return found[1] if found else None


def members(text: str, units: Mapping[str, KnownUnit], first: date, last: date) -> list[str]:
    """The codes of a group's libraries that exist at some time between two days, in order."""
    above = within(text)
    return sorted(
        code
        for code, unit in units.items()
        if unit.kind == "library"
        and (unit.valid_from is None or unit.valid_from <= last)
        and (unit.valid_to is None or unit.valid_to >= first)
        and (above is None or _lies_in(code, above, units))
    )


def _lies_in(code: str, above: str, units: Mapping[str, KnownUnit]) -> bool:
    passed: set[str] = set()
    current: str | None = code
    while current is not None and current not in passed:
        if current == above:
            return True
        passed.add(current)
        current = units[current].parent if current in units else None
    return False
