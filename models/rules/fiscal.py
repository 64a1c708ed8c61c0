"""The fiscal calendar: ปีงบประมาณ in the Buddhist era, 1 October to 30 September, named after the year it ends in."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

BUDDHIST_ERA = 543
"""พ.ศ. = ค.ศ. + 543."""


class Quarter(Struct, frozen=True, order=True):
    """One quarter of one fiscal year: `Quarter(2570, 1)` is October to December 2026 (พ.ศ. 2569).

    Raises ValueError when the number is not 1 to 4.
    """

    fiscal_year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in (1, 2, 3, 4):
            raise ValueError(f"a quarter is 1 to 4, not {self.number}")

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that a day lies in."""
        fiscal_year = day.year + BUDDHIST_ERA + (1 if day.month >= 10 else 0)
        return cls(fiscal_year, (day.month - 10) % 12 // 3 + 1)

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read what `str()` writes, "1/2570"; raises ValueError on anything else."""
        return _parsed(text)

    def __str__(self) -> str:
        return f"{self.number}/{self.fiscal_year}"

    @property
    def first_day(self) -> date:
        year = self.fiscal_year - BUDDHIST_ERA - (1 if self.number == 1 else 0)
        return date(year, (10, 1, 4, 7)[self.number - 1], 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def months(self) -> tuple[int, int, int]:
        first = self.first_day.month
        return first, first + 1, first + 2

    @property
    def next(self) -> Quarter:
        return Quarter(self.fiscal_year + 1, 1) if self.number == 4 else Quarter(self.fiscal_year, self.number + 1)

    @property
    def previous(self) -> Quarter:
        return Quarter(self.fiscal_year - 1, 4) if self.number == 1 else Quarter(self.fiscal_year, self.number - 1)

    @property
    def year_begins(self) -> date:
        """1 October: where a cumulative count begins."""
        return Quarter(self.fiscal_year, 1).first_day


@lru_cache(maxsize=128)
def _parsed(text: str) -> Quarter:
    number, _, fiscal_year = text.partition("/")
    return Quarter(int(fiscal_year), int(number))
