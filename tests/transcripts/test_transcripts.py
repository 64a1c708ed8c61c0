"""Each page of this folder is a dialogue with the real bot, compared line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcripts.page import play

FOLDER = Path(__file__).parent
PAGES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
async def test_dialogue_reads_as_written(path: Path, sqlite_url: str, request: pytest.FixtureRequest) -> None:
    """The bot says, word for word, what stands on the page."""
    page = path.read_text(encoding="utf-8")
    played = await play(page, FOLDER, sqlite_url)
    if request.config.getoption("--write-transcripts"):
        path.write_text(played, encoding="utf-8")
    assert played == path.read_text(encoding="utf-8")
