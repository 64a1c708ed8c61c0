"""`python -m bot import FILE.yaml`: set up units, indicators, targets, assignments and rounds."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.setup.write import Changes


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="ตรวจอย่างเดียว ไม่บันทึก · Check only, keep nothing.")
def command(file: Path, dry_run: bool) -> None:
    """Set up units, indicators, targets and rounds from a YAML file (docs/import.md)."""
    from bot.setup.rows import WrongSetup

    try:
        changes = asyncio.run(_import(file, dry_run=dry_run))
    except WrongSetup as wrong:
        count = len(wrong.problems)
        raise click.ClickException(
            f"ไม่ได้นำเข้าข้อมูลใด ๆ พบที่ต้องแก้ {count} แห่ง · Nothing was imported; to mend: {count}\n{wrong}"
        ) from None
    if dry_run:
        click.echo("ตรวจแล้ว ยังไม่ได้บันทึก · Checked; nothing was kept.")
    if not changes:
        click.echo("ไม่มีอะไรเปลี่ยนแปลง · Nothing has changed.")
    for section in sorted({*changes.added, *changes.changed}):
        added, changed = changes.added[section], changes.changed[section]
        click.echo(f"{section}: เพิ่ม {added} เปลี่ยน {changed} · added {added}, changed {changed}")


async def _import(file: Path, *, dry_run: bool) -> Changes:
    from bot.clock import Clock
    from bot.commands.tables import opened
    from bot.settings import read_settings
    from bot.setup.write import import_setup
    from bot.setup.yaml_file import read_yaml

    settings = read_settings()
    rows = read_yaml(file)
    async with opened(settings.database_url):
        return await import_setup(rows, Clock(settings.simulated_now, settings.timezone).now(), dry_run=dry_run)
