"""The pictures that people send, as the bot fetches them and as the page sends them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image
from playwright.async_api import expect

from bot.simulator.contents import KEPT, MOST_BYTES, Contents, content_type_of
from bot.simulator.faults import Fault
from bot.simulator.page import routes
from bot.simulator.people import Person
from bot.simulator.platform import Platform
from bot.simulator.sample_picture import sample_picture
from tests.bot.simulator.loopback import ANONG, SECRET, TOKEN, Listener, StoppedClock, World, line
from tests.bot.simulator.test_platform_page import get, post
from tests.browser import Chromium

BYTES = {"Content-Type": "application/octet-stream"}


async def fetch(world: World, message_id: str, further: str = "", token: str = TOKEN) -> tuple[int, bytes, str]:
    """GET a content as the bot: status, body, content type."""
    url = f"{world.url}/v2/bot/message/{message_id}/content{further}"
    async with world.session.get(url, headers={"Authorization": f"Bearer {token}"}) as answer:
        return answer.status, await answer.read(), answer.content_type


def sent_ids(world: World) -> list[str]:
    """The ids of the messages that the bot was told of."""
    return [event["message"]["id"] for event in world.bot.events if event["type"] == "message"]


async def test_content_of_a_picture() -> None:
    """What a person sent comes back byte for byte, also as its preview, to whoever has the token."""
    async with line() as world:
        assert await world.platform.send_pictures(ANONG, [sample_picture()]) == 200
        (name,) = sent_ids(world)
        assert "imageSet" not in world.bot.events[0]["message"]
        assert await fetch(world, name) == (200, sample_picture(), "image/jpeg")
        assert (await fetch(world, name, "/preview"))[0] == 200
        assert await fetch(world, name, "/transcoding") == (200, b'{"status": "succeeded"}', "application/json")
        assert (await fetch(world, name, token="wrong"))[0] == 401
        assert world.platform.calls[0].answer == f"{len(sample_picture())} bytes"


async def test_content_that_is_not_there() -> None:
    """A message LINE does not know is 404, one taken back 410."""
    async with line() as world:
        assert (await fetch(world, "100000000000000001"))[0] == 404
        await world.platform.send_media(ANONG, "image")
        (name,) = sent_ids(world)
        await world.platform.unsend(ANONG, name)
        for further in ("", "/preview", "/transcoding"):
            assert (await fetch(world, name, further))[0] == 410


async def test_faults_of_content() -> None:
    """A content can be not ready at first, and each endpoint has faults of its own."""
    async with line() as world:
        await world.platform.send_media(ANONG, "image")
        (name,) = sent_ids(world)
        world.platform.faults.add("content", Fault(status=202), Fault(status=410))
        assert await fetch(world, name) == (202, b"{}", "application/json")
        assert (await fetch(world, name))[0] == 410
        assert (await fetch(world, name))[0] == 200


async def test_several_pictures_at_once() -> None:
    """Pictures chosen together say which set they belong to, in which place, and of how many."""
    async with line() as world:
        await world.platform.send_pictures(ANONG, [sample_picture(number) for number in range(3)])
        sets = [event["message"]["imageSet"] for event in world.bot.events]
        assert [(each["index"], each["total"]) for each in sets] == [(1, 3), (2, 3), (3, 3)]
        assert len({each["id"] for each in sets}) == 1
        assert len({(await fetch(world, name))[1] for name in sent_ids(world)}) == 3


def test_sample_picture() -> None:
    """The sample is what a phone sends: lying on its side, with a place and a camera in it."""
    with Image.open(BytesIO(sample_picture())) as sample:
        assert sample.size == (1200, 900)
        assert sample.getexif().get_ifd(0x8825)
        assert sample.getexif()[0x0112] == 6


def test_types_and_forgetting() -> None:
    """LINE names the type by the content; only the newest contents are kept."""
    assert content_type_of(b"\x89PNG....") == "image/png"
    assert content_type_of(b"%PDF-1.7") == "application/octet-stream"
    contents = Contents()
    for number in range(KEPT + 1):
        contents.keep(str(number), b"x")
    assert contents.find("0") is None
    assert contents.find("1") == b"x"


async def upload(world: World, data: bytes, **headers: str) -> tuple[int, Any]:
    """Hand bytes over as the page does."""
    async with world.session.post(
        f"{world.url}/simulator/pictures", data=BytesIO(data), headers=BYTES | headers
    ) as answer:
        return answer.status, await answer.json()


async def test_the_page_sends_pictures() -> None:
    """Real files go up one by one and are sent together; the page can show them; a name works once."""
    async with line() as world:
        names = [(await upload(world, sample_picture(number)))[1]["upload"] for number in range(2)]
        path = f"/simulator/chats/{ANONG}/events"
        assert await post(world, path, {"type": "image", "uploads": names}) == (200, {"status": 200})
        assert len(world.bot.events) == 2
        async with world.session.get(f"{world.url}/simulator/pictures/{sent_ids(world)[1]}") as shown:
            assert (await shown.read(), shown.content_type) == (sample_picture(1), "image/jpeg")
        assert (await post(world, path, {"type": "image", "uploads": names}))[0] == 409
        assert (await get(world, "/simulator/pictures/1"))[0] == 404


@pytest.mark.parametrize("uploads", [[], "a", [1], ["a", "a"], ["unknown"]])
async def test_uploads_that_are_none(uploads: Any) -> None:
    """What was never handed over cannot be sent."""
    async with line() as world:
        sent = await post(world, f"/simulator/chats/{ANONG}/events", {"type": "image", "uploads": uploads})
        assert sent[0] == 409
        assert world.bot.bodies == []


async def test_uploads_are_guarded() -> None:
    """Other sites, forms and enormous files are refused."""
    async with line() as world:
        assert (await upload(world, b"x", Origin="https://evil.example"))[0] == 403
        assert (await upload(world, b"x", **{"Content-Type": "text/plain"}))[0] == 415
        assert (await upload(world, bytes(MOST_BYTES + 1)))[0] == 413


async def test_only_the_newest_uploads_wait() -> None:
    """A page that never sends what it hands over does not fill the memory."""
    async with line() as world:
        names = [(await upload(world, b"x"))[1]["upload"] for _ in range(21)]
        sent = await post(world, f"/simulator/chats/{ANONG}/events", {"type": "image", "uploads": names[:1]})
        assert sent[0] == 409


@pytest.mark.asyncio(loop_scope="session")
async def test_photos_on_the_page(chromium: Chromium, tmp_path: Path) -> None:
    """The album sends the files that were chosen as one set; they and the sample are shown as pictures."""
    bot = Listener()
    person = Person("อนงค์", id=ANONG)
    platform = Platform(channel_secret=SECRET, access_token=TOKEN, clock=StoppedClock(), people=[person])
    application = platform.application()
    application.add_routes([*routes(), web.post("/callback", bot.hear)])
    for number in range(2):
        (tmp_path / f"{number}.jpg").write_bytes(sample_picture(number))
    async with TestServer(application) as server:
        platform.callback_url = str(server.make_url("/callback"))
        window = await chromium.window()
        page = await window.new_page()
        await page.goto(str(server.make_url("/simulator/")))
        plus = page.get_by_role("button", name="ส่งอย่างอื่น")
        await plus.click()
        async with page.expect_file_chooser() as choosing:
            await page.locator("[data-type=album]").click()
        await (await choosing.value).set_files([tmp_path / "0.jpg", tmp_path / "1.jpg"])
        await expect(page.locator(".row.own img.photo")).to_have_count(2)
        await plus.click()
        await page.locator("[data-type=image]").click()
        photos = page.locator(".row.own img.photo")
        await expect(photos).to_have_count(3)
        for shown in await photos.all():
            await expect(shown).to_have_js_property("naturalHeight", 1200)
        await page.screenshot(path=tmp_path / "photos.png")
        await window.close()
    assert [event["message"].get("imageSet", {}).get("total") for event in bot.events] == [2, 2, None]
