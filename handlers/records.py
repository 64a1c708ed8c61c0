"""What is stored, as a conversation reads it: small frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from msgspec import Struct

from models.rules.fiscal import Quarter
from models.rules.office import ReportKey, Role
from models.rules.standing import ReportState


class Person(Struct, frozen=True):
    id: int
    name: str
    position: str
    language: str = "th"
    notice_acknowledged: bool = False
    shared_account: bool = False
    """บัญชีกลาง: several people write from this account, so each report asks who is writing."""


class ReportSummary(Struct, frozen=True):
    """The newest version of a report without its long texts."""

    key: ReportKey
    number: int
    version: int
    result: Decimal
    zero_reason: str
    state: ReportState
    submitted_at: datetime
    late: bool
    reporter_name: str
    message_ids: tuple[str, ...] = ()
    """The messages it came from (ReportVersion.message_ids)."""
    accepted_version: int | None = None
    """The version that is published; an older one where a newer was sent since."""
    on_behalf_of: str = ""


class Opening(Struct, frozen=True):
    """What a coordinator opened again for a unit: a closed quarter, or one accepted report (`edit`)."""

    unit_id: int
    indicator_id: int | None
    quarter: Quarter
    until: date
    edit: bool

    def opens(self, key: ReportKey) -> bool:
        same = (self.unit_id, self.quarter) == (key.unit_id, key.quarter)
        return same and self.indicator_id in {None, key.indicator_id}


class FullReport(Struct, frozen=True):
    """A stored version in full."""

    summary: ReportSummary
    answer: Any
    """The answer as it was given (for yes/no: yes, in_progress, no)."""
    narrative: str
    explanation: str
    sub_measures: Mapping[str, Decimal]
    """Sub-measure code → value."""
    warnings: tuple[tuple[str, Mapping[str, str]], ...] = ()
    """What the checks saw, confirmed by the reporter: rule and data. Loaded by `Versions` only."""


class Draft(Struct, frozen=True):
    key: ReportKey
    answers: Mapping[str, Any]
    revision: int
    base_version: int
    begun_by: int
    begun_by_name: str
    begun_at: datetime
    holder: int
    """The person who wrote last."""
    holder_name: str
    updated_at: datetime
    cancelled_at: datetime | None = None


class Notice(Struct, frozen=True):
    """Something the person is to hear with an answer. `kind` names its sentence, `data` fills it."""

    id: str
    kind: str
    data: Mapping[str, Any]
    subject: str = ""
    """What it is about: whoever changes that takes it away."""


class RemindersNow(Struct, frozen=True):
    """Whose turn it is to be reminded, a push each; nobody who was today, who wants none, or who cannot be reached."""

    person_ids: tuple[int, ...] = ()
    left: int | None = None
    """Pushes that the month has left for reminders; None: without limit, or not known yet."""
    limited: bool | None = False
    """Whether there is a limit; None: not known yet."""
    at: datetime | None = None
    """When they go out; None: within minutes."""
    unit_ids: frozenset[int] = frozenset()
    """The units that these people report for."""


class PictureCounts(Struct, frozen=True):
    """Pictures of the draft by what became of them; `sent`: those of the report's newest version."""

    waiting: int = 0
    ready: int = 0
    failed: int = 0
    sent: int = 0


class Invitation(Struct, frozen=True):
    id: int
    unit_ids: tuple[int, ...]
    role: Role
    uses_left: int
    expires_at: datetime | None
    needs_approval: bool
    valid_to: date | None = None
    """The last day of the duty it gives, a deputy's; None: without end."""
    name: str = ""
    position: str = ""
    """Whom it was made for; empty: for anybody."""


class WaitingMember(Struct, frozen=True):
    """Somebody whose registration awaits approval."""

    membership_id: int
    unit_id: int
    role: Role
    name: str
    position: str
    same_person: int | None = None
    """The membership that somebody of this name holds there already: the person with another LINE account."""
    person_id: int = 0
    language: str = "th"


class RequestKind(StrEnum):
    """What only a coordinator can grant (`Request.kind`)."""

    UNLOCK = "unlock"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    ACTIVITY = "activity"
    TARGET = "target"
    MOVED = "moved"


class WaitingRequest(Struct, frozen=True):
    """A request that nobody has decided yet, and who asks."""

    id: str
    kind: RequestKind
    unit_id: int
    indicator_id: int | None
    quarter: Quarter | None
    reason: str
    data: Mapping[str, Any]
    at: datetime
    person: Recipient


class Recipient(Struct, frozen=True):
    """Somebody who can be told something. Not `reachable`: the bot is blocked, or the person was forgotten."""

    person_id: int
    name: str
    language: str
    reachable: bool


class ReturnedReport(Struct, frozen=True):
    """What a coordinator asked for."""

    version: int
    reason: str
    question: str
    coordinator: str
    at: datetime


class Queued(Struct, frozen=True):
    """A report that waits for review."""

    summary: ReportSummary
    warnings: int
    sent_by: int | None = None
    """The person who sent it, where that is known."""


class NumberedReport(Struct, frozen=True):
    """A report by its receipt's number; `pictures`: how many its newest version has."""

    key: ReportKey
    version_id: str
    pictures: int


class FactsOfUnit(Struct, frozen=True):
    """Reports, drafts and pictures of one unit, and the next numbers, as `Facts` has them for a reporter's own."""

    reports: Mapping[ReportKey, ReportSummary]
    withdrawn: Mapping[ReportKey, ReportSummary]
    drafts: Mapping[ReportKey, Draft]
    pictures: Mapping[ReportKey, PictureCounts]
    next_numbers: Mapping[Quarter, int]


class OfferedGroup(Struct, frozen=True):
    """A unit's group that was offered and not linked yet."""

    id: int
    unit_id: int


class EvaluationSummary(Struct, frozen=True):
    """The newest evaluation of an indicator's quarter. What was not given is absent, which is not zero."""

    indicator_id: int
    quarter: Quarter
    version: int
    overall: Decimal | None
    scores: Mapping[str, Decimal]
    """Criterion code → score."""
    comment: str
    evaluated_at: datetime
