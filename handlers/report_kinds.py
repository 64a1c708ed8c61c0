"""The kinds of answer that only a report asks for: a result, a sub-measure, a quarter, an explanation, the sending."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from handlers.asking import beginning
from handlers.context import Context
from handlers.conversation import Answered, Control, Prompt, Reading, Unclear
from handlers.kinds import Ask, Line, OneOf, shown
from handlers.measured import Measured, written
from handlers.report_checks import warnings_of
from handlers.report_view import (
    RESULTS,
    amount,
    indicator_of,
    kind_of,
    narrative_of,
    previous,
    result_of,
    sub_measure_of,
)
from locales.dates import ENGLISH_MONTHS, THAI_MONTHS, THAI_MONTHS_SHORT
from locales.thai_commands import Command, command
from locales.thai_corrections import NumberSwap, TextSwap, read_correction
from locales.thai_numbers import NumberRead, read_number
from locales.thai_phrases import plain, yes_or_no
from locales.thai_quarters import read_quarter
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey, ResultKind


@dataclass(frozen=True)
class QuarterChoice(OneOf):
    """One of the open quarters. A typed number is the quarter's, never its place in the list."""

    open_quarters: Callable[[Context], tuple[Quarter, ...]] = lambda _: ()

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:
        w, office_today = context.w, Quarter.of(context.facts.today)
        said = read_quarter(text, office_today)
        if said is None:
            return super().read(context, name, text, message_id)
        open_quarters, asked = self.open_quarters(context), {each.value for each in self.put(context).choices}
        among = [
            each
            for each in open_quarters
            if each.number == said.number and said.fiscal_year in {None, each.fiscal_year}
        ]
        # Of the same quarter in several years the one is meant that was asked about.
        among = [each for each in among if str(each) in asked] or among
        offered = tuple((w("report-button-quarter", quarter=str(each)), str(each)) for each in open_quarters)
        # While an earlier round is still collected, "this quarter" may well mean that one: ask, the earlier first.
        if said.relative and len(offered) > 1:
            return Unclear(w("quarter-which"), offered)
        if len(among) == 1:
            return Answered({name: str(among[0])})
        if among:
            return Unclear(w("quarter-which"), tuple(each for each in offered if each[1] in set(map(str, among))))
        return Unclear(w("quarter-not-open", text=shown(text)), offered)

    def take(self, context: Context, name: str, value: Any) -> Reading:
        if isinstance(value, str) and value in {str(each) for each in self.open_quarters(context)}:
            return Answered({name: value})
        return Unclear(context.w("engine-stale"))


@dataclass(frozen=True)
class Explanation:
    """A word about what the checks found. The answer is {"text", "for": the warnings it explains, "activity"?}."""

    put: Ask
    hears: frozenset[Command] = frozenset({Command.CONFIRM})

    def ask(self, context: Context, name: str) -> Prompt:  # noqa: ARG002
        return self.put(context)

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:  # noqa: ARG002
        said, choices = command(text), self.put(context).choices
        if said is not None and said.command is Command.CONFIRM:
            return self.take(context, name, {"text": ""})
        # A choice typed in full is that choice; a number may be a new value; anything else explains.
        for each in choices:
            if each.is_said(text):
                return self.take(context, name, each.value)
        consent = yes_or_no(text)
        if consent is not None:
            wrong = tuple((each.label, each.value) for each in choices if "do" in each.value)
            if consent:
                return self.take(context, name, {"text": ""})
            return Unclear(context.w("report-which-wrong"), wrong)
        swap = correction(context, text)
        if swap is not None:
            return swap
        return self.new_value(context, text) or explained(context, name, text)

    def new_value(self, context: Context, text: str) -> Unclear | None:
        """A number typed here may be the right one of what the check asked about: asked back."""
        question = next((each.data["question"] for each in warnings_of(context) if "question" in each.data), "result")
        if question == "result" and kind_of(context) is ResultKind.YES_NO:
            return None
        number = read_number(text, measures_of(context, question))
        if not isinstance(number, NumberRead):
            return None
        change = {"do": "set", "q": question, "v": written(number.value)}
        offered = (
            (context.w("report-button-new-result", value=number.value), change),
            (context.w("report-button-keep-result"), {"text": ""}),
        )
        return Unclear(context.w("report-number-at-warning", value=number.value), offered)

    def take(self, context: Context, name: str, value: Any) -> Reading:
        match value:
            case {"do": "edit" | "set"}:
                return Control(value)
            case {"text": str(text), "activity": True}:
                return explained(context, name, text, activity=True)
            case {"text": str(text)}:
                return explained(context, name, text)
        return Unclear(context.w("engine-stale"))

    def complete(self, context: Context, name: str) -> bool:
        stored = context.answers[name]
        if not isinstance(stored, dict):
            return False
        # Words explain the same warning over other figures too; a mere "right" is for the figures it was said of.
        same_rules = stored.get("rules") == [each.rule for each in warnings_of(context)]
        return stored.get("for") == signature(context) or (bool(stored["text"]) and same_rules)

    def alone(self, context: Context) -> Any | None:  # noqa: ARG002
        return None


