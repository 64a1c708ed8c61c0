"""รายงาน: a unit reports one quarter of one indicator. Read the questions from top to bottom."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from handlers import report_questions as put
from handlers.asking import BEFORE, MESSAGES, counted, edit_choices
from handlers.behalf import BEHALF, is_combined, is_told, stands_in, told_by, whose, with_facts_of_unit
from handlers.context import Context
from handlers.conversation import Answered, Conversation, Each, Kind, Prompt, Question, never
from handlers.effects import Effect, KeepDraft
from handlers.kinds import Line, OneOf
from handlers.measured import Measured, written
from handlers.narrative import Narrative, text_to_copy
from handlers.records import ReportSummary
from handlers.report_checks import warnings_of
from handlers.report_gate import may_keep, refuse
from handlers.report_kinds import (
    Explanation,
    Month,
    QuarterChoice,
    Reason,
    Result,
    Sending,
    previous_result,
    signature,
)
from handlers.report_preview import preview_buttons, preview_choices, preview_text
from handlers.report_sending import activity_changed, cancel, has_warnings, submit
from handlers.report_view import (
    CONTENT,
    SETS,
    amount,
    correcting,
    has_content,
    indicator_of,
    key_of,
    kind_of,
    narrative_of,
    result_of,
    sent,
    sent_in_full,
    stored_draft,
    sub_measure_of,
    taken_back,
)
from handlers.session import Session
from locales.thai_commands import Command
from models.rules.office import Accumulation, ResultKind

FOR_WHOM = (BEHALF, "told_by")


def result_is_zero(context: Context) -> bool:
    """A zero wants its reason; อยู่ระหว่างดำเนินการ has said it already."""
    return result_of(context) == 0 and context.answers.get("result") != "in_progress"


def has_drafts(context: Context) -> bool:
    if "draft" in context.answers:
        return True
    chosen = {"unit", "indicator", "quarter", BEHALF} & context.answers.keys()
    return not chosen and not correcting(context) and bool(put.open_drafts(context))


def draft_is_unseen(context: Context) -> bool:
    stored = stored_draft(context)
    return stored is not None and stored.revision != context.session.draft_revision


def sent_meanwhile(context: Context) -> bool:
    found = sent(context)
    return found is not None and found.version > context.session.base_version


def account_is_shared(context: Context) -> bool:
    person = context.facts.person
    return person is not None and person.shared_account and not stands_in(context)


def takes_fractions(context: Context) -> bool:
    return kind_of(context) not in {ResultKind.COUNT, ResultKind.YES_NO}


def is_percent(context: Context) -> bool:
    return kind_of(context) is ResultKind.PERCENT


def is_cumulative(context: Context) -> bool:
    return indicator_of(context).accumulation is Accumulation.CUMULATIVE


def a_sub_measure(code: str) -> Kind:
    def names(context: Context) -> tuple[str, ...]:
        return sub_measure_of(context, code).measures

    def said(context: Context, value: Decimal) -> str:
        return context.w("report-amount", value=value, measure=sub_measure_of(context, code).unit_of_measure)

    hears = frozenset({Command.SKIP})
    return Measured(lambda context: put.sub_measure(context, code), names, said, may_be_absent=True, hears=hears)


def preview(context: Context) -> Prompt:
    names = [each.name for each in counted(REPORT, context) if each.name in context.answers]
    edits = tuple(
        replace(choice, names=(*choice.names, *put.edit_words(context, name)))
        for choice, name in zip(edit_choices(REPORT, context), names, strict=True)
    )
    return Prompt(
        preview_text(context, tuple(each.name for each in counted(REPORT, context))),
        preview_choices(context, edits),
        listed=False,
        buttons=preview_buttons(context),
    )


def prepare(context: Context) -> Context:
    """Bring in the stored draft once it is to be continued, or the sent version once it is to be corrected."""
    context = with_facts_of_unit(context)
    stored, choice = stored_draft(context), context.answers.get("resume")
    if stored is not None and choice is not None:
        own = {name: context.answers[name] for name in ("unit", "indicator", "quarter")}
        if context.session.draft_revision == 0:
            # What came in one message with the command stands on top of the draft.
            own = {name: value for name, value in context.answers.items() if name != "resume"}
        if choice == "continue" and is_combined(context):  # what was edited goes before what was rolled up
            own = {name: own[name] for name in ("unit", "indicator", "quarter")}
        own |= {name: context.answers[name] for name in FOR_WHOM if name in context.answers}
        # For whom it is written belongs to whoever writes it, not to the draft.
        drafted = {name: value for name, value in stored.answers.items() if name not in FOR_WHOM}
        answers = {**drafted, **own} if choice == "continue" else own
        if choice == "continue":
            answers[MESSAGES] = {**stored.answers.get(MESSAGES, {}), **own.get(MESSAGES, {})}
        context = context.changed(answers=answers, draft_revision=stored.revision, base_version=stored.base_version)
    if "said" in context.answers and key_of(context) is not None:
        context = with_said_result(context, context.answers["said"])
    found = sent(context)
    if context.answers.get("newer") == "mine" and found is not None:
        taken = {"newer": None, "pictures": None, SETS: None}  # pictures went with the version that was sent
        context = context.answered(taken, base_version=found.version)
    if found is not None and not draft_is_unseen(context) and not has_content(context):
        context = opened(context, found)
    withdrawn = taken_back(context)
    if withdrawn is not None and context.session.base_version < withdrawn.version:
        context = context.changed(base_version=withdrawn.version)
    return context


def with_said_result(context: Context, said: str) -> Context:
    """The result of a report in one message; what cannot be read as one goes back to where it stood, the narrative."""
    reading = RESULT.read(context, "result", said, "")
    if isinstance(reading, Answered):
        return context.answered({"said": None, **reading.values})
    narrative = context.answers.get("narrative")
    if kind_of(context) is not ResultKind.YES_NO or not narrative:
        return context.answered({"said": None})
    (message_id, text), *more = narrative["parts"]
    parts = [[message_id, f"{said} {text}"], *more]
    return context.answered({"said": None, "narrative": {**narrative, "parts": parts}})


def opened(context: Context, found: ReportSummary) -> Context:
    """The sent version's answers, to be edited one by one."""
    full = sent_in_full(context)
    if full is None:
        return context
    answers: dict[str, Any] = {
        "result": full.answer,
        "narrative": {"parts": [["", full.narrative]], "done": True},
        **{
            f"sub_measures.{code}": written(full.sub_measures[code]) if code in full.sub_measures else ""
            for code in put.sub_measures(context)
        },
    }
    if account_is_shared(context):
        answers["reporter_name"] = found.reporter_name
    if is_told(context) and found.on_behalf_of:
        answers["told_by"] = found.on_behalf_of
    if found.zero_reason and full.answer != "in_progress":
        answers["zero_reason"] = found.zero_reason
    opened_context = context.answered(answers, base_version=found.version)
    warnings = [each.rule for each in warnings_of(opened_context)]
    if not full.explanation and not warnings:
        return opened_context
    # What was only confirmed has no words; it was confirmed all the same, and is not asked again before a change.
    told = {"text": full.explanation, "for": signature(opened_context), "rules": warnings}
    return context.answered({**answers, "explanation": told}, base_version=found.version)


