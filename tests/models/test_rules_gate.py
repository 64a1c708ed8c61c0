"""The gate before a report: who, what, when, and the reason why not."""

from __future__ import annotations

from datetime import date

import pytest

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
    past_result_refused,
    reportable,
)

Q1, Q2 = Quarter(2570, 1), Quarter(2570, 2)
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
    assert may_report(OFFICE, memberships, key, today, submitted=False) == refused


@pytest.mark.parametrize(("today", "late"), [(OCTOBER, False), (DUE, False), (date(2027, 1, 12), True), (CLOSES, True)])
def test_late_is_not_closed(today: date, late: bool) -> None:
    """After the due day a report is late and welcome until the round closes; all days are inclusive."""
    key = ReportKey(2, 848, Q1)
    assert may_report(OFFICE, [REPORTER], key, today, submitted=False) == Allowed(REPORTER, late)


def test_what_was_sent_can_be_corrected_after_the_assignment_went() -> None:
    """An import that takes an assignment away does not lock what was reported under it."""
    key = ReportKey(3, 847, Q1)
    assert isinstance(may_report(OFFICE, [_member(3)], key, DUE, submitted=True), Allowed)
    assert may_report(OFFICE, [_member(3)], key, date(2027, 2, 1), submitted=True) == Refused(
        RefusalReason.CLOSED, CLOSES
    )


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
    allowed = may_report(OFFICE, [deputy, REPORTER], ReportKey(2, 848, Q1), DUE, submitted=False)
    assert allowed == Allowed(REPORTER, late=False)


def test_reportable_in_a_fixed_order() -> None:
    """Units by code, indicators in their own order, only what is open and due."""
    keys = reportable(OFFICE, [_member(2), _member(3), _member(4), _member(1, Role.COORDINATOR)], DUE)
    assert keys == (ReportKey(3, 848, Q1), ReportKey(2, 848, Q1), ReportKey(2, 847, Q1))
    assert reportable(OFFICE, [REPORTER], date(2027, 2, 1)) == ()


def test_every_action_has_its_roles() -> None:
    """The table is complete, and only reporters report."""
    assert set(MAY) == set(Action)
    assert MAY[Action.REPORT] == {Role.REPORTER}
