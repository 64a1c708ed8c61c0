"""The chart of a year: a bar a quarter and the target as a dashed line, with every figure written beside its shape.

Geometry only; the template draws it. It is read without colour: bars are filled, the target is a dashed line, and what
was not reported is a dash and no bar; where nothing is due there is neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.pages.published import QuarterOfYear
from models.rules.fiscal import Quarter

WIDTH, HEIGHT = 340, 200
"""Units of the drawing: about one CSS pixel each on a phone."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 6, 334, 26, 172
_BAR = 44


@dataclass(frozen=True, slots=True)
class Bar:
    """One quarter. `top` and `height` are None where nothing was reported; a zero is a line on the base."""

    quarter: Quarter
    due: bool
    middle: str
    left: str
    top: str | None
    height: str | None
    value_at: str
    value: Decimal | None
    target: Decimal | None
    target_left: str
    target_right: str
    target_at: str | None


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    base: str
    bar_width: int = _BAR
    width: int = WIDTH
    height: int = HEIGHT


def chart(quarters: Sequence[QuarterOfYear]) -> Chart | None:
    """The chart of a year's quarters; None where there is neither a result nor a target to draw."""
    values = [each.result for each in quarters if each.result is not None]
    targets = [each.target.value for each in quarters if each.target is not None and each.target.value is not None]
    if not values and not targets:
        return None
    lowest = min([Decimal(0), *values, *targets])
    highest = max([Decimal(0), *values, *targets])
    span = highest - lowest or Decimal(1)

    def at(value: Decimal) -> float:
        return _BOTTOM - float((value - lowest) / span) * (_BOTTOM - _TOP)

    step = (_RIGHT - _LEFT) / len(quarters)
    base = at(Decimal(0))
    bars = []
    for number, each in enumerate(quarters):
        middle = _LEFT + step * (number + 0.5)
        target = each.target.value if each.target is not None else None
        result = each.result
        top = None if result is None else min(at(result), base)
        height = None if result is None else max(abs(at(result) - base), 1.5)
        written = (base if top is None else top) - 6
        if target is not None and written - 14 < at(target) < written + 4:
            written = at(target) - 6  # the figure stands clear of the target's line
        bars.append(
            Bar(
                quarter=each.quarter,
                due=each.due,
                middle=_number(middle),
                left=_number(middle - _BAR / 2),
                top=None if top is None else _number(top),
                height=None if height is None else _number(height),
                value_at=_number(written),
                value=result,
                target=target,
                target_left=_number(middle - step / 2),
                target_right=_number(middle + step / 2),
                target_at=None if target is None else _number(at(target)),
            )
        )
    return Chart(tuple(bars), _number(base))


def _number(value: float) -> str:
    return f"{value:.1f}"
