"""Chromium for the tests that look at a page: a real browser with a phone's window.

Without Chromium these tests fail where CI is set and are deselected elsewhere, naming the command that installs it.
"""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, async_playwright

INSTALL = "sudo apt-get install chromium fonts-noto-core"
PHONE = (390, 844)
DESK = (1280, 900)


def _chromium_path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def _left_out() -> bool:
    return _chromium_path() is None and not os.environ.get("CI")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs Chromium where there is none; in CI it stays and fails."""
    needing = [item for item in items if "chromium" in getattr(item, "fixturenames", ())]
    if needing and _left_out():
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in needing]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the command that brings back the tests which were left out."""
    if _left_out():
        terminalreporter.write_line(f"The browser tests are left out, Chromium is missing: {INSTALL}", yellow=True)


class Chromium:
    """A running Chromium; every window is a fresh profile."""

    def __init__(self, browser: Browser) -> None:
        """Take a browser that is already running."""
        self._browser = browser

    async def window(self, size: tuple[int, int] = PHONE, *, scripts: bool = True) -> BrowserContext:
        """A window of `size` CSS pixels (width, height), in Thai, with or without JavaScript; the caller closes it."""
        width, height = size
        return await self._browser.new_context(
            viewport={"width": width, "height": height},
            locale="th-TH",
            device_scale_factor=2,
            java_script_enabled=scripts,
        )


@asynccontextmanager
async def running_chromium() -> AsyncIterator[Chromium]:
    """Debian's Chromium for the block; `FileNotFoundError` names the command that installs it."""
    path = _chromium_path()
    if path is None:
        raise FileNotFoundError(f"Chromium is missing: {INSTALL}")
    # Chromium refuses its sandbox to root, which is who containers run as.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        yield Chromium(browser)
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Chromium]:
    """Chromium, started once; tests that use it run on the session's loop."""
    async with running_chromium() as running:
        yield running
