"""Registering where the dialogues do not reach: waiting after wrong codes, long names of units."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.line.limits import check
from bot.line.render import render
from handlers.events import Follow, Unsend
from handlers.records import Invitation
from handlers.register import waits_until
from models.rules.office import Role
from tests.handlers.stage import BANGKOK, CODE, Stage

NOON = datetime(2027, 1, 5, 12, 0, tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("minutes", "until"),
    [
        ((), None),
        ((0, 1, 2, 3), None),
        ((0, 1, 2, 3, 4), 64),
        ((0, 10, 20, 30, 60), 120),
        ((0, 10, 20, 30, 61), None),
        ((0, 50, 51, 52, 53, 54), 114),
        ((0, 1, 2, 3, 4, 65), 64),
        ((0, 1, 2, 3, 4, 65, 66, 67, 68, 69), 129),
    ],
)
def test_five_wrong_codes_wait_an_hour_from_the_fifth(minutes: tuple[int, ...], until: int | None) -> None:
    """Any five within an hour; the latest five decide."""
    waits = waits_until(tuple(NOON + timedelta(minutes=each) for each in minutes))
    assert waits == (None if until is None else NOON + timedelta(minutes=until))


def test_a_right_code_waits_too() -> None:
    """After five wrong ones even the right code is not looked at before the hour is over."""
    stage = Stage()
    stage.invitations[CODE] = Invitation(1, (3,), Role.REPORTER, 1, None, needs_approval=False)
    for number in range(5):
        stage.says("ใหม่", f"ลงทะเบียน AAAA-AAAA-AAA{number + 2}")
    stage.says("ใหม่", CODE)
    assert stage.sessions["ใหม่"].get("asked") in {None, "code"}
    stage.now += timedelta(hours=1, minutes=1)
    stage.says("ใหม่", CODE)
    assert stage.sessions["ใหม่"]["asked"] == "name"


def test_units_with_long_names_can_be_joined_at_once() -> None:
    """Five units of long names: every message and button of the way is within LINE's limits."""
    stage = Stage()
    units = {id_: replace(each, name=each.name + " เฉลิมพระเกียรติ" * 9) for id_, each in stage.office.units.items()}
    stage.office = replace(stage.office, units=units)
    stage.invitations[CODE] = Invitation(1, (1, 2, 3, 4, 5), Role.REPORTER, 1, None, needs_approval=False)
    for text in (f"ลงทะเบียน {CODE}", "ทุกหน่วยงานในรหัสนี้", "ใช้บัญชีกลาง", "ถูกต้อง"):
        for group in render(stage.says("ใหม่", text)):
            check("reply", {"replyToken": "t", "messages": group})
    assert len(stage.memberships["ใหม่"]) == 5


def test_a_command_while_registering_is_put_off() -> None:
    """Whoever has typed a code is not told to type one: the question under way stands again."""
    stage = Stage()
    asked = stage.says("ใคร", "ลงทะเบียน")[-1].text
    for text in ("รายงาน", "สถานะ"):
        said = stage.says("ใคร", text)[-1].text
        assert said == f"ใช้ได้เมื่อลงทะเบียนเสร็จ กรุณาตอบข้อนี้ก่อน\n{asked}"


def test_a_yes_is_nobodys_name() -> None:
    """ถูกต้อง at the question for the name is asked back."""
    stage = Stage()
    stage.invitations[CODE] = Invitation(1, (3,), Role.REPORTER, 1, None, needs_approval=False)
    stage.says("มานี", CODE)
    assert "“ถูกต้อง” ยังไม่ใช่ชื่อ" in stage.says("มานี", "ถูกต้อง")[-1].text
    assert "คุณมานี มีนา" in stage.says("มานี", "มานี มีนา บรรณารักษ์")[-1].text


def test_a_new_coordinator_is_not_told_that_nothing_waits() -> None:
    """Nothing is theirs to report; what waits for them is under สถานะ."""
    stage = Stage()
    stage.invitations[CODE] = Invitation(1, (2,), Role.COORDINATOR, 1, None, needs_approval=False)
    for text in (CODE, "อรุณี ประสานดี นักวิชาการ"):
        stage.says("อรุณี", text)
    said = stage.says("อรุณี", "ถูกต้อง")[-1].text
    assert "ไม่มีรายการรอรายงาน" not in said
    assert "พิมพ์ “สถานะ”" in said


