"""The engine: one event moves one conversation one step. Pure; the position is derived from the answers.

Controls are the engine's own answers, offered beside a question's:
{"do": "continue" | "later" | "choose" | "cancel" | "held"},
{"do": "edit" | "restore", "q": question}, {"do": "set", "q": question, "v": value}.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from handlers.asking import (
    BEFORE,
    MESSAGES,
    Offered,
    ask,
    beginning,
    counted,
    edit_choices,
    fill_in,
    held_text,
    last_given,
    named,
    position,
)
from handlers.buttons import AnswerTapped
from handlers.context import Context
from handlers.conversation import Answered, Control, Conversation, Question, Reading, Unclear
from handlers.effects import Say, Turn
from handlers.events import Event, Postback
from handlers.idle import idle_buttons
from handlers.session import Answers, Session
from locales.thai_commands import Command, Said, command
from locales.thai_phrases import plain, yes_or_no

NOTHING = Event("", datetime.min.replace(tzinfo=UTC), Postback(""))
"""An event that carries no message: for what the engine takes up by itself."""

STEERING = frozenset(
    {
        *(Command.BACK, Command.EDIT, Command.SKIP, Command.CANCEL, Command.LATER, Command.READ_ALL),
        *(Command.CONFIRM, Command.DONE),
    }
)
"""The commands that are about the question that stood there, and mean nothing once another has taken its place."""


def begin(conversation: Conversation, context: Context, session_id: str, answers: Answers, said: str = "") -> Turn:
    """Start a conversation, with answers that are known already."""
    fresh = Session(conversation=conversation.name, id=session_id, answers=answers)
    return ask(conversation, Context(fresh, context.facts), said)


def hear(conversation: Conversation, context: Context, event: Event, text: str) -> Turn | Said:
    """A typed text. A command that belongs to no question and not to the engine is handed back to the caller."""
    now, question = position(conversation, context)
    if question is None or question.name != now.session.asked:
        chosen = question is not None and is_choice(now, question, text)
        if (elsewhere := command(text)) and elsewhere.command not in STEERING and not chosen:
            return elsewhere
        moved = now if elsewhere else now.changed(held=(*now.session.held, (event.message_id, text)))
        return ask(conversation, moved, context.w("engine-moved"))
    control = offered_choice(now, text)
    if control is not None:
        return kept(conversation, context, take(conversation, now, question, control, event))
    said = command(text)
    if said is not None and said.command not in question.kind.hears and not is_choice(now, question, text):
        turn = engine_command(conversation, now, question, said)
        return said if turn is None else kept(conversation, context, turn)
    if context.session.asked_at and event.at < context.session.asked_at:
        return hold(conversation, now, event, text)
    return kept(conversation, context, file(conversation, now, question, event, text))


def tap(conversation: Conversation, context: Context, event: Event, tapped: AnswerTapped) -> Turn:
    """A tapped answer: refused in words when stale."""
    now, question = position(conversation, context)
    if question is None or question.name != now.session.asked or not tapped.fresh(context.session):
        return ask(conversation, now, stale(now, tapped))
    return kept(conversation, context, take(conversation, now, question, tapped.value, event))


def unsend(conversation: Conversation, context: Context, message_id: str) -> Turn | None:
    """A message was taken back: what it answered leaves the draft. None when nothing came from it."""
    held = tuple(each for each in context.session.held if each[0] != message_id)
    answers = without_message(context.answers, message_id)
    if answers is None and held == context.session.held:
        return None
    left = context.answers if answers is None else answers
    taken = context.changed(answers=left, held=held)
    for question in conversation.relevant_questions(context):
        if question.restarts and question.name in context.answers and question.name not in left:
            taken = restarted(conversation, context.changed(held=held), question.name)
            break
    return kept(conversation, context, ask(conversation, taken, context.w("engine-unsent")))


def without_message(answers: Answers, message_id: str) -> Answers | None:
    """The answers without what came from one message; None when nothing did."""
    sources: dict[str, list[str]] = answers.get(MESSAGES, {})
    names = [name for name, ids in sources.items() if message_id in ids]
    if not message_id or not names:
        return None
    left = {name: value for name, value in answers.items() if name not in names}
    for name in names:
        match answers.get(name):
            case list(pictures):
                left[name] = [each for each in pictures if each != message_id]
            case {"parts": list(parts)}:
                left[name] = {"parts": [part for part in parts if part[0] != message_id], "done": False}
    left[MESSAGES] = {name: [each for each in ids if each != message_id] for name, ids in sources.items()}
    left.pop(BEFORE, None)
    return left


def kept(conversation: Conversation, before: Context, turn: Turn) -> Turn:
    """Store the answers when a step has changed them and the conversation goes on."""
    if turn.session.conversation != conversation.name or turn.session.answers == before.answers:
        return turn
    session, effects = conversation.keep(Context(turn.session, before.facts))
    return Turn(session, (*effects, *turn.effects))


def is_choice(context: Context, question: Question, text: str) -> bool:
    """Whether a text that is also a command is wholly a choice of the question: เสร็จแล้ว answers yes, รับรอง decides."""
    return any(each.is_said(text) for each in question.kind.ask(context, question.name).choices)


def offered_choice(context: Context, text: str) -> Any | None:
    """The offered reading that a text names. While the engine asks about cancelling, yes and no count too."""
    offered = context.session.offered
    if not offered:
        return None
    labels = [plain(label) for label, _ in offered]
    if labels.count(plain(text)) == 1:
        return offered[labels.index(plain(text))][1]
    if all(isinstance(value, dict) and value.get("do") == "edit" for _, value in offered):
        # At the menu of answers a number is a place in it, never an answer to the question above.
        number = command(f"แก้ข้อ {text}")
        if number is not None and number.rest.isdecimal():
            place = int(number.rest) - 1
            return offered[place][1] if place < len(offered) else {"do": "choose"}
    first, *others = (value for _, value in offered)
    said = command(text)
    if first == {"do": "cancel"} and said and said.command is Command.CANCEL:
        return first
    # One choice asked back is a question too; what was held is only filed by name.
    if not others and not (isinstance(first, dict) and "do" in first) and yes_or_no(text):
        return first
    # Where the first offer is the engine's own question, yes takes it and no takes the other.
    asks = isinstance(first, dict) and first.get("do") in {"cancel", "set"} and len(others) == 1
    consent = yes_or_no(text) if asks else None
    if consent is not None:
        return first if consent else others[0]
    return None


def hold(conversation: Conversation, context: Context, event: Event, text: str) -> Turn:
    """The text was sent before its question could be read: keep it, file it only when told to."""
    return ask(conversation, context.changed(held=(*context.session.held, (event.message_id, text))))


def file(conversation: Conversation, context: Context, question: Question, event: Event, text: str) -> Turn:
    reading = question.kind.read(context, question.name, text, event.message_id)
    return accept(conversation, context, question, reading, event)


def accept(conversation: Conversation, context: Context, question: Question, reading: Reading, event: Event) -> Turn:
    """File a reading under its question, with the message it came from; what depends on the old answer falls."""
    if isinstance(reading, Unclear):
        if reading.ends:
            return Turn(Session(), (*reading.effects, Say(reading.text, idle_buttons(context))))
        again = ask(conversation, context, reading.text, reading.offered, brief=bool(reading.offered))
        return replace(again, effects=(*reading.effects, *again.effects))
    if isinstance(reading, Control):
        return take(conversation, context, question, reading.value, event)
    values: Answers = dict.fromkeys(question.edits)
    values.update(reading.values)
    sources: dict[str, list[str]] = dict(context.answers.get(MESSAGES, {}))
    match values.get(question.name):
        case {"parts": list(parts)}:
            sources[question.name] = [part[0] for part in parts if part[0]]
        case _:
            sources[question.name] = [event.message_id] if event.message_id else []
    values[MESSAGES] = sources
    values[BEFORE] = {name: old for name, old in context.answers.get(BEFORE, {}).items() if name != question.name}
    values[BEFORE] = values[BEFORE] or None
    # A text that found no place stays held until a question that could have taken it has its answer.
    held = () if question.backs(context) else context.session.held
    return ask(conversation, context.answered(values, held=held, offered=()), reading.said)


def stale(context: Context, tapped: AnswerTapped) -> str:
    """Twice on the same card is a double tap; anything else an old card."""
    same = tapped.session_id == context.session.id and tapped.question in context.answers
    return context.w("engine-tapped-twice" if same else "engine-stale")


def take(conversation: Conversation, context: Context, question: Question, value: Any, event: Event) -> Turn:
    """A chosen value: a wish of the engine's, or an answer."""
    match value:
        case {"do": str()}:
            return control(conversation, context, question, value, event)
    return accept(conversation, context, question, question.kind.take(context, question.name, value), event)


