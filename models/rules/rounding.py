"""How a figure that is divided out of others is rounded; what was reported, and a sum of it, stays exact."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")
_WHOLE = Decimal(1)


def rounded(value: Decimal) -> Decimal:
    """To at most two decimals, half up, without idle zeros: a mean of 89.885036 is 89.89, one of 36.00 is 36.

    It is done where the figure is made, so what is shown, drafted, stored and published is one and the same, and
    whoever works with what is published comes to what is published.
    """
    value = value.quantize(_CENT, ROUND_HALF_UP)
    return value.quantize(_WHOLE) if value == value.to_integral_value() else value.normalize()