def test_whoever_comes_back_is_told_of_their_own_duty() -> None:
    """A reporter hears how many reports wait; a coordinator, who has none to send, where what waits for her stands."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    assert "มี 2 รายการรอรายงาน" in stage.does("นภา", Follow())[-1].text
    greeted = stage.does("อรุณี", Follow())[-1].text
    assert "พิมพ์ “สถานะ” เพื่อดูรายการที่รอดำเนินการ" in greeted
    assert "รอรายงาน" not in greeted


@pytest.mark.parametrize(
    ("position", "asked"), [("บรรณารักษ์ชำนาญการ", "correct"), ("", "position")], ids=["both", "the name alone"]
)
def test_whoever_the_office_named_only_confirms_it(position: str, asked: str) -> None:
    """A personal code's name is shown to be confirmed with one tap; a position that the file left out is asked."""
    stage = Stage()
    stage.invitations[CODE] = Invitation(
        1, (3,), Role.REPORTER, 1, None, needs_approval=False, name="สมหญิง ใจดี", position=position
    )
    said = stage.says("สมหญิง", CODE)[-1].text
    assert said.startswith("คุณสมหญิง ใจดี")
    assert stage.sessions["สมหญิง"]["asked"] == asked
    if not position:
        stage.says("สมหญิง", "บรรณารักษ์ชำนาญการ")
    stage.taps("สมหญิง", "ถูกต้อง")
    person = stage.people["สมหญิง"]
    assert (person.name, person.position) == ("สมหญิง ใจดี", "บรรณารักษ์ชำนาญการ")
    assert [each.unit_id for each in stage.memberships["สมหญิง"]] == [3]


def test_a_name_of_the_file_can_be_mended() -> None:
    """แก้ชื่อ asks for it, as it asks whoever has no name yet; a shared account is possible too."""
    stage = Stage()
    stage.invitations[CODE] = Invitation(
        1, (3, 4), Role.REPORTER, 1, None, needs_approval=False, name="สมหญิง ใจดี", position="บรรณารักษ์"
    )
    for text in (CODE, "บางบอน", "แก้ชื่อ"):
        stage.says("สมหญิง", text)
    assert "ใช้บัญชีกลาง" in stage.said["สมหญิง"].text
    for text in ("สมหญิง รักอ่าน บรรณารักษ์ปฏิบัติการ", "ถูกต้อง"):
        stage.says("สมหญิง", text)
    person = stage.people["สมหญิง"]
    assert (person.name, person.position) == ("สมหญิง รักอ่าน", "บรรณารักษ์ปฏิบัติการ")


def test_who_is_known_already_keeps_their_name() -> None:
    """A further code made for somebody of another name changes nothing about the person who types it."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    stage.invitations[CODE] = Invitation(
        1, (4,), Role.REPORTER, 1, None, needs_approval=False, name="สมหญิง ใจดี", position="บรรณารักษ์"
    )
    assert stage.says("นภา", CODE)[-1].text.startswith("คุณนภา ใจดี")
    stage.says("นภา", "ถูกต้อง")
    assert stage.people["นภา"].name == "นภา ใจดี"


def test_another_code_asks_for_its_own_units() -> None:
    """The message with the first code is taken back: what was chosen by it is not joined by the second."""
    stage = Stage()
    other = "9HKPQRSTVWXY"
    stage.invitations[CODE] = Invitation(1, (3,), Role.REPORTER, 1, None, needs_approval=False)
    stage.invitations[other] = Invitation(2, (4, 5), Role.REPORTER, 1, None, needs_approval=False)
    stage.says("ใหม่", "ลงทะเบียน")
    stage.says("ใหม่", CODE)
    assert stage.event is not None
    stage.does("ใหม่", Unsend(stage.event.message_id))
    stage.says("ใหม่", other)
    for text in ("บางบอน", "มานี มีนา บรรณารักษ์", "ถูกต้อง"):
        stage.says("ใหม่", text)
    assert [each.unit_id for each in stage.memberships["ใหม่"]] == [4]


def test_a_code_is_nobodys_name() -> None:
    """Typed where the name is asked for, it is refused as one, and the name is asked for again."""
    stage = Stage()
    stage.invitations[CODE] = Invitation(1, (3,), Role.REPORTER, 1, None, needs_approval=False)
    stage.says("ใหม่", CODE)
    assert "ยังไม่ใช่ชื่อ" in stage.says("ใหม่", "9hkp-qrst-vwxy")[-1].text
    assert stage.sessions["ใหม่"]["asked"] == "name"
