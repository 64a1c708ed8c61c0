"""PDFs made beside the bot: one process a PDF, few at a time, each with an end, so that no turn waits for one."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

from bot.pages.pdf_process import NO_THAI_FONT

AT_ONCE = 1
"""A PDF takes a second or two of one processor and about 100 MB."""
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


class PdfUnavailable(Exception):
    """No PDF now. `word` is the id of the sentence that says why."""

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(word)


class PdfPress:
    """Makes PDFs, one after another."""

    def __init__(self) -> None:
        self._making = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def pdf(self, page: str, stylesheet: Path) -> bytes:
        """A page as a PDF. Raises PdfUnavailable when too many wait, when it takes too long, or without Thai fonts."""
        if self._waiting >= WAITING_AT_MOST:
            raise PdfUnavailable("page-busy")
        self._waiting += 1
        try:
            async with self._making:
                return await _made(page, stylesheet)
        finally:
            self._waiting -= 1


async def _made(page: str, stylesheet: Path) -> bytes:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.pages.pdf_process", str(stylesheet)),
        cwd=_ROOT,
        # No setting of the bot: what draws a page needs neither the database nor LINE's secrets.
        env={name: os.environ[name] for name in _KEPT_OF_ENVIRONMENT if name in os.environ},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(MADE_WITHIN):
            made, _ = await process.communicate(page.encode())
    except TimeoutError:
        raise PdfUnavailable("page-busy") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode == NO_THAI_FONT:
        raise PdfUnavailable("page-no-font")
    if process.returncode != 0 or not made:
        raise PdfUnavailable("page-broken")
    return made
