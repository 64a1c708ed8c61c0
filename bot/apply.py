"""The effects of a group of turns as rows: collected turn by turn, written statement by statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct
from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql, statements
from bot.delivery.statements import ADD_OUTGOING
from bot.evidence import statements as pictures
from bot.reminders import statements as reminders
from bot.richmenu.statements import DROP_LINK
from handlers.effects import (
    Approve,
    CancelDraft,
    Decide,
    DropEvidence,
    Effect,
    Join,
    KeepDraft,
    KeepEvidence,
    Review,
    Submit,
    Tell,
    TurnAway,
    Withdraw,
)
from handlers.facts import Facts
from models.rules.office import ReportKey

_ORDER = (
    *statements.CHANGE_ORDER,
    *pictures.TURN_ORDER,
    *reminders.TURN_ORDER,
    statements.ADD_AUDIT,
    *(statements.SAVE_CHAT, statements.SAVE_EVENT, statements.KEEP_EVENT, ADD_OUTGOING, statements.UNSEND),
    DROP_LINK,
    # Last: what a person wants forgotten includes the rows this very turn wrote.
    *statements.FORGET_ORDER,
    *reminders.FORGET_ORDER,
)


SHORTLY = timedelta(hours=1)
"""What is decided about a person within this time of another decision about them is told together."""


class Conflict(Exception):
    """What the turn built on is no longer what is stored: it is to be taken again with fresh facts."""


class PersonOf(Struct, frozen=True):
    """The id of the person behind a chat, where the turn itself created that person; known once it is written."""

    chat_id: str
    template: str = ""


class Waiting(Struct, frozen=True):
    """The claim on a membership that waits to be approved."""

    membership_id: int


class TurnOf(Struct, frozen=True):
    """Whose turn it is: what its effects are applied with."""

    chat_id: str
    facts: Facts
    new_id: Callable[[], UUID]

    @property
    def now(self) -> datetime:
        return self.facts.now

    @property
    def person_id(self) -> int | PersonOf:
        return self.facts.person.id if self.facts.person else PersonOf(self.chat_id)

    @property
    def person_subject(self) -> str | PersonOf:
        return f"person {self.facts.person.id}" if self.facts.person else PersonOf(self.chat_id, "person {}")

    def report_subject(self, key: ReportKey) -> str:
        """What the audit trail calls a report: every entry about it, pictures included, bears the same words."""
        office = self.facts.office
        return f"report {office.units[key.unit_id].code} {office.indicators[key.indicator_id].code} {key.quarter}"


class Writes:
    """Rows by statement."""

    def __init__(self) -> None:
        self.rows: dict[sql.Statement, list[tuple[Any, ...]]] = defaultdict(list)

    def add(self, statement: sql.Statement, *values: Any) -> None:
        self.rows[statement].append(values)

    def audit(self, turn: TurnOf, action: str, subject: Any, before: Any, after: Any) -> None:
        """Who changed what; a narrative is not repeated here, the version holds it."""
        row = (str(turn.new_id()), turn.now, turn.person_id, action, subject, sql.packed(before), sql.packed(after))
        self.add(statements.ADD_AUDIT, *row)

    def tell_coordinators(self, turn: TurnOf, what: str, unit_id: int, subject: str | PersonOf) -> None:
        """That something waits for them: `what` is requests or members. Whoever oversees the unit hears of it."""
        about, today = sql.packed({"what": what}), turn.facts.today
        for above in turn.facts.office.lineage(unit_id):
            self.add(reminders.ADD_ASKED, subject, about, turn.now, above.id, today, today, turn.person_id, subject)

    def merge(self, other: Writes) -> None:
        for statement, rows in other.rows.items():
            self.rows[statement].extend(rows)

    async def flush(self, connection: BaseDBAsyncClient) -> None:
        """Write everything, a fixed number of statements however many turns there are."""
        ids = await self._add_people(connection)
        ordered = ((statement, self.rows.get(statement, ())) for statement in _ORDER)
        if ids:
            ordered = ((each, [tuple(_resolved(it, ids) for it in row) for row in rows]) for each, rows in ordered)
        await sql.write_all(connection, ordered)

    async def _add_people(self, connection: BaseDBAsyncClient) -> dict[str, int]:
        added = self.rows.get(statements.ADD_PERSON, ())
        if not added:
            return {}
        await sql.write(connection, statements.ADD_PERSON, added)
        rows = await sql.fetch(connection, statements.PEOPLE, [row[0] for row in added])
        return {row["line_user_id"]: row["id"] for row in rows}


def _resolved(value: Any, ids: dict[str, int]) -> Any:
    if not isinstance(value, PersonOf):
        return value
    person_id = ids[value.chat_id]
    return value.template.format(person_id) if value.template else person_id


@dataclass(slots=True)
class StoredDraft:
    """A draft's row as it is under lock. Not `live`: finished, or cancelled too long ago to be taken up."""

    id: str
    revision: int
    live: bool


