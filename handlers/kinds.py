"""The kinds of answer that any conversation may ask for: one of several, a line of text, a text in several messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from handlers.asking import beginning
from handlers.context import Context
from handlers.conversation import Answered, Choice, Control, Prompt, Reading, Unclear
from locales.thai_commands import Command, command
from locales.thai_phrases import Several, match, plain

NARRATIVE_LIMIT = 20_000
"""Characters of one narrative, all its messages together."""
LINE_LIMIT = 300
"""Characters of a one-line answer such as a name."""

MOST_OFFERED = 12
"""Readings offered back of what may mean many: LINE shows thirteen buttons."""

Ask = Callable[[Context], Prompt]


@dataclass(frozen=True)
class OneOf:
    """One of some choices, tapped or typed: its name, an unambiguous part of it, or its number in a numbered list."""

    put: Ask
    hears: frozenset[Command] = frozenset()
    self_answering: bool = True
    guesses: bool = True
    """Whether part of a name chooses it; otherwise a part is asked back."""

    def ask(self, context: Context, name: str) -> Prompt:  # noqa: ARG002 - the same words whatever it is called
        return self.put(context)

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:  # noqa: ARG002
        prompt = self.put(context)
        names = [(each.label, *each.names, *((each.short,) if each.short else ())) for each in prompt.choices]
        rows = sum(each.tappable for each in prompt.choices) if prompt.numbered else 0  # the rows stand first
        found = match(text, names, numbered=rows)
        if isinstance(found, int):
            choice = prompt.choices[found]
            whole = prompt.numbered and plain(text).isdecimal()
            if self.guesses or whole or plain(text) in {plain(each) for each in names[found]}:
                return chosen(name, choice)
            return Unclear(context.w("answer-this-choice", text=shown(text)), ((choice.label, choice.value),))
        if isinstance(found, Several):
            meant = [prompt.choices[place] for place in found.indices]
            offered = tuple((brief(each), each.value) for each in meant[:MOST_OFFERED])
            return Unclear(context.w("answer-several-choices", text=shown(text)), offered)
        return Unclear(context.w("answer-no-choice", text=shown(text)))

    def take(self, context: Context, name: str, value: Any) -> Reading:
        for each in self.put(context).choices:
            if each.value == value:
                return chosen(name, each)
        return Unclear(context.w("engine-stale"))

    def complete(self, context: Context, name: str) -> bool:  # noqa: ARG002 - a choice is whole at once
        return True

    def alone(self, context: Context) -> Any | None:
        choices = self.put(context).choices if self.self_answering else ()
        return choices[0].value if len(choices) == 1 else None


def chosen(name: str, choice: Choice) -> Reading:
    """A choice may answer several questions at once, {"answers": {…}}, or be a wish of the engine's, {"do": …}."""
    match choice.value:
        case {"answers": dict(answers)}:
            return Answered({name: None, **answers})
        case {"do": _}:
            return Control(choice.value)
    return Answered({name: choice.value})


def brief(choice: Choice) -> str:
    """What a button of its own can say of a choice: without the number that it had in a list."""
    return re.sub(r"^\d+\. ", "", choice.short) or choice.label


def shown(text: str) -> str:
    """What somebody typed, short enough to be quoted back."""
    return beginning(text, 40)


@dataclass(frozen=True)
class Line:
    """One line of text, e.g. a name."""

    put: Ask
    hears: frozenset[Command] = frozenset()

    def ask(self, context: Context, name: str) -> Prompt:  # noqa: ARG002
        return self.put(context)

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:  # noqa: ARG002
        line = " ".join(text.split())
        if not any(letter.isalpha() for letter in plain(line)):
            return Unclear(context.w("answer-not-words"))
        if len(line) > LINE_LIMIT:
            return Unclear(context.w("answer-too-long-line", limit=LINE_LIMIT))
        return Answered({name: line})

    def take(self, context: Context, name: str, value: Any) -> Reading:
        for each in self.put(context).choices:
            if each.value == value:
                return chosen(name, each)
        if isinstance(value, str):
            return self.read(context, name, value, "")
        return Unclear(context.w("engine-stale"))

    def complete(self, context: Context, name: str) -> bool:  # noqa: ARG002
        return True

    def alone(self, context: Context) -> Any | None:  # noqa: ARG002
        return None


@dataclass(frozen=True)
class LongText:
    """A text in one message or several, ended with จบ. Stored code point for code point.

    The answer is {"parts": [[message id, text], …], "done": bool}.
    """

    put: Ask
    example: Callable[[Context], tuple[str, str]]
    """The words that ask for an example, and the example."""
    hears: frozenset[Command] = frozenset({Command.DONE})

    def ask(self, context: Context, name: str) -> Prompt:
        parts = context.answers.get(name, {}).get("parts", [])
        if not parts:
            return self.put(context)
        text = context.w("answer-more-text", count=len(parts))
        comes_back = context.session.asked != name
        if comes_back:
            head = self.put(context).text.split("\n", 1)[0]  # which report, and what stands
            text = "\n".join((head, context.w("answer-so-far", text=shown(joined(parts))), text))
        return Prompt(text, self.choices(context, name), listed=False, heads=comes_back)

    def choices(self, context: Context, name: str) -> tuple[Choice, ...]:  # noqa: ARG002
        """What may be tapped while a text is being written."""
        done = Choice(context.w("answer-button-done"), {"done": True})
        return done, Choice(context.w("answer-button-rewrite"), {"parts": [], "done": False})

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:
        stored: list[list[str]] = context.answers.get(name, {}).get("parts", [])
        said = command(text)
        if said is not None and said.command is Command.DONE:
            return self.take(context, name, {"done": True})
        asking, example = self.example(context)
        if plain(text) == plain(asking):
            return Unclear(example)
        if not text.strip():
            return Unclear(context.w("answer-not-words"))
        if not stored and plain(text) == plain(context.w("answer-button-rewrite")):
            return Unclear(context.w("engine-editing", old="none"))  # nothing to leave out, and no text either
        parts = [*stored, [message_id, text]]
        if len(joined(parts)) > NARRATIVE_LIMIT:
            return Unclear(context.w("answer-too-long", limit=NARRATIVE_LIMIT, kept=len(stored)))
        return Answered({name: {"parts": parts, "done": False}})

    def take(self, context: Context, name: str, value: Any) -> Reading:
        stored: list[list[str]] = context.answers.get(name, {}).get("parts", [])
        match value:
            case {"parts": list(parts), "done": bool(done)} if all(is_part(part) for part in parts):
                return Answered({name: {"parts": parts, "done": done and bool(parts)}})
            case {"done": True} if stored:
                return Answered({name: {"parts": stored, "done": True}})
            case {"done": True}:
                return Unclear(context.w("answer-nothing-written"))
        return Unclear(context.w("engine-stale"))

    def complete(self, context: Context, name: str) -> bool:
        return bool(context.answers[name].get("done"))

    def alone(self, context: Context) -> Any | None:  # noqa: ARG002
        return None


def is_part(part: Any) -> bool:
    return isinstance(part, list) and len(part) == 2 and all(isinstance(each, str) for each in part)


def joined(parts: list[list[str]]) -> str:
    """The whole text: messages stand under one another."""
    return "\n".join(text for _, text in parts)
