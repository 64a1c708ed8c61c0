"""PostgreSQL's programs where the commands look for them, and an empty place beside the full one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.bot.backup.places import with_programs


@pytest.fixture(autouse=True)
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", with_programs(os.environ["PATH"]))


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> str:
    """The address of an empty database of the same kind as `database_url`."""
    if database_url.startswith("sqlite"):
        return f"sqlite://{tmp_path / 'elsewhere' / 'raingan.sqlite3'}"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url
