"""A city under load: real processes of the bot, people who write without a pause, LINE that delivers what was refused.

Everybody is in the middle of a report, at its narrative, and writes numbered lines. What is stored in the end says
whether anything was lost, doubled or put out of order.
"""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
from aiohttp.test_utils import TestServer

from bot.clock import Clock
from bot.database import close_database, open_database
from bot.settings import read_settings
from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from bot.simulator.people import Person
from bot.simulator.platform import Platform
from models.rules.office import Role
from models.tables import organisation
from models.tables.chat import WebhookEvent
from models.tables.delivery import OutgoingMessage
from models.tables.reminder import ScheduleRun
from tests.bot_process import BotProcess
from tests.faults.served import served
from tests.faults.tally import Tally, counted
from tests.nats import free_port

SECRET, TOKEN = "5e" * 16, "token-of-the-city"
START = "2027-01-04T08:00:00+07:00"
"""A Monday, a week before the quarter is due: at half past eight everybody who has not reported is reminded."""
REMINDS_AT = timedelta(minutes=30)
LINE_DELIVERS_AGAIN_AFTER = (0.3, 0.6, 1.0, 2.0, 3.0, 5.0, 8.0, 8.0, 8.0, *[15.0] * 12)
"""Seconds. LINE takes minutes; nothing else is different."""
SETTLED_WITHIN = 480.0
"""Seconds, on a machine with other work as well."""
ANSWERED_WITHIN = 120.0
SEVERAL = ("web", "web", "worker", "worker", "scheduler")
FEW = ("web", "worker", "worker")


def office(people: int) -> str:
    """A set-up with a library for each person."""
    codes = [f"LIB-{number:02}" for number in range(people)]
    units = "\n".join(f"  - {{code: {each}, name: ห้องสมุด {each}, kind: library, parent: '23000000'}}" for each in codes)
    return f"""
units:
  - {{code: "23000000", name: สำนักวัฒนธรรม กีฬา และการท่องเที่ยว, kind: bureau}}
{units}
indicators:
  - {{code: 2300-849, name: จำนวนกิจกรรม, owner: "23000000", unit_of_measure: ครั้ง, kind: count, part_kind: count}}
assignments:
  - {{indicator: 2300-849, units: [{", ".join(codes)}], fiscal_year: 2570}}
rounds:
  - {{fiscal_year: 2570, quarter: 1, opens: 2026-12-01}}
"""


class Process:
    """A process of the bot."""

    def __init__(self, role: str, port: int, started: BotProcess) -> None:
        self.role = role
        self.port = port
        self.started = started

    def kill(self, how: int = signal.SIGKILL) -> None:
        """Signal it, and wait until it is gone."""
        self.started.send_signal(how)
        self.started.join()


@dataclass(slots=True)
class Writer:
    """Somebody who writes lines; `firsts` are those that LINE delivered at its first try, in that order."""

    person: Person
    unit: str
    lines: list[str] = field(default_factory=list)
    firsts: list[str] = field(default_factory=list)


