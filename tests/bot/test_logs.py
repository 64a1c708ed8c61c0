"""Logs are fed what must never stand in them."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot import logs
from tests.logged import lines, logged

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
TOKEN = "Zm9vYmFy/token+of=the=channel"
LINE_ID = "U8e742f61d673b39c7fff3cecb7536ef0"
REPLY_TOKEN, OLD_REPLY_TOKEN = "0f3779fba3b349968c5d07db31eab56f", "nHuyWiB7yP5Zw52FIkcQobQuGDXCTA"
QUOTED = 'pass"word\\of-the-store'
SAID = "ข้อความลับของผู้รายงาน"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What is logged, as text."""
    with logged(SECRET, TOKEN, QUOTED) as text:
        yield text


class Opaque:
    """Something that names a chat when it is written."""

    def __repr__(self) -> str:
        return f"<of {LINE_ID}>"


def hostile() -> dict[str, Any]:
    return {
        "chat": LINE_ID,
        "upper": LINE_ID.upper(),
        "inside": f"https://host/{LINE_ID}/x{LINE_ID}y",
        "header": f"Authorization: Bearer {TOKEN}",
        "other_header": "authorization=bearer abc.def.ghi",
        "secret": SECRET,
        "nested": {"list": [LINE_ID, {LINE_ID: (SECRET, f"{TOKEN}!")}], "bytes": LINE_ID.encode()},
        "set": {LINE_ID},
        "reply_token": REPLY_TOKEN,
        "message": f"Invalid reply token {OLD_REPLY_TOKEN}.",
        "password": QUOTED,
        "objects": [Opaque()],
        "error": ValueError(SAID),
        LINE_ID: 1,
    }


def test_nothing_hostile_gets_through(stream: io.StringIO) -> None:
    """LINE ids, reply and bearer tokens, the process's secrets are gone, wherever they stand; the rest stays."""
    structlog.get_logger().warning("said %s", where="here", none=None, number=1.5, **hostile())
    text = stream.getvalue()
    hidden = (
        LINE_ID,
        LINE_ID.upper(),
        SECRET,
        TOKEN,
        REPLY_TOKEN,
        OLD_REPLY_TOKEN,
        "abc.def.ghi",
        SAID,
        "of-the-store",
    )
    for forbidden in hidden:
        assert forbidden not in text
    (line,) = lines(stream)
    assert (line["where"], line["none"], line["number"], line["level"]) == ("here", None, 1.5, "warning")
    assert line["chat"] == logs.pseudonym(LINE_ID)


def test_what_follows_an_event_through_the_log_stays(stream: io.StringIO) -> None:
    """LINE's event ids and request ids, and our own ids, are no tokens."""
    known = {
        "event_id": "01JDBNZ6K8J2T8C4Q3Y7XW9F5V",
        "request_id": "fbe6e2d0-3b3c-4f51-9d2a-7c1e0a9b8c7d",
        "picture_id": "7d0c2f7e-1d8e-4f5b-8a94-5b7c1a0d9e3f",
        "at": "bot/evidence/apply_evidence_of_a_very_long_function_name.py:12",
    }
    structlog.get_logger().info("outbox.sent", **known)
    (line,) = lines(stream)
    assert known.items() <= line.items()


def test_an_odd_letter_costs_no_line(stream: io.StringIO) -> None:
    """Half of a surrogate pair, and a number beyond 64 bits, are written all the same."""
    structlog.get_logger().info("odd", half="\ud83d", number=2**70)
    assert lines(stream)[0]["number"] == 2**70


def test_a_pseudonym_is_stable_and_keyed(stream: io.StringIO) -> None:
    """The same chat has the same name in a channel, another one in another channel, and it is not its plain hash."""
    name = logs.pseudonym(LINE_ID)
    assert name == logs.pseudonym(LINE_ID) != logs.pseudonym(LINE_ID[:-1] + "1")
    assert LINE_ID[:6] not in name
    logs.configure("info", "another secret", (), stream)
    assert logs.pseudonym(LINE_ID) != name


def test_a_traceback_has_types_and_lines_but_no_text(stream: io.StringIO) -> None:
    """An exception's text may quote a person, and so may local variables; neither is logged, its causes are."""

    def read(text: str) -> int:
        return int(text)

    try:
        try:
            read(SAID)
        except ValueError as error:
            raise KeyError(LINE_ID) from error
    except KeyError:
        structlog.get_logger().exception("turn.failed", event_id="01K")
    assert SAID not in stream.getvalue()
    (line,) = lines(stream)
    assert line["event_id"] == "01K"
    assert [link["type"] for link in line["exception"]] == ["KeyError", "ValueError"]
    assert line["exception"][1]["at"][-1].endswith(" read")
    assert "text" not in line["exception"][0]


def test_the_operating_systems_errors_keep_their_text(stream: io.StringIO) -> None:
    """An operator needs to read which address or file it was."""
    try:
        raise ConnectionRefusedError(111, "Connect call failed")
    except OSError:
        structlog.get_logger().exception("line.unreachable")
    assert "Connect call failed" in lines(stream)[0]["exception"][0]["text"]


def test_libraries_are_redacted_too(stream: io.StringIO) -> None:
    """What goes through the standard logging has the same processors, from warning up, its first line only."""
    logging.getLogger("tortoise.db_client").info("INSERT %s", SAID)
    logging.getLogger("aiohttp.client").warning("refused for %s", LINE_ID)
    logging.getLogger("asyncio").error("never retrieved\nfuture: <Task exception=ValueError('%s')>", SAID)
    said = [line["event"] for line in lines(stream)]
    assert said == [f"refused for {logs.pseudonym(LINE_ID)}", "never retrieved"]


async def test_an_event_id_follows_its_task(stream: io.StringIO) -> None:
    """Bound once, the id of the event stands on each line of its task and on no other's."""
    log = structlog.get_logger()

    async def turn(event_id: str) -> None:
        with structlog.contextvars.bound_contextvars(event_id=event_id):
            await asyncio.sleep(0)
            log.info("turn")

    await asyncio.gather(turn("a"), turn("b"))
    log.info("idle")
    assert [line.get("event_id") for line in lines(stream)] == ["a", "b", None]


def test_less_than_the_level_is_not_logged(stream: io.StringIO) -> None:
    """LOG_LEVEL counts."""
    structlog.get_logger().debug("quiet")
    assert stream.getvalue() == ""


def test_on_a_terminal_it_is_read_by_people_and_as_clean() -> None:
    """The readable form has the same processors in front."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    try:
        logs.configure("info", SECRET, [TOKEN], terminal)
        structlog.get_logger().error("said", **hostile())
    finally:
        structlog.reset_defaults()
    assert "said" in terminal.getvalue()
    assert LINE_ID not in terminal.getvalue()
    assert SECRET not in terminal.getvalue()
    assert not terminal.getvalue().startswith("{")
