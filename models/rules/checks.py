"""Checks: each is a named rule that looks at figures and either says nothing or what it saw. None of them blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.rules.fiscal import Quarter
from models.rules.office import Accumulation

MOST_WARNINGS = 2
"""At most two at a time: a longer list is tapped away unread."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the checks look at. `previous` is the newest result reported before, in the same fiscal year."""

    result: Decimal
    accumulation: Accumulation
    previous: Decimal | None = None
    previous_quarter: Quarter | None = None


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - the domain's word; nothing here raises Python's
    """The rule's name, which is also its message id, and the figures it saw, as text."""

    rule: str
    data: Mapping[str, str]


def cumulative_falls(figures: Figures) -> Mapping[str, str] | None:
    """A cumulative result below an earlier one of its year: 57.50, then 56.66."""
    if figures.accumulation is not Accumulation.CUMULATIVE:
        return None
    if figures.previous is None or figures.previous_quarter is None or figures.result >= figures.previous:
        return None
    return {
        "previous": str(figures.previous),
        "new": str(figures.result),
        "previous_quarter": str(figures.previous_quarter),
    }


RULES: Mapping[str, Callable[[Figures], Mapping[str, str] | None]] = {"cumulative_falls": cumulative_falls}
"""The rules by name, the most telling first."""


def check(figures: Figures) -> tuple[Warning, ...]:
    """What wants a word of explanation: at most two warnings, none where there is nothing to compare."""
    found = ((name, rule(figures)) for name, rule in RULES.items())
    return tuple(Warning(name, data) for name, data in found if data is not None)[:MOST_WARNINGS]
