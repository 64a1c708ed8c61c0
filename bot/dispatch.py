"""A group of turns in one transaction: events, facts, conversations, effects and outgoing messages commit together."""

from __future__ import annotations

import time
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

import structlog
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError, OperationalError

from bot import sql, statements
from bot.apply import Conflict, Stored, TurnOf, Writes, claims, lock, recipients
from bot.apply_chat import of_chat
from bot.apply_evaluation import evaluate
from bot.apply_evidence import evidence
from bot.apply_person import people
from bot.apply_report import cancel_draft, keep_draft, submit, withdraw
from bot.apply_review import decisions, tell
from bot.database import writing
from bot.delivery.outbox import Outbox
from bot.delivery.outgoing import Outgoing, compose, leaving
from bot.delivery.results import Results
from bot.delivery.statements import ADD_OUTGOING
from bot.durations import Durations
from bot.line.arrivals import Incoming, event_of
from bot.office import newest_revision
from bot.queue.seam import Arrival, Settled
from bot.reminders.asked import Reminding, ask_reminders
from bot.turn_facts import CANCELLED_DRAFTS_STAY, GroupFacts, Offices, load, look_up
from handlers.effects import (
    AddActivity,
    AddTarget,
    Ask,
    AskReminders,
    Asks,
    CancelDraft,
    Decide,
    DropEvidence,
    Effect,
    EndMembership,
    Evaluate,
    ForgetPerson,
    KeepDraft,
    KeepEvidence,
    LeaveGroup,
    PublishEvidence,
    Review,
    Say,
    SetReachable,
    Submit,
    Tell,
    Turn,
    Warned,
    Withdraw,
)
from handlers.events import Event
from handlers.facts import Facts, Need
from handlers.session import Session

ATTEMPTS = 3
"""A turn that failed this often is set aside for a person to read."""
ROUNDS = 4
"""How often a conversation is called with what it asked for, the first call without any included.

The longest chain: what the open question needs, what a number typed beside it means, and the facts of that report.
"""

_REFUSED = (IntegrityError, OperationalError)
"""The database answers, and does not take what it was given."""

_log = structlog.get_logger()


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


@dataclass(slots=True)
class _Chat:
    """A chat's row under lock, and as it is to be."""

    session: dict[str, Any]
    blocked_at: datetime | None
    unanswered_at: datetime | None


@dataclass(slots=True)
class _Pending:
    """One arrival on its way through its group."""

    arrival: Arrival
    attempts: int
    incoming: Incoming
    turn: Turn | None = None
    facts: Facts | None = None
    error: Exception | None = None


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


