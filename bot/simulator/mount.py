"""The simulated LINE within the bot's own process, where there is no real channel."""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiohttp import web

from bot.clock import Clock
from bot.running import RUNNING, store_of
from bot.settings import Settings
from bot.simulator.platform import Platform


def platform_of(settings: Settings, clock: Clock) -> Platform:
    """A LINE with the people of the demonstration, whose webhooks come back to this process."""
    from bot.setup.demo_people import DEMO_GROUPS, DEMO_PEOPLE
    from bot.simulator.people import Group, Person

    return Platform(
        channel_secret=settings.line_channel_secret.get_secret_value(),
        access_token=settings.line_channel_access_token.get_secret_value(),
        clock=clock,
        callback_url=f"{settings.address}/callback",
        people=[Person(name=person.name, note=person.note, id=person.id) for person in DEMO_PEOPLE],
        groups=[Group(each.name, list(each.members), each.note, each.id) for each in DEMO_GROUPS],
        redelivery_pauses_s=(1.0, 5.0, 30.0),
    )


def mount(app: web.Application, platform: Platform) -> None:
    """Serve it and its page beside the bot, and fill in the demonstration as the bot starts."""
    from bot.simulator import page

    async def stop_streams(_app: web.Application) -> None:
        platform.stop_streams()

    async def simulated(app: web.Application) -> AsyncIterator[None]:
        from bot.setup.demo import fill_demo

        store = await store_of(app[RUNNING].settings)
        await fill_demo(app[RUNNING].clock.now().date(), store=store)
        yield
        await platform.close()

    app.add_routes([*platform.routes(), *page.routes()])
    app.on_shutdown.append(stop_streams)
    app.cleanup_ctx.append(simulated)