def control(
    conversation: Conversation, context: Context, question: Question, wish: dict[str, Any], event: Event
) -> Turn:
    """A wish of the engine's. What cannot be granted (forged, or of another step) is refused in words."""
    match wish["do"], wish:
        case "continue", _:
            return ask(conversation, context)
        case "later", _:
            return leave(conversation, context)
        case "choose", _:
            return choose_edit(conversation, context, "")
        case "cancel", _:
            said = Say(conversation.cancelled(context), idle_buttons(context))
            return Turn(Session(), (*conversation.cancel(context), said))
        case "held", _ if context.session.held:
            held_event = replace(event, message_id=context.session.held[-1][0])
            return file(conversation, context, question, held_event, held_text(context))
        case "edit", {"q": str(name)}:
            return edit(conversation, context, name)
        case "restore", {"q": str(name)} if name == question.name and name in context.answers.get(BEFORE, {}):
            return restore(conversation, context, question, event)
        case "set", {"q": str(name), "v": new}:
            target = named(conversation, context, name)
            if target is not None and target.counted and name in context.answers:
                return accept(conversation, context, target, target.kind.take(context, name, new), event)
    return ask(conversation, context, context.w("engine-stale"))


def restore(conversation: Conversation, context: Context, question: Question, event: Event) -> Turn:
    """The old answer is kept, and with it what stands or falls with it and the messages that it came from."""
    name, before = question.name, dict(context.answers[BEFORE])
    old = before.pop(name)
    skipped = old == "" and not question.required
    reading = Answered({name: old}) if skipped else question.kind.take(context, name, old)
    if not isinstance(reading, Answered):
        return accept(conversation, context, question, reading, event)
    values: Answers = {**reading.values, **{each: context.answers.get(each) for each in question.edits}}
    values[BEFORE] = before or None
    held = () if question.backs(context) else context.session.held
    return ask(conversation, context.answered(values, held=held, offered=()), reading.said)


