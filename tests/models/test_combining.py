"""Combining: each rule over 36 libraries, and who stands behind the result or is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.rules.combining import Combined, Part, combine
from models.rules.office import Direction, OverUnits, ResultKind


def test_the_seed_counts_its_libraries() -> None:
    """36 libraries that answered yes are the published 36; one that is under way is counted but has not met it."""
    parts = [Part(number, Decimal(1)) for number in range(1, 37)]
    found = combine(OverUnits.COUNT_MET, ResultKind.YES_NO, Direction.UP, parts)
    assert (found.result, len(found.counted), len(found.met), found.missing) == (Decimal(36), 36, 36, ())
    parts[3] = Part(4, Decimal(0))
    found = combine(OverUnits.COUNT_MET, ResultKind.YES_NO, Direction.UP, parts)
    assert (found.result, len(found.counted), 4 in found.met) == (Decimal(35), 36, False)


@pytest.mark.parametrize(
    ("over", "kind", "direction", "parts", "expected"),
    [
        pytest.param(
            OverUnits.SUM,
            ResultKind.COUNT,
            Direction.UP,
            [Part(1, Decimal("12.5")), Part(2, None), Part(3, Decimal(0))],
            Combined(Decimal("12.5"), counted=(1, 3), missing=(2,)),
            id="a sum takes a zero and names who is missing",
        ),
        pytest.param(
            OverUnits.COUNT_MET,
            ResultKind.DECIMAL,
            Direction.UP,
            [Part(1, Decimal("3.6"), Decimal("3.51")), Part(2, Decimal("3.5"), Decimal("3.51")), Part(3, Decimal(5))],
            Combined(Decimal(1), counted=(1, 2), met=(1,), unusable=(3,)),
            id="the condition is the unit's own target",
        ),
        pytest.param(
            OverUnits.COUNT_MET,
            ResultKind.COUNT,
            Direction.DOWN,
            [Part(1, Decimal(8), Decimal(10)), Part(2, Decimal(11), Decimal(10))],
            Combined(Decimal(1), counted=(1, 2), met=(1,)),
            id="fewer is better",
        ),
        pytest.param(
            OverUnits.WEIGHTED_MEAN,
            ResultKind.PERCENT,
            Direction.UP,
            [Part(1, Decimal(100), weight=Decimal(1)), Part(2, Decimal(50), weight=Decimal(99)), Part(3, Decimal(10))],
            Combined(Decimal("50.5"), counted=(1, 2), unusable=(3,)),
            id="never a mean of means",
        ),
        pytest.param(
            OverUnits.WEIGHTED_MEAN,
            ResultKind.PERCENT,
            Direction.UP,
            [Part(1, Decimal(1), weight=Decimal(2)), Part(2, Decimal(2), weight=Decimal(1))],
            Combined(Decimal("1.33"), counted=(1, 2)),
            id="a mean has two decimals at most",
        ),
        pytest.param(
            OverUnits.WEIGHTED_MEAN,
            ResultKind.PERCENT,
            Direction.UP,
            [Part(1, Decimal("89.9"), weight=Decimal(19)), Part(2, Decimal(90), weight=Decimal(1))],
            Combined(Decimal("89.91"), counted=(1, 2)),
            id="half up: 89.905",
        ),
        pytest.param(
            OverUnits.SUM,
            ResultKind.DECIMAL,
            Direction.UP,
            [Part(1, Decimal("0.125")), Part(2, Decimal("1.000001"))],
            Combined(Decimal("1.125001"), counted=(1, 2)),
            id="a sum is exact",
        ),
        pytest.param(
            OverUnits.SUM,
            ResultKind.COUNT,
            Direction.UP,
            [Part(1, None), Part(2, None)],
            Combined(None, missing=(1, 2)),
            id="nobody reported: not zero",
        ),
        pytest.param(
            OverUnits.WEIGHTED_MEAN,
            ResultKind.PERCENT,
            Direction.UP,
            [Part(1, Decimal(80)), Part(2, Decimal(90), weight=Decimal(0))],
            Combined(None, unusable=(1, 2)),
            id="nothing weighs anything",
        ),
    ],
)
def test_each_rule(
    over: OverUnits, kind: ResultKind, direction: Direction, parts: list[Part], expected: Combined
) -> None:
    """The result by its rule, and every unit in exactly one place."""
    found = combine(over, kind, direction, parts)
    assert found == expected
    assert sorted((*found.counted, *found.missing, *found.unusable)) == [each.unit_id for each in parts]