@dataclass(slots=True)
class StoredReport:
    id: str
    number: int
    version: int
    state: str


@dataclass(slots=True)
class StoredInvitation:
    role: str
    uses_left: int
    expires_at: datetime | None
    needs_approval: bool
    valid_to: date | None
    acting_for_id: int | None
    """A deputy's: the last day, and the person whose duty it is."""
    unit_ids: list[int]


@dataclass(slots=True)
class Stored:
    """What the turns of a group are about to change, read under lock."""

    drafts: dict[ReportKey, StoredDraft] = field(default_factory=dict)
    reports: dict[ReportKey, StoredReport] = field(default_factory=dict)
    invitations: dict[int, StoredInvitation] = field(default_factory=dict)
    requests: dict[str, str] = field(default_factory=dict)
    """Request id → its state."""
    waiting: set[int] = field(default_factory=set)
    """The memberships that still wait to be approved."""
    chats: dict[int, str] = field(default_factory=dict)
    """Person id → the chat in which they can be told something; blocked ones are absent."""
    told: set[int] = field(default_factory=set)
    """Those for whom something was decided shortly before."""


Claim = ReportKey | int | str | Waiting
"""A report with its draft and pictures, an invitation by its id, a request by its id, somebody to be let in."""


def claims(effects: Iterable[Effect]) -> frozenset[Claim]:
    """What these effects change that another chat may too."""
    found: set[Claim] = set()
    for effect in effects:
        match effect:
            case Join(invitation_id):
                found.add(invitation_id)
            case Decide(request_id):
                found.add(request_id)
            case Approve(membership_id) | TurnAway(membership_id):
                found.add(Waiting(membership_id))
            case KeepDraft() | CancelDraft() | Submit() | Withdraw() | Review() | KeepEvidence() | DropEvidence():
                found.add(effect.key)
    return frozenset(found)


async def recipients(connection: BaseDBAsyncClient, effects: Iterable[Effect], stored: Stored, now: datetime) -> None:
    """Note who of those who are to be told something can be, and who was told shortly before."""
    ids = {each.person_id for each in effects if isinstance(each, Tell)}
    rows = await sql.fetch(connection, statements.RECIPIENTS, now - SHORTLY, ids) if ids else ()
    stored.chats = {row["id"]: row["chat_id"] for row in rows}
    stored.told = {row["id"] for row in rows if row["told"]}


async def lock(
    connection: BaseDBAsyncClient, claimed: Iterable[Claim], now: datetime, cancelled_since: datetime
) -> Stored:
    """Lock and read the rows behind these claims, in the order of their ids."""
    stored = Stored()
    claimed = list(claimed)
    keys = {each for each in claimed if isinstance(each, ReportKey)}
    if keys:
        units = {key.unit_id for key in keys}
        years = {key.quarter.fiscal_year for key in keys}
        drafts, reports = await sql.fetch_all(
            connection, (statements.LOCK_DRAFTS, [units, years]), (statements.LOCK_REPORTS, [units, years])
        )
        for row in drafts:
            cancelled = sql.moment(row["cancelled_at"], now.tzinfo)
            live = row["finished_at"] is None and (cancelled is None or cancelled > cancelled_since)
            stored.drafts[sql.report_key(row)] = StoredDraft(str(row["id"]), row["revision"], live)
        for row in reports:
            stored.reports[sql.report_key(row)] = StoredReport(
                str(row["id"]), row["number"], row["version"], row["state"]
            )
    requests = [each for each in claimed if isinstance(each, str)]
    if requests:
        for row in await sql.fetch(connection, statements.LOCK_REQUESTS, requests):
            stored.requests[str(row["id"])] = row["state"]
    ids = [each for each in claimed if isinstance(each, int)]
    if ids:
        for row in await sql.fetch(connection, statements.LOCK_INVITATIONS, ids):
            stored.invitations[row["id"]] = StoredInvitation(
                role=row["role"],
                uses_left=row["uses_allowed"] - row["uses"],
                expires_at=sql.moment(row["expires_at"], now.tzinfo),
                needs_approval=bool(row["needs_approval"]),
                valid_to=sql.day(row["valid_to"]),
                acting_for_id=row["acting_for_id"],
                unit_ids=[],
            )
        for row in await sql.fetch(connection, statements.INVITATION_UNITS, ids):
            stored.invitations[row["invitation_id"]].unit_ids.append(row["unit_id"])
    members = [each.membership_id for each in claimed if isinstance(each, Waiting)]
    if members:
        rows = await sql.fetch(connection, statements.LOCK_WAITING, members, now.date())
        stored.waiting = {row["id"] for row in rows}
    return stored
