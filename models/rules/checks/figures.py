"""What the checks look at. All but the result may be absent: a rule without anything to compare is silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Protocol

from msgspec import Struct

from models.rules.fiscal import Quarter
from models.rules.office import Accumulation, Direction, ResultKind


class Count(Protocol):
    """A count with its unit as the narrative says it; `locales.thai_figures.counts` reads them."""

    @property
    def value(self) -> Decimal: ...
    @property
    def unit(self) -> str:
        """The canonical name, as in `Figures.measure` and `Reported.measure`."""

    @property
    def said(self) -> str:
        """As in the text: "36 แห่ง"."""

    @property
    def clear(self) -> bool:
        """Neither approximate nor planned, nor a part or somebody else's."""

    @property
    def total(self) -> bool:
        """A word such as รวม stands beside it."""

    @property
    def months(self) -> frozenset[int] | None:
        """The calendar months of its own date range; None when it has none."""

    @property
    def since(self) -> str:
        """What its words say: "quarter" (ไตรมาสนี้), "year" (สะสม) or "unsaid"."""


class DateSaid(Protocol):
    """A date, month or year as the narrative says it; `locales.thai_figures.dates` reads them."""

    @property
    def said(self) -> str: ...
    @property
    def era(self) -> str:
        """One of "buddhist", "common" and "unsaid"."""

    @property
    def possible(self) -> bool: ...
    @property
    def year(self) -> int | None: ...
    @property
    def labelled(self) -> bool:
        """พ.ศ. or ค.ศ. stands before the year."""

    @property
    def bare_year(self) -> bool:
        """Neither day nor month stands beside the year."""


class Reported(Struct, frozen=True):
    """A sub-measure's value as reported this time. `previous`: its newest value of the same fiscal year, if known."""

    code: str
    value: Decimal
    measure: str
    accumulation: Accumulation = Accumulation.CUMULATIVE
    previous: Decimal | None = None


class Figures(Struct, frozen=True):
    """One report's figures. `previous` is the newest result reported before, in the same fiscal year."""

    result: Decimal
    accumulation: Accumulation
    previous: Decimal | None = None
    previous_quarter: Quarter | None = None
    quarter: Quarter | None = None
    """The quarter that is being reported."""
    kind: ResultKind | None = None
    direction: Direction = Direction.UP
    target: Decimal | None = None
    scale_min: Decimal | None = None
    scale_max: Decimal | None = None
    measure: str = ""
    """The unit of measure by its canonical name; other names are folded into it where the narrative is read."""
    history: tuple[tuple[Quarter, Decimal], ...] = ()
    """Results of other quarters of this unit and indicator, earlier years included, in any order."""
    sub_measures: tuple[Reported, ...] = ()
    narrative: str = ""
    narrative_counts: tuple[Count, ...] = ()
    narrative_dates: tuple[DateSaid, ...] = ()
    previous_narrative: str | None = None
    """The narrative of `previous_quarter`."""

    @property
    def earlier(self) -> tuple[tuple[Quarter, Decimal], ...]:
        """The history before this quarter with `previous`, oldest first; all of it when the quarter is not known."""
        known = dict(self.history)
        if self.previous is not None and self.previous_quarter is not None:
            known[self.previous_quarter] = self.previous
        return tuple(sorted(each for each in known.items() if self.quarter is None or each[0] < self.quarter))


Saw = Mapping[str, str]
"""What a rule saw, as text, under the names that its sentence uses."""
Rule = Callable[[Figures], Saw | None]


def text(value: Decimal) -> str:
    """A number without an exponent, its places as they were written."""
    return f"{value:f}"
