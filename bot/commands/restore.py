"""`python -m bot restore FILE`: a backup in the place of an empty database, or of another one when told so."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.backup.archive import CannotBackUp, Manifest


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="แทนที่ข้อมูลที่มีอยู่ทั้งหมด · Replace all the data that are there.")
def command(file: Path, *, replace: bool) -> None:
    """Put the database and pictures of a backup FILE back. The bot must be stopped; all of FILE is verified first."""
    from bot.commands.backup import tell

    try:
        manifest, left = asyncio.run(_restore(file, replace=replace))
    except CannotBackUp as cannot:
        raise click.ClickException(str(cannot)) from None
    click.echo(f"กู้คืนจาก {file} แล้ว · Restored from {file}")
    tell(manifest)
    if left:
        click.echo(f"ลบรูปเดิมออกจากที่เก็บไม่ได้ · The store kept pictures that nothing names: {', '.join(left)}", err=True)


async def _restore(file: Path, *, replace: bool) -> tuple[Manifest, list[str]]:
    from bot.backup.whole import restore
    from bot.commands.backup import count_pictures
    from bot.settings import read_settings

    return await restore(read_settings(), file, count_pictures, replace=replace)
