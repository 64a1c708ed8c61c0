"""The engine: one event moves one conversation one step. Pure; the position is derived from the answers.

Controls are the engine's own answers, offered beside a question's: {"do": "continue" | "later" | "cancel" | "held"},
{"do": "edit" | "restore", "q": question}, {"do": "set", "q": question, "v": value}.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from handlers.buttons import AnswerTapped, answer_button, command_button
from handlers.context import Context
from handlers.conversation import Answered, Choice, Control, Conversation, Prompt, Question, Reading, Unclear
from handlers.effects import Button, Say, Turn
from handlers.events import Event, Postback
from handlers.idle import idle_buttons
from handlers.session import Answers, Session
from locales.thai_phrases import Command, Said, command, plain, yes_or_no

MESSAGES = "_messages"
"""In the answers: question → ids of the messages its answer came from (none for a tap). It travels with the draft."""
BEFORE = "_before"
"""In the answers: question → the answer that is being edited, to be kept with one tap."""
Offered = tuple[tuple[str, Any], ...]
NOTHING = Event("", datetime.min.replace(tzinfo=UTC), Postback(""))
"""An event that carries no message: for what the engine takes up by itself."""
FILL_IN_LIMIT = 300
"""LINE: fillInText holds at most 300 UTF-16 units."""


def begin(conversation: Conversation, context: Context, session_id: str, answers: Answers, said: str = "") -> Turn:
    """Start a conversation, with answers that are known already."""
    fresh = Session(conversation=conversation.name, id=session_id, answers=answers)
    return ask(conversation, Context(fresh, context.facts), said)


def hear(conversation: Conversation, context: Context, event: Event, text: str) -> Turn | Said:
    """A typed text. A command that belongs to no question and not to the engine is handed back to the caller."""
    now, question = position(conversation, context)
    if question is None or question.name != context.session.asked:
        moved = now if command(text) else now.changed(held=(*now.session.held, (event.message_id, text)))
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
    if question is None or question.name != context.session.asked or not tapped.fresh(context.session):
        return ask(conversation, now, stale(now, tapped))
    return kept(conversation, context, take(conversation, now, question, tapped.value, event))


def unsend(conversation: Conversation, context: Context, message_id: str) -> Turn | None:
    """A message was taken back: what it answered leaves the draft. None when nothing came from it."""
    held = tuple(each for each in context.session.held if each[0] != message_id)
    answers = without_message(context.answers, message_id)
    if answers is None and held == context.session.held:
        return None
    taken = context.changed(answers=context.answers if answers is None else answers, held=held)
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


def position(conversation: Conversation, context: Context) -> tuple[Context, Question | None]:
    """The first relevant question without a whole answer; None at the end.

    A question with one possible answer answers itself on the way.
    """
    while True:
        context = conversation.prepare(context)
        due = next(
            (
                question
                for question in conversation.relevant_questions(context)
                if not (question.name in context.answers and question.kind.complete(context, question.name))
            ),
            None,
        )
        only = due.kind.alone(context) if due else None
        if due is None or only is None:
            return context, due
        reading = due.kind.take(context, due.name, only)
        context = context.answered(reading.values if isinstance(reading, Answered) else {due.name: only})


def ask(
    conversation: Conversation, context: Context, said: str = "", offered: Offered = (), *, brief: bool = False
) -> Turn:
    """Put the question that is due, or finish. `said` comes before it; `offered` may be answered as well.

    `brief`: only what is said and offered, for something asked in between while the question still stands above.
    """
    context, question = position(conversation, context)
    refusal = conversation.refuse(context)
    if refusal:
        # What was just answered is kept all the same: it may be wanted once the way is free again.
        _, effects = conversation.keep(context)
        return Turn(Session(), (*effects, Say(refusal, idle_buttons(context))))
    if question is None:
        return conversation.on_complete(context)
    if not offered and question.name in context.answers.get(BEFORE, {}):
        offered = ((context.w("engine-button-keep"), {"do": "restore", "q": question.name}),)
    if context.session.held and question.backs and not brief:
        said = lines(said, context.w("engine-held", text=beginning(held_text(context))))
        offered = (*offered, (context.w("engine-button-held"), {"do": "held"}))
    session = replace(context.session, offered=offered)
    if session.asked != question.name:
        session = replace(session, asked=question.name, asked_at=context.facts.now)
    context = Context(session, context.facts)
    prompt = Prompt("") if brief else question.kind.ask(context, question.name)
    further = () if brief else (*prompt.buttons, *ways(conversation, context, question))
    text = lines(said, prompt.text, listing(context, prompt, offered, further))
    return Turn(session, (Say(text, (*buttons(context, prompt, offered), *further)),))


def kept(conversation: Conversation, before: Context, turn: Turn) -> Turn:
    """Store the answers when a step has changed them and the conversation goes on."""
    if turn.session.conversation != conversation.name or turn.session.answers == before.answers:
        return turn
    session, effects = conversation.keep(Context(turn.session, before.facts))
    return Turn(session, (*effects, *turn.effects))


def lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def listing(context: Context, prompt: Prompt, offered: Offered, further: tuple[Button, ...]) -> str:
    """Every choice in words: LINE for PC shows no quick replies."""
    labels = [choice.label for choice in prompt.choices if choice.tappable] if prompt.listed else []
    rows = [f"{place}. {label}" for place, label in enumerate(labels, 1)] if prompt.numbered else []
    short = [label for label, _ in offered] + ([] if prompt.numbered else labels)
    beside = [each.label for each in further if not each.picture]
    if prompt.beside:
        short, beside = [], [*short, *beside]
    if short:
        rows.append(context.w("engine-choices", choices=" / ".join(short)))
    if beside:
        rows.append(context.w("engine-choices-or", choices=" / ".join(beside)))
    return "\n".join(rows)


def buttons(context: Context, prompt: Prompt, offered: Offered) -> tuple[Button, ...]:
    session = context.session
    made = [answer_button(label, session, value) for label, value in offered]
    made += [
        answer_button(choice.short or choice.label, session, choice.value, choice.fill_in)
        for choice in prompt.choices
        if choice.tappable
    ]
    return tuple(made)


def ways(conversation: Conversation, context: Context, question: Question) -> tuple[Button, ...]:
    """The ways around a question: past it where it is optional, back where there is an earlier one."""
    w = context.w
    made = []
    if not question.required:
        made.append(command_button(w("engine-button-skip"), w("engine-button-skip")))
    if last_given(conversation, context, question) is not None:
        made.append(command_button(w("engine-button-back"), w("engine-button-back")))
    return tuple(made)


def is_choice(context: Context, question: Question, text: str) -> bool:
    """Whether a text that is also a command is wholly a choice of the question (เสร็จแล้ว answers yes)."""
    said = plain(text)
    choices = question.kind.ask(context, question.name).choices
    return any(said in {plain(name) for name in (choice.label, *choice.names)} for choice in choices)


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
    if offered[0][1] == {"do": "cancel"}:
        said = command(text)
        if said and said.command is Command.CANCEL:
            return {"do": "cancel"}
        consent = yes_or_no(text)
        if consent is not None:
            return {"do": "cancel"} if consent else {"do": "continue"}
    return None


def hold(conversation: Conversation, context: Context, event: Event, text: str) -> Turn:
    """The text was sent before its question could be read: keep it, file it only when told to."""
    return ask(conversation, context.changed(held=(*context.session.held, (event.message_id, text))))


def held_text(context: Context) -> str:
    return "\n".join(text for _, text in context.session.held)


def beginning(text: str, limit: int = 60) -> str:
    """Enough of a text to know it again."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit] + "…"


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
    held = () if question.backs else context.session.held
    return ask(conversation, context.answered(values).changed(held=held, offered=()), reading.said)


