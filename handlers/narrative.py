"""The narrative's question: typed anew, taken over from an earlier report, or mended in place with "แก้ A เป็น B"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handlers.asking import BEFORE, FILL_IN_LIMIT, beginning, lines
from handlers.behalf import is_combined
from handlers.combined_before import differing_figures, sent_answers
from handlers.context import Context
from handlers.conversation import Answered, Choice, Control, Prompt, Reading, Unclear
from handlers.kinds import LongText, joined
from handlers.measured import written
from handlers.needs import ReportInFull
from handlers.records import FullReport, ReportSummary
from handlers.report_kinds import figures_of, swapped
from handlers.report_view import indicator_of, known_key, sent
from locales.thai_corrections import NumberSwap, TextSwap, read_correction
from locales.thai_phrases import plain


def earlier_quarter(context: Context) -> ReportSummary | None:
    """The newest report of an earlier quarter of this unit and indicator, last year's included."""
    key = known_key(context)
    earlier = [
        each
        for each in context.facts.reports.values()
        if (each.key.unit_id, each.key.indicator_id) == (key.unit_id, key.indicator_id)
        and each.key.quarter < key.quarter
    ]
    return max(earlier, key=lambda each: each.key.quarter, default=None)


def other_library(context: Context) -> ReportSummary | None:
    """The newest report of this indicator and quarter by another unit of the same person."""
    key = known_key(context)
    others = [
        each
        for each in context.facts.reports.values()
        if (each.key.indicator_id, each.key.quarter) == (key.indicator_id, key.quarter)
        and each.key.unit_id != key.unit_id
    ]
    return max(others, key=lambda each: each.submitted_at, default=None)


def sent_before(context: Context) -> ReportSummary | None:
    """What was sent before it was combined anew: its words were edited, and the draft's are not those."""
    return sent(context) if is_combined(context) else None


SOURCES = {"sent": sent_before, "quarter": earlier_quarter, "library": other_library}


@dataclass(frozen=True)
class Narrative(LongText):
    """A long text that knows the reports it may be taken over from."""

    def ask(self, context: Context, name: str) -> Prompt:
        prompt = super().ask(context, name)
        if context.answers.get(name, {}).get("parts"):
            return prompt
        return Prompt(prompt.text, self.choices(context, name), beside=True, buttons=prompt.buttons)

    def choices(self, context: Context, name: str) -> tuple[Choice, ...]:
        if context.answers.get(name, {}).get("parts"):
            return super().choices(context, name)
        return tuple(
            Choice(context.w(f"report-button-reuse-{source}"), {"reuse": source})
            for source, find in SOURCES.items()
            if find(context) is not None
        )

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:
        for each in self.choices(context, name):
            if plain(text) == plain(each.label):
                return self.take(context, name, each.value)
        swap = read_correction(text)
        number = swap if isinstance(swap, NumberSwap) else None
        before = context.answers.get(name) or context.answers.get(BEFORE, {}).get(name)
        if isinstance(swap, NumberSwap) and swap.old is not None and before:
            swap = TextSwap(written(swap.old), written(swap.new))
        if isinstance(swap, TextSwap) and before:
            mended = swapped(context, joined(before["parts"]), swap)
            figures = figures_of(context)
            slips = [each for each, value in figures.items() if number is not None and value == number.old]
            if isinstance(mended, Unclear) and number is not None and slips:
                return Control({"do": "set", "q": slips[0], "v": written(number.new)})
            if isinstance(mended, Unclear):
                return mended
            said = context.w("report-swapped", old=beginning(swap.old), new=beginning(swap.new))
            writing = name in context.answers  # more may follow; an edited old text is whole again
            return Answered({name: {**mended, "done": not writing}}, said)
        return super().read(context, name, text, message_id)

    def take(self, context: Context, name: str, value: Any) -> Reading:
        match value:
            case {"reuse": "sent" | "quarter" | "library" as source}:
                found = SOURCES[source](context)
                full: FullReport | None = context.find(ReportInFull(found.key)) if found else None
                if full is None:
                    return Unclear(context.w("engine-stale"))
                answer = {"parts": [["", full.narrative]], "done": False}
                said = context.w("report-narrative-reused", text=full.narrative)
                if source == "sent":
                    changed = differing_figures(context, indicator_of(context), sent_answers(full), context.answers)
                    said = lines(context.w("combine-changed", differences="; ".join(changed)) if changed else "", said)
                return Answered({name: answer}, said)
        return super().take(context, name, value)


def text_to_copy(answer: Any) -> str:
    """A narrative that LINE cannot put on the keyboard is sent as plain text, to be copied and changed."""
    match answer:
        case {"parts": list(parts)}:
            text = joined(parts)
            return text if len(text.encode("utf-16-le")) // 2 > FILL_IN_LIMIT else ""
    return ""
