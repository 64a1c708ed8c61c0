"""`make faults` begins with an empty table and ends with what it took; one process writes both, whoever counts rows."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.faults.table import begin, end

_BEGAN = time.monotonic()


def _whole_run_into(config: pytest.Config) -> Path | None:
    """The file of a run that counts every row; a run of chosen ones puts these among those that are there."""
    file = config.getoption("--all-faults")
    chosen = config.getoption("keyword") or any("::" in each for each in config.args)
    leads = not hasattr(config, "workerinput")
    return Path(file) if file and leads and not chosen else None


def pytest_sessionstart(session: pytest.Session) -> None:
    """Every row of the table is of the same run."""
    if file := _whole_run_into(session.config):
        begin(file)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """How long it took, and how many rows were counted at once."""
    if file := _whole_run_into(session.config):
        end(file, time.monotonic() - _BEGAN, session.config.getoption("numprocesses") or 1)
