"""The composition root: everything the bot consists of is made here, in the order it depends on each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from aiohttp import web
from tortoise.exceptions import OperationalError

from bot.clock import Clock
from bot.conversations import Conversations
from bot.database import DatabaseUnavailable, close_database, migrate, open_database, writing
from bot.delivery.outbox import Outbox
from bot.dispatch import Dispatcher
from bot.evidence.content import ContentClient
from bot.evidence.jobs import EvidenceWorker
from bot.evidence.loss import told_lost
from bot.evidence.statements import ADD_PICTURE
from bot.evidence.store import Store, StoreUnavailable, open_store
from bot.health import Health
from bot.line.client import CallFailed, LineClient, new_session
from bot.line.quota import KnownQuota
from bot.metrics import quota, stored
from bot.metrics.figures import (
    partition_figures,
    queue_figures,
    schedule_figures,
    sending_figures,
    turn_figures,
    webhook_figures,
)
from bot.metrics.page import Metrics
from bot.metrics.remembered import Remembered
from bot.office import read_office, read_revision
from bot.pages.routes import Pages
from bot.purge import Purge
from bot.queue.embedded import EmbeddedQueue
from bot.queue.jetstream import JetStreamQueue
from bot.queue.leases import Leases
from bot.queue.partitions import ALL, Alone, Partitions
from bot.reminders.asked import Reminding
from bot.reminders.hours import Hours
from bot.reminders.review import ReviewReminders
from bot.reminders.schedule import reminders_of
from bot.richmenu.client import RichMenuClient
from bot.richmenu.links import DUTIES, MenuLinks
from bot.richmenu.sync import simulated_menus
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.simulator.platform import Platform
from bot.sql import Statement
from bot.stopping import Stopping
from bot.turn_facts import Offices
from bot.webhook import Webhook
from bot.worker import Worker, keep_restoring, stored_arrivals
from models.tables.audit import Installation

WEB, WORKER, SCHEDULER = "web", "worker", "scheduler"
ROLES = frozenset({WEB, WORKER, SCHEDULER})
"""What a process may do: take webhooks and show pages; let the conversations speak and send; fire what is due by time.