def signature(context: Context) -> str:
    """Which warnings an explanation belongs to: other figures want another word."""
    return ";".join(f"{each.rule}:{','.join(each.data.values())}" for each in warnings_of(context))


def explained(context: Context, name: str, text: str, *, activity: bool = False) -> Answered:
    rules = [each.rule for each in warnings_of(context)]
    answer: dict[str, Any] = {"text": text.strip(), "for": signature(context), "rules": rules}
    return Answered(
        {name: {**answer, "activity": True} if activity else answer, "activity": None, "activity_month": None}
    )


@dataclass(frozen=True)
class Reason(OneOf):
    """Why a result is zero: one of the reasons; other words are asked back as what prevented it."""

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:
        reading = super().read(context, name, text, message_id)
        worded = any(letter.isalpha() for letter in plain(text))
        if not isinstance(reading, Unclear) or reading.offered or not worded:
            return reading
        prevented = next(each for each in self.put(context).choices if each.value == "prevented")
        return Unclear(context.w("report-zero-free", text=shown(text)), ((prevented.label, prevented.value),))


@dataclass(frozen=True)
class Month(Line):
    """A month, with its year or without, as people write it: "พ.ค. 64", "เดือนพฤษภาคม", "May 2027", "เดือนหน้า"."""

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:
        said = re.sub(r"\d+|[.\s/]|เดือน|ตั้งแต่|เริ่ม|ปี|พ\.?ศ\.?", "", plain(text)) or plain(text)
        names = {each.casefold().replace(".", "") for each in (*THAI_MONTHS, *THAI_MONTHS_SHORT, *ENGLISH_MONTHS)}
        shortened = {each.removesuffix("คม").removesuffix("ยน").removesuffix("พันธ์") for each in THAI_MONTHS}
        if said not in names | shortened | {each.casefold()[:3] for each in ENGLISH_MONTHS} | {"หน้า", "นี้"}:
            return Unclear(context.w("report-activity-month-unclear", text=shown(text)))
        return super().read(context, name, text, message_id)


@dataclass(frozen=True)
class Sending:
    """The preview's answer. Only ยืนยัน, ส่งเลย, ส่งรายงาน send; รับทราบ, ค่ะ or a sticker never do."""

    put: Ask
    hears: frozenset[Command] = frozenset({Command.CONFIRM, Command.DONE, Command.ACKNOWLEDGE})

    def ask(self, context: Context, name: str) -> Prompt:  # noqa: ARG002
        return self.put(context)

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:  # noqa: ARG002
        said = command(text)
        if said is not None and said.command is Command.CONFIRM:
            return self.take(context, name, True)
        if plain(text) == plain(context.w("report-button-look")):
            return Control({"do": "continue"})
        swap = correction(context, text)
        if swap is not None:
            return swap
        for each in self.put(context).choices:
            if each.is_said(text):
                return self.take(context, name, each.value)
        return self.new_result(context, text) or Unclear(context.w("report-not-sent-yet"))

    def new_result(self, context: Context, text: str) -> Unclear | None:
        """A bare number at the preview may be the right result: asked back."""
        number = read_number(text, measures_of(context, "result"))
        if kind_of(context) is ResultKind.YES_NO or not isinstance(number, NumberRead):
            return None
        offered = (
            (
                context.w("report-button-new-result", value=number.value),
                {"do": "set", "q": "result", "v": written(number.value)},
            ),
            (context.w("report-button-keep-result"), {"do": "continue"}),
        )
        return Unclear(context.w("report-number-at-warning", value=number.value), offered)

    def take(self, context: Context, name: str, value: Any) -> Reading:
        match value, context.session.offered:
            case True, ((_, {"do": "set", "v": new}), _):
                # Sent as it stands, it would be without the number that was just typed.
                return self.new_result(context, new) or Unclear(context.w("report-not-sent-yet"))
            case True, _:
                return Answered({name: True})
            case {"do": str()}, _:
                return Control(value)
        return Unclear(context.w("engine-stale"))

    def complete(self, context: Context, name: str) -> bool:  # noqa: ARG002
        return True

    def alone(self, context: Context) -> Any | None:  # noqa: ARG002
        return None


