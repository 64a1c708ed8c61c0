"""The facts of a whole group of turns, one statement a table however many people are in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql, statements
from bot.evaluations import evaluations_of
from bot.evidence.counts import picture_counts
from bot.evidence.statements import COUNT_PICTURES, NUMBERED_REPORT
from bot.group_codes import group_codes
from bot.reminders.asked import Reminding, reminders_now
from bot.reminders.desk import REPORTING
from bot.reminders.statements import NOTICES, STOPPED
from bot.report_rows import moment, read_full, read_summary
from bot.review_facts import look_up_review
from handlers.facts import Facts
from handlers.needs import (
    InvitationByCode,
    Need,
    ReportByNumber,
    ReportInFull,
    ReportsOf,
    StoppedReminders,
    StoredAboutMe,
    UnitFacts,
    WaitingMembers,
)
from handlers.records import (
    Draft,
    FactsOfUnit,
    Invitation,
    Notice,
    NumberedReport,
    Opening,
    Person,
    PictureCounts,
    ReportSummary,
    RequestKind,
    WaitingMember,
)
from models.rules.fiscal import Quarter
from models.rules.invitation_codes import code_hash
from models.rules.membership import Membership
from models.rules.office import Office, ReportKey, Role
from models.rules.permissions import Action, may
from models.rules.standing import ReportState

WRONG_CODES_COUNT_FOR = timedelta(hours=2)
"""Five within an hour wait an hour from the fifth: the first of them may be two hours old."""
ENDED_MEMBERSHIPS_SHOWN = timedelta(days=365)
"""So that a person whose duty ended hears that it did, and when."""
CANCELLED_DRAFTS_STAY = timedelta(days=7)

FURTHER = ("reviews", "requests", "notices", "pauses")
"""What is counted about a person beside messages, reports and drafts."""

Read = Callable[[BaseDBAsyncClient], Awaitable[Any]]


class Offices:
    """The office's set-up, read again only when its revision has grown."""

    def __init__(self, read_revision: Read, read_office: Read) -> None:
        self._read_revision = read_revision
        self._read_office = read_office
        self._office: Office | None = None

    async def current(self, connection: BaseDBAsyncClient, revision: int | None = None) -> Office:
        """As it is now; `revision` is the present one, where it was read already."""
        if revision is None:
            revision = await self._read_revision(connection)
        if self._office is None or self._office.revision != revision:
            self._office = await self._read_office(connection)
        return self._office


class GroupFacts:
    """What was read for a group. `of` gives one chat's facts; earlier turns of the group raise the next numbers."""

    def __init__(self, now: datetime, office: Office, reminding: Reminding | None = None) -> None:
        self.now = now
        self.office = office
        self.reminding = reminding or Reminding()
        self.people: dict[str, Person] = {}
        self.memberships: dict[int, list[Membership]] = defaultdict(list)
        self.reports: dict[int, dict[ReportKey, ReportSummary]] = defaultdict(dict)
        self.withdrawn: dict[int, dict[ReportKey, ReportSummary]] = defaultdict(dict)
        self.drafts: dict[int, dict[ReportKey, Draft]] = defaultdict(dict)
        self.pictures: dict[int, dict[ReportKey, PictureCounts]] = defaultdict(dict)
        self.openings: dict[int, list[Opening]] = defaultdict(list)
        self.notices: dict[int, list[Notice]] = defaultdict(list)
        self.linked_units: dict[str, int] = {}
        self.failed_codes: dict[str, list[datetime]] = defaultdict(list)
        self.next_numbers: dict[Quarter, int] = {}

    def reporting_units(self, person: Person | None) -> tuple[int, ...]:
        """The units this person reports for today."""
        if person is None:
            return ()
        today = self.now.date()
        held = self.memberships.get(person.id, ())
        return tuple({each.unit_id: None for each in held if may(each.role, Action.REPORT) and each.valid_on(today)})

    def of(self, chat_id: str, found: dict[Need, Any] | None = None) -> Facts:
        """What a conversation may know in this chat."""
        person = self.people.get(chat_id)
        units = self.reporting_units(person)
        return Facts(
            now=self.now,
            office=self.office,
            person=person,
            memberships=tuple(self.memberships.get(person.id, ())) if person else (),
            reports=_joined(self.reports, units),
            withdrawn=_joined(self.withdrawn, units),
            drafts=_joined(self.drafts, units),
            pictures=_joined(self.pictures, units),
            openings=tuple(each for unit in units for each in self.openings.get(unit, ())),
            linked_unit=self.linked_units.get(chat_id),
            failed_codes=tuple(self.failed_codes.get(chat_id, ())),
            next_numbers=dict(self.next_numbers),
            found=found or {},
            notices=tuple(self.notices.get(person.id, ())) if person else (),
        )

    def of_unit(self, unit_id: int) -> FactsOfUnit:
        """What the reporters of a unit know of its reports."""
        return FactsOfUnit(
            reports=dict(self.reports.get(unit_id, {})),
            withdrawn=dict(self.withdrawn.get(unit_id, {})),
            drafts=dict(self.drafts.get(unit_id, {})),
            pictures=dict(self.pictures.get(unit_id, {})),
            next_numbers=dict(self.next_numbers),
        )


