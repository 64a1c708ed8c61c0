"""The preview before sending."""

from __future__ import annotations

from decimal import Decimal

from handlers.buttons import command_button
from handlers.context import Context
from handlers.conversation import Choice
from handlers.effects import Button
from handlers.needs import LastReturn
from handlers.records import ReturnedReport
from handlers.report_gate import gate
from handlers.report_kinds import said_result
from handlers.report_questions import first_words
from handlers.report_view import (
    indicator_of,
    known_key,
    narrative_of,
    round_of,
    sent,
    sub_measure_label,
    sub_measure_of,
    unit_name,
    unit_of,
)
from models.rules.office import Accumulation
from models.rules.permissions import Allowed
from models.rules.standing import ReportState

EXCERPT = 300
"""Characters of a narrative that the preview shows; the rest is a button away."""


def preview_text(context: Context, steps: tuple[str, ...]) -> str:
    """Everything that will be sent, numbered as แก้ข้อ N counts; `steps` are the numbered questions' names."""
    w, key, found = context.w, known_key(context), sent(context)
    lines = [
        w("report-preview-again", number=f"{key.quarter}-{found.number:02}", version=found.version)
        if found
        else w("report-preview"),
        w(
            "report-preview-head",
            unit=unit_name(context, unit_of(context)),
            code=indicator_of(context).code,
            quarter=str(key.quarter),
        ),
    ]
    if found is not None and found.state is ReportState.RETURNED:
        asked: ReturnedReport | None = context.find(LastReturn(key))
        if asked is not None:
            coordinator = asked.coordinator or w("person-former")
            lines.append(w("review-asked", reason=asked.reason, coordinator=coordinator))
    lines += [answer_line(context, str(place), name) for place, name in enumerate(steps, 1)]
    stored = context.facts.pictures.get(key)
    pictures = len(context.answers.get("pictures", [])) + (stored.sent if stored else 0)
    lines.append(w("report-preview-pictures", count=pictures))
    allowed = gate(context, key)
    if isinstance(allowed, Allowed) and allowed.late:
        dates = round_of(context)
        closed = "yes" if context.facts.today > dates.closes else "no"
        lines.append(w("report-preview-late", due=dates.due, closed=closed, closes=dates.closes))
    lines.append(w("report-preview-how", places=", ".join(str(place) for place in range(1, len(steps) + 1))))
    return "\n".join(lines)


def answer_line(context: Context, place: str, name: str) -> str:
    """One answer as the preview shows it."""
    w, answers = context.w, context.answers
    match name.partition("."):
        case "result", _, _:
            return w("report-preview-result", place=place, result=said_result(context))
        case "zero_reason", _, _:
            return w("report-preview-zero", place=place, reason=w(f"report-zero-{answers[name]}"))
        case "sub_measures", _, code:
            return sub_measure_line(context, place, code)
        case "narrative", _, _:
            text = narrative_of(context)
            if len(text) <= EXCERPT:
                return w("report-preview-narrative", place=place, text=text)
            return w("report-preview-excerpt", place=place, text=first_words(text, EXCERPT), count=len(text))
        case "activity", _, _:
            return w("report-preview-activity", place=place, text=answers[name])
        case "activity_month", _, _:
            return w("report-preview-activity-month", place=place, text=answers[name])
        case "explanation", _, _:
            text = first_words(answers[name]["text"], EXCERPT) if answers[name]["text"] else w("report-confirmed-right")
            return w("report-preview-explanation", place=place, text=text)
    if name == "told_by":
        return w("report-preview-told-by", place=place, name=answers[name])
    return w("report-preview-reporter", place=place, name=answers[name])


def sub_measure_line(context: Context, place: str, code: str) -> str:
    w, asked, value = context.w, sub_measure_of(context, code), context.answers[f"sub_measures.{code}"]
    label = sub_measure_label(context, asked)
    if value == "":
        return w("report-preview-sub-measure-absent", place=place, label=label)
    return w(
        "report-preview-sub-measure",
        place=place,
        label=label,
        value=Decimal(value),
        measure=asked.unit_of_measure,
        cumulative="yes" if asked.accumulation is Accumulation.CUMULATIVE else "no",
    )


def preview_choices(context: Context, edits: tuple[Choice, ...]) -> tuple[Choice, ...]:
    w = context.w
    send = Choice(w("report-button-send"), True)
    later = Choice(w("report-button-later"), {"do": "later"})
    return (send, *edits, later)


def preview_buttons(context: Context) -> tuple[Button, ...]:
    w = context.w
    album = (Button(w("picture-button-album"), picture="cameraRoll"),)
    if len(narrative_of(context)) <= EXCERPT:
        return album
    return (command_button(w("report-button-read-all"), w("report-button-read-all")), *album)
