"""Events that the database would not take as they are: nobody else notices, and they are set aside in the end."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from tortoise.connection import get_connection

from bot.queue.embedded import EmbeddedQueue
from bot.queue.partitions import ALL
from bot.queue.seam import Arrival, Settled, Undurable
from bot.worker import Worker, stored_arrivals
from models.tables.chat import Chat, WebhookEvent
from models.tables.delivery import OutgoingMessage
from tests.bot.turn_scene import Scene, scene

pytestmark = pytest.mark.usefixtures("database")

HANDLED, RETRY = Settled.HANDLED, Settled.RETRY


async def odd(stage: Scene, person: int, text: str, *, message_id: str = "", token: str = "") -> Arrival:
    """One text of a person, with another message id or reply token than LINE's of today."""
    made = stage.platform.make.text({"type": "user", "userId": stage.chats[person]}, text)
    made["message"]["id"] = message_id or made["message"]["id"]
    made["replyToken"] = token or made["replyToken"]
    await stage.platform.send_events([made])
    return stage.caught[-1]


async def test_long_message_id_stops_nobody() -> None:
    """A message id longer than its column is kept as far as it goes, and an unsend finds it all the same."""
    async with scene(2) as stage:
        group = [await odd(stage, 0, "ก", message_id="9" * 65), *await stage.says("x", "ข")][::2]
        assert await stage.dispatcher.handle(group) == {each.id: HANDLED for each in group}
        await stage.delivered()
        assert [stage.heard(0), stage.heard(1)] == [["ก"], ["ข"]]
        await stage.platform.send_events(
            [stage.platform.make.unsend({"type": "user", "userId": stage.chats[0]}, "9" * 65)]
        )
        assert await stage.dispatcher.handle(stage.caught[-1:]) == {stage.caught[-1].id: HANDLED}
        assert (await WebhookEvent.get(id=group[0].id)).payload == "{}"


async def test_long_reply_token_is_used_like_any_other() -> None:
    """A token longer than its column still replies, for free, at the first try and after a refusal of ours."""
    async with scene(1) as stage:
        arrival = await odd(stage, 0, "ก", token="t" * 101)
        assert await stage.dispatcher.handle([arrival]) == {arrival.id: HANDLED}
        await stage.delivered()
        assert stage.heard(0) == ["ก"]
        assert [call.endpoint for call in stage.platform.calls] == ["reply"]


async def test_long_reply_token_dies_with_its_process() -> None:
    """After a crash such a reply may have arrived or not: it is not pushed, the step rides on the next message."""
    async with scene(1) as stage:
        dying = stage.new_outbox()
        await stage.new_dispatcher(dying).handle([await odd(stage, 0, "ก", token="t" * 101)])
        for task in tuple(dying._tasks):
            task.cancel()
        await stage.outbox.adopt(ALL)
        await stage.delivered()
        assert stage.platform.calls == type(stage.platform.calls)()
        assert (await OutgoingMessage.get()).state == "ambiguous"
        assert (await Chat.get()).unanswered_at is not None


async def refuses(*, unless_bare: bool) -> None:
    """The database takes one event a chat and no more; with `unless_bare` only where they have a message id."""
    condition = "WHERE message_id <> ''" if unless_bare else ""
    script = f"CREATE UNIQUE INDEX refusing ON webhook_event (chat_id) {condition}"
    await get_connection("default").execute_script(script)


async def test_event_whose_failure_cannot_be_recorded_is_set_aside_bare() -> None:
    """Where the record of a failed turn is refused too, a bare one is kept and counts; the others are handled."""
    async with scene(3) as stage:
        await stage.turn("x", "ก")
        await refuses(unless_bare=True)
        group = await stage.says("ข", "bug", "ค")
        group = [group[1], group[2]]
        assert await stage.dispatcher.handle(group) == {group[0].id: RETRY, group[1].id: HANDLED}
        assert await stage.dispatcher.handle(group[:1]) == {group[0].id: RETRY}
        assert await stage.dispatcher.handle(group[:1]) == {group[0].id: Settled.SET_ASIDE}
        assert await stage.dispatcher.handle(group[:1]) == {group[0].id: Settled.DUPLICATE}
        kept = await WebhookEvent.get(id=group[0].id)
        assert (kept.state, kept.attempts, kept.message_id) == ("set_aside", 3, "")
        await stage.delivered()
        assert stage.heard(2) == ["ค"]


async def test_one_that_cannot_be_kept_at_all_fails_alone() -> None:
    """Only who put it hears that it is not durable: what stands before and after it in its group is settled."""
    async with scene(3) as stage:
        await stage.turn("x", "ก")
        await refuses(unless_bare=False)
        group = await stage.says("a", "bad", "c")
        await WebhookEvent.filter(chat_id=stage.chats[0]).delete()
        assert await stage.dispatcher.handle(group) == {group[0].id: HANDLED, group[2].id: HANDLED}

        async def no_loading(_chat_id: str, _seconds: int) -> None:
            raise AssertionError

        queue = EmbeddedQueue()
        worker = asyncio.create_task(Worker(queue, stage.dispatcher.handle, no_loading, stage.clock.now).run())
        outcomes: list[Any] = await asyncio.gather(*(queue.put([each]) for each in group), return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [type(None), Undurable, type(None)]
        await queue.close()
        await worker


async def test_an_event_of_the_last_moment_keeps_nobody_from_being_restored() -> None:
    """A timestamp at the end of what can be told is no event, and the last one that is can be read back."""
    async with scene(1) as stage:
        where = {"type": "user", "userId": stage.chats[0]}
        times = (253_402_300_799_000, 253_402_214_400_000)
        made = [{**stage.platform.make.text(where, "bug"), "timestamp": at} for at in times]
        await stage.platform.send_events(made)
        assert [each.occurred_at for each in stage.caught] == [datetime(9999, 12, 31, tzinfo=UTC)]
        assert await stage.dispatcher.handle(stage.caught) == {stage.caught[0].id: RETRY}
        assert [each.id for each in await stored_arrivals()] == [stage.caught[0].id]
