"""The composition root: everything the bot consists of is made here, in the order it depends on each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial

from aiohttp import web

from bot.clock import Clock
from bot.conversations import Conversations
from bot.database import DatabaseUnavailable, close_database, open_database
from bot.health import Health
from bot.installation import mark_channel
from bot.metrics.figures import queue_figures, webhook_figures
from bot.metrics.page import Metrics
from bot.pages.routes import Pages
from bot.queue.embedded import EmbeddedQueue
from bot.queue.jetstream import JetStreamQueue
from bot.roles.scheduler import schedules
from bot.roles.worker import menus, turns
from bot.running import QUEUEING, ROLES, RUNNING, SCHEDULER, WEB, WORKER, CannotServe, Running, store_of
from bot.settings import Settings
from bot.simulator.mount import mount, platform_of
from bot.webhook import Webhook

_DATABASE_TRIED_EVERY = 1.0
"""Seconds between two tries of a process that goes on without its database."""


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
        platform=platform_of(settings, clock) if settings.simulator else None,
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
        mount(app, running.platform)
    if WORKER in roles:
        app.cleanup_ctx.append(menus)
        app.cleanup_ctx.append(turns)
    if SCHEDULER in roles:
        app.cleanup_ctx.append(schedules)
    if WEB in roles and settings.public_pages:
        app.add_routes(Pages(settings.public_base_url, clock.now, partial(store_of, settings)).routes())
    return app


async def _begin_to_stop(app: web.Application) -> None:
    app[RUNNING].stopping.begin()


async def _database(app: web.Application) -> AsyncIterator[None]:
    settings = app[RUNNING].settings
    await open_database(settings.database_url)
    try:
        await mark_channel(settings)
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
