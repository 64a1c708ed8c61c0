"""The processes of a measurement: LINE, the bot, its peers. Each is started by the bench and ended by it."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import msgspec

from bench.line import SECRET, TOKEN, Load, Measured

ROOT = Path(__file__).parents[1]
READY_WITHIN = 60.0
"""Seconds."""


def environment(**more: str) -> dict[str, str]:
    """This process's own without a proxy: nothing that is measured leaves the machine."""
    ours = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return {**ours, "PYTHONPATH": str(ROOT), **more}


def bot_environment(database_url: str, line: str, folder: Path, **more: str) -> dict[str, str]:
    """The bot's settings."""
    return environment(
        LINE_CHANNEL_SECRET=SECRET,
        LINE_CHANNEL_ACCESS_TOKEN=TOKEN,
        LINE_API_BASE_URL=line,
        LINE_DATA_API_BASE_URL=line,
        DATABASE_URL=database_url,
        STORAGE_DIR=str(folder / "storage"),
        **more,
    )


class LineProcess:
    """`bench.line` as a process."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self._process = process
        self.address = f"http://127.0.0.1:{port}"

    async def run(self, load: Load) -> Measured:
        """Have a load delivered."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(msgspec.json.encode(load) + b"\n")
        return msgspec.json.decode(await self._process.stdout.readline(), type=Measured)


@asynccontextmanager
async def line() -> AsyncIterator[LineProcess]:
    """LINE, listening."""
    async with process("-m", "bench.line", env=environment()) as started:
        yield LineProcess(started, await first_port(started))


@asynccontextmanager
async def echo(line_address: str, *, tuned: bool) -> AsyncIterator[int]:
    """A peer, listening; its port."""
    words = ["-m", "bench.echo", line_address, *(["tuned"] if tuned else [])]
    async with process(*words, env=environment()) as started:
        yield await first_port(started)


@asynccontextmanager
async def bot(env: Mapping[str, str], *words: str) -> AsyncIterator[tuple[int, asyncio.subprocess.Process]]:
    """`python -m bot serve`, ready; its port and process."""
    port = free_port()
    async with process("-m", "bot", "serve", "--port", str(port), *words, env=env) as started:
        await ready(port, started)
        yield port, started


@asynccontextmanager
async def process(*words: str, env: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """A Python process away from the project's .env; what it logs goes to a file, as under a service manager."""
    with tempfile.TemporaryDirectory(prefix="raingan-bench-") as folder, (Path(folder) / "log").open("wb") as log:
        started = await asyncio.create_subprocess_exec(
            sys.executable,
            *words,
            cwd=folder,
            env=dict(env),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            limit=1 << 26,
        )
        try:
            yield started
        except BaseException:
            sys.stderr.write((Path(folder) / "log").read_text("utf-8", "replace")[-4_000:])
            raise
        finally:
            if started.returncode is None:
                started.terminate()
                try:
                    await asyncio.wait_for(started.wait(), 20)
                except TimeoutError:
                    started.kill()
                    await started.wait()


async def first_port(started: asyncio.subprocess.Process) -> int:
    assert started.stdout is not None
    return int(await asyncio.wait_for(started.stdout.readline(), READY_WITHIN))


async def ready(port: int, started: asyncio.subprocess.Process) -> None:
    """Wait for /readyz."""
    async with aiohttp.ClientSession() as session, asyncio.timeout(READY_WITHIN):
        while started.returncode is None:
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.01)
    raise RuntimeError("the bot ended before it was ready")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
