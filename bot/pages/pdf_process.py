"""Turns a finished page into a PDF: a process of its own, HTML in and PDF out, so that the bot's loop never waits.

Run by `bot.pages.press` as `python -m bot.pages.pdf_process STYLESHEET`. It reads nothing but its input and that file,
and opens no address. Exit 0: the PDF is on its output. 3: this machine has no font for Thai.
"""

from __future__ import annotations

import io
import logging
import sys
from pathlib import Path
from typing import Any

NO_THAI_FONT = 3


class _FromFont(dict[int, str]):
    """Glyph → text as the font itself says, for whoever copies or searches the PDF.

    WeasyPrint notes for each glyph the first text that it stood in. Thai vowels and tone marks share a cluster with
    their consonant, and ำ is drawn as a ring and an า, so every later า would be copied as ำ.
    """

    def __init__(self, names: dict[int, str]) -> None:
        super().__init__()
        self._names = names

    def __setitem__(self, glyph: int, text: str) -> None:
        super().__setitem__(glyph, self._names.get(glyph, text))


def _names(content: bytes, index: int) -> dict[int, str]:
    """Glyph → character, variants (uni0E48.small) under the character that they are a form of."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(content), fontNumber=index, lazy=True)
    letters: dict[str, str] = {}
    for code, name in sorted((font.getBestCmap() or {}).items(), reverse=True):
        letters[name] = chr(code)  # the lowest code wins where several characters share a glyph
    found = {}
    for number, name in enumerate(font.getGlyphOrder()):
        letter = letters.get(name) or letters.get(name.partition(".")[0])
        if letter:
            found[number] = letter
    return found


def _tell_the_true_text() -> None:
    """Have WeasyPrint write the text layer from the fonts, and each line's exact text beside its glyphs."""
    from weasyprint.draw import text
    from weasyprint.pdf import stream
    from weasyprint.pdf.fonts import Font

    names: dict[str, dict[int, str]] = {}

    class TrueFont(Font):  # type: ignore[misc]  # WeasyPrint publishes no types
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            if self.hash not in names:
                names[self.hash] = _names(self.file_content, self.index)
            self.to_unicode = _FromFont(names[self.hash])

    draw = text.draw_first_line

    def draw_with_text(page: Any, textbox: Any, *given: Any) -> Any:
        # ActualText (ISO 32000-1, 14.9.4): glyphs alone cannot say ำ, which shaping takes apart and reorders.
        said = textbox.text.encode("utf-16-be").hex()
        page.begin_marked_content("Span", f"<</ActualText <feff{said}>>>")
        try:
            return draw(page, textbox, *given)
        finally:
            page.end_marked_content()

    stream.Font = TrueFont
    text.draw_first_line = draw_with_text


class _Missing(logging.Handler):
    """Notices Thai letters for which no font was found."""

    found = False

    def emit(self, record: logging.LogRecord) -> None:
        character = record.args[0] if isinstance(record.args, tuple) and record.args else ""
        self.found = self.found or (isinstance(character, str) and "ก" <= character[:1] <= "๛")


def main(stylesheet: str) -> int:
    """Print what stands on the input; gives the exit status."""
    from weasyprint import CSS, HTML
    from weasyprint.logger import LOGGER
    from weasyprint.urls import URLFetcher

    missing = _Missing()
    LOGGER.addHandler(missing)
    LOGGER.propagate = False
    _tell_the_true_text()
    # Printed from what it holds: pictures are in it, and neither a file nor another server is ever read.
    closed = URLFetcher(allowed_protocols=("data",))
    page = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=closed)
    printed: bytes = page.write_pdf(stylesheets=[CSS(string=Path(stylesheet).read_text("utf-8"))], pdf_tags=True)
    if missing.found:
        return NO_THAI_FONT
    sys.stdout.buffer.write(printed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
