"""A group of turns in one transaction: events, facts, conversations, effects and outgoing messages commit together."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid4

import structlog
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError, OperationalError

from bot import sql, statements
from bot.apply import Conflict, Stored, TurnOf, Writes, claims, lock, recipients
from bot.apply_review import tell
from bot.apply_turn import apply_turn
from bot.chat_rows import Chat, lock_chats, save_chat
from bot.conversations import Conversations, let_speak
from bot.database import writing
from bot.delivery.outbox import Outbox
from bot.delivery.outgoing import Outgoing, compose, leaving
from bot.delivery.results import Results
from bot.delivery.statements import ADD_OUTGOING
from bot.durations import Durations
from bot.event_rows import ATTEMPTS, Pending, described, keep_barely, keep_failed, save_event
from bot.line.arrivals import event_of
from bot.queue.seam import Arrival, Settled
from bot.reminders.asked import Reminding
from bot.turn_facts import CANCELLED_DRAFTS_STAY, GroupFacts, Offices, load
from handlers.effects import (
    Effect,
    LeaveGroup,
    Say,
    Submit,
    Tell,
    Turn,
    Warned,
)
from handlers.events import Event
from handlers.facts import Facts

_REFUSED = (IntegrityError, OperationalError)
"""The database answers, and does not take what it was given."""

_log = structlog.get_logger()


@dataclass(slots=True)
class _Outcome:
    settled: dict[str, Settled] = field(default_factory=dict)
    conflicts: list[Arrival] = field(default_factory=list)
    outgoing: list[Outgoing] = field(default_factory=list)
    written: frozenset[sql.Statement] = frozenset()
    """What its turns wrote."""
    warnings: list[tuple[str, str]] = field(default_factory=list)
    """Rule and `raised` or `confirmed`, as `Dispatcher.warnings` counts them."""
    kept: Sequence[Arrival] = ()
    """Stored beside the turns, to wait for theirs."""
    stages: list[float] = field(default_factory=list)
    """When the facts were read, and when the conversations had spoken; seconds."""


@dataclass(frozen=True, slots=True)
class Stages:
    """How long turns were in each stage of their commit; those of a group share it."""

    facts: Durations = field(default_factory=Durations)
    """Chats locked, events known, facts read."""
    conversations: Durations = field(default_factory=Durations)
    """What to do and say: the conversations, with what they asked for, and their messages."""
    commit: Durations = field(default_factory=Durations)
    """Everything written, until it is durable."""


class Overflow(Protocol):
    """What waits elsewhere than in the database (`bot.queue.embedded`)."""

    def overflow(self, besides: Collection[str]) -> Sequence[Arrival]:
        """What is to be stored beside the turns of a group, of other chats than these."""

    def stored(self, arrivals: Iterable[Arrival]) -> None:
        """It is committed."""


class Dispatcher:
    """Handles groups of arrivals, at most one a chat.

    `now` gives aware times in the office's zone. After the commit what is to be said is handed to `outbox`, and
    `written` is told which statements it wrote, for those who wait for something of theirs. `overflow`: what waits in
    memory and is stored along with a group when there is too much of it.
    """

    def __init__(
        self,
        outbox: Outbox,
        offices: Offices,
        now: Callable[[], datetime],
        conversations: Conversations,
        *,
        new_id: Callable[[], UUID] = uuid4,
        written: Callable[[frozenset[sql.Statement]], None] = lambda _statements: None,
        overflow: Overflow | None = None,
        reminding: Reminding | None = None,
    ) -> None:
        self._outbox = outbox
        self._offices = offices
        self._now = now
        self._conversations = conversations
        self._new_id = new_id
        self._written = written
        self._overflow = overflow
        self._reminding = reminding
        self.stages = Stages()
        self.warnings: Counter[tuple[str, ...]] = Counter()
        """Warnings of the checks, by rule and `raised` or `confirmed`."""

    async def handle(self, arrivals: Sequence[Arrival]) -> Mapping[str, Settled]:
        """Handle a group in one commit; what became of each, by arrival id.

        A turn that fails is recorded in the same commit and stops none of the others. When the commit itself fails,
        each is handled in one of its own. One that cannot even be recorded is left out of the answer; raises when that
        leaves nothing.
        """
        try:
            outcome = await self._commit(arrivals, overflow=self._overflow)
        except Exception as error:  # noqa: BLE001 - whatever it is, it may be one turn's fault alone
            if len(arrivals) > 1:
                _log.warning("dispatch.group_failed", error=type(error).__name__, turns=len(arrivals))
            outcome = _Outcome(conflicts=list(arrivals))
        settled = dict(outcome.settled)
        unrecorded: Exception | None = None
        for arrival in outcome.conflicts:
            try:
                settled[arrival.id] = await self._alone(arrival)
            except Exception as failure:  # noqa: BLE001 - of one arrival: the others have their outcome
                unrecorded = failure
                _log.error("dispatch.not_recorded", event_id=arrival.id, error=described(failure))
                if not isinstance(failure, _REFUSED):
                    break  # the database is away, for those that follow too
        if unrecorded is not None and not settled:
            raise unrecorded
        return settled

    async def _alone(self, arrival: Arrival) -> Settled:
        """One turn in a commit of its own, with fresh facts each time that somebody else was faster."""
        error: Exception = Conflict()
        for _ in range(ATTEMPTS):
            try:
                outcome = await self._commit([arrival])
            except IntegrityError as failure:
                error = failure
                continue
            except Exception as failure:  # noqa: BLE001 - recorded below, which raises when the database is down
                error = failure
                break
            if not outcome.conflicts:
                return outcome.settled[arrival.id]
        try:
            return (await self._commit([arrival], error)).settled[arrival.id]
        except _REFUSED:
            return await keep_barely(arrival, error)

    async def _commit(
        self, arrivals: Sequence[Arrival], error: Exception | None = None, overflow: Overflow | None = None
    ) -> _Outcome:
        """One transaction. With `error` no turn is tried: it is what the single arrival failed of."""
        began = time.perf_counter()
        results = self._outbox.unwritten.take()
        try:
            async with writing() as connection:
                outcome = await self._group(connection, arrivals, results, error, overflow)
        except BaseException:
            self._outbox.unwritten.give_back(results)
            raise
        if overflow is not None:
            overflow.stored(outcome.kept)
        self._outbox.put(outcome.outgoing)
        if outcome.stages:
            facts, spoken = outcome.stages
            self.stages.facts.add(facts - began, len(outcome.settled))
            self.stages.conversations.add(spoken - facts, len(outcome.settled))
            self.stages.commit.add(time.perf_counter() - spoken, len(outcome.settled))
        self.warnings.update(outcome.warnings)
        self._written(outcome.written)
        return outcome

    async def _group(
        self,
        connection: BaseDBAsyncClient,
        arrivals: Sequence[Arrival],
        results: Results,
        error: Exception | None,
        overflow: Overflow | None,
    ) -> _Outcome:
        now = self._now()
        outcome = _Outcome()
        chats, known, revision = await lock_chats(connection, arrivals, now, results.rows_to_write())
        await results.keep_refused(connection)
        pending: list[Pending] = []
        for arrival in arrivals:
            row = known.get(arrival.id)
            if row is not None and row["state"] != "waiting":
                outcome.settled[arrival.id] = Settled.DUPLICATE
            else:
                attempts = row["attempts"] if row is not None else 0
                pending.append(Pending(arrival, attempts, event_of(arrival), error=error))
        if not pending:
            return outcome
        office = await self._offices.current(connection, revision)
        facts = await load(connection, [each.arrival.chat_id for each in pending], office, now, self._reminding)
        facts_read = time.perf_counter()
        deferred = await let_speak(self._conversations, connection, pending, chats, facts)
        outcome.settled.update(dict.fromkeys(deferred, Settled.DEFERRED))
        pending = [each for each in pending if each.arrival.id not in outcome.settled]
        stored = await lock(
            connection,
            {claim for each in pending if each.turn for claim in claims(each.turn.effects)},
            now,
            now - CANCELLED_DRAFTS_STAY,
        )
        await recipients(connection, [it for each in pending if each.turn for it in each.turn.effects], stored, now)
        writes = Writes()
        for each in pending:
            try:
                writes.merge(self._one(each, chats[each.arrival.chat_id], stored, facts, outcome))
            except Conflict:
                outcome.conflicts.append(each.arrival)
            except Exception as failure:  # noqa: BLE001 - a bug in one turn must not stop its neighbours
                each.error = failure
                writes.merge(self._failed(each, facts, outcome))
        for message in outcome.outgoing:
            # With a dead token it will most likely be pushed with its retry key, which a restart repeats without harm.
            message.state = "waiting" if message.token_died(now) else self._outbox.state_for_new
            writes.add(ADD_OUTGOING, *message.row())
        if overflow is not None:
            # What is put off has no row yet, and nothing newer of its chat gets one before it.
            unsettled = {each.chat_id for each in arrivals if _is_put_off(outcome.settled.get(each.id))}
            outcome.kept = overflow.overflow(unsettled)
            for arrival in outcome.kept:
                save_event(writes, Pending(arrival, 0, event_of(arrival)), "waiting", statement=statements.KEEP_EVENT)
        outcome.stages = [facts_read, time.perf_counter()]
        outcome.written = frozenset(statement for statement, rows in writes.rows.items() if rows)
        await writes.flush(connection)
        return outcome

    def _one(self, each: Pending, chat: Chat, stored: Stored, facts: GroupFacts, outcome: _Outcome) -> Writes:
        """The rows of one turn; raises Conflict, and anything that rendering or checking finds wrong."""
        if each.error is not None:
            return self._failed(each, facts, outcome)
        writes = Writes()
        outgoing: list[Outgoing] = []
        if each.turn is not None and each.facts is not None and each.incoming.event is not None:
            of = TurnOf(each.arrival.chat_id, each.facts, self._new_id)
            apply_turn(writes, of, each.turn.effects, stored)
            outgoing = self._say(each, each.incoming.event, each.turn, each.facts, chat)
            save_chat(writes, of, chat, each.turn, answered=bool(outgoing))
            outcome.warnings.extend(_warnings(each.turn.effects))
            outgoing += [
                told
                for effect in each.turn.effects
                if isinstance(effect, Tell) and (told := tell(writes, of, effect, stored))
            ]
            if any(isinstance(effect, LeaveGroup) for effect in each.turn.effects):
                outgoing.append(leaving(each.arrival, now=of.now, new_id=self._new_id))
        save_event(writes, each, "handled")
        outcome.outgoing.extend(outgoing)
        outcome.settled[each.arrival.id] = Settled.HANDLED
        return writes

    def _say(self, each: Pending, event: Event, turn: Turn, facts: Facts, chat: Chat) -> list[Outgoing]:
        says = [effect for effect in turn.effects if isinstance(effect, Say)]
        token = each.incoming.reply_token
        if not says and chat.unanswered_at is not None and token and not event.in_group:
            # An earlier answer may not have arrived: the current step rides on this message.
            says = [self._conversations.reminder_of_step(turn.session, facts)]
        may_push = not event.in_group
        return compose(says, each.arrival, token, now=facts.now, may_push=may_push, new_id=self._new_id)

    def _failed(self, each: Pending, facts: GroupFacts, outcome: _Outcome) -> Writes:
        """Keep the event for another try, or set it aside with an apology; nothing else of the turn is stored."""
        writes = Writes()
        outcome.settled[each.arrival.id] = keep_failed(writes, each)
        if outcome.settled[each.arrival.id] is Settled.SET_ASIDE:
            outcome.outgoing.extend(self._apology(each, facts))
        return writes

    def _apology(self, each: Pending, facts: GroupFacts) -> list[Outgoing]:
        try:
            incoming = each.incoming
            if incoming.event is not None and incoming.event.in_group:
                return []
            says = [self._conversations.apology(facts.of(each.arrival.chat_id))]
            return compose(says, each.arrival, incoming.reply_token, now=facts.now, may_push=True, new_id=self._new_id)
        except Exception as error:  # noqa: BLE001 - an apology that fails must not keep its event from being set aside
            _log.error("dispatch.apology_failed", event_id=each.arrival.id, error=described(error))
            return []


def _warnings(effects: Sequence[Effect]) -> Iterator[tuple[str, str]]:
    for effect in effects:
        if isinstance(effect, Warned):
            yield from ((rule, "raised") for rule in effect.rules)
        elif isinstance(effect, Submit):
            yield from ((warning.rule, "confirmed") for warning in effect.warnings)


def _is_put_off(settled: Settled | None) -> bool:
    return settled in {None, Settled.DEFERRED}
