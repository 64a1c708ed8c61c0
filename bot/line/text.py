"""Long texts as several messages: parted between words, every character kept."""

from __future__ import annotations

import os
import re

from bot.line import limits

_SPACE = re.compile(r"\s+")
_NEWLINE = re.compile(r"\n+")
_THAI = re.compile(r"[\u0e01-\u0e4e]")
_WORDS_BEFORE = 300
"""Characters before the limit that are looked through for Thai words; tokenising a whole message gains nothing."""
_WORDS_AFTER = 60
"""Characters behind the limit that are shown to the tokeniser, so that it does not take half a word for a word."""


def split(text: str, limit: int = limits.TEXT) -> list[str]:
    """Part `text` into pieces of at most `limit` (2 or more) UTF-16 units; joined, they are `text` again.

    A piece ends at a newline, else at a space, else between two Thai words, else between two grapheme clusters (and
    inside one only if it alone is longer than `limit`). LINE refuses a message of white space: such a piece, which only
    a blank text or a run of white space about as long as `limit` can make, is left out.
    """
    parts = []
    rest = text
    while limits.utf16_units(rest) > limit:
        cut = _cut(rest, limit)
        parts.append(rest[:cut])
        rest = rest[cut:]
    parts.append(rest)
    return [part for part in parts if part.strip()]


def shorten(text: str, limit: int) -> str:
    """`text`, or its beginning up to a word's end with "…", in at most `limit` UTF-16 units. Not for content."""
    if limits.utf16_units(text) <= limit:
        return text
    return next(iter(split(text, limit - 1)), "").rstrip() + "…"


def _cut(rest: str, limit: int) -> int:
    """Where the next piece of `rest`, which is longer than `limit`, ends."""
    ends = _ends_within(rest, limit)
    # Both sides keep something to read where that can be had.
    first = len(rest) - len(rest.lstrip()) + 1
    last = len(rest.rstrip()) - 1
    good = [end for end in ends if first <= end <= last]
    if not good:
        return ends[-1]
    allowed = set(good)
    furthest = good[-1]
    newlines = [m.end() for m in _NEWLINE.finditer(rest, 0, furthest) if m.end() in allowed]
    spaces = [m.end() for m in _SPACE.finditer(rest, 0, furthest) if m.end() in allowed]
    for breaks in (newlines, spaces):
        if breaks and breaks[-1] * 2 >= furthest:
            return breaks[-1]
    between_words = _betweenthai_words(rest, furthest, allowed)
    if between_words is not None:
        return between_words
    for breaks in (newlines, spaces):
        if breaks:
            return breaks[-1]
    return furthest


def _ends_within(rest: str, limit: int) -> list[int]:
    """The grapheme boundaries of `rest` that leave at most `limit` units before them; never empty."""
    ends: list[int] = []
    units = start = 0
    for end in limits.grapheme_ends(rest):
        units += limits.utf16_units(rest[start:end])
        if units > limit:
            break
        ends.append(end)
        start = end
    if not ends:
        # One cluster longer than a message. A code point is at most two units, so this many always fit.
        return [limit // 2]
    return ends


def _betweenthai_words(rest: str, furthest: int, allowed: set[int]) -> int | None:
    """The last end of a Thai word at or before `furthest`, None where the text there is not Thai."""
    if not _THAI.match(rest, furthest - 1) and not _THAI.match(rest, furthest):
        return None
    start = max(0, furthest - _WORDS_BEFORE)
    found = None
    at = start
    for word in thai_words(rest[start : furthest + _WORDS_AFTER]):
        at += len(word)
        if at > furthest:
            break
        if at in allowed:
            found = at
    return found


def thai_words(text: str) -> list[str]:
    """The words of a short `text`, which they make up again.

    Of the dictionary's 62,000 words only those that occur in the text are looked for: they make a tree at once, all of
    them in half a second and 80 MB.
    """
    os.environ.setdefault("PYTHAINLP_OFFLINE", "1")
    os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
    from pythainlp.corpus.common import thai_words as dictionary
    from pythainlp.tokenize import word_tokenize
    from pythainlp.util import Trie

    too_long = f"{text}ๆ"  # to occur: instead of an empty dictionary the tokeniser takes its own
    occurring = Trie([too_long, *(word for word in dictionary() if word in text)])
    words: list[str] = word_tokenize(text, custom_dict=occurring, engine="newmm", join_broken_num=False)
    return words if "".join(words) == text else []
