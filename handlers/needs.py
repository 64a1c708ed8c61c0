"""What a conversation may ask to be looked up once it knows that it needs it; each says what is found then."""

from __future__ import annotations

from msgspec import Struct

from models.rules.fiscal import Quarter
from models.rules.office import ReportKey


class StoppedReminders(Struct, frozen=True):
    """Need: who of these units wants no reminders of a quarter. Found: tuple[(name, Quarter), …], by name."""

    unit_ids: frozenset[int]


class RemindersOf(Struct, frozen=True):
    """Need: what it takes to remind these units' people of what they owe of some quarters. Found: RemindersNow."""

    unit_ids: frozenset[int]
    quarters: frozenset[Quarter]


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


class WaitingMembers(Struct, frozen=True):
    """Need: who waits to be let into these units, the earliest first. Found: tuple[WaitingMember, ...]."""

    unit_ids: frozenset[int]


class WaitingRequests(Struct, frozen=True):
    """Need: what waits for these units' coordinators, the earliest first. Found: tuple[WaitingRequest, ...]."""

    unit_ids: frozenset[int]


class ToldOf(Struct, frozen=True):
    """Need: who is told about a report, its newest version's author first, then the unit's other reporters.

    Found: tuple[Recipient, ...].
    """

    key: ReportKey


class LastReturn(Struct, frozen=True):
    """Need: why a report was sent back last. Found: ReturnedReport | None."""

    key: ReportKey


class ReviewQueue(Struct, frozen=True):
    """Need: what waits for review in these units and years, the earliest first. Found: tuple[Queued, ...]."""

    unit_ids: frozenset[int]
    fiscal_years: frozenset[int]


class Versions(Struct, frozen=True):
    """Need: every version of a report in full, oldest first. Found: tuple[FullReport, ...]."""

    key: ReportKey


class UnitFacts(Struct, frozen=True):
    """Need: what a unit's own reporter would know, for whoever reports for it. Found: FactsOfUnit."""

    unit_id: int


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


class GroupByCode(Struct, frozen=True):
    """Need: what was offered with this normalised code and still holds. Found: OfferedGroup | None."""

    code: str


class GroupsOffered(Struct, frozen=True):
    """Need: how many offers still wait for a group. Found: int."""


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