def keep(context: Context) -> tuple[Session, tuple[Effect, ...]]:
    """Store the draft as soon as the person has answered something of it."""
    key, answers = key_of(context), context.answers
    if key is None or not may_keep(context, key) or draft_is_unseen(context):
        return context.session, ()  # whoever has not chosen what becomes of a stored draft does not write over it
    touched = {*answers.get(MESSAGES, {}), *answers.get(BEFORE, {})}
    if not any(name.startswith(CONTENT) for name in touched):
        return context.session, ()
    stored = stored_draft(context)
    revision = stored.revision if stored else 0
    session = context.changed(draft_revision=revision + 1).session
    return session, (KeepDraft(key, answers, revision, session.base_version),)


def left(context: Context) -> str:
    if not has_content(context):
        return context.w("engine-left")
    return context.w("behalf-left" if stands_in(context) else "report-left")


RESULT = Result(
    OneOf(put.result),
    Measured(
        put.result,
        lambda context: indicator_of(context).measures,
        amount,
        previous_result,
        takes_fractions,
        is_percent,
        is_cumulative,
    ),
)


def is_chosen(context: Context) -> bool:
    """Whether the report was chosen here: a combined one came with its figures, which choosing anew would lose."""
    return not is_combined(context)


REPORT = Conversation(
    name="report",
    questions=(
        Question("behalf", OneOf(whose), relevant=stands_in, backs=never),
        Question("draft", OneOf(put.draft, self_answering=False), relevant=has_drafts, backs=never),
        Question("sent", OneOf(put.sent_report), relevant=correcting, backs=never),
        Question("unit", OneOf(put.unit), restarts=True, backs=is_chosen),
        Question("indicator", OneOf(put.indicator), restarts=True, backs=is_chosen),
        Question(
            "quarter", QuarterChoice(put.quarter, open_quarters=put.open_quarters), restarts=True, backs=is_chosen
        ),
        Question("resume", OneOf(put.resume, self_answering=False), relevant=draft_is_unseen, backs=never),
        Question("newer", OneOf(put.newer, self_answering=False), relevant=sent_meanwhile, backs=never),
        Question(
            "result",
            RESULT,
            counted=True,
            edits=("zero_reason",),
        ),
        Question("zero_reason", Reason(put.zero_reason, guesses=False), relevant=result_is_zero, counted=True),
        Each("sub_measures", put.sub_measures, a_sub_measure, counted=True),
        Question("narrative", Narrative(put.narrative, put.example), counted=True),
        Question("explanation", Explanation(put.explanation), relevant=has_warnings, counted=True),
        Question("activity", Line(put.activity), relevant=activity_changed, counted=True),
        Question("activity_month", Month(put.activity_month), relevant=activity_changed, counted=True),
        Question("reporter_name", Line(put.reporter_name), relevant=account_is_shared, counted=True),
        Question("told_by", Line(told_by), relevant=is_told, counted=True),
        Question("confirm", Sending(preview), backs=never),
    ),
    on_complete=submit,
    prepare=prepare,
    to_copy=text_to_copy,
    full_text=narrative_of,
    keep=keep,
    refuse=refuse,
    leave=left,
    sure_to_cancel=lambda context: context.w("report-cancel", corrects="yes" if sent(context) else "no"),
    cancelled=lambda context: context.w("report-cancelled", corrects="yes" if sent(context) else "no"),
    cancel=cancel,
)
