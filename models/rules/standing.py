"""Where a report stands between a unit and its coordinator."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct


class ReportState(StrEnum):
    """The state of a report's newest version, as `Report.state` keeps it."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    RESUBMITTED = "resubmitted"
    """Sent again after a return (ส่งแก้แล้ว)."""
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


TO_REVIEW = frozenset({ReportState.SUBMITTED, ReportState.RESUBMITTED})
"""What waits for a coordinator."""


class Decision(StrEnum):
    """What a coordinator decides about a version."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


class Standing(Struct, frozen=True):
    """What the gate has to know of a report. A withdrawn one counts as not sent: `state` None."""

    state: ReportState | None = None
    late: bool = False
    """Whether the newest version was late."""
    opened_until: date | None = None
    """The last day for which a coordinator opened the closed round to this unit."""
    edit_until: date | None = None
    """The last day on which a coordinator lets the accepted report be changed."""

    def opened(self, today: date) -> bool:
        """Whether the closing day does not count today. What was sent back can always be corrected."""
        return self.state is ReportState.RETURNED or _holds(self.opened_until, today) or self.editable(today)

    def editable(self, today: date) -> bool:
        """Whether it may be changed although it was accepted."""
        return _holds(self.edit_until, today)


NOT_SENT = Standing()


def after_sending(state: ReportState | None) -> ReportState:
    """The state of a report after a further version: a return is answered once, and stays answered."""
    if state in {ReportState.RETURNED, ReportState.RESUBMITTED}:
        return ReportState.RESUBMITTED
    return ReportState.SUBMITTED


def _holds(until: date | None, today: date) -> bool:
    return until is not None and today <= until
