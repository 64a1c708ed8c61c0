"""ขอถอน: a sent report is taken back while its round is open. Every version is kept; the report no longer counts."""

from __future__ import annotations

from handlers import report_questions as put
from handlers.behalf import coordinates
from handlers.context import Context
from handlers.conversation import Choice, Conversation, Prompt, Question, never
from handlers.effects import Say, Turn, Withdraw
from handlers.idle import idle_buttons
from handlers.kinds import Line, OneOf
from handlers.report_gate import reporting_refused
from handlers.report_view import amount, correctable_keys, known_key, sent, title
from handlers.session import Session


def reason(context: Context) -> Prompt:
    return Prompt(context.w("withdraw-reason", title=title(context, known_key(context))))


def sure(context: Context) -> Prompt:
    w, found = context.w, sent(context)
    text = w(
        "withdraw-sure",
        title=title(context, known_key(context)),
        result=amount(context, found.result) if found else "–",
        reason=context.answers["reason"],
    )
    choices = (
        Choice(w("withdraw-button-yes"), True, names=tuple(w("withdraw-button-yes.names").split("|"))),
        Choice(w("withdraw-button-no"), {"do": "later"}, names=tuple(w("withdraw-button-no.names").split("|"))),
    )
    return Prompt(text, choices)


def prepare(context: Context) -> Context:
    """Taken back is the version that was shown: once a colleague has sent a newer one, it is shown and asked anew."""
    found, shown = sent(context), context.session.base_version
    if found is None or found.version == shown:
        return context
    return (context.answered({"reason": None}) if shown else context).changed(base_version=found.version)


def refuse(context: Context) -> str:
    """Nothing that could be taken back, or no longer."""
    sent_keys = correctable_keys(context)
    if coordinates(context):
        return context.w("behalf-edit")
    if why := reporting_refused(context):
        return why
    if "quarter" not in context.answers:
        return "" if sent_keys else context.w("report-nothing-sent")
    return "" if known_key(context) in sent_keys else context.w("report-nothing-sent")


def withdrawn(context: Context) -> Turn:
    w, key, found = context.w, known_key(context), sent(context)
    if found is None:
        return Turn(Session(), (Say(w("report-nothing-sent"), idle_buttons(context)),))
    done = w("withdraw-done", title=title(context, key))
    effect = Withdraw(key, found.version, context.answers["reason"])
    return Turn(Session(), (effect, Say(done, idle_buttons(context))))


WITHDRAW = Conversation(
    name="withdraw",
    questions=(
        Question("sent", OneOf(put.sent_report), backs=never),
        Question("reason", Line(reason)),
        Question("sure", OneOf(sure, self_answering=False), backs=never),
    ),
    on_complete=withdrawn,
    prepare=prepare,
    refuse=refuse,
    leave=lambda context: context.w("withdraw-left"),
    sure_to_cancel=lambda context: context.w("withdraw-cancel"),
    cancelled=lambda context: context.w("withdraw-left"),
)
