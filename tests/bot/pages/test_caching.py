"""A page that has not changed costs at most one statement, and one that has is never served from before."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bot.pages.render import stylesheet
from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from models.tables.evaluation import YearSummary
from models.tables.indicator import Indicator
from models.tables.organisation import Person
from models.tables.report import Evidence, Report
from tests.bot.pages.full_office import LIBRARIES, fill
from tests.bot.pages.reading_room import NOW, OFFICE, evaluated, read, reading_room, sent, set_up

INDICATOR = "/indicators/2570/2300-848"
BUREAU = "23000000"


async def new_version() -> None:
    """A newer version waits."""
    await sent(BUREAU, 1, "8", version=2, accepted=False)


async def newly_accepted() -> None:
    """The newer version is accepted."""
    await sent(BUREAU, 1, "8", version=2)


async def another_unit() -> None:
    """A library's report is accepted."""
    await sent("23000301", 1, "1", answer="yes")


async def withdrawn() -> None:
    """The report is taken back."""
    await Report.all().update(state="withdrawn")


async def published() -> None:
    """A picture is made public."""
    await Evidence.all().update(public=True)


async def first_evaluation() -> None:
    """The quarter is evaluated."""
    await evaluated(1, "95", "95", "100")


async def summary() -> None:
    """The year's summary is written."""
    indicator = await Indicator.get(code="2300-848")
    await YearSummary.create(id=uuid4(), indicator=indicator, fiscal_year=2570, version=1, text="สรุป", at=NOW)


async def new_target() -> None:
    """The set-up changes."""
    await import_setup(parse_yaml(OFFICE.replace("value: 5", "value: 6"), "office.yaml"), NOW)