def engine_command(conversation: Conversation, context: Context, question: Question, said: Said) -> Turn | None:
    """The commands that mean the same in every conversation; None for all others."""
    w = context.w
    match said.command:
        case Command.BACK:
            return go_back(conversation, context, question)
        case Command.EDIT if "/" not in said.rest:  # a receipt's number means another report
            return choose_edit(conversation, context, said.rest)
        case Command.SKIP:
            if question.required:
                return ask(conversation, context, w("engine-cannot-skip"))
            return ask(conversation, context.answered({question.name: ""}))
        case Command.CANCEL:
            offered: Offered = (
                (w("engine-button-cancel"), {"do": "cancel"}),
                (w("engine-button-continue"), {"do": "continue"}),
            )
            return ask(conversation, context, conversation.sure_to_cancel(context), offered, brief=True)
        case Command.LATER:
            return leave(conversation, context)
        case Command.READ_ALL:
            full = conversation.full_text(context)
            asked = ask(conversation, context)
            return replace(asked, effects=(Say(full or w("engine-nothing-to-read")), *asked.effects))
        case Command.CONFIRM | Command.DONE:
            return ask(conversation, context, w("engine-not-yet"))
    return None


def go_back(conversation: Conversation, context: Context, question: Question) -> Turn:
    """To the question before; at the first one an edit that was begun is given up."""
    previous = last_given(conversation, context, question)
    if previous is not None:
        return edit(conversation, context, previous)
    if question.name in context.answers.get(BEFORE, {}):
        return control(conversation, context, question, {"do": "restore", "q": question.name}, NOTHING)
    return ask(conversation, context, context.w("engine-first-question"))


def leave(conversation: Conversation, context: Context) -> Turn:
    return Turn(Session(), (Say(conversation.leave(context), idle_buttons(context)),))


def edit(conversation: Conversation, context: Context, name: str) -> Turn:
    """Forget one answer and ask it again; the old one can be kept with one tap."""
    question = named(conversation, context, name)
    if question is None or name not in context.answers:
        return ask(conversation, context, context.w("engine-stale"))
    if question.restarts:
        return ask(conversation, restarted(conversation, context, name), context.w("engine-editing", old="none"))
    old = context.answers[name]
    before = {**context.answers.get(BEFORE, {}), name: old}
    short = fill_in(old) or ""
    figure = isinstance(old, str) and bool(short)
    shown = context.w.amount(Decimal(short)) if figure else beginning(short)
    said = context.w("engine-editing", old=shown or "none")
    asked = ask(conversation, context.answered({name: None, BEFORE: before}), said)
    copied = conversation.to_copy(old)
    return replace(asked, effects=(Say(copied), *asked.effects)) if copied else asked


def restarted(conversation: Conversation, context: Context, name: str) -> Context:
    """As it was before the question: another answer to it means another report, and this one's draft keeps the rest."""
    names = [each.name for each in conversation.relevant_questions(context)]
    earlier = {each: context.answers[each] for each in names[: names.index(name)] if each in context.answers}
    return context.changed(answers=earlier, draft_revision=0, base_version=0)


def choose_edit(conversation: Conversation, context: Context, rest: str) -> Turn:
    """แก้ไข, แก้ข้อ 2: go to a numbered answer."""
    steps = counted(conversation, context)
    if rest.isdecimal() and 1 <= int(rest) <= len(steps) and steps[int(rest) - 1].name in context.answers:
        return edit(conversation, context, steps[int(rest) - 1].name)
    choices = edit_choices(conversation, context)
    if not choices:
        return ask(conversation, context, context.w("engine-nothing-to-edit"))
    offered: Offered = tuple((choice.label, choice.value) for choice in choices)
    return ask(conversation, context, context.w("engine-edit"), offered, brief=True)
