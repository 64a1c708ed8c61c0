"""What a turn wants done, as data. The shell applies what is stored in one transaction and sends the rest after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct, field

from handlers.needs import Need
from handlers.records import RequestKind
from handlers.session import Session
from models.rules.fiscal import Quarter
from models.rules.office import QuarterDates, ReportKey
from models.rules.standing import Decision, ReportState


class Button(Struct, frozen=True):
    """Something that can be tapped. `label` is at most 20 grapheme clusters.

    `data` is the postback (at most 300 UTF-16 units). `fill_in`, when given, opens the keyboard with that text
    (LINE's inputOption openKeyboard, at most 300 units). `uri` opens a page instead of posting back.
    """

    label: str
    data: str = ""
    fill_in: str | None = None
    uri: str = ""
    copy: str = ""
    """Puts this text on the phone's clipboard instead (at most 1,000 UTF-16 units)."""
    picture: Literal["", "camera", "cameraRoll"] = ""
    """Opens the phone's camera or album instead (quick replies only)."""


class CardRow(Struct, frozen=True):
    """One line of a card; `emphasis` for the headline, `quiet` for what is said by the way."""

    text: str
    emphasis: Literal["headline", "plain", "quiet"] = "plain"


class Cell(Struct, frozen=True):
    """One figure in the row of a card: "ไตรมาส 1" over "36", or "–" where nothing was reported."""

    label: str
    value: str


class Card(Struct, frozen=True):
    """A progress card (Flex): at most 8 rows in all, readable in `alt` alone.

    `share` is the length of the bar, 0 to 1, None where there is nothing to hold a result against and so no bar.
    """

    title: str
    rows: tuple[CardRow, ...]
    cells: tuple[Cell, ...]
    share: Decimal | None
    alt: str
    buttons: tuple[Button, ...] = ()


class Say(Struct, frozen=True):
    """Answer in this chat: an optional card, then a text, with buttons under the last of them (quick replies)."""

    text: str = ""
    buttons: tuple[Button, ...] = ()
    cards: tuple[Card, ...] = ()


class KeepDraft(Struct, frozen=True):
    """Store the draft's answers. `seen_revision` is the revision it builds on (0: none); another one is a conflict."""

    key: ReportKey
    answers: Mapping[str, Any]
    seen_revision: int
    base_version: int


class CancelDraft(Struct, frozen=True):
    """Put a draft aside; it can be taken up again for a week."""

    key: ReportKey
    seen_revision: int


class WarningKept(Struct, frozen=True):
    """A check that warned, with its data, confirmed by the person."""

    rule: str
    data: Mapping[str, str]


class Submit(Struct, frozen=True):
    """Store a new immutable version of the report and finish its draft, in the same transaction as the receipt."""

    key: ReportKey
    base_version: int
    number: int
    """The receipt's number within its quarter: the report's own, or `facts.next_numbers` for a first version."""
    answer: Any
    result: Decimal
    zero_reason: str
    narrative: str
    explanation: str
    sub_measures: Mapping[str, Decimal]
    warnings: tuple[WarningKept, ...]
    late: bool
    reporter_name: str
    reporter_position: str
    on_behalf_of: str
    message_ids: tuple[str, ...]
    seen_state: ReportState | None
    """The report's state that this began from: a coordinator who decided meanwhile has changed it."""
    state: ReportState


class Withdraw(Struct, frozen=True):
    """Take a sent report back: every version is kept, the report no longer counts. `version` is the newest seen."""

    key: ReportKey
    version: int
    reason: str


class Review(Struct, frozen=True):
    """Decide about the newest version of a report, which is the one that was shown."""

    key: ReportKey
    version: int
    decision: Decision
    reason: str = ""
    question: str = ""
    """The answer that is to be corrected; empty: none in particular."""


class Ask(Struct, frozen=True):
    """Ask the coordinators for what only they can grant (`Request`)."""

    kind: RequestKind
    unit_id: int
    indicator_id: int | None = None
    quarter: Quarter | None = None
    reason: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


class Decide(Struct, frozen=True):
    """Grant or refuse a request that waits; `until` is the last day of what was granted."""

    request_id: str
    granted: bool
    until: date | None = None
    answer: str = ""


class AddActivity(Struct, frozen=True):
    """A further activity behind an indicator, valid from a day on; one of the same day is replaced."""

    key: ReportKey
    valid_from: date
    text: str
    reason: str


class AddTarget(Struct, frozen=True):
    """A further target, valid from a day on; one of the same day is replaced."""

    key: ReportKey
    valid_from: date
    value: Decimal
    document_number: str
    reason: str


class EndMembership(Struct, frozen=True):
    """A duty ends with yesterday."""

    membership_id: int


class Tell(Struct, frozen=True):
    """Let another person know what was decided: the first at once, what follows shortly after in one message more.

    Nothing is sent to whoever blocked the bot or was forgotten.
    """

    person_id: int
    say: Say
    about: ReportKey | None = None
    """The report that it asks to correct: once that is done, there is nothing to be told any more."""


class KeepEvidence(Struct, frozen=True):
    """Take the pictures of these messages for the draft of `key`: they are fetched from LINE after the turn.

    A picture that was taken before stays as it is. What the draft has when it is submitted goes with the version.
    """

    key: ReportKey
    message_ids: tuple[str, ...]


class DropEvidence(Struct, frozen=True):
    """Let go of the draft's pictures that came with these messages; what was sent with a version stays with it."""

    key: ReportKey
    message_ids: tuple[str, ...]


class SavePerson(Struct, frozen=True):
    """Create or change the person behind this chat; only the given fields change."""

    name: str | None = None
    position: str | None = None
    language: str | None = None
    notice_acknowledged: bool | None = None
    shared_account: bool | None = None


class Join(Struct, frozen=True):
    """Use an invitation once: a membership in each of the chosen units, which are among its own."""

    invitation_id: int
    unit_ids: tuple[int, ...]


class Approve(Struct, frozen=True):
    """Let a waiting membership become valid; `instead_of`: the one it takes the place of (a new LINE account)."""

    membership_id: int
    instead_of: int | None = None


class TurnAway(Struct, frozen=True):
    """A membership that waits to be approved is not: it ends before it began."""

    membership_id: int


class PublishEvidence(Struct, frozen=True):
    """Make the pictures of a report's newest version public, or internal again."""

    key: ReportKey
    version_id: str
    public: bool


class Evaluate(Struct, frozen=True):
    """Store a further version of a quarter's evaluation. What was not given is absent, which is not zero."""

    indicator_id: int
    quarter: Quarter
    base_version: int
    """The newest version that was seen; 0: none."""
    overall: Decimal | None
    scores: Mapping[int, Decimal]
    """Criterion id → score."""
    comment: str


class OfferGroup(Struct, frozen=True):
    """Keep a code that links a group or room to a unit once it is typed there, before `expires_at`."""

    code: str
    unit_id: int
    expires_at: datetime


class LinkGroup(Struct, frozen=True):
    """Link this group or room by a code that was offered; what it was linked to before is let go."""

    offer_id: int


class LeaveGroup(Struct, frozen=True):
    """Leave this group or room, after what is said; its link ends."""


class UnlinkGroup(Struct, frozen=True):
    """The link of this group or room ends: the bot is out of it."""


class WrongCode(Struct, frozen=True):
    """Count a failed attempt at a code."""


class SetReachable(Struct, frozen=True):
    """Whether pushes may go to this chat (follow, unfollow)."""

    reachable: bool


class SetReminders(Struct, frozen=True):
    """When the person is reminded from now on: not before a day, or not of a quarter and those before it; or as usual.

    Each takes the place of the one before.
    """

    snoozed_to: date | None = None
    stopped: Quarter | None = None


class AskReminders(Struct, frozen=True):
    """Remind these people at the next moment in working hours, as the plan does; nobody twice a day."""

    person_ids: tuple[int, ...]
    quarters: tuple[Quarter, ...]


class MoveRound(Struct, frozen=True):
    """Give a round other dates; those it concerns hear of it."""

    before: QuarterDates
    after: QuarterDates


class Told(Struct, frozen=True):
    """These notices were said."""

    notice_ids: tuple[str, ...]


class Unsent(Struct, frozen=True):
    """Blank the stored raw message of this id."""

    message_id: str


class Warned(Struct, frozen=True):
    """These checks were put to the person as a question; to be counted, nothing is stored."""

    rules: tuple[str, ...]


class ForgetPerson(Struct, frozen=True):
    """Erase what ties the chat to a person: name and LINE id, session, stored raw messages; end the memberships.

    Submitted versions stay as the office's record, without the LINE account.
    """


Effect = (
    Say
    | KeepDraft
    | CancelDraft
    | Submit
    | Withdraw
    | Review
    | Ask
    | Decide
    | AddActivity
    | AddTarget
    | EndMembership
    | Tell
    | KeepEvidence
    | DropEvidence
    | SavePerson
    | Join
    | Approve
    | TurnAway
    | PublishEvidence
    | Evaluate
    | OfferGroup
    | LinkGroup
    | LeaveGroup
    | UnlinkGroup
    | WrongCode
    | SetReachable
    | SetReminders
    | AskReminders
    | MoveRound
    | Told
    | Unsent
    | Warned
    | ForgetPerson
)


class Turn(Struct, frozen=True):
    """The outcome of one event: the session as it is now, and what to do."""

    session: Session
    effects: tuple[Effect, ...] = ()


class Asks(Struct, frozen=True):
    """`receive` cannot go on before these are looked up; the shell loads them and calls it again, at most twice."""

    needs: frozenset[Need] = field(default_factory=frozenset)
