"""The bot's own limits and the fake LINE's were written apart; on what both measure they must agree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.line.limits import LimitExceeded, check
from bot.simulator.rules import check_messages
from tests.bot.simulator.loopback import text
from tests.bot.simulator.test_platform_rules import GOOD, URL, button, flex, postback, quick

# Thai clusters of one to three code points, a plain letter, an emoji of two units and one of eight.
CLUSTERS = ("ก", "ที่", "กำ", "น้ำ", "a", "🍎", "👨‍👩‍👧", "\r\n", "🇹🇭")
FIELDS = {
    "text": (5000, text),
    "altText": (1500, lambda words: flex({"type": "text", "text": "ก"}) | {"altText": words}),
    "data": (300, lambda words: quick(postback(data=words))),
    "displayText": (300, lambda words: quick(postback(displayText=words))),
    "message text": (300, lambda words: quick({"type": "message", "label": "ก", "text": words})),
    "label": (20, lambda words: quick(postback(label=words))),
    "Flex button's label": (40, lambda words: flex(button(postback(label=words)))),
    "uri": (1000, lambda words: quick({"type": "uri", "label": "ก", "uri": "https://a/" + "".join(words.split())})),
}


def bot_accepts(message: dict[str, Any]) -> bool:
    """Whether the bot would send it."""
    try:
        check("push", {"to": "U" + "0" * 32, "messages": [message]})
    except LimitExceeded:
        return False
    return True


@pytest.mark.parametrize("name", FIELDS)
@given(cluster=st.sampled_from(CLUSTERS), offset=st.integers(-2, 2), divisor=st.sampled_from([1, 2, 3, 8]))
def test_lengths(name: str, cluster: str, offset: int, divisor: int) -> None:
    """Around every limit, in either way of counting, both say the same."""
    limit, build = FIELDS[name]
    message = build("ก" + cluster * max(0, limit // divisor + offset))
    assert bot_accepts(message) == (check_messages([message]) == [])


@given(st.integers(0, 40))
def test_bubble_sizes(letters: int) -> None:
    """Both draw the line of a bubble at the same byte."""
    message = flex({"type": "text", "text": "ก" * 10_200 + "a" * letters})
    assert bot_accepts(message) == (check_messages([message]) == [])


def test_what_the_platform_takes_the_bot_sends() -> None:
    """Everything at its limit that the bot has words for passes both."""
    kinds = {"text", "flex", "template"}
    refused = [
        name
        for name, message in GOOD.items()
        if message["type"] in kinds
        and URL not in str(message)
        and "clipboard" not in str(message)
        # Stricter than LINE, which counts fillInText in clusters.
        and "fillInText" not in str(message)
        and not bot_accepts(message)
    ]
    assert refused == []