class AskedTooOften(Exception):
    """A conversation went on asking after it was given what it asked for."""


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
                _log.error("dispatch.not_recorded", event_id=arrival.id, error=_described(failure))
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
            return await self._barely(arrival, error)

    async def _barely(self, arrival: Arrival, error: Exception) -> Settled:
        """Record a failure without anything that the event says: neither message id nor apology."""
        async with writing() as connection:
            rows = await sql.fetch(connection, statements.EVENTS, [arrival.id])
            if rows and rows[0]["state"] != "waiting":
                return Settled.DUPLICATE
            attempts = rows[0]["attempts"] if rows else 0
            each = _Pending(arrival, attempts, Incoming(None, "", is_redelivery=False), error=error)
            writes = Writes()
            settled = _keep_failed(writes, each)
            await writes.flush(connection)
        return settled

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
        chats, known, revision = await _lock_chats(connection, arrivals, now, results.rows_to_write())
        await results.keep_refused(connection)
        pending: list[_Pending] = []
        for arrival in arrivals:
            row = known.get(arrival.id)
            if row is not None and row["state"] != "waiting":
                outcome.settled[arrival.id] = Settled.DUPLICATE
            else:
                attempts = row["attempts"] if row is not None else 0
                pending.append(_Pending(arrival, attempts, event_of(arrival), error=error))
        if not pending:
            return outcome
        office = await self._offices.current(connection, revision)
        facts = await load(connection, [each.arrival.chat_id for each in pending], office, now, self._reminding)
        facts_read = time.perf_counter()
        await self._turns(connection, pending, chats, facts, outcome)
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
                _save_event(writes, _Pending(arrival, 0, event_of(arrival)), "waiting", statement=statements.KEEP_EVENT)
        outcome.stages = [facts_read, time.perf_counter()]
        outcome.written = frozenset(statement for statement, rows in writes.rows.items() if rows)
        await writes.flush(connection)
        return outcome

    async def _turns(
        self,
        connection: BaseDBAsyncClient,
        pending: Sequence[_Pending],
        chats: Mapping[str, _Chat],
        facts: GroupFacts,
        outcome: _Outcome,
    ) -> None:
        """Let the conversations speak, in order; those that ask are answered together and called again."""
        claimed: set[Any] = set()
        found: dict[str, dict[Need, Any]] = {}
        speaking = pending
        for _ in range(ROUNDS):
            asked: dict[str, frozenset[Need]] = {}
            for each in speaking:
                answer = self._receive(each, chats, facts, found.get(each.arrival.chat_id))
                if isinstance(answer, Asks):
                    asked[each.arrival.chat_id] = answer.needs
                else:
                    _claim(each, answer, claimed, facts, outcome)
            if not asked:
                return
            for chat_id, answers in (await look_up(connection, asked, facts)).items():
                found.setdefault(chat_id, {}).update(answers)
            speaking = [each for each in speaking if each.arrival.chat_id in asked]
        for each in speaking:
            each.error = AskedTooOften()

    def _receive(
        self, each: _Pending, chats: Mapping[str, _Chat], facts: GroupFacts, found: dict[Need, Any] | None
    ) -> Turn | Asks | None:
        if each.error is not None or each.incoming.event is None:
            return None
        try:
            each.facts = facts.of(each.arrival.chat_id, found)
            session = Session.load(chats[each.arrival.chat_id].session)
            return self._conversations.receive(session, each.incoming.event, each.facts)
        except Exception as error:  # noqa: BLE001 - a bug in a handler is one person's apology, not everybody's
            each.error = error
            return None

    def _one(self, each: _Pending, chat: _Chat, stored: Stored, facts: GroupFacts, outcome: _Outcome) -> Writes:
        """The rows of one turn; raises Conflict, and anything that rendering or checking finds wrong."""
        if each.error is not None:
            return self._failed(each, facts, outcome)
        writes = Writes()
        outgoing: list[Outgoing] = []
        if each.turn is not None and each.facts is not None and each.incoming.event is not None:
            of = TurnOf(each.arrival.chat_id, each.facts, self._new_id)
            _apply(writes, of, each.turn.effects, stored)
            outgoing = self._say(each, each.incoming.event, each.turn, each.facts, chat)
            self._save_chat(writes, of, chat, each.turn, answered=bool(outgoing))
            outcome.warnings.extend(_warnings(each.turn.effects))
            outgoing += [
                told
                for effect in each.turn.effects
                if isinstance(effect, Tell) and (told := tell(writes, of, effect, stored))
            ]
            if any(isinstance(effect, LeaveGroup) for effect in each.turn.effects):
                outgoing.append(leaving(each.arrival, now=of.now, new_id=self._new_id))
        _save_event(writes, each, "handled")
        outcome.outgoing.extend(outgoing)
        outcome.settled[each.arrival.id] = Settled.HANDLED
        return writes

    def _say(self, each: _Pending, event: Event, turn: Turn, facts: Facts, chat: _Chat) -> list[Outgoing]:
        says = [effect for effect in turn.effects if isinstance(effect, Say)]
        token = each.incoming.reply_token
        if not says and chat.unanswered_at is not None and token and not event.in_group:
            # An earlier answer may not have arrived: the current step rides on this message.
            says = [self._conversations.reminder_of_step(turn.session, facts)]
        may_push = not event.in_group
        return compose(says, each.arrival, token, now=facts.now, may_push=may_push, new_id=self._new_id)

    def _save_chat(self, writes: Writes, of: TurnOf, chat: _Chat, turn: Turn, *, answered: bool) -> None:
        session, blocked_at = turn.session.dump(), chat.blocked_at
        for effect in turn.effects:
            if isinstance(effect, SetReachable):
                blocked_at = None if effect.reachable else blocked_at or of.now
            elif isinstance(effect, ForgetPerson):
                session = {}
        unanswered_at = None if answered else chat.unanswered_at
        if (session, blocked_at, unanswered_at) != (chat.session, chat.blocked_at, chat.unanswered_at):
            writes.add(statements.SAVE_CHAT, sql.packed(session), blocked_at, unanswered_at, of.now, of.chat_id)

    def _failed(self, each: _Pending, facts: GroupFacts, outcome: _Outcome) -> Writes:
        """Keep the event for another try, or set it aside with an apology; nothing else of the turn is stored."""
        writes = Writes()
        outcome.settled[each.arrival.id] = _keep_failed(writes, each)
        if outcome.settled[each.arrival.id] is Settled.SET_ASIDE:
            outcome.outgoing.extend(self._apology(each, facts))
        return writes

    def _apology(self, each: _Pending, facts: GroupFacts) -> list[Outgoing]:
        try:
            incoming = each.incoming
            if incoming.event is not None and incoming.event.in_group:
                return []
            says = [self._conversations.apology(facts.of(each.arrival.chat_id))]
            return compose(says, each.arrival, incoming.reply_token, now=facts.now, may_push=True, new_id=self._new_id)
        except Exception as error:  # noqa: BLE001 - an apology that fails must not keep its event from being set aside
            _log.error("dispatch.apology_failed", event_id=each.arrival.id, error=_described(error))
            return []


