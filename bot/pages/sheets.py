"""The pages' data as rows: CSV for any program, XLSX for Excel. No cell is ever taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from bot.pages.published import IndicatorFacts, IndicatorPage, Named, QuarterOfYear, UnitPage
from bot.pages.render import Look
from models.rules.office import ResultKind

COLUMNS = (
    "code",
    "name",
    "year",
    "quarter",
    "unit-code",
    "unit",
    "measure",
    "target",
    "result",
    "answer",
    "zero",
    "overall",
    "accepted",
    "narrative",
)
LONGEST_CELL = 32_767
"""Characters: Excel's own limit."""

_COMPUTED = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

Cell = str | int | Decimal | None


def indicator_rows(page: IndicatorPage, look: Look) -> Iterator[list[Cell]]:
    """A row a quarter of the indicator, then of each unit behind it; absent is an empty cell."""
    for row in page.quarters:
        yield _row(look, page.indicator, page.indicator.kind, page.unit, row)
    for each in page.units:
        for row in page.quarters:
            only = QuarterOfYear(row.quarter, None, each.accepted.get(row.quarter), None, None)
            yield _row(look, page.indicator, page.indicator.part_kind, each.unit, only)


def unit_rows(page: UnitPage, look: Look) -> Iterator[list[Cell]]:
    """A row a quarter of each indicator of the unit."""
    for each in page.indicators:
        for row in each.quarters:
            yield _row(look, each.indicator, each.kind, page.unit, row)


def _row(look: Look, indicator: IndicatorFacts, kind: ResultKind, unit: Named, row: QuarterOfYear) -> list[Cell]:
    found = row.accepted
    return [
        indicator.code,
        look.name(indicator),
        row.quarter.fiscal_year,
        row.quarter.number,
        unit.code,
        look.name(unit),
        indicator.unit_of_measure,
        None if row.target is None else row.target.value,
        row.result,
        look.answer(found) if found is not None and kind is ResultKind.YES_NO else None,
        look.w(f"page-zero-{found.zero_reason}") if found is not None and found.zero_reason else None,
        None if row.evaluation is None else row.evaluation.overall,
        None if found is None or found.accepted_at is None else found.accepted_at.date().isoformat(),
        found.narrative if found is not None and found.narrative else None,
    ]


def as_csv(look: Look, rows: Iterable[Sequence[Cell]]) -> bytes:
    """CSV in UTF-8 with the mark that Excel needs to see that it is."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([look.w(f"page-column-{column}") for column in COLUMNS])
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> str:
    """A text that a spreadsheet would compute gets an apostrophe in front (OWASP: CSV injection)."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    return (
        f"'{cell}"
        if cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) or cell[:1] in "\t\r\n"
        else cell
    )


def as_xlsx(look: Look, rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook with one sheet. Slow for the event loop: call it in a thread.

    A text longer than a cell may be goes on in the cells to its right; it is the last of its row.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # publishes no types

    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(written, options) as book:
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        plain = book.add_format({"valign": "top"})
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, look.w(f"page-column-{name}"), head)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    for part in range(0, len(cell), LONGEST_CELL):
                        text = cell[part : part + LONGEST_CELL]
                        sheet.write_string(line, column + part // LONGEST_CELL, text, wrapped)
                elif cell is not None:
                    sheet.write_number(line, column, float(cell), plain)
        sheet.freeze_panes(1, 0)
        sheet.set_column(1, 1, 40)
        sheet.set_column(5, 5, 30)
        sheet.set_column(len(COLUMNS) - 1, len(COLUMNS) - 1, 80)
    return written.getvalue()
