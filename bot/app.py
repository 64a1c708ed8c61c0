"""The composition root: everything the bot consists of is made here, in the order it depends on each other."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import structlog
from aiohttp import web
from tortoise.exceptions import OperationalError

from bot.clock import Clock
from bot.database import close_database, migrate, open_database, writing
from bot.dispatch import Conversations, Dispatcher
from bot.evidence.content import ContentClient
from bot.evidence.jobs import EvidenceWorker
from bot.evidence.loss import told_lost
from bot.evidence.store import Store, StoreUnavailable, open_store
from bot.health import Health
from bot.line.client import CallFailed, LineClient, Quota, new_session
from bot.metrics import quota, stored
from bot.metrics.figures import queue_figures, sending_figures, turn_figures, webhook_figures
from bot.metrics.page import Metrics
from bot.metrics.remembered import Remembered
from bot.office import read_office, read_revision
from bot.outbox import Outbox
from bot.pages.routes import Pages
from bot.purge import Purge
from bot.queue.embedded import EmbeddedQueue
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.simulator.platform import Platform
from bot.turn_facts import Offices
from bot.webhook import Webhook
from bot.worker import Worker, keep_restoring
from models.tables.audit import Installation

DRAINED_WITHIN = 3.0
"""Seconds at the end for what is still to be sent; what is left is sent by the next start."""
_INSTALLATION = 1

_log = structlog.get_logger()


class CannotServe(Exception):
    """The bot cannot start like this. The sentence is for the person at the command line."""


@dataclass(slots=True)
class Running:
    """What other parts, and tests, may look at while the application runs."""

    settings: Settings
    clock: Clock
    conversations: Conversations
    queue: EmbeddedQueue
    webhook: Webhook
    platform: Platform | None
    """The simulated LINE; None while serving the real one."""
    metrics: Metrics
    outbox: Outbox | None = None
    evidence: EvidenceWorker | None = None
    refused: str = ""
    """What LINE said against the access token; empty when it is accepted or not asked yet."""

    def reasons(self) -> list[str]:
        """Why the bot is not ready, beside its database; for /readyz."""
        if self.outbox is None or self.evidence is None:
            return ["starting or stopping"]
        reasons = [f"sending paused: {self.outbox.paused}"] if self.outbox.paused else []
        if self.refused and not reasons:
            reasons = [self.refused]
        return [*reasons, *self.evidence.reasons()]


RUNNING = web.AppKey("running", Running)


async def prepare(settings: Settings) -> None:
    """Bring the database's tables up to date, unless it is another channel's.

    Raises CannotServe for that, DatabaseUnavailable when it cannot be reached.
    """
    await open_database(settings.database_url)
    try:
        # A database without tables has served nobody.
        with suppress(OperationalError):
            _refuse_another_channel(settings, await Installation.get_or_none(id=_INSTALLATION))
    finally:
        await close_database()
    await migrate(settings.database_url)


def make_app(settings: Settings, clock: Clock, conversations: Conversations | None = None) -> web.Application:
    """The whole bot as an aiohttp application, on a database whose tables are up to date.

    Starting it raises CannotServe or DatabaseUnavailable. Without LINE credentials the simulated LINE and its page
    are part of it, and the demonstration data are filled in. `conversations`: this project's own unless given.
    """
    queue = EmbeddedQueue()
    running = Running(
        settings=settings,
        clock=clock,
        conversations=conversations or Conversations.ours(),
        queue=queue,
        webhook=Webhook(settings.line_channel_secret.get_secret_value(), queue, clock.now),
        platform=_platform(settings, clock) if settings.simulator else None,
        metrics=Metrics(settings.metrics_token.get_secret_value(), open_without=settings.simulator),
    )
    running.metrics.join("webhook", webhook_figures(running.webhook))
    running.metrics.join("queue", queue_figures(queue, clock.now))
    app = web.Application()
    app[RUNNING] = running
    app.router.add_post("/callback", running.webhook.handle)
    app.add_routes(Health(running.reasons).routes())
    app.add_routes(running.metrics.routes())
    app.cleanup_ctx.append(_database)
    if running.platform is not None:
        _mount_simulator(app, running.platform)
    app.cleanup_ctx.append(_turns)
    if settings.public_pages:
        app.add_routes(Pages(settings.public_base_url, clock.now, partial(_open_store, settings)).routes())
    return app


def _platform(settings: Settings, clock: Clock) -> Platform:
    from bot.setup.demo_people import DEMO_PEOPLE
    from bot.simulator.people import Person

    return Platform(
        channel_secret=settings.line_channel_secret.get_secret_value(),
        access_token=settings.line_channel_access_token.get_secret_value(),
        clock=clock,
        callback_url=f"{settings.address}/callback",
        people=[Person(name=person.name, note=person.note, id=person.id) for person in DEMO_PEOPLE],
        redelivery_pauses_s=(1.0, 5.0, 30.0),
    )


def _mount_simulator(app: web.Application, platform: Platform) -> None:
    from bot.simulator import page

    async def stop_streams(_app: web.Application) -> None:
        platform.stop_streams()

    async def simulated(app: web.Application) -> AsyncIterator[None]:
        from bot.setup.demo import fill_demo

        await fill_demo(app[RUNNING].clock.now().date())
        yield
        await platform.close()

    app.add_routes([*platform.routes(), *page.routes()])
    app.on_shutdown.append(stop_streams)
    app.cleanup_ctx.append(simulated)


async def _database(app: web.Application) -> AsyncIterator[None]:
    settings = app[RUNNING].settings
    await open_database(settings.database_url)
    try:
        await _mark_channel(settings)
        yield
    finally:
        await close_database()


async def _mark_channel(settings: Settings) -> None:
    """Write down whose database this is; raises CannotServe when it is another channel's."""
    async with writing() as connection:
        found = await Installation.get_or_none(id=_INSTALLATION, using_db=connection)
        _refuse_another_channel(settings, found)
        if found is None:
            await Installation.create(id=_INSTALLATION, channel=settings.channel, using_db=connection)
        elif not found.channel:
            found.channel = settings.channel
            await found.save(update_fields=["channel"], using_db=connection)


