"""Pictures on their way through the dispatcher: what a turn keeps, drops and submits, in its own commit."""

from __future__ import annotations

import pytest

from bot.dispatch import Dispatcher
from bot.evidence.statements import ADD_PICTURE
from bot.office import read_office, read_revision
from bot.queue.seam import Arrival, Settled
from bot.simulator.sample_picture import sample_picture
from bot.turn_facts import Offices
from handlers.records import PictureCounts
from models.tables.audit import AuditEntry
from models.tables.report import Evidence, Picture, ReportVersion
from tests.bot.turn_scene import SMALL, Scene, scene

pytestmark = pytest.mark.usefixtures("database")


async def sends(stage: Scene, person: int = 0, pictures: int = 1) -> list[Arrival]:
    """A person sends pictures; their arrivals, not handled yet."""
    before = len(stage.caught)
    await stage.platform.send_pictures(stage.chats[person], [sample_picture(each) for each in range(pictures)])
    return stage.caught[before:]


async def kept(stage: Scene, pictures: int = 1) -> list[str]:
    """The first person's pictures are accepted, one turn each; their message ids."""
    for arrival in await sends(stage, pictures=pictures):
        assert await stage.dispatcher.handle([arrival]) == {arrival.id: Settled.HANDLED}
    return [each.message_id for each in await Picture.all().order_by("created_at", "message_id")]


async def test_kept_with_the_turn() -> None:
    """Each picture is a job once its turn is committed, the fetching is called out, and the next turn counts it."""
    async with scene(1) as stage:
        called: list[bool] = []
        stage.dispatcher = Dispatcher(
            *(stage.outbox, Offices(read_revision, read_office), stage.clock.now, SMALL),
            written=lambda statements: called.extend([True] * (ADD_PICTURE in statements)),
        )
        assert len(await kept(stage, 3)) == 3
        assert len(called) == 3
        await stage.turn("pictures")
        assert len(called) == 3
        await stage.delivered()
        assert stage.heard(0) == ["picture"] * 3 + [repr(PictureCounts(waiting=3))]
        assert await AuditEntry.filter(action="evidence.keep").count() == 3


async def test_handled_twice() -> None:
    """A picture delivered again, or by a turn that is taken again, is one job."""
    async with scene(1) as stage:
        (arrival,) = await sends(stage)
        await stage.dispatcher.handle([arrival])
        assert await stage.dispatcher.handle([arrival]) == {arrival.id: Settled.DUPLICATE}
        assert await Picture.all().count() == 1
        await stage.delivered()


async def test_dropped_and_taken_back() -> None:
    """What is dropped, and what its author unsends, is marked to be let go; the rest stays."""
    async with scene(1) as stage:
        one, other, third = await kept(stage, 3)
        await stage.turn(f"drop {one}")
        await stage.platform.unsend(stage.chats[0], other)
        await stage.dispatcher.handle(stage.caught[-1:])
        assert {each.message_id: each.state for each in await Picture.all()} == {
            one: "removed",
            other: "removed",
            third: "waiting",
        }
        await stage.delivered()


async def test_submitted_with_the_version() -> None:
    """The version takes the draft's pictures in its own commit: those here as evidence, the others when they come."""
    async with scene(1) as stage:
        here, _ = await kept(stage, 2)
        await Picture.filter(message_id=here).update(state="ready", sha256="0" * 64, path="evidence/a.jpg")
        await stage.turn("submit เรื่อง")
        await stage.turn("pictures")
        version = await ReportVersion.get()
        assert {each.version_id for each in await Picture.all()} == {version.id}  # type: ignore[attr-defined]
        (evidence,) = await Evidence.all()
        assert (evidence.message_id, evidence.version_id) == (here, version.id)  # type: ignore[attr-defined]
        await stage.delivered()
        assert stage.heard(0)[-1] == repr(PictureCounts(sent=2))


async def test_others_pictures_are_not_counted() -> None:
    """A group's pictures are read together, and each person is told of their own library's."""
    async with scene(2) as stage:
        await kept(stage)
        await stage.turn("pictures", "pictures")
        await stage.delivered()
        assert [stage.heard(each)[-1] for each in range(2)] == [repr(PictureCounts(waiting=1)), "None"]


async def test_colleagues_at_once() -> None:
    """Two people of one library in one group: who comes second is taken again, on what the first one left."""
    async with scene(2, shared=True) as stage:
        (first,), (second,) = await sends(stage, 0), await sends(stage, 1)
        outcomes = await stage.dispatcher.handle([first, second])
        assert outcomes == {first.id: Settled.HANDLED, second.id: Settled.DEFERRED}
        await stage.dispatcher.handle([second])
        assert await Picture.all().count() == 2
        await stage.delivered()


async def test_forgotten() -> None:
    """Whoever is forgotten leaves no LINE id with the pictures, which stay the office's."""
    async with scene(1) as stage:
        await kept(stage)
        await stage.turn("forget")
        picture = await Picture.get()
        assert (picture.chat_id, picture.state) == ("", "waiting")
        await stage.delivered()
