"""Delivery against the fake LINE: what is sent, tried again, pushed, left alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from tortoise.connection import get_connection

from bot import sql
from bot.database import writing
from bot.delivery.outbox import Outbox
from bot.delivery.outgoing import Outgoing, unasked
from bot.delivery.statements import ADD_OUTGOING
from bot.dispatch import Dispatcher
from bot.gate import Gate
from bot.office import read_office, read_revision
from bot.queue.partitions import ALL
from bot.simulator.faults import Fault
from bot.turn_facts import Offices
from handlers.effects import Say
from models.tables.chat import Chat
from models.tables.delivery import OutgoingMessage
from tests.bot.turn_scene import SMALL, Scene, scene

pytestmark = pytest.mark.usefixtures("database")

MINUTE = timedelta(minutes=1)


async def states() -> list[str]:
    """The stored states of all messages, oldest first."""
    rows = await OutgoingMessage.all().order_by("created_at", "position").values("state", "error")
    return [f"{row['state']} {row['error']}".split(":", maxsplit=1)[0].strip() for row in rows]


async def until(reached: Callable[[], bool]) -> None:
    """Wait, ten seconds at most, for something that happens beside the test."""
    async with asyncio.timeout(10):
        while not reached():  # noqa: ASYNC110 - it is told by the fake LINE or the outbox, which set no event for it
            await asyncio.sleep(0.01)


def endpoints(stage: Scene) -> list[str]:
    """The calls LINE saw."""
    return [call.endpoint for call in stage.platform.calls]


async def restarted(stage: Scene) -> None:
    """The process dies with nothing written, and another takes over."""
    stage.outbox = stage.new_outbox()
    stage.dispatcher = stage.new_dispatcher(stage.outbox)
    await stage.outbox.start()
    await stage.outbox.adopt(ALL)


async def committed_unsent(stage: Scene, *texts: str) -> None:
    """A group is committed by a process that dies before it sends."""
    dying = stage.new_outbox()
    await stage.new_dispatcher(dying).handle(await stage.says(*texts))
    for task in tuple(dying._tasks):
        task.cancel()  # none has begun: handle returns without giving them a chance


async def test_crash_between_commit_and_send() -> None:
    """What was committed and not sent goes out on its own token after the restart, once."""
    async with scene(2) as stage:
        await committed_unsent(stage, "ก", "ข")
        assert await states() == ["sending", "sending"]
        await restarted(stage)
        await stage.delivered()
        assert [stage.heard(0), stage.heard(1)] == [["ก"], ["ข"]]
        assert endpoints(stage) == ["reply", "reply"]
        assert await states() == ["sent", "sent"]
        await stage.outbox.close()


@pytest.mark.line_refuses("Invalid reply token")
async def test_crash_after_send() -> None:
    """A reply that LINE took before the process died is recognised by its spent token, and not pushed."""
    async with scene(1) as stage:
        await stage.turn("ก")
        assert await stage.outbox.drain(5)
        await OutgoingMessage.all().update(state="sending")
        stage.outbox.unwritten.take()
        await restarted(stage)
        await stage.delivered()
        assert stage.heard(0) == ["ก"]
        assert endpoints(stage) == ["reply", "reply"]
        assert await states() == ["sent"]
        await stage.outbox.close()


async def test_restart_after_the_token_died() -> None:
    """A reply that may have been tried is not pushed: it is ambiguous, and the next message carries the step."""
    async with scene(1) as stage:
        await committed_unsent(stage, "ก")
        stage.platform.forward(2 * MINUTE)
        await restarted(stage)
        await stage.delivered()
        assert endpoints(stage) == []
        assert await states() == ["ambiguous ambiguous"]
        assert (await Chat.get()).unanswered_at is not None
        await stage.outbox.close()


@pytest.mark.line_refuses("Invalid reply token")
async def test_lost_answer_of_line_is_tried_on_the_same_token() -> None:
    """After a reset behind an accepted reply the token is found spent: sent, once, no push."""
    async with scene(1) as stage:
        stage.platform.faults.add("reply", Fault(reset=True, after_accepting=True))
        await stage.turn("ก")
        await stage.delivered()
        assert stage.heard(0) == ["ก"]
        assert endpoints(stage) == ["reply", "reply"]
        assert await states() == ["sent"]


async def test_silence_until_the_token_dies() -> None:
    """A reply that stays without an answer is ambiguous in the end and never pushed."""
    async with scene(1) as stage:
        stage.platform.faults.add("reply", Fault(status=500))
        await stage.turn("ก")
        await until(lambda: bool(stage.platform.calls))
        stage.platform.forward(2 * MINUTE)
        await stage.delivered()
        assert endpoints(stage) == ["reply"]
        assert await states() == ["ambiguous ambiguous"]


async def test_push_is_repeated_with_its_key_and_bytes() -> None:
    """A push without an answer goes again, the same to the byte with the same retry key, and arrives once."""
    async with scene(1) as stage:
        stage.platform.faults.add("push", Fault(status=500, after_accepting=True))
        await stage.turn("many 6")
        await stage.delivered()
        pushes = [call for call in stage.platform.calls if call.endpoint == "push"]
        assert [call.status for call in pushes] == [500, 409]
        assert pushes[0].body == pushes[1].body
        assert len({call.headers["X-Line-Retry-Key"] for call in pushes}) == 1
        assert stage.heard(0) == [str(number) for number in range(6)]


async def test_refused_token_pauses_and_keeps_everything() -> None:
    """401 pauses all sending; what is queued is kept as never tried, and goes out when LINE takes the token again."""
    async with scene(2) as stage:
        stage.platform.faults.add("reply", Fault(status=401))
        await stage.turn("ก")
        await until(lambda: stage.outbox.paused is not None)
        assert stage.outbox.paused == "LINE answered 401"
        assert stage.outbox.state_for_new == "waiting"
        await stage.turn("ค", "ข")
        await until(lambda: stage.outbox.paused is None)
        await stage.delivered()
        assert [stage.heard(0), stage.heard(1)] == [["ก", "ค"], ["ข"]]
        assert set(await states()) == {"sent"}


async def test_a_probe_that_comes_early_is_not_the_last() -> None:
    """A timer may fire a moment before its time: another is set, or nothing is sent until somebody writes."""
    async with scene(1) as stage:
        stage.platform.faults.add("reply", Fault(status=401))
        await stage.turn("ก")
        await until(lambda: stage.outbox._probe_timer is not None)
        stage.outbox._gate.shut_until += 0.3
        timer = stage.outbox._probe_timer
        assert timer is not None
        timer.cancel()
        stage.outbox._probe()
        await until(lambda: stage.outbox.paused is None)
        await stage.delivered()
        assert stage.heard(0) == ["ก"]


@pytest.mark.line_refuses("Invalid reply token")  # a token may die on its way
async def test_one_push_after_an_outage() -> None:
    """Of several steps whose tokens died untried only the newest is pushed; who blocked the bot gets none."""
    async with scene(2) as stage:
        stage.platform.faults.add("reply", *(Fault(status=401) for _ in range(50)))
        await stage.turn("ก")
        await until(lambda: stage.outbox.paused is not None)
        await stage.turn("ข", "x")
        await stage.turn("ค")
        await Chat.filter(id=stage.chats[1]).update(blocked_at=stage.clock.now())
        stage.platform.forward(2 * MINUTE)
        stage.platform.faults.clear()
        await until(lambda: not stage.outbox.waiting)
        await stage.delivered()
        assert [stage.heard(0), stage.heard(1)] == [["ค"], []]
        assert endpoints(stage).count("push") == 1
        assert sorted(await states()) == ["sent", "set_aside blocked", "set_aside superseded", "set_aside superseded"]


async def test_three_kinds_of_429() -> None:
    """Only the rate limit is worth a retry; without quota the answer waits for the next message."""
    async with scene(2) as stage:
        limited, quota = {"message": "too many"}, {"message": "You have reached your monthly limit."}
        stage.platform.faults.add("reply", Fault(status=429, body=limited))
        await stage.turn("ก")
        await stage.delivered()
        assert stage.heard(0) == ["ก"]
        stage.platform.faults.add("push", Fault(status=429, body=quota))
        await stage.turn("many 6")
        await stage.delivered()
        assert await states() == ["sent", "sent", "set_aside quota_used_up 429"]
        assert (await Chat.get(id=stage.chats[0])).unanswered_at is not None


async def test_line_down_shuts_and_opens_again() -> None:
    """Ten calls without an answer in a row withhold the others until a probe gets through; nothing is doubled."""
    async with scene(16) as stage:
        stage.platform.faults.add("reply", *(Fault(status=503) for _ in range(16)))
        await stage.turn(*(f"{number}" for number in range(16)))
        await until(lambda: stage.outbox.state_for_new == "waiting")
        await until(lambda: not stage.outbox.waiting)
        await stage.delivered()
        assert [stage.heard(number) for number in range(16)] == [[f"{number}"] for number in range(16)]
        assert set(await states()) == {"sent"}


async def test_replies_go_before_pushes() -> None:
    """A chat that waits for a reply is served before one that waits for a push, and each chat in its order."""
    async with scene(2) as stage:
        await stage.turn("many 6", "ข")
        await stage.delivered()
        assert endpoints(stage) == ["reply", "reply", "push"]


async def unasked_of(stage: Scene, text: str, state: str) -> Outgoing:
    """A stored push of nobody's asking, to the first person, worth sending for ten minutes."""
    now = stage.clock.now()
    made = unasked(Say(text), stage.chats[0], now=now, send_by=now + 10 * MINUTE, new_id=uuid4)
    made.state = state
    async with writing() as connection:
        await sql.write(connection, ADD_OUTGOING, [made.row()])
    return made