One process does all three unless told otherwise (`serve --role`).
"""
QUEUEING = frozenset({WEB, WORKER})
"""The roles that have to do with the queue."""
DRAINED_WITHIN = 3.0
"""Seconds at the end for what is still to be sent; what is left is sent by the next start."""
REFUSED_ASKED_EVERY = 60.0
"""Seconds between two questions whether LINE still refuses the access token."""
_DATABASE_TRIED_EVERY = 1.0
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
    roles: frozenset[str]
    queue: EmbeddedQueue | JetStreamQueue
    webhook: Webhook
    platform: Platform | None
    """The simulated LINE; None while serving the real one."""
    metrics: Metrics
    outbox: Outbox | None = None
    evidence: EvidenceWorker | None = None
    scheduler: Scheduler | None = None
    menus: MenuLinks | None = None
    stopping: Stopping = field(default_factory=Stopping)
    refused: str = ""
    """What LINE said against the access token; empty when it is accepted or not asked yet."""

    def reasons(self) -> list[str]:
        """Why this process is not ready for what it does, beside its database; for /readyz."""
        reasons = []
        if isinstance(self.queue, JetStreamQueue) and self.roles & QUEUEING and not self.queue.connected:
            reasons.append("queue unreachable")
        if WORKER not in self.roles:
            return reasons
        if self.outbox is None or self.evidence is None:
            return [*reasons, "starting or stopping"]
        if self.outbox.paused:
            reasons.append(f"sending paused: {self.outbox.paused}")
        elif self.refused:
            reasons.append(self.refused)
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


def make_app(
    settings: Settings,
    clock: Clock,
    conversations: Conversations | None = None,
    roles: frozenset[str] = ROLES,
) -> web.Application:
    """The bot, or the `roles` of it, as an aiohttp application, on a database whose tables are up to date.

    Raises CannotServe when one process is to have some roles only and there is no queue between them. Starting it
    raises CannotServe or DatabaseUnavailable, unless it only takes webhooks: for that it needs its queue alone.
    Without LINE credentials the simulated LINE and its page are part of it, and the demonstration data are filled in.
    `conversations`: this project's own unless given.
    """
    if roles != ROLES and (not settings.nats_url or settings.simulator):
        raise CannotServe(
            "NATS_URL: --role ใช้ได้เมื่อตั้ง NATS_URL และช่อง LINE จริงแล้ว หากมีกระบวนการเดียวให้สั่ง serve โดยไม่ระบุ --role / "
            "--role needs NATS_URL and a real LINE channel; for a single process run serve without --role"
        )
    queue = JetStreamQueue(settings.nats_url) if settings.nats_url else EmbeddedQueue()
    running = Running(
        settings=settings,
        clock=clock,
        conversations=conversations or Conversations.ours(),
        roles=roles,
        queue=queue,
        webhook=Webhook(settings.line_channel_secret.get_secret_value(), queue, clock.now),
        platform=_platform(settings, clock) if settings.simulator else None,
        metrics=Metrics(settings.metrics_token.get_secret_value(), open_without=settings.simulator),
    )
    if roles & QUEUEING:
        running.metrics.join("queue", queue_figures(queue, clock.now))
    app = web.Application()
    app[RUNNING] = running
    app.on_shutdown.append(_begin_to_stop)
    if WEB in roles:
        app.router.add_post("/callback", running.webhook.handle)
        running.metrics.join("webhook", webhook_figures(running.webhook))
    app.add_routes(Health(running.reasons, needs_database=roles != {WEB}).routes())
    app.add_routes(running.metrics.routes())
    app.cleanup_ctx.append(_database if roles != {WEB} else _database_when_there)
    if roles & QUEUEING:
        app.cleanup_ctx.append(_queue)
    if running.platform is not None:
        _mount_simulator(app, running.platform)
    if WORKER in roles:
        app.cleanup_ctx.append(_menus)
        app.cleanup_ctx.append(_turns)
    if SCHEDULER in roles:
        app.cleanup_ctx.append(_schedules)
    if WEB in roles and settings.public_pages:
        app.add_routes(Pages(settings.public_base_url, clock.now, partial(_open_store, settings)).routes())
    return app


async def _begin_to_stop(app: web.Application) -> None:
    app[RUNNING].stopping.begin()


def _platform(settings: Settings, clock: Clock) -> Platform:
    from bot.setup.demo_people import DEMO_PEOPLE, STAFF_GROUP
    from bot.simulator.people import Group, Person

    return Platform(
        channel_secret=settings.line_channel_secret.get_secret_value(),
        access_token=settings.line_channel_access_token.get_secret_value(),
        clock=clock,
        callback_url=f"{settings.address}/callback",
        people=[Person(name=person.name, note=person.note, id=person.id) for person in DEMO_PEOPLE],
        groups=[Group(STAFF_GROUP.name, list(STAFF_GROUP.members), STAFF_GROUP.note, STAFF_GROUP.id)],
        redelivery_pauses_s=(1.0, 5.0, 30.0),
    )


def _mount_simulator(app: web.Application, platform: Platform) -> None:
    from bot.simulator import page

    async def stop_streams(_app: web.Application) -> None:
        platform.stop_streams()

    async def simulated(app: web.Application) -> AsyncIterator[None]:
        from bot.setup.demo import fill_demo

        store = await _open_store(app[RUNNING].settings)
        await fill_demo(app[RUNNING].clock.now().date(), store=store)
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


async def _database_when_there(app: web.Application) -> AsyncIterator[None]:
    """The pages' database for a process that takes webhooks, which goes on without it."""

    async def open_it() -> None:
        while True:
            try:
                await open_database(app[RUNNING].settings.database_url)
            except DatabaseUnavailable:
                await asyncio.sleep(_DATABASE_TRIED_EVERY)
            else:
                return

    opening = asyncio.create_task(open_it())
    yield
    opening.cancel()
    await asyncio.gather(opening, return_exceptions=True)
    await close_database()


