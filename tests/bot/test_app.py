"""The whole application against the simulated LINE on a port of its own, with conversations of two lines."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer, unused_port

from bot.app import make_app
from bot.clock import Clock
from bot.conversations import Conversations
from bot.database import DatabaseUnavailable
from bot.installation import prepare
from bot.running import RUNNING, CannotServe
from bot.settings import Settings, read_settings
from bot.simulator.faults import Fault
from bot.simulator.people import Person
from bot.simulator.platform import Platform
from handlers.effects import Asks, Say, Turn
from handlers.events import Event, Text
from handlers.facts import Facts
from handlers.session import Session
from models.tables.audit import Installation
from models.tables.chat import WebhookEvent
from tests.bot_process import BotProcess

SECRET, TOKEN = "f" * 32, "token-of-the-channel"
SOMBOON = Person(name="สมบูรณ์", id="U" + "5" * 32)
BROKEN = "พัง"


class Echo:
    """Says what it heard; what it cannot hear is a bug of its own until `mended`."""

    def __init__(self) -> None:
        self.mended = False

    def receive(self, session: Session, event: Event, _facts: Facts) -> Turn | Asks:
        text = event.body.text if isinstance(event.body, Text) else ""
        if text == BROKEN and not self.mended:
            raise ZeroDivisionError
        return Turn(session, (Say(f"ได้ยิน {text}"),))

    def conversations(self) -> Conversations:
        return Conversations(self.receive, lambda _facts: Say("ขออภัย"), lambda _session, _facts: Say("ถามอีกครั้ง"))


class House:
    """A bot and its platform, each on a port of its own; the bot can be stopped and started again."""

    def __init__(self, stack: AsyncExitStack, url: str) -> None:
        self.stack = stack
        self.database_url = url
        self.echo = Echo()
        self.clock = Clock(None, read(url).timezone)
        self.platform = Platform(channel_secret=SECRET, access_token=TOKEN, clock=self.clock, people=[SOMBOON])
        self.line: TestServer
        self.bot: TestServer

    @property
    def settings(self) -> Settings:
        return read(self.database_url, self.line.make_url("/"))

    async def start(self, **changes: Any) -> None:
        app = make_app(
            read(self.database_url, self.line.make_url("/"), **changes), self.clock, self.echo.conversations()
        )
        self.bot = TestServer(app)
        await self.bot.start_server()
        self.platform.callback_url = str(self.bot.make_url("/callback"))

    async def get(self, path: str) -> tuple[int, Any]:
        async with ClientSession() as session, session.get(self.bot.make_url(path)) as answer:
            return answer.status, await answer.json()

    async def says(self, text: str) -> str:
        """Somboon writes; what the bot answers."""
        after = self.platform.chat(SOMBOON.id).last
        assert await self.platform.say(SOMBOON.id, text) == 200
        return await self.hears(after)

    async def hears(self, after: int) -> str:
        (said,) = await self.platform.chat(SOMBOON.id).wait_for_reply(after, timeout=8)
        answer: str = said["message"]["text"]
        return answer

    async def command(self, *words: str) -> tuple[int, str]:
        """Run the command line beside the bot."""
        process = self._run(*words)
        code = await process.wait()
        return code, process.said.decode()

    async def serve(self, port: int) -> BotProcess:
        """The bot as a process of its own, ready."""
        process = self._run("serve", "--port", str(port))
        await process.until_said("listening")
        return process

    def _run(self, *words: str) -> BotProcess:
        given = {
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "LINE_API_BASE_URL": str(self.line.make_url("/")),
            "DATABASE_URL": self.database_url,
        }
        folder = Path(self.database_url.removeprefix("sqlite://")).parent  # away from the project's own .env
        return BotProcess(*words, folder=folder, settings=given)


def read(database_url: str, line: Any = "http://127.0.0.1:1", **changes: Any) -> Settings:
    given = {
        "line_channel_secret": SECRET,
        "line_channel_access_token": TOKEN,
        "line_api_base_url": str(line),
        "database_url": database_url,
        "storage_dir": str(Path(database_url.removeprefix("sqlite://")).parent / "storage"),
    }
    return read_settings(_env_file=None, **(given | changes))


@pytest.fixture
async def house(sqlite_url: str) -> AsyncIterator[House]:
    """A bot that is running, on an empty database."""
    async with AsyncExitStack() as stack:
        house = House(stack, sqlite_url)
        house.line = TestServer(house.platform.application())
        await house.line.start_server()
        stack.push_async_callback(house.line.close)
        await house.start()
        yield house
        await house.bot.close()


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(8):
        while not await true():  # noqa: ASYNC110 — what is waited for happens in a database or another process
            await asyncio.sleep(0.05)


async def test_a_message_is_answered(house: House) -> None:
    """From a signed webhook to LINE's reply call, and the event is stored when the webhook is answered."""
    assert await house.says("สวัสดี") == "ได้ยิน สวัสดี"
    assert await WebhookEvent.filter(state="handled").count() == 1