async def load(
    connection: BaseDBAsyncClient,
    chat_ids: Collection[str],
    office: Office,
    now: datetime,
    reminding: Reminding | None = None,
) -> GroupFacts:
    """Read the facts of these chats. `now` is aware and in the office's time zone, which every time is then in."""
    group = GroupFacts(now, office, reminding)
    people, memberships, notices, wrong_codes = await sql.fetch_all(
        connection,
        (statements.PEOPLE, [chat_ids]),
        (statements.MEMBERSHIPS, [chat_ids, now.date() - ENDED_MEMBERSHIPS_SHOWN]),
        (NOTICES, [chat_ids, now.date()]),
        (statements.WRONG_CODES, [chat_ids, now - WRONG_CODES_COUNT_FOR]),
    )
    for row in people:
        group.people[row["line_user_id"]] = _person(row)
    for row in memberships:
        group.memberships[row["person_id"]].append(read_membership(row))
    for row in notices:
        notice = Notice(str(row["id"]), row["kind"], sql.unpacked(row["data"]), row["subject"])
        group.notices[row["person_id"]].append(notice)
    for row in wrong_codes:
        group.failed_codes[row["chat_id"]].append(moment(row["at"], now))
    units = {unit for person in group.people.values() for unit in group.reporting_units(person)}
    if units:
        await _load_units(connection, group, units)
    groups = [chat_id for chat_id in chat_ids if not chat_id.startswith("U")]
    if groups:
        for row in await sql.fetch(connection, statements.LINKED_GROUPS, groups):
            group.linked_units[row["chat_id"]] = row["unit_id"]
    return group


async def _load_units(connection: BaseDBAsyncClient, group: GroupFacts, units: Collection[int]) -> None:
    """What a reporter of these units knows: reports, drafts, pictures, what was opened again, the next numbers."""
    now, years = group.now, group.office.years_around(group.now.date())
    reports, drafts, pictures, openings, numbers = await sql.fetch_all(
        connection,
        (statements.REPORTS, [units, years]),
        (statements.DRAFTS, [units, now - CANCELLED_DRAFTS_STAY]),
        (COUNT_PICTURES, [units, years, units, years]),
        (statements.OPENINGS, [units, now.date()]),
        (statements.HIGHEST_NUMBERS, [years]),
    )
    for row in reports:
        summary = read_summary(row, now)
        standing = group.withdrawn if summary.state is ReportState.WITHDRAWN else group.reports
        standing[row["unit_id"]][summary.key] = summary
    for row in drafts:
        draft = _draft(row, now)
        group.drafts[row["unit_id"]][draft.key] = draft
    for key, counts in picture_counts(pictures).items():
        group.pictures[key.unit_id][key] = counts
    for row in openings:
        group.openings[row["unit_id"]].append(_opening(row))
    for row in numbers:
        quarter, following = Quarter(row["fiscal_year"], row["quarter"]), (row["highest"] or 0) + 1
        group.next_numbers[quarter] = max(group.next_numbers.get(quarter, 1), following)


