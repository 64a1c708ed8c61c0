"""Who may do what: one table of roles and actions, and one gate before every report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from models.rules.fiscal import Quarter
from models.rules.membership import Membership
from models.rules.office import Office, QuarterDates, ReportKey, Role
from models.rules.standing import NOT_SENT, ReportState, Standing


class Action(StrEnum):
    REPORT = "report"
    REPORT_FOR = "report_for"
    """Enter what a unit told (รายงานแทน), and the owner's combined result."""
    REVIEW = "review"
    GRANT = "grant"
    """Decide what was asked for: to open, edit, withdraw, change an activity or target, end a duty."""
    SEE_ALL_STATUS = "see_all_status"
    SEE_ROUND = "see_round"
    """Look after a round: who sent, who is missing."""
    REMIND = "remind"
    """Have those reminded that have not sent: it costs pushes."""
    INVITE = "invite"
    PUBLISH_EVIDENCE = "publish_evidence"
    MOVE_DATES = "move_dates"
    """A round is everybody's who reports in it: who may must also oversee them all, see `oversees_round`."""
    EVALUATE = "evaluate"
    LINK_GROUP = "link_group"


MAY: Mapping[Action, frozenset[Role]] = {
    Action.REPORT: frozenset({Role.REPORTER}),
    Action.REPORT_FOR: frozenset({Role.COORDINATOR}),
    Action.REVIEW: frozenset({Role.COORDINATOR}),
    Action.GRANT: frozenset({Role.COORDINATOR}),
    Action.SEE_ALL_STATUS: frozenset({Role.COORDINATOR, Role.EVALUATOR, Role.EXECUTIVE, Role.ADMINISTRATOR}),
    Action.SEE_ROUND: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    Action.REMIND: frozenset({Role.COORDINATOR}),
    Action.PUBLISH_EVIDENCE: frozenset({Role.COORDINATOR}),
    Action.LINK_GROUP: frozenset({Role.COORDINATOR}),
    Action.EVALUATE: frozenset({Role.EVALUATOR}),
    Action.INVITE: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    Action.MOVE_DATES: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
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
    ACCEPTED = "accepted"


class Allowed(Struct, frozen=True):
    """The membership the person reports under, and whether the report is past its due day."""

    membership: Membership
    late: bool


class Refused(Struct, frozen=True):
    """Why not. `day`: when it opens, closed, or the membership ended or begins; None where no day belongs to it."""

    reason: RefusalReason
    day: date | None = None


def may(role: Role, action: Action) -> bool:
    return role in MAY[action]


def may_report(
    office: Office,
    memberships: Iterable[Membership],
    key: ReportKey,
    today: date,
    standing: Standing = NOT_SENT,
    *,
    for_another: bool = False,
) -> Allowed | Refused:
    """Say whether this person may report this quarter of this indicator for this unit today, and if not, why.

    A membership covers exactly its own unit, never the units below it. What was sent can be corrected until the round
    closes even when a later import took the assignment away; what was sent back, whenever; what was accepted, once a
    coordinator lets it be changed. A correction that was asked for is as late as what it corrects.

    `for_another`: a coordinator enters it, for a unit below theirs or for the owner of an indicator whose parts they
    oversee. Neither the closing day nor an acceptance stands in their way: they would only be asking themselves.
    """
    memberships = tuple(memberships)
    if for_another:
        membership = _standing_in(office, memberships, key, today)
    else:
        membership = _reporting_membership(memberships, key.unit_id, today)
    if isinstance(membership, Refused):
        return membership
    combined = for_another and _is_combined(office, key)
    refusal = _not_due(office, key, submitted=standing.state is not None or combined)
    if refusal is not None:
        return Refused(refusal)
    dates = office.rounds.get(key.quarter)
    if dates is None:
        return Refused(RefusalReason.NO_DATES)
    if today < dates.opens:
        return Refused(RefusalReason.NOT_OPEN_YET, dates.opens)
    if standing.state is ReportState.ACCEPTED and not for_another and not standing.editable(today):
        return Refused(RefusalReason.ACCEPTED)
    if today > dates.closes and not for_another and not standing.opened(today):
        return Refused(RefusalReason.CLOSED, dates.closes)
    late = standing.late if standing.state is ReportState.RETURNED else today > due_day(dates, combined=combined)
    return Allowed(membership, late)


def due_day(dates: QuarterDates, *, combined: bool) -> date:
    """The last day on which a report is in time: a combined result waits for the units', and for their review."""
    return (dates.review or dates.closes) if combined else dates.due


def oversees(
    office: Office, memberships: Iterable[Membership], action: Action, key: ReportKey, today: date
) -> Membership | None:
    """The membership under which a person may do this to a report: of its unit, or of a unit above it.

    The owner of an indicator may lie above its coordinator (the bureau above the division): who oversees all the units
    that are combined into a result also oversees that result.
    """
    held = [each for each in memberships if each.valid_on(today) and may(each.role, action)]
    above = {each.id for each in office.lineage(key.unit_id)}
    found = [each for each in held if each.unit_id in above]
    if not found and _is_combined(office, key):
        parts = frozenset(office.parts(key.indicator_id, key.quarter))
        found = [each for each in held if parts <= office.within(each.unit_id)]
    return min(found, key=lambda each: (each.acting_for != "", each.id), default=None)


def oversees_round(
    office: Office, memberships: Iterable[Membership], action: Action, quarter: Quarter, today: date
) -> bool:
    """Whether a person may do this to a round: they oversee every report that is due in it.

    Where nobody has to report in it yet, every unit that ever reports counts.
    """
    memberships = tuple(memberships)
    assigned = [each for each in office.assignments if each.indicator_id in office.indicators]
    due = [each for each in assigned if each.fiscal_year == quarter.fiscal_year and quarter.number in each.quarters]
    keys = {ReportKey(each.unit_id, each.indicator_id, quarter) for each in due or assigned}
    return bool(keys) and all(oversees(office, memberships, action, key, today) for key in keys)


def _standing_in(
    office: Office, memberships: Iterable[Membership], key: ReportKey, today: date
) -> Membership | Refused:
    return oversees(office, memberships, Action.REPORT_FOR, key, today) or Refused(RefusalReason.ROLE_MAY_NOT)


def _is_combined(office: Office, key: ReportKey) -> bool:
    """Whether a report is the owner's, rolled up from what other units report."""
    indicator = office.indicators.get(key.indicator_id)
    return indicator is not None and indicator.owner_id == key.unit_id and bool(office.parts(indicator.id, key.quarter))


def overseen_keys(
    office: Office, memberships: Iterable[Membership], action: Action, quarters: Iterable[Quarter], today: date
) -> tuple[ReportKey, ...]:
    """Every report of these quarters that this person oversees: of the units below, and of the owners above."""
    memberships = tuple(memberships)
    keys = {
        ReportKey(unit_id, each.indicator_id, quarter)
        for quarter in quarters
        for each in office.assignments
        if each.fiscal_year == quarter.fiscal_year
        and quarter.number in each.quarters
        and each.indicator_id in office.indicators
        for unit_id in (each.unit_id, office.indicators[each.indicator_id].owner_id)
    }
    return tuple(
        sorted(
            (each for each in keys if oversees(office, memberships, action, each, today)),
            key=lambda each: (
                each.quarter,
                office.indicators[each.indicator_id].order,
                office.units[each.unit_id].code,
            ),
        )
    )


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


def not_sent(_: ReportKey) -> Standing:
    return NOT_SENT


def reportable(
    office: Office,
    memberships: Iterable[Membership],
    today: date,
    standing: Callable[[ReportKey], Standing] = not_sent,
) -> tuple[ReportKey, ...]:
    """Everything this person may report today, by unit code, the indicators' own order, then quarter."""
    memberships = tuple(memberships)
    units = [office.units[each] for each in {each.unit_id for each in memberships} if each in office.units]
    begun = sorted(each.quarter for each in office.rounds.values() if each.opens <= today)
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
                for quarter in begun
                if quarter.fiscal_year == assignment.fiscal_year
            )
    return tuple(key for key in keys if isinstance(may_report(office, memberships, key, today, standing(key)), Allowed))


