"""A list of what waits for a decision: whatever a colleague decides meanwhile, a row is never taken for another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.asking import ask
from handlers.context import Context
from handlers.conversation import Answered, Conversation, Reading, Unclear
from handlers.effects import Effect, Say, Turn
from handlers.idle import idle_buttons
from handlers.kinds import OneOf
from handlers.session import Session
from locales.thai_phrases import plain

SHOWN = "shown"
"""In the answers: who or what stood in the list as it was put."""

DONE = "done"
"""In the answers: what is decided in this very turn, and waits still as far as its facts know."""

Waits = Callable[[Context], Sequence[Any]]
"""The ids of what the list shows, in its order."""


def remember(context: Context, waits: Waits) -> Context:
    """Note what the list shows, once; for `Conversation.prepare`."""
    return context if SHOWN in context.answers else context.answered({SHOWN: list(waits(context))})


def next_ones(
    conversation: Conversation, context: Context, waits: Waits, said: str, *effects: Effect, done: Any = None
) -> Turn:
    """One was decided: while others wait the list stands again under the receipt, so that each takes one tap.

    `done`: its id; None where a colleague was faster. What was answered and held was about that one alone.
    """
    left = context.changed(answers={} if done is None else {DONE: done}, held=())
    if not waits(left):
        return Turn(Session(), (*effects, Say(said, idle_buttons(left))))
    turn = ask(conversation, left, said)
    return Turn(Context(turn.session, context.facts).answered({DONE: None}).session, (*effects, *turn.effects))


@dataclass(frozen=True)
class WaitingList(OneOf):
    """One of those that wait. A number means the row that was read under it: where rows have moved, it is asked again.

    `waits`: what the list would show now.
    """

    waits: Waits = lambda _: ()

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:
        if any(sign.isdigit() for sign in plain(text)) and self._decided(context):
            return self._again(context)
        return super().read(context, name, text, message_id)

    def take(self, context: Context, name: str, value: Any) -> Reading:
        reading = super().take(context, name, value)
        meant = value.get("answers", {}).values() if isinstance(value, dict) else (value,)
        if isinstance(reading, Unclear) and any(each in meant for each in self._decided(context)):
            return self._again(context)
        return reading

    def _decided(self, context: Context) -> list[Any]:
        """What was shown and waits no more."""
        left = self.waits(context)
        return [each for each in context.answers.get(SHOWN, ()) if each not in left]

    def _again(self, context: Context) -> Reading:
        said = context.w("requests-decided")
        return Answered({SHOWN: None}, said) if self.waits(context) else Unclear(said, ends=True)
