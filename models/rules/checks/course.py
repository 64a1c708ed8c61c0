"""The rule about a result's course within its year."""

from __future__ import annotations

from models.rules.checks.figures import Figures, Saw, text
from models.rules.office import Accumulation


def cumulative_falls(figures: Figures) -> Saw | None:
    """A cumulative result below an earlier one of its year: 57.50, then 56.66."""
    if figures.accumulation is not Accumulation.CUMULATIVE:
        return None
    if figures.previous is None or figures.previous_quarter is None or figures.result >= figures.previous:
        return None
    return {
        "previous": text(figures.previous),
        "new": text(figures.result),
        "previous_quarter": str(figures.previous_quarter),
    }
