"""In groups: silent unless called, nothing about persons, only where a coordinator linked it; else it leaves."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from handlers.buttons import command_button
from handlers.effects import Effect, LeaveGroup, LinkGroup, OfferGroup, SavePerson, Submit
from handlers.events import Body, Joined, Media, Postback, Text
from models.rules.office import ReportKey, Role
from tests.handlers.small_office import Q1
from tests.handlers.stage import CODE, Stage

GROUP = "กลุ่ม"
AMONG_THEMSELVES = ("อนุมัติ", "ออกจากกลุ่ม")
"""Commands elsewhere or when the bot is called, words of people among themselves in a group."""


def stage(role: Role = Role.COORDINATOR) -> Stage:
    """A coordinator, a reporter who has sent, and a group that the bot was brought into."""
    found = Stage()
    found.member("อรุณี", "อรุณี ประสานดี", 2, role=role)
    found.member("นภา", "นภา ใจดี", 3)
    found.sent(ReportKey(3, 1, Q1), "yes")
    return found


def in_group(found: Stage, body: Body | str, *, mentioned: bool = False) -> str:
    said = found.does(GROUP, Text(body, mentioned) if isinstance(body, str) else body, in_group=True)
    return "\n".join(each.text for each in said)


def did(found: Stage, kind: type[Effect]) -> list[Effect]:
    return [each for each in found.done if isinstance(each, kind)]


def offered(found: Stage) -> str:
    """The code that the coordinator was given."""
    found.says("อรุณี", "เชื่อมกลุ่ม")
    (offer,) = did(found, OfferGroup)
    assert isinstance(offer, OfferGroup)
    return offer.code


def linked(found: Stage) -> Stage:
    in_group(found, offered(found))
    return found


def test_a_coordinator_links_a_group_by_a_code() -> None:
    """The code stands in the coordinator's own chat; typed in the group once it links it, a second time it is used."""
    found = stage()
    code = offered(found)
    assert code in found.said["อรุณี"].text
    assert "กลุ่มงานพัฒนาห้องสมุดประชาชน" in found.said["อรุณี"].text
    assert "พิมพ์รหัสเชื่อมกลุ่ม" in in_group(found, Joined())
    assert "เชื่อมกลุ่มนี้กับกลุ่มงานพัฒนาห้องสมุดประชาชนแล้ว" in in_group(found, f"เชื่อมกลุ่ม {code}")
    assert did(found, LinkGroup)
    other = found.does("อีกกลุ่ม", Text(code), in_group=True)
    assert "ใช้แล้ว" in other[0].text


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.COORDINATOR])
def test_nobody_else_gets_a_code(role: Role) -> None:
    """Neither by typing nor by a button made by hand."""
    found = stage(role)
    assert "ผู้ประสานงาน" in found.says("อรุณี", "เชื่อมกลุ่ม")[-1].text
    assert not did(found, OfferGroup)
    found.does("อรุณี", Postback(command_button("", "เชื่อมกลุ่ม").data))
    assert not did(found, OfferGroup)


@pytest.mark.parametrize(
    "said",
    ["สวัสดีครับ", "ค่ะ", "ส่ง", "โอเค", "36", "ยืนยัน", "จบ", "ลบข้อมูลของฉัน", "รายงานแทน บางบอน", CODE, *AMONG_THEMSELVES],
)
def test_what_people_say_to_each_other_is_not_answered(said: str) -> None:
    """Not a word, whatever it would mean in one's own chat."""
    found = linked(stage())
    assert in_group(found, said) == ""
    assert found.done == ()
    assert in_group(found, Media("image")) == ""


@pytest.mark.parametrize("said", ["สถานะ", "สรุปค่ะ", "สถานะ 2300-848 ไตรมาส 1"])
def test_a_command_shows_the_round(said: str) -> None:
    """Counts and units, no name of a person; as a button from there too, and when the bot is called by its name."""
    found = linked(stage())
    shown = in_group(found, said)
    assert "2300-848: ส่งแล้ว 1/3" in shown
    assert not [each.name for each in found.people.values() if each.name in shown]
    assert in_group(found, Postback(command_button("", said).data)).split("\n")[2:] == shown.split("\n")[2:]
    assert "ส่งแล้ว 1/3" in in_group(found, "เป็นอย่างไรบ้าง", mentioned=True)


