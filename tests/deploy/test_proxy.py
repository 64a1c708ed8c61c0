"""Caddy in front: its file is valid, and it shows what people and LINE need and nothing of the operators'."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer, unused_port

from tests.bot.test_whole_evidence import until
from tests.deploy.bot_commands import DEPLOY, routes, text
from tests.programs import program

WITHIN = {"/healthz", "/readyz", "/metrics"}
"""For operators, on the process's own port."""


def _shown() -> list[str]:
    return text("caddy/Caddyfile").split("@bot path ", 1)[1].splitlines()[0].split()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment in which Caddy writes nothing outside of the test."""
    yield {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.mark.needs("caddy")
def test_caddy_accepts_the_file(home: dict[str, str]) -> None:
    """Valid for a real domain and two processes, and formatted as Caddy formats."""
    environment = {**home, "DOMAIN": "bot.example.go.th", "BOTS": "web-1:8080 web-2:8080"}
    file = str(DEPLOY / "caddy" / "Caddyfile")
    for words in (["validate", "--adapter", "caddyfile", "--config", file], ["fmt", file]):
        done = subprocess.run(
            [program("caddy"), *words], env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
    assert done.stdout == text("caddy/Caddyfile")


def test_every_route_of_the_bot_is_decided_upon() -> None:
    """A new route is either shown or for operators: Caddyfile or WITHIN, never forgotten."""
    shown = _shown()
    for route in routes() - WITHIN:
        begin = re.split(r"[{*]", route)[0].rstrip("/")
        assert any(each.rstrip("/*") == begin for each in shown), f"{route} is neither in Caddyfile nor in WITHIN"
    for each in shown:
        inside = {
            hidden
            for hidden in WITHIN
            if hidden.startswith(each.rstrip("*")) and (each.endswith("*") or hidden == each)
        }
        assert not inside, f"{each} shows what is for operators"
    assert routes() >= WITHIN


@asynccontextmanager
async def _caddy(environment: dict[str, str], folder: Path) -> AsyncIterator[str]:
    """Caddy with our file before one bot that answers, and one that is not there; its address."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=f"{request.method} {request.path} {len(await request.read())}")

    app = web.Application(client_max_size=1 << 24)
    app.router.add_route("*", "/{path:.*}", answer)
    bot = TestServer(app)
    await bot.start_server()
    port = unused_port()
    # Plain HTTP on loopback, no administration port: the rest is the file that is shipped.
    (folder / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text("caddy/Caddyfile"), "utf-8")
    settings = {"DOMAIN": f"http://127.0.0.1:{port}", "BOTS": f"127.0.0.1:{unused_port()} 127.0.0.1:{bot.port}"}
    running = subprocess.Popen(  # noqa: ASYNC220 - it starts at once
        [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")],
        env={**environment, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        async with ClientSession() as session:

            async def listens() -> bool:
                try:
                    async with session.get(f"{address}/metrics"):
                        return True
                except OSError:
                    return False

            await until(listens)
        yield address
    finally:
        running.terminate()
        running.wait()
        await bot.close()


@pytest.mark.needs("caddy")
async def test_what_is_seen_from_outside(home: dict[str, str], tmp_path: Path) -> None:
    """The webhook arrives unchanged though one process is away; what is within and what is too large does not."""
    async with _caddy(home, tmp_path) as address, ClientSession() as session:
        body = "รายงาน".encode() * 1000
        for _ in range(4):
            async with session.post(f"{address}/callback", data=body) as answer:
                assert (answer.status, await answer.text()) == (200, f"POST /callback {len(body)}")
        for path in (
            *WITHIN,
            "/simulator/",
            "/metrics/",
            "/%6Detrics",
            "//metrics",
            "/.env",
            "/indicators/../metrics",
        ):
            async with session.get(address + path) as answer:
                assert answer.status == 404, path
        for path in ("/", "/indicators/2570/2300-848"):
            async with session.get(address + path) as answer:
                assert answer.status == 200, path
        async with session.post(f"{address}/callback", data=BytesIO(b"x" * (3 << 20))) as answer:
            assert answer.status >= 400
