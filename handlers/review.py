"""ตรวจ: a coordinator reads what was reported, what changed and what the checks saw, and accepts it or returns it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from handlers.asking import BEFORE, fill_in
from handlers.buttons import command_button
from handlers.context import Context
from handlers.conversation import Choice, Conversation, Prompt, Question, never
from handlers.effects import Effect, Review, Say, Tell, Turn
from handlers.facts import FullReport, LastReturn, Queued, Recipient, ReturnedReport, ReviewQueue, ToldOf, Versions
from handlers.idle import idle_buttons
from handlers.kinds import Line, OneOf
from handlers.long_list import MOST, LongList, holds
from handlers.narrowing import Narrowing
from handlers.report_checks import sentence
from handlers.report_kinds import key_answers
from handlers.report_labels import code_and_unit, report_labels
from handlers.report_preview import EXCERPT
from handlers.report_questions import first_words
from handlers.report_view import (
    overseen,
    reported,
    sub_measure_label,
    target_of,
    title,
    units_where,
)
from handlers.returned import told_return
from handlers.session import Answers, Session
from models.rules.checks import Warning  # noqa: A004 - the domain's word
from models.rules.fiscal import Quarter
from models.rules.office import Indicator, ReportKey
from models.rules.permissions import Action, oversees
from models.rules.standing import Decision, ReportState

ALL = "all"


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
    return [each for each in queue(context) if holds(row(context, each), context.answers.get("only", ""))]


def narrowed_to(wanted: Narrowing, unit: str) -> Answers:
    """The answers with which a queue begins that is narrowed from the start."""
    words = " ".join(filter(None, (wanted.code, unit, str(wanted.quarter or ""))))
    return {"only": words} if words else {}


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
    w, only, fitting = context.w, context.answers.get("only", ""), listed(context)
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
        choices.append(Choice(w("review-button-unnarrowed"), {"answers": {"only": ""}}))
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


def sure(context: Context) -> Prompt:
    w, count = context.w, len(context.answers[ALL])
    choices = (
        Choice(w("review-button-sure", count=count), True, names=tuple(w("review-button-sure.names").split("|"))),
        Choice(w("review-button-not-sure"), {"do": "later"}, names=tuple(w("review-button-not-sure.names").split("|"))),
    )
    zeros = len([each for each in clean(context) if not each.summary.result])
    return Prompt(w("review-sure", count=count, zeros=zeros, left=len(queue(context)) - count), choices)


def decision(context: Context) -> Prompt:
    w = context.w
    choices = (
        Choice(w("review-button-accept"), "accepted", names=tuple(w("review-button-accept.names").split("|"))),
        Choice(w("review-button-return"), "returned", names=tuple(w("review-button-return.names").split("|"))),
        Choice(w("review-button-next"), "next", names=tuple(w("review-button-next.names").split("|"))),
    )[: 2 if len(queue(context)) == 1 else 3]
    full = versions(context)
    long = bool(full) and len(full[-1].narrative) > EXCERPT
    read_all = w("report-button-read-all")
    newer = (w("review-newer"),) if context.answers.get("newer") else ()
    text = "\n".join((*newer, *lines(context)))
    return Prompt(text, choices, buttons=(command_button(read_all, read_all),) if long else ())


def lines(context: Context) -> list[str]:
    """The newest version; what differs from the version that was last reviewed stands behind it."""
    w, key = context.w, known(context)
    *_, new = versions(context)
    about = context.answered(key_answers(key))
    returned: ReturnedReport | None = context.find(LastReturn(key))
    before = compared(context, returned)
    summary, indicator = new.summary, context.facts.office.indicators[key.indicator_id]
    found = [
        w(
            "review-head",
            title=title(context, key),
            number=f"{key.quarter}-{summary.number:02}",
            version=summary.version,
            again="yes" if summary.state is ReportState.RESUBMITTED else "no",
        ),
        w(
            "review-who",
            reporter=summary.reporter_name,
            behalf=summary.on_behalf_of or "none",
            at=f"{w.day(summary.submitted_at)} {w.time(summary.submitted_at)}",
            late="yes" if summary.late else "no",
        ),
    ]
    target = target_of(about)
    said = reported(context, summary) if target is None or target.value is None else ""
    if target is not None and target.value is not None:
        goal = w("report-amount", value=target.value, measure=indicator.unit_of_measure)
        said = w("review-of-target", result=reported(context, summary), target=target.text or goal)
    found.append(changed(context, w("review-result"), said, reported(context, before.summary) if before else None, new))
    if summary.zero_reason and new.answer != "in_progress":
        found.append(w("review-line", label=w("review-zero"), text=w(f"report-zero-{summary.zero_reason}")))
    found += sub_measure_lines(context, indicator, new, before)
    found.append(narrative_line(context, new, before))
    found += [w("review-warning", text=sentence(about, Warning(rule, data))) for rule, data in new.warnings]
    if new.explanation or new.warnings:
        text = new.explanation or w("report-confirmed-right")
        found.append(w("review-line", label=w("review-explanation"), text=text))
    if returned is not None and summary.state is ReportState.RESUBMITTED:
        found.append(w("review-asked-before", reason=returned.reason))
    return found


def compared(context: Context, returned: ReturnedReport | None) -> FullReport | None:
    """The version that the coordinator saw last, else the one before; None for a first version."""
    *earlier, _ = versions(context)
    seen = [each for each in earlier if returned is not None and each.summary.version <= returned.version]
    known_before = seen or earlier
    return known_before[-1] if known_before else None


def changed(context: Context, label: str, text: str, before: str | None, new: FullReport) -> str:
    """One answer; what it was before stands behind it where that was something else."""
    now = reported(context, new.summary)
    if before is None or before == now:
        return context.w("review-line", label=label, text=text)
    return context.w("review-line-changed", label=label, text=text, before=before)


def sub_measure_lines(context: Context, indicator: Indicator, new: FullReport, before: FullReport | None) -> list[str]:
    w, found = context.w, []

    def said(value: Decimal | None, measure: str) -> str:
        return w("report-amount", value=value, measure=measure) if value is not None else "–"

    for each in indicator.sub_measures:
        text = said(new.sub_measures.get(each.code), each.unit_of_measure)
        old = said(before.sub_measures.get(each.code), each.unit_of_measure) if before else text
        label = sub_measure_label(context, each)
        if old == text:
            found.append(w("review-line", label=label, text=text))
        else:
            found.append(w("review-line-changed", label=label, text=text, before=old))
    return found


def narrative_line(context: Context, new: FullReport, before: FullReport | None) -> str:
    w, label = context.w, context.w("review-narrative")
    text = new.narrative if len(new.narrative) <= EXCERPT else first_words(new.narrative, EXCERPT)
    if before is None or before.narrative == new.narrative:
        return w("review-line", label=label, text=text)
    return w("review-line-changed", label=label, text=text, before=first_words(before.narrative, EXCERPT))


def question(context: Context) -> Prompt:
    """Which answer is to be corrected: its button opens it."""
    w = context.w
    choices = [Choice(label, name) for name, label in correctable(context).items()]
    choices.append(Choice(w("review-button-whole"), ""))
    return Prompt(w("review-question"), tuple(choices), numbered=True)


def correctable(context: Context) -> dict[str, str]:
    """The answers of the chosen report: question → how it is called."""
    w, key = context.w, known(context)
    *_, new = versions(context)
    found = {"result": w("review-result")}
    if new.summary.zero_reason and new.answer != "in_progress":
        found["zero_reason"] = w("review-zero")
    for each in context.facts.office.indicators[key.indicator_id].sub_measures:
        found[f"sub_measures.{each.code}"] = sub_measure_label(context, each)
    found["narrative"] = w("review-narrative")
    if new.explanation or new.warnings:
        found["explanation"] = w("review-explanation")
    return found


def reason(context: Context) -> Prompt:
    """Suggested phrases, or words of one's own."""
    w = context.w
    kind = context.answers["question"].partition(".")[0]
    phrases = w("review-reasons-narrative" if kind == "narrative" else "review-reasons-figure").split("|")
    return Prompt(w("review-reason"), tuple(Choice(each, each) for each in phrases), beside=True)


