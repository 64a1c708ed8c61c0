"""A simulated quarter: 36 libraries and 72 people whose habits are fixed in a file, before the whole bot and LINE.

Nothing waits for real time. The clock stands still while things happen and is moved from one event to the next: the
schedules look at the beginning of the working hours, what they wrote goes out, and people write later in the day.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from tortoise.connection import get_connection
from tortoise.expressions import F

from bot.office import read_office
from bot.running import RUNNING, Running
from bot.simulator.events import source
from bot.simulator.faults import Fault
from models.rules.fiscal import Quarter
from models.rules.office import Office, Role
from models.tables import organisation
from models.tables.audit import Installation
from models.tables.reminder import Holiday, Reminder
from tests.town import Town, town

FOLDER = Path(__file__).parent
OFFICE = FOLDER / "office.yaml"
OPENS = "2026-12-01T08:00:00+07:00"
QUARTER = Quarter(2570, 1)
LOOKS_AT, WRITE_AT, DAY_ENDS = time(8, 30), time(10, 0), time(16, 20)
"""When the schedules look, when people write, and when the day's last messages are noted."""
REPORTS = {
    "2300-848": "รายงาน 2300-848 ไตรมาส 1 แล้ว จัดมุมอ่านใหม่และเปิดให้บริการแล้ว",
    "2300-849": "รายงาน 2300-849 ไตรมาส 1 12 ครั้ง จัดกิจกรรมเล่านิทาน 12 ครั้ง",
    "2300-850": "รายงาน 2300-850 ไตรมาส 1 1,240 คน มีผู้ใช้บริการ 1,240 คน",
}
"""What a library reports, one message an indicator."""
REMINDER = "เตือนพรุ่งนี้"
"""Every reminder offers this, and nothing else that is pushed does."""
COORDINATOR = "อรุณี ประสานดี"
DECIDED = date(2027, 1, 8)
"""A holiday by the cabinet's decision: the Friday before the due day, on which people would be reminded."""


@dataclass(slots=True)
class Reporter:
    """A person as the file has them, and whether they were reminded yet."""

    name: str
    library: str
    habit: str
    day: date | None = None
    reminded: bool = False


def habits(change: Callable[[Reporter], str] = lambda each: each.habit) -> list[Reporter]:
    """The people of the file, each with the habit that `change` gives them."""
    people = [Reporter(**row) for row in yaml.safe_load((FOLDER / "habits.yaml").read_text("utf-8"))["people"]]
    for each in people:
        each.habit = change(each)
    return people


