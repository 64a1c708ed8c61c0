"""The gate before a report: who, what, when, and the reason why not."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from models.rules.fiscal import Quarter
from models.rules.membership import Membership
from models.rules.office import (
    Assignment,
    Indicator,
    Office,
    QuarterDates,
    ReportKey,
    ResultKind,
    Role,
    Unit,
    UnitKind,
)
from models.rules.permissions import (
    MAY,
    Action,
    Allowed,
    RefusalReason,
    Refused,
    may_report,
    overseen_keys,
    oversees,
    oversees_round,
    past_result_refused,
    reportable,
)
from models.rules.standing import ReportState, Standing

Q1, Q2 = Quarter(2570, 1), Quarter(2570, 2)
SENT = Standing(ReportState.SUBMITTED)
OCTOBER, DUE, CLOSES = date(2026, 10, 1), date(2027, 1, 11), date(2027, 1, 25)


def _indicator(number: int, order: int) -> Indicator:
    return Indicator(number, f"2300-{number}", order, "จำนวน", 1, "ห้อง", ResultKind.COUNT, ResultKind.YES_NO)


OFFICE = Office(
    units={
        1: Unit(1, "23000000", "สำนัก", UnitKind.BUREAU),
        2: Unit(2, "23000302", "ห้องสมุดสอง", UnitKind.LIBRARY, parent_id=1),
        3: Unit(3, "23000301", "ห้องสมุดหนึ่ง", UnitKind.LIBRARY, parent_id=1),
        4: Unit(4, "23000304", "ห้องสมุดเก่า", UnitKind.LIBRARY, parent_id=1, valid_to=date(2026, 9, 30)),
    },
    indicators={848: _indicator(848, 8), 847: _indicator(847, 9)},
    rounds={
        Q1: QuarterDates(Q1, OCTOBER, DUE, CLOSES),
        Quarter(2570, 3): QuarterDates(Quarter(2570, 3), date(2027, 4, 1), date(2027, 7, 12), date(2027, 7, 26)),
    },
    assignments=(
        Assignment(2, 847, 2570, frozenset({1})),
        Assignment(2, 848, 2570, frozenset({1, 2, 3})),
        Assignment(3, 848, 2570, frozenset({1, 3})),
        Assignment(4, 848, 2570, frozenset({1})),
    ),
)


def _member(unit: int = 2, role: Role = Role.REPORTER, **changes: object) -> Membership:
    return Membership(**{"id": unit, "unit_id": unit, "role": role, "valid_from": OCTOBER, **changes})  # type: ignore[arg-type]


REPORTER = _member()


@pytest.mark.parametrize(
    ("membership", "key", "today", "refused"),
    [
        pytest.param(None, ReportKey(2, 848, Q1), DUE, Refused(RefusalReason.NOT_A_MEMBER), id="a stranger"),
        pytest.param(_member(1), ReportKey(2, 848, Q1), DUE, Refused(RefusalReason.NOT_A_MEMBER), id="only the parent"),
        pytest.param(
            _member(approved=False), ReportKey(2, 848, Q1), DUE, Refused(RefusalReason.AWAITING_APPROVAL), id="waits"
        ),
        pytest.param(
            _member(valid_to=date(2026, 12, 31)),
            ReportKey(2, 848, Q1),
            DUE,
            Refused(RefusalReason.MEMBERSHIP_ENDED, date(2026, 12, 31)),
            id="has moved",
        ),
        pytest.param(
            _member(valid_from=date(2027, 2, 1)),
            ReportKey(2, 848, Q1),
            DUE,
            Refused(RefusalReason.NOT_A_MEMBER, date(2027, 2, 1)),
            id="comes later",
        ),
        pytest.param(
            _member(role=Role.COORDINATOR),
            ReportKey(2, 848, Q1),
            DUE,
            Refused(RefusalReason.ROLE_MAY_NOT),
            id="a coordinator",
        ),
        pytest.param(
            _member(4), ReportKey(4, 848, Q1), DUE, Refused(RefusalReason.UNIT_NOT_VALID), id="the library is no more"
        ),
        pytest.param(
            _member(3), ReportKey(3, 847, Q1), DUE, Refused(RefusalReason.NOT_ASSIGNED), id="another's indicator"
        ),
        pytest.param(
            _member(3), ReportKey(3, 848, Q2), DUE, Refused(RefusalReason.NOT_DUE_IN_QUARTER), id="not in this quarter"
        ),
        pytest.param(REPORTER, ReportKey(2, 848, Q2), DUE, Refused(RefusalReason.NO_DATES), id="no dates"),
        pytest.param(
            REPORTER,
            ReportKey(2, 848, Quarter(2570, 3)),
            DUE,
            Refused(RefusalReason.NOT_OPEN_YET, date(2027, 4, 1)),
            id="too early",
        ),
        pytest.param(
            REPORTER,
            ReportKey(2, 848, Q1),
            date(2027, 1, 26),
            Refused(RefusalReason.CLOSED, CLOSES),
            id="the day after closing",
        ),
    ],
)
def test_why_not(membership: Membership | None, key: ReportKey, today: date, refused: Refused) -> None:
    """Every refusal has its own reason, with the day where there is one."""
    memberships = () if membership is None else (membership,)
    assert may_report(OFFICE, memberships, key, today) == refused


@pytest.mark.parametrize(("today", "late"), [(OCTOBER, False), (DUE, False), (date(2027, 1, 12), True), (CLOSES, True)])
def test_late_is_not_closed(today: date, late: bool) -> None:
    """After the due day a report is late and welcome until the round closes; all days are inclusive."""
    key = ReportKey(2, 848, Q1)
    assert may_report(OFFICE, [REPORTER], key, today) == Allowed(REPORTER, late)


def test_what_was_sent_can_be_corrected_after_the_assignment_went() -> None:
    """An import that takes an assignment away does not lock what was reported under it."""
    key = ReportKey(3, 847, Q1)
    assert isinstance(may_report(OFFICE, [_member(3)], key, DUE, SENT), Allowed)
    assert may_report(OFFICE, [_member(3)], key, date(2027, 2, 1), SENT) == Refused(RefusalReason.CLOSED, CLOSES)


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        pytest.param(ReportKey(2, 848, Q1), None, id="assigned"),
        pytest.param(ReportKey(2, 848, Q2), None, id="without dates"),
        pytest.param(ReportKey(3, 847, Q1), RefusalReason.NOT_ASSIGNED, id="not assigned"),
        pytest.param(ReportKey(1, 848, Q1), RefusalReason.NOT_ASSIGNED, id="nothing assigned to the unit"),
        pytest.param(ReportKey(3, 848, Q2), RefusalReason.NOT_DUE_IN_QUARTER, id="not in this quarter"),
        pytest.param(ReportKey(4, 848, Q1), RefusalReason.UNIT_NOT_VALID, id="the library is no more"),
        pytest.param(ReportKey(3, 847, Quarter(2569, 4)), None, id="history: a year without assignments"),
        pytest.param(ReportKey(2, 848, Quarter(2570, 3)), RefusalReason.NOT_OPEN_YET, id="has not begun"),
        pytest.param(ReportKey(2, 848, Quarter(2571, 1)), RefusalReason.NOT_OPEN_YET, id="a year to come"),
    ],
)
def test_a_past_result_asks_the_same_gate(key: ReportKey, reason: RefusalReason | None) -> None:
    """Unit and assignment as for a report, from the quarter's first day on; no person and no open days."""
    refused = past_result_refused(OFFICE, key, date(2027, 1, 1), submitted=False)
    assert (refused.reason if refused else None) == reason