async def test_what_is_late_is_not_sent_unless_it_may_have_been() -> None:
    """A push that was never tried by its time is set aside; one that may have been goes again with its own key."""
    async with scene(1) as stage:
        await unasked_of(stage, "ในเวลา", "waiting")
        await restarted(stage)
        await stage.delivered()
        assert stage.heard(0) == ["ในเวลา"]
        await unasked_of(stage, "ช้าไปแล้ว", "waiting")
        tried = await unasked_of(stage, "อาจส่งไปแล้ว", "sending")
        stage.clock.forward(11 * MINUTE)
        await restarted(stage)
        await stage.delivered()
        assert stage.heard(0) == ["ในเวลา", "อาจส่งไปแล้ว"]
        assert stage.platform.calls[-1].headers["X-Line-Retry-Key"] == str(tried.retry_key)
        assert sorted(await states()) == ["sent", "sent", "set_aside late"]
        await stage.outbox.close()


async def test_what_may_become_late_is_marked_before_it_is_tried() -> None:
    """A process that is killed while LINE takes such a push leaves it marked, so that nobody writes it anew."""
    async with scene(1) as stage:
        stage.platform.faults.add("push", Fault(status=500, after_accepting=True))
        await unasked_of(stage, "ครั้งเดียว", "waiting")
        await restarted(stage)
        await until(lambda: len(stage.platform.calls) == 1)
        assert await states() == ["sending"]
        stage.outbox.unwritten.take()
        stage.clock.forward(11 * MINUTE)
        await restarted(stage)
        await stage.delivered()
        assert stage.heard(0) == ["ครั้งเดียว"]
        assert [call.status for call in stage.platform.calls][:2] == [500, 409]
        await stage.outbox.close()


