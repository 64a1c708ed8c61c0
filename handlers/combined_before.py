"""What an owner's report held before: sent, or begun as a draft; and where what is combined now differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from handlers.context import Context
from handlers.facts import FactsOfUnit, FullReport, ReportInFull, UnitFacts
from handlers.kinds import joined
from handlers.measured import written
from handlers.report_view import sub_measure_label, worded
from handlers.session import Answers
from models.rules.office import Indicator, ReportKey


def earlier_lines(context: Context, key: ReportKey, asked: Indicator, known: Answers) -> list[str]:
    """A line for the version that was sent and one for a draft that waits; `known`: the answers as combined now."""
    w, lines = context.w, []
    of_owner: FactsOfUnit = context.find(UnitFacts(key.unit_id))
    full: FullReport | None = context.find(ReportInFull(key))
    summary, draft = of_owner.reports.get(key), of_owner.drafts.get(key)
    if full is not None and summary is not None:
        found = differences(context, asked, sent_answers(full), known)
        number = f"{key.quarter}-{summary.number:02}"
        lines.append(w("combine-sent", number=number, state=summary.state.value, differences=found or "none"))
    if draft is not None and "result" in draft.answers:
        found = differences(context, asked, draft.answers, known)
        lines.append(w("combine-draft", differences=found or "none"))
    return lines


def sent_answers(full: FullReport) -> Answers:
    return {
        "result": full.answer,
        "narrative": {"parts": [["", full.narrative]]},
        **{f"sub_measures.{code}": written(value) for code, value in full.sub_measures.items()},
    }


def differences(context: Context, asked: Indicator, before: Mapping[str, Any], now: Answers) -> str:
    """ผล: 1 ห้อง → 2 ห้อง; each answer that is another one now. Empty: none is."""
    w, found = context.w, []

    def result(value: Decimal) -> str:
        return worded(w, asked, asked.kind, value)

    def measured(measure: str) -> Callable[[Decimal], str]:
        return lambda value: w("report-amount", value=value, measure=measure)

    figures: list[tuple[str, str, Callable[[Decimal], str]]] = [("result", w("review-result"), result)]
    figures += [
        (f"sub_measures.{each.code}", sub_measure_label(context, each), measured(each.unit_of_measure))
        for each in asked.sub_measures
    ]
    for name, label, said in figures:
        old, new = (said(Decimal(each)) if each else "–" for each in (before.get(name, ""), now.get(name, "")))
        if old != new:
            found.append(w("combine-differs", label=label, before=old, now=new))
    if joined(before.get("narrative", {}).get("parts", [])) != joined(now["narrative"]["parts"]):
        found.append(w("review-narrative"))
    return "; ".join(found)
