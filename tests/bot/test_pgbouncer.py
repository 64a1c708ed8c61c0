"""Behind the real PgBouncer in transaction mode, with the configuration that `deploy/` ships."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp.test_utils import unused_port
from tortoise.connection import get_connection

from bot.backup.archive import CannotBackUp
from bot.backup.whole import back_up
from bot.database import close_database, connect, is_pooled, known_migrations, migrate, migrate_to, open_database
from models.tables.report import Report
from tests.bot.backup.places import place, restored, silent, with_programs
from tests.bot.rows import AT
from tests.programs import program
from tests.town import ROOT, town

pytestmark = pytest.mark.needs("pgbouncer")

OFFICE = ROOT / "tests" / "transcripts" / "libraries.yaml"
SERVERS = 2
"""Connections to PostgreSQL, fewer than the bot opens: whoever begins a transaction gets whichever is free."""


@pytest.fixture
def pooled(postgres_server: Callable[[str], str]) -> Iterator[Callable[[str], str]]:
    """The address of a PostgreSQL database → its address by way of PgBouncer."""
    sockets = parse_qs(urlsplit(postgres_server("postgres")).query)["host"][0]
    port = unused_port()
    config = ConfigParser(delimiters="=")
    config.read_string((ROOT / "deploy" / "pgbouncer.ini").read_text("utf-8"))
    folder = Path(tempfile.mkdtemp(prefix="raingan-pgbouncer-"))
    config["databases"] = {"*": f"host={sockets} user=postgres"}
    config["pgbouncer"].update(
        {
            "listen_port": str(port),
            "auth_type": "any",
            "auth_file": "",
            "default_pool_size": str(SERVERS),
            "unix_socket_dir": "",
        }
    )
    with (folder / "pgbouncer.ini").open("w") as file:
        config.write(file)
    folder.chmod(0o755)
    # It refuses to run as root, which is who containers run as; the folder of the sockets is its owner's alone.
    user = [f"--user={Path(sockets).owner()}"] if os.geteuid() == 0 else []
    with (folder / "log").open("w+") as log:
        running = subprocess.Popen([program("pgbouncer"), *user, str(folder / "pgbouncer.ini")], stdout=log, stderr=log)
        try:
            _wait_for(port, running, folder / "log")
            yield lambda url: f"postgres://postgres@127.0.0.1:{port}/{urlsplit(url).path[1:]}"
        finally:
            running.terminate()
            running.wait()
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def _wait_for(port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        assert running.poll() is None, log.read_text()
        time.sleep(0.02)
    raise AssertionError(log.read_text())


def test_the_configuration_is_that_of_transaction_mode() -> None:
    """What is shipped is what is tested here."""
    text = (ROOT / "deploy" / "pgbouncer.ini").read_text("utf-8")
    assert re.search(r"^pool_mode = transaction$", text, re.MULTILINE)


async def test_it_is_noticed(postgres_url: str, pooled: Callable[[str], str]) -> None:
    """Whether a pooler is in between is seen by the number of the server's process."""
    for url, expected in ((postgres_url, False), (pooled(postgres_url), True)):
        connection = await connect(url)
        assert await is_pooled(connection) is expected
        await connection.close()


async def test_a_machine_that_vanishes_is_noticed(postgres_url: str, pooled: Callable[[str], str]) -> None:
    """Over TCP the kernel gives up after fifteen seconds without a sign of life, not after hours."""
    await open_database(pooled(postgres_url))
    try:
        async with get_connection("default").acquire_connection() as connection:
            found = connection._transport.get_extra_info("socket")
            assert found.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 15_000
            assert found.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
    finally:
        await close_database()


async def test_many_report_at_once(postgres_url: str, pooled: Callable[[str], str]) -> None:
    """The whole bot, with more connections than PgBouncer has servers: every answer comes, every report is there."""
    async with town(pooled(postgres_url), OFFICE, "2026-12-05T09:00:00+07:00") as found:
        people = [f"คนที่ {number}" for number in range(6)]
        for number, name in enumerate(people):
            await found.reporter(name, "LIB-01" if number % 2 else "LIB-02")

        async def report(name: str) -> None:
            for text in ("สถานะ", "รายงาน 2300-848", "แล้ว", "12", "จัดกิจกรรมทุกวันเสาร์", "เก็บไว้ก่อน", "ช่วยเหลือ"):
                await found.says(name, text)

        async def ask_in_between() -> None:
            for _ in range(60):  # statements outside of transactions, each with a plan of its own
                await asyncio.gather(*(get_connection("default").execute_query_dict(_ASKS, [n]) for n in range(8)))

        await asyncio.gather(ask_in_between(), *map(report, people))
        await found.says(people[0], "รายงาน 2300-849 ไตรมาส 1 12 ครั้ง เล่านิทานรวม 12 ครั้ง")
        await found.says(people[1], "รายงาน 2300-849 ไตรมาส 1 12 ครั้ง เล่านิทานรวม 12 ครั้ง")
        assert "ส่งรายงานแล้ว" in str(await found.says(people[1], "ส่งเลย"))
        assert await Report.all().count() == 1
        servers = await get_connection("default").execute_query_dict(_SERVERS)
        assert servers[0]["servers"] <= SERVERS


_ASKS = "SELECT $1::int + count(*) AS found FROM unit"
_SERVERS = (
    "SELECT COUNT(*) AS servers FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend'"
)


async def test_migrations_under_their_lock(empty_postgres_url: str, pooled: Callable[[str], str]) -> None:
    """The lock is the transaction's own, so no server keeps it; two at once, down and up again."""
    url = pooled(empty_postgres_url)
    await asyncio.gather(*(asyncio.to_thread(lambda: asyncio.run(migrate(url))) for _ in range(3)))
    await migrate_to(url, known_migrations()[-2])
    await migrate(url)
    await open_database(url)
    locks = await get_connection("default").execute_query_dict("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'")
    await close_database()
    assert locks == []


async def test_backup_and_restore_ask_for_postgresql_itself(
    postgres_url: str, pooled: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pg_dump and psql set up their session, which a pooler would hand to the bot: refused, saying what to give."""
    monkeypatch.setenv("PATH", with_programs(os.environ["PATH"]))
    url = pooled(postgres_url)
    file = tmp_path / "raingan.zip"
    with pytest.raises(CannotBackUp, match="PgBouncer"):
        await back_up(place(url, tmp_path / "storage"), file, AT, silent)
    await back_up(place(postgres_url, tmp_path / "storage"), file, AT, silent)
    with pytest.raises(CannotBackUp, match="PgBouncer"):
        await restored(url, tmp_path / "storage", file)
