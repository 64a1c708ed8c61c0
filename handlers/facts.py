"""What a conversation may look at: a small frozen value loaded after the chat's lock is taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from models.rules.fiscal import Quarter
from models.rules.membership import Membership
from models.rules.office import Office, ReportKey, Role
from models.rules.permissions import Allowed, Refused, may_report, reportable
from models.rules.standing import ReportState, Standing


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


class StoppedReminders(Struct, frozen=True):
    """Need: who of these units wants no reminders of a quarter. Found: tuple[(name, Quarter), …], by name."""

    unit_ids: frozenset[int]


class RemindersOf(Struct, frozen=True):
    """Need: what it takes to remind these units' people of what they owe of some quarters. Found: RemindersNow."""

    unit_ids: frozenset[int]
    quarters: frozenset[Quarter]


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


class InvitationByCode(Struct, frozen=True):
    """Need: the invitation with this normalised code (letters, digits, upper case). Found: Invitation | None."""

    code: str


class ReportInFull(Struct, frozen=True):
    """Need: the newest version of a report with its texts. Found: FullReport | None."""

    key: ReportKey


class ReportsOf(Struct, frozen=True):
    """Need: the newest versions of several units' reports of one fiscal year. Found: tuple[ReportSummary, ...]."""

    unit_ids: frozenset[int]
    fiscal_year: int


class StoredAboutMe(Struct, frozen=True):
    """Need: how much is kept about the person. Found: dict with counts.

    `messages`, `reports`, `drafts`, `reviews` (decided), `requests` (made), `notices` (not told yet) and `pauses`.
    """


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


class WaitingMembers(Struct, frozen=True):
    """Need: who waits to be let into these units, the earliest first. Found: tuple[WaitingMember, ...]."""

    unit_ids: frozenset[int]


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


class WaitingRequests(Struct, frozen=True):
    """Need: what waits for these units' coordinators, the earliest first. Found: tuple[WaitingRequest, ...]."""

    unit_ids: frozenset[int]


class Recipient(Struct, frozen=True):
    """Somebody who can be told something. Not `reachable`: the bot is blocked, or the person was forgotten."""

    person_id: int
    name: str
    language: str
    reachable: bool


class ToldOf(Struct, frozen=True):
    """Need: who is told about a report, its newest version's author first, then the unit's other reporters.

    Found: tuple[Recipient, ...].
    """

    key: ReportKey


class LastReturn(Struct, frozen=True):
    """Need: why a report was sent back last. Found: ReturnedReport | None."""

    key: ReportKey


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


class ReviewQueue(Struct, frozen=True):
    """Need: what waits for review in these units and years, the earliest first. Found: tuple[Queued, ...]."""

    unit_ids: frozenset[int]
    fiscal_years: frozenset[int]


class Versions(Struct, frozen=True):
    """Need: every version of a report in full, oldest first. Found: tuple[FullReport, ...]."""

    key: ReportKey


class NumberedReport(Struct, frozen=True):
    """A report by its receipt's number; `pictures`: how many its newest version has."""

    key: ReportKey
    version_id: str
    pictures: int


class UnitFacts(Struct, frozen=True):
    """Need: what a unit's own reporter would know, for whoever reports for it. Found: FactsOfUnit."""

    unit_id: int


class FactsOfUnit(Struct, frozen=True):
    """Reports, drafts and pictures of one unit, and the next numbers, as `Facts` has them for a reporter's own."""

    reports: Mapping[ReportKey, ReportSummary]
    withdrawn: Mapping[ReportKey, ReportSummary]
    drafts: Mapping[ReportKey, Draft]
    pictures: Mapping[ReportKey, PictureCounts]
    next_numbers: Mapping[Quarter, int]


class PartsOf(Struct, frozen=True):
    """Need: the newest versions in full of an indicator's reports of one quarter, the owner's not among them.

    Found: tuple[FullReport, ...].
    """

    indicator_id: int
    quarter: Quarter


class ReportByNumber(Struct, frozen=True):
    """Need: the report with this number in its quarter. Found: NumberedReport | None."""

    quarter: Quarter
    number: int


class NewCode(Struct, frozen=True):
    """Need: a code that nobody knows yet. Found: str, such as "7K3M-Q2XD-9FHA"."""


class OfferedGroup(Struct, frozen=True):
    """A unit's group that was offered and not linked yet."""

    id: int
    unit_id: int


class GroupByCode(Struct, frozen=True):
    """Need: what was offered with this normalised code and still holds. Found: OfferedGroup | None."""

    code: str


class GroupsOffered(Struct, frozen=True):
    """Need: how many offers still wait for a group. Found: int."""


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


class EvaluationsOf(Struct, frozen=True):
    """Need: the newest evaluations of several indicators in one fiscal year. Found: tuple[EvaluationSummary, ...]."""

    indicator_ids: frozenset[int]
    fiscal_year: int


Need = (
    EvaluationsOf
    | NewCode
    | GroupByCode
    | GroupsOffered
    | UnitFacts
    | PartsOf
    | WaitingRequests
    | ToldOf
    | LastReturn
    | ReviewQueue
    | Versions
    | ReportByNumber
    | WaitingMembers
    | InvitationByCode
    | ReportInFull
    | ReportsOf
    | StoppedReminders
    | RemindersOf
    | StoredAboutMe
)


class Facts(Struct, frozen=True, dict=True):
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
    linked_unit: int | None = None
    """In a group or room that a coordinator linked: the unit it belongs to."""
    stands_in_for: int | None = None
    """The unit whose facts these are, where somebody reports for another than their own; 0: none was chosen yet."""
    own: Facts | None = None
    """Where somebody stands in: what they know for themselves."""
    openings: tuple[Opening, ...] = ()
    """What was opened again for the person's own reporting units and still is."""
    pictures: Mapping[ReportKey, PictureCounts] = field(default_factory=dict)
    """Pictures sent for the reports of the person's own reporting units, in the years of `reports`; absent: none."""

    notices: tuple[Notice, ...] = ()
    """What was not told yet, oldest first."""

    @property
    def today(self) -> date:
        return self.now.date()

    def standing(self, key: ReportKey) -> Standing:
        """Where a report of the person's own units stands, as the gate asks it."""
        found = self.reports.get(key)
        opened = [each for each in self.openings if each.opens(key)]
        return Standing(
            found.state if found else None,
            late=found.late if found else False,
            opened_until=max((each.until for each in opened if not each.edit), default=None),
            edit_until=max((each.until for each in opened if each.edit), default=None),
        )

    def gate(self, key: ReportKey, *, for_another: bool = False) -> Allowed | Refused:
        """Whether the person may report this today; asked several times a turn, found out once."""
        found = self._gates.get((key, for_another))
        if found is None:
            standing = self.standing(key)
            found = may_report(self.office, self.memberships, key, self.today, standing, for_another=for_another)
            self._gates[key, for_another] = found
        return found

    @cached_property
    def _gates(self) -> dict[tuple[ReportKey, bool], Allowed | Refused]:
        return {}

    @cached_property
    def reportable(self) -> tuple[ReportKey, ...]:
        """Everything that this person may report today."""
        return reportable(self.office, self.memberships, self.today, self.standing)

    @property
    def language(self) -> str:
        return self.person.language if self.person else "th"
