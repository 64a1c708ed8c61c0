"""The coordinators' half of a stage: reviews, requests and what was told to others, as the shell would store them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from handlers.effects import (
    AddActivity,
    AddTarget,
    Ask,
    Decide,
    Effect,
    EndMembership,
    Review,
    Tell,
    Told,
    TurnAway,
)
from handlers.needs import (
    LastReturn,
    Need,
    PartsOf,
    ReportByNumber,
    ReviewQueue,
    ToldOf,
    UnitFacts,
    Versions,
    WaitingRequests,
)
from handlers.records import (
    FactsOfUnit,
    FullReport,
    NumberedReport,
    Opening,
    Queued,
    Recipient,
    RequestKind,
    ReturnedReport,
    WaitingRequest,
)
from models.rules.office import ReportKey, Role
from models.rules.standing import TO_REVIEW, Decision, ReportState

if TYPE_CHECKING:
    from tests.handlers.stage import Stage


def as_now(stage: Stage, asker: Recipient) -> Recipient:
    """Somebody who asked for something, in the language they have by now."""
    languages = {each.id: each.language for each in stage.people.values()}
    return replace(asker, language=languages.get(asker.person_id, asker.language))


@dataclass
class Desk:
    """Requests by state, and pushes in order."""

    requests: dict[str, WaitingRequest] = field(default_factory=dict)
    decided: dict[str, Decide] = field(default_factory=dict)
    authors: dict[ReportKey, int] = field(default_factory=dict)
    """Report → who sent its newest version in the chat."""
    told: list[Tell] = field(default_factory=list)
    changes: list[AddActivity | AddTarget] = field(default_factory=list)

    def openings(self, units: set[int], stage: Stage) -> tuple[Opening, ...]:
        found = []
        for name, decision in self.decided.items():
            request = self.requests[name]
            if not decision.granted or request.quarter is None or request.unit_id not in units:
                continue
            if decision.until is not None and decision.until >= stage.now.date():
                edit = request.kind is RequestKind.EDIT
                found.append(Opening(request.unit_id, request.indicator_id, request.quarter, decision.until, edit))
        return tuple(found)

    def find(self, stage: Stage, need: Need) -> Any:
        standing = {key: each for key, each in stage.versions.items() if key not in stage.withdrawn}
        match need:
            case ReviewQueue(units, years):
                return tuple(
                    Queued(each[-1].summary, len(each[-1].warnings), self.authors.get(key))
                    for key, each in standing.items()
                    if key.unit_id in units and key.quarter.fiscal_year in years and each[-1].summary.state in TO_REVIEW
                )
            case LastReturn(key):
                return stage.returns.get(key)
            case Versions(key):
                return tuple(stage.versions.get(key, ()))
            case ToldOf(key):
                return self.told_of(stage, key)
            case WaitingRequests(units):
                return tuple(
                    replace(each, person=as_now(stage, each.person))
                    for name, each in self.requests.items()
                    if each.unit_id in units and name not in self.decided
                )
            case PartsOf(indicator, quarter):
                return tuple(
                    each[-1]
                    for key, each in standing.items()
                    if (key.indicator_id, key.quarter) == (indicator, quarter)
                    and key.unit_id != stage.office.indicators[indicator].owner_id
                )
            case UnitFacts(unit):
                return self.facts_of(stage, unit)
            case ReportByNumber(quarter, number):
                found = (
                    key for key, each in standing.items() if (key.quarter, each[-1].summary.number) == (quarter, number)
                )
                return next((NumberedReport(key, "version", 0) for key in found), None)
        raise LookupError(need)

    def told_of(self, stage: Stage, key: ReportKey) -> tuple[Recipient, ...]:
        return tuple(
            Recipient(stage.people[who].id, stage.people[who].name, stage.people[who].language, reachable=True)
            for who, held in stage.memberships.items()
            if any(each.unit_id == key.unit_id and each.role is Role.REPORTER for each in held)
        )

    def facts_of(self, stage: Stage, unit: int) -> FactsOfUnit:
        facts = stage.facts_of_units({unit})
        return FactsOfUnit(facts.reports, facts.withdrawn, facts.drafts, facts.pictures, facts.next_numbers)

    def apply(self, stage: Stage, who: str, effect: Effect) -> None:
        person = stage.people.get(who)
        match effect:
            case Review(key, version, decision, reason, question):
                newest = stage.versions[key][-1]
                assert newest.summary.version == version, "a conflict that the facts should have shown"
                assert newest.summary.state in TO_REVIEW, "a conflict that the facts should have shown"
                if decision is Decision.ACCEPTED:
                    self.set_state(stage, key, ReportState.ACCEPTED, version)
                    self.use_edits(key)
                else:
                    self.set_state(stage, key, ReportState.RETURNED, newest.summary.accepted_version)
                    name = person.name if person else ""
                    stage.returns[key] = ReturnedReport(version, reason, question, name, stage.now)
            case Ask(kind, unit, indicator, quarter, reason, data):
                assert person is not None
                kept = json.loads(json.dumps(dict(data)))
                asker = Recipient(person.id, person.name, person.language, reachable=True)
                name = f"request-{len(self.requests) + 1}"
                self.requests[name] = WaitingRequest(
                    name, kind, unit, indicator, quarter, reason, kept, stage.now, asker
                )
            case Decide(name):
                assert name in self.requests, "a forged request"
                assert name not in self.decided, "a conflict that the facts should have shown"
                self.decided[name] = effect
            case EndMembership(membership_id) | TurnAway(membership_id):
                yesterday = stage.now.date() - timedelta(days=1)
                for held in stage.memberships.values():
                    held[:] = [replace(one, valid_to=yesterday) if one.id == membership_id else one for one in held]
            case AddActivity() | AddTarget():
                self.changes.append(effect)
            case Tell():
                self.told.append(effect)
            case Told(ids):
                stage.notices[who] = tuple(each for each in stage.notices[who] if each.id not in ids)

    def use_edits(self, key: ReportKey) -> None:
        """What was let be changed is accepted again: another change is asked for anew."""
        for name, decision in self.decided.items():
            asked = self.requests[name]
            about = (asked.kind, asked.unit_id, asked.indicator_id, asked.quarter)
            if about == (RequestKind.EDIT, key.unit_id, key.indicator_id, key.quarter):
                self.decided[name] = replace(decision, until=None)

    def set_state(self, stage: Stage, key: ReportKey, state: ReportState, accepted: int | None) -> None:
        newest: FullReport = stage.versions[key][-1]
        summary = replace(newest.summary, state=state, accepted_version=accepted)
        stage.versions[key][-1] = replace(newest, summary=summary)
