"""Where a command writes invitation codes: a file that is not there yet, and never a lost code."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.setup.changes import Invited


def check_target(path: Path, suffixes: Collection[str]) -> None:
    """Raise ClickException when codes could not be written there: asked before any code is made."""
    if path.suffix.lower() not in suffixes:
        known = ", ".join(sorted(suffixes))
        raise click.ClickException(f"{path}: ชื่อไฟล์ต้องลงท้ายด้วย {known} · The name has to end in {known}")
    if path.exists():
        raise click.ClickException(f"มีไฟล์ {path} อยู่แล้ว ใช้ชื่ออื่น · {path} is there already; use another name")
    if not path.parent.is_dir():
        raise click.ClickException(f"ไม่มีโฟลเดอร์ {path.parent} · There is no folder {path.parent}")


def write_cards(path: Path, invitations: Sequence[Invited], line_id: str) -> bool:
    """Write invitations as a workbook, page or drawing; False, with a word on the terminal, when that fails."""
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # publishes no types

    from bot.setup.cards_file import PRINTED, card_of, rendered, write_codes

    suffix = path.suffix.lower()
    try:
        if suffix in PRINTED:
            path.write_text(rendered([card_of(each) for each in invitations], suffix, line_id), encoding="utf-8")
        else:
            write_codes(path, invitations)
    except (OSError, FileCreateError) as error:
        click.echo(f"เขียน {path} ไม่ได้ · Cannot write {path}: {error}", err=True)
        return False
    return True
