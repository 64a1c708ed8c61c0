"""ตรวจ: a coordinator reads what was reported, what changed and what the checks saw, and accepts it or returns it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from msgspec.structs import replace

from handlers.asking import fill_in
from handlers.buttons import command_button
from handlers.context import Context
from handlers.conversation import Choice, Conversation, Prompt, Question, never
from handlers.effects import Effect, Review, Say, Tell, Turn
from handlers.idle import idle_buttons
from handlers.kinds import Line, OneOf
from handlers.needs import ToldOf
from handlers.records import FullReport, Recipient
from handlers.report_labels import code_and_unit
from handlers.report_preview import EXCERPT
from handlers.report_view import title, units_where
from handlers.returned import told_return
from handlers.review_queue import (
    ALL,
    Queue,
    chosen,
    chosen_key,
    clean,
    known,
    queue,
    report,
    rows,
    value_of,
    versions,
)
from handlers.review_view import correctable, lines
from handlers.session import Session
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey
from models.rules.permissions import Action
from models.rules.standing import Decision


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


def question(context: Context) -> Prompt:
    """Which answer is to be corrected: its button opens it."""
    w = context.w
    choices = [Choice(label, name) for name, label in correctable(context).items()]
    choices.append(Choice(w("review-button-whole"), ""))
    return Prompt(w("review-question"), tuple(choices), numbered=True)


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
        part = correctable(context).get(asked, "none")
        said = w("review-returned", title=name, question=part, reason=words, who=told.name if told else "none")
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
    theirs = context.in_language(told.language)
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
