"""`python -m bot replay`: what was set aside because its turn kept failing, and having it handled again.

A replayed event is put back as waiting in the database. A running server looks for such events every few seconds; one
that starts, at its start. The answer then goes out as a push, because the reply token has died.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import click

from bot.settings import Settings, read_settings


@click.command()
@click.argument("event_id", required=False)
@click.option("--all", "everything", is_flag=True, help="Put every event that was set aside back.")
@click.option("--list", "listing", is_flag=True, help="List them, without what was said.")
def command(event_id: str | None, *, everything: bool, listing: bool) -> None:
    """List events that were set aside (--list), or have EVENT_ID or --all handled again.

    A running server takes them up within a few seconds.
    """
    if sum((event_id is not None, everything, listing)) != 1:
        raise click.UsageError("Give one of EVENT_ID, --all and --list.")
    settings = read_settings()
    if listing:
        for line in asyncio.run(list_set_aside(settings)) or ["ไม่มีรายการ / nothing is set aside"]:
            click.echo(line)
        return
    replayed = asyncio.run(put_back(settings, event_id))
    if event_id is not None and not replayed:
        raise click.ClickException(f"ไม่พบรายการ {event_id} ที่พักไว้ / {event_id} is not among those set aside")
    click.echo(f"นำกลับมา {len(replayed)} รายการ / put back {len(replayed)}")


async def list_set_aside(settings: Settings) -> Sequence[str]:
    """A line an event, oldest first: id, time, attempts, the chat's name in the logs, the error without its text."""
    from bot import logs
    from bot.commands.tables import opened
    from models.tables.chat import WebhookEvent

    logs.configure(settings.log_level, settings.line_channel_secret.get_secret_value(), settings.secrets)
    async with opened(settings.database_url):
        rows = await WebhookEvent.filter(state="set_aside").order_by("occurred_at", "id")
        return [
            "  ".join(
                (
                    row.id,
                    row.occurred_at.astimezone(settings.timezone).isoformat(timespec="seconds"),
                    f"attempts={row.attempts}",
                    logs.pseudonym(row.chat_id),
                    logs.redacted(row.error),
                )
            )
            for row in rows
        ]


async def put_back(settings: Settings, event_id: str | None) -> Sequence[str]:
    """Make one event, or with None every one that was set aside, wait for its turn again. Returns their ids."""
    from bot.commands.tables import opened
    from bot.database import writing
    from models.tables.chat import WebhookEvent

    async with opened(settings.database_url), writing() as connection:
        found = WebhookEvent.filter(state="set_aside").using_db(connection)
        if event_id is not None:
            found = found.filter(id=event_id)
        ids = [row.id for row in await found.order_by("occurred_at", "id")]
        await WebhookEvent.filter(id__in=ids).using_db(connection).update(state="waiting", attempts=0, error="")
    return ids
