"""Lists that may be long: ten rows at once, and words that stand in several of the rows narrow them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from handlers.asking import beginning
from handlers.context import Context
from handlers.conversation import Answered, Choice, Reading
from handlers.kinds import OneOf, chosen
from locales.thai_phrases import plain

MOST = 10
"""Rows offered at once; the others come up as these are dealt with, or are typed."""
ONLY = "only"
"""In the answers: the words that narrow the list."""

Of = TypeVar("Of")
Rows = Callable[[Context], Sequence[Choice]]


def holds(row: str, words: str) -> bool:
    said = plain(row)
    return all(word in said for word in plain(words).split())


def narrowed(context: Context, found: Iterable[Of], row: Callable[[Of], str]) -> list[Of]:
    """All that was found, or what has every word in its row by which the list is narrowed."""
    return [each for each in found if holds(row(each), context.answers.get(ONLY, ""))]


def all_again(context: Context) -> Choice:
    """The way back to the whole list."""
    return Choice(context.w("answer-button-unnarrowed"), {"answers": {ONLY: None}})


@dataclass(frozen=True)
class LongList(OneOf):
    """One of the rows, shown or not; words that stand in several (a code, a unit, a quarter, ล่าช้า) narrow the list.

    `rows`: all there are. `forgets`: the answers that fall when the list is narrowed.
    """

    rows: Rows = lambda _: ()
    forgets: tuple[str, ...] = ()

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:
        found, put = self.rows(context), self.put(context).choices
        wanted = [each for each in found if holds(each.label, text)]
        place = plain(text).isdecimal() and int(plain(text)) <= len(put)  # 848 is an indicator's code
        choice = place or any(each.is_said(text) for each in put)
        if choice or not wanted or len(wanted) == len(found):
            return super().read(context, name, text, message_id)
        if len(wanted) == 1:
            return chosen(name, wanted[0])
        return Answered({ONLY: beginning(text), **dict.fromkeys(self.forgets)})

    def take(self, context: Context, name: str, value: Any) -> Reading:
        # A button of the list as it was before it was narrowed still means its row.
        row = next((each for each in self.rows(context) if each.value == value), None)
        return super().take(context, name, value) if row is None else chosen(name, row)

    def alone(self, context: Context) -> Any | None:
        found = self.rows(context) if self.self_answering else ()
        return found[0].value if len(found) == 1 else None
