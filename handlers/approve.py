"""อนุมัติ: a coordinator lets in those whose code needs approval, one tap each, or says no with a reason."""

from __future__ import annotations

from handlers.buttons import command_button
from handlers.context import Context
from handlers.conversation import Choice, Conversation, Prompt, Question
from handlers.effects import Approve, Say, Tell, Turn, TurnAway
from handlers.kinds import Line
from handlers.needs import WaitingMembers
from handlers.records import WaitingMember
from handlers.report_view import overseen, unit_name
from handlers.waiting_list import DONE, WaitingList, next_ones, remember
from models.rules.permissions import Action, may

MOST = 10
"""People listed at once; the next come up as these are let in."""
REFUSING = "refusing"
"""In the answers: whether the list is of those who are not to be let in.

It is a question of its own, so that no button of the other list turns away whom it was to let in.
"""


def waiting(context: Context) -> tuple[WaitingMember, ...]:
    units = overseen(context, Action.INVITE)
    found: tuple[WaitingMember, ...] = context.find(WaitingMembers(units)) if units else ()
    return tuple(each for each in found if each.membership_id != context.answers.get(DONE))


def listed(context: Context) -> tuple[int, ...]:
    return tuple(each.membership_id for each in waiting(context)[:MOST])


def member(context: Context) -> Prompt:
    w, asked = context.w, waiting(context)
    text = w("approve-member", count=len(asked), more=max(len(asked) - MOST, 0))
    refuse, names = w("approve-button-refuse"), tuple(w("approve-button-refuse.names").split("|"))
    # Typed as in คำขอ; the button's word stands outside of the list, so that it is no further person's number.
    typed = (
        Choice(refuse, {"answers": {REFUSING: True}}, names=names, tappable=False),
        *(
            Choice(
                w("requests-button-refuse", place=place),
                {"answers": {REFUSING: True, "refused": each.membership_id}},
                tappable=False,
            )
            for place, each in enumerate(asked[:MOST], 1)
        ),
    )
    return Prompt(text, (*rows(context, "grant"), *typed), numbered=True, buttons=(command_button(refuse, refuse),))


def refused(context: Context) -> Prompt:
    w = context.w
    back = Choice(w("approve-button"), {"answers": {REFUSING: None}})
    return Prompt(w("approve-refused"), (*rows(context, "refuse"), back), numbered=True)


def reason(context: Context) -> Prompt:
    w = context.w
    phrases, found = w("approve-reasons").split("|"), chosen(context)
    if found is None:
        raise LookupError("nobody was chosen")
    text = w("approve-reason", name=found.name, unit=unit_name(context, context.facts.office.units[found.unit_id]))
    return Prompt(text, tuple(Choice(each, each) for each in phrases), beside=True)


def chosen(context: Context) -> WaitingMember | None:
    """Whom it is about; None where a colleague decided meanwhile."""
    wanted = context.answers.get("refused" if is_refusing(context) else "member")
    return next((each for each in waiting(context) if each.membership_id == wanted), None)


def rows(context: Context, deed: str) -> tuple[Choice, ...]:
    """Who waits, a row each; typed as in คำขอ, where `deed` is grant or refuse."""
    w, office = context.w, context.facts.office
    return tuple(
        Choice(
            w(
                "approve-row-instead" if each.same_person is not None else "approve-row",
                name=each.name,
                position=each.position or "none",
                role=w(f"role-{each.role.value}"),
                unit=unit_name(context, office.units[each.unit_id]),
            ),
            each.membership_id,
            names=(w(f"requests-button-{deed}", place=place),),
            short=f"{place}. {each.name}",
        )
        for place, each in enumerate(waiting(context)[:MOST], 1)
    )


def refuse(context: Context) -> str:
    if not overseen(context, Action.INVITE):
        return context.w("approve-not-yours")
    return "" if waiting(context) or {"member", "refused"} & context.answers.keys() else context.w("approve-nobody")


def decided(context: Context) -> Turn:
    """One let in or turned away."""
    found = chosen(context)
    if found is None:
        return next_ones(APPROVE, context, listed, context.w("requests-decided"))
    member_id, unit = found.membership_id, unit_name(context, context.facts.office.units[found.unit_id])
    said = context.w("approve-refused-done" if is_refusing(context) else "approve-done", name=found.name, unit=unit)
    done = TurnAway(member_id) if is_refusing(context) else Approve(member_id, found.same_person)
    return next_ones(APPROVE, context, listed, said, done, Tell(found.person_id, told(context, found)), done=member_id)


def told(context: Context, found: WaitingMember) -> Say:
    """Whoever waited cannot know it otherwise; in their language."""
    person, theirs = context.facts.person, context.in_language(found.language)
    w = theirs.w
    role, unit = w(f"role-{found.role.value}"), unit_name(theirs, context.facts.office.units[found.unit_id])
    if is_refusing(context):
        coordinator = person.name if person else ""
        text = w("approve-told-no", role=role, unit=unit, reason=context.answers["reason"], coordinator=coordinator)
        next_word = w("engine-button-help")
    else:
        next_word = w("engine-button-report" if may(found.role, Action.REPORT) else "engine-button-status")
        text = w("approve-told", role=role, unit=unit, word=next_word)
    return Say(text, (command_button(next_word, next_word),))


def is_refusing(context: Context) -> bool:
    return REFUSING in context.answers


def one_is_refused(context: Context) -> bool:
    return is_refusing(context) and chosen(context) is not None


APPROVE = Conversation(
    name="approve",
    questions=(
        Question(
            "refused",
            WaitingList(refused, self_answering=False, guesses=False, waits=listed),
            relevant=is_refusing,
        ),
        Question("reason", Line(reason), relevant=one_is_refused),
        Question(
            "member",
            WaitingList(member, self_answering=False, guesses=False, waits=listed),
            relevant=lambda context: not is_refusing(context),
        ),
    ),
    on_complete=decided,
    prepare=lambda context: remember(context, listed),
    refuse=refuse,
)
