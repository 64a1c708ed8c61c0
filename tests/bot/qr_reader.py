"""A reader of QR codes for the tests: from the dark and light modules to the text, without mending what is damaged.

After ISO/IEC 18004; byte mode only. It shares nothing with the library that draws them but the tables of the standard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from segno import consts

Modules = Sequence[Sequence[int]]
"""Rows of modules from the top, 1 is dark; without the quiet zone."""

_FORMAT_MASK = 0x5412
_MASKS = (
    lambda row, column: (row + column) % 2,
    lambda row, _: row % 2,
    lambda _, column: column % 3,
    lambda row, column: (row + column) % 3,
    lambda row, column: (row // 2 + column // 3) % 2,
    lambda row, column: row * column % 2 + row * column % 3,
    lambda row, column: (row * column % 2 + row * column % 3) % 2,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2,
)
_LEVELS = {0: consts.ERROR_LEVEL_M, 1: consts.ERROR_LEVEL_L, 2: consts.ERROR_LEVEL_H, 3: consts.ERROR_LEVEL_Q}


def read_qr(modules: Modules) -> str:
    """The text of a QR code; raises ValueError when it is not one segment of bytes."""
    size = len(modules)
    version = (size - 17) // 4
    level, mask = _format(modules)
    bits = [modules[row][column] ^ (not _MASKS[mask](row, column)) for row, column in _data_modules(size, version)]
    words = [int("".join(map(str, map(int, bits[at : at + 8]))), 2) for at in range(0, len(bits) - 7, 8)]
    text = "".join(f"{word:08b}" for word in _in_order(words, version, level))
    if text[:4] != "0100":
        raise ValueError("not one segment of bytes")
    width = 8 if version < 10 else 16
    length, begin = int(text[4 : 4 + width], 2), 4 + width
    return bytes(int(text[at : at + 8], 2) for at in range(begin, begin + 8 * length, 8)).decode()


def _format(modules: Modules) -> tuple[int, int]:
    """Error level and mask, from beside the upper left finder."""
    places = [*((8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8)), *((row, 8) for row in (7, 5, 4, 3, 2, 1, 0))]
    value = int("".join(str(modules[row][column]) for row, column in places), 2) ^ _FORMAT_MASK
    return _LEVELS[value >> 13], value >> 10 & 7


def _data_modules(size: int, version: int) -> Iterator[tuple[int, int]]:
    """The modules that hold data in the order of reading: pairs of columns from the right, up and down."""
    upwards = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for row in range(size - 1, -1, -1) if upwards else range(size):
            for column in (right, right - 1):
                if not _is_function(row, column, size, version):
                    yield row, column
        upwards = not upwards


def _is_function(row: int, column: int, size: int, version: int) -> bool:
    """Whether a module belongs to a finder, the timing, an alignment pattern, format or version."""
    finder = (row < 9 and column < 9) or (row < 9 and column >= size - 8) or (row >= size - 8 and column < 9)
    about = version >= 7 and (
        (row < 6 and size - 11 <= column < size - 8) or (column < 6 and size - 11 <= row < size - 8)
    )
    return finder or about or 6 in {row, column} or _is_alignment(row, column, version)


def _is_alignment(row: int, column: int, version: int) -> bool:
    centres: tuple[int, ...] = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    for y in centres:
        for x in centres:
            corner = (y, x) in {(6, 6), (6, centres[-1]), (centres[-1], 6)}
            if not corner and abs(row - y) <= 2 and abs(column - x) <= 2:
                return True
    return False


def _in_order(words: Sequence[int], version: int, level: int) -> list[int]:
    """The data words of each block after the other; they are stored a word of each block in turn."""
    table: Any = consts.ECC[version]
    lengths = [info.num_data for info in table[level] for _ in range(info.num_blocks)]
    blocks: list[list[int]] = [[] for _ in lengths]
    stored = iter(words)
    for at in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if at < length:
                block.append(next(stored))
    return [word for block in blocks for word in block]
