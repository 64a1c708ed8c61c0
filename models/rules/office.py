"""An office as it is set up: units, indicators, who reports what, and when. Plain frozen values.

The shell reads them from the tables once and again after each import; rules and conversations only look.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from msgspec import Struct, field

from models.rules.fiscal import Quarter
from models.rules.working_days import WorkingDays


class UnitKind(StrEnum):
    BUREAU = "bureau"
    DIVISION = "division"
    LIBRARY = "library"


class Role(StrEnum):
    REPORTER = "reporter"
    COORDINATOR = "coordinator"
    EVALUATOR = "evaluator"
    EXECUTIVE = "executive"
    ADMINISTRATOR = "administrator"


class ResultKind(StrEnum):
    """What one answer to an indicator is."""

    YES_NO = "yes_no"
    COUNT = "count"
    DECIMAL = "decimal"
    PERCENT = "percent"
    SCALE = "scale"


class Accumulation(StrEnum):
    CUMULATIVE = "cumulative"
    PER_QUARTER = "per_quarter"


class OverQuarters(StrEnum):
    """How the reported quarters of a year make its headline."""

    LATEST = "latest"
    SUM = "sum"
    MEAN = "mean"
    MAXIMUM = "maximum"


class OverUnits(StrEnum):
    """How the units' results make their owner's."""

    SUM = "sum"
    COUNT_MET = "count_met"
    """The number of units that answered yes, or that met their own target."""
    WEIGHTED_MEAN = "weighted_mean"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


class ZeroReason(StrEnum):
    """Why a result is zero (DOMAIN: a zero has a reason, kept as a field)."""

    IN_PROGRESS = "in_progress"
    PREVENTED = "prevented"
    ACTIVITY_CHANGE = "activity_change"
    NOT_PLANNED = "not_planned"


class Unit(Struct, frozen=True):
    id: int
    code: str
    name: str
    kind: UnitKind
    parent_id: int | None = None
    phone: str = ""
    name_en: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def existed_in(self, quarter: Quarter) -> bool:
        """A library that closed in mid-quarter still reports that quarter."""
        begun = self.valid_from is None or self.valid_from <= quarter.last_day
        return begun and (self.valid_to is None or quarter.first_day <= self.valid_to)


class SubMeasure(Struct, frozen=True):
    """A further count that an indicator declares, reported beside its result."""

    id: int
    code: str
    label: str
    unit_of_measure: str
    other_names: tuple[str, ...] = ()
    accumulation: Accumulation = Accumulation.CUMULATIVE
    label_en: str = ""

    @property
    def measures(self) -> tuple[str, ...]:
        """The unit of measure and its other names."""
        return self.unit_of_measure, *self.other_names


class Indicator(Struct, frozen=True):
    id: int
    code: str
    order: int
    name: str
    owner_id: int
    unit_of_measure: str
    kind: ResultKind
    """What the owning unit (the bureau) reports."""
    part_kind: ResultKind
    """What every other unit (one library) answers: 2300-848 counts libraries, so one library answers yes or no."""
    name_en: str = ""
    question: str = ""
    """How the result is asked for, without the date: "พัฒนาเป็นห้องสมุดมีชีวิตแล้วหรือยัง"; empty: the general words."""
    question_en: str = ""
    other_names: tuple[str, ...] = ()
    scale_min: Decimal | None = None
    scale_max: Decimal | None = None
    direction: Direction = Direction.UP
    accumulation: Accumulation = Accumulation.CUMULATIVE
    over_quarters: OverQuarters = OverQuarters.LATEST
    over_units: OverUnits = OverUnits.SUM
    sub_measures: tuple[SubMeasure, ...] = ()

    @property
    def measures(self) -> tuple[str, ...]:
        """The unit of measure and its other names."""
        return self.unit_of_measure, *self.other_names

    def kind_for(self, unit_id: int) -> ResultKind:
        return self.kind if unit_id == self.owner_id else self.part_kind


class QuarterDates(Struct, frozen=True):
    """The days of a reporting round, all inclusive. After `due` a report is late; after `closes` it needs an unlock."""

    quarter: Quarter
    opens: date
    due: date
    closes: date
    review: date | None = None
    """By when reports are to be accepted or sent back."""
    evaluation: date | None = None
    """By when the evaluator's scores are to be there."""
    reminders: tuple[int, ...] | None = None
    """Days from `due` on which people are reminded, -7 a week before; None: as everywhere."""


class Assignment(Struct, frozen=True):
    """That a unit reports an indicator in a fiscal year, and in which of its quarters."""

    unit_id: int
    indicator_id: int
    fiscal_year: int
    quarters: frozenset[int]
    weight: Decimal | None = None
    """How much the unit weighs in a weighted mean over units."""


class Target(Struct, frozen=True):
    """A target as valid from a day on; `text` keeps free wording such as "อย่างน้อย 2 ครั้ง/ปี"."""

    unit_id: int
    indicator_id: int
    fiscal_year: int
    valid_from: date
    value: Decimal | None
    text: str = ""


