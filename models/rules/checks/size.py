"""Rules about a result's size. Each asks another question about the same number, so only the first of them is told."""

from __future__ import annotations

from decimal import Decimal

from models.rules.checks.figures import Figures, Saw, text
from models.rules.office import Accumulation, Direction, ResultKind

SMALL_TARGET = 10
"""Up to here a count of a hundred may be "100 %"."""
MANY = 10
"""From ten times the target on a result wants a word (the seed: 36 of 3)."""
JUMPS = ((Decimal(10), 100), (Decimal(100), 30))
"""Below so much, a jump is so many times: small numbers grow fast and honestly (1 → 36)."""
JUMP, JUMP_FROM_ONE = 10, 30
"""For larger numbers: where several earlier values agree, and where there is only one."""
COLLAPSE, COLLAPSE_FROM = 100, Decimal(1000)
"""A hundredth of what never was below a thousand: digits are missing."""
FRACTION_FROM = Decimal(20)
"""Percents that never were below this, and now 1 or less: 0.85 for 85."""

_HUNDRED = Decimal(100)


def outside_scale(figures: Figures) -> Saw | None:
    """Below or above the scale (10 on a scale of 5), or a percent above 100 where none was expected."""
    low, high = figures.scale_min, figures.scale_max
    if figures.kind is ResultKind.YES_NO:
        return None
    if figures.kind is ResultKind.PERCENT and low is None and high is None:
        expected = [value for _, value in figures.earlier]
        # Rates of growth pass 100; a target or a result that did so before shows it.
        if figures.target is None or max([figures.target, *expected]) > _HUNDRED:
            return None
        low, high = Decimal(0), _HUNDRED
    if (low is None or figures.result >= low) and (high is None or figures.result <= high):
        return None
    return {
        "result": text(figures.result),
        "low": text(low) if low is not None else "",
        "high": text(high) if high is not None else "",
        "bounds": "high" if low is None else "low" if high is None else "both",
    }


def percent_in_count(figures: Figures) -> Saw | None:
    """A percent where things are counted: 25, 50, 60 or 100 of a target of 1."""
    result, target = figures.result, figures.target
    if figures.kind is not ResultKind.COUNT or target is None or not 0 < target <= SMALL_TARGET:
        return None
    if result < MANY * target or not _looks_like_a_share(result, target):
        return None
    # Counts of that size are usual here, or the narrative says the same number with its unit.
    if any(value * 2 >= result for _, value in figures.earlier):
        return None
    if any(each.unit == figures.measure and each.value == result for each in figures.narrative_counts):
        return None
    return {"result": text(result), "target": text(target)}


def magnitude_jump(figures: Figures) -> Saw | None:
    """Orders of magnitude away from all earlier quarters and years: 1.00 → 1,407.52, or 316,259 → 316."""
    if figures.kind in (ResultKind.YES_NO, ResultKind.SCALE):
        return None
    values = [(value, quarter) for quarter, value in figures.earlier if value > 0]
    if not values or figures.result <= 0:
        return None
    largest, quarter = max(values)
    if _jumps(figures, largest, len(values)):
        return {"previous": text(largest), "previous_quarter": str(quarter), "new": text(figures.result)}
    if figures.accumulation is Accumulation.CUMULATIVE:
        # A total begins anew each year: only the same quarter of other years says how small it may be.
        number = figures.quarter.number if figures.quarter else None
        values = [each for each in values if each[1].number == number]
    if values and _collapses(figures, min(values)[0]):
        smallest, quarter = min(values)
        return {"previous": text(smallest), "previous_quarter": str(quarter), "new": text(figures.result)}
    return None


def many_times_target(figures: Figures) -> Saw | None:
    """Ten times the target and more: not wrong by itself (36 of 3), but it wants a word, once a year."""
    result, target = figures.result, figures.target
    if figures.kind is ResultKind.YES_NO or figures.direction is not Direction.UP or target is None or target <= 0:
        return None
    # Said once a year: the earlier report holds the explanation.
    known = figures.previous is not None and (figures.previous >= MANY * target or figures.previous * 2 >= result)
    if result < MANY * target or known:
        return None
    return {"result": text(result), "target": text(target), "times": text(result // target)}


def _looks_like_a_share(result: Decimal, target: Decimal) -> bool:
    """A round percent (25, 60, 100) or one of the target's own shares (1 of 3: 33, 33.33)."""
    if not 10 <= result <= _HUNDRED:
        return False
    if result % 5 == 0:
        return True
    shares = [_HUNDRED * part / target for part in range(1, int(target) + 1)]
    return any(abs(result - share) < Decimal("0.5") for share in shares)


def _jumps(figures: Figures, largest: Decimal, count: int) -> bool:
    if figures.kind is ResultKind.PERCENT and figures.result <= _HUNDRED:
        return False
    # A target of that size was set on purpose.
    if figures.target is not None and figures.target * MANY > figures.result:
        return False
    times = next((times for below, times in JUMPS if largest < below), JUMP if count > 1 else JUMP_FROM_ONE)
    return figures.result >= largest * times


def _collapses(figures: Figures, smallest: Decimal) -> bool:
    if figures.direction is Direction.DOWN:
        return False
    if figures.kind is ResultKind.PERCENT:
        return figures.result <= 1 and smallest >= FRACTION_FROM
    return smallest >= COLLAPSE_FROM and figures.result * COLLAPSE <= smallest