def prepare(context: Context) -> Context:
    """Decided is the version that was shown; all that are accepted together are those that were counted."""
    if context.session.base_version:  # where a session begun by an earlier release has it
        context = context.answered({"shown": context.session.base_version}, base_version=0)
    if context.answers.get("decision") == "next":
        skipped = [*context.answers.get("skipped", []), context.answers["report"]]
        return context.answered({"report": None, "decision": None, "skipped": skipped})
    if context.answers.get("report") == ALL and ALL not in context.answers:
        counted = [[*value_of(each.summary.key), each.summary.version] for each in clean(context)]
        return context.answered({ALL: counted})
    if chosen_key(context) is None:
        return context.answered({"shown": None, "newer": None}) if "shown" in context.answers else context
    found, shown = chosen(context), context.answers.get("shown")
    if found is None or found.summary.version == shown:
        return context
    if shown is None:
        return context.answered({"shown": found.summary.version})
    # A newer version came in while this one was read: it is shown, so that nothing unseen is decided.
    unread = dict.fromkeys(("decision", "question", "reason"))
    # Nor is what answers the question about the version before.
    return context.answered({**unread, "shown": found.summary.version, "newer": True}, asked="")


def refuse(context: Context) -> str:
    """Not a coordinator, nothing waits, or somebody else decided meanwhile."""
    if not units_where(context, Action.REVIEW):
        return context.w("review-not-yours")
    if chosen_key(context) is not None and chosen(context) is None:
        return context.w("review-decided")
    return "" if queue(context) else context.w("review-nothing")


