"""What is under way goes on: every conversation by its name, and what is said or begun beside the one of a chat."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from handlers import asking
from handlers.approve import APPROVE
from handlers.combine import COMBINE
from handlers.context import Context
from handlers.conversation import Conversation
from handlers.decide import REQUESTS
from handlers.effects import Effect, Say, Turn
from handlers.evaluate import EVALUATE
from handlers.idle import idle_buttons
from handlers.move_date import MOVE_DATE
from handlers.privacy import FORGET
from handlers.register import REGISTER
from handlers.remind_missing import REMIND_MISSING
from handlers.report import REPORT
from handlers.request import MOVED, REQUEST
from handlers.review import REVIEW
from handlers.withdraw import WITHDRAW

CONVERSATIONS: dict[str, Conversation] = {
    each.name: each
    for each in (
        *(REPORT, REGISTER, WITHDRAW, APPROVE, REVIEW, REQUEST, REQUESTS, MOVED, COMBINE),
        *(EVALUATE, FORGET, MOVE_DATE, REMIND_MISSING),
    )
}


def again(context: Context, said: str, *, in_full: bool = False) -> Turn:
    """Say something, and put the current question again: shortly, unless it may stand far above or reads anew."""
    conversation = CONVERSATIONS.get(context.session.conversation)
    if conversation is not None:
        return asking.ask(conversation, context, said, shortly=not in_full)
    return Turn(context.session, (Say(said, idle_buttons(context, said)),))


def beside(context: Context, do: Callable[[Context], tuple[Effect, ...]]) -> Turn:
    """Something said or done beside the conversation, out of the person's own facts: the same question stands again.

    What both still need is looked up at once, so that an open question costs no look-up more.
    """
    conversation = CONVERSATIONS.get(context.session.conversation)
    if conversation is None:
        return Turn(context.session, do(context))
    done, asked = context.both(lambda: do(context.own), lambda: asking.ask(conversation, context, shortly=True))
    return replace(asked, effects=(*done, *_with_buttons_of(context, done, asked.effects)))


def _with_buttons_of(context: Context, done: tuple[Effect, ...], asked: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """The question's buttons, and behind them those that only the answer beside it has: LINE shows one row of them."""
    *before, last = asked
    if not isinstance(last, Say):
        return asked
    known = {each.label for each in (*last.buttons, *idle_buttons(context))}
    further = [each for say in done if isinstance(say, Say) for each in say.buttons if each.label not in known]
    return (*before, replace(last, buttons=(*last.buttons, *further)))


def begun_or_again(context: Context, begun: Turn) -> Turn:
    """A dialogue that was begun; where it is refused at once, whatever was under way goes on."""
    return begun if begun.session.conversation else again(context, words_of(begun))


def words_of(turn: Turn) -> str:
    return "\n".join(each.text for each in turn.effects if isinstance(each, Say))
