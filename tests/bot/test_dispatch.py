"""Groups of turns against real databases and the fake LINE."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from tortoise.connection import get_connection

from bot.delivery.outbox import Outbox
from bot.queue.embedded import EmbeddedQueue
from bot.queue.seam import Arrival, Settled
from bot.worker import Worker
from models.tables.chat import Chat, WebhookEvent
from models.tables.delivery import OutgoingMessage
from models.tables.report import Draft, Report
from tests.bot.turn_scene import scene

pytestmark = pytest.mark.usefixtures("database")

HANDLED, RETRY = Settled.HANDLED, Settled.RETRY


async def test_each_of_a_group_is_answered_once() -> None:
    """Everybody in a group gets their own answer, and session, event and message are stored."""
    async with scene(3) as stage:
        assert await stage.turn("ก", "ข", "ค") == [HANDLED] * 3
        await stage.delivered()
        assert [stage.heard(person) for person in range(3)] == [["ก"], ["ข"], ["ค"]]
        assert {row.session["answers"]["turns"] for row in await Chat.all()} == {1}
        assert {row.state for row in await WebhookEvent.all()} == {"handled"}
        assert {(row.state, bool(row.request_id)) for row in await OutgoingMessage.all()} == {("sent", True)}


async def test_duplicate_is_handled_once() -> None:
    """An event that comes twice, alone or beside others, is one turn."""
    async with scene(2) as stage:
        first = await stage.says("ก")
        await stage.dispatcher.handle(first)
        second = await stage.says("x", "ข", of=lambda number: number)
        outcomes = await stage.dispatcher.handle([first[0], second[1]])
        assert outcomes == {first[0].id: Settled.DUPLICATE, second[1].id: HANDLED}
        await stage.delivered()
        assert stage.heard(0) == ["ก"]


async def test_poison_event_among_good_ones() -> None:
    """A turn that fails is kept and tried thrice, then set aside with an apology; the others never notice."""
    async with scene(3) as stage:
        group = await stage.says("ก", "bug ความลับ", "ค")
        outcomes = await stage.dispatcher.handle(group)
        assert [outcomes[each.id] for each in group] == [HANDLED, RETRY, HANDLED]
        assert await stage.dispatcher.handle([group[1]]) == {group[1].id: RETRY}
        assert await stage.dispatcher.handle([group[1]]) == {group[1].id: Settled.SET_ASIDE}
        assert await stage.dispatcher.handle([group[1]]) == {group[1].id: Settled.DUPLICATE}
        await stage.delivered()
        assert [stage.heard(person) for person in range(3)] == [["ก"], ["sorry"], ["ค"]]
        kept = await WebhookEvent.get(id=group[1].id)
        assert (kept.state, kept.attempts) == ("set_aside", 3)
        assert kept.error.startswith("Bug at turn_scene.py:")
        assert "ความลับ" not in kept.error
        assert (await Chat.get(id=stage.chats[1])).session == {}


async def test_two_colleagues_in_one_group() -> None:
    """The second who writes the same draft is deferred, and then sees what the first wrote."""
    async with scene(2, shared=True) as stage:
        group = await stage.says("keep หนึ่ง", "keep สอง")
        outcomes = await stage.dispatcher.handle(group)
        assert [outcomes[each.id] for each in group] == [HANDLED, Settled.DEFERRED]
        assert await WebhookEvent.filter(id=group[1].id).count() == 0
        assert await stage.dispatcher.handle([group[1]]) == {group[1].id: HANDLED}
        draft = await Draft.get()
        assert (draft.revision, draft.answers) == (2, {"narrative": "สอง"})


async def test_stale_draft_is_never_overwritten() -> None:
    """A turn that builds on another revision than the stored one is tried afresh, and in the end stores nothing."""
    async with scene(2) as stage:
        assert await stage.turn("keep ก", "ข") == [HANDLED, HANDLED]
        assert await stage.turn("stale ข", "ค") == [RETRY, HANDLED]
        assert (await Draft.get()).answers == {"narrative": "ก"}


async def test_numbers_of_one_group_differ() -> None:
    """First versions sent in the same group get following numbers."""
    async with scene(4) as stage:
        assert await stage.turn("submit ก", "submit ข", "bug", "submit ง") == [HANDLED, HANDLED, RETRY, HANDLED]
        assert sorted([each.number for each in await Report.all()]) == [1, 2, 3]


async def test_one_invitation_twice_in_a_group() -> None:
    """An invitation for one is used once, although two typed it at the same moment."""
    async with scene(2) as stage:
        group = await stage.says("code 7K3MQ2XD9FHA", "code 7K3MQ2XD9FHA")
        outcomes = await stage.dispatcher.handle(group)
        assert [outcomes[each.id] for each in group] == [HANDLED, Settled.DEFERRED]
        await stage.dispatcher.handle([group[1]])
        await stage.delivered()
        assert [stage.heard(person) for person in range(2)] == [["joined"], ["wrong"]]


async def test_lost_answer_rides_on_the_next_message() -> None:
    """After an answer that may not have arrived, a turn that says nothing repeats the current step, once."""
    async with scene(1) as stage:
        await stage.turn("ก")
        await stage.delivered()
        await Chat.all().update(unanswered_at=stage.clock.now())
        await stage.turn("quiet")
        await stage.turn("quiet")
        await stage.delivered()
        assert stage.heard(0) == ["ก", "again test"]
        assert (await Chat.get()).unanswered_at is None


async def test_more_than_five_messages_are_replied_and_pushed_in_order() -> None:
    """The first five messages go with the reply token, the others are pushed after them."""
    async with scene(1) as stage:
        await stage.turn("many 7")
        await stage.delivered()
        assert stage.heard(0) == [str(number) for number in range(7)]
        assert [call.endpoint for call in stage.platform.calls] == ["reply", "push"]


async def test_unknown_event_is_kept_and_not_answered() -> None:
    """An event of an unknown type is stored as handled."""
    async with scene(1) as stage:
        (arrival,) = await stage.says("ก")
        odd = type(arrival)("01ODD", arrival.chat_id, arrival.occurred_at, arrival.received_at, '{"type":"new"}')
        assert await stage.dispatcher.handle([odd]) == {"01ODD": HANDLED}
        assert (await WebhookEvent.get(id="01ODD")).state == "handled"


async def test_database_down_is_not_a_turn_that_failed(database: str) -> None:
    """When nothing can be recorded, handle raises, so that LINE is not told 200."""
    async with scene(1) as stage:
        group = await stage.says("ก")
        await get_connection("default").execute_script("ALTER TABLE webhook_event RENAME TO gone")
        with pytest.raises(Exception, match="webhook_event"):
            await stage.dispatcher.handle(group)
        await get_connection("default").execute_script("ALTER TABLE gone RENAME TO webhook_event")
        assert await stage.dispatcher.handle(group) == {group[0].id: HANDLED}


@pytest.mark.line_refuses("Invalid reply token")
async def test_outage_of_the_database_ends_in_one_push() -> None:
    """Events handled long after they came are answered by one push, with the newest step."""
    async with scene(1) as stage:
        late = [(await stage.says(text))[0] for text in ("ก", "ข", "ค")]
        stage.platform.forward(timedelta(minutes=5))
        for arrival in late:
            assert await stage.dispatcher.handle([arrival]) == {arrival.id: HANDLED}
        await stage.delivered()
        assert stage.heard(0) == ["ค"]
        assert [call.endpoint for call in stage.platform.calls][-1:] == ["push"]
        assert [call.endpoint for call in stage.platform.calls].count("push") == 1


@pytest.mark.line_refuses("Invalid reply token")
async def test_backlog_of_an_outage_ends_in_one_push() -> None:
    """However far apart a person's old events are handled: while the queue has more of them, none is pushed."""
    async with scene(1) as stage:
        await stage.outbox.close()
        queue = EmbeddedQueue()
        outbox = Outbox(stage.line, stage.clock.now, behind=queue.behind)
        dispatcher = stage.new_dispatcher(outbox)
        late = [(await stage.says(text))[0] for text in ("ก", "ข", "ค")]
        stage.platform.forward(timedelta(minutes=5))

        async def slowly(group: Sequence[Arrival]) -> Mapping[str, Settled]:
            await asyncio.sleep(0.8)
            return await dispatcher.handle(group)

        async def no_loading(_chat_id: str, _seconds: int) -> None:
            raise AssertionError

        working = asyncio.create_task(Worker(queue, slowly, no_loading, stage.clock.now).run())
        await asyncio.gather(*(queue.put([arrival]) for arrival in late))
        assert await outbox.drain(5)
        await queue.close()
        await working
        await outbox.close()
        assert stage.heard(0) == ["ค"]
        assert [call.endpoint for call in stage.platform.calls].count("push") == 1
