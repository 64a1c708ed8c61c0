"""What the simulator page asks the platform for, and whom else it refuses."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from tests.bot.simulator.loopback import ANONG, BOONMEE, MORNING, World, line

JSON = {"Content-Type": "application/json"}


async def post(world: World, path: str, body: Any, **headers: str) -> tuple[int, Any]:
    """POST as the page does."""
    sent = {**JSON, **headers}
    async with world.session.post(world.url + path, data=json.dumps(body), headers=sent) as answer:
        return answer.status, await answer.json()


async def get(world: World, path: str, **headers: str) -> tuple[int, Any]:
    """GET as the page does."""
    async with world.session.get(world.url + path, headers=headers) as answer:
        return answer.status, await answer.json()


async def test_people() -> None:
    """The page lists the people and adds one, who has a LINE id and a chat."""
    async with line() as world:
        assert [person["name"] for person in (await get(world, "/simulator/chats"))[1]] == ["อนงค์", "บุญมี"]
        status, added = await post(world, "/simulator/people", {"name": "คนแปลกหน้า", "note": "ยังไม่ลงทะเบียน"})
        assert status == 201
        assert added | {"id": ""} == {"id": "", "name": "คนแปลกหน้า", "note": "ยังไม่ลงทะเบียน", "blocked": False}
        assert await post(world, f"/simulator/chats/{added['id']}/events", {"type": "follow"}) == (
            200,
            {"status": 200},
        )
        assert (await post(world, "/simulator/people", {"name": ""}))[0] == 400
        assert (await post(world, "/simulator/people", {"name": "ก" * 101}))[0] == 400


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"type": "message", "text": "สวัสดี"}, "message"),
        ({"type": "postback", "data": "a=1", "displayText": "ตกลง", "label": "ตกลง"}, "postback"),
        ({"type": "postback", "data": "", "label": ""}, "postback"),
        ({"type": "sticker"}, "message"),
        ({"type": "image"}, "message"),
        ({"type": "location"}, "message"),
        ({"type": "follow"}, "follow"),
        ({"type": "unfollow"}, "unfollow"),
    ],
)
async def test_what_people_do(body: dict[str, Any], kind: str) -> None:
    """Each thing the page can do reaches the bot as an event, and stands in the chat."""
    async with line() as world:
        assert await post(world, f"/simulator/chats/{ANONG}/events", body) == (200, {"status": 200})
        assert world.bot.events[0]["type"] == kind
        assert world.platform.chat(ANONG).entries[0]["kind"] == kind


async def test_unsending() -> None:
    """A message is taken back by its id; one that was never sent is a conflict."""
    async with line() as world:
        await world.platform.say(ANONG, "อุ๊ย")
        message_id = world.platform.chat(ANONG).entries[0]["message"]["id"]
        path = f"/simulator/chats/{ANONG}/events"
        assert (await post(world, path, {"type": "unsend", "messageId": message_id}))[0] == 200
        assert world.bot.events[1]["unsend"] == {"messageId": message_id}
        assert (await post(world, path, {"type": "unsend", "messageId": "1"}))[0] == 409
        await world.platform.unfollow(ANONG)
        assert (await post(world, path, {"type": "message", "text": "ก"}))[0] == 409


@pytest.mark.parametrize(
    "body", [{"type": "message"}, {"type": "dance"}, {}, [], {"type": "postback", "data": "a", "displayText": 3}]
)
async def test_nonsense_is_refused(body: Any) -> None:
    """What the page never sends is 400 and reaches nobody."""
    async with line() as world:
        assert (await post(world, f"/simulator/chats/{ANONG}/events", body))[0] == 400
        assert world.bot.bodies == []
        assert (await post(world, "/simulator/chats/nobody/events", {"type": "follow"}))[0] == 404


async def test_stream() -> None:
    """The stream begins after what was seen, goes on with what comes, and ends when the platform stops."""
    async with line() as world:
        await world.platform.say(ANONG, "หนึ่ง")
        await world.platform.say(ANONG, "สอง\nบรรทัดใหม่")
        url = f"{world.url}/simulator/chats/{ANONG}/stream"
        async with world.session.get(url, params={"after": "1"}) as stream:
            assert stream.content_type == "text/event-stream"
            assert (await _entry(stream))["message"]["text"] == "สอง\nบรรทัดใหม่"
            await world.platform.say(ANONG, "สาม")
            assert (await _entry(stream))["n"] == 3
            world.platform.stop_streams()
            assert await stream.read() == b""
        async with world.session.get(url, params={"after": "0"}, headers={"Last-Event-ID": "2"}) as stream:
            assert (await _entry(stream))["n"] == 3
        assert (await get(world, f"/simulator/chats/{ANONG}/stream?after=x"))[0] == 400


async def _entry(stream: aiohttp.ClientResponse) -> Any:
    """The next log entry of the stream."""
    lines = [await stream.content.readline() for _ in range(3)]
    assert lines[0].startswith(b"id: ")
    assert lines[2] == b"\n"
    return json.loads(lines[1].removeprefix(b"data: "))


async def test_stream_breathes(monkeypatch: pytest.MonkeyPatch) -> None:
    """While nothing happens a comment keeps the line open."""
    monkeypatch.setattr("bot.simulator.page_api.HEARTBEAT_S", 0.01)
    async with line() as world, world.session.get(f"{world.url}/simulator/chats/{BOONMEE}/stream") as stream:
        assert await stream.content.readline() == b": waiting\n"


async def test_streams_do_not_hold_up_the_shutdown() -> None:
    """The platform goes down at once although a page is still open."""
    async with asyncio.timeout(10):
        async with line() as world:
            stream = await world.session.get(f"{world.url}/simulator/chats/{ANONG}/stream")
        assert stream.status == 200
        stream.close()


async def test_clock() -> None:
    """The page reads the clock, sets it, and moves it on."""
    async with line() as world:
        assert await get(world, "/simulator/clock") == (200, {"now": MORNING.isoformat()})
        assert (await post(world, "/simulator/clock", {"forward_seconds": 90}))[1] == {
            "now": "2026-11-22T09:01:30+07:00"
        }
        moved = await post(world, "/simulator/clock", {"now": "2027-01-15T08:30"})
        assert moved == (200, {"now": "2027-01-15T08:30:00+07:00"})
        for wrong in ({"now": "tomorrow"}, {"forward_seconds": 1e300}, {"forward_seconds": True}, {}):
            assert (await post(world, "/simulator/clock", wrong))[0] == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example:8080"},
        {"Host": "localhost.evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_other_sites_are_refused(headers: dict[str, str]) -> None:
    """A page of another site, or another name for this machine, gets nothing and does nothing."""
    async with line() as world:
        assert (await post(world, f"/simulator/chats/{ANONG}/events", {"type": "follow"}, **headers))[0] == 403
        assert (await post(world, "/simulator/clock", {"forward_seconds": 1}, **headers))[0] == 403
        assert (await get(world, "/simulator/chats", **headers))[0] == 403
        assert (await get(world, "/simulator/line", **headers))[0] == 403
        assert world.bot.bodies == []


async def test_own_page_is_welcome() -> None:
    """The page's own origin, and the other loopback names, pass."""
    async with line() as world:
        own = {"Origin": world.url, "Sec-Fetch-Site": "same-origin"}
        assert (await post(world, "/simulator/clock", {"forward_seconds": 1}, **own))[0] == 200
        for host in ("localhost:8080", "127.0.0.1", "[::1]:8080"):
            assert (await get(world, "/simulator/clock", Host=host))[0] == 200


async def test_forms_are_refused() -> None:
    """A form of another site cannot send JSON: any other content type is 415."""
    async with line() as world:
        body = {"type": "follow"}
        sent = await post(world, f"/simulator/chats/{ANONG}/events", body, **{"Content-Type": "text/plain"})
        assert sent[0] == 415
