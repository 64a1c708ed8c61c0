"""`python -m bot import FILE`: set up an office from a workbook (.xlsx) or YAML."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.card_files import check_target, write_cards

if TYPE_CHECKING:
    from bot.setup.changes import Changes, Difference, Invited, Progress

MOST_SHOWN = 200
"""Differences that are printed; the audit trail has all of them."""
_LONGEST_SHOWN = 80


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="ตรวจอย่างเดียว ไม่บันทึก · Check only, keep nothing.")
@click.option(
    "--invitations",
    "target",
    type=click.Path(path_type=Path),
    help="เขียนรหัสเชิญลงไฟล์ .xlsx หรือ .html (QR) · Write the new codes to a workbook, or to a page with QR codes.",
)
@click.option("--line-id", default="", help="ไอดีบอต @… สำหรับ QR · The bot's basic id, for QR codes.")
def command(file: Path, *, dry_run: bool, target: Path | None, line_id: str) -> None:
    """Set up units, indicators, targets, rounds, people and past results from a workbook or YAML (docs/import.md)."""
    from bot.setup.rows import WrongSetup

    if target is not None:
        check_target(target, {".xlsx", ".html"})
    try:
        changes, line_id = asyncio.run(_import(file, target, line_id, dry_run=dry_run))
    except WrongSetup as wrong:
        count = len(wrong.problems)
        raise click.ClickException(
            f"ไม่ได้นำเข้าข้อมูลใด ๆ พบที่ต้องแก้ {count} แห่ง · Nothing was imported; to mend: {count}\n{wrong}"
        ) from None
    if dry_run:
        click.echo("ตรวจแล้ว ยังไม่ได้บันทึก · Checked; nothing was kept.")
    _tell(changes)
    if changes.invitations:
        _give_out(changes.invitations, target, line_id)


def _tell(changes: Changes) -> None:
    """What was added and changed, and each change's old and new value."""
    if not changes:
        click.echo("ไม่มีอะไรเปลี่ยนแปลง · Nothing has changed.")
    for section in sorted({*changes.added, *changes.changed}):
        added, changed = changes.added[section], changes.changed[section]
        click.echo(f"{section}: เพิ่ม {added} เปลี่ยน {changed} · added {added}, changed {changed}")
    for each in changes.differences[:MOST_SHOWN]:
        click.echo(f"  {_line(each)}")
    if len(changes.differences) > MOST_SHOWN:
        more = len(changes.differences) - MOST_SHOWN
        click.echo(f"  … อีก {more} รายการ · {more} more; the audit trail has all")
    for section, kept in changes.kept.items():
        click.echo(
            f"{section}: คงไว้ {len(kept)} รายการที่กรอกในแชตแล้ว"
            f" · {len(kept)} differ and stay: they were entered in the chat"
        )
        click.echo("\n".join(f"  {row}" for row in kept[:MOST_SHOWN]))
        if len(kept) > MOST_SHOWN:
            click.echo(f"  … อีก {len(kept) - MOST_SHOWN} รายการ · {len(kept) - MOST_SHOWN} more")


def _line(each: Difference) -> str:
    return f"{each.row} {each.column}: “{_short(each.before)}” → “{_short(each.after)}”"


def _short(text: str) -> str:
    """One line; two long texts that begin alike are still told apart in the audit trail."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[: _LONGEST_SHOWN - 1]}…"


def _give_out(invitations: list[Invited], target: Path | None, line_id: str) -> None:
    """The codes to a file, or to the terminal. They are shown once, so a file that fails does not lose them."""
    if target is not None and write_cards(target, invitations, line_id):
        click.echo(f"รหัสเชิญ {len(invitations)} รหัส อยู่ใน {target} แสดงครั้งเดียว · The codes are there, only once.")
        return
    click.echo("รหัสเชิญ แสดงครั้งเดียว · Invitation codes, shown once:")
    for each in invitations:
        click.echo(f"  {each.code}  {each.name} ({', '.join(each.units)})")


async def _import(file: Path, target: Path | None, line_id: str, *, dry_run: bool) -> tuple[Changes, str]:
    from bot.clock import Clock
    from bot.commands.tables import opened
    from bot.settings import read_settings
    from bot.setup.files import read_setup
    from bot.setup.line_id import UnknownLineId, find_line_id
    from bot.setup.write import import_setup

    settings = read_settings()
    progress = _progress()
    if progress is not None:  # a large workbook takes seconds, in which there is nothing to count yet
        click.echo(f"กำลังอ่านและตรวจ · reading and checking {file.name} …", err=True)
    rows = read_setup(file)
    if target is not None and target.suffix.lower() == ".html":
        try:  # before anything is written: a code is made only once
            line_id = await find_line_id(line_id, settings)
        except UnknownLineId as unknown:
            raise click.ClickException(str(unknown)) from None
    at = Clock(settings.simulated_now, settings.timezone).now()
    async with opened(settings.database_url):
        return await import_setup(rows, at, rule=settings.round_rule, dry_run=dry_run, progress=progress), line_id


def _progress() -> Progress | None:
    """A line that counts on a terminal; nothing where the output is kept."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, rows: int) -> None:
        if done == rows or done % 25 == 0:
            click.echo(f"\rนำเข้า · importing {done:,}/{rows:,} ({done * 100 // rows} %)", nl=done == rows, err=True)

    return show
