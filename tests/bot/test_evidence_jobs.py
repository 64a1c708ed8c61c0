"""Fetching pictures from LINE, whatever happens on the way."""

from __future__ import annotations

import asyncio
import hashlib
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.apply_evidence import drop_evidence
from bot.evidence.content import MOST_BYTES
from bot.evidence.names import picture_name, thumbnail_name
from bot.simulator.faults import Fault
from bot.simulator.sample_picture import sample_picture
from models.tables.audit import AuditEntry
from models.tables.report import Picture
from tests.bot.evidence_gallery import Gallery, gallery, until

pytestmark = pytest.mark.usefixtures("database")


async def test_pictures_are_kept(tmp_path: Path) -> None:
    """Several pictures sent at once are cleaned and stored with their thumbnails; nothing of the place is left."""
    async with gallery(tmp_path / "storage") as scene:
        await scene.send(*(sample_picture(number) for number in range(3)))
        assert (await scene.counts()).waiting == 3
        scene.start()
        for picture in await scene.settled():
            kept = await scene.store.get(picture.path)
            assert (picture.state, picture.attempts, picture.content_type) == ("ready", 1, "image/jpeg")
            assert (picture.size, picture.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())
            assert (picture.width, picture.height) == (900, 1200)
            assert dict(Image.open(BytesIO(kept)).getexif()) == {}
            thumbnail = await scene.store.get(thumbnail_name(str(picture.id)))
            assert max(Image.open(BytesIO(thumbnail)).size) == 480
        assert (await scene.counts()).ready == 3
        assert len(scene.files()) == 6
        assert scene.stage.heard(0) == []
        entry = await AuditEntry.get(action="evidence.keep")
        assert entry.after == {"pictures": 3}


async def test_not_ready_yet(tmp_path: Path) -> None:
    """LINE prepares a content for a while (202): it is asked again, and nobody is bothered."""
    async with gallery(tmp_path) as scene:
        scene.platform.faults.add("content", Fault(status=202), Fault(status=202))
        await scene.send(sample_picture())
        scene.start()
        (picture,) = await scene.settled()
        assert (picture.state, picture.attempts) == ("ready", 3)
        assert scene.stage.heard(0) == []


@pytest.mark.parametrize(
    "fault",
    [Fault(status=500), Fault(status=503), Fault(status=429), Fault(reset=True)],
    ids=lambda each: repr(each)[6:20],
)
async def test_line_is_down(tmp_path: Path, fault: Fault) -> None:
    """A server's error, a limit of calls and a broken connection are tried again."""
    async with gallery(tmp_path) as scene:
        scene.platform.faults.add("content", fault, fault)
        await scene.send(sample_picture())
        scene.start()
        (picture,) = await scene.settled()
        assert picture.state == "ready"
        # A connection that breaks is tried once more by aiohttp itself before we hear of it.
        assert picture.attempts >= 2


@pytest.mark.parametrize(
    ("data", "fault", "reason"),
    [
        (sample_picture(), Fault(status=410), "unsent"),
        (sample_picture(), Fault(status=404), "expired"),
        (sample_picture(), Fault(status=400), "expired"),
        (sample_picture() + bytes(MOST_BYTES), None, "too_large"),
        (b"%PDF-1.7", None, "not_a_picture"),
        (sample_picture()[:5000], None, "not_a_picture"),
    ],
    ids=["unsent", "expired", "refused", "oversize", "pdf", "cut off"],
)
async def test_lost_for_good(tmp_path: Path, data: bytes, fault: Fault | None, reason: str) -> None:
    """What LINE will never give, or what is no picture, is told to its sender, and nothing of it is stored."""
    async with gallery(tmp_path / "storage") as scene:
        if fault is not None:
            scene.platform.faults.add("content", fault)
        await scene.send(data)
        scene.start()
        (picture,) = await scene.settled()
        assert (picture.state, picture.reason) == ("failed", reason)
        await scene.stage.delivered()
        assert scene.stage.heard(0) == [f"หอ 0 · 2300-848 · ไตรมาส 1/2570\nth: {reason}"]
        assert scene.files() == []
        assert (await scene.counts()).failed == 1


async def test_several_lost_are_told_once(tmp_path: Path) -> None:
    """A push counts against the month's quota: one tells of all that were lost together."""
    async with gallery(tmp_path) as scene:
        await scene.send(sample_picture(), b"no picture", b"nor this")
        scene.start()
        pictures = await scene.settled()
        assert sorted(each.state for each in pictures) == ["failed", "failed", "ready"]
        await scene.stage.delivered()
        assert scene.stage.heard(0) == ["หอ 0 · 2300-848 · ไตรมาส 1/2570\nth: not_a_picture, not_a_picture"]


