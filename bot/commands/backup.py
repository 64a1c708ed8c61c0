"""`python -m bot backup FILE`: the database and the pictures in one file, while the bot runs."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from bot.backup.archive import CannotBackUp, Manifest


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def command(file: Path) -> None:
    """Write database and pictures into one FILE, readable by its owner alone. The bot may run meanwhile.

    Where FILE is a folder, the file in it is named after the day: raingan-2026-12-31.zip.
    """
    try:
        file, manifest = asyncio.run(_back_up(file))
    except CannotBackUp as cannot:
        raise click.ClickException(str(cannot)) from None
    click.echo(f"สำรองแล้วที่ {file} · Backed up to {file}")
    tell(manifest)


async def _back_up(file: Path) -> tuple[Path, Manifest]:
    from bot.backup.whole import back_up
    from bot.clock import Clock
    from bot.commands.tables import opened
    from bot.settings import read_settings

    settings = read_settings()
    if sys.stderr.isatty():
        click.echo("กำลังสำรองฐานข้อมูล · saving the database …", err=True)
    async with opened(settings.database_url):  # says what is wrong with the address, or that there are no tables
        pass
    now = Clock(settings.simulated_now, settings.timezone).now()
    if file.is_dir():  # noqa: ASYNC240 - a command: nobody waits beside it
        file /= f"raingan-{now:%Y-%m-%d}.zip"
    return file, await back_up(settings, file, now, count_pictures)


def count_pictures(done: int, pictures: int) -> None:
    """A line that counts on a terminal; nothing where the output is kept."""
    if sys.stderr.isatty() and (done == pictures or done % 10 == 0):
        click.echo(f"\rรูป · pictures {done:,}/{pictures:,}", nl=done == pictures, err=True)


def tell(manifest: Manifest) -> None:
    """What a backup holds, in one or two lines."""
    rows = manifest.rows
    pictures = sum(not name.endswith("-small.jpg") for name in manifest.pictures)
    counts = {"หน่วยงาน · units": "unit", "บุคคล · people": "person", "รายงาน · reports": "report"}
    held = [f"{said} {rows.get(name, 0):,}" for said, name in counts.items()]
    click.echo(
        f"ณ เวลา · as of {manifest.made_at}: {', '.join(held)}, รูป · pictures {pictures:,} ({manifest.migration})"
    )
    if manifest.missing:
        click.echo(f"ไม่พบรูปในที่เก็บ · not in the store: {', '.join(manifest.missing)}", err=True)
