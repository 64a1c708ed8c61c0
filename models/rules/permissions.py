"""Who may do what: one table of roles and actions, and one gate before every report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.rules.membership import Membership
from models.rules.office import Office, ReportKey, Role, Unit


class Action(StrEnum):
    REPORT = "report"
    SEE_ALL_STATUS = "see_all_status"
    INVITE = "invite"
    PUBLISH_EVIDENCE = "publish_evidence"


MAY: Mapping[Action, frozenset[Role]] = {
    Action.REPORT: frozenset({Role.REPORTER}),
    Action.SEE_ALL_STATUS: frozenset({Role.COORDINATOR, Role.EVALUATOR, Role.EXECUTIVE, Role.ADMINISTRATOR}),
    Action.PUBLISH_EVIDENCE: frozenset({Role.COORDINATOR}),
    Action.INVITE: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
}


class RefusalReason(StrEnum):
    NOT_A_MEMBER = "not_a_member"
    AWAITING_APPROVAL = "awaiting_approval"
    MEMBERSHIP_ENDED = "membership_ended"
    ROLE_MAY_NOT = "role_may_not"
    UNIT_NOT_VALID = "unit_not_valid"
    NOT_ASSIGNED = "not_assigned"
    NOT_DUE_IN_QUARTER = "not_due_in_quarter"
    NO_DATES = "no_dates"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Allowed:
    """The membership the person reports under, and whether the report is past its due day."""

    membership: Membership
    late: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Why not. `day`: when it opens, closed, or the membership ended or begins; None where no day belongs to it."""

    reason: RefusalReason
    day: date | None = None


def may(role: Role, action: Action) -> bool:
    return role in MAY[action]


def may_report(
    office: Office, memberships: Iterable[Membership], key: ReportKey, today: date, *, submitted: bool
) -> Allowed | Refused:
    """Say whether this person may report this quarter of this indicator for this unit today, and if not, why.

    A membership covers exactly its own unit, never the units below it. `submitted`: a version was sent before; it can
    be corrected until the round closes even when a later import took the assignment away.
    """
    membership = _reporting_membership(memberships, key.unit_id, today)
    if isinstance(membership, Refused):
        return membership
    refusal = _not_due(office, key, submitted=submitted)
    if refusal is not None:
        return Refused(refusal)
    dates = office.rounds.get(key.quarter)
    if dates is None:
        return Refused(RefusalReason.NO_DATES)
    if today < dates.opens:
        return Refused(RefusalReason.NOT_OPEN_YET, dates.opens)
    if today > dates.closes:
        return Refused(RefusalReason.CLOSED, dates.closes)
    return Allowed(membership, late=today > dates.due)


def past_result_refused(office: Office, key: ReportKey, today: date, *, submitted: bool) -> Refused | None:
    """Say why a result may not be taken in from a file; None where it may.

    It is asked what a report is asked of its unit and assignment, but neither for a person nor for open days. A fiscal
    year in which nothing is assigned to anybody is history from before this office was set up: it is taken as it is.
    """
    if today < key.quarter.first_day:
        return Refused(RefusalReason.NOT_OPEN_YET, key.quarter.first_day)
    if key.quarter.fiscal_year not in office.assigned_years:
        return None
    refusal = _not_due(office, key, submitted=submitted)
    return None if refusal is None else Refused(refusal)


def reportable(office: Office, memberships: Iterable[Membership], today: date) -> tuple[ReportKey, ...]:
    """Everything this person may report today, by unit code, the indicators' own order, then quarter."""
    memberships = tuple(memberships)
    units = [office.units[each] for each in {each.unit_id for each in memberships} if each in office.units]
    keys: list[ReportKey] = []
    for unit in sorted(units, key=lambda each: each.code):
        own = [
            (office.indicators[each.indicator_id], each)
            for each in office.assignments_of(unit.id)
            if each.indicator_id in office.indicators
        ]
        for indicator, assignment in sorted(own, key=lambda pair: (pair[0].order, pair[0].code, pair[1].fiscal_year)):
            keys.extend(
                ReportKey(unit.id, indicator.id, quarter)
                for quarter in sorted(office.rounds)
                if quarter.fiscal_year == assignment.fiscal_year
            )
    return tuple(
        key for key in keys if isinstance(may_report(office, memberships, key, today, submitted=False), Allowed)
    )


def _reporting_membership(memberships: Iterable[Membership], unit_id: int, today: date) -> Membership | Refused:
    in_unit = [each for each in memberships if each.unit_id == unit_id]
    reporting = [each for each in in_unit if may(each.role, Action.REPORT)]
    valid = [each for each in reporting if each.valid_on(today)]
    if valid:
        return min(valid, key=lambda each: (each.acting_for != "", each.id))  # one's own duty before another's
    if any(each.valid_on(today) for each in in_unit):
        return Refused(RefusalReason.ROLE_MAY_NOT)
    waiting = [each for each in in_unit if not each.approved and not each.ended(today)]
    if waiting:
        return Refused(RefusalReason.AWAITING_APPROVAL)
    coming = [each.valid_from for each in reporting if today < each.valid_from]
    if coming:
        return Refused(RefusalReason.NOT_A_MEMBER, min(coming))
    ended = [each.valid_to for each in in_unit if each.valid_to is not None and each.valid_to < today]
    if ended:
        return Refused(RefusalReason.MEMBERSHIP_ENDED, max(ended))
    return Refused(RefusalReason.NOT_A_MEMBER)


def _not_due(office: Office, key: ReportKey, *, submitted: bool) -> RefusalReason | None:
    unit = office.units.get(key.unit_id)
    if unit is None or not _existed_in(unit, key):
        return RefusalReason.UNIT_NOT_VALID
    if submitted:
        return None
    assignment = office.assignment(key)
    if assignment is None:
        return RefusalReason.NOT_ASSIGNED
    if key.quarter.number not in assignment.quarters:
        return RefusalReason.NOT_DUE_IN_QUARTER
    return None


def _existed_in(unit: Unit, key: ReportKey) -> bool:
    """A library that closed in mid-quarter still reports that quarter."""
    begun = unit.valid_from is None or unit.valid_from <= key.quarter.last_day
    return begun and (unit.valid_to is None or key.quarter.first_day <= unit.valid_to)
