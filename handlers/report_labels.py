"""Buttons of numbered lists: what tells the rows apart, for what all have in common says nothing on a short label."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import Context
from handlers.report_view import unit_name
from handlers.round_view import short_unit_names
from handlers.short_names import short_names
from models.rules.fiscal import Quarter
from models.rules.office import Indicator, ReportKey

About = tuple[int, int | None, Quarter]
"""Unit, indicator (None: all of them) and quarter."""


def report_labels(context: Context, reports: Sequence[About]) -> list[str]:
    """A label each, "1. 848 สวนลุมพินี"; of one report alone its code and quarter."""
    w, office = context.w, context.facts.office
    quarters = [str(quarter) for _, _, quarter in reports]
    codes = [office.indicators[each].code if each is not None else "" for _, each, _ in reports]
    whole = [unit_name(context, office.units[each]) for each, _, _ in reports]
    units = short_names(whole) if reports else []
    if units == whole:  # an owner's report beside its libraries': these still have their own beginning in common
        short = short_unit_names(context)
        units = [short[each] for each, _, _ in reports]
    if len(set(units)) > 1:  # room for the name
        ends = [each.rpartition("-")[2] for each in codes]
        codes = ends if len(set(ends)) == len(set(codes)) else codes
        return numbered(told_apart(codes, quarters, units))
    if len(set(codes)) == 1 and (len(reports) > 1 or not codes[0]):
        return numbered([w("report-button-quarter", quarter=each) for each in quarters])
    return numbered([f"{code} {quarter}" for code, quarter in zip(codes, quarters, strict=True)])


def code_and_unit(context: Context, key: ReportKey) -> str:
    """One report in a few words, "848 สวนลุมพินี", as they may be typed behind a command."""
    indicator = context.facts.office.indicators[key.indicator_id]
    return f"{short_code(context, indicator)} {short_unit_names(context)[key.unit_id]}"


def short_code(context: Context, indicator: Indicator) -> str:
    """The end of an indicator's code where it is the only one that ends so, else all of it: 848 for 2300-848."""
    end = indicator.code.rpartition("-")[2]
    alone = sum(each.code.endswith(f"-{end}") for each in context.facts.office.indicators.values()) == 1
    return end if alone else indicator.code


def told_apart(*columns: Sequence[str]) -> list[str]:
    """The rows of some columns in words, without the columns that are the same in all; the last stays if all are."""
    kept = [each for each in columns if len(set(each)) > 1] or columns[-1:]
    return [" ".join(row) for row in zip(*kept, strict=True)]


def numbered(labels: Sequence[str]) -> list[str]:
    """As they stand in the list above the buttons."""
    return [f"{place}. {label}" for place, label in enumerate(labels, 1)]
