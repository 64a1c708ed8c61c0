"""The table of docs/faults.md: `make faults` writes a row as soon as it is counted, while others are under way."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.tally import Tally

PLACES = {"sqlite": "SQLite", "postgres": "PostgreSQL", "jetstream": "PostgreSQL + JetStream"}
COLUMNS = (
    *("sent", "acknowledged", "handled", "delivered", "pushed", "ambiguous"),
    *("lost", "doubled", "disordered", "unanswered"),
)
_BEGIN, _END = "<!-- table -->\n", "<!-- end of table -->\n"
_HEAD = f"| fault | on | {' | '.join(COLUMNS)} | seconds |\n| --- | --- |{' --: |' * (len(COLUMNS) + 1)}\n"


@dataclass(frozen=True, slots=True)
class Row:
    """One fault in one place; without a tally it did not settle."""

    fault: str
    place: str
    tally: Tally | None
    seconds: float

    def __str__(self) -> str:
        figures = [str(getattr(self.tally, each)) if self.tally else "?" for each in COLUMNS]
        return f"{_key(self.fault, self.place)} | {' | '.join(figures)} | {self.seconds:.0f} |\n"


def begin(file: Path) -> None:
    """An empty table, for a run of every row."""
    with _table(file) as lines:
        lines[:] = [_HEAD]


def end(file: Path, seconds: float, at_once: int) -> None:
    """Say beneath the table what the whole run took."""
    with _table(file) as lines:
        rows = sum(line.startswith("| ") for line in lines) - _HEAD.count("\n")
        lines.append(f"\n{rows} rows of one run, {at_once} at a time, in {seconds / 60:.0f} minutes.\n")


def write_row(file: Path, row: Row, faults: Sequence[str]) -> None:
    """Put the row into the table, which keeps the order of `faults`; rows of faults that are no more go."""
    with _table(file) as lines:
        rows = {" | ".join(line.split(" | ")[:2]): line for line in lines}
        rows[_key(row.fault, row.place)] = str(row)
        keys = [_key(fault, place) for fault in faults for place in PLACES]
        lines[:] = [_HEAD, *(rows[key] for key in keys if key in rows)]


@contextmanager
def _table(file: Path) -> Iterator[list[str]]:
    """The lines of the table, to be changed; whoever else writes waits meanwhile."""
    with file.open("r+", encoding="utf-8") as page:
        fcntl.flock(page, fcntl.LOCK_EX)
        before, _, rest = page.read().partition(_BEGIN)
        table, _, after = rest.partition(_END)
        lines = table.splitlines(keepends=True)
        yield lines
        page.seek(0)
        page.truncate()
        page.write(f"{before}{_BEGIN}{''.join(lines)}{_END}{after}")


def _key(fault: str, place: str) -> str:
    return f"| {fault} | {PLACES[place]}"
