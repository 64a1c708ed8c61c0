"""The bot's calls held against LINE: the description of its API where it is at hand, and refusals nobody meant."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.line.limits import Endpoint, check
from bot.simulator.answers import Answer
from bot.simulator.messaging_api import MessagingApi
from tests.line_openapi import problems

SCHEMAS = {
    "reply": "ReplyMessageRequest",
    "push": "PushMessageRequest",
    "multicast": "MulticastRequest",
    "validate": "ValidateMessageRequest",
    "loading": "ShowLoadingAnimationRequest",
    "richmenu_create": "RichMenuRequest",
    "richmenu_validate": "RichMenuRequest",
    "richmenu_bulk_link": "RichMenuBulkLinkRequest",
    "richmenu_bulk_unlink": "RichMenuBulkUnlinkRequest",
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


def check_stored_calls(database: Path, states: set[str]) -> None:
    """Hold each call that a bot of its own process kept in its SQLite file against LINE, the limits included.

    `states` are those in which a message may have ended: one that LINE refused was set aside. The reply's token is
    gone from a message that was pushed in its place, as it is when it leaves.
    """
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "SELECT chat_id, reply_token, messages, state, error FROM outgoing_message"
        ).fetchall()
    assert rows, "the bot said nothing"
    for chat_id, reply_token, messages, state, error in rows:
        assert state in states, (state, error)
        endpoint: Endpoint = "reply" if reply_token else "push"
        recipient = {"replyToken": reply_token} if reply_token else {"to": chat_id}
        body = {**recipient, "messages": json.loads(messages)}
        check(endpoint, body)
        assert call_problems(endpoint, body) == []


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
