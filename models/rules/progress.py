"""How far along: the headline over the reported quarters, and its share of the target. Decimals only."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from models.rules.fiscal import Quarter
from models.rules.office import Direction, OverQuarters
from models.rules.rounding import rounded

_WHOLE = Decimal(1)
_NOTHING = Decimal(0)


class Progress(Struct, frozen=True):
    """A result beside its target.

    `percent` is of the target, `rounded`, and may exceed 100 (36 of 3 is 1,200); None where nothing was reported
    or nothing can be divided by. `share` is the length of a bar, 0 to 1; None without a target.
    """

    result: Decimal | None
    percent: Decimal | None
    share: Decimal | None


def headline(over: OverQuarters, results: Mapping[Quarter, Decimal]) -> Decimal | None:
    """The year's result over its reported quarters; None when none was reported, which is not zero.

    Cumulative results 0, 0, 36, 36 give 36 by LATEST, 72 by SUM. A mean is `rounded`.
    """
    if not results:
        return None
    values = [results[quarter] for quarter in sorted(results)]
    match over:
        case OverQuarters.LATEST:
            return values[-1]
        case OverQuarters.SUM:
            return sum(values, _NOTHING)
        case OverQuarters.MEAN:
            return rounded(sum(values, _NOTHING) / len(values))
        case OverQuarters.MAXIMUM:
            return max(values)


def progress(result: Decimal | None, target: Decimal | None, direction: Direction = Direction.UP) -> Progress:
    """A result of its target. Down ("ลดลง…") means fewer is better: 8 of at most 10 is 125 %."""
    if target is None:
        return Progress(result, None, None)
    if result is None:
        return Progress(None, None, _NOTHING)
    done, whole = (result, target) if direction is Direction.UP else (target, result)
    if whole <= 0:
        # No target above zero (up), or nothing left to reduce (down): reached, and no percent says by how much.
        reached = direction is Direction.DOWN or result >= target
        return Progress(result, None, _WHOLE if reached else _NOTHING)
    ratio = done / whole
    percent = rounded(ratio * 100)
    return Progress(result, percent, min(max(ratio, _NOTHING), _WHOLE))
