"""How fast the public pages are: an indicator of 36 units and 10 years, beside a bare aiohttp page of its size."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bench.servers import postgres, postgres_database
from bot import sql
from bot.clock import Clock
from bot.database import close_database, migrate, open_database, writing
from bot.evidence.store import Store
from bot.pages.routes import Pages
from bot.settings import read_settings
from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from bot.statements import ADD_VERSION
from models.tables.indicator import Indicator
from models.tables.organisation import Person, Unit

UNITS, YEARS = 36, range(2561, 2571)
AT_ONCE = 16
CODE = "2300-900"
PAGE = f"/indicators/2570/{CODE}"
FIRST_NUMBER = 900_001
"""Of the reports: beside those of another office."""
NARRATIVE = "จัดกิจกรรมส่งเสริมการอ่านและเผยแพร่บรรณนิทัศน์ออนไลน์ทางสื่อสังคมออนไลน์ของห้องสมุด " * 8

Rates = dict[str, dict[str, tuple[float, float, float]]]
"""Database → what was asked for → answers a second: the median of the rounds, the least and the most."""

_ADD_REPORT = sql.insert(
    "report",
    *("id", "unit_id", "indicator_id", "fiscal_year", "quarter", "number", "version", "state", "accepted_version"),
)


async def pages(folder: Path, say: Callable[[str], None], *, quick: bool) -> Rates:
    """Measure on each database, each kind of answer in turns with the bare page.

    `kept`: nothing changed since it was made; `unchanged`: the browser has it, 304; `made`: read and rendered anew;
    `bare`: the same bytes from a handler that does nothing else. Client and server share one process and its loop.
    """
    found: Rates = {}
    with postgres(folder) as server:
        async with postgres_database(server, "pages") as url:
            for name, address in (("SQLite", f"sqlite://{folder / 'pages.sqlite3'}"), ("PostgreSQL", url)):
                await migrate(address)
                await open_database(address)
                try:
                    await fill()
                    found[name] = await _measured(rounds=1 if quick else 7, seconds=0.2 if quick else 2.0)
                finally:
                    await close_database()
                say(f"{name}: {found[name]['kept'][0]:.0f} pages a second")
    return found


def table(rates: Rates) -> str:
    """The figures as a table, each beside its share of the bare page's in the same run."""
    lines = ["| pages a second | " + " | ".join(rates) + " |", "| --- |" + " --- |" * len(rates)]
    for what in ("bare", "kept", "unchanged", "made"):
        cells = []
        for each in rates.values():
            middle, least, most = each[what]
            cells.append(f"{middle:.0f} ({least:.0f}–{most:.0f}), {middle / each['bare'][0]:.2f}×")
        lines.append(f"| {what} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


async def fill() -> None:
    """36 libraries and their bureau, 10 years of four quarters, all accepted."""
    at = _now()
    units = "\n".join(
        f'  - {{code: "L{each:02}", name: ห้องสมุดแห่งที่ {each}, kind: library, parent: B}}' for each in range(UNITS)
    )
    codes = ", ".join(f'"L{each:02}"' for each in range(UNITS))
    assigned = "\n".join(f"  - {{indicator: {CODE}, units: [B, {codes}], fiscal_year: {year}}}" for year in YEARS)
    targets = "\n".join(f"  - {{indicator: {CODE}, unit: B, fiscal_year: {year}, value: 36}}" for year in YEARS)
    text = (
        f"units:\n  - {{code: B, name: สำนัก, kind: bureau}}\n{units}\nindicators:\n  - {{code: {CODE}, order: 8,"
        " name: จำนวนห้องสมุดเพื่อการเรียนรู้, owner: B, unit_of_measure: ห้อง, kind: count, part_kind: yes_no,"
        f" over_units: count_met}}\nassignments:\n{assigned}\ntargets:\n{targets}\n"
    )
    await import_setup(parse_yaml(text, "bench"), at)
    indicator = await Indicator.get(code=CODE)
    person = await Person.first() or await Person.create(name="ผู้รายงาน", created_at=at)
    units_there = await Unit.filter(assignments__indicator=indicator).distinct().order_by("code")
    reports: list[tuple[Any, ...]] = []
    versions: list[tuple[Any, ...]] = []
    for year in YEARS:
        for quarter in (1, 2, 3, 4):
            for number, unit in enumerate(units_there, FIRST_NUMBER):
                report, done = uuid4(), int(quarter > 2)
                result = UNITS * done if unit.code == "B" else done
                reports.append((report, unit.id, indicator.id, year, quarter, number, 1, "accepted", 1))
                reason = "" if done else "in_progress"
                said = (str(result), result, reason, NARRATIVE, "", at, False, person.id, "", "", "", "[]")
                versions.append((uuid4(), report, 1, *said))
    async with writing() as connection:
        if connection.capabilities.dialect == "sqlite":
            reports = [(str(row[0]), *row[1:]) for row in reports]
            versions = [(str(row[0]), str(row[1]), *row[2:]) for row in versions]
        await sql.write(connection, _ADD_REPORT, reports)
        await sql.write(connection, ADD_VERSION, versions)


async def _measured(*, rounds: int, seconds: float) -> dict[str, tuple[float, float, float]]:
    now = _now()

    async def no_store() -> Store:
        raise RuntimeError("nobody asks for pictures here")

    site = Pages("https://raingan.example", lambda: now, no_store)
    app = web.Application()
    app.add_routes(site.routes())
    bare = b""

    async def nothing_else(_request: web.Request) -> web.Response:
        return web.Response(body=bare, content_type="text/html", charset="utf-8")

    app.router.add_get("/bare", nothing_else)
    rates: dict[str, list[float]] = {"bare": [], "kept": [], "unchanged": [], "made": []}
    async with (
        TestServer(app) as server,
        aiohttp.ClientSession(str(server.make_url("/")), auto_decompress=False) as session,
    ):
        async with session.get(PAGE, headers={"Accept-Encoding": "gzip"}) as answer:
            bare, tag = await answer.read(), answer.headers["ETag"]
        zipped = {"Accept-Encoding": "gzip"}
        kinds = {
            "bare": _Kind("/bare", {}, 200),
            "kept": _Kind(PAGE, zipped, 200),
            "unchanged": _Kind(PAGE, {"If-None-Match": tag}, 304),
            "made": _Kind(PAGE, zipped, 200, at_once=1, anew=True),
        }
        for number in range(rounds):
            order = list(kinds) if number % 2 else list(reversed(kinds))
            for what in order:
                rates[what].append(await _rate(session, site, kinds[what], seconds))
    return {what: (median(each), min(each), max(each)) for what, each in rates.items()}


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is asked for, and how it has to be answered."""

    path: str
    headers: dict[str, str]
    status: int
    at_once: int = AT_ONCE
    anew: bool = False
    """Whether what was made is let go before each."""


async def _rate(session: aiohttp.ClientSession, site: Pages, kind: _Kind, seconds: float) -> float:
    """Answers a second. Raises RuntimeError when one is not what was asked for."""
    done, begun = 0, time.perf_counter()

    async def visitor() -> None:
        nonlocal done
        while time.perf_counter() < begun + seconds:
            if kind.anew:
                site.forget()
            async with session.get(kind.path, headers=kind.headers) as answer:
                await answer.read()
                if answer.status != kind.status:
                    raise RuntimeError(f"{kind.path}: {answer.status}")
            done += 1

    await asyncio.gather(*(visitor() for _ in range(kind.at_once)))
    return done / (time.perf_counter() - begun)


def _now() -> datetime:
    return Clock(None, read_settings(_env_file=None).timezone).now()
