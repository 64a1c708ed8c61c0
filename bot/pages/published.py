"""What the public pages show: plain frozen values. Absent is None, never zero."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from models.rules.fiscal import Quarter
from models.rules.office import Accumulation, Direction, ResultKind
from models.rules.progress import Progress


@dataclass(frozen=True, slots=True)
class Named:
    """A unit by its code and its names; `name_en` may be empty."""

    code: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A target from a day on; `text` is free wording beside or in place of the number."""

    valid_from: date
    value: Decimal | None
    text: str = ""
    document_number: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """What was done for the indicator from a day on, and why it was changed."""

    valid_from: date
    text: str
    document_number: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A named address; `url` is empty where what was entered is no web address."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """One quarter of one unit as it was accepted."""

    quarter: Quarter
    result: Decimal
    answer: str
    zero_reason: str
    narrative: str
    version: int
    newest: int
    """The newest version's number: greater than `version` where something newer waits to be accepted."""
    submitted_at: datetime
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Combined:
    """One quarter of an indicator whose owner does not report itself: its units' results by the indicator's rule."""

    result: Decimal | None
    reported: int
    units: int
    """How many of how many units' reports are accepted."""


@dataclass(frozen=True, slots=True)
class Score:
    code: str
    label: str
    label_en: str
    maximum: Decimal
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the evaluators gave for a quarter."""

    quarter: Quarter
    overall: Decimal | None
    comment: str
    at: datetime
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class QuarterOfYear:
    """One row of the table of quarters."""

    quarter: Quarter
    target: Target | None
    accepted: Accepted | None
    combined: Combined | None
    evaluation: Evaluation | None
    due: bool = True
    """Whether anybody has to report in it: where nobody has, nothing is missing."""

    @property
    def result(self) -> Decimal | None:
        if self.accepted is not None:
            return self.accepted.result
        return self.combined.result if self.combined is not None else None


@dataclass(frozen=True, slots=True)
class SubMeasureOfYear:
    """One declared count and its values by quarter, where they were accepted."""

    code: str
    label: str
    label_en: str
    unit_of_measure: str
    accumulation: Accumulation
    values: dict[Quarter, Decimal]


@dataclass(frozen=True, slots=True)
class UnitOfIndicator:
    """One unit behind the number: what was accepted, by quarter."""

    unit: Named
    due: frozenset[int]
    """The quarters in which it is to report."""
    accepted: dict[Quarter, Accepted]

    def is_due(self, quarter: Quarter) -> bool:
        """Whether it is to report then; a unit that reported without being asked is asked nothing."""
        return not self.due or quarter.number in self.due


@dataclass(frozen=True, slots=True)
class Picture:
    """A public picture by its id in the addresses; width and height in pixels, 0 where not known."""

    id: str
    quarter: Quarter
    unit: Named
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """What an indicator is."""

    id: int
    code: str
    order: int
    name: str
    name_en: str
    owner_id: int
    unit_of_measure: str
    kind: ResultKind
    part_kind: ResultKind
    type: str
    level: str
    direction: Direction
    over_quarters: str
    over_units: str


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """Everything on an indicator's page of one fiscal year."""

    indicator: IndicatorFacts
    unit: Named
    fiscal_year: int
    years: tuple[int, ...]
    target: Target | None
    """The year's last."""
    progress: Progress
    quarters: tuple[QuarterOfYear, ...]
    criteria: tuple[Score, ...]
    """The year's criteria, without scores."""
    sub_measures: tuple[SubMeasureOfYear, ...]
    units: tuple[UnitOfIndicator, ...]
    pictures: tuple[Picture, ...]
    targets: tuple[Target, ...]
    activities: tuple[Activity, ...]
    summary: str
    definition: str
    method: str
    data_source: str
    strategy: tuple[str, ...]
    projects: tuple[str, ...]
    links: tuple[Link, ...]
    accumulation: Accumulation

    def done(self, quarter: Quarter) -> int | None:
        """How many of the units have done it; None where no report of theirs is accepted."""
        found = [each.accepted[quarter] for each in self.units if quarter in each.accepted]
        return sum(bool(each.result) for each in found) if found else None

    @property
    def evaluated(self) -> Evaluation | None:
        """The latest evaluation that has an overall score, else the latest."""
        given = [each.evaluation for each in self.quarters if each.evaluation is not None]
        scored = [each for each in given if each.overall is not None]
        latest = scored or given
        return latest[-1] if latest else None

    @property
    def accepted_at(self) -> datetime | None:
        """When the newest of what is shown was accepted."""
        moments = [
            each.accepted_at
            for each in (
                *(row.accepted for row in self.quarters if row.accepted),
                *(each for unit in self.units for each in unit.accepted.values()),
            )
            if each.accepted_at is not None
        ]
        return max(moments, default=None)


@dataclass(frozen=True, slots=True)
class IndicatorOfUnit:
    """One indicator on a unit's page. `owned`: the indicator's own page tells the rest."""

    indicator: IndicatorFacts
    owned: bool
    kind: ResultKind
    target: Target | None
    progress: Progress
    quarters: tuple[QuarterOfYear, ...]
    targets: tuple[Target, ...]
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Everything on a unit's page of one fiscal year."""

    unit: Named
    kind: str
    parent: Named | None
    fiscal_year: int
    years: tuple[int, ...]
    indicators: tuple[IndicatorOfUnit, ...]
    below: tuple[Named, ...] = field(default=())
