"""The database: opened once, migrated under a lock, written with the write lock taken first. SQLite or PostgreSQL.

Addresses: `sqlite://var/raingan.sqlite3` (a path from the project's root), `sqlite:///srv/raingan.sqlite3` (an
absolute one) or `postgres://user:password@host/name`.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]  # publishes no types
from tortoise.backends.base.client import BaseDBAsyncClient, TransactionContext
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.backends.sqlite import executor as _sqlite_executor  # registers its adapters before ours below
from tortoise.backends.sqlite.client import SqliteClient
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException, ConfigurationError, TransactionManagementError
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.migrations.recorder import MigrationRecorder
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.models import Model

from bot.sqlite_transaction import immediate

OFFICE_ZONE = "Asia/Bangkok"
"""Times read from the database are aware and in this zone."""

_APPS: dict[str, dict[str, Any]] = {
    "models": {
        "models": [
            "models.tables.organisation",
            "models.tables.indicator",
            "models.tables.report",
            "models.tables.richmenu",
            "models.tables.review",
            "models.tables.evaluation",
            "models.tables.chat",
            "models.tables.delivery",
            "models.tables.audit",
            "models.tables.reminder",
        ],
        "migrations": "models.migrations",
        "default_connection": "default",
    }
}

_PRAGMAS = {
    "busy_timeout": 5_000,  # milliseconds another process may hold the write lock; set first, journal_mode needs it
    "journal_mode": "WAL",
    "synchronous": "FULL",  # a 200 to LINE promises that the event is on the disk
    # Written over instead of cut off at each checkpoint (Tortoise's own limit is 16 KiB): a file that grows with
    # every commit takes the disk twice as long to sync. In bytes, and pages of 4 KiB.
    "journal_size_limit": 64 * 1024 * 1024,
    "wal_autocheckpoint": 4_000,
    "foreign_keys": "ON",
}

_READING = "reading"
"""On SQLite a second connection, which reads what is committed while the first one writes."""

_SERVER_SETTINGS = {
    "idle_in_transaction_session_timeout": "15s",  # of a machine that lost its power: others wait for its locks
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
"""What PostgreSQL is asked for, for our sessions. PgBouncer refuses such; it has its own (deploy/pgbouncer.ini)."""
_STATEMENT_WITHIN = 60.0
"""Seconds. The last resort; none of ours takes a tenth of it, and who waits for a dead session's lock waits shorter."""
_GONE_AFTER = 15
"""Seconds without a sign of life after which PostgreSQL's machine is taken for gone."""

_WAL_ATTEMPTS = 100

_MIGRATION_LOCK = 2570_0848
"""The key of PostgreSQL's advisory lock while migrating: any number that is ours."""


def _store_as_utc(value: datetime) -> str:
    """SQLite compares times as text, so all are written in one zone and one shape."""
    if value.tzinfo is not None:
        value = value.astimezone(UTC)
    return value.isoformat(" ", timespec="microseconds")


assert _sqlite_executor  # noqa: S101 - imported for its side effect, which ours must follow
sqlite3.register_adapter(datetime, _store_as_utc)


class DatabaseUnavailable(Exception):
    """The database cannot be opened, or refuses. The sentence is for the person at the command line."""


def is_sqlite(url: str) -> bool:
    return url.startswith("sqlite:")


def config_for(url: str) -> dict[str, Any]:
    """Tortoise's configuration for a database address; raises DatabaseUnavailable when it is not one."""
    if not url.startswith(("sqlite://", "postgres://", "postgresql://")):
        raise DatabaseUnavailable(
            "DATABASE_URL ต้องขึ้นต้นด้วย sqlite:// หรือ postgres:// · "
            "DATABASE_URL has to begin with sqlite:// or postgres://"
        )
    try:
        connection = expand_db_url(url)
    except (ConfigurationError, ValueError) as error:
        raise DatabaseUnavailable(f"อ่าน DATABASE_URL ไม่ได้ · DATABASE_URL is not readable: {error}") from error
    if is_sqlite(url):
        connection["credentials"] = {"file_path": connection["credentials"]["file_path"], **_PRAGMAS}
    connections = {"default": connection}
    if is_sqlite(url):
        connections[_READING] = connection
    return {"connections": connections, "apps": _APPS, "use_tz": True, "timezone": OFFICE_ZONE}


def path_of(url: str) -> Path:
    """The file that a `sqlite://` address names."""
    return Path(config_for(url)["connections"]["default"]["credentials"]["file_path"])


TORTOISE_ORM = config_for("sqlite://var/raingan.sqlite3")
"""For Tortoise's own command line: `tortoise makemigrations` reads the tables and needs no data."""


def known_migrations() -> list[str]:
    """The names of this program's migrations, oldest first."""
    folder = Path(__file__).parents[1] / _APPS["models"]["migrations"].replace(".", "/")
    return sorted(path.stem for path in folder.glob("[0-9]*.py"))


