"""The town itself, where it is not built to the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.database import close_database, open_database
from bot.setup.rows import WrongSetup
from tests.town import town


async def test_a_set_up_that_is_refused_leaves_no_database_open(sqlite_url: str, tmp_path: Path) -> None:
    """The error reaches the test, and the next one can open its own."""
    office = tmp_path / "office.yaml"
    office.write_text("units:\n  - {code: A, name: ก, kind: castle}\n", encoding="utf-8")
    with pytest.raises(WrongSetup):
        async with town(sqlite_url, office, "2026-12-05T09:00:00+07:00"):
            pass
    await open_database(sqlite_url)
    await close_database()
