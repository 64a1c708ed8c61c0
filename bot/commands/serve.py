"""`python -m bot serve`: answer LINE, or run the simulator when there are no LINE credentials."""

from __future__ import annotations

import asyncio
import errno
import gc

import click

from bot.settings import Settings, read_settings

SHUTDOWN = 5.0
"""Seconds that requests under way are given at the end, before the queue and the outbox drain."""
COLLECTED_AFTER = (50_000, 20, 100)
"""For `gc.set_threshold`. A turn makes hundreds of objects and no cycles; looked through after each 700 of them, as is
usual, they cost a tenth of its processor time."""


@click.command()
@click.option("--host", help="Listen on this address instead of HOST.")
@click.option("--port", type=int, help="Listen on this port instead of PORT.")
@click.option(
    "--role",
    type=click.Choice(["web", "worker", "scheduler"]),
    help="Do this part only, beside other processes over NATS_URL and PostgreSQL. Default: all three.",
)
def command(host: str | None, port: int | None, role: str | None) -> None:
    """Bring the tables up to date, then answer LINE; without LINE credentials, run the simulator.

    A process with the role web touches no tables: start another one, or run migrate, first.
    """
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    serve(read_settings(**given), role)


def serve(settings: Settings, role: str | None = None) -> None:
    """Serve until a signal ends it. Raises CannotServe, or what `make_app` raises when it starts."""
    from aiohttp import web

    from bot import logs
    from bot.app import make_app
    from bot.clock import Clock
    from bot.installation import prepare
    from bot.running import ROLES, WEB, CannotServe
    from locales.catalog import words

    logs.configure(settings.log_level, settings.line_channel_secret.get_secret_value(), settings.secrets)
    # Every sentence is read before the first person writes: a broken one stops the start, and nobody waits for it.
    for language in ("th", "en"):
        words(language)
    loop = _new_loop()
    roles = frozenset({role}) if role else ROLES
    app = make_app(settings, Clock(settings.simulated_now, settings.timezone), roles=roles)
    if role != WEB:
        loop.run_until_complete(prepare(settings))
    # What the start has made stays: the collector need not look through it again while turns make their own.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
    try:
        web.run_app(
            app,
            host=settings.host,
            port=settings.port,
            access_log=None,
            shutdown_timeout=SHUTDOWN,
            print=lambda _: click.echo(greeting(settings, role)),
            loop=loop,
        )
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES):
            raise
        raise CannotServe(
            f"PORT: เปิดพอร์ต {settings.port} ที่ {settings.host} ไม่ได้ อาจมีโปรแกรมอื่นใช้อยู่ / "
            f"cannot listen on {settings.host} port {settings.port}; another program may be using it"
        ) from None


def greeting(settings: Settings, role: str | None = None) -> str:
    """What is printed once the bot listens: where to look."""
    if role in ("worker", "scheduler"):
        return f"{role}: พร้อม ตรวจที่ {settings.address}/readyz\n{role} ready (listening on {settings.address})"
    if settings.simulator:
        page = f"{settings.address}/simulator/"
        said = f"ตัวจำลอง LINE พร้อมแล้ว เปิด {page}\nThe LINE simulator is ready: open {page}"
        public = f"\nหน้าเว็บของผลที่รับรองแล้ว · the public pages: {settings.address}/units"
        return said + public if settings.public_pages else said
    return (
        f"บอตพร้อมรับ webhook ที่ {settings.public_base_url}/callback\n"
        f"Ready for LINE's webhook at {settings.public_base_url}/callback (listening on {settings.address})"
    )


def _new_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop
    except ImportError:  # not made for Windows
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
