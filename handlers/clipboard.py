"""Text for LINE's clipboard action: whole, on as many buttons as it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handlers.context import Context
from handlers.effects import Button

COPIED = 1_000
"""UTF-16 units that LINE's clipboard action takes."""


def copy_buttons(context: Context, lines: Iterable[str]) -> tuple[Button, ...]:
    """The lines for the clipboard: one button, or several with their place, none of them losing a word."""
    label, parts = context.w("round-button-copy"), list(_parts(lines))
    if len(parts) == 1:
        return (Button(label, copy=parts[0]),)
    return tuple(Button(f"{label} {place}/{len(parts)}", copy=part) for place, part in enumerate(parts, 1))


def _parts(lines: Iterable[str]) -> Iterator[str]:
    part = ""
    for line in lines:
        # A list of names that is too long by itself is parted between two of them.
        for separator, piece in [("\n", line)] if _fits(line) else _pieces(line):
            if part and not _fits(part + separator + piece):
                yield part.rstrip()
                part = piece
            else:
                part = part + separator + piece if part else piece
    if part:
        yield part


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    first, *names = line.split(", ")
    yield "\n", first
    yield from ((", ", each) for each in names)


def _fits(text: str) -> bool:
    return len(text.encode("utf-16-le")) // 2 <= COPIED
