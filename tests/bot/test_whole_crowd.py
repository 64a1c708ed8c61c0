"""Thirty-two people in mid-report write at once: what it costs, through the whole bot."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from tortoise.connection import get_connection

from models.tables.report import Draft
from tests.town import Town, town

START = "2027-01-05T14:00:00+07:00"
PEOPLE = 32
MOST_COMMITS = 12
"""The first to arrive is handled alone, the rest in one or two groups; what LINE answered is noted in a few more."""


def office(folder: Path) -> Path:
    """A set-up file with a library for each."""
    rows = ["units:", '  - {code: "23000000", name: สำนัก, kind: bureau}']
    rows += [f'  - {{code: L{n:02}, name: ห้องสมุด {n}, kind: library, parent: "23000000"}}' for n in range(PEOPLE)]
    rows += [
        "indicators:",
        '  - {code: 2300-849, order: 1, name: จำนวนกิจกรรม, owner: "23000000", unit_of_measure: ครั้ง,',
        "     kind: count, part_kind: count}",
        "assignments:",
        f"  - {{indicator: 2300-849, units: [{', '.join(f'L{n:02}' for n in range(PEOPLE))}], fiscal_year: 2570}}",
        "rounds:",
        "  - {fiscal_year: 2570, quarter: 1, opens: 2026-12-01}",
    ]
    path = folder / "crowd.yaml"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


async def everybody_says(place: Town, text: str) -> None:
    """All at once; returns when all are answered."""
    place.clock.forward(timedelta(seconds=5))
    before = {name: place.platform.chat(person.id).last for name, person in place.people.items()}
    sent = await asyncio.gather(*(place.platform.say(person.id, text) for person in place.people.values()))
    assert sent == [200] * PEOPLE
    await asyncio.gather(*(place.answers(name, after) for name, after in before.items()))


async def mid_report(place: Town) -> None:
    """Everybody is at the narrative."""
    for number in range(PEOPLE):
        await place.reporter(f"ผู้รายงาน {number}", f"L{number:02}")
    await everybody_says(place, "รายงาน ไตรมาส 1")
    await everybody_says(place, "36")


async def test_a_crowd_in_mid_report_costs_few_commits_on_sqlite(sqlite_url: str, tmp_path: Path) -> None:
    """SQLite's own trace counts the commits of thirty-two narratives, their answers included."""
    async with town(sqlite_url, office(tmp_path), START) as place:
        await mid_report(place)
        traced: list[str] = []
        connection = get_connection("default")._connection
        await connection.set_trace_callback(traced.append)
        await everybody_says(place, "จัดกิจกรรมแล้ว")
        await asyncio.sleep(0.3)  # the results of the calls are stored after the answers have been seen
        await connection.set_trace_callback(None)
        assert 1 <= traced.count("COMMIT") <= MOST_COMMITS
        assert await Draft.all().count() == PEOPLE
        assert all("narrative" in each.answers for each in await Draft.all())


async def test_a_crowd_in_mid_report_costs_few_commits_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    """The drafts of thirty-two narratives carry few transaction ids."""
    async with town(postgres_url, office(tmp_path), START) as place:
        await mid_report(place)
        await everybody_says(place, "จัดกิจกรรมแล้ว")
        rows = await get_connection("default").execute_query_dict("SELECT DISTINCT xmin::text FROM draft")
        assert 1 <= len(rows) <= MOST_COMMITS // 2
        assert all("narrative" in each.answers for each in await Draft.all())