def test_a_stored_result_can_be_mended_after_the_assignment_went() -> None:
    """As in the chat; but not for a library that was no more."""
    assert past_result_refused(OFFICE, ReportKey(3, 847, Q1), DUE, submitted=True) is None
    assert past_result_refused(OFFICE, ReportKey(4, 848, Q1), DUE, submitted=True) is not None


def test_ones_own_duty_goes_before_anothers() -> None:
    """Who is a reporter and also a deputy reports in their own name."""
    deputy = _member(id=9, acting_for="สมหญิง")
    allowed = may_report(OFFICE, [deputy, REPORTER], ReportKey(2, 848, Q1), DUE)
    assert allowed == Allowed(REPORTER, late=False)


def test_reportable_in_a_fixed_order() -> None:
    """Units by code, indicators in their own order, only what is open and due."""
    keys = reportable(OFFICE, [_member(2), _member(3), _member(4), _member(1, Role.COORDINATOR)], DUE)
    assert keys == (ReportKey(3, 848, Q1), ReportKey(2, 848, Q1), ReportKey(2, 847, Q1))
    assert reportable(OFFICE, [REPORTER], date(2027, 2, 1)) == ()


def test_every_action_has_its_roles() -> None:
    """The table is complete, only reporters report, and only coordinators decide about reports."""
    assert set(MAY) == set(Action)
    assert MAY[Action.REPORT] == {Role.REPORTER}
    for action in (Action.REPORT_FOR, Action.REVIEW, Action.GRANT):
        assert MAY[action] == {Role.COORDINATOR}


AFTER = date(2027, 2, 1)
LIVING = ReportKey(2, 848, Q1)


