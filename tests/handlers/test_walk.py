"""The whole office walks through a quarter at random, and every answer is held against the oracles."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.handlers.stage import Stage
from tests.handlers.walking import cast, walk

SEEDS = 24
STEPS = 200


@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_answer_holds(seed: int) -> None:
    """Everybody of every role acts in random order through the quarter; what breaks is told by its shortest way."""
    walk(seed, STEPS)


def badly_set_up() -> Stage:
    """The division's number stands in the set-up with a blank too many, as ช่วยเหลือ then says it."""
    stage = cast()
    units = {**stage.office.units, 2: replace(stage.office.units[2], phone="0 2000  0001")}
    stage.office = replace(stage.office, units=units)
    return stage


def test_what_breaks_is_told_by_its_shortest_way() -> None:
    """Of hundreds of steps those are left that lead to seeing it: the word, or what shows its button, and the tap."""
    with pytest.raises(AssertionError, match="doubled blank") as broken:
        walk(1, 1000, badly_set_up)
    steps = str(broken.value).partition("--- by\n")[2].splitlines()
    assert len(steps) <= 2, steps
    assert steps[-1].partition(": ")[2] in {"ช่วยเหลือ", "help", "วิธีใช้", "ยังไม่มีรหัส"}
