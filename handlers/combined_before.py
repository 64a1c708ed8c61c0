"""What an owner's report held before: sent, or begun as a draft; and where what is combined now differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from handlers.context import Context
from handlers.kinds import joined
from handlers.measured import written
from handlers.needs import ReportInFull, UnitFacts
from handlers.records import FactsOfUnit, FullReport
from handlers.report_view import sub_measure_label, worded
from handlers.session import Answers
from models.rules.office import Indicator, ReportKey


class Earlier(Struct, frozen=True):
    """A line for the version that was sent and one for a draft that waits; `settled`: there is nothing to send anew."""

    lines: tuple[str, ...]
    settled: bool


def earlier(context: Context, key: ReportKey, asked: Indicator, known: Answers, parts: Iterable[FullReport]) -> Earlier:
    """What there was before; `known`: the answers as combined now."""
    w, lines, settled = context.w, [], False
    of_owner: FactsOfUnit = context.find(UnitFacts(key.unit_id))
    full: FullReport | None = context.find(ReportInFull(key))
    summary, draft = of_owner.reports.get(key), of_owner.drafts.get(key)
    if full is not None and summary is not None:
        before = sent_answers(full)
        # Where no report came since, other words are those that were edited before it was sent.
        came = any(each.summary.submitted_at > summary.submitted_at for each in parts)
        found = differing_figures(context, asked, before, known)
        found += differing_words(context, before, known) if found or came else []
        number = f"{key.quarter}-{summary.number:02}"
        lines.append(
            w("combine-sent", number=number, state=summary.state.value, differences="; ".join(found) or "none")
        )
        settled = not found and draft is None
        if settled:
            lines.append(w("report-receipt-typed", words=f"{w('engine-button-edit-sent')} {number}"))
    if draft is not None and "result" in draft.answers:
        found = differing_figures(context, asked, draft.answers, known) + differing_words(context, draft.answers, known)
        lines.append(w("combine-draft", differences="; ".join(found) or "none"))
    return Earlier(tuple(lines), settled)


def sent_answers(full: FullReport) -> Answers:
    return {
        "result": full.answer,
        "narrative": {"parts": [["", full.narrative]]},
        **{f"sub_measures.{code}": written(value) for code, value in full.sub_measures.items()},
    }


def differing_figures(context: Context, asked: Indicator, before: Mapping[str, Any], now: Answers) -> list[str]:
    """ผล 1 ห้อง → 2 ห้อง: each figure that is another one now."""
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
    return found


def differing_words(context: Context, before: Mapping[str, Any], now: Answers) -> list[str]:
    same = joined(before.get("narrative", {}).get("parts", [])) == joined(now["narrative"]["parts"])
    return [] if same else [context.w("review-narrative")]