async def test_health_says_that_all_is_well(house: House) -> None:
    """Both routes answer JSON without a secret in it."""
    assert await house.get("/healthz") == (200, {"alive": True})
    assert await house.get("/readyz") == (200, {"ready": True, "reasons": []})


async def test_a_wrong_access_token_shows_in_readiness(house: House) -> None:
    """LINE is asked at the start who the bot is; 401 is the operator's to mend, and alive the bot still is."""
    await house.bot.close()
    await house.start(line_channel_access_token="an-old-token")

    async def refused() -> bool:
        return (await house.get("/readyz"))[0] == 503

    await until(refused)
    assert (await house.get("/readyz"))[1]["reasons"] == ["LINE refuses the access token (401)"]
    assert (await house.get("/healthz"))[0] == 200


@pytest.mark.line_refuses("Invalid reply token")
async def test_what_was_set_aside_is_listed_and_replayed_while_the_bot_runs(house: House) -> None:
    """The author is told, the operator sees it without its text, and once mended it is answered without a restart."""
    assert await house.says(BROKEN) == "ขออภัย"
    code, listed = await house.command("replay", "--list")
    assert code == 0
    (event,) = await WebhookEvent.filter(state="set_aside")
    assert listed.startswith(event.id)
    assert "ZeroDivisionError" in listed
    assert BROKEN not in listed
    assert SOMBOON.id not in listed

    house.echo.mended = True
    after = house.platform.chat(SOMBOON.id).last
    code, said = await house.command("replay", event.id)
    assert (code, "1" in said) == (0, True)
    assert await house.hears(after) == f"ได้ยิน {BROKEN}"
    assert await WebhookEvent.filter(state="handled").count() == 1
    assert (await house.command("replay", event.id))[0] == 1


@pytest.mark.line_refuses("Invalid reply token")
async def test_what_waits_in_the_database_is_taken_up_at_the_start(house: House) -> None:
    """A replay while the bot is down is answered by its next start."""
    assert await house.says(BROKEN) == "ขออภัย"
    await house.bot.close()
    code, _ = await house.command("replay", "--all")
    assert code == 0
    house.echo.mended = True
    after = house.platform.chat(SOMBOON.id).last
    await house.start()
    assert await house.hears(after) == f"ได้ยิน {BROKEN}"


async def test_a_restart_forgets_nothing_and_repeats_nothing(house: House) -> None:
    """An event delivered again after a restart is known, and answered once."""
    assert await house.says("หนึ่ง") == "ได้ยิน หนึ่ง"
    (event,) = await WebhookEvent.all()
    await house.bot.close()
    await house.start()
    after = house.platform.chat(SOMBOON.id).last
    assert await house.platform.redeliver(event.id) == 200
    assert await house.says("สอง") == "ได้ยิน สอง"
    assert len([entry for entry in house.platform.chat(SOMBOON.id).after(after) if entry["from"] == "bot"]) == 1


async def test_who_waits_longer_than_a_second_sees_that_it_is_being_worked_on(house: House) -> None:
    """Another process holds the database: the loading animation comes, then the answer."""
    path = house.database_url.removeprefix("sqlite://")
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        saying = asyncio.create_task(house.says("ช้า"))

        async def loading() -> bool:
            return any(entry["kind"] == "loading" for entry in house.platform.chat(SOMBOON.id).after(0))

        await until(loading)
        assert not saying.done()
        other.execute("ROLLBACK")
    other.close()
    assert await saying == "ได้ยิน ช้า"


async def test_old_raw_events_are_purged_by_the_bots_clock(house: House) -> None:
    """At the start, and again whenever a day has passed on a clock that may be moved."""
    assert await house.says("เก่า") == "ได้ยิน เก่า"
    await house.bot.close()
    house.clock.forward(timedelta(days=91))
    await house.start()

    async def gone() -> bool:
        return not await WebhookEvent.exists()

    await until(gone)


