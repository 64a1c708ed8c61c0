"""How an evaluator's answers are read: points, a quarter that waits, a comment, a colleague's newer version."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from handlers.context import Context
from handlers.conversation import Answered, Reading, Unclear
from handlers.kinds import Line, OneOf
from handlers.measured import Measured
from handlers.report_kinds import QuarterChoice
from handlers.to_evaluate import given_before, unscored, version_before
from locales.thai_numbers import NumberRead, read_number
from locales.thai_phrases import plain

OF = re.compile(r"^(.+?)\s*(?:/|เต็ม|จาก|out of|of)\s*(.+)$")
"""Points, and what they are of."""


@dataclass(frozen=True)
class Score(Measured):
    """Points, 0 to a maximum; skipped is not given, which is not zero."""

    most: Callable[[Context], Decimal | None] = lambda _: None

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:
        for each in self.put(context).choices:
            if each.is_said(text):
                return self.take(context, name, each.value)
        if is_one_of(text, context.w("evaluate-absent")):
            return Answered({name: ""}, context.w("evaluate-left-out"))
        return super().read(context, name, self.without_maximum(context, text), message_id)

    def without_maximum(self, context: Context, text: str) -> str:
        """95/100, 95 เต็ม 100: the points alone, where what stands behind them is the maximum."""
        said, most = OF.search(text), self.most(context)
        whole = read_number(said[2], self.names(context)) if said else None
        return said[1] if said and isinstance(whole, NumberRead) and whole.value == most else text

    def answered(self, context: Context, name: str, value: Decimal) -> Reading:
        most = self.most(context)
        if most is not None and value > most:
            return Unclear(context.w("evaluate-above", value=value, most=most))
        return super().answered(context, name, value)


@dataclass(frozen=True)
class Seen(OneOf):
    """Answered with the number of the version that was shown: a newer one is shown again."""

    def complete(self, context: Context, name: str) -> bool:
        return bool(context.answers[name] == version_before(context))


@dataclass(frozen=True)
class QuarterToScore(QuarterChoice):
    """The quarter of the chosen indicator; where a single one waits for its score, that one. Others are said along."""

    def alone(self, context: Context) -> Any | None:
        waiting = [str(of) for each, of in unscored(context) if each.id == context.answers["indicator"]]
        return waiting[0] if len(waiting) == 1 else None


@dataclass(frozen=True)
class Comment(Line):
    """One message of any length, as it was written."""

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:  # noqa: ARG002
        for each in self.put(context).choices:
            if each.is_said(text):
                return self.take(context, name, each.value)
        if is_one_of(text, context.w("evaluate-no-comment")):
            return Answered({name: ""})
        return Answered({name: text.strip()}) if text.strip() else Unclear(context.w("answer-not-words"))

    def take(self, context: Context, name: str, value: Any) -> Reading:
        before = given_before(context)
        if value is True and before:  # a button cannot carry a long comment
            return Answered({name: before.comment})
        return self.read(context, name, value, "") if isinstance(value, str) else Unclear(context.w("engine-stale"))


def is_one_of(text: str, names: str) -> bool:
    """Whether somebody's whole answer is one of these names, "a|b"."""
    return plain(text) in {plain(each) for each in names.split("|")}
