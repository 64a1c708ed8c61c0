"""What a conversation may look at: a small frozen value loaded after the chat's lock is taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from handlers.needs import Need
from handlers.records import Draft, Notice, Opening, Person, PictureCounts, ReportSummary
from models.rules.fiscal import Quarter
from models.rules.membership import Membership
from models.rules.office import Office, ReportKey
from models.rules.permissions import Allowed, Refused, may_report, reportable
from models.rules.standing import Standing


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
