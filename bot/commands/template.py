"""`python -m bot template FILE.xlsx`: the workbook that an office is set up with, empty."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="template")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="เขียนทับไฟล์เดิม · Replace a file that is there.")
def command(file: Path, *, force: bool) -> None:
    """Write an empty set-up workbook with hints and lists, to be filled in and imported (docs/import.md)."""
    if file.suffix.lower() != ".xlsx":
        raise click.ClickException(f"{file.name}: ชื่อไฟล์ต้องลงท้ายด้วย .xlsx · The name has to end in .xlsx")
    if file.exists() and not force:
        raise click.ClickException(
            f"มีไฟล์ {file} อยู่แล้ว ใช้ชื่ออื่นหรือ --force · {file} is there already; use another name or --force"
        )
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # publishes no types

    from bot.setup.template import write_template

    try:
        write_template(file)
    except (OSError, FileCreateError) as error:
        raise click.ClickException(f"เขียนไฟล์ {file} ไม่ได้ · Cannot write {file}: {error}") from None
    click.echo(f"เขียน {file} แล้ว กรอกแล้วสั่ง python -m bot import {file} --dry-run · Fill it in, then import it.")