class City:
    """The platform, the people and the processes. `nats`: the queue's address; empty is the embedded queue.

    `clock` is the right time, LINE's; the processes' machine may be wrong about it (`set_wrong`). `quota`: pushes a
    month, None without a limit.
    """

    def __init__(
        self, database_url: str, folder: Path, people: int, nats: str = "", *, quota: int | None = None
    ) -> None:
        self.database_url, self.folder, self.nats = database_url, folder, nats
        self.clock = Clock(datetime.fromisoformat(START), read_settings(_env_file=None).timezone)
        self.reminds = False
        """Whether the hour of the reminders has come."""
        self.set_wrong(timedelta())
        self.dice = random.Random(2570)
        self.platform = Platform(
            channel_secret=SECRET,
            access_token=TOKEN,
            clock=self.clock,
            people=[],
            monthly_quota=quota,
            calls_kept=100_000,
            deliveries_kept=100_000,
            redelivery_pauses_s=LINE_DELIVERS_AGAIN_AFTER,
        )
        self.writers = [
            Writer(Person(f"ผู้รายงาน {number}", id="U" + f"{number + 1:032x}"), f"LIB-{number:02}")
            for number in range(people)
        ]
        for writer in self.writers:
            self.platform.people.add(writer.person)
        self.processes: list[Process] = []
        self.line: TestServer

    # ── time ────────────────────────────────────────────────────────────────────────────────────────────────────────
    def set_wrong(self, by: timedelta) -> None:
        """Somebody sets the machine's clock: it is wrong by so much, zero is right."""
        self._wrong = by
        moved = (self.clock.now() - datetime.now(UTC) + by).total_seconds()
        fresh = self.folder / "wall.new"
        fresh.write_text(str(moved), "ascii")
        fresh.replace(self._wall)

    def pass_time(self, by: timedelta) -> None:
        """So much time passes at once, everywhere."""
        self.clock.forward(by)
        self.set_wrong(self._wrong)

    def remind(self) -> None:
        """It is half past eight, when a scheduler reminds, if there is one."""
        self.pass_time(datetime.fromisoformat(START) + REMINDS_AT - self.clock.now())
        self.reminds = any(each.role in {"", "scheduler"} for each in self.processes)

    @property
    def _wall(self) -> Path:
        return self.folder / "wall"

    # ── processes ───────────────────────────────────────────────────────────────────────────────────────────────────
    async def start(self, role: str = "", port: int = 0, *, ready: bool = True) -> Process:
        """One more process, `ready` if that is waited for. Without a role it does everything."""
        port = port or free_port()
        address = str(self.line.make_url("/"))
        settings = {
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "LINE_API_BASE_URL": address,
            "LINE_DATA_API_BASE_URL": address,
            "DATABASE_URL": self.database_url,
            "NATS_URL": self.nats,
            "STORAGE_DIR": str(self.folder / "storage"),
            "WALL_CLOCK": str(self._wall),
        }
        words = ("serve", "--port", str(port), *(("--role", role) if role else ()))
        log = self.folder / f"{role or 'bot'}-{port}.log"
        process = Process(
            role, port, BotProcess(*words, folder=self.folder, settings=settings, output=log, main=served)
        )
        self.processes.append(process)
        if ready:
            await self.until_ready(process)
        return process

    async def until_ready(self, process: Process) -> None:
        url = f"http://127.0.0.1:{process.port}/readyz"
        async with aiohttp.ClientSession() as session, asyncio.timeout(120):
            while True:
                assert process.started.returncode is None, self.log_of(process)
                with suppress(aiohttp.ClientError):
                    async with session.get(url) as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.05)

    def log_of(self, process: Process) -> str:
        return (self.folder / f"{process.role or 'bot'}-{process.port}.log").read_text()[-4000:]

    async def again(self, process: Process, *, ready: bool = True) -> Process:
        """The process that supervision starts in the place of one that died."""
        self.processes.remove(process)
        return await self.start(process.role, process.port, ready=ready)

    def some(self, *roles: str) -> Process:
        """A process at random, of these roles if any are given."""
        return self.dice.choice([each for each in self.processes if not roles or each.role in roles])

    def front(self) -> str:
        """Where LINE delivers: one of the processes that take webhooks, as behind a load balancer."""
        fronts = [each for each in self.processes if each.role in {"", "web"} and each.started.returncode is None]
        port = self.dice.choice(fronts).port if fronts else self.processes[0].port
        return f"http://127.0.0.1:{port}/callback"

    # ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────
    async def says(self, writer: Writer, text: str) -> int:
        self.platform.callback_url = self.front()
        return await self.platform.say(writer.person.id, text)

    async def asked(self, writer: Writer, text: str) -> str:
        """Say something while all is well; the text of the answer."""
        chat = self.platform.chat(writer.person.id)
        before = chat.last
        await self.says(writer, text)  # on a busy machine LINE may have to deliver it again
        answers = await chat.wait_for_reply(before, ANSWERED_WITHIN)
        return "\n".join(str(each["message"].get("text", each["message"]["type"])) for each in answers)

    async def begin(self, writer: Writer) -> None:
        """As far as the narrative's question."""
        await self.asked(writer, "รายงาน 2300-849 ไตรมาส 1")
        assert "2/2" in await self.asked(writer, "20")

    async def write(self, writer: Writer, lines: int, pause: float) -> None:
        """Numbered lines, as fast as somebody types who has prepared them."""
        for number in range(len(writer.lines) + 1, len(writer.lines) + lines + 1):
            line = f"บรรทัดที่ {number} ของ {writer.unit}"
            writer.lines.append(line)
            if await self.says(writer, line) == 200:
                writer.firsts.append(line)
            await asyncio.sleep(self.dice.uniform(0, 2 * pause))

    async def settled(self) -> None:
        """Until LINE has delivered everything, all is handled, and every answer has left or is given up."""
        self.platform.callback_url = self.front()
        async with asyncio.timeout(SETTLED_WITHIN):
            await self.platform.settled()
            while await WebhookEvent.filter(state="waiting").exists() or await self._missing():  # noqa: ASYNC110
                await asyncio.sleep(0.1)
            while not await self.reminded():  # noqa: ASYNC110
                await asyncio.sleep(0.1)
            while await OutgoingMessage.filter(state__in=("waiting", "sending")).exists():  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    async def reminded(self) -> bool:
        """Whether everybody's reminder is written, or nobody is to write any."""
        return not self.reminds or await ScheduleRun.filter(name="remind").exists()

    async def _missing(self) -> bool:
        """Whether an event that was acknowledged is not in the database yet."""
        known = set(await WebhookEvent.all().values_list("id", flat=True))
        return bool(self.acknowledged() - known)

    def acknowledged(self) -> set[str]:
        return {event_id for each in self.platform.deliveries if each.status == 200 for event_id in each.event_ids}

    async def finish(self) -> Tally:
        """Everybody sends the report; then count."""
        await self.settled()
        for writer in self.writers:
            await self.asked(writer, "จบ")
            await self.asked(writer, "ส่งรายงาน")
        await self.settled()
        return await counted(self)

    async def set_up(self) -> None:
        begin = self.clock.now()
        await import_setup(parse_yaml(office(len(self.writers)), "office.yaml"), begin)
        for writer in self.writers:
            stored = await organisation.Person.create(
                line_user_id=writer.person.id,
                name=writer.person.name,
                position="บรรณารักษ์",
                notice_acknowledged_at=begin,
                created_at=begin,
            )
            unit = await organisation.Unit.get(code=writer.unit)
            await organisation.Membership.create(
                person=stored,
                unit=unit,
                role=Role.REPORTER.value,
                valid_from=begin.date() - timedelta(days=30),
                approved_at=begin,
            )


@asynccontextmanager
async def city(
    database_url: str,
    folder: Path,
    people: int,
    nats: str = "",
    *,
    roles: Sequence[str] = SEVERAL,
    quota: int | None = None,
) -> AsyncIterator[City]:
    """The city, its people at the narrative's question, over one process, or with `nats` over one for each role."""
    found = City(database_url, folder, people, nats, quota=quota)
    await open_database(database_url)
    await found.set_up()
    found.line = TestServer(found.platform.application())
    await found.line.start_server()
    try:
        await asyncio.gather(*(found.start(role) for role in (roles if nats else ("",))))
        await asyncio.gather(*(found.begin(writer) for writer in found.writers))
        yield found
    finally:
        for process in found.processes:
            process.kill()
        await found.line.close()
        await close_database()
