"""How LINE counts the length of a text: in UTF-16 code units, in grapheme clusters, or in UTF-8 bytes of JSON.

Source: developers.line.biz, "Character counting in a text". Written apart from the bot's own counting on purpose: the
simulator checks the bot.
"""

from __future__ import annotations

import json
from typing import Any

import regex

_GRAPHEME = regex.compile(r"\X")


def utf16_units(text: str) -> int:
    """UTF-16 code units: an emoji outside the basic plane is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """Grapheme clusters: a Thai consonant with its vowel and tone mark is one."""
    return sum(1 for _ in _GRAPHEME.finditer(text))


def json_bytes(value: Any) -> int:
    """UTF-8 bytes of `value` written as compact JSON."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
