"""A gallery for pictures: a real database, the fake LINE over HTTP, a store on disk, and the worker that fetches."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

from tortoise.connection import get_connection

from bot import sql
from bot.apply import TurnOf, Writes
from bot.apply_evidence import keep_evidence
from bot.database import writing
from bot.evidence.content import ContentClient
from bot.evidence.counts import picture_counts
from bot.evidence.jobs import EvidenceWorker
from bot.evidence.statements import COUNT_PICTURES, TURN_ORDER
from bot.evidence.store import S3, Store
from bot.gate import Gate
from bot.line.client import new_session
from bot.office import read_office
from bot.statements import ADD_AUDIT
from handlers.effects import Say
from handlers.facts import Facts
from handlers.records import Person, PictureCounts
from models.rules.office import ReportKey
from models.tables import indicator, organisation
from models.tables.report import Picture
from tests.bot.turn_scene import QUARTER, Scene, scene

WITHIN = 10.0
"""Seconds of real time for what should take a moment."""


def tell(language: str, reasons: Sequence[str]) -> Say:
    """What a person is told of lost pictures."""
    return Say(f"{language}: {', '.join(reasons)}")


async def until(condition: Callable[[], object]) -> None:
    """Wait until this is so; a test that waits too long has failed."""
    async with asyncio.timeout(WITHIN):
        while True:
            if condition():
                return
            await asyncio.sleep(0.005)


class Gallery:
    """The stage of `turn_scene` with one reporter, and a worker that can be stopped and replaced."""

    def __init__(self, stage: Scene, content: ContentClient, store: Store, folder: Path) -> None:
        self.stage = stage
        self.platform = stage.platform
        self.chat_id = stage.chats[0]
        self.content = content
        self.store = store
        self.folder = folder
        self.key: ReportKey
        self.worker: EvidenceWorker
        self._running: asyncio.Task[None] | None = None

    async def turn(self, change: Callable[[Writes, TurnOf], None]) -> None:
        """Write what a turn of the reporter changes, in its transaction."""
        reporter = await organisation.Person.get(line_user_id=self.chat_id)
        async with writing() as connection:
            facts = Facts(self.stage.clock.now(), await read_office(connection), Person(reporter.id, "", ""))
            writes = Writes()
            change(writes, TurnOf(self.chat_id, facts, uuid4))
            for statement in (ADD_AUDIT, *TURN_ORDER):
                await sql.write(connection, statement, writes.rows.get(statement, ()))

    async def keep(self, *message_ids: str) -> None:
        """The reporter's pictures are accepted as an answer."""
        await self.turn(lambda writes, turn: keep_evidence(writes, turn, self.key, message_ids))

    async def send(self, *pictures: bytes) -> list[str]:
        """The reporter sends pictures together, and they are accepted; their message ids."""
        before = len(self.stage.caught)
        await self.platform.send_pictures(self.chat_id, pictures)
        assert len(self.stage.caught) == before + len(pictures)
        entries = list(self.platform.chat(self.chat_id).entries)[-len(pictures) :]
        message_ids = [each["message"]["id"] for each in entries]
        await self.keep(*message_ids)
        return message_ids

    def start(self) -> None:
        """A worker as a fresh process has one."""
        self.worker = EvidenceWorker(
            *(self.content, self.store, self.stage.outbox, self.stage.clock.now, tell),
            gate=Gate(probe_every=0.05),
            first_delay=0.02,
        )
        self._running = asyncio.create_task(self.worker.run())

    async def stop(self) -> None:
        """End the worker as a shutdown does."""
        if self._running is not None:
            await self.worker.close()
            await self._running
            self._running = None

    async def settled(self) -> list[Picture]:
        """All pictures, oldest first, once none waits and none is left to be removed."""
        self.worker.wake()
        async with asyncio.timeout(WITHIN):
            while True:
                if not await Picture.filter(state__in=["waiting", "removed"]).exists():
                    break
                await asyncio.sleep(0.02)
        return await Picture.all().order_by("created_at", "message_id")

    async def counts(self) -> PictureCounts:
        """What the facts would say of the reporter's report."""
        of = ([self.key.unit_id], [QUARTER.fiscal_year])
        found = picture_counts(await sql.fetch(get_connection("default"), COUNT_PICTURES, *of, *of))
        return found.get(self.key, PictureCounts())

    def files(self) -> list[str]:
        """What lies in the folder."""
        return sorted(path.name for path in self.folder.rglob("*") if path.is_file())


@asynccontextmanager
async def gallery(folder: Path, url: str = "", s3: S3 | None = None) -> AsyncIterator[Gallery]:
    """Set the stage over the open database. The store is `folder` unless `url` names a bucket. No worker runs yet."""
    async with scene(1) as stage, new_session() as session:
        content = ContentClient(session, data_api_base_url=stage.line._base, access_token="token")
        found = Gallery(stage, content, await Store.open(url or str(folder), s3), folder)
        unit = await organisation.Unit.get(code="L0")
        found.key = ReportKey(unit.id, (await indicator.Indicator.all())[0].id, QUARTER)
        try:
            yield found
        finally:
            await found.stop()