def said_result(context: Context) -> str:
    """The result as it is read back: "36 ห้อง", "อยู่ระหว่างดำเนินการ"."""
    result = result_of(context)
    return amount(context, result) if result is not None else "–"


@dataclass(frozen=True)
class Result:
    """A result of whatever kind the indicator asks of this unit."""

    yes_no: OneOf
    number: Measured
    hears: frozenset[Command] = frozenset()

    def _kind(self, context: Context) -> OneOf | Measured:
        return self.yes_no if kind_of(context) is ResultKind.YES_NO else self.number

    def ask(self, context: Context, name: str) -> Prompt:
        return self._kind(context).ask(context, name)

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:
        return self._said(context, name, self._kind(context).read(context, name, text, message_id))

    def take(self, context: Context, name: str, value: Any) -> Reading:
        return self._said(context, name, self._kind(context).take(context, name, value))

    def complete(self, context: Context, name: str) -> bool:  # noqa: ARG002
        return True

    def alone(self, context: Context) -> Any | None:  # noqa: ARG002
        return None

    def _said(self, context: Context, name: str, reading: Reading) -> Reading:
        if not isinstance(reading, Answered):
            return reading
        answer = said_result(context.answered(reading.values))
        return Answered({name: reading.values[name]}, context.w("answer-received", answer=answer))


def previous_result(context: Context) -> Decimal | None:
    found = previous(context)
    return found.result if found else None


def quarters_for(context: Context, keys: tuple[ReportKey, ...]) -> tuple[Quarter, ...]:
    """The quarters of some keys that belong to the chosen unit and indicator."""
    wanted = context.answers.get("unit"), context.answers.get("indicator")
    return tuple(each.quarter for each in keys if (each.unit_id, each.indicator_id) == wanted)


def key_answers(key: ReportKey) -> dict[str, Any]:
    return {"unit": key.unit_id, "indicator": key.indicator_id, "quarter": str(key.quarter)}


def measures_of(context: Context, question: str) -> tuple[str, ...]:
    """The unit of measure that a question's number may stand with, and its other names."""
    name, _, code = question.partition(".")
    asked = sub_measure_of(context, code) if name == "sub_measures" else indicator_of(context)
    return asked.measures


def correction(context: Context, text: str) -> Control | Unclear | None:
    """At the preview: "35 ไม่ใช่ 36", "แก้ 36 เป็น 35", and "แก้ A เป็น B" in the narrative."""
    swap = read_correction(text, indicator_of(context).measures)
    if isinstance(swap, NumberSwap) and swap.old not in {None, *figures_of(context).values()}:
        swap = read_correction(text)  # a number of the narrative, with its unit as words
    match swap:
        case NumberSwap(old, new):
            for name, answer in figures_of(context).items():
                if answer == old or (old is None and name == "result"):
                    return Control({"do": "set", "q": name, "v": written(new)})
        case TextSwap():
            mended = swapped(context, narrative_of(context), swap)
            if isinstance(mended, Unclear):
                return mended
            return Control({"do": "set", "q": "narrative", "v": mended})
    return None


def figures_of(context: Context) -> dict[str, Decimal]:
    """The answers that are numbers, the result first."""
    return {
        name: Decimal(answer)
        for name, answer in context.answers.items()
        if (name == "result" or name.startswith("sub_measures.")) and answer not in {"", *RESULTS}
    }


def swapped(context: Context, text: str, swap: TextSwap) -> dict[str, Any] | Unclear:
    """A narrative with one passage replaced; where it is not found once, say so rather than guess."""
    places = text.count(swap.old)
    if places != 1:
        return Unclear(context.w("report-swap-not-once", old=beginning(swap.old), count=places))
    return {"parts": [["", text.replace(swap.old, swap.new)]], "done": True}