@pytest.mark.parametrize(
    ("standing", "today", "expected"),
    [
        pytest.param(Standing(ReportState.RETURNED, late=False), AFTER, Allowed(REPORTER, late=False), id="in time"),
        pytest.param(Standing(ReportState.RETURNED, late=True), AFTER, Allowed(REPORTER, late=True), id="it was late"),
        pytest.param(
            Standing(ReportState.RESUBMITTED), AFTER, Refused(RefusalReason.CLOSED, CLOSES), id="answered already"
        ),
        pytest.param(Standing(opened_until=AFTER), AFTER, Allowed(REPORTER, late=True), id="opened, last day"),
        pytest.param(
            Standing(opened_until=CLOSES), AFTER, Refused(RefusalReason.CLOSED, CLOSES), id="opened, over again"
        ),
        pytest.param(Standing(ReportState.ACCEPTED), DUE, Refused(RefusalReason.ACCEPTED), id="accepted"),
        pytest.param(
            Standing(ReportState.ACCEPTED, opened_until=AFTER),
            DUE,
            Refused(RefusalReason.ACCEPTED),
            id="an opened round opens no accepted report",
        ),
        pytest.param(
            Standing(ReportState.ACCEPTED, edit_until=AFTER), AFTER, Allowed(REPORTER, late=True), id="may be edited"
        ),
        pytest.param(
            Standing(ReportState.ACCEPTED, edit_until=DUE), AFTER, Refused(RefusalReason.ACCEPTED), id="no longer"
        ),
    ],
)
def test_closed_and_accepted(standing: Standing, today: date, expected: Allowed | Refused) -> None:
    """What was sent back can always be corrected; what is closed or accepted only while a coordinator says so."""
    assert may_report(OFFICE, [REPORTER], LIVING, today, standing) == expected


@pytest.mark.parametrize("role", Role)
def test_who_may_report_for_another(role: Role) -> None:
    """Only coordinators, for units below theirs, whatever was closed or accepted; never before it opens."""
    above = _member(1, role)
    for today, standing in ((DUE, Standing()), (AFTER, Standing(ReportState.ACCEPTED))):
        answer = may_report(OFFICE, [above], LIVING, today, standing, for_another=True)
        assert isinstance(answer, Allowed) is (role is Role.COORDINATOR)
    early = may_report(OFFICE, [above], ReportKey(2, 848, Quarter(2570, 3)), DUE, for_another=True)
    assert isinstance(early, Refused)
    elsewhere = may_report(OFFICE, [_member(3, role)], LIVING, DUE, for_another=True)
    assert elsewhere == Refused(RefusalReason.ROLE_MAY_NOT)


def test_who_oversees_all_parts_oversees_the_whole() -> None:
    """The owner may lie above its coordinator: the division's combines for the bureau, one library's does not."""
    division = Unit(5, "23040000", "กลุ่มงาน", UnitKind.DIVISION, parent_id=1)
    below = {each: replace(OFFICE.units[each], parent_id=5) for each in (2, 3)}
    office = replace(OFFICE, units={**OFFICE.units, **below, 5: division})
    whole = ReportKey(1, 848, Q1)
    assert oversees(office, [_member(5, Role.COORDINATOR)], Action.REVIEW, whole, DUE) is not None
    assert isinstance(may_report(office, [_member(5, Role.COORDINATOR)], whole, DUE, for_another=True), Allowed)
    assert oversees(office, [_member(2, Role.COORDINATOR)], Action.REVIEW, whole, DUE) is None
    assert oversees(office, [_member(5, Role.EVALUATOR)], Action.REVIEW, whole, DUE) is None
    keys = overseen_keys(office, [_member(5, Role.COORDINATOR)], Action.REVIEW, [Q1], DUE)
    assert keys == (whole, ReportKey(3, 848, Q1), LIVING, ReportKey(1, 847, Q1), ReportKey(2, 847, Q1))


@pytest.mark.parametrize(
    ("role", "unit_ids", "quarter", "may_move"),
    [
        (Role.COORDINATOR, (1,), Q1, True),
        (Role.ADMINISTRATOR, (1,), Q1, True),
        (Role.REPORTER, (1,), Q1, False),
        (Role.EXECUTIVE, (1,), Q1, False),
        (Role.COORDINATOR, (2,), Q1, False),
        (Role.COORDINATOR, (2, 3), Q1, True),
        (Role.COORDINATOR, (2,), Quarter(2570, 2), True),
        (Role.COORDINATOR, (3,), Quarter(2570, 2), False),
        (Role.COORDINATOR, (2,), Quarter(2575, 1), False),
        (Role.COORDINATOR, (1,), Quarter(2575, 1), True),
    ],
)
def test_a_round_is_everybodys_who_reports_in_it(
    role: Role, unit_ids: tuple[int, ...], quarter: Quarter, may_move: bool
) -> None:
    """Only who oversees all that is due may move it; of a year that nobody reports in yet, all that is ever due."""
    assignments = (
        Assignment(2, 847, 2570, frozenset({1, 2})),
        Assignment(3, 848, 2570, frozenset({1})),
    )
    office = replace(OFFICE, assignments=assignments)
    held = [Membership(place, unit_id, role, OCTOBER) for place, unit_id in enumerate(unit_ids)]
    assert oversees_round(office, held, Action.MOVE_DATES, quarter, DUE) is may_move


def test_a_round_of_nothing_is_nobodys() -> None:
    """Before anything is assigned to anybody the dates come from the file alone."""
    held = [Membership(1, 1, Role.COORDINATOR, OCTOBER)]
    assert not oversees_round(replace(OFFICE, assignments=()), held, Action.MOVE_DATES, Q1, DUE)
