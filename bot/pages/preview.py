"""What stands on the picture that a chat shows under a shared address; `bot.pages.preview_process` draws it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from bot.pages.published import IndicatorPage, UnitPage

if TYPE_CHECKING:
    from bot.pages.render import Look

WIDTH, HEIGHT = 1200, 630
"""Pixels: 1.91 to 1, the shape in which chats show a preview without cutting it."""


class Preview(msgspec.Struct, frozen=True):
    """The words of one preview, each on one line but the name."""

    site: str
    year: str
    head: str
    name: str
    figures: list[tuple[str, str]]
    """What is counted, and how many."""
    reached: str = ""
    share: float | None = None
    """Of the target, 0 to 1; None where it cannot be said."""


def of_indicator(page: IndicatorPage, look: Look) -> Preview:
    """Result against target, with the unit of measure."""
    w, measure, progress = look.w, page.indicator.unit_of_measure, page.progress
    target = page.target

    def counted(value: Decimal | None) -> str:
        return w("page-none-said") if value is None else f"{w.amount(value)} {measure}"

    aimed = w("page-none-set") if target is None else target.text if target.value is None else counted(target.value)
    return Preview(
        site=w("page-site"),
        year=f"{w('page-fiscal-year')} {page.fiscal_year}",
        head=f"{page.indicator.code} · {look.name(page.unit)}",
        name=look.name(page.indicator),
        figures=[(w("page-result"), counted(progress.result)), (w("page-target"), aimed)],
        reached="" if progress.percent is None else w("page-reached-percent", percent=progress.percent),
        share=None if progress.share is None else float(progress.share),
    )


def of_unit(page: UnitPage, look: Look) -> Preview:
    """How many indicators a unit has, and of how many something is accepted."""
    w = look.w
    told = sum(each.progress.result is not None for each in page.indicators)
    return Preview(
        site=w("page-site"),
        year=f"{w('page-fiscal-year')} {page.fiscal_year}",
        head=page.unit.code,
        name=look.name(page.unit),
        figures=[
            (w("page-indicators"), w.amount(len(page.indicators))),
            (w("page-told"), w.amount(told)),
        ],
    )
