"""Invitation codes from the command line."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Coroutine
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result
from tortoise.connection import get_connection

from bot.commands.demo import command as demo
from bot.commands.invite import command
from bot.commands.migrate import command as migrate
from bot.commands.tables import opened
from bot.database import DatabaseUnavailable
from bot.setup.qr import Card, basic_id, card_svg, link, page, qr_code
from models.rules.invitation_codes import code_hash, normalise
from models.tables.organisation import Membership, Person, Unit
from tests.bot.qr_reader import read_qr

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


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


def _registered(url: str, *people: tuple[str, str]) -> None:
    """People with a reporter's duty: a name and a unit's code each; every entry is another person."""

    async def register() -> None:
        async with opened(url):
            for name, code in people:
                person = await Person.create(name=name, created_at=NOW)
                unit = await Unit.get(code=code)
                await Membership.create(
                    person=person, unit=unit, role="reporter", valid_from=NOW.date(), approved_at=NOW
                )

    asyncio.run(register())


@pytest.mark.parametrize("until", ["2570-02-28", "28/2/2027", "๒๘ ก.พ. ๒๕๗๐"])
def test_a_code_for_a_deputy(url: str, monkeypatch: pytest.MonkeyPatch, until: str) -> None:
    """The invitation keeps whose duty it is and its last day, with which the code expires; the trail has no name."""
    monkeypatch.setenv("SIMULATED_NOW", NOW.isoformat())
    _registered(url, ("นภา ใจดี", "23000301"), ("มานี มีนา", "23000301"))
    words = ("--unit", "23000301", "--role", "reporter", "--expires-days", "300")
    done = _invite(*words, "--acting-for", " นภา  ใจดี", "--until", until)
    assert done.exit_code == 0, done.output
    (row,) = _rows(
        url, "SELECT i.valid_to, i.expires_at, p.id, p.name FROM invitation i JOIN person p ON p.id = acting_for_id"
    )
    assert (row["valid_to"], row["name"]) == ("2027-02-28", "นภา ใจดี")
    assert str(row["expires_at"]).startswith("2027-02-28 16:59:59")  # in UTC
    (entry,) = _rows(url, "SELECT after FROM audit_entry")
    after = json.loads(entry["after"])
    assert (after["acting_for"], after["valid_to"]) == (row["id"], "2027-02-28")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(
            ["--acting-for", "นภา", "--until", "2570-02-28"],
            ("ไม่พบ นภา ", "ผู้ที่มีหน้าที่อยู่: นภา ใจดี, มานี มีนา", "those with a duty: นภา ใจดี"),
            id="nobody of that name",
        ),
        pytest.param(
            ["--unit", "23000302", "--acting-for", "นภา ใจดี", "--until", "2570-02-28"],
            ("ไม่พบ นภา ใจดี", "in all of them"),
            id="in one of two units",
        ),
        pytest.param(
            ["--acting-for", "มานี มีนา", "--until", "2570-02-28"],
            ("มากกว่าหนึ่งคน", "More than one person"),
            id="two of that name",
        ),
        pytest.param(["--acting-for", "นภา ใจดี"], ("ต้องระบุคู่กัน", "together"), id="no last day"),
        pytest.param(["--until", "2570-02-28"], ("ต้องระบุคู่กัน", "together"), id="for nobody"),
        pytest.param(
            ["--acting-for", "นภา ใจดี", "--until", "28/2/70"], ("--until ต้องเป็นวันที่", "has to be a date"), id="no date"
        ),
        pytest.param(
            ["--acting-for", "นภา ใจดี", "--until", "2569-11-21"], ("ผ่านไปแล้ว", "has passed"), id="a day gone by"
        ),
    ],
)
def test_a_deputy_of_nobody_is_refused_kindly(
    url: str, monkeypatch: pytest.MonkeyPatch, words: list[str], said: tuple[str, ...]
) -> None:
    """A sentence in both languages, with the names there are where a name is wrong, and no invitation."""
    monkeypatch.setenv("SIMULATED_NOW", NOW.isoformat())
    _registered(url, ("นภา ใจดี", "23000301"), ("มานี มีนา", "23000301"), ("มานี มีนา", "23000301"))
    refused = _invite("--unit", "23000301", "--role", "reporter", *words)
    assert refused.exit_code == 1
    assert [each for each in said if each not in refused.output] == []
    assert _rows(url, "SELECT * FROM invitation") == []


def test_a_deputy_before_anybody_registered(url: str) -> None:
    """Where there are no names to choose from, that is what is said."""
    refused = _invite("--unit", "23000302", "--role", "reporter", "--acting-for", "นภา", "--until", "3000-01-01")
    assert refused.exit_code == 1
    assert "nobody is registered there yet" in refused.output


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


CODE = "7K3M-Q2XD-9FHA"


def drawn_modules(drawing: str) -> list[list[int]]:
    """The modules of the QR code in a drawing, from its path; without the quiet zone."""
    squares = [
        (int(y), int(x))
        for path in re.findall(r'd="(M[^"]+z)" shape', drawing)
        for x, y in re.findall(r"M(\d+) (\d+)", path)
    ]
    first, last, step = min(y for y, _ in squares), max(y for y, _ in squares), 4
    dark = {((y - first) // step, (x - first) // step) for y, x in squares}
    side = (last - first) // step + 1
    return [[int((row, column) in dark) for column in range(side)] for row in range(side)]


def test_the_link_types_the_text_in() -> None:
    """LINE's own form: the id and the text percent-encoded, nothing else."""
    said = link("@123abcde", CODE)
    assert re.fullmatch(r"https://line\.me/R/oaMessage/%40123abcde/\?[0-9A-Za-z%.-]+", said)
    assert unquote(said.partition("/?")[2]) == f"ลงทะเบียน {CODE}"


