"""Checks: each is a named rule that looks at figures and either says nothing or what it saw. None of them blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.rules.checks.course import cumulative_falls
from models.rules.checks.figures import Count, DateSaid, Figures, Reported, Rule
from models.rules.checks.narrative import mixed_eras, narrative_disagrees, narrative_repeats
from models.rules.checks.size import magnitude_jump, many_times_target, outside_scale, percent_in_count

__all__ = ["RULES", "Count", "DateSaid", "Figures", "Reported", "Warning", "check"]

MOST_WARNINGS = 2
"""At most two at a time: a longer list is tapped away unread."""


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - the domain's word; nothing here raises Python's
    """The rule's name, which is also its message id, and the figures it saw, as text.

    Numbers are plain decimals ("1407.52"), quarters as `str(Quarter)` writes them ("1/2570").
    """

    rule: str
    data: Mapping[str, str]


_OF_SIZE: Mapping[str, Rule] = {
    "outside_scale": outside_scale,
    "percent_in_count": percent_in_count,
    "magnitude_jump": magnitude_jump,
    "many_times_target": many_times_target,
}
"""All ask whether one and the same number is too large or too small: the first that speaks is enough."""

RULES: Mapping[str, Rule] = {
    "outside_scale": outside_scale,
    "percent_in_count": percent_in_count,
    "cumulative_falls": cumulative_falls,
    "narrative_disagrees": narrative_disagrees,
    "magnitude_jump": magnitude_jump,
    "many_times_target": many_times_target,
    "mixed_eras": mixed_eras,
    "narrative_repeats": narrative_repeats,
}
"""The rules by name, the most telling first."""


def check(figures: Figures) -> tuple[Warning, ...]:
    """What wants a word of explanation: at most two warnings, none where there is nothing to compare."""
    warnings: list[Warning] = []
    for name, rule in RULES.items():
        if name in _OF_SIZE and any(each.rule in _OF_SIZE for each in warnings):
            continue
        if (data := rule(figures)) is not None:
            warnings.append(Warning(name, data))
    return tuple(warnings[:MOST_WARNINGS])
