"""The pure half of the bot, and how a group of turns lets it speak."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from bot.apply import Claim, claims
from bot.chat_rows import Chat
from bot.event_rows import Pending
from bot.turn_facts import GroupFacts, look_up
from handlers.effects import Asks, Say, Submit, Turn
from handlers.events import Event
from handlers.facts import Facts
from handlers.needs import Need
from handlers.session import Session

ROUNDS = 4
"""How often a conversation is called with what it asked for, the first call without any included.

The longest chain: what the open question needs, what a number typed beside it means, and the facts of that report.
"""


@dataclass(frozen=True, slots=True)
class Conversations:
    """The pure half of the bot, as the dispatcher calls it (`handlers.reception`)."""

    receive: Callable[[Session, Event, Facts], Turn | Asks]
    apology: Callable[[Facts], Say]
    reminder_of_step: Callable[[Session, Facts], Say]

    @classmethod
    def ours(cls) -> Conversations:
        """This project's own."""
        from handlers import reception

        return cls(reception.receive, reception.apology, reception.reminder_of_step)


class AskedTooOften(Exception):
    """A conversation went on asking after it was given what it asked for."""


async def let_speak(
    conversations: Conversations,
    connection: BaseDBAsyncClient,
    pending: Sequence[Pending],
    chats: Mapping[str, Chat],
    facts: GroupFacts,
) -> list[str]:
    """Let the conversations speak, in order; those that ask are answered together and called again.

    Each has its turn or its error then. Gives the ids of those that are to wait for a later group.
    """
    claimed: set[Claim] = set()
    deferred: list[str] = []
    found: dict[str, dict[Need, Any]] = {}
    speaking = pending
    for _ in range(ROUNDS):
        asked: dict[str, frozenset[Need]] = {}
        for each in speaking:
            answer = _receive(conversations, each, chats, facts, found.get(each.arrival.chat_id))
            if isinstance(answer, Asks):
                asked[each.arrival.chat_id] = answer.needs
            elif answer is not None and not _claim(each, answer, claimed, facts):
                deferred.append(each.arrival.id)
        if not asked:
            return deferred
        for chat_id, answers in (await look_up(connection, asked, facts)).items():
            found.setdefault(chat_id, {}).update(answers)
        speaking = [each for each in speaking if each.arrival.chat_id in asked]
    for each in speaking:
        each.error = AskedTooOften()
    return deferred


def _receive(
    conversations: Conversations,
    each: Pending,
    chats: Mapping[str, Chat],
    facts: GroupFacts,
    found: dict[Need, Any] | None,
) -> Turn | Asks | None:
    if each.error is not None or each.incoming.event is None:
        return None
    try:
        each.facts = facts.of(each.arrival.chat_id, found)
        session = Session.load(chats[each.arrival.chat_id].session)
        return conversations.receive(session, each.incoming.event, each.facts)
    except Exception as error:  # noqa: BLE001 - a bug in a handler is one person's apology, not everybody's
        each.error = error
        return None


def _claim(each: Pending, turn: Turn, claimed: set[Claim], facts: GroupFacts) -> bool:
    """Take the turn, unless it writes what an earlier one of the group writes: it built on what is no longer so."""
    wanted = claims(turn.effects)
    if wanted & claimed:
        return False
    claimed |= wanted
    each.turn = turn
    for effect in turn.effects:
        if isinstance(effect, Submit) and effect.base_version == 0:
            following = facts.next_numbers.get(effect.key.quarter, 1)
            facts.next_numbers[effect.key.quarter] = max(following, effect.number + 1)
    return True