@pytest.mark.parametrize("line_id", ["@123abcde", "@a", "@" + "a" * 30])
def test_the_qr_code_reads_back(line_id: str) -> None:
    """A reader after the standard finds the link in the modules, also in those that the card and the page draw."""
    card = Card(("ห้องสมุด <หนึ่ง>",), "ผู้รายงาน", CODE)
    assert read_qr([list(row) for row in qr_code(line_id, CODE).matrix]) == link(line_id, CODE)
    for drawing in (card_svg(card, line_id), page([card], line_id)):
        assert read_qr(drawn_modules(drawing)) == link(line_id, CODE)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("@123abcde", "@123abcde"), (" 123abcde ", "@123abcde"), ("@a b", None), ("", None), ("@<", None)],
)
def test_a_basic_id(typed: str, read: str | None) -> None:
    """With or without its @; nothing that could not be one."""
    assert basic_id(typed) == read


def test_a_page_to_print(url: str, tmp_path: Path) -> None:
    """A4, with the unit's name, the code in groups and what to do; it loads nothing."""
    done = _invite("--unit", "23000301", "--role", "reporter", "--qr", "card.html", "--line-id", "@123abcde")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "card.html").read_text("utf-8")
    assert all(part in text for part in ("size: A4", "<h1>หนึ่ง</h1>", done.stdout.strip(), "ผู้รายงาน", "@123abcde"))
    assert not re.search(r"(?:src|href)=|url\(|<script|@import", text)
    assert read_qr(drawn_modules(text)) == link("@123abcde", done.stdout.strip())
    again = _invite("--unit", "23000301", "--role", "reporter", "--qr", "card.html", "--line-id", "@123abcde")
    assert "is there already" in again.output
    assert len(_rows(url, "SELECT id FROM invitation")) == 1


def test_a_drawing(url: str, tmp_path: Path) -> None:
    """SVG that an XML reader accepts, with the names escaped."""
    done = _invite("--unit", "23000302", "--role", "coordinator", "--qr", "card.svg", "--line-id", "123abcde")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "card.svg").read_text("utf-8")
    assert done.stdout.strip() in [each.text for each in ET.fromstring(text).iter("{http://www.w3.org/2000/svg}text")]
    assert ET.fromstring(card_svg(Card(("a & <b>",), "x", CODE), "@a")) is not None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--qr", "card.html"], "Give --line-id"),
        (["--qr", "card.html", "--line-id", "@a b"], "has to be a basic id"),
        (["--qr", "card.pdf", "--line-id", "@a"], "has to end in"),
        (["--qr", "absent/card.svg", "--line-id", "@a"], "There is no folder"),
    ],
)
def test_no_code_is_made_when_it_could_not_be_printed(url: str, words: list[str], said: str) -> None:
    """What is missing is said before the code is made, for it is made once."""
    refused = _invite("--unit", "23000301", "--role", "reporter", *words)
    assert refused.exit_code == 1
    assert said in refused.output
    assert _rows(url, "SELECT * FROM invitation") == []


class _Line(BaseHTTPRequestHandler):
    """LINE's answer to who the bot is; to the token "odd" a proxy's page."""

    def do_GET(self) -> None:
        token = self.headers["Authorization"]
        known = self.path == "/v2/bot/info" and token in {"Bearer token", "Bearer odd"}
        self.send_response(200 if known else 401)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        account = {"userId": "U0", "basicId": "@777raing", "displayName": "x"}
        modes = {"chatMode": "bot", "markAsReadMode": "auto"}
        self.wfile.write(b"<html>" if token == "Bearer odd" else json.dumps(account | modes if known else {}).encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.mark.parametrize(
    ("token", "said"), [("token", "%40777raing"), ("wrong", "สำเร็จ 401"), ("odd", "LINE did not tell")]
)
def test_line_is_asked_for_the_id(
    url: str, token: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With credentials and without --line-id the bot's own id is asked; a refusal is a sentence."""
    with HTTPServer(("127.0.0.1", 0), _Line) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("LINE_CHANNEL_SECRET", "5e" * 16)
        monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", token)
        monkeypatch.setenv("LINE_API_BASE_URL", f"http://127.0.0.1:{server.server_port}")
        done = _invite("--unit", "23000301", "--role", "reporter", "--qr", "card.html")
        server.shutdown()
    card = tmp_path / "card.html"
    text = read_qr(drawn_modules(card.read_text("utf-8"))) if card.exists() else done.output
    assert said in text
