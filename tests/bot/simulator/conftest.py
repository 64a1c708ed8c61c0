"""The bot as `make run` starts it, and a phone before it; each walk's module says in `NOW` when it begins."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.bot.simulator.walker import Bot, Phone, opened_phone, running_bot
from tests.browser import Chromium


@pytest.fixture
def bot(tmp_path: Path, request: pytest.FixtureRequest, sqlite_template: Path) -> Iterator[Bot]:
    """The bot without credentials, from the walk's `NOW` on, on empty tables: making them is proved elsewhere."""
    shutil.copy(sqlite_template, Bot(tmp_path).database)
    with running_bot(tmp_path, request.module.NOW) as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def phone(chromium: Chromium, bot: Bot, tmp_path: Path) -> AsyncIterator[Phone]:
    """A phone's window on the simulator's page."""
    async with opened_phone(chromium, bot, tmp_path) as opened:
        yield opened