async def _queue(app: web.Application) -> AsyncIterator[None]:
    queue = app[RUNNING].queue
    if isinstance(queue, JetStreamQueue):
        await queue.open()
    yield
    await app[RUNNING].stopping.end(1, queue.close())


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
    settings, clock, queue, stopping = running.settings, running.clock, running.queue, running.stopping
    partitions: Partitions = Alone()
    if isinstance(queue, JetStreamQueue):
        partitions = Leases(
            taken=lambda taken: _taken(running, queue, taken),
            finish=lambda leaving: _finished(running, queue, leaving),
            lost=lambda lost: _lost(running, queue, lost),
        )
        running.metrics.join("partitions", partition_figures(partitions))
    store = await _open_store(settings)
    session = new_session()
    client = LineClient(
        session,
        api_base_url=settings.line_api_base_url,
        access_token=settings.line_channel_access_token.get_secret_value(),
        processes=lambda: partitions.processes,
    )

    outbox = Outbox(client, clock.now, partitions=partitions, behind=queue.behind)
    content = ContentClient(
        session,
        data_api_base_url=settings.line_data_api_base_url,
        access_token=settings.line_channel_access_token.get_secret_value(),
    )
    evidence = EvidenceWorker(content, store, outbox, clock.now, told_lost, partitions=partitions)
    known_quota = KnownQuota(client.quota)
    dispatcher = Dispatcher(
        outbox,
        Offices(read_revision, partial(read_office, pages_url=settings.pages_url)),
        clock.now,
        running.conversations,
        written=partial(_written, running),
        overflow=queue if isinstance(queue, EmbeddedQueue) else None,
        reminding=Reminding(
            settings.reminder_days, Hours(*settings.working_hours), settings.quota_reserve, known_quota
        ),
    )
    worker = Worker(queue, dispatcher.handle, client.start_loading, clock.now)
    running.metrics.join("turns", turn_figures(worker, dispatcher, outbox, client))
    running.metrics.join("sending", sending_figures(outbox, client))
    asked = _asked_now_and_then(running, client)
    stop = asyncio.Event()
    await outbox.start()
    running.outbox, running.evidence = outbox, evidence
    give_up = _hold(partitions) if isinstance(partitions, Leases) else None
    if give_up is None:
        await outbox.adopt(ALL)
        queue.restore(await stored_arrivals())
    working = asyncio.create_task(worker.run())
    fetching = asyncio.create_task(evidence.run())
    counting = asyncio.create_task(known_quota.run())
    restoring = asyncio.create_task(keep_restoring(queue, stop))
    asking = None if settings.simulator else asyncio.create_task(_ask_who_we_are(client, running))

    yield

    stop.set()
    await stopping.end(0.5, queue.close(), working, restoring)
    for task in filter(None, (asking, counting)):
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await stopping.end(0.6, evidence.close(), fetching, *(each.close() for each in asked))
    await outbox.drain(min(DRAINED_WITHIN, stopping.left(0.75)))
    # Leased until nothing is on its way any more: only then somebody else may speak in these chats.
    await outbox.close(stopping.left(0.95))
    running.outbox = None
    if give_up is not None:
        await stopping.end(0.97, give_up())
    await client.aclose()
    await session.close()


def _asked_now_and_then(running: Running, client: LineClient) -> tuple[Remembered[Any], ...]:
    """What the metrics show of the database and of LINE, which are not asked at every scrape."""
    counts = Remembered(stored.stored_figures, stored.LASTS)
    left = Remembered(quota.quota_figures(client.quota), quota.LASTS)
    running.metrics.join("database", counts)
    running.metrics.join("quota", left)
    return counts, left


