"""The pages' data as rows: CSV for any program, XLSX for Excel. No cell is ever taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from bot.pages.published import Activity, IndicatorFacts, IndicatorPage, Named, QuarterOfYear, Target, UnitPage
from bot.pages.render import Look
from models.rules.office import ResultKind

COLUMNS = (
    *("code", "name", "year", "quarter", "unit-code", "unit", "measure", "target", "result", "answer", "state"),
    *("zero", "overall"),
)
LAST = ("accepted", "narrative")
"""Between the two stand an indicator's criteria and sub-measures."""
LONGEST_CELL = 32_767
"""Characters: Excel's own limit."""

_COMPUTED = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

Cell = str | int | Decimal | None


def indicator_rows(page: IndicatorPage, look: Look) -> Iterator[list[Cell]]:
    """The heads, then a row a quarter of the indicator and of each unit behind it; absent is an empty cell."""
    further = [
        *(each.code for each in page.criteria),
        *(f"{look.label(each)} ({each.unit_of_measure})" for each in page.sub_measures),
    ]
    yield _between(_heads(look), further)
    for row in page.quarters:
        scores = row.evaluation.scores if row.evaluation is not None else page.criteria
        own = [each.score for each in scores] + [each.values.get(row.quarter) for each in page.sub_measures]
        yield _between(_row(look, page.indicator, page.indicator.kind, page.unit, row), own)
    for each in page.units:
        for row in page.quarters:
            found, due = each.accepted.get(row.quarter), each.is_due(row.quarter)
            only = QuarterOfYear(row.quarter, None, found, None, None, due)
            cells = _row(look, page.indicator, page.indicator.part_kind, each.unit, only)
            yield _between(cells, (None,) * len(further))


def unit_rows(page: UnitPage, look: Look) -> Iterator[list[Cell]]:
    """The heads, then a row a quarter of each indicator of the unit."""
    yield _heads(look)
    for each in page.indicators:
        for row in each.quarters:
            yield _row(look, each.indicator, each.kind, page.unit, row)


def indicator_details(page: IndicatorPage, look: Look) -> Iterator[Sequence[Cell]]:
    """What an indicator's page says once for all quarters: a heading and a text a row."""
    w, facts = look.w, page.indicator
    yield [w("page-code"), facts.code]
    yield [w("page-column-name"), look.name(facts)]
    yield [w("page-unit"), f"{page.unit.code} {look.name(page.unit)}"]
    yield [w("page-type"), w(f"page-type-{facts.type}") if facts.type else None]
    yield [w("page-level"), w(f"page-level-{facts.level}") if facts.level else None]
    yield [w("page-result"), page.progress.result]
    yield [w("page-summary"), page.summary or None]
    for row in page.quarters:
        if row.evaluation is not None and row.evaluation.comment:
            head = f"{w('page-evaluator-comment')} · {w('page-quarter', number=row.quarter.number)}"
            yield [head, row.evaluation.comment]
    for each in page.activities:
        yield [w("page-activity"), each.text, *_why(look, each)]
    for target in page.targets:
        yield [w("page-target"), _aim(target), *_why(look, target)]
    for word, text in (("definition", page.definition), ("method", page.method), ("source", page.data_source)):
        yield [w(f"page-{word}"), text or None]
    for word, texts in (("strategy", page.strategy), ("projects", page.projects)):
        yield from ([w(f"page-{word}"), text] for text in texts)
    yield from ([w("page-links"), link.label, link.url or None] for link in page.links)


def unit_details(page: UnitPage, look: Look) -> Iterator[Sequence[Cell]]:
    """What a unit is, and the activities and targets that were granted to it alone."""
    w = look.w
    yield [w("page-unit-code"), page.unit.code]
    yield [w("page-column-unit"), look.name(page.unit)]
    if page.parent is not None:
        yield [w("page-within"), f"{page.parent.code} {look.name(page.parent)}"]
    for each in page.indicators:
        if not each.owned:
            for activity in each.activities:
                yield [f"{each.indicator.code} {w('page-activity')}", activity.text, *_why(look, activity)]
            for target in each.targets:
                yield [f"{each.indicator.code} {w('page-target')}", _aim(target), *_why(look, target)]


def _aim(target: Target) -> Cell:
    return target.text or None if target.value is None else target.value


def _why(look: Look, change: Activity | Target) -> list[Cell]:
    return [look.w("page-from", day=change.valid_from), change.document_number or None, change.reason or None]


def _heads(look: Look) -> list[Cell]:
    return [look.w(f"page-column-{column}") for column in (*COLUMNS, *LAST)]


def _between(cells: list[Cell], further: Sequence[Cell]) -> list[Cell]:
    return [*cells[: len(COLUMNS)], *further, *cells[len(COLUMNS) :]]


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
        None if row.target is None else _aim(row.target),
        row.result,
        look.answer(found) if found is not None and kind is ResultKind.YES_NO else None,
        look.w("page-state", state=_state(row)),
        look.w(f"page-zero-{found.zero_reason}") if found is not None and found.zero_reason else None,
        None if row.evaluation is None else row.evaluation.overall,
        None if found is None or found.accepted_at is None else found.accepted_at.date().isoformat(),
        found.narrative if found is not None and found.narrative else None,
    ]


def _state(row: QuarterOfYear) -> str:
    if row.accepted is not None:
        return "accepted"
    if row.combined is not None:
        return "combined"
    return "missing" if row.due else "not_due"


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """CSV in UTF-8 with the mark that Excel needs to see that it is."""
    written = io.StringIO()
    writer = csv.writer(written)
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


def as_xlsx(look: Look, rows: Iterable[Sequence[Cell]], details: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook: the quarters on one sheet, whose first row are its heads, the details on another.

    Slow for the event loop: call it in a thread. A text longer than a cell may be goes on in the cells to its right.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # publishes no types

    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(written, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        quarters = book.add_worksheet(look.w("page-sheet-quarters"))
        width = 0
        for line, row in enumerate(rows):
            width = width or len(row)
            _write(quarters, line, row, [body] * width if line else [head] * width)
        quarters.freeze_panes(1, 0)
        quarters.set_column(1, 1, 40)
        quarters.set_column(5, 5, 30)
        quarters.set_column(width - 1, width - 1, 80)
        about = book.add_worksheet(look.w("page-sheet-details"))
        for line, row in enumerate(details):
            _write(about, line, row, [head, *[body] * len(row)])
        about.set_column(0, 0, 32)
        about.set_column(1, 1, 80)
        about.set_column(2, 4, 24)
    return written.getvalue()


def _write(sheet: Any, line: int, row: Sequence[Cell], dress: Sequence[Any]) -> None:
    for column, (cell, worn) in enumerate(zip(row, dress, strict=False)):
        if isinstance(cell, str):
            for part in range(0, len(cell), LONGEST_CELL):
                sheet.write_string(line, column + part // LONGEST_CELL, cell[part : part + LONGEST_CELL], worn)
        elif cell is not None:
            sheet.write_number(line, column, float(cell), worn)
