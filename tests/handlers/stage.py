"""A stage for the pure core: one office, its people, and what the shell would have stored, in memory.

It applies effects the way the shell does and serialises every session between two turns, so that nothing survives that
would not survive a restart.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from bot.conversations import ROUNDS
from handlers.effects import (
    AddTarget,
    Approve,
    Asks,
    Button,
    CancelDraft,
    DropEvidence,
    Effect,
    Evaluate,
    ForgetPerson,
    Join,
    KeepDraft,
    KeepEvidence,
    LinkGroup,
    MoveRound,
    OfferGroup,
    SavePerson,
    Say,
    Submit,
    Turn,
    Unsent,
    Withdraw,
    WrongCode,
)
from handlers.events import Body, Event, Media, Postback, Text
from handlers.facts import Facts
from handlers.needs import (
    EvaluationsOf,
    GroupByCode,
    GroupsOffered,
    InvitationByCode,
    Need,
    NewCode,
    RemindersOf,
    ReportByNumber,
    ReportInFull,
    ReportsOf,
    StoppedReminders,
    StoredAboutMe,
    WaitingMembers,
)
from handlers.reception import receive
from handlers.records import (
    Draft,
    EvaluationSummary,
    FullReport,
    Invitation,
    Notice,
    NumberedReport,
    OfferedGroup,
    Person,
    PictureCounts,
    RemindersNow,
    ReportSummary,
    ReturnedReport,
    WaitingMember,
)
from handlers.report_view import RESULTS
from handlers.session import Session
from models.rules.fiscal import Quarter
from models.rules.membership import Membership
from models.rules.office import Office, ReportKey, Role
from models.rules.standing import ReportState
from tests.handlers import drawer
from tests.handlers.desk import Desk
from tests.handlers.small_office import office

BANGKOK = timezone(timedelta(hours=7))
CODE = "7K4MQ2XW9TRB"


_OTHERWISE: dict[type[Need], Callable[[Any], Any]] = {
    StoredAboutMe: lambda _: {
        "messages": 3,
        "reports": 1,
        "drafts": 0,
        "reviews": 0,
        "requests": 2,
        "notices": 1,
        "pauses": 1,
    },
    StoppedReminders: lambda _: (),
    RemindersOf: lambda need: RemindersNow(
        (7, 8, 9) if need.quarters else (), left=188, limited=True, unit_ids=frozenset({3, 4})
    ),
}
"""What is found where nothing on the stage bears on it."""


@dataclass
class Ids:
    """Numbers, each used once; unlike `itertools.count` they go along when a stage is copied."""

    last: int = 0

    def __next__(self) -> int:
        self.last += 1
        return self.last


@dataclass
class Stage:
    """What is stored, and the clock."""

    now: datetime = datetime(2027, 1, 5, 14, 0, tzinfo=BANGKOK)
    office: Office = field(default_factory=office)
    people: dict[str, Person] = field(default_factory=dict)
    memberships: dict[str, list[Membership]] = field(default_factory=dict)
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    drafts: dict[ReportKey, Draft] = field(default_factory=dict)
    versions: dict[ReportKey, list[FullReport]] = field(default_factory=dict)
    withdrawn: set[ReportKey] = field(default_factory=set)
    pictures: dict[str, ReportKey] = field(default_factory=dict)
    sent_pictures: dict[str, ReportKey] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    returns: dict[ReportKey, ReturnedReport] = field(default_factory=dict)
    offers: dict[str, tuple[OfferedGroup, datetime]] = field(default_factory=dict)
    linked: dict[str, int] = field(default_factory=dict)
    """Group → unit."""
    evaluations: dict[tuple[int, Quarter], list[EvaluationSummary]] = field(default_factory=dict)
    wrong_codes: dict[str, list[datetime]] = field(default_factory=dict)
    desk: Desk = field(default_factory=Desk)
    notices: dict[str, tuple[Notice, ...]] = field(default_factory=dict)
    said: dict[str, Say] = field(default_factory=dict)
    ids: Ids = field(default_factory=Ids)
    event: Event | None = None
    done: tuple[Effect, ...] = ()
    """The newest event, and its effects."""

    def member(self, who: str, name: str, *unit_ids: int, role: Role = Role.REPORTER, shared: bool = False) -> None:
        person = Person(len(self.people) + 1, name, "บรรณารักษ์", notice_acknowledged=True, shared_account=shared)
        self.people[who] = person
        self.memberships[who] = [Membership(next(self.ids), each, role, date(2026, 10, 1)) for each in unit_ids]

    def sent(self, key: ReportKey, answer: str, narrative: str = "จัดกิจกรรมแล้ว", **sub_measures: str) -> None:
        """A report that was sent earlier; its number is 7."""
        result = RESULTS[answer] if answer in RESULTS else Decimal(answer)
        versions = self.versions.setdefault(key, [])
        summary = ReportSummary(
            key,
            7,
            len(versions) + 1,
            result,
            "",
            ReportState.SUBMITTED,
            self.now,
            late=False,
            reporter_name="สมบัติ มั่นคง",
        )
        figures = {code: Decimal(value) for code, value in sub_measures.items()}
        versions.append(FullReport(summary, answer, narrative, "", figures))

    def says(self, who: str, text: str, at: datetime | None = None) -> list[Say]:
        return self.does(who, Text(text), at)

    def taps(self, who: str, label: str) -> list[Say]:
        """Tap a button under the bot's last message; raises LookupError when there is none of that label."""
        return self.does(who, Postback(self.button(who, label).data))

    def button(self, who: str, label: str) -> Button:
        for each in self.said[who].buttons:
            if each.label == label:
                return each
        raise LookupError(f"no button {label!r} among {[each.label for each in self.said[who].buttons]}")

    def does(self, who: str, body: Body, at: datetime | None = None, *, in_group: bool = False) -> list[Say]:
        """One event, a second after the last; returns what is said to its author."""
        self.now += timedelta(seconds=1)
        number = next(self.ids)
        message_id = str(number) if isinstance(body, Text | Media) else ""
        event = Event(f"01EVENT{number:019}", at or self.now, body, message_id, in_group=in_group)
        self.now += timedelta(milliseconds=200)
        outcome = self.outcome(who, event)
        self.sessions[who] = outcome.session.dump()
        says = [effect for effect in outcome.effects if isinstance(effect, Say)]
        self.event, self.done = event, outcome.effects
        for effect in outcome.effects:
            self.apply(who, effect)
        if says:
            self.said[who] = says[-1]
        return says

    def outcome(self, who: str, event: Event) -> Turn:
        """What an event comes to as things stand; nothing of it is stored."""
        session = Session.load(json.loads(json.dumps(self.sessions.get(who, {}))))
        facts = self.facts(who)
        outcome = receive(session, event, facts)
        for _ in range(ROUNDS - 1):
            if isinstance(outcome, Asks):
                facts = replace(facts, found={**facts.found, **{need: self.find(need) for need in outcome.needs}})
                outcome = receive(session, event, facts)
        assert not isinstance(outcome, Asks), "asked too often"
        return outcome

    def facts(self, who: str) -> Facts:
        memberships = tuple(self.memberships.get(who, ()))
        known = self.facts_of_units({each.unit_id for each in memberships if each.role is Role.REPORTER})
        failed = tuple(each for each in self.wrong_codes.get(who, ()) if self.now - each <= timedelta(hours=2))
        return replace(
            known,
            person=self.people.get(who),
            memberships=memberships,
            failed_codes=failed,
            linked_unit=self.linked.get(who),
            notices=self.notices.get(who, ()),
        )

    def is_live(self, draft: Draft) -> bool:
        """A cancelled draft can be taken up for a week; after that its place is as good as empty."""
        return draft.cancelled_at is None or self.now - draft.cancelled_at < timedelta(days=7)

    def facts_of_units(self, units: set[int]) -> Facts:
        """What the reporters of these units know."""
        numbers: dict[Quarter, int] = {}
        for key, versions in self.versions.items():
            numbers[key.quarter] = max(numbers.get(key.quarter, 1), versions[-1].summary.number + 1)
        return Facts(
            now=self.now,
            office=self.office,
            reports={
                key: versions[-1].summary
                for key, versions in self.versions.items()
                if key.unit_id in units and key not in self.withdrawn
            },
            withdrawn={key: self.versions[key][-1].summary for key in self.withdrawn if key.unit_id in units},
            drafts={key: draft for key, draft in self.drafts.items() if key.unit_id in units and self.is_live(draft)},
            openings=self.desk.openings(units, self),
            next_numbers=numbers,
            pictures={
                key: PictureCounts(ready=self.pictures_of(key), sent=list(self.sent_pictures.values()).count(key))
                for key in {*self.pictures.values(), *self.sent_pictures.values()}
                if key.unit_id in units
            },
        )

    def pictures_of(self, key: ReportKey) -> int:
        """How many pictures the draft of a report has."""
        return list(self.pictures.values()).count(key)

    def find(self, need: Need) -> Any:
        match need:
            case InvitationByCode(code):
                return self.invitations.get(code)
            case ReportInFull(key):
                return self.versions[key][-1] if key in self.versions else None
            case ReportsOf(units, year):
                return tuple(
                    versions[-1].summary
                    for key, versions in self.versions.items()
                    if key.unit_id in units and key.quarter.fiscal_year == year and key not in self.withdrawn
                )
            case NewCode():
                return f"{next(self.ids):04}-0000-0000"
            case GroupByCode(code):
                held = self.offers.get(code)
                return held[0] if held and held[1] > self.now else None
            case GroupsOffered():
                return len([until for _, until in self.offers.values() if until > self.now])
            case EvaluationsOf(indicators, year):
                return tuple(
                    versions[-1]
                    for (indicator, quarter), versions in sorted(self.evaluations.items())
                    if indicator in indicators and quarter.fiscal_year == year
                )
            case WaitingMembers(units):
                return self.waiting(units)
            case ReportByNumber(quarter, number):
                return self.numbered(quarter, number)
        return _OTHERWISE[type(need)](need) if type(need) in _OTHERWISE else self.desk.find(self, need)

    def numbered(self, quarter: Quarter, number: int) -> NumberedReport | None:
        """The report of a receipt's number, with the pictures that were sent with it."""
        for key, versions in self.versions.items():
            if (key.quarter, versions[-1].summary.number) == (quarter, number):
                return NumberedReport(key, f"version-{number}", list(self.sent_pictures.values()).count(key))
        return None

    def waiting(self, units: frozenset[int]) -> tuple[WaitingMember, ...]:
        """Who awaits approval in these units."""
        return tuple(
            WaitingMember(
                *(each.id, each.unit_id, each.role, self.people[who].name, self.people[who].position, None),
                *(self.people[who].id, self.people[who].language),
            )
            for who, memberships in self.memberships.items()
            for each in memberships
            if each.unit_id in units and not each.approved and not each.ended(self.now.date())
        )

    def apply_picture(self, effect: KeepEvidence | DropEvidence | Unsent) -> None:
        match effect:
            case KeepEvidence(key, message_ids):
                assert not self.sent_pictures.keys() & set(message_ids), "a message's picture is kept once"
                self.pictures |= dict.fromkeys(message_ids, key)
            case DropEvidence(_, message_ids):
                for each in message_ids:
                    self.pictures.pop(each, None)
            case Unsent(message_id):
                self.pictures.pop(message_id, None)

    def apply(self, who: str, effect: Effect) -> None:
        person = self.people.get(who)
        self.desk.apply(self, who, effect)
        match effect:
            case KeepEvidence() | DropEvidence() | Unsent():
                self.apply_picture(effect)
            case KeepDraft() | CancelDraft():
                drawer.apply_draft(self, person, effect)
            case MoveRound() | AddTarget():
                drawer.set_up(self, effect)
            case Submit():
                versions = self.versions.setdefault(effect.key, [])
                assert len(versions) == effect.base_version
                assert effect.seen_state == (versions[-1].summary.state if versions else None)
                summary = ReportSummary(
                    effect.key,
                    effect.number,
                    len(versions) + 1,
                    effect.result,
                    effect.zero_reason,
                    effect.state,
                    self.now,
                    effect.late,
                    effect.reporter_name,
                    effect.message_ids,
                    versions[-1].summary.accepted_version if versions else None,
                    on_behalf_of=effect.on_behalf_of,
                )
                self.desk.authors[effect.key] = person.id if person else 0
                warned = tuple((each.rule, each.data) for each in effect.warnings)
                told = (effect.answer, effect.narrative, effect.explanation, effect.sub_measures)
                versions.append(FullReport(summary, *told, warned))
                self.drafts.pop(effect.key, None)
                sent = {each: key for each, key in self.pictures.items() if key == effect.key}
                self.sent_pictures |= sent
                self.pictures = {each: key for each, key in self.pictures.items() if each not in sent}
                self.withdrawn.discard(effect.key)
            case Withdraw(key, version):
                assert self.versions[key][-1].summary.version == version
                self.withdrawn.add(key)
                self.desk.set_state(self, key, ReportState.WITHDRAWN, None)
            case OfferGroup(code, unit_id, until):
                self.offers[code.replace("-", "")] = (OfferedGroup(next(self.ids), unit_id), until)
            case LinkGroup(offer_id):
                code = next(each for each, (offer, _) in self.offers.items() if offer.id == offer_id)
                self.linked[who] = self.offers.pop(code)[0].unit_id
            case Evaluate():
                self.apply_evaluation(effect)
            case SavePerson() | Join() | Approve() | WrongCode() | ForgetPerson():
                self.apply_person(who, effect)

    def apply_evaluation(self, effect: Evaluate) -> None:
        codes = {each.id: each.code for each in self.office.criteria.get(effect.quarter.fiscal_year, ())}
        versions = self.evaluations.setdefault((effect.indicator_id, effect.quarter), [])
        assert len(versions) == effect.base_version, "a conflict that the facts should have shown"
        scores = {codes[each]: score for each, score in effect.scores.items()}
        about = (effect.indicator_id, effect.quarter, len(versions) + 1)
        versions.append(EvaluationSummary(*about, effect.overall, scores, effect.comment, self.now))

    def apply_person(self, who: str, effect: SavePerson | Join | Approve | WrongCode | ForgetPerson) -> None:
        person = self.people.get(who)
        match effect:
            case SavePerson():
                newest = max((each.id for each in self.people.values()), default=0)
                old = person or Person(newest + 1, "", "")
                changes = {
                    name: value
                    for name in ("name", "position", "language", "notice_acknowledged", "shared_account")
                    if (value := getattr(effect, name)) is not None
                }
                self.people[who] = replace(old, **changes)
            case Join(invitation_id, unit_ids):
                code, invitation = next(pair for pair in self.invitations.items() if pair[1].id == invitation_id)
                assert set(unit_ids) <= set(invitation.unit_ids)
                self.invitations[code] = replace(invitation, uses_left=invitation.uses_left - 1)
                self.memberships.setdefault(who, []).extend(
                    Membership(
                        next(self.ids), each, invitation.role, self.now.date(), approved=not invitation.needs_approval
                    )
                    for each in unit_ids
                )
            case Approve(membership_id):
                for each in self.memberships.values():
                    each[:] = [replace(one, approved=one.approved or one.id == membership_id) for one in each]
            case WrongCode():
                self.wrong_codes.setdefault(who, []).append(self.now)
            case ForgetPerson():
                self.people.pop(who, None)
                self.memberships.pop(who, None)
