"""A PostgreSQL database as it stands at one moment (pg_dump), and one loaded in the place of another (psql)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from bot.backup.archive import CannotBackUp
from bot.backup.contents import Contents, contents, picture_names
from bot.backup.sqlite import in_use
from bot.database import config_for, connect, is_pooled, known_tables

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
_OTHERS = (
    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
    " AND pid <> pg_backend_pid()"
)
_CHUNK = 1 << 20
INSTALLED = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs of each version."""
_UNKNOWN_TO_OLDER_SERVERS = b"\nSET transaction_timeout = 0;\n"
"""pg_dump writes it from version 17 on, whatever the server; a server before 17 does not know it."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A moment of the database that is held: what it contains, and its dump."""

    contents: Contents
    dump: Iterable[bytes]


@asynccontextmanager
async def frozen(url: str) -> AsyncIterator[Frozen]:
    """Hold one moment of the database for the block; the bot goes on writing.

    Raises DatabaseUnavailable, and CannotBackUp when pg_dump is missing or too old.
    """
    async with _connected(url) as connection:
        program = _program("pg_dump", connection.get_server_version().major)
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            moment = await connection.fetchval("SELECT pg_export_snapshot()")
            tables = await _ours(connection)
            held = await contents(connection.fetch, tables)
            schema = await connection.fetchval("SELECT current_schema()")
            options = ["--format=plain", "--encoding=UTF8", "--no-owner", "--no-privileges", "--no-password"]
            named = [f'--table="{schema}"."{name}"' for name in tables]
            yield Frozen(held, _output([program, *options, f"--snapshot={moment}", *named], _environment(url)))


async def look(url: str) -> tuple[dict[str, int], list[str]]:
    """What is there now: table → number of rows, and the pictures that they name. Nobody else may be connected.

    Raises DatabaseUnavailable, and CannotBackUp when another program is connected or psql is missing or too old.
    """
    async with _connected(url) as connection:
        _program("psql", connection.get_server_version().major)
        if await connection.fetchval(_OTHERS):
            raise in_use()
        tables = await _ours(connection)
        rows = {name: await connection.fetchval(f'SELECT COUNT(*) FROM "{name}"') for name in tables}  # noqa: S608
        return rows, await picture_names(connection.fetch, tables)


async def load(url: str, dump: Iterable[bytes], tables: Sequence[str]) -> None:
    """Replace our tables, and these, by those of a dump: in one transaction, so all of it or nothing.

    Raises CannotBackUp with what PostgreSQL said.
    """
    async with _connected(url) as connection:
        program = _program("psql", connection.get_server_version().major)
        schema = await connection.fetchval("SELECT current_schema()")
        if await connection.fetchval(_OTHERS):
            raise in_use()  # somebody started it again while the pictures were put back
    dropped = ", ".join(f'"{schema}"."{name}"' for name in sorted({*known_tables(), *tables}))
    command = [program, "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    with (
        TemporaryFile() as said,
        subprocess.Popen(command, stdin=subprocess.PIPE, stderr=said, env=_environment(url)) as running,  # noqa: ASYNC220, S603
    ):
        assert running.stdin is not None  # noqa: S101 - asked for above
        try:
            running.stdin.write(f"BEGIN;\nDROP TABLE IF EXISTS {dropped} CASCADE;\n".encode())
            for number, chunk in enumerate(dump):
                running.stdin.write(chunk.replace(_UNKNOWN_TO_OLDER_SERVERS, b"\n", 1) if number == 0 else chunk)
            # Whatever ends the input before this line ends it without the COMMIT, and nothing is changed.
            running.stdin.write(b"\nCOMMIT;\n")
            running.stdin.close()
        except BrokenPipeError:
            pass  # it has ended with an error, which is read below
        except BaseException:
            running.kill()
            raise
        if running.wait() != 0:
            raise _refused("psql", said)


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Any]:
    connection = await connect(url)
    try:
        if await is_pooled(connection):
            raise CannotBackUp(
                "DATABASE_URL คือ PgBouncer คำสั่งนี้ใช้ที่อยู่ของ PostgreSQL เอง โดยใส่ DATABASE_URL=postgres://… นำหน้าคำสั่ง · "
                "DATABASE_URL leads to PgBouncer; for this command give PostgreSQL's own address: "
                "DATABASE_URL=postgres://… before the command"
            )
        yield connection
    finally:
        await connection.close()


async def _ours(connection: Any) -> list[str]:
    """Our tables that are there, in the order of their names; others in the same schema are left alone."""
    known = {*known_tables()}
    return [name for (name,) in await connection.fetch(_TABLES) if name in known]


def _environment(url: str) -> dict[str, str]:
    """For PostgreSQL's programs: in the environment, because a command line can be read by everybody."""
    credentials = config_for(url)["connections"]["default"]["credentials"]
    named = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "database": "PGDATABASE"}
    given = {variable: str(credentials[name]) for name, variable in named.items() if credentials.get(name)}
    return {**os.environ, "LC_ALL": "C", **given, **({"PGSSLMODE": "require"} if credentials.get("ssl") else {})}


def _program(name: str, server: int) -> str:
    """The path of a program that is no older than the server; raises CannotBackUp and names the package."""
    places = [shutil.which(name), *sorted(map(str, INSTALLED.glob(f"*/bin/{name}")), reverse=True)]
    for path in places:
        if path is not None and _major(path) >= server:
            return path
    raise CannotBackUp(
        f"ต้องใช้ {name} ของ PostgreSQL {server} ขึ้นไป ติดตั้งด้วยคำสั่ง · {name} of PostgreSQL {server} or newer is needed; "
        f"install it with: sudo apt-get install postgresql-client-{server}"
    )


def _major(path: str) -> int:
    try:
        done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r" (\d+)", done.stdout)
    return int(found[1]) if found else 0


def _output(command: list[str], environment: dict[str, str]) -> Iterator[bytes]:
    """What a program writes, a megabyte at a time; raises CannotBackUp when it fails."""
    with (
        TemporaryFile() as said,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, env=environment) as running,  # noqa: S603
    ):
        assert running.stdout is not None  # noqa: S101 - asked for above
        try:
            while chunk := running.stdout.read(_CHUNK):
                yield chunk
        except BaseException:
            running.kill()
            raise
        if running.wait() != 0:
            raise _refused("pg_dump", said)


def _refused(program: str, said: IO[bytes]) -> CannotBackUp:
    """The first error alone: what follows it may quote rows."""
    said.seek(0)
    lines = said.read(100_000).decode(errors="replace").splitlines()
    first = next((line for line in lines if "error" in line.lower()), lines[0] if lines else "?")
    return CannotBackUp(f"{program} ทำไม่สำเร็จ ไม่มีอะไรเปลี่ยนแปลง · {program} failed and nothing was changed: {first}")
