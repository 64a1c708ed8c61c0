"""The office that is measured: libraries with a reporter each, last quarter reported, this quarter's round open."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection

from bench.line import Person
from bot.clock import Clock
from bot.database import close_database, migrate, open_database, writing
from bot.settings import read_settings
from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from models.rules.fiscal import Quarter
from models.tables import organisation

INDICATORS = ("2300-848", "2300-849", "2300-850")
BEGIN = f"รายงาน {INDICATORS[1]}"
ANSWERS = (
    "{result}",
    "จัดกิจกรรมเล่านิทานและกิจกรรมส่งเสริมการอ่านทุกวันเสาร์ มีผู้ลงชื่อเข้าร่วมตามจำนวนที่รายงาน ณ ห้องสมุดแห่งที่ L{number:05}",
    "จบ",
)
"""What a reporter types in the middle of a report: the result, the narrative, that the narrative is whole."""


SETTLED_WITHIN = 30.0
"""Seconds."""


def now() -> datetime:
    """The office's time, which is the computer's."""
    return Clock(None, read_settings(_env_file=None).timezone).now()


def chat_id(number: int) -> str:
    return f"U{number:032x}"


def reporters(count: int, texts: Sequence[str]) -> list[Person]:
    """The first so many reporters, each with these texts and their own numbers in them: nobody repeats another.

    Nobody's is 555: that is laughter, and asked back.
    """
    return [
        Person(chat_id(number), [each.format(number=number, result=130 + number + (number >= 425)) for each in texts])
        for number in range(count)
    ]


async def make_office(url: str, libraries: int, stored: int = 0) -> None:
    """Fill an empty database: the set-up through the import, the people and last quarter's reports beside it.

    `stored`: as many reports in all, the further ones of earlier years and of units that report no more.
    """
    at = now()
    await migrate(url)
    await open_database(url)
    try:
        await import_setup(parse_yaml(_set_up(libraries, at.date()), "bench"), at)
        await _people(libraries, at)
        async with writing() as connection:
            dialect = connection.capabilities.dialect
            await connection.execute_query(_LAST_QUARTER[dialect], _quarter_before(at.date()))
            if stored:
                await _earlier(connection, stored - libraries * len(INDICATORS), at.date())
            await connection.execute_query(_VERSIONS[dialect], [at])
        await get_connection("default").execute_query("ANALYZE")
    finally:
        await close_database()


def _set_up(libraries: int, today: date) -> str:
    """The office as a set-up file; JSON is YAML."""
    quarter = Quarter.of(today)
    codes = [f"L{n:05}" for n in range(libraries)]
    bureau = "23000000"
    years = sorted({quarter.fiscal_year, quarter.previous.fiscal_year})
    common = {"owner": bureau, "over_quarters": "latest"}
    return json.dumps(
        {
            "units": [
                {"code": bureau, "name": "สำนักวัฒนธรรม กีฬา และการท่องเที่ยว", "kind": "bureau"},
                *({"code": each, "name": f"ห้องสมุด {each}", "kind": "library", "parent": bureau} for each in codes),
            ],
            "indicators": [
                {
                    **common,
                    "code": INDICATORS[0],
                    "order": 8,
                    "name": "จำนวนห้องสมุดมีชีวิต",
                    "unit_of_measure": "ห้อง",
                    "kind": "count",
                    "part_kind": "yes_no",
                },
                {
                    **common,
                    "code": INDICATORS[1],
                    "order": 9,
                    "name": "จำนวนผู้เข้าร่วมกิจกรรมส่งเสริมการอ่าน",
                    "unit_of_measure": "คน",
                    "kind": "count",
                },
                {
                    **common,
                    "code": INDICATORS[2],
                    "order": 10,
                    "name": "ร้อยละความพึงพอใจของผู้ใช้บริการห้องสมุด",
                    "unit_of_measure": "ร้อยละ",
                    "kind": "percent",
                },
            ],
            "targets": [
                {"indicator": INDICATORS[1], "unit": each, "fiscal_year": year, "value": 400}
                for each in codes
                for year in years
            ],
            "assignments": [
                {"indicator": each, "units": codes, "fiscal_year": year} for each in INDICATORS for year in years
            ],
            "rounds": [
                {
                    "fiscal_year": each.fiscal_year,
                    "quarter": each.number,
                    "opens": each.first_day.isoformat(),
                    "due": (each.last_day + timedelta(days=10)).isoformat(),
                    "closes": (each.last_day + timedelta(days=20)).isoformat(),
                }
                for each in (quarter.previous, quarter)
            ],
        },
        ensure_ascii=False,
    )


async def _people(libraries: int, at: datetime) -> None:
    units = await organisation.Unit.filter(kind="library").order_by("code")
    await organisation.Person.bulk_create(
        organisation.Person(
            id=number + 1,
            line_user_id=chat_id(number),
            name=f"ผู้รายงาน {number}",
            position="บรรณารักษ์",
            notice_acknowledged_at=at,
            created_at=at,
        )
        for number in range(libraries)
    )
    await organisation.Membership.bulk_create(
        organisation.Membership(
            person_id=number + 1, unit=unit, role="reporter", valid_from=date(2020, 10, 1), approved_at=at
        )
        for number, unit in enumerate(units)
    )


async def _earlier(connection: BaseDBAsyncClient, reports: int, today: date) -> None:
    """So many reports of the ten years before: first of the libraries' own, then of former units."""
    dialect = connection.capabilities.dialect
    a_unit = len(INDICATORS) * 4 * _YEARS
    units = -(-max(reports, 0) // a_unit)
    await connection.execute_query(
        "INSERT INTO unit (code, name, name_en, kind, phone, valid_to) SELECT 'former-' || n, 'ห้องสมุดเดิม ' || n, '',"
        f" 'library', '', '2000-01-01' FROM {_NUMBERS[dialect]}",
        [units],
    )
    first = Quarter.of(today).fiscal_year - 1 - _YEARS
    await connection.execute_query(_EARLIER[dialect], [first, reports])


def _quarter_before(today: date) -> list[Any]:
    before = Quarter.of(today).previous
    return [before.fiscal_year, before.number]


_UUID = {
    "sqlite": "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8'"
    " || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))",
    "postgres": "gen_random_uuid()",
}
_LAST_QUARTER = {
    dialect: "INSERT INTO report (id, unit_id, indicator_id, fiscal_year, quarter, number, version, state)"
    f" SELECT {_UUID[dialect]}, u.id, i.id, {year}, {quarter},"
    " row_number() OVER (ORDER BY u.id, i.id), 1, 'submitted'"
    " FROM unit u CROSS JOIN indicator i WHERE u.kind = 'library'"
    for dialect, year, quarter in (("sqlite", "?", "?"), ("postgres", "$1::int", "$2::int"))
}
_YEARS = 10
_NUMBERS = {
    "sqlite": "(WITH RECURSIVE counted(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM counted WHERE n < ?)"
    " SELECT n FROM counted) AS numbers",
    "postgres": "generate_series(1, $1::int) AS numbers(n)",
}
_EARLIER = {
    dialect: "INSERT INTO report (id, unit_id, indicator_id, fiscal_year, quarter, number, version, state)"
    f" SELECT {_UUID[dialect]}, u.id, i.id, {first} + y.n, q.n,"
    " row_number() OVER (PARTITION BY y.n, q.n ORDER BY u.id, i.id), 1, 'submitted'"
    " FROM unit u CROSS JOIN indicator i"
    f" CROSS JOIN ({' UNION ALL '.join(f'SELECT {n} AS n' for n in range(_YEARS))}) y"
    " CROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) q"
    f" WHERE u.kind = 'library' LIMIT {most}"
    for dialect, first, most in (("sqlite", "?", "?"), ("postgres", "$1::int", "$2::int"))
}
_VERSIONS = {
    dialect: "INSERT INTO report_version (id, report_id, version, answer, result, zero_reason, narrative, explanation,"
    " submitted_at, late, person_id, reporter_name, reporter_position, on_behalf_of, message_ids)"
    f" SELECT {_UUID[dialect]}, r.id, 1, '120', 120, '', 'จัดกิจกรรมส่งเสริมการอ่านตามแผน', '', {at}, FALSE, 1,"
    " 'ผู้รายงาน', 'บรรณารักษ์', '', '[]' FROM report r"
    for dialect, at in (("sqlite", "?"), ("postgres", "$1"))
}


_SETTLED = (
    "SELECT (SELECT COUNT(*) FROM webhook_event WHERE state = 'handled') AS handled,"
    " (SELECT COUNT(*) FROM outgoing_message WHERE state IN ('waiting', 'sending')) AS on_their_way"
)


class Stage:
    """The measured database from beside the bot: set back before each round, counted after it."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def open(self) -> None:
        await open_database(self._url)

    async def close(self) -> None:
        await close_database()

    async def keep(self) -> None:
        """Remember where every chat stands: each round begins there."""
        async with writing() as connection:
            await connection.execute_query("CREATE TABLE bench_chat AS SELECT id, session FROM chat")

    async def set_back(self) -> None:
        """Every chat where it stood, and nothing answered yet."""
        async with writing() as connection:
            for table in ("draft", "audit_entry", "webhook_event", "outgoing_message"):
                await connection.execute_query(f"DELETE FROM {table}")
            await connection.execute_query(
                "UPDATE chat SET session = (SELECT b.session FROM bench_chat b WHERE b.id = chat.id)"
            )

    async def settled(self, events: int) -> None:
        """Wait until so many events are handled and the outcome of every answer is written down."""
        connection = get_connection("default")
        async with asyncio.timeout(SETTLED_WITHIN):
            while True:
                rows = await connection.execute_query_dict(_SETTLED)
                if (rows[0]["handled"], rows[0]["on_their_way"]) == (events, 0):
                    return
                await asyncio.sleep(0.1)

    async def count(self) -> dict[str, int]:
        """What is stored: events handled, and drafts by how far they have come."""
        connection = get_connection("default")
        events = await connection.execute_query_dict("SELECT COUNT(*) AS n FROM webhook_event WHERE state = 'handled'")
        drafts = await connection.execute_query_dict("SELECT answers FROM draft")
        answers = [json.loads(row["answers"]) if isinstance(row["answers"], str) else row["answers"] for row in drafts]
        whole = sum(1 for each in answers if each.get("narrative", {}).get("done"))
        return {"events": events[0]["n"], "drafts": len(answers), "whole": whole}