@pytest.mark.parametrize("said", ["ลงทะเบียน", f"ลงทะเบียน {CODE}", "รายงาน", "ข้อมูลของฉัน", "ประเมิน 2300-848"])
def test_what_is_personal_is_refused_with_a_pointer(said: str) -> None:
    """Nothing is begun or stored in a group."""
    found = linked(stage())
    assert "แชตส่วนตัว" in in_group(found, said)
    assert not did(found, SavePerson)
    assert not found.sessions.get(GROUP)


@pytest.mark.parametrize("said", ["ตรวจ", "คำขอ", "อนุมัติ", "แจ้งย้าย", "เตือน", "แก้ไข", "English", "เชื่อมกลุ่ม"])
def test_called_by_its_name_it_says_what_belongs_elsewhere(said: str) -> None:
    """Whatever is done in one's own chat, also what is no call of its own in a group."""
    found = linked(stage())
    assert "แชตส่วนตัว" in in_group(found, said, mentioned=True)
    assert found.done[:-1] == ()


def test_politeness_gets_a_word() -> None:
    """Thanked or greeted by its name the bot says no more than that."""
    found = linked(stage())
    assert in_group(found, "ขอบคุณค่ะ", mentioned=True) == "ยินดี"
    assert in_group(found, "สวัสดีค่ะ", mentioned=True).startswith("สวัสดี")


def test_an_answer_to_a_report_is_nothing_in_a_group() -> None:
    """A button made by hand cannot send anything there."""
    found = linked(stage())
    in_group(found, Postback('["a","01X","confirm","1",true]'))
    assert not did(found, Submit)


def test_where_nobody_offered_a_code_it_leaves() -> None:
    """It says why, then goes; chatter alone does not call it."""
    found = stage()
    assert "ขอออกจากกลุ่ม" in in_group(found, Joined())
    assert did(found, LeaveGroup)
    assert in_group(found, "สวัสดีครับ") == ""
    assert not did(found, LeaveGroup)
    assert "ขอออกจากกลุ่ม" in in_group(found, "บอต", mentioned=True)
    assert did(found, LeaveGroup)


def test_wrong_codes_are_counted() -> None:
    """Two may be mistakes; at the third it leaves. An expired code is a wrong one."""
    found = stage()
    code = offered(found)
    found.now += timedelta(hours=25)
    assert "หมดอายุ" in in_group(found, code)
    assert not did(found, LeaveGroup)
    in_group(found, "AAAA-BBBB-CCCC")
    assert not did(found, LeaveGroup)
    in_group(found, "AAAA-BBBB-CCCC")
    assert did(found, LeaveGroup)


def test_a_group_hears_who_has_not_sent() -> None:
    """All by their units' names, of all or of the one that is named; a unit elsewhere stays unsaid."""
    found = linked(stage())
    assert "• 2300-848 (2 แห่ง): บางบอน, ประเวศ" in in_group(found, "ใครยังไม่ส่ง")
    assert in_group(found, "สถานะ บางบอน").endswith("\n• 2300-848: – ยังไม่รายงาน")
    assert in_group(found, "สถานะ สำนักวัฒนธรรม") == ""


@pytest.mark.parametrize("said", ["ยกเลิกเชื่อมกลุ่ม", "บอตออกจากกลุ่มค่ะ", "unlink group", "@ออกจากกลุ่มค่ะ"])
def test_a_group_can_send_the_bot_away(said: str) -> None:
    """It says how it is linked again, and leaves."""
    found = linked(stage())
    assert "ยกเลิกการเชื่อมกลุ่มแล้ว" in in_group(found, said.removeprefix("@"), mentioned=said.startswith("@"))
    assert did(found, LeaveGroup)


def test_what_a_group_may_ask_is_told_in_it() -> None:
    """Each word that the help of a group puts in quotes is understood there."""
    told = re.findall("“([^”]+)”", in_group(linked(stage()), "ช่วยเหลือ"))
    assert told == ["สถานะ", "สรุป", "ใครยังไม่ส่ง", "ยกเลิกเชื่อมกลุ่ม"]
    assert all(in_group(linked(stage()), each) for each in told)


def test_a_misspelt_unit_is_asked_back_in_a_group() -> None:
    """Behind สถานะ a name with a slip in it is meant for the bot; a word that is near to none is chatter."""
    found = linked(stage())
    assert in_group(found, "สถานะ บางบอม") == "ไม่พบหน่วยงาน “บางบอม” หมายถึงหน่วยงานใด\nตอบ: สถานะ บางบอน"
    assert in_group(found, "สถานะ การเดินทางวันนี้") == ""
