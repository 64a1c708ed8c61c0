"""A town for tests: the whole bot on a real database, LINE beside it on a port of its own, people, and a still clock.

Everything goes the real way: signed webhooks over HTTP in, Messaging API calls out, checked by the platform, and each
call is held against LINE's OpenAPI description where it is at hand.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestServer

from bot.app import make_app
from bot.clock import Clock
from bot.conversations import Conversations
from bot.database import close_database, open_database
from bot.line.client import LineClient, new_session
from bot.office import read_office, read_revision
from bot.reminders.schedule import reminders_of
from bot.running import RUNNING, Running
from bot.scheduler import Scheduler
from bot.settings import Settings, read_settings
from bot.setup.invitations import invite
from bot.setup.write import import_setup
from bot.setup.yaml_file import read_yaml
from bot.simulator.people import Person
from bot.simulator.platform import Platform
from bot.turn_facts import Offices
from models.rules.office import Role
from models.tables import organisation
from models.tables.delivery import OutgoingMessage
from tests.bot_process import BotProcess
from tests.line_calls import call_problems

ROOT = Path(__file__).parents[1]
SECRET, TOKEN, METRICS_TOKEN = "5e" * 16, "token-of-the-town", "who-reads-the-metrics"
ANSWERED_WITHIN = 10.0
"""Seconds of real time for an answer; a test that waits so long has failed."""


class StillClock(Clock):
    """Stands still until it is moved, so that a dialogue reads the same each time."""

    def now(self) -> datetime:
        return self.at.astimezone(self.timezone)

    def move_to(self, moment: datetime) -> None:
        self.at = moment


class Town:
    """The bot and its platform. The bot can be stopped and started again on the same database."""

    def __init__(
        self, stack: AsyncExitStack, database_url: str, clock: StillClock, monthly_quota: int | None = None
    ) -> None:
        self.stack = stack
        self.folder = Path()
        self.database_url = database_url
        self.clock = clock
        self.monthly_quota = monthly_quota
        self.platform = Platform(
            channel_secret=SECRET,
            access_token=TOKEN,
            clock=clock,
            people=[],
            monthly_quota=monthly_quota,
            calls_kept=100_000,
        )
        self.people: dict[str, Person] = {}
        self.seen: dict[str, int] = {}
        """How far a page has read in each person's chat."""
        self.conversations: Conversations | None = None
        """Used by the next start instead of the project's own."""
        self.line: TestServer
        self.bot: TestServer

    @property
    def settings(self) -> Settings:
        return read_settings(
            _env_file=None,
            line_channel_secret=SECRET,
            line_channel_access_token=TOKEN,
            line_api_base_url=str(self.line.make_url("/")),
            line_data_api_base_url=str(self.line.make_url("/")),
            database_url=self.database_url,
            storage_dir=str(self.folder / "storage"),
            metrics_token=METRICS_TOKEN,
        )

    async def start(self) -> None:
        self.bot = TestServer(make_app(self.settings, self.clock, self.conversations))
        await self.bot.start_server()
        self.platform.callback_url = str(self.bot.make_url("/callback"))
        # From here on it looks when it is told to (`look`): by itself it would at moments that differ from run to run.
        app: Any = self.bot.app
        running: Running = app[RUNNING]
        if running.scheduler is not None:
            running.scheduler.close()
            await running.scheduler.look_at_all()

    async def restart(self) -> None:
        await self.bot.close()
        await self.start()

    def person(self, name: str) -> Person:
        """The person of that name; a new one has just got LINE. Ids follow from the order of appearance."""
        if name not in self.people:
            found = Person(name, id="U" + f"{len(self.people) + 1:032x}")
            self.people[name] = found
            self.platform.people.add(found)
        return self.people[name]

    async def answers(self, name: str, after: int) -> list[dict[str, Any]]:
        """What the bot said in a person's chat since entry `after`; waits for it."""
        chat = self.platform.chat(self.person(name).id)
        return await chat.wait_for_reply(after, ANSWERED_WITHIN)

    async def says(self, name: str, text: str) -> list[dict[str, Any]]:
        """A text message; returns the bot's answer."""
        person = self.person(name)
        before = self.platform.chat(person.id).last
        self.clock.forward(timedelta(seconds=5))
        status = await self.platform.say(person.id, text)
        assert status == 200
        return await self.answers(name, before)

    async def reporter(self, name: str, *unit_codes: str, role: Role = Role.REPORTER) -> Person:
        """A person who is registered already, a reporter of these units, or what `role` says. The bot runs."""
        person = self.person(name)
        now = self.clock.now()
        stored, _ = await organisation.Person.get_or_create(
            {"name": name, "position": "บรรณารักษ์", "notice_acknowledged_at": now, "created_at": now},
            line_user_id=person.id,
        )
        for code in unit_codes:
            unit = await organisation.Unit.get(code=code)
            await organisation.Membership.create(
                person=stored, unit=unit, role=role.value, valid_from=now.date(), approved_at=now
            )
        return person

    def command(self, *words: str) -> BotProcess:
        """`python -m bot …` as a process of its own, on this town's database, at this town's time."""
        settings = self.settings
        given = {
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "LINE_API_BASE_URL": settings.line_api_base_url,
            "LINE_DATA_API_BASE_URL": settings.line_data_api_base_url,
            "DATABASE_URL": self.database_url,
            "STORAGE_DIR": settings.storage_dir,
            "SIMULATED_NOW": self.clock.now().isoformat(),
        }
        return BotProcess(*words, folder=self.folder, settings=given)  # a folder away from the project's own .env

    async def serve(self, port: int) -> BotProcess:
        """The bot as a process of its own, ready; the town's own has to be closed before."""
        process = self.command("serve", "--port", str(port))
        await process.until_said("listening")
        self.platform.callback_url = f"http://127.0.0.1:{port}/callback"
        return process

    async def look(self) -> None:
        """The bot's own scheduler looks now, and what it wrote is delivered."""
        app: Any = self.bot.app
        running: Running = app[RUNNING]
        assert running.scheduler is not None
        assert running.outbox is not None
        await running.scheduler.look_at_all()
        await running.outbox.left_behind.look()
        assert await running.outbox.drain(ANSWERED_WITHIN)
        await running.outbox.unwritten.flush()

    def pushed(self, name: str) -> list[str]:
        """What a person was pushed, in order."""
        entries = self.platform.chat(self.person(name).id).entries
        return [each["message"].get("text") or each["message"]["altText"] for each in entries if is_push(each)]

    async def remind(self) -> None:
        """A scheduler of its own looks at the reminders, and what it wrote is sent by the bot as it starts again."""
        async with new_session() as session:
            client = LineClient(session, api_base_url=self.settings.line_api_base_url, access_token=TOKEN)
            schedule = reminders_of(self.settings, client, Offices(read_revision, read_office))
            await Scheduler([schedule], self.clock.now).look(schedule)
            await client.aclose()
        await self.restart()
        async with asyncio.timeout(ANSWERED_WITHIN):
            while await OutgoingMessage.filter(state__in=["waiting", "sending"]).exists():  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.05)

    def check_calls(self) -> None:
        """No call of the bot was refused, and each fits LINE's own description of its API."""
        sent = [call for call in self.platform.calls if call.status < 400 and call.endpoint in {"reply", "push"}]
        taken = [call.body["messages"] for call in sent]
        for call in self.platform.calls:
            # A reply whose token died or was used before a kill is refused: then LINE has taken the same another way.
            late = call.endpoint == "reply" and call.status == 400 and call.body["messages"] in taken
            # A picture may be unsent before it is fetched: LINE then has no content for it.
            gone = call.endpoint == "content" and call.status in {404, 410}
            # Whether there is a default menu, or a picture for one, is asked before it is made.
            gone |= call.method == "GET" and call.endpoint.startswith("richmenu") and call.status == 404
            # After a kill a push is tried again with its retry key: LINE says that it has it.
            again = call.endpoint == "push" and call.status == 409
            # A small quota is used up.
            again |= call.endpoint == "push" and call.status == 429 and self.monthly_quota is not None
            assert call.status < 400 or late or gone or again, (call.endpoint, call.status)
            assert call_problems(call.endpoint, call.body) == []


