"""Draws a preview: a process of its own, the words as JSON in and a PNG out, so that the bot's loop never waits.

Run by `bot.pages.press` as `python -m bot.pages.preview_process`. Exit 0: the picture is on its output. 3: this machine
has no font for Thai, or Pillow here cannot shape it.
"""

from __future__ import annotations

import io
import sys
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from bot.line.text import thai_words
from bot.pages.paragraphs import one_line
from bot.pages.pdf_process import NO_THAI_FONT
from bot.pages.preview import HEIGHT, WIDTH, Preview
from bot.richmenu.fonts import CannotDraw, bold_font, check_shaping

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

INK, QUIET, PAPER, SHADE, GREEN, ON_GREEN, LINE, FILL = (
    *("#1b2420", "#4c5852", "#ffffff", "#f1f5f2", "#0a5c3a", "#ffffff"),
    *("#8a978f", "#2f7d5b"),
)
MARGIN = 56
_ROOM = WIDTH - 2 * MARGIN
_BAND = 96
_PANEL_TOP, _PANEL_FOOT = 410, HEIGHT - 28
_SIZES = (58, 52, 46, 42)
"""Of a name, the first at which it fits its lines."""
_NAME_LINES = 3
_LINE = 1.42
"""Height of a line, of the letters' size: Thai stacks a vowel and a tone mark upon a consonant."""
_CUT = "…"
_MOST = 400
"""Characters of a text that are looked at: more never fit."""


def drawn(preview: Preview) -> bytes:
    """The picture as a PNG of about 20 KB. Raises CannotDraw."""
    from PIL import Image, ImageDraw

    check_shaping()
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((0, 0, WIDTH, _BAND), fill=GREEN)
    year = _Text(preview.year, 38)
    year.draw(drawing, WIDTH - MARGIN - year.width, 62, ON_GREEN)
    _Text(preview.site, 38, _ROOM - year.width - MARGIN).draw(drawing, MARGIN, 62, ON_GREEN)
    _Text(preview.head, 32, _ROOM).draw(drawing, MARGIN, 152, QUIET)
    size, lines = _name(one_line(preview.name[:_MOST]))
    for number, line in enumerate(lines):
        _Text(line, size, _ROOM).draw(drawing, MARGIN, 152 + (number + 1) * size * _LINE, INK)
    drawing.rounded_rectangle((MARGIN - 16, _PANEL_TOP, WIDTH - MARGIN + 16, _PANEL_FOOT), 16, fill=SHADE)
    column = _ROOM // len(preview.figures)
    for number, (label, value) in enumerate(preview.figures):
        at = MARGIN + 16 + number * column
        _Text(label, 30, column - 32).draw(drawing, at, _PANEL_TOP + 46, QUIET)
        _fitting(value, 56, column - 32).draw(drawing, at, _PANEL_TOP + 116, INK)
    if preview.reached:
        said = _Text(preview.reached, 30, _ROOM // 2)
        said.draw(drawing, WIDTH - MARGIN - 16 - said.width, _PANEL_FOOT - 20, INK)
        if preview.share is not None:
            bar = (MARGIN + 16, _PANEL_FOOT - 46, WIDTH - MARGIN - 48 - said.width, _PANEL_FOOT - 20)
            drawing.rectangle(bar, fill=PAPER, outline=LINE, width=2)
            done = bar[0] + (bar[2] - bar[0]) * min(max(preview.share, 0.0), 1.0)
            if done > bar[0] + 2:
                drawing.rectangle((bar[0], bar[1], done, bar[3]), fill=FILL)
    written = io.BytesIO()
    image.quantize(48).save(written, "PNG", optimize=True)
    return written.getvalue()


class _Text:
    """One line, cut with an ellipsis where it is wider than `room`; letters that no font here has are left out."""

    def __init__(self, text: str, size: int, room: float | None = None) -> None:
        text = one_line(text[:_MOST])
        self.runs = _runs(text, size)
        if room is None or self.width <= room:
            return
        kept = _clusters(text)
        while kept and self.width > room:
            kept.pop()
            self.runs = _runs("".join(kept).rstrip() + _CUT, size)

    @property
    def width(self) -> float:
        """Pixels."""
        return sum(font.getlength(text, language=language) for text, font, language in self.runs)

    def draw(self, drawing: ImageDraw, x: float, foot: float, ink: str) -> None:
        """Upon the line `foot`, from `x` on."""
        for text, font, language in self.runs:
            drawing.text((x, foot), text, font=font, fill=ink, anchor="ls", language=language)
            x += font.getlength(text, language=language)


def _fitting(text: str, size: int, room: float) -> _Text:
    """The text at the largest size, up to `size` and down to half of it, at which it fits."""
    for each in (size, size * 3 // 4, size // 2):
        whole = _Text(text, each)
        if whole.width <= room:
            return whole
    return _Text(text, size // 2, room)


def _name(name: str) -> tuple[int, list[str]]:
    """The size of a name's letters, and its lines."""
    for size in _SIZES:
        lines = _lines(name, size)
        if len(lines) <= _NAME_LINES and len(lines) * size * _LINE <= _PANEL_TOP - 152 - 24:
            return size, lines
    size = _SIZES[-1]
    lines = _lines(name, size)[:_NAME_LINES]
    return size, [*lines[:-1], lines[-1].rstrip() + _CUT]


def _lines(text: str, size: int) -> list[str]:
    """A text in lines of whole words; a word that is wider than a line is broken between letters."""
    lines, line = [], ""
    for word in _words(text):
        if _Text(line + word.rstrip(), size).width <= _ROOM:
            line += word
            continue
        if line:
            lines.append(line)
        line = word.lstrip()
        while _Text(line, size).width > _ROOM:
            kept = _clusters(line)
            fits = next(n for n in range(len(kept), 0, -1) if n == 1 or _Text("".join(kept[:n]), size).width <= _ROOM)
            lines.append("".join(kept[:fits]))
            line = "".join(kept[fits:])
            if len(lines) > _NAME_LINES:
                break
    return [*lines, line] if line else lines or [""]


def _words(text: str) -> list[str]:
    return [word for part in text.split(" ") for word in _with_space(thai_words(part) or [part])]


def _with_space(words: list[str]) -> list[str]:
    return [*words[:-1], f"{words[-1]} "]


def _clusters(text: str) -> list[str]:
    """What stands together: a consonant with its vowels and marks."""
    import regex

    return regex.findall(r"\X", text)


@cache
def _font(language: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    file = bold_font(language)
    return ImageFont.truetype(file.path, size, file.index, layout_engine=ImageFont.Layout.RAQM)


@cache
def _letters(language: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    file = bold_font(language)
    with TTFont(file.path, fontNumber=file.index, lazy=True) as font:
        return frozenset(font.getBestCmap() or {})


def _runs(text: str, size: int) -> list[tuple[str, FreeTypeFont, str]]:
    """Pieces of a text, each in a font that has its letters: Thai's own may have no others."""
    runs: list[tuple[str, str]] = []
    for letter in text:
        language = next((each for each in ("th", "en") if ord(letter) in _letters(each)), None)
        if language is None:
            continue
        if runs and (runs[-1][1] == language):
            runs[-1] = (runs[-1][0] + letter, language)
        else:
            runs.append((letter, language))
    return [(each, _font(language, size), language) for each, language in runs]


def main() -> int:
    """Draw what stands on the input; gives the exit status."""
    try:
        made = drawn(msgspec.json.decode(sys.stdin.buffer.read(), type=Preview))
    except CannotDraw:
        return NO_THAI_FONT
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
