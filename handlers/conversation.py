"""The form of a conversation: questions in order, each a name and a kind of answer. The engine walks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from msgspec import Struct

from handlers.context import Context
from handlers.effects import Button, Effect, Turn
from handlers.session import Answers, Session
from locales.thai_commands import Command
from locales.thai_phrases import plain


class Choice(Struct, frozen=True):
    """Something that may be tapped, or typed by its label or one of its other names."""

    label: str
    value: Any
    names: tuple[str, ...] = ()
    short: str = ""
    """What the button says where the label is too long for it."""
    tappable: bool = True
    fill_in: str | None = None

    def is_said(self, text: str) -> bool:
        """Whether a text is wholly this choice's label or one of its other names."""
        return plain(text) in {plain(each) for each in (self.label, *self.names)}


class Prompt(Struct, frozen=True):
    """How a question is put. `numbered`: the choices stand as a numbered list and may be typed by number."""

    text: str
    choices: tuple[Choice, ...] = ()
    numbered: bool = False
    listed: bool = True
    """Whether the choices are to be named under the text; false where the text names them already."""
    beside: bool = False
    """Whether the choices stand beside a free answer, and are named as such."""
    buttons: tuple[Button, ...] = ()
    warned: tuple[str, ...] = ()
    """The checks that this question is about."""
    heads: bool = True
    """Whether the text puts the question, and bears its number; false where the question still stands above."""


class Answered(Struct, frozen=True):
    """One or several answers that were read without doubt."""

    values: Answers
    said: str = ""
    """Said before the next question: what was understood."""


class Unclear(Struct, frozen=True):
    """Not one clear answer: why, and the readings that may be meant."""

    text: str
    offered: tuple[tuple[str, Any], ...] = ()
    effects: tuple[Effect, ...] = ()
    """What is to be noted about the attempt, such as a wrong code."""
    ends: bool = False
    """Whether asking again is pointless: the conversation ends with these words."""


class Control(Struct, frozen=True):
    """Not an answer but a wish of the engine's: {"do": …}."""

    value: dict[str, Any]


Reading = Answered | Unclear | Control


class Kind(Protocol):
    """A kind of answer. All methods are pure."""

    @property
    def hears(self) -> frozenset[Command]:
        """The commands that are this question's own answers (จบ, ยืนยัน), read by `read`."""

    def ask(self, context: Context, name: str) -> Prompt: ...

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:
        """Read a typed answer."""

    def take(self, context: Context, name: str, value: Any) -> Reading:
        """Accept a tapped value, or say why not: it may be forged or no longer offered."""

    def complete(self, context: Context, name: str) -> bool:
        """Whether the stored answer is whole (a narrative in several messages ends with จบ)."""

    def alone(self, context: Context) -> Any | None:
        """The answer, where only one is possible: the question then answers itself."""


def always(_: Context) -> bool:
    return True


def never(_: Context) -> bool:
    return False


@dataclass(frozen=True)
class Question:
    """One question. `edits` are further answers that fall with it when it is answered anew."""

    name: str
    kind: Kind
    relevant: Callable[[Context], bool] = always
    required: bool = True
    counted: bool = False
    """Whether it is one of the numbered steps ("2/3") that the preview lists and แก้ข้อ N reaches."""
    edits: tuple[str, ...] = ()
    restarts: bool = False
    """Whether another answer means another report: all that came after it is left to its draft."""
    backs: Callable[[Context], bool] = always
    """Whether ย้อนกลับ may return to it."""


@dataclass(frozen=True)
class Each:
    """A question for each of some declared things, named `name.code`."""

    name: str
    of: Callable[[Context], tuple[str, ...]]
    """The codes."""
    kind: Callable[[str], Kind]
    counted: bool = False
    required: bool = True

    def questions(self, context: Context) -> tuple[Question, ...]:
        return tuple(
            Question(f"{self.name}.{code}", self.kind(code), counted=self.counted, required=self.required)
            for code in self.of(context)
        )


def unprepared(context: Context) -> Context:
    return context


def silent(_: Context) -> tuple[Effect, ...]:
    return ()


@dataclass(frozen=True)
class Conversation:
    """A whole dialogue."""

    name: str
    questions: tuple[Question | Each, ...]
    on_complete: Callable[[Context], Turn]
    prepare: Callable[[Context], Context] = unprepared
    """Brings in what is known by now (a stored draft, the sent version) before each look for the position."""
    to_copy: Callable[[Any], str] = field(default=lambda _: "")
    """An old answer as a message of its own, when it is edited and the keyboard cannot hold it."""
    full_text: Callable[[Context], str] = field(default=lambda _: "")
    """The long answers in full, for อ่านทั้งหมด."""
    keep: Callable[[Context], tuple[Session, tuple[Effect, ...]]] = field(default=lambda context: (context.session, ()))
    """What to store when answers have changed, and the session that remembers it."""
    refuse: Callable[[Context], str] = field(default=lambda _: "")
    """Why this conversation cannot go on at all (the round closed, the membership ended); empty when it can."""
    leave: Callable[[Context], str] = field(default=lambda context: context.w("engine-left"))
    """What is said when it is put aside with ไว้ทีหลัง."""
    sure_to_cancel: Callable[[Context], str] = field(default=lambda context: context.w("engine-cancel"))
    """What ยกเลิก asks once."""
    cancelled: Callable[[Context], str] = field(default=lambda context: context.w("engine-cancelled"))
    cancel: Callable[[Context], tuple[Effect, ...]] = silent
    """What to store when it is cancelled."""

    def relevant_questions(self, context: Context) -> tuple[Question, ...]:
        """The questions that are to be answered as things stand, in their order."""
        found: tuple[Question, ...] | None = context.derived.get(self.name)
        if found is None:
            relevant: list[Question] = []
            for each in self.questions:
                if isinstance(each, Each):
                    relevant.extend(each.questions(context))
                elif each.relevant is always or each.relevant(context):
                    relevant.append(each)
            context.derived[self.name] = found = tuple(relevant)
        return found