async def look_up(
    connection: BaseDBAsyncClient, asked: dict[str, frozenset[Need]], group: GroupFacts
) -> dict[str, dict[Need, Any]]:
    """Load what the turns of a group asked for, by chat id, all of one kind together."""
    needs = {need for each in asked.values() for need in each}
    found: dict[Need, Any] = {}
    codes = [need for need in needs if isinstance(need, InvitationByCode)]
    if codes:
        found.update(await _invitations(connection, codes, group.now))
    in_full = [need for need in needs if isinstance(need, ReportInFull)]
    if in_full:
        found.update(await _full_reports(connection, in_full, group.now))
    several = [need for need in needs if isinstance(need, ReportsOf)]
    if several:
        found.update(await _reports_of(connection, several, group.now))
    found.update(await evaluations_of(connection, needs, group.now))
    found.update(await group_codes(connection, needs, group.now))
    for need in needs:
        if isinstance(need, ReportByNumber):
            quarter = need.quarter
            wanted = (quarter.fiscal_year, quarter.number, need.number)
            numbered = await sql.fetch(connection, NUMBERED_REPORT, *wanted)
            found[need] = next(
                (NumberedReport(sql.report_key(row), str(row["version_id"]), row["pictures"]) for row in numbered), None
            )
        if isinstance(need, WaitingMembers):
            rows = await sql.fetch(
                connection, statements.WAITING_MEMBERS, group.now.date(), need.unit_ids, group.now.date()
            )
            found[need] = tuple(
                WaitingMember(
                    *(row["id"], row["unit_id"], Role(row["role"]), row["name"], row["position"], row["same_person"]),
                    *(row["person_id"], row["language"]),
                )
                for row in rows
            )
    found.update(await _stopped(connection, needs, group.now.date()))
    found.update(await reminders_now(connection, needs, group.office, group.now, group.reminding))
    found.update(await look_up_review(connection, needs, group.now))
    stood_in_for = [need for need in needs if isinstance(need, UnitFacts)]
    if stood_in_for:
        elsewhere = GroupFacts(group.now, group.office)
        elsewhere.next_numbers = group.next_numbers  # earlier turns of the group have raised them
        await _load_units(connection, elsewhere, {need.unit_id for need in stood_in_for})
        found.update({need: elsewhere.of_unit(need.unit_id) for need in stood_in_for})
    mine: dict[str, dict[str, int]] = {}
    curious = [chat_id for chat_id, each in asked.items() if StoredAboutMe() in each]
    if curious:
        mine = await _stored_about(connection, curious, group)
    return {
        chat_id: {need: mine[chat_id] if isinstance(need, StoredAboutMe) else found.get(need) for need in each}
        for chat_id, each in asked.items()
    }


async def _stopped(connection: BaseDBAsyncClient, needs: Iterable[Need], today: date) -> dict[Need, Any]:
    found: dict[Need, Any] = {}
    for need in needs:
        if isinstance(need, StoppedReminders):
            rows = await sql.fetch(connection, STOPPED, need.unit_ids, REPORTING, today, today)
            found[need] = tuple(
                (row["name"], Quarter(row["stopped_fiscal_year"], row["stopped_quarter"])) for row in rows
            )
    return found


async def _invitations(
    connection: BaseDBAsyncClient, needs: Iterable[InvitationByCode], now: datetime
) -> dict[Need, Any]:
    by_hash = {code_hash(need.code): need for need in needs}
    rows = await sql.fetch(connection, statements.INVITATIONS, by_hash)
    units: dict[int, list[int]] = defaultdict(list)
    if rows:
        for row in await sql.fetch(connection, statements.INVITATION_UNITS, [row["id"] for row in rows]):
            units[row["invitation_id"]].append(row["unit_id"])
    return {
        by_hash[row["code_hash"]]: Invitation(
            id=row["id"],
            unit_ids=tuple(units[row["id"]]),
            role=Role(row["role"]),
            uses_left=max(row["uses_allowed"] - row["uses"], 0),
            expires_at=sql.moment(row["expires_at"], now.tzinfo),
            needs_approval=bool(row["needs_approval"]),
            valid_to=sql.day(row["valid_to"]),
            name=row["name"],
            position=row["position"],
        )
        for row in rows
    }


