"""Two coordinators decide about one person in the same instant: the first one's word holds, the second hears of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from aiohttp.test_utils import unused_port
from tortoise.connection import get_connection

from bot.database import writing
from bot.simulator.events import source
from models.tables.audit import AuditEntry
from models.tables.organisation import Membership
from models.tables.review import Request
from tests.bot.test_review import coordinator, said
from tests.bot.test_told import LIBRARIES, START
from tests.town import ANSWERED_WITHIN, Town, invitation, town

DECIDED = "คำขอนี้มีผู้พิจารณาแล้ว"
LETS_IN, TURNS_AWAY = ("อนุมัติ", "1"), ("อนุมัติ", "ไม่อนุมัติ", "1", "เลือกหน่วยงานผิด")
"""What is typed to the last word, with which it is done."""


async def waiting(place: Town, *names: str) -> None:
    """Two coordinators, and these people who wait to be let in."""
    for name in ("อรุณี", "วิชัย"):
        await coordinator(place, name)
    await invitation("5555-6666-7777", ["LIB-01"], place.clock.now(), needs_approval=True)
    for name in names:
        for text in ("555566667777", f"{name} ใจดี บรรณารักษ์", "ถูกต้อง"):
            await place.says(name, text)


async def as_far_as_the_last_word(place: Town, **words: tuple[str, ...]) -> None:
    for name, texts in words.items():
        for text in texts[:-1]:
            await place.says(name, text)


async def at_once(place: Town, **words: tuple[str, ...]) -> dict[str, str]:
    """Everybody's last word in one webhook, in this order; what each is answered."""
    before = {name: place.platform.chat(place.person(name).id).last for name in words}
    place.clock.forward(timedelta(seconds=5))
    events = [place.platform.make.text(source(place.person(name).id), texts[-1]) for name, texts in words.items()]
    assert await place.platform.send_events(events) == 200
    return {name: said(await place.answers(name, before[name])) for name in words}


@pytest.mark.parametrize("first", [LETS_IN, TURNS_AWAY])
@pytest.mark.parametrize("second", [LETS_IN, TURNS_AWAY])
async def test_the_first_word_holds(database_url: str, first: tuple[str, ...], second: tuple[str, ...]) -> None:
    """In one group of turns: what the first decided stays, is told once, and the second is told of it."""
    async with town(database_url, LIBRARIES, START) as place:
        await waiting(place, "ชูใจ")
        await as_far_as_the_last_word(place, อรุณี=first, วิชัย=second)
        answers = await at_once(place, อรุณี=first, วิชัย=second)
        let_in = first is LETS_IN
        assert answers["อรุณี"].startswith("อนุมัติแล้ว: ชูใจ" if let_in else "ไม่อนุมัติ: ชูใจ")
        assert answers["วิชัย"].startswith(DECIDED)
        await place.look()
        (pushed,) = place.pushed("ชูใจ")
        assert pushed.startswith("อนุมัติการลงทะเบียนแล้ว" if let_in else "ไม่อนุมัติการลงทะเบียน")
        stored = await Membership.get(person__line_user_id=place.person("ชูใจ").id)
        assert (stored.approved_at is not None, stored.valid_to is None) == (let_in, let_in)
        assert await AuditEntry.filter(action__in=("membership.approve", "membership.refuse")).count() == 1


async def test_two_who_grant_the_same_request(database_url: str) -> None:
    """In one group of turns: granted once, told once."""
    grants = ("คำขอ", "อนุมัติ 1")
    async with town(database_url, LIBRARIES, START) as place:
        await waiting(place)
        await place.reporter("นภา", "LIB-01")
        for text in ("แจ้งย้าย", "ใช่"):
            await place.says("นภา", text)
        await as_far_as_the_last_word(place, อรุณี=grants, วิชัย=grants)
        answers = await at_once(place, อรุณี=grants, วิชัย=grants)
        assert answers["อรุณี"].startswith("อนุมัติแล้ว: แจ้งสิ้นสุดหน้าที่")
        assert answers["วิชัย"].startswith(DECIDED)
        await place.look()
        assert len(place.pushed("นภา")) == 1
        assert (await Request.get()).state == "granted"


async def test_a_number_means_the_row_that_was_read(database_url: str) -> None:
    """A colleague let the first in meanwhile: "1" is asked again over the new list, and lets nobody else in."""
    async with town(database_url, LIBRARIES, START) as place:
        await waiting(place, "ชูใจ", "ปิติ", "วีระ")
        for name in ("อรุณี", "วิชัย"):
            await place.says(name, "อนุมัติ")
        await place.says("อรุณี", "1")
        answer = said(await place.says("วิชัย", "1"))
        assert answer.startswith(DECIDED)
        assert "1. ปิติ ใจดี" in answer
        assert await Membership.filter(person__name="ปิติ ใจดี", approved_at=None).exists()
        assert said(await place.says("วิชัย", "1")).startswith("อนุมัติแล้ว: ปิติ ใจดี")


async def blocked(turns: int, *turning: asyncio.Task[int]) -> None:
    """Wait until so many transactions wait for a row, and none of these turns has gone past it."""
    asking = "SELECT count(*) AS found FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    async with asyncio.timeout(3 * ANSWERED_WITHIN):
        while (await get_connection("default").execute_query_dict(asking))[0]["found"] < turns:
            assert not [each for each in turning if each.done()]
            await asyncio.sleep(0.02)


async def test_two_processes_decide_once(postgres_url: str) -> None:
    """Each coordinator's words in a process of its own, both at the row in the same instant."""
    async with town(postgres_url, LIBRARIES, START) as place:
        await waiting(place, "ชูใจ")
        await as_far_as_the_last_word(place, อรุณี=LETS_IN)
        here = place.platform.callback_url
        other = await place.serve(unused_port())
        try:
            await as_far_as_the_last_word(place, วิชัย=TURNS_AWAY)
            there = place.platform.callback_url
            before = {name: place.platform.chat(place.person(name).id).last for name in ("อรุณี", "วิชัย")}
            turning: list[asyncio.Task[int]] = []
            place.clock.forward(timedelta(seconds=5))
            async with writing() as connection:
                await connection.execute_query("SELECT id FROM membership WHERE approved_at IS NULL FOR UPDATE")
                for url, name, word in ((there, "วิชัย", TURNS_AWAY[-1]), (here, "อรุณี", LETS_IN[-1])):
                    place.platform.callback_url = url
                    turning.append(asyncio.create_task(place.platform.say(place.person(name).id, word)))
                    await blocked(len(turning), *turning)
            assert [await each for each in turning] == [200, 200]
            answers = [said(await place.answers(name, after)) for name, after in before.items()]
        finally:
            other.kill()
            await other.wait()
        assert sorted(each.startswith(DECIDED) for each in answers) == [False, True]
        stored = await Membership.get(person__line_user_id=place.person("ชูใจ").id)
        let_in = answers[0].startswith("อนุมัติแล้ว: ชูใจ")
        assert (stored.approved_at is not None, stored.valid_to is None) == (let_in, let_in)
        assert await AuditEntry.filter(action__in=("membership.approve", "membership.refuse")).count() == 1