def known_tables() -> list[str]:
    """The names of this program's tables, that of the applied migrations among them."""
    found = (value for name in _APPS["models"]["models"] for value in vars(import_module(name)).values())
    tables = {each._meta.db_table for each in found if isinstance(each, type) and issubclass(each, Model)}  # noqa: SLF001 - Tortoise's way
    return sorted({*tables, "tortoise_migrations"} - {""})


_opened: list[TortoiseContext] = []
_watching: list[sqlite3.Connection] = []
"""On SQLite a third connection. It reads no table: it tells whether anybody has committed, without a thread's hop."""


async def open_database(url: str) -> None:
    """Open the database for every task of this process. Tables are made by `migrate`, not here.

    Raises DatabaseUnavailable when it cannot be reached, ConfigurationError when one is open already.
    """
    config = await _prepared(url)
    if not is_sqlite(url):
        _limit_waiting(config["connections"]["default"]["credentials"])
    context = TortoiseContext()
    # Entered only while it is made: a context variable left set would have to be unset by this same task.
    with context:
        EXECUTOR_CACHE.clear()  # its statements belong to the dialect of the database that was open before
        await context.init(config=config, _enable_global_fallback=True)
    _opened.append(context)
    try:
        await get_connection("default").execute_query("SELECT 1")
    except CANNOT_CONNECT as error:
        await close_database()
        raise _unavailable(error) from error
    if is_sqlite(url):
        _watching.append(sqlite3.connect(path_of(url), timeout=0))


def _limit_waiting(credentials: dict[str, Any]) -> None:
    """No machine that vanishes, ours or PostgreSQL's, leaves the other one waiting for hours, as TCP would."""
    # Nothing that is set outlives its transaction, so a session is given back without the round trip of resetting it.
    credentials |= {"command_timeout": _STATEMENT_WITHIN, "init": _notice_when_gone, "reset": _nothing_to_reset}
    if "statement_cache_size" not in credentials:  # no pooler in between
        credentials["server_settings"] = _SERVER_SETTINGS


async def _nothing_to_reset(_connection: Any) -> None: ...


async def _notice_when_gone(connection: Any) -> None:
    found = connection._transport.get_extra_info("socket")  # noqa: SLF001 - asyncpg has no public way
    if found.family == socket.AF_UNIX or not hasattr(socket, "TCP_USER_TIMEOUT"):
        return
    with socket.socket(fileno=os.dup(found.fileno())) as same:  # uvloop's own has no setsockopt
        same.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        same.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, _GONE_AFTER // 3)
        same.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, _GONE_AFTER // 3)
        same.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _GONE_AFTER * 1000)


async def close_database() -> None:
    """Close what `open_database` opened; nothing to do when nothing is open."""
    while _watching:
        _watching.pop().close()
    while _opened:
        await _opened.pop().close_connections()


@asynccontextmanager
async def writing() -> AsyncIterator[BaseDBAsyncClient]:
    """A writing transaction whose first statement takes the write lock.

    On SQLite a transaction that reads first and then writes fails at once with "database is locked" when another
    process committed in between; one that begins IMMEDIATE waits its turn (busy_timeout).
    """
    connection = get_connection("default")
    context = immediate(connection) if isinstance(connection, SqliteClient) else _begun(connection)
    async with _transaction(connection, context) as transaction:
        yield transaction


def reader() -> BaseDBAsyncClient:
    """For a single statement that only reads: it waits for no turn, and no turn waits for it.

    Raises DatabaseUnavailable while none is open: a web process starts without waiting for its database.
    """
    if not _opened:
        raise DatabaseUnavailable("ยังไม่ได้เปิดฐานข้อมูล · the database is not open")
    connection = get_connection("default")
    return get_connection(_READING) if connection.capabilities.dialect == "sqlite" else connection


def watching() -> sqlite3.Connection | None:
    """SQLite's connection for `bot.commits`; None on PostgreSQL, and while no database is open."""
    return _watching[0] if _watching else None


@asynccontextmanager
async def reading() -> AsyncIterator[BaseDBAsyncClient]:
    """A transaction that only reads: all its statements see the same state of the database."""
    connection = reader()
    async with _transaction(connection, _begun(connection)) as snapshot:
        if snapshot.capabilities.dialect == "postgres":
            await snapshot.execute_query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield snapshot


def _begun(connection: BaseDBAsyncClient) -> TransactionContext:
    return connection._in_transaction()  # noqa: SLF001 - in_transaction takes a name, and calls this


@asynccontextmanager
async def _transaction(connection: BaseDBAsyncClient, context: TransactionContext) -> AsyncIterator[BaseDBAsyncClient]:
    """A transaction of Tortoise's that leaves nothing behind when the server goes away in it.

    Tortoise makes the transaction this task's connection before it begins. Where that fails, or giving the connection
    back does, it stays so: every later transaction of the task would be a savepoint in one that is dead.
    """
    try:
        async with context as began:
            yield began
    except BaseException:
        for _ in range(2):  # a connection that dies while it is given back raises again, once
            if get_connection(connection.connection_name) is not connection:
                with suppress(Exception):
                    # With this error it takes nothing back, which a dead connection cannot, and does the rest.
                    await context.__aexit__(TransactionManagementError, None, None)
        raise


