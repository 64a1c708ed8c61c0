"""Buttons: fresh and stale, and postbacks that nobody was ever shown."""

from __future__ import annotations

import json
from typing import Any

import pytest

from handlers.buttons import AnswerTapped, CommandTapped, read_button
from handlers.events import Postback
from handlers.session import Session
from tests.handlers.small_office import Q1
from tests.handlers.stage import Stage
from tests.handlers.talk import forged


def at_the_result() -> Stage:
    """A reporter of one library is asked for a result."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    stage.says("นภา", "รายงาน 2300-848")
    return stage


def at_the_preview() -> Stage:
    """The same reporter has answered everything."""
    stage = at_the_result()
    for text in ("แล้ว", "12", "จัดกิจกรรมแล้ว", "จบ"):
        stage.says("นภา", text)
    return stage


@pytest.mark.parametrize(
    ("data", "read"),
    [
        ('["c","สถานะ"]', CommandTapped("สถานะ")),
        ('["a","1","unit","5",[3]]', AnswerTapped("1", "unit", "5", [3])),
        ('["c",1]', None),
        ('["a",1,2,3,4]', None),
        ('["a","1","unit","5"]', None),
        ('{"c":"สถานะ"}', None),
        ("", None),
        ("{", None),
        ("[" * 100_000, None),
        ('["c","\\u0000"]', None),
        ('["c","\\ud83d"]', None),
    ],
)
def test_postbacks_are_read_strictly(data: str, read: object) -> None:
    """What is none of ours is nothing."""
    assert read_button(data) == read


def test_a_double_tap_answers_once() -> None:
    """The second tap of the same button says so and changes nothing."""
    stage = at_the_result()
    button = stage.button("นภา", "แล้ว")
    stage.does("นภา", Postback(button.data))
    before = stage.sessions["นภา"]
    said = stage.does("นภา", Postback(button.data))
    assert said
    assert stage.sessions["นภา"]["answers"] == before["answers"]


def test_a_button_of_an_earlier_preview_does_not_send() -> None:
    """What was changed since is not what was confirmed."""
    stage = at_the_preview()
    send = stage.button("นภา", "ส่งรายงาน")
    for text in ("แก้ข้อ 2", "13"):
        stage.says("นภา", text)
    stage.does("นภา", Postback(send.data))
    assert stage.versions == {}


@pytest.mark.parametrize(
    "value",
    [
        {"do": []},
        {"do": "set", "q": "unit", "v": 4},
        {"do": "set", "q": "indicator", "v": 1},
        {"do": "set", "q": "quarter", "v": {}},
        {"do": "set", "q": "confirm", "v": True},
        {"do": "set", "q": "_messages", "v": {}},
        {"do": "set", "q": "narrative", "v": {"parts": [["1", "ก"]], "done": True}},
        {"do": "edit", "q": "_messages"},
        {"do": "edit", "q": "confirm"},
        {"do": "restore", "q": "unit"},
        {"do": "held"},
        {"do": ["x"]},
        {"answers": {"unit": 4}},
        {"answers": []},
        True,
        1,
        None,
        [],
        [[[[]]]],
        {"parts": [[1, 2]]},
        "2300-848",
    ],
)
def test_forged_answers_change_nothing(value: Any) -> None:
    """At the question for a result nothing but its own choices is an answer."""
    stage = at_the_result()
    before = stage.sessions["นภา"]["answers"]
    said = stage.does("นภา", Postback(forged(Session.load(stage.sessions["นภา"]), value)))
    assert said
    assert stage.sessions["นภา"]["answers"] == before
    assert stage.drafts == {}


@pytest.mark.parametrize(
    "value", [1, "true", "ยืนยัน", [True], {"confirm": True}, {"do": "set", "q": "confirm", "v": True}]
)
def test_only_the_button_itself_sends(value: Any) -> None:
    """At the preview nothing that resembles a confirmation is one."""
    stage = at_the_preview()
    stage.does("นภา", Postback(forged(Session.load(stage.sessions["นภา"]), value)))
    assert stage.versions == {}


def test_a_button_of_another_person_does_nothing() -> None:
    """A colleague's button is stale in one's own chat."""
    stage = at_the_preview()
    stage.member("สมบัติ", "สมบัติ มั่นคง", 3)
    stage.does("สมบัติ", Postback(stage.button("นภา", "ส่งรายงาน").data))
    assert stage.versions == {}


def test_buttons_of_a_preview_fit_and_read_back() -> None:
    """Each postback is ours and at most 300 UTF-16 units."""
    stage = at_the_preview()
    for button in (each for each in stage.said["นภา"].buttons if not each.picture):
        assert read_button(button.data) is not None
        assert len(button.data.encode("utf-16-le")) // 2 <= 300
        assert "\\u" not in json.dumps(button.data, ensure_ascii=False).replace('\\"', "")
    assert list(stage.drafts) == [key for key in stage.drafts if key.quarter == Q1]


def test_a_forged_wish_at_the_preview_changes_nothing() -> None:
    """A wish that is no word is refused there as well; it must not be handed to and fro."""
    stage = at_the_preview()
    before = stage.sessions["นภา"]["answers"]
    assert stage.does("นภา", Postback(forged(Session.load(stage.sessions["นภา"]), {"do": []})))
    assert stage.sessions["นภา"]["answers"] == before
    assert stage.versions == {}
