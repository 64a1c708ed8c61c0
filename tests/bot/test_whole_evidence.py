"""The whole bot with pictures: from the webhook to the file, across a restart, and with the version they were sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import ClientSession

from bot.evidence.names import thumbnail_name
from bot.simulator.faults import Fault
from bot.simulator.sample_picture import sample_picture
from models.tables.report import Evidence, Picture, ReportVersion
from tests.bot.turn_scene import SMALL
from tests.town import Town, town

START = "2026-12-01T09:00:00+07:00"
OFFICE = """\
units:
  - {code: "23000000", name: สวท., kind: bureau}
  - {code: LIB-01, name: ห้องสมุดสวนมะลิ, kind: library, parent: "23000000"}
indicators:
  - code: 2300-848
    name: ห้องสมุดมีชีวิต
    owner: "23000000"
    unit_of_measure: ห้อง
    kind: count
    part_kind: yes_no
    question: พัฒนาแล้วหรือยัง
    sub_measures:
      - {code: titles, label: ชื่อเรื่อง, unit_of_measure: เรื่อง}
assignments:
  - {indicator: 2300-848, units: [LIB-01], fiscal_year: 2570}
rounds:
  - {fiscal_year: 2570, quarter: 1, opens: 2026-12-01}
"""
NAPA = "นภา"


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what happens in the database."""
    async with asyncio.timeout(10):
        while not await true():  # noqa: ASYNC110 - nobody calls out what is waited for
            await asyncio.sleep(0.02)


async def none_waits() -> bool:
    """Whether every picture is fetched or lost."""
    return not await Picture.filter(state="waiting").exists()


async def sends(place: Town, *pictures: bytes) -> None:
    """Napa sends pictures together, and each is answered."""
    person = place.person(NAPA)
    before = place.platform.chat(person.id).last
    assert await place.platform.send_pictures(person.id, pictures) == 200
    said: list[str] = []
    while len(said) < len(pictures):
        answers = await place.answers(NAPA, before)
        before = answers[-1]["n"]
        said += [each["message"]["text"] for each in answers]
    assert said == ["picture"] * len(pictures)


async def ready(place: Town) -> tuple[int, dict[str, object]]:
    """What /readyz says."""
    async with ClientSession() as session, session.get(place.bot.make_url("/readyz")) as answer:
        return answer.status, await answer.json()


async def test_pictures_go_with_the_report(database_url: str, tmp_path: Path) -> None:
    """Two pictures, one not ready at first, are stored beside the bot and become the evidence of the version sent."""
    office = tmp_path / "office.yaml"
    office.write_text(OFFICE, encoding="utf-8")
    async with town(database_url, office, START) as place:
        place.conversations = SMALL
        await place.restart()
        await place.reporter(NAPA, "LIB-01")
        place.platform.faults.add("content", Fault(status=202))
        await sends(place, sample_picture(0), sample_picture(1))
        await until(none_waits)
        await place.says(NAPA, "submit เรื่อง")
        version = await ReportVersion.get()
        evidence = await Evidence.all()
        assert [(each.version_id, each.public) for each in evidence] == [(version.id, False)] * 2  # type: ignore[attr-defined]
        for each in evidence:
            assert (place.folder / "storage" / each.path).stat().st_size == each.size
            assert (place.folder / "storage" / thumbnail_name(str(each.id))).exists()
        assert await ready(place) == (200, {"ready": True, "reasons": []})


async def test_across_a_restart(sqlite_url: str, tmp_path: Path) -> None:
    """A picture sent with the report while LINE is slow is fetched by the next start; one that is lost is told."""
    office = tmp_path / "office.yaml"
    office.write_text(OFFICE, encoding="utf-8")
    async with town(sqlite_url, office, START) as place:
        place.conversations = SMALL
        await place.restart()
        await place.reporter(NAPA, "LIB-01")
        place.platform.faults.add("content", Fault(delay_s=3), Fault(delay_s=3))
        await sends(place, sample_picture(), b"not a picture")
        answered = await place.says(NAPA, "submit เรื่อง")
        async with asyncio.timeout(2):
            await place.bot.close()
        await place.start()
        await until(none_waits)
        (evidence,) = await Evidence.all()
        assert (place.folder / "storage" / evidence.path).stat().st_size == evidence.size
        (told,) = await place.answers(NAPA, answered[-1]["n"])
        title, lost = told["message"]["text"].splitlines()[:2]
        assert title == "ห้องสมุดสวนมะลิ · 2300-848 · ไตรมาส 1/2570"
        assert lost.startswith("ไม่ได้เก็บไฟล์ 1 ไฟล์")
        assert {each.state for each in await Picture.all()} == {"ready", "failed"}
