"""The bot's calls held against LINE: the description of its API where it is at hand, and refusals nobody meant."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest

from bot.simulator.answers import Answer
from bot.simulator.messaging_api import MessagingApi
from tests.line_openapi import problems

SCHEMAS = {
    "reply": "ReplyMessageRequest",
    "push": "PushMessageRequest",
    "multicast": "MulticastRequest",
    "validate": "ValidateMessageRequest",
    "loading": "ShowLoadingAnimationRequest",
}
"""Endpoint of the simulated platform → the description's name for its body."""
UNLIMITED = frozenset({"text", "altText", "label", "displayText", "replyToken", "chatId"})
"""Fields that the description lets hold any string at all: calls that differ only there are checked once."""
WRONG_CALL = frozenset({400, 413, 415})
"""How LINE says that the call itself was wrong, rather than the channel, the rate or the day."""


def call_problems(endpoint: str, body: Any) -> list[str]:
    """What the body of a call breaks of the description; nothing for a call that has no body to describe.

    A card takes 8 ms, so each shape is looked at once in a test run.
    """
    if endpoint not in SCHEMAS or not _shape_problems(SCHEMAS[endpoint], json.dumps(_shape(body), sort_keys=True)):
        return []
    return problems(SCHEMAS[endpoint], body)


@cache
def _shape_problems(schema_name: str, shape: str) -> bool:
    return bool(problems(schema_name, json.loads(shape)))


def _shape(value: Any) -> Any:
    """The value with every string of a field without limits the same."""
    if isinstance(value, dict):
        return {key: "…" if key in UNLIMITED and isinstance(held, str) else _shape(held) for key, held in value.items()}
    return [_shape(each) for each in value] if isinstance(value, list) else value


class Watch:
    """Every call that a test's simulated platforms were asked, in whichever way they were made."""

    def __init__(self) -> None:
        self.refused: list[str] = []
        """Endpoint, status and message of each call that was wrong; a fault that the test ordered is none."""
        self.problems: list[str] = []
        """What the bodies of all other calls break, those that a fault swallowed included."""

    def over(self, patch: pytest.MonkeyPatch) -> None:
        """Watch from now on until the patch is undone."""
        answered, recorded = MessagingApi._answer, MessagingApi._record
        wrong: set[str] = set()  # the request ids, which both take last

        def answer(api: MessagingApi, name: str, *asked: Any) -> Answer:
            found = answered(api, name, *asked)
            if found.status >= 400:
                wrong.add(asked[-1])
            if found.status in WRONG_CALL:
                self.refused.append(f"{name} {found.status}: {json.dumps(found.body, ensure_ascii=False)}")
            return found

        def record(api: MessagingApi, name: str, *asked: Any) -> None:
            recorded(api, name, *asked)
            if asked[-1] not in wrong:
                self.problems += call_problems(name, api.calls[-1].body)

        patch.setattr(MessagingApi, "_answer", answer)
        patch.setattr(MessagingApi, "_record", record)

    def complaints(self, meant: Iterable[pytest.Mark]) -> list[str]:
        """What the test has to answer for. `meant`: its `line_refuses` marks."""
        expected = [word for mark in meant for word in mark.args or ("",)]
        unwanted = [each for each in self.refused if not any(word in each for word in expected)]
        return unwanted + self.problems
