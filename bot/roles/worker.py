"""The role worker: the conversations speak, and what they say is sent; pictures and menus go beside it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from functools import partial
from typing import Any

import structlog
from aiohttp import web

from bot.delivery.outbox import Outbox
from bot.dispatch import Dispatcher
from bot.evidence.content import ContentClient
from bot.evidence.jobs import EvidenceWorker
from bot.evidence.loss import told_lost
from bot.evidence.statements import ADD_PICTURE
from bot.line.client import CallFailed, LineClient, new_session
from bot.line.quota import KnownQuota
from bot.metrics import quota, stored
from bot.metrics.figures import partition_figures, sending_figures, turn_figures
from bot.metrics.remembered import Remembered
from bot.office import read_office, read_revision
from bot.queue.embedded import EmbeddedQueue
from bot.queue.jetstream import JetStreamQueue
from bot.queue.leases import Leases
from bot.queue.partitions import ALL, Alone, Partitions
from bot.reminders.asked import Reminding
from bot.reminders.hours import Hours
from bot.richmenu.client import RichMenuClient
from bot.richmenu.links import DUTIES, MenuLinks
from bot.richmenu.sync import simulated_menus
from bot.running import RUNNING, Running, store_of
from bot.sql import Statement
from bot.turn_facts import Offices
from bot.worker import Worker, keep_restoring, stored_arrivals

DRAINED_WITHIN = 3.0
"""Seconds at the end for what is still to be sent; what is left is sent by the next start."""
REFUSED_ASKED_EVERY = 60.0
"""Seconds between two questions whether LINE still refuses the access token."""

_log = structlog.get_logger()


async def turns(app: web.Application) -> AsyncIterator[None]:
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
    store = await store_of(settings)
    session = new_session()
    client = LineClient.of(settings, session, lambda: partitions.processes)
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


def _written(running: Running, statements: frozenset[Statement]) -> None:
    """Whoever waits for something that a turn wrote looks now."""
    if running.evidence is not None and ADD_PICTURE in statements:
        running.evidence.wake()
    if running.menus is not None and any(each.table in DUTIES for each in statements):
        running.menus.wake()


async def menus(app: web.Application) -> AsyncIterator[None]:
    """Everybody has the rich menu of their duty; a simulated LINE, which begins without any, is given ours."""
    running = app[RUNNING]
    settings = running.settings
    async with new_session() as session:
        client = RichMenuClient.of(settings, session)
        running.menus = MenuLinks(client, running.clock.now)
        keeping = simulated_menus(client, running.menus) if settings.simulator else running.menus.run()
        task = asyncio.create_task(keeping)
        yield
        running.menus.close()
        await running.stopping.end(1, task)


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
