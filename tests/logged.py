"""What is logged, as text; afterwards logging is as it was."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from bot import logs


@contextmanager
def logged(secret: str, *secrets_beside: str, level: str = "info") -> Iterator[io.StringIO]:
    """Logging as `serve` sets it up, into the text that it gives."""
    root = logging.getLogger()
    handlers, root_level = root.handlers[:], root.level
    text = io.StringIO()
    logs.configure(level, secret, secrets_beside, text)
    try:
        yield text
    finally:
        structlog.reset_defaults()
        structlog.contextvars.clear_contextvars()
        root.handlers[:] = handlers
        root.setLevel(root_level)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """The lines that were logged, read."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]
