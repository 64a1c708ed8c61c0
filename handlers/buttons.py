"""What a button carries: a command, or an answer to one question of one session asked at one moment."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from handlers.effects import Button
from handlers.session import Session


@dataclass(frozen=True, slots=True)
class CommandTapped:
    """A command as if it had been typed; never stale."""

    words: str


@dataclass(frozen=True, slots=True)
class AnswerTapped:
    """An answer; fresh only in the session, at the question and at the asking it was made for."""

    session_id: str
    question: str
    moment: str
    value: Any

    def fresh(self, session: Session) -> bool:
        return (self.session_id, self.question, self.moment) == (session.id, session.asked, moment(session))


def moment(session: Session) -> str:
    """When the question was asked, in milliseconds: a preview shown again after a change is another one."""
    return f"{int(session.asked_at.timestamp() * 1000):x}" if session.asked_at else ""


def command_button(label: str, words: str) -> Button:
    """A button that means typing `words`."""
    return Button(label, json.dumps(["c", words], ensure_ascii=False, separators=(",", ":")))


def answer_button(label: str, session: Session, value: Any, fill_in: str | None = None) -> Button:
    """A button that answers the question now asked with `value` (JSON)."""
    data = ["a", session.id, session.asked, moment(session), value]
    return Button(label, json.dumps(data, ensure_ascii=False, separators=(",", ":")), fill_in=fill_in)


def read_button(data: str) -> CommandTapped | AnswerTapped | None:
    """What a postback says; None when it is none of ours (forged, or from a release that wrote them otherwise)."""
    if "\\u" in data:
        return None  # ours never escape a letter; such an escape could smuggle in what no database takes
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        return None
    match read:
        case ["c", str(words)]:
            return CommandTapped(words)
        case ["a", str(session_id), str(question), str(asked), value]:
            return AnswerTapped(session_id, question, asked, value)
    return None
