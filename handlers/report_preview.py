"""The preview before sending, and the receipt after it."""

from __future__ import annotations

from decimal import Decimal

from handlers.buttons import command_button
from handlers.context import Context
from handlers.conversation import Choice
from handlers.effects import Button
from handlers.report_kinds import said_result
from handlers.report_questions import first_words, narrative_of, sub_measures
from handlers.report_view import (
    indicator_of,
    known_key,
    round_of,
    sent,
    sub_measure_of,
    unit_name,
    unit_of,
    zero_reason_of,
)
from models.rules.office import Accumulation

EXCERPT = 300
"""Characters of a narrative that the preview shows; the rest is a button away."""


def preview_text(context: Context) -> str:
    """Everything that will be sent, numbered as แก้ข้อ N counts."""
    w, answers = context.w, context.answers
    key = known_key(context)
    found = sent(context)
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
    reason = zero_reason_of(context)
    result = said_result(context)
    if reason and answers["result"] != "in_progress":
        result = w("report-preview-zero", result=result, reason=w(f"report-zero-{reason}"))
    lines.append(w("report-preview-result", place="1", result=result))
    for place, code in enumerate(sub_measures(context), 2):
        asked = sub_measure_of(context, code)
        label = (context.facts.language == "en" and asked.label_en) or asked.label
        lines.append(
            w(
                "report-preview-sub-measure",
                place=str(place),
                label=label,
                value=Decimal(answers[f"sub_measures.{code}"]),
                measure=asked.unit_of_measure,
                cumulative="yes" if asked.accumulation is Accumulation.CUMULATIVE else "no",
            )
        )
    text = narrative_of(context)
    last = str(2 + len(sub_measures(context)))
    if len(text) <= EXCERPT:
        lines.append(w("report-preview-narrative", place=last, text=text))
    else:
        excerpt = first_words(text, EXCERPT)
        lines.append(w("report-preview-excerpt", place=last, text=excerpt, count=len(text)))
    explanation = answers.get("explanation", {}).get("text", "") if isinstance(answers.get("explanation"), dict) else ""
    if explanation:
        lines.append(w("report-preview-explanation", text=first_words(explanation, EXCERPT)))
    if answers.get("reporter_name"):
        lines.append(w("report-preview-reporter", name=answers["reporter_name"]))
    if context.facts.today > round_of(context).due:
        lines.append(w("report-preview-late", due=round_of(context).due))
    lines.append(w("report-preview-how", places=", ".join(str(each) for each in range(1, int(last) + 1))))
    return "\n".join(lines)


def preview_choices(context: Context, edits: tuple[Choice, ...]) -> tuple[Choice, ...]:
    w = context.w
    send = Choice(w("report-button-send"), True)
    later = Choice(w("report-button-later"), {"do": "later"})
    return (send, *edits, later)


def preview_buttons(context: Context) -> tuple[Button, ...]:
    w = context.w
    if len(narrative_of(context)) <= EXCERPT:
        return ()
    return (command_button(w("report-button-read-all"), w("report-button-read-all")),)
