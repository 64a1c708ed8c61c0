"""What waits for review: the queue, narrowed by what is typed, and the report that was chosen of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handlers.asking import BEFORE
from handlers.context import Context
from handlers.conversation import Choice, Prompt
from handlers.long_list import MOST, ONLY, LongList, all_again, narrowed
from handlers.narrowing import Narrowing
from handlers.needs import LastReturn, ReviewQueue, ToldOf, Versions
from handlers.records import FullReport, Queued
from handlers.report_labels import report_labels
from handlers.report_view import overseen, reported, title, units_where
from handlers.session import Answers
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey
from models.rules.permissions import Action, oversees
from models.rules.standing import ReportState

ALL = "all"
"""In the answers: that all of which nothing was noted are accepted, and what these were."""


def queue_need(context: Context) -> ReviewQueue:
    """What `queue` looks up."""
    facts, office = context.facts, context.facts.office
    units = overseen(context, Action.REVIEW) | {each.owner_id for each in office.indicators.values()}
    return ReviewQueue(units, office.years_around(facts.today))


def queue(context: Context) -> tuple[Queued, ...]:
    """What waits for this coordinator: with warnings first, then what was corrected, then the earliest."""
    facts, office = context.facts, context.facts.office
    if not units_where(context, Action.REVIEW):
        return ()
    key = chosen_key(context)
    about = (Versions(key), LastReturn(key), ToldOf(key)) if key else ()
    found: tuple[Queued, ...] = context.find_all((queue_need(context), *about))[0]  # all that will be needed, in one go
    seen = [each for each in found if oversees(office, facts.memberships, Action.REVIEW, each.summary.key, facts.today)]
    return tuple(
        sorted(
            seen,
            key=lambda each: (not each.warnings, not corrected(each), each.summary.submitted_at, each.summary.number),
        )
    )


def corrected(each: Queued) -> bool:
    return each.summary.state is ReportState.RESUBMITTED


def own(context: Context, each: Queued) -> bool:
    """Whether whoever reviews sent it: combined, or entered for a unit."""
    person = context.facts.person
    return person is not None and each.sent_by == person.id


def listed(context: Context) -> list[Queued]:
    """The queue, or those of its rows that hold every word of what was typed to narrow it."""
    return narrowed(context, queue(context), lambda each: row(context, each))


def narrowed_to(wanted: Narrowing, unit: str) -> Answers:
    """The answers with which a queue begins that is narrowed from the start."""
    words = " ".join(filter(None, (wanted.code, unit, str(wanted.quarter or ""))))
    return {ONLY: words} if words else {}


def clean(context: Context) -> list[Queued]:
    """What may be accepted together: nothing was seen in it, nobody asked to correct it, somebody else sent it."""
    return [each for each in listed(context) if not (each.warnings or corrected(each) or own(context, each))]


def chosen_key(context: Context) -> ReportKey | None:
    match context.answers.get("report"):
        case [int(unit), int(indicator), str(quarter)]:
            return ReportKey(unit, indicator, Quarter.parse(quarter))
    return None


def known(context: Context) -> ReportKey:
    key = chosen_key(context)
    if key is None:
        raise LookupError("no report was chosen")
    return key


def chosen(context: Context) -> Queued | None:
    key = chosen_key(context)
    return next((each for each in queue(context) if each.summary.key == key), None)


def versions(context: Context) -> tuple[FullReport, ...]:
    found: tuple[FullReport, ...] = context.find(Versions(known(context)))
    return found


def report(context: Context) -> Prompt:
    """The queue, a row each, narrowed where words were typed that stand in some of the rows."""
    w, only, fitting = context.w, context.answers.get(ONLY, ""), listed(context)
    found = fitting or list(queue(context))
    skipped = context.answers.get("skipped", [])
    waiting = [each for each in found if value_of(each.summary.key) not in skipped] or found
    shown = waiting[:MOST]
    keys = [each.summary.key for each in shown]
    labels = report_labels(context, [(each.unit_id, each.indicator_id, each.quarter) for each in keys])
    choices = [
        Choice(row(context, each), value_of(each.summary.key), short=label)
        for each, label in zip(shown, labels, strict=True)
    ]
    together = len(clean(context))
    if together > 1:
        # Last, so that the numbers of the rows are theirs; the words say how many it takes.
        choices.append(Choice(w("review-button-all", count=together), ALL, names=(w("review-all"),)))
    if only and fitting:
        choices.append(all_again(context))
    text = w(
        "review-queue",
        count=len(queue(context)),
        found=len(fitting),
        only=only or "none",
        more=len(waiting) - len(shown),
    )
    return Prompt(text, tuple(choices), numbered=True)


@dataclass(frozen=True)
class Queue(LongList):
    """One of the reports that wait."""

    def alone(self, context: Context) -> Any | None:
        """The only one that waits, or that fits what was typed, unless it was just put back or gone back from."""
        left = "skipped" in context.answers or "report" in context.answers.get(BEFORE, {})
        waiting = [] if left else [value_of(each.summary.key) for each in listed(context)]
        return waiting[0] if len(waiting) == 1 else None


def rows(context: Context) -> list[Choice]:
    return [Choice(row(context, each), value_of(each.summary.key)) for each in queue(context)]


def value_of(key: ReportKey) -> list[Any]:
    return [key.unit_id, key.indicator_id, str(key.quarter)]


def row(context: Context, each: Queued) -> str:
    summary = each.summary
    return context.w(
        "review-row",
        title=title(context, summary.key),
        result=reported(context, summary),
        warnings=each.warnings,
        late="yes" if summary.late else "no",
        again="yes" if corrected(each) else "no",
        own="yes" if own(context, each) else "no",
    )