def is_push(entry: dict[str, Any]) -> bool:
    """Whether an entry of a chat came without being asked for."""
    return entry.get("via") == "push"


@asynccontextmanager
async def town(
    database_url: str, office: Path | None, start: str, *, monthly_quota: int | None = None
) -> AsyncIterator[Town]:
    """A town with the office of a set-up file, if any. `start` is when its clock stands at first, an ISO time."""
    begin = datetime.fromisoformat(start)
    async with AsyncExitStack() as stack:
        clock = StillClock(begin, read_settings(_env_file=None).timezone)
        found = Town(stack, database_url, clock, monthly_quota)
        found.folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if office is not None:
            await open_database(database_url)
            try:
                await import_setup(read_yaml(office), begin)
            finally:
                await close_database()  # SQLite's threads would keep the process from ending
        found.line = TestServer(found.platform.application())
        await found.line.start_server()
        await found.start()
        try:
            yield found
        finally:
            await found.bot.close()
            await found.line.close()
        found.check_calls()


async def invitation(
    code: str,
    unit_codes: list[str],
    at: datetime,
    uses: int = 20,
    role: Role = Role.REPORTER,
    *,
    needs_approval: bool = False,
) -> None:
    """An invitation with a code that a dialogue can print. The town's database is open while its bot runs."""
    await invite(unit_codes, role, uses=uses, expires_at=None, needs_approval=needs_approval, at=at, code=code)
