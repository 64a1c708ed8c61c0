"""The oracle itself: LINE's description, rewritten, refuses what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from tests.line_openapi import SPECIFICATION, problems


def _reply(*messages: dict[str, Any]) -> dict[str, Any]:
    return {"replyToken": "token", "messages": list(messages)}


def test_a_right_reply_has_no_problems() -> None:
    """A plain text reply passes, with the description or without it."""
    assert problems("ReplyMessageRequest", _reply({"type": "text", "text": "สวัสดี"})) == []


@pytest.mark.parametrize(
    "message",
    [
        pytest.param({"type": "txt", "text": "a"}, id="unknown type"),
        pytest.param({"type": "text"}, id="no text"),
        pytest.param({"type": "text", "text": 1}, id="a number for a text"),
        pytest.param({"type": "text", "text": "a", "quickReplies": {}}, id="a field of another name"),
        pytest.param({"type": "flex", "altText": "a", "contents": {"type": "bubbly"}}, id="unknown container"),
        pytest.param(
            {
                "type": "flex",
                "altText": "a",
                "contents": {"type": "bubble", "body": {"type": "box", "layout": "grid", "contents": []}},
            },
            id="unknown layout deep inside",
        ),
    ],
)
def test_a_wrong_message_has_problems(message: dict[str, Any]) -> None:
    """Where the description is at hand, each of these is told."""
    assert bool(problems("ReplyMessageRequest", _reply(message))) == SPECIFICATION.exists()