def stale(context: Context, tapped: AnswerTapped) -> str:
    """Twice on the same card is a double tap; anything else an old card."""
    same = tapped.session_id == context.session.id and tapped.question in context.answers
    return context.w("engine-tapped-twice" if same else "engine-stale")


def take(conversation: Conversation, context: Context, question: Question, value: Any, event: Event) -> Turn:
    """A chosen value: a wish of the engine's, or an answer."""
    match value:
        case {"do": str(wish)}:
            return control(conversation, context, question, {**value, "do": wish}, event)
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
            old = context.answers[BEFORE][name]
            return accept(conversation, context, question, question.kind.take(context, name, old), event)
        case "set", {"q": str(name), "v": new}:
            target = named(conversation, context, name)
            if target is not None and target.counted and name in context.answers:
                return accept(conversation, context, target, target.kind.take(context, name, new), event)
    return ask(conversation, context, context.w("engine-stale"))


def engine_command(conversation: Conversation, context: Context, question: Question, said: Said) -> Turn | None:
    """The commands that mean the same in every conversation; None for all others."""
    w = context.w
    match said.command:
        case Command.BACK:
            return go_back(conversation, context, question)
        case Command.EDIT:
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


def named(conversation: Conversation, context: Context, name: str) -> Question | None:
    return next((each for each in conversation.relevant_questions(context) if each.name == name), None)