async def test_reply_that_may_have_arrived_is_not_pushed_after_a_refused_token() -> None:
    """LINE took it and reset, then refused our token: after a restart it is still one that may have arrived."""
    async with scene(1) as stage:
        refusals = (Fault(status=401) for _ in range(50))
        stage.platform.faults.add("reply", Fault(reset=True, after_accepting=True), *refusals)
        await stage.turn("ก")
        await until(lambda: stage.outbox.paused is not None)
        await stage.outbox.close()
        assert await states() == ["sending"]
        stage.platform.forward(2 * MINUTE)
        stage.platform.faults.clear()
        await restarted(stage)
        await stage.delivered()
        assert stage.heard(0) == ["ก"]
        assert "push" not in endpoints(stage)
        assert await states() == ["ambiguous ambiguous"]
        await stage.outbox.close()


async def test_clock_of_the_worker_ahead_of_the_webs_costs_no_push() -> None:
    """A token that has died by our clock alone is tried, for LINE knows: the answer is a reply, and free."""
    async with scene(1) as stage:

        def ahead() -> datetime:
            return stage.clock.now() + timedelta(seconds=55)

        outbox = Outbox(stage.line, ahead)
        dispatcher = Dispatcher(outbox, Offices(read_revision, read_office), ahead, SMALL)
        await dispatcher.handle(await stage.says("ก"))
        assert await outbox.drain(5)
        await outbox.close()
        assert stage.heard(0) == ["ก"]
        assert endpoints(stage) == ["reply"]
        assert await states() == ["sent"]


