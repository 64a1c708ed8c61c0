"""The report under way as the checks see it, and what they find. Nothing warns before the narrative is whole."""

from __future__ import annotations

from decimal import Decimal

from handlers.context import Context, once
from handlers.needs import ReportInFull
from handlers.records import FullReport
from handlers.report_view import (
    indicator_of,
    key_of,
    kind_of,
    known_key,
    narrative_of,
    previous,
    result_of,
    spoken,
    sub_measure_of,
    target_of,
)
from locales.thai_figures import counts, dates
from models.rules.checks import Figures, Reported, Warning, check  # noqa: A004 - the domain's word
from models.rules.office import ResultKind


@once
def warnings_of(context: Context) -> tuple[Warning, ...]:
    """At most two, the most telling first; silent until everything that is compared has been answered."""
    result = result_of(context)
    if result is None or key_of(context) is None or not context.answers.get("narrative", {}).get("done"):
        return ()
    return check(figures(context, result))


def figures(context: Context, result: Decimal) -> Figures:
    indicator, key, target, before = indicator_of(context), known_key(context), target_of(context), previous(context)
    earlier: FullReport | None = context.find(ReportInFull(before.key)) if before else None
    units: dict[str, str] = {}
    measures = [(indicator.unit_of_measure, indicator.other_names)]
    measures += [(each.unit_of_measure, each.other_names) for each in indicator.sub_measures]
    for measure, other_names in measures:
        canonical = units.get(measure, measure)
        for name in (measure, *other_names):
            units.setdefault(name, canonical)
    reported = tuple(
        Reported(
            each.code,
            Decimal(answer),
            units[each.unit_of_measure],
            each.accumulation,
            earlier.sub_measures.get(each.code) if earlier else None,
        )
        for each in indicator.sub_measures
        if (answer := context.answers.get(f"sub_measures.{each.code}"))
    )
    text = narrative_of(context)
    same = [
        each
        for each in context.facts.reports.values()
        if (each.key.unit_id, each.key.indicator_id) == (key.unit_id, key.indicator_id) and each.key != key
    ]
    return Figures(
        result=result,
        accumulation=indicator.accumulation,
        previous=before.result if before else None,
        previous_quarter=before.key.quarter if before else None,
        quarter=key.quarter,
        kind=kind_of(context),
        direction=indicator.direction,
        target=target.value if target else None,
        scale_min=indicator.scale_min,
        scale_max=indicator.scale_max,
        measure=units[indicator.unit_of_measure],
        history=tuple((each.key.quarter, each.result) for each in same),
        sub_measures=reported,
        narrative=text,
        narrative_counts=counts(text, units),
        narrative_dates=dates(text),
        previous_narrative=earlier.narrative if earlier else None,
    )


NUMBERS = ("result", "previous", "new", "target", "low", "high", "reported")


def sentence(context: Context, warning: Warning) -> str:
    """What a check saw, as a question: "ผลสะสมลดลง: … ถูกต้องหรือไม่"."""
    shown = dict(warning.data)
    if shown.get("bounds") == "both":
        shown["low"] = context.w.amount(Decimal(shown["low"]))  # "1–5 คะแนน" names the unit once
    for name in NUMBERS:
        if shown.get(name) and not (name == "low" and shown.get("bounds") == "both"):
            shown[name] = measured(context, shown.get("question", "result"), Decimal(shown[name]))
    if kind_of(context) is ResultKind.YES_NO and warning.rule == "cumulative_falls":
        return context.w("check-yes_no_falls", quarter=shown["previous_quarter"])
    return context.w(f"check-{warning.rule}", **shown)


def measured(context: Context, question: str, value: Decimal) -> str:
    """A number with the unit of the question that it answers."""
    name, _, code = question.partition(".")
    if name == "sub_measures":
        return context.w("report-amount", value=value, measure=sub_measure_of(context, code).unit_of_measure)
    return spoken(context, known_key(context), value)
