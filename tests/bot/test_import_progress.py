"""What an import shows while it runs: that the file is being read, then row by row how far it is."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.setup.files import read_setup
from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from tests.bot.workbooks import OFFICE, write_workbook

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
MORE = """\
rounds: [{fiscal_year: 2570, quarter: 1}, {fiscal_year: 2570, quarter: 2}]
targets: [{indicator: 2300-849, unit: LIB-01, fiscal_year: 2570, value: 3}]
"""
RESULTS: list[list[Any]] = [
    ["indicator", "unit", "fiscal_year", "quarter", "result"],
    *(
        ["2300-849", unit, year, quarter, 7]
        for unit in ("LIB-01", "LIB-02")
        for year in range(2500, 2569)
        for quarter in (1, 2, 3, 4)
    ),
]


async def test_every_row_is_counted(sqlite_database: str, tmp_path: Path) -> None:
    """In every section one by one to the last, also when the same file comes again and nothing changes."""
    file = write_workbook(tmp_path / "setup.xlsx", {**OFFICE, "results": RESULTS, "ผลงานย้อนหลัง": OFFICE["ผลงานย้อนหลัง"]})
    rows = (*read_setup(file), *parse_yaml(MORE, "setup.yaml"))
    for _ in range(2):
        told: list[tuple[int, int]] = []
        await import_setup(rows, AT, progress=lambda *each, told=told: told.append(each))
        assert len(told) > len(RESULTS)
        assert told == [(done, len(told)) for done in range(1, len(told) + 1)]


def _on_a_terminal(url: str, *words: str) -> str:
    """What the command shows on a terminal that is its standard error only."""
    terminal, end = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": url}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "import", *words],
        cwd=Path(url.removeprefix("sqlite://")).parent,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=end,
    ) as process:
        os.close(end)
        shown = b""
        try:
            while more := os.read(terminal, 4096):
                shown += more
        except OSError:  # how Linux says that the other end is closed
            pass
        os.close(terminal)
    assert process.returncode == 0, shown.decode()
    return shown.decode()


def test_a_terminal_shows_it(sqlite_url: str, tmp_path: Path) -> None:
    """First that the file is read, then the counting in steps, at last all of it and the end of the line."""
    assert _on_a_terminal(sqlite_url, str(write_workbook(tmp_path / "office.xlsx", OFFICE)))
    file = write_workbook(tmp_path / "past.xlsx", {"results": RESULTS})
    lines = _on_a_terminal(sqlite_url, str(file)).replace("\r\n", "\n").split("\n")
    assert lines[0] == "กำลังอ่านและตรวจ · reading and checking past.xlsx …"
    counted = [each.rsplit("importing ")[-1] for each in lines[1].split("\r") if each]
    assert counted[0] == "25/552 (4 %)"
    assert counted[-1] == "552/552 (100 %)"
    assert len(counted) == 23
    assert lines[2:] == [""]


def test_what_is_kept_in_a_file_has_no_counting(sqlite_url: str, tmp_path: Path) -> None:
    """Standard error that is no terminal, as in a scheduler's log, stays empty."""
    file = write_workbook(tmp_path / "office.xlsx", OFFICE)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "import", str(file)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": sqlite_url},
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    assert "units: เพิ่ม 3".encode() in done.stdout
