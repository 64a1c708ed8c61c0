"""The watch over every test's calls: it tells a refusal nobody meant and a body that LINE does not describe."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import pytest

from bot.line.limits import LimitExceeded
from bot.simulator.faults import Fault
from tests.bot.simulator.loopback import ANONG, line, text
from tests.line_calls import SCHEMAS, UNLIMITED, Watch, call_problems, check_stored_calls
from tests.line_openapi import SPECIFICATION, published_schemas

PUSH = "/v2/bot/message/push"
NOTHING_SAID = "May not be empty"


@pytest.mark.line_refuses(NOTHING_SAID)
async def test_a_refusal_is_complained_of_unless_it_was_meant() -> None:
    """A push without a word is refused: only a mark with words of the refusal lets that pass."""
    with pytest.MonkeyPatch.context() as patch:
        watch = Watch()
        watch.over(patch)
        async with line() as world:
            assert (await world.call(PUSH, {"to": ANONG, "messages": [text("")]}))[0] == 400
    assert len(watch.complaints([])) == 1
    assert len(watch.complaints([pytest.mark.line_refuses("Invalid reply token").mark])) == 1
    assert watch.complaints([pytest.mark.line_refuses(NOTHING_SAID).mark]) == []
    assert watch.complaints([pytest.mark.line_refuses.mark]) == []


async def test_a_fault_that_the_test_ordered_is_no_refusal() -> None:
    """A 400 that LINE answers by order says nothing about the call."""
    with pytest.MonkeyPatch.context() as patch:
        watch = Watch()
        watch.over(patch)
        async with line() as world:
            world.platform.faults.add("push", Fault(status=400))
            assert (await world.call(PUSH, {"to": ANONG, "messages": [text("ค่ะ")]}))[0] == 400
    assert watch.complaints([]) == []


@pytest.mark.parametrize(
    ("endpoint", "body"),
    [
        pytest.param("push", {"to": 1, "messages": [{"type": "text", "text": "a"}]}, id="a number for a recipient"),
        pytest.param("reply", {"replyToken": "t", "messages": [{"type": "text", "text": 1}]}, id="a number for a text"),
        pytest.param("reply", {"replyToken": "t", "messages": []}, id="nothing said"),
        pytest.param("multicast", {"to": [], "messages": [{"type": "text", "text": "a"}]}, id="to nobody"),
        pytest.param("loading", {"chatId": ANONG, "loadingSeconds": 61}, id="a minute and a second"),
        pytest.param("loading", {"loadingSeconds": 20}, id="nowhere"),
    ],
)
def test_a_wrong_body_is_told_after_a_right_one(endpoint: str, body: dict[str, Any]) -> None:
    """What was checked before does not hide it; without the description nothing is told."""
    messages = [{"type": "text", "text": "a"}]
    right: dict[str, Any] = {
        "push": {"to": ANONG, "messages": messages},
        "reply": {"replyToken": "t", "messages": messages},
        "multicast": {"to": [ANONG], "messages": messages},
        "loading": {"chatId": ANONG, "loadingSeconds": 20},
    }
    assert call_problems(endpoint, right[endpoint]) == []
    assert bool(call_problems(endpoint, body)) == SPECIFICATION.exists()


@pytest.mark.parametrize(
    ("words", "state", "complaint"),
    [
        pytest.param("ค่ะ", "sent", "", id="as it should be"),
        pytest.param("ค่ะ", "set_aside", "refused 400", id="refused"),
        pytest.param("ก" * 5001, "sent", "the limit is 5000", id="too long"),
    ],
)
def test_what_a_bot_kept_of_its_calls_is_checked(tmp_path: Path, words: str, state: str, complaint: str) -> None:
    """A message that was set aside, and one over LINE's limits, is told of a bot that ran as a process of its own."""
    database = tmp_path / "kept.sqlite3"
    kept = ("U1", "token", json.dumps([text(words)]), state, "refused 400: …" if state == "set_aside" else "")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE outgoing_message (chat_id, reply_token, messages, state, error)")
        connection.execute("INSERT INTO outgoing_message VALUES (?, ?, ?, ?, ?)", kept)
    with pytest.raises((AssertionError, LimitExceeded), match=complaint) if complaint else nullcontext():
        check_stored_calls(database, {"sent"})


def test_what_is_checked_once_has_no_limit_in_the_description() -> None:
    """Calls that differ in a field called unlimited are alike to the description: there it is any string."""
    fields = {
        (name, field): set(schema) - {"description", "type"}
        for name, parts in published_schemas().items()
        for part in (parts, *parts.get("allOf", ()))
        for field, schema in part.get("properties", {}).items()
        if field in UNLIMITED
    }
    assert {name: limits for name, limits in fields.items() if limits} == {}
    assert not SPECIFICATION.exists() or set(SCHEMAS.values()) <= set(published_schemas())
