"""The table of docs/faults.md, into which several write at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.faults import FAULTS
from tests.faults.table import PLACES, Row, begin, end, write_row
from tests.faults.tally import Tally

DOCUMENT = Path(__file__).parents[2] / "docs" / "faults.md"
WRITERS = 4


def _write(file: Path, writer: int) -> None:
    for number, (fault, (_, places)) in enumerate(FAULTS.items()):
        if number % WRITERS == writer:
            for place in places:
                write_row(file, Row(fault, place, Tally(sent=number), 1.0), list(FAULTS))


def test_rows_that_are_counted_at_once_all_stand_in_order(tmp_path: Path) -> None:
    """Four write into the real page meanwhile: every row is there once, in its place, and the text about it stays."""
    file = tmp_path / "faults.md"
    file.write_bytes(DOCUMENT.read_bytes())
    begin(file)
    with ThreadPoolExecutor(WRITERS) as pool:
        for each in [pool.submit(_write, file, writer) for writer in range(WRITERS)]:
            each.result()
    end(file, 1800, WRITERS)
    page = file.read_text("utf-8")
    rows = [line.split(" | ")[:3] for line in page.splitlines() if line.startswith("| ")][2:]
    assert rows == [
        [f"| {fault}", PLACES[place], str(number)]
        for number, (fault, (_, places)) in enumerate(FAULTS.items())
        for place in PLACES
        if place in places
    ]
    assert f"{len(rows)} rows of one run, 4 at a time, in 30 minutes." in page
    assert page.partition("<!-- table -->")[0] == DOCUMENT.read_text("utf-8").partition("<!-- table -->")[0]