def _refuse_another_channel(settings: Settings, found: Installation | None) -> None:
    if found is None or found.channel in ("", settings.channel):
        return
    if settings.simulator:
        raise CannotServe(
            "DATABASE_URL: ฐานข้อมูลนี้ใช้กับช่อง LINE จริงแล้ว ตัวจำลองจะไม่แตะต้อง โปรดตั้งฐานข้อมูลอื่น / "
            "this database has served a real LINE channel; the simulator does not touch it, set another one"
        )
    raise CannotServe(
        "DATABASE_URL: ฐานข้อมูลนี้เป็นของตัวจำลอง โปรดตั้งฐานข้อมูลอื่นสำหรับช่อง LINE จริง / "
        "this database belongs to the simulator; set another one for a real LINE channel"
    )


async def _turns(app: web.Application) -> AsyncIterator[None]:
    """From queue to LINE: the client, the outbox, the worker, and what runs beside them."""
    running = app[RUNNING]
    settings, clock, queue = running.settings, running.clock, running.queue
    store = await _open_store(settings)
    session = new_session()
    client = LineClient(
        session,
        api_base_url=settings.line_api_base_url,
        access_token=settings.line_channel_access_token.get_secret_value(),
    )

    async def start_loading(chat_id: str, seconds: int) -> None:
        await _import_sdk()
        await client.start_loading(chat_id, seconds)

    async def ask_quota() -> Quota:
        await _import_sdk()
        return await client.quota()

    outbox = Outbox(client, clock.now)
    content = ContentClient(
        session,
        data_api_base_url=settings.line_data_api_base_url,
        access_token=settings.line_channel_access_token.get_secret_value(),
    )
    evidence = EvidenceWorker(content, store, outbox, clock.now, told_lost)
    dispatcher = Dispatcher(
        outbox,
        Offices(read_revision, read_office),
        clock.now,
        running.conversations,
        pictures_taken=evidence.wake,
    )
    worker = Worker(queue, dispatcher.handle, start_loading, clock.now)
    scheduler = Scheduler([Purge(settings.purge_after_days)], clock.now)
    running.metrics.join("turns", turn_figures(worker, dispatcher, outbox, client))
    running.metrics.join("sending", sending_figures(outbox, client))
    running.metrics.join("database", counts := Remembered(stored.stored_figures, stored.LASTS))
    running.metrics.join("quota", left := Remembered(quota.quota_figures(ask_quota), quota.LASTS))
    stop = asyncio.Event()
    await outbox.start()
    running.outbox, running.evidence = outbox, evidence
    working = asyncio.create_task(worker.run())
    fetching = asyncio.create_task(evidence.run())
    beside = [
        asyncio.create_task(keep_restoring(queue, stop)),
        asyncio.create_task(scheduler.run()),
    ]
    asking = None if settings.simulator else asyncio.create_task(_ask_who_we_are(client, running))

    yield

    running.outbox = None
    stop.set()
    scheduler.close()
    await queue.close()
    await asyncio.gather(working, *beside)
    if asking is not None:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    await evidence.close()
    await fetching
    await counts.close()
    await left.close()
    await outbox.drain(DRAINED_WITHIN)
    await outbox.close()
    await client.aclose()
    await session.close()


async def _open_store(settings: Settings) -> Store:
    """Where pictures are kept. Raises CannotServe when it cannot be; a bucket that is away shows in readiness."""
    try:
        return await open_store(settings)
    except StoreUnavailable as error:
        raise CannotServe(str(error)) from error


async def _import_sdk() -> None:
    """Import line-bot-sdk beside the loop: it takes a second, in which nobody else should have to wait."""
    await asyncio.to_thread(importlib.import_module, "linebot.v3.messaging")


async def _ask_who_we_are(client: LineClient, running: Running) -> None:
    """A wrong access token shows in readiness at the start, not at the first person's message."""
    await _import_sdk()
    try:
        info = await client.bot_info()
    except CallFailed as error:
        if error.status in (401, 403):
            running.refused = f"LINE refuses the access token ({error.status})"
        _log.warning("line.bot_info", status=error.status)
    else:
        _log.info("line.bot_info", name=info.display_name)