def _hold(leases: Leases) -> Callable[[], Coroutine[Any, Any, None]]:
    """Begin to lease partitions; returns what gives them up at the end."""
    stop = asyncio.Event()
    leasing = asyncio.create_task(leases.run(stop))

    async def give_up() -> None:
        stop.set()
        await leasing
        await leases.close()

    return give_up


async def _taken(running: Running, queue: JetStreamQueue, partitions: frozenset[int]) -> None:
    """What was left to be said in these chats goes before what is said next."""
    if running.outbox is not None:
        await running.outbox.adopt(partitions)
        queue.assign(partitions)


async def _finished(running: Running, queue: JetStreamQueue, partitions: frozenset[int]) -> None:
    await queue.withdraw(partitions)
    if running.outbox is not None:
        await running.outbox.finish(partitions)


async def _lost(running: Running, queue: JetStreamQueue, partitions: frozenset[int]) -> None:
    if running.outbox is not None:
        running.outbox.lose(partitions)
    await queue.withdraw(partitions, at_once=True)


async def _schedules(app: web.Application) -> AsyncIterator[None]:
    """What is due by time."""
    running = app[RUNNING]
    settings = running.settings
    session = new_session()
    client = LineClient(
        session,
        api_base_url=settings.line_api_base_url,
        access_token=settings.line_channel_access_token.get_secret_value(),
    )
    offices = Offices(read_revision, read_office)
    schedules = (
        Purge(settings.purge_after_days),
        ReviewReminders(
            offices, hours=Hours(*settings.working_hours), after=timedelta(days=settings.review_reminder_after)
        ),
        reminders_of(settings, client, offices),
    )
    scheduler = running.scheduler = Scheduler(schedules, running.clock.now)
    running.metrics.join("schedules", schedule_figures(scheduler))
    scheduling = asyncio.create_task(scheduler.run())
    yield
    scheduler.close()
    await running.stopping.end(0.2, scheduling)
    await client.aclose()
    await session.close()


def _written(running: Running, statements: frozenset[Statement]) -> None:
    """Whoever waits for something that a turn wrote looks now."""
    if running.evidence is not None and ADD_PICTURE in statements:
        running.evidence.wake()
    if running.menus is not None and any(each.table in DUTIES for each in statements):
        running.menus.wake()


async def _menus(app: web.Application) -> AsyncIterator[None]:
    """Everybody has the rich menu of their duty; a simulated LINE, which begins without any, is given ours."""
    running = app[RUNNING]
    settings = running.settings
    async with new_session() as session:
        client = RichMenuClient(
            session,
            api_base_url=settings.line_api_base_url,
            data_api_base_url=settings.line_data_api_base_url,
            access_token=settings.line_channel_access_token.get_secret_value(),
        )
        running.menus = MenuLinks(client, running.clock.now)
        keeping = simulated_menus(client, running.menus) if settings.simulator else running.menus.run()
        task = asyncio.create_task(keeping)
        yield
        running.menus.close()
        await running.stopping.end(1, task)


async def _open_store(settings: Settings) -> Store:
    """Where pictures are kept. Raises CannotServe when it cannot be; a bucket that is away shows in readiness."""
    try:
        return await open_store(settings)
    except StoreUnavailable as error:
        raise CannotServe(str(error)) from error


async def _ask_who_we_are(client: LineClient, running: Running) -> None:
    """A wrong access token shows in readiness at the start, not at the first person's message, until it is accepted."""
    while True:
        try:
            info = await client.bot_info()
        except CallFailed as error:
            _log.warning("line.bot_info", status=error.status)
            if error.status not in (401, 403):
                return
            running.refused = f"LINE refuses the access token ({error.status})"
        else:
            running.refused = ""
            _log.info("line.bot_info", name=info.display_name)
            return
        await asyncio.sleep(REFUSED_ASKED_EVERY)