async def test_access_token_refused(tmp_path: Path) -> None:
    """401 and 403 pause the fetching and show in readiness; nothing is lost, and it goes on by itself."""
    async with gallery(tmp_path) as scene:
        scene.platform.faults.add("content", Fault(status=401), Fault(status=403), Fault(status=401))
        await scene.send(sample_picture(), sample_picture(1))
        scene.start()
        await until(scene.worker.reasons)
        assert "pictures paused: LINE answered 40" in scene.worker.reasons()[0]
        assert [each.state for each in await scene.settled()] == ["ready", "ready"]
        assert scene.worker.reasons() == []
        assert scene.stage.heard(0) == []


async def test_stopped_in_the_middle(tmp_path: Path) -> None:
    """A shutdown does not wait for LINE: the next process fetches the picture anew."""
    async with gallery(tmp_path) as scene:
        scene.platform.faults.add("content", Fault(delay_s=3))
        await scene.send(sample_picture())
        scene.start()
        await _asked_for(scene)
        async with asyncio.timeout(2):
            await scene.stop()
        assert (await Picture.get()).state == "waiting"
        scene.start()
        assert [each.state for each in await scene.settled()] == ["ready"]


async def _asked_for(scene: Gallery) -> None:
    """Wait until the fault that waits for a content's call has been taken by one."""
    await until(lambda: not scene.platform.faults._waiting["content"])


CHILD = """
import asyncio, sys
from datetime import UTC, datetime
from bot.database import open_database
from bot.evidence.content import ContentClient
from bot.evidence.jobs import EvidenceWorker
from bot.evidence.store import Store
from bot.line.client import LineClient, new_session
from bot.delivery.outbox import Outbox

async def main(database, line, folder):
    await open_database(database)
    session = new_session()
    content = ContentClient(session, data_api_base_url=line, access_token="token")
    outbox = Outbox(LineClient(session, api_base_url=line, access_token="token"), lambda: datetime.now(UTC))
    await EvidenceWorker(content, await Store.open(folder), outbox, lambda: datetime.now(UTC), None).run()

asyncio.run(main(*sys.argv[1:]))
"""


async def test_killed_in_the_middle(database: str, tmp_path: Path) -> None:
    """A process killed while it fetches leaves a job that the next one finishes."""
    async with gallery(tmp_path / "storage") as scene:
        scene.platform.faults.add("content", Fault(delay_s=2))
        await scene.send(sample_picture())
        arguments = ("-c", CHILD, database, scene.stage.line._base, str(tmp_path / "storage"))
        child = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=Path(__file__).parents[2])
        await _asked_for(scene)
        child.kill()
        assert await child.wait() == -9
        assert (await Picture.get()).state == "waiting"
        scene.start()
        assert [each.state for each in await scene.settled()] == ["ready"]


async def test_stopped_between_file_and_row(tmp_path: Path) -> None:
    """A file that an earlier process wrote before it could say so is overwritten, not kept beside."""
    async with gallery(tmp_path / "storage") as scene:
        await scene.send(sample_picture())
        name = picture_name(str((await Picture.get()).id))
        await scene.store.put(name, b"half a picture")
        scene.start()
        (picture,) = await scene.settled()
        assert hashlib.sha256(await scene.store.get(name)).hexdigest() == picture.sha256
        assert len(scene.files()) == 2


async def test_store_is_away(tmp_path: Path) -> None:
    """A disk that refuses shows in readiness; the picture is kept once it is back."""
    async with gallery(tmp_path / "storage") as scene:
        (tmp_path / "storage" / "evidence").write_text("in the way")
        await scene.send(sample_picture())
        scene.start()
        await until(scene.worker.reasons)
        (tmp_path / "storage" / "evidence").unlink()
        assert [each.state for each in await scene.settled()] == ["ready"]
        assert scene.worker.reasons() == []


async def test_accepted_twice(tmp_path: Path) -> None:
    """A turn taken again accepts the same message again: it stays one picture, fetched once."""
    async with gallery(tmp_path) as scene:
        names = await scene.send(sample_picture())
        scene.start()
        await scene.settled()
        await scene.keep(*names)
        assert [each.state for each in await scene.settled()] == ["ready"]
        assert len([call for call in scene.platform.calls if call.endpoint == "content"]) == 1


async def test_store_is_away_for_a_removal(tmp_path: Path) -> None:
    """A file that could not be removed shows in readiness no longer than that: no picture has to come to clear it."""
    async with gallery(tmp_path / "storage") as scene:
        (name,) = await scene.send(sample_picture())
        scene.start()
        await scene.settled()
        kept = tmp_path / "storage" / "evidence"
        kept.rename(tmp_path / "aside")
        kept.write_text("in the way")
        await scene.turn(lambda writes, turn: drop_evidence(writes, turn, scene.key, [name]))
        scene.worker.wake()
        await until(scene.worker.reasons)
        kept.unlink()
        (tmp_path / "aside").rename(kept)
        assert await scene.settled() == []
        await until(lambda: not scene.worker.reasons())
        assert scene.files() == []
