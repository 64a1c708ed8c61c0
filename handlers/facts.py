"""What a conversation may look at: a small frozen value loaded after the chat's lock is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from models.rules.fiscal import Quarter
from models.rules.membership import Membership
from models.rules.office import Office, ReportKey, Role


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    position: str
    language: str = "th"
    notice_acknowledged: bool = False
    shared_account: bool = False
    """บัญชีกลาง: several people write from this account, so each report asks who is writing."""


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """The newest version of a report without its long texts."""

    key: ReportKey
    number: int
    version: int
    result: Decimal
    zero_reason: str
    state: str
    submitted_at: datetime
    late: bool
    reporter_name: str
    message_ids: tuple[str, ...] = ()
    """The messages it came from (ReportVersion.message_ids)."""


@dataclass(frozen=True, slots=True)
class FullReport:
    """A stored version in full."""

    summary: ReportSummary
    answer: Any
    """The answer as it was given (for yes/no: yes, in_progress, no)."""
    narrative: str
    explanation: str
    sub_measures: Mapping[str, Decimal]
    """Sub-measure code → value."""


@dataclass(frozen=True, slots=True)
class Draft:
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


@dataclass(frozen=True, slots=True)
class PictureCounts:
    """Pictures of the draft by what became of them; `sent`: those of the report's newest version."""

    waiting: int = 0
    ready: int = 0
    failed: int = 0
    sent: int = 0


@dataclass(frozen=True, slots=True)
class Invitation:
    id: int
    unit_ids: tuple[int, ...]
    role: Role
    uses_left: int
    expires_at: datetime | None
    needs_approval: bool
    valid_to: date | None = None
    """The last day of the duty it gives, a deputy's; None: without end."""


@dataclass(frozen=True, slots=True)
class InvitationByCode:
    """Need: the invitation with this normalised code (letters, digits, upper case). Found: Invitation | None."""

    code: str


@dataclass(frozen=True, slots=True)
class ReportInFull:
    """Need: the newest version of a report with its texts. Found: FullReport | None."""

    key: ReportKey


@dataclass(frozen=True, slots=True)
class ReportsOf:
    """Need: the newest versions of several units' reports of one fiscal year. Found: tuple[ReportSummary, ...]."""

    unit_ids: frozenset[int]
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class StoredAboutMe:
    """Need: how much is kept about the person. Found: dict with counts `messages`, `reports`, `drafts`."""


@dataclass(frozen=True, slots=True)
class WaitingMember:
    """Somebody whose registration awaits approval."""

    membership_id: int
    unit_id: int
    role: Role
    name: str
    position: str


@dataclass(frozen=True, slots=True)
class WaitingMembers:
    """Need: who waits to be let into these units, the earliest first. Found: tuple[WaitingMember, ...]."""

    unit_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class NumberedReport:
    """A report by its receipt's number; `pictures`: how many its newest version has."""

    key: ReportKey
    version_id: str
    pictures: int


@dataclass(frozen=True, slots=True)
class ReportByNumber:
    """Need: the report with this number in its quarter. Found: NumberedReport | None."""

    quarter: Quarter
    number: int


Need = ReportByNumber | WaitingMembers | InvitationByCode | ReportInFull | ReportsOf | StoredAboutMe


@dataclass(frozen=True)
class Facts:
    """Everything `receive` may know. Times are aware and in the office's time zone."""

    now: datetime
    office: Office
    person: Person | None = None
    memberships: tuple[Membership, ...] = ()
    """All of the last year, ended ones included, approved or not, in all roles."""
    reports: Mapping[ReportKey, ReportSummary] = field(default_factory=dict)
    """Newest versions of the standing reports of the person's own reporting units, in the years with an open round,
    the current one and the one before."""
    withdrawn: Mapping[ReportKey, ReportSummary] = field(default_factory=dict)
    """Reports of these units and years that were taken back: not reported, though their versions are kept."""
    drafts: Mapping[ReportKey, Draft] = field(default_factory=dict)
    """Unfinished drafts of the person's own reporting units, cancelled ones of the last week included."""
    failed_codes: tuple[datetime, ...] = ()
    """When this chat typed a wrong invitation code within the last two hours, oldest first."""
    next_numbers: Mapping[Quarter, int] = field(default_factory=dict)
    """The receipt number the next new report of a quarter will get; absent: 1."""
    found: Mapping[Need, Any] = field(default_factory=dict)
    """What was asked for with `Need`."""
    pictures: Mapping[ReportKey, PictureCounts] = field(default_factory=dict)
    """Pictures sent for the reports of the person's own reporting units, in the years of `reports`; absent: none."""

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def language(self) -> str:
        return self.person.language if self.person else "th"
