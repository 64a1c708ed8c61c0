"""PDFs and pictures made beside the bot: one process each, few at a time, each with an end, so that no turn waits."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from bot.pages.pdf_process import NO_THAI_FONT
from bot.pages.preview import Preview

AT_ONCE = 1
"""A PDF takes a second or two of one processor and about 100 MB, a preview a fifth of it."""
WAITING_AT_MOST = 8
MADE_WITHIN = 60.0
"""Seconds, of which a page with 36 units takes about three."""

_ROOT = Path(__file__).parents[2]
_KEPT_OF_ENVIRONMENT = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
)


class PressUnavailable(Exception):
    """Nothing can be made now. `word` is the id of the sentence that says why."""

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(word)


class Press:
    """Makes one thing after another.

    Raises PressUnavailable when too many wait, when it takes too long, or without Thai fonts.
    """

    def __init__(self) -> None:
        self._making = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def pdf(self, page: str, stylesheet: Path) -> bytes:
        """A page as a PDF."""
        return await self._made("bot.pages.pdf_process", str(stylesheet), given=page.encode())

    async def preview(self, preview: Preview) -> bytes:
        """A page's preview as a PNG."""
        return await self._made("bot.pages.preview_process", given=msgspec.json.encode(preview))

    async def _made(self, module: str, *words: str, given: bytes) -> bytes:
        if self._waiting >= WAITING_AT_MOST:
            raise PressUnavailable("page-busy")
        self._waiting += 1
        try:
            async with self._making:
                return await _made(module, *words, given=given)
        finally:
            self._waiting -= 1


async def _made(module: str, *words: str, given: bytes) -> bytes:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *words),
        cwd=_ROOT,
        # No setting of the bot: what draws a page needs neither the database nor LINE's secrets.
        env={name: os.environ[name] for name in _KEPT_OF_ENVIRONMENT if name in os.environ},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(MADE_WITHIN):
            made, _ = await process.communicate(given)
    except TimeoutError:
        raise PressUnavailable("page-busy") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode == NO_THAI_FONT:
        raise PressUnavailable("page-no-font")
    if process.returncode != 0 or not made:
        raise PressUnavailable("page-broken")
    return made
