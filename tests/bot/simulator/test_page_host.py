"""Under which names the simulator's page and its files are served."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.simulator.page import routes

Client = TestClient[web.Request, web.Application]

PATHS = [("/simulator", 302), ("/simulator/", 200), ("/simulator/static/simulator.js", 200)]
"""Each path and how it answers this machine's browser."""


@pytest_asyncio.fixture
async def client() -> AsyncIterator[Client]:
    """A client of the page alone."""
    application = web.Application()
    application.add_routes(routes())
    async with TestClient(TestServer(application)) as opened:
        yield opened


@pytest.mark.parametrize(("path", "_status"), PATHS)
@pytest.mark.parametrize("host", ["evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.7"])
async def test_other_names_are_refused(client: Client, path: str, _status: int, host: str) -> None:
    """A name that was made to point at this machine gets neither the page nor the redirect to it."""
    async with client.get(path, headers={"Host": host}, allow_redirects=False) as answer:
        assert answer.status == 403
        assert "Location" not in answer.headers
        assert host not in await answer.text()


@pytest.mark.parametrize(("path", "status"), PATHS)
@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:8080", "[::1]:8080"])
async def test_loopback_names_are_served(client: Client, path: str, status: int, host: str) -> None:
    """Every loopback name gets the page, its files and the redirect, which stays on the name it came under."""
    async with client.get(path, headers={"Host": host}, allow_redirects=False) as answer:
        assert answer.status == status
        assert answer.headers.get("Location") == ("/simulator/" if status == 302 else None)
