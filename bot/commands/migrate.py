"""`python -m bot migrate`: bring the tables up to date."""

from __future__ import annotations

import asyncio

import click


@click.command(name="migrate")
def command() -> None:
    """Bring the database's tables up to date."""
    from bot.database import migrate
    from bot.settings import read_settings

    asyncio.run(migrate(read_settings().database_url))
    click.echo("ฐานข้อมูลเป็นปัจจุบันแล้ว · The database is up to date.")
