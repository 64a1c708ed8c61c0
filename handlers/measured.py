"""A number with what it measures, read strictly and asked back kindly; the bot never chooses for the person."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from handlers.context import Context
from handlers.conversation import Answered, Control, Prompt, Reading, Unclear
from handlers.kinds import Ask, shown
from locales.thai_commands import Command, command
from locales.thai_numbers import NumberUnclear, read_number
from locales.thai_phrases import plain

LATER = {"do": "later"}


@dataclass(frozen=True)
class Measured:
    """A number with what it measures. Whole unless `fractions`; `percent` when it is one of a hundred."""

    put: Ask
    names: Callable[[Context], tuple[str, ...]]
    """The unit of measure and its other names."""
    said: Callable[[Context, Decimal], str]
    """The number as it is read back: "12 ชื่อเรื่อง"."""
    before: Callable[[Context], Decimal | None] = lambda _: None
    fractions: Callable[[Context], bool] = lambda _: False
    percent: Callable[[Context], bool] = lambda _: False
    adds_up: Callable[[Context], bool] = lambda _: True
    """Whether the figure is a running total, to which "12 more" can be added."""
    may_be_absent: bool = False
    """Whether "not yet" leaves this figure out (a sub-measure); otherwise it leaves the report for later."""
    hears: frozenset[Command] = frozenset()

    def ask(self, context: Context, name: str) -> Prompt:  # noqa: ARG002
        return self.put(context)

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:  # noqa: ARG002
        said = command(text)
        skipped = said is not None and said.command is Command.SKIP
        if self.may_be_absent and (skipped or plain(text) == plain(context.w("number-button-absent"))):
            return self.take(context, name, "")
        read = read_number(text, self.names(context))
        if isinstance(read, NumberUnclear):
            return self.asked_back(context, read, text)
        if read.is_percent and not self.percent(context):
            return Unclear(
                context.w("number-unclear", reason="percent", seen=shown(text), measure=self.names(context)[0])
            )
        if read.value != read.value.to_integral_value() and not self.fractions(context):
            return Unclear(context.w("number-unclear", reason="part", seen=shown(text), measure=self.names(context)[0]))
        return self.answered(context, name, read.value)

    def answered(self, context: Context, name: str, value: Decimal) -> Reading:
        return Answered({name: written(value)}, context.w("answer-received", answer=self.said(context, value)))

    def asked_back(self, context: Context, unclear: NumberUnclear, text: str) -> Unclear:
        """Say what was understood, and offer what may be meant; the bot never chooses."""
        w, before = context.w, self.before(context)
        offered: list[tuple[str, Any]] = []
        numbers = [Decimal(each) for each in unclear.seen if each.isascii() and each.replace(".", "", 1).isdigit()]
        match unclear.reason:
            case "not_yet":
                absent = (w("number-button-absent"), "") if self.may_be_absent else (w("number-button-not-yet"), LATER)
                offered = [(w("number-button-zero"), "0"), absent]
            case "same_as_before" if before is not None:
                offered = [(self.said(context, before), written(before))]
            case "increment" if numbers and before is not None and self.adds_up(context):
                offered = [
                    (w("number-button-total", value=numbers[0]), written(numbers[0])),
                    (w("number-button-increased", value=before + numbers[0]), written(before + numbers[0])),
                ]
            case "increment" if numbers:  # what was before is not known: the whole is for the person to say
                offered = [(w("number-button-total", value=numbers[0]), written(numbers[0]))]
            case "several" | "approximate" | "laughter" | "unclear" if not is_code_or_date(text):
                offered = [(self.said(context, each), written(each)) for each in dict.fromkeys(numbers[:3])]
        seen = shown(text) if unclear.reason != "several" else ", ".join(unclear.seen[:4])
        reason: str = unclear.reason
        if reason == "same_as_before" and before is None:
            reason = "no_before"
        elif reason == "increment" and len(offered) == 1:
            reason = "increment_alone"
        return Unclear(w("number-unclear", reason=reason, seen=seen, measure=self.names(context)[0]), tuple(offered))

    def take(self, context: Context, name: str, value: Any) -> Reading:
        if value == LATER:
            return Control(LATER)
        if value == "" and self.may_be_absent:
            return Answered({name: ""}, context.w("report-left-out"))
        return self.read(context, name, value, "") if isinstance(value, str) else Unclear(context.w("engine-stale"))

    def complete(self, context: Context, name: str) -> bool:  # noqa: ARG002
        return True

    def alone(self, context: Context) -> Any | None:  # noqa: ARG002
        return None


def is_code_or_date(text: str) -> bool:
    """2300-848 and 31/12/2563 hold several numbers, none of which is an answer."""
    return re.search(r"[0-9๐-๙]\s*[-–/]\s*[0-9๐-๙]", text) is not None


def written(value: Decimal) -> str:
    """A decimal as it is kept in answers: plain digits, no exponent, no idle zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
