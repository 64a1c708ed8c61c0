"""`python -m bot replay`: what was set aside because its turn or its sending kept failing, and having it tried again.

A replayed event is put back as waiting in the database. A running server looks for such events every few seconds; one
that starts, at its start. The answer then goes out as a push, because the reply token has died. So does a replayed
message, with a retry key of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import click

from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from models.tables.chat import WebhookEvent
    from models.tables.delivery import OutgoingMessage

_NOBODY_MISSES = ("superseded", "late")
"""Errors of messages that a newer one replaced, or that whoever wrote them writes anew."""


@click.command()
@click.argument("name", metavar="ID", required=False)
@click.option("--all", "everything", is_flag=True, help="Put every event that was set aside back.")
@click.option("--list", "listing", is_flag=True, help="List events and messages, without what was said.")
def command(name: str | None, *, everything: bool, listing: bool) -> None:
    """List what was set aside (--list), or have the event or message ID, or --all events, tried again.

    A running server takes them up within a few seconds. A message is pushed, which counts in the month's quota.
    """
    if sum((name is not None, everything, listing)) != 1:
        raise click.UsageError("Give one of ID, --all and --list.")
    settings = read_settings()
    if listing:
        for line in asyncio.run(list_set_aside(settings)) or ["ไม่มีรายการ / nothing is set aside"]:
            click.echo(line)
        return
    replayed, gone = asyncio.run(put_back(settings, name))
    if gone:
        click.echo(f"ข้าม {len(gone)} รายการ เนื้อหาถูกลบแล้ว / left out {len(gone)}: the words are gone")
    if name is not None and not replayed:
        raise click.ClickException(f"นำ {name} กลับมาไม่ได้ โปรดดู --list / {name} cannot be put back, see --list")
    click.echo(f"นำกลับมา {len(replayed)} รายการ / put back {len(replayed)}")


async def list_set_aside(settings: Settings) -> Sequence[str]:
    """A line an event or message, oldest first: id, time, attempts, the chat's name in the logs, the error's kind."""
    from bot import logs
    from bot.commands.tables import opened
    from models.tables.chat import WebhookEvent
    from models.tables.delivery import OutgoingMessage

    logs.configure(settings.log_level, settings.line_channel_secret.get_secret_value(), settings.secrets)
    async with opened(settings.database_url):
        lines = [
            (
                row.occurred_at,
                row.id,
                "event",
                row.attempts,
                row.chat_id,
                row.error,
                _gone(row),
            )
            for row in await WebhookEvent.filter(state="set_aside")
        ]
        for row in await OutgoingMessage.filter(state="set_aside").exclude(error__in=_NOBODY_MISSES):
            why = row.error.partition(":")[0]  # what follows it is LINE's own sentence
            lines.append(
                (row.created_at, str(row.id), "message", row.attempts, row.chat_id, why, await _not_pushed(row))
            )
        return [
            "  ".join(
                (
                    name,
                    at.astimezone(settings.timezone).isoformat(timespec="seconds"),
                    kind,
                    f"attempts={attempts}",
                    logs.pseudonym(chat_id),
                    logs.redacted(error),
                    *((f"({gone})",) if gone else ()),
                )
            )
            for at, name, kind, attempts, chat_id, error, gone in sorted(lines)
        ]


async def put_back(settings: Settings, name: str | None) -> tuple[Sequence[str], Sequence[str]]:
    """Make one event or message, or with None every event that was set aside, wait again.

    Returns their ids, and those of events whose words are gone: they stay where they are.
    """
    from bot.commands.tables import opened
    from bot.database import writing
    from models.tables.chat import WebhookEvent

    async with opened(settings.database_url), writing() as connection:
        found = WebhookEvent.filter(state="set_aside").using_db(connection)
        if name is not None:
            found = found.filter(id=name)
        events = await found.order_by("occurred_at", "id")
        ids = [row.id for row in events if not _gone(row)]
        await WebhookEvent.filter(id__in=ids).using_db(connection).update(state="waiting", attempts=0, error="")
        if name is not None and not events:
            ids = await _push_again(settings, name)
        return ids, [row.id for row in events if _gone(row)]


def _gone(event: WebhookEvent) -> str:
    """Why it cannot be put back, empty when it can: the purge blanks its words, being forgotten its chat as well."""
    return "" if event.payload != "{}" and event.chat_id else "words gone"


async def _not_pushed(message: OutgoingMessage) -> str:
    """Why it cannot be put back; empty when it can."""
    from bot.delivery.outgoing import NOTHING
    from models.tables.delivery import OutgoingMessage

    if message.messages == NOTHING:
        return "words gone"
    if not message.chat_id.startswith("U"):
        return "a group is not pushed to"
    newer = OutgoingMessage.filter(chat_id=message.chat_id, created_at__gt=message.created_at).exclude(event_id="")
    return "superseded" if message.event_id and await newer.exists() else ""


async def _push_again(settings: Settings, name: str) -> list[str]:
    """Let it wait as a push that was never tried: LINE would take the old retry key for the old attempt."""
    from bot.clock import Clock
    from models.tables.delivery import OutgoingMessage

    try:
        found = await OutgoingMessage.filter(id=UUID(name), state="set_aside").exclude(error__in=_NOBODY_MISSES)
    except ValueError:
        return []
    ids = [each.id for each in found if not await _not_pushed(each)]
    await OutgoingMessage.filter(id__in=ids).update(
        state="waiting",
        reply_token="",
        token_expires_at=None,
        retry_key=uuid4(),
        attempts=0,
        created_at=Clock(settings.simulated_now, settings.timezone).now(),
        send_by=None,
        finished_at=None,
        error="",
    )
    return [str(each) for each in ids]
