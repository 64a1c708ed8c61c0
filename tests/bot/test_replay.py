"""`replay`: what was set aside, listed and put back, over the database that a bot has open."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from bot.simulator.faults import Fault
from models.tables.chat import WebhookEvent
from models.tables.delivery import OutgoingMessage
from tests.bot.turn_scene import NOW, Scene, scene
from tests.bot_process import BotProcess

_USED_UP = Fault(status=429, body={"message": "You have reached your monthly limit."})


async def replay(url: str, *words: str) -> tuple[int, str]:
    """The command's exit status and what it said."""
    settings = {"DATABASE_URL": url, "SIMULATED_NOW": NOW.isoformat()}
    with TemporaryDirectory() as folder:
        process = BotProcess("replay", *words, folder=Path(folder), settings=settings)
        return await process.wait(), process.said.decode()


async def undelivered(stage: Scene) -> str:
    """The id of a push that the quota refused."""
    stage.platform.faults.add("push", _USED_UP)
    await stage.turn("many 6")
    await stage.delivered()
    return str((await OutgoingMessage.get(state="set_aside")).id)


async def test_message_that_was_set_aside_is_listed_and_pushed(database: str) -> None:
    """Its kind, time and reason are shown, never its words; put back it arrives once, under a new retry key."""
    async with scene(1) as stage:
        name = await undelivered(stage)
        _, listed = await replay(database, "--list")
        (line,) = listed.splitlines()
        assert line.startswith(name)
        assert "  message  attempts=1  chat-" in line
        assert line.endswith("quota_used_up 429")
        assert stage.chats[0] not in line
        assert (await replay(database, name))[0] == 0
        await stage.outbox.left_behind.look()
        await stage.delivered()
        assert stage.heard(0) == [str(number) for number in range(6)]
        pushes = [call.headers["X-Line-Retry-Key"] for call in stage.platform.calls if call.endpoint == "push"]
        assert len(set(pushes)) == 2
        assert (await replay(database, name))[0] == 1


async def test_superseded_message_is_not_pushed(database: str) -> None:
    """Once a newer step was told, the old one stays set aside."""
    async with scene(1) as stage:
        name = await undelivered(stage)
        await stage.turn("ใหม่กว่า")
        await stage.delivered()
        assert "(superseded)" in (await replay(database, "--list"))[1]
        assert (await replay(database, name))[0] == 1
        assert (await OutgoingMessage.get(id=name)).state == "set_aside"


async def test_event_without_words_stays_where_it_is(database: str) -> None:
    """What the purge has blanked cannot be handled again: it is left out, and that is said."""
    async with scene(2) as stage:
        await stage.turn("bug", "bug")
        await WebhookEvent.all().update(state="set_aside")
        await WebhookEvent.filter(chat_id=stage.chats[0]).update(payload="{}")
        assert "(words gone)" in (await replay(database, "--list"))[1]
        code, said = await replay(database, "--all")
        assert code == 0
        assert "left out 1" in said
        assert "put back 1" in said
        assert [each.chat_id for each in await WebhookEvent.filter(state="set_aside")] == stage.chats[:1]
        assert (await replay(database, (await WebhookEvent.get(state="set_aside")).id))[0] == 1
