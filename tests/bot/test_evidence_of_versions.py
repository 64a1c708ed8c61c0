"""A correction keeps what its report was sent with: every version has its evidence, of the same files."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot import sql
from bot.apply import Writes
from bot.apply_evidence import submit_evidence
from bot.database import writing
from bot.evidence import statements
from bot.simulator.faults import Fault
from bot.simulator.sample_picture import sample_picture
from bot.statements import LOCK_REPORTS
from handlers.records import PictureCounts
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey
from models.tables.organisation import Person, Unit
from models.tables.report import Evidence, Picture
from tests.bot.evidence_gallery import Gallery, gallery, until
from tests.bot.test_evidence_of_reports import a_version

pytestmark = pytest.mark.usefixtures("database")


async def submits(scene: Gallery, number: int) -> str:
    """The report is sent, the draft's pictures with it, as version `number`; the version's id."""
    version = await a_version(scene, number)
    await scene.turn(lambda writes, _: submit_evidence(writes, scene.key, version))
    return version


async def files(version: str) -> list[tuple[str, str]]:
    """The evidence of a version: the names in the store, and the sums."""
    return sorted((each.path, each.sha256) for each in await Evidence.filter(version_id=version))


async def test_correction_keeps_the_pictures(tmp_path: Path) -> None:
    """Version after version has the pictures of the one before, as files and marks, and its own besides."""
    async with gallery(tmp_path) as scene:
        await scene.send(sample_picture(), sample_picture(1))
        scene.start()
        await scene.settled()
        first = await submits(scene, 1)
        await Evidence.filter(path=(await files(first))[0][0]).update(public=True)
        second = await submits(scene, 2)
        assert await files(second) == await files(first) == [(each.path, each.sha256) for each in await kept()]
        assert await scene.counts() == PictureCounts(sent=2)
        await scene.send(sample_picture(2))
        await scene.settled()
        assert await scene.counts() == PictureCounts(ready=1, sent=2)
        third = await submits(scene, 3)
        assert await files(third) == [(each.path, each.sha256) for each in await kept()]
        assert set(await files(second)) < set(await files(third))
        assert await scene.counts() == PictureCounts(sent=3)
        assert await Evidence.filter(public=True).count() == 3
        every = await Evidence.all()
        assert len(every) == len({each.id for each in every}) == 7
        assert {each.id.version for each in every} == {4}
        assert {each.id for each in await kept()} <= {each.id for each in every}


async def kept() -> list[Picture]:
    """The pictures, by their names in the store."""
    return await Picture.all().order_by("path")


async def test_late_picture_overtaken_by_a_correction(tmp_path: Path) -> None:
    """What arrives after the correction was sent belongs to the version it was sent with, and to every newer one."""
    async with gallery(tmp_path) as scene:
        versions = [await submits(scene, 1)]
        await scene.send(sample_picture())
        versions += [await submits(scene, number) for number in (2, 3)]
        assert await scene.counts() == PictureCounts(sent=1)
        scene.start()
        (picture,) = await scene.settled()
        found = [await files(version) for version in versions]
        assert found == [[], *[[(picture.path, picture.sha256)]] * 2]
        assert (await Evidence.get(version_id=versions[1])).id == picture.id
        assert await scene.counts() == PictureCounts(sent=1)


async def test_late_picture_while_a_correction_is_stored(tmp_path: Path) -> None:
    """A picture that is kept in the very moment of the correction waits for it: the new version has it too."""
    async with gallery(tmp_path) as scene:
        scene.platform.faults.add("content", Fault(delay_s=0.3))
        await scene.send(sample_picture())
        await submits(scene, 1)
        scene.start()
        await until(lambda: not scene.platform.faults._waiting["content"])
        async with writing() as connection:
            await sql.fetch(connection, LOCK_REPORTS, [scene.key.unit_id], [scene.key.quarter.fiscal_year])
            second = await a_version(scene, 2)
            writes = Writes()
            submit_evidence(writes, scene.key, second)
            for statement in statements.TURN_ORDER:
                await sql.write(connection, statement, writes.rows.get(statement, ()))
            await asyncio.sleep(0.6)
        await scene.settled()
        assert len(await files(second)) == 1


async def test_same_picture_again_in_a_correction(tmp_path: Path) -> None:
    """A picture sent once more, at once or late, is one evidence of the correction."""
    async with gallery(tmp_path) as scene:
        await scene.send(sample_picture())
        scene.start()
        await scene.settled()
        first = await submits(scene, 1)
        await scene.send(sample_picture())
        await scene.settled()
        await scene.stop()
        await scene.send(sample_picture())
        second = await submits(scene, 2)
        scene.start()
        await scene.settled()
        assert [len(await files(version)) for version in (first, second)] == [1, 1]
        assert await scene.counts() == PictureCounts(sent=1)


async def test_lost_after_a_correction(tmp_path: Path) -> None:
    """A picture that is lost is no version's evidence, and is not counted any more."""
    async with gallery(tmp_path) as scene:
        await scene.send(b"not a picture")
        versions = [await submits(scene, number) for number in (1, 2)]
        assert await scene.counts() == PictureCounts(sent=1)
        scene.start()
        await scene.settled()
        assert [await files(version) for version in versions] == [[], []]
        assert await scene.counts() == PictureCounts()


async def test_lost_of_two_reports(tmp_path: Path) -> None:
    """One message names each report, in the sender's language and the order the pictures were sent."""
    async with gallery(tmp_path) as scene:
        await Unit.filter(id=scene.key.unit_id).update(name_en="Library 0")
        await Person.filter(line_user_id=scene.chat_id).update(language="en")
        await scene.send(b"not a picture")
        scene.stage.clock.forward(timedelta(seconds=1))
        scene.key = ReportKey(scene.key.unit_id, scene.key.indicator_id, Quarter(2570, 2))
        await scene.send(b"nor this")
        scene.start()
        await scene.settled()
        await scene.stage.delivered()
        said = [f"Library 0 · 2300-848 · quarter {number}/2570\nen: not_a_picture" for number in (1, 2)]
        assert scene.stage.heard(0) == ["\n".join(said)]
