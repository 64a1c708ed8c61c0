"""What is said becomes messages that LINE takes, with the buttons where LINE shows them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from linebot.v3.messaging import FlexMessage, ReplyMessageRequest, TextMessage

from bot.line import limits
from bot.line.render import dumps, render
from handlers.effects import Button, Card, Say
from tests.bot.line.test_cards import CARD
from tests.line_openapi import problems


def _actions(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [item["action"] for item in message["quickReply"]["items"]]


def _accepted(messages: list[dict[str, Any]]) -> None:
    """Raise when LINE, its description or its SDK would not have one call with `messages`."""
    call = {"replyToken": "token", "messages": messages}
    limits.check("reply", call)
    assert problems("ReplyMessageRequest", call) == []
    models = [(FlexMessage if m["type"] == "flex" else TextMessage).from_dict(m) for m in messages]
    assert [model.to_dict() for model in models] == messages
    ReplyMessageRequest(replyToken="token", messages=models)


def test_a_text_is_a_text_message() -> None:
    """The plainest case, down to the bytes."""
    [group] = render([Say("สวัสดี")])
    assert dumps(group) == '[{"type":"text","text":"สวัสดี"}]'.encode()


def test_cards_come_before_the_text() -> None:
    """The card is seen first, the text with the choices stands nearest the keyboard."""
    [group] = render([Say("ข้อความ", cards=(CARD,))])
    assert [message["type"] for message in group] == ["flex", "text"]
    _accepted(group)


def test_each_kind_of_button_becomes_its_action() -> None:
    """A postback says what was tapped, fill_in opens the keyboard, uri opens a page."""
    buttons = (Button("แล้ว", "a=1"), Button("แก้", "a=2", fill_in="12"), Button("หน้า", uri="https://example.th/"))
    [[message]] = render([Say("ข้อความ", buttons)])
    assert _actions(message) == [
        {"type": "postback", "label": "แล้ว", "data": "a=1", "displayText": "แล้ว"},
        {"type": "postback", "label": "แก้", "data": "a=2", "inputOption": "openKeyboard", "fillInText": "12"},
        {"type": "uri", "label": "หน้า", "uri": "https://example.th/"},
    ]
    _accepted([message])


def test_an_empty_fill_in_only_opens_the_keyboard() -> None:
    """There is nothing to fill in yet."""
    [[message]] = render([Say("ข้อความ", (Button("พิมพ์", "a", fill_in=""),))])
    assert _actions(message) == [{"type": "postback", "label": "พิมพ์", "data": "a", "inputOption": "openKeyboard"}]


def test_a_label_is_shortened_and_what_is_said_is_not() -> None:
    """The chat shows the whole choice after the tap."""
    name = "ห้องสมุดเพื่อการเรียนรู้เขตลาดกระบัง"
    [[message]] = render([Say("ข้อความ", (Button(name, "a"),))])
    [action] = _actions(message)
    assert action["displayText"] == name
    assert limits.graphemes(action["label"]) == 20
    _accepted([message])


def test_quick_replies_stand_under_the_last_message_only() -> None:
    """LINE shows them nowhere else, so the last Say that has any gives them to the last message of all."""
    says = [Say("หนึ่ง", (Button("เก่า", "a"),)), Say("สอง", (Button("ใหม่", "b"),)), Say("สาม")]
    [group] = render(says)
    assert ["quickReply" in message for message in group] == [False, False, True]
    assert [action["label"] for action in _actions(group[-1])] == ["ใหม่"]


def test_a_card_without_text_carries_the_quick_replies() -> None:
    """A Flex message can stand last as well."""
    [[message]] = render([Say(buttons=(Button("ก", "a"),), cards=(CARD,))])
    assert message["type"] == "flex"
    assert len(_actions(message)) == 1
    _accepted([message])


def test_thirteen_buttons_are_shown_and_the_text_has_the_rest() -> None:
    """LINE refuses the fourteenth."""
    buttons = tuple(Button(f"ข้อ {number}", str(number)) for number in range(20))
    [[message]] = render([Say("ข้อความ", buttons)])
    assert [action["data"] for action in _actions(message)] == [str(number) for number in range(13)]
    _accepted([message])


def test_a_long_text_becomes_several_groups() -> None:
    """Five messages a call; the quick replies wait for the very last."""
    text = "ข้อความ " * 4_000
    groups = render([Say(text, (Button("ก", "a"),))])
    assert [len(group) for group in groups] == [5, 2]
    assert "".join(message["text"] for group in groups for message in group) == text
    assert "quickReply" not in groups[0][-1]
    assert "quickReply" in groups[1][-1]


def test_nothing_to_say_is_no_call() -> None:
    """Neither an empty list nor a blank text makes a message, with buttons or without."""
    assert render([]) == []
    assert render([Say(" \n", (Button("ก", "a"),))]) == []


labels = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(str.strip)
says = st.builds(
    Say,
    text=st.text(st.characters(codec="utf-8"), max_size=200),
    buttons=st.lists(st.builds(Button, label=labels, data=st.text("abc:1", min_size=1, max_size=300)), max_size=16).map(
        tuple
    ),
    cards=st.lists(st.just(CARD), max_size=3).map(tuple[Card, ...]),
)


@settings(deadline=None)  # reading LINE's description takes a second, once
@given(st.lists(says, max_size=7))
def test_whatever_is_said_line_takes_it(said: list[Say]) -> None:
    """Every group passes the limits and LINE's description, and survives its own JSON."""
    for group in render(said):
        call = {"replyToken": "token", "messages": group}
        limits.check("reply", call)
        assert problems("ReplyMessageRequest", call) == []
        assert json.loads(dumps(group)) == group
