"""Evidence over HTTP: public pictures of accepted versions, and no other, asked for anew each time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from models.tables.report import Evidence, Report
from tests.bot.pages.full_office import PICTURE, fill
from tests.bot.pages.reading_room import Visitor, reading_room

HIDDEN = UUID(int=PICTURE.int + 1)


@pytest.fixture
async def visitor(database: str, tmp_path: Path) -> AsyncIterator[Visitor]:
    """A visitor of the full office, with its store."""
    await fill(tmp_path / "store")
    async with reading_room(tmp_path / "store") as found:
        yield found


async def status(visitor: Visitor, picture: object, **headers: str) -> int:
    """What the address of a picture answers."""
    async with visitor.get(f"/pictures/{picture}.jpg", headers=headers) as answer:
        if answer.status == 200:
            assert answer.content_type == "image/jpeg"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert (await answer.read()).startswith(b"\xff\xd8")
        return answer.status


async def test_a_public_picture_and_its_thumbnail(visitor: Visitor) -> None:
    """Both are served as JPEG, with an ETag that saves sending them again."""
    for name in (f"{PICTURE}", f"{PICTURE}-small"):
        assert await status(visitor, name) == 200
        async with visitor.get(f"/pictures/{name}.jpg") as answer:
            tag = answer.headers["ETag"]
        assert await status(visitor, name, **{"If-None-Match": tag}) == 304


async def test_what_is_not_public_is_not_there(visitor: Visitor) -> None:
    """Internal, hidden again, or of a version that is not accepted: 404, also for who had it before."""
    assert await status(visitor, HIDDEN) == 404
    async with visitor.get(f"/pictures/{PICTURE}.jpg") as answer:
        tag = answer.headers["ETag"]
    await Evidence.filter(id=PICTURE).update(public=False)
    assert await status(visitor, PICTURE, **{"If-None-Match": tag}) == 404
    await Evidence.filter(id=PICTURE).update(public=True)
    assert await status(visitor, PICTURE) == 200
    version = await (await Evidence.get(id=PICTURE)).version
    await Report.filter(id=version.report_id).update(accepted_version=None)  # type: ignore[attr-defined]  # Tortoise's
    assert await status(visitor, PICTURE) == 404


@pytest.mark.parametrize("name", ["..%2f..%2fsecret", "evidence/a", "6F9D", str(PICTURE).upper(), f"{PICTURE}-big"])
async def test_no_other_name_leads_anywhere(visitor: Visitor, name: str) -> None:
    """Only an id as the pages write it is a picture's name; no name from outside becomes a path."""
    assert await status(visitor, name) == 404
