"""Invitation codes from the command line."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tortoise.connection import get_connection

from bot.commands.demo import command as demo
from bot.commands.invite import command
from bot.commands.migrate import command as migrate
from bot.commands.tables import opened
from bot.database import DatabaseUnavailable
from models.rules.invitation_codes import code_hash, normalise
from models.tables.organisation import Unit


@pytest.fixture
def url(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with two libraries, which the commands use."""

    async def two() -> None:
        async with opened(sqlite_url):
            await Unit.create(code="23000301", name="หนึ่ง", kind="library")
            await Unit.create(code="23000302", name="สอง", kind="library")

    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.chdir(tmp_path)
    asyncio.run(two())
    return sqlite_url


def _rows(url: str, statement: str) -> list[dict[str, Any]]:
    async def read() -> list[dict[str, Any]]:
        async with opened(url):
            return [dict(row) for row in await get_connection("default").execute_query_dict(statement)]

    reading: Coroutine[Any, Any, list[dict[str, Any]]] = read()
    return asyncio.run(reading)


def _invite(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


def test_a_code_for_two_units(url: str) -> None:
    """The code is printed once; the database keeps its hash, its units and its limits."""
    done = _invite("--unit", "23000301", "--unit", "23000302", "--role", "reporter", "--uses", "72", "--needs-approval")
    assert done.exit_code == 0, done.output
    code = normalise(done.stdout.strip())
    assert code is not None
    (invitation,) = _rows(url, "SELECT * FROM invitation")
    assert invitation["code_hash"] == code_hash(code)
    assert (invitation["role"], invitation["uses_allowed"], invitation["uses"]) == ("reporter", 72, 0)
    assert invitation["needs_approval"] == 1
    assert invitation["expires_at"] is None
    assert len(_rows(url, "SELECT * FROM invitation_unit")) == 2
    (entry,) = _rows(url, "SELECT * FROM audit_entry")
    assert entry["action"] == "invitation.add"
    assert code not in str(entry)
    assert done.stdout.strip() not in str(entry)


def test_a_code_that_expires(url: str) -> None:
    """The days are counted from now."""
    assert _invite("--unit", "23000301", "--role", "coordinator", "--expires-days", "30").exit_code == 0
    (row,) = _rows(url, "SELECT julianday(expires_at) - julianday(created_at) AS days FROM invitation")
    assert round(row["days"]) == 30


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--unit", "999", "--role", "reporter"], "ไม่พบหน่วยงานรหัส 999", id="unknown unit"),
        pytest.param(["--unit", "23000301", "--role", "boss"], "ไม่รู้จักบทบาท boss", id="unknown role"),
    ],
)
def test_what_is_unknown_is_refused_kindly(url: str, words: list[str], said: str) -> None:
    """A sentence in both languages, and no invitation."""
    refused = _invite(*words)
    assert refused.exit_code == 1
    assert said in refused.output
    assert _rows(url, "SELECT * FROM invitation") == []


def test_without_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before `migrate` a command names it; after it, it works."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite://{tmp_path / 'new.sqlite3'}")
    monkeypatch.chdir(tmp_path)
    assert isinstance(_invite("--unit", "1", "--role", "reporter").exception, DatabaseUnavailable)
    assert "เป็นปัจจุบันแล้ว" in CliRunner().invoke(migrate).output
    assert "เพิ่มข้อมูลตัวอย่างแล้ว" in CliRunner().invoke(demo).output
    again = CliRunner().invoke(demo).output
    assert "ไม่มีอะไรเปลี่ยนแปลง" in again
    assert "DEM0-RA1N-GAN0" in again