async def _lock_chats(
    connection: BaseDBAsyncClient, arrivals: Sequence[Arrival], now: datetime, first: Sequence[sql.Rows]
) -> tuple[dict[str, _Chat], dict[str, Any], int]:
    """The chats, locked, by id; the rows of the arrivals that the database has already, by id; the set-up's revision.

    What is to be written `first` may say of a chat that it was left without an answer.
    """
    chat_ids = sorted({each.chat_id for each in arrivals})
    locked, known, revisions = await sql.fetch_all(
        connection,
        (statements.LOCK_CHATS, [chat_ids]),
        (statements.EVENTS, [[each.id for each in arrivals]]),
        (statements.REVISION, []),
        after=[*first, (statements.ADD_CHAT, [(chat_id, "{}", now) for chat_id in chat_ids])],
    )
    chats = {
        row["id"]: _Chat(
            session=sql.unpacked(row["session"]),
            blocked_at=sql.moment(row["blocked_at"], now.tzinfo),
            unanswered_at=sql.moment(row["unanswered_at"], now.tzinfo),
        )
        for row in locked
    }
    return chats, {row["id"]: row for row in known}, newest_revision(revisions)


def _claim(each: _Pending, turn: Turn | None, claimed: set[Any], facts: GroupFacts, outcome: _Outcome) -> None:
    """Take the turn, unless it writes what an earlier one of the group writes: it built on what is no longer so."""
    if turn is None:
        return
    wanted = claims(turn.effects)
    if wanted & claimed:
        outcome.settled[each.arrival.id] = Settled.DEFERRED
        return
    claimed |= wanted
    each.turn = turn
    for effect in turn.effects:
        if isinstance(effect, Submit) and effect.base_version == 0:
            following = facts.next_numbers.get(effect.key.quarter, 1)
            facts.next_numbers[effect.key.quarter] = max(following, effect.number + 1)


def _warnings(effects: Sequence[Effect]) -> Iterator[tuple[str, str]]:
    for effect in effects:
        if isinstance(effect, Warned):
            yield from ((rule, "raised") for rule in effect.rules)
        elif isinstance(effect, Submit):
            yield from ((warning.rule, "confirmed") for warning in effect.warnings)


def _apply(writes: Writes, turn: TurnOf, effects: Sequence[Effect], stored: Stored) -> None:
    people(writes, turn, effects, stored)
    for effect in effects:
        match effect:
            case KeepDraft():
                keep_draft(writes, turn, effect, stored)
            case CancelDraft():
                cancel_draft(writes, turn, effect, stored)
            case Submit():
                submit(writes, turn, effect, stored)
            case Withdraw():
                withdraw(writes, turn, effect, stored)
            case Review() | Ask() | Decide() | AddActivity() | AddTarget() | EndMembership():
                decisions(writes, turn, effect, stored)
            case KeepEvidence() | DropEvidence() | PublishEvidence():
                evidence(writes, turn, effect)
            case Evaluate():
                evaluate(writes, turn, effect)
            case AskReminders():
                ask_reminders(writes, turn, effect)
            case _:
                of_chat(writes, turn, effect)


def _is_put_off(settled: Settled | None) -> bool:
    return settled in {None, Settled.DEFERRED}


def _save_event(
    writes: Writes, each: _Pending, state: str, error: str = "", statement: sql.Statement = statements.SAVE_EVENT
) -> None:
    arrival, event = each.arrival, each.incoming.event
    message_id = event.message_id if event is not None else ""
    times = (arrival.occurred_at, arrival.received_at)
    # What people in a group say to each other, and events that mean nothing to us, are nobody's report.
    raw = "{}" if state == "handled" and (event is None or event.in_group) else arrival.raw
    writes.add(statement, arrival.id, arrival.chat_id, message_id, *times, raw, state, each.attempts, error)


def _keep_failed(writes: Writes, each: _Pending) -> Settled:
    """The event's row after one more failure: another try, or set aside."""
    each.attempts += 1
    error = _described(each.error)
    set_aside = each.attempts >= ATTEMPTS
    _log.error("dispatch.turn_failed", event_id=each.arrival.id, attempts=each.attempts, error=error)
    _save_event(writes, each, "set_aside" if set_aside else "waiting", error)
    return Settled.SET_ASIDE if set_aside else Settled.RETRY


def _described(error: BaseException | None) -> str:
    """An exception's class and place; its message could quote what a person wrote."""
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno} in {frames[-1].name}" if frames else ""
    return f"{type(error).__name__}{place}"