@pytest.mark.line_refuses("Invalid reply token")
async def test_restart_before_the_push_in_a_dead_tokens_place() -> None:
    """LINE refused the token and the process dies before it pushes: the next one pushes, for nothing has arrived."""
    async with scene(1) as stage:
        group = await stage.says("ก")
        stage.platform.forward(2 * MINUTE)
        await stage.dispatcher.handle(group)
        await until(lambda: bool(stage.platform.calls))
        await stage.outbox.close()
        assert await states() == ["waiting"]
        await restarted(stage)
        await stage.delivered()
        assert stage.heard(0) == ["ก"]
        assert endpoints(stage) == ["reply", "push"]
        await stage.outbox.close()


async def test_commit_whose_answer_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was committed and never handed over is found after a while, and goes out on its own token, once."""
    monkeypatch.setattr("bot.delivery.left_behind._MISSED_FOR", 0.1)
    async with scene(2) as stage:
        await committed_unsent(stage, "ก")
        await stage.outbox.left_behind.look()
        assert endpoints(stage) == []  # another turn of this process may be about to hand it over
        await asyncio.sleep(0.1)
        await stage.outbox.left_behind.look()
        await stage.delivered()
        await stage.turn("x", "ข")
        await stage.delivered()
        await stage.outbox.left_behind.look()
        assert [stage.heard(0), stage.heard(1)] == [["ก", "x"], ["ข"]]
        assert await states() == ["sent", "sent", "sent"]


async def test_a_look_reads_the_words_of_what_is_new(caplog: pytest.LogCaptureFixture) -> None:
    """However many messages wait: only those not known yet are read in full, some hundreds at once, in their order."""
    async with scene(1) as stage:
        now, gate = stage.clock.now(), Gate()
        gate.refused("not yet", asyncio.get_running_loop().time())
        made = [unasked(Say(f"{number}"), stage.chats[0], now=now, new_id=uuid4) for number in range(1100)]
        for number, each in enumerate(made):
            each.position = number
        async with writing() as connection:
            await sql.write(connection, ADD_OUTGOING, [each.row() for each in made])
        outbox = Outbox(stage.line, stage.clock.now, gate=gate)
        caplog.set_level(logging.DEBUG, "tortoise.db_client")
        for expected in (3, 0):
            caplog.clear()
            await outbox.left_behind.look()
            assert sum("messages" in record.getMessage() for record in caplog.records) == expected
        assert [each.id for each in outbox._queues[stage.chats[0]]] == [each.id for each in made]
        await outbox.close()


async def test_closing_without_a_database(capsys: pytest.CaptureFixture[str]) -> None:
    """What became of the last messages cannot be written: closing says so, and comes to its end."""
    async with scene(1) as stage:
        await stage.turn("ก")
        assert await stage.outbox.drain(5)
        await get_connection("default").execute_script("ALTER TABLE outgoing_message RENAME TO gone")
        await stage.outbox.close()
        assert "outbox.not_written" in capsys.readouterr().out
        await get_connection("default").execute_script("ALTER TABLE gone RENAME TO outgoing_message")
