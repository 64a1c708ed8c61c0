"""Finding a font on this machine by its name, through fontconfig: no font is part of this project."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import cache

THAI_FAMILIES = ("Sarabun", "TH Sarabun New", "Laksaman", "Noto Sans Thai", "Loma", "")
"""The first that is there is taken; the last stands for any that has Thai letters."""
LATIN_FAMILIES = ("Sarabun", "Laksaman", "Noto Sans", "DejaVu Sans", "")
_SECONDS = 20


class CannotDraw(Exception):
    """This machine lacks what drawing Thai takes. The sentence is for the person at the command line."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font as Pillow opens it; `index` within a collection."""

    path: str
    index: int = 0


@cache
def bold_font(language: str) -> FontFile:
    """A bold font for "th" or "en". Raises CannotDraw, which names the package that is missing."""
    for family in THAI_FAMILIES if language == "th" else LATIN_FAMILIES:
        path, index, languages = _match(f"{family}:lang={language}:bold")
        # fontconfig always answers with some font: whether it has the letters is said by its languages.
        if language in languages.split("|"):
            return FontFile(path, int(index))
    raise CannotDraw(
        "ไม่พบแบบอักษรไทยในเครื่อง ติดตั้งด้วย sudo apt-get install fonts-thai-tlwg (หรือ fonts-noto-core) · "
        "There is no Thai font on this machine: sudo apt-get install fonts-thai-tlwg (or fonts-noto-core)"
    )


def check_shaping() -> None:
    """Raise CannotDraw where Pillow cannot place Thai vowels and tone marks: they would collide without a word."""
    from PIL import features

    if not features.check("raqm"):
        raise CannotDraw(
            "Pillow ในเครื่องนี้จัดวางสระและวรรณยุกต์ไทยไม่ได้ ติดตั้งด้วย sudo apt-get install libraqm0 libfribidi0 · "
            "Pillow here cannot place Thai vowels and tone marks: sudo apt-get install libraqm0 libfribidi0"
        )


def _match(pattern: str) -> tuple[str, str, str]:
    command = ("fc-match", "--format", "%{file}\t%{index}\t%{lang}", pattern)
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotDraw(
            "หาแบบอักษรในเครื่องไม่ได้ ติดตั้งด้วย sudo apt-get install fontconfig fonts-thai-tlwg · "
            "Fonts cannot be looked up here: sudo apt-get install fontconfig fonts-thai-tlwg"
        ) from error
    path, index, languages = [*found.split("\t"), "", ""][:3]
    return path, index or "0", languages
