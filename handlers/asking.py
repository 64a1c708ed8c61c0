"""Putting a question: which one is due, how it reads, what may be tapped. Pure; the position is derived."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from msgspec.structs import replace

from handlers.buttons import answer_button, command_button
from handlers.context import Context
from handlers.conversation import Answered, Choice, Conversation, Prompt, Question
from handlers.effects import Button, Say, Turn, Warned
from handlers.idle import idle_buttons
from handlers.session import Answers, Session

MESSAGES = "_messages"
"""In the answers: question → ids of the messages its answer came from (none for a tap). It travels with the draft."""
BEFORE = "_before"
"""In the answers: question → the answer that is being edited, to be kept with one tap."""
Offered = tuple[tuple[str, Any], ...]
MOST_LINES = 8
"""Of choices that are put again beside something else."""
FILL_IN_LIMIT = 300
"""LINE: fillInText holds at most 300 UTF-16 units."""


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
    conversation: Conversation,
    context: Context,
    said: str = "",
    offered: Offered = (),
    *,
    brief: bool = False,
    shortly: bool = False,
) -> Turn:
    """Put the question that is due, or finish. `said` comes before it; `offered` may be answered as well.

    `brief`: only what is said and offered, for something asked in between while the question still stands above.
    `shortly`: again, for somebody who has just read it and asked for something else; long choices in a few lines.
    """
    context, question = position(conversation, context)
    refusal = conversation.refuse(context)
    if refusal:
        # What was just answered is kept all the same: it may be wanted once the way is free again.
        _, effects = conversation.keep(context)
        return Turn(Session(), (*effects, Say(refusal, idle_buttons(context, refusal))))
    if question is None:
        return conversation.on_complete(context)
    if not offered and question.name in context.answers.get(BEFORE, {}):
        offered = ((context.w("engine-button-keep"), {"do": "restore", "q": question.name}),)
    if context.session.held and question.backs(context) and not brief:
        said = lines(said, context.w("engine-held", text=beginning(held_text(context))))
        offered = (*offered, (context.w("engine-button-held"), {"do": "held"}))
    # As it stood before this: a text in several messages says more to somebody who comes back to it.
    prompt = Prompt("") if brief else question.kind.ask(context, question.name)
    warned: tuple[Warned, ...] = ()
    if context.session.asked == question.name:
        context = context.changed(offered=offered)
    else:
        warned = (Warned(prompt.warned),) if prompt.warned else ()
        context = context.changed(offered=offered, asked=question.name, asked_at=context.facts.now)
    further = () if brief else (*prompt.buttons, *ways(conversation, context, question, prompt))
    asked = numbered(conversation, context, question, prompt.text) if prompt.heads else prompt.text
    rows = listing(context, prompt, offered, further)
    if shortly and len(rows.splitlines()) > MOST_LINES:
        rows = listing(context, in_one_line(prompt), offered, further)
    text = lines(said, asked, rows)
    return Turn(context.session, (*warned, Say(text, (*buttons(context, prompt, offered), *further))))


def in_one_line(prompt: Prompt) -> Prompt:
    """The choices by their short names, so that all of them stand in one line; a numbered one still has its number."""
    choices = [each for each in prompt.choices if each.tappable]
    names = [each.short or each.label for each in choices]
    if prompt.numbered:
        starts = [f"{place}. " for place in range(1, len(names) + 1)]
        names = [start + name.removeprefix(start) for start, name in zip(starts, names, strict=True)]
    made = tuple(replace(each, label=name) for each, name in zip(choices, names, strict=True))
    return replace(prompt, choices=made, numbered=False, listed=True)


def numbered(conversation: Conversation, context: Context, question: Question, text: str) -> str:
    """A question with its place among the steps as they are known by now, "2/3 · …"; one of one needs no number."""
    steps = [each.name for each in counted(conversation, context)]
    if not text or question.name not in steps or len(steps) == 1:
        return text
    return context.w("engine-step", place=str(steps.index(question.name) + 1), steps=str(len(steps)), question=text)


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


OUT: tuple[Any, ...] = ({"do": "later"}, {"do": "cancel"})
"""The choices with which a question itself offers to be left."""


def ways(conversation: Conversation, context: Context, question: Question, prompt: Prompt) -> tuple[Button, ...]:
    """The ways around a question: past it where it is optional, back where there is an earlier one, and out of it."""
    w = context.w
    made = []
    if not question.required:
        made.append(command_button(w("engine-button-skip"), w("engine-button-skip")))
    if last_given(conversation, context, question) is not None:
        made.append(command_button(w("engine-button-back"), w("engine-button-back")))
    later = command_button(w("report-button-later"), w("report-button-later"))
    if later not in prompt.buttons and not any(each.value in OUT for each in prompt.choices):
        made.append(later)
    return tuple(made)


def held_text(context: Context) -> str:
    return "\n".join(text for _, text in context.session.held)


def beginning(text: str, limit: int = 60) -> str:
    """Enough of a text to know it again."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit] + "…"


def named(conversation: Conversation, context: Context, name: str) -> Question | None:
    return next((each for each in conversation.relevant_questions(context) if each.name == name), None)


def counted(conversation: Conversation, context: Context) -> tuple[Question, ...]:
    """The numbered steps: "2/3", แก้ข้อ 2."""
    return tuple(each for each in conversation.relevant_questions(context) if each.counted)


def last_given(conversation: Conversation, context: Context, question: Question) -> str | None:
    """The question before `question` whose answer was given by the person, not by itself."""
    answers = context.answers
    before = list(takewhile(lambda each: each.name != question.name, conversation.relevant_questions(context)))
    given = [each for each in before if each.name in answers]
    for place in reversed(range(len(given))):
        # Alone as it was asked: the answer itself, and later ones, may have narrowed the choice to one.
        earlier: Answers = {each.name: answers[each.name] for each in given[:place]}
        if given[place].backs(context) and given[place].kind.alone(context.changed(answers=earlier)) is None:
            return given[place].name
    return None


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
