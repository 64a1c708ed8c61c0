"""A call as an endpoint of the Messaging API sees it, and what the endpoint says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.simulator.rules import refusal
from bot.simulator.shapes import Problem


@dataclass(slots=True)
class Answer:
    """What an endpoint says."""

    status: int
    body: Any
    """JSON, or bytes of the type that `headers` name."""
    headers: dict[str, str]


class Refused(Exception):
    """LINE refuses the call with this status and error body."""

    def __init__(self, status: int, body: str | dict[str, Any], headers: dict[str, str] | None = None) -> None:
        """`body`: the whole error object, or its message."""
        super().__init__(body)
        self.answer = Answer(status, {"message": body} if isinstance(body, str) else body, headers or {})


@dataclass(frozen=True, slots=True)
class Asked:
    """A call as an endpoint sees it, past the bearer token and the rate limit."""

    request_id: str
    body: dict[str, Any]
    raw: bytes
    retry_key: UUID | None
    match: Mapping[str, str]
    content_type: str = ""


Endpoint = Callable[[Asked], Answer]


def ok(body: dict[str, Any]) -> Answer:
    """Answer 200."""
    return Answer(200, body, {})


def refuse(problems: list[Problem]) -> None:
    """Raise Refused with 400 and LINE's error body, if there is any problem."""
    if problems:
        raise Refused(400, refusal(problems))
