"""Logging: one line an occurrence, followed by event id from the webhook to LINE's request id.

What must never stand in a log: a message's text, a LINE id in clear, a reply token, the channel's secret or token. So
a chat is named by `pseudonym`, an exception by its type and the lines it passed (its text may quote what a person
wrote), and the last processor looks through the finished line, whoever wrote it. docs/metrics.md lists every line.
"""

from __future__ import annotations

import hmac
import json
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from string import ascii_letters, digits
from types import TracebackType
from typing import Any, TextIO

import msgspec
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_LINE_ID = re.compile(r"[UCR][0-9a-f]{32}", re.IGNORECASE)
_BEARER = re.compile(r"(bearer)[\s:=]+[^\s\"',}]+", re.IGNORECASE)
_SHORTEST_TOKEN = 30
"""LINE's reply tokens and ids are longer; its event ids (26), our UUIDs and its request ids (with hyphens) are not."""
_TOKEN = re.compile(rf"(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{{{_SHORTEST_TOKEN},}}")
_ALPHANUMERIC = bytes(ord("a") if chr(code) in ascii_letters + digits else ord(" ") for code in range(256))
_LONG_RUN = b"a" * _SHORTEST_TOKEN
_REDACTED = "[redacted]"
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_PLAIN = frozenset({str, int, float, bool, type(None)})


@dataclass(slots=True)
class _Keys:
    """What redaction knows of this process. Until `configure` a random key stands in."""

    pseudonyms: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    secrets: tuple[str, ...] = ()


_keys = _Keys()


def pseudonym(line_id: str) -> str:
    """A chat's name in the logs: the same for the same chat and channel, and of no use to anybody else."""
    return "chat-" + hmac.digest(_keys.pseudonyms, line_id.encode(errors="replace"), "sha256").hex()[:12]


def redacted(text: str) -> str:
    """`text` with LINE ids as pseudonyms, and without reply tokens, bearer tokens and this process's secrets."""
    for secret in _keys.secrets:
        if secret in text:
            text = text.replace(secret, _REDACTED)
    if "earer" in text.lower():
        text = _BEARER.sub(rf"\1 {_REDACTED}", text)
    # Nearly every line ends here: looking for one long run of letters and digits takes a microsecond.
    if _LONG_RUN not in text.encode(errors="replace").translate(_ALPHANUMERIC):
        return text
    return _TOKEN.sub(_REDACTED, _LINE_ID.sub(lambda found: pseudonym(found[0]), text))


def redact(_logger: WrappedLogger, _method: str, line: str) -> str:
    """Look through a whole line, ready as it is to be written. The last processor of all."""
    return redacted(line)


def plain(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Make every value one that can be written without its `repr`, which may quote a person."""
    for key, value in event.items():
        if type(value) not in _PLAIN:
            event[key] = _plain(value)
    return event


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case bytes():
            return value.decode(errors="replace")
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(item) for item in value]
        case BaseException():
            return _name(value)
        case _:
            return str(value)


def exceptions_without_text(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Turn `exc_info` into types and lines of code: no local variables, and no text that may quote a person."""
    error = _exception(event.pop("exc_info", None))
    if error is not None:
        event["exception"] = [_trace(link) for link in _chain(error)]
    return event


def _exception(info: Any) -> BaseException | None:
    if isinstance(info, tuple):
        info = info[1]
    if info is True:
        info = sys.exc_info()[1]
    return info if isinstance(info, BaseException) else None


def _chain(error: BaseException) -> Iterable[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _trace(error: BaseException) -> dict[str, Any]:
    frames: TracebackType | None = error.__traceback__
    at = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(frames, limit=-12)]
    # The operating system's own errors quote files and addresses, never a person, and are what an operator needs.
    said = {"text": str(error)} if isinstance(error, OSError) else {}
    return {"type": _name(error), **said, "at": at}


def _name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _first_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Libraries' messages: asyncio's later lines print a task with its exception's text."""
    event["event"] = str(event["event"]).split("\n", 1)[0]
    return event


def configure(level: str, secret: str, secrets_beside: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Set up logging for the process: readable on a terminal, else a JSON object a line.

    `level` is debug, info, warning or error. The pseudonyms' key derives from the channel's `secret`, which no line
    shows, nor any of `secrets_beside`. Libraries are heard from warning up only: at debug, database drivers print what
    they store.
    """
    stream = stream or sys.stderr
    _keys.pseudonyms = hmac.digest(secret.encode(), b"pseudonyms in logs", "sha256")
    hidden = [value for value in (secret, *secrets_beside) if value]
    # As they stand in JSON too; the longest first, in case one is a part of another.
    written = {*hidden, *(json.dumps(value)[1:-1] for value in hidden)}
    _keys.secrets = tuple(sorted(written, key=len, reverse=True))
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        exceptions_without_text,
    ]
    last: list[Any] = [plain, _renderer(stream), redact]
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(stream),
        # Modules ask for their logger at import, before the secret is known.
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, _first_line],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _renderer(stream: TextIO) -> Processor:
    if stream.isatty():
        return structlog.dev.ConsoleRenderer(pad_event_to=24)
    return structlog.processors.JSONRenderer(serializer=_json)


def _json(event: EventDict, **_options: Any) -> str:
    try:
        return msgspec.json.encode(event).decode()
    except (UnicodeEncodeError, OverflowError, ValueError):  # half a surrogate pair, a number of 30 digits
        return json.dumps(event)
