"""ข้อมูลของฉัน and ลบข้อมูลของฉัน: a person sees what is kept about them, and has it erased (PDPA)."""

from __future__ import annotations

from handlers.buttons import command_button
from handlers.context import Context
from handlers.conversation import Choice, Conversation, Prompt, Question
from handlers.effects import ForgetPerson, Say, Turn
from handlers.kinds import OneOf
from handlers.needs import StoredAboutMe
from handlers.report_view import unit_name
from handlers.session import Session


def my_data(context: Context) -> Say:
    """Everything that is kept about the person, in numbers where it is messages."""
    w, facts, person = context.w, context.facts, context.facts.person
    counts = context.find(StoredAboutMe())
    units = (
        ", ".join(
            unit_name(context, facts.office.units[each.unit_id])
            for each in facts.memberships
            if not each.ended(facts.today)
        )
        or "–"
    )
    text = w(
        "privacy-my-data",
        name=(person.name if person else "") or "–",
        position=(person.position if person else "") or "–",
        units=units,
        **{name: int(count) for name, count in counts.items()},
    )
    forget = w("privacy-button-forget")
    return Say(text, (command_button(forget, forget),))


def question(context: Context) -> Prompt:
    w = context.w
    choices = (
        Choice(w("privacy-button-erase"), "erase", names=tuple(w("privacy-button-erase.names").split("|"))),
        Choice(w("privacy-button-keep"), {"do": "later"}, names=tuple(w("privacy-button-keep.names").split("|"))),
    )
    return Prompt(w("privacy-forget"), choices)


FORGET = Conversation(
    name="forget",
    questions=(Question("erase", OneOf(question, self_answering=False)),),
    on_complete=lambda context: Turn(Session(), (ForgetPerson(), Say(context.w("privacy-forgotten")))),
    leave=lambda context: context.w("privacy-kept"),
    sure_to_cancel=lambda context: context.w("privacy-cancel"),
    cancelled=lambda context: context.w("privacy-kept"),
)