async def _full_reports(connection: BaseDBAsyncClient, needs: list[ReportInFull], now: datetime) -> dict[Need, Any]:
    units = {need.key.unit_id for need in needs}
    indicators = {need.key.indicator_id for need in needs}
    years = {need.key.quarter.fiscal_year for need in needs}
    rows = await sql.fetch(connection, statements.FULL_REPORTS, units, indicators, years)
    wanted = {need.key for need in needs}
    kept = [row for row in rows if sql.report_key(row) in wanted]
    sub_measures: dict[str, dict[str, Decimal]] = defaultdict(dict)
    if kept:
        for row in await sql.fetch(connection, statements.SUB_MEASURES, [str(row["version_id"]) for row in kept]):
            sub_measures[str(row["version_id"])][row["code"]] = sql.figure(row["value"])
    return {
        ReportInFull(sql.report_key(row)): read_full(row, now, sub_measures.get(str(row["version_id"]), {}))
        for row in kept
    }


async def _reports_of(connection: BaseDBAsyncClient, needs: list[ReportsOf], now: datetime) -> dict[Need, Any]:
    units = {unit for need in needs for unit in need.unit_ids}
    years = {need.fiscal_year for need in needs}
    rows = await sql.fetch(connection, statements.REPORTS, units, years)
    read = [read_summary(row, now) for row in rows if row["state"] != ReportState.WITHDRAWN]
    return {
        need: tuple(
            each
            for each in read
            if each.key.unit_id in need.unit_ids and each.key.quarter.fiscal_year == need.fiscal_year
        )
        for need in needs
    }


async def _stored_about(
    connection: BaseDBAsyncClient, chat_ids: list[str], group: GroupFacts
) -> dict[str, dict[str, int]]:
    people = {chat_id: group.people[chat_id].id for chat_id in chat_ids if chat_id in group.people}
    messages = await sql.fetch(connection, statements.COUNT_MESSAGES, chat_ids)
    versions = await sql.fetch(connection, statements.COUNT_VERSIONS, people.values())
    drafts = await sql.fetch(connection, statements.COUNT_DRAFTS, people.values())
    by_chat = {row["chat_id"]: row["kept"] for row in messages}
    reports = {row["person_id"]: row["kept"] for row in versions}
    held = {row["holder_id"]: row["kept"] for row in drafts}
    rows = await sql.fetch(connection, statements.COUNT_ABOUT, people.values())
    further = {row["id"]: {name: row[name] for name in FURTHER} for row in rows}
    return {
        chat_id: {
            "messages": by_chat.get(chat_id, 0),
            "reports": reports.get(people.get(chat_id), 0),
            "drafts": held.get(people.get(chat_id), 0),
            **further.get(people.get(chat_id, 0), dict.fromkeys(FURTHER, 0)),
        }
        for chat_id in chat_ids
    }


def _joined(by_unit: dict[int, dict[ReportKey, Any]], units: tuple[int, ...]) -> dict[ReportKey, Any]:
    return {key: each for unit in units for key, each in by_unit.get(unit, {}).items()}


def _person(row: Any) -> Person:
    return Person(
        id=row["id"],
        name=row["name"],
        position=row["position"],
        language=row["language"],
        notice_acknowledged=row["notice_acknowledged_at"] is not None,
        shared_account=bool(row["shared_account"]),
    )


def read_membership(row: Any) -> Membership:
    """A membership as the rules see it."""
    valid_from = sql.day(row["valid_from"])
    if valid_from is None:
        raise ValueError("a membership without its first day")
    return Membership(
        id=row["id"],
        unit_id=row["unit_id"],
        role=Role(row["role"]),
        valid_from=valid_from,
        valid_to=sql.day(row["valid_to"]),
        approved=row["approved_at"] is not None,
        acting_for=row["acting_for"] or "",
    )


def _opening(row: Any) -> Opening:
    until = sql.day(row["until"])
    if until is None:
        raise ValueError("what was opened again without its last day")
    quarter = Quarter(row["fiscal_year"], row["quarter"])
    return Opening(row["unit_id"], row["indicator_id"], quarter, until, edit=row["kind"] == RequestKind.EDIT)


def _draft(row: Any, now: datetime) -> Draft:
    return Draft(
        key=sql.report_key(row),
        answers=sql.unpacked(row["answers"]),
        revision=row["revision"],
        base_version=row["base_version"],
        begun_by=row["begun_by_id"],
        begun_by_name=row["begun_by_name"],
        begun_at=moment(row["begun_at"], now),
        holder=row["holder_id"],
        holder_name=row["holder_name"],
        updated_at=moment(row["updated_at"], now),
        cancelled_at=sql.moment(row["cancelled_at"], now.tzinfo),
    )
