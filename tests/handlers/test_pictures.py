"""Pictures on the way to a report: counted, answered once a set, refused in words, taken out by unsending."""

from __future__ import annotations

import pytest

from handlers.effects import KeepEvidence, Say
from handlers.events import Media, Unsend
from handlers.pictures import MOST_PICTURES
from models.rules.office import ReportKey, Role
from tests.handlers.small_office import Q1
from tests.handlers.stage import Stage

COUNT = ReportKey(3, 2, Q1)


def at_the_preview() -> Stage:
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    for text in ("รายงาน 2300-849", "36", "จัดกิจกรรมแล้ว", "จบ"):
        stage.says("นภา", text)
    return stage


def send(stage: Stage, media: Media | None = None) -> list[Say]:
    return stage.does("นภา", media or Media("image"))


def pictures(stage: Stage) -> list[str]:
    taken: list[str] = stage.drafts[COUNT].answers.get("pictures", [])
    return taken


@pytest.mark.parametrize("total", [2, 3, 10])
def test_a_set_is_answered_once(total: int) -> None:
    """Pictures chosen together get one answer, with the last of them, and the count of all."""
    stage = at_the_preview()
    answers = [send(stage, Media("image", "set", total)) for _ in range(total)]
    assert [bool(each) for each in answers] == [False] * (total - 1) + [True]
    assert f"{total} รูป" in answers[-1][0].text
    assert len(pictures(stage)) == total
    assert set(pictures(stage)) == stage.pictures.keys()


def test_a_set_of_unknown_size_is_answered_each_time() -> None:
    """Where LINE does not say how many there are, silence might last for ever."""
    stage = at_the_preview()
    assert all(send(stage, Media("image", "set", 0)) for _ in range(3))


def test_more_than_ten_are_not_taken() -> None:
    """The eleventh is refused in words and not kept; the ten stay."""
    stage = at_the_preview()
    for _ in range(MOST_PICTURES):
        send(stage)
    (said,) = send(stage)
    assert f"ไม่เกิน {MOST_PICTURES} รูป" in said.text
    assert not [each for each in stage.done if isinstance(each, KeepEvidence)]
    assert len(pictures(stage)) == len(stage.pictures) == MOST_PICTURES


def test_a_set_that_goes_beyond_ten_still_gets_an_answer() -> None:
    """Eight are there and four more come: two are taken, and it is said that the others are not."""
    stage = at_the_preview()
    for _ in range(8):
        send(stage)
    answers = [send(stage, Media("image", "set", 4)) for _ in range(4)]
    assert any(answers)
    assert "ไม่เกิน" in answers[-1][-1].text
    assert len(pictures(stage)) == MOST_PICTURES


def test_a_picture_from_elsewhere_is_told() -> None:
    """What LINE does not hand out is not kept; the current question stands."""
    stage = at_the_preview()
    (said,) = send(stage, Media("image", external=True))
    assert "ต้องส่งจากอัลบั้มหรือกล้อง" in said.text
    assert stage.pictures == {}
    assert stage.sessions["นภา"]["asked"] == "confirm"


@pytest.mark.parametrize("before", [(), ("รายงาน",), ("ขอถอน",)])
def test_without_a_report_under_way_nothing_is_kept(before: tuple[str, ...]) -> None:
    """Idle, or before it is known which report it is: the words say when to send it."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    for text in before:
        stage.says("นภา", text)
    said = send(stage)
    assert "ยังไม่ได้เก็บ" in said[-1].text
    assert stage.pictures == {}
    assert stage.drafts == {}


@pytest.mark.parametrize("answers", [(), ("36",), ("36", "จัดกิจกรรมแล้ว"), ("36", "จัดกิจกรรมแล้ว", "จบ")])
def test_pictures_come_at_any_step(answers: tuple[str, ...]) -> None:
    """From the first question to the preview: kept, and they go with the version that is sent."""
    stage = Stage()
    stage.member("นภา", "นภา ใจดี", 3)
    stage.says("นภา", "รายงาน 2300-849")
    for text in answers:
        stage.says("นภา", text)
    asked = stage.sessions["นภา"]["asked"]
    send(stage)
    assert stage.sessions["นภา"]["asked"] == asked
    for text in ("36", "จัดกิจกรรมแล้ว", "จบ")[len(answers) :]:
        stage.says("นภา", text)
    stage.says("นภา", "ส่งรายงาน")
    assert list(stage.sent_pictures.values()) == [COUNT]
    assert stage.pictures == {}


def test_unsending_takes_a_picture_out() -> None:
    """It leaves the draft and the count; the other stays."""
    stage = at_the_preview()
    send(stage)
    first = stage.event.message_id if stage.event else ""
    send(stage)
    stage.does("นภา", Unsend(first))
    assert len(pictures(stage)) == len(stage.pictures) == 1
    assert first not in stage.pictures
    assert "1 รูป" in stage.says("นภา", "ดูก่อนส่ง")[-1].text


def test_a_picture_from_the_day_before_is_unsent() -> None:
    """The draft was put aside: the picture leaves it all the same, and the answers stay."""
    stage = at_the_preview()
    send(stage)
    sent = stage.event.message_id if stage.event else ""
    stage.says("นภา", "ไว้ทีหลัง")
    stage.does("นภา", Unsend(sent))
    assert pictures(stage) == []
    assert stage.pictures == {}
    assert stage.drafts[COUNT].answers["result"] == "36"


def test_the_preview_counts_what_came_before_a_break() -> None:
    """Put aside and taken up again, the pictures are still there."""
    stage = at_the_preview()
    send(stage)
    stage.says("นภา", "ไว้ทีหลัง")
    stage.says("นภา", "รายงาน")
    assert "1 รูป" in stage.says("นภา", "ทำต่อ")[-1].text


def test_a_picture_alone_is_a_correction() -> None:
    """A sent report opened again and given a picture is sent as a version of its own."""
    stage = at_the_preview()
    stage.says("นภา", "ส่งรายงาน")
    stage.says("นภา", "แก้ไข")
    send(stage)
    stage.says("นภา", "ส่งรายงาน")
    assert len(stage.versions[COUNT]) == 2


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EVALUATOR, Role.EXECUTIVE, Role.ADMINISTRATOR])
@pytest.mark.parametrize("language", ["ภาษาไทย", "English"])
def test_who_reports_nothing_is_not_sent_to_report(role: Role, language: str) -> None:
    """A picture of somebody without a report of their own is not kept, and no button offers to begin one."""
    stage = Stage()
    stage.member("วิชัย", "วิชัย ชาญงาน", 2, role=role)
    stage.says("วิชัย", language)
    (said,) = stage.does("วิชัย", Media("image"))
    assert "ไม่ได้เก็บ" in said.text or "not kept" in said.text
    assert not {"รายงาน", "report"} & {each.label for each in said.buttons}