def one_is_chosen(context: Context) -> bool:
    return chosen_key(context) is not None


def all_are_chosen(context: Context) -> bool:
    return context.answers.get("report") == ALL


def is_returned(context: Context) -> bool:
    return one_is_chosen(context) and context.answers.get("decision") == "returned"


def reviewed(context: Context) -> Turn:
    """The decision, told at once to whom it concerns."""
    if all_are_chosen(context):
        return accepted_together(context)
    w, key, found = context.w, known(context), chosen(context)
    if found is None:
        return Turn(Session(), (Say(w("review-decided"), idle_buttons(context)),))
    version = found.summary.version
    name = title(context, key)
    if context.answers["decision"] == "accepted":
        effects: tuple[Effect, ...] = (Review(key, version, Decision.ACCEPTED),)
        said = w("review-accepted", title=name)
    else:
        asked, words = context.answers["question"], context.answers["reason"]
        told = recipient(context, key)
        effects = (Review(key, version, Decision.RETURNED, words, asked),)
        if told is not None:
            effects = (*effects, Tell(told.person_id, message(context, told), key))
        said = w("review-returned", title=name, who=told.name if told else "none")
    return Turn(Session(), (*effects, Say(*further(context, said, {key}))))


def accepted_together(context: Context) -> Turn:
    """Those that were counted and are still what they were."""
    w, waiting = context.w, {each.summary.key: each.summary for each in clean(context)}
    effects = []
    for unit, indicator, quarter, version in context.answers[ALL]:
        key = ReportKey(unit, indicator, Quarter.parse(quarter))
        if key in waiting and waiting[key].version == version:
            effects.append(Review(key, version, Decision.ACCEPTED))
    said = w("review-accepted-all", count=len(effects), changed=len(context.answers[ALL]) - len(effects))
    return Turn(Session(), (*effects, Say(*further(context, said, {each.key for each in effects}))))


def further(context: Context, said: str, decided: Collection[ReportKey]) -> tuple[str, tuple[Any, ...]]:
    """The next report, by its code and unit as they can be typed, and the queue are a tap away."""
    w, left = context.w, [each.summary.key for each in queue(context) if each.summary.key not in decided]
    if not left:
        return "\n".join((said, w("review-nothing"))), idle_buttons(context)
    more, review = w("review-button-more"), w("review-button")
    following = f"{review} {code_and_unit(context, left[0])}"
    return "\n".join((said, w("review-left", count=len(left)))), (
        command_button(following, following),
        command_button(more, review),
    )


def recipient(context: Context, key: ReportKey) -> Recipient | None:
    """Whoever wrote it, else a colleague in the unit; never the coordinator who decides."""
    person = context.facts.person
    found: tuple[Recipient, ...] = context.find(ToldOf(key))
    return next((each for each in found if each.reachable and not (person and each.person_id == person.id)), None)


def message(context: Context, told: Recipient) -> Say:
    """In the recipient's own language."""
    key, asked = known(context), context.answers["question"]
    *_, new = versions(context)
    person = context.facts.person
    facts = replace(context.facts, person=replace(person, language=told.language) if person else None)
    theirs = Context(context.session, facts)
    number = f"{key.quarter}-{new.summary.number:02}"
    label = correctable(theirs).get(asked, "")
    words = told_return(theirs, key, number, label, context.answers["reason"])
    button = words.buttons[0]
    return replace(words, buttons=(replace(button, fill_in=old_answer(asked, new)),))


def old_answer(asked: str, new: FullReport) -> str | None:
    """What LINE can put on the reporter's keyboard."""
    kind, _, code = asked.partition(".")
    if kind == "narrative":
        return fill_in({"parts": [["", new.narrative]]})
    value = new.sub_measures.get(code) if code else new.summary.result if kind == "result" else None
    return fill_in(format(value, "f")) if value is not None and new.answer not in {"yes", "no", "in_progress"} else None


def narrative_in_full(context: Context) -> str:
    found = versions(context) if one_is_chosen(context) else ()
    return found[-1].narrative if found else ""


REVIEW = Conversation(
    name="review",
    questions=(
        Question("report", Queue(report, self_answering=False, rows=rows, forgets=("skipped",))),
        Question("sure", OneOf(sure, self_answering=False), relevant=all_are_chosen, backs=never),
        Question("decision", OneOf(decision, self_answering=False), relevant=one_is_chosen, edits=("newer",)),
        Question("question", OneOf(question, self_answering=False), relevant=is_returned),
        Question("reason", Line(reason), relevant=is_returned),
    ),
    on_complete=reviewed,
    prepare=prepare,
    refuse=refuse,
    full_text=narrative_in_full,
    leave=lambda context: context.w("review-put-aside"),
)