class ReportKey(Struct, frozen=True, order=True):
    """What a report and its draft are about; both belong to it, not to a person."""

    unit_id: int
    indicator_id: int
    quarter: Quarter


class Criterion(Struct, frozen=True):
    """What evaluators score beside the overall score, such as 2.1 of at most 100 (DOMAIN: criteria 2.1 / 2.2)."""

    id: int
    code: str
    label: str
    maximum: Decimal
    label_en: str = ""


class Duty(Struct, frozen=True):
    """Who coordinates for a unit, from a day to a day; a deputy's duty ends."""

    name: str
    valid_from: date
    valid_to: date | None = None


Key = TypeVar("Key")
Row = TypeVar("Row")


def _grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, tuple[Row, ...]]:
    groups: defaultdict[Key, list[Row]] = defaultdict(list)
    for each in rows:
        groups[key(each)].append(each)
    return {name: tuple(group) for name, group in groups.items()}


class Office(Struct, frozen=True, dict=True):
    """The whole set-up. `revision` grows with every import."""

    revision: int = 0
    units: dict[int, Unit] = field(default_factory=dict)
    indicators: dict[int, Indicator] = field(default_factory=dict)
    rounds: dict[Quarter, QuarterDates] = field(default_factory=dict)
    assignments: tuple[Assignment, ...] = ()
    targets: tuple[Target, ...] = ()
    coordinators: dict[int, tuple[Duty, ...]] = field(default_factory=dict)
    """Unit id → the coordinators, named in ช่วยเหลือ."""
    criteria: dict[int, tuple[Criterion, ...]] = field(default_factory=dict)
    """Fiscal year → what evaluators score in it, in order."""
    working_days: WorkingDays = field(default_factory=WorkingDays)

    pages: dict[int, str] = field(default_factory=dict)
    """Unit id → the address of its public page, without the fiscal year; empty where there are none."""

    @cached_property
    def assigned_years(self) -> frozenset[int]:
        """The fiscal years in which anybody reports anything."""
        return frozenset(each.fiscal_year for each in self.assignments)

    def assignment(self, key: ReportKey) -> Assignment | None:
        for found in self.assignments_of(key.unit_id):
            if found.indicator_id == key.indicator_id and found.fiscal_year == key.quarter.fiscal_year:
                return found
        return None

    def assignments_of(self, unit_id: int) -> tuple[Assignment, ...]:
        return self._assignments_by_unit.get(unit_id, ())

    def parts(self, indicator_id: int, quarter: Quarter) -> tuple[int, ...]:
        """The units whose reports make the owner's result in a quarter, by code; closed ones do not report."""
        owner = self.indicators[indicator_id].owner_id
        found = {
            each.unit_id
            for each in self.assignments
            if each.indicator_id == indicator_id
            and each.fiscal_year == quarter.fiscal_year
            and quarter.number in each.quarters
            and each.unit_id != owner
            and each.unit_id in self.units
            and self.units[each.unit_id].existed_in(quarter)
        }
        return tuple(sorted(found, key=lambda each: self.units[each].code))

    def years_around(self, today: date) -> frozenset[int]:
        """The current fiscal year, the one before, and those with a round open today: what a turn knows reports of."""
        year = Quarter.of(today).fiscal_year
        opened = (each.quarter.fiscal_year for each in self.rounds.values() if each.opens <= today <= each.closes)
        return frozenset((year, year - 1, *opened))

    def coordinators_on(self, unit_id: int, day: date) -> str:
        """The names of a unit's coordinators on a day, empty when there is none."""
        duties = self.coordinators.get(unit_id, ())
        return ", ".join(
            each.name for each in duties if each.valid_from <= day and (each.valid_to is None or day <= each.valid_to)
        )

    def target(self, key: ReportKey) -> Target | None:
        """The target valid at the end of the quarter: a later change does not rewrite an earlier quarter."""
        of_year = self._targets_by_report.get((key.unit_id, key.indicator_id, key.quarter.fiscal_year), ())
        valid = [each for each in of_year if each.valid_from <= key.quarter.last_day]
        return max(valid, key=lambda each: each.valid_from, default=None)

    @cached_property
    def _assignments_by_unit(self) -> dict[int, tuple[Assignment, ...]]:
        return _grouped(self.assignments, lambda each: each.unit_id)

    @cached_property
    def _targets_by_report(self) -> dict[tuple[int, int, int], tuple[Target, ...]]:
        return _grouped(self.targets, lambda each: (each.unit_id, each.indicator_id, each.fiscal_year))

    def lineage(self, unit_id: int) -> Iterator[Unit]:
        """A unit, its division, its bureau."""
        current: int | None = unit_id
        while current is not None and (unit := self.units.get(current)) is not None:
            yield unit
            current = unit.parent_id

    def within(self, unit_id: int) -> frozenset[int]:
        """The unit and everything below it."""
        return frozenset(each for each in self.units if any(up.id == unit_id for up in self.lineage(each)))
