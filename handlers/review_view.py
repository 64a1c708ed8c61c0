"""A report as whoever reviews it reads it: each answer, what it was before, what was noted and how it was explained."""

from __future__ import annotations

from decimal import Decimal

from handlers.context import Context
from handlers.needs import LastReturn
from handlers.records import FullReport, ReturnedReport
from handlers.report_checks import sentence
from handlers.report_kinds import key_answers
from handlers.report_preview import EXCERPT
from handlers.report_questions import first_words
from handlers.report_view import reported, sub_measure_label, target_of, title
from handlers.review_queue import known, versions
from models.rules.checks import Warning  # noqa: A004 - the domain's word
from models.rules.office import Indicator
from models.rules.standing import ReportState


def lines(context: Context) -> list[str]:
    """The newest version; what differs from the version that was last reviewed stands behind it."""
    w, key = context.w, known(context)
    *_, new = versions(context)
    about = context.answered(key_answers(key))
    returned: ReturnedReport | None = context.find(LastReturn(key))
    before = compared(context, returned)
    summary, indicator = new.summary, context.facts.office.indicators[key.indicator_id]
    found = [
        w(
            "review-head",
            title=title(context, key),
            number=f"{key.quarter}-{summary.number:02}",
            version=summary.version,
            again="yes" if summary.state is ReportState.RESUBMITTED else "no",
        ),
        w(
            "review-who",
            reporter=summary.reporter_name,
            behalf=summary.on_behalf_of or "none",
            at=f"{w.day(summary.submitted_at)} {w.time(summary.submitted_at)}",
            late="yes" if summary.late else "no",
        ),
    ]
    target = target_of(about)
    said = reported(context, summary) if target is None or target.value is None else ""
    if target is not None and target.value is not None:
        goal = w("report-amount", value=target.value, measure=indicator.unit_of_measure)
        said = w("review-of-target", result=reported(context, summary), target=target.text or goal)
    found.append(changed(context, w("review-result"), said, reported(context, before.summary) if before else None, new))
    if summary.zero_reason and new.answer != "in_progress":
        found.append(w("review-line", label=w("review-zero"), text=w(f"report-zero-{summary.zero_reason}")))
    found += sub_measure_lines(context, indicator, new, before)
    found.append(narrative_line(context, new, before))
    found += [w("review-warning", text=sentence(about, Warning(rule, data))) for rule, data in new.warnings]
    if new.explanation or new.warnings:
        text = new.explanation or w("report-confirmed-right")
        found.append(w("review-line", label=w("review-explanation"), text=text))
    if returned is not None and summary.state is ReportState.RESUBMITTED:
        found.append(w("review-asked-before", reason=returned.reason))
    return found


def compared(context: Context, returned: ReturnedReport | None) -> FullReport | None:
    """The version that the coordinator saw last, else the one before; None for a first version."""
    *earlier, _ = versions(context)
    seen = [each for each in earlier if returned is not None and each.summary.version <= returned.version]
    known_before = seen or earlier
    return known_before[-1] if known_before else None


def changed(context: Context, label: str, text: str, before: str | None, new: FullReport) -> str:
    """One answer; what it was before stands behind it where that was something else."""
    now = reported(context, new.summary)
    if before is None or before == now:
        return context.w("review-line", label=label, text=text)
    return context.w("review-line-changed", label=label, text=text, before=before)


def sub_measure_lines(context: Context, indicator: Indicator, new: FullReport, before: FullReport | None) -> list[str]:
    w, found = context.w, []

    def said(value: Decimal | None, measure: str) -> str:
        return w("report-amount", value=value, measure=measure) if value is not None else "–"

    for each in indicator.sub_measures:
        text = said(new.sub_measures.get(each.code), each.unit_of_measure)
        old = said(before.sub_measures.get(each.code), each.unit_of_measure) if before else text
        label = sub_measure_label(context, each)
        if old == text:
            found.append(w("review-line", label=label, text=text))
        else:
            found.append(w("review-line-changed", label=label, text=text, before=old))
    return found


def narrative_line(context: Context, new: FullReport, before: FullReport | None) -> str:
    w, label = context.w, context.w("review-narrative")
    text = new.narrative if len(new.narrative) <= EXCERPT else first_words(new.narrative, EXCERPT)
    if before is None or before.narrative == new.narrative:
        return w("review-line", label=label, text=text)
    return w("review-line-changed", label=label, text=text, before=first_words(before.narrative, EXCERPT))


def correctable(context: Context) -> dict[str, str]:
    """The answers of the chosen report: question → how it is called."""
    w, key = context.w, known(context)
    *_, new = versions(context)
    found = {"result": w("review-result")}
    if new.summary.zero_reason and new.answer != "in_progress":
        found["zero_reason"] = w("review-zero")
    for each in context.facts.office.indicators[key.indicator_id].sub_measures:
        found[f"sub_measures.{each.code}"] = sub_measure_label(context, each)
    found["narrative"] = w("review-narrative")
    if new.explanation or new.warnings:
        found["explanation"] = w("review-explanation")
    return found
