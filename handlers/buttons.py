"""What a button carries: a command, or an answer to one question of one session asked at one moment."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from handlers.effects import Button
from handlers.session import Session
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey

_json = msgspec.json.Encoder().encode


def _encode(data: list[Any]) -> str:
    return _json(data).decode()


class CommandTapped(Struct, frozen=True):
    """A command as if it had been typed; never stale."""

    words: str


class ReportTapped(Struct, frozen=True):
    """Report this; never stale, but it may have been reported meanwhile."""

    key: ReportKey


class AnswerTapped(Struct, frozen=True):
    """An answer; fresh only in the session, at the question and at the asking it was made for."""

    session_id: str
    question: str
    moment: str
    value: Any

    def fresh(self, session: Session) -> bool:
        return (self.session_id, self.question, self.moment) == (session.id, session.asked, moment(session))


def moment(session: Session) -> str:
    """When the question was asked, in milliseconds: a preview shown again after a change is another one."""
    return _milliseconds(session.asked_at) if session.asked_at else ""


# A question has several buttons, all of one moment.
@lru_cache(maxsize=64)
def _milliseconds(at: datetime) -> str:
    return f"{int(at.timestamp() * 1000):x}"


@lru_cache(maxsize=512)
def command_button(label: str, words: str) -> Button:
    """A button that means typing `words`; nearly all are the catalogue's own words."""
    return Button(label, _encode(["c", words]))


def report_button(label: str, key: ReportKey) -> Button:
    """A button that begins, or goes on with, one report."""
    return Button(label, _encode(["r", key.unit_id, key.indicator_id, str(key.quarter)]))


def answer_button(label: str, session: Session, value: Any, fill_in: str | None = None) -> Button:
    """A button that answers the question now asked with `value` (JSON)."""
    data = ["a", session.id, session.asked, moment(session), value]
    return Button(label, _encode(data), fill_in=fill_in)


def read_button(data: str) -> CommandTapped | ReportTapped | AnswerTapped | None:
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
        case ["r", int(unit_id), int(indicator_id), str(quarter)] if re.fullmatch("[1-4]/[0-9]{4}", quarter):
            return ReportTapped(ReportKey(unit_id, indicator_id, Quarter.parse(quarter)))
        case ["a", str(session_id), str(question), str(asked), value]:
            return AnswerTapped(session_id, question, asked, value)
    return None
