"""Reading a name with a position: "นภา ใจดี บรรณารักษ์", "นางสาว นภา ใจดี, บรรณารักษ์ชำนาญการ"."""

from __future__ import annotations

import re

from locales.thai_phrases import without_tail

THAI_TITLES = (
    "นาย",
    "นาง",
    "นางสาว",
    "น.ส.",
    "นส.",
    "ดร.",
    "ดร",
    "คุณ",
    "ว่าที่",
    "ร.ต.",
    "ร.ท.",
    "ร.อ.",
    "ส.อ.",
    "จ.ส.อ.",
)
ENGLISH_TITLES = ("mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.")
TITLES = frozenset((*THAI_TITLES, *ENGLISH_TITLES))
_BREAK = re.compile(r"\s*(?:[,;/|·\n]|ตำแหน่ง\s*:?|\bposition\b\s*:?)\s*", re.IGNORECASE)


def split_name(text: str) -> tuple[str, str]:
    """The name and the position; the position is empty when none was given.

    A comma, a new line or the word ตำแหน่ง divides them; without one, the first two words after a title are the name.
    """
    said = without_tail(text.strip())
    parts = [part for part in _BREAK.split(said, maxsplit=1) if part]
    if len(parts) == 2:
        return _joined(parts[0].split()), _joined(parts[1].replace("\n", " ").split())
    words = (parts[0] if parts else said).split()
    titles = 0
    while titles < len(words) and words[titles].casefold() in TITLES:
        titles += 1
    return _joined(words[: titles + 2]), _joined(words[titles + 2 :])


def _joined(words: list[str]) -> str:
    return " ".join(words)
