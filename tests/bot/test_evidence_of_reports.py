"""Pictures and the report they belong to: a draft's at first, then a version's, or nobody's."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bot.apply_evidence import drop_evidence, forget_evidence, submit_evidence, unsend_evidence
from bot.evidence.letting_go import abandon
from bot.simulator.faults import Fault
from bot.simulator.sample_picture import sample_picture
from handlers.records import PictureCounts
from models.tables.organisation import Person
from models.tables.report import Draft, Evidence, Picture, Report, ReportVersion
from tests.bot.evidence_gallery import Gallery, gallery
from tests.bot.turn_scene import NOW

pytestmark = pytest.mark.usefixtures("database")


def columns(scene: Gallery) -> dict[str, Any]:
    """The report's key as columns."""
    key = scene.key
    return {
        "unit_id": key.unit_id,
        "indicator_id": key.indicator_id,
        "fiscal_year": key.quarter.fiscal_year,
        "quarter": key.quarter.number,
    }


async def a_version(scene: Gallery, number: int = 1) -> str:
    """A version of the report, as the turn that submits writes it."""
    report, _ = await Report.get_or_create(
        {"id": uuid4(), "number": 1, "version": 1, "state": "submitted"}, **columns(scene)
    )
    await Report.filter(id=report.id).update(version=number)
    version = await ReportVersion.create(
        id=uuid4(),
        report=report,
        version=number,
        answer="36",
        result=Decimal(36),
        narrative="",
        submitted_at=NOW,
        late=False,
        person=await Person.get(line_user_id=scene.chat_id),
        reporter_name="",
    )
    return str(version.id)


async def test_submitted(tmp_path: Path) -> None:
    """The draft's pictures become the version's evidence, internal, and the next draft begins without them."""
    async with gallery(tmp_path) as scene:
        await scene.send(sample_picture(), sample_picture(1))
        scene.start()
        await scene.settled()
        version = await a_version(scene)
        await scene.turn(lambda writes, _: submit_evidence(writes, scene.key, version))
        found = await Evidence.all().prefetch_related("version")
        assert [(str(each.version.id), each.public, each.content_type) for each in found] == [
            (version, False, "image/jpeg")
        ] * 2
        assert {each.id for each in found} == {each.id for each in await Picture.all()}
        assert await scene.store.get(found[0].path)
        assert await scene.counts() == PictureCounts(sent=2)


async def test_submitted_on_its_way(tmp_path: Path) -> None:
    """A picture that LINE has not given yet when the report is sent becomes its evidence when it comes."""
    async with gallery(tmp_path) as scene:
        await scene.send(sample_picture(), b"not a picture")
        version = await a_version(scene)
        await scene.turn(lambda writes, _: submit_evidence(writes, scene.key, version))
        assert await Evidence.all().count() == 0
        assert await scene.counts() == PictureCounts(sent=2)
        scene.start()
        await scene.settled()
        assert [str(each.version_id) for each in await Evidence.all()] == [version]  # type: ignore[attr-defined]
        assert await scene.counts() == PictureCounts(sent=1)


async def test_same_picture_twice(tmp_path: Path) -> None:
    """A picture sent twice, before or after the report was, is one evidence."""
    async with gallery(tmp_path) as scene:
        await scene.send(sample_picture(), sample_picture())
        scene.start()
        await scene.settled()
        await scene.stop()
        await scene.send(sample_picture())
        version = await a_version(scene)
        await scene.turn(lambda writes, _: submit_evidence(writes, scene.key, version))
        scene.start()
        await scene.settled()
        assert await Evidence.all().count() == 1


async def test_dropped_and_unsent(tmp_path: Path) -> None:
    """What is dropped from a draft or taken back leaves neither a file nor a row."""
    async with gallery(tmp_path / "storage") as scene:
        one, other = await scene.send(sample_picture(), sample_picture(1))
        scene.start()
        await scene.settled()
        await scene.turn(lambda writes, turn: drop_evidence(writes, turn, scene.key, [one]))
        assert [each.message_id for each in await scene.settled()] == [other]
        assert len(scene.files()) == 2
        await scene.turn(lambda writes, turn: unsend_evidence(writes, turn, other))
        assert await scene.settled() == []
        assert scene.files() == []


async def test_sent_with_a_version_stays(tmp_path: Path) -> None:
    """Neither dropping nor taking back reaches what a report was sent with."""
    async with gallery(tmp_path / "storage") as scene:
        (name,) = await scene.send(sample_picture())
        scene.start()
        await scene.settled()
        version = await a_version(scene)
        await scene.turn(lambda writes, _: submit_evidence(writes, scene.key, version))
        await scene.turn(lambda writes, turn: drop_evidence(writes, turn, scene.key, [name]))
        await scene.turn(lambda writes, turn: unsend_evidence(writes, turn, name))
        assert [each.state for each in await scene.settled()] == ["ready"]


async def test_forgotten(tmp_path: Path) -> None:
    """Whoever is forgotten is not told of a lost picture any more; the picture stays the office's."""
    async with gallery(tmp_path) as scene:
        await scene.send(sample_picture(), b"not a picture")
        await scene.turn(forget_evidence)
        scene.start()
        pictures = await scene.settled()
        assert {each.chat_id for each in pictures} == {""}
        assert sorted(each.state for each in pictures) == ["failed", "ready"]
        await scene.stage.delivered()
        assert scene.stage.heard(0) == []


async def test_abandoned(tmp_path: Path) -> None:
    """The pictures of a draft go when it can no longer be taken up: not while it lives, nor in a cancelled week."""
    async with gallery(tmp_path) as scene:
        reporter = await Person.get(line_user_id=scene.chat_id)
        draft = await Draft.create(
            id=uuid4(),
            **columns(scene),
            revision=1,
            begun_by=reporter,
            begun_at=NOW,
            holder=reporter,
            updated_at=NOW,
        )
        await scene.send(sample_picture())
        assert await abandon(NOW + timedelta(days=60)) == 0
        draft.cancelled_at = NOW + timedelta(days=60)
        await draft.save()
        assert await abandon(NOW + timedelta(days=66)) == 0
        assert await abandon(NOW + timedelta(days=68)) == 1
        scene.start()
        assert await scene.settled() == []


async def test_given_up(tmp_path: Path) -> None:
    """What LINE has not given after three days is taken for expired."""
    async with gallery(tmp_path) as scene:
        await scene.send(sample_picture())
        version = await a_version(scene)
        await scene.turn(lambda writes, _: submit_evidence(writes, scene.key, version))
        scene.stage.clock.forward(timedelta(days=3, minutes=1))
        scene.platform.faults.add("content", Fault(status=202))
        scene.start()
        (picture,) = await scene.settled()
        assert (picture.state, picture.reason) == ("failed", "expired")