@dataclass
class Round:
    """The office in its quarter."""

    place: Town
    people: list[Reporter]
    lines: list[str] = field(default_factory=list)
    """The transcript: who received what, and when."""
    pushes: int = 0
    reported: dict[str, str] = field(default_factory=dict)
    """Library → who reported the last of it."""
    sent: set[tuple[str, str]] = field(default_factory=set)
    """Library and indicator of each report that was sent."""
    reminded_on: dict[str, list[date]] = field(default_factory=dict)
    """Name → the days on which the person was reminded."""
    contacts: dict[str, set[date]] = field(default_factory=dict)
    """Library → the days on which any of its people was reminded."""
    _seen: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.place.clock.now().date()

    @property
    def running(self) -> Running:
        """The bot that runs."""
        app: Any = self.place.bot.app
        found: Running = app[RUNNING]
        return found

    @property
    def reports(self) -> int:
        """How many reports are complete."""
        return len(self.sent)

    @property
    def cost(self) -> float:
        """Pushes per completed report."""
        return self.pushes / self.reports

    def of(self, name: str) -> Reporter:
        return next(each for each in self.people if each.name == name)

    def say(self, words: str) -> None:
        """A line of the transcript."""
        self.lines.append(f"{self.place.clock.now():%d/%m %H.%M}  {words}")

    def at(self, day: date, hour: time) -> None:
        """Move the clock."""
        self.place.clock.move_to(datetime.combine(day, hour, self.place.clock.timezone))

    async def office(self) -> Office:
        """The set-up as it is read."""
        return await read_office(get_connection("default"))

    async def oversee(self, name: str, role: Role) -> None:
        """Somebody of the division with this role."""
        person = self.place.person(name)
        now = self.place.clock.now()
        stored = await organisation.Person.create(
            line_user_id=person.id, name=name, notice_acknowledged_at=now, created_at=now
        )
        unit = await organisation.Unit.get(code="23000300")
        await organisation.Membership.create(
            person=stored, unit=unit, role=role.value, valid_from=now.date(), approved_at=now
        )

    async def join(self) -> None:
        """Everybody is registered on the first day; one more holiday than the calendar has was decided."""
        await Holiday.create(day=DECIDED, name="วันหยุดพิเศษ")
        await Installation.all().update(setup_revision=F("setup_revision") + 1)
        for each in self.people:
            await self.place.reporter(each.name, each.library)
        await self.oversee(COORDINATOR, Role.COORDINATOR)
        self.say(f"เปิดรอบ {QUARTER} · {len({each.library for each in self.people})} แห่ง {len(self.people)} คน")

    async def look(self) -> None:
        """The schedules look, and everything that they wrote is delivered."""
        scheduler, outbox = self.running.scheduler, self.running.outbox
        assert scheduler is not None
        assert outbox is not None
        await scheduler.look_at_all()
        await outbox.left_behind.look()
        await self.delivered()
        self.note()
        left_out = await Reminder.filter(day=self.today, state="dropped").order_by("person_id").values("person__name")
        if left_out:
            names = ", ".join(each["person__name"] for each in left_out)
            self.say(f"โควตาไม่พอ งดเตือน {len(left_out)} คน: {names}")

    async def delivered(self) -> None:
        """Nothing is on its way any more, and what became of it is written.

        That is written a fifth of a second later, in which LINE counts a push already and the database does not know
        yet that it is counted. Nobody's day is as short as the one here.
        """
        outbox = self.running.outbox
        assert outbox is not None
        async with asyncio.timeout(20):
            while outbox.waiting:  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.005)
        await outbox.unwritten.flush()

    def note(self) -> None:
        """Write down the pushes that have come since the last look: how many of each kind, and to whom."""
        said: dict[str, list[str]] = {}
        whole: dict[str, str] = {}
        for name, person in self.place.people.items():
            for entry in self.place.platform.chat(person.id).after(self._seen.get(name, 0)):
                self._seen[name] = entry["n"]
                if entry.get("via") == "push":
                    text = words_of(entry["message"])
                    said.setdefault(text.splitlines()[0], []).append(name)
                    whole.setdefault(text.splitlines()[0], text)
                    if REMINDER in text:
                        self.reminded_on.setdefault(name, []).append(self.today)
        for first, names in said.items():
            self.pushes += len(names)
            self.say(f"→ {len(names)} คน: {', '.join(names)}")
            self.lines.extend(f"    | {line}" for line in whole[first].splitlines())
            if REMINDER in whole[first]:
                for each in self.people:
                    if each.name in names:
                        each.reminded = True
                        self.contacts.setdefault(each.library, set()).add(self.today)

    def willing(self) -> list[Reporter]:
        """Who reports today: the first of a library whose habit says so, if the library has not reported."""
        found: dict[str, Reporter] = {}
        for each in self.people:
            if each.library not in self.reported and each.library not in found and self._wants(each):
                found[each.library] = each
        return list(found.values())

    def _wants(self, each: Reporter) -> bool:
        match each.habit:
            case "unprompted":
                return each.day is not None and each.day <= self.today
            case "first":
                return each.reminded
            case "third":
                return each.reminded and len(self.contacts[each.library]) >= 3
        return False

    async def report(self, reporters: Sequence[Reporter]) -> None:
        """These write all reports of their library, everybody at once."""
        for code, report in REPORTS.items():
            names = [each.name for each in reporters if (each.library, code) not in self.sent]
            for words in (report, "ส่งรายงาน"):
                await self.together(names, words)
        for each in reporters:
            self.reported[each.library] = each.name
            self.sent.update((each.library, code) for code in REPORTS)
        who = ", ".join(f"{each.name} ({each.library})" for each in reporters)
        self.say(f"← ส่งรายงาน {len(reporters)} แห่ง: {who}")

    async def together(self, names: Sequence[str], words: str) -> None:
        """The same words from several people; returns when all are answered."""
        place = self.place
        place.clock.forward(timedelta(seconds=5))
        before = {name: place.platform.chat(place.person(name).id).last for name in names}
        sent = await asyncio.gather(*(place.platform.say(place.person(name).id, words) for name in names))
        assert sent == [200] * len(names)
        await asyncio.gather(*(place.answers(name, after) for name, after in before.items()))

    async def answer(self, name: str, words: str) -> None:
        """A person writes; how the answer begins is noted."""
        said = await self.place.says(name, words)
        self.say(f"← {name}: {words} → {words_of(said[-1]['message']).splitlines()[0]}")

    async def day(self, day: date) -> None:
        """A whole day: the schedules look in the morning, and who wants to writes in the course of it."""
        self.at(day, LOOKS_AT)
        await self.look()
        await self.write()

    async def write(self) -> None:
        """What people write today, on a day that is worked."""
        reporters = self.willing()
        if reporters and (await self.office()).working_days.works(self.today):
            self.at(self.today, WRITE_AT)
            await self.report(reporters)
        self.at(self.today, DAY_ENDS)
        await self.delivered()
        self.note()

    async def until(self, first: date, last: date) -> None:
        """Every day from the one to the other."""
        while first <= last:
            await self.day(first)
            first += timedelta(days=1)

    async def down(self, name: str, words: str) -> None:
        """A day without the bot, on which somebody writes; LINE delivers it again once the bot is back (`back`)."""
        await self.place.bot.close()
        self.at(self.today + timedelta(days=1), WRITE_AT)
        platform, user_id = self.place.platform, self.place.person(name).id
        event = platform.make.text(source(user_id), words)
        assert await platform.send_events([event]) == 0
        self.say(f"ระบบหยุดทั้งวัน · {name} เขียนว่า “{words}” บอตไม่ตอบ")
        self._undelivered = str(event["webhookEventId"])

    async def killed_in_mid_send(self, after: int) -> int:
        """A process of its own starts, begins to send, and is killed; how many LINE had taken by then.

        Of some of the calls that LINE took the process never hears, and what follows is cut off before LINE sees it.
        """
        taken, cut = [Fault()] * (after // 2), [Fault(reset=True, after_accepting=True)] * (after - after // 2)
        self.place.platform.faults.add("push", *taken, *cut, *[Fault(reset=True)] * 1000)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        process = await self.place.serve(port)
        before = len(self._push_calls())
        for _ in range(4000):
            if len(self._push_calls()) >= before + after:
                break
            await asyncio.sleep(0.005)
        process.kill()
        await process.wait()
        self.place.platform.faults.clear()
        return after

    def _push_calls(self) -> list[str]:
        return [each.endpoint for each in self.place.platform.calls if each.endpoint == "push"]

    async def back(self) -> None:
        """The bot starts again, and LINE delivers what it did not take."""
        await self.place.start()
        assert await self.place.platform.redeliver(self._undelivered) == 200

    _undelivered: str = ""


def words_of(message: dict[str, Any]) -> str:
    """What a message says: its text, or what stands for its card."""
    words: str = message.get("text") or message.get("altText") or ""
    return words


@asynccontextmanager
async def opened(database_url: str, people: list[Reporter], *, monthly_quota: int | None = 300) -> AsyncIterator[Round]:
    """The office on the day its round opens, everybody registered."""
    async with town(database_url, OFFICE, OPENS, monthly_quota=monthly_quota) as place:
        held = Round(place, people)
        await held.join()
        yield held
