"""The bot as a process of its own, forked from one that has read its files: an eighth of a cold start.

That one reads (`tests.bot_files`) and does nothing else. What runs is `python -m bot`: its words, folder, environment
and output are its own, and it is signalled, killed and waited for like any other. `test_cli.py` starts it as people do.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
import time
import weakref
from collections.abc import Callable, Mapping
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from bot.__main__ import run
from bot.settings import Environment

ROOT = Path(__file__).parents[1]
STARTED_WITHIN = 20.0
"""Seconds."""
_SETTINGS = {name.upper() for name in Environment.model_fields}
_CONTEXT = multiprocessing.get_context("forkserver")


class BotProcess:
    """`python -m bot WORDS` in a folder, with these settings and no others.

    What it says is added to the file `output`, if any. `main` is what runs it.
    """

    def __init__(
        self,
        *words: str,
        folder: Path,
        settings: Mapping[str, str],
        output: Path | None = None,
        main: Callable[[], None] = run,
    ) -> None:
        _have_files_read()
        self._output = os.open(output, os.O_RDWR | os.O_CREAT | os.O_APPEND) if output else os.memfd_create("said")
        weakref.finalize(self, os.close, self._output)
        self._said_before = os.fstat(self._output).st_size
        others = {name: value for name, value in os.environ.items() if name not in _SETTINGS}
        environment = {**others, "PYTHONPATH": str(ROOT), **settings}
        with Connection(os.dup(self._output), readable=False) as given:
            self._process = _CONTEXT.Process(target=_run, args=(words, folder, environment, given, main), daemon=True)
            self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """None while it runs; negative is the signal that ended it."""
        return self._process.exitcode

    @property
    def said(self) -> bytes:
        """All that it has said since its start."""
        return os.pread(self._output, os.fstat(self._output).st_size - self._said_before, self._said_before)

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def join(self) -> None:
        """Wait until it has ended."""
        self._process.join()

    async def wait(self) -> int:
        """Wait until it has ended, beside the loop; the return code."""
        await asyncio.to_thread(self.join)
        assert self.returncode is not None
        return self.returncode

    async def until_said(self, words: str) -> None:
        """Wait until it has said this, beside the loop."""
        await asyncio.to_thread(self.wait_until_said, words)

    def wait_until_said(self, words: str) -> None:
        until = time.monotonic() + STARTED_WITHIN
        while words.encode() not in self.said:
            assert self.returncode is None, self.said.decode()
            assert time.monotonic() < until, self.said.decode()
            time.sleep(0.01)


@cache
def _have_files_read() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        _CONTEXT.set_forkserver_preload(["tests.bot_files"])
        forkserver.ensure_running()


def _run(
    words: tuple[str, ...], folder: Path, environment: dict[str, str], output: Connection, main: Callable[[], None]
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for each in (1, 2):
        os.dup2(output.fileno(), each)
    output.close()
    sys.argv = ["bot", *words]
    main()
