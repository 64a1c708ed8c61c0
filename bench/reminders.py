"""Reminders: the time to plan them, to write them and to push them at LINE's rate, by the number of people."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import msgspec
from tortoise.connection import get_connection

from bench.line import Pushed
from bench.office import INDICATORS, chat_id
from bench.processes import environment, line, process
from bench.reminding import MORNING, Reminded, Step
from bench.servers import postgres, postgres_database
from bot import sql
from bot.database import close_database, migrate, open_database, writing
from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from models.tables.indicator import Indicator
from models.tables.organisation import Unit

SIZES = (10_000, 100_000)
QUICK_SIZES = (1_000,)

Say = Callable[[str], None]

_YEAR = 2570
_ADD_UNIT = sql.insert("unit", "id", "code", "name", "name_en", "kind", "phone", "parent_id")
_ADD_PERSON = sql.insert(
    "person",
    *("id", "line_user_id", "name", "position", "language", "notice_acknowledged_at", "shared_account", "created_at"),
)
_ADD_MEMBERSHIP = sql.insert("membership", "person_id", "unit_id", "role", "valid_from", "approved_at")
_ADD_CHAT = sql.insert("chat", "id", "session", "updated_at")
_ADD_ASSIGNMENT = sql.insert("assignment", "indicator_id", "unit_id", "fiscal_year", "quarters")


@dataclass(frozen=True, slots=True)
class Round:
    """One round's reminders and what LINE counted of them."""

    reminded: Reminded
    pushed: Pushed


Found = Mapping[tuple[str, int], Round]
"""(database, people) → what became of them."""


async def reminders(folder: Path, say: Say, *, quick: bool) -> Found:
    """Remind ever more people, once each; raises RuntimeError unless each got exactly one push.

    Everybody has two reports to give and a unit of their own, for of a unit's people only one is reminded.
    At LINE's rate alone the most take most of a minute.
    """
    found: dict[tuple[str, int], Round] = {}
    sizes = QUICK_SIZES if quick else SIZES
    with postgres(folder) as server:
        for people in sizes:
            found["SQLite", people] = await _round(f"sqlite://{folder}/{people}.sqlite3", people)
            _tell(say, "SQLite", people, found)
            async with postgres_database(server, f"reminders_{people}") as url:
                found["PostgreSQL", people] = await _round(url, people)
            _tell(say, "PostgreSQL", people, found)
    return found


def table(found: Found) -> str:
    """The figures, each step with the longest time in which the loop stood still."""
    head = ("people", "database", "read the set-up", "plan", "plan and write", "send", "pushes/s", "over LINE's rate")
    rows = (
        (
            f"{people:,}",
            database,
            *map(_step, (one.reminded.read, one.reminded.plan, one.reminded.write, one.reminded.send)),
            f"{people / one.reminded.send.seconds:,.0f}",
            f"{one.pushed.limited:,}",
        )
        for (database, people), one in found.items()
    )
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(each)} |" for each in lines) + "\n"


def _step(step: Step) -> str:
    return f"{step.seconds:.2f} s ({step.still * 1000:.0f} ms)"


def _tell(say: Say, database: str, people: int, found: Found) -> None:
    it = found[database, people].reminded
    say(
        f"{database}, {people:,} people: planned in {it.plan.seconds:.1f} s, written in {it.write.seconds:.1f} s,"
        f" sent in {it.send.seconds:.1f} s"
    )


async def _round(url: str, people: int) -> Round:
    await fill(url, people)
    async with line() as platform:
        async with process("-m", "bench.reminding", url, platform.address, env=environment()) as started:
            assert started.stdout is not None
            reminded = msgspec.json.decode(await started.stdout.readline(), type=Reminded)
        async with aiohttp.ClientSession() as session, session.get(f"{platform.address}/pushes") as answer:
            pushed = msgspec.json.decode(await answer.read(), type=Pushed)
    if (pushed.accepted, pushed.people) != (people, people):
        raise RuntimeError(f"{people} people were to get one push each: {pushed}")
    return Round(reminded, pushed)


async def fill(url: str, people: int) -> None:
    """Fill an empty database with so many reporters, each of a library that has reported nothing yet."""
    await migrate(url)
    await open_database(url)
    try:
        await import_setup(parse_yaml(_set_up(), "bench"), MORNING)
        bureau = await Unit.get(kind="bureau")
        indicators = [each.id for each in await Indicator.all()]
        # Numbers past those that the import gave.
        numbers = range(bureau.id + 1, bureau.id + 1 + people)
        day = MORNING.date().replace(year=2020)
        async with writing() as connection:
            writes = (
                (_ADD_UNIT, [(n, f"L{n:06}", f"ห้องสมุดแห่งที่ {n}", "", "library", "", bureau.id) for n in numbers]),
                (_ADD_PERSON, [(n, chat_id(n), f"ผู้รายงาน {n}", "", "th", MORNING, False, MORNING) for n in numbers]),
                (_ADD_MEMBERSHIP, [(n, n, "reporter", day, MORNING) for n in numbers]),
                (_ADD_CHAT, [(chat_id(n), "{}", MORNING) for n in numbers]),
                (_ADD_ASSIGNMENT, [(each, n, _YEAR, "[1]") for n in numbers for each in indicators]),
            )
            await sql.write_all(connection, writes)
        await get_connection("default").execute_query("ANALYZE")
    finally:
        await close_database()


def _set_up() -> str:
    """The office without its libraries; JSON is YAML."""
    return json.dumps(
        {
            "units": [{"code": "23000000", "name": "สำนักวัฒนธรรม กีฬา และการท่องเที่ยว", "kind": "bureau"}],
            "indicators": [
                {
                    "code": code,
                    "order": order,
                    "name": name,
                    "unit_of_measure": "คน",
                    "kind": "count",
                    "owner": "23000000",
                    "over_quarters": "latest",
                }
                for order, (code, name) in enumerate(
                    zip(INDICATORS, ("จำนวนผู้เข้าร่วมกิจกรรมส่งเสริมการอ่าน", "จำนวนผู้ใช้บริการห้องสมุด"), strict=False), 8
                )
            ],
            "rounds": [
                {"fiscal_year": _YEAR, "quarter": 1, "opens": "2027-01-01", "due": "2027-01-15", "closes": "2027-01-29"}
            ],
        },
        ensure_ascii=False,
    )
