"""Invitations as files: a page to print, a drawing, or a workbook with the codes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.setup.changes import Invited
from bot.setup.choices import THAI
from bot.setup.qr import Card, card_svg, page

PRINTED = {".html", ".svg"}
"""What can carry a QR code, so needs the bot's basic id."""


def card_of(invited: Invited) -> Card:
    """A person's invitation as a card."""
    return Card(tuple(invited.units.values()), THAI[invited.role], invited.code, invited.name)


def rendered(cards: Sequence[Card], suffix: str, line_id: str) -> str:
    """Cards as the text of an .html or, one card only, an .svg file."""
    return page(cards, line_id) if suffix == ".html" else card_svg(cards[0], line_id)


def write_codes(path: Path, invitations: Sequence[Invited]) -> None:
    """A workbook with a row a person. Raises OSError, or xlsxwriter's FileCreateError."""
    import xlsxwriter  # type: ignore[import-untyped]  # publishes no types

    headings = (("ชื่อ", 28), ("ตำแหน่ง", 28), ("บทบาท", 18), ("หน่วยงาน", 50), ("รหัสเชิญ · Code", 20))
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("รหัสเชิญ invitations")
        bold = book.add_format({"bold": True, "bg_color": "#0B4F6C", "font_color": "#FFFFFF"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (heading, width) in enumerate(headings):
            sheet.set_column(column, column, width, wrapped)
            sheet.write_string(0, column, heading, bold)
        sheet.freeze_panes(1, 0)
        for row, each in enumerate(invitations, 1):
            units = "\n".join(f"{code} {name}" for code, name in each.units.items())
            for column, value in enumerate((each.name, each.position, THAI[each.role], units, each.code)):
                sheet.write_string(row, column, value)
