"""A rich menu's picture: a simple drawing, the word large in Thai and small in English; the first button in colour.

Source: developers.line.biz, "Requirements for rich menu image". Drawn at LINE's full width, it is sharp on any phone.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.richmenu.fonts import bold_font, check_shaping
from bot.richmenu.icons import icon_mask

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

WIDTH = 2500
"""Pixels. A phone of 390 points shows a sixth or so of each."""
ONE_ROW, TWO_ROWS = 843, 640
"""Height of a row where it is the only one, and where there are two: half a screen is left for the chat."""
IN_A_ROW = 4
SMALLEST_THAI = 90
"""Pixels of the letters' size: 14 points on that phone, where tone marks can still be told apart."""
INK, PAPER, FIRST_INK, FIRST, LINES = "#14304F", "#FFFFFF", "#FFFFFF", "#05603A", "#B8C4D2"

_ICON, _THAI, _ENGLISH = 0.34, 0.21, 0.11
_ICON_TOP, _THAI_FOOT, _ENGLISH_FOOT = 0.09, 0.70, 0.91
"""Shares of a row's height: sizes, and where each stands."""
_ROOM = 0.78
"""The share of a cell's width that words may take: more would stand too close to its neighbours'."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One button."""

    icon: str
    thai: str
    english: str


@dataclass(frozen=True, slots=True)
class Box:
    """A place in the picture, in pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, and a fingerprint of its pixels: how they were packed does not count."""

    data: bytes
    height: int
    fingerprint: str


class WordTooLong(ValueError):
    """A word that would have to be written too small to be read."""


def boxes(count: int) -> list[Box]:
    """Where the cells of a menu lie: up to four in one row, more in two. They cover the picture without a gap."""
    rows = [count] if count <= IN_A_ROW else [(count + 1) // 2, count // 2]
    height = ONE_ROW if len(rows) == 1 else TWO_ROWS
    made: list[Box] = []
    for row, across in enumerate(rows):
        edges = [round(WIDTH * place / across) for place in range(across + 1)]
        made += [Box(left, row * height, right - left, height) for left, right in pairwise(edges)]
    return made


def draw(cells: Sequence[Cell]) -> Picture:
    """Draw a menu of one to eight cells, the first in colour. Takes a fifth of a second: not for the event loop.

    Raises CannotDraw, and WordTooLong.
    """
    from PIL import Image, ImageDraw

    check_shaping()
    places = boxes(len(cells))
    row, narrowest = places[0].height, min(each.width for each in places)
    image = Image.new("RGB", (WIDTH, places[-1].y + row), PAPER)
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((0, 0, places[0].width, row), fill=FIRST)
    for place in places:
        drawing.rectangle((place.x, place.y, place.x + place.width, place.y + row), outline=LINES, width=4)
    thai = _fitting([each.thai for each in cells], "th", round(_THAI * row), narrowest)
    english = _fitting([each.english for each in cells], "en", round(_ENGLISH * row), narrowest)
    for cell, place in zip(cells, places, strict=True):
        ink = FIRST_INK if place is places[0] else INK
        middle, side = place.x + place.width // 2, round(_ICON * row)
        image.paste(ink, (middle - side // 2, place.y + round(_ICON_TOP * row)), icon_mask(cell.icon, side))
        at = (middle, place.y + round(_THAI_FOOT * row))
        drawing.text(at, cell.thai, font=thai, fill=ink, anchor="ms", language="th")
        at = (middle, place.y + round(_ENGLISH_FOOT * row))
        drawing.text(at, cell.english, font=english, fill=ink, anchor="ms", language="en")
    return _packed(image)


def _fitting(words: Sequence[str], language: str, size: int, cell: int) -> FreeTypeFont:
    """The font at the largest size, up to `size`, at which each of the words fits a cell: all are of one size."""
    from PIL import ImageFont

    file = bold_font(language)
    while True:
        font = ImageFont.truetype(file.path, size, file.index, layout_engine=ImageFont.Layout.RAQM)
        longest = max(font.getlength(each, language=language) for each in words)
        if longest <= cell * _ROOM:
            return font
        size = int(size * cell * _ROOM / longest)
        if language == "th" and size < SMALLEST_THAI:
            raise WordTooLong(max(words, key=len))


def _packed(image: Image) -> Picture:
    written = io.BytesIO()
    image.save(written, "PNG")  # flat colours: a tenth of LINE's 1 MB
    return Picture(written.getvalue(), image.height, hashlib.sha256(image.tobytes()).hexdigest())
