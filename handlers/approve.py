"""อนุมัติ: a coordinator lets in those whose code needs approval, one tap each."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.asking import ask
from handlers.buttons import command_button
from handlers.context import Context
from handlers.conversation import Choice, Conversation, Prompt, Question
from handlers.effects import Approve, Say, Tell, Turn
from handlers.facts import WaitingMember, WaitingMembers
from handlers.idle import idle_buttons
from handlers.kinds import OneOf
from handlers.report_view import overseen, unit_name
from handlers.session import Session
from models.rules.permissions import Action, may

MOST = 10
"""People listed at once; the next come up as these are let in."""
DONE = "done"
"""In the answers: those who were let in by this very conversation."""


def waiting(context: Context) -> tuple[WaitingMember, ...]:
    units = overseen(context, Action.INVITE)
    found: tuple[WaitingMember, ...] = context.find(WaitingMembers(units)) if units else ()
    return tuple(each for each in found if each.membership_id not in context.answers.get(DONE, ()))


def member(context: Context) -> Prompt:
    w, office, asked = context.w, context.facts.office, waiting(context)
    choices = tuple(
        Choice(
            w(
                "approve-row-instead" if each.same_person is not None else "approve-row",
                name=each.name,
                position=each.position or "none",
                role=w(f"role-{each.role.value}"),
                unit=unit_name(context, office.units[each.unit_id]),
            ),
            each.membership_id,
            short=f"{place}. {each.name}",
        )
        for place, each in enumerate(asked[:MOST], 1)
    )
    text = w("approve-member", count=len(asked), more=max(len(asked) - MOST, 0))
    return Prompt(text, choices, numbered=True)


def refuse(context: Context) -> str:
    if not overseen(context, Action.INVITE):
        return context.w("approve-not-yours")
    return "" if waiting(context) or "member" in context.answers else context.w("approve-nobody")


def approved(context: Context) -> Turn:
    """One let in; while others wait the list stands again, so that each takes one tap."""
    w, chosen = context.w, context.answers["member"]
    found = next((each for each in waiting(context) if each.membership_id == chosen), None)
    if found is None:
        return Turn(Session(), (Say(w("engine-stale"), idle_buttons(context)),))
    unit = unit_name(context, context.facts.office.units[found.unit_id])
    said = w("approve-done", name=found.name, unit=unit)
    effects = (Approve(found.membership_id, found.same_person), Tell(found.person_id, told(context, found)))
    left = context.answered({"member": None, DONE: [*context.answers.get(DONE, ()), chosen]})
    if not waiting(left):
        return Turn(Session(), (*effects, Say(said, idle_buttons(context))))
    turn = ask(APPROVE, left, said)
    return Turn(turn.session, (*effects, *turn.effects))


def told(context: Context, found: WaitingMember) -> Say:
    """Whoever was let in cannot know it otherwise; in their language."""
    person = context.facts.person
    facts = replace(context.facts, person=replace(person, language=found.language) if person else None)
    theirs = Context(context.session, facts)
    w = theirs.w
    next_word = w("engine-button-report" if may(found.role, Action.REPORT) else "engine-button-status")
    unit = unit_name(theirs, context.facts.office.units[found.unit_id])
    text = w("approve-told", role=w(f"role-{found.role.value}"), unit=unit, word=next_word)
    return Say(text, (command_button(next_word, next_word),))


APPROVE = Conversation(
    name="approve",
    questions=(Question("member", OneOf(member, self_answering=False, guesses=False)),),
    on_complete=approved,
    refuse=refuse,
)