async def test_a_real_channel_marks_its_database_and_the_simulator_refuses_it(house: House) -> None:
    """Before the tables are touched, and again at the start."""
    installation = await Installation.get(id=1)
    assert installation.channel == "real"
    await house.bot.close()
    simulator = read(house.database_url, line_channel_secret="", line_channel_access_token="")
    with pytest.raises(CannotServe, match=r"DATABASE_URL: .*real LINE channel"):
        await prepare(simulator)
    await house.start()


async def test_a_real_channel_refuses_the_simulators_database(house: House) -> None:
    """Demonstration data never mix with the office's."""
    await Installation.filter(id=1).update(channel="simulator")
    await house.bot.close()
    with pytest.raises(CannotServe, match=r"DATABASE_URL: .*belongs to the simulator"):
        await prepare(house.settings)
    server = TestServer(make_app(house.settings, house.clock, house.echo.conversations()))
    with pytest.raises(CannotServe):
        await server.start_server()
    await server.close()


async def test_prepare_makes_the_tables_of_a_new_database(tmp_path: Path) -> None:
    """No file, no folder, no table yet: the first start makes them, the second finds them."""
    settings = read(f"sqlite://{tmp_path / 'new' / 'bot.sqlite3'}")
    await prepare(settings)
    await prepare(settings)
    assert (tmp_path / "new" / "bot.sqlite3").exists()


async def test_a_database_that_cannot_be_reached_stops_the_start() -> None:
    """In a sentence."""
    with pytest.raises(DatabaseUnavailable):
        await prepare(read("postgres://nobody@127.0.0.1:1/none"))


@pytest.mark.line_refuses("Invalid reply token")
async def test_a_kill_straight_after_the_200_loses_and_repeats_nothing(house: House) -> None:
    """SIGKILL when the webhook has been answered: the next start answers the person, once, and the event is there."""
    await house.bot.close()
    port = unused_port()
    house.platform.callback_url = f"http://127.0.0.1:{port}/callback"
    chat = house.platform.chat(SOMBOON.id)
    for number in range(2):
        process = await house.serve(port)
        after = chat.last
        assert await house.platform.say(SOMBOON.id, f"ช่วยเหลือ {number}") == 200
        process.kill()
        await process.wait()
        process = await house.serve(port)
        await chat.wait_for_reply(after, timeout=8)
        await asyncio.sleep(0.5)
        process.terminate()
        assert await process.wait() == 0
        calls = [call for call in house.platform.calls if call.status == 200 and call.endpoint in ("reply", "push")]
        assert len(calls) == number + 1
    await house.start()
    assert await WebhookEvent.filter(state="handled").count() == 2


async def test_a_folder_for_pictures_that_cannot_be_stops_the_start(house: House, tmp_path: Path) -> None:
    """In a sentence that names the setting, before anything else is begun."""
    await house.bot.close()
    (tmp_path / "in-the-way").write_text("")
    settings = read(house.database_url, house.line.make_url("/"), storage_dir=str(tmp_path / "in-the-way"))
    server = TestServer(make_app(settings, house.clock, house.echo.conversations()))
    with pytest.raises(CannotServe, match=r"STORAGE_DIR: [ก-๙].* / the folder"):
        await server.start_server()
    await server.close()
    await house.start()


async def test_stopping_is_quick_and_says_so(house: House) -> None:
    """Nothing under way: the bot is gone within a second, and was not ready meanwhile."""
    app = house.bot.app
    async with asyncio.timeout(1):
        await house.bot.close()
    assert app is not None
    assert app[RUNNING].reasons() == ["starting or stopping"]
    await house.start()


@pytest.mark.line_refuses("Invalid reply token")
async def test_stopping_while_line_hangs(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call that does not come back is broken off at the end of the time; the next start finds what it was, once."""
    monkeypatch.setattr("bot.stopping.STOPS_WITHIN", 2.0)
    house.platform.faults.add("reply", Fault(delay_s=9))
    chat = house.platform.chat(SOMBOON.id)
    after = chat.last
    assert await house.platform.say(SOMBOON.id, "ก่อนปิด") == 200
    async with asyncio.timeout(5):
        while house.platform.faults._waiting["reply"]:  # noqa: ASYNC110 - the fake LINE sets no event for it
            await asyncio.sleep(0.01)
    async with asyncio.timeout(6):
        await house.bot.close()
    await house.start()
    await chat.wait_for_reply(after, timeout=8)
    await asyncio.sleep(9)
    assert [each["message"]["text"] for each in chat.entries if each["from"] == "bot"] == ["ได้ยิน ก่อนปิด"]