CHANGES: list[Callable[[], Awaitable[Any]]] = [
    new_version,
    newly_accepted,
    another_unit,
    withdrawn,
    published,
    first_evaluation,
    summary,
    new_target,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
async def test_the_etag_follows_the_page(database: str, change: Callable[[], Awaitable[Any]]) -> None:
    """Unchanged: 304. After each kind of change: another ETag and another page, at once."""
    await set_up()
    version = await sent(BUREAU, 1, "7")
    await Evidence.create(
        id=uuid4(),
        version=version,
        message_id="1",
        content_type="image/jpeg",
        size=1,
        sha256="0" * 64,
        path="evidence/a.jpg",
    )
    async with reading_room() as visitor:
        async with visitor.get(INDICATOR) as first:
            tag, before = first.headers["ETag"], await first.text()
        async with visitor.get(INDICATOR, headers={"If-None-Match": tag}) as again:
            assert (again.status, again.headers["ETag"]) == (304, tag)
            assert again.headers["Cache-Control"] == "no-cache"
        await change()
        async with visitor.get(INDICATOR, headers={"If-None-Match": tag}) as changed:
            assert changed.status == 200
            assert changed.headers["ETag"] != tag
            assert await changed.text() != before


async def test_what_lies_elsewhere_changes_nothing(database: str) -> None:
    """Another indicator's report and another year's leave the page as it is."""
    await set_up()
    await sent(BUREAU, 1, "7")
    async with reading_room() as visitor:
        async with visitor.get(INDICATOR) as first:
            tag = first.headers["ETag"]
        await sent("23000301", 1, "7", code="2300-849")
        await sent(BUREAU, 1, "7", year=2569)
        async with visitor.get(INDICATOR, headers={"If-None-Match": tag}) as again:
            assert again.status == 304


async def test_nobody_is_shown_what_was_before(database: str) -> None:
    """While many read the page again and again, whoever asks after a commit sees it, in the page and in its ETag."""
    await set_up()
    newest, stop = 0, False
    async with reading_room() as visitor:

        async def crowd() -> int:
            seen = 0
            while not stop:
                known = newest
                async with visitor.get(f"{INDICATOR}.json") as answer:
                    assert (await answer.json())["result"] >= known
                seen += 1
            return seen

        await sent(BUREAU, 1, "0")
        readers = [asyncio.create_task(crowd()) for _ in range(6)]
        tag = ""
        for number in range(1, 21):
            await sent(BUREAU, 1, str(number), version=number + 1)
            newest = number
            async with visitor.get(f"{INDICATOR}.json", headers={"If-None-Match": tag}) as answer:
                assert answer.status == 200
                tag = answer.headers["ETag"]
            await asyncio.sleep(0.02)
        stop = True
        assert sum(await asyncio.gather(*readers)) > 100


@pytest.mark.parametrize("path", [INDICATOR, f"/units/{BUREAU}/2570", f"{INDICATOR}.json", f"{INDICATOR}.csv"])
async def test_the_number_of_statements_does_not_grow(
    sqlite_database: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of 2 units takes as many as one of 36; one made before takes one after a commit elsewhere, else none."""
    from bot import sql

    counted: list[str] = []
    fetch = sql.fetch

    async def counting(connection: Any, statement: Any, *values: Any) -> Any:
        counted.append(statement.sqlite)
        return await fetch(connection, statement, *values)

    monkeypatch.setattr(sql, "fetch", counting)

    async def statements() -> int:
        counted.clear()
        async with reading_room() as visitor:
            await read(visitor, path)
        return len(counted)

    await set_up()
    await sent("23000301", 1, "1", answer="yes")
    few = await statements()
    codes = [f"2300{number:04}" for number in range(1000, 1034)]
    more = "\n".join(f'  - {{code: "{code}", name: หอ, kind: library, parent: "23000300"}}' for code in codes)
    text = OFFICE.replace("indicators:", f"{more}\nindicators:", 1)
    listed = ", ".join(f'"{code}"' for code in ("23000000", "23000301", "23000302", *codes))
    text = text.replace('["23000000", "23000301", "23000302"]', f"[{listed}]", 1)
    await set_up(text)
    for code in codes:
        for quarter in (1, 2, 3, 4):
            await sent(code, quarter, "1", answer="yes")
    assert await statements() == few
    async with reading_room() as visitor:
        await read(visitor, path)
        counted.clear()
        await read(visitor, path)
        assert counted == []
        await Person.create(name="คนใหม่", created_at=NOW)
        await read(visitor, path)
        await read(visitor, path)
    assert len(counted) == 1


async def test_the_biggest_page_is_small(sqlite_database: str, tmp_path: Path) -> None:
    """36 libraries, four quarters each, the seed's narratives: with its stylesheet below 60 KB, in both languages."""
    await fill(tmp_path / "store")
    for code in LIBRARIES:
        await sent(code, 4, "1", answer="yes")
    async with reading_room() as visitor:
        for language in ("", "?lang=en"):
            async with visitor.get(f"{INDICATOR}{language}", headers={"Accept-Encoding": "gzip"}) as answer:
                page = await answer.text()
                size = int(answer.headers["Content-Length"])
                assert answer.headers["Content-Encoding"] == "gzip"
            assert page.count("<td>") > 36 * 4
            assert size + len(stylesheet()) < 60_000


async def test_a_page_is_small(sqlite_database: str) -> None:
    """Compressed, a page stays below 60 KB; what a browser may keep for good is under its own digest."""
    await set_up()
    for quarter in (1, 2, 3, 4):
        await sent(BUREAU, quarter, "1", narrative=" ".join(f"กิจกรรมที่ {number}" for number in range(500)))
    async with reading_room() as visitor:
        async with visitor.get(INDICATOR, headers={"Accept-Encoding": "gzip"}, compress=None) as answer:
            page = await answer.text()
            sent_bytes = int(answer.headers["Content-Length"])
            assert answer.headers["Content-Encoding"] == "gzip"
        address = page.split('rel="stylesheet" href="')[1].split('"')[0]
        async with visitor.get(address) as style:
            assert "immutable" in style.headers["Cache-Control"]
            assert style.content_type == "text/css"
            whole = len(await style.read())
        await read(visitor, address.replace(".css", "x.css"), 404)
    assert sent_bytes + whole < 60_000