def counted(conversation: Conversation, context: Context) -> tuple[Question, ...]:
    """The numbered steps: "2/3", แก้ข้อ 2."""
    return tuple(each for each in conversation.relevant_questions(context) if each.counted)


def last_given(conversation: Conversation, context: Context, question: Question) -> str | None:
    """The question before `question` whose answer was given by the person, not by itself."""
    found = None
    earlier: Answers = {}
    for each in conversation.relevant_questions(context):
        if each.name == question.name:
            break
        if each.name in context.answers:
            # Alone as it was asked: the answer itself, and later ones, may have narrowed the choice to one.
            if each.backs and each.kind.alone(context.changed(answers=earlier)) is None:
                found = each.name
            earlier = {**earlier, each.name: context.answers[each.name]}
    return found


def edit(conversation: Conversation, context: Context, name: str) -> Turn:
    """Forget one answer and ask it again; the old one can be kept with one tap."""
    question = named(conversation, context, name)
    if question is None or name not in context.answers:
        return ask(conversation, context, context.w("engine-stale"))
    if question.restarts:
        names = [each.name for each in conversation.relevant_questions(context)]
        kept_answers = {each: context.answers[each] for each in names[: names.index(name)] if each in context.answers}
        anew = context.changed(answers=kept_answers, draft_revision=0, base_version=0)
        return ask(conversation, anew, context.w("engine-editing", old="none"))
    old = context.answers[name]
    before = {**context.answers.get(BEFORE, {}), name: old}
    said = context.w("engine-editing", old=beginning(fill_in(old) or "") or "none")
    asked = ask(conversation, context.answered({name: None, BEFORE: before}), said)
    copied = conversation.to_copy(old)
    return replace(asked, effects=(Say(copied), *asked.effects)) if copied else asked


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


def edit_choices(conversation: Conversation, context: Context) -> tuple[Choice, ...]:
    """A button for each numbered answer, the keyboard prefilled with a short old answer."""
    return tuple(
        Choice(
            context.w("engine-button-edit", place=place),
            {"do": "edit", "q": each.name},
            names=(str(place),),
            fill_in=fill_in(context.answers[each.name]),
        )
        for place, each in enumerate(counted(conversation, context), 1)
        if each.name in context.answers
    )


def fill_in(answer: Any) -> str | None:
    """What LINE can put on the keyboard: a number or a text of at most 300 units."""
    match answer:
        case {"parts": list(parts)}:
            text = "\n".join(part for _, part in parts)
        case str(number) if number.replace(".", "", 1).isdecimal():
            text = number
        case _:
            return None
    return text if text and len(text.encode("utf-16-le")) // 2 <= FILL_IN_LIMIT else None
