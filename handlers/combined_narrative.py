"""The owner's narrative, drafted from the units' reports: counts, totals of sub-measures, exceptions, who is missing.

In Thai, as such reports are written; the coordinator edits it. Whatever is not in the result is said, with why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from handlers.records import FullReport
from handlers.report_view import worded
from locales.catalog import words
from models.rules.combining import Combined
from models.rules.fiscal import Quarter
from models.rules.office import Direction, Indicator, Office, OverUnits, ResultKind

Reports = Mapping[int, FullReport]
"""Unit id → its newest version."""


def narrative(office: Office, asked: Indicator, when: Quarter, rolled: Combined, reports: Reports) -> str:
    w, reported = words("th"), rolled.counted + rolled.unusable
    lines = [
        w(
            "combine-narrative-head",
            number=when.number,
            year=str(when.fiscal_year),
            missing=len(rolled.missing),
            months=w.months(when),
            reported=len(reported),
            all=len(reported) + len(rolled.missing),
        )
    ]
    if rolled.result is not None:
        result = worded(w, asked, asked.kind, rolled.result)
        lines.append(w("combine-narrative-result", name=asked.name, rule=asked.over_units.value, result=result))
    for each in asked.sub_measures:
        value, given = total(each.code, rolled, reports), len(figures(each.code, rolled, reports))
        if value is not None:
            lines.append(
                w(
                    "combine-narrative-sub-measure",
                    label=each.label,
                    amount=w("report-amount", value=value, measure=each.unit_of_measure),
                    units=given if given < len(reported) else 0,
                )
            )
    lines += [
        w(name, **about, units=", ".join(office.units[each].name for each in units))
        for name, about, units in exceptions(asked, rolled, reports)
    ]
    return "\n".join(lines)


def total(code: str, rolled: Combined, reports: Reports) -> Decimal | None:
    """A sub-measure over the units that gave one; None where nobody did, which is not zero."""
    known = figures(code, rolled, reports)
    return sum(known, Decimal(0)) if known else None


def figures(code: str, rolled: Combined, reports: Reports) -> list[Decimal]:
    given = [reports[each].sub_measures.get(code) for each in rolled.counted + rolled.unusable]
    return [each for each in given if each is not None]


def exceptions(
    asked: Indicator, rolled: Combined, reports: Reports
) -> Iterable[tuple[str, dict[str, str], tuple[int, ...]]]:
    """Whatever is not simply done: the sentence's name, what fills it beside the units, and the units."""
    by_reason: dict[str, tuple[int, ...]] = {}
    for unit in short_of_it(asked, rolled, reports):
        reason = reports[unit].summary.zero_reason
        by_reason[reason] = (*by_reason.get(reason, ()), unit)
    for reason, units in by_reason.items():
        if reason:
            yield "combine-narrative-reason", {"reason": words("th")(f"report-zero-{reason}")}, units
        else:
            why = "no" if asked.part_kind is ResultKind.YES_NO else asked.over_units.value
            yield "combine-narrative-below", {"why": why}, units
    if rolled.unusable:
        yield "combine-narrative-unusable", {"rule": asked.over_units.value}, rolled.unusable
    if rolled.missing:
        yield "combine-narrative-missing", {}, rolled.missing


def short_of_it(asked: Indicator, rolled: Combined, reports: Reports) -> list[int]:
    """Who did not meet the condition; in a sum or mean who has nothing, unless the less the better."""
    if asked.over_units is OverUnits.COUNT_MET:
        return [unit for unit in rolled.counted if unit not in rolled.met]
    if asked.direction is Direction.DOWN:
        return []
    return [unit for unit in rolled.counted if not reports[unit].summary.result]