def due_keys(office: Office, unit_id: int, quarters: Iterable[Quarter]) -> Iterator[ReportKey]:
    """Everything that a unit has to report of these quarters, reported or not."""
    quarters = tuple(quarters)
    for each in office.assignments_of(unit_id):
        for quarter in quarters:
            key = ReportKey(unit_id, each.indicator_id, quarter)
            known = quarter.fiscal_year == each.fiscal_year and each.indicator_id in office.indicators
            if known and _not_due(office, key, submitted=False) is None:
                yield key


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
    ended = [each.valid_to for each in in_unit if each.approved and each.valid_to is not None and each.ended(today)]
    if ended:
        return Refused(RefusalReason.MEMBERSHIP_ENDED, max(ended))
    return Refused(RefusalReason.NOT_A_MEMBER)


def _not_due(office: Office, key: ReportKey, *, submitted: bool) -> RefusalReason | None:
    unit = office.units.get(key.unit_id)
    if unit is None or not unit.existed_in(key.quarter):
        return RefusalReason.UNIT_NOT_VALID
    if submitted:
        return None
    assignment = office.assignment(key)
    if assignment is None:
        return RefusalReason.NOT_ASSIGNED
    if key.quarter.number not in assignment.quarters:
        return RefusalReason.NOT_DUE_IN_QUARTER
    return None
