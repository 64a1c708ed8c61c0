"""Groups and rooms of the fake LINE: what the bot hears there, whom a mention names, who may speak, how it leaves."""

from __future__ import annotations

from typing import Any

import pytest

from bot.simulator.people import Group
from bot.simulator.platform import BOT_ID
from tests.bot.simulator.loopback import ANONG, BOONMEE, World, line, text

GROUP, ROOM = "C" + "4" * 32, "R" + "5" * 32


def heard(world: World) -> list[tuple[str, dict[str, Any]]]:
    """Each event's type and source, as the bot was told."""
    return [(event["type"], event["source"]) for event in world.bot.events]


async def post(world: World, chat_id: str, body: dict[str, Any]) -> int:
    """What the page sends; its status."""
    async with world.session.post(f"{world.url}/simulator/chats/{chat_id}/events", json=body) as answer:
        return answer.status


async def test_the_bot_hears_a_group_while_it_is_there() -> None:
    """Before it is brought in and after it was taken out nothing arrives; joining and leaving name nobody."""
    async with line(groups=[Group("กลุ่มงาน", [ANONG, BOONMEE], id=GROUP)]) as world:
        people = world.platform
        assert await people.say(ANONG, "ก่อน", chat_id=GROUP) == 0
        assert await people.invite(ANONG, GROUP) == 200
        await people.say(BOONMEE, "ระหว่าง", chat_id=GROUP)
        assert await people.remove(ANONG, GROUP) == 200
        assert await people.say(BOONMEE, "หลัง", chat_id=GROUP) == 0
        group = {"type": "group", "groupId": GROUP}
        assert heard(world) == [("join", group), ("message", {**group, "userId": BOONMEE}), ("leave", group)]
        assert ["replyToken" in event for event in world.bot.events] == [True, True, False]
        log = [(each["kind"], each["by"]) for each in people.chat(GROUP).entries]
        assert log == [
            ("message", ANONG),
            ("join", ANONG),
            ("message", BOONMEE),
            ("leave", ANONG),
            ("message", BOONMEE),
        ]


@pytest.mark.line_refuses("Failed to send messages")
@pytest.mark.parametrize(("chat_id", "kind"), [(GROUP, "group"), (ROOM, "room")])
async def test_leaving_by_itself_is_told_too(chat_id: str, kind: str) -> None:
    """After the bot's own call LINE sends `leave`, nobody is reached any more, and the log stays to be read."""
    async with line() as world:
        await world.platform.invite(ANONG, chat_id, [BOONMEE])
        assert (await world.call(f"/v2/bot/{kind}/{chat_id}/leave", b""))[0] == 200
        await world.platform.settled()
        assert heard(world)[-1] == ("leave", {"type": kind, f"{kind}Id": chat_id})
        assert (await world.call("/v2/bot/message/push", {"to": chat_id, "messages": [text("ก")]}))[0] == 400
        assert [(each["from"], each["kind"]) for each in world.platform.chat(chat_id).entries][-1] == ("bot", "leave")
        assert await world.platform.invite(BOONMEE, chat_id) == 200


async def test_mentions() -> None:
    """@ and a name in a group is a mention, counted in UTF-16 units; alone with the bot it is only text."""
    async with line(groups=[Group("กลุ่มงาน", [ANONG, BOONMEE], id=GROUP)]) as world:
        await world.platform.invite(ANONG, GROUP)
        await world.platform.say(ANONG, "🙂 @รายงาน กับ @บุญมี และ @All @ใครไม่รู้", chat_id=GROUP)
        await world.platform.say(ANONG, "ไม่มีใคร", chat_id=GROUP)
        await world.platform.say(ANONG, "@รายงาน")
        first, *others = [event["message"] for event in world.bot.events if event["type"] == "message"]
        assert first["mention"]["mentionees"] == [
            {"index": 3, "length": 7, "type": "user", "userId": BOT_ID, "isSelf": True},
            {"index": 15, "length": 6, "type": "user", "userId": BOONMEE, "isSelf": False},
            {"index": 26, "length": 4, "type": "all"},
        ]
        assert all("mention" not in message for message in others)


async def test_who_may_speak() -> None:
    """Members do, one who blocked the bot too; another has to come in first, which the bot is told, once."""
    async with line(groups=[Group("กลุ่มงาน", [ANONG], id=GROUP)]) as world:
        await world.platform.unfollow(ANONG)
        assert await post(world, GROUP, {"type": "join", "by": ANONG}) == 200
        assert await post(world, GROUP, {"type": "message", "by": ANONG, "text": "สถานะ"}) == 200
        assert await post(world, GROUP, {"type": "message", "by": BOONMEE, "text": "สถานะ"}) == 409
        assert await post(world, GROUP, {"type": "memberJoined", "by": BOONMEE}) == 200
        assert world.bot.events[-1]["joined"] == {"members": [{"type": "user", "userId": BOONMEE}]}
        assert await post(world, GROUP, {"type": "memberJoined", "by": BOONMEE}) == 409
        assert await post(world, GROUP, {"type": "sticker", "by": BOONMEE}) == 200
        said = world.platform.chat(GROUP).entries[-1]["message"]["id"]
        assert await post(world, GROUP, {"type": "unsend", "by": ANONG, "messageId": said}) == 409
        assert await post(world, GROUP, {"type": "unsend", "by": BOONMEE, "messageId": said}) == 200
        for alone in ("follow", "unfollow"):
            assert await post(world, GROUP, {"type": alone, "by": ANONG}) == 400
        assert await post(world, GROUP, {"type": "message", "text": "สถานะ"}) == 400


async def test_a_group_has_no_rich_menu() -> None:
    """The page lists the group behind the people, with its members, and is given no menu for it."""
    async with line(groups=[Group("กลุ่มงาน", [ANONG], "ตัวอย่าง", id=GROUP)]) as world:
        async with world.session.get(f"{world.url}/simulator/chats") as answer:
            listed = await answer.json()
        assert listed[-1] == {
            "id": GROUP,
            "name": "กลุ่มงาน",
            "note": "ตัวอย่าง",
            "members": [ANONG],
            "withBot": False,
        }
        async with world.session.get(f"{world.url}/simulator/chats/{GROUP}/menu") as answer:
            assert await answer.json() == {"menu": None}
