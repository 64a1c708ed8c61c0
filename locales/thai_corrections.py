"""A correction in one short message: "แก้ A เป็น B", "35 ไม่ใช่ 36"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 300


@dataclass(frozen=True, slots=True)
class NumberSwap:
    """A number that should have been another; `old` is None where it was not said."""

    old: Decimal | None
    new: Decimal


@dataclass(frozen=True, slots=True)
class TextSwap:
    """A passage that should read otherwise."""

    old: str
    new: str


_TEXT = re.compile(r"\s*(?:ขอแก้|แก้ไข|แก้|change)\s+(.+?)\s+(?:เป็น|to)\s+(.+?)\s*", re.DOTALL | re.IGNORECASE)


def read_correction(text: str) -> NumberSwap | TextSwap | None:
    """The correction that a whole short message is; None for anything else."""
    if len(text) > LONGEST:
        return None
    found = _TEXT.fullmatch(text)
    return TextSwap(found[1].strip("“”\"'"), found[2].strip("“”\"'")) if found else None
