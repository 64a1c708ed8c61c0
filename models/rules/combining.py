"""Combining: what the units answered, rolled up into the owner's result by the indicator's rule. Decimals only.

Who is missing is always named; a mean is always weighted, never a mean of means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from models.rules.fiscal import Quarter
from models.rules.office import Direction, Indicator, Office, OverUnits, ReportKey, ResultKind
from models.rules.rounding import rounded


class Part(Struct, frozen=True):
    """What one unit contributes. `result` None: it did not report, which is not zero."""

    unit_id: int
    result: Decimal | None
    target: Decimal | None = None
    """Its own target: the condition of COUNT_MET where the answer is not yes or no."""
    weight: Decimal | None = None


class Combined(Struct, frozen=True):
    """The owner's result, and who stands behind it. All are unit ids, in the order of the parts."""

    result: Decimal | None
    """None where nothing can be combined: nobody reported, or nothing of what was reported counts."""
    counted: tuple[int, ...] = ()
    """Whose report is in the result."""
    met: tuple[int, ...] = ()
    """Of these, who meets the condition (COUNT_MET only)."""
    missing: tuple[int, ...] = ()
    """Who did not report."""
    unusable: tuple[int, ...] = ()
    """Who reported but lacks what the rule needs: a target to be met, a weight."""


def combine_units(
    office: Office, indicator: Indicator, quarter: Quarter, unit_ids: Iterable[int], results: Mapping[int, Decimal]
) -> Combined:
    """Roll up some units' results (by unit id) by the indicator's rule, with what each has to reach and weighs then."""
    parts = []
    for unit_id in unit_ids:
        key = ReportKey(unit_id, indicator.id, quarter)
        target, duty = office.target(key), office.assignment(key)
        parts.append(
            Part(unit_id, results.get(unit_id), target.value if target else None, duty.weight if duty else None)
        )
    return combine(indicator.over_units, indicator.part_kind, indicator.direction, parts)


def combine(over: OverUnits, kind: ResultKind, direction: Direction, parts: Iterable[Part]) -> Combined:
    """Roll up the parts. `kind` is what one unit answers (`Indicator.part_kind`).

    36 libraries that answered yes give 36 by COUNT_MET. A sum is exact; a weighted mean is `rounded`.
    """
    parts = tuple(parts)
    missing = tuple(each.unit_id for each in parts if each.result is None)
    reported = [(each, each.result) for each in parts if each.result is not None]
    met: list[int] = []
    match over:
        case OverUnits.SUM:
            usable = reported
            result = sum((value for _, value in usable), Decimal(0))
        case OverUnits.COUNT_MET:
            yes_no = kind is ResultKind.YES_NO
            usable = [pair for pair in reported if yes_no or pair[0].target is not None]
            met = [each.unit_id for each, value in usable if _meets(each, value, direction, yes_no=yes_no)]
            result = Decimal(len(met))
        case OverUnits.WEIGHTED_MEAN:
            usable = [pair for pair in reported if pair[0].weight is not None and pair[0].weight > 0]
            whole = sum((each.weight or Decimal(0) for each, _ in usable), Decimal(0))
            total = sum((value * (each.weight or Decimal(0)) for each, value in usable), Decimal(0))
            result = rounded(total / whole) if whole else Decimal(0)
    counted = tuple(each.unit_id for each, _ in usable)
    return Combined(
        result=result if counted else None,
        counted=counted,
        met=tuple(met),
        missing=missing,
        unusable=tuple(each.unit_id for each, _ in reported if each.unit_id not in counted),
    )


def _meets(part: Part, value: Decimal, direction: Direction, *, yes_no: bool) -> bool:
    if yes_no:
        return value == 1
    if part.target is None:
        return False
    return value >= part.target if direction is Direction.UP else value <= part.target