async def migrate(url: str) -> None:
    """Bring the tables up to date, all steps in one transaction; a second process waits and then finds nothing to do.

    Raises DatabaseUnavailable when the database cannot be reached, or when rows would lose what they refer to.
    """
    await migrate_to(url, "__latest__")


async def migrate_to(url: str, name: str) -> None:
    """Go up or down to the migration of this name: `__latest__` is all of them, `__first__` takes all of them back."""
    config = await _prepared(url)
    if is_sqlite(url):
        # With foreign keys on, rebuilding a parent table would take its children's rows along; they are checked below.
        config["connections"]["default"]["credentials"] |= {"foreign_keys": "OFF", "busy_timeout": 60_000}
    async with TortoiseContext() as context:
        await context.init(config=config)
        try:
            async with writing() as connection:
                await _apply_migrations(connection, name)
        except CANNOT_CONNECT as error:
            raise _unavailable(error) from error


async def _apply_migrations(connection: BaseDBAsyncClient, name: str) -> None:
    if connection.capabilities.dialect == "postgres":
        await connection.execute_query(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
    executor = MigrationExecutor(connection, _APPS)
    executor.recorder = executor.loader.recorder = _Recorder(connection)
    await executor.recorder.ensure_schema(executor._schema_editor())  # noqa: SLF001 - Tortoise has no public way
    await executor.migrate([MigrationTarget("models", name)])
    if connection.capabilities.dialect == "sqlite":
        broken = await connection.execute_query_dict("PRAGMA foreign_key_check")
        if broken:
            tables = ", ".join(sorted({row["table"] for row in broken}))
            raise DatabaseUnavailable(
                f"ปรับโครงสร้างฐานข้อมูลไม่ได้ ข้อมูลอ้างอิงไม่ครบในตาราง {tables} ไม่มีการเปลี่ยนแปลงใด ๆ · "
                f"Not migrated: rows refer to missing rows in {tables}. Nothing was changed."
            )


class _Recorder(MigrationRecorder):
    """Keeps which migrations were applied.

    Tortoise's own makes its table by a script, which commits SQLite's transaction.
    """

    async def ensure_schema(self, schema_editor: BaseSchemaEditor) -> None:
        table: str = schema_editor._get_model_sql_data(self.model).table_sql  # noqa: SLF001 - as its base class does
        await self.connection.execute_query(table.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1))


async def connect(url: str) -> Any:
    """One asyncpg connection beside Tortoise's, safe behind a pooler; the caller closes it.

    Raises DatabaseUnavailable.
    """
    credentials = config_for(url)["connections"]["default"]["credentials"]
    known = ("host", "port", "user", "password", "database", "ssl")
    given = {name: credentials[name] for name in known if credentials.get(name)}
    try:
        return await asyncpg.connect(**given, statement_cache_size=0)
    except CANNOT_CONNECT as error:
        raise _unavailable(error) from error


async def is_pooled(connection: Any) -> bool:
    """Whether PgBouncer or its like is in between: it has another number for the server's process than that itself."""
    return bool(connection.get_server_pid() != await connection.fetchval("SELECT pg_backend_pid()"))


async def _prepared(url: str) -> dict[str, Any]:
    """Tortoise's configuration for a database that is there. A SQLite file is made, with its folder, in WAL mode."""
    config = config_for(url)
    credentials = config["connections"]["default"]["credentials"]
    if is_sqlite(url):
        await _make_file(Path(credentials["file_path"]))
        return config
    connection = await connect(url)
    try:
        if await is_pooled(connection):
            # In transaction mode the next statement may meet another server, which has none of our prepared ones.
            credentials["statement_cache_size"] = 0
    except CANNOT_CONNECT as error:
        raise _unavailable(error) from error
    finally:
        await connection.close()
    return config


async def _make_file(path: Path) -> None:
    """Two processes that switch a new file to WAL at once do not wait: one fails, and tries again here."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        attempts = 1
        while not await asyncio.to_thread(_switch_to_wal, path, last=attempts == _WAL_ATTEMPTS):
            attempts += 1
            await asyncio.sleep(0.05)
    except (OSError, sqlite3.Error) as error:
        raise _unavailable(error) from error


def _switch_to_wal(path: Path, *, last: bool) -> bool:
    """Whether the file is in WAL mode now; False where another process is in the way and it is not the last try."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if last or "locked" not in str(error):
            raise
        return False
    finally:
        connection.close()
    return True


CANNOT_CONNECT = (
    *(BaseORMException, sqlite3.Error, OSError),
    *(asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError),
)
"""What is raised where the database does not answer, or refuses."""


def _unavailable(error: Exception) -> DatabaseUnavailable:
    return DatabaseUnavailable(
        f"เปิดฐานข้อมูลไม่ได้ โปรดตรวจ DATABASE_URL และสิทธิ์เขียนไฟล์ · "
        f"The database cannot be opened; check DATABASE_URL and the file's permissions: {error}"
    )
