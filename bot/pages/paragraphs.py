"""What people typed, as it is shown: a narrative's paragraphs and lists, of which nothing is lost, and titles."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

_BULLET = re.compile(r"\s*[-–—•●*·]\s+\S")
_NUMBER = re.compile(r"\s*(?:\(?([0-9๐-๙]{1,2})[.)]|ข้อ\s*([0-9๐-๙]{1,2}))(?![0-9๐-๙])\s*\S")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or the items of one list with the marks they were typed with."""

    text: str = ""
    items: tuple[str, ...] = ()


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs and lists of a text, in order.

    A line is a paragraph. Lines that begin with a mark or with rising numbers are a list, and so are "1. … 2. …" within
    one line, as people type them on a phone.
    """
    found: list[Block] = []
    items: list[str] = []

    def close() -> None:
        if items:
            found.append(Block(items=tuple(items)))
            items.clear()

    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not line.strip():
            close()
        elif _BULLET.match(line) or _NUMBER.match(line):
            items.extend(_parts(line.strip()))
        else:
            close()
            first, *numbered = _parts(line.strip())
            found.append(Block(text=first))
            items.extend(numbered)
            close()
    close()
    return tuple(found)


def _parts(line: str) -> list[str]:
    """What stands before "1. ", then from each number up to the next; the line alone where they do not rise from 1."""
    starts: list[int] = []
    for each in re.finditer(r"(?:^|(?<=\s))([0-9๐-๙]{1,2})[.)](?=\s*[^\s0-9๐-๙])", line):
        if int(each[1].translate(_THAI_DIGITS)) == len(starts) + 1:
            starts.append(each.start())
    if len(starts) < 2:
        return [line]
    edges = [0, *starts, len(line)] if starts[0] else [*starts, len(line)]
    return [line[begin:end].strip() for begin, end in pairwise(edges)]


def one_line(text: str) -> str:
    """A text for a title: on one line, without marks that would turn what stands beside it around."""
    shown = "".join(" " if each.isspace() else each for each in text if each.isspace() or not _invisible(each))
    return " ".join(shown.split())


def _invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"}
